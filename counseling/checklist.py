"""Whether a program is ready for the public: facts in, findings out. Pure: no Django, no clock, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from counseling import opening
from counseling.connection import HARMLESS, Step
from counseling.opening import TOKYO, Hours

# What was looked at longer ago than this may no longer be so.
CONTACTS_HOLD = timedelta(days=180)
# A roster stands for the first days on which the program is open.
FIRST_DAYS, LOOKED_AHEAD_DAYS = 3, 21
# Without these LINE reaches nobody, or nobody reaches us.
NEEDED_OF_LINE = frozenset({Step.ACCOUNT, Step.ADDRESS, Step.TEST})


class Item(StrEnum):
    """One thing to see to, in the order in which one sees to it."""

    NAME = "name"
    COMMISSIONER = "commissioner"
    PERIOD = "period"
    HOURS = "hours"
    TERMS = "terms"
    CONTACTS = "contacts"
    TEXTS = "texts"
    INTAKE = "intake"
    CHANNEL = "channel"
    PEOPLE = "people"
    ROSTER = "roster"
    RISK = "risk"
    RECORD = "record"
    SURVEY = "survey"
    TRIAL = "trial"
    PRACTICE = "practice"  # only where it keeps the program from opening


class Mark(StrEnum):
    """How it stands."""

    DONE = "done"
    MISSING = "missing"  # nobody opens the program like this
    LOOK = "look"  # it opens, and somebody should look at it


@dataclass(frozen=True)
class Line:
    """One line of the checklist; `why` is a code, empty where all is well."""

    item: Item
    mark: Mark = Mark.DONE
    why: str = ""


@dataclass(frozen=True)
class Team:
    """How many people of each kind may work: `takers` take sessions, supervisors among them or not."""

    takers: int
    counselors: int
    supervisors: int


@dataclass(frozen=True)
class Facts:
    """What there is to know of a program before it opens.

    `valid`: which of its forms and texts can be used as they stand. `unread`: what one of its languages reads in
    another one. `line`: the findings of its LINE account (connection.Finding), None where no account is connected.
    """

    now: datetime
    name: str
    commissioner: str
    starts_on: date
    ends_on: date | None
    hours: Hours
    has_terms: bool
    contacts_checked_on: date
    valid: frozenset[Item]
    unread: frozenset[Item]
    has_questions: frozenset[Item]
    channel_mode: str
    has_page: bool
    line: tuple[tuple[str, str], ...] | None
    line_checked: bool
    line_paused: bool
    team: Team
    least_on_duty: int
    least_supervisors: int
    rostered_on: frozenset[date]
    tried: bool
    practice: bool = False
    survey: str = ""  # what is odd about how the survey is sent (survey.plan.hindrance)


def lines(facts: Facts) -> list[Line]:
    """Every line of the checklist."""
    found = (
        _written(Item.NAME, facts.name),
        _written(Item.COMMISSIONER, facts.commissioner),
        _period(facts),
        _hours(facts),
        _terms(facts),
        _contacts(facts),
        _texts(facts),
        _intake(facts),
        channel(facts),
        _people(facts),
        _roster(facts),
        _asks(facts, Item.RISK),
        _asks(facts, Item.RECORD),
        _survey(facts),
        Line(Item.TRIAL) if facts.tried else Line(Item.TRIAL, Mark.LOOK, "not_tried"),
    )
    # Whatever else is ready: what is for practice never opens to the public.
    return [*found, Line(Item.PRACTICE, Mark.MISSING, "never_opens")] if facts.practice else list(found)


def blocking(found: Iterable[Line]) -> list[Line]:
    """What keeps the program from opening."""
    return [line for line in found if line.mark == Mark.MISSING]


def _written(item: Item, words: str) -> Line:
    return Line(item) if words.strip() else Line(item, Mark.MISSING, "empty")


def _period(facts: Facts) -> Line:
    today = facts.now.astimezone(TOKYO).date()
    is_over = facts.ends_on is not None and facts.ends_on < today
    return Line(Item.PERIOD, Mark.MISSING, "over") if is_over else Line(Item.PERIOD)


def _hours(facts: Facts) -> Line:
    status = opening.status_at(facts.hours, facts.now, facts.starts_on, facts.ends_on)
    has_window = status.open or status.next_open is not None
    return Line(Item.HOURS) if has_window else Line(Item.HOURS, Mark.MISSING, "no_window")


def _terms(facts: Facts) -> Line:
    return _read(facts, Item.TERMS) if facts.has_terms else Line(Item.TERMS, Mark.MISSING, "empty")


def _texts(facts: Facts) -> Line:
    return _read(facts, Item.TEXTS) if Item.TEXTS in facts.valid else Line(Item.TEXTS, Mark.MISSING, "invalid")


def _read(facts: Facts, item: Item) -> Line:
    return Line(item, Mark.LOOK, "not_translated") if item in facts.unread else Line(item)


def _contacts(facts: Facts) -> Line:
    age = facts.now.astimezone(TOKYO).date() - facts.contacts_checked_on
    return Line(Item.CONTACTS, Mark.LOOK, "old") if age > CONTACTS_HOLD else Line(Item.CONTACTS)


def _intake(facts: Facts) -> Line:
    return _read(facts, Item.INTAKE) if Item.INTAKE in facts.valid else Line(Item.INTAKE, Mark.MISSING, "invalid")


def _asks(facts: Facts, item: Item) -> Line:
    if item not in facts.valid:
        return Line(item, Mark.LOOK, "invalid")
    return _read(facts, item) if item in facts.has_questions else Line(item, Mark.LOOK, "empty")


def _survey(facts: Facts) -> Line:
    """Its questions, and whether it will reach anybody."""
    asks = _asks(facts, Item.SURVEY)
    return Line(Item.SURVEY, Mark.LOOK, facts.survey) if asks.mark == Mark.DONE and facts.survey else asks


def channel(facts: Facts) -> Line:
    """Whether visitors can reach the program in its way of talking."""
    if facts.channel_mode != "line_talk" and not facts.has_page:
        return Line(Item.CHANNEL, Mark.MISSING, "no_page")
    if facts.channel_mode == "web_only":
        return Line(Item.CHANNEL)
    if facts.line is None:
        return Line(Item.CHANNEL, Mark.MISSING, "no_line")
    wrong = {step for step, code in facts.line if code not in HARMLESS}
    if wrong & NEEDED_OF_LINE:
        return Line(Item.CHANNEL, Mark.MISSING, "line_fails")
    looks = {"line_paused": facts.line_paused, "line_unchecked": not facts.line_checked, "line_look": bool(wrong)}
    why = next((code for code, holds in looks.items() if holds), "")
    return Line(Item.CHANNEL, Mark.LOOK, why) if why else Line(Item.CHANNEL)


def _people(facts: Facts) -> Line:
    """Somebody who answers, and a supervisor; or as many as the program's own rule for receiving wants."""
    team = facts.team
    if facts.least_on_duty or facts.least_supervisors:
        holds = team.takers >= facts.least_on_duty and team.supervisors >= facts.least_supervisors
        return Line(Item.PEOPLE) if holds else Line(Item.PEOPLE, Mark.MISSING, "below_rule")
    if not team.counselors:
        return Line(Item.PEOPLE, Mark.MISSING, "no_counselor")
    return Line(Item.PEOPLE) if team.supervisors else Line(Item.PEOPLE, Mark.MISSING, "no_supervisor")


def _roster(facts: Facts) -> Line:
    first = first_days(facts.hours, facts.now, facts.starts_on, facts.ends_on)
    return Line(Item.ROSTER) if set(first) <= facts.rostered_on else Line(Item.ROSTER, Mark.LOOK, "no_shifts")


def first_days(hours: Hours, now: datetime, starts_on: date, ends_on: date | None) -> list[date]:
    """The first days on which the program will be open."""
    from_date = max(now.astimezone(TOKYO).date(), starts_on)
    ahead = opening.week(hours.between(starts_on, ends_on), from_date, LOOKED_AHEAD_DAYS)
    return [day.date for day in ahead if day.windows][:FIRST_DAYS]
