"""What a program's file holds, and writing it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

FORMAT, VERSION = "madoguchi-program", 1
LISTS = ("canned_replies", "agencies", "shift_patterns")


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
    furigana: tuple[str, ...] = ("ja-easy",)
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
            "furigana": list(self.furigana),
            "hours": self.hours,
            "required_lines": self.required_lines,
            "rules": self.rules,
            "retention": self.retention,
            "report": self.report,
        }
        lists = {name: list(getattr(self, name)) for name in LISTS}
        return {"format": FORMAT, "version": VERSION, "program": program, "parts": self.parts, **lists}
