"""The preview: every page and text as a visitor sees it, in frames that can start nothing."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from counseling.actions import editions
from counseling.lifecycle import Refusal
from counseling.models import Part, Program, Session
from counseling.pages.preview_screens import SCREENS
from counseling.stages import Stage
from counseling.wording import TEXTS

pytestmark = pytest.mark.django_db
PAGE = "/programs/women/preview/"
SignedIn = Callable[[User], Client]


@pytest.fixture
def browser(program: Program, aoi: User, signed_in: SignedIn) -> Client:
    """Aoi's, while the program is still being set up and has no page of its own."""
    Program.objects.update(stage=Stage.DRAFT, languages=["ja", "ja-easy", "en"])
    return signed_in(aoi)


def test_the_page_frames_every_screen_and_shows_every_text(browser: Client) -> None:
    page = browser.get(PAGE).content.decode()
    assert page.count("<iframe") == len(SCREENS)
    assert page.count("text-bubble") >= len(TEXTS["ja"])
    for words in (
        "プレビュー",
        "相談ページ(受付中)",
        "受付停止中",
        "友だち追加のあいさつ",
        "これまで女性のための相談を",
    ):
        assert words in page


def test_every_reason_not_to_be_let_in_has_its_screen() -> None:
    assert {f"refused-{refusal.value}" for refusal in Refusal} <= set(SCREENS)


@pytest.mark.parametrize("name", sorted(SCREENS))
@pytest.mark.parametrize("language", ["ja", "ja-easy", "en"])
def test_a_screen_is_drawn_in_each_language_and_stands_still(browser: Client, name: str, language: str) -> None:
    answer = browser.get(f"{PAGE}{name}/?lang={language}")
    page, policy = answer.content.decode(), answer["Content-Security-Policy"]
    assert answer.status_code == 200
    assert ('lang="en"' in page.split(">")[1]) == (language == "en")
    for rule in ("connect-src 'none'", "form-action 'none'", "frame-ancestors 'self'"):
        assert rule in policy
    assert "sandbox allow-scripts allow-same-origin" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "/talk/women/" not in page
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("open", "いま受け付けています"),
        ("off", "いまは受け付けていません"),
        ("refused-paused", "ただいま受付を止めています"),
        ("waiting", "あなたは3番目です"),
        ("talking", "はじめまして、相談員です。"),
        ("ended", "相談は終わりました"),
        ("away", "計量の早見表"),
    ],
)
def test_a_screen_says_what_a_visitor_would_read(browser: Client, name: str, words: str) -> None:
    assert words in browser.get(f"{PAGE}{name}/").content.decode()


def test_the_programs_own_words_are_what_one_sees(browser: Client, program: Program, aoi: User) -> None:
    texts = {"ja": {"paused": "停電のため、お休みします。\n\n{emergency}"}}
    editions.publish(program_id=program.pk, part=Part.TEXTS, content=texts, by=aoi)
    assert "停電のため" in browser.get(f"{PAGE}refused-paused/").content.decode()
    assert "停電のため" in browser.get(PAGE).content.decode()


def test_a_language_the_program_does_not_offer_is_its_first(browser: Client) -> None:
    Program.objects.update(languages=["ja"])
    assert 'lang="ja"' in browser.get(f"{PAGE}open/?lang=en").content.decode()


def test_a_screen_that_is_not_there_is_not_there(browser: Client) -> None:
    assert browser.get(f"{PAGE}nothing/").status_code == 404


def test_only_the_preview_may_frame_and_be_framed(browser: Client) -> None:
    Program.objects.update(stage=Stage.OPEN)
    assert "frame-src 'self'" in browser.get(PAGE)["Content-Security-Policy"]
    other = browser.get("/programs/women/general/")
    assert "frame-src" not in other["Content-Security-Policy"]
    assert (other["X-Frame-Options"], browser.get(PAGE)["X-Frame-Options"]) == ("DENY", "DENY")


def test_the_page_asks_the_database_little(browser: Client) -> None:
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        browser.get(PAGE)
    assert len(asked) <= 12
