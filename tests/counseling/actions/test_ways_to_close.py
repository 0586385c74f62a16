"""No way of ending a talk files it without what its program requires: buttons, timers, sweeps, many at once."""

import random
from contextlib import suppress
from uuid import uuid4

import pytest

from accounts.models import User
from counseling import forms, later, recording
from counseling.actions import messages, sessions
from counseling.feeds import records as feed
from counseling.follow_ups import without_day
from counseling.lifecycle import FINISHED, Classification, EndReason, State
from counseling.models import Channel, FollowUp, Program, Record, Session
from tests.conftest import Say
from tests.counseling.actions.calling import with_telephone
from tests.counseling.actions.recorded import ask, readable
from tests.counseling.actions.ways import REFUSALS, WAYS, Stage


@pytest.fixture
def stage(
    program: Program, line_channel: Channel, haru: User, ren: User, mio: User, aoi: User, sora_says: Say,
    monkeypatch: pytest.MonkeyPatch,
) -> Stage:  # fmt: skip
    monkeypatch.setattr(later, "wake", lambda *_call, **_options: True)
    ask(program)
    with_telephone(program)
    people = {"haru": haru, "ren": ren, "mio": mio, "aoi": aoi}
    return Stage(program, line_channel, people, sora_says, random.Random(1))


def holds(session: Session, looked_at: set[tuple[int, int]]) -> None:
    """What is closed has all its program requires; what ended otherwise nobody of ours talked in.

    A version is looked at when it was filed: what becomes known of the risk later asks for no more of it.
    """
    if session.state == State.CLOSED:
        record = Record.objects.get(session=session)
        version = (session.pk, record.number)
        if version not in looked_at:
            looked_at.add(version)
            is_whole(session)
        assert session.closed_at is not None
        assert record.versions.count() == record.number
    elif session.state in FINISHED:
        assert session.first_response_at is None
    elif session.state == State.WRAP_UP:
        assert session.counselor_id is not None
        assert session.closed_at is None


def is_whole(session: Session) -> None:
    """The version that stands last answers what the form asks of such a talk."""
    opened = feed.sheet_of(session).latest
    assert opened is not None
    short = recording.is_short(Classification(session.classification), risk=session.risk, trial=session.trial)
    followed = FollowUp.objects.filter(session=session)
    form = without_day(opened.form) if followed.filter(waived=True).exists() else opened.form
    assert forms.check(form, opened.answers, finished=not short) == opened.answers
    assert session.trial or opened.answers.get("follow_up") != "yes" or followed.exists()


@pytest.mark.parametrize("seed", range(25))
def test_whatever_happens_in_whatever_order(stage: Stage, seed: int) -> None:
    stage.chance.seed(seed)
    stage.says("聞いてください")
    # What leads to a record is tried more often, so that there is something that could go wrong.
    looked_at: set[tuple[int, int]] = set()
    likely = ("claim", "reply", "end", "file", "file")
    for way in stage.chance.choices([*sorted(WAYS), *likely], k=30):
        with suppress(*REFUSALS):
            WAYS[way](stage)
        for session in Session.objects.select_related("visitor", "program"):
            holds(session, looked_at)


ENDS = [
    ("sora leaves", EndReason.VISITOR_LEFT),
    ("sora blocks us", EndReason.VISITOR_BLOCKED),
    ("hours over", EndReason.HOURS_OVER),
    ("program closed", EndReason.HOURS_OVER),
]


@pytest.mark.parametrize(("way", "reason"), ENDS)
def test_a_talk_that_was_put_back_and_ends_there_is_its_last_counselor_s_to_write(
    stage: Stage, haru: User, ren: User, way: str, reason: EndReason
) -> None:
    session = stage.says("聞いてください")
    sessions.claim(session_id=session.pk, by=haru)
    messages.reply(session_id=session.pk, by=haru, client_id=uuid4(), words="こんばんは")
    sessions.requeue(session_id=session.pk, by=haru, summary="要約")
    sessions.claim(session_id=session.pk, by=ren)
    sessions.requeue(session_id=session.pk, by=ren, summary="すぐ戻します")
    WAYS[way](stage)
    session.refresh_from_db()
    assert (session.state, session.end_reason, session.counselor) == (State.WRAP_UP, reason, haru)
    assert [one.pk for one in feed.due(readable(haru, stage.program))] == [session.pk]


@pytest.mark.parametrize(("way", "reason"), [*ENDS[:2], ("silence", EndReason.IDLE)])
def test_a_talk_that_ends_by_itself_waits_for_its_record(stage: Stage, haru: User, way: str, reason: EndReason) -> None:
    session = stage.says("聞いてください")
    sessions.claim(session_id=session.pk, by=haru)
    messages.reply(session_id=session.pk, by=haru, client_id=uuid4(), words="こんばんは")
    WAYS[way](stage)
    session.refresh_from_db()
    assert (session.state, session.end_reason, session.closed_at) == (State.WRAP_UP, reason, None)


@pytest.mark.parametrize("way", [way for way, _reason in ENDS])
def test_who_was_never_answered_needs_no_record(stage: Stage, way: str) -> None:
    session = stage.says("聞いてください")
    WAYS[way](stage)
    session.refresh_from_db()
    assert session.state in FINISHED - {State.CLOSED}
