"""Follow-up (要フォロー): what may become of one, when it is due, and where a record's form asks for one. Pure.

A follow-up ends by a person alone: done, or given up with a reason, which at high risk a supervisor confirms.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from counseling.forms import WORDS, Answers, Form, Kind, Question, ReportKey
from counseling.opening import TOKYO
from counseling.text import UnacceptableText, clean

WORDS_LIMIT = 2_000
FURTHEST = timedelta(days=366)


class FollowState(StrEnum):
    """Where a follow-up stands."""

    OPEN = "open"
    GIVING_UP = "giving_up"  # somebody would give it up: a supervisor decides
    DONE = "done"
    GIVEN_UP = "given_up"


class FollowMove(StrEnum):
    """What somebody does about one."""

    GO_ON = "go_on"  # something was done, and there is a next day
    HAND_ON = "hand_on"
    RAISE = "raise"
    FINISH = "finish"
    GIVE_UP = "give_up"
    ASK_TO_GIVE_UP = "ask_to_give_up"
    CONFIRM = "confirm"
    REFUSE = "refuse"


class Origin(StrEnum):
    """From where it came."""

    RECORD = "record"
    PHONE = "phone"
    SUPERVISOR = "supervisor"
    VISIT = "visit"


_OPEN, _EITHER = frozenset({FollowState.OPEN}), frozenset({FollowState.OPEN, FollowState.GIVING_UP})
_ASKED = frozenset({FollowState.GIVING_UP})
MOVES: dict[FollowMove, tuple[frozenset[FollowState], FollowState]] = {
    FollowMove.GO_ON: (_EITHER, FollowState.OPEN),
    FollowMove.HAND_ON: (_OPEN, FollowState.OPEN),
    FollowMove.RAISE: (_OPEN, FollowState.OPEN),
    FollowMove.FINISH: (_EITHER, FollowState.DONE),
    FollowMove.GIVE_UP: (_OPEN, FollowState.GIVEN_UP),
    FollowMove.ASK_TO_GIVE_UP: (_OPEN, FollowState.GIVING_UP),
    FollowMove.CONFIRM: (_ASKED, FollowState.GIVEN_UP),
    FollowMove.REFUSE: (_ASKED, FollowState.OPEN),
}
OVER = frozenset({FollowState.DONE, FollowState.GIVEN_UP})


class CannotFollow(Exception):
    """It is not (or no longer) where this can be done."""


def after(move: FollowMove, state: FollowState) -> FollowState:
    """Where a follow-up stands after a move. Raises CannotFollow."""
    before, then = MOVES[move]
    if state not in before:
        raise CannotFollow(f"{move} in {state}")
    return then


@dataclass(frozen=True)
class Due:
    """By when: within a day, or at a time of it, in Japan."""

    day: date
    clock: time | None = None

    @property
    def at(self) -> datetime:
        """The moment after which it is overdue: the time, or the midnight after the day."""
        if self.clock:
            return datetime.combine(self.day, self.clock, TOKYO)
        return datetime.combine(self.day + timedelta(days=1), time.min, TOKYO)


@dataclass(frozen=True)
class Wanted:
    """A follow-up as somebody wants it; `owner_id` None: the shift's. With `why_not` there is to be none."""

    what: str = ""
    day: date | None = None
    clock: time | None = None
    owner_id: int | None = None
    why_not: str = ""

    @property
    def is_waived(self) -> bool:
        """Whether somebody said why there is to be none."""
        return bool(self.why_not.strip())


def problems_of(wanted: Wanted, now: datetime, owners: frozenset[int]) -> dict[str, str]:
    """What of it cannot be: field → code. `owners` are those who can have it.

    day: missing, past, too_far; what, why_not: empty, too_long, bad_character; owner: not_here.
    """
    if wanted.is_waived:
        return words_wrong("why_not", wanted.why_not)
    found = words_wrong("what", wanted.what)
    if code := due_wrong(wanted.day, wanted.clock, now):
        found["day"] = code
    if wanted.owner_id is not None and wanted.owner_id not in owners:
        found["owner"] = "not_here"
    return found


def due_wrong(day: date | None, clock: time | None, now: datetime) -> str:
    """What is wrong with a day and time: missing, past, too_far; empty where nothing is."""
    if day is None:
        return "missing"
    if day > now.astimezone(TOKYO).date() + FURTHEST:
        return "too_far"
    return "past" if Due(day, clock).at <= now else ""


def words_wrong(field: str, words: str) -> dict[str, str]:
    """What is wrong with words that are required, below the name of their field."""
    try:
        clean(words, limit=WORDS_LIMIT)
    except UnacceptableText as wrong:
        return {field: wrong.code}
    return {}


@dataclass(frozen=True)
class Asked:
    """Where a record's form asks for follow-up: the question itself, and what it asks then for its day and words."""

    question: Question
    day: Question | None
    what: Question | None

    def is_wanted(self, answers: Answers) -> bool:
        """Whether these answers say that the visitor is to be followed up."""
        return answers.get(self.question.key) not in {None, "", "no", "none", "unknown"}

    def told(self, answers: Answers, wanted: Wanted) -> Wanted:
        """What is wanted, with the form's own answers where it asks for them."""
        if self.day and (day := answers.get(self.day.key)):
            wanted = replace(wanted, day=date.fromisoformat(str(day)))
        if self.what and (what := answers.get(self.what.key)):
            wanted = replace(wanted, what=str(what))
        return wanted


def asked_in(form: Form) -> Asked | None:
    """Where this form asks for follow-up; None where it does not."""
    question = form.meant(ReportKey.FOLLOW_UP)
    if question is None:
        return None
    then = [one for one in form.questions if one.shown_if and one.shown_if.key == question.key]
    day = next((one for one in then if one.kind == Kind.DATE), None)
    return Asked(question, day, next((one for one in then if one.kind in WORDS), None))


def without_day(form: Form) -> Form:
    """The form where no follow-up is to be: its day may stay empty."""
    asked = asked_in(form)
    if asked is None or asked.day is None:
        return form
    free = replace(asked.day, required=False)
    return replace(form, questions=tuple(free if one is asked.day else one for one in form.questions))
