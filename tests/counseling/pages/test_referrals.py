"""The pages of connecting: the list, a referral made and mended, its result, its letter; refused in place."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.actions import letters, referrals
from counseling.actions.letters import NotAgreed, Writing
from counseling.actions.referring import InvalidReferral
from counseling.models import Program, Referral, ReferralLetter, Session, Visitor
from tests.conftest import confirm, person
from tests.counseling.actions.directories import an_agency
from tests.counseling.actions.referred import CONSENTED, TOLD, contacted, day, note, refer, told

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def chika(program: Program) -> User:
    """She coordinates what visitors are connected to."""
    return person("Chika", program, Role.COORDINATOR)


@pytest.fixture
def referral(active: Session, haru: User) -> Referral:
    """Haru telephoned an agency, as Sora had agreed."""
    return refer(active, haru)


def at(name: str, *ids: int) -> str:
    return reverse(f"office:{name}", args=["women", *ids])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def typed(by: User, **changes: str) -> dict[str, Any]:
    minute = timezone.localtime(timezone.now() - timedelta(minutes=3)).strftime("%Y-%m-%dT%H:%M")
    return {
        "client_id": str(uuid4()), "seen": "0", "kind": "women", "agency": "女性相談センター", "level": "contacted",
        "consent": CONSENTED, "consented_at": minute, "asked_by": str(by.pk), "items": ["name"],
        "contacted_at": minute, "contacted_by": str(by.pk), "told": TOLD, "due_on": day(14).isoformat(), **changes,
    }  # fmt: skip


def test_a_counselor_refers_from_the_directory(
    active: Session, program: Program, haru: User, signed_in: SignIn
) -> None:
    there, browser = an_agency(program, name="みなと相談室"), signed_in(haru)
    refer(active, haru, told(agency_id=there.pk))
    chosen = text(browser.get(at("referral-choose", active.pk), {"q": "みなと"}))
    assert "28日で1件・結果待ち1件" in chosen
    form = text(browser.get(at("referral-new", active.pk), {"agency": there.pk}))
    assert "みなと相談室(28日で1件)" in form
    answer = browser.post(at("referral-new", active.pk), typed(haru, agency_id=str(there.pk), agency="", kind=""))
    made = Referral.objects.latest("pk")
    assert (answer.status_code, made.agency) == (302, there)
    assert CONSENTED in text(browser.get(at("referral", made.pk)))


def test_what_is_refused_keeps_all_that_was_typed(active: Session, haru: User, signed_in: SignIn) -> None:
    answer = signed_in(haru).post(at("referral-new", active.pk), typed(haru, consent="", due_on=day(-1).isoformat()))
    page = text(answer)
    assert answer.status_code == 400
    assert "ご本人の同意がなければ" in page
    assert "これからの日を選んで" in page
    assert TOLD in page
    assert not Referral.objects.exists()


def test_an_agency_that_was_retired_meanwhile_is_said_in_place(
    active: Session, program: Program, haru: User, signed_in: SignIn
) -> None:
    gone = an_agency(program)
    type(gone).objects.update(retired_at=timezone.now())
    answer = signed_in(haru).post(at("referral-new", active.pk), typed(haru, agency_id=str(gone.pk)))
    assert answer.status_code == 400
    assert "選びなおしてください" in text(answer)
    assert TOLD in text(answer)


def test_the_form_offers_an_emergency_report_to_supervisors_alone(
    active: Session, haru: User, mio: User, signed_in: SignIn
) -> None:
    assert "緊急対応シートの連絡記録" not in text(signed_in(haru).get(at("referral-new", active.pk)))
    assert "緊急対応シートの連絡記録" in text(signed_in(mio).get(at("referral-new", active.pk)))
    assert signed_in(haru).post(at("referral-new", active.pk), typed(haru, level="emergency")).status_code == 400


def test_two_at_once_see_both_texts(referral: Referral, haru: User, mio: User, signed_in: SignIn) -> None:
    given = typed(haru, seen="1", told="ハルが書いた")
    referrals.change(referral_id=referral.pk, by=mio, seen=1, referring=contacted(haru, told="ミオが書いた"))
    browser = signed_in(haru)
    answer = browser.post(at("referral-change", referral.pk), given)
    assert answer.status_code == 400
    assert "ハルが書いた" in text(answer)
    assert "いまは「ミオが書いた」と書かれています" in text(answer)
    assert browser.post(at("referral-change", referral.pk), given | {"seen": "2"}).status_code == 302


def test_the_list_marks_what_is_overdue_and_puts_risk_first(
    referral: Referral, active: Session, chika: User, haru: User, ren: User, signed_in: SignIn
) -> None:
    Referral.objects.update(due_on=day(-2))
    page = text(signed_in(chika).get(at("referrals")))
    assert "聞く日を過ぎたつなぎが1件あります" in page
    assert "2日すぎています" in page
    assert "女性相談センター" in page
    assert "ここに並ぶつなぎはありません" in text(signed_in(ren).get(at("referrals")))
    note(referral, haru, "connected")
    assert "女性相談センター" in text(signed_in(chika).get(at("referrals"), {"show": "ended"}))
    assert "しぼりこみを外して" in text(signed_in(chika).get(at("referrals"), {"kind": "police"}))


def test_the_list_asks_as_often_for_many_as_for_one(
    active: Session, haru: User, chika: User, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for _time in range(12):
        refer(active, haru)
    browser = signed_in(chika)
    with django_assert_max_num_queries(16):
        browser.get(at("referrals"))


def test_a_coordinator_reads_what_was_agreed_and_no_transcript(
    referral: Referral, chika: User, signed_in: SignIn
) -> None:
    browser = signed_in(chika)
    assert CONSENTED in text(browser.get(at("referral", referral.pk)))
    assert AuditEntry.objects.filter(deed="referral.read", actor_id=chika.pk).exists()
    for name in ("record", "call-offer"):
        assert browser.get(at(name, referral.session_id)).status_code == 404
    assert browser.get(f"/api/sessions/{referral.session_id}").status_code == 404


def test_a_result_is_written_and_two_at_once_see_both(
    referral: Referral, haru: User, mio: User, signed_in: SignIn
) -> None:
    browser = signed_in(haru)
    assert "どうなったかを選んで" in text(browser.post(at("referral-result", referral.pk), {"seen": "1"}))
    note(referral, mio, "declined", words="定員でした")
    given = {"seen": "1", "result": "connected", "on": day().isoformat(), "words": "予約した"}
    page = text(browser.post(at("referral-result", referral.pk), given))
    assert "定員でした" in page
    assert "予約した" in page


def test_consent_taken_back_is_said_everywhere_and_ends_the_letter(
    referral: Referral, haru: User, signed_in: SignIn
) -> None:
    made = a_letter(referral, haru)
    browser = signed_in(haru)
    assert browser.post(at("referral-withdrawal", referral.pk), {"seen": "1", "words": ""}).status_code == 400
    assert browser.post(at("referral-withdrawal", referral.pk), {"seen": "1", "words": "やめて"}).status_code == 302
    assert "同意は撤回" in text(browser.get(at("referrals")))
    assert "ご本人が同意を撤回しました" in text(browser.get(at("referral", referral.pk)))
    confirm(browser)
    for answer in (
        browser.get(at("referral-letter", referral.pk)),
        browser.get(at("referral-letter-made", referral.pk, made.number)),
        browser.post(at("referral-letter-pdf", referral.pk, made.number)),
        browser.post(at("referral-change", referral.pk), typed(haru, seen="2")),
    ):
        assert answer.status_code == 302
        assert answer["Location"] == at("referral", referral.pk)


def a_letter(referral: Referral, by: User, items: dict[str, str] | None = None) -> ReferralLetter:
    writing = Writing(
        {"items": items or {"name": "空野そら"}, "request": "面談をお願いします", "care": ""}, approved=True
    )
    made, _new = letters.make(referral_id=referral.pk, by=by, client_id=uuid4(), seen=1, writing=writing)
    return made


def test_a_letter_is_looked_at_then_made_and_the_same_bytes_each_time(
    referral: Referral, haru: User, signed_in: SignIn
) -> None:
    browser = signed_in(haru)
    assert browser.get(at("referral-letter", referral.pk)).status_code == 302
    confirm(browser)
    page = text(browser.get(at("referral-letter", referral.pk)))
    assert 'name="name"' in page
    assert 'name="content"' not in page
    given = {"client_id": str(uuid4()), "seen": "1", "name": "空野そら", "request": "面談を", "content": "夫のこと"}
    shown = browser.post(at("referral-letter", referral.pk), given | {"do": "make"})
    assert "できあがり" in text(shown)
    assert not ReferralLetter.objects.exists()
    given |= {"do": "make", "looked_at": shown.context["form"]["looked_at"].value()}
    assert "ご本人に確かめてから" in text(browser.post(at("referral-letter", referral.pk), given))
    answer = browser.post(at("referral-letter", referral.pk), given | {"approved": "on"})
    made = ReferralLetter.objects.get()
    assert answer["Location"] == at("referral-letter-made", referral.pk, made.number)
    assert "夫のこと" not in text(browser.get(answer["Location"]))
    first, second = (browser.post(at("referral-letter-pdf", referral.pk, 1)) for _time in range(2))
    assert first.content == second.content
    assert first.content.startswith(b"%PDF")
    assert AuditEntry.objects.filter(deed="letter.printed").count() == 2
    assert AuditEntry.objects.filter(deed="letter.printed").latest("pk").details["digest"] == made.digest


def test_a_letter_holds_nothing_that_was_not_agreed(referral: Referral, active: Session, haru: User) -> None:
    with pytest.raises(InvalidReferral) as refused:
        a_letter(referral, haru, {"content": "夫のこと"})
    assert refused.value.problems == {"content": "not_agreed"}
    with pytest.raises(NotAgreed):
        a_letter(refer(active, haru, told()), haru)


def test_what_is_not_agreed_any_more_is_printed_no_more(referral: Referral, haru: User) -> None:
    made = a_letter(referral, haru)
    referrals.change(referral_id=referral.pk, by=haru, seen=1, referring=contacted(haru, items=("area",)))
    with pytest.raises(NotAgreed):
        letters.take_along(referral_id=referral.pk, number=made.number, by=haru)


def test_a_letter_names_its_writer_only_where_the_program_says_so(referral: Referral, haru: User) -> None:
    for names, writer in ((False, ""), (True, "Haru")):
        Program.objects.update(letter_names_writer=names)
        referral.refresh_from_db()
        made = a_letter(referral, haru)
        told_so = made.opened(referral.session.visitor.key())["letter"]
        assert told_so["writer"] == writer
        assert referral.session.visitor.pseudonym not in str(told_so)


def test_of_a_visitor_who_was_erased_there_is_no_page(referral: Referral, mio: User, signed_in: SignIn) -> None:
    Visitor.objects.update(wrapped_key=b"")
    for name in ("referral", "referral-change", "referral-result"):
        assert signed_in(mio).get(at(name, referral.pk)).status_code == 404
    assert "女性相談センター" not in text(signed_in(mio).get(at("referrals")))


def test_too_late_is_said_and_not_silent(active: Session, haru: User, signed_in: SignIn) -> None:
    Session.objects.update(state="closed", closed_at=timezone.now() - timedelta(days=2))
    answer = signed_in(haru).get(at("referral-choose", active.pk))
    assert answer.status_code == 302
    assert "記録を直せる期間" in str(next(iter(get_messages(answer.wsgi_request))))
