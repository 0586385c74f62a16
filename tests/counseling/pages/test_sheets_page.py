"""The emergency sheet's pages: the reason first, what stands there, forms that keep what was typed, the PDF."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.actions import agency_contacts, sheets
from counseling.actions.contacting import Contacting
from counseling.emergency import on_paper
from counseling.feeds import emergency as feed
from counseling.models import AgencyContact, Clue, Filing, Session, SheetReading, StepTick, Visitor
from counseling.models.emergency import SHEET_LIFE, SHEET_WRITES, Ground, SheetReason
from tests.conftest import SORA, person

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def hers(signed_in: SignedIn, mio: User) -> Client:
    """Mio's browser."""
    return signed_in(mio)


@pytest.fixture
def sheet(hers: Client, active: Session) -> str:
    """The address of the sheet Mio opened."""
    answer = hers.post(f"/sessions/{active.pk}/sheet/", {"reason": "danger"})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def contact(**changes: Any) -> dict[str, Any]:
    at = timezone.localtime() - timedelta(minutes=3)
    typed = {"client_id": str(uuid4()), "agency": "戸部警察署", "told": "橋の上にいる", "ground": "life"}
    return typed | {"contacted_at": f"{at:%Y-%m-%dT%H:%M}"} | changes


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_sheet_asks_for_a_reason_each_time(hers: Client, active: Session) -> None:
    door = f"/sessions/{active.pk}/sheet/"
    assert "開く理由" in text(hers, door)
    assert "理由を選んでください" in hers.post(door, {}).content.decode()
    assert "理由を選んでください" in hers.post(door, {"reason": "curiosity"}).content.decode()
    assert not SheetReading.objects.exists()
    first, second = (hers.post(door, {"reason": "danger"}).headers["Location"] for _ in range(2))
    assert first != second
    assert AuditEntry.objects.filter(deed="sheet.opened").count() == 2


def test_it_holds_what_police_can_use_and_when(hers: Client, sheet: str, active: Session) -> None:
    page = text(hers, sheet)
    for words in (
        "聞いてほしいことがあります",
        SORA,
        active.visitor.pseudonym,
        "開いた理由: 命の危険がある",
        "まだ、名前・居場所",
    ):
        assert words in page
    then = timezone.localtime(active.received_at)
    assert f"{then.year}年{then.month}月{then.day}日" in page and f"{then:%H:%M:%S}" in page


def test_nobody_else_finds_it_by_its_address(signed_in: SignedIn, sheet: str, haru: User, program: Any) -> None:
    for other in (haru, person("Mei", program, Role.SUPERVISOR)):
        assert signed_in(other).get(sheet).status_code == 404
        assert signed_in(other).post(f"{sheet}sheet.pdf").status_code == 404


def test_after_an_hour_the_reason_is_asked_again_and_what_was_typed_is_taken(
    hers: Client, sheet: str, active: Session
) -> None:
    SheetReading.objects.update(at=timezone.now() - SHEET_LIFE)
    assert hers.get(sheet).headers["Location"] == f"/sessions/{active.pk}/sheet/"
    assert hers.post(f"{sheet}sheet.pdf").status_code == 404
    assert hers.post(f"{sheet}contacts/", contact()).status_code == 302
    assert AgencyContact.objects.count() == 1
    SheetReading.objects.update(at=timezone.now() - SHEET_WRITES)
    assert hers.post(f"{sheet}contacts/", contact()).status_code == 404


def test_of_an_erased_visitor_there_is_no_sheet(hers: Client, sheet: str, active: Session) -> None:
    Visitor.objects.update(wrapped_key=b"")
    assert [hers.get(address).status_code for address in (sheet, f"/sessions/{active.pk}/sheet/")] == [404, 404]


