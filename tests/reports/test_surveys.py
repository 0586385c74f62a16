"""The survey's figures: from counts, of who answered the question, against a naive count; small cells hidden."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from counseling.forms import Choice, Form, Kind, Question
from counseling.models import ApartAnswer, Edition, Part, Program, SurveyAnswer, SurveyInvitation
from counseling.survey import Stage
from reports.content import surveys as content
from reports.days import DayKind
from reports.periods import Period
from reports.results import Results, results
from reports.surveys import lies_within
from reports.tables import Unknown
from tests.counseling.survey.surveyed import FORM
from tests.reports.conftest import KeepSessions, at

pytestmark = pytest.mark.django_db
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
GIVEN: dict[str, Any] = {"stage": Stage.FINISHED.value, "day": "2026-03-10", "sent": True}
answers = st.fixed_dictionaries(
    {},
    optional={
        "good": st.sampled_from(["yes", "neither", "no"]),
        "why": st.lists(st.sampled_from(["listened", "soon"]), min_size=1, unique=True),
        "satisfied": st.sampled_from(["satisfied", "dissatisfied"]),
    },
)
columns = st.fixed_dictionaries({
    "stage": st.sampled_from([*Stage, Stage.FINISHED, Stage.FINISHED]),
    "day": st.sampled_from(["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"]),
    "sent": st.just(True) | st.booleans(),
    "codes": answers,
})  # fmt: skip


def form(program: Program, asked: Form = FORM) -> Edition:
    count = Edition.objects.filter(program=program, part=Part.SURVEY).count()
    return Edition.objects.create(program=program, part=Part.SURVEY, number=count + 1, content=asked.to_json())


def keep(program: Program, keep_sessions: KeepSessions, edition: Edition, *rows: dict[str, Any]) -> None:
    """Answers with these columns, each of a talk of its own."""
    for row in (GIVEN | one for one in rows):
        moment = at(row["day"])
        session = keep_sessions({"received_at": moment, "state": "closed", "classification": "valid"})[0]
        state = "sent" if row["sent"] else "owed"
        invitation = SurveyInvitation.objects.create(
            session=session, state=state, due_at=moment, next_try_at=moment, ends_on=moment.date()
        )
        if row["sent"]:
            SurveyAnswer.objects.create(
                invitation=invitation, edition=edition, stage=row["stage"], codes=row["codes"],
                token_hash=f"{session.pk}",
            )  # fmt: skip


def counted(program: Program, period: Period = MARCH) -> Results:
    return results(program, period, DayKind.CALENDAR, "ja")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(columns, max_size=12))
def test_every_number_is_what_a_naive_count_says(
    program: Program, keep_sessions: KeepSessions, rows: list[dict[str, Any]]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        keep(program, keep_sessions, form(program), *rows)
        found = counted(program).survey
        transaction.set_rollback(True)
    there = [row for row in rows if row["sent"] and row["day"].startswith("2026-03")]
    given_ = [row["codes"] for row in there if row["stage"] == "finished"]
    assert (found.sent, found.answered) == (len(there), len(given_))
    names = {"good_to_have_talked": "good", "why": "why", "satisfaction": "satisfied"}
    for one in found.questions:
        said = [codes[names[one.key]] for codes in given_ if names[one.key] in codes]
        assert one.answered == len(said)
        chosen = Counter(code for answer in said for code in (answer if isinstance(answer, list) else [answer]))
        assert {option.code: option.count for option in one.options if option.count} == dict(chosen)


def test_the_denominator_is_who_answered_that_question(program: Program, keep_sessions: KeepSessions) -> None:
    rows: list[dict[str, Any]] = [{"codes": {"good": "yes"}}, {"codes": {"good": "no", "satisfied": "satisfied"}}]
    keep(program, keep_sessions, form(program), *rows, {"codes": {"satisfied": "satisfied"}})
    shown = {row.label: row.values for row in content.tables(counted(program))[0].rows}
    assert [str(value) for value in shown["相談してよかった"]] == ["50.0", "1", "2"]
    assert [str(value) for value in shown["満足した"]] == ["100.0", "2", "2"]


def test_what_was_taken_back_counts_nowhere(program: Program, keep_sessions: KeepSessions) -> None:
    keep(program, keep_sessions, form(program), {"codes": {}, "stage": "withdrawn"}, {"codes": {"good": "no"}})
    found = counted(program).survey
    assert (found.sent, found.answered, found.questions[0].answered) == (2, 1, 1)


def test_versions_are_counted_together_by_what_they_mean(program: Program, keep_sessions: KeepSessions) -> None:
    first = form(program)
    renamed = Question(
        "q9", Kind.CHOICE, {"ja": "話してよかった?"}, (Choice("yes", {"ja": "うん"}), Choice("so", {"ja": "まあまあ"})),
        report=FORM.questions[0].report,
    )  # fmt: skip
    second = form(program, Form((renamed,)))
    keep(program, keep_sessions, first, {"codes": {"good": "yes"}}, {"codes": {"good": "no"}})
    keep(program, keep_sessions, second, {"codes": {"q9": "yes"}}, {"codes": {"q9": "so"}})
    asked = counted(program).survey.questions[0]
    assert (asked.label, asked.answered) == ("話してよかった?", 4)
    assert [(one.label, one.count) for one in asked.options] == [("うん", 2), ("まあまあ", 1), ("いいえ", 1)]


def test_a_program_that_sent_none_has_no_table(program: Program) -> None:
    assert content.tables(counted(program)) == []


def apart(program: Program, edition: Edition, month: date, count: int) -> None:
    for place in range(count):
        ApartAnswer.objects.create(
            program=program, edition=edition, month=month, ends_on=month, stage="finished", codes={"good": "yes"},
            token_hash=f"{month}{place}",
        )  # fmt: skip


def test_answers_apart_count_with_the_whole_month_of_the_talk(program: Program) -> None:
    apart(program, form(program), date(2026, 3, 1), 3)
    assert counted(program).survey.answered == 3
    half = counted(program, Period(date(2026, 3, 1), date(2026, 3, 30))).survey
    assert (half.answered, half.out) == (0, 3)
    year = counted(program, Period(date(2025, 4, 1), date(2026, 3, 31))).survey
    assert (year.answered, year.out) == (3, 0)


def test_a_program_of_nineteen_days_is_all_of_its_month(program: Program) -> None:
    program.starts_on, program.ends_on = date(2026, 3, 1), date(2026, 3, 19)
    program.save()
    apart(program, form(program), date(2026, 3, 1), 2)
    assert counted(program, Period(date(2026, 3, 1), date(2026, 3, 19))).survey.answered == 2


def hidden(table: Any) -> list[bool]:
    return [row.values[0] is Unknown.HIDDEN for row in table.rows]


def test_few_answers_are_not_published(program: Program, keep_sessions: KeepSessions) -> None:
    keep(program, keep_sessions, form(program), *[{"codes": {"good": "yes"}}] * 4)
    shown, withheld = content.published(counted(program))
    assert (shown, withheld) == ([], ["アンケート", "相談してよかったですか"])


def test_small_cells_and_what_gives_them_away_are_hidden(program: Program, keep_sessions: KeepSessions) -> None:
    rows = [{"codes": {"good": "yes"}}] * 20 + [{"codes": {"good": "neither"}}] * 8 + [{"codes": {"good": "no"}}] * 2
    keep(program, keep_sessions, form(program), *rows)
    (rates, good), _withheld = content.published(counted(program))
    # The small one, and one more with which it comes to ten.
    assert hidden(good) == [False, True, True]
    assert rates.rows[1].values[1] == 20


def test_who_skipped_a_question_is_hidden_with_it(program: Program, keep_sessions: KeepSessions) -> None:
    rows: list[dict[str, Any]] = [{"codes": {"good": "yes"}}] * 20 + [{"codes": {"good": "no"}}] * 10
    keep(program, keep_sessions, form(program), *rows, *[{"codes": {"satisfied": "satisfied"}}] * 2)
    tables, _withheld = content.published(counted(program))
    good = next(table for table in tables if table.key == "survey_good_to_have_talked")
    assert good.n is Unknown.HIDDEN
    assert all(row.values[1] is Unknown.HIDDEN for row in good.rows)
    assert tables[0].rows[1].values[0] is Unknown.HIDDEN


@pytest.mark.parametrize(("first", "last", "within"), [(1, 31, True), (2, 31, False), (1, 30, False)])
def test_a_month_lies_within_its_days(program: Program, first: int, last: int, within: bool) -> None:
    found = counted(program, Period(date(2026, 3, first), date(2026, 3, last)))
    assert lies_within(date(2026, 3, 1), program, found.figures.days) is within


def test_page_and_files_show_the_survey(
    program: Program, keep_sessions: KeepSessions, mio: User, signed_in: Callable[[User], Client]
) -> None:
    keep(program, keep_sessions, form(program), *[{"codes": {"good": "yes"}}] * 3)
    browser = signed_in(mio)
    page = browser.get("/programs/women/results/?first=2026-03-01&last=2026-03-31").content.decode()
    assert "アンケートの回答数" in page
