"""Over a filled program: what the dry run counts is what the night takes, kind by kind, and no figure ever changes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from counseling import crypto
from counseling.actions import erasures, holds, key_shares, retention, sessions, traces
from counseling.feeds import keeping as feed
from counseling.keeping import counted_by
from counseling.lifecycle import EndReason
from counseling.models import Attachment, Channel, HandoverNote, Message, Night, Program, Session, Trace, Visitor
from counseling.models.keeping import Checked, Why
from reports import reporting
from reports.days import DayKind
from reports.periods import Period
from reports.results import results
from tests.conftest import Say
from tests.counseling.actions import recorded

DAYS = {"words": 30, "records": 90, "contacts": 60, "pictures": 7, "addresses": 7}
PEOPLE = 6


@pytest.fixture
def filled(program: Program, sora_says: Say, web_channel: Channel, haru: User, mio: User, aoi: User) -> Program:
    """Six people: one came back and still talks, one is under a hold, one came through LINE's door to our page."""
    recorded.ask(program)
    talks = [_talk(sora_says, haru, place) for place in range(PEOPLE)]
    sora_says("また来ました", identity=_identity(0))
    holds.place(program_id=program.pk, by=aoi, client_id=uuid4(), reason="訴訟", visitor=talks[1].visitor)
    Visitor.objects.filter(pk=talks[2].visitor_id).update(door=talks[3].visitor, channel=web_channel)
    for talk in talks[3:5]:
        said = Message.objects.filter(session=talk, author="visitor").get()
        Attachment.objects.create(message=said, state="ready", content=b"picture")
    for talk in talks[:4]:
        _came_from(talk)
    for _each in range(3):
        note = HandoverNote(program=program, by=haru, client_id=uuid4())
        note.body = crypto.seal_house("K7Q2さんのこと".encode(), note.place)
        note.save()
    Program.objects.update(retention=DAYS)
    program.refresh_from_db()
    return program


def _identity(place: int) -> str:
    return "U" + f"{place:02x}" * 16


def _talk(sora_says: Say, haru: User, place: int) -> Session:
    talk = sora_says(f"{place}人目のことば", identity=_identity(place))
    sessions.claim(session_id=talk.pk, by=haru)
    sessions.end(session_id=talk.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    recorded.filed(talk, haru, thankful_end=place % 2 == 0)
    return Session.objects.select_related("visitor").get(pk=talk.pk)


def _came_from(talk: Session) -> None:
    at = timezone.now()
    of = {"session": talk, "mark": str(talk.pk), "body": b"x", "first_at": at, "last_at": at}
    Trace.objects.create(**of, ends_at=at + timedelta(days=7))


def after(days: int) -> datetime:
    return timezone.now() + timedelta(days=days, minutes=1)


def told(program: Program, now: datetime) -> dict[str, int]:
    return {due.kind: due.amount for due in feed.dry_run(program, now) if due.amount}


def swept(program: Program, now: datetime, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """All that one night's sweep takes, by kind, as it really went."""
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: now)
        addresses = traces.forget()
    while retention.step(program.pk, now):
        pass
    counts = dict(Night.objects.get(program=program, on=feed.today(now)).counts)
    return counts | ({"addresses": addresses} if addresses else {})


def tables(program: Program) -> Iterable[Any]:
    """Every table of the program's results, with all of its numbers."""
    today = timezone.localdate()
    period = Period(today - timedelta(days=1), today + timedelta(days=1))
    found = results(program, period, DayKind(counted_by(program.report)), "ja")
    return reporting.whole(found, None, today=today, eras=False).tables


@pytest.mark.parametrize("days", [6, 8, 31, 61, 91, 400])
def test_the_dry_run_counts_exactly_what_the_night_takes(
    days: int, filled: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = after(days)
    expected = told(filled, now)
    assert swept(filled, now, monkeypatch) == expected
    assert told(filled, now) == {}


def test_what_the_nights_take_by_kind(filled: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who still talks and who is under a hold stay whole; a hold keeps the notes, too; doors go together."""
    took = {days: swept(filled, after(days), monkeypatch) for days in (8, 31, 61, 91)}
    assert took == {
        8: {"pictures": 2, "addresses": 3},
        31: {"words": PEOPLE - 2},
        61: {"contacts": PEOPLE - 2},
        91: {"records": PEOPLE - 2, "key": PEOPLE - 2},
    }
    kept = {due.kind: due.held for due in feed.dry_run(filled, after(91))}
    assert kept == {"words": 1, "records": 1, "pictures": 0, "contacts": 1, "key": 1, "addresses": 1, "notes": 3}


def test_no_figure_changes_by_nights_or_erasures(filled: Program, aoi: User, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables(filled)
    assert any(row.values for table in before for row in table.rows)
    last = Session.objects.filter(program=filled, number=PEOPLE).get()
    erasures.erase(visitor_id=last.visitor_id, by=aoi, why=Why.REQUEST, checked=Checked.PAPER)
    assert tables(filled) == before
    for days in (8, 31, 61, 91):
        swept(filled, after(days), monkeypatch)
        assert tables(filled) == before
    key_shares.destroy_doomed()
    assert Visitor.objects.exclude(wrapped_key=b"").count() == 2
    assert tables(filled) == before
