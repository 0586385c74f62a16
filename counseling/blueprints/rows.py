"""The lists of a program's file: ready-made words, agencies and kinds of shift, row by row. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from counseling import text
from counseling.agencies import CODES, FIELDS, Entry, Unwritable, entry_of
from counseling.roster.patterns import Pattern

MOST_ROWS = {"canned_replies": 500, "shift_patterns": 100, "agencies": 10_000}
# Each column's longest text, in characters.
REPLY = {"shortcut": 20, "title": 60, "body": 5_000}
PATTERN = {"name": str, "role": str, "starts": int, "ends": int, "lines": int}
Problem = tuple[str, str, str]


def wrong_rows(name: str, rows: tuple[dict[str, Any], ...]) -> list[Problem]:
    """What is wrong with a list, as (path, code, what it is about)."""
    if len(rows) > MOST_ROWS[name]:
        return [(name, "too_many", str(MOST_ROWS[name]))]
    reader = {"canned_replies": _reply, "agencies": _agency, "shift_patterns": _pattern}[name]
    found = [(f"{name}.{place}{at}", code, what) for place, row in enumerate(rows) for at, code, what in reader(row)]
    return found or _twins(name, rows)


def agency(row: dict[str, str]) -> Entry:
    """The agency of a row, which stands there as Entry.cells writes it. Raises agencies.Unwritable."""
    return entry_of(row, CODES, date.max)


def _twins(name: str, rows: tuple[dict[str, Any], ...]) -> list[Problem]:
    """Kinds of shift are told apart by their names, agencies by their keys; ready-made words need not be."""
    marks: dict[str, Callable[[dict[str, Any]], str]] = {
        "agencies": lambda row: agency(row).key,
        "shift_patterns": lambda row: str(row["name"]),
    }
    if name not in marks:
        return []
    seen: set[str] = set()
    found = []
    for place, row in enumerate(rows):
        if (mark := marks[name](row)) in seen:
            found.append((f"{name}.{place}.name", "twice", str(row["name"])))
        seen.add(mark)
    return found


def _unknown(row: dict[str, Any], columns: Collection[str]) -> Iterator[Problem]:
    for column in row:
        if column not in columns:
            yield "", "unknown", str(column)


def _reply(row: dict[str, Any]) -> Iterator[Problem]:
    yield from _unknown(row, REPLY)
    for column, longest in REPLY.items():
        try:
            text.clean(row.get(column), limit=longest)
        except text.UnacceptableText as wrong:
            code = "too_long" if wrong.code == "too_long" else "missing"
            yield f".{column}", code, str(longest)


def _pattern(row: dict[str, Any]) -> Iterator[Problem]:
    yield from _unknown(row, PATTERN)
    wrong = [column for column, kind in PATTERN.items() if type(row.get(column)) is not kind]
    yield from ((f".{column}", "bad_value", "") for column in wrong)
    if not wrong:
        pattern = Pattern(**{column: row[column] for column in PATTERN})
        yield from (("", code, "") for code in pattern.problems)


def _agency(row: dict[str, Any]) -> Iterator[Problem]:
    yield from _unknown(row, FIELDS)
    wrong = [field for field, words in row.items() if not isinstance(words, str)]
    yield from ((f".{field}", "bad_value", "") for field in wrong)
    try:
        agency({field: words for field, words in row.items() if field not in wrong})
    except Unwritable as unwritable:
        yield from ((f".{field}", reason, "") for field, reason in unwritable.problems if field not in wrong)
