"""Presence of staff: who is at the console; and how they like it."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from counseling import events
from counseling.actions import lost
from counseling.models import Membership, Presence
from counseling.models.staff import PRESENCE_LIFE


def _ring_programs(user_id: int) -> None:
    programs = Membership.objects.filter(user=user_id).values_list("program_id", flat=True).distinct()
    events.ring(*(events.board_group(program_id) for program_id in programs))


@transaction.atomic
def tell_rights_changed(*, user_id: int, program_id: int) -> None:
    """A person's role in a program changed: their sockets ask again what they may, the board counts them anew."""
    events.ring(events.user_group(user_id), events.board_group(program_id))


def keep_present(*, user_ids: list[int]) -> None:
    """These consoles are open: another minute of life each. Rings where someone came back, and finds their sessions."""
    if came := _live_on(user_ids):
        lost.find(user_ids=came)


@transaction.atomic
def _live_on(user_ids: list[int]) -> list[int]:
    """Another minute of life for each; those of them who were away."""
    now = timezone.now()
    alive = Presence.objects.filter(user__in=user_ids, seen_at__gt=now - PRESENCE_LIFE)
    known = set(alive.values_list("user_id", flat=True))
    came = [user_id for user_id in user_ids if user_id not in known]
    Presence.objects.bulk_create(
        [Presence(user_id=user_id, seen_at=now, came_at=now) for user_id in came],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["seen_at", "came_at"],
    )
    Presence.objects.filter(user__in=known).update(seen_at=now)
    for user_id in came:
        _ring_programs(user_id)
    return came


@transaction.atomic
def keep_preferences(*, by: User, **wishes: bool) -> User:
    """Keep how `by` likes the console (enter_sends, sound, desktop_notice)."""
    for name, wish in wishes.items():
        setattr(by, name, wish)
    by.save(update_fields=list(wishes))
    return by
