"""The surveys that were published (2019-04-22, and the founding report), from answers given through the actions.

Talks are had and end, everybody is invited on one day after the period (Kanagawa: 3/7), some answer on our page.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from counseling.actions import editions, messages, sessions, survey_answers, surveys
from counseling.forms import Answers
from counseling.lifecycle import EndReason
from counseling.models import Duty, Membership, Part, Program, Session, SurveyAnswer, SurveyInvitation
from counseling.opening import midnight
from reports.content.surveys import tables
from reports.days import DayKind
from reports.periods import Period
from reports.results import Results, results
from tests.conftest import person
from tests.reports.test_golden import KANAGAWA, PUBLISHED, Then, come, opened, read, then

pytestmark = pytest.mark.django_db
__all__ = ["then"]
SENT_ON = date(2019, 3, 7)
SignedIn = Callable[[User], Client]
# Who was invited and never answered.
SILENT = 7


def talked(program: Program, web: int, count: int, then: Then) -> list[Session]:
    """So many talks, each with somebody who answered and was answered, and ended."""
    haru = person(f"Haru {program.slug}", program, None)
    Membership.objects.create(user=haru, program=program, role=Role.COUNSELOR)
    came = come(program, web, count, then)
    then.at = came[0].received_at + timedelta(minutes=1)
    Duty.objects.create(user=haru, program=program, began_at=then.at)
    for session in came:
        then.at = session.received_at + timedelta(minutes=1)
        sessions.claim(session_id=session.pk, by=haru)
        messages.reply(session_id=session.pk, by=haru, client_id=UUID(int=session.pk), words="お話しください")
        then.at += timedelta(minutes=5)
        messages.receive(
            channel_id=web, identity=session.visitor.address(), text="はい", client_id=UUID(int=session.pk)
        )  # fmt: skip
        sessions.end(session_id=session.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    return came


def invite_all(program: Program, then: Then, on: date) -> None:
    """The day after the period is set, and comes."""
    aoi = person(f"Aoi {program.slug}", program, Role.ADMINISTRATOR)
    then.at = midnight(on) - timedelta(days=3)
    plan = {"when": "on", "on": on.isoformat(), "interval": 0}
    editions.publish(program_id=program.pk, part=Part.SURVEY_PLAN, content=plan, by=aoi)
    then.at = midnight(on) + timedelta(hours=9)
    while surveys.send():
        pass


def answer(session: Session, answers: Answers) -> None:
    token = survey_answers.open_page(channel_id=session.visitor.channel_id, identity=session.visitor.address())
    survey_answers.answer(program_id=session.program_id, token=token, answers=answers)


def counted(program: Program) -> Results:
    assert program.ends_on is not None
    return results(program, Period(program.starts_on, program.ends_on), DayKind.CALENDAR, "ja")


def naive(program: Program, key: str, codes: set[str]) -> tuple[Decimal, int]:
    """The share once more, an answer at a time."""
    rows = SurveyAnswer.objects.filter(invitation__session__program=program)
    given = [row.codes[key] for row in rows if row.stage == "finished" and key in row.codes]
    tenths, rest = divmod(1_000 * sum(one in codes for one in given), len(given))
    return Decimal(tenths + (2 * rest >= len(given))) / 10, len(given)


def row_of(page: str, label: str) -> str:
    found = page[page.index(f"{label}</th>") :]
    return found[: found.index("</tr>")]


@pytest.mark.parametrize("slug", KANAGAWA)
def test_the_prefecture_s_three_percentages_come_out_of_the_answers(slug: str, then: Then, signed_in: SignedIn) -> None:
    program, web = opened(slug)
    published = next(one for one in PUBLISHED["programs"] if one["name"] == program.name)
    people = published["respondents"]
    came = talked(program, web, people + SILENT, then)
    invite_all(program, then, SENT_ON)
    assert SurveyInvitation.objects.filter(session__program=program, state="sent").count() == people + SILENT
    for place, session in enumerate(came[:people]):
        said = {key: "yes" if place < yes else "neither" for key, (yes, _share) in published["survey"].items()}
        answer(session, dict(said))
    found = counted(program).survey
    assert (found.sent, found.answered) == (people + SILENT, people)
    page = read(signed_in(person("Mio", program, Role.SUPERVISOR)), program)
    names = {
        "good_to_have_talked": "相談してよかった",
        "would_talk_again": "また相談したい",
        "easy_to_talk": "話しやすかった",
    }
    for key, (yes, share) in published["survey"].items():
        shown = row_of(page, names[key])
        assert f'<td class="number">{share}</td>' in shown, key
        assert f'<td class="number">{yes}</td>' in shown
        assert naive(program, key, {"yes"}) == (Decimal(share), people)


def test_four_of_five_were_satisfied_with_suicide_prevention(then: Then) -> None:
    published = PUBLISHED["suicide_prevention"]
    program, web = opened("inochi-2018")
    came = talked(program, web, 25, then)
    invite_all(program, then, date(2019, 4, 8))
    said = ["very_satisfied"] * 9 + ["satisfied"] * 11 + ["neither"] * 3 + ["dissatisfied", "very_dissatisfied"]
    for session, satisfied in zip(came, said, strict=True):
        answer(session, {"satisfaction": satisfied})
    shares = {row.label: str(row.values[0]) for row in tables(counted(program))[0].rows}
    assert shares["満足した"] == published["satisfaction"]
    assert naive(program, "satisfaction", {"very_satisfied", "satisfied"}) == (Decimal("80.0"), 25)
