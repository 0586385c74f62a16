"""The table of a session's life: what leads where, and that a finished session never reopens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.lifecycle import FINISHED, LIVE, MOVES, OPEN, TAKEN, CannotMove, Move, State, after


def test_every_move_is_in_the_table() -> None:
    assert set(MOVES) == set(Move)


def test_every_state_is_live_or_finished() -> None:
    assert set(State) == LIVE | FINISHED
    assert not LIVE & FINISHED
    assert TAKEN < OPEN < LIVE


def test_a_claim_takes_from_the_queue() -> None:
    assert after(Move.CLAIM, State.WAITING) == State.ACTIVE


@pytest.mark.parametrize("state", sorted(FINISHED | {State.ACTIVE, State.HELD, State.WRAP_UP, State.INTAKE}))
def test_only_what_waits_can_be_claimed(state: State) -> None:
    with pytest.raises(CannotMove):
        after(Move.CLAIM, state)


@given(st.lists(st.sampled_from(Move)), st.sampled_from(sorted(FINISHED)))
def test_a_finished_session_never_reopens(moves: list[Move], state: State) -> None:
    for move in moves:
        with pytest.raises(CannotMove):
            after(move, state)


@given(st.lists(st.sampled_from(Move), max_size=40))
def test_a_session_that_was_taken_is_closed_only_through_its_record(moves: list[Move]) -> None:
    state, taken = State.INTAKE, False
    for move in moves:
        try:
            state = after(move, state)
        except CannotMove:
            continue
        taken = taken or state in TAKEN
        if taken and state in FINISHED:
            assert (move, state) == (Move.CLOSE, State.CLOSED) or (move in {Move.ABANDON, Move.BLOCK})
