"""A program's roster as its planners see it."""

from typing import Literal, TypedDict

ConcernKind = Literal["gap", "double_booking", "long_day", "long_week", "short_rest", "many_days", "night_then_morning"]


class RosterPerson(TypedDict):
    """Somebody who can be planned; `roles` is empty for one who has left and still has shifts."""

    id: int
    name: str
    roles: list[str]
    qualifications: list[str]
    languages: list[str]
    can_take: list[str]


class RosterPattern(TypedDict):
    """A kind of shift to plan with, in minutes from midnight; `ends` may pass 1440."""

    id: int
    name: str
    role: str
    starts: int
    ends: int
    lines: int


class RosterShift(TypedDict):
    """One planned shift; without a `user` it is an open place."""

    id: int
    user: int | None
    role: str
    starts_at: str
    ends_at: str
    lines: int
    published: bool


class RosterElsewhere(TypedDict):
    """When somebody is planned in another program; not in which."""

    user: int
    starts_at: str
    ends_at: str


class RosterWarning(TypedDict):
    """What a planner should know, on a service day: gap has from, until, required, planned; others minutes or days."""

    kind: ConcernKind
    user: int | None
    on: str
    values: dict[str, int]


# "from" is a keyword of Python: a class cannot have it as a field.
_From = TypedDict("_From", {"from": str})


class RosterParts(TypedDict):
    """What planning changes, for the days one looks at: patterns, required lines by day and hour (to 31), warnings."""

    patterns: list[RosterPattern]
    required: dict[str, dict[str, int]]
    warnings: list[RosterWarning]


class Roster(RosterParts, _From):
    """A program's plan for some service days: the shifts that begin on them, and the same people's elsewhere."""

    program: int
    days: int
    people: list[RosterPerson]
    shifts: list[RosterShift]
    elsewhere: list[RosterElsewhere]


class RosterChange(RosterParts):
    """The answer to every change: the shifts as they are now, the ids of those that are gone, and what follows."""

    shifts: list[RosterShift]
    gone: list[int]
