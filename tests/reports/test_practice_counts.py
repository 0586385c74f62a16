"""Practice is in no figure: whatever is done in it, every figure, list and notice stays as it is without it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from counseling import feeds
from counseling.actions import messages, practice, queue, records, sessions, shortage
from counseling.feeds.forecast import forecast
from counseling.feeds.forms import answered
from counseling.feeds.opening import Here, here
from counseling.feeds.public_doors import public_doors
from counseling.lifecycle import TAKEN, Classification, EndReason, State
from counseling.models import CallMail, Channel, Notification, OnCallMail, Program, Session, Subscription
from counseling.practice import CAST
from reports.days import DayKind
from reports.figures import figures
from tests.counseling.actions.practising import Pass, for_practice, seconds_pass

__all__ = ["seconds_pass"]
pytestmark = pytest.mark.django_db
WORDS = (
    "おつらかったですね。",
    "死にたい気持ちがあるのですか?",
    "頑張ってください。",
    "またいつでも書いてくださいね。",
    "はい。",
)


@pytest.fixture
def learning(program: Program, web_channel: Channel, line_channel: Channel, aoi: User) -> Program:
    """For practice, with people who would be told of a shortage, and a place that is told of everything."""
    for_practice(program, least_on_duty=9, on_call_email="night@example.jp")
    Subscription.objects.create(program=program, url="https://example.jp/", events=["risk.raised"], made_by=aoi)
    return program


def begins(program: Program, by: User, choice: int) -> None:
    practice.begin(program_id=program.pk, by=by, character=list(CAST)[choice % len(CAST)])


def writes_on_line(program: Program, _by: User, choice: int) -> None:
    line = Channel.objects.get(program=program, kind="line")
    messages.receive(channel_id=line.pk, identity=f"U{choice:032x}", text="死にたい", external_id=uuid4().hex)


def takes(program: Program, by: User, _choice: int) -> None:
    sessions.claim_next(program_id=program.pk, by=by)


def replies(_program: Program, by: User, choice: int) -> None:
    for session in Session.objects.filter(state=State.ACTIVE, counselor=by):
        messages.reply(session_id=session.pk, by=by, client_id=uuid4(), words=WORDS[choice % len(WORDS)])


def ends(_program: Program, by: User, _choice: int) -> None:
    for session in Session.objects.filter(state__in=TAKEN, counselor=by):
        sessions.end(session_id=session.pk, by=by, reason=EndReason.CONCLUDED, farewell=True)


def files(_program: Program, by: User, _choice: int) -> None:
    for session in Session.objects.filter(state=State.WRAP_UP, counselor=by):
        records.file(session_id=session.pk, by=by, classification=Classification.VALID, thankful_end=True)


Act = Callable[[Program, User, int], None]
ACTS: tuple[Act, ...] = (begins, writes_on_line, takes, replies, ends, files)
REFUSED = (practice.EnoughAtOnce, sessions.NoRoom, queue.NobodyWaits)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 8)), min_size=5, max_size=25))
def test_whatever_is_practised_nothing_is_counted_and_nobody_is_told(
    learning: Program, haru: User, seconds_pass: Pass, acts: list[tuple[Act, int]]
) -> None:
    with transaction.atomic():
        for act, choice in [(begins, 0), *acts]:
            try:
                with transaction.atomic():
                    act(learning, haru, choice)
            except REFUSED:
                pass
            seconds_pass(30)
        assert Session.objects.exists()
        assert not Session.objects.filter(trial=False).exists()
        assert found(learning) == nothing(learning)
        transaction.set_rollback(True)


def found(program: Program) -> dict[str, object]:
    """All that is counted, listed or told of a program, whoever asks."""
    today = timezone.localdate()
    first, last = today - timedelta(days=2), today + timedelta(days=1)
    return {
        "figures": [figures(program, first, last, kind).totals for kind in DayKind],
        "forecast": forecast(program, timezone.now() + timedelta(days=1)).past.sessions,
        "answers": answered(program.pk, [("age", "")]),
        "here": here(program),
        "doors": public_doors(program),
        "front page": feeds.open_programs(),
        "short of people": shortage.due_programs(now=timezone.now()),
        "notices": Notification.objects.count(),
        "mails": OnCallMail.objects.count() + CallMail.objects.count(),
    }


def nothing(program: Program) -> dict[str, object]:
    """A program to which nobody ever came."""
    today = timezone.localdate()
    zero = dict.fromkeys(figures(program, today, today, DayKind.SERVICE).totals, 0)
    return {
        "figures": [zero for _kind in DayKind],
        "forecast": 0,
        "answers": {("age", ""): 0},
        "here": Here(0, 0),
        "doors": [],
        "front page": [],
        "short of people": [],
        "notices": 0,
        "mails": 0,
    }
