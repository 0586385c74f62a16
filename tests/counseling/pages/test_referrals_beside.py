"""What was connected stands beside the record, in the directory, and in the record's form where it is asked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from counseling.feeds import records as feed
from counseling.feeds import referrals
from counseling.forms import Choice, Form, Kind, Question, ReportKey
from counseling.models import Program, Session
from tests.counseling.actions.directories import an_agency
from tests.counseling.actions.recorded import ask
from tests.counseling.actions.referred import contacted, note, refer, told

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def choices(*values: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, {"ja": value}) for value in values)


ASKED = Form(
    (
        Question(
            "done", Kind.CHOICES, {"ja": "対応"}, choices("listened", "informed", "connected"), report=ReportKey.DONE
        ),
        Question(
            "kind", Kind.CHOICES, {"ja": "種類"}, choices("women", "police"), report=ReportKey.AGENCY_KIND
        ),
        Question("consent", Kind.YES_NO, {"ja": "同意"}, report=ReportKey.CONSENT),
        Question(
            "result", Kind.CHOICE, {"ja": "結果"}, choices("connected", "declined", "unknown"),
            report=ReportKey.CONNECTION,
        ),
    )
)  # fmt: skip


def at(name: str, *ids: int) -> str:
    return reverse(f"office:{name}", args=["women", *ids])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_record_is_filled_with_what_the_referrals_say(active: Session, program: Program, haru: User) -> None:
    ask(program, ASKED)
    session = Session.objects.get(pk=active.pk)
    assert feed.sheet_of(session).written == {}
    refer(session, haru)
    made = refer(session, haru, told(kind="police"))
    written = feed.sheet_of(session).written
    assert written["done"] == ["informed", "connected"]
    assert written["kind"] == ["women", "police"]
    assert (written["consent"], written["result"]) == (["yes"], ["unknown"])
    note(made, haru, "connected")
    assert feed.sheet_of(session).written["result"] == ["connected"]


def test_a_form_that_asks_in_other_codes_is_left_alone(active: Session, program: Program, haru: User) -> None:
    ask(program, Form((Question("kind", Kind.CHOICE, {"ja": "種類"}, choices("a"), report=ReportKey.AGENCY_KIND),)))
    refer(active, haru)
    assert feed.sheet_of(Session.objects.get(pk=active.pk)).written == {}


def test_the_record_s_page_leads_there_and_back(active: Session, haru: User, signed_in: SignIn) -> None:
    made = refer(active, haru)
    page = text(signed_in(haru).get(at("record", active.pk)))
    assert at("referral-choose", active.pk) in page
    assert at("referral", made.pk) in page
    assert "女性相談センター" in page


def test_the_directory_tells_load_and_is_put_in_order_by_it(
    active: Session, program: Program, haru: User, signed_in: SignIn
) -> None:
    quiet, busy = an_agency(program, name="あおば相談室"), an_agency(program, name="わかば相談室")
    for _time in range(3):
        refer(active, haru, contacted(haru, agency_id=busy.pk))
    browser = signed_in(haru)
    page = text(browser.get(at("agencies")))
    assert "7日 3・28日 3・1年 3件" in page
    assert page.index("あおば相談室") < page.index("わかば相談室")
    for sort in ("load", "open"):
        page = text(browser.get(at("agencies"), {"sort": sort}))
        assert page.index("わかば相談室") < page.index("あおば相談室")
    assert "結果待ち3" in text(browser.get(at("agency", busy.pk)))
    assert "まだありません" in text(browser.get(at("agency", quiet.pk)))


def test_a_counselor_reads_their_referrals_as_long_as_the_record(active: Session, haru: User) -> None:
    refer(active, haru)
    Session.objects.update(state="closed", closed_at=timezone.now() - timedelta(days=29))
    assert referrals.of_session(active, haru) == []
