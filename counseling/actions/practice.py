"""Practice (練習): putting a program into it, and beginning and ending a talk with a character.

A program for practice never had a visitor and never gets one: it is decided once, before it opens, and it opens to
nobody. Everything in it is a trial (visits.open_sitting), so nothing of it is in any figure.
"""

import random
import secrets
from datetime import timedelta
from typing import Literal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import events, later, permissions
from counseling.actions import channels, visits
from counseling.models import ApiToken, Channel, Part, Practice, Program, Session, Subscription, Visitor
from counseling.models.edition import number
from counseling.models.program import ChannelKind
from counseling.practice import CAST, Ending, pause_before
from counseling.stages import Stage

# As many as one talks with at once in a real duty.
AT_ONCE = 2

Code = Literal["not_draft", "visited", "line", "machines"]


class CannotDedicate(Exception):
    """The program cannot become one for practice; `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


class NotForPractice(Exception):
    """The program is for real visitors, or over."""


class UnknownCharacter(Exception):
    """No character has this name."""


class EnoughAtOnce(Exception):
    """This person practises with AT_ONCE characters already."""


@transaction.atomic
def dedicate(*, program_id: int, by: User) -> Program:
    """Make a program one for practice, for ever; twice is the same. Raises permissions.NotVisible, CannotDedicate."""
    permissions.require(by, Right.CONFIGURE, program_id)
    program = Program.objects.select_for_update(no_key=True).get(pk=program_id)
    if program.practice:
        return program
    if why := _against(program):
        raise CannotDedicate(why)
    # Who practises alone would wait for ever; whoever has supervisors practise along turns it on again.
    program.practice, program.approves_trainees = True, False
    program.save(update_fields=["practice", "approves_trainees"])
    events.ring(events.board_group(program_id))
    audit.note(Deed.PROGRAM_CHANGED, by=by, subject=f"program:{program_id}", program_id=program_id, fields=["practice"])
    return program


def _against(program: Program) -> Code | None:
    """Why the program cannot be for practice."""
    real = Q(sessions__isnull=True) | Q(sessions__trial=False)
    machines = (
        Subscription.objects.filter(program=program),
        ApiToken.objects.filter(program=program, revoked_at=None),
    )
    reasons: dict[Code, bool] = {
        "not_draft": program.stage != Stage.DRAFT,
        "visited": Visitor.objects.filter(real, program=program).exists()
        or Session.objects.filter(program=program, trial=False).exists(),
        "line": channels.is_real() and Channel.objects.filter(program=program, kind=ChannelKind.LINE).exists(),
        "machines": any(rows.exists() for rows in machines),
    }
    return next((code for code, holds in reasons.items() if holds), None)


@transaction.atomic
def begin(*, program_id: int, by: User, character: str = "") -> Practice:
    """A character comes to the program's page and waits there; empty: one of those nobody is just talking with.

    Raises permissions.NotVisible, NotForPractice, UnknownCharacter, EnoughAtOnce.
    """
    if not permissions.may_try(by, program_id):
        raise permissions.NotVisible
    # One after another: two presses at once must not make three characters.
    permissions.lock_person(by.pk)
    program = Program.objects.get(pk=program_id)
    web = Channel.objects.filter(program=program, kind=ChannelKind.WEB).order_by("pk").first()
    if not program.practice or program.stage == Stage.CLOSED or web is None:
        raise NotForPractice
    going = list(Practice.objects.filter(by=by, ended_at=None).values_list("character", flat=True))
    if len(going) >= AT_ONCE:
        raise EnoughAtOnce
    played = CAST.get(character or random.choice([key for key in CAST if key not in going]))  # noqa: S311
    if played is None:
        raise UnknownCharacter
    session = visits.start(
        channel_id=web.pk,
        identity=secrets.token_urlsafe(32),
        terms_version=number(program.editions, Part.TERMS),
        attributes={},
        line="",
        tried_by=by,
    )
    now = timezone.now()
    return Practice.objects.create(
        session=session,
        by=by,
        character=played.key,
        trust=played.trust,
        part="opening",
        due_at=now + timedelta(seconds=pause_before(played.opening[0], played.pace, first=True)),
        moved_at=now,
        began_at=now,
    )


@transaction.atomic
def stop(*, practice_id: int, by: User) -> None:
    """「練習をやめる」: the character goes, as a visitor does who closes the page. Twice is the same.

    For who began it, and who leads the program. Raises permissions.NotVisible.
    """
    practice = permissions.lock_practice(practice_id, by)
    if practice.ended_at is None:
        finish(practice, Ending.STOPPED)


def finish(practice: Practice, ending: Ending) -> None:
    """The practice is over: the character of a locked one leaves the talk, where it goes on."""
    visitor = Visitor.objects.select_related("channel").get(sessions=practice.session_id)
    if ending != Ending.ELSEWHERE:
        visits.leave(channel_id=visitor.channel_id, identity=visitor.address())
    practice.ending, practice.ended_at, practice.due_at = ending, timezone.now(), None
    practice.save(update_fields=["ending", "ended_at", "due_at"])
    later.offer(visitor.program_id)
