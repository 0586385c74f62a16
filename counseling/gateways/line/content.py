"""The content of a visitor's message, read in pieces so that its size and its time stay bounded.

The SDK reads a content whole, however long it is; this is the one call that does without it.
"""

import logging
import time
from functools import cache
from urllib.parse import quote

import urllib3
from django.conf import settings

from counseling import crypto
from counseling.models import Channel
from counseling.outcomes import Content, Fetched

logger = logging.getLogger(__name__)

PIECE_BYTES = 65_536
# Media types are shown to nobody but compared with a list; longer ones are none.
LONGEST_TYPE = 80
SECONDS_IN_ALL = 60.0
GONE = frozenset({400, 404, 410})


class TooSlow(Exception):
    """The content drips in too slowly."""


@cache
def _pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(maxsize=8, retries=False)


def fetch(channel: Channel, external_id: str, most_bytes: int) -> Content:
    """Fetch the content once; whatever is not an answer means «not ready»."""
    try:
        response = _pool().request(
            "GET",
            f"{settings.LINE_DATA_HOST}/v2/bot/message/{quote(external_id, safe='')}/content",
            headers={"Authorization": f"Bearer {channel.token()}"},
            preload_content=False,
            timeout=settings.LINE_TIMEOUT_SECONDS,
        )
    except (urllib3.exceptions.HTTPError, crypto.CannotOpen) as error:
        logger.warning("a content was not fetched: %s", type(error).__name__)
        return Content(Fetched.NOT_READY)
    try:
        return _read(response, most_bytes)
    except (urllib3.exceptions.HTTPError, OSError, TooSlow) as error:
        logger.warning("a content broke off: %s", type(error).__name__)
        return Content(Fetched.NOT_READY)
    finally:
        # What was not read to its end must not be read by the next one.
        response.close()


def _read(response: urllib3.BaseHTTPResponse, most_bytes: int) -> Content:
    if response.status in GONE:
        return Content(Fetched.GONE)
    if response.status != 200:
        return Content(Fetched.NOT_READY)
    until = time.monotonic() + SECONDS_IN_ALL
    body = bytearray()
    for piece in response.stream(PIECE_BYTES):
        body += piece
        if len(body) > most_bytes:
            return Content(Fetched.TOO_LARGE)
        if time.monotonic() > until:
            raise TooSlow
    declared = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Content(Fetched.READY, bytes(body), declared[:LONGEST_TYPE])
