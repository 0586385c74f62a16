"""A program now: who waits, who talks, who is there. No words; the cost follows the open sessions."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TypedDict

from django.db import connection
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from accounts.models import User
from counseling import events, lifecycle, opening, quota, staffing
from counseling.events import Board, ByHand, Reception, SessionView, StageName
from counseling.feeds.colleagues import colleagues
from counseling.feeds.crew import crew, crews, is_staffed
from counseling.models import Channel, HandoverNote, Program, Session, SurveyAlarm
from counseling.staffing import AtWork
from counseling.stages import Stage


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
    """The whole board of a program: seven queries. Sessions at the version they have in `known` are not read again."""
    return boards([Program.objects.select_related("diverted_by", "stage_by").get(pk=program_id)], known)[0]


def boards(programs: list[Program], known: Board | None = None) -> list[Board]:
    """The whole boards of these programs: six queries, however many they are."""
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
    """Channels whose sending stands still or whose messages run out, as «kind:why:channel».

    And words of danger in the answer to a survey, as «survey:danger:alarm», until a supervisor has looked.
    """
    trouble: dict[int, list[str]] = defaultdict(list)
    counted = ("line_account__used", "line_account__quota", "line_account__counted_at")
    alarms = SurveyAlarm.objects.filter(program=OuterRef("program"), seen_at=None).order_by("-pk").values("pk")
    rows = Channel.objects.filter(program__in=programs).annotate(alarm=Subquery(alarms[:1])).order_by("pk")
    found = rows.values_list("program", "kind", "pk", "paused_because", *counted, "alarm")
    for program_id, kind, pk, paused, used, limit, counted_at, alarm in found:
        if alarm and f"survey:danger:{alarm}" not in trouble[program_id]:
            trouble[program_id].append(f"survey:danger:{alarm}")
        reached = quota.level_now(used, limit, counted_at, now)
        if why := paused or (f"quota_{reached}" if reached else ""):
            trouble[program_id].append(f"{kind}:{why}:{pk}")
    return trouble


# A version says nothing of a counselor's new name.
_HEADS = """
SELECT session.id, session.program_id, session.version, counselor.name
  FROM counseling_session session LEFT JOIN accounts_user counselor ON counselor.id = session.counselor_id
 WHERE session.program_id = ANY(%s) AND session.state = ANY(%s) AND session.medium = 'chat'
 ORDER BY session.queued_at, session.id
"""


def _live(programs: list[Program], known: dict[int, SessionView]) -> dict[int, list[SessionView]]:
    """Their live sessions as they wait; what is `known` at its version is not read again."""
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [[program.pk for program in programs], [state.value for state in lifecycle.LIVE]])
        heads: list[tuple[int, int, int, str | None]] = cursor.fetchall()
    views = {pk: known[pk] for pk, _program_id, version, name in heads if _stands(known.get(pk), version, name)}
    stale = [pk for pk, *_rest in heads if pk not in views]
    rows = Session.objects.filter(pk__in=stale, state__in=lifecycle.LIVE)
    for session in rows.select_related("visitor__channel", "counselor") if stale else ():
        views[session.pk] = events.header(session)
    live: dict[int, list[SessionView]] = defaultdict(list)
    for pk, program_id, _version, _name in heads:
        # Some may have ended between the two questions.
        if pk in views:
            live[program_id].append(views[pk])
    return live


def _stands(view: SessionView | None, version: int, counselor: str | None) -> bool:
    """Whether `view` still is what would be read."""
    if view is None or view["version"] != version:
        return False
    return (view["counselor"]["name"] if view["counselor"] else None) == counselor


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
