"""What a program agreed on: how long each kind of what it stores is kept, and how results are counted. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

# Kinds of what is stored, each with the fewest and the most days it may be kept after a talk has ended: the words;
# the record; what finds a person outside (LINE's id, a telephone number); pictures; addresses of the network.
RETENTION: dict[str, tuple[int, int]] = {
    "words": (30, 3650),
    "records": (30, 3650),
    "contacts": (30, 3650),
    "pictures": (1, 3650),
    "addresses": (1, 365),
}
# The day on which a talk after midnight counts: its date, or the evening on which that opening began.
REPORT: dict[str, tuple[str, ...]] = {"day": ("calendar", "service")}
COUNTED_BY = REPORT["day"]


def wrong_retention(retention: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What of it cannot be, as (kind, code). A kind that is not in it has not been agreed upon."""
    for kind, days in retention.items():
        least, most = RETENTION.get(kind, (0, 0))
        if kind not in RETENTION:
            yield kind, "unknown_key"
        elif type(days) is not int:
            yield kind, "bad_value"
        elif not least <= days <= most:
            yield kind, "out_of_bounds"


def wrong_report(report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What of how results are made cannot be, as (name, code)."""
    for name, value in report.items():
        if name not in REPORT:
            yield name, "unknown_key"
        elif value not in REPORT[name]:
            yield name, "bad_value"


def counted_by(report: Mapping[str, Any]) -> str:
    """By which day this program's results are counted."""
    return str(report.get("day", COUNTED_BY[0]))
