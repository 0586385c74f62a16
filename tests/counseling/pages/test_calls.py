"""The pages of calls: offering, the list, one call with its number, the program's telephone, the visitor's form."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling.actions import sessions, visits
from counseling.models import Channel, Message, PhoneTransfer, Program, Session
from counseling.models.edition import telephone_of
from tests.counseling.actions.calling import MASKED, NUMBER, agreed, with_telephone

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
COOKIE = "s" * 43
ANSWER = {"number": NUMBER, "slot": "now", "voice": "nobody", "wishes": "夜だけ", "answer": "agree"}
FOLLOW = {"follow_what": "眠れているか", "follow_day": str(timezone.localdate() + timedelta(days=1))}
CLOSED = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "")


@pytest.fixture
def talk(program: Program, web_channel: Channel, haru: User) -> Session:
    """Haru talks with Sora on the page, in a program with a telephone."""
    with_telephone(program)
    session = visits.start(
        channel_id=web_channel.pk, identity=COOKIE, terms_version=1, attributes={}, line="こんばんは"
    )
    return sessions.claim(session_id=session.pk, by=haru)


@pytest.fixture
def sora() -> Client:
    """Sora's browser."""
    client = Client()
    client.cookies["visit"] = COOKIE
    return client


def page(client: Client, path: str, **typed: str) -> str:
    address = f"/programs/women/{path}"
    answer = client.post(address, typed, follow=True) if typed else client.get(address)
    return str(answer.content.decode())


def test_a_call_back_is_offered_once_however_often_one_presses(talk: Session, haru: User, signed_in: SignIn) -> None:
    client, address = signed_in(haru), f"calls/offer/{talk.pk}/"
    assert "折り返しを提案する" in page(client, address)
    assert "相談者に送りました" in page(client, address, do="call_back")
    assert "もう電話を提案しています" in page(client, address, do="call_back")
    assert Message.objects.filter(session=talk, author="counselor").count() == 1


def test_a_program_without_a_telephone_says_what_to_do(talk: Session, haru: User, signed_in: SignIn) -> None:
    Program.objects.update(editions={})
    assert "管理者が、設定の「電話」で" in page(signed_in(haru), f"calls/offer/{talk.pk}/")


def test_what_was_told_in_the_talk_is_entered_or_refused_with_all_kept(
    talk: Session, haru: User, signed_in: SignIn
) -> None:
    client, address = signed_in(haru), f"calls/offer/{talk.pk}/"
    wrong = page(client, address, do="enter", number="0120-000-000", slot="now", voice="", wishes="夜だけ")
    assert "この番号にはおかけできません" in wrong
    assert "夜だけ" in wrong
    assert "電話の予定に入れ" in page(client, address, do="enter", number=NUMBER, slot="now", voice="program")


def test_the_number_stands_on_its_own_page_alone(talk: Session, haru: User, ren: User, signed_in: SignIn) -> None:
    call, client = agreed(talk, haru), signed_in(ren)
    assert MASKED in page(client, "calls/")
    one = f"calls/{call.pk}/"
    assert NUMBER not in page(client, one)
    assert NUMBER not in page(client, f"{one}number/", x="1")
    page(client, one, do="take")
    shown = client.post(f"/programs/women/{one}number/")
    assert NUMBER in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert NUMBER not in page(client, one)
    assert AuditEntry.objects.filter(deed="phone_number.read").count() == 1
    assert client.get(f"/programs/women/{one}number/").status_code == 405


def test_a_call_goes_from_taken_to_its_result(talk: Session, haru: User, ren: User, signed_in: SignIn) -> None:
    call, client = agreed(talk, haru), signed_in(ren)
    one = f"calls/{call.pk}/"
    assert "先に「わたしがかける」" in page(client, one, do="start")
    for wish in ("take", "start"):
        page(client, one, do=wish)
    refused = page(client, one, do="end", result="talked", next_step="again", words="眠れない")
    assert "もう一度かけることはできません" in refused
    assert "眠れない" in refused
    assert "電話の結果を記録しました" in page(
        client, one, do="end", result="talked", next_step="follow_up", words="x", **FOLLOW
    )
    assert "もう記録されています" in page(client, one, do="end", result="unreached", next_step="none")
    assert "要フォロー" in page(client, "calls/")


