"""The ledger: what each person saw, in order, and what the portal did that it must never do.

Tests compare it with the portal's own books. A *defect* is certain; a *suspect* may have an innocent explanation.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

CANARY = re.compile(r"⟦c:([0-9a-fA-F]+)⟧")
SUSPICIOUS_SECONDS = 60.0
SUSPICIOUS_LENGTH = 12
KEPT_WEBHOOKS = 2000


@dataclass(slots=True)
class Entry:
    """One message on one person's telephone. `at` in milliseconds; `by` is "account" or "person"."""

    seq: int
    at: int
    user: str
    channel: str
    by: str
    message_id: str
    message: dict[str, Any]
    via: str = ""
    request_id: str = ""
    retry_key: str | None = None
    unsent: bool = False
    read: bool = False
    group: str | None = None

    def shown(self) -> dict[str, Any]:
        """As JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Accepted:
    """One request that this platform answered with 200 (or would have)."""

    at: int
    via: str
    user: str
    channel: str
    request_id: str
    retry_key: str | None
    message_ids: list[str]
    delivered: bool

    def shown(self) -> dict[str, Any]:
        """As JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass
class Ledger:
    """Everything since the last reset, in memory."""

    entries: list[Entry] = field(default_factory=list)
    accepted: list[Accepted] = field(default_factory=list)
    defects: list[dict[str, Any]] = field(default_factory=list)
    suspects: list[dict[str, Any]] = field(default_factory=list)
    webhooks: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=KEPT_WEBHOOKS))
    by_id: dict[str, Entry] = field(default_factory=dict)
    _talks: defaultdict[tuple[str, str], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _canaries: dict[str, str] = field(default_factory=dict)
    _recent: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def clear(self) -> None:
        """Begin anew."""
        for kept in (self.entries, self.accepted, self.defects, self.suspects, self.webhooks):
            kept.clear()
        for found in (self.by_id, self._talks, self._canaries, self._recent):
            found.clear()

    def add(self, entry: Entry) -> None:
        """Write one message down."""
        self.entries.append(entry)
        self.by_id[entry.message_id] = entry
        self._talks[entry.user, entry.channel].append(entry)
        if entry.by == "account":
            self._look_for_doubles(entry)

    def talk(self, user: str, channel: str) -> list[Entry]:
        """Both sides of one talk, in order."""
        return self._talks.get((user, channel), [])

    def of(self, user: str | None = None, channel: str | None = None, *, both_sides: bool = False) -> Iterable[Entry]:
        """What a person saw from the accounts; with `both_sides` what the person said, too."""
        for entry in self.entries:
            if (
                user in (None, entry.user)
                and channel in (None, entry.channel)
                and (both_sides or entry.by == "account")
            ):
                yield entry

    def defect(self, kind: str, at: int, **facts: Any) -> dict[str, Any]:
        """Write a certain fault of the portal down; `facts` are ids, never words."""
        found = {"kind": kind, "at": at} | facts
        self.defects.append(found)
        return found

    def suspect(self, kind: str, at: int, **facts: Any) -> dict[str, Any]:
        """Write down what may be a fault."""
        found = {"kind": kind, "at": at} | facts
        self.suspects.append(found)
        return found

    def _look_for_doubles(self, entry: Entry) -> None:
        text = entry.message.get("text")
        if not isinstance(text, str):
            return
        facts = {"user": entry.user, "channel": entry.channel, "message_id": entry.message_id}
        for canary in CANARY.findall(text) if "⟦" in text else ():
            seen_by = self._canaries.setdefault(canary, entry.user + entry.message_id)
            if seen_by == entry.user + entry.message_id:
                continue
            kind = "double-delivery" if seen_by.startswith(entry.user) else "misdelivery"
            self.defect(kind, entry.at, canary=canary, **facts)
        if len(text) >= SUSPICIOUS_LENGTH:
            before = self._recent.get((entry.user, entry.channel, text))
            self._recent[entry.user, entry.channel, text] = entry.at
            if before is not None and entry.at - before <= SUSPICIOUS_SECONDS * 1000:
                self.suspect("same-words-twice", entry.at, **facts)

    def shown(self, user: str | None, channel: str | None, *, both_sides: bool) -> dict[str, Any]:
        """As JSON: entries, accepted requests, defects, suspects and webhook attempts of that person and channel."""

        def meant(found: dict[str, Any]) -> bool:
            return user in (None, found.get("user")) and channel in (None, found.get("channel"))

        return {
            "entries": [entry.shown() for entry in self.of(user, channel, both_sides=both_sides)],
            "accepted": [one for one in (accepted.shown() for accepted in self.accepted) if meant(one)],
            "defects": [one for one in self.defects if meant(one)],
            "suspects": [one for one in self.suspects if meant(one)],
            "webhooks": [
                one
                for one in self.webhooks
                if channel in (None, one["channel"]) and (user is None or user in one["people"])
            ],
        }
