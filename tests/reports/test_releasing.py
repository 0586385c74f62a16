"""A released year beside its months: nothing a month hides follows from it."""

from datetime import date

import pytest

from accounts.models import User
from counseling.models import Program
from reports import stored
from reports.actions import releases
from reports.actions.releases import CannotRelease, Reason
from reports.models import ReportRun
from reports.periods import Period, month_of
from reports.releasing import gives_away, joint
from reports.tables import Column, Row, Table, Unknown
from tests.reports.conftest import KeepSessions, at
from tests.reports.test_results import valid_at
from tests.reports.test_runs import frozen

YEAR, MARCH = Period(date(2019, 4, 1), date(2019, 6, 30)), Period(date(2019, 4, 1), date(2019, 4, 30))


def table(*counts: int | Unknown, n: int | Unknown = 100) -> Table:
    rows = tuple(Row(f"row {place}", (count,)) for place, count in enumerate(counts))
    return Table("age", "年代", (), (Column("件数"),), rows, n=n)


def test_what_one_month_alone_hides_follows_from_the_year() -> None:
    months = [[table(Unknown.HIDDEN, 20)], [table(30, 20)]]
    assert gives_away(table(33, 40), months)
    assert not gives_away(table(Unknown.HIDDEN, 40), months)
    assert not gives_away(table(60, 40), [[table(30, 20)], [table(30, 20)]])


@pytest.mark.parametrize(("year", "tells"), [(39, True), (40, False)])
def test_what_several_hide_must_be_ten_together(year: int, tells: bool) -> None:
    months = [[table(Unknown.HIDDEN)], [table(Unknown.HIDDEN)], [table(30)]]
    assert gives_away(table(year), months) == tells


def test_a_table_that_a_month_leaves_out_hides_all_of_it() -> None:
    assert gives_away(table(33, 40), [[], [table(30, 20)]])
    kept, left_out = joint([table(33, 40)], [[], [table(30, 20)]])
    assert (kept, left_out) == ([], ["年代"])


def test_a_row_that_a_month_does_not_have_counts_as_none() -> None:
    assert not gives_away(table(30, 40), [[table(30)], [table(0, 40)]])


@pytest.fixture
def quarter(program: Program, keep_sessions: KeepSessions) -> None:
    """A program of April to June 2019; in May three of forty talks were never answered."""
    Program.objects.update(starts_on=YEAR.first, ends_on=YEAR.last)
    program.refresh_from_db()
    for month in ("2019-04", "2019-05", "2019-06"):
        keep_sessions(*(valid_at(at(f"{month}-02"), editions=program.editions) for _each in range(40)))
        few = 3 if month == "2019-05" else 20
        keep_sessions(*({"received_at": at(f"{month}-03"), "state": "abandoned"} for _each in range(few)))


@pytest.mark.django_db
@pytest.mark.usefixtures("quarter")
def test_a_year_is_released_after_its_months_and_tells_nothing_they_hide(
    program: Program, mio: User, aoi: User
) -> None:
    frozen(program, mio, YEAR)
    with pytest.raises(CannotRelease) as refused:
        releases.release(program_id=program.pk, number=1, by=aoi)
    assert (refused.value.reason, len(refused.value.periods)) == (Reason.MONTHS_FIRST, 3)
    for number, month in enumerate((4, 5, 6), start=2):
        frozen(program, mio, month_of(date(2019, month, 1)))
        releases.release(program_id=program.pk, number=number, by=aoi)
    releases.release(program_id=program.pk, number=1, by=aoi)
    public = stored.opened(ReportRun.objects.get(number=1).public)
    assert "outcomes" not in {one.key for one in public.tables}
    assert "アクセスの内訳" in public.notes[-1]
    assert "hours" in {one.key for one in public.tables}


@pytest.mark.django_db
@pytest.mark.usefixtures("quarter")
def test_a_corrected_month_must_not_follow_from_a_released_year(
    program: Program, keep_sessions: KeepSessions, mio: User, aoi: User
) -> None:
    for number, month in enumerate((4, 5, 6), start=1):
        frozen(program, mio, month_of(date(2019, month, 1)))
        releases.release(program_id=program.pk, number=number, by=aoi)
    frozen(program, mio, YEAR)
    releases.release(program_id=program.pk, number=4, by=aoi)
    keep_sessions({"received_at": at("2019-06-20", "03:00"), "state": "abandoned"})
    frozen(program, mio, month_of(date(2019, 6, 1)), reason="1件もれていた")
    with pytest.raises(CannotRelease) as refused:
        releases.release(program_id=program.pk, number=5, by=aoi)
    assert refused.value.reason == Reason.YEAR_TELLS
