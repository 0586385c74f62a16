"""Before the talk: what the page says, the form, and who is let in."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from counseling import feeds
from counseling.gateways.web import cookie
from counseling.models import Channel, Message, Program, Session, Visitor
from tests.conftest import NEVER
from tests.counseling.gateways.web.conftest import PAGE, Begin, filled

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode()


def test_the_page_says_what_it_is_and_on_which_terms(sora: Client) -> None:
    page = text_of(sora)
    for words in ("女性のための相談", "無料です", "24時間", "いま受け付けています", "命に危険がある", "利用規約の全文"):
        assert words in page


def test_the_tab_does_not_give_the_visitor_away(sora: Client) -> None:
    assert "<title>メモ</title>" in text_of(sora)


def test_a_program_may_show_its_name_in_the_tab(sora: Client, program: Program) -> None:
    Program.objects.update(neutral_title=False)
    assert "<title>女性のための相談</title>" in text_of(sora)


def test_looking_at_the_page_makes_no_identity(sora: Client) -> None:
    assert cookie.NAME not in sora.get(PAGE).cookies


@pytest.mark.parametrize(
    ("header", "value"),
    [("Cache-Control", "no-store"), ("Referrer-Policy", "same-origin"), ("X-Robots-Tag", "noindex, nofollow")],
)
def test_the_page_leaves_no_trace(sora: Client, header: str, value: str) -> None:
    assert sora.get(PAGE)[header] == value


def test_the_page_asks_no_other_site(sora: Client) -> None:
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", text_of(sora))


def test_a_program_without_a_web_page_is_unknown(client: Client, program: Program) -> None:
    assert client.get(PAGE).status_code == 404


def test_every_attribute_can_be_declined_and_is_so_from_the_first(sora: Client) -> None:
    page = text_of(sora)
    assert page.count("答えない") == 2
    assert page.count("checked") == 2


def test_starting_puts_the_visitor_into_the_queue(begin: Begin, sora: Client) -> None:
    session = begin(attribute_age="20s")
    assert (session.state, session.attributes) == ("waiting", {"age": "20s"})
    assert session.consented_at
    assert "あなたは1番目" in text_of(sora)


def test_the_line_is_the_first_message(talk: Session) -> None:
    first = Message.objects.filter(session=talk, author="visitor").get()
    assert first.words(talk.visitor.key()) == "夫のことで"


def test_the_identity_is_out_of_reach_of_scripts_and_other_sites(sora: Client, program: Program) -> None:
    made = sora.post(f"{PAGE}start", filled(program)).cookies[cookie.NAME]
    assert (made["httponly"], made["samesite"], made["max-age"], made["path"]) == (True, "Strict", "", "/")
    assert len(made.value) == 43


def test_on_https_the_cookie_is_bound_to_the_host(sora: Client, program: Program) -> None:
    made = sora.post(f"{PAGE}start", filled(program), secure=True).cookies[cookie.SECURE_NAME]
    assert made["secure"]


def test_an_identity_we_did_not_make_is_none(sora: Client, program: Program) -> None:
    sora.cookies[cookie.NAME] = "chosen-by-somebody"
    sora.post(f"{PAGE}start", filled(program))
    assert sora.cookies[cookie.NAME].value != "chosen-by-somebody"


def test_starting_twice_is_one_sitting(begin: Begin) -> None:
    assert begin().pk == begin().pk
    assert Visitor.objects.count() == 1


def test_without_consent_nothing_starts_and_nothing_typed_is_lost(sora: Client, program: Program) -> None:
    answers = filled(program, attribute_age="30s", line="聞いてほしい") | {"consent": ""}
    response = sora.post(f"{PAGE}start", answers)
    page = response.content.decode()
    assert response.status_code == 400
    assert "チェックを入れてください" in page
    assert "聞いてほしい" in page
    assert re.search(r'value="30s"[^>]*checked', page)
    assert not Session.objects.exists()


def test_terms_that_changed_are_read_again_first(sora: Client, program: Program) -> None:
    response = sora.post(f"{PAGE}start", filled(program, terms_version="0"))
    page = response.content.decode()
    assert response.status_code == 400
    assert "利用規約が新しくなりました" in page
    assert re.search(r'name="terms_version" value="1"', page)
    assert not re.search(r'name="consent"[^>]*checked', page)


def test_a_script_is_told_that_the_terms_changed(sora: Client, program: Program) -> None:
    answers = filled(program, terms_version="0")
    response = sora.post(f"{PAGE}start", answers, headers={"Accept": "application/json"})
    assert (response.status_code, response.json()["error"]) == (400, "terms_changed")


def test_a_line_that_is_too_long_is_refused_beside_its_field(sora: Client, program: Program) -> None:
    answers = filled(program, line="あ" * 201)
    response = sora.post(f"{PAGE}start", answers, headers={"Accept": "application/json"})
    assert list(response.json()["fields"]) == ["line"]


def test_a_nul_in_the_line_is_refused(sora: Client, program: Program) -> None:
    assert sora.post(f"{PAGE}start", filled(program, line="a\0b")).status_code == 400


def test_an_answer_that_was_not_offered_is_refused(sora: Client, program: Program) -> None:
    assert sora.post(f"{PAGE}start", filled(program, attribute_age="999")).status_code == 400


def test_a_script_is_told_where_to_go(sora: Client, program: Program) -> None:
    response = sora.post(f"{PAGE}start", filled(program), headers={"Accept": "application/json"})
    assert response.json() == {"to": PAGE}


def test_a_form_of_another_site_is_refused(web_channel: Channel, program: Program) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{PAGE}start", filled(program)).status_code == 403


def test_starting_by_a_link_is_refused(sora: Client) -> None:
    assert sora.get(f"{PAGE}start").status_code == 405


def test_outside_the_hours_the_page_offers_help_and_no_form(sora: Client) -> None:
    Program.objects.update(hours=NEVER)
    page = text_of(sora)
    assert "いまは受け付けていません" in page
    assert 'href="tel:0120279338"' in page
    assert 'id="start"' not in page


def test_a_form_sent_after_the_end_of_intake_is_turned_away_with_help(sora: Client, program: Program) -> None:
    Program.objects.update(hours=NEVER)
    response = sora.post(f"{PAGE}start", filled(program), follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(f"{PAGE}closed", 302)]
    assert "受付時間外のため" in page
    assert "{emergency}" not in page
    assert Session.objects.get().state == "off_hours"


def test_someone_turned_away_may_begin_later(sora: Client, program: Program, begin: Begin) -> None:
    Program.objects.update(hours=NEVER)
    sora.post(f"{PAGE}start", filled(program))
    Program.objects.update(hours=program.hours)
    assert 'id="start"' in text_of(sora)
    assert begin().state == "waiting"


def test_a_program_that_is_over_says_so(sora: Client) -> None:
    Program.objects.update(ends_on=timezone.localdate() - timedelta(days=3))
    assert "受付期間は終わりました" in text_of(sora)


def test_a_program_that_has_not_begun_says_so(sora: Client) -> None:
    Program.objects.update(starts_on=timezone.localdate() + timedelta(days=3))
    assert "まだ始まっていません" in text_of(sora)


@pytest.mark.parametrize("number", ["110", "119", "0120061338", "0120279338", "0120078310", "189", "0120279889"])
def test_every_emergency_line_is_one_tap_away(sora: Client, number: str) -> None:
    assert f'href="tel:{number}"' in text_of(sora)


def test_a_door_that_closes_today_says_when(sora: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    Program.objects.update(hours={"weekly": {"mon": ["12:00-22:00"]}, "holiday": None, "intake_close": 30})
    assert "11月23日(月) 21:30 まで" in text_of(sora)


def test_reception_is_what_everybody_else_is_told(program: Program) -> None:
    assert feeds.reception(program)["intake_open"]
