"""Opening hours as people type them: read, or refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.opening import Hours, InvalidHours, Window, describe
from counseling.opening.typed import CLOSED, Unreadable, windows

EVENING = ["20:00-26:00"]


@pytest.mark.parametrize(
    "typed",
    [
        "20:00-26:00",
        "20:00–26:00",
        "20:00〜26:00",
        "２０：００～２６：００",
        " 20:00 ー 翌2:00 ",
        "20:00から翌日2:00まで",
        "20時〜26時",
        "20時から翌2時まで",
        "午後8時～翌日の2時",
        "2000-2600",
        "20-26",
        "8pm to 2:00 the next day",
        "20:00–2:00 the next day",
    ],
)
def test_one_evening_written_in_many_ways(typed: str) -> None:
    assert windows(typed) == EVENING


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("午後8時〜10時", ["20:00-22:00"]),
        ("午前10時〜午後6時半", ["10:00-18:30"]),
        ("午前10時〜18時", ["10:00-18:00"]),
        ("正午から午後3時5分", ["12:00-15:05"]),
        ("午後0時-午後3時", ["12:00-15:00"]),
        ("9:30am-12pm", ["09:30-12:00"]),
        ("12am-8am", ["00:00-08:00"]),
        ("24時間", ["00:00-24:00"]),
        ("終日", ["00:00-24:00"]),
        ("9-12、13-17", ["09:00-12:00", "13:00-17:00"]),
        ("12:00〜15:00・18:00〜22:00", ["12:00-15:00", "18:00-22:00"]),
        ("", []),
        ("　", []),
        ("休み", []),
        ("－", []),
    ],
)
def test_what_people_write_is_read(typed: str, read: list[str]) -> None:
    assert windows(typed) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("20:00", "bad_text"),
        ("夜", "bad_text"),
        ("20:00-22:00-23:00", "bad_text"),
        ("20:60-22:00", "bad_text"),
        ("午後13時-15時", "bad_text"),
        ("20:00-翌26:00", "bad_text"),
        ("20:00-22:00、", "ok"),
        ("午前12時-15時", "ambiguous"),
        ("10時-午後12時", "ambiguous"),
        ("8-10pm", "ambiguous"),
        ("20:00-22:00" * 10, "too_long"),
    ],
)
def test_what_could_be_misread_is_not_guessed(typed: str, code: str) -> None:
    try:
        windows(typed)
    except Unreadable as refused:
        assert refused.code == code
    else:
        assert code == "ok"


@given(st.text(max_size=120))
def test_whatever_is_typed_is_read_or_refused_with_a_reason(typed: str) -> None:
    try:
        read = windows(typed)
    except Unreadable as refused:
        assert refused.code in {"bad_text", "ambiguous", "too_long"}
        return
    try:
        Hours.from_json({"weekly": {"mon": read}})
    except InvalidHours as refused:
        known = {"end_before_start", "past_32", "starts_next_day", "overlap", "too_many"}
        assert {code for _path, code in refused.problems} <= known


LETTERS = "0123456789０１２時分半:：翌日午前後-–〜~、 から"


@given(st.text(LETTERS, min_size=1, max_size=24))
def test_what_looks_like_hours_never_breaks_the_reading(typed: str) -> None:
    test_whatever_is_typed_is_read_or_refused_with_a_reason.hypothesis.inner_test(typed)  # type: ignore[attr-defined]


days = st.integers(0, 24 * 60 - 1).flatmap(
    lambda opens: st.integers(opens + 1, 32 * 60).map(lambda closes: Window(opens, closes))
)


@given(days)
def test_every_window_is_read_as_it_is_stored(window: Window) -> None:
    assert windows(str(window)) == [str(window)]


@given(days, st.sampled_from(["ja", "en"]))
def test_every_window_is_read_as_visitors_read_it(window: Window, language: str) -> None:
    said = describe(Hours(weekly=((window,),) * 7), language).removeprefix("毎日").removeprefix("Every day")
    assert windows(said) == [str(window)]


def test_a_closed_day_is_written_in_words() -> None:
    assert [windows(word) for word in sorted(CLOSED)] == [[]] * len(CLOSED)
