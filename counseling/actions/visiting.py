"""What every step of a visit (訪問) shares: its lock, who may take it, and the step that is written down."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from counseling import crypto, follow_ups, outreach, permissions
from counseling.actions import following
from counseling.actions.follow_ups import ChangedMeanwhile
from counseling.feeds import outreach as feed
from counseling.models import Outreach, OutreachStep
from counseling.outreach import VisitMove
from counseling.text import clean


class BadVisit(ValueError):
    """It cannot be as it was typed; `problems`: field → code."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in problems.items()))
        self.problems = problems


@dataclass(frozen=True)
class Wish:
    """Who acts on which visit, as it stood at version `seen`."""

    outreach_id: int
    by: User
    seen: int


def expect(problems: dict[str, str]) -> None:
    """Raises BadVisit where there are any."""
    if problems:
        raise BadVisit(problems)


def locked(wish: Wish, move: VisitMove | None) -> tuple[Outreach, bool]:
    """The visit under its row lock, for who may know of it; whether they took this very step just before.

    Raises permissions.NotVisible, ChangedMeanwhile.
    """
    rows = Outreach.objects.select_for_update(of=("self",), no_key=True).select_related("visitor", "program", "session")
    row = rows.filter(pk=wish.outreach_id).first()
    if row is None or not feed.readable(wish.by).filter(pk=row.pk).exists():
        raise permissions.NotVisible
    if move is None or row.version == wish.seen:
        return row, False
    last = row.steps.order_by("-number").first()
    if last and last.number == wish.seen + 1 and (last.by_id, last.kind) == (wish.by.pk, move.value):
        return row, True
    raise ChangedMeanwhile


def locked_for_going(wish: Wish, move: VisitMove | None) -> tuple[Outreach, bool]:
    """As `locked`, for those who go and for supervisors."""
    row, done = locked(wish, move)
    if not permissions.steers(wish.by, row.program_id) and not row.going.filter(user=wish.by).exists():
        raise permissions.NotVisible
    return row, done


def keep(row: Outreach, kind: str, by: User | None, words: str) -> OutreachStep:
    """Keep the visit, and write its next step down."""
    row.version += 1
    row.save()
    told: dict[str, Any] = {"result": row.result} if kind in {VisitMove.END, VisitMove.POSTPONE} else {}
    if kind == VisitMove.PLAN and row.arrive_by and row.leave_by:
        told = {"arrive_by": row.arrive_by.isoformat(), "leave_by": row.leave_by.isoformat()}
    step = OutreachStep(outreach=row, number=row.version, kind=str(kind), by=by, at=timezone.now(), told=told)
    if words.strip():
        step.words = crypto.seal(row.visitor.key(), clean(words, limit=outreach.WORDS_LIMIT), step.place)
    step.save(force_insert=True)
    return step


def replan(
    row: Outreach, goers: frozenset[int], arrive: datetime | None, leave: datetime | None, words: str, now: datetime
) -> dict[str, str]:
    """What is wrong with who is to go, and when."""
    problems = outreach.times_wrong(arrive, leave, now)
    if not goers:
        problems["goers"] = "missing"
    elif not goers <= set(able(row)):
        problems["goers"] = "not_here"
    elif len(goers) < row.program.outreach_people and not words.strip():
        problems["goers"] = "too_few"
    if words.strip():
        problems |= follow_ups.words_wrong("words", words)
    return problems


def able(row: Outreach) -> dict[int, str]:
    """Who can go: who takes sessions there; trainees not."""
    people = following.owners(row.program_id, 0)
    for trainee in permissions.trainees(row.program_id, people):
        del people[trainee]
    return people
