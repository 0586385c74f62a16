"""Copying a week's plan to another. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from counseling.roster.work import Work, overlapping


def copied(works: Iterable[Work], there: Iterable[Work], ahead: timedelta) -> list[Work]:
    """`works` moved by `ahead` (whole days), without what is there already and what would overlap it.

    Each stays on its day of the week, also where that is a 祝日. Copied twice, a week is there once. A work is the same
    when its person and times are; open places are counted.
    """
    known = list(there)
    places = Counter(_place(work) for work in known)
    booked: dict[int | None, list[Work]] = defaultdict(list)
    for work in known:
        booked[work.user].append(work)
    made: list[Work] = []
    for work in sorted(works):
        moved = replace(work, starts_at=work.starts_at + ahead, ends_at=work.ends_at + ahead)
        if places[_place(moved)]:
            places[_place(moved)] -= 1
        elif not any(True for _pair in overlapping([*booked[moved.user], moved])):
            booked[moved.user].append(moved)
            made.append(moved)
    return made


def _place(work: Work) -> tuple[object, ...]:
    return work.user, work.starts_at, work.ends_at