def test_steps_are_ticked_and_taken_back_with_who_and_when(hers: Client, sheet: str) -> None:
    hers.post(f"{sheet}steps/1/", {"done": "1"})
    page = text(hers, sheet)
    assert page.count('name="undo"') == 1
    assert f"{timezone.localtime():%H:%M} Mio" in page
    hers.post(f"{sheet}steps/1/", {"undo": "1"})
    assert 'name="undo"' not in text(hers, sheet)
    assert hers.post(f"{sheet}steps/99/", {"done": "1"}).status_code == 404
    assert StepTick.objects.count() == 1


def test_a_message_is_taken_over_into_what_is_known(hers: Client, sheet: str) -> None:
    page = text(hers, f"{sheet}?from=1")
    assert "相談者のことば(1番目)から" in page
    assert ">\n聞いてほしいことがあります</textarea>" in page
    hers.post(f"{sheet}clues/", {"client_id": str(uuid4()), "kind": "name", "words": "ソラ", "seq": "1"})
    clue = Clue.objects.get()
    assert (clue.kind, clue.message and clue.message.seq) == ("name", 1)
    hers.post(f"{sheet}clues/{clue.pk}/removal/")
    assert "ソラ" not in text(hers, sheet)
    assert hers.post(f"{sheet}clues/{clue.pk + 9}/removal/").status_code == 404


@pytest.mark.parametrize("seq", ["", "0", "99", "-1", "x", "9" * 30])
def test_a_message_that_is_not_there_takes_nothing_over(hers: Client, sheet: str, seq: str) -> None:
    assert "番目)から" not in text(hers, f"{sheet}?from={seq}")


def test_a_clue_without_words_is_refused_beside_its_field(hers: Client, sheet: str) -> None:
    page = hers.post(f"{sheet}clues/", {"client_id": str(uuid4()), "kind": "place", "words": " "}).content.decode()
    assert "ここを書いてください" in page
    assert not Clue.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ground": ""}, "根拠を選んでください"),
        ({"ground": "convenience"}, "根拠を選んでください"),
        ({"ground": "consent"}, "本人が同意したことばを"),
        ({"contacted_at": "2099-01-01T00:00"}, "これからの時刻"),
        ({"contacted_at": ""}, "連絡した時刻を入れてください"),
        ({"contacted_at": "きのう"}, "日付と時刻を、日本時間で"),
        ({"agency": ""}, "一覧から選ぶか"),
        ({"agency_id": "99999"}, "この機関は一覧にありません"),
        ({"told": ""}, "伝えたことを書いてください"),
    ],
)
def test_a_contact_that_cannot_stand_keeps_what_was_typed(
    hers: Client, sheet: str, changes: dict[str, str], says: str
) -> None:
    page = hers.post(f"{sheet}contacts/", contact(answer="折り返すとのこと", **changes)).content.decode()
    assert says in page
    assert "折り返すとのこと" in page
    assert not AgencyContact.objects.exists()


def test_consent_is_kept_in_the_visitors_words_with_its_time(hers: Client, sheet: str) -> None:
    at = f"{timezone.localtime() - timedelta(minutes=9):%Y-%m-%dT%H:%M}"
    hers.post(f"{sheet}contacts/", contact(ground="consent", consent="来てほしいです", consented_at=at))
    page = text(hers, sheet)
    assert "「来てほしいです」" in page and "本人の同意" in page


def test_two_supervisors_at_once_are_both_kept_and_the_second_is_told(
    hers: Client, sheet: str, active: Session, program: Any
) -> None:
    seen = Session.objects.get(pk=active.pk).version
    mei = person("Mei", program, Role.SUPERVISOR)
    sheets.open_sheet(session_id=active.pk, by=mei, reason=SheetReason.DANGER)
    told = Contacting(timezone.now(), Ground.LIFE, "橋の上", agency="消防")
    agency_contacts.log(session_id=active.pk, by=mei, client_id=uuid4(), contacting=told)
    page = hers.post(f"{sheet}contacts/", contact(seen=str(seen)), follow=True).content.decode()
    assert "Meiさんも連絡を記録しました" in page
    assert "消防" in page and "戸部警察署" in page


