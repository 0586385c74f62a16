"""Questions to LINE that somebody waits for: bounded, with a time-out, and every failure a Trouble.

Pages ask them, whose threads answer visitors too: while LINE is silent only a few may wait for it.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

import urllib3
from django.conf import settings
from linebot.v3 import insight, messaging

from counseling import crypto
from counseling.connection import NoAnswer, Trouble
from counseling.gateways.line import client
from counseling.models import Channel

T = TypeVar("T")

ASKERS = 3
_places = threading.BoundedSemaphore(ASKERS)

# 0: no secure line to LINE, as the SDK says it.
STATUSES = {0: Trouble.UNREACHABLE, 401: Trouble.TOKEN, 403: Trouble.FORBIDDEN, 429: Trouble.RATE}


@contextmanager
def a_place() -> Iterator[None]:
    """Be one of the few who wait for LINE. Raises NoAnswer(BUSY) at once where all places are taken."""
    if not _places.acquire(blocking=False):
        raise NoAnswer(Trouble.BUSY)
    try:
        yield
    finally:
        _places.release()


def asked(call: Callable[..., T], *args: Any, **options: Any) -> T:
    """What LINE answers to this call of its SDK. Raises NoAnswer."""
    try:
        return call(*args, _request_timeout=settings.LINE_TIMEOUT_SECONDS, **options)
    except (messaging.ApiException, insight.ApiException) as error:
        raise NoAnswer(trouble_of(error.status or 0), error.status or 0) from error
    except urllib3.exceptions.HTTPError as error:
        raise NoAnswer(_silence(error)) from error
    except Exception as error:
        raise NoAnswer(Trouble.UNREADABLE) from error


def trouble_of(status: int) -> Trouble:
    """What LINE's refusal means to somebody who asked."""
    return STATUSES.get(status) or (Trouble.DOWN if status >= 500 else Trouble.REFUSED)


def _silence(error: urllib3.exceptions.HTTPError) -> Trouble:
    """A time-out, or no line at all; half an answer is one that nobody can read."""
    # For urllib3 a name that is not found is a time-out, too.
    if isinstance(error, urllib3.exceptions.NewConnectionError | urllib3.exceptions.ProtocolError):
        return Trouble.UNREACHABLE
    return Trouble.TIMEOUT if isinstance(error, urllib3.exceptions.TimeoutError) else Trouble.UNREADABLE


def api_of(channel: Channel) -> messaging.MessagingApi:
    """The SDK's client for the channel. Raises NoAnswer where there is no token, or none that can be opened."""
    _token_of(channel)
    return client.api_of(channel)


def pictures_of(channel: Channel) -> messaging.MessagingApiBlob:
    """The SDK's client for pictures. Raises NoAnswer."""
    return _pictures(settings.LINE_DATA_HOST, _token_of(channel))


def figures_of(channel: Channel) -> insight.Insight:
    """The SDK's client for what LINE counts. Raises NoAnswer."""
    return _figures(settings.LINE_HOST, _token_of(channel))


def _token_of(channel: Channel) -> str:
    try:
        token = channel.token() if channel.access_token else ""
    except crypto.CannotOpen:
        token = ""
    if not token:
        raise NoAnswer(Trouble.NO_TOKEN)
    return token


@lru_cache(maxsize=64)
def _pictures(host: str, token: str) -> messaging.MessagingApiBlob:
    configuration = messaging.Configuration(host=host, access_token=token)
    configuration.retries = False
    return messaging.MessagingApiBlob(messaging.ApiClient(configuration))


@lru_cache(maxsize=64)
def _figures(host: str, token: str) -> insight.Insight:
    configuration = insight.Configuration(host=host, access_token=token)
    configuration.retries = False
    return insight.Insight(insight.ApiClient(configuration))
