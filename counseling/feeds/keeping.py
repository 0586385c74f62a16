"""What is due to go by a program's retention, and what must stay: the one place where both are asked.

The sweep (actions.retention) takes what these queries find, and the dry run shows it: they cannot differ.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from counseling.feeds.history import person_of
from counseling.keeping import OF_SESSIONS, OF_VISITORS
from counseling.lifecycle import FINISHED, LIVE
from counseling.models import (
    Attachment,
    Block,
    FollowUp,
    Forgotten,
    HandoverNote,
    Hold,
    Limit,
    Outreach,
    PhoneTransfer,
    Program,
    Referral,
    Session,
    SheetReading,
    Trace,
    Visitor,
)
from counseling.models.emergency import SHEET_WRITES
from counseling.opening import TOKYO
from counseling.telephone import PhoneStage

# From when a sitting's days are counted: its end, or where it never came so far the last that was heard of it.
ENDED = Coalesce("closed_at", "ended_at", "last_visitor_at", "received_at")

# A talk's number has fewer digits than would not fit its column.
DIGITS = 10


# Hours of the night in Japan in which the sweep takes what is due.
BEGINS, ENDS = 1, 5


class Due(NamedTuple):
    """What would go of one kind: how many, and since when the oldest of it is over. `held`: stays for a legal hold."""

    kind: str
    days: int | None
    amount: int
    oldest: datetime | None
    held: int


def today(now: datetime) -> date:
    """The day in Japan."""
    return now.astimezone(TOKYO).date()


def night_of(day: date) -> datetime:
    """When that day's sweep begins, in Japan."""
    return datetime.combine(day, time(BEGINS), TOKYO)


def next_night(now: datetime) -> datetime:
    """When the next night's sweep begins; now where one is under way."""
    here = now.astimezone(TOKYO)
    tonight = night_of(here.date())
    return tonight if here < tonight else now if here.hour < ENDS else tonight + timedelta(days=1)


def held_sessions(now: datetime) -> Q:
    """Sessions that a legal hold keeps."""
    holds = Hold.objects.in_force(today(now))
    of_program = holds.filter(program=OuterRef("program"), visitor=None, session=None)
    of_visitor, own = holds.filter(visitor=OuterRef("visitor")), holds.filter(session=OuterRef("pk"))
    return Q(Exists(of_program)) | Q(Exists(of_visitor)) | Q(Exists(own))


def held_visitors(now: datetime) -> Q:
    """Visitors of whom a legal hold keeps anything."""
    holds = Hold.objects.in_force(today(now))
    of_program = holds.filter(program=OuterRef("program"), visitor=None, session=None)
    own = holds.filter(Q(visitor=OuterRef("pk")) | Q(session__visitor=OuterRef("pk")))
    return Q(Exists(of_program)) | Q(Exists(own))


def holds_on(program_id: int, visitor_ids: Collection[int], now: datetime) -> QuerySet[Hold]:
    """The holds in force that keep anything of these visitors, those of the whole program too, the first first."""
    whole = Q(visitor=None, session=None)
    of_them = Q(visitor__in=visitor_ids) | Q(session__visitor__in=visitor_ids)
    found = Hold.objects.in_force(today(now)).filter(whole | of_them, program=program_id)
    return found.select_related("by", "visitor", "session").order_by("at", "pk")


def _occupied_sessions(now: datetime) -> Q:
    """Sessions somebody still works on: their own sheet is open, or something with their visitor is not over."""
    sheets = SheetReading.objects.filter(session=OuterRef("pk"), at__gt=now - SHEET_WRITES)
    return Q(Exists(sheets)) | _goes_on("visitor")


def occupied_visitors(now: datetime) -> Q:
    """Visitors with whom something is not over yet."""
    sheets = SheetReading.objects.filter(session__visitor=OuterRef("pk"), at__gt=now - SHEET_WRITES)
    return Q(Exists(sheets)) | _goes_on("pk")


