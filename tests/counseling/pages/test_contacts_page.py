"""The emergency contacts' pages: a list with an order and a date, in each language, seen as visitors see it."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from counseling import contacts
from counseling.actions import editions
from counseling.contacts import Contact, Contacts
from counseling.models import Edition, Part, Program
from counseling.models.edition import contacts_of, text_for

pytestmark = pytest.mark.django_db
LIST = "/programs/women/contacts/"
SignedIn = Callable[[User], Client]
HOUSE = [one.number for one in contacts.HOUSE.lines]
LOCAL = {"number": "045-000-1234", "name_ja": "県の女性相談", "what_ja": "平日の昼間", "name_en": "Women's line"}


@pytest.fixture
def browser(program: Program, aoi: User, signed_in: SignedIn) -> Client:
    """Aoi's browser; the program speaks Japanese, easy Japanese and English."""
    Program.objects.update(languages=["ja", "ja-easy", "en"])
    return signed_in(aoi)


def present() -> Contacts:
    return contacts_of(Program.objects.get())


def numbers() -> list[str]:
    return [one.number for one in present().lines]


def seen(browser: Client, address: str = LIST) -> str:
    return unescape(browser.get(address).content.decode())


def send(browser: Client, address: str, based_on: int = 0, **fields: str) -> str:
    sent = browser.post(f"{LIST}{address}", {"based_on": str(based_on)} | fields, follow=True)
    return unescape(sent.content.decode())


def keep(program: Program, by: User, known: Contacts) -> None:
    editions.publish(program_id=program.pk, part=Part.CONTACTS, content=known.to_json(), by=by)


def test_a_new_program_has_the_houses_contacts_and_shows_them_as_told(browser: Client) -> None:
    page = seen(browser)
    assert all(number in page for number in HOUSE)
    assert "2026年11月1日(日)に確認" in page
    assert "・児童相談所(じどうそうだんじょ) 189" in page
    assert "- Child guidance centre 189" in page


def test_a_contact_is_added_at_the_end_and_told_from_then_on(browser: Client) -> None:
    assert "「県の女性相談」を保存しました。" in send(browser, "new/", 0, **LOCAL)
    assert numbers() == [*HOUSE, "045-000-1234"]
    told = text_for(Program.objects.get(), "off_hours")
    assert "・県の女性相談 045-000-1234" in told
    assert present().lines[-1].name == {"ja": "県の女性相談", "en": "Women's line"}
    assert "名前がまだない言語: やさしい日本語" in seen(browser)


def test_a_contact_is_written_anew_and_keeps_words_of_other_languages(
    browser: Client, program: Program, aoi: User
) -> None:
    line = Contact({"ja": "窓口", "ko": "상담"}, "045-1", {"ja": "いつでも"}, for_life=True)
    keep(program, aoi, Contacts((line,), date(2026, 11, 1)))
    send(browser, "0/", 1, **LOCAL)
    kept = present().lines[0]
    assert kept.name == {"ja": "県の女性相談", "en": "Women's line", "ko": "상담"}
    assert (kept.number, kept.for_life) == ("045-000-1234", False)


WRONG = [
    ({"name_ja": ""}, "日本語の名前を書いてください。"),
    ({"number": "いのち"}, "電話番号を数字で書いてください"),
    ({"number": ""}, "電話番号を数字で書いてください"),
    ({"number": "1" * 41}, "電話番号を数字で書いてください"),
    ({"name_en": "n" * 61}, "長すぎます。60文字までにしてください。"),
    ({"what_ja": "😀" * 61}, "長すぎます。120文字までにしてください。"),
]


@pytest.mark.parametrize(("fields", "said"), WRONG)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(
    browser: Client, fields: dict[str, str], said: str
) -> None:
    page = send(browser, "new/", 0, **(LOCAL | fields))
    assert said in page
    assert f'value="{(LOCAL | fields)["what_ja"]}"' in page
    (field,) = fields
    assert re.search(rf'name="{field}"[^>]*aria-invalid="true"', page)
    assert not Edition.objects.filter(part=Part.CONTACTS).exists()


