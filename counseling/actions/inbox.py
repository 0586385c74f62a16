"""The inbox: what a platform told us, stored before it is answered, taken in once and in each person's order."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from counseling import crypto, outcomes
from counseling.actions import friends, messages, taps
from counseling.intake import Tap
from counseling.models import InboundEvent
from counseling.models.delivery import InboundState
from counseling.models.prepared import Prepared, update
from counseling.rich_menu import Area
from counseling.survey import SurveyTap
from counseling.telephone import PhoneTap

logger = logging.getLogger(__name__)

MOST_TRIES = 8
LONGEST_WAIT_SECONDS = 300.0
# Whoever answers a platform within its time waits no longer than this for another's lock.
PATIENCE_MILLISECONDS = 500


@dataclass(frozen=True)
class Arrival:
    """One event as the door splits it off; `body` is what the gateway's reader will read again."""

    event_id: str
    source: str
    kind: str
    body: bytes
    state: InboundState = InboundState.NEW
    problem: str = ""


@dataclass(frozen=True)
class Said:
    """A visitor's message. `written_at` is the platform's word, None where it makes no sense."""

    identity: str
    external_id: str
    kind: str
    text: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True)
class Unsent:
    """A visitor took a message back."""

    external_id: str


@dataclass(frozen=True)
class Followed:
    """Someone added our account as a friend, or unblocked it."""

    identity: str


@dataclass(frozen=True)
class Unfollowed:
    """Someone blocked our account."""

    identity: str


@dataclass(frozen=True)
class Tapped:
    """Someone tapped an area of the rich menu."""

    identity: str
    area: Area


@dataclass(frozen=True)
class Chosen:
    """Someone tapped a button: of the questions before a talk, of an offer of the telephone, of a survey."""

    identity: str
    tap: Tap | PhoneTap | SurveyTap


@dataclass(frozen=True)
class Invited:
    """Our account was put into a group or a room, where no counseling takes place."""

    kind: str
    place_id: str


@dataclass(frozen=True)
class Nothing:
    """Nothing for us to do; `why` is a code."""

    why: str


Happening = Said | Unsent | Followed | Unfollowed | Tapped | Chosen | Invited | Nothing
Reader = Callable[[bytes, str], Happening]
Leaver = Callable[[Invited], None]


class Unreadable(Exception):
    """The event lacks what its kind needs; trying again would not help."""


class Busy(Exception):
    """Another process holds what this event needs; the worker will take it in."""


def store(*, channel_id: int, arrivals: Iterable[Arrival]) -> None:
    """Keep these events, sealed; one that is known already is left as it is, for ever."""
    rows = []
    for arrival in arrivals:
        row = InboundEvent(
            channel_id=channel_id,
            event_id=arrival.event_id,
            source=arrival.source,
            kind=arrival.kind,
            state=arrival.state,
            problem=arrival.problem,
        )
        row.body = crypto.seal_house(arrival.body, row.place)
        rows.append(row)
    InboundEvent.objects.bulk_create(rows, ignore_conflicts=True)


def take_in(
    *, channel_id: int, source: str, read: Reader, leave: Leaver | None = None, until: float | None = None
) -> bool:
    """Take in what is new from one person, in order, each event in its own transaction; False when some is left.

    An event that fails waits and the later ones go on; after MOST_TRIES it is kept, sealed, as failed.
    With `until` (monotonic seconds) it stops in time and never waits long for locks. Invitations wait for
    someone who can `leave`. Raises DatabaseError when the house itself is away.
    """
    while until is None or time.monotonic() < until:
        try:
            if not _take_next(channel_id, source, read, leave, hurried=until is not None):
                return True
            # One question instead of an empty transaction: almost always nothing more is due.
            if _due(*_asked(channel_id, source, with_invitations=leave is not None)) is None:
                return True
        except Busy:
            return False
    return False


def _take_next(channel_id: int, source: str, read: Reader, leave: Leaver | None, *, hurried: bool) -> bool:
    event = None
    try:
        with transaction.atomic():
            if hurried:
                _wait_briefly()
            event = _next(*_asked(channel_id, source, with_invitations=leave is not None))
            if event is None:
                return False
            happening = read(crypto.open_house(event.body, event.place), event.event_id)
            _take(channel_id, happening, leave)
            _done(event, happening)
    except Exception as error:
        if hurried and isinstance(error.__cause__, LockNotAvailable):
            raise Busy from None
        if event is None:
            raise
        _failed(event, error)
    return True


