"""Each measure against a second, naive computation over random sessions; and the figures that were published."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from counseling.actions import messages, records, sessions
from counseling.lifecycle import Classification, EndReason, Refusal, State
from counseling.models import Program, Session
from counseling.opening import TOKYO
from reports import measures
from reports.days import DayKind
from reports.figures import Figures, figures
from reports.measures import Measure, Ratio
from tests.conftest import Say
from tests.reports.conftest import KeepSessions, at
from tests.reports.naive import day_of, names_of

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 3, 30), date(2026, 4, 5)  # over the end of a fiscal year
NIGHT = {"weekly": dict.fromkeys(("mon", "tue", "fri", "sat"), ["12:00-15:00", "20:00-26:00"]), "intake_close": 30}
# Some of each: before the period, after it, and at its very edges.
moments = st.integers(-24 * 60, 8 * 24 * 60).map(
    lambda minute: datetime(2026, 3, 30, tzinfo=TOKYO) + timedelta(minutes=minute)
)
later = st.none() | st.integers(0, 3).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def columns(draw: st.DrawFn) -> dict[str, Any]:
    """A session's columns, whatever they say together."""
    received = draw(moments)
    response, last = draw(later), draw(later)
    return {
        "received_at": received,
        "state": draw(st.sampled_from(list(State))),
        "refusal": draw(st.just("") | st.sampled_from(["", *Refusal])),
        "classification": draw(st.just("") | st.sampled_from(["", *Classification])),
        "end_reason": draw(st.sampled_from(["", *EndReason])),
        "thankful_end": draw(st.none() | st.booleans()),
        "trial": draw(st.sampled_from([False, False, False, True])),
        "medium": draw(st.sampled_from(["chat", "chat", "chat", "telephone", "visit"])),
        "phoned_at": draw(st.none() | st.just(received)),
        "first_response_at": None if response is None else received + response,
        "last_visitor_at": None if last is None else received + last,
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(columns(), max_size=30), st.sampled_from(list(DayKind)))
def test_every_figure_is_what_a_naive_count_says(
    program: Program, keep_sessions: KeepSessions, rows: list[dict[str, Any]], kind: DayKind
) -> None:
    Program.objects.update(hours=NIGHT)
    program.refresh_from_db()
    with transaction.atomic():
        kept = keep_sessions(*rows)
        found = figures(program, FIRST, LAST, kind)
        transaction.set_rollback(True)
    days = {day.isoformat() for day in found.days.dates}
    expected = Counter(
        (day, name)
        for session in kept
        if (day := day_of(session, program.opening(), service=kind == DayKind.SERVICE)) in days
        for name in names_of(session)
    )
    counted = {
        (day.isoformat(), key): number
        for day, counts in zip(found.days.dates, found.by_day, strict=True)
        for key, number in counts.items()
        if number
    }
    assert counted == dict(expected)
    assert all(measures.OUTCOMES.holds(counts) for counts in found.by_day)
    assert measures.OUTCOMES.holds(found.totals)


def test_a_measure_has_one_key_and_words_for_people() -> None:
    defined: list[Measure | Ratio] = [*measures.MEASURES, *measures.RATIOS]
    assert len({one.key for one in defined}) == len(defined)
    assert all(str(one.name) and str(one.definition) for one in defined)


def test_the_check_fails_where_a_part_is_missing() -> None:
    counts = dict.fromkeys((one.key for one in measures.MEASURES), 0)
    assert measures.OUTCOMES.holds(counts)
    assert not measures.OUTCOMES.holds(counts | {"accesses": 1})


def test_every_refusal_has_its_part(program: Program, keep_sessions: KeepSessions) -> None:
    rows = [{"received_at": at("2026-04-01"), "state": "off_hours", "refusal": refusal} for refusal in Refusal]
    keep_sessions(*rows)
    totals = figures(program, FIRST, LAST, DayKind.CALENDAR).totals
    parts = {part.key: totals[part.key] for part in measures.OUTCOMES.parts if totals[part.key]}
    assert parts == {"out_of_hours": 6, "out_of_scope": 1, "turned_away": len(Refusal) - 7}


def some(program: Program, keep_sessions: KeepSessions, *, accesses: int, thankful: int = 0) -> Figures:
    """Figures of the first fortnight of February 2019, as the women's program had it."""
    begun = at("2019-02-01", "09:00")
    keep_sessions(
        *(
            {
                "received_at": begun + timedelta(minutes=number * 20),
                "state": State.CLOSED,
                "first_response_at": begun + timedelta(minutes=number * 20 + 1),
                "last_visitor_at": begun + timedelta(minutes=number * 20 + 2),
                "classification": "valid",
                "thankful_end": number < thankful,
            }
            for number in range(accesses)
        )
    )
    return figures(program, date(2019, 2, 1), date(2019, 2, 14), DayKind.CALENDAR)


