"""Frozen runs: the same bytes for ever, what changed said cell by cell, released without small cells."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling.models import Program, Session
from counseling.permissions import NotVisible
from reports import making, measures, stored, tasks
from reports.actions import releases, runs
from reports.actions.releases import CannotRelease, Reason
from reports.actions.runs import CannotFreeze, Why
from reports.days import DayKind
from reports.models import ReportRun, RunStage
from reports.months import months
from reports.periods import Period
from tests.conftest import confirm
from tests.reports.conftest import KeepSessions, at
from tests.reports.test_results import valid_at

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))


@pytest.fixture
def april(program: Program, keep_sessions: KeepSessions) -> None:
    """Twelve valid talks of 20 minutes, and three that nobody answered."""
    keep_sessions(*(valid_at(at("2026-04-02"), minutes=20, editions=program.editions) for _each in range(12)))
    keep_sessions(*({"received_at": at("2026-04-03"), "state": "abandoned"} for _each in range(3)))


def ask(program: Program, by: User, period: Period = APRIL, **changes: Any) -> ReportRun:
    asked: dict[str, Any] = {"day": DayKind.CALENDAR, "language": "ja", "eras": False, "reason": ""} | changes
    return runs.ask(program_id=program.pk, period=period, by=by, **asked)


def frozen(program: Program, by: User, period: Period = APRIL, **changes: Any) -> ReportRun:
    """Asked for, and made as the worker makes it."""
    run = ask(program, by, period, **changes)
    tasks.make(run.pk)
    run.refresh_from_db()
    return run


def given(browser: Client, path: str) -> bytes:
    answer = browser.get(f"/programs/women/results/{path}")
    assert answer.status_code == 200, path
    return answer.content


@pytest.fixture
def sure(signed_in: SignedIn) -> SignedIn:
    """Signed in, and just confirmed."""

    def browser(user: User) -> Client:
        found = signed_in(user)
        confirm(found)
        return found

    return browser


@pytest.mark.usefixtures("april")
def test_a_run_gives_the_same_bytes_whatever_becomes_of_the_talks(program: Program, mio: User, sure: SignedIn) -> None:
    run = frozen(program, mio)
    assert (run.stage, run.done, run.number, run.definitions) == (RunStage.MADE, making.STEPS, 1, measures.VERSION)
    browser = sure(mio)
    before = {kind: given(browser, f"runs/1.{kind}") for kind in making.WRITERS}
    Session.objects.update(classification="prank")
    Program.objects.update(name="別の名前")
    assert {kind: given(browser, f"runs/1.{kind}") for kind in making.WRITERS} == before
    assert "女性のための相談 実施報告書" in before["csv"].decode("utf-8-sig")
    assert run.fingerprint[:16] in before["csv"].decode("utf-8-sig")
    assert AuditEntry.objects.filter(deed="results.exported").count() == 6


@pytest.mark.usefixtures("april")
def test_what_is_stored_comes_back_number_for_number(program: Program, mio: User) -> None:
    run = frozen(program, mio)
    again = stored.opened(run.content)
    assert stored.kept(again) == run.content
    durations = next(table for table in again.tables if table.key == "durations")
    assert durations.rows[0].values == (timedelta(minutes=20),)


@pytest.mark.usefixtures("april")
def test_the_fingerprint_follows_what_is_counted_and_nothing_else(program: Program, mio: User) -> None:
    first = frozen(program, mio)
    Session.objects.update(version=99, counselor=mio)
    again = frozen(program, mio, reason="確かめる")
    assert again.inputs == first.inputs
    Session.objects.filter(number=1).update(thankful_end=True)
    assert frozen(program, mio, reason="感謝").fingerprint != first.fingerprint


@pytest.mark.usefixtures("april")
def test_a_correction_says_cell_by_cell_what_changed_and_why(program: Program, mio: User, sure: SignedIn) -> None:
    frozen(program, mio)
    Session.objects.filter(number=1).update(classification="prank")
    second = frozen(program, mio, reason="いたずらの記録を直した")
    assert second.replaces_id == ReportRun.objects.get(number=1).pk
    said = given(sure(mio), "runs/2.csv").decode("utf-8-sig")
    assert "訂正した版,第1号" in said
    assert "訂正の理由,いたずらの記録を直した" in said
    assert "アクセスの内訳・いたずら・件数,0,1" in said
    assert "アクセスの内訳・有効相談件数・件数,12,11" in said
    assert "この版は、第2号で訂正されました。" in given(sure(mio), "runs/1/").decode()


@pytest.mark.usefixtures("april")
def test_a_correction_of_nothing_says_that_nothing_changed(program: Program, mio: User) -> None:
    frozen(program, mio)
    table = stored.opened(frozen(program, mio, reason="念のため").content).tables[0]
    assert (table.key, table.rows, table.notes) == ("changes", (), ("前の版と、数はすべて同じです。",))


@pytest.mark.usefixtures("april")
def test_the_page_says_whether_the_figures_would_differ_today(program: Program, mio: User, sure: SignedIn) -> None:
    frozen(program, mio, eras=True)
    browser = sure(mio)
    assert "もとの記録は、作ったときのままです。" in given(browser, "runs/1/").decode()
    Session.objects.filter(number=1).update(classification="prank")
    said = given(browser, "runs/1/").decode()
    assert "作ったあとに変わったもの: 相談の件数・時刻・区分。" in said
    assert "?first=2026-04-01&amp;last=2026-04-30&amp;day=calendar&amp;eras=on" in said  # the correction's calendar
    beside = given(browser, "runs/1/?today").decode()
    assert "アクセスの内訳・いたずら・件数" in beside
    assert "作ったあとに変わった数" in beside
    assert "前の版" not in beside


@pytest.mark.usefixtures("april")
@pytest.mark.parametrize("why", Why)
def test_what_cannot_be_frozen_is_refused_and_leaves_nothing(why: Why, program: Program, mio: User) -> None:
    period = APRIL
    match why:
        case Why.PRACTICE:
            Program.objects.update(practice=True)
        case Why.NOT_OVER:
            period = Period(timezone.localdate(), timezone.localdate())
        case Why.UNDER_WAY:
            ask(program, mio)
        case Why.REASON:
            frozen(program, mio)
    before = ReportRun.objects.count()
    with pytest.raises(CannotFreeze) as refused:
        ask(program, mio, period, reason="  ")
    assert refused.value.why == why
    assert ReportRun.objects.count() == before


@pytest.mark.parametrize("who", ["haru", "kei"])
def test_who_sees_no_results_freezes_none(who: str, program: Program, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotVisible):
        ask(program, request.getfixturevalue(who))


@pytest.mark.usefixtures("april")
def test_a_cancelled_run_stops_at_its_next_step_and_keeps_nothing(
    program: Program, mio: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ask(program, mio)
    step = runs.step
    steps = []

    def cancelled_at_the_third(**of: Any) -> bool:
        steps.append(of)
        if len(steps) == 3:
            assert runs.cancel(program_id=program.pk, number=1, by=mio)
        return step(**of)

    monkeypatch.setattr(runs, "step", cancelled_at_the_third)
    tasks.make(run.pk)
    run.refresh_from_db()
    assert (run.stage, len(steps), run.files.count(), run.content) == (RunStage.CANCELLED, 3, 0, {})
    tasks.make(run.pk)
    assert not runs.cancel(program_id=program.pk, number=1, by=mio)


@pytest.mark.usefixtures("april")
def test_a_run_whose_worker_died_is_taken_up_and_made_once(program: Program, mio: User) -> None:
    run = ask(program, mio)
    now = timezone.now()
    dead = runs.claim(run_id=run.pk, now=now)
    assert dead is not None
    assert runs.claim(run_id=run.pk, now=now) is None
    later = now + runs.HELD_FOR
    assert runs.due_runs(now=later) == [run.pk]
    alive = runs.claim(run_id=run.pk, now=later)
    assert alive is not None
    assert not runs.step(run=dead, now=later)
    made = making.make(alive, lambda _step: None)
    assert not runs.finish(run=dead, made=made, now=later)
    assert runs.finish(run=alive, made=made, now=later)
    assert not runs.finish(run=alive, made=made, now=later)
    assert run.files.count() == 3


@pytest.mark.usefixtures("april")
def test_a_run_that_fails_again_and_again_is_given_up(program: Program, mio: User) -> None:
    run = ask(program, mio)
    now = timezone.now()
    for _try in range(runs.MOST_TRIES):
        assert runs.claim(run_id=run.pk, now=now)
        now += runs.HELD_FOR
    assert runs.claim(run_id=run.pk, now=now) is None
    run.refresh_from_db()
    assert run.stage == RunStage.FAILED


@pytest.mark.usefixtures("april")
def test_a_record_that_changes_meanwhile_is_counted_again(program: Program, mio: User) -> None:
    run = ask(program, mio)
    told = []

    def changing(step: str) -> None:
        told.append(step)
        if told.count("days") == 1 and step == "days":
            Session.objects.filter(number=1).update(classification="prank")

    made = making.make(run, changing)
    assert told.count("inputs") == 2
    outcomes = next(table for table in stored.opened(made.content).tables if table.key == "outcomes")
    assert next(row for row in outcomes.rows if row.label == "いたずら").values[0] == 1


@pytest.mark.usefixtures("april")
def test_records_that_never_stand_still_give_no_report(program: Program, mio: User, monkeypatch: Any) -> None:
    run = ask(program, mio)
    seen = iter(range(100))
    monkeypatch.setattr(making, "inputs", lambda *_args: {"sessions": str(next(seen))})
    tasks.make(run.pk)
    run.refresh_from_db()
    assert run.stage == RunStage.FAILED


@pytest.mark.usefixtures("april")
def test_the_officer_sees_a_run_once_an_administrator_released_it(
    program: Program, mio: User, aoi: User, kei: User, sure: SignedIn
) -> None:
    frozen(program, mio)
    officer = sure(kei)
    assert officer.get("/programs/women/results/public/1/").status_code == 404
    with pytest.raises(NotVisible):
        releases.release(program_id=program.pk, number=1, by=mio)
    releases.release(program_id=program.pk, number=1, by=aoi)
    said = given(officer, "public/1/").decode()
    assert "女性のための相談 実施報告書" in said
    files = {kind: given(officer, f"public/1.{kind}") for kind in making.WRITERS}
    assert "未対応,X,X" in files["csv"].decode("utf-8-sig")
    Session.objects.update(classification="prank")
    assert {kind: given(officer, f"public.{kind}?month=2026-04") for kind in making.WRITERS} == files
    assert "第1号" in given(officer, "public/?month=2026-04").decode()
    releases.withdraw(program_id=program.pk, number=1, by=aoi)
    assert officer.get("/programs/women/results/public/1/").status_code == 404
    assert officer.get("/programs/women/results/runs/1/").status_code == 404
    deeds = AuditEntry.objects.filter(deed__in=["results.released", "results.withdrawn"]).count()
    assert deeds == 2


@pytest.mark.usefixtures("april")
def test_only_whole_months_and_years_can_be_released(program: Program, mio: User, aoi: User) -> None:
    frozen(program, mio, Period(date(2026, 4, 1), date(2026, 4, 10)))
    with pytest.raises(CannotRelease) as refused:
        releases.release(program_id=program.pk, number=1, by=aoi)
    assert refused.value.reason == Reason.PERIOD
    ask(program, mio)
    with pytest.raises(CannotRelease) as refused:
        releases.release(program_id=program.pk, number=2, by=aoi)
    assert refused.value.reason == Reason.NOT_MADE


def test_the_form_begins_with_the_month_that_has_just_ended(program: Program, mio: User, signed_in: SignedIn) -> None:
    last = timezone.localdate() - timedelta(days=2)
    ended = next(one for one in months(program, timezone.localdate()))
    assert ended.last <= last
    said = signed_in(mio).get("/programs/women/results/runs/").content.decode()
    assert f'value="{ended.first}"' in said
    assert f'value="{ended.last}"' in said
