"""A program's people as the board shows them. In SQL: they are read again with every change of the board."""

import json
from collections import defaultdict
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from accounts.roles import Right, holders
from counseling import lifecycle, staffing
from counseling.events import Colleague, iso
from counseling.feeds.callins import SHOWN_FOR
from counseling.models import Program
from counseling.models.staff import PRESENCE_LIFE
from counseling.staffing import AtWork

TAKERS = frozenset(holders(Right.TAKE_SESSIONS))
# Sessions of all programs count as load: a person has only two hands.
_PEOPLE = """
SELECT member.program_id, person.id, person.name, array_agg(member.role ORDER BY member.role),
       person.qualifications::text, person.languages::text, person.can_take::text, presence.seen_at,
       (SELECT count(*) FROM counseling_session taken
         WHERE taken.counselor_id = person.id AND taken.state = ANY(%s)),
       (SELECT max(call.called_at) FROM counseling_callin call
         WHERE call.user_id = person.id AND call.called_at > %s)
  FROM counseling_membership member
  JOIN accounts_user person ON person.id = member.user_id AND person.is_active
  LEFT JOIN counseling_presence presence ON presence.user_id = person.id
 WHERE member.program_id = ANY(%s)
 GROUP BY member.program_id, person.id, presence.seen_at
 ORDER BY member.program_id, person.id
"""


def colleagues(programs: list[Program], now: datetime, at_work: dict[int, list[AtWork]]) -> dict[int, list[Colleague]]:
    """Everyone with a role in each program: present or not, on duty or not, with their load. One query."""
    duties = {(program_id, one.user_id): one for program_id, people in at_work.items() for one in people}
    usual = {program.pk: (program.capacity, program.surge_at(now)) for program in programs}
    found: dict[int, list[Colleague]] = defaultdict(list)
    with connection.cursor() as cursor:
        taken = [state.value for state in lifecycle.TAKEN]
        cursor.execute(_PEOPLE, [taken, now - SHOWN_FOR, [program.pk for program in programs]])
        for program_id, *row in cursor.fetchall():
            duty = duties.get((program_id, row[0]))
            found[program_id].append(_colleague(row, duty, now, *usual[program_id]))
    return found


def _colleague(row: list[Any], duty: AtWork | None, now: datetime, usual: int, surge: int) -> Colleague:
    user_id, name, roles, qualifications, languages, can_take, seen_at, load, called_at = row
    lines = staffing.capacity(duty.lines if duty else None, usual=usual, surge=surge)
    return {
        "id": user_id,
        "name": name,
        "roles": roles,
        "present": seen_at is not None and seen_at > now - PRESENCE_LIFE,
        "on_duty": duty is not None and duty.on_duty,
        "away": duty.away if duty else "",
        "takes": duty is not None and duty.takes,
        "load": load,
        "capacity": 0 if TAKERS.isdisjoint(roles) else lines,
        "shift_ends_at": iso(duty.shift_ends_at) if duty else None,
        "qualifications": _codes(qualifications),
        "languages": _codes(languages),
        "can_take": _codes(can_take),
        "called_at": iso(called_at),
    }


@lru_cache(maxsize=2_048)
def _codes(text: str) -> list[str]:
    """A column of codes; many people have the same. Nobody changes what is read."""
    codes: list[str] = json.loads(text)
    return codes
