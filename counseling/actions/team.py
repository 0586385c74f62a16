"""A program's team: who is invited, which roles they have there, and leaving.

Each act holds the program's row: of two administrators who remove each other at once, one stays.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import actions as accounts
from accounts import people
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import RIGHTS, Right, Role
from counseling import permissions
from counseling.actions import staff
from counseling.actions.joining import CannotChangeTeam, Code, Joined, ask, give, locked, name_of, note, wanted_roles
from counseling.models import Break, Duty, Membership, Program
from counseling.models.duty import DutyEnd


@dataclass(frozen=True)
class Invited:
    """Whom an invitation reached: `sent` is whether the mail server took it, `new` whether they must still accept."""

    user: User
    new: bool
    sent: bool


def invite(*, program_id: int, email: str, name: str, roles: Collection[str], by: User) -> Invited:
    """Ask a person to join the program, or add at once who works in the house already; they are told by mail.

    The mail goes out after the commit; where it cannot, the invitation stays and can be sent again.
    Raises permissions.NotVisible, CannotChangeTeam.
    """
    with transaction.atomic(durable=True):
        joined = ask(program=locked(program_id, by), email=email, name=name, roles=roles, by=by)
    return Invited(joined.user, joined.invitation is not None, joined.tell())


def invite_all(
    *, program_id: int, people: list[tuple[str, str]], roles: Collection[str], by: User
) -> list[Invited | tuple[str, str, Code]]:
    """Invite each (name, address) of `people`; a refusal, as (name, address, code), stops nobody. Raises NotVisible."""
    outcomes: list[Invited | tuple[str, str, Code]] = []
    for name, email in people:
        try:
            outcomes.append(invite(program_id=program_id, email=email, name=name, roles=roles, by=by))
        except CannotChangeTeam as refused:
            outcomes.append((name, email, refused.code))
    return outcomes


def invite_again(*, program_id: int, user_id: int, by: User) -> Invited:
    """Send a new link; the ones before open nothing any more. Raises NotVisible, CannotChangeTeam."""
    with transaction.atomic(durable=True):
        program = locked(program_id, by)
        user = _pending(user_id, program)
        invitation = people.renew_invitation(user=user, by=by)
        note(Deed.PERSON_INVITED, user, program, by, again=True)
    return Invited(user, new=True, sent=Joined(user, program, by, invitation).tell())


@transaction.atomic
def withdraw_invitation(*, program_id: int, user_id: int, by: User) -> None:
    """Make the link worthless; the person stays on the list. Raises NotVisible, CannotChangeTeam."""
    program = locked(program_id, by)
    user = _pending(user_id, program)
    _require_all_programs(user, by)
    if not people.withdraw_invitations(user_id=user.pk):
        raise CannotChangeTeam("not_invited")
    note(Deed.INVITATION_WITHDRAWN, user, program, by)


@transaction.atomic
def set_roles(*, program_id: int, user_id: int, roles: Collection[str], by: User) -> None:
    """Give the person exactly these roles in the program. Raises NotVisible, CannotChangeTeam."""
    wanted = wanted_roles(roles)
    permissions.lock_person(user_id)
    program = locked(program_id, by)
    user = _member(user_id, program)
    held = {Role(role) for role in _roles_of(user, program)}
    if user == by and Role.ADMINISTRATOR not in wanted:
        raise CannotChangeTeam("own_role")
    if wanted == held:
        return
    Membership.objects.filter(user=user, program=program, role__in=held - wanted).delete()
    give(user, program, wanted - held)
    if not any(Right.WORK_SHIFTS in RIGHTS[role] for role in wanted):
        _end_duty(user, program, timezone.now())
    staff.tell_rights_changed(user_id=user.pk, program_id=program.pk)
    note(Deed.ROLES_CHANGED, user, program, by, before=sorted(held), after=sorted(wanted))


@transaction.atomic
def leave_team(*, program_id: int, user_id: int, by: User) -> None:
    """The person has no part in the program from now on. Nobody removes themselves.

    What they are in the middle of goes back to the queue with the next sweep. Raises NotVisible, CannotChangeTeam.
    """
    permissions.lock_person(user_id)
    program = locked(program_id, by)
    user = _member(user_id, program)
    if user == by:
        raise CannotChangeTeam("oneself")
    held = sorted(_roles_of(user, program))
    Membership.objects.filter(user=user, program=program).delete()
    _end_duty(user, program, timezone.now())
    if not Membership.objects.filter(user=user).exists():
        people.withdraw_invitations(user_id=user.pk)
    staff.tell_rights_changed(user_id=user.pk, program_id=program.pk)
    note(Deed.PERSON_REMOVED, user, program, by, roles=held)


@transaction.atomic
def deactivate(*, program_id: int, user_id: int, by: User) -> None:
    """Stop the person from signing in anywhere. Only by who administers every program they work in.

    Raises NotVisible, CannotChangeTeam.
    """
    permissions.lock_person(user_id)
    program = locked(program_id, by)
    user = _member(user_id, program)
    if user == by:
        raise CannotChangeTeam("oneself")
    for theirs in _require_all_programs(user, by):
        _end_duty(user, theirs, timezone.now())
        staff.tell_rights_changed(user_id=user.pk, program_id=theirs.pk)
    try:
        accounts.deactivate(user_id=user.pk, by=by)
    except accounts.CannotDeactivate as stopped:  # by somebody quicker, in another program
        raise permissions.NotVisible from stopped


@transaction.atomic
def reactivate(*, program_id: int, user_id: int, by: User) -> None:
    """Let the person sign in again; who never accepted is invited instead. Raises NotVisible, CannotChangeTeam."""
    program = locked(program_id, by)
    user = _member(user_id, program)
    _require_all_programs(user, by)
    if not user.has_usable_password():
        raise CannotChangeTeam("not_invited")
    accounts.reactivate(user_id=user.pk, by=by)
    staff.tell_rights_changed(user_id=user.pk, program_id=program.pk)


@transaction.atomic
def reset_second_factor(*, program_id: int, user_id: int, by: User) -> None:
    """The person enrols a second factor anew. Only by who administers all their programs. Raises as above."""
    user = _member(user_id, locked(program_id, by))
    if user == by:
        raise CannotChangeTeam("oneself")
    _require_all_programs(user, by)
    accounts.reset_second_factor(user_id=user.pk, by=by)


@transaction.atomic
def keep_profile(
    *,
    program_id: int,
    user_id: int,
    name: str,
    qualifications: list[str],
    languages: list[str],
    can_take: list[str],
    by: User,
) -> None:
    """Write down for a person what colleagues should know of them. Raises NotVisible, CannotChangeTeam."""
    name = name_of(name)
    user = _member(user_id, locked(program_id, by))
    if name != user.name:
        _require_all_programs(user, by)
    people.keep_profile(
        user_id=user.pk, name=name, qualifications=qualifications, languages=languages, can_take=can_take, by=by
    )


def _member(user_id: int, program: Program) -> User:
    user = User.objects.filter(pk=user_id, memberships__program=program).first()
    if user is None:
        raise permissions.NotVisible
    return user


def _pending(user_id: int, program: Program) -> User:
    user = _member(user_id, program)
    if user.is_active or user.has_usable_password():
        raise CannotChangeTeam("not_invited")
    return user


def _require_all_programs(user: User, by: User) -> Iterable[Program]:
    """Every program of the person, all of them administered by `by`. Raises CannotChangeTeam.

    Whoever knows an address can add its person to a program: that alone gives no power over them.
    """
    theirs = Program.objects.filter(memberships__user=user).distinct()
    elsewhere = theirs.exclude(pk__in=permissions.programs(by, Right.MANAGE_TEAM))
    if (user.is_staff and not by.is_superuser) or elsewhere.exists():
        raise CannotChangeTeam("works_elsewhere")
    return theirs


def _roles_of(user: User, program: Program) -> set[str]:
    return set(Membership.objects.filter(user=user, program=program).values_list("role", flat=True))


def _end_duty(user: User, program: Program, now: datetime) -> None:
    Break.objects.filter(duty__user=user, duty__program=program, ended_at=None).update(ended_at=now)
    duty = Duty.objects.filter(user=user, program=program, ended_at=None)
    duty.update(ended_at=now, ended_because=DutyEnd.LEFT_TEAM)
