"""LINE's webhook: the signature over the raw bytes, then store, commit, take in what time allows, say 200."""

import logging
import time

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from counseling import later
from counseling.actions import inbox
from counseling.gateways.line import parcels, reading
from counseling.gateways.line.signature import is_signed
from counseling.models import Channel
from counseling.models.prepared import Prepared
from counseling.models.program import ChannelKind

logger = logging.getLogger(__name__)

MOST_BYTES = 1_048_576
# LINE waits two seconds; what is not taken in by then is the worker's.
BUDGET_SECONDS = 1.0


_line_channel = Prepared(lambda key: Channel.objects.filter(key=key, kind=ChannelKind.LINE), str).first


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, channel_key: str) -> HttpResponse:
    """200 once the events are committed; 404, 413, 401 with nothing stored; 503 when the house is away."""
    started = time.monotonic()
    try:
        channel = _line_channel(channel_key)
    except (DatabaseError, InterfaceError):
        return HttpResponse(status=503)
    if channel is None:
        return HttpResponse(status=404)
    raw = _body(request)
    if raw is None:
        return HttpResponse(status=413)
    given = request.headers.get("x-line-signature", "")
    if not is_signed(raw, given, channel.secrets_at(timezone.now())):
        return HttpResponse(status=401)
    return _keep(channel, raw, started + BUDGET_SECONDS)


def _body(request: HttpRequest) -> bytes | None:
    """The raw bytes; None when they are too many. The length announced is not believed."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return None
    raw = request.read(MOST_BYTES + 1)
    return None if len(raw) > MOST_BYTES else raw


def _keep(channel: Channel, raw: bytes, until: float) -> HttpResponse:
    arrivals = parcels.split(raw, channel.bot_user_id)
    try:
        inbox.store(channel_id=channel.pk, arrivals=arrivals)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("a webhook could not be stored: %s", type(error).__name__)
        return HttpResponse(status=503)
    for source in dict.fromkeys(arrival.source for arrival in arrivals if arrival.state == "new"):
        _take_in(channel.pk, source, until)
    if any(arrival.kind == "join" for arrival in arrivals):
        for arrival in arrivals:
            later.take_in(channel.pk, arrival.source)
    return HttpResponse(status=200)


def _take_in(channel_id: int, source: str, until: float) -> None:
    """Stored is stored: whatever happens now, the answer is 200 and the worker takes up the rest."""
    try:
        finished = inbox.take_in(channel_id=channel_id, source=source, read=reading.read, until=until)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("events wait for the worker: %s", type(error).__name__)
        finished = False
    if not finished:
        later.take_in(channel_id, source)
