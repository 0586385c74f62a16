"""Who read which transcript stands in the audit log, and does not flood it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.deeds import Deed
from accounts.models import AuditEntry, User
from counseling.actions import reading
from counseling.models import Session

SignedIn = Callable[[User], Client]


def told(deed: Deed = Deed.SESSION_READ) -> list[tuple[str, str]]:
    return list(AuditEntry.objects.filter(deed=deed).order_by("pk").values_list("actor_name", "subject"))


def test_a_supervisor_who_reads_a_talk_is_told_every_time(signed_in: SignedIn, active: Session, mio: User) -> None:
    client = signed_in(mio)
    for _time in range(2):
        assert client.get(f"/api/sessions/{active.pk}").status_code == 200
    assert told() == [("Mio", f"session:{active.pk}")] * 2
    entry = AuditEntry.objects.filter(deed=Deed.SESSION_READ).latest("pk")
    assert (entry.program_id, entry.address) == (active.program_id, "127.0.0.1")


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
    reading.tell_watched(active.pk, {haru.pk, mio.pk})
    reading.tell_watched(active.pk, {haru.pk, mio.pk})
    assert sorted(told()) == [("Haru", f"session:{active.pk}"), ("Mio", f"session:{active.pk}")]


def test_what_cannot_be_told_is_not_read(
    signed_in: SignedIn, active: Session, mio: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("accounts.audit.note_each", away)
    with pytest.raises(RuntimeError):
        signed_in(mio).get(f"/api/sessions/{active.pk}")


@pytest.mark.parametrize("sql", ["UPDATE accounts_auditentry SET deed = 'x'", "DELETE FROM accounts_auditentry"])
def test_nothing_told_is_changed(active: Session, haru: User, sql: str) -> None:
    reading.tell_session(session=active, by=haru, address=None)
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute(sql)
