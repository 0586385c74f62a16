"""An agency as somebody writes it, in a form or in a row of a table: read whole, or told what is wrong. Pure."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from counseling.agencies import cells
from counseling.agencies.areas import NATIONWIDE, Area, prefecture_of
from counseling.agencies.cells import Reason, Unreadable

KINDS = (
    "police", "child_guidance", "child_family", "welfare_office", "self_reliance", "partner_violence", "women",
    "sexual_violence", "mental_health", "health_center", "medical", "legal", "school", "employment", "single_parent",
    "shelter", "hotline", "disaster_care", "social_welfare", "other",
)  # fmt: skip
# In characters, of what has no other bound.
LIMITS = {"name": 100, "web": 300, "address": 200, "hours": 300, "audience": 200, "note": 2000}
# In the order of a file's columns.
FIELDS = (
    "kind", "name", "prefecture", "municipalities", "telephones", "web", "address", "hours", "audience", "note",
    "checked_on",
)  # fmt: skip
CODES = {code: code for code in KINDS}
Problems = tuple[tuple[str, Reason], ...]


@dataclass(frozen=True)
class Entry:
    """All that is kept of an agency but who checked it and whether it is in use."""

    name: str
    kind: str
    area: Area
    telephones: tuple[str, ...] = ()
    web: str = ""
    address: str = ""
    hours: str = ""
    audience: str = ""
    note: str = ""
    checked_on: date | None = None

    @property
    def key(self) -> str:
        """Alike for two agencies that people would call the same: kind, name and area, whatever their width."""
        parts = (self.kind, _bare(self.name), self.area.prefecture, *sorted(map(_bare, self.area.municipalities)))
        return sha256("\n".join(parts).encode()).hexdigest()

    def cells(self) -> dict[str, str]:
        """As it is written, by field; `entry_of` reads it back."""
        return {
            "kind": self.kind,
            "name": self.name,
            "prefecture": self.area.prefecture or NATIONWIDE,
            "municipalities": "、".join(self.area.municipalities),
            "telephones": "、".join(self.telephones),
            "web": self.web,
            "address": self.address,
            "hours": self.hours,
            "audience": self.audience,
            "note": self.note,
            "checked_on": self.checked_on.isoformat() if self.checked_on else "",
        }

    def differences(self, other: "Entry") -> list[str]:
        """The fields in which the other differs."""
        return [field for field in vars(self) if getattr(self, field) != getattr(other, field)]


class Unwritable(ValueError):
    """An agency that cannot be kept like this; `problems` are (field, reason), each field once."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(", ".join(f"{field}: {reason}" for field, reason in problems))
        self.problems = problems


def spellings(names: Mapping[str, str]) -> dict[str, str]:
    """The codes of KINDS by all that may be written for them: the code itself, and its name in any width."""
    return CODES | {_bare(name): code for code, name in names.items()}


def entry_of(written: Mapping[str, str], kinds: Mapping[str, str], today: date) -> Entry:
    """The agency of these cells by field name; `kinds` as `spellings` gives them. Raises Unwritable."""
    return _Reading(written, kinds, today).entry()


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class _Reading:
    """Reads every cell before it complains of any."""

    def __init__(self, written: Mapping[str, str], kinds: Mapping[str, str], today: date) -> None:
        self.written, self.kinds, self.today = written, kinds, today
        self.problems: dict[str, Reason] = {}

    def entry(self) -> Entry:
        """The agency. Raises Unwritable."""
        read = {
            "name": self._required("name", lambda text: cells.line(text, LIMITS["name"])),
            "kind": self._required("kind", self._kind),
            "area": self._area(),
            "telephones": self._read("telephones", cells.telephones),
            "web": self._read("web", lambda text: cells.web(text, LIMITS["web"])),
            "address": self._read("address", lambda text: cells.line(text, LIMITS["address"])),
            "hours": self._read("hours", lambda text: cells.lines(text, LIMITS["hours"])),
            "audience": self._read("audience", lambda text: cells.lines(text, LIMITS["audience"])),
            "note": self._read("note", lambda text: cells.lines(text, LIMITS["note"])),
            "checked_on": self._read("checked_on", lambda text: cells.day(text, self.today)),
        }
        if self.problems:
            raise Unwritable(tuple(self.problems.items()))
        return Entry(**read)

    def _read(self, field: str, reader: Callable[[str], Any]) -> Any:
        try:
            return reader(self.written.get(field, ""))
        except Unreadable as wrong:
            self.problems[field] = wrong.reason
            return None

    def _required(self, field: str, reader: Callable[[str], Any]) -> Any:
        found = self._read(field, reader)
        if found == "":
            self.problems[field] = Reason.MISSING
        return found

    def _kind(self, text: str) -> str:
        written = _bare(text)
        code = self.kinds.get(written, "")
        if written and not code:
            raise Unreadable(Reason.NO_KIND)
        return code

    def _area(self) -> Area:
        prefecture = self._read("prefecture", _prefecture)
        municipalities = self._read("municipalities", cells.municipalities)
        if prefecture == "" and municipalities:
            self.problems["municipalities"] = Reason.OF_NOWHERE
        return Area(prefecture or "", municipalities or ())


def _prefecture(text: str) -> str:
    written = _bare(text)
    if not written:
        raise Unreadable(Reason.MISSING)
    found = prefecture_of(written)
    if found is None:
        raise Unreadable(Reason.NO_PREFECTURE)
    return found
