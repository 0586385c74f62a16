"""LINE accounts: what a check of the connection found, and the rich menu that was made on the platform."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import quotas
from counseling.connection import Account, Check, Usage, findings
from counseling.models import Channel, LineAccount
from counseling.models.program import ChannelKind

# Making a menu takes five requests of at most LINE_TIMEOUT_SECONDS; then another may begin.
MENU_CLAIM_LIFE = timedelta(minutes=1)


def _locked(channel_id: int, by: User) -> tuple[Channel, LineAccount]:
    """The LINE channel and its account under their row locks, for those who configure its program.

    In this order, as channels.connect takes them. Raises NotVisible.
    """
    channels = Channel.objects.select_for_update(no_key=True).filter(pk=channel_id, kind=ChannelKind.LINE)
    channel = channels.first()
    if channel is None:
        raise permissions.NotVisible
    permissions.require(by, Right.CONFIGURE, channel.program_id)
    account, _made = LineAccount.objects.select_for_update(no_key=True).get_or_create(channel=channel)
    return channel, account


@transaction.atomic
def record_check(*, asked: Channel, by: User, check: Check, ours: str, now: datetime) -> None:
    """Keep what a check found that was made with the secrets of `asked`, where `ours` is our webhook's address.

    Whose webhooks we take is known from then on only if the check proved that token and secret are of one account: a
    token of another account must not make us deaf to this one. Raises NotVisible.
    """
    channel, account = _locked(asked.pk, by)
    if (channel.secret_at, channel.access_token_at) != (asked.secret_at, asked.access_token_at):
        return  # others were typed meanwhile: what was found is not of them
    told = check.account if isinstance(check.account, Account) else None
    elsewhere = Channel.objects.filter(kind=ChannelKind.LINE, bot_user_id=told.user_id if told else None)
    account.findings = findings(
        check,
        ours=ours,
        known_as=channel.bot_user_id,
        is_elsewhere=elsewhere.exclude(pk=channel.pk).exists(),
    )
    account.checked_at = now
    if told:
        account.name, account.basic_id = told.name[:100], told.basic_id[:40]
        account.mark_as_read_mode = told.mark_as_read_mode[:10]
    account.save(update_fields=["findings", "checked_at", "name", "basic_id", "mark_as_read_mode"])
    if isinstance(check.usage, Usage):
        quotas.record_usage(channel_id=channel.pk, usage=check.usage, now=now)
    if told and check.proven and channel.bot_user_id != told.user_id:
        Channel.objects.filter(pk=channel.pk).update(bot_user_id=told.user_id)
        _note(channel, by, "account")


@transaction.atomic
def record_address(*, channel_id: int, by: User) -> None:
    """Our webhook's address was set on the platform; what the last check found of it is void. Raises NotVisible."""
    channel, account = _locked(channel_id, by)
    account.findings, account.checked_at = [], None
    account.save(update_fields=["findings", "checked_at"])
    _note(channel, by, "webhook")


class MenuBusy(Exception):
    """Somebody is just making or removing the menu."""


@transaction.atomic
def claim_menu(*, channel_id: int, by: User, now: datetime) -> Channel:
    """Take it upon oneself to change the menu on the platform: two at once would remove each other's.

    Raises NotVisible, MenuBusy.
    """
    channel, account = _locked(channel_id, by)
    until = account.menu_claimed_until
    # A claim that lies further ahead than one lasts was written by a clock that has been put back since.
    if until is not None and now < until <= now + MENU_CLAIM_LIFE:
        raise MenuBusy
    account.menu_claimed_until = now + MENU_CLAIM_LIFE
    account.save(update_fields=["menu_claimed_until"])
    return channel


@transaction.atomic
def record_menu(*, channel_id: int, by: User, menu_id: str, now: datetime) -> None:
    """The menu of this id is shown to everybody, or none is (empty); the claim ends. Raises NotVisible."""
    channel, account = _locked(channel_id, by)
    account.menu_id, account.menu_made_at = menu_id, now if menu_id else None
    account.menu_claimed_until = None
    account.save(update_fields=["menu_id", "menu_made_at", "menu_claimed_until"])
    _note(channel, by, "menu_made" if menu_id else "menu_removed")


def let_go_of_menu(*, channel_id: int) -> None:
    """Nothing came of it: the next may try at once."""
    LineAccount.objects.filter(channel=channel_id).update(menu_claimed_until=None)


def _note(channel: Channel, by: User, did: str) -> None:
    subject, program_id = f"channel:{channel.pk}", channel.program_id
    audit.note(Deed.CHANNEL_CHANGED, by=by, subject=subject, program_id=program_id, did=did)
