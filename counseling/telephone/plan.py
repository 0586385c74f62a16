"""A program's telephone: the number visitors may call, whether we call back, and the hours of both. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from counseling.opening import Hours, InvalidHours
from counseling.text import is_storable

LONGEST_LINE = 40
MEMBERS = frozenset({"line", "calls_back", "hours"})


class InvalidPlan(ValueError):
    """What cannot be kept; `problems` lists (path, code).

    Codes: not_an_object, unknown_key, bad_number, not_a_boolean, no_hours, and those of the hours.
    """

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{path}: {code}" for path, code in problems))
        self.problems = problems


@dataclass(frozen=True)
class Plan:
    """`line` as it is shown; empty where the program has no telephone of its own."""

    line: str = ""
    calls_back: bool = False
    hours: Hours = field(default_factory=Hours)

    @property
    def offers(self) -> bool:
        """Whether the telephone can be offered at all."""
        return bool(self.line) or self.calls_back

    def to_json(self) -> dict[str, Any]:
        """The stored form."""
        return {"line": self.line, "calls_back": self.calls_back, "hours": self.hours.to_json()}


def read(stored: object) -> Plan:
    """The plan of a stored form; None stands for no telephone. Raises InvalidPlan."""
    if stored is None:
        return Plan()
    if not isinstance(stored, dict):
        raise InvalidPlan([("", "not_an_object")])
    problems = [(str(key), "unknown_key") for key in stored if key not in MEMBERS]
    line, calls_back = stored.get("line", ""), stored.get("calls_back", False)
    if not isinstance(line, str) or not _callable(line):
        problems.append(("line", "bad_number"))
    if not isinstance(calls_back, bool):
        problems.append(("calls_back", "not_a_boolean"))
    hours = Hours()
    try:
        hours = Hours.from_json(stored.get("hours", {}))
    except InvalidHours as wrong:
        problems += [(f"hours.{path}", code) for path, code in wrong.problems]
    if not problems and (line or calls_back) and not any((*hours.weekly, hours.holiday)):
        problems.append(("hours", "no_hours"))
    if problems:
        raise InvalidPlan(problems)
    return Plan(str(line).strip(), bool(calls_back), hours)


def _callable(line: str) -> bool:
    """Empty, or a number as a telephone dials it; free numbers are fine for who calls us."""
    if not line.strip():
        return True
    plain = line.replace("-", "").replace(" ", "").replace("#", "").replace("(", "").replace(")", "")
    return len(line) <= LONGEST_LINE and is_storable(line) and plain.isascii() and plain.isdigit() and len(plain) >= 3
