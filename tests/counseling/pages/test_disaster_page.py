"""Five questions on one page, and what becomes of wrong answers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from counseling.models import Program
from tests.conftest import confirm
from tests.counseling.actions.teams import AWAY

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGE = "/programs/disaster/"
TYPED = {
    "name": "輪島 こころの相談",
    "area": "石川県輪島市",
    "opens": "10:00",
    "closes": "22:00",
    "ends_on": "2099-12-31",
    "slug": "disaster",
}


@pytest.fixture
def browser(signed_in: SignedIn, aoi: User) -> Client:
    """Aoi's, who has just confirmed that it is she."""
    client = signed_in(aoi)
    confirm(client)
    return client


def said(client: Client, **typed: Any) -> str:
    return client.post(PAGE, TYPED | typed, follow=True).content.decode()


def test_the_programs_page_leads_there_with_one_press(browser: Client) -> None:
    assert f'href="{PAGE}"' in browser.get("/programs/").content.decode()


def test_most_is_answered_before_anybody_types(browser: Client, haru: User, kei: User) -> None:
    page = browser.get(PAGE).content.decode()
    last = timezone.localdate() + timedelta(days=28)
    for word in ("災害こころのケア相談", 'value="10:00"', 'value="22:00"', f'value="{last}"', "/talk/disaster", "Haru"):
        assert word in page, word
    assert "Kei" not in page and page.count("<h1") == 1


def test_one_press_makes_the_program_and_leads_to_its_checklist(browser: Client, haru: User, mio: User) -> None:
    page = said(browser, helpers=[haru.pk, mio.pk])
    assert "「輪島 こころの相談」をつくりました。" in page and "公開できます。" in page
    made = Program.objects.get(slug="disaster")
    assert (made.starts_on, made.ends_on) == (timezone.localdate(), date(2099, 12, 31))
    assert {tuple(windows) for windows in made.hours["weekly"].values()} == {("10:00-22:00",)}


def test_a_second_press_leads_to_what_the_first_one_made(browser: Client) -> None:
    said(browser)
    assert browser.post(PAGE, TYPED)["Location"] == "/programs/disaster/setup/"
    assert Program.objects.filter(kind="disaster").count() == 1


def test_hours_may_pass_midnight(browser: Client) -> None:
    said(browser, opens="20:00", closes="02:00")
    assert Program.objects.get(slug="disaster").hours["weekly"]["mon"] == ["20:00-26:00"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": " "}, "事業の名前を書いてください。"),
        ({"name": "あ" * 81}, "80文字までで書いてください。"),
        ({"area": "あ" * 81}, "80文字までで書いてください。"),
        ({"opens": ""}, "時刻を選んでください。"),
        ({"closes": "25:99"}, "時刻を選んでください。"),
        ({"closes": "10:00"}, "受付の終わりは、はじまりと別の時刻に"),
        ({"ends_on": ""}, "日付を選んでください。"),
        ({"ends_on": "2020-01-01"}, "今日か、あとの日にしてください。"),
        ({"ends_on": "9999-01-01"}, "2000年から2100年までの日付にしてください。"),
        ({"helpers": ["4711"]}, "いまは頼めない人がいます"),
        ({"helpers": ["x"]}, "いまは頼めない人がいます"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_question_and_all_stays_typed(
    wrong: dict[str, Any], told: str, browser: Client, haru: User
) -> None:
    answer = browser.post(PAGE, {"helpers": [haru.pk]} | TYPED | wrong)
    page = answer.content.decode()
    assert answer.status_code == 400 and told in page
    assert all(value in page for name, value in TYPED.items() if name not in wrong)
    assert ("checked" in page) == ("helpers" not in wrong)
    assert not Program.objects.filter(kind="disaster").exists()


@pytest.mark.parametrize("slug", ["a", "-x", "災害"])
def test_an_address_nobody_proposed_makes_nothing(slug: str, browser: Client) -> None:
    assert browser.post(PAGE, TYPED | {"slug": slug}).status_code == 404


def test_who_could_not_be_told_is_named(browser: Client, haru: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = AWAY
    assert "メールを送れませんでした(Haru)。" in said(browser, helpers=[haru.pk])


def test_without_anybody_to_ask_it_says_what_comes_next(browser: Client) -> None:
    assert "頼める人は、まだいません。" in browser.get(PAGE).content.decode()


def test_who_it_is_is_asked_before_people_are_borrowed(aoi: User, signed_in: SignedIn) -> None:
    answer = signed_in(aoi).post(PAGE, TYPED)
    assert answer.status_code == 302 and "/accounts/reauthenticate/" in answer["Location"]
    assert not Program.objects.filter(kind="disaster").exists()


@pytest.mark.parametrize("who", ["haru", "mio", "kei"])
def test_for_who_administers_nothing_the_page_is_not_there(
    who: str, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert [client.get(PAGE).status_code, client.post(PAGE, TYPED).status_code] == [404, 404]
