"""Tables of figures, whatever they are shown on: a page, a file, paper. Pure: values stay numbers until they are shown.

Every table says of how many it tells (n), what it counts and how it is rounded.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from reports.rounding import percentage


class Unknown(StrEnum):
    """Why there is no number."""

    NOTHING = "nothing"  # there is nothing to divide by, or nobody to tell of
    HIDDEN = "hidden"  # it is small, or would give a small one away


class Picture(StrEnum):
    """How a table is drawn beside its numbers."""

    NONE = "none"
    BARS = "bars"  # a bar in each row
    COLUMNS = "columns"  # its rows side by side, in time
    HEAT = "heat"  # rows by columns, the more the darker and the higher


class Unit(StrEnum):
    """What the numbers of a column are."""

    COUNT = "count"
    MEAN = "mean"
    PERCENT = "percent"
    CHANGE = "change"  # how much more or less than in another period
    ANY = "any"  # each row's own


Value = int | Decimal | timedelta | Unknown


@dataclass(frozen=True)
class Column:
    """What stands in one place of every row."""

    label: str
    unit: Unit = Unit.COUNT
    short: str = ""  # below a picture, where there is little room


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    label: str
    values: tuple[Value, ...]
    short: str = ""


@dataclass(frozen=True)
class Table:
    """A table; where it has a `total`, the first column of the rows sums to it."""

    key: str
    title: str
    definitions: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    n: Value | None = None
    of: str = ""
    total: Row | None = None
    picture: Picture = Picture.NONE
    notes: tuple[str, ...] = field(default=())


def share(part: Value, whole: Value) -> Value:
    """A count in per cent of another; as unknown as they are."""
    if not isinstance(part, int) or not isinstance(whole, int):
        return Unknown.HIDDEN
    found = percentage(part, whole)
    return Unknown.NOTHING if found is None else found


def known(found: Value | None) -> Value:
    """A value, or that there is none."""
    return Unknown.NOTHING if found is None else found
