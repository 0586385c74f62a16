"""The rules of follow-ups: which moves there are, by when, and where a record's form asks for one."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.follow_ups import (
    MOVES,
    OVER,
    CannotFollow,
    Due,
    FollowMove,
    FollowState,
    Wanted,
    after,
    asked_in,
    problems_of,
    without_day,
)
from counseling.forms import Choice, Condition, Form, Kind, Question, ReportKey

NOON = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)  # 12:00 in Japan
TODAY = date(2026, 11, 26)
ASKED = Question("again", Kind.YES_NO, {"ja": "要フォロー"}, report=ReportKey.FOLLOW_UP)
DAY = Question("on", Kind.DATE, {"ja": "いつ"}, required=True, shown_if=Condition("again", ("yes",)))
WHAT = Question("what", Kind.TEXT, {"ja": "何を"}, shown_if=Condition("again", ("yes",)))


@given(st.lists(st.sampled_from(list(FollowMove)), max_size=20))
def test_what_is_over_never_goes_on_whatever_the_moves(moves: list[FollowMove]) -> None:
    state = FollowState.OPEN
    for move in moves:
        before = state
        try:
            state = after(move, state)
        except CannotFollow:
            continue
        assert before not in OVER


@pytest.mark.parametrize("move", list(FollowMove))
@pytest.mark.parametrize("state", list(FollowState))
def test_every_move_is_in_the_table_or_refused(move: FollowMove, state: FollowState) -> None:
    befores, then = MOVES[move]
    if state in befores:
        assert after(move, state) == then
    else:
        with pytest.raises(CannotFollow):
            after(move, state)


def test_a_day_lasts_until_its_midnight_in_japan_and_a_time_until_itself() -> None:
    assert Due(TODAY).at == datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
    assert Due(TODAY, time(19, 30)).at == datetime(2026, 11, 26, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wanted", "wrong"),
    [
        (Wanted("電話をする", TODAY), {}),
        (Wanted("電話をする", TODAY, time(12, 1), 7), {}),
        (Wanted("電話をする", TODAY, time(12, 0)), {"day": "past"}),
        (Wanted("電話をする", date(2026, 11, 25)), {"day": "past"}),
        (Wanted("電話をする", date(2028, 1, 1)), {"day": "too_far"}),
        (Wanted(" ", None), {"what": "empty", "day": "missing"}),
        (Wanted("あ" * 2001, TODAY), {"what": "too_long"}),
        (Wanted("電話をする", TODAY, owner_id=8), {"owner": "not_here"}),
        (Wanted(why_not="本人が望んでいない"), {}),
        (Wanted("電話をする", TODAY, why_not="あ" * 2001), {"why_not": "too_long"}),
    ],
)
def test_what_is_wrong_is_said_by_its_field(wanted: Wanted, wrong: dict[str, str]) -> None:
    assert problems_of(wanted, NOON, frozenset({7})) == wrong


def test_the_form_s_own_day_and_words_are_taken() -> None:
    asked = asked_in(Form((ASKED, DAY, WHAT)))
    assert asked is not None
    assert not asked.is_wanted({"again": "no"})
    assert not asked.is_wanted({})
    told = asked.told({"again": "yes", "on": "2026-12-01", "what": "様子を聞く"}, Wanted(owner_id=7))
    assert told == Wanted("様子を聞く", date(2026, 12, 1), owner_id=7)
    assert asked_in(Form((WHAT,))) is None


def test_of_a_choice_every_answer_but_no_asks_for_one() -> None:
    choices = tuple(Choice(one, {"ja": one}) for one in ("new", "going_on", "none"))
    asked = asked_in(Form((Question("f", Kind.CHOICE, {"ja": "f"}, choices, report=ReportKey.FOLLOW_UP),)))
    assert asked is not None
    assert [asked.is_wanted({"f": one.value}) for one in choices] == [True, True, False]


def test_where_none_is_to_be_its_day_may_stay_empty() -> None:
    free = without_day(Form((ASKED, DAY, WHAT)))
    assert [one.required for one in free.questions] == [False, False, False]
    assert without_day(Form((WHAT,))) == Form((WHAT,))
