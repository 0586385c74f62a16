"""Where the public finds a program: its page on the web, its LINE account. Only known addresses. Reading only."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from django.conf import settings

from counseling.feeds.line_account import account_of, line_channel
from counseling.models import Program
from counseling.models.program import ChannelKind, ChannelMode

# LINE Developers, "LINE URL scheme", opening an account's profile: the ID with its @ percent-encoded.
ADD_FRIEND = "https://line.me/R/ti/p/"


@dataclass(frozen=True)
class PublicDoor:
    """One way in, and the address that leads to it."""

    kind: Literal["page", "line"]
    address: str


def public_doors(program: Program) -> list[PublicDoor]:
    """The ways in, the one the program means first; none for a program that is only for learning."""
    if program.practice:
        return []
    found = [PublicDoor("page", address)] if (address := _page(program)) else []
    return [PublicDoor("line", line), *found] if (line := _line(program)) else found


def _page(program: Program) -> str:
    has_page = program.channels.filter(kind=ChannelKind.WEB).exists()
    return f"{settings.SITE_URL}/talk/{program.slug}/" if has_page else ""


def _line(program: Program) -> str:
    if program.channel_mode == ChannelMode.WEB_ONLY:
        return ""
    channel = line_channel(program)
    known = account_of(channel).basic_id if channel else ""
    return f"{ADD_FRIEND}{quote(known, safe='')}" if known else ""
