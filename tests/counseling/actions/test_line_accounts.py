"""LINE accounts: a check believes in an account only when its signature is ours; one menu is made at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling.actions import line_accounts
from counseling.connection import Account, Check, Tried, Trouble, Usage, Webhook
from counseling.models import Channel, LineAccount, Program
from counseling.permissions import NotVisible

OURS = "https://example.jp/line/women-line/webhook"
BOT, OTHER = "U" + "b" * 32, "U" + "c" * 32


def account(user_id: str = BOT) -> Account:
    return Account(user_id, "女性相談", "@123abcde", "bot", "auto")


def check(user_id: str = BOT, *, signed: bool = True) -> Check:
    tried = Tried(success=signed, status=200 if signed else 401, reason="OK" if signed else "ERROR_STATUS_CODE")
    return Check(account(user_id), Webhook(OURS, active=True), tried, Usage(1000, 120))


def keep(channel: Channel, by: User, found: Check) -> LineAccount:
    line_accounts.record_check(asked=channel, by=by, check=found, ours=OURS, now=timezone.now())
    return LineAccount.objects.get(channel=channel)


def bot_of(channel: Channel) -> str:
    return Channel.objects.get(pk=channel.pk).bot_user_id


def test_a_proven_account_is_known_from_then_on(line_channel: Channel, aoi: User) -> None:
    Channel.objects.update(bot_user_id="")
    kept = keep(line_channel, aoi, check())
    assert bot_of(line_channel) == BOT
    assert (kept.name, kept.basic_id, kept.quota, kept.used) == ("女性相談", "@123abcde", 1000, 120)
    assert [code for _step, code in kept.findings] == ["ok"] * 5
    assert AuditEntry.objects.get(deed="channel.changed").details == {"did": "account"}


def test_a_token_of_another_account_does_not_make_us_deaf_to_ours(line_channel: Channel, aoi: User) -> None:
    kept = keep(line_channel, aoi, check(OTHER, signed=False))
    assert bot_of(line_channel) == BOT
    assert dict(kept.findings) == {
        "account": "changed", "address": "ok", "test": "signature", "mode": "ok", "usage": "ok",
    }  # fmt: skip


def test_an_account_that_was_replaced_is_told_and_known(line_channel: Channel, aoi: User) -> None:
    assert dict(keep(line_channel, aoi, check(OTHER)).findings)["account"] == "changed"
    assert bot_of(line_channel) == OTHER
    assert dict(keep(line_channel, aoi, check(OTHER)).findings)["account"] == "ok"


def test_an_account_that_serves_another_program_is_told(line_channel: Channel, aoi: User, program: Program) -> None:
    other = Program.objects.create(slug="other", name="o", kind="women", starts_on=program.starts_on)
    Channel.objects.create(program=other, kind="line", key="other-line", bot_user_id=BOT)
    assert dict(keep(line_channel, aoi, check()).findings)["account"] == "elsewhere"


def test_a_check_that_failed_keeps_what_was_known(line_channel: Channel, aoi: User) -> None:
    keep(line_channel, aoi, check())
    kept = keep(line_channel, aoi, Check(Trouble.TIMEOUT))
    assert kept.findings == [["account", "timeout"]]
    assert (kept.basic_id, kept.used, bot_of(line_channel)) == ("@123abcde", 120, BOT)


def test_what_was_found_with_secrets_replaced_meanwhile_is_void(line_channel: Channel, aoi: User) -> None:
    Channel.objects.update(access_token_at=timezone.now())
    assert keep(line_channel, aoi, check(OTHER)).findings == []
    assert bot_of(line_channel) == BOT


def test_the_address_that_was_set_makes_the_last_check_void(line_channel: Channel, aoi: User) -> None:
    keep(line_channel, aoi, check())
    line_accounts.record_address(channel_id=line_channel.pk, by=aoi)
    assert LineAccount.objects.get().findings == []
    assert AuditEntry.objects.latest("pk").details == {"did": "webhook"}


def test_one_menu_is_made_at_a_time(line_channel: Channel, aoi: User) -> None:
    now = timezone.now()
    line_accounts.claim_menu(channel_id=line_channel.pk, by=aoi, now=now)
    with pytest.raises(line_accounts.MenuBusy):
        line_accounts.claim_menu(channel_id=line_channel.pk, by=aoi, now=now)
    line_accounts.let_go_of_menu(channel_id=line_channel.pk)
    line_accounts.claim_menu(channel_id=line_channel.pk, by=aoi, now=now)
    line_accounts.record_menu(channel_id=line_channel.pk, by=aoi, menu_id="richmenu-1", now=now)
    kept = LineAccount.objects.get()
    assert (kept.menu_id, kept.menu_made_at, kept.menu_claimed_until) == ("richmenu-1", now, None)
    line_accounts.record_menu(channel_id=line_channel.pk, by=aoi, menu_id="", now=now)
    assert LineAccount.objects.get().menu_made_at is None
    assert [entry.details["did"] for entry in AuditEntry.objects.order_by("pk")] == ["menu_made", "menu_removed"]


@pytest.mark.parametrize("passed", [line_accounts.MENU_CLAIM_LIFE, -timedelta(hours=1)])
def test_a_claim_ends_with_its_time_and_with_a_clock_put_back(
    passed: timedelta, line_channel: Channel, aoi: User
) -> None:
    now = timezone.now()
    line_accounts.claim_menu(channel_id=line_channel.pk, by=aoi, now=now)
    line_accounts.claim_menu(channel_id=line_channel.pk, by=aoi, now=now + passed)


@pytest.mark.parametrize("name", ["haru", "mio", "kei", "nao"])
def test_only_who_configures_the_program_changes_anything(
    name: str, line_channel: Channel, request: pytest.FixtureRequest
) -> None:
    by, now = request.getfixturevalue(name), timezone.now()
    for act in (
        lambda: line_accounts.record_check(asked=line_channel, by=by, check=check(), ours=OURS, now=now),
        lambda: line_accounts.record_address(channel_id=line_channel.pk, by=by),
        lambda: line_accounts.claim_menu(channel_id=line_channel.pk, by=by, now=now),
        lambda: line_accounts.record_menu(channel_id=line_channel.pk, by=by, menu_id="m", now=now),
    ):
        with pytest.raises(NotVisible):
            act()
    assert not LineAccount.objects.exists()


def test_a_page_is_no_line_account(web_channel: Channel, aoi: User) -> None:
    with pytest.raises(NotVisible):
        line_accounts.record_address(channel_id=web_channel.pk, by=aoi)
