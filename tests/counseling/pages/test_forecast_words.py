"""The forecast's sentences and its chart. Pure but for translation."""

from datetime import date

import pytest

from counseling.feeds.forecast import Forecast, Hour, Past
from counseling.forecast import Arrivals
from counseling.pages import forecast_words as words
from counseling.pages.forecast_chart import drawn

TUESDAY = date(2026, 6, 16)
PAST = Past(date(2026, 4, 20), date(2026, 6, 15), sessions=300, timed=290, minutes=42.5, seen={})


def an_hour(hour: int, needed: int | None, planned: int, *, days: int = 8, people: int = 20) -> Hour:
    return Hour(hour, Arrivals(1, hour, days, people), needed, required=0, planned=planned)


def of(*hours: Hour, past: Past = PAST) -> Forecast:
    return Forecast(past, [(TUESDAY, list(hours))] if hours else [])


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ((), "この先7日に、受付の時間はありません。"),
        ((an_hour(20, None, 0),), "この先7日の見込みは、まだ分かりません。"),
        ((an_hour(20, 2, 2), an_hour(21, None, 0)), "この先7日は、分かっている時間帯では回線が足りる見込みです。"),
        ((an_hour(20, 3, 2), an_hour(21, 2, 2)), "この先7日では、火曜日20時台に1回線足りない見込みです。"),
        (
            (an_hour(20, 3, 2), an_hour(25, 4, 2)),
            "この先7日では、2の時間帯で回線が足りない見込みです。いちばん足りないのは火曜日翌1時台で、2回線です。",
        ),
    ],
)
def test_one_sentence_says_what_lacks(hours: tuple[Hour, ...], said: str) -> None:
    assert words.summary(of(*hours)) == said


@pytest.mark.parametrize(
    ("days", "people", "said"),
    [(2, 17, "あと2週・3人"), (3, 40, "あと1週"), (8, 19, "あと1人"), (0, 0, "あと4週・20人")],
)
def test_what_is_missing_is_said(days: int, people: int, said: str) -> None:
    assert words.missing(Arrivals(1, 20, days, people)) == said


def test_the_nearest_hour_tells_how_much_is_missing() -> None:
    found = of(an_hour(20, None, 0, days=2, people=9), an_hour(21, None, 0, days=3, people=12))
    assert "あと1週・8人" in words.notes(found)[0]


def test_the_definition_gives_every_number() -> None:
    said = " ".join(words.definition(PAST))
    for part in ("2026年4月20日", "2026年6月14日", "300件", "平均43分", "290件", "20%", "アーランC式", "四捨五入"):
        assert part in said


def test_an_assumption_is_said_as_one() -> None:
    few = Past(PAST.first, PAST.until, sessions=20, timed=12, minutes=50, seen={})
    assert "50分と仮定しています。終わった相談が12件" in " ".join(words.definition(few))


def test_without_a_past_it_says_so() -> None:
    none = Past(TUESDAY, TUESDAY, sessions=0, timed=0, minutes=50, seen={})
    assert "まだ記録のある日がありません。" in words.definition(none)


def test_the_chart_draws_a_bar_an_hour_and_steps_between_known_hours() -> None:
    day = drawn(of(an_hour(20, 3, 2), an_hour(21, 2, 2), an_hour(22, None, 0)))["days"][0]
    assert [bar.height for bar in day["bars"]] == ["4.000rem", "4.000rem"]
    assert [(step.x1, step.y1, step.x2, step.y2) for step in day["needed"]] == [
        ("0.000%", "1.250rem", "33.333%", "1.250rem"),
        ("33.333%", "3.250rem", "66.667%", "3.250rem"),
        ("33.333%", "1.250rem", "33.333%", "3.250rem"),
    ]
    assert [label.text for label in day["lacking"]] == ["−1"]
    assert [row["needed"] for row in day["rows"]] == ["3", "2", "まだ分かりません"]


def test_where_nothing_is_known_or_planned_nothing_is_drawn() -> None:
    shown = drawn(of(an_hour(20, None, 0)))
    assert (shown["is_drawn"], shown["days"][0]["is_drawn"]) == (False, False)
    assert shown["days"][0]["rows"][0]["needed"] == "まだ分かりません"
