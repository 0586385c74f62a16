"""A program now: who waits, who talks, who is there. No words; the cost follows the open sessions."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from django.utils import timezone

from counseling import events, lifecycle, opening
from counseling.events import Board, Colleague, Reception, SessionView
from counseling.models import Channel, Membership, Presence, Program, Session
from counseling.models.staff import PRESENCE_LIFE


def board(program_id: int) -> Board:
    """The whole board of a program: five queries."""
    now = timezone.now()
    program = Program.objects.get(pk=program_id)
    live = Session.objects.filter(program=program, state__in=lifecycle.LIVE)
    rows = list(live.select_related("visitor__channel", "counselor").order_by("queued_at", "pk"))
    paused = Channel.objects.filter(program=program).exclude(paused_because="")
    return {
        "program": program.pk,
        "serial": 0,
        "reception": reception(program, now),
        "sessions": [events.header(session) for session in rows],
        "colleagues": colleagues(program, now),
        "trouble": [f"{channel.kind}:{channel.paused_because}:{channel.pk}" for channel in paused],
        "at": now.isoformat(),
    }


def session_view(session: Session) -> SessionView:
    """One session's face."""
    return events.header(session)


def reception(program: Program, now: datetime | None = None, language: str = "ja") -> Reception:
    """Whether the program receives at `now` (default: this moment)."""
    at = now or timezone.now()
    status = program.status_at(at)
    window = status.window
    # A window that goes on and on (24 hours a day) has no end worth telling.
    if window and window.end - at > timedelta(days=1):
        window = None
    return {
        "open": status.open,
        "intake_open": status.intake_open,
        "hours": opening.describe(program.opening(), language),
        "closes_at": events.iso(window.end) if window else None,
        "intake_until": events.iso(window.intake_until) if window else None,
        "next_open": events.iso(status.next_open),
    }


def colleagues(program: Program, now: datetime) -> list[Colleague]:
    """Everyone with a role in the program: present or not, and how many sessions they have."""
    roles: dict[int, list[str]] = defaultdict(list)
    names: dict[int, str] = {}
    for member in Membership.objects.filter(program=program, user__is_active=True).select_related("user"):
        roles[member.user_id].append(member.role)
        names[member.user_id] = member.user.name
    presences = {p.user_id: p for p in Presence.objects.filter(user__in=roles)}
    loads = Counter(
        Session.objects.filter(counselor__in=roles, state__in=lifecycle.TAKEN).values_list("counselor_id", flat=True)
    )
    return [_colleague(user_id, names[user_id], held, presences.get(user_id), loads[user_id], program, now)
            for user_id, held in sorted(roles.items())]  # fmt: skip


def _colleague(
    user_id: int, name: str, roles: list[str], presence: Presence | None, load: int, program: Program, now: datetime
) -> Colleague:
    present = presence is not None and presence.seen_at > now - PRESENCE_LIFE
    return {
        "id": user_id,
        "name": name,
        "roles": sorted(roles),
        "present": present,
        "takes": present and presence is not None and presence.takes,
        "load": load,
        "capacity": program.capacity,
    }
