"""A program now: who waits, who talks, who is there. No words; the cost follows the open sessions."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from django.utils import timezone

from counseling import events, lifecycle, opening
from counseling.events import Board, Colleague, Reception, SessionView
from counseling.models import Channel, Membership, Presence, Program, Session
from counseling.models.staff import PRESENCE_LIFE


def board(program_id: int, known: Board | None = None) -> Board:
    """The whole board of a program: six queries. Sessions at the version they have in `known` are not read again."""
    return boards([Program.objects.get(pk=program_id)], known)[0]


def boards(programs: list[Program], known: Board | None = None) -> list[Board]:
    """The whole boards of these programs: five queries, however many they are."""
    now = timezone.now()
    live = _live(programs, {view["id"]: view for view in known["sessions"]} if known else {})
    trouble: dict[int, list[str]] = defaultdict(list)
    for channel in Channel.objects.filter(program__in=programs).exclude(paused_because=""):
        trouble[channel.program_id].append(f"{channel.kind}:{channel.paused_because}:{channel.pk}")
    people = colleagues(programs, now)
    return [
        {
            "program": program.pk,
            "serial": 0,
            "reception": reception(program, now),
            "sessions": live[program.pk],
            "colleagues": people[program.pk],
            "trouble": trouble[program.pk],
            "at": now.isoformat(),
        }
        for program in programs
    ]


def _live(programs: list[Program], known: dict[int, SessionView]) -> dict[int, list[SessionView]]:
    rows = Session.objects.filter(program__in=programs, state__in=lifecycle.LIVE).order_by("queued_at", "pk")
    read = rows.select_related("visitor__channel", "counselor")
    live: dict[int, list[SessionView]] = defaultdict(list)
    if not known:
        for session in read:
            live[session.program_id].append(events.header(session))
        return live
    heads = list(rows.values_list("pk", "version", "program_id"))
    stale = [pk for pk, version, _program_id in heads if pk not in known or known[pk]["version"] != version]
    views = known | {session.pk: events.header(session) for session in read.filter(pk__in=stale)}
    for pk, _version, program_id in heads:
        if pk in views:
            live[program_id].append(views[pk])
    return live


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


def colleagues(programs: list[Program], now: datetime) -> dict[int, list[Colleague]]:
    """Everyone with a role in each program: present or not, and how many sessions they have. Three queries."""
    roles: dict[tuple[int, int], list[str]] = defaultdict(list)
    names: dict[int, str] = {}
    for member in Membership.objects.filter(program__in=programs, user__is_active=True).select_related("user"):
        roles[member.program_id, member.user_id].append(member.role)
        names[member.user_id] = member.user.name
    presences = {presence.user_id: presence for presence in Presence.objects.filter(user__in=names)}
    taken = Session.objects.filter(counselor__in=names, state__in=lifecycle.TAKEN)
    loads = Counter(taken.values_list("counselor_id", flat=True))
    found: dict[int, list[Colleague]] = defaultdict(list)
    capacities = {program.pk: program.capacity for program in programs}
    for (program_id, user_id), held in sorted(roles.items()):
        shown = _colleague(user_id, held, presences.get(user_id), now)
        shown |= {"name": names[user_id], "load": loads[user_id], "capacity": capacities[program_id]}
        found[program_id].append(shown)
    return found


def _colleague(user_id: int, roles: list[str], presence: Presence | None, now: datetime) -> Colleague:
    present = presence is not None and presence.seen_at > now - PRESENCE_LIFE
    takes = present and presence is not None and presence.takes
    return {
        "id": user_id,
        "name": "",
        "roles": sorted(roles),
        "present": present,
        "takes": takes,
        "load": 0,
        "capacity": 0,
    }
