"""Reading a program's file with everything that is wrong with it at once, and writing it. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from counseling import contacts, forms, triage, wording
from counseling.opening import Hours, InvalidHours

FORMAT, VERSION = "madoguchi-program", 1
LARGEST_BYTES = 2_000_000
# What stands in editions, by its part: how each content is checked.
PARTS = ("texts", "terms", "contacts", "intake", "record", "risk", "survey", "danger_words")
# Numbers and switches of a program, times in seconds; each with the kind of value it takes.
RULES: dict[str, type | tuple[type, ...]] = {
    "capacity": int,
    "routing": str,
    "offer_for": int,
    "nudge_after": int,
    "notice_after": int,
    "close_after": int,
    "least_on_duty": int,
    "least_supervisors": int,
    "surge_lines": int,
    "surge_first_hour": bool,
    "rescue_after": (int, type(None)),
    "same_counselor": bool,
    "rest_after_heavy": int,
    "amber_after": int,
    "episode_silence": int,
    "daily_limit": (int, type(None)),
    "neutral_title": bool,
}
OBJECTS = ("hours", "required_lines", "retention", "report")
LISTS = ("canned_replies", "agencies", "shift_patterns")


class InvalidBlueprint(ValueError):
    """A file that no program can be made from; `problems` lists (path, code, what it is about).

    Codes: not_json, too_large, other_format, newer_version, not_an_object, missing, bad_value, and those of the parts.
    """

    def __init__(self, problems: list[tuple[str, str, str]]) -> None:
        super().__init__("; ".join(f"{path}: {code}" for path, code, _what in problems))
        self.problems = problems


@dataclass(frozen=True)
class Blueprint:
    """All of a program but its people, its visitors and its secrets. Contents are what the editions hold."""

    name: str
    kind: str
    commissioner: str = ""
    audience: str = ""
    area: str = ""
    channel_mode: str = "line_talk"
    languages: tuple[str, ...] = ("ja",)
    hours: dict[str, Any] = field(default_factory=dict)
    required_lines: dict[str, Any] = field(default_factory=dict)
    rules: dict[str, Any] = field(default_factory=dict)
    retention: dict[str, Any] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    canned_replies: tuple[dict[str, Any], ...] = ()
    agencies: tuple[dict[str, Any], ...] = ()
    shift_patterns: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The file."""
        program = {
            "name": self.name,
            "kind": self.kind,
            "commissioner": self.commissioner,
            "audience": self.audience,
            "area": self.area,
            "channel_mode": self.channel_mode,
            "languages": list(self.languages),
            "hours": self.hours,
            "required_lines": self.required_lines,
            "rules": self.rules,
            "retention": self.retention,
            "report": self.report,
        }
        lists = {name: list(getattr(self, name)) for name in LISTS}
        return {"format": FORMAT, "version": VERSION, "program": program, "parts": self.parts, **lists}


def parse(content: bytes) -> Blueprint:
    """The blueprint of a file somebody gave. Raises InvalidBlueprint."""
    if len(content) > LARGEST_BYTES:
        raise InvalidBlueprint([("", "too_large", str(LARGEST_BYTES))])
    try:
        stored = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InvalidBlueprint([("", "not_json", "")]) from error
    return read(stored)


def read(stored: object) -> Blueprint:
    """The blueprint of a file's content. Raises InvalidBlueprint."""
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise InvalidBlueprint([("", "other_format", "")])
    if stored.get("version") not in range(1, VERSION + 1) or stored["version"] is True:
        raise InvalidBlueprint([("version", "newer_version", str(stored.get("version")))])
    problems: list[tuple[str, str, str]] = []
    program = _object(stored.get("program"), "program", problems)
    parts = _object(stored.get("parts"), "parts", problems)
    members: dict[str, Any] = {
        **{name: _text(program, name, problems) for name in ("name", "kind", "channel_mode")},
        **{name: _text(program, name, problems, wanted=False) for name in ("commissioner", "audience", "area")},
        **{name: _object(program.get(name, {}), f"program.{name}", problems) for name in OBJECTS},
        **{name: _list(stored, name, problems) for name in LISTS},
    }
    blueprint = Blueprint(
        languages=tuple(map(str, program.get("languages") or ["ja"])),
        rules=_rules(program, problems),
        parts=_parts(parts, problems),
        **members,
    )
    try:
        Hours.from_json(blueprint.hours)
    except InvalidHours as wrong:
        problems += [(f"program.hours.{path}", code, "") for path, code in wrong.problems]
    if problems:
        raise InvalidBlueprint(problems)
    return blueprint


def _object(value: object, path: str, problems: list[tuple[str, str, str]]) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    problems.append((path, "not_an_object", ""))
    return {}


def _text(program: dict[str, Any], name: str, problems: list[tuple[str, str, str]], *, wanted: bool = True) -> str:
    value = program.get(name, "")
    if not isinstance(value, str) or (wanted and not value.strip()):
        problems.append((f"program.{name}", "missing", ""))
        return ""
    return value


def _list(stored: dict[str, Any], name: str, problems: list[tuple[str, str, str]]) -> tuple[dict[str, Any], ...]:
    rows = stored.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        problems.append((name, "not_an_object", ""))
        return ()
    return tuple(rows)


def _rules(program: dict[str, Any], problems: list[tuple[str, str, str]]) -> dict[str, Any]:
    rules = _object(program.get("rules", {}), "program.rules", problems)
    for name, value in rules.items():
        kinds = RULES.get(name)
        if kinds is None or not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            problems.append((f"program.rules.{name}", "bad_value", str(value)))
    return rules


def _parts(parts: dict[str, Any], problems: list[tuple[str, str, str]]) -> dict[str, Any]:
    for name, content in parts.items():
        if name in PARTS:
            problems += [(f"parts.{name}.{path}".rstrip("."), code, what) for path, code, what in wrong(name, content)]
        else:
            problems.append((f"parts.{name}", "bad_value", name))
    return parts


LONGEST_TERMS = 20_000


def wrong(part: str, content: Any) -> list[tuple[str, str, str]]:
    """What is wrong with the content of a part; nothing where it can be kept."""
    if part == "texts":
        return wording.problems(content)
    if part == "terms":
        return _terms(content)
    readers: dict[str, Callable[[object], object]] = {
        "contacts": contacts.read,
        "danger_words": triage.read_dictionary,
    }
    try:
        readers.get(part, forms.read)(content)
    except (contacts.InvalidContacts, forms.InvalidForm, triage.InvalidDictionary) as error:
        return [(path, code, "") for path, code in error.problems]
    return []


def _terms(content: Any) -> list[tuple[str, str, str]]:
    if not isinstance(content, dict) or not all(isinstance(words, str) for words in content.values()):
        return [("", "not_an_object", "")]
    if not content.get("ja", "").strip():
        return [("ja", "missing", "")]
    return [(language, "too_long", "") for language, words in content.items() if len(words) > LONGEST_TERMS]
