"""The talk: words in, the whole of it out, and every refusal."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.test import Client

from accounts.models import User
from counseling.actions import messages, sessions, visits
from counseling.gateways.web import cookie, limits
from counseling.models import Channel, Message, Session
from tests.counseling.gateways.web.conftest import PAGE, Begin

pytestmark = pytest.mark.django_db
SAY = f"{PAGE}messages"


def say(browser: Client, text: object = "きょうのこと", client_id: object = None, raw: bytes | None = None) -> Any:
    body = raw if raw is not None else json.dumps({"client_id": client_id or str(uuid4()), "text": text})
    return browser.post(SAY, body, content_type="application/json", headers={"Accept": "application/json"})


def test_words_are_taken_and_come_back_as_the_visitor_sees_them(sora: Client, talk: Session) -> None:
    response = say(sora)
    assert response.status_code == 201
    assert set(response.json()) == {"seq", "version", "author", "kind", "text", "at", "client_id", "unsent"}


def test_words_sent_twice_are_taken_once(sora: Client, talk: Session) -> None:
    client_id = str(uuid4())
    first, second = say(sora, client_id=client_id), say(sora, client_id=client_id)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


def test_other_words_under_the_same_id_are_refused(sora: Client, talk: Session) -> None:
    client_id = str(uuid4())
    say(sora, client_id=client_id)
    response = say(sora, "べつのこと", client_id=client_id)
    assert (response.status_code, response.json()["error"]) == (409, "client_id_reused")


def test_without_a_visit_there_is_no_session(sora: Client) -> None:
    response = say(sora)
    assert (response.status_code, response.json()["error"]) == (409, "no_session")


def test_with_a_strangers_cookie_there_is_no_session(sora: Client, web_channel: Channel) -> None:
    sora.cookies[cookie.NAME] = cookie.new_identity()
    assert say(sora).status_code == 409


def test_after_leaving_the_queue_there_is_no_session(sora: Client, talk: Session) -> None:
    sora.post(f"{PAGE}end")
    assert say(sora).json()["error"] == "no_session"


@pytest.mark.parametrize("text", ["", "  \n", None, 7, {"$gt": ""}, ["a"], "a\0b", "\ud83d"])
def test_what_is_no_text_is_refused(sora: Client, talk: Session, text: object) -> None:
    response = say(sora, text)
    assert response.status_code == 400
    assert response.json()["fields"]["text"]


def test_a_text_too_long_is_refused_and_says_what_to_do(sora: Client, talk: Session) -> None:
    response = say(sora, "a" * 20_001)
    assert response.json()["error"] == "too_long"
    assert "分けて" in response.json()["message"]


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{", b'{"text":"a"}', b'{"client_id":"1","text":"a"}', b"\xff"])
def test_what_is_no_message_is_refused(sora: Client, talk: Session, raw: bytes) -> None:
    assert say(sora, raw=raw).json()["error"] == "invalid"


def test_an_enormous_body_is_refused(sora: Client, talk: Session) -> None:
    assert say(sora, "a" * 2_000_000).json()["error"] == "too_long"


def test_a_flood_is_slowed_with_words_for_a_person(sora: Client, talk: Session) -> None:
    answers = [say(sora) for _ in range(limits.MESSAGES + 1)]
    assert [answer.status_code for answer in answers[:-1]] == [201] * limits.MESSAGES
    assert (answers[-1].status_code, answers[-1]["Retry-After"]) == (429, "10")
    assert "少し間をおいて" in answers[-1].json()["message"]


def test_a_flood_slows_nobody_else(sora: Client, begin: Begin, talk: Session) -> None:
    for _ in range(limits.MESSAGES + 1):
        say(sora)
    sora.cookies.clear()
    begin()
    assert say(sora).status_code == 201


def test_without_redis_words_are_taken(sora: Client, talk: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: object, **kwargs: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "add", gone)
    assert say(sora).status_code == 201


def test_a_redis_that_swallows_everything_is_waited_for_once(
    sora: Client, talk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def swallow(*args: object, **kwargs: object) -> None:
        asked.append(args)
        raise redis.TimeoutError

    monkeypatch.setattr(cache, "add", swallow)
    assert [say(sora).status_code for _ in range(3)] == [201] * 3
    assert len(asked) == 1


def test_a_window_that_ended_while_counting_leaves_no_count_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    def add_without_end(key: str, *_given: object) -> None:
        cache.set(key, 0, None)
        held.append(cache.make_key(key))

    monkeypatch.setattr(cache, "add", add_without_end)
    assert limits.may_write("somebody")
    endless = -1
    assert redis.Redis.from_url(settings.REDIS_URL).ttl(held[0]) != endless


def test_a_script_of_another_site_is_refused(sora: Client, talk: Session) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sora.cookies
    assert say(strict).status_code == 403


def test_the_state_holds_the_talk_and_nothing_of_the_staff(sora: Client, talk: Session, haru: User) -> None:
    sessions.claim(session_id=talk.pk, by=haru)
    messages.reply(session_id=talk.pk, by=haru, client_id=uuid4(), words="こんばんは")
    told = sora.get(f"{PAGE}state")
    assert told.json()["messages"][-1]["text"] == "こんばんは"
    assert "Haru" not in told.content.decode()


def test_without_a_visit_there_is_no_state(sora: Client) -> None:
    assert sora.get(f"{PAGE}state").status_code == 404


def test_nobody_reads_anothers_talk(sora: Client, talk: Session, web_channel: Channel) -> None:
    other = Client()
    other.cookies[cookie.NAME] = cookie.new_identity()
    assert other.get(f"{PAGE}state").status_code == 404


def test_the_first_data_stands_in_the_page(sora: Client, talk: Session) -> None:
    page = sora.get(PAGE).content.decode()
    first = page.split('id="first" type="application/json">')[1].split("</script>")[0]
    assert json.loads(first)["session"] == talk.pk


def test_words_cannot_close_the_script_they_stand_in(sora: Client, talk: Session) -> None:
    say(sora, "</script><script>alert(1)</script>")
    assert "<script>alert" not in sora.get(PAGE).content.decode()


def test_nothing_of_the_talk_stands_in_the_title(sora: Client, talk: Session) -> None:
    assert "夫" not in sora.get(PAGE).content.decode().split("</title>")[0]


def test_without_a_script_words_are_sent_by_the_form(sora: Client, talk: Session) -> None:
    form = {"text": "スクリプトなしで\r\n二行", "client_id": str(uuid4())}
    response = sora.post(SAY, form)
    assert (response.status_code, response["Location"]) == (303, f"{PAGE}#now")
    assert "スクリプトなしで\n二行" in sora.get(PAGE).content.decode()


def test_the_form_pressed_twice_sends_once(sora: Client, talk: Session) -> None:
    form = {"text": "一度だけ", "client_id": str(uuid4())}
    sora.post(SAY, form)
    sora.post(SAY, form)
    assert Message.objects.filter(session=talk, client_id=form["client_id"]).count() == 1


def test_without_a_script_a_refusal_keeps_what_was_typed(sora: Client, talk: Session) -> None:
    response = sora.post(SAY, {"text": "あ" * 20_001})
    page = response.content.decode()
    assert response.status_code == 400
    assert "分けて送ってください" in page
    assert "あ" * 20_001 in page


def test_without_a_script_and_without_a_visit_the_form_leads_to_the_page(sora: Client) -> None:
    assert sora.post(SAY, {"text": "もしもし"})["Location"] == PAGE


def test_the_visitor_ends_the_talk_and_is_told_how_to_come_back(sora: Client, talk: Session) -> None:
    assert sora.post(f"{PAGE}end")["Location"] == PAGE
    page = sora.get(PAGE).content.decode()
    assert "相談は終わりました" in page
    assert f"{PAGE}?again" in page
    talk.refresh_from_db()
    assert (talk.state, talk.end_reason) == ("abandoned", "visitor_left")


def test_ending_twice_or_without_a_visit_is_harmless(sora: Client) -> None:
    assert sora.post(f"{PAGE}end", headers={"Accept": "application/json"}).status_code == 204


def test_after_an_end_one_may_start_again(sora: Client, talk: Session, begin: Begin) -> None:
    sora.post(f"{PAGE}end")
    assert 'id="start"' in sora.get(f"{PAGE}?again").content.decode()
    assert begin().pk != talk.pk


def test_an_open_talk_is_shown_whatever_the_address_says(sora: Client, talk: Session) -> None:
    assert 'id="first"' in sora.get(f"{PAGE}?again").content.decode()


def test_a_talk_that_ended_long_ago_is_not_shown_to_who_opens_the_browser_next(sora: Client, talk: Session) -> None:
    sora.post(f"{PAGE}end")
    Session.objects.filter(pk=talk.pk).update(ended_at=F("ended_at") - timedelta(minutes=31))
    assert "夫のことで" not in sora.get(PAGE).content.decode()
    assert sora.get(f"{PAGE}state").status_code == 404


def test_a_second_tab_shows_the_same_sitting(sora: Client, talk: Session) -> None:
    states = [sora.get(f"{PAGE}state").json()["session"] for _ in range(2)]
    assert states == [talk.pk, talk.pk]


def test_a_redelivered_form_never_reaches_another_visitor(sora: Client, talk: Session, web_channel: Channel) -> None:
    client_id = uuid4()
    say(sora, client_id=str(client_id))
    other = cookie.new_identity()
    visits.start(channel_id=web_channel.pk, identity=other, terms_version=1, attributes={}, line="")
    message, is_new = messages.receive(
        channel_id=web_channel.pk, identity=other, text="わたしのこと", client_id=client_id
    )
    assert is_new
    assert message.session_id != talk.pk
