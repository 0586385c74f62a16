"""The page of a record: written, refused in place, kept by its script, carried over, reviewed; and the lists."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import AuditEntry, User
from counseling.actions import messages, records, sessions
from counseling.forms import Form
from counseling.lifecycle import EndReason, State
from counseling.models import Membership, Program, Record, Session, Visitor
from counseling.recording import Written
from counseling.triage import Risk
from tests.conftest import Say, assess
from tests.counseling.actions.recorded import ANSWERS, COMPLAINT, SUMMARY, ask, draft, filed

SignedIn = Callable[[User], Client]
TYPED = {"form": "1", "revision": "0", "classification": "valid", "thankful": "yes"}
WHOLE = TYPED | {"attribute_complaint": "work", "attribute_summary": "仕事がつらい\r\nとのこと"}


@pytest.fixture
def over(program: Program, active: Session, haru: User) -> Session:
    """Haru's talk with Sora is over; its record is due."""
    ask(program)
    messages.reply(session_id=active.pk, by=haru, client_id=uuid4(), words="こんばんは")
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    active.refresh_from_db()
    return active


def page(session: Session, more: str = "") -> str:
    return f"/programs/women/records/{session.pk}/{more}"


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(
    over: Session, haru: User, signed_in: SignedIn
) -> None:
    answer = signed_in(haru).post(page(over), TYPED | {"do": "file", "attribute_summary": "書いた"})
    said = answer.content.decode()
    assert answer.status_code == 400
    assert "まだ提出していません" in said
    assert "#field-attribute_complaint" in said
    assert "書いた" in said
    over.refresh_from_db()
    assert over.state == State.WRAP_UP


def test_without_a_classification_everything_missing_is_told_at_once(
    over: Session, haru: User, signed_in: SignedIn
) -> None:
    said = signed_in(haru).post(page(over), {"form": "1", "revision": "0", "do": "file"}).content.decode()
    assert "分類を選んでください" in said
    assert said.count("答えを書いてください") == 2


def test_a_whole_record_is_filed(over: Session, haru: User, signed_in: SignedIn) -> None:
    said = signed_in(haru).post(page(over), WHOLE | {"do": "file"}, follow=True).content.decode()
    assert "記録を提出しました" in said
    version = Record.objects.get().versions.get()
    assert version.opened(over.visitor.key())[0] == {"complaint": "work", "summary": "仕事がつらい\nとのこと"}


def test_a_day_is_read_as_a_day(over: Session, haru: User, mio: User, signed_in: SignedIn) -> None:
    until = timezone.localdate() + timedelta(days=1)
    filed(over, haru, answers=ANSWERS | {"follow_up": "yes", "until": str(until), "what": "眠れたか"})
    records.check(session_id=over.pk, by=mio, number=1)
    said = signed_in(haru).get(page(over)).content.decode()
    assert date_format(until) in said
    assert str(until) not in said


def test_a_button_keeps_a_draft_and_any_other_word_too(over: Session, haru: User, signed_in: SignedIn) -> None:
    browser = signed_in(haru)
    assert "下書きを保存しました" in browser.post(page(over), WHOLE | {"do": "save"}, follow=True).content.decode()
    assert "仕事がつらい" in browser.get(page(over)).content.decode()


def test_the_script_keeps_a_draft_and_is_told_its_revision(over: Session, haru: User, signed_in: SignedIn) -> None:
    browser = signed_in(haru)
    told = browser.post(page(over, "draft/"), WHOLE).json()
    assert told["revision"] == 1
    again = browser.post(page(over, "draft/"), WHOLE | {"attribute_summary": "別の画面"})
    assert (again.status_code, again.json()) == (409, {"error": "changed"})


@pytest.mark.parametrize("bad", ["", "x", "-1", "１", "9" * 30])
def test_what_no_page_ever_sent_overwrites_nothing(over: Session, haru: User, signed_in: SignedIn, bad: str) -> None:
    draft(over, haru, summary=["はじめの"])
    browser = signed_in(haru)
    assert browser.post(page(over, "draft/"), WHOLE | {"revision": bad}).status_code == 409
    assert browser.post(page(over), WHOLE | {"form": bad, "do": "file"}).status_code == 400
    over.refresh_from_db()
    assert over.state == State.WRAP_UP


def test_who_saves_second_sees_both_and_saves_with_the_next_press(
    over: Session, haru: User, mio: User, signed_in: SignedIn
) -> None:
    draft(over, haru, summary=["ハルの"], complaint=["money"])
    browser = signed_in(mio)
    answer = browser.post(page(over), WHOLE | {"do": "file"})
    said = answer.content.decode()
    assert answer.status_code == 400
    assert "ハルの" in said
    assert "仕事がつらい" in said
    assert "いまは「お金」と書かれています" in said
    assert 'name="revision" value="1"' in said
    browser.post(page(over), WHOLE | {"do": "file", "revision": "1"})
    over.refresh_from_db()
    assert over.state == State.CLOSED


