"""Small cells (少数の秘匿): which counts of a table must not be shown, so that nobody can be found in it. Pure.

A count from 1 to 4 may point at somebody. It is hidden, and with it so much more of the same table that it cannot be
computed back from the total: at least two cells, which together hold ten or more. Which others go is settled beforehand
and not by their counts: whoever knows that the smallest goes next can tell what it cannot have been.
"""

from collections.abc import Sequence

# The least count that points at nobody; and what the hidden cells of a table must come to together.
LEAST = 5
LEAST_TOGETHER = 2 * LEAST


def is_small(count: int) -> bool:
    """Whether a count may point at somebody."""
    return 0 < count < LEAST


def hidden(counts: Sequence[int], order: Sequence[int] = ()) -> frozenset[int]:
    """The places that are hidden in a table whose total is shown; a total that is small itself is not to be shown.

    `order` says which places go first where more have to; without it the last ones.
    """
    taken = {place for place, count in enumerate(counts) if is_small(count)}
    if not taken:
        return frozenset()
    for place in order or range(len(counts) - 1, -1, -1):
        if _is_enough(counts, taken):
            break
        if counts[place] >= LEAST:
            taken.add(place)
    # Where it is not enough, even the zeros would tell too much.
    return frozenset(taken if _is_enough(counts, taken) else range(len(counts)))


def _is_enough(counts: Sequence[int], taken: set[int]) -> bool:
    return len(taken) > 1 and sum(counts[place] for place in taken) >= LEAST_TOGETHER
