"""An agency (関係機関) as counselors read it."""

from typing import TypedDict


class AgencyView(TypedDict):
    """An agency of a program's directory. `note` is for counselors; `stale`: nobody looked at it for half a year."""

    id: int
    name: str
    kind: str
    area: str
    telephones: list[str]
    web: str
    address: str
    hours: str
    audience: str
    note: str
    checked_on: str | None
    stale: bool


class AgencyList(TypedDict):
    """The agencies that fit best, and how many fit in all."""

    agencies: list[AgencyView]
    count: int
