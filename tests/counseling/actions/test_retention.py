"""What goes by rule goes at night, kind by kind, in its time; what must stay stays, and figures never change."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import BinaryField
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling import crypto, keeping, vault
from counseling.actions import erasing, holds, key_shares, notes, retention, sessions, sheets, traces
from counseling.feeds import keeping as feed
from counseling.lifecycle import EndReason
from counseling.models import (
    Attachment,
    DoomedHalf,
    Forgotten,
    HandoverNote,
    Message,
    Night,
    Note,
    PhoneTransfer,
    Program,
    RecordVersion,
    Session,
    Trace,
    Visitor,
)
from counseling.models.emergency import SheetReason
from counseling.opening import TOKYO
from counseling.privacy import FIELDS, KINDS, Kept, Level
from counseling.vault import Standing
from tests.conftest import Say
from tests.counseling.actions import recorded

DAYS = {"words": 30, "records": 90, "contacts": 60, "pictures": 7, "addresses": 7}


@pytest.fixture
def closed(active: Session, haru: User) -> Session:
    """Sora's session, over and recorded today."""
    notes.add(session_id=active.pk, by=haru, client_id=uuid4(), words="相手の家は駅の近く")
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    recorded.ask(active.program)
    recorded.filed(active, haru)
    session = Session.objects.select_related("visitor", "program").get(pk=active.pk)
    Program.objects.update(retention=DAYS)
    session.program.refresh_from_db()
    return session


def after(days: int) -> datetime:
    return timezone.now() + timedelta(days=days, minutes=1)


def sweep_all(program: Program, now: datetime) -> dict[str, int]:
    """The whole of a night."""
    while retention.step(program.pk, now):
        pass
    night = Night.objects.get(program=program, on=feed.today(now))
    assert night.done_at
    return dict(night.counts)


def test_nothing_goes_before_its_time(closed: Session) -> None:
    assert sweep_all(closed.program, after(29)) == {}
    assert Message.objects.filter(author="visitor").get().words(closed.visitor.key())


def test_words_go_while_the_record_stays(closed: Session) -> None:
    assert sweep_all(closed.program, after(31))["words"] == 1
    key = closed.visitor.key()
    assert Message.objects.filter(author="visitor").get().words(key) == ""
    assert Note.objects.get().words(key) == ""
    assert RecordVersion.objects.get().opened(key)
    assert set(Forgotten.objects.values_list("kind", flat=True)) == {"words"}


def test_contacts_go_in_their_time_and_the_key_still_opens_the_record(closed: Session, sora_says: Say) -> None:
    assert sweep_all(closed.program, after(61))["contacts"] == 1
    visitor = Visitor.objects.get(pk=closed.visitor_id)
    assert bytes(visitor.identity) == b""
    assert RecordVersion.objects.get().opened(visitor.key())
    assert sora_says("また来ました").visitor_id != visitor.pk


def test_at_last_the_key_goes_and_its_half(closed: Session) -> None:
    share = closed.visitor.share
    sweep_all(closed.program, after(91))
    assert DoomedHalf.objects.get().share == share
    key_shares.destroy_doomed()
    assert vault.standing(share) == Standing.DESTROYED
    visitor = Visitor.objects.get(pk=closed.visitor_id)
    with pytest.raises(crypto.CannotOpen):
        visitor.key()
    assert sweep_all(closed.program, after(92)) == {}


def test_what_was_not_agreed_upon_stays(closed: Session) -> None:
    Program.objects.update(retention={"pictures": 7})
    Attachment.objects.create(message=Message.objects.get(author="visitor"), state="ready", content=b"picture")
    assert sweep_all(closed.program, after(4000)) == {"pictures": 1}
    assert Message.objects.filter(author="visitor").get().words(closed.visitor.key())


def test_a_key_waits_for_an_agreement_on_everything_it_opens(closed: Session) -> None:
    Program.objects.update(retention={"words": 30, "contacts": 30})
    sweep_all(closed.program, after(4000))
    assert Visitor.objects.get(pk=closed.visitor_id).key()


