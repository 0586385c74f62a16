"""The lists of a program's file: ready-made words, agencies and kinds of shift, row by row. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from counseling import replies
from counseling.agencies import CODES, FIELDS, Entry, Unwritable, entry_of
from counseling.roster.patterns import Pattern

MOST_ROWS = {"canned_replies": 500, "shift_patterns": 100, "agencies": 10_000}
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
    """Kinds of shift are told apart by their names, agencies by their keys, ready-made words by their shortcuts."""
    marks: dict[str, tuple[str, Callable[[dict[str, Any]], str]]] = {
        "agencies": ("name", lambda row: agency(row).key),
        "shift_patterns": ("name", lambda row: str(row["name"])),
        "canned_replies": ("shortcut", lambda row: replies.spelled(row["shortcut"])),
    }
    column, mark_of = marks[name]
    seen: set[str] = set()
    found = []
    for place, row in enumerate(rows):
        if (mark := mark_of(row)) in seen:
            found.append((f"{name}.{place}.{column}", "twice", str(row[column])))
        seen.add(mark)
    return found


def _unknown(row: dict[str, Any], columns: Collection[str]) -> Iterator[Problem]:
    for column in row:
        if column not in columns:
            yield "", "unknown", str(column)


def _reply(row: dict[str, Any]) -> Iterator[Problem]:
    yield from _unknown(row, replies.LONGEST)
    wrong = [column for column in replies.LONGEST if not isinstance(row.get(column), str)]
    yield from ((f".{column}", "missing", "") for column in wrong)
    if not wrong:
        found = replies.problems(row["shortcut"], row["title"], row["body"])
        yield from ((f".{field}", code, what) for field, code, what in found)


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
