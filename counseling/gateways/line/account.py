"""The official account behind a channel: who it is, where its webhooks go, how many messages and friends it has."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from linebot.v3.messaging import SetWebhookEndpointRequest, TestWebhookEndpointRequest

from counseling.connection import Account, Check, Followers, NoAnswer, Tried, Trouble, Usage, Webhook
from counseling.gateways.line.asking import a_place, api_of, asked, figures_of
from counseling.models import Channel

T = TypeVar("T")
NOT_FOUND = 404
# Where one question ended so, the next would only wait as long.
HOPELESS = frozenset({Trouble.TIMEOUT, Trouble.UNREACHABLE})


def check(channel: Channel, ours: str) -> Check:
    """Ask all that tells whether the channel is connected, where `ours` is our webhook's address. Never raises."""
    try:
        with a_place():
            return _check(channel, ours)
    except NoAnswer as none:
        return Check(none.trouble)


def _check(channel: Channel, ours: str) -> Check:
    found: list[object] = []
    for question in (_account, _webhook, lambda one: _tried(one, ours), _usage):
        answer = _or_trouble(question, channel)
        found.append(answer)
        if answer in HOPELESS or isinstance(found[0], Trouble):
            break
    return Check(*found)  # type: ignore[arg-type]


def _or_trouble(question: Callable[[Channel], T], channel: Channel) -> T | Trouble:
    try:
        return question(channel)
    except NoAnswer as none:
        return none.trouble


def _account(channel: Channel) -> Account:
    told = asked(api_of(channel).get_bot_info)
    return Account(told.user_id, told.display_name, told.basic_id, told.chat_mode, told.mark_as_read_mode)


def _webhook(channel: Channel) -> Webhook:
    try:
        told = asked(api_of(channel).get_webhook_endpoint)
    except NoAnswer as none:
        if none.status == NOT_FOUND:
            return Webhook("", active=False)
        raise
    return Webhook(told.endpoint, told.active)


def _tried(channel: Channel, ours: str) -> Tried:
    """LINE sends our address a signed webhook without events, whether or not it is the one that is set."""
    told = asked(api_of(channel).test_webhook_endpoint, TestWebhookEndpointRequest(endpoint=ours))
    return Tried(bool(told.success), told.status_code, told.reason)


def _usage(channel: Channel) -> Usage:
    api = api_of(channel)
    limit, used = asked(api.get_message_quota), asked(api.get_message_quota_consumption)
    return Usage(limit.value, used.total_usage)


def set_webhook(channel: Channel, ours: str) -> Trouble | None:
    """Have LINE send webhooks to our address; None when it does. Never raises."""
    wish = SetWebhookEndpointRequest(endpoint=ours)
    try:
        with a_place():
            asked(api_of(channel).set_webhook_endpoint, wish)
    except NoAnswer as none:
        return none.trouble
    return None


def usage(channel: Channel) -> Usage | Trouble:
    """The month's messages. Never raises."""
    return _or_trouble(_usage, channel)


def followers(channel: Channel, day: date) -> Followers | None:
    """Friends up to the end of that day of Japan; None while LINE has not counted them. Never raises."""
    try:
        told = asked(figures_of(channel).get_number_of_followers, f"{day:%Y%m%d}")
    except NoAnswer:
        return None
    if told.status != "ready" or told.followers is None or told.blocks is None:
        return None
    return Followers(told.followers, told.blocks)
