"""The pages of practice: characters to choose, two at once, looking back, erasing; and putting a program into it."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from counseling.actions import practice, records, sessions
from counseling.gateways.web import trial
from counseling.lifecycle import Classification, EndReason
from counseling.models import Channel, Practice, Program, Session
from counseling.practice import CAST, Heard
from counseling.stages import Stage
from tests.conftest import Say, confirm
from tests.counseling.actions.practising import Pass, learning, reply, seconds_pass, taken

__all__ = ["learning", "seconds_pass"]
pytestmark = pytest.mark.django_db
PAGE, SETUP = "/programs/women/practice/", "/programs/women/setup/"
SignedIn = Callable[[User], Client]


@pytest.fixture
def over(learning: Program, haru: User, seconds_pass: Pass) -> Practice:
    """Haru has practised with the student: one reply that helped, one that did not."""
    begun = taken(learning.pk, haru)
    for _line in CAST["student"].opening:
        seconds_pass(60)
    reply(begun, haru, "書いてくださってありがとうございます。")
    seconds_pass(60)
    reply(begun, haru, "先生に相談したほうがいいです。<b>")
    seconds_pass(1)
    sessions.end(session_id=begun.session_id, by=haru, reason=EndReason.CONCLUDED, farewell=True)
    seconds_pass(1)
    return begun


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def said(client: Client, address: str, **form: str) -> str:
    return client.post(address, form, follow=True).content.decode()


def test_everybody_who_takes_talks_finds_the_characters(learning: Program, haru: User, signed_in: SignedIn) -> None:
    page = text(signed_in(haru), PAGE)
    for character in CAST.values():
        assert character.name in page
        assert character.lesson in page
    assert "終わった練習はまだありません。" in page
    assert "終わった練習をすべて消す" not in page
    assert "練習用" in page


def test_two_come_and_the_third_is_refused_with_what_to_do(learning: Program, haru: User, signed_in: SignedIn) -> None:
    browser = signed_in(haru)
    assert "「言葉少なな中学生」が待機列に入ります。" in said(browser, PAGE, character="student")
    page = said(browser, PAGE, character="")
    assert "どちらかを終えると、次の人と練習できます。" in page
    assert "一度に練習できるのは2人までです。" in said(browser, PAGE, character="wife")
    assert Practice.objects.count() == 2
    begun = Practice.objects.order_by("pk")[0]
    assert "練習をやめました。" in said(browser, f"{PAGE}{begun.pk}/end/")
    assert Practice.objects.filter(ended_at=None).count() == 1


def test_a_character_that_is_not_there_is_told_in_words(learning: Program, haru: User, signed_in: SignedIn) -> None:
    assert "その登場人物はいません。" in said(signed_in(haru), PAGE, character="<script>")


def test_looking_back_tells_what_was_felt_at_each_reply_and_by_which_words(
    over: Practice, haru: User, signed_in: SignedIn
) -> None:
    page = text(signed_in(haru), f"{PAGE}{over.pk}/")
    felt = {heard.value: sentence for heard, sentence in CAST["student"].felt.items()}
    assert page.index("あの") < page.index("書いてくださってありがとうございます。") < page.index(felt["empathy"])
    for words in (
        "心が少し開きました", "気持ちを受けとめることばがありました。 「書いてくださって」 「ありがとうござい」",
        "心が少し閉じました", felt["early_advice"], "助言のことばがありました。 「たほうがいい」",
        "相談員の側から終わりました",
    ):  # fmt: skip
        assert words in page
    assert "点" not in page.replace("点数ではなく", "")
    assert "&lt;b&gt;" in page


def test_silence_stands_where_it_was_felt(
    learning: Program, haru: User, seconds_pass: Pass, signed_in: SignedIn
) -> None:
    begun = taken(learning.pk, haru)
    for _wait in range(6):
        seconds_pass(100)
    page = text(signed_in(haru), f"{PAGE}{begun.pk}/")
    assert "返事のない時間" in page
    assert CAST["student"].felt[Heard.SILENCE] in page
    assert "練習は続いています。" in page


def test_others_do_not_see_it_and_a_supervisor_says_first_why(
    over: Practice, ren: User, mio: User, kei: User, aoi: User, signed_in: SignedIn
) -> None:
    address = f"{PAGE}{over.pk}/"
    for person in (ren, mio, aoi):
        assert signed_in(person).get(address).status_code == 404
    assert signed_in(kei).get(PAGE).status_code == 404
    assert "ふりかえりを見る" not in text(signed_in(ren), PAGE)
    browser = signed_in(mio)
    assert "研修のために読む" in text(browser, PAGE)
    assert "心が少し開きました" in said(browser, f"{address}reading/")
    told = AuditEntry.objects.filter(deed="session.read", actor_id=mio.pk)
    assert [entry.details for entry in told] == [{"reason": "training"}]
    for person in (ren, aoi, kei):
        assert signed_in(person).post(f"{address}reading/").status_code == 404


def test_reading_ones_own_is_told_to_the_audit_log(over: Practice, haru: User, signed_in: SignedIn) -> None:
    text(signed_in(haru), f"{PAGE}{over.pk}/")
    assert AuditEntry.objects.filter(deed="session.read", actor_id=haru.pk).count() == 1


def test_nobody_ends_what_another_began_or_erases_without_leading(
    learning: Program, haru: User, ren: User, kei: User, nao: User, signed_in: SignedIn
) -> None:
    begun = practice.begin(program_id=learning.pk, by=haru)
    for person in (ren, kei):
        assert signed_in(person).post(f"{PAGE}{begun.pk}/end/").status_code == 404
        assert signed_in(person).post(f"{PAGE}erasure/").status_code == 404
    assert signed_in(nao).post(f"{PAGE}{begun.pk}/end/").status_code == 302
    begun.refresh_from_db()
    assert begun.ended_at is None


def test_one_press_erases_and_says_what_is_left(
    over: Practice, learning: Program, haru: User, aoi: User, signed_in: SignedIn
) -> None:
    browser = signed_in(aoi)
    page = said(browser, f"{PAGE}erasure/")
    assert "終わった練習を消しました(0件)。" in page
    assert "終わっていない相談が1件あり" in page
    assert "記録の画面が開いたままです" in page
    records.file(session_id=over.session_id, by=haru, classification=Classification.TEST, thankful_end=None)
    assert "終わった練習を消しました(1件)。" in said(browser, f"{PAGE}erasure/")
    assert not Session.objects.exists()


def test_a_page_of_many_practices_asks_no_more_than_of_one(
    learning: Program, haru: User, ren: User, mio: User, signed_in: SignedIn, django_assert_max_num_queries: object
) -> None:
    for person in (haru, haru, ren, ren):
        practice.begin(program_id=learning.pk, by=person)
    browser = signed_in(mio)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert browser.get(PAGE).status_code == 200


def test_a_program_with_visitors_has_no_such_page(program: Program, haru: User, aoi: User, signed_in: SignedIn) -> None:
    for person in (haru, aoi):
        browser = signed_in(person)
        assert browser.get(PAGE).status_code == browser.post(PAGE).status_code == 404
        assert "/practice/" not in text(browser, "/programs/women/agencies/")


def test_a_draft_is_put_into_practice_once_it_is_said_that_this_is_for_ever(
    program: Program, web_channel: Channel, aoi: User, signed_in: SignedIn
) -> None:
    Program.objects.update(stage=Stage.DRAFT)
    browser = signed_in(aoi)
    assert "練習用の窓口にする" in text(browser, SETUP)
    assert "元に戻せないことを確かめて" in said(browser, f"{SETUP}practice/")
    assert not Program.objects.get().practice
    assert "練習用の窓口にしました。" in said(browser, f"{SETUP}practice/", for_ever="on")
    page = text(browser, SETUP)
    assert "公開されることはなく" in page
    assert "公開する</button>" not in page
    assert "まだ公開できません。足りないもの:" in said(browser, f"{SETUP}opening/")
    assert Program.objects.get().stage == Stage.DRAFT


def test_what_had_a_visitor_is_refused_with_words(
    program: Program, aoi: User, sora_says: Say, signed_in: SignedIn
) -> None:
    sora_says()
    browser = signed_in(aoi)
    assert "公開したことのある窓口は、練習用にできません。" in said(browser, f"{SETUP}practice/", for_ever="on")
    Program.objects.update(stage=Stage.DRAFT)
    assert "相談者が来たことのある窓口は、練習用にできません。" in said(browser, f"{SETUP}practice/", for_ever="on")


def test_the_public_finds_no_page_and_the_house_still_tries_it(
    learning: Program, aoi: User, client: Client, signed_in: SignedIn
) -> None:
    for address in ("/talk/women/", "/talk/women/terms/", "/talk/women/turned-away/"):
        assert client.get(address).status_code == 404
    browser = signed_in(aoi)
    browser.post("/programs/women/trial/")
    assert trial.NAME in browser.cookies
    assert "試しの相談" in text(browser, "/talk/women/")


def test_keys_places_and_line_are_refused_with_words(
    learning: Program, aoi: User, signed_in: SignedIn, settings: object
) -> None:
    settings.LINE_HOST = "https://api.line.me"  # type: ignore[attr-defined]
    browser = signed_in(aoi)
    confirm(browser)
    connections = "/programs/women/connections/"
    token = {"name": "県", "scopes": ["figures:read"], "life": "30"}
    place = {"url": "https://example.jp/", "events": ["risk.raised"]}
    for address, form, words in (
        (f"{connections}tokens/", token, "キーは作れません。"),
        (f"{connections}subscriptions/", place, "通知先は加えられません。"),
        ("/programs/women/line/secrets/", {"secret": "a" * 32, "access_token": "t" * 172}, "本物のLINE公式アカウント"),
    ):
        confirm(browser)
        assert words in browser.post(address, form, follow=True).content.decode(), address
