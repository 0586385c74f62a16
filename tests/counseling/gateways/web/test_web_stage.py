"""The visitor's page while its program is being set up, paused, over; and trials by people of the house."""

from collections.abc import Callable

import pytest
from django.core.signing import dumps
from django.test import Client

from accounts.models import User
from counseling.actions import stages
from counseling.gateways.web import trial
from counseling.models import Channel, Message, Program, Session, SessionEvent, Visitor
from counseling.stages import Stage, Step
from tests.conftest import NEVER
from tests.counseling.gateways.web.conftest import PAGE, filled

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def at(stage: Stage, **changes: object) -> None:
    Program.objects.update(stage=stage, **changes)


def text_of(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode()


def begin(client: Client) -> str:
    """Send the form; where it leads."""
    program = Program.objects.get(slug="women")
    return str(client.post(f"{PAGE}start", filled(program))["Location"])


@pytest.fixture
def trying(web_channel: Channel, signed_in: SignedIn) -> Callable[[User], Client]:
    """A browser of this person, with a pass for the program."""

    def enter(user: User) -> Client:
        client = signed_in(user)
        client.cookies[trial.NAME] = dumps(["women", user.pk, "t" * 43], salt=trial.SALT)
        return client

    return enter


Trying = Callable[[User], Client]


@pytest.mark.parametrize("place", ["", "closed", "state"])
def test_a_draft_has_no_page(sora: Client, place: str) -> None:
    at(Stage.DRAFT)
    assert sora.get(PAGE + place).status_code == 404


def test_nobody_starts_in_a_draft(sora: Client, program: Program) -> None:
    at(Stage.DRAFT)
    assert sora.post(f"{PAGE}start", filled(program)).status_code == 404
    assert not Session.objects.exists()


def test_who_flees_from_a_draft_gets_away(sora: Client) -> None:
    at(Stage.DRAFT)
    assert sora.post(f"{PAGE}leave").status_code == 303


@pytest.mark.parametrize(
    ("stage", "says"), [(Stage.PAUSED, "ただいま受付を止めています"), (Stage.CLOSED, "この相談窓口は終了しました")]
)
def test_the_page_says_that_it_takes_nobody(sora: Client, stage: Stage, says: str) -> None:
    at(stage)
    page = text_of(sora)
    assert says in page
    assert "相談をはじめる" not in page
    assert "次の受付は" not in page
    assert "0120-061-338" in page


@pytest.mark.parametrize("step", [Step.PAUSE, Step.CLOSE])
def test_the_page_says_what_was_written_for_it(sora: Client, program: Program, aoi: User, step: Step) -> None:
    said = {"ja": "事務所が停電しました。<b>\n\n{emergency}"}
    stages.step(program_id=program.pk, step=step, by=aoi, said=said)
    page = text_of(sora)
    assert "事務所が停電しました。&lt;b&gt;" in page
    assert "この相談窓口は終了しました" not in page
    assert "ただいま受付を止めています" not in page
    assert "{emergency}" not in page


def test_a_page_opened_before_the_pause_starts_nothing_silently(sora: Client, program: Program, aoi: User) -> None:
    assert "相談をはじめる" in text_of(sora)
    stages.step(program_id=program.pk, step=Step.PAUSE, by=aoi)
    address = begin(sora)
    assert address == f"{PAGE}closed"
    assert "ただいま受付を止めています。ご不便を" in text_of(sora, address)
    assert Session.objects.get().refusal == "paused"


def test_who_was_refused_outside_the_hours_reads_of_the_pause_when_they_come_again(
    sora: Client, program: Program
) -> None:
    Program.objects.update(hours=NEVER)
    begin(sora)
    at(Stage.PAUSED)
    assert "ただいま受付を止めています" in text_of(sora, begin(sora))


def test_the_front_page_lists_what_is_open_and_says_what_is_paused(client: Client, web_channel: Channel) -> None:
    assert "女性のための相談" in text_of(client, "/")
    at(Stage.PAUSED)
    assert "ただいま受付を止めています" in text_of(client, "/")


@pytest.mark.parametrize("changes", [{"stage": Stage.DRAFT}, {"stage": Stage.CLOSED}, {"practice": True}])
def test_the_front_page_lists_no_drafts_nothing_over_and_nothing_for_learning(
    client: Client, web_channel: Channel, changes: dict[str, object]
) -> None:
    Program.objects.update(**changes)
    assert "女性のための相談" not in text_of(client, "/")


@pytest.mark.parametrize("changes", [{"stage": Stage.DRAFT}, {"stage": Stage.PAUSED}, {"hours": NEVER}, {}])
def test_a_trial_is_let_in_whenever(trying: Trying, aoi: User, changes: dict[str, object]) -> None:
    Program.objects.update(least_on_duty=9, **changes)
    browser = trying(aoi)
    assert "試しの相談" in text_of(browser)
    assert begin(browser) == PAGE
    session = Session.objects.get()
    assert (session.trial, session.state) == (True, "waiting")
    assert SessionEvent.objects.get(session=session, kind="session.opened").by == aoi
    assert "試しの相談" in text_of(browser)


def test_a_trial_writes_like_any_visitor_and_leaves_no_cookie_of_one(trying: Trying, mio: User) -> None:
    at(Stage.DRAFT)
    browser = trying(mio)
    begin(browser)
    assert "visit" not in browser.cookies
    words = {"client_id": "00000000-0000-0000-0000-000000000077", "text": "試しています"}
    assert browser.post(f"{PAGE}messages", words, content_type="application/json").status_code == 201
    assert Message.objects.filter(author="visitor").count() == 2


def test_a_trial_does_not_mix_with_a_talk_of_the_same_browser(trying: Trying, aoi: User) -> None:
    browser = trying(aoi)
    held = browser.cookies.pop(trial.NAME)
    begin(browser)
    browser.cookies[trial.NAME] = held.value
    begin(browser)
    assert sorted(Session.objects.values_list("trial", flat=True)) == [False, True]
    assert Visitor.objects.count() == 2


def test_quick_exit_forgets_the_pass(trying: Trying, aoi: User) -> None:
    browser = trying(aoi)
    begin(browser)
    assert browser.post(f"{PAGE}leave").status_code == 303
    assert browser.cookies[trial.NAME].value == ""
    assert Session.objects.get().state == "abandoned"


def test_who_signed_out_tries_nothing(trying: Trying, aoi: User) -> None:
    at(Stage.DRAFT)
    browser = trying(aoi)
    held = browser.cookies[trial.NAME].value
    browser.logout()
    browser.cookies[trial.NAME] = held
    assert browser.get(PAGE).status_code == 404


@pytest.mark.parametrize("who", ["haru", "kei"])
def test_others_try_nothing_even_with_a_pass(trying: Trying, who: str, request: pytest.FixtureRequest) -> None:
    browser = trying(request.getfixturevalue(who))
    assert "試しの相談" not in text_of(browser)
    begin(browser)
    assert not Session.objects.get().trial


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: "", id="empty"),
        pytest.param(lambda: "nonsense", id="nonsense"),
        pytest.param(lambda: dumps(["women", 1, "t" * 43], salt="another"), id="signed for something else"),
        pytest.param(lambda: dumps(7, salt=trial.SALT), id="another shape"),
    ],
)
def test_a_pass_we_did_not_give_is_none(sora: Client, make: Callable[[], str]) -> None:
    at(Stage.DRAFT)
    sora.cookies[trial.NAME] = make()
    assert sora.get(PAGE).status_code == 404


def test_somebody_else_s_pass_is_none(trying: Trying, aoi: User, mio: User) -> None:
    at(Stage.DRAFT)
    browser = trying(aoi)
    browser.cookies[trial.NAME] = dumps(["women", mio.pk, "t" * 43], salt=trial.SALT)
    assert browser.get(PAGE).status_code == 404


def test_a_pass_for_another_program_is_none_here(trying: Trying, aoi: User) -> None:
    at(Stage.DRAFT)
    browser = trying(aoi)
    browser.cookies[trial.NAME] = dumps(["child", aoi.pk, "t" * 43], salt=trial.SALT)
    assert browser.get(PAGE).status_code == 404


def test_a_program_that_is_over_is_not_tried(trying: Trying, aoi: User) -> None:
    at(Stage.CLOSED)
    browser = trying(aoi)
    assert "この相談窓口は終了しました" in text_of(browser)
    assert "試しの相談" not in text_of(browser)
