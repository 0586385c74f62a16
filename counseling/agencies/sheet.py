"""A directory of agencies as rows of a table, and back. Pure: what it cannot read it tells by line and column.

Columns may stand in any order; one that is missing leaves what is known as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from counseling.agencies import cells
from counseling.agencies.cells import Reason
from counseling.agencies.entry import Entry, Unwritable, entry_of
from counseling.text import sheets

# By field; always in Japanese, so that every file can be read again.
COLUMNS = {
    "number": "番号",
    "kind": "種別",
    "name": "名前",
    "prefecture": "都道府県",
    "municipalities": "市区町村",
    "telephones": "電話",
    "web": "ウェブ",
    "address": "住所",
    "hours": "受付時間",
    "audience": "対象",
    "note": "つなぐときのメモ",
    "checked_on": "確認日",
}
# Without these nobody knows which agency a row is about.
NEEDED = ("kind", "name", "prefecture", "municipalities")
MOST_ROWS = 10_000
LONGEST_NUMBER = 18


@dataclass(frozen=True)
class Row:
    """One agency of a file: its line, and our number where it has one."""

    line: int
    number: int | None
    entry: Entry


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line, and what stands there; `other` is the line or number it collides with."""

    line: int
    field: str
    reason: Reason
    cell: str = ""
    other: int = 0


@dataclass(frozen=True)
class Reading:
    """What a file holds: the fields it has columns for, headings nobody knows, and its rows; or what is wrong."""

    encoding: str
    fields: frozenset[str]
    unknown: tuple[str, ...]
    rows: list[Row]
    problems: list[Problem]


class NoDirectory(ValueError):
    """The file as a whole is no directory: no table, too long, or without the columns `absent`."""

    def __init__(self, *, absent: tuple[str, ...] = (), too_long: bool = False) -> None:
        super().__init__(absent, too_long)
        self.absent, self.too_long = absent, too_long


def row_of(number: int, entry: Entry, kind_name: str) -> list[str]:
    """An agency as a row, in the order of COLUMNS."""
    written = entry.cells() | {"number": str(number), "kind": kind_name}
    return [written[field] for field in COLUMNS]


def read(content: bytes, kinds: Mapping[str, str], today: date) -> Reading:
    """Every row of the file, and every problem; `kinds` as entry.spellings gives them. Raises NoDirectory."""
    try:
        sheet = sheets.read_as_typed(content)
    except sheets.UnreadableSheet:
        raise NoDirectory from None
    heading = [cells.plain("".join(cell.split())) for cell in sheet.rows[0][1]] if sheet.rows else []
    fields = {name: field for field, name in COLUMNS.items()}
    absent = tuple(COLUMNS[field] for field in NEEDED if COLUMNS[field] not in heading)
    if absent:
        raise NoDirectory(absent=absent)
    if len(sheet.rows) > MOST_ROWS + 1:
        raise NoDirectory(too_long=True)
    known = [fields.get(name, "") for name in heading]
    reading = Reading(
        encoding=sheet.encoding,
        fields=frozenset(filter(None, known)),
        unknown=tuple(name for name, field in zip(heading, known, strict=True) if name and not field),
        rows=[],
        problems=[],
    )
    for line, written in sheet.rows[1:]:
        _read_row(reading, line, _by_field(known, written), kinds, today, surplus=any(written[len(known) :]))
    _find_twins(reading)
    return reading


def _by_field(known: Sequence[str], written: Sequence[str]) -> dict[str, str]:
    """A row by field; the first column of a field counts, and what Excel left away at the end is empty."""
    found: dict[str, str] = {}
    for field, cell in zip(known, written, strict=False):
        if field:
            found.setdefault(field, cell)
    return found


def _read_row(
    reading: Reading, line: int, written: dict[str, str], kinds: Mapping[str, str], today: date, *, surplus: bool
) -> None:
    problems: list[tuple[str, Reason]] = [("", Reason.TOO_MANY_CELLS)] if surplus else []
    number = cells.plain(written.get("number", ""))
    if number and not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER):
        problems.append(("number", Reason.NO_NUMBER))
    try:
        entry = entry_of(written, kinds, today)
    except Unwritable as wrong:
        problems.extend(wrong.problems)
    if problems:
        reading.problems.extend(Problem(line, field, reason, written.get(field, "")) for field, reason in problems)
    else:
        reading.rows.append(Row(line, int(number) if number else None, entry))


def _find_twins(reading: Reading) -> None:
    """Two rows about one agency: nobody could say which of them holds."""
    numbers: dict[int, int] = {}
    keys: dict[str, int] = {}
    for row in reading.rows:
        if row.number is not None and (other := numbers.setdefault(row.number, row.line)) != row.line:
            reading.problems.append(Problem(row.line, "number", Reason.SAME_AS_LINE, str(row.number), other))
        elif (other := keys.setdefault(row.entry.key, row.line)) != row.line:
            reading.problems.append(Problem(row.line, "name", Reason.SAME_AS_LINE, row.entry.name, other))
    reading.problems.sort(key=lambda problem: problem.line)
