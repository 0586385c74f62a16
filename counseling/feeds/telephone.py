"""Moves to the telephone (電話移行) as they are read: the list of calls, one of them, and a visitor's own.

No number is read here but in stars: actions.phone_calls.show is the one that tells it.
"""

from datetime import datetime, timedelta

from django.db.models import F, Prefetch, QuerySet

from counseling import crypto, telephone
from counseling.models import PhoneCall, PhoneTransfer, Program, Session
from counseling.telephone import Kind, PhoneStage

LATELY = timedelta(days=7)
MOST_LATELY = 100


def offered(visitor_id: int) -> PhoneTransfer | None:
    """What this visitor can answer, or take back."""
    rows = PhoneTransfer.objects.filter(session__visitor=visitor_id, kind=Kind.CALL_BACK)
    here = rows.exclude(stage__in=(PhoneStage.OVER, PhoneStage.PROPOSED))
    return here.select_related("session__visitor").order_by("-pk").first()


def masked(transfer: PhoneTransfer) -> str:
    """The number in stars; empty where it was forgotten."""
    try:
        number = transfer.opened("number", transfer.session.visitor.key())
    except crypto.CannotOpen:
        return ""
    return telephone.masked(number) if number else ""


def expected(program: Program) -> QuerySet[PhoneTransfer]:
    """The calls that were promised and are not over, the most urgent first: by risk, then by time."""
    promised = _calls(program).filter(stage__in=(PhoneStage.AGREED, PhoneStage.TAKEN))
    return promised.order_by(F("session__risk").desc(), "slot_from", "pk")


def lately(program: Program, now: datetime) -> QuerySet[PhoneTransfer]:
    """Those that are over, newest first; the ones nobody called are among them."""
    over = _calls(program).filter(stage=PhoneStage.OVER, agreed_at__isnull=False, ended_at__gt=now - LATELY)
    return over.order_by("-ended_at")[:MOST_LATELY]


def one(program: Program, transfer_id: int) -> PhoneTransfer | None:
    """One call of the program."""
    return _calls(program).filter(pk=transfer_id, agreed_at__isnull=False).first()


def _calls(program: Program) -> QuerySet[PhoneTransfer]:
    made = PhoneCall.objects.select_related("by").order_by("pk")
    rows = PhoneTransfer.objects.filter(session__program=program, kind=Kind.CALL_BACK)
    return rows.select_related("session__visitor", "taken_by", "offered_by").prefetch_related(Prefetch("calls", made))


def open_in(session: Session) -> PhoneTransfer | None:
    """What was offered in this talk, and is not over."""
    rows = PhoneTransfer.objects.filter(session=session).exclude(stage=PhoneStage.OVER)
    return rows.select_related("session__visitor", "taken_by").first()
