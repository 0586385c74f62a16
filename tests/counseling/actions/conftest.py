"""What these tests share: Haru's session with Sora, to whom nothing is owed yet, and his replies; consoles; offers."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.actions import messages, sessions, sheets, staff, subscriptions
from counseling.actions.deliveries import Push, claim_push, record_outcome
from counseling.lifecycle import EndReason
from counseling.machines import Event
from counseling.models import Channel, Delivery, Program, Session, SessionEvent, SheetReading, Subscription
from counseling.models.emergency import SheetReason
from counseling.outcomes import Outcome, Verdict
from tests.conftest import Say
from tests.counseling.actions.recorded import ask
from tests.counseling.actions.told import NOW, URL
from tests.counseling.asked import ask_first, press

NewId = Callable[[], UUID]
Reply = Callable[..., Delivery]


@pytest.fixture
def quiet(active: Session) -> Session:
    """Haru's session with Sora, to whom nothing is owed."""
    Delivery.objects.update(state="sent")
    return active


@pytest.fixture
def reply(quiet: Session, haru: User, new_id: NewId) -> Reply:
    """Haru answers; the delivery that is owed for it."""

    def write(words: str = "お話を聞かせてください") -> Delivery:
        message, _new = messages.reply(session_id=quiet.pk, by=haru, client_id=new_id(), words=words)
        return Delivery.objects.get(message=message)

    return write


def claim(session: Session, after: timedelta = timedelta()) -> Push:
    """The visitor's next push; there must be one."""
    push = claim_push(visitor_id=session.visitor_id, now=timezone.now() + after)
    assert push is not None
    return push


def nothing_to_claim(session: Session, after: timedelta = timedelta()) -> bool:
    """Whether nothing may be sent to the visitor then."""
    return claim_push(visitor_id=session.visitor_id, now=timezone.now() + after) is None


def record(push: Push, verdict: Verdict, reason: str = "", retry_after: float | None = None) -> bool:
    """Record the verdict as of now."""
    return record_outcome(push=push, outcome=Outcome(verdict, reason, retry_after), now=timezone.now())


def changes(session: Session) -> int:
    """How often the consoles were told of a delivery."""
    return SessionEvent.objects.filter(session=session, kind="delivery.changed").count()


def state(delivery: Delivery) -> tuple[str, str]:
    """State and reason as stored."""
    delivery.refresh_from_db()
    return delivery.state, delivery.reason


@pytest.fixture
def offering(program: Program) -> Program:
    """The program offers what waits."""
    Program.objects.filter(pk=program.pk).update(routing="both")
    program.refresh_from_db()
    return program


def refreshed(session: Session) -> Session:
    """The session as it stands now."""
    return Session.objects.get(pk=session.pk)


def come(*people: User) -> None:
    """Their consoles are open from now on."""
    staff.keep_present(user_ids=[person.pk for person in people])


def take(user: User, sora_says: Say, talks: int) -> list[Session]:
    """So many talks come in and are taken by this person."""
    found = []
    for _ in range(talks):
        waiting = sora_says("はじめまして", f"U{Session.objects.count() + 500:032x}")
        found.append(sessions.claim(session_id=waiting.pk, by=user))
    return found


@pytest.fixture
def place(program: Program, aoi: User) -> Subscription:
    """A place that is told everything."""
    made, _secret = subscriptions.make(program_id=program.pk, by=aoi, url=URL, events=list(Event))
    Subscription.objects.update(rest_until=NOW)
    return made


@pytest.fixture
def asking(program: Program) -> Program:
    """The program asks for consent, and then its questions, before a talk on LINE."""
    return ask_first(program)


@pytest.fixture
def agreed(asking: Program, line_channel: Channel, sora_says: Say) -> Session:
    """Sora said a word and agreed; the first question is asked."""
    session = sora_says("だれにも言えなくて")
    press(line_channel, "同意して相談する")
    return refreshed(session)


@pytest.fixture
def asked(program: Program) -> Program:
    """The program asks for a record."""
    ask(program)
    return program


@pytest.fixture
def over(asked: Program, active: Session, haru: User) -> Session:
    """Haru's talk with Sora is over; its record is due."""
    messages.reply(session_id=active.pk, by=haru, client_id=uuid4(), words="こんばんは")
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    active.refresh_from_db()
    return active


@pytest.fixture
def opened(active: Session, mio: User) -> SheetReading:
    """Mio opened the sheet of Sora's session."""
    return sheets.open_sheet(session_id=active.pk, by=mio, reason=SheetReason.DANGER, address="192.0.2.1")