def test_the_womens_program_had_49_4_a_day(program: Program, keep_sessions: KeepSessions) -> None:
    found = some(program, keep_sessions, accesses=691)
    assert found.totals["accesses"] == 691
    assert str(found.per_day(measures.ACCESSES)) == "49.4"


def test_thanks_are_a_part_of_the_valid_ones(program: Program, keep_sessions: KeepSessions) -> None:
    found = some(program, keep_sessions, accesses=23, thankful=19)
    assert [str(found.ratio(ratio)) for ratio in measures.RATIOS] == ["100.0", "82.6"]


def test_a_period_without_anybody_has_no_rate(program: Program) -> None:
    found = figures(program, FIRST, LAST, DayKind.SERVICE)
    assert set(found.totals.values()) == {0}
    assert str(found.per_day(measures.ACCESSES)) == "0.0"
    assert [found.ratio(ratio) for ratio in measures.RATIOS] == [None, None]


def test_a_test_talk_never_counts(program: Program, keep_sessions: KeepSessions) -> None:
    closed = {"received_at": at("2026-04-01"), "state": State.CLOSED}
    keep_sessions(closed | {"classification": "test"}, closed | {"trial": True}, closed | {"medium": "visit"})
    assert set(figures(program, FIRST, LAST, DayKind.CALENDAR).totals.values()) == {0}


def test_a_program_for_practice_counts_nothing(program: Program, keep_sessions: KeepSessions) -> None:
    keep_sessions({"received_at": at("2026-04-01")})
    assert figures(program, FIRST, LAST, DayKind.CALENDAR).totals["accesses"] == 1
    Program.objects.update(practice=True)
    assert set(figures(program, FIRST, LAST, DayKind.CALENDAR).totals.values()) == {0}


def test_another_programs_sessions_are_its_own(program: Program, keep_sessions: KeepSessions) -> None:
    keep_sessions({"received_at": at("2026-04-01")})
    other = Program.objects.create(slug="other", name="other", kind="women", starts_on=FIRST)
    assert figures(other, FIRST, LAST, DayKind.CALENDAR).totals["accesses"] == 0


def test_after_midnight_the_evening_counts_on(program: Program, keep_sessions: KeepSessions) -> None:
    Program.objects.update(hours=NIGHT)
    program.refresh_from_db()
    keep_sessions({"received_at": at("2026-04-04", "01:59")}, {"received_at": at("2026-04-04", "02:00")})
    by_kind = {kind: [day["accesses"] for day in figures(program, FIRST, LAST, kind).by_day] for kind in DayKind}
    assert by_kind[DayKind.CALENDAR] == [0, 0, 0, 0, 0, 2, 0]
    assert by_kind[DayKind.SERVICE] == [0, 0, 0, 0, 1, 1, 0]


def test_all_of_it_is_one_query(program: Program, keep_sessions: KeepSessions, django_assert_num_queries: Any) -> None:
    keep_sessions(*({"received_at": at("2026-04-01")} for _each in range(3)))
    with django_assert_num_queries(1):
        figures(program, FIRST, LAST, DayKind.SERVICE)


def test_a_talk_through_the_actions_is_counted_as_it_goes(
    active: Session, program: Program, haru: User, sora_says: Say
) -> None:
    today = active.received_at.astimezone(TOKYO).date()

    def outcomes() -> dict[str, int]:
        totals = figures(program, today, today, DayKind.CALENDAR).totals
        return {key: number for key, number in totals.items() if number}

    assert outcomes() == {"accesses": 1, "in_hours": 1, "pending": 1}
    messages.reply(session_id=active.pk, by=haru, client_id=UUID(int=1), words="お話しください")
    assert outcomes() == {"accesses": 1, "in_hours": 1, "answered": 1, "no_reply": 1}
    sora_says("聞いてください")
    assert outcomes() == {"accesses": 1, "in_hours": 1, "answered": 1, "valid": 1}
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.PRANK, farewell=False)
    assert outcomes() == {"accesses": 1, "in_hours": 1, "answered": 1, "prank": 1}
    records.file(session_id=active.pk, by=haru, classification=Classification.VALID, thankful_end=True)
    assert outcomes() == {"accesses": 1, "in_hours": 1, "answered": 1, "valid": 1, "thankful": 1}
