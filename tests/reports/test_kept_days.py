"""Days that are kept ready say what the log says: after any change, after every erasure, whoever writes meanwhile."""

from datetime import timedelta
from io import StringIO
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from counseling.actions import messages
from counseling.feeds import keeping as feed
from counseling.models import Program, Session
from reports import content, daily, measures
from reports.actions import days
from reports.days import DayKind
from reports.models import Change, KeptDay
from reports.periods import Period
from reports.results import Results, results
from tests.conftest import Say
from tests.counseling.actions.test_retention import after, closed, sweep_all
from tests.reports.conftest import KeepSessions, at
from tests.reports.test_measures import NIGHT
from tests.reports.test_results import PERIOD, sittings, valid_at

__all__ = ["closed"]
pytestmark = pytest.mark.django_db
NOW = at("2026-04-10")
NOON = at("2026-04-01")


def keep_all(program: Program) -> None:
    while days.keep(program_id=program.pk, now=NOW):
        pass


def found(program: Program, kind: DayKind = DayKind.CALENDAR) -> Results:
    return results(program, PERIOD, kind, "ja")


def of_the_log(program: Program, kind: DayKind = DayKind.CALENDAR) -> Results:
    """The same without anything that was kept."""
    with transaction.atomic():
        KeptDay.objects.all().delete()
        counted = found(program, kind)
        transaction.set_rollback(True)
    return counted


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(sittings(), max_size=20), st.lists(st.tuples(st.integers(0, 19), sittings()), max_size=4))
def test_kept_days_are_what_the_log_says_whatever_changes(
    program: Program, keep_sessions: KeepSessions, rows: list[dict[str, Any]], changed: list[tuple[int, dict[str, Any]]]
) -> None:
    Program.objects.update(hours=NIGHT)
    program.refresh_from_db()
    with transaction.atomic():
        kept = keep_sessions(*({"editions": program.editions} | row for row in rows))
        keep_all(program)
        assert not Change.objects.exists()
        assert [found(program, kind) for kind in DayKind] == [of_the_log(program, kind) for kind in DayKind]
        for place, columns in changed if kept else ():
            Session.objects.filter(pk=kept[place % len(kept)].pk).update(**columns)
            assert [found(program, kind) for kind in DayKind] == [of_the_log(program, kind) for kind in DayKind]
        keep_all(program)
        assert [found(program, kind) for kind in DayKind] == [of_the_log(program, kind) for kind in DayKind]
        transaction.set_rollback(True)


def test_a_session_that_is_gone_is_counted_no_more(program: Program, keep_sessions: KeepSessions) -> None:
    session, _other = keep_sessions(valid_at(NOON), valid_at(NOON))
    keep_all(program)
    Session.objects.filter(pk=session.pk).delete()
    assert found(program).figures.totals["accesses"] == 1


def test_who_is_entered_afterwards_counts_on_the_day_they_came(program: Program, keep_sessions: KeepSessions) -> None:
    keep_sessions(valid_at(NOON))
    keep_all(program)
    keep_sessions(valid_at(NOON))
    assert found(program).figures.totals["accesses"] == 2


def test_a_running_talk_leaves_no_mark(active: Session, haru: User, sora_says: Say) -> None:
    messages.reply(session_id=active.pk, by=haru, client_id=uuid4(), words="お話しください")
    sora_says("聞いてください")
    assert not Change.objects.exists()


def test_a_talk_that_goes_on_after_its_day_was_counted_marks_it(active: Session, haru: User) -> None:
    Session.objects.update(received_at=timezone.now() - timedelta(days=2))
    Change.objects.all().delete()
    messages.reply(session_id=active.pk, by=haru, client_id=uuid4(), words="お話しください")
    assert Change.objects.exists()


def test_kept_days_cost_few_queries(
    program: Program, keep_sessions: KeepSessions, django_assert_num_queries: Any
) -> None:
    keep_sessions(*(valid_at(NOON, editions=program.editions) for _each in range(3)))
    keep_sessions(valid_at(at("2026-03-30")))
    keep_all(program)
    found(program)
    with django_assert_num_queries(9):
        content.tables(found(program))


def test_no_day_is_kept_before_its_talks_are_over(program: Program, keep_sessions: KeepSessions) -> None:
    keep_sessions(valid_at(NOON))
    for hours, kept in ((5, False), (6, True)):
        while days.keep(program_id=program.pk, now=at("2026-04-02", "00:00") + timedelta(hours=hours)):
            pass
        assert KeptDay.objects.filter(begins=at("2026-04-01", "00:00")).exists() == kept


