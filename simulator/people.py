"""The people who hold the telephones, and which accounts they have added or blocked."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from simulator.identifiers import Identifiers, lasting_user_id
from simulator.refusals import CannotSimulate

# Chosen so that a test can search for them anywhere in the portal: a LINE name must never arrive there.
SEEDED_NAMES = ("佐々木 みつき", "長谷川 りん", "小野寺 そうた", "五十嵐 ひなた", "Maria Santos")


class Tie(StrEnum):
    """How a person stands to an account."""

    FRIEND = "friend"
    BLOCKED = "blocked"


@dataclass(slots=True)
class Person:
    """A LINE user."""

    user_id: str
    name: str
    language: str = "ja"


class People:
    """All LINE users, their ties to channels, and groups."""

    def __init__(self, identifiers: Identifiers) -> None:
        self._identifiers = identifiers
        self.by_id: dict[str, Person] = {}
        self.ties: dict[tuple[str, str], Tie] = {}
        self.groups: dict[str, str] = {}
        for name in SEEDED_NAMES:
            self._add(Person(lasting_user_id(name), name))

    def _add(self, person: Person) -> Person:
        self.by_id[person.user_id] = person
        return person

    def create(self, name: str, user_id: str | None = None) -> Person:
        """A new LINE user; `user_id` only where a test needs a certain one."""
        if not name.strip():
            raise CannotSimulate("name is missing")
        return self._add(Person(user_id or self._identifiers.user_id(), name.strip()))

    def get(self, user_id: object) -> Person:
        """The person of that user id; raises CannotSimulate."""
        person = self.by_id.get(str(user_id))
        if person is None:
            raise CannotSimulate(f"there is no person {user_id!r}")
        return person

    def tie(self, user_id: str, channel_id: str) -> Tie | None:
        """The tie, None when they have never met."""
        return self.ties.get((user_id, channel_id))

    def shown(self, person: Person) -> dict[str, Any]:
        """For the page and the control API."""
        ties = {channel: tie for (user, channel), tie in self.ties.items() if user == person.user_id}
        return {"id": person.user_id, "name": person.name, "ties": ties}