def test_somebody_else_s_call_is_told_and_not_taken(talk: Session, haru: User, ren: User, signed_in: SignIn) -> None:
    call = agreed(talk, haru)
    page(signed_in(ren), f"calls/{call.pk}/", do="take")
    assert "ほかの人が、この電話を引き受けています" in page(signed_in(haru), f"calls/{call.pk}/", do="take")


def test_a_call_of_another_program_is_not_there(talk: Session, haru: User, signed_in: SignIn, mio: User) -> None:
    call = agreed(talk, haru)
    other = Program.objects.create(slug="other", name="other", kind="women", starts_on="2026-01-01")
    mio.memberships.create(program=other, role="supervisor")
    client = signed_in(mio)
    for path in (f"calls/{call.pk}/", f"calls/offer/{talk.pk}/"):
        assert client.get(f"/programs/other/{path}").status_code == 404
    assert client.post(f"/programs/other/calls/{call.pk}/number/").status_code == 404


def test_the_list_asks_no_more_for_more_calls(
    talk: Session, haru: User, ren: User, signed_in: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    agreed(talk, haru)
    client = signed_in(ren)
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        page(client, "calls/")


def test_an_administrator_sets_the_telephone(aoi: User, program: Program, signed_in: SignIn) -> None:
    client = signed_in(aoi)
    assert "どれか1日には" in page(client, "telephone/", based_on="0", calls_back="on", line="", **CLOSED)
    assert "電話番号を数字で" in page(client, "telephone/", based_on="0", line="電話", **CLOSED | {"mon": "10時〜12時"})
    assert "時間として読めません" in page(client, "telephone/", based_on="0", line="", **CLOSED | {"mon": "夜"})
    typed = CLOSED | {"mon": "10時〜12時", "holidays_off": "on"}
    assert "保存しました" in page(client, "telephone/", based_on="0", calls_back="on", line="045-000-1234", **typed)
    plan = telephone_of(Program.objects.get(pk=program.pk))
    assert (plan.line, plan.calls_back, plan.hours.holiday) == ("045-000-1234", True, ())
    assert "ほかの人が保存しました" in page(client, "telephone/", based_on="0", line="03-0000-0001", **typed)
    assert "窓口の電話番号" in page(client, "editions/telephone/")


def test_a_visitor_answers_on_the_page_and_takes_it_back(
    talk: Session, haru: User, signed_in: SignIn, sora: Client
) -> None:
    page(signed_in(haru), f"calls/offer/{talk.pk}/", do="call_back")
    address = "/talk/women/telephone"
    assert address in sora.get("/talk/women/").content.decode()
    wrong = sora.post(address, ANSWER | {"number": "110"})
    assert wrong.status_code == 400
    assert "夜だけ" in wrong.content.decode()
    assert sora.post(address, ANSWER).status_code == 303
    assert sora.post(address, ANSWER).status_code == 303
    seen = sora.get(address).content.decode()
    assert MASKED in seen
    assert NUMBER not in seen
    sora.post(address, {"answer": "back"})
    assert PhoneTransfer.objects.get().result == "withdrawn"
    assert sora.get(address).status_code == 303


@pytest.mark.parametrize("language", ["en", "ja-easy"])
def test_the_page_speaks_the_visitor_s_language(
    talk: Session, haru: User, signed_in: SignIn, sora: Client, language: str
) -> None:
    Program.objects.update(languages=["ja", "ja-easy", "en"])
    page(signed_in(haru), f"calls/offer/{talk.pk}/", do="call_back")
    seen = sora.get(f"/talk/women/telephone?lang={language}").content.decode()
    assert {"en": "Call me at this time", "ja-easy": "この　じかんに　でんわして　ください"}[language] in seen