def test_the_order_is_changed_a_place_at_a_time(browser: Client) -> None:
    send(browser, "2/move/", to="up")
    assert numbers()[:3] == [HOUSE[0], HOUSE[2], HOUSE[1]]
    send(browser, "0/move/", 1, to="down")
    assert numbers()[:3] == [HOUSE[2], HOUSE[0], HOUSE[1]]


def test_the_first_one_goes_no_further_up(browser: Client) -> None:
    send(browser, "0/move/", to="up")
    assert numbers() == HOUSE


def test_one_is_taken_off_and_offered_again(browser: Client) -> None:
    assert "「#いのちSOS」を外しました。" in send(browser, "2/removal/")
    assert numbers() == HOUSE[:2] + HOUSE[3:]
    assert "#いのちSOS 0120-061-338</button>" in seen(browser)
    assert "「#いのちSOS」を加えました。" in send(browser, "house/", 1, digits="0120061338")
    assert numbers() == HOUSE[:2] + HOUSE[3:] + [HOUSE[2]]


def test_the_last_one_stays(browser: Client, program: Program, aoi: User) -> None:
    keep(program, aoi, Contacts((contacts.POLICE,), date(2026, 11, 1)))
    assert "連絡先は1件から20件までです" in send(browser, "0/removal/", 1)
    assert numbers() == ["110"]


def test_no_more_than_twenty_are_kept(browser: Client, program: Program, aoi: User) -> None:
    keep(program, aoi, Contacts((contacts.POLICE,) * 20, date(2026, 11, 1)))
    assert "連絡先は20件までです" in seen(browser)
    assert "連絡先は20件までです" in send(browser, "new/", 1, **LOCAL)
    assert "連絡先は1件から20件までです" in send(browser, "house/", 1, digits="119")
    assert len(numbers()) == 20


def test_all_were_checked_today(browser: Client) -> None:
    assert "すべて確認したことを記録しました。" in send(browser, "check/")
    assert present().checked_on == timezone.localdate()
    assert numbers() == HOUSE


def test_after_half_a_year_somebody_should_look(browser: Client, program: Program, aoi: User) -> None:
    keep(program, aoi, Contacts(contacts.HOUSE.lines, date(2020, 1, 1)))
    assert "半年たっています" in seen(browser)


@pytest.mark.parametrize("address", ["0/", "0/move/", "0/removal/", "check/", "house/", "new/"])
def test_what_a_colleague_changed_meanwhile_is_not_overwritten(
    browser: Client, program: Program, aoi: User, address: str
) -> None:
    theirs = Contacts((contacts.POLICE, contacts.DV), date(2026, 11, 1))
    keep(program, aoi, theirs)
    page = send(browser, address, 0, digits="119", to="down", **LOCAL)
    assert "ほかの人が連絡先を変えました" in page
    assert present() == theirs


@pytest.mark.parametrize("address", ["7/", "7/move/", "7/removal/", f"{10**30}/removal/"])
def test_a_place_that_is_not_there_is_not_found(browser: Client, address: str) -> None:
    assert browser.post(f"{LIST}{address}", {"based_on": "0"}).status_code == 404


def test_only_the_houses_own_are_added_by_a_button(browser: Client) -> None:
    assert browser.post(f"{LIST}house/", {"based_on": "0", "digits": "117"}).status_code == 404


@pytest.mark.parametrize("who", ["haru", "mio", "kei"])
@pytest.mark.parametrize("address", ["", "new/", "0/"])
def test_only_the_administration_comes_here(
    program: Program, who: str, address: str, request: pytest.FixtureRequest, signed_in: SignedIn
) -> None:
    assert signed_in(request.getfixturevalue(who)).get(f"{LIST}{address}").status_code == 404
