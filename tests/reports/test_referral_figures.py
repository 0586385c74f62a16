"""What visitors were connected to, against a second, naive count; and what the officer may see of it."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.models import AgencyKind, Program, Referral, Session
from counseling.opening import TOKYO
from reports import content, inputs, measures
from reports.days import DayKind
from reports.periods import Period
from reports.public import published
from reports.results import Results, results
from reports.tables import Row, Table, Unknown
from tests.reports.conftest import KeepSessions, at

pytestmark = pytest.mark.django_db
PERIOD = Period(date(2026, 4, 1), date(2026, 4, 30))
ENDED: tuple[str, ...] = ("connected", "declined", "unknown")


def found(program: Program) -> Results:
    return results(program, PERIOD, DayKind.CALENDAR, "ja")


def table(tables: list[Table], key: str) -> Table:
    return next(one for one in tables if one.key == key)


def kept(session: Session, by: User, **columns: Any) -> Referral:
    """A referral as a row, in any state the database takes."""
    ended = columns.get("result", "") in ENDED
    late = {"ended_at": timezone.now(), "due_on": None} if ended else {"due_on": date(2026, 5, 1)}
    given = {"kind": "police", "level": "told", "client_id": uuid4(), "by": by} | late | columns
    return Referral(session=session, **given)


def some(random: Random, session: Session, by: User) -> Referral:
    """Any referral."""
    level = random.choice(["told", "given", "contacted", "accompanied"])
    agreed = level in {"contacted", "accompanied"} or random.random() < 0.3
    now = timezone.now()
    return kept(
        session, by, level=level, kind=random.choice(AgencyKind.values), result=random.choice(["", *ENDED]),
        ground="consent" if agreed else "", consented_at=now if agreed else None,
        withdrawn_at=now if agreed and random.random() < 0.4 else None,
    )  # fmt: skip


def naive(rows: list[Referral]) -> Counter[str]:
    """Each figure, one referral after the other."""
    counted: Counter[str] = Counter()
    for one in rows:
        day = one.session.received_at.astimezone(TOKYO).date()
        if not (PERIOD.first <= day <= PERIOD.last) or one.session.trial or one.session.classification == "test":
            continue
        counted["referrals"] += 1
        counted[f"to_{one.kind}"] += 1
        counted[f"level_{one.level}"] += 1
        counted[f"result_{one.result or 'awaited'}"] += 1
        if one.withdrawn_at:
            counted["consent_withdrawn"] += 1
        elif one.consented_at:
            counted["consent_agreed"] += 1
        else:
            counted["consent_none"] += 1
    return counted


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_is_what_a_naive_count_says(
    seed: int, program: Program, haru: User, keep_sessions: KeepSessions
) -> None:
    random = Random(seed)
    sessions = keep_sessions(
        *(
            {
                "received_at": at("2026-03-30") + timedelta(hours=random.randrange(24 * 34)),
                "trial": random.random() < 0.1,
                "medium": random.choice(["chat", "chat", "telephone", "visit"]),
                "classification": random.choice(["", "valid", "test"]),
            }
            for _each in range(30)
        )
    )
    rows = Referral.objects.bulk_create(some(random, random.choice(sessions), haru) for _each in range(40))
    counted = found(program).referrals
    assert {key: count for key, count in counted.items() if count} == dict(naive(rows))
    for parts in (measures.KINDS, measures.LEVELS, measures.CONSENTS, measures.RESULTS):
        assert parts.holds(counted)


def test_tables_tell_counts_and_per_day(program: Program, haru: User, keep_sessions: KeepSessions) -> None:
    (session,) = keep_sessions({"received_at": at("2026-04-10")})
    assert not [one for one in content.tables(found(program)) if one.key.startswith("referral")]
    Referral.objects.bulk_create(kept(session, haru) for _each in range(12))
    tables = content.tables(found(program))
    kinds = table(tables, "referral_kinds")
    assert [row.label for row in kinds.rows] == ["警察"]
    assert kinds.total is not None
    assert [str(value) for value in kinds.total.values] == ["12", "100.0", "0.4"]
    assert len(table(tables, "referral_levels").rows) == 5


def hidden(row: Row) -> bool:
    return all(value == Unknown.HIDDEN for value in row.values)


def test_the_officer_reads_no_small_number_of_them(program: Program, haru: User, keep_sessions: KeepSessions) -> None:
    (session, *_others) = keep_sessions(*({"received_at": at("2026-04-10")} for _each in range(20)))
    Referral.objects.bulk_create(kept(session, haru) for _each in range(3))
    few = published(found(program))
    assert not [one for one in few.tables if one.key.startswith("referral")]
    assert "つなぎ(結果)" in few.withheld
    Referral.objects.bulk_create(kept(session, haru, kind="women") for _each in range(40))
    many = published(found(program))
    assert all(hidden(row) for row in table(many.tables, "referral_kinds").rows)
    assert not hidden(table(many.tables, "referral_levels").rows[0])


def test_a_referral_that_was_written_later_is_another_input(
    program: Program, haru: User, keep_sessions: KeepSessions
) -> None:
    (session,) = keep_sessions({"received_at": at("2026-04-10")})
    before = inputs.inputs(program, PERIOD, DayKind.CALENDAR)
    Referral.objects.bulk_create([kept(session, haru)])
    after = inputs.inputs(program, PERIOD, DayKind.CALENDAR)
    assert [name for name in after if after[name] != before[name]] == ["referrals"]


def test_another_program_s_and_a_practice_s_are_in_no_figure(
    program: Program, haru: User, keep_sessions: KeepSessions
) -> None:
    (session,) = keep_sessions({"received_at": at("2026-04-10")})
    Referral.objects.bulk_create([kept(session, haru)])
    other = Program.objects.create(slug="other", name="other", kind="women", starts_on=PERIOD.first)
    assert not found(other).referrals["referrals"]
    Program.objects.filter(pk=program.pk).update(practice=True)
    program.refresh_from_db()
    assert not found(program).referrals["referrals"]
