"""A period beside another one: every row of both, what it was there, and the difference."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import User
from reports.content.against import beside
from reports.tables import Column, Picture, Row, Table, Unit, Unknown, Value
from tests.reports.conftest import KeepSessions, at
from tests.reports.test_pages import APRIL, PAGE, SignedIn, read
from tests.reports.test_results import valid_at

NOTHING = Unknown.NOTHING
COUNTED = (Column("件数"), Column("割合(%)", Unit.PERCENT))


def table(rows: dict[str, tuple[Value, ...]], key: str = "age", **more: object) -> Table:
    told = {"columns": COUNTED, "n": 10, "of": "有効相談"} | more
    return Table(key, "年代", ("定義",), rows=tuple(Row(label, values) for label, values in rows.items()), **told)  # type: ignore[arg-type]


def rows(found: Table) -> dict[str, tuple[Value, ...]]:
    return {row.label: row.values for row in found.rows}


def test_each_row_tells_of_both_and_of_the_difference() -> None:
    now = table({"20代": (3, Decimal("30.0")), "30代": (7, Decimal("70.0"))}, total=Row("合計", (10, Decimal("100.0"))))
    then = table(
        {"20代": (1, Decimal("50.5")), "30代": (1, Decimal("49.5"))}, n=2, total=Row("合計", (2, Decimal("100.0")))
    )
    (found,) = beside([now], [then])
    assert [column.label for column in found.columns] == [
        "件数", "割合(%)", "くらべる期間の件数", "くらべる期間の割合(%)", "差(ポイント)",
    ]  # fmt: skip
    assert rows(found) == {
        "20代": (3, Decimal("30.0"), 1, Decimal("50.5"), Decimal("-20.5")),
        "30代": (7, Decimal("70.0"), 1, Decimal("49.5"), Decimal("20.5")),
    }
    assert found.total and found.total.values == (10, Decimal("100.0"), 2, Decimal("100.0"), Decimal("0.0"))
    assert found.n == 10
    assert "くらべる期間は、n = 2(有効相談)です。" in found.notes


def test_no_row_of_either_is_left_out() -> None:
    now = table({"仕事": (1, Decimal("50.0")), "家族": (1, Decimal("50.0"))})
    then = table({"お金": (1, Decimal("50.0")), "仕事": (1, Decimal("50.0")), "学校": (0, NOTHING)})
    (found,) = beside([now], [then])
    assert list(rows(found)) == ["お金", "仕事", "学校", "家族"]
    assert rows(found)["お金"] == (NOTHING, NOTHING, 1, Decimal("50.0"), NOTHING)
    assert rows(found)["家族"] == (1, Decimal("50.0"), NOTHING, NOTHING, NOTHING)
    assert rows(found)["学校"][-1] == NOTHING


def test_two_rows_of_one_name_stay_two() -> None:
    twice = (Row("その他", (1, Decimal("25.0"))), Row("その他", (3, Decimal("75.0"))))
    one = Table("age", "年代", (), COUNTED, twice, n=4)
    (found,) = beside([one], [one])
    assert [row.values[2] for row in found.rows] == [1, 3]


def test_a_share_is_told_without_what_it_is_made_of() -> None:
    columns = (Column("割合(%)", Unit.PERCENT), Column("分子"), Column("分母"))
    one = table({"応答率": (Decimal("91.7"), 11, 12)}, key="rates", columns=columns)
    (found,) = beside([one], [one])
    assert rows(found)["応答率"] == (Decimal("91.7"), 11, 12, Decimal("91.7"), Decimal("0.0"))


def test_where_each_row_is_of_its_own_kind_nothing_is_subtracted() -> None:
    one = table({"平均": (timedelta(seconds=9),), "離脱": (3,)}, key="waits", columns=(Column("時間・件数", Unit.ANY),))
    (found,) = beside([one], [one])
    assert [column.label for column in found.columns] == ["時間・件数", "くらべる期間の時間・件数"]
    assert rows(found)["平均"] == (timedelta(seconds=9), timedelta(seconds=9))


def test_days_heat_and_other_media_stay_as_they_are() -> None:
    these = [table({}, key="days"), table({}, key="heat", picture=Picture.HEAT), table({}, key="comparators")]
    assert beside(these, these) == these
    assert beside([], these) == []


def test_a_table_of_one_period_alone_is_there_and_says_so() -> None:
    one = table({"20代": (3, Decimal("30.0"))}, total=Row("合計", (3, Decimal("30.0"))))
    (only_now,) = beside([one], [])
    assert only_now.columns == COUNTED
    assert only_now.notes == ("くらべる期間には、この表にあたるものがありません。",)
    (only_then,) = beside([], [one])
    assert only_then.n == 0
    assert rows(only_then)["20代"] == (NOTHING, NOTHING, 3, Decimal("30.0"), NOTHING)
    assert only_then.total and only_then.total.values[:3] == (NOTHING, NOTHING, 3)


@pytest.mark.django_db
def test_the_page_shows_each_table_beside_the_year_before(
    keep_sessions: KeepSessions, mio: User, signed_in: SignedIn
) -> None:
    keep_sessions(
        *(valid_at(at("2026-04-02")) for _each in range(2)), *(valid_at(at("2025-04-04")) for _each in range(3))
    )
    said = read(signed_in(mio), PAGE, APRIL | {"against": "year"})
    for part in ("曜日別", "時間帯別", "緊急度", "所要時間の分布"):
        shown = said.split(f">{part}</h2>")[1].split("</section>")[0]
        assert "くらべる期間の" in shown, part
        assert "くらべる期間は、n = 3(" in shown, part
    weekdays = said.split(">曜日別</h2>")[1].split("</section>")[0]
    assert "+100.0" in weekdays and "−100.0" in weekdays  # Thursday now, Friday a year ago
    assert "くらべる期間の" not in said.split(">日別</h2>")[1].split("</section>")[0]
