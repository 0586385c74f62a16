"""The end of a contract: everything personal of a closed program goes from its day on, figures stay, holds hold."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling import permissions, vault
from counseling.actions import contracts, holds, key_shares, sessions
from counseling.feeds.keeping import left_in, today
from counseling.lifecycle import EndReason, State
from counseling.models import ApartAnswer, ContractEnd, InboundEvent, Message, Program, Session, Visitor
from counseling.models.edition import Edition
from counseling.vault import Standing
from tests.conftest import Say


@pytest.fixture
def closed(active: Session, haru: User, sora_says: Say) -> Session:
    sora_says("別の方", identity="U" + "0b" * 16)
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    Session.objects.update(state=State.CLOSED, closed_at=timezone.now())
    Program.objects.update(stage="closed")
    return Session.objects.select_related("visitor", "program").get(pk=active.pk)


def carry_out() -> None:
    while contracts.carry_out():
        pass
    key_shares.destroy_doomed()
    contracts.carry_out()


def test_nothing_goes_before_its_day(closed: Session, aoi: User) -> None:
    contracts.decide(program_id=closed.program_id, by=aoi, on=today(timezone.now()) + timedelta(days=1))
    carry_out()
    assert closed.visitor.key()
    assert left_in(closed.program, timezone.now()).visitors == 2


def test_on_its_day_everything_personal_goes_and_figures_stay(closed: Session, aoi: User) -> None:
    figures = list(Session.objects.order_by("pk").values("state", "number", "message_count", "attributes"))
    contracts.decide(program_id=closed.program_id, by=aoi, on=today(timezone.now()))
    carry_out()
    end = ContractEnd.objects.get()
    assert end.finished_at
    assert end.counts["visitors"] == end.counts["keys"] == 2
    assert {bytes(one.body) for one in Message.objects.all()} == {b""}
    assert {bytes(one.wrapped_key) for one in Visitor.objects.all()} == {b""}
    assert {vault.standing(one.share) for one in Visitor.objects.all()} == {Standing.DESTROYED}
    assert list(Session.objects.order_by("pk").values("state", "number", "message_count", "attributes")) == figures
    assert AuditEntry.objects.get(deed="contract.ended").details["visitors"] == 2
    carry_out()
    assert AuditEntry.objects.filter(deed="contract.ended").count() == 1


def test_it_is_not_finished_while_a_half_is_still_there(closed: Session, aoi: User) -> None:
    contracts.decide(program_id=closed.program_id, by=aoi, on=today(timezone.now()))
    while contracts.carry_out():
        pass
    assert ContractEnd.objects.get().finished_at is None


def test_who_is_held_waits_and_is_told(closed: Session, aoi: User) -> None:
    hold = holds.place(program_id=closed.program_id, by=aoi, client_id=uuid4(), reason="訴訟", visitor=closed.visitor)
    contracts.decide(program_id=closed.program_id, by=aoi, on=today(timezone.now()))
    carry_out()
    assert closed.visitor.key()
    assert ContractEnd.objects.get().finished_at is None
    assert left_in(closed.program, timezone.now())[:5] == (1, 1, 0, 0, 1)
    holds.end(hold_id=hold.pk, by=aoi, reason="済")
    carry_out()
    assert ContractEnd.objects.get().finished_at


def test_a_program_that_is_open_is_refused(closed: Session, aoi: User) -> None:
    Program.objects.update(stage="open")
    with pytest.raises(contracts.NotClosed):
        contracts.decide(program_id=closed.program_id, by=aoi, on=today(timezone.now()))


def test_a_day_that_is_past_is_refused(closed: Session, aoi: User) -> None:
    with pytest.raises(contracts.DayIsPast):
        contracts.decide(program_id=closed.program_id, by=aoi, on=today(timezone.now()) - timedelta(days=1))


def test_it_is_withdrawn_until_it_began(closed: Session, aoi: User) -> None:
    of: dict[str, Any] = {"program_id": closed.program_id, "by": aoi}
    contracts.decide(on=today(timezone.now()) + timedelta(days=9), **of)
    contracts.withdraw(**of)
    contracts.withdraw(**of)
    assert not ContractEnd.objects.exists()
    contracts.decide(on=today(timezone.now()), **of)
    contracts.carry_out()
    with pytest.raises(contracts.HasBegun):
        contracts.withdraw(**of)
    with pytest.raises(contracts.HasBegun):
        contracts.decide(on=today(timezone.now()), **of)


@pytest.mark.parametrize("who", ["haru", "mio", "kei", "nao"])
def test_only_administrators_end_a_contract(who: str, closed: Session, request: pytest.FixtureRequest) -> None:
    by = request.getfixturevalue(who)
    with pytest.raises(permissions.NotVisible):
        contracts.decide(program_id=closed.program_id, by=by, on=today(timezone.now()))
    with pytest.raises(permissions.NotVisible):
        contracts.withdraw(program_id=closed.program_id, by=by)


def test_a_hold_of_the_whole_program_refuses_its_day(closed: Session, aoi: User) -> None:
    of: dict[str, Any] = {"program_id": closed.program_id, "by": aoi}
    day = today(timezone.now())
    hold = holds.place(client_id=uuid4(), reason="訴訟", until=day + timedelta(days=3), **of)
    with pytest.raises(contracts.UnderHold):
        contracts.decide(on=day + timedelta(days=3), **of)
    assert contracts.decide(on=day + timedelta(days=4), **of)
    holds.end(hold_id=hold.pk, by=aoi, reason="済")
    assert contracts.decide(on=day, **of)


def test_a_hold_that_comes_later_keeps_everybody(closed: Session, aoi: User) -> None:
    contracts.decide(program_id=closed.program_id, by=aoi, on=today(timezone.now()))
    holds.place(program_id=closed.program_id, by=aoi, client_id=uuid4(), reason="訴訟")
    carry_out()
    assert left_in(closed.program, timezone.now()).held == 2
    assert closed.visitor.key()


def test_a_certificate_is_of_what_is_finished_and_told_to_the_audit(closed: Session, aoi: User) -> None:
    of: dict[str, Any] = {"program_id": closed.program_id, "by": aoi}
    contracts.decide(on=today(timezone.now()), **of)
    with pytest.raises(permissions.NotVisible):
        contracts.certify(digest="0" * 64, **of)
    carry_out()
    contracts.certify(digest="0" * 64, **of)
    assert AuditEntry.objects.filter(deed="erasure.certified").count() == 1


@pytest.mark.parametrize("who", ["haru", "mio", "kei", "nao"])
def test_only_administrators_take_its_certificate(
    who: str, closed: Session, aoi: User, request: pytest.FixtureRequest
) -> None:
    contracts.decide(program_id=closed.program_id, by=aoi, on=today(timezone.now()))
    carry_out()
    with pytest.raises(permissions.NotVisible):
        contracts.certify(program_id=closed.program_id, by=request.getfixturevalue(who), digest="0" * 64)


def test_words_that_lead_to_nobody_go_too(closed: Session, aoi: User) -> None:
    of: dict[str, Any] = {"program_id": closed.program_id, "by": aoi}
    hold = holds.place(client_id=uuid4(), reason="夫からの訴え", **of)
    holds.end(hold_id=hold.pk, by=aoi, reason="取り下げ")
    survey, day = Edition.objects.order_by("pk").first(), today(timezone.now())
    assert survey
    ApartAnswer.objects.create(
        program=closed.program, edition=survey, token_hash="0" * 64, month=day, ends_on=day, words=b"sealed"
    )
    event = {"channel": closed.visitor.channel, "kind": "message", "state": "failed", "source": "0" * 64}
    InboundEvent.objects.create(event_id="unread", body=b"sealed", **event)
    contracts.decide(on=day, **of)
    carry_out()
    assert ContractEnd.objects.get().finished_at
    assert ContractEnd.objects.get().counts["words"] >= 1
    assert bytes(ApartAnswer.objects.get().words) == bytes(InboundEvent.objects.get(event_id="unread").body) == b""
    hold.refresh_from_db()
    assert (hold.words("reason"), hold.words("end_reason")) == ("", "")