def _goes_on(visitor: str) -> Q:
    """They talk with us or their record is due, a call is promised, a follow-up, a visit or a connection is open."""
    of_them = {"session__visitor": OuterRef(visitor)}
    return (
        Q(Exists(Session.objects.filter(visitor=OuterRef(visitor), state__in=LIVE)))
        | Q(Exists(PhoneTransfer.objects.filter(**of_them).exclude(stage=PhoneStage.OVER)))
        | Q(Exists(FollowUp.objects.filter(visitor=OuterRef(visitor), ended_at=None)))
        | Q(Exists(Outreach.objects.filter(visitor=OuterRef(visitor), ended_at=None)))
        | Q(Exists(Referral.objects.filter(**of_them, ended_at=None)))
    )


def _arranged_visitors(now: datetime) -> Q:
    """Visitors for whom something agreed is still in force: it would be lost with who they are."""
    lasting: dict[str, Any] = {"visitor": OuterRef("pk"), "ended_at": None, "ends_on__gte": today(now)}
    return Q(Exists(Limit.objects.filter(**lasting))) | Q(Exists(Block.objects.filter(**lasting)))


def due_sessions(program: Program, kind: str, now: datetime, *, held: bool = False) -> QuerySet[Session]:
    """Sessions of which this kind is due, the oldest first; `held`: those that only a legal hold keeps."""
    days = program.retention.get(kind)
    if days is None or kind not in OF_SESSIONS:
        return Session.objects.annotate(over_at=ENDED).none()
    if kind == "pictures":
        pictures = Attachment.objects.filter(message__session=OuterRef("pk"), content__gt=b"")
        return _due_sessions(program, kind, days, now, held=held).filter(Exists(pictures))
    return _due_sessions(program, kind, days, now, held=held)


def _due_sessions(program: Program, kind: str, days: int, now: datetime, *, held: bool) -> QuerySet[Session]:
    gone = Forgotten.objects.filter(session=OuterRef("pk"), kind=kind)
    over = Session.objects.filter(program=program, state__in=FINISHED).annotate(over_at=ENDED)
    due = over.filter(~Exists(gone), ~_occupied_sessions(now), over_at__lt=now - timedelta(days=days))
    return due.filter(held_sessions(now) if held else ~held_sessions(now)).order_by("over_at", "pk")


def due_visitors(program: Program, kind: str, now: datetime, *, held: bool = False) -> QuerySet[Visitor]:
    """Visitors of whom this kind is due, counted from the end of their last talk; `held` as in due_sessions.

    Who came through LINE stays known there as long as on our page; what is due at both goes at both.
    """
    days = days_of(program.retention, kind)
    if days is None:
        return Visitor.objects.annotate(over_at=F("created_at")).none()
    over = _over(program, kind, now - timedelta(days=days), now)
    free = over.filter(~held_visitors(now))
    beyond = Visitor.objects.filter(door=OuterRef("pk")).exclude(**{OF_VISITORS[kind]: b""})
    alone = ~Exists(beyond.exclude(pk__in=free.values("pk")))
    return over.filter(held_visitors(now)) if held else free.filter(alone)


def _over(program: Program, kind: str, before: datetime, now: datetime) -> QuerySet[Visitor]:
    """Those whose last talk ended before that, and with whom nothing goes on or is agreed; the oldest first."""
    talks = Session.objects.filter(visitor=OuterRef("pk")).order_by().values("visitor")
    last = talks.annotate(at=Max(ENDED)).values("at")
    there = Visitor.objects.filter(program=program).exclude(**{OF_VISITORS[kind]: b""})
    over = there.annotate(over_at=Coalesce(Subquery(last), "created_at"))
    stays = occupied_visitors(now) | _arranged_visitors(now)
    return over.filter(~stays, over_at__lt=before).order_by("over_at", "pk")


def days_of(retention: Mapping[str, int], kind: str) -> int | None:
    """For how many days a kind is kept; None where nothing was agreed on. The key: until everything it opens is due."""
    if kind != "key":
        return retention.get(kind)
    kinds = ("words", "records", "contacts")
    return max(retention[one] for one in kinds) if all(one in retention for one in kinds) else None


