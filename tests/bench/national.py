"""A national year (260,000 talks with 73 messages each), made in SQL; pages and reports of it beside raw SQL.

No words: a message is its talk, author, number and time, and an empty body, which nothing that is measured reads.
Its days are kept ready as the worker keeps them (`days_kept`: how long that takes for all of the year at once).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from counseling.models import Channel, Program, Session, Visitor
from counseling.opening import midnight
from reports.actions import days
from reports.content import tables
from reports.days import DayKind
from reports.exports import report
from reports.inputs import inputs
from reports.periods import Period
from reports.reporting import whole
from reports.results import results
from reports.tonight import tonight
from tests.bench.setting import Setting

DAYS = 365
# Talks of one program: n in order of time, half of the people come twice; one in six is not answered.
VISITORS = """
    INSERT INTO counseling_visitor
    SELECT made.*
    FROM counseling_visitor one CROSS JOIN generate_series(2, %(visitors)s) AS n,
        jsonb_populate_record(one, jsonb_build_object('id', %(visitor)s + n - 1, 'pseudonym', 'N' || n,
            'identity_hash', 'national ' || n)) AS made
    WHERE one.id = %(visitor)s
"""
TALKS = """
    INSERT INTO counseling_session
    SELECT made.*
    FROM counseling_session one
    CROSS JOIN (
        SELECT n, %(since)s::timestamptz + n * (interval '1 day' * %(days)s / %(talks)s) AS at
        FROM generate_series(2, %(talks)s) AS n
    ) AS each,
        jsonb_populate_record(one, jsonb_build_object('id', %(talk)s + n - 1, 'number', n,
            'visitor_id', %(visitor)s + n %% %(visitors)s, 'received_at', at, 'queued_at', at, 'state', 'closed',
            'visits', 1 + n / %(visitors)s, 'risk', n %% 4, 'classification', 'valid', 'thankful_end', n %% 5 < 4,
            'first_response_at', CASE WHEN n %% 6 > 0 THEN at + (n %% 900) * interval '1 second' END,
            'last_visitor_at', CASE WHEN n %% 7 > 0 THEN at + interval '20 minutes' END,
            'ended_at', at + (1200 + n %% 5000) * interval '1 second')) AS made
    WHERE one.id = %(talk)s
"""
# Ids were counted by hand: the house goes on after them.
SEQUENCES = """
    SELECT setval('counseling_visitor_id_seq', %(visitor)s + %(visitors)s),
        setval('counseling_session_id_seq', %(talk)s + %(talks)s)
"""
MESSAGES = """
    INSERT INTO counseling_message
        (session_id, seq, version, author, kind, body, findings, auto_key, created_at, before_consent)
    SELECT s.id, seq, seq,
        CASE WHEN seq %% 5 < 3 OR s.first_response_at IS NULL THEN 'visitor' ELSE 'counselor' END,
        'text', '', '', '', s.received_at + seq * interval '30 seconds', ''
    FROM counseling_session s CROSS JOIN generate_series(1, %(messages)s) AS seq
    WHERE s.program_id = %(program)s
"""
# What the database would do again for every message, done once: our own superuser adds them.
RULES = """
    SELECT format('ALTER TABLE counseling_message DROP CONSTRAINT %I', conname),
        format('ALTER TABLE counseling_message ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE conrelid = 'counseling_message'::regclass AND contype = 'u'
    UNION ALL
    SELECT format('DROP INDEX %I', relname), pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = 'counseling_message'::regclass
        AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.conindid = i.indexrelid)
"""
# The same figures by hand: by the hour, the people and their waits, the durations, and the messages.
RAW = """
    SELECT date_trunc('hour', received_at AT TIME ZONE 'Asia/Tokyo') AS hour, count(*), count(first_response_at),
        count(*) FILTER (WHERE last_visitor_at > first_response_at),
        count(*) FILTER (WHERE last_visitor_at > first_response_at AND thankful_end),
        count(*) FILTER (WHERE first_response_at IS NULL), count(*) FILTER (WHERE refusal <> ''), count(phoned_at)
    FROM counseling_session
    WHERE program_id = %(program)s AND received_at >= %(first)s AND received_at < %(after)s AND NOT trial GROUP BY hour;
    SELECT count(DISTINCT visitor_id), count(*) FILTER (WHERE visits > 1), count(*) FILTER (WHERE risk = 3),
        sum(first_response_at - queued_at), max(first_response_at - queued_at),
        percentile_disc(0.5) WITHIN GROUP (ORDER BY first_response_at - queued_at),
        percentile_disc(0.9) WITHIN GROUP (ORDER BY first_response_at - queued_at)
    FROM counseling_session
    WHERE program_id = %(program)s AND received_at >= %(first)s AND received_at < %(after)s AND NOT trial
        AND first_response_at IS NOT NULL;
    SELECT sum(ended_at - first_response_at), max(ended_at - first_response_at),
        percentile_disc(0.5) WITHIN GROUP (ORDER BY ended_at - first_response_at),
        percentile_disc(0.9) WITHIN GROUP (ORDER BY ended_at - first_response_at)
    FROM counseling_session
    WHERE program_id = %(program)s AND received_at >= %(first)s AND received_at < %(after)s AND NOT trial
        AND last_visitor_at > first_response_at AND ended_at >= first_response_at;
    SELECT count(*), sum(every), max(every), sum(visitors) FROM (
        SELECT count(*) AS every, count(*) FILTER (WHERE author = 'visitor') AS visitors
        FROM counseling_message WHERE author IN ('visitor', 'counselor') AND session_id IN (
            SELECT id FROM counseling_session
            WHERE program_id = %(program)s AND received_at >= %(first)s AND received_at < %(after)s AND NOT trial
                AND last_visitor_at > first_response_at)
        GROUP BY session_id) AS talks