@pytest.mark.parametrize("state", ["active", "waiting"])
def test_nothing_of_an_open_session_goes(state: str, request: pytest.FixtureRequest, program: Program) -> None:
    Program.objects.update(retention=DAYS)
    request.getfixturevalue(state)
    assert sweep_all(program, after(4000)) == {}


def test_earlier_sessions_wait_while_their_visitor_talks(closed: Session, sora_says: Say) -> None:
    sora_says("きょうも")
    assert sweep_all(closed.program, after(4000)) == {}


def test_an_open_sheet_waits(closed: Session, mio: User) -> None:
    Session.objects.filter(pk=closed.pk).update(closed_at=timezone.now() - timedelta(days=100))
    sheets.open_sheet(session_id=closed.pk, by=mio, reason=SheetReason(SheetReason.values[0]))
    assert sweep_all(closed.program, timezone.now()) == {}
    assert "words" in sweep_all(closed.program, after(1))


def test_a_promised_call_waits(closed: Session, haru: User) -> None:
    PhoneTransfer.objects.create(session=closed, kind="call_back", stage="agreed", offered_by=haru)
    assert sweep_all(closed.program, after(4000)) == {}
    PhoneTransfer.objects.update(stage="over")
    assert "words" in sweep_all(closed.program, after(4001))


def test_a_hold_keeps_a_program_a_visitor_or_a_session(closed: Session, aoi: User) -> None:
    for of in ({}, {"visitor": closed.visitor}, {"session": closed}):
        hold = holds.place(program_id=closed.program_id, by=aoi, client_id=uuid4(), reason="訴訟のため", **of)
        assert sweep_all(closed.program, after(4000 + hold.pk)) == {}
        holds.end(hold_id=hold.pk, by=aoi, reason="終わった")
    assert "key" in sweep_all(closed.program, after(5000))


def test_a_hold_ends_by_itself_after_its_last_day(closed: Session, aoi: User) -> None:
    last = feed.today(timezone.now()) + timedelta(days=50)
    of: dict[str, Any] = {"program_id": closed.program_id, "visitor": closed.visitor, "until": last}
    holds.place(by=aoi, client_id=uuid4(), reason="調査", **of)
    assert sweep_all(closed.program, after(49)) == {}
    assert "words" in sweep_all(closed.program, after(51))


def test_a_held_address_outlives_its_days(closed: Session, aoi: User) -> None:
    past = timezone.now() - timedelta(days=1)
    Trace.objects.create(session=closed, mark="m", body=b"x", first_at=past, last_at=past, ends_at=past)
    hold = holds.place(program_id=closed.program_id, by=aoi, client_id=uuid4(), reason="照会", session=closed)
    assert traces.forget() == 0
    holds.end(hold_id=hold.pk, by=aoi, reason="済")
    assert traces.forget() == 1


def test_the_dry_run_says_what_the_night_then_takes(closed: Session) -> None:
    now = after(91)
    told = {due.kind: due.amount for due in feed.dry_run(closed.program, now)}
    assert told == {"words": 1, "records": 1, "pictures": 0, "contacts": 1, "key": 1, "addresses": 0, "notes": 0}
    assert Message.objects.filter(author="visitor").get().words(closed.visitor.key())
    assert sweep_all(closed.program, now) == {kind: count for kind, count in told.items() if count}
    assert {due.amount for due in feed.dry_run(closed.program, now)} == {0}


def test_the_dry_run_shows_what_only_a_hold_keeps(closed: Session, aoi: User) -> None:
    holds.place(program_id=closed.program_id, by=aoi, client_id=uuid4(), reason="訴訟", visitor=closed.visitor)
    words = next(due for due in feed.dry_run(closed.program, after(91)) if due.kind == "words")
    assert (words.amount, words.held) == (0, 1)


