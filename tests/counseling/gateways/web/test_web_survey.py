"""The survey on the visitor's page, without a script: by a link and from the page; nothing on it says whose it is."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from counseling.actions import sessions
from counseling.models import Channel, Program, Session, SurveyAnswer, SurveyInvitation, Visitor
from tests.counseling.survey.surveyed import answer_of, send, talked, token_in, with_survey

pytestmark = pytest.mark.django_db
GOOD, WORDS = "attribute_good", "attribute_words"


@pytest.fixture
def link(active: Session, program: Program, haru: User) -> str:
    """The address Sora was sent on LINE; the program has no page of its own."""
    with_survey(program, line="page")
    talked(active, haru)
    send()
    return f"/talk/women/survey/{token_in()}"


def said(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_it_is_read_and_answered_without_a_script(link: str, active: Session) -> None:
    sora = Client(enforce_csrf_checks=True)
    page = said(sora, link)
    assert "相談してよかったですか" in page
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
    answer = sora.post(link, {GOOD: "yes", WORDS: "ほっとしました", "answer": "send", "csrfmiddlewaretoken": token})
    assert (answer.status_code, answer["Location"]) == (303, link)
    assert "お答えを受け取りました" in said(sora, link)
    assert answer_of(active).codes == {"good": "yes"}


def test_nothing_on_it_says_which_program_or_talk_it_was(link: str, program: Program, active: Session) -> None:
    page = said(Client(), link)
    assert "<title>アンケート</title>" in page
    for told in (program.name, active.visitor.pseudonym, "聞いてほしい"):
        assert told not in page
    answer = Client().get(link)
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("same-origin", "no-store")


def test_looking_answers_nothing(link: str, active: Session) -> None:
    for _look in range(2):
        said(Client(), link)
        assert Client().head(link).status_code == 200
    assert answer_of(active).stage == "open"


def test_declining_and_a_blank_form_are_the_same(link: str, active: Session) -> None:
    sora = Client()
    assert sora.post(link, {"answer": "send"}).status_code == 303
    assert answer_of(active).stage == "declined"
    assert "わかりました" in said(sora, link)
    assert sora.post(link, {"answer": "no"}).status_code == 303


def test_answers_are_taken_back(link: str, active: Session) -> None:
    sora = Client()
    sora.post(link, {GOOD: "no", "answer": "send"})
    sora.post(link, {"answer": "withdraw"})
    assert "取り消しました" in said(sora, link)
    assert answer_of(active).codes == {}


def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(link: str, active: Session) -> None:
    answer = Client().post(link, {GOOD: "yes", WORDS: "あ" * 4_001, "answer": "send"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "長すぎます" in page
    assert "あ" * 4_001 in page
    assert answer_of(active).stage == "open"


def test_words_nobody_can_read_are_refused(link: str) -> None:
    answer = Client().post(link, {WORDS: "a\x00b", "answer": "send"})
    assert answer.status_code == 400


def test_words_of_danger_are_answered_with_the_contacts(link: str) -> None:
    sora = Client()
    sora.post(link, {WORDS: "もう死にたいです", "answer": "send"})
    assert "すぐに次のところへ連絡してください" in said(sora, link)


def test_a_late_answer_is_told_kindly(link: str, active: Session) -> None:
    SurveyInvitation.objects.update(ends_on=date(2020, 1, 1))
    assert "このアンケートは終わりました" in said(Client(), link)
    Client().post(link, {GOOD: "yes", "answer": "send"})
    assert answer_of(active).stage == "open"
    SurveyAnswer.objects.all().delete()
    assert "このアンケートは終わりました" in said(Client(), link, 410)


def test_a_link_that_never_was_is_answered_the_same(link: str, web_channel: Channel) -> None:
    assert "このアンケートは終わりました" in said(Client(), link[:-3] + "abc", 410)
    assert Client().post("/talk/nowhere/survey/abc", {}).status_code == 404


def test_who_was_erased_meanwhile_leaves_no_word(link: str, active: Session) -> None:
    Visitor.objects.update(wrapped_key=b"")
    answer = Client().post(link, {WORDS: "ことば", "answer": "send"})
    assert answer.status_code == 303
    assert (answer_of(active).stage, bytes(answer_of(active).words)) == ("open", b"")


def test_a_draft_has_no_survey(link: str, program: Program) -> None:
    Program.objects.update(stage="draft")
    assert Client().get(link).status_code == 404


def test_the_language_of_the_link_is_spoken(link: str, program: Program) -> None:
    Program.objects.update(languages=["ja", "en", "ja-easy"])
    assert "Send these answers" in said(Client(), f"{link}?lang=en")
    assert "おくる" in said(Client(), f"{link}?lang=ja-easy")


def test_from_the_page_one_talked_on(sora: Client, talk: Session, program: Program, haru: User) -> None:
    with_survey(program)
    over = talked(sessions.claim(session_id=talk.pk, by=haru), haru)
    assert "短いアンケートに答える" in said(sora, "/talk/women/")
    assert "アンケートをひらく" in said(sora, "/talk/women/survey")
    opened = sora.post("/talk/women/survey")
    assert opened.status_code == 303
    assert sora.post(opened["Location"], {GOOD: "yes", "answer": "send"}).status_code == 303
    assert answer_of(over).codes == {"good": "yes"}
    assert "短いアンケートに答える" not in said(sora, "/talk/women/")
    assert "いま、お答えいただくアンケートはありません" in said(sora, "/talk/women/survey")


def test_another_browser_finds_nothing(talk: Session, program: Program, haru: User) -> None:
    with_survey(program)
    talked(sessions.claim(session_id=talk.pk, by=haru), haru)
    stranger = Client()
    assert "いま、お答えいただくアンケートはありません" in said(stranger, "/talk/women/survey")
    stranger.cookies["visit"] = "v" * 43
    assert stranger.post("/talk/women/survey")["Location"] == "/talk/women/survey"


def test_a_talk_nobody_had_asks_nothing(sora: Client, talk: Session, program: Program) -> None:
    with_survey(program)
    sora.post("/talk/women/end")
    assert "短いアンケートに答える" not in said(sora, "/talk/women/?again")
    assert not SurveyInvitation.objects.exists()


def test_a_flood_of_presses_is_slowed(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from counseling.gateways.web import limits

    monkeypatch.setattr(limits, "may_write", lambda _identity: False)
    answer = Client().post(link, {GOOD: "yes", "answer": "send"})
    assert (answer.status_code, "少し間をおいて" in answer.content.decode()) == (400, True)


def test_an_answer_apart_by_its_link(active: Session, program: Program, haru: User) -> None:
    with_survey(program, line="page", kept="apart")
    talked(active, haru)
    send()
    link, sora = f"/talk/women/survey/{token_in()}", Client()
    assert sora.post(link, {GOOD: "yes", WORDS: str(uuid4()), "answer": "send"}).status_code == 303
    assert "お答えを受け取りました" in said(sora, link)
