"""People of other programs who help out in a new one (応援): in the role they hold there, told by mail."""

from collections.abc import Collection

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import joining
from counseling.actions.joining import Joined
from counseling.feeds.borrowable import borrowable
from counseling.models import Program


def borrow(program: Program, user_ids: Collection[int], by: User) -> list[Joined]:
    """Add these people in the transaction of the caller, who has just founded the program. Nobody is told yet.

    Raises permissions.NotVisible where `by` manages no team one of them works in.
    """
    free = {one.user.pk: one for one in borrowable(permissions.programs(by, Right.MANAGE_TEAM))}
    if not set(user_ids) <= set(free):
        raise permissions.NotVisible
    borrowed = [free[pk] for pk in dict.fromkeys(user_ids)]
    for one in borrowed:
        joining.add(one.user, program, {one.role}, by)
    return [Joined(one.user, program, by) for one in borrowed]


def tell(joined: list[Joined]) -> list[User]:
    """Write to each after the commit; those whose mail the server did not take. Whoever borrowed themselves knows."""
    return [one.user for one in joined if one.user != one.by and not one.tell()]
