"""Channels: their secrets, and sending that stopped (the month's messages used up, or the token refused)."""

import re
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, events, permissions, quota
from counseling.models import Channel, LineAccount, Program
from counseling.models.program import ChannelKind
from counseling.outcomes import Verdict

# After a new secret is typed, webhooks signed with the old one are taken for so long.
ROTATION = timedelta(hours=24)
# LINE's own platform; anything else is the simulator.
REAL_LINE = re.compile(r"https://([a-z0-9-]+\.)*line\.me(:\d+)?(/|$)")
# A channel's key is its program's name in the address, as far as it fits into the 50 letters of a key.
LONGEST_SLUG = 40


class ForPracticeOnly(Exception):
    """A program for practice has no account that real people can write to."""


def is_real() -> bool:
    """Whether this house talks to LINE itself, and not to the simulator."""
    return REAL_LINE.match(settings.LINE_HOST) is not None


def keep(*, channel: Channel) -> None:
    """Keep a channel as the administration writes it."""
    channel.save()
    if channel.kind == ChannelKind.LINE:
        LineAccount.objects.get_or_create(channel=channel)


@transaction.atomic
def connect(*, program_id: int, by: User, secret: str, access_token: str, now: datetime) -> Channel:
    """Keep the LINE secrets of a program that were typed, empty ones leaving what is there; its channel is made if new.

    For those who configure the program; raises NotVisible, ForPracticeOnly. What was found out about the connection is
    void.
    """
    permissions.require(by, Right.CONFIGURE, program_id)
    program = Program.objects.select_for_update(no_key=True).get(pk=program_id)
    if program.practice and is_real():
        raise ForPracticeOnly
    channel = line_channel(program_id) or _new_line_channel(program)
    _keep_secrets(channel, secret, access_token, now)
    account, _made = LineAccount.objects.select_for_update(no_key=True).get_or_create(channel=channel)
    account.findings, account.checked_at = [], None
    account.save(update_fields=["findings", "checked_at"])
    events.ring(events.board_group(program_id))
    typed = [name for name, value in (("secret", secret), ("access_token", access_token)) if value]
    audit.note(
        Deed.CHANNEL_CHANGED, by=by, subject=f"channel:{channel.pk}", program_id=program_id, did="secrets", fields=typed
    )
    return channel


def line_channel(program_id: int) -> Channel | None:
    """The program's LINE channel under its row lock."""
    channels = Channel.objects.select_for_update(no_key=True).filter(program=program_id, kind=ChannelKind.LINE)
    return channels.order_by("pk").first()


def _new_line_channel(program: Program) -> Channel:
    key = f"{program.slug[:LONGEST_SLUG]}-line"
    if Channel.objects.filter(key=key).exists():
        key = f"{program.slug[:LONGEST_SLUG]}-{secrets.token_hex(4)}"
    return Channel.objects.create(program=program, kind=ChannelKind.LINE, key=key)


def _keep_secrets(channel: Channel, secret: str, access_token: str, now: datetime) -> None:
    """Seal what was typed; empty leaves what is there. The old secret stays valid for ROTATION."""
    old = _opened(channel)
    # The same one typed again, or sent twice, must not push out the old one.
    if secret and secret.encode() != old:
        if old:
            channel.previous_secret = crypto.seal_house(old, channel.place("previous_secret"))
            channel.previous_secret_until = now + ROTATION
        channel.secret, channel.secret_at = crypto.seal_house(secret.encode(), channel.place("secret")), now
    if access_token:
        sealed = crypto.seal_house(access_token.encode(), channel.place("access_token"))
        channel.access_token, channel.access_token_at = sealed, now
        channel.paused_because, channel.paused_at = "", None
    channel.save()


def _opened(channel: Channel) -> bytes:
    """The secret that is there; nothing where there is none, or where its key is gone: then a new one mends it."""
    try:
        return crypto.open_house(channel.secret, channel.place("secret")) if channel.secret else b""
    except crypto.CannotOpen:
        return b""


@transaction.atomic
def resume(*, channel_id: int, by: User) -> None:
    """Send again what waits on a paused channel. For those who steer or configure its program; raises NotVisible."""
    mine = permissions.programs(by, Right.STEER) | permissions.programs(by, Right.CONFIGURE)
    program = mine.filter(channels=channel_id).first()
    if program is None:
        raise permissions.NotVisible
    _run_again(Channel.objects.filter(pk=channel_id))
    audit.note(Deed.CHANNEL_CHANGED, by=by, subject=f"channel:{channel_id}", program_id=program.pk, did="resumed")


@transaction.atomic
def resume_in_new_month(*, now: datetime) -> None:
    """What used up its quota last month runs again by itself."""
    _run_again(Channel.objects.filter(paused_because=Verdict.QUOTA.value, paused_at__lt=quota.month_start(now)))


def _run_again(channels: QuerySet[Channel]) -> None:
    programs = set(channels.values_list("program_id", flat=True))
    channels.update(paused_because="", paused_at=None)
    events.ring(*(events.board_group(program) for program in programs))
