"""A person is erased for good: nothing opens or leads to them; figures, codes and the audit stay as they were."""

import threading
from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts import audit
from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling import crypto, permissions, vault
from counseling.actions import erasing, erasures, holds, key_shares, notes, sessions
from counseling.lifecycle import EndReason
from counseling.models import (
    Channel,
    DoomedHalf,
    Erasure,
    InboundEvent,
    Message,
    Note,
    PhoneTransfer,
    RecordVersion,
    Session,
    Visitor,
)
from counseling.models.keeping import Checked, Why
from counseling.text import UnacceptableText
from counseling.vault import Standing
from tests.conftest import SORA, Say, person
from tests.counseling.actions import recorded

Erase = Callable[..., Erasure]


@pytest.fixture
def closed(active: Session, haru: User) -> Session:
    notes.add(session_id=active.pk, by=haru, client_id=uuid4(), words="相手の家は駅の近く")
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    recorded.ask(active.program)
    recorded.filed(active, haru)
    return Session.objects.select_related("visitor", "program").get(pk=active.pk)


@pytest.fixture
def erase(aoi: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Erase:
    def one(session: Session, by: User = aoi) -> Erasure:
        with django_capture_on_commit_callbacks(execute=True):
            erased = erasures.erase(visitor_id=session.visitor_id, by=by, why=Why.REQUEST, checked=Checked.PAPER)
        erased.refresh_from_db()
        return erased

    return one


def test_nothing_of_theirs_opens_any_more(closed: Session, erase: Erase) -> None:
    before = closed.visitor
    erased = erase(closed)
    visitor = Visitor.objects.get(pk=before.pk)
    assert vault.standing(before.share) == Standing.DESTROYED
    assert bytes(visitor.wrapped_key) == bytes(visitor.identity) == b""
    for key in (before.key, visitor.key):
        with pytest.raises(crypto.CannotOpen):
            key()
    assert {
        bytes(body) for kind in (Message, Note) for body in kind._default_manager.values_list("body", flat=True)
    } == {b""}
    assert bytes(RecordVersion.objects.get().words) == b""
    assert erased.finished_at


def test_it_tells_what_went_and_what_stays_in_counts(closed: Session, erase: Erase) -> None:
    before = erasing.held_by([closed.visitor_id])
    erased = erase(closed)
    assert erased.counts == {kind: count for kind, count in before.items() if count} | {"contacts": 1, "keys": 1}
    assert erased.stays["figures"] == 1
    assert erasing.held_by([closed.visitor_id]).total() == 0


def test_codes_stay_for_the_figures(closed: Session, erase: Erase) -> None:
    columns = ("state", "number", "attributes", "message_count", "closed_at", "classification", "thankful_end")
    before = Session.objects.values(*columns).get(pk=closed.pk)
    codes = RecordVersion.objects.values("codes").get()
    erase(closed)
    assert Session.objects.values(*columns).get(pk=closed.pk) == before
    assert RecordVersion.objects.values("codes").get() == codes


def test_their_next_message_is_a_new_persons(closed: Session, erase: Erase, sora_says: Say) -> None:
    erase(closed)
    new = sora_says("はじめまして")
    assert new.visitor_id != closed.visitor_id
    assert new.visits == 1
    assert new.visitor.address() == SORA


def test_twice_is_once(closed: Session, erase: Erase) -> None:
    assert erase(closed) == erase(closed)
    assert AuditEntry.objects.filter(deed="visitor.erased").count() == 1


def test_a_hold_refuses_it(closed: Session, erase: Erase, aoi: User) -> None:
    for of in ({}, {"visitor": closed.visitor}, {"session": closed}):
        hold = holds.place(program_id=closed.program_id, by=aoi, client_id=uuid4(), reason="訴訟", **of)
        with pytest.raises(erasures.UnderHold):
            erase(closed)
        holds.end(hold_id=hold.pk, by=aoi, reason="済")
    assert closed.visitor.key()
    assert erase(closed)


def test_an_open_talk_refuses_it(active: Session, erase: Erase) -> None:
    with pytest.raises(erasures.StillOpen):
        erase(active)
    assert active.visitor.key()


def test_a_promised_call_refuses_it(closed: Session, erase: Erase, haru: User) -> None:
    PhoneTransfer.objects.create(session=closed, kind="call_back", stage="agreed", offered_by=haru)
    with pytest.raises(erasures.StillOpen):
        erase(closed)


@pytest.mark.parametrize("who", ["haru", "ren", "mio", "kei", "nao"])
def test_only_administrators_erase(who: str, closed: Session, erase: Erase, request: pytest.FixtureRequest) -> None:
    with pytest.raises(permissions.NotVisible):
        erase(closed, request.getfixturevalue(who))
    assert closed.visitor.key()


def test_who_came_through_line_is_erased_behind_both_doors(closed: Session, erase: Erase, web_channel: Channel) -> None:
    beyond = Visitor.objects.create(
        program=closed.program, channel=web_channel, pseudonym="B2B2", identity_hash="x" * 64, identity=b"x",
        door=closed.visitor, share=vault.make(),
    )  # fmt: skip
    erase(closed)
    beyond.refresh_from_db()
    assert bytes(beyond.identity) == b""
    assert vault.standing(beyond.share) == Standing.DESTROYED


def test_an_event_nobody_could_read_goes_too(closed: Session, erase: Erase) -> None:
    source = crypto.keyed_hash(SORA, "line.user")
    of = {"channel": closed.visitor.channel, "kind": "message", "state": "failed", "body": b"sealed"}
    InboundEvent.objects.create(event_id="hers", source=source, **of)
    InboundEvent.objects.create(event_id="another's", source="0" * 64, **of)
    erase(closed)
    assert {one.event_id: bytes(one.body) for one in InboundEvent.objects.filter(state="failed")} == {
        "hers": b"", "another's": b"sealed"
    }  # fmt: skip


def test_a_hold_that_is_over_goes_with_its_words(closed: Session, erase: Erase, aoi: User) -> None:
    hold = holds.place(program_id=closed.program_id, by=aoi, client_id=uuid4(), reason="夫からの訴え", session=closed)
    holds.end(hold_id=hold.pk, by=aoi, reason="取り下げ")
    erase(closed)
    hold.refresh_from_db()
    assert (hold.words("reason"), hold.words("end_reason")) == ("", "")


def test_who_dies_after_the_commit_is_followed_by_the_sweep(closed: Session, aoi: User) -> None:
    """The captured callback is never run: a process killed between the database and the vault."""
    erasures.erase(visitor_id=closed.visitor_id, by=aoi, why=Why.REQUEST, checked=Checked.TALK)
    assert vault.standing(closed.visitor.share) == Standing.KEPT
    assert Erasure.objects.get().finished_at is None
    assert key_shares.destroy_doomed() == 1
    assert vault.standing(closed.visitor.share) == Standing.DESTROYED
    assert Erasure.objects.get().finished_at
    assert not DoomedHalf.objects.exists()


@pytest.mark.parametrize(("module", "dies_in"), [(erasing, "of_visitors"), (erasures, "doom"), (audit, "note")])
def test_who_dies_before_the_commit_changed_nothing(
    module: ModuleType, dies_in: str, closed: Session, aoi: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, dies_in, lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        erasures.erase(visitor_id=closed.visitor_id, by=aoi, why=Why.REQUEST, checked=Checked.TALK)
    assert not Erasure.objects.exists()
    assert Message.objects.filter(author="visitor").get().words(closed.visitor.key())


def test_who_dies_between_two_halves_is_followed(closed: Session, aoi: User, monkeypatch: pytest.MonkeyPatch) -> None:
    erasures.erase(visitor_id=closed.visitor_id, by=aoi, why=Why.REQUEST, checked=Checked.TALK)
    with monkeypatch.context() as patch:
        patch.setattr(DoomedHalf, "delete", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            key_shares.destroy_doomed()
    assert vault.standing(closed.visitor.share) == Standing.DESTROYED
    assert key_shares.destroy_doomed() == 1
    assert Erasure.objects.get().finished_at


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one(closed: Session, aoi: User) -> None:
    found: list[Erasure] = []
    begin = threading.Barrier(2)

    def one() -> None:
        begin.wait()
        try:
            found.append(erasures.erase(visitor_id=closed.visitor_id, by=aoi, why=Why.REQUEST, checked=Checked.TALK))
        finally:
            connection.close()

    both = [threading.Thread(target=one) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(found) == 2
    assert Erasure.objects.count() == 1
    assert AuditEntry.objects.filter(deed="visitor.erased").count() == 1


def test_the_audit_still_holds_and_names_no_word(closed: Session, erase: Erase) -> None:
    erase(closed)
    entry = AuditEntry.objects.get(deed="visitor.erased")
    assert entry.subject == f"visitor:{closed.visitor_id}"
    assert entry.details["why"] == "request"
    assert audit.verify().count > 0


def test_a_hold_needs_a_reason_and_a_day_to_come(closed: Session, aoi: User) -> None:
    of: dict[str, Any] = {"program_id": closed.program_id, "by": aoi, "client_id": uuid4()}
    with pytest.raises(UnacceptableText):
        holds.place(reason=" ", **of)
    with pytest.raises(holds.DayIsPast):
        holds.place(reason="訴訟", until=date(2020, 1, 1), **of)


def test_a_hold_pressed_twice_is_one(closed: Session, aoi: User) -> None:
    of: dict[str, Any] = {"program_id": closed.program_id, "by": aoi, "client_id": uuid4(), "reason": "訴訟"}
    assert holds.place(**of) == holds.place(**of)


def test_who_placed_a_hold_does_not_end_it_where_another_can(closed: Session, aoi: User) -> None:
    hold = holds.place(program_id=closed.program_id, by=aoi, client_id=uuid4(), reason="訴訟")
    other = person("Emi", closed.program, Role.ADMINISTRATOR)
    with pytest.raises(holds.NeedsAnother):
        holds.end(hold_id=hold.pk, by=aoi, reason="済")
    assert holds.end(hold_id=hold.pk, by=other, reason="済").ended_by == other


@pytest.mark.parametrize("who", ["haru", "mio", "kei", "nao"])
def test_only_administrators_hold(who: str, closed: Session, request: pytest.FixtureRequest) -> None:
    by = request.getfixturevalue(who)
    with pytest.raises(permissions.NotVisible):
        holds.place(program_id=closed.program_id, by=by, client_id=uuid4(), reason="訴訟")


def test_a_hold_of_another_programs_visitor_is_refused(closed: Session, aoi: User) -> None:
    closed.visitor.program_id += 1
    with pytest.raises(permissions.NotVisible):
        holds.place(program_id=closed.program_id, by=aoi, client_id=uuid4(), reason="訴訟", visitor=closed.visitor)
