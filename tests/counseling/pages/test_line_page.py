"""The page on which an administrator connects LINE: what it shows, refuses, and never shows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling.actions import channels, friends, line_accounts, quotas
from counseling.connection import Followers, Usage
from counseling.gateways.line.menu_picture import picture
from counseling.models import Channel, LineAccount, Program
from simulator.running import Simulator
from tests.conftest import SORA, confirm

PAGE = "/programs/women/line/"
SECRET, TOKEN = "s" * 32, "t" * 172
BOT = "U" + "b" * 32
SignedIn = Callable[[User], Client]


@pytest.fixture
def official(line: Simulator) -> Simulator:
    """LINE, where the account of SECRET and TOKEN is."""
    line.channel(channel_id="1650000001", secret=SECRET, access_token=TOKEN, bot_user_id=BOT, name="女性相談")
    return line


@pytest.fixture
def client(aoi: User, signed_in: SignedIn) -> Client:
    """Aoi, who has just confirmed who she is."""
    browser = signed_in(aoi)
    confirm(browser)
    return browser


@pytest.fixture
def connected(program: Program, aoi: User, official: Simulator) -> Channel:
    """The secrets are typed."""
    return channels.connect(program_id=program.pk, by=aoi, secret=SECRET, access_token=TOKEN, now=timezone.now())


def said(client: Client, path: str = "", **form: str) -> str:
    """The page after this was pressed."""
    return client.post(PAGE + path, form, follow=True).content.decode()


def test_a_program_without_line_is_told_where_to_begin(program: Program, client: Client) -> None:
    shown = client.get(PAGE).content.decode()
    assert "まだLINEとつながっていません" in shown
    assert "鍵を登録する" in shown
    assert "接続を確かめる</button>" not in shown
    assert not Channel.objects.exists()


def test_what_is_typed_makes_the_channel_and_is_never_shown(
    official: Simulator, program: Program, client: Client
) -> None:
    shown = said(client, "secrets/", secret=f" {SECRET}\n", access_token=TOKEN)
    channel = Channel.objects.get()
    assert (channel.secrets_at(timezone.now()), channel.token()) == ([SECRET], TOKEN)
    assert "に登録" in shown
    assert f"/line/{channel.key}/webhook" in shown
    for page in (shown, client.get(PAGE + "secrets/").content.decode()):
        assert SECRET not in page
        assert TOKEN not in page


@pytest.mark.parametrize(
    ("secret", "token", "field", "why"),
    [
        ("", TOKEN, "secret", "チャネルシークレットを貼り付けてください"),
        ("short", TOKEN, "secret", "チャネルシークレットではないようです"),
        ("s" * 30 + " x", TOKEN, "secret", "チャネルシークレットではないようです"),
        (TOKEN, TOKEN, "secret", "アクセストークンのようです"),
        (SECRET, "", "access_token", "チャネルアクセストークンを貼り付けてください"),
        (SECRET, SECRET, "access_token", "チャネルシークレットのようです"),
        (SECRET, "t" * 100 + " cut", "access_token", "アクセストークンではないようです"),
        (SECRET, "t" * 2001, "access_token", "アクセストークンではないようです"),
    ],
)
def test_what_cannot_be_a_secret_is_refused_beside_its_field(
    secret: str, token: str, field: str, why: str, program: Program, client: Client
) -> None:
    answer = client.post(PAGE + "secrets/", {"secret": secret, "access_token": token}).content.decode()
    beside = answer.split(f'id="id_{field}_error"')[1].split("</div>")[0]
    assert why in beside
    assert "両方とも、もう一度貼り付けてください" in answer
    assert not Channel.objects.exists()
    for typed in (secret, token):
        assert not typed.strip() or f'value="{typed}"' not in answer


def test_one_of_the_two_can_be_replaced_and_nothing_at_all_cannot(connected: Channel, client: Client) -> None:
    assert "鍵を登録しました" in said(client, "secrets/", secret="n" * 32)
    connected.refresh_from_db()
    assert connected.secrets_at(timezone.now()) == ["n" * 32, SECRET]
    assert connected.token() == TOKEN
    assert "まで使えます" in client.get(PAGE).content.decode()
    assert "替えるほうを貼り付けてください" in said(client, "secrets/")


def test_who_comes_too_late_types_again_and_nothing_lies_in_the_login(
    program: Program, aoi: User, signed_in: SignedIn
) -> None:
    browser = signed_in(aoi)
    answer = browser.post(PAGE + "secrets/", {"secret": SECRET, "access_token": TOKEN})
    assert answer["Location"] == PAGE + "secrets/"
    asked = browser.get(PAGE + "secrets/")
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert not Channel.objects.exists()
    assert SECRET not in str(dict(browser.session))
    confirm(browser)
    assert "もう一度入力してください" in browser.get(PAGE + "secrets/").content.decode()


def test_a_check_is_told_step_by_step(connected: Channel, official: Simulator, client: Client) -> None:
    shown = said(client, "check/")
    assert "つながりました。" in shown
    assert "女性相談 @" in shown
    assert "まだ設定されていません。" in shown
    assert "「LINEに設定する」を押してください。" in shown
    # Nobody listens at the tests' own address.
    assert "接続できませんでした" in shown
    connected.refresh_from_db()
    assert connected.bot_user_id == ""


def test_lines_own_chat_is_warned_of(connected: Channel, official: Simulator, client: Client) -> None:
    official.change_channel("1650000001", chat_mode="chat")
    shown = said(client, "check/")
    assert "LINE側のチャットがオンです。" in shown
    assert "既読は自動ではつきません" in shown


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("401-until-refresh", "アクセストークンが正しくないか"),
        ("403", "LINEがこの操作を許していません"),
        ("503", "LINEの側で障害が起きています"),
        ("rst-before-accept", "LINEに接続できませんでした"),
    ],
)
def test_a_failure_of_lines_is_told_in_plain_words_wherever_one_presses(
    fault: str, why: str, connected: Channel, official: Simulator, client: Client
) -> None:
    for path, button in (("bot/info", "check/"), ("webhook", "address/"), ("richmenu", "menu/")):
        official.faults([fault], path=path)
        assert why in said(client, button), button
        official.refresh_tokens("1650000001")
    assert LineAccount.objects.get().menu_id == ""
    assert LineAccount.objects.get().menu_claimed_until is None


def test_the_address_is_set_for_them(connected: Channel, official: Simulator, client: Client) -> None:
    assert "LINEに設定しました。" in said(client, "address/")
    assert official.platform.channels.get("1650000001").webhook_url.endswith(f"/line/{connected.key}/webhook")
    assert "この窓口のアドレスになっています。" in said(client, "check/")


def test_the_menu_is_made_made_anew_and_removed(connected: Channel, official: Simulator, client: Client) -> None:
    sora = official.person("空", friend_of="1650000001")
    assert "リッチメニューを表示しました" in said(client, "menu/")
    first = official.menu(sora, "1650000001")
    assert first
    assert first["richMenuId"] == LineAccount.objects.get().menu_id
    assert "作り直す" in said(client, "menu/")
    assert official.menu(sora, "1650000001") != first
    assert "リッチメニューを消しました" in said(client, "menu/", remove="1")
    assert official.menu(sora, "1650000001") is None
    assert "いまは表示していません" in client.get(PAGE).content.decode()


def test_who_presses_while_the_menu_is_made_is_asked_to_wait(connected: Channel, aoi: User, client: Client) -> None:
    line_accounts.claim_menu(channel_id=connected.pk, by=aoi, now=timezone.now())
    assert "メニューを作っているところです" in said(client, "menu/")


def test_the_picture_is_the_one_that_line_gets(program: Program, client: Client) -> None:
    answer = client.get(PAGE + "menu.png")
    assert answer["Content-Type"] == "image/png"
    assert answer.content == picture()


@pytest.mark.parametrize(
    ("usage", "words"),
    [
        (Usage(1000, 120), "今月は1,000通のうち120通を送りました(12%)。"),
        (Usage(1000, 812), "今月の上限の80%に達しました。"),
        (Usage(1000, 960), "今月の上限の95%に達しました。"),
        (Usage(1000, 1300), "今月の上限に達しています。"),
        (Usage(None, 4321), "今月は4,321通を送りました"),
    ],
)
def test_the_month_s_messages_are_shown(usage: Usage, words: str, connected: Channel, client: Client) -> None:
    quotas.record_usage(channel_id=connected.pk, usage=usage, now=timezone.now())
    shown = client.get(PAGE).content.decode()
    assert words in shown
    assert 'width="130%"' not in shown


def test_a_count_of_last_month_is_not_shown(connected: Channel, client: Client) -> None:
    quotas.record_usage(channel_id=connected.pk, usage=Usage(1000, 960), now=timezone.now() - timedelta(days=32))
    assert "まだ数えていません" in client.get(PAGE).content.decode()


def test_friends_are_shown_with_who_counted_them(connected: Channel, client: Client) -> None:
    for number in range(3):
        friends.follow(channel_id=connected.pk, identity=f"U{number:032x}")
    friends.unfollow(channel_id=connected.pk, identity=f"U{0:032x}")
    before = client.get(PAGE).content.decode()
    assert "LINEが数え終えると現れます" in before
    day = timezone.localdate() - timedelta(days=1)
    quotas.record_followers(channel_id=connected.pk, followers=Followers(1500, 30), day=day)
    table = client.get(PAGE).content.decode().split('class="line-friends"')[1].split("</table>")[0]
    cells = [cell.split("</td>")[0] for cell in table.split("<td>")[2:]]
    assert cells == ["2", "1,470", "1", "30", "3", "—"]


def test_sending_that_stands_still_is_told_and_set_going(connected: Channel, client: Client) -> None:
    Channel.objects.update(paused_because="quota", paused_at=timezone.now())
    assert "LINEへの返信が止まっています" in client.get(PAGE).content.decode()
    shown = said(client, "sending/")
    assert "送信を再開しました。" in shown
    assert "LINEへの返信が止まっています" not in shown
    assert Channel.objects.get().paused_because == ""


def test_what_was_done_stands_in_the_audit(connected: Channel, client: Client) -> None:
    said(client, "address/")
    said(client, "menu/")
    done = [entry.details["did"] for entry in AuditEntry.objects.filter(deed="channel.changed").order_by("pk")]
    assert done == ["secrets", "webhook", "menu_made"]
    shown = client.get("/programs/women/audit/").content.decode()
    assert "内容: 鍵の登録" in shown
    assert "リッチメニューの表示" in shown


def test_without_a_channel_nothing_can_be_pressed(program: Program, client: Client) -> None:
    for path in ("check/", "address/", "menu/", "sending/"):
        assert client.post(PAGE + path).status_code == 404


@pytest.mark.parametrize("name", ["haru", "mio", "kei"])
def test_others_see_no_such_page(
    name: str, connected: Channel, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    browser = signed_in(request.getfixturevalue(name))
    confirm(browser)
    assert browser.get(PAGE).status_code == 404
    assert browser.post(PAGE + "secrets/", {"secret": "n" * 32}).status_code == 404
    assert connected.secrets_at(timezone.now()) == [SECRET]


def test_more_friends_ask_no_more_of_the_database(connected: Channel, client: Client) -> None:
    client.get(PAGE)
    with CaptureQueriesContext(connection) as before:
        client.get(PAGE)
    for number in range(5):
        friends.follow(channel_id=connected.pk, identity=f"U{number:032x}")
    friends.follow(channel_id=connected.pk, identity=SORA)
    with CaptureQueriesContext(connection) as after:
        client.get(PAGE)
    assert len(after) == len(before)
