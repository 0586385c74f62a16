"""A program now: who waits, who talks, who is there. No words; the cost follows the open sessions."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import TypedDict

from django.db.models import Max, Subquery
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right, holders
from counseling import events, lifecycle, opening, quota, staffing
from counseling.events import Board, ByHand, Colleague, Reception, SessionView, StageName
from counseling.feeds.callins import last_call
from counseling.feeds.crew import crew, crews, is_staffed
from counseling.models import Channel, HandoverNote, Membership, Presence, Program, Session
from counseling.models.staff import PRESENCE_LIFE
from counseling.staffing import AtWork
from counseling.stages import Stage

TAKERS = frozenset(holders(Right.TAKE_SESSIONS))


class Staffing(TypedDict):
    """The part of Reception that tells of people."""

    staffed: bool
    on_duty: int
    least_on_duty: int
    supervisors: int
    least_supervisors: int
    lines: int
    surge_until: str | None


class ByHands(TypedDict):
    """The part of Reception that tells what people did to it."""

    stage: StageName
    paused: ByHand | None
    diverted: ByHand | None


def board(program_id: int, known: Board | None = None) -> Board:
    """The whole board of a program: eight queries. Sessions at the version they have in `known` are not read again."""
    return boards([Program.objects.select_related("diverted_by", "stage_by").get(pk=program_id)], known)[0]


def boards(programs: list[Program], known: Board | None = None) -> list[Board]:
    """The whole boards of these programs: seven queries, however many they are."""
    now = timezone.now()
    live = _live(programs, {view["id"]: view for view in known["sessions"]} if known else {})
    trouble = _trouble(programs, now)
    notes = HandoverNote.objects.filter(program__in=programs)
    last_notes = dict(notes.values_list("program_id").annotate(Max("pk")))
    at_work = crews(programs, now)
    people = colleagues(programs, now, at_work)
    return [
        {
            "program": program.pk,
            "serial": 0,
            "reception": reception(program, now, people=at_work[program.pk]),
            "sessions": live[program.pk],
            "colleagues": people[program.pk],
            "trouble": trouble[program.pk],
            "last_note": last_notes.get(program.pk, 0),
            "at": now.isoformat(),
        }
        for program in programs
    ]


def _trouble(programs: list[Program], now: datetime) -> dict[int, list[str]]:
    """Channels whose sending stands still, and those whose month's messages run out, as «kind:why:channel»."""
    trouble: dict[int, list[str]] = defaultdict(list)
    counted = ("line_account__used", "line_account__quota", "line_account__counted_at")
    rows = Channel.objects.filter(program__in=programs).order_by("pk")
    found = rows.values_list("program", "kind", "pk", "paused_because", *counted)
    for program_id, kind, pk, paused, used, limit, counted_at in found:
        reached = quota.level_now(used, limit, counted_at, now)
        if why := paused or (f"quota_{reached}" if reached else ""):
            trouble[program_id].append(f"{kind}:{why}:{pk}")
    return trouble


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


def reception(
    program: Program, now: datetime | None = None, language: str = "ja", people: list[AtWork] | None = None
) -> Reception:
    """Whether the program receives at `now` (default: this moment) with `people` (default: who is checked in)."""
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
        **_by_hand(program),
        **_staffing(program, at, crew(program, at) if people is None else people),
    }


def _staffing(program: Program, now: datetime, people: list[AtWork]) -> Staffing:
    on_duty, supervisors = staffing.counted(people)
    surges = program.surge_until is not None and program.surge_until > now
    return {
        "staffed": is_staffed(program, people),
        "on_duty": on_duty,
        "least_on_duty": program.least_on_duty,
        "supervisors": supervisors,
        "least_supervisors": program.least_supervisors,
        "lines": staffing.lines_open(people, usual=program.capacity, surge=program.surge_at(now)),
        "surge_until": events.iso(program.surge_until) if surges else None,
    }


def _by_hand(program: Program) -> ByHands:
    """Who did it is asked only where something was done."""
    paused, diverted = program.stage == Stage.PAUSED, program.diverted_since
    return {
        "stage": Stage(program.stage).value,
        "paused": by_hand(program.stage_since, program.stage_by) if paused else None,
        "diverted": by_hand(diverted, program.diverted_by) if diverted else None,
    }


def by_hand(since: datetime, by: User | None) -> ByHand:
    """Somebody did it, since then."""
    return {"since": since.isoformat(), "by": events.person(by)}


def colleagues(programs: list[Program], now: datetime, at_work: dict[int, list[AtWork]]) -> dict[int, list[Colleague]]:
    """Everyone with a role in each program: present or not, on duty or not, with their load. Three queries."""
    roles: dict[tuple[int, int], list[str]] = defaultdict(list)
    users: dict[int, User] = {}
    called: dict[int, str | None] = {}
    members = Membership.objects.filter(program__in=programs, user__is_active=True).select_related("user")
    for member in members.annotate(called_at=Subquery(last_call(now))):
        roles[member.program_id, member.user_id].append(member.role)
        users[member.user_id] = member.user
        called[member.user_id] = events.iso(member.called_at)
    seen = Presence.objects.filter(user__in=users, seen_at__gt=now - PRESENCE_LIFE)
    present = set(seen.values_list("user_id", flat=True))
    taken = Session.objects.filter(counselor__in=users, state__in=lifecycle.TAKEN)
    loads = Counter(taken.values_list("counselor_id", flat=True))
    duties = {(program_id, one.user_id): one for program_id, people in at_work.items() for one in people}
    usual = {program.pk: (program.capacity, program.surge_at(now)) for program in programs}
    found: dict[int, list[Colleague]] = defaultdict(list)
    for (program_id, user_id), held in sorted(roles.items()):
        shown = _colleague(users[user_id], sorted(held), duties.get((program_id, user_id)), *usual[program_id])
        shown |= {"present": user_id in present, "load": loads[user_id], "called_at": called[user_id]}
        found[program_id].append(shown)
    return found


def _colleague(user: User, roles: list[str], duty: AtWork | None, usual: int, surge: int) -> Colleague:
    """One person, all but their presence, load and last call."""
    lines = staffing.capacity(duty.lines if duty else None, usual=usual, surge=surge)
    return {
        "id": user.pk,
        "name": user.name,
        "roles": roles,
        "present": False,
        "on_duty": duty is not None and duty.on_duty,
        "away": duty.away if duty else "",
        "takes": duty is not None and duty.takes,
        "load": 0,
        "capacity": lines if TAKERS & set(roles) else 0,
        "shift_ends_at": events.iso(duty.shift_ends_at) if duty else None,
        "qualifications": user.qualifications,
        "languages": user.languages,
        "can_take": user.can_take,
        "called_at": None,
    }
