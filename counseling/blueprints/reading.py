"""Reading a program's file, with everything that is wrong with it at once. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from counseling import bounds, keeping, text
from counseling.blueprints.blueprint import FORMAT, LISTS, VERSION, Blueprint
from counseling.blueprints.parts import PARTS, wrong
from counseling.blueprints.rows import wrong_rows
from counseling.languages import LANGUAGES
from counseling.opening import Hours, InvalidHours
from counseling.roster.patterns import wrong_required

LARGEST_BYTES = 2_000_000
KINDS = ("women", "single_parent", "child_abuse", "disaster", "suicide_prevention", "general")
MODES = ("line_talk", "line_entry_webchat", "web_only")
OBJECTS = ("hours", "required_lines", "retention", "report")
LONGEST_TIME = 10**9
MEMBERS = frozenset({"kind", "channel_mode", "languages", "furigana", "rules", *bounds.LINES, *OBJECTS})


class InvalidBlueprint(ValueError):
    """A file that no program can be made from; `problems` lists (path, code, what it is about).

    Codes: not_json, too_large, other_format, newer_version, not_an_object, missing, too_long, unknown, bad_value,
    unreadable, twice, and those of the parts, of the hours, of bounds.wrong and of Pattern.problems.
    """

    def __init__(self, problems: list[tuple[str, str, str]]) -> None:
        super().__init__("; ".join(f"{path}: {code}" for path, code, _what in problems))
        self.problems = problems


def parse(content: bytes) -> Blueprint:
    """The blueprint of a file somebody gave. Raises InvalidBlueprint."""
    try:
        stored = text.parse_object(content.removeprefix(b"\xef\xbb\xbf"), limit=LARGEST_BYTES)
    except text.UnacceptableJson as error:
        code = {"too_large": "too_large", "not_an_object": "other_format"}.get(error.code, "not_json")
        raise InvalidBlueprint([("", code, str(LARGEST_BYTES) if code == "too_large" else "")]) from error
    return read(stored)


def read(stored: object) -> Blueprint:
    """The blueprint of a file's content. Raises InvalidBlueprint."""
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise InvalidBlueprint([("", "other_format", "")])
    if stored.get("version") not in range(1, VERSION + 1) or stored["version"] is True:
        raise InvalidBlueprint([("version", "newer_version", str(stored.get("version")))])
    # What PostgreSQL cannot keep is told alone: it may stand in a name that the other problems would repeat.
    if unreadable := list(_unreadable(stored, "")):
        raise InvalidBlueprint([(path, "unreadable", "") for path in unreadable])
    reader = _Reader()
    blueprint = reader.blueprint(stored)
    if reader.problems:
        raise InvalidBlueprint(reader.problems)
    return blueprint


def _unreadable(value: object, path: str) -> Iterator[str]:
    """Where text stands that no database keeps: NUL, halves of characters."""
    if isinstance(value, str):
        if text.repair(value) != value:
            yield path
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _unreadable(one, f"{path}.{place}".lstrip("."))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from [path] if text.repair(key) != key else _unreadable(one, f"{path}.{key}".lstrip("."))


class _Reader:
    """Reads and collects what is wrong."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str, str]] = []

    def refuse(self, path: str, code: str, what: object = "") -> None:
        self.problems.append((path, code, str(what)))

    def blueprint(self, stored: dict[str, Any]) -> Blueprint:
        for name in stored.keys() - {"format", "version", "program", "parts", *LISTS}:
            self.refuse("", "unknown", name)
        program = self.an_object(stored.get("program"), "program")
        for name in program.keys() - MEMBERS:
            self.refuse("program", "unknown", name)
        members: dict[str, Any] = {
            **{name: self.line(program, name, longest) for name, longest in bounds.LINES.items()},
            "kind": self.one_of(program.get("kind"), KINDS, "program.kind"),
            "channel_mode": self.one_of(program.get("channel_mode"), MODES, "program.channel_mode"),
            **{name: self.an_object(program.get(name, {}), f"program.{name}") for name in OBJECTS},
            **{name: self.rows(stored.get(name, []), name) for name in LISTS},
        }
        self.check_times(members)
        self.check_agreed(members)
        return Blueprint(
            languages=self.languages(program.get("languages", ["ja"]), "languages") or ("ja",),
            furigana=self.languages(program.get("furigana", ["ja-easy"]), "furigana"),
            rules=self.rules(program.get("rules", {})),
            parts=self.parts(stored.get("parts")),
            **members,
        )

    def an_object(self, value: object, path: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.refuse(path, "not_an_object")
        return {}

    def line(self, program: dict[str, Any], name: str, longest: int) -> str:
        value, path = program.get(name, ""), f"program.{name}"
        if not isinstance(value, str) or (name == "name" and not value.strip()):
            self.refuse(path, "missing")
            return ""
        if len(value) > longest:
            self.refuse(path, "too_long", longest)
        return value

    def one_of(self, value: object, known: tuple[str, ...], path: str) -> str:
        if isinstance(value, str) and value in known:
            return value
        self.refuse(path, "missing" if value is None else "bad_value", "" if value is None else value)
        return known[0]

    def languages(self, value: object, name: str) -> tuple[str, ...]:
        codes = value if isinstance(value, list) else [None]
        known = [code for code in codes if isinstance(code, str) and code in LANGUAGES]
        if len(known) < len(codes) or len(set(known)) < len(known) or (name == "languages" and not known):
            self.refuse(f"program.{name}", "bad_value")
        return tuple(known)

    def check_times(self, members: dict[str, Any]) -> None:
        try:
            Hours.from_json(members["hours"])
        except InvalidHours as invalid:
            for path, code in invalid.problems:
                self.refuse(f"program.hours.{path}".rstrip("."), code)
        for path in wrong_required(members["required_lines"]):
            self.refuse(f"program.required_lines.{path}", "bad_value")

    def check_agreed(self, members: dict[str, Any]) -> None:
        for name, wrong_in in (("retention", keeping.wrong_retention), ("report", keeping.wrong_report)):
            for path, code in wrong_in(members[name]):
                self.refuse(f"program.{name}.{path}", code, members[name][path])

    def rules(self, value: object) -> dict[str, Any]:
        given = self.an_object(value, "program.rules")
        for name, code in bounds.wrong({name: _measured(name, one) for name, one in given.items()}).items():
            # Two defaults cannot be at odds: what is out of order was written, or what it is compared with.
            self.refuse(f"program.rules.{name}", code, given.get(name, ""))
        return given

    def parts(self, value: object) -> dict[str, Any]:
        parts = self.an_object(value, "parts")
        for name, content in parts.items():
            if name not in PARTS:
                self.refuse("parts", "unknown", name)
                continue
            self.problems += [
                (f"parts.{name}.{path}".rstrip("."), code, what) for path, code, what in wrong(name, content)
            ]
        return parts

    def rows(self, value: object, name: str) -> tuple[dict[str, Any], ...]:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self.refuse(name, "not_an_object")
            return ()
        self.problems += wrong_rows(name, tuple(value))
        return tuple(value)


def _measured(name: str, value: Any) -> Any:
    """A rule of a file as the program has it: times are seconds there."""
    is_time = name in bounds.TIMES and type(value) is int and abs(value) <= LONGEST_TIME
    return timedelta(seconds=value) if is_time else value
