"""Who is on duty, how many lines that opens, and whether reception may open. Pure: no Django, no clock, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# The reason of a break after a heavy talk.
CARE = "care"
# A talk lasts 40 to 60 minutes: whoever got one later than this would hand it over just after its beginning.
NO_OFFERS_BEFORE_END = timedelta(minutes=15)
SURGE_AFTER_OPENING = timedelta(hours=1)


@dataclass(frozen=True)
class AtWork:
    """One person's open duty in a program.

    `away` is the reason of a break ("" while on duty), `present` says that a console is open, `counsels` that they
    may take sessions. `lines` and `shift_ends_at` are the planned shift's; None on a duty nobody planned.
    """

    user_id: int
    away: str
    present: bool
    counsels: bool
    supervises: bool
    lines: int | None
    shift_ends_at: datetime | None

    @property
    def on_duty(self) -> bool:
        """Checked in and not on a break."""
        return not self.away

    @property
    def takes(self) -> bool:
        """Whether a session can be given to them now."""
        return self.on_duty and self.present and self.counsels


def counted(people: Iterable[AtWork]) -> tuple[int, int]:
    """How many are on duty who can answer somebody, and how many of them are supervisors.

    Presence does not count (a tunnel closes nothing); nor does a coordinator, with whom nobody would be answered.
    """
    ready = [person for person in people if person.on_duty and person.counsels]
    return len(ready), sum(person.supervises for person in ready)


def is_left_alone(people: Iterable[AtWork]) -> bool:
    """Whether nobody is left to answer anybody because those who could rest after a heavy talk."""
    there = list(people)
    return any(person.away == CARE for person in there) and counted(there)[0] == 0


def does_rule_hold(people: Iterable[AtWork], *, least_on_duty: int, least_supervisors: int) -> bool:
    """Whether reception may be open with these people; with 0 and 0 it opens by its hours alone."""
    on_duty, supervisors = counted(people)
    return on_duty >= least_on_duty and supervisors >= least_supervisors


def capacity(planned: int | None, *, usual: int, surge: int) -> int:
    """A person's lines: what their shift plans, else what is usual in the program, and the surge."""
    return (usual if planned is None else planned) + surge


def lines_open(people: Iterable[AtWork], *, usual: int, surge: int) -> int:
    """The open lines (開いている回線): the capacities of all who are on duty, present and may take sessions."""
    return sum(capacity(person.lines, usual=usual, surge=surge) for person in people if person.takes)


def does_surge(now: datetime, *, opened_at: datetime | None, in_first_hour: bool, until: datetime | None) -> bool:
    """Whether there are more lines a person now: by hand until a moment, or in the first hour of the opening."""
    by_hand = until is not None and now < until
    return by_hand or (in_first_hour and opened_at is not None and opened_at <= now < opened_at + SURGE_AFTER_OPENING)


def may_be_offered(person: AtWork, now: datetime) -> bool:
    """Whether a session may be put before them: not shortly before their shift's end, nor after it."""
    return person.takes and (person.shift_ends_at is None or now < person.shift_ends_at - NO_OFFERS_BEFORE_END)
