"""Cases that are the same on every run: ids, times and random names become fixed ones that keep their order."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
HOUR = re.compile(r"\d\d:\d\d")
# As notes about other places tell it.
MOMENT = re.compile(r"\d{1,2}月\d{1,2}日 \d\d:\d\d")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+\d\d:\d\d")
# What a number is the id of: by its own name, or for an "id" by the name of what holds it.
BY_NAME = {
    "session": "session", "program": "program", "visitor": "visitor", "offered_to": "person", "to": "person",
    "taken_from": "person", "asked": "person", "by": "person", "answered_by": "person", "gone": "session",
    "read_whisper": "whisper",
}  # fmt: skip
BY_HOLDER = {
    "header": "session", "sessions": "session", "changed": "session", "messages": "message", "message": "message",
    "notes": "note", "note": "note", "whispers": "whisper", "whisper": "whisper",
    "proposals": "proposal", "proposal": "proposal", "decided_by": "person",
    "by": "person", "counselor": "person", "colleagues": "person",
    "delivery": "delivery", "attachment": "attachment",
}  # fmt: skip
FIRST = {
    "person": 1, "program": 11, "session": 101, "visitor": 201, "message": 1001, "note": 2001, "delivery": 3001,
    "attachment": 4001, "whisper": 5001, "proposal": 6001,
}  # fmt: skip


def normalised(value: Any) -> Any:
    """The same with fixed ids (rising as the true ones do), times a second apart, and fixed names."""
    found: dict[str, set[Any]] = {}
    _walk(value, "", "", lambda kind, one: found.setdefault(kind, set()).add(one))
    known = {kind: {one: number for number, one in enumerate(sorted(ones))} for kind, ones in found.items()}
    seen: dict[Any, int] = {}
    return _walk(value, "", "", lambda kind, one: _fixed(kind, one, known[kind][one], seen))


def _fixed(kind: str, one: Any, rank: int, seen: dict[Any, int]) -> Any:
    if kind == "time":
        return (START + timedelta(seconds=rank)).isoformat()
    if kind in FIRST:
        return FIRST[kind] + rank
    # Random: their order says nothing, so they are counted as they come.
    number = seen.setdefault((kind, one), sum(1 for other, _ in seen if other == kind))
    return f"A{number}C2" if kind == "pseudonym" else f"00000000-0000-4000-8000-{number:012}"


def _walk(value: Any, name: str, holder: str, fix: Callable[[str, Any], Any]) -> Any:
    if isinstance(value, dict):
        return {key: _walk(one, key, name, fix) for key, one in value.items()}
    if isinstance(value, list):
        return [_walk(one, name, holder, fix) for one in value]
    if name == "summary":
        return HOUR.sub("10:00", value)
    if name == "text" and isinstance(value, str):
        return MOMENT.sub("4月1日 10:00", value)
    kind = _kind(value, name, holder)
    return fix(kind, value) if kind and value else value


def _kind(value: Any, name: str, holder: str) -> str | None:
    if isinstance(value, str):
        if name == "pseudonym":
            return name
        return "client_id" if name == "client_id" else "time" if TIME.fullmatch(value) else None
    if type(value) is int:
        return BY_HOLDER.get(holder) if name == "id" else BY_NAME.get(name)
    return None
