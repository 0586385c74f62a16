"""Calls to LINE through its SDK: always with a time-out, never raising for what LINE answers.

Source: LINE Messaging API reference, "Status codes", "Retry failed API requests", "Rate limits".
"""

import json
import logging
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from linebot.v3.messaging import ApiClient, ApiException, Configuration, MessagingApi, ShowLoadingAnimationRequest

from counseling import crypto
from counseling.gateways.line.payloads import push_request
from counseling.models import Channel
from counseling.outcomes import Outcome, Verdict
from counseling.quick_replies import QuickReply

logger = logging.getLogger(__name__)

POOL_SIZE = 32
ACCEPTED_BEFORE, TOO_MANY, UNAUTHORISED = 409, 429, 401
MONTHLY_LIMIT = "monthly limit"


@lru_cache(maxsize=64)
def _api(host: str, token: str) -> MessagingApi:
    """One connection pool for each channel, shared by all threads."""
    configuration = Configuration(host=host, access_token=token)
    configuration.connection_pool_maxsize = POOL_SIZE
    # LINE's retry key is ours to repeat, in our time: nothing repeats a request by itself.
    configuration.retries = False
    return MessagingApi(ApiClient(configuration))


def api_of(channel: Channel) -> MessagingApi:
    """The SDK's client for the channel. Raises crypto.CannotOpen for a token that cannot be read."""
    return _api(settings.LINE_HOST, channel.token())


def push(
    channel: Channel, to: str, texts: tuple[str, ...], retry_key: UUID, replies: Sequence[QuickReply] = ()
) -> Outcome:
    """Push these texts in one request under this retry key, with buttons below the last."""
    try:
        api = api_of(channel)
    except crypto.CannotOpen:
        return Outcome(Verdict.UNAUTHORISED, "token")
    try:
        api.push_message(
            push_request(to, texts, replies),
            x_line_retry_key=str(retry_key),
            _request_timeout=settings.LINE_TIMEOUT_SECONDS,
        )
    except ApiException as error:
        return outcome_of(error.status or 0, error.body, error.headers or {})
    except Exception as error:  # noqa: BLE001 - a time-out, a reset, half an answer: all say «perhaps»
        logger.warning("a push has no certain outcome: %s", type(error).__name__)
        return Outcome(Verdict.UNCERTAIN, "no_answer")
    return Outcome(Verdict.SENT)


def outcome_of(status: int, body: object, headers: Any) -> Outcome:
    """What LINE's refusal means."""
    if status == ACCEPTED_BEFORE:
        return Outcome(Verdict.ALREADY)
    if status == UNAUTHORISED:
        return Outcome(Verdict.UNAUTHORISED, "token")
    if status == TOO_MANY:
        if MONTHLY_LIMIT in sentence_of(body):
            return Outcome(Verdict.QUOTA, "quota")
        return Outcome(Verdict.RATE, "rate", seconds_of(headers.get("Retry-After")))
    if 300 <= status < 500:
        return Outcome(Verdict.REFUSED, f"http_{status}")
    return Outcome(Verdict.UNCERTAIN, f"http_{status}")


def sentence_of(body: object) -> str:
    """LINE's own words in an error's body."""
    try:
        found = json.loads(body) if isinstance(body, str | bytes) else None
    except ValueError:
        return ""
    return str(found.get("message", "")) if isinstance(found, dict) else ""


def seconds_of(retry_after: object) -> float | None:
    """The seconds of a Retry-After header; None for a date or nonsense, which we do not follow."""
    try:
        seconds = float(str(retry_after))
    except ValueError:
        return None
    return seconds if 0 <= seconds < 1e6 else None


def leave(channel: Channel, kind: str, place_id: str) -> None:
    """Leave a group or a room; that we are no longer in it is as good. Raises for any other answer."""
    api = api_of(channel)
    call = api.leave_group if kind == "group" else api.leave_room
    try:
        call(place_id, _request_timeout=settings.LINE_TIMEOUT_SECONDS)
    except ApiException as error:
        if error.status not in {400, 404}:
            raise


def typing(channel: Channel, to: str, seconds: int) -> None:
    """Show that someone is writing, for 5 to 60 seconds; nobody waits for it and nothing depends on it."""
    shown = min(max(seconds - seconds % 5, 5), 60)
    try:
        wish = ShowLoadingAnimationRequest(chatId=to, loadingSeconds=shown)
        api_of(channel).show_loading_animation(wish, _request_timeout=settings.LINE_TIMEOUT_SECONDS)
    except Exception as error:  # noqa: BLE001 - the dots are an ornament
        logger.info("the dots were not shown: %s", type(error).__name__)
