"""The terms' page, and the versions of texts, terms and contacts: what changed, and an earlier one again."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from accounts.models import User
from counseling import contacts
from counseling.actions import editions
from counseling.models import Edition, Part, Program
from counseling.models.edition import number, terms_by_language, texts_of
from counseling.pages.edition_words import changes, compared

pytestmark = pytest.mark.django_db
TERMS, TEXTS = "/programs/women/terms/", "/programs/women/editions/texts/"
SignedIn = Callable[[User], Client]


@pytest.fixture
def browser(program: Program, aoi: User, signed_in: SignedIn) -> Client:
    """Aoi's browser; the program speaks Japanese, easy Japanese and English."""
    Program.objects.update(languages=["ja", "ja-easy", "en"])
    return signed_in(aoi)


def present() -> Program:
    return Program.objects.get()


def shown(browser: Client, address: str) -> str:
    return unescape(browser.get(address).content.decode())


def send(browser: Client, **fields: str) -> str:
    typed = {"based_on": "1", "ja": "匿名・無料です。", "ja-easy": "", "en": ""} | fields
    return unescape(browser.post(TERMS, typed, follow=True).content.decode())


def test_the_terms_are_written_in_each_language(browser: Client) -> None:
    page = send(browser, en="Anonymous and free.", **{"ja-easy": "お金《かね》は　いりません。"})
    assert "保存しました(第2版)" in page
    assert "お<ruby>金<rp>" in page
    assert terms_by_language(present()) == {
        "ja": "匿名・無料です。",
        "ja-easy": "お金《かね》は　いりません。",
        "en": "Anonymous and free.",
    }


def test_a_language_that_is_not_offered_keeps_its_terms(browser: Client, program: Program, aoi: User) -> None:
    both = {"ja": "無料です。", "ko": "무료입니다."}
    editions.publish(program_id=program.pk, part=Part.TERMS, content=both, by=aoi)
    send(browser, based_on="2", ja="無料。")
    assert terms_by_language(present()) == {"ja": "無料。", "ko": "무료입니다."}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ja": " "}, "日本語の利用規約を書いてください。"),
        ({"en": "x" * 20_001}, "長すぎます。20000文字までにしてください。"),
        ({"ja": "無料", "based_on": "0"}, "ほかの人が保存しました"),
    ],
)
def test_terms_that_cannot_be_kept_change_nothing(browser: Client, fields: dict[str, str], said: str) -> None:
    assert said in send(browser, **fields)
    assert terms_by_language(present()) == {"ja": "匿名・無料です。"}


def test_a_preview_saves_nothing_and_says_what_is_read_instead(browser: Client) -> None:
    page = send(browser, ja="新しい規約", preview="1")
    assert "空のあいだは、日本語の規約が出ます。" in page
    assert number(present().editions, Part.TERMS) == 1


def test_the_same_again_makes_no_version(browser: Client) -> None:
    assert "変わったところはありません" in send(browser)
    assert number(present().editions, Part.TERMS) == 1


# Versions


def publish(program: Program, by: User, farewell: str) -> Edition:
    content = {"ja": {"farewell": farewell}}
    return editions.publish(program_id=program.pk, part=Part.TEXTS, content=content, by=by)


def use(browser: Client, version: int, based_on: str) -> str:
    return unescape(browser.post(f"{TEXTS}{version}/use/", {"based_on": based_on}, follow=True).content.decode())


def test_every_version_says_who_when_and_what(browser: Client, program: Program, aoi: User) -> None:
    publish(program, aoi, "またお話ししましょう。")
    publish(program, aoi, "またいつでもお話ししましょう。")
    page = shown(browser, TEXTS)
    assert page.index("第2版") < page.index("第1版")
    assert "終わりのあいさつ(日本語)" in page
    assert "また<ins>いつでも</ins>お話ししましょう。" in page
    assert page.count("Aoi") >= 2
    assert page.count("使用中") == 1


