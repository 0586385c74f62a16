"""The way of a visit: every move in every state, and the times at which people tell."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.outreach import MOVES, OVER, CannotVisit, VisitMove, VisitState, after, times_wrong

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("move", list(VisitMove))
@pytest.mark.parametrize("state", list(VisitState))
def test_every_move_is_in_the_table_or_refused(move: VisitMove, state: VisitState) -> None:
    befores, then = MOVES[move]
    if state in befores:
        assert after(move, state) == then
    else:
        with pytest.raises(CannotVisit):
            after(move, state)


@given(st.lists(st.sampled_from(list(VisitMove)), max_size=20))
def test_nobody_goes_without_approval_and_what_is_over_stays_over(moves: list[VisitMove]) -> None:
    state, approved = VisitState.REQUESTED, False
    for move in moves:
        before = state
        try:
            state = after(move, state)
        except CannotVisit:
            continue
        assert before not in OVER
        approved = approved or move == VisitMove.APPROVE
        assert approved or state in {VisitState.REFUSED, VisitState.WITHDRAWN}


@pytest.mark.parametrize(
    ("arrive", "leave", "wrong"),
    [
        (HOUR, 2 * HOUR, {}),
        (None, None, {"arrive_by": "missing", "leave_by": "missing"}),
        (-HOUR, HOUR, {"arrive_by": "past"}),
        (HOUR, HOUR, {"leave_by": "order"}),
        (HOUR, 14 * HOUR, {"leave_by": "order"}),
        (timedelta(days=91), timedelta(days=91, hours=1), {"arrive_by": "too_far"}),
    ],
)
def test_what_is_wrong_with_the_times_is_said(
    arrive: timedelta | None, leave: timedelta | None, wrong: dict[str, str]
) -> None:
    at = [None if one is None else NOW + one for one in (arrive, leave)]
    assert times_wrong(at[0], at[1], NOW) == wrong
