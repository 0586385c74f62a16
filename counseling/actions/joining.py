"""How people come onto a team: asked by mail, or added at once where they work in the house already.

Both happen in the caller's transaction, which holds the program's row; `Joined.tell` is for after its commit.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts import audit, mail, people
from accounts.deeds import Deed
from accounts.models import Invitation, User
from accounts.roles import Right, Role
from counseling import permissions
from counseling.actions import staff
from counseling.models import Membership, Program

Code = Literal[
    "email", "name", "no_role", "officer_alone", "already_here", "deactivated", "not_invited", "own_role", "oneself",
    "works_elsewhere",
]  # fmt: skip
NAME_LIMIT, EMAIL_LIMIT = 60, 254


class CannotChangeTeam(Exception):
    """The team stays as it is; `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Joined:
    """A person who got roles in the program; `invitation` is their link's key where they must still accept."""

    user: User
    program: Program
    by: User
    invitation: tuple[str, Invitation] | None = None

    def tell(self) -> bool:
        """Write to them; False when the mail server did not take it. Only after the commit."""
        words = {"name": self.user.name, "inviter": self.by.name, "program": self.program.name}
        if self.invitation is None:
            return mail.send("added", self.user.email, link=mail.address_of("home"), **words)
        key, sent = self.invitation
        link = mail.address_of("invitation", key)
        return mail.send("invitation", self.user.email, link=link, until=sent.expires_at, **words)


def locked(program_id: int, by: User) -> Program:
    """The program under its row lock; the right is asked for only then, as it may just have been taken."""
    program = Program.objects.select_for_update(no_key=True).filter(pk=program_id).first()
    permissions.require(by, Right.MANAGE_TEAM, program_id)
    if program is None:
        raise permissions.NotVisible
    return program


def ask(*, program: Program, email: str, name: str, roles: Collection[str], by: User) -> Joined:
    """Ask a person to join the locked program, or add who works in the house. Raises CannotChangeTeam."""
    email, name, wanted = address_of(email), name_of(name), wanted_roles(roles)
    user = _newcomer(email, name, program)
    invitation = None if user.is_active else people.renew_invitation(user=user, by=by)
    add(user, program, wanted, by)
    return Joined(user, program, by, invitation)


def add(user: User, program: Program, roles: Collection[Role], by: User) -> None:
    """Who had no part in the locked program has these roles from now on."""
    give(user, program, roles)
    note(Deed.PERSON_INVITED, user, program, by, roles=sorted(roles))


def _newcomer(email: str, name: str, program: Program) -> User:
    user = people.make_person(email=email, name=name)
    if Membership.objects.filter(user=user, program=program).exists():
        raise CannotChangeTeam("already_here")
    if not user.is_active and user.has_usable_password():
        raise CannotChangeTeam("deactivated")
    return user


def give(user: User, program: Program, roles: Collection[Role]) -> None:
    """These roles more; the person's open consoles ask anew what they may."""
    Membership.objects.bulk_create(Membership(user=user, program=program, role=role) for role in roles)
    staff.tell_rights_changed(user_id=user.pk, program_id=program.pk)


def note(deed: Deed, user: User, program: Program, by: User, **details: Any) -> None:
    """The audit's line on what was done with a person of the team."""
    audit.note(deed, by=by, subject=f"user:{user.pk}", program_id=program.pk, **details)


def address_of(email: str) -> str:
    """The address as it is kept. Raises CannotChangeTeam."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise CannotChangeTeam("email") from error
    if len(email) > EMAIL_LIMIT:
        raise CannotChangeTeam("email")
    return email


def name_of(name: str) -> str:
    """The name as it is kept. Raises CannotChangeTeam."""
    name = " ".join(name.split())
    if not 0 < len(name) <= NAME_LIMIT or not name.isprintable():
        raise CannotChangeTeam("name")
    return name


def wanted_roles(roles: Collection[str]) -> frozenset[Role]:
    """These roles, of which there is at least one. Who commissions a program has no other part in it."""
    if not roles or not set(roles) <= set(Role):
        raise CannotChangeTeam("no_role")
    wanted = frozenset(Role(role) for role in roles)
    if Role.OFFICER in wanted and len(wanted) > 1:
        raise CannotChangeTeam("officer_alone")
    return wanted