def test_other_definitions_make_other_days(
    program: Program, keep_sessions: KeepSessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_sessions(valid_at(NOON))
    keep_all(program)
    KeptDay.objects.update(figures={})
    assert not days.due(now=NOW)
    monkeypatch.setattr(measures, "VERSION", measures.VERSION + 1)
    assert found(program).figures.totals["accesses"] == 1
    assert days.due(now=NOW) == [program.pk]
    keep_all(program)
    assert set(KeptDay.objects.values_list("layout", flat=True)) == {daily.layout()}


def test_other_hours_make_other_service_days(program: Program, keep_sessions: KeepSessions) -> None:
    keep_sessions(valid_at(at("2026-04-04", "01:30")))
    keep_all(program)
    Program.objects.update(hours=NIGHT)
    program.refresh_from_db()
    assert [day["accesses"] for day in found(program, DayKind.SERVICE).figures.by_day] == [0, 0, 0, 0, 1, 0, 0]
    assert days.due(now=NOW) == [program.pk]
    keep_all(program)
    assert found(program, DayKind.SERVICE) == of_the_log(program, DayKind.SERVICE)


def test_practice_keeps_no_day_and_no_mark(program: Program, keep_sessions: KeepSessions) -> None:
    keep_sessions(valid_at(NOON))
    keep_all(program)
    Program.objects.update(practice=True)
    program.refresh_from_db()
    Session.objects.update(risk=2)
    assert found(program).figures.totals["accesses"] == 0
    assert days.due(now=NOW) == [program.pk]
    keep_all(program)
    assert not Change.objects.exists()
    assert days.due(now=NOW) == []


def test_recounting_says_what_was_kept_otherwise(program: Program, keep_sessions: KeepSessions) -> None:
    keep_sessions(valid_at(NOON), valid_at(at("2026-04-02")))
    keep_all(program)
    wrong = KeptDay.objects.get(begins=at("2026-04-01", "00:00"))
    wrong.figures["counts"]["accesses"] += 1
    wrong.figures["waits"] = []
    wrong.save()
    told = days.recompute(program_id=program.pk, period=PERIOD, kind=DayKind.CALENDAR, now=NOW)
    assert [(one.day, one.parts) for one in told] == [(NOON.date(), ("counts", "waits"))]
    assert found(program) == of_the_log(program)
    assert not days.recompute(program_id=program.pk, period=PERIOD, kind=DayKind.CALENDAR, now=NOW)


def test_the_command_tells_and_mends(program: Program, keep_sessions: KeepSessions) -> None:
    keep_sessions(valid_at(NOON))
    keep_all(program)
    call_command("figures", stdout=StringIO())
    KeptDay.objects.filter(begins=at("2026-04-01", "00:00")).update(figures={"counts": {}})
    told = StringIO()
    with pytest.raises(CommandError, match="1 days"):
        call_command("figures", program=program.slug, first="2026-04-01", last="2026-04-01", stdout=told)
    assert "2026-04-01 (calendar day): answers, bands, counts" in told.getvalue()
    call_command("figures", stdout=StringIO())
    assert found(program) == of_the_log(program)


@pytest.mark.parametrize("asked", [{"program": "nobody"}, {"first": "yesterday"}])
def test_the_command_refuses_what_it_does_not_know(
    asked: dict[str, str], program: Program, keep_sessions: KeepSessions
) -> None:
    keep_sessions(valid_at(NOON))
    with pytest.raises(CommandError):
        call_command("figures", **asked, stdout=StringIO())


def test_figures_survive_the_erasing_of_words(closed: Session) -> None:
    day, program = feed.today(closed.received_at), closed.program
    came = closed.received_at
    Session.objects.update(first_response_at=came, last_visitor_at=came + timedelta(minutes=1))
    later = after(92)
    while days.keep(program_id=program.pk, now=later):
        pass
    before = results(program, Period(day, day), DayKind.CALENDAR, "ja")
    assert (before.messages, before.figures.totals["valid"]) == ((1, 1, 1, 1), 1)
    sweep_all(program, later)
    assert results(program, Period(day, day), DayKind.CALENDAR, "ja") == before
    while days.keep(program_id=program.pk, now=later):
        pass
    assert not days.recompute(program_id=program.pk, period=Period(day, day), kind=DayKind.CALENDAR, now=later)


@pytest.mark.django_db(transaction=True)
def test_a_change_while_it_is_counted_is_never_lost(
    program: Program, keep_sessions: KeepSessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    (session,) = keep_sessions(valid_at(NOON))
    counted = daily.counted

    def change() -> None:
        Session.objects.filter(pk=session.pk).update(classification="prank")
        connection.close()

    def slowly(*asked: Any) -> Any:
        told = counted(*asked)
        one = Thread(target=change)
        one.start()
        one.join()
        return told

    monkeypatch.setattr(daily, "counted", slowly)
    days.keep(program_id=program.pk, now=NOW)
    monkeypatch.undo()
    assert KeptDay.objects.get(begins=at("2026-04-01", "00:00")).figures["counts"]["prank"] == 0
    assert found(program).figures.totals["prank"] == 1
    keep_all(program)
    assert KeptDay.objects.get(begins=at("2026-04-01", "00:00")).figures["counts"]["prank"] == 1


@pytest.mark.django_db(transaction=True)
def test_two_never_count_at_once(program: Program, keep_sessions: KeepSessions) -> None:
    keep_sessions(valid_at(NOON))
    kept: list[int] = []

    def other() -> None:
        kept.append(days.keep(program_id=program.pk, now=NOW))
        connection.close()

    with transaction.atomic():
        assert days.keep(program_id=program.pk, now=NOW)
        one = Thread(target=other)
        one.start()
        one.join()
    assert kept == [0]


def test_who_waits_hears_how_far_it_has_come(program: Program, keep_sessions: KeepSessions) -> None:
    keep_sessions(valid_at(NOON))
    told: list[str] = []
    in_parts = results(program, PERIOD, DayKind.CALENDAR, "ja", told.append)
    assert len(told) == 5
    assert in_parts == found(program)
