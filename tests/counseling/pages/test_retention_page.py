"""The page of what is kept and what goes: shown without changing anything, a person erased, a hold placed and ended."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEntry, User
from counseling.actions import holds, sessions
from counseling.lifecycle import EndReason, State
from counseling.models import Erasure, Hold, Message, Program, Session
from tests.conftest import confirm

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGE = "/programs/women/retention/"
KEPT_UNTIL = "終えるまで、保存期間が過ぎても消えません。"


@pytest.fixture
def desk(signed_in: SignedIn, aoi: User) -> Client:
    """Aoi's browser, who just confirmed that it is her."""
    client = signed_in(aoi)
    confirm(client)
    return client


@pytest.fixture
def closed(active: Session, haru: User) -> Session:
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    Session.objects.update(state=State.CLOSED, closed_at=timezone.now())
    Program.objects.update(retention={"words": 30, "records": 30, "contacts": 30})
    return Session.objects.select_related("visitor").get(pk=active.pk)


def person(session: Session, rest: str = "") -> str:
    return f"{PAGE}visitors/{session.visitor_id}/{rest}"


def typed(session: Session, **more: str) -> dict[str, str]:
    return {"why": "request", "checked": "paper", "name": session.visitor.pseudonym} | more


def test_it_shows_what_would_go_on_a_day_and_changes_nothing(desk: Client, closed: Session) -> None:
    assert "消えるもの" in desk.get(PAGE).content.decode()
    day = timezone.localdate() + timedelta(days=40)
    shown = desk.get(PAGE, {"on": day.isoformat()})
    assert [line[2].amount for line in shown.context["lines"]] == [1, 1, 0, 1, 1, 0, 0]
    assert Message.objects.filter(author="visitor").get().words(closed.visitor.key())


@pytest.mark.parametrize("day", ["", "soon", "2027-02-30", "99999-01-01"])
def test_a_day_that_is_none_shows_tonight(day: str, desk: Client, closed: Session) -> None:
    assert desk.get(PAGE, {"on": day}).status_code == 200


def test_a_visitor_is_found_by_name_or_number(desk: Client, closed: Session) -> None:
    for wanted in (closed.visitor.pseudonym.lower(), str(closed.number)):
        assert desk.get(PAGE, {"q": wanted})["Location"] == person(closed)


@pytest.mark.parametrize("wanted", ["ZZZZ", "999", "9" * 30, "' OR 1=1", "\x00"])
def test_who_is_not_there_is_said_so(wanted: str, desk: Client, closed: Session) -> None:
    assert desk.get(PAGE, {"q": wanted}).status_code == 200


def test_no_word_is_on_the_persons_page(desk: Client, closed: Session) -> None:
    answer = desk.get(person(closed)).content.decode()
    assert "聞いてほしい" not in answer
    assert closed.visitor.pseudonym in answer


def test_a_person_is_erased_with_a_certificate(
    desk: Client, closed: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    shown = desk.get(person(closed, "erase/")).content.decode()
    assert "消えるもの" in shown
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(person(closed, "erase/"), typed(closed))["Location"] == person(closed)
    erased = Erasure.objects.get()
    paper = desk.post(f"{PAGE}erasures/{erased.pk}/certificate/")
    assert paper.content.startswith(b"%PDF")
    assert paper["Cache-Control"] == "no-store"
    assert len(AuditEntry.objects.get(deed="erasure.certified").details["digest"]) == 64
    assert "削除証明書" in desk.get(person(closed)).content.decode()
    assert desk.post(person(closed, "erase/"), typed(closed)).status_code == 302
    assert desk.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": "ABCD"}, "name"), ({"name": ""}, "name"), ({"checked": "none"}, "checked"), ({"why": "rule"}, "why")],
)
def test_a_form_that_was_refused_erases_nobody(
    wrong: dict[str, str], field: str, desk: Client, closed: Session
) -> None:
    answer = desk.post(person(closed, "erase/"), typed(closed, **wrong))
    assert list(answer.context["form"].errors) == [field]
    assert not Erasure.objects.exists()


def test_a_held_person_is_not_erased_and_the_page_says_why(desk: Client, closed: Session, aoi: User) -> None:
    holds.place(program_id=closed.program_id, by=aoi, client_id=uuid4(), reason="訴訟", visitor=closed.visitor)
    assert "法的保留がかかっている" in desk.post(person(closed, "erase/"), typed(closed)).content.decode()
    assert not Erasure.objects.exists()


def test_an_open_talk_is_not_erased_and_the_page_says_why(desk: Client, active: Session) -> None:
    assert "終わっていないため" in desk.post(person(active, "erase/"), typed(active)).content.decode()


def test_who_did_not_confirm_is_asked_first(signed_in: SignedIn, aoi: User, closed: Session) -> None:
    client = signed_in(aoi)
    assert "reauthenticate" in client.post(person(closed, "erase/"), typed(closed))["Location"]
    assert not Erasure.objects.exists()


def test_a_hold_stands_on_the_record_and_the_history(
    closed: Session, signed_in: SignedIn, mio: User, aoi: User
) -> None:
    client = signed_in(mio)
    pages = [f"/programs/women/records/{closed.pk}/", f"/programs/women/visitors/{closed.visitor_id}/history/"]
    assert [KEPT_UNTIL in client.get(one).content.decode() for one in pages] == [False, False]
    holds.place(program_id=closed.program_id, by=aoi, client_id=uuid4(), reason="損害賠償の訴訟", session=closed)
    told = [client.get(one).content.decode() for one in pages]
    assert all(KEPT_UNTIL in one and "損害賠償" not in one for one in told)
    assert f"/programs/women/visitors/{closed.visitor_id}/disclosure/" in told[1]
    assert f"/retention/visitors/{closed.visitor_id}/" not in told[1]


def test_a_hold_is_placed_and_ended(desk: Client, closed: Session) -> None:
    form = {"client_id": str(uuid4()), "reason": "損害賠償の訴訟", "until": ""}
    for _twice in range(2):
        assert desk.post(f"{PAGE}holds/new/?session={closed.pk}", form)["Location"] == PAGE
    hold = Hold.objects.get()
    assert (hold.session, hold.words("reason")) == (closed, "損害賠償の訴訟")
    end = f"{PAGE}holds/{hold.pk}/end/"
    assert "損害賠償の訴訟" in desk.get(end).content.decode()
    assert desk.post(end, {"reason": ""}).context["form"].errors
    assert desk.post(end, {"reason": "和解した"})["Location"] == PAGE
    assert desk.get(end).status_code == 404
    assert "終わった保留" in desk.get(PAGE).content.decode()


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"until": "2020-01-01"}, {"until": "tomorrow"}, {"reason": "\x00"}])
def test_a_hold_that_cannot_be_keeps_what_was_typed(wrong: dict[str, str], desk: Client, closed: Session) -> None:
    form = {"client_id": str(uuid4()), "reason": "訴訟", "until": ""} | wrong
    answer = desk.post(f"{PAGE}holds/new/", form)
    assert answer.context["form"].errors
    assert not Hold.objects.exists()


@pytest.mark.parametrize("of", ["visitor=999999", "session=x", "visitor=-1", "session=99999999999999999999"])
def test_a_hold_of_nobody_is_not_found(of: str, desk: Client, program: Program) -> None:
    assert desk.get(f"{PAGE}holds/new/?{of}").status_code == 404


def test_the_page_asks_few_questions(
    desk: Client, closed: Session, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(30):
        desk.get(PAGE)
