"""What a period's figures are counted from, as fingerprints (指紋): the same inputs have the same."""

import json
from hashlib import sha256

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counseling.models import ApartAnswer, Edition, Part, Program
from reports import measures
from reports.comparing import overlapping
from reports.days import DayKind, Days
from reports.figures import days_of
from reports.measures import Measure
from reports.periods import Period
from reports.queries import received
from reports.staffed import duties, planned_shifts

# What the measures read of a session, and nothing else: a note among staff changes no figure.
COLUMNS = (
    "id", "visitor_id", "visits", "state", "risk", "refusal", "end_reason", "classification", "thankful_end", "trial",
    "received_at", "queued_at", "first_response_at", "last_visitor_at", "ended_at", "phoned_at", "medium",
    "message_count", "visitor_count", "attributes", "editions",
)  # fmt: skip
COMPARED = ("name", "first", "last", "minutes", "days", "count", "per", "places")
SESSIONS = f"""
    SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY id), ''), 'UTF8')), 'hex')
    FROM (
        SELECT id, ROW({", ".join(COLUMNS)})::text AS line FROM counseling_session
        WHERE program_id = %s AND received_at >= %s AND received_at < %s
    ) AS lines
"""  # noqa: S608 - the names of our own columns
RECORDS = """
    SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY id), ''), 'UTF8')), 'hex')
    FROM (
        SELECT v.id, ROW(v.id, v.form, v.codes)::text AS line
        FROM counseling_recordversion v
        JOIN counseling_record r ON r.id = v.record_id AND r.number = v.number
        JOIN counseling_session s ON s.id = r.session_id
        WHERE s.program_id = %s AND s.received_at >= %s AND s.received_at < %s
    ) AS lines
"""
SURVEYS = """
    SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY line), ''), 'UTF8')), 'hex')
    FROM (
        SELECT ROW(s.id, i.state, a.edition_id, a.stage, a.codes)::text AS line
        FROM counseling_surveyinvitation i
        JOIN counseling_session s ON s.id = i.session_id
        LEFT JOIN counseling_surveyanswer a ON a.invitation_id = i.id
        WHERE s.program_id = %s AND s.received_at >= %s AND s.received_at < %s
    ) AS lines
"""
REFERRALS = """
    SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY id), ''), 'UTF8')), 'hex')
    FROM (
        SELECT r.id, ROW(r.id, r.kind, r.level, r.ground, r.consented_at, r.withdrawn_at, r.result)::text AS line
        FROM counseling_referral r
        JOIN counseling_session s ON s.id = r.session_id
        WHERE s.program_id = %s AND s.received_at >= %s AND s.received_at < %s
    ) AS lines
"""
PARTS: dict[str, str | Promise] = {
    "sessions": _("相談の件数・時刻・区分"),
    "records": _("相談記録の主訴・相談内容"),
    "survey": _("アンケートの答え"),
    "after": _("訪問・要フォロー"),
    "referrals": _("つなぎの種別・同意・結果"),
    "staff": _("シフトと勤務"),
    "forms": _("フォームの版"),
    "days": _("日の区切り(受付時間)"),
    "comparators": _("くらべる相手の数"),
    "definitions": _("指標の定義"),
}


def inputs(program: Program, period: Period, kind: DayKind) -> dict[str, str]:
    """The fingerprint of each part of what is read for a period."""
    days = days_of(program, period, kind)
    asking = Edition.objects.filter(program=program, part__in=[Part.INTAKE, Part.RECORD, Part.SURVEY])
    editions = asking.order_by("pk").values_list("pk", flat=True)
    return {
        "sessions": _hashed(SESSIONS, program, days),
        "records": _hashed(RECORDS, program, days),
        "survey": _hash([_hashed(SURVEYS, program, days), _apart(program)]),
        "after": _hash([_held(one, program, days) for one in measures.AFTER]),
        "referrals": _hashed(REFERRALS, program, days),
        "staff": _hash([*_planned(program, days), *_worked(program, days)]),
        "forms": _hash(list(editions)),
        "days": _hash([moment.isoformat() for moment in days.starts]),
        "comparators": _hash([repr(one) for one in overlapping(program, period).values_list(*COMPARED)]),
        "definitions": _hash([measures.VERSION, program.practice]),
    }


def fingerprint(parts: dict[str, str]) -> str:
    """One for all of them."""
    return _hash(parts)


def _hashed(rows: str, program: Program, days: Days) -> str:
    with connection.cursor() as cursor:
        cursor.execute(rows, [program.pk, days.starts[0], days.starts[-1]])
        (found,) = cursor.fetchone()
    return str(found)


def _held(one: Measure, program: Program, days: Days) -> list[int]:
    """The accesses that a measure counts which reads other tables."""
    return list(received(program, days).filter(one.condition).order_by("pk").values_list("pk", flat=True))


def _planned(program: Program, days: Days) -> list[str]:
    rows = planned_shifts(program, days, timezone.now()).order_by("pk")
    return [repr(row) for row in rows.values_list("pk", "starts_at", "ends_at")]


def _worked(program: Program, days: Days) -> list[str]:
    rows = duties(program, days).annotate(time=F("worked")).order_by("pk")
    return [repr(row) for row in rows.values_list("pk", "user", "began_at", "time")]


def _apart(program: Program) -> list[str]:
    """Answers that are kept apart: of all months, as a period may hold any of them whole."""
    rows = ApartAnswer.objects.filter(program=program).order_by("pk")
    return [repr(row) for row in rows.values_list("month", "edition", "stage", "codes")]


def _hash(told: object) -> str:
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
