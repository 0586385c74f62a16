"""Small cells (少数の秘匿): which counts of a table must not be shown, so that nobody can be found in it. Pure.

A count from 1 to 4 may point at somebody. It is hidden, and with it so much more of the same table that it cannot be
computed back from the total: at least two cells, which together hold ten or more.
"""

from collections.abc import Sequence

# The least count that points at nobody; and what the hidden cells of a table must come to together.
LEAST = 5
LEAST_TOGETHER = 2 * LEAST


def is_small(count: int) -> bool:
    """Whether a count may point at somebody."""
    return 0 < count < LEAST


def hidden(counts: Sequence[int]) -> frozenset[int]:
    """The places that are hidden in a table whose total is shown; a total that is small itself is not to be shown."""
    taken = {place for place, count in enumerate(counts) if is_small(count)}
    if not taken:
        return frozenset()
    others = sorted((place for place, count in enumerate(counts) if count >= LEAST), key=lambda place: counts[place])
    for place in others:
        if len(taken) > 1 and sum(counts[one] for one in taken) >= LEAST_TOGETHER:
            break
        taken.add(place)
    if len(taken) < 2 or sum(counts[one] for one in taken) < LEAST_TOGETHER:
        # Even the zeros would tell too much.
        return frozenset(range(len(counts)))
    return frozenset(taken)
