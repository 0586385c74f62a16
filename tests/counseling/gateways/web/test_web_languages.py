"""The visitor's pages in the program's languages: chosen, kept, asked of the browser; easy Japanese with readings."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation.template import templatize

from config.translations import read
from counseling.actions import editions
from counseling.gateways.web import spoken
from counseling.models import Message, Part, Program, Session, Visitor
from counseling.text import ruby
from tests.accounts.test_english import CALL, PLACEHOLDER, marked_in
from tests.conftest import NEVER
from tests.counseling.gateways.web.conftest import PAGE, Begin, filled

pytestmark = pytest.mark.django_db
ALL = ["ja", "ja-easy", "en", "ko"]


@pytest.fixture(autouse=True)
def languages(program: Program) -> None:
    """The program speaks four languages; of Korean it has one text of its own."""
    Program.objects.update(languages=ALL)
    program.languages = ALL
    texts = {"ko": {"off_hours": "지금은 상담 시간이 아닙니다. {emergency}"}}
    editions.put_in_force(program, Part.TEXTS, texts, by=None)
    editions.put_in_force(program, Part.TERMS, {"ja": "無料です。", "ja-easy": "お金《かね》は　いりません。"}, by=None)
    program.save(update_fields=["editions"])


def text_of(client: Client, address: str = PAGE, **headers: str) -> str:
    return client.get(address, headers=headers).content.decode()


def chosen(client: Client, language: str) -> str:
    return text_of(client, f"{PAGE}?lang={language}")


@pytest.mark.parametrize(("language", "html"), [("en", '<html lang="en">'), ("ja", '<html lang="ja">')])
def test_the_language_is_chosen_and_kept(sora: Client, language: str, html: str) -> None:
    assert html in chosen(sora, language)
    assert html in text_of(sora, **{"Accept-Language": "ja"})


def test_what_was_chosen_ends_with_the_browser(sora: Client) -> None:
    chosen(sora, "ja-easy")
    kept = sora.cookies[spoken.COOKIE]
    assert (kept.value, kept["max-age"], kept["httponly"], kept["samesite"]) == ("ja-easy", "", True, "Strict")


@pytest.mark.parametrize("language", ["xx", "vi", "<script>", ""])
def test_a_language_the_program_has_not_changes_nothing(sora: Client, language: str) -> None:
    assert '<html lang="ja">' in chosen(sora, language)


@pytest.mark.parametrize(
    ("header", "html"), [("en-US,en;q=0.9", "en"), ("ko-KR", "en"), ("de", "ja"), ("ja,en", "ja"), ("q" * 10_000, "ja")]
)
def test_without_a_choice_the_browser_is_asked(sora: Client, header: str, html: str) -> None:
    assert f'<html lang="{html}">' in text_of(sora, **{"Accept-Language": header})


def test_every_language_of_the_program_can_be_chosen_in_its_own_name(sora: Client) -> None:
    page = text_of(sora)
    for name in ("日本語", "やさしい日本語", "English", "한국어"):
        assert f">{name}</a>" in page
    assert re.search(r'href="\?lang=ja"[^>]*aria-current="true"', page)


def test_a_program_of_one_language_offers_no_choice(sora: Client) -> None:
    Program.objects.update(languages=["ja"])
    assert "?lang=" not in text_of(sora)


def test_easy_japanese_has_readings_above_its_words(sora: Client) -> None:
    page = chosen(sora, "ja-easy")
    assert '<html lang="ja" data-words="ja-easy">' in page
    assert "<ruby>約束<rp>(</rp><rt>やくそく</rt><rp>)</rp></ruby>" in page
    assert "<rt>まいにち</rt>" in page
    assert "はなしを　はじめる" in page
    assert "お<ruby>金<rp>" in page


def test_readings_are_left_out_where_the_program_wants_none(sora: Client) -> None:
    Program.objects.update(furigana=[])
    page = chosen(sora, "ja-easy")
    assert "<ruby>" not in page
    assert "はじめる　前の　約束" in page


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}closed", "/talk/away", f"{PAGE}leave"])
@pytest.mark.parametrize("hours", [None, NEVER])
def test_no_page_shows_the_marks_themselves(sora: Client, address: str, hours: object) -> None:
    if hours is not None:
        Program.objects.update(hours=hours)
    for language in ALL:
        assert "《" not in text_of(sora, f"{address}?lang={language}")


def test_a_form_sent_wrongly_answers_in_easy_japanese(sora: Client, program: Program) -> None:
    chosen(sora, "ja-easy")
    page = sora.post(f"{PAGE}start", filled(program) | {"consent": ""}).content.decode()
    assert "うえの　やくそくを　よんで" in page
    assert "《" not in page


def test_who_is_turned_away_reads_it_in_easy_japanese(sora: Client, program: Program) -> None:
    Program.objects.update(hours=NEVER)
    chosen(sora, "ja-easy")
    page = sora.post(f"{PAGE}start", filled(program), follow=True).content.decode()
    assert "いまは　<ruby>休<rp>(</rp><rt>やす</rt><rp>)</rp></ruby>みの" in page
    assert "<ruby>警察" in page
    assert Visitor.objects.get().language == "ja-easy"


def test_a_language_without_an_interface_has_the_programs_words_and_english_around_them(
    sora: Client, program: Program
) -> None:
    Program.objects.update(hours=NEVER)
    chosen(sora, "ko")
    page = sora.post(f"{PAGE}start", filled(program), follow=True).content.decode()
    assert '<html lang="en">' in page
    assert '<div lang="ko"><p>지금은 상담 시간이 아닙니다.</p></div>' in page


def test_what_is_told_in_the_talk_keeps_its_readings_for_the_page(begin: Begin, sora: Client) -> None:
    chosen(sora, "ja-easy")
    session = begin()
    told = Message.objects.get(session=session, author="auto").words(session.visitor.key())
    assert "番目《ばんめ》" in told
    assert "<rt>ばんめ</rt>" in text_of(sora)
    assert "番目《ばんめ》" in sora.get(f"{PAGE}state").json()["messages"][-1]["text"]


def test_what_the_visitor_writes_is_never_drawn(begin: Begin, sora: Client) -> None:
    chosen(sora, "ja-easy")
    begin(line="詩集《うみ》のこと")
    assert "詩集《うみ》のこと" in text_of(sora)


def test_the_terms_are_in_the_visitors_language(sora: Client) -> None:
    assert "お<ruby>金" in chosen(sora, "ja-easy")
    assert '<div class="terms-text" lang="ja"><p>無料です。</p></div>' in chosen(sora, "en")


def test_a_refusal_names_the_hours_and_the_notes(sora: Client, program: Program) -> None:
    Program.objects.update(hours=NEVER)
    editions.put_in_force(
        program, Part.TEXTS, {"ja": {"off_hours": "{notes}{emergency}", "notes": "{program}"}}, by=None
    )
    program.save(update_fields=["editions"])
    page = sora.post(f"{PAGE}start", filled(program), follow=True).content.decode()
    assert "<p>女性のための相談</p>" in page
    assert Session.objects.get().state == "off_hours"


# The catalog of easy Japanese

ROOT = Path(settings.BASE_DIR)
EASY = read((ROOT / "locale/ja_Easy/LC_MESSAGES/django.po").read_text())
# A page about nothing is in nobody's language.
NOT_READ = {"away.html"}
KANJI = re.compile(f"[{ruby.KANJI}]")


def shown_to_visitors() -> set[str]:
    pages = [path for path in (ROOT / "templates/counseling/talk").glob("*.html") if path.name not in NOT_READ]
    pages.append(ROOT / "templates/results/easy.html")
    marked = [text for path in pages for text in marked_in("\n".join(CALL.findall(templatize(path.read_text()))))]
    sources = [*(ROOT / "counseling/gateways/web").glob("*.py"), ROOT / "reports/reading/plain.py"]
    return {*marked, *(text for path in sources for text in marked_in(path.read_text()))}


def test_every_word_of_the_visitors_pages_is_easy_too() -> None:
    assert shown_to_visitors() ^ (set(EASY) - {""}) == set()


def test_easy_words_are_kana_or_have_their_reading_and_keep_the_placeholders() -> None:
    for japanese, easy in EASY.items():
        unread = [piece.words for piece in ruby.pieces(easy) if not piece.reading and KANJI.search(piece.words)]
        assert unread == [], japanese
        assert not japanese or set(PLACEHOLDER.findall(japanese)) == set(PLACEHOLDER.findall(easy))
