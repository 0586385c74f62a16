"""Whom somebody could borrow for another program (応援): the people of the teams they manage."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Role
from counseling.models import Membership, Program

# In which of their roles somebody helps out: the most experienced one.
ROLES = (Role.SUPERVISOR, Role.COUNSELOR, Role.TRAINEE, Role.COORDINATOR)


@dataclass(frozen=True)
class Borrowable:
    """A person, the role they would have, and those of the teams they are in."""

    user: User
    role: Role
    programs: tuple[str, ...]

    @property
    def roles(self) -> tuple[Role]:
        """Their role as the team's pages show roles."""
        return (self.role,)


def borrowable(teams: QuerySet[Program]) -> list[Borrowable]:
    """The people of these teams, by name: one query, however many they are."""
    members = Membership.objects.filter(program__in=teams, role__in=ROLES, user__is_active=True)
    held: dict[User, list[Membership]] = {}
    for member in members.select_related("user", "program").order_by("user__name", "user_id", "program__name"):
        held.setdefault(member.user, []).append(member)
    return [_shown(user, theirs) for user, theirs in held.items()]


def _shown(user: User, members: list[Membership]) -> Borrowable:
    roles = {member.role for member in members}
    names = dict.fromkeys(member.program.name for member in members)
    return Borrowable(user, next(role for role in ROLES if role in roles), tuple(names))
