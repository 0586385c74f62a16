"""Lengths, hours and people once more, in plain Python over lists: written from domain.md §4, not from the measures."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

from counseling.models import Session
from counseling.opening import TOKYO
from tests.reports.naive import names_of

BANDS = (0, 10, 30, 60, 90, 120)


def waits(sessions: Iterable[Session]) -> list[timedelta]:
    """From accepted to the first human word, of those that count."""
    return sorted(
        one.first_response_at - one.queued_at
        for one in sessions
        if names_of(one) and one.queued_at and one.first_response_at and one.first_response_at >= one.queued_at
    )


def durations(sessions: Iterable[Session]) -> list[timedelta]:
    """From the first human word to the end, of the valid ones."""
    return sorted(
        one.ended_at - one.first_response_at
        for one in sessions
        if "valid" in names_of(one) and one.first_response_at and one.ended_at and one.ended_at >= one.first_response_at
    )


def mean(lengths: list[timedelta]) -> timedelta | None:
    """Half up to the second."""
    if not lengths:
        return None
    exact = Decimal(sum(lengths, timedelta(0)) // timedelta(microseconds=1)) / len(lengths) / 1_000_000
    return timedelta(seconds=int(exact.quantize(Decimal(1), ROUND_HALF_UP)))


def nearest_rank(lengths: list[timedelta], percent: int) -> timedelta:
    """The length that so many per cent of all do not exceed."""
    return lengths[ceil(len(lengths) * percent / 100) - 1] if lengths else timedelta(0)


def bands(lengths: list[timedelta]) -> list[int]:
    """How many lie in each band, in minutes; the last has no end."""
    found = Counter(max(least for least in BANDS if one >= timedelta(minutes=least)) for one in lengths)
    return [found[least] for least in BANDS]


def people(sessions: Iterable[Session]) -> dict[str, int]:
    """New, returning and distinct visitors of the answered ones, their risk, and who left before."""
    counted = Counter[str]()
    visitors = set()
    for one in sessions:
        names = names_of(one)
        if "answered" in names:
            visitors.add(one.visitor_id)
            counted["new" if one.visits == 1 else "returning"] += 1
            counted[("risk_none", "risk_low", "risk_moderate", "risk_high", "risk_imminent")[one.risk]] += 1
        elif names and one.queued_at and one.state in {"abandoned", "blocked"}:
            counted["abandoned"] += 1
    return dict(counted) | ({"visitors": len(visitors)} if visitors else {})


def hour_of(session: Session, day: str) -> int:
    """The hour it came in, of the day it is counted on: 25 is 01:00 of the next morning."""
    arrived = session.received_at.astimezone(TOKYO)
    return arrived.hour + (0 if arrived.date().isoformat() == day else 24)
