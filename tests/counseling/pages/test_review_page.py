"""The page of a review sheet: written in halves, refused kindly, and not there for anybody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, User
from counseling.actions import reviews, sessions
from counseling.lifecycle import EndReason
from counseling.models import Program, ReviewDraft, ReviewSheet, ReviewVersion, Session, Visitor

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
HERS = {"based_on": "0", "went_well": "待つことができた", "was_hard": "", "to_try": "", "next_step": ""}


@pytest.fixture
def sheet(active: Session, haru: User, mio: User, program: Program) -> ReviewSheet:
    """Mio has begun a sheet with Haru about the talk with Sora."""
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    return reviews.begin(session_id=active.pk, program_id=program.pk, counselor_id=haru.pk, by=mio)


def post(browser: Client, sheet: ReviewSheet, **fields: str) -> str:
    return browser.post(reverse("review", args=[sheet.pk]), fields, follow=True).content.decode()


def test_the_two_write_show_and_confirm(sheet: ReviewSheet, haru: User, mio: User, signed_in: SignIn) -> None:
    at_haru, at_mio = signed_in(haru), signed_in(mio)
    assert "まだ相手には見えていません。" in post(at_haru, sheet, do="draft", **HERS)
    assert "待つことができた" not in at_mio.get(reverse("review", args=[sheet.pk])).content.decode()
    post(at_haru, sheet, do="show", **HERS)
    assert "待つことができた" in post(at_mio, sheet, do="show", **HERS | {"went_well": "急がなかった"})
    seen = {"counselor": "1", "supervisor": "1"}
    assert "Mioさんの確認を待っています。" in post(at_haru, sheet, do="confirm", **seen)
    assert "二人の確認で終わりました。" in post(at_mio, sheet, do="confirm", **seen)
    assert "終わっています。" in post(at_haru, sheet, do="draft", **HERS | {"based_on": "1"})


def test_what_is_refused_keeps_what_was_typed(sheet: ReviewSheet, haru: User, signed_in: SignIn) -> None:
    browser = signed_in(haru)
    long = "あ" * 2_001
    for wish in ("draft", "show"):
        page = post(browser, sheet, do=wish, **HERS | {"went_well": long})
        assert "長すぎます。2000文字までにしてください。" in page
        assert long in page
    assert "ひとことでも書いてから" in post(browser, sheet, do="show", **HERS | {"went_well": " "})
    post(browser, sheet, do="show", **HERS)
    page = post(browser, sheet, do="show", **HERS | {"went_well": "古い画面から"})
    assert "ほかの画面で、新しい版を見せています。" in page
    assert "古い画面から" in page
    assert ReviewVersion.objects.count() == 1
    assert not ReviewDraft.objects.exists()


@pytest.mark.parametrize("fields", [{}, {"do": "erase"}, {"do": "confirm"}, {"do": "confirm", "counselor": "１"}])
def test_what_means_nothing_is_not_there(
    sheet: ReviewSheet, haru: User, signed_in: SignIn, fields: dict[str, str]
) -> None:
    assert signed_in(haru).post(reverse("review", args=[sheet.pk]), fields).status_code == 404


def test_a_confirmation_of_older_words_is_asked_again(
    sheet: ReviewSheet, haru: User, mio: User, signed_in: SignIn
) -> None:
    for who in (haru, mio):
        reviews.show(sheet_id=sheet.pk, answers={"went_well": "はじめ"}, based_on=0, by=who)
    reviews.show(sheet_id=sheet.pk, answers={"went_well": "書き直し"}, based_on=1, by=mio)
    page = post(signed_in(haru), sheet, do="confirm", counselor="1", supervisor="1")
    assert "新しい版が届いています" in page
    sheet.refresh_from_db()
    assert sheet.counselor_confirmed_at is None


def test_words_on_the_page_are_words_and_no_markup(
    sheet: ReviewSheet, haru: User, mio: User, signed_in: SignIn
) -> None:
    reviews.show(sheet_id=sheet.pk, answers={"went_well": "<script>alert(1)</script>"}, based_on=0, by=haru)
    page = signed_in(mio).get(reverse("review", args=[sheet.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_erased_sheet_says_so_and_takes_nothing(sheet: ReviewSheet, haru: User, signed_in: SignIn) -> None:
    reviews.show(sheet_id=sheet.pk, answers={"went_well": "待てた"}, based_on=0, by=haru)
    Visitor.objects.update(wrapped_key=b"")
    browser = signed_in(haru)
    page = browser.get(reverse("review", args=[sheet.pk])).content.decode()
    assert "ここに書かれたことばも消えています。" in page
    assert "待てた" not in page
    assert "もう書けません。" in post(browser, sheet, do="draft", **HERS | {"based_on": "1"})


def test_reading_it_stands_in_the_audit_once_an_hour(sheet: ReviewSheet, haru: User, signed_in: SignIn) -> None:
    browser = signed_in(haru)
    for _time in range(2):
        browser.get(reverse("review", args=[sheet.pk]))
    [read] = AuditEntry.objects.filter(deed="review.read")
    assert (read.actor_id, read.subject) == (haru.pk, f"session:{sheet.session_id}")


def test_a_successor_sees_that_it_waits_and_takes_it_over(
    sheet: ReviewSheet, mio: User, program: Program, signed_in: SignIn
) -> None:
    rio = User.objects.create(email="rio@example.jp", name="Rio")
    rio.memberships.create(program=program, role="supervisor")
    browser, care = signed_in(rio), reverse("office:care", args=["women"])
    assert "担当のSVがいなくなった" not in browser.get(care).content.decode()
    mio.memberships.all().delete()
    assert "担当のSVがいなくなった" in browser.get(care).content.decode()
    assert browser.get(reverse("review", args=[sheet.pk])).status_code == 404
    page = browser.post(reverse("review-supervision", args=[sheet.pk]), follow=True).content.decode()
    assert "引き継ぎました。" in page
    assert browser.post(reverse("review-supervision", args=[sheet.pk])).status_code == 404
