"""People of other programs who help out in one (応援): they get the role they hold there, and are told by mail."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import joining
from counseling.actions.joining import Joined
from counseling.feeds.borrowable import at_work_in, borrowable
from counseling.models import Program


@dataclass(frozen=True)
class Borrowed:
    """Who helps out from now on; `untold` are those among them whose mail the server did not take."""

    people: list[User]
    untold: list[User]


def borrow(*, program_id: int, user_ids: Collection[int], by: User) -> Borrowed:
    """Add these people to the program; who is there already stays as they are.

    Raises permissions.NotVisible where `by` does not manage the program, or no team one of them works in.
    """
    with transaction.atomic(durable=True):
        joined = lend(joining.locked(program_id, by), user_ids, by)
    return tell(joined)


def lend(program: Program, user_ids: Collection[int], by: User) -> list[Joined]:
    """The same in the caller's transaction, which holds the program; nobody was told yet. Raises NotVisible."""
    free = {one.user.pk: one for one in borrowable(permissions.programs(by, Right.MANAGE_TEAM))}
    if not set(user_ids) <= set(free):
        raise permissions.NotVisible
    here = set(at_work_in(program).filter(user__in=user_ids).values_list("user", flat=True))
    lent = [free[pk] for pk in dict.fromkeys(user_ids) if pk not in here]
    for one in lent:
        joining.add(one.user, program, {one.role}, by)
    return [Joined(one.user, program, by) for one in lent]


def tell(joined: list[Joined]) -> Borrowed:
    """Write to each after the commit; whoever borrowed themselves knows it."""
    untold = [one.user for one in joined if one.user != one.by and not one.tell()]
    return Borrowed([one.user for one in joined], untold)
