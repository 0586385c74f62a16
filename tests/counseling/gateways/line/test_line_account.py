"""What LINE answers when it is asked about an account, and what each failure is told as."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from counseling import quota, tasks
from counseling.connection import Account, Followers, Tried, Trouble, Usage, Webhook, findings
from counseling.gateways.line import asking
from counseling.gateways.line.signature import is_signed
from counseling.gateways.registry import LINE
from counseling.models import Channel, LineAccount
from simulator.running import Simulator
from tests.counseling.gateways.line.posting import BOT, SECRET, SORA
from tests.simulator.portal import Portal


@pytest.fixture
def ours() -> Iterator[Portal]:
    """Our webhook, which keeps what it gets."""
    server = Portal()
    with server.running():
        yield server


def codes(channel: Channel, address: str) -> dict[str, str]:
    return dict(findings(LINE.check(channel, address), ours=address))


def test_a_check_asks_for_everything(connected: Channel, line: Simulator, ours: Portal) -> None:
    line.change_channel(connected.key, webhook_url=ours.url, quota=500)
    check = LINE.check(connected, ours.url)
    assert isinstance(check.account, Account)
    assert (check.account.user_id, check.account.chat_mode, check.account.mark_as_read_mode) == (BOT, "bot", "auto")
    assert check.account.basic_id.startswith("@")
    assert check.webhook == Webhook(ours.url, active=True)
    assert check.tried == Tried(success=True, status=200, reason="OK")
    assert check.usage == Usage(500, 0)
    assert check.proven


def test_the_trial_is_a_signed_webhook_without_events(connected: Channel, ours: Portal) -> None:
    LINE.check(connected, ours.url)
    ((body, headers),) = ours.received
    assert body == b'{"destination":"%s","events":[]}' % BOT.encode()
    assert is_signed(body, headers["x-line-signature"], [SECRET])


def test_our_address_is_set_on_the_platform(connected: Channel, ours: Portal) -> None:
    assert codes(connected, ours.url)["address"] == "other"
    assert LINE.set_webhook(connected, ours.url) is None
    assert codes(connected, ours.url) == dict.fromkeys(("account", "address", "test", "mode"), "ok") | {
        "usage": "unlimited"
    }


@pytest.mark.parametrize(
    ("changed", "step", "code"),
    [
        ({"webhook_url": ""}, "address", "unset"),
        ({"webhook_active": False}, "address", "inactive"),
        ({"chat_mode": "chat"}, "mode", "chat"),
        ({"quota": 10}, "usage", "ok"),
    ],
)
def test_what_the_account_s_owner_set_wrongly_is_found(
    changed: dict[str, object], step: str, code: str, connected: Channel, line: Simulator, ours: Portal
) -> None:
    LINE.set_webhook(connected, ours.url)
    line.change_channel(connected.key, **changed)
    found = codes(connected, ours.url)
    assert found[step] == code
    assert found["test"] == "ok"


@pytest.mark.parametrize(("status", "code"), [(401, "signature"), (404, "missing"), (503, "away"), (500, "status")])
def test_how_we_answered_lines_trial_is_told(status: int, code: str, connected: Channel, ours: Portal) -> None:
    ours.statuses = [status]
    assert codes(connected, ours.url)["test"] == code


def test_an_address_nobody_listens_at_is_told(connected: Channel) -> None:
    assert codes(connected, "http://127.0.0.1:9/line/women-line/webhook")["test"] == "could_not_connect"


FAULTS = [
    ("401-until-refresh", Trouble.TOKEN),
    ("403", Trouble.FORBIDDEN),
    ("429-rate", Trouble.RATE),
    ("400", Trouble.REFUSED),
    ("500-before-accept", Trouble.DOWN),
    ("503", Trouble.DOWN),
    ("rst-before-accept", Trouble.UNREACHABLE),
    ("timeout-before-accept", Trouble.TIMEOUT),
    ("truncated-json", Trouble.UNREADABLE),
]


@pytest.mark.parametrize(("fault", "trouble"), FAULTS)
def test_each_failure_of_lines_has_its_own_name(
    fault: str, trouble: Trouble, connected: Channel, line: Simulator, settings: Settings
) -> None:
    settings.LINE_TIMEOUT_SECONDS = 0.3
    for path in ("bot/info", "quota", "webhook/endpoint"):
        line.faults([fault], path=path)
    check = LINE.check(connected, "http://127.0.0.1:9/")
    line.refresh_tokens(connected.key)
    assert check.account == trouble
    assert check.webhook is check.tried is check.usage is None
    assert LINE.usage(connected) == trouble
    line.refresh_tokens(connected.key)
    # A fault of an answer without a body is none.
    assert LINE.set_webhook(connected, "http://127.0.0.1:9/") == (None if fault == "truncated-json" else trouble)
    line.refresh_tokens(connected.key)


def test_where_nobody_answers_the_rest_is_not_asked(
    connected: Channel, line: Simulator, ours: Portal, settings: Settings
) -> None:
    settings.LINE_TIMEOUT_SECONDS = 0.3
    line.faults(["timeout-before-accept"], path="webhook/endpoint")
    check = LINE.check(connected, ours.url)
    assert isinstance(check.account, Account)
    assert (check.webhook, check.tried, check.usage) == (Trouble.TIMEOUT, None, None)


def test_a_host_that_does_not_exist_is_no_time_out(connected: Channel, settings: Settings) -> None:
    settings.LINE_HOST = "http://127.0.0.1:9"
    assert LINE.check(connected, "http://127.0.0.1:9/").account == Trouble.UNREACHABLE


def test_a_wrong_token_is_told(connected: Channel, line: Simulator) -> None:
    line.channel(channel_id=connected.key, secret=SECRET, access_token="another", bot_user_id=BOT)
    assert LINE.check(connected, "http://127.0.0.1:9/").account == Trouble.TOKEN


@pytest.mark.parametrize("sealed", [b"", b"\x01cannot be opened"])
def test_without_a_token_that_opens_line_is_not_asked(sealed: bytes, connected: Channel) -> None:
    connected.access_token = sealed
    assert LINE.check(connected, "http://127.0.0.1:9/").account == Trouble.NO_TOKEN
    assert LINE.usage(connected) == Trouble.NO_TOKEN
    assert LINE.set_webhook(connected, "http://127.0.0.1:9/") == Trouble.NO_TOKEN
    assert LINE.followers(connected, timezone.localdate()) is None


def test_only_a_few_wait_for_line_at_once(connected: Channel) -> None:
    for _place in range(asking.ASKERS):
        asking._places.acquire()
    try:
        assert LINE.check(connected, "http://127.0.0.1:9/").account == Trouble.BUSY
        assert LINE.set_webhook(connected, "http://127.0.0.1:9/") == Trouble.BUSY
    finally:
        for _place in range(asking.ASKERS):
            asking._places.release()
    assert isinstance(LINE.check(connected, "http://127.0.0.1:9/").account, Account)


def test_friends_are_counted_for_days_that_are_over(connected: Channel, line: Simulator) -> None:
    umi = line.person("海", friend_of=connected.key)
    line.person("空", friend_of=connected.key)
    line.say(umi, connected.key, "unfollow", delivery={"wait": False})
    today = timezone.now().astimezone(quota.JST).date()
    assert LINE.followers(connected, today - timedelta(days=1)) == Followers(2, 1)
    assert LINE.followers(connected, today) is None
    line.faults(["503"], path="insight")
    assert LINE.followers(connected, today - timedelta(days=1)) is None


def test_the_worker_keeps_what_was_counted(connected: Channel, line: Simulator) -> None:
    account = LineAccount.objects.create(channel=connected)
    line.change_channel(connected.key, quota=100)
    line.person("空", friend_of=connected.key, user_id=SORA)
    tasks.count_messages(connected.pk)
    account.refresh_from_db()
    assert (account.quota, account.used, account.friends_added, account.friends_blocking) == (100, 0, 1, 0)


def test_a_count_that_failed_changes_nothing_and_is_tried_again(connected: Channel, line: Simulator) -> None:
    account = LineAccount.objects.create(channel=connected, used=7, quota=100)
    line.faults(["503"], path="quota")
    tasks.count_messages(connected.pk)
    account.refresh_from_db()
    assert (account.used, account.counted_at) == (7, None)
    assert account.count_tried_at is not None