def _wait_briefly() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = %s", [PATIENCE_MILLISECONDS])


def _is_due(now: datetime, late: datetime) -> Q:
    return Q(state=InboundState.NEW) & (Q(next_try_at__lte=now) | Q(next_try_at__gt=late))


def _of_one_person(
    channel_id: int, source: str, not_kind: str, now: datetime, late: datetime
) -> QuerySet[InboundEvent]:
    new = InboundEvent.objects.filter(_is_due(now, late), channel=channel_id, source=source)
    return new.exclude(kind=not_kind).order_by("pk")[:1]


_TYPES = (int, str, str, datetime, datetime)
_due = Prepared(lambda *asked: _of_one_person(*asked).only("pk"), *_TYPES).first
# Under its row lock: that is what keeps a person's events one after another.
_next = Prepared(lambda *asked: _of_one_person(*asked).select_for_update(), *_TYPES).first


def _asked(channel_id: int, source: str, *, with_invitations: bool) -> tuple[int, str, str, datetime, datetime]:
    now = timezone.now()
    return channel_id, source, "" if with_invitations else "join", now, now + outcomes.LONGEST_AHEAD


def _take(channel_id: int, happening: Happening, leave: Leaver | None) -> None:
    match happening:
        case Said() if friends.point_elsewhere(
            channel_id=channel_id, identity=happening.identity, words=happening.text
        ):
            pass
        case Said():
            messages.receive(
                channel_id=channel_id,
                identity=happening.identity,
                kind=happening.kind,
                text=happening.text,
                external_id=happening.external_id,
                written_at=happening.written_at,
            )
        case Unsent():
            messages.unsend(channel_id=channel_id, external_id=happening.external_id)
        case Followed():
            friends.follow(channel_id=channel_id, identity=happening.identity)
        case Unfollowed():
            friends.unfollow(channel_id=channel_id, identity=happening.identity)
        case Tapped():
            taps.take(channel_id=channel_id, identity=happening.identity, area=happening.area)
        case Chosen():
            taps.choose(channel_id=channel_id, identity=happening.identity, tap=happening.tap)
        case Invited() if leave is not None:
            leave(happening)
        case Invited() | Nothing():
            pass


def _done(event: InboundEvent, happening: Happening) -> None:
    ignored = isinstance(happening, Nothing | Invited)
    event.state = InboundState.IGNORED if ignored else InboundState.DONE
    event.problem = happening.why if isinstance(happening, Nothing) else ""
    event.body, event.done_at = b"", timezone.now()
    update(event, ("state", "problem", "body", "done_at"))


def _failed(event: InboundEvent, error: Exception) -> None:
    """Only the error's class is kept and logged: its text may hold somebody's words."""
    tries = event.tries + 1
    given_up = tries >= MOST_TRIES or isinstance(error, Unreadable)
    logger.warning("inbound event %s failed: %s", event.pk, type(error).__name__)
    InboundEvent.objects.filter(pk=event.pk, state=InboundState.NEW).update(
        tries=tries,
        problem=type(error).__name__[:80],
        state=InboundState.FAILED if given_up else InboundState.NEW,
        next_try_at=timezone.now() + outcomes.wait(tries, longest=LONGEST_WAIT_SECONDS),
    )


def due_sources(*, now: datetime, most: int = 500) -> list[tuple[int, str]]:
    """Channels and persons with events that wait to be taken in."""
    new = InboundEvent.objects.filter(_is_due(now, now + outcomes.LONGEST_AHEAD))
    return list(new.values_list("channel_id", "source").distinct()[:most])


def try_again(*, event_id: int) -> bool:
    """Take a failed event up once more; False when it is not one that failed or its body is gone."""
    failed = InboundEvent.objects.filter(pk=event_id, state=InboundState.FAILED).exclude(body=b"")
    return bool(failed.update(state=InboundState.NEW, tries=0, next_try_at=timezone.now()))
