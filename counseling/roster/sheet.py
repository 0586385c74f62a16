"""A roster as rows of a table and back. Pure.

The date is the service day on which a shift begins; its end may be written past midnight (26:00).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from counseling.opening import TOKYO, clock
from counseling.opening.hours import DAY_MINUTES, YEARS

COLUMNS = ("日付", "開始", "終了", "役割", "名前", "メールアドレス", "回線数", "公開")
PUBLISHED, UNPUBLISHED = "公開済み", "未公開"
DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::00)?")
LATEST_MINUTES = 48 * 60


@dataclass(frozen=True)
class Line:
    """One row: times are aware; without `email` it is an open place."""

    starts_at: datetime
    ends_at: datetime
    role: str
    email: str
    lines: int


class BadCell(ValueError):
    """A row that cannot be read: which column, and what stands there."""

    def __init__(self, column: str, cell: str) -> None:
        super().__init__(column)
        self.column = column
        self.cell = cell


def cells(line: Line, name: str, role_names: Mapping[str, str], *, published: bool) -> list[str]:
    """A shift as a row, in the order of COLUMNS."""
    starts = line.starts_at.astimezone(TOKYO)
    midnight = datetime.combine(starts.date(), time(), TOKYO)
    times = [clock(int((moment - midnight).total_seconds()) // 60) for moment in (starts, line.ends_at)]
    told = PUBLISHED if published else UNPUBLISHED
    return [starts.date().isoformat(), *times, role_names[line.role], name, line.email, str(line.lines), told]


def line_of(row: Mapping[str, str], role_names: Mapping[str, str]) -> Line:
    """A row by the names of its columns. Raises BadCell for the first one that cannot be read.

    An end that is not after its beginning is one past midnight: Excel writes 26:00 as 2:00.
    """
    midnight = datetime.combine(_day(row), time(), TOKYO)
    starts, ends = _minutes(row, "開始"), _minutes(row, "終了")
    roles = {name: role for role, name in role_names.items()}
    if row["役割"] not in roles:
        raise BadCell("役割", row["役割"])
    if not re.fullmatch(r"[0-9]{1,2}", row["回線数"]):
        raise BadCell("回線数", row["回線数"])
    return Line(
        starts_at=midnight + timedelta(minutes=starts),
        ends_at=midnight + timedelta(minutes=ends if ends > starts else ends + DAY_MINUTES),
        role=roles[row["役割"]],
        email=row["メールアドレス"].lower(),
        lines=int(row["回線数"]),
    )


def _day(row: Mapping[str, str]) -> date:
    match = DAY.fullmatch(row["日付"])
    try:
        day = date(*map(int, match.groups())) if match else date.min
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise BadCell("日付", row["日付"])
    return day


def _minutes(row: Mapping[str, str], column: str) -> int:
    match = CLOCK.fullmatch(row[column])
    minutes = int(match[1]) * 60 + int(match[2]) if match else LATEST_MINUTES
    if minutes >= LATEST_MINUTES:
        raise BadCell(column, row[column])
    return minutes
