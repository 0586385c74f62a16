"""Administrators say how the survey is sent: looked at before it is saved, and told what does not go together."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from counseling.actions import editions
from counseling.models import Part, Program
from counseling.models.edition import survey_plan_of
from counseling.pages.edition_words import changes
from counseling.survey import When
from tests.counseling.survey.surveyed import with_survey

pytestmark = pytest.mark.django_db
PAGE = "/programs/women/survey/"
TYPED = {
    "based_on": "1", "when": "later", "hours": "48", "on": "", "line": "page", "web": "on", "kept": "apart",
    "days_open": "10", "interval": "0", "do": "save",
}  # fmt: skip
SignedIn = Callable[[User], Client]


@pytest.fixture
def office(signed_in: SignedIn, aoi: User, program: Program) -> Client:
    """Aoi's browser; the program asks its survey at the end of a talk."""
    with_survey(program)
    return signed_in(aoi)


def plan(program: Program) -> object:
    program.refresh_from_db()
    return survey_plan_of(program)


def post(browser: Client, **changes: str) -> tuple[int, str]:
    answer = browser.post(PAGE, TYPED | changes)
    return answer.status_code, answer.content.decode()


def test_it_is_saved_as_a_version(office: Client, program: Program) -> None:
    assert post(office)[0] == 302
    saved = survey_plan_of(Program.objects.get(pk=program.pk))
    assert (saved.when, saved.hours, saved.kept, saved.interval) == (When.LATER, 48, "apart", 0)
    assert "アンケートの送り方" in office.get("/programs/women/editions/survey_plan/").content.decode()
    told = {one.label for one in changes(Part.SURVEY_PLAN, {"when": "at_end"}, saved.to_json())}
    assert {"いつ送るか", "答えの保管"} <= told


def test_looking_saves_nothing(office: Client, program: Program) -> None:
    before = plan(program)
    status, said = post(office, do="look", kept="with_talk")
    assert (status, plan(program)) == (200, before)
    assert "次のページから" in said


def test_the_preview_shows_line_s_buttons_and_the_page(office: Client) -> None:
    said = office.get(PAGE).content.decode()
    for told in ("アンケートに答える", "(2/3) よかったこと", "ここで終える", "回答を取り消す", "srcdoc"):
        assert told in said


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"line": "taps"}, "だれの答えか分かってしまいます"),
        ({"line": "no", "web": ""}, "どちらかでは送るように"),
        ({"when": "on"}, "送る日を選んでください"),
        ({"when": "on", "on": "2020-01-01"}, "過ぎた日です"),
        ({"on": "なのか"}, "日付として読めませんでした"),
        ({"hours": "0"}, "1から1440までの数"),
        ({"hours": "x"}, "数字で書いてください"),
        ({"interval": ""}, "数字を書いてください"),
        ({"when": "soon"}, "選択してください"),
    ],
)
def test_what_cannot_be_is_said_beside_it(office: Client, program: Program, changes: dict[str, str], told: str) -> None:
    before = plan(program)
    status, said = post(office, **changes)
    assert (status, plan(program)) == (200, before)
    assert told in said
    assert 'value="10"' in said


def test_on_a_day_to_come_is_taken(office: Client, program: Program) -> None:
    day = (timezone.localdate() + timedelta(days=7)).isoformat()
    assert post(office, when="on", on=day)[0] == 302


def test_whoever_is_second_is_told(office: Client, program: Program, aoi: User) -> None:
    editions.publish(program_id=program.pk, part=Part.SURVEY_PLAN, content={"when": "never"}, by=aoi)
    _status, said = post(office)
    assert "ほかの人が保存しました" in said
    assert 'name="based_on" value="2"' in said
    assert post(office, based_on="2")[0] == 302


def test_without_questions_it_says_what_to_do(signed_in: SignedIn, aoi: User, program: Program) -> None:
    assert "まだ質問がありません" in signed_in(aoi).get(PAGE).content.decode()


def test_who_may_not_configure_finds_no_page(signed_in: SignedIn, haru: User, mio: User, kei: User) -> None:
    for other in (haru, mio, kei):
        assert signed_in(other).get(PAGE).status_code == 404


def test_the_checklist_says_where_it_reaches_nobody(office: Client, program: Program) -> None:
    Program.objects.update(channel_mode="web_only")
    editions.publish(program_id=program.pk, part=Part.SURVEY_PLAN, content={"when": "at_end", "web": False},
                     by=User.objects.get(name="Aoi"))  # fmt: skip
    assert "だれにも送られません" in office.get("/programs/women/setup/").content.decode()