def test_pressing_twice_is_once(hers: Client, sheet: str) -> None:
    typed = contact()
    for _twice in range(2):
        assert hers.post(f"{sheet}contacts/", typed).status_code == 302
    filing = {"client_id": str(uuid4()), "contact_id": str(AgencyContact.objects.get().pk)}
    for _twice in range(2):
        assert hers.post(f"{sheet}filings/", filing).status_code == 302
    assert Filing.objects.count() == 1
    assert "もう記録されています" in hers.post(f"{sheet}contacts/", typed | {"told": "べつのこと"}).content.decode()


def test_a_correction_shows_what_stood_before(hers: Client, sheet: str) -> None:
    hers.post(f"{sheet}contacts/", contact(told="橋の下にいる"))
    first = AgencyContact.objects.get()
    address = f"{sheet}contacts/{first.pk}/"
    assert "橋の下にいる" in text(hers, address)
    assert hers.post(address, contact(told="橋の上にいる")).status_code == 302
    page = text(hers, sheet)
    assert page.index("橋の上にいる") < page.index("訂正前の内容") < page.index("橋の下にいる")
    refused = hers.post(address, contact(told="また別のこと")).content.decode()
    assert "ほかの人が先に訂正しました" in refused and "また別のこと" in refused
    assert hers.get(f"{sheet}contacts/{first.pk + 99}/").status_code == 404


def test_nothing_is_filed_without_a_contact(hers: Client, sheet: str) -> None:
    assert "先に連絡と根拠を記録してください" in text(hers, sheet)
    hers.post(f"{sheet}contacts/", contact())
    client_id = str(uuid4())
    page = hers.post(f"{sheet}filings/", {"client_id": client_id}).content.decode()
    assert "根拠のない提出はできません" in page
    other = AgencyContact.objects.get().pk + 99
    assert hers.post(f"{sheet}filings/", {"client_id": client_id, "contact_id": str(other)}).status_code == 200
    assert not Filing.objects.exists()


def test_what_was_filed_is_shown_as_it_was_and_printed(hers: Client, sheet: str) -> None:
    hers.post(f"{sheet}contacts/", contact())
    hers.post(f"{sheet}filings/", {"client_id": str(uuid4()), "contact_id": str(AgencyContact.objects.get().pk)})
    filing = Filing.objects.get()
    page = text(hers, f"{sheet}filings/{filing.pk}/")
    assert "提出したときから変わっていないことを確かめました" in page
    assert filing.digest in page
    answer = hers.post(f"{sheet}filings/{filing.pk}/sheet.pdf")
    assert answer.content.startswith(b"%PDF")
    assert AuditEntry.objects.get(deed="sheet.printed").details == {"filing": filing.pk}
    assert hers.get(f"{sheet}filings/{filing.pk + 9}/").status_code == 404


def test_each_printing_is_told_and_lies_in_no_cache(hers: Client, sheet: str) -> None:
    answer = hers.post(f"{sheet}sheet.pdf")
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "inline" in answer.headers["Content-Disposition"]
    assert AuditEntry.objects.filter(deed="sheet.printed").count() == 1
    assert hers.get(f"{sheet}sheet.pdf").status_code == 405


def test_on_paper_stands_what_stands_on_the_page(sheet: str, active: Session) -> None:
    content = on_paper(feed.sheet_of(Session.objects.get(pk=active.pk)), None, risk="高")
    facts = dict(content["facts"])
    assert facts["LINEのユーザーID"] == SORA
    assert facts["経路"] == "LINE"
    assert content["messages"][0][1:] == ["相談者", "聞いてほしいことがあります"]
    assert content["filed"] == []


def test_a_long_talk_costs_no_more_queries(hers: Client, sheet: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            text(hers, sheet)
        return len(queries)

    hers.post(f"{sheet}contacts/", contact())
    before = asked()
    for _time in range(3):
        hers.post(f"{sheet}contacts/", contact())
        hers.post(f"{sheet}clues/", {"client_id": str(uuid4()), "kind": "name", "words": "ソラ"})
    assert asked() <= before <= 26