def due_traces(now: datetime, *, held: bool = False) -> QuerySet[Trace]:
    """Addresses whose days are over; those of a session under a legal hold stay, and are what `held` asks for."""
    kept = Exists(Session.objects.filter(held_sessions(now), pk=OuterRef("session")))
    return Trace.objects.filter(kept if held else ~kept, ends_at__lt=now)


def due_notes(program: Program, now: datetime, *, held: bool = False) -> QuerySet[HandoverNote]:
    """What one shift told the next may speak of visitors: it goes with the records of its day."""
    days = program.retention.get("records")
    keeps = Hold.objects.in_force(today(now)).filter(program=program).exists()
    if days is None or keeps != held:
        return HandoverNote.objects.none()
    return HandoverNote.objects.filter(program=program, created_at__lt=now - timedelta(days=days))


def dry_run(program: Program, now: datetime) -> list[Due]:
    """What would go at `now`, by kind; nothing is changed."""
    told = []
    for kind in (*OF_SESSIONS, *OF_VISITORS):
        find = due_sessions if kind in OF_SESSIONS else due_visitors
        figures = find(program, kind, now).order_by().aggregate(amount=Count("pk"), oldest=Min("over_at"))
        held = find(program, kind, now, held=True).count()
        told.append(Due(kind, days_of(program.retention, kind), figures["amount"], figures["oldest"], held))
    rows = (
        ("addresses", "addresses", due_traces(now).filter(session__program=program), "last_at"),
        ("notes", "records", due_notes(program, now), "created_at"),
    )
    kept = {
        "addresses": due_traces(now, held=True).filter(session__program=program).count(),
        "notes": due_notes(program, now, held=True).count(),
    }
    for kind, term, found, at in rows:
        figures = found.aggregate(amount=Count("pk"), oldest=Min(at))
        told.append(Due(kind, program.retention.get(term), figures["amount"], figures["oldest"], kept[kind]))
    return told


def visitor_named(program: Program, wanted: str) -> Visitor | None:
    """The visitor of this pseudonym, or of the talk with this number."""
    visitors = Visitor.objects.filter(program=program)
    if wanted.isascii() and wanted.isdigit() and len(wanted) < DIGITS:
        return visitors.filter(sessions__number=int(wanted)).first()
    return visitors.filter(pseudonym__iexact=wanted).first()


def family_of(visitor: Visitor) -> list[int]:
    """Who the visitor is behind every door: at LINE, and on our page."""
    doors = [visitor.door_id or visitor.pk]
    return list(Visitor.objects.filter(Q(pk__in=doors) | Q(door__in=doors)).order_by("pk").values_list("pk", flat=True))


def others_of(visitor: Visitor) -> list[Visitor]:
    """Who was merged with the visitor as one person: they are asked about, and erased, each by themselves."""
    family = {visitor.pk, *family_of(visitor)}
    return [one for one in person_of(visitor.pk) if one.pk not in family and one.wrapped_key]


def addresses_of(visitor_ids: Collection[int]) -> Counter[str]:
    """How many addresses are kept of them."""
    return Counter(addresses=Trace.objects.filter(session__visitor__in=visitor_ids).count())


class Left(NamedTuple):
    """What is personal in a program: people and their talks, shift notes; who must wait, and whom a hold keeps."""

    visitors: int
    talks: int
    notes: int
    waits: int
    held: int


def personal(program_id: int) -> QuerySet[Visitor]:
    """Visitors of whom anything is left: a key, or what finds them."""
    return Visitor.objects.filter(program=program_id).exclude(wrapped_key=b"", identity=b"")


def erasable(program_id: int, now: datetime) -> QuerySet[Visitor]:
    """Those of them whom neither a hold nor anything that is not over keeps."""
    return personal(program_id).filter(~held_visitors(now), ~occupied_visitors(now)).order_by("pk")


def left_in(program: Program, now: datetime) -> Left:
    """What the end of the program's contract would take, and what must wait."""
    people = personal(program.pk)
    return Left(
        people.count(),
        Session.objects.filter(visitor__in=people).count(),
        HandoverNote.objects.filter(program=program).count(),
        people.filter(occupied_visitors(now)).count(),
        people.filter(held_visitors(now)).count(),
    )
