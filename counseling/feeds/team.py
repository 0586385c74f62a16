"""A program's people as its administrators see them: roles, invitations, sign-in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from accounts.factors import KINDS
from accounts.models import Invitation, User
from counseling.models import Membership, Program


class Standing(StrEnum):
    """Whether a person works here, is still to come, or may not."""

    ACTIVE = "active"
    INVITED = "invited"
    EXPIRED = "expired"  # invited, and the link is too old
    WITHDRAWN = "withdrawn"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True)
class Teammate:
    """A person of the team; `until` is when the link in their invitation expires."""

    user: User
    roles: list[str]
    standing: Standing
    until: datetime | None
    has_second_factor: bool

    @property
    def is_pending(self) -> bool:
        """Whether they have never come in."""
        return self.standing in {Standing.INVITED, Standing.EXPIRED, Standing.WITHDRAWN}


def team(program: Program, now: datetime, search: str = "") -> list[Teammate]:
    """The program's people by name, or those whose name or address holds `search`: three queries."""
    found = Q(user__name__icontains=search) | Q(user__email__icontains=search)
    return _teammates(Membership.objects.filter(found, program=program), now)


def teammate(program: Program, user_id: int, now: datetime) -> Teammate | None:
    """One person of the program; None where they have no part in it."""
    return next(iter(_teammates(Membership.objects.filter(program=program, user=user_id), now)), None)


def _teammates(members: QuerySet[Membership], now: datetime) -> list[Teammate]:
    roles: dict[User, list[str]] = defaultdict(list)
    for member in members.select_related("user").order_by("user__name", "user_id"):
        roles[member.user].append(member.role)
    latest = _latest_invitations(roles)
    secured = set(Authenticator.objects.filter(user__in=roles, type__in=KINDS).values_list("user_id", flat=True))
    return [
        Teammate(
            user=user,
            roles=held,
            standing=_standing(user, latest.get(user.pk), now),
            until=latest[user.pk].expires_at if user.pk in latest else None,
            has_second_factor=user.pk in secured,
        )
        for user, held in roles.items()
    ]


def _latest_invitations(users: Iterable[User]) -> dict[int, Invitation]:
    rows = Invitation.objects.filter(user__in=users, user__is_active=False, accepted_at=None)
    return {invitation.user_id: invitation for invitation in rows.order_by("sent_at", "pk")}


def _standing(user: User, invitation: Invitation | None, now: datetime) -> Standing:
    if user.is_active:
        return Standing.ACTIVE
    if user.has_usable_password() or invitation is None:
        return Standing.DEACTIVATED
    if invitation.withdrawn_at:
        return Standing.WITHDRAWN
    return Standing.INVITED if invitation.expires_at > now else Standing.EXPIRED
