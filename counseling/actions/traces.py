"""From where visitors of our page write (接続元): kept sealed for the emergency sheet, and forgotten in time."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone

from counseling import crypto
from counseling.feeds import keeping
from counseling.models import Session, Trace

# Where a program agreed on nothing.
KEPT_DAYS = 90
LONGEST_ADDRESS, LONGEST_BROWSER = 64, 400


class SpokeFrom(NamedTuple):
    """The address and browser of a request, as the trusted proxy in front of the house says."""

    address: str
    browser: str


def keep(session: Session, spoke_from: SpokeFrom | None) -> None:
    """The visitor, locked by the caller, wrote from there now. One statement where they did before."""
    if spoke_from is None or not spoke_from.address:
        return
    address, browser = spoke_from.address[:LONGEST_ADDRESS], spoke_from.browser[:LONGEST_BROWSER]
    key, words, now = session.visitor.key(), json.dumps([address, browser]), timezone.now()
    mark = hmac.new(key, f"trace:{words}".encode(), hashlib.sha256).hexdigest()
    ends_at = now + timedelta(days=session.program.retention.get("addresses", KEPT_DAYS))
    if Trace.objects.filter(session=session, mark=mark).update(last_at=now, ends_at=ends_at):
        return
    trace = Trace(session=session, mark=mark, first_at=now, last_at=now, ends_at=ends_at)
    trace.body = crypto.seal(key, words, trace.place)
    trace.save(force_insert=True)


def forget() -> int:
    """Forget what is older than its program kept addresses, unless a legal hold keeps it."""
    return keeping.due_traces(timezone.now()).delete()[0]
