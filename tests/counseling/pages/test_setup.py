"""Preparing a program: the checklist, opening, pausing with words, resuming, closing, trying."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from counseling.gateways.web import trial
from counseling.models import Channel, Program, Session
from counseling.models.edition import text_for
from counseling.stages import Stage

pytestmark = pytest.mark.django_db
PAGE, OPENING, CLOSING = "/programs/women/setup/", "/programs/women/setup/opening/", "/programs/women/setup/closing/"
RECEPTION, TRIAL, STAFFING = "/programs/women/reception/", "/programs/women/trial/", "/programs/women/staffing/"
SignedIn = Callable[[User], Client]
SAID = "事務所の停電で、しばらくお休みします。\n\n{emergency}"


@pytest.fixture
def draft(program: Program, web_channel: Channel, haru: User, mio: User) -> Program:
    """A program that lacks only who commissioned it."""
    Program.objects.update(stage=Stage.DRAFT, channel_mode="web_only")
    return program


def said(client: Client, address: str, **form: str) -> str:
    return client.post(address, form, follow=True).content.decode()


def at(stage: Stage) -> None:
    Program.objects.update(stage=stage)


def test_the_checklist_says_what_is_missing_and_leads_there(draft: Program, aoi: User, signed_in: SignedIn) -> None:
    page = signed_in(aoi).get(PAGE).content.decode()
    assert "公開するには、あと1件そろえます。" in page
    assert "書かれていません。ボランティアで運営するときは" in page
    assert "足りません" in page
    assert 'href="/programs/women/general/"' in page
    assert OPENING not in page


def test_nobody_opens_it_by_another_door(draft: Program, aoi: User, signed_in: SignedIn) -> None:
    assert "まだ公開できません。足りないもの: 委託元" in said(signed_in(aoi), OPENING)
    assert Program.objects.get().stage == Stage.DRAFT


def test_what_is_ready_says_what_opening_does_and_opens(draft: Program, aoi: User, signed_in: SignedIn) -> None:
    Program.objects.update(commissioner="神奈川県")
    browser = signed_in(aoi)
    page = browser.get(PAGE).content.decode()
    for words in ("公開できます。", "http://testserver/talk/women/", "トップページの窓口の一覧に載ります。", "毎日"):
        assert words in page
    assert "LINEの友だち" not in page
    assert "公開しました。" in said(browser, OPENING)
    program = Program.objects.get()
    assert (program.stage, program.stage_by) == (Stage.OPEN, aoi)
    assert "Aoiさんが公開しました。" in browser.get(PAGE).content.decode()


def test_what_is_open_is_not_opened_again(program: Program, aoi: User, signed_in: SignedIn) -> None:
    assert "もう切り替わっていました。" in said(signed_in(aoi), OPENING)


def test_the_pause_holds_at_once_with_the_words_written_for_it(
    program: Program, aoi: User, signed_in: SignedIn
) -> None:
    browser = signed_in(aoi)
    assert "ただいま受付を止めています。" in browser.get(PAGE).content.decode()
    form = {"step": "pause", "back": "setup", "text-ja": SAID.replace("\n", "\r\n")}
    page = said(browser, RECEPTION, **form)
    assert "受付を停止しました。" in page
    assert "Aoiさんが受付を停止しました。" in page
    assert "事務所の停電" in page
    program.refresh_from_db()
    assert program.stage == Stage.PAUSED
    assert text_for(program, "paused").startswith("事務所の停電で、しばらくお休みします。\n\n")
    assert "受付を再開しました。" in said(browser, RECEPTION, step="resume", back="setup")
    assert Program.objects.get().stage == Stage.OPEN


def test_words_that_cannot_be_sent_come_back_with_the_reason(program: Program, aoi: User, signed_in: SignedIn) -> None:
    answer = signed_in(aoi).post(RECEPTION, {"step": "pause", "back": "setup", "text-ja": "お休みです"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "{emergency}(緊急連絡先)がありません。" in page
    assert ">\nお休みです</textarea>" in page
    assert Program.objects.get().stage == Stage.OPEN


def test_each_language_of_the_program_has_its_words(program: Program, aoi: User, signed_in: SignedIn) -> None:
    Program.objects.update(languages=["ja", "en"])
    page = signed_in(aoi).get(PAGE).content.decode()
    assert "相談する人が読む文章(日本語)" in page
    assert "相談する人が読む文章(英語)" in page
    assert "We have stopped taking talks" in page


def test_a_supervisor_pauses_and_resumes_from_the_staffing_page(
    program: Program, mio: User, signed_in: SignedIn
) -> None:
    browser = signed_in(mio)
    page = browser.get(STAFFING).content.decode()
    assert "受付を停止する" in page
    assert "ただいま受付を止めています。" in page
    assert "受付を停止しました。" in said(browser, RECEPTION, step="pause")
    program.refresh_from_db()
    assert (program.stage, program.stage_by) == (Stage.PAUSED, mio)
    page = browser.get(STAFFING).content.decode()
    assert "Mioさんが受付を停止しました。" in page
    assert "受付を再開しました。" in said(browser, RECEPTION, step="resume")


def test_a_supervisors_words_are_not_taken(program: Program, mio: User, signed_in: SignedIn) -> None:
    said(signed_in(mio), RECEPTION, **{"step": "pause", "back": "setup", "text-ja": SAID})
    program.refresh_from_db()
    assert program.stage == Stage.PAUSED
    assert "停電" not in text_for(program, "paused")


@pytest.mark.parametrize(("stage", "step"), [(Stage.DRAFT, "pause"), (Stage.PAUSED, "pause"), (Stage.OPEN, "resume")])
def test_who_comes_too_late_is_told(program: Program, mio: User, signed_in: SignedIn, stage: Stage, step: str) -> None:
    at(stage)
    assert "もう切り替わっていました。" in said(signed_in(mio), RECEPTION, step=step)


def test_closing_says_what_happens_and_to_how_many(
    program: Program, waiting: Session, active: Session, aoi: User, signed_in: SignedIn
) -> None:
    page = signed_in(aoi).get(CLOSING).content.decode()
    assert "待っている方(いま0人)" in page
    assert "対応中の相談(いま1件)" in page
    assert "これまで{program}をご利用くださり" in page


def test_closing_wants_the_name_once_more(program: Program, aoi: User, signed_in: SignedIn) -> None:
    browser = signed_in(aoi)
    answer = browser.post(CLOSING, {"name": "女性の相談", "text-ja": SAID})
    assert answer.status_code == 400
    assert "事業名が違います。終了していません。" in answer.content.decode()
    assert Program.objects.get().stage == Stage.OPEN
    page = said(browser, CLOSING, **{"name": "女性の ための相談", "text-ja": SAID})
    assert "「女性のための相談」を終了しました。" in page
    assert "Aoiさんが終了しました。" in page
    program.refresh_from_db()
    assert program.stage == Stage.CLOSED
    assert "停電" in text_for(program, "closed")
    assert AuditEntry.objects.filter(deed="program.stage_changed", details={"did": "close"}).exists()


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.CLOSED])
def test_what_is_not_public_is_not_closed(program: Program, aoi: User, signed_in: SignedIn, stage: Stage) -> None:
    at(stage)
    assert "もう切り替わっていました。" in said(signed_in(aoi), CLOSING, name="女性のための相談")
    assert Program.objects.get().stage == stage


@pytest.mark.parametrize("who", ["aoi", "mio"])
def test_a_trial_opens_the_visitors_page_of_a_draft(
    draft: Program, who: str, request: pytest.FixtureRequest, aoi: User, signed_in: SignedIn
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    answer = browser.post(TRIAL)
    assert answer["Location"] == "/talk/women/"
    held = answer.cookies[trial.NAME]
    assert (held["httponly"], held["samesite"], held["max-age"]) == (True, "Strict", 4 * 3600)
    assert "試しの相談です。" in browser.get("/talk/women/").content.decode()


def test_what_is_over_is_not_tried(program: Program, mio: User, signed_in: SignedIn) -> None:
    at(Stage.CLOSED)
    answer = signed_in(mio).post(TRIAL)
    assert trial.NAME not in answer.cookies
    assert answer["Location"] == STAFFING