def test_a_form_that_changed_meanwhile_is_said_in_place(
    over: Session, haru: User, program: Program, signed_in: SignedIn
) -> None:
    browser = signed_in(haru)
    ask(program, Form((SUMMARY,)))
    said = browser.post(page(over), WHOLE | {"do": "file"}, follow=True).content.decode()
    assert "フォームが新しい版になりました" in said
    assert "前の版の答え" in said
    assert "仕事がつらい" in said
    over.refresh_from_db()
    assert over.state == State.WRAP_UP
    assert COMPLAINT.label["ja"] in said


def test_a_talk_that_goes_on_keeps_the_draft_and_says_why_it_is_not_filed(
    program: Program, active: Session, haru: User, signed_in: SignedIn
) -> None:
    ask(program)
    said = signed_in(haru).post(page(active), WHOLE | {"do": "file"}, follow=True).content.decode()
    assert "相談がまだ続いています" in said
    assert "仕事がつらい" in said


def test_a_supervisor_reads_the_record_and_gives_a_reason_for_the_talk(
    over: Session, haru: User, mio: User, signed_in: SignedIn
) -> None:
    filed(over, haru)
    browser = signed_in(mio)
    said = browser.get(page(over)).content.decode()
    assert "仕事がつらいとのこと" in said
    assert "聞いてほしいことがあります" not in said
    browser.post(page(over, "reading/"), {"reason": "training"})
    assert "聞いてほしいことがあります" in browser.get(page(over)).content.decode()
    browser.post(page(over, "reading/"), {"reason": "curious"})
    deeds = AuditEntry.objects.filter(actor_id=mio.pk).values_list("deed", flat=True)
    assert sorted(deeds) == ["record.read", "record.read", "session.read"]


def test_it_goes_back_with_a_word_or_the_word_is_asked_for(
    over: Session, haru: User, mio: User, signed_in: SignedIn
) -> None:
    filed(over, haru)
    browser = signed_in(mio)
    refused = browser.post(page(over, "review/"), {"do": "return", "number": "1", "word": " "})
    assert (refused.status_code, "何を直してほしいか" in refused.content.decode()) == (400, True)
    assert (
        "差し戻しました"
        in browser.post(
            page(over, "review/"), {"do": "return", "number": "1", "word": "眠れていますか"}, follow=True
        ).content.decode()
    )
    assert "眠れていますか" in signed_in(haru).get(page(over)).content.decode()
    said = browser.post(page(over, "review/"), {"do": "check", "number": "1"}, follow=True).content.decode()
    assert "ほかの人が先に" in said


def test_a_record_whose_words_were_erased_says_so(over: Session, haru: User, mio: User, signed_in: SignedIn) -> None:
    filed(over, haru)
    Visitor.objects.update(wrapped_key=b"")
    said = signed_in(mio).get(page(over)).content.decode()
    assert "消去されました" in said
    assert "仕事がつらい" not in said


def test_records_of_another_program_are_not_there(over: Session, mio: User, signed_in: SignedIn) -> None:
    other = Program.objects.create(slug="other", name="別", kind="general", starts_on=date(2026, 1, 1))
    Membership.objects.create(user=mio, program=other, role="supervisor")
    assert signed_in(mio).get(f"/programs/other/records/{over.pk}/").status_code == 404


def test_the_lists_show_clocks_and_who_is_late(over: Session, mio: User, haru: User, signed_in: SignedIn) -> None:
    Session.objects.update(ended_at=timezone.now() - timedelta(hours=9, minutes=5))
    for user in (mio, haru):
        said = signed_in(user).get("/programs/women/records/").content.decode()
        assert "終了から9時間5分" in said
        assert "期限を過ぎています" in said
    filed(over, haru)
    assert (
        "確認を待っている記録はありません"
        not in signed_in(mio).get("/programs/women/records/?show=filed").content.decode()
    )


def test_a_list_costs_the_same_however_long(
    over: Session, haru: User, mio: User, signed_in: SignedIn, sora_says: Say
) -> None:
    browser = signed_in(mio)
    browser.get("/programs/women/records/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/programs/women/records/")
    for number in range(3):
        other = sora_says("はじめまして", "U" + str(number) * 32)
        sessions.claim(session_id=other.pk, by=haru)
        sessions.end(session_id=other.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
        records.keep_draft(session_id=other.pk, by=haru, written=Written(), form=1, revision=0)
    with CaptureQueriesContext(connection) as many:
        browser.get("/programs/women/records/")
    assert len(many) == len(few) <= 14


def test_what_was_found_of_the_risk_stands_beside_it(over: Session, haru: User, mio: User, signed_in: SignedIn) -> None:
    assess(session_id=over.pk, by=haru, level=Risk.MODERATE, word="計画はないとのこと")
    for user in (haru, mio):
        said = signed_in(user).get(page(over)).content.decode()
        assert "計画はないとのこと" in said
        assert "緊急度: 中" in said
