"""通知先: added with a secret shown once, tried by hand, stopped and resumed; and real messages to a real receiver."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling.actions import notifications, receptions, subscriptions
from counseling.gateways.subscribers import telling
from counseling.machines import Event
from counseling.models import Membership, Notification, Program, Subscription
from tests.conftest import NEVER, confirm
from tests.receivers import Receiver, status
from tests.servers import free_port

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PLACE = "/programs/women/connections/"
NEW = PLACE + "subscriptions/"
WISH = {"url": "https://example.jp/hook", "events": ["reception.closed", "risk.raised"]}


@pytest.fixture
def browser(signed_in: SignedIn, aoi: User) -> Client:
    """Aoi's, who has just confirmed that it is she."""
    client = signed_in(aoi)
    confirm(client)
    return client


@pytest.fixture
def there(settings: LazySettings) -> object:
    """A developer's machine: receivers on it may be told."""
    settings.DEBUG = True
    return settings


def secret_in(text: str) -> str:
    found = re.search(r'value="(whsec_[^"]+)"', text)
    assert found
    return found[1]


def page_of(place: Subscription) -> str:
    return f"{NEW}{place.pk}/"


def place_at(program: Program, by: User, url: str = "https://example.jp/hook") -> Subscription:
    return subscriptions.make(program_id=program.pk, by=by, url=url, events=list(Event))[0]


def test_without_places_the_page_says_what_they_are_for(browser: Client) -> None:
    assert "通知先はまだありません" in browser.get(PLACE).content.decode()


