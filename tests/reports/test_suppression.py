"""What hides small cells really hides them: from who sums, and from who knows how it is done."""

from collections import defaultdict
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import measures
from reports.content.counts import HEADLINES
from reports.public import shown
from reports.suppression import LEAST, hidden, is_small
from tests.counseling.test_opening_properties import searched


@pytest.mark.parametrize(
    ("counts", "places"),
    [
        ([], set()),
        ([0, 0], set()),
        ([5, 90, 0], set()),
        ([3, 20, 50], {0, 2}),
        ([1, 1, 30, 40], {0, 1, 3}),
        ([4, 4, 3, 60], {0, 1, 2}),
        ([60, 4, 9, 6], {1, 3}),
        ([2, 0, 0], {0, 1, 2}),
        ([1, 5, 0], {0, 1, 2}),
        ([4, 6, 0], {0, 1}),
    ],
)
def test_small_cells_take_others_with_them(counts: list[int], places: set[int]) -> None:
    assert hidden(counts) == places


@pytest.mark.parametrize(("cells", "most"), [(2, 60), (3, 24), (4, 14)])
def test_whoever_knows_the_rule_learns_no_hidden_cell(cells: int, most: int) -> None:
    """Of all tables that are published alike, every hidden cell has several values."""
    alike = defaultdict(list)
    for counts in product(range(most + 1), repeat=cells):
        if sum(counts) <= most and not is_small(sum(counts)):
            places = hidden(counts)
            face = tuple(None if place in places else count for place, count in enumerate(counts))
            alike[face, sum(counts)].append(counts)
    for (face, _total), tables in alike.items():
        for place, seen in enumerate(face):
            assert seen is not None or len({table[place] for table in tables}) > 1, tables


@searched(max_examples=200)
@given(st.lists(st.integers(0, 40), max_size=12))
def test_no_small_count_is_seen_and_nothing_is_alone(counts: list[int]) -> None:
    places = hidden(counts)
    assert not any(is_small(count) for place, count in enumerate(counts) if place not in places)
    assert len(places) != 1 or len(counts) == 1
    assert not places or places == set(range(len(counts))) or sum(counts[one] for one in places) >= 2 * LEAST


# The kinds of accesses there are, none of which is a part of another; a measure is a sum of some of them.
ATOMS = (
    "out_of_hours", "turned_away", "pending", "unanswered", "no_reply", "prank", "prank_answered", "scope",
    "scope_answered", "valid", "valid_thankful",
)  # fmt: skip
SUMS = {
    "accesses": set(ATOMS),
    "in_hours": set(ATOMS) - {"out_of_hours"},
    "answered": {"no_reply", "prank_answered", "scope_answered", "valid", "valid_thankful"},
    "valid": {"valid", "valid_thankful"},
    "thankful": {"valid_thankful"},
    "prank": {"prank", "prank_answered"},
    "out_of_scope": {"scope", "scope_answered"},
    **{name: {name} for name in ("out_of_hours", "turned_away", "pending", "unanswered", "no_reply")},
}
# What nobody may learn of a few people.
GUARDED = [*SUMS.values(), {"valid"}, {"prank_answered", "scope_answered"}, {"prank", "scope"}]


@searched(max_examples=200)
@given(st.lists(st.sampled_from([0, 0, 1, 2, 4, 5, 7, 30, 60]), min_size=len(ATOMS), max_size=len(ATOMS)))
def test_no_small_figure_can_be_computed_from_those_beside_it(counts: list[int]) -> None:
    of = dict(zip(ATOMS, counts, strict=True))
    totals = {key: sum(of[atom] for atom in atoms) for key, atoms in SUMS.items()}
    seen = shown(totals)
    assert not any(is_small(totals[key]) for key in seen)
    rows = [[Fraction(atom in SUMS[key]) for atom in ATOMS] for key in seen]
    # A sum that is nothing has nothing in it.
    nothing = {atom for key in seen if not totals[key] for atom in SUMS[key]}
    rows += [[Fraction(atom == one) for atom in ATOMS] for one in nothing]
    for atoms in GUARDED:
        if is_small(sum(of[atom] for atom in atoms)):
            assert rank([*rows, [Fraction(atom in atoms) for atom in ATOMS]]) > rank(rows), (atoms, seen)


def rank(rows: list[list[Fraction]]) -> int:
    """How many of the rows say something new."""
    left, found = [row[:] for row in rows], 0
    for column in range(len(ATOMS)):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        found += 1
        left = [[a - b * row[column] / pivot[column] for a, b in zip(row, pivot, strict=True)] for row in left]
    return found


def test_every_measure_the_officer_reads_is_among_the_sums() -> None:
    assert {one.key for one in (*HEADLINES, *measures.OUTCOMES.parts)} == set(SUMS)