"""


async def national(here: Setting) -> None:
    """A year, a month and today of a national program."""
    await sync_to_async(_measure)(here)


def _measure(here: Setting) -> None:
    program = Program.objects.filter(slug="national").first() or made(here)
    today = timezone.localdate()
    year, month = Period(today - timedelta(days=DAYS), today), Period(today - timedelta(days=30), today)
    book = here.book
    for name, period in (("year", year), ("month", month)):
        floor = _timed(partial(_raw, program, period))
        book.add(f"results.{name}", "s", _timed(partial(_shown, program, period)), floor=floor)
    book.add("results.annual_report", "s", _timed(lambda: _report(program, year)))
    book.add("results.fingerprint", "s", _timed(lambda: inputs(program, year, DayKind.CALENDAR)))
    book.add("results.today", "ms", 1000 * _timed(lambda: tonight(program, timezone.now())))


def _timed(what: Callable[[], Any]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def _raw(program: Program, period: Period) -> None:
    asked: dict[str, Any] = {"program": program.pk, "first": midnight(period.first)}
    asked["after"] = midnight(period.last + timedelta(days=1))
    with connection.cursor() as cursor:
        for statement in RAW.split(";"):
            cursor.execute(statement, asked)
            cursor.fetchall()


def _shown(program: Program, period: Period) -> None:
    tables(results(program, period, DayKind.CALENDAR, "ja"))


def _report(program: Program, period: Period) -> bytes:
    found = results(program, period, DayKind.CALENDAR, "ja")
    return report.written(whole(found, None, today=date(2026, 4, 1), eras=False))


def made(here: Setting) -> Program:
    """The program with its year: said how long that took."""
    plan, started = here.plan, time.perf_counter()
    other = Program.objects.exclude(slug="national").first()
    assert other is not None
    program = Program.objects.create(
        slug="national", name="national", starts_on=date(2020, 1, 1), hours=other.hours, capacity=other.capacity
    )
    channel = Channel.objects.create(program=program, kind="web", key="national")
    since = midnight(timezone.localdate()) - timedelta(days=DAYS - 1)
    visitor = Visitor.objects.create(program=program, channel=channel, pseudonym="N1", identity_hash="national 1")
    talk = Session.objects.create(program=program, visitor=visitor, number=1, state="closed", received_at=since)
    _fill(program, visitor, talk, since, plan.year_talks, plan.year_messages)
    here.book.add("results.made_in", "s", time.perf_counter() - started)
    here.book.add("results.days_kept", "s", _timed(partial(_keep, program)))
    return program


def _fill(program: Program, visitor: Visitor, talk: Session, since: datetime, talks: int, messages: int) -> None:
    told: dict[str, Any] = {"program": program.pk, "visitor": visitor.pk, "talk": talk.pk, "since": since, "days": DAYS}
    told |= {"talks": talks, "visitors": max(talks // 2, 1), "messages": messages}
    with connection.cursor() as cursor:
        for statement in (VISITORS, TALKS, SEQUENCES):
            cursor.execute(statement, told)
        with _at_once(cursor):
            cursor.execute(MESSAGES, told)
        for table in ("visitor", "session", "message"):
            cursor.execute(f"VACUUM ANALYZE counseling_{table}")


@contextmanager
def _at_once(cursor: CursorWrapper) -> Iterator[None]:
    """Messages without their indexes and checks, which are made of all of them afterwards."""
    cursor.execute(RULES)
    rules = cursor.fetchall()
    for drop, _again in rules:
        cursor.execute(drop)
    # No foreign key is asked: the talks were made a moment ago.
    cursor.execute("SET session_replication_role = replica")
    yield
    cursor.execute("RESET session_replication_role")
    for _drop, again in rules:
        cursor.execute(again)


def _keep(program: Program) -> None:
    """Every day that is over, together with the house's own worker, which may be at it already."""
    while program.pk in days.due(now=timezone.now()):
        days.keep(program_id=program.pk, now=timezone.now(), wait=True)
