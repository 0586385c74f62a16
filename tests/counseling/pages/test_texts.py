"""The automatic texts' pages: listed along a session's life, written, refused in words, previewed, saved."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from counseling import wording
from counseling.actions import editions
from counseling.models import Edition, Part, Program
from counseling.models.edition import text_for, texts_of
from counseling.pages import text_words

pytestmark = pytest.mark.django_db
LIST, LANGUAGES = "/programs/women/texts/", "/programs/women/languages/"
OFF_HOURS = f"{LIST}off_hours/"
SignedIn = Callable[[User], Client]


@pytest.fixture
def browser(program: Program, aoi: User, signed_in: SignedIn) -> Client:
    """Aoi's browser; the program speaks three languages the house knows and one it does not."""
    Program.objects.update(languages=["ja", "ja-easy", "en", "ne"])
    return signed_in(aoi)


def typed(**words: str) -> dict[str, str]:
    """The form as a browser sends it: unchanged fields hold the house's words."""
    house = {code: texts["off_hours"] for code, texts in wording.TEXTS.items()}
    fields = house | {"ne": ""} | {name.replace("_", "-"): value for name, value in words.items()}
    return {"based_on": "0"} | fields


def shown(browser: Client, address: str) -> str:
    return unescape(browser.get(address).content.decode())


def told(browser: Client, **words: str) -> str:
    return unescape(browser.post(OFF_HOURS, typed(**words), follow=True).content.decode())


def present() -> Program:
    return Program.objects.get()


def test_every_text_there_is_stands_in_the_list_and_says_what_it_is_for(browser: Client) -> None:
    page = shown(browser, LIST)
    for key in wording.TEXTS["ja"]:
        assert f'href="{LIST}{key}/"' in page
        assert str(text_words.purpose(key).title) in page
    assert set(text_words.PURPOSES) == set(wording.TEXTS["ja"])
    assert {name for key in wording.TEXTS["ja"] for name in wording.variables(key)} == set(text_words.VARIABLES)


def test_the_list_says_what_a_language_lacks_and_what_is_told_instead(browser: Client) -> None:
    page = shown(browser, LIST)
    assert f"ネパール語の文が、まだ{len(wording.TEXTS['ja'])}件ありません。書くまでは英語で伝わります。" in page


def test_the_list_asks_for_a_look_where_the_japanese_was_written_anew(browser: Client) -> None:
    told(browser, ja="お休みです。{emergency}")
    row = re.search(r'texts/off_hours/".*?</li>\s*</ul>', shown(browser, LIST), re.DOTALL)
    assert row and "この窓口の文" in row[0] and "標準の文のまま(日本語は書き直してあります)" in row[0]


def test_a_text_nobody_tells_has_no_page(browser: Client) -> None:
    assert browser.get(f"{LIST}nonsense/").status_code == 404


def test_what_is_saved_is_the_next_version_and_told_from_then_on(browser: Client, aoi: User) -> None:
    page = told(browser, ja="お休みです。\r\n{emergency}\r\n", ne="बन्द छ। {emergency}")
    assert "保存しました(第1版)" in page
    assert texts_of(present()) == {
        "ja": {"off_hours": "お休みです。\n{emergency}"},
        "ne": {"off_hours": "बन्द छ। {emergency}"},
    }
    assert text_for(present(), "off_hours", "ne").startswith("बन्द छ। If it is urgent")
    assert AuditEntry.objects.get(deed="program.changed").actor_id == aoi.pk


def test_the_houses_own_words_are_not_kept_as_the_programs(browser: Client) -> None:
    assert "変わったところはありません" in told(browser)
    assert not Edition.objects.filter(part=Part.TEXTS).exists()


def test_words_taken_back_to_the_houses_leave_nothing_of_their_own(browser: Client) -> None:
    told(browser, ja="お休みです。{emergency}")
    page = unescape(browser.post(OFF_HOURS, typed() | {"based_on": "1"}, follow=True).content.decode())
    assert "保存しました(第2版)" in page
    assert texts_of(present()) == {}