def test_a_night_that_died_goes_on_where_it_was(closed: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    now = after(91)
    assert retention.step(closed.program_id, now) == 1
    with monkeypatch.context() as patch:
        patch.setattr(Forgotten.objects, "bulk_create", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            retention.step(closed.program_id, now)
    assert RecordVersion.objects.get().opened(closed.visitor.key())
    assert sweep_all(closed.program, now)["words"] == 1


def test_the_audit_knows_of_a_night_in_counts(closed: Session) -> None:
    sweep_all(closed.program, after(31))
    entry = AuditEntry.objects.get(deed="retention.swept")
    assert entry.details == {"words": 1}
    assert retention.step(closed.program_id, after(31)) == 0


@pytest.mark.parametrize(("hour", "asks"), [(0, False), (1, True), (4, True), (5, False), (13, False)])
def test_only_nights_are_used(hour: int, asks: bool, closed: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    at = timezone.now().astimezone(TOKYO).replace(hour=hour) + timedelta(days=100)
    monkeypatch.setattr(timezone, "now", lambda: at)
    assert bool(retention.sweep()) == asks


def test_handover_notes_go_with_the_records_of_their_day(closed: Session, haru: User) -> None:
    note = HandoverNote(program=closed.program, by=haru, client_id=uuid4())
    note.body = crypto.seal_house("K7Q2さんのこと".encode(), note.place)
    note.save()
    sweep_all(closed.program, after(89))
    assert HandoverNote.objects.exists()
    sweep_all(closed.program, after(91))
    assert not HandoverNote.objects.exists()


def test_pictures_go_before_words(closed: Session) -> None:
    said = Message.objects.filter(author="visitor").get()
    Attachment.objects.create(message=said, state="ready", content=b"picture")
    sweep_all(closed.program, after(8))
    picture = Attachment.objects.get()
    assert (bytes(picture.content), picture.state) == (b"", "gone")
    assert said.words(closed.visitor.key())


# Who carries each class out; a class that is not here has nobody, and its words would stay for ever.
CARRIED = {
    Kept.PROGRAM: "nobody's words: the program's own",
    Kept.EMPLOYMENT: "accounts: the person's own rows",
    Kept.RECORD: "codes and times: the figures",
    Kept.WORDS: retention.step,
    Kept.RECORDS: retention.step,
    Kept.PICTURES: retention.step,
    Kept.CONTACTS: retention.step,
    Kept.NOTES: retention.step,
    Kept.KEY: retention.step,
    Kept.UNTIL_DONE: "the action that is done with it",
    Kept.ADDRESSES: traces.forget,
    Kept.ANSWERED: "volunteers.forget",
    Kept.FOR_EVER: "hashes and the audit: no words",
}


def test_every_class_of_the_table_has_somebody_who_carries_it_out() -> None:
    assert set(CARRIED) == set(Kept)


def test_every_sealed_word_of_the_table_is_reached() -> None:
    """A new table with words is covered by its row: or this says that no way leads from it to a visitor."""
    reached = {(place.model.__name__, column) for place in erasing.places() for column in place.columns}
    other = {
        (model, column)
        for model, fields in FIELDS.items()
        for column, (level, kept) in fields.items()
        if level in {Level.WORDS, Level.IDENTITY} and (model, column) not in reached
    }
    assert other == {
        ("ApartAnswer", "words"),  # of nobody: its own ends_on
        ("HandoverNote", "body"),  # of a program: retention.step itself
        ("InboundEvent", "body"), ("InboundEvent", "source"),  # erasures.forget_contact
        ("Visitor", "identity"), ("Visitor", "identity_hash"),
    }  # fmt: skip


def test_what_goes_by_a_sessions_days_leads_to_a_session() -> None:
    for place in erasing.places():
        if place.kept in {Kept.WORDS, Kept.RECORDS, Kept.PICTURES}:
            assert place.to_session, place.model
        assert all(isinstance(place.model._meta.get_field(name), BinaryField) for name in place.columns)


def test_the_kinds_are_those_of_the_agreement() -> None:
    assert set(KINDS.values()) <= set(keeping.RETENTION)
    assert set(keeping.RETENTION) == {*keeping.OF_SESSIONS, "contacts", "addresses"}