def test_an_earlier_version_is_used_again_as_a_new_one(browser: Client, program: Program, aoi: User) -> None:
    publish(program, aoi, "一")
    publish(program, aoi, "二")
    assert "第1版の内容を、第3版として使いはじめました。" in use(browser, 1, "2")
    assert texts_of(present()) == {"ja": {"farewell": "一"}}
    assert Edition.objects.filter(part=Part.TEXTS).count() == 3


@pytest.mark.parametrize("based_on", ["1", "", "x", "９", "9" * 40])
def test_a_list_that_is_out_of_date_brings_nothing_back(
    browser: Client, program: Program, aoi: User, based_on: str
) -> None:
    publish(program, aoi, "一")
    publish(program, aoi, "二")
    assert "新しい版ができました" in use(browser, 1, based_on)
    assert texts_of(present()) == {"ja": {"farewell": "二"}}


def test_a_version_that_holds_no_longer_is_not_used(browser: Client, program: Program, aoi: User) -> None:
    publish(program, aoi, "一")
    Edition.objects.create(program=program, part=Part.TEXTS, number=7, content={"ja": {"off_hours": "{gone}"}})
    assert "いまの決まりに合わない" in use(browser, 7, "1")


@pytest.mark.parametrize(
    "address", [f"{TEXTS}9/use/", f"{TEXTS}{10**12}/use/", "/programs/women/editions/secrets/1/use/"]
)
def test_what_is_not_there_is_not_found(browser: Client, address: str) -> None:
    assert browser.post(address, {"based_on": "0"}).status_code == 404


def test_another_programs_version_is_not_there(browser: Client, program: Program, aoi: User) -> None:
    other = Program.objects.create(slug="other", name="別", kind="women", starts_on=program.starts_on)
    Edition.objects.create(program=other, part=Part.TEXTS, number=1, content={})
    assert browser.post(f"{TEXTS}1/use/", {"based_on": "0"}).status_code == 404


def test_without_a_version_the_page_says_what_is_used(browser: Client) -> None:
    assert "標準の内容が使われています" in shown(browser, TEXTS)


def test_many_versions_are_turned_over(browser: Client, program: Program, aoi: User) -> None:
    for count in range(23):
        publish(program, aoi, f"{count}")
    assert 'href="?before=4"' in shown(browser, TEXTS)
    page = shown(browser, f"{TEXTS}?before=4")
    assert "第3版" in page and "第4版" not in page
    assert "第23版" in shown(browser, f"{TEXTS}?before=abc")


def test_contacts_tell_their_order_and_their_date() -> None:
    before = contacts.HOUSE
    after = before.moved(0, 1)
    labels = [change.label for change in changes(Part.CONTACTS, None, after.to_json())]
    assert labels == ["順番"]
    gone = [change.label for change in changes(Part.CONTACTS, before.to_json(), before.without(0).to_json())]
    assert gone == ["順番", "警察 110"]


def test_contacts_of_older_rules_are_still_shown() -> None:
    assert [change.label for change in changes(Part.CONTACTS, {"contacts": []}, contacts.HOUSE.to_json())][-1] == "内容"


def test_long_texts_are_compared_by_their_lines() -> None:
    before = "\n".join(f"{number}行目は同じです。" for number in range(2_000))
    after = before.replace("7行目は同じです。", "七行目は変わりました。", 1)
    told = list(compared(before, after))
    assert "".join(words for kind, words in told if kind != "gone") == after
    assert "".join(words for kind, words in told if kind != "new") == before
    assert len(told) > 2


@pytest.mark.parametrize("who", ["haru", "mio", "kei"])
@pytest.mark.parametrize("address", [TERMS, TEXTS])
def test_only_the_administration_comes_here(
    program: Program, who: str, address: str, request: pytest.FixtureRequest, signed_in: SignedIn
) -> None:
    assert signed_in(request.getfixturevalue(who)).get(address).status_code == 404