def test_the_secret_is_shown_in_the_answer_and_never_again(browser: Client) -> None:
    answer = browser.post(NEW, WISH)
    secret = secret_in(answer.content.decode())
    assert "no-store" in answer.headers["Cache-Control"]
    place = Subscription.objects.get()
    for path in (PLACE, NEW, page_of(place), page_of(place) + "removal/", "/programs/women/audit/"):
        text = browser.get(path).content.decode()
        assert secret not in text
        assert secret.removeprefix("whsec_") not in text


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"url": ""}, "「https://」で始まるアドレスを書いてください"),
        ({"url": "相手のところ"}, "「https://」で始まるアドレスを書いてください"),
        ({"url": "http://example.jp/"}, "暗号化されない「http://」へは送りません"),
        ({"url": "https://me:secret@example.jp/"}, "ユーザー名やパスワードを書かないでください"),
        ({"url": "https://192.168.0.1/"}, "内部のアドレスへは送りません"),
        ({"url": "https://localhost/"}, "内部のアドレスへは送りません"),
        ({"url": "https://example.jp/" + "a" * 500}, "500字までで書いてください"),
        ({"events": []}, "知らせることを1つ以上選んでください"),
        ({"events": ["message.received"]}, "知らせることを1つ以上選んでください"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(browser: Client, wish: dict[str, object], told: str) -> None:
    text = browser.post(NEW, WISH | wish).content.decode()
    assert told in text
    assert not Subscription.objects.exists()
    if "url" not in wish:
        assert 'value="https://example.jp/hook"' in text


def test_the_same_place_twice_is_one(browser: Client) -> None:
    browser.post(NEW, WISH)
    assert "もう通知先にあります" in browser.post(NEW, WISH).content.decode()


def test_too_many_places_are_refused(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscriptions, "MOST_SUBSCRIPTIONS", 0)
    assert "通知先が多すぎます" in browser.post(NEW, WISH).content.decode()


def test_a_closing_reaches_the_receiver_signed_with_the_secret_that_was_shown(
    browser: Client, program: Program, there: object
) -> None:
    with Receiver() as receiver:
        secret = secret_in(browser.post(NEW, WISH | {"url": receiver.url}).content.decode())
        place = Subscription.objects.get()
        Program.objects.update(hours=NEVER)
        receptions.watch()
        telling.notify(place.pk)
        (request,) = receiver.requests
    assert request.is_signed_with(secret)
    assert not request.is_signed_with("whsec_" + "A" * 44)
    assert request.told["type"] == "reception.closed"
    assert request.told["data"] == {"program": "women", "reason": "off_hours", "next_opening": None}
    notification = Notification.objects.get()
    assert request.headers["webhook-id"] == f"msg_{notification.key.hex}"
    assert abs(int(request.headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert notification.state == "taken"
    text = browser.get(page_of(place)).content.decode()
    assert "受付が終わった" in text and "届きました" in text and "HTTP 200が返りました" in text


def test_what_is_not_taken_is_sent_again_with_the_same_id(program: Program, aoi: User, there: object) -> None:
    with Receiver([status(500), status(302), status(204)]) as receiver:
        place = place_at(program, aoi, receiver.url)
        notifications.owe(program=program, event=Event.RECEPTION_OPENED, at=timezone.now())
        for _try in range(3):
            telling.notify(place.pk)
            past = timezone.now() - timedelta(seconds=1)
            Subscription.objects.update(rest_until=past)
            Notification.objects.update(next_try_at=past)
        requests = receiver.requests
    assert len(requests) == 3
    assert len({request.headers["webhook-id"] for request in requests}) == 1
    assert len({request.body for request in requests}) == 1
    assert Notification.objects.get().state == "taken"


def test_several_are_told_one_after_another(program: Program, aoi: User, there: object) -> None:
    with Receiver() as receiver:
        place = place_at(program, aoi, receiver.url)
        for _each in range(3):
            notifications.owe(program=program, event=Event.RECEPTION_OPENED, at=timezone.now())
        telling.notify(place.pk)
        assert len(receiver.requests) == 3


def test_while_its_threads_are_taken_the_worker_waits_for_no_receiver(
    program: Program, aoi: User, there: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "_tellers", threading.BoundedSemaphore(1))
    with Receiver() as receiver:
        place = place_at(program, aoi, receiver.url)
        notifications.owe(program=program, event=Event.RECEPTION_OPENED, at=timezone.now())
        telling._tellers.acquire()
        telling.notify(place.pk)
        assert receiver.requests == []
        telling._tellers.release()
        telling.notify(place.pk)
        assert len(receiver.requests) == 1


def test_a_try_by_hand_says_that_it_arrived(browser: Client, program: Program, aoi: User, there: object) -> None:
    with Receiver([status(202)]) as receiver:
        place = place_at(program, aoi, receiver.url)
        text = browser.post(page_of(place) + "ping/", follow=True).content.decode()
        (request,) = receiver.requests
    assert request.told["type"] == "ping"
    assert "届きました。HTTP 202が返りました。" in text


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (status(500, body=b"secret words of theirs"), "HTTP 500が返りました"),
        (status(301, "Location: https://example.jp/\r\n"), "別のアドレスへ案内されました(HTTP 301)"),
        (b"hello\r\n", "HTTPの返事ではありません"),
        (b"", "つながらないか、途中で切れました"),
    ],
)
def test_a_try_by_hand_says_what_went_wrong(
    browser: Client, program: Program, aoi: User, there: object, answer: bytes, told: str
) -> None:
    with Receiver([answer]) as receiver:
        place = place_at(program, aoi, receiver.url)
        text = browser.post(page_of(place) + "ping/", follow=True).content.decode()
    assert "届きませんでした。" + told in text
    assert "secret words" not in text
    assert Subscription.objects.get().failures == 0


def test_where_nobody_listens_the_page_says_so(browser: Client, program: Program, aoi: User, there: object) -> None:
    place = place_at(program, aoi, f"http://127.0.0.1:{free_port()}/")
    assert "つながらないか、途中で切れました" in browser.post(page_of(place) + "ping/", follow=True).content.decode()


def test_two_tries_at_once_are_one(browser: Client, program: Program, aoi: User) -> None:
    place = place_at(program, aoi)
    notifications.claim_ping(place=place, now=timezone.now())
    assert "いま送っているところです" in browser.post(page_of(place) + "ping/", follow=True).content.decode()


def test_a_place_is_paused_and_resumed(browser: Client, program: Program, aoi: User) -> None:
    place = place_at(program, aoi)
    path = page_of(place) + "state/"
    text = browser.post(path, {"told": "0"}, follow=True).content.decode()
    assert "通知を停止しました" in text and "から、通知を停止しています" in text
    assert "停止しています" in browser.get(PLACE).content.decode()
    assert "通知を再開しました" in browser.post(path, {"told": "1"}, follow=True).content.decode()
    assert "知らせています" in browser.get(PLACE).content.decode()


def test_a_place_that_fails_or_stopped_says_so(browser: Client, program: Program, aoi: User) -> None:
    place = place_at(program, aoi)
    now = timezone.now()
    Subscription.objects.update(failures=3, failing_since=now)
    assert "届いていません。送り直しています" in browser.get(PLACE).content.decode()
    assert "から届いていません" in browser.get(page_of(place)).content.decode()
    Subscription.objects.update(stopped_at=now)
    assert "届かないため、止まっています" in browser.get(PLACE).content.decode()
    assert "通知を止めました" in browser.get(page_of(place)).content.decode()


def test_a_place_is_removed_after_being_asked(browser: Client, program: Program, aoi: User) -> None:
    place = place_at(program, aoi)
    path = page_of(place) + "removal/"
    assert "この通知先を消しますか" in browser.get(path).content.decode()
    assert Subscription.objects.exists()
    assert "を消しました" in browser.post(path, follow=True).content.decode()
    assert not Subscription.objects.exists()
    for missing in (path, page_of(place)):
        assert browser.get(missing).status_code == 404


def test_adding_and_removing_ask_first_who_it_is(signed_in: SignedIn, aoi: User, program: Program) -> None:
    client = signed_in(aoi)
    place = place_at(program, aoi)
    for path in (NEW, page_of(place) + "removal/"):
        for answer in (client.get(path), client.post(path, WISH)):
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/accounts/")
    assert Subscription.objects.count() == 1


def test_another_programs_place_is_not_there(browser: Client, aoi: User) -> None:
    other = Program.objects.create(slug="other", name="other", kind="women", starts_on=timezone.localdate())
    Membership.objects.create(user=aoi, program=other, role=Role.ADMINISTRATOR)
    path = page_of(place_at(other, aoi))
    assert browser.get(path).status_code == browser.get(path + "removal/").status_code == 404
    assert {browser.post(path + part).status_code for part in ("ping/", "state/", "removal/")} == {404}


def test_a_long_history_shows_its_latest_and_costs_no_more(browser: Client, program: Program, aoi: User) -> None:
    place = place_at(program, aoi)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(page_of(place))
        return len(asked)

    before = queries()
    for number in range(25):
        notifications.owe(program=program, event=Event.RISK_RAISED, at=timezone.now(), session=number)
    assert queries() == before <= 8
    assert browser.get(page_of(place)).content.decode().count('<tr role="row">') == 21
