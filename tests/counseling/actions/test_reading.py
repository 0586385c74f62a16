"""Who read which transcript stands in the audit log, and does not flood it."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.deeds import Deed
from accounts.models import AuditEntry, User
from counseling import permissions
from counseling.actions import reading, stepping_in
from counseling.lifecycle import TakeOver
from counseling.models import Membership, Program, Reading, Session
from counseling.models.supervision import Reason
from tests.conftest import Say

SignedIn = Callable[[User], Client]


def told(deed: Deed = Deed.SESSION_READ) -> list[tuple[str, str]]:
    return list(AuditEntry.objects.filter(deed=deed).order_by("pk").values_list("actor_name", "subject"))


def ask(client: Client, session: Session, reason: str = "watch") -> int:
    """Give this reason for reading; the status of the answer."""
    body = json.dumps({"reason": reason})
    return client.put(f"/api/sessions/{session.pk}/reading", body, content_type="application/json").status_code


def test_a_supervisor_reads_no_talk_without_a_reason(signed_in: SignedIn, active: Session, mio: User) -> None:
    assert signed_in(mio).get(f"/api/sessions/{active.pk}").status_code == 404
    assert permissions.readers(active.pk, {mio.pk}) == permissions.Readers(set(), set())
    assert told() == []


def test_a_supervisor_is_told_of_with_the_reason_once_for_each(signed_in: SignedIn, active: Session, mio: User) -> None:
    client = signed_in(mio)
    for reason in ("watch", "urgency", "urgency"):
        assert ask(client, active, reason) == 200
        for _time in range(2):
            assert client.get(f"/api/sessions/{active.pk}").status_code == 200
        reading.tell_watched(active.pk, {mio.pk})
    entries = AuditEntry.objects.filter(deed=Deed.SESSION_READ).order_by("pk")
    assert [entry.details for entry in entries] == [{"reason": one} for one in ("watch", "urgency", "urgency")]
    assert {(entry.subject, entry.program_id, entry.address) for entry in entries} == {
        (f"session:{active.pk}", active.program_id, "127.0.0.1")
    }


@pytest.mark.parametrize("reason", ["", "idle curiosity", "WATCH", None, 1])
def test_another_reason_is_none(signed_in: SignedIn, active: Session, mio: User, reason: str) -> None:
    assert ask(signed_in(mio), active, reason) == 400
    assert not Reading.objects.exists()


def test_who_may_not_read_all_gives_no_reason(
    signed_in: SignedIn, active: Session, haru: User, ren: User, aoi: User
) -> None:
    assert [ask(signed_in(one), active) for one in (haru, ren, aoi)] == [404] * 3
    assert (told(), Reading.objects.count()) == ([], 0)


def test_a_reason_holds_for_an_hour(active: Session, mio: User, monkeypatch: pytest.MonkeyPatch) -> None:
    until = reading.begin(session_id=active.pk, by=mio, reason=Reason.WATCH)
    for seconds, holds in ((-1, True), (1, False)):
        monkeypatch.setattr("django.utils.timezone.now", lambda at=until + timedelta(seconds=seconds): at)
        assert permissions.readable_sessions(mio).filter(pk=active.pk).exists() == holds
        assert (mio.pk in permissions.readers(active.pk, {mio.pk}).everybody) == holds
    reading.begin(session_id=active.pk, by=mio, reason=Reason.WATCH)
    assert permissions.readers(active.pk, {mio.pk}).everybody == {mio.pk}


def test_a_reason_for_one_talk_opens_no_other(active: Session, mio: User, sora_says: Say) -> None:
    other = sora_says("こんばんは", "U" + "2c" * 16)
    reading.begin(session_id=active.pk, by=mio, reason=Reason.WATCH)
    assert list(permissions.readable_sessions(mio)) == [active]
    assert other in permissions.known_sessions(mio)


def test_a_reason_opens_nothing_to_who_is_no_supervisor_any_more(active: Session, mio: User) -> None:
    reading.begin(session_id=active.pk, by=mio, reason=Reason.WATCH)
    Membership.objects.filter(user=mio).update(role="counselor")
    assert not permissions.readable_sessions(mio).exists()
    assert permissions.readers(active.pk, {mio.pk}).everybody == set()


def test_ones_own_talk_needs_no_reason(active: Session, mio: User) -> None:
    stepping_in.take_over(session_id=active.pk, by=mio, because=TakeOver.RISK)
    assert permissions.readers(active.pk, {mio.pk}) == permissions.Readers({mio.pk}, set())


def test_who_reads_along_is_shown_where_the_program_shows_it(
    active: Session, haru: User, mio: User, program: Program
) -> None:
    reading.begin(session_id=active.pk, by=mio, reason=Reason.ASKED)
    assert permissions.readers(active.pk, {haru.pk, mio.pk}) == permissions.Readers({haru.pk, mio.pk}, {mio.pk})
    Program.objects.filter(pk=program.pk).update(shows_reading=False)
    assert permissions.readers(active.pk, {haru.pk, mio.pk}) == permissions.Readers({haru.pk, mio.pk}, set())


def test_ones_own_talk_is_told_once_an_hour(signed_in: SignedIn, active: Session, haru: User) -> None:
    client = signed_in(haru)
    client.get("/console/")
    client.get(f"/api/sessions/{active.pk}")
    client.get("/console/")
    assert told() == [("Haru", f"session:{active.pk}")]


def test_after_an_hour_it_is_told_again(active: Session, haru: User, monkeypatch: pytest.MonkeyPatch) -> None:
    reading.tell_session(session=active, by=haru, address=None)
    later = timezone.now() + reading.ONE_READING + timedelta(seconds=1)
    monkeypatch.setattr("counseling.actions.reading.timezone.now", lambda: later)
    reading.tell_session(session=active, by=haru, address=None)
    assert len(told()) == 2


def test_who_may_not_read_is_not_told_of(signed_in: SignedIn, active: Session, ren: User) -> None:
    assert signed_in(ren).get(f"/api/sessions/{active.pk}").status_code == 404
    assert signed_in(ren).get("/console/").status_code == 200
    assert told() == []


def test_a_visitors_history_is_told(signed_in: SignedIn, active: Session, mio: User, kei: User) -> None:
    signed_in(mio).get(f"/api/visitors/{active.visitor_id}/sessions")
    signed_in(kei).get(f"/api/visitors/{active.visitor_id}/sessions")
    assert told(Deed.VISITOR_READ) == [("Mio", f"visitor:{active.visitor_id}")]


def test_following_by_socket_is_told_once_for_each(active: Session, haru: User, mio: User) -> None:
    for _time in range(2):
        reading.tell_watched(active.pk, {haru.pk, mio.pk})
    assert sorted(told()) == [("Haru", f"session:{active.pk}"), ("Mio", f"session:{active.pk}")]


def test_what_cannot_be_told_is_not_read(
    signed_in: SignedIn, active: Session, mio: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("accounts.audit.note_each", away)
    with pytest.raises(RuntimeError):
        ask(signed_in(mio), active)
    assert not Reading.objects.exists()


@pytest.mark.parametrize("sql", ["UPDATE accounts_auditentry SET deed = 'x'", "DELETE FROM accounts_auditentry"])
def test_nothing_told_is_changed(active: Session, haru: User, sql: str) -> None:
    reading.tell_session(session=active, by=haru, address=None)
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute(sql)
