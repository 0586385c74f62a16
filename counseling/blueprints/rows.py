"""The lists of a program's file: ready-made words and kinds of shift, row by row. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counseling import text
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
    readers = {"canned_replies": _reply, "shift_patterns": _pattern}
    reader = readers.get(name)
    if reader is None:
        return []
    found = [(f"{name}.{place}{at}", code, what) for place, row in enumerate(rows) for at, code, what in reader(row)]
    return found or _twins(name, rows)


def _twins(name: str, rows: tuple[dict[str, Any], ...]) -> list[Problem]:
    """Kinds of shift are told apart by their names."""
    if name != "shift_patterns":
        return []
    names = [row["name"] for row in rows]
    return [(f"{name}.{place}.name", "twice", one) for place, one in enumerate(names) if one in names[:place]]


def _unknown(row: dict[str, Any], columns: dict[str, Any]) -> Iterator[Problem]:
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