WRONG = [
    ("{hour}{emergency}", "{hour}という差し込みはありません。{hours}(受付時間)のことですか。"),
    ("{place}{emergency}", "この文で使えるのは、{emergency}、{hours}、{notes}、{program}です。"),
    ("お休みです。", "{emergency}(緊急連絡先)がありません。"),
    ("{emergency}{emergency}", "{emergency}が何度も入っています。1回までにしてください。"),
    ("｛hours｝{emergency}", "「｛」が余っています。"),
    ("長" * 2_001 + "{emergency}", "LINEの数え方で2000文字までにしてください。"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(browser: Client, words: str, said: str) -> None:
    response = browser.post(OFF_HOURS, typed(ja=words, en="Closed. {emergency}"))
    page = unescape(response.content.decode())
    assert said in page
    assert words in page and "Closed. {emergency}" in page
    assert re.search(r'<textarea name="ja"[^>]*aria-invalid="true"', page)
    assert not re.search(r'<textarea name="en"[^>]*aria-invalid="true"', page)
    assert not Edition.objects.filter(part=Part.TEXTS).exists()


def test_a_nul_is_refused(browser: Client) -> None:
    assert browser.post(OFF_HOURS, typed(ja="あ\0{emergency}")).status_code == 200
    assert not Edition.objects.filter(part=Part.TEXTS).exists()


def test_a_preview_shows_line_and_page_and_saves_nothing(browser: Client) -> None:
    words = typed(ja="{program}は休《やす》み。\n{emergency}") | {"preview": "1"}
    page = unescape(browser.post(OFF_HOURS, words).content.decode())
    assert "女性のための相談は休み。\nお急ぎのときは" in page
    assert re.search(r'text-bubble-page">女性のための相談は休み。</p>', page)
    assert "この下に、緊急連絡先が電話のボタンで並びます" in page
    assert not Edition.objects.filter(part=Part.TEXTS).exists()


def test_readings_are_previewed_as_each_side_shows_them(browser: Client) -> None:
    page = shown(browser, OFF_HOURS)
    assert "休(やす)みの" in page
    assert "<rt>やす</rt>" in page


def test_the_length_is_counted_as_line_counts(browser: Client) -> None:
    words = typed(ja="😀" * 900 + "{notes}{emergency}") | {"preview": "1"}
    page = unescape(browser.post(OFF_HOURS, words).content.decode())
    assert "1818 / 2000文字。LINEでは1通で届きます。" in page


def test_the_houses_text_comes_back_into_its_field_alone(browser: Client) -> None:
    words = typed(ja="お休みです。{emergency}", en="Closed. {emergency}") | {"house": "ja"}
    page = unescape(browser.post(OFF_HOURS, words).content.decode())
    assert wording.TEXTS["ja"]["off_hours"] in page
    assert "お休みです。" not in page
    assert "Closed. {emergency}" in page
    assert not Edition.objects.filter(part=Part.TEXTS).exists()


def test_what_a_colleague_saved_meanwhile_stands_beside_what_was_typed(
    browser: Client, program: Program, aoi: User
) -> None:
    theirs = {"ja": {"off_hours": "きょうはお休みです。{emergency}"}}
    editions.publish(program_id=program.pk, part=Part.TEXTS, content=theirs, by=aoi)
    page = told(browser, ja="お休みです。{emergency}")
    assert "ほかの人が保存しました" in page
    assert "いまの文:\nきょうはお休みです。{emergency}" in page
    assert "お休みです。{emergency}</textarea>" in page
    assert texts_of(present()) == theirs
    again = re.search(r'name="based_on" value="(\d+)"', page)
    assert again and again[1] == "1"
    browser.post(OFF_HOURS, typed(ja="お休みです。{emergency}") | {"based_on": "1"})
    assert texts_of(present())["ja"]["off_hours"] == "お休みです。{emergency}"


@pytest.mark.parametrize("who", ["haru", "mio", "kei"])
@pytest.mark.parametrize("address", [LIST, OFF_HOURS, LANGUAGES])
def test_only_the_administration_comes_here(
    program: Program, who: str, address: str, request: pytest.FixtureRequest, signed_in: SignedIn
) -> None:
    someone = signed_in(request.getfixturevalue(who))
    assert someone.get(address).status_code == 404


def test_the_pages_ask_the_database_little(browser: Client) -> None:
    for address, most in ((LIST, 8), (OFF_HOURS, 12)):
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        assert len(asked) <= most, [one["sql"] for one in asked]


def test_a_reader_of_english_reads_english_around_the_texts(browser: Client) -> None:
    page = unescape(browser.get(LIST, headers={"Accept-Language": "en"}).content.decode())
    assert "Automatic messages" in page
    assert "Nepali" in page


# Languages


def chosen(browser: Client, **fields: object) -> str:
    kept = {"languages": ["ja", "en"], "first": "ja", "furigana": ["ja-easy"], "shown": "ja,ja-easy,en,ne|ja-easy"}
    return unescape(browser.post(LANGUAGES, kept | fields, follow=True).content.decode())


def test_the_languages_are_chosen(browser: Client) -> None:
    assert "言語を保存しました" in chosen(browser, languages=["en", "ko", "ja-easy"], first="ja-easy", furigana=["ja"])
    assert (present().languages, present().furigana) == (["ja-easy", "ja", "en", "ko"], ["ja"])


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"languages": ["xx"]}, "正しく選択してください"),
        ({"first": "ko"}, "「ご案内する言語」にも、この言語を入れてください。"),
        ({"furigana": ["en"]}, "正しく選択してください"),
        ({"shown": "ja|"}, "ほかの人が言語を変えました。いまは「日本語、やさしい日本語、英語、ネパール語」です。"),
    ],
)
def test_languages_that_cannot_be_spoken_are_told(browser: Client, fields: dict[str, object], said: str) -> None:
    assert said in chosen(browser, **fields)
    assert present().languages == ["ja", "ja-easy", "en", "ne"]
