"""The keys of a program, and which of them still open anything."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from django.db.models import Exists, OuterRef, QuerySet

from accounts.roles import Right, holders
from counseling.models import ApiToken, Membership, Program
from counseling.opening import TOKYO
from counseling.stages import Stage

# The last day's figures can only be read after it.
AFTER_THE_END = timedelta(days=31)


class Standing(StrEnum):
    """Whether a key opens anything, and why it does not."""

    GOOD = "good"
    REVOKED = "revoked"
    EXPIRED = "expired"
    MAKER_GONE = "maker_gone"  # who made it configures the program no more, or may not sign in
    PROGRAM_OVER = "program_over"


@dataclass(frozen=True)
class ShownToken:
    """A key as its program's administrators see it."""

    token: ApiToken
    standing: Standing


def with_makers() -> QuerySet[ApiToken]:
    """Keys with their program, who made them, and whether these may still configure it: one query."""
    still = Membership.objects.filter(
        user=OuterRef("made_by"),
        program=OuterRef("program"),
        user__is_active=True,
        role__in=holders(Right.CONFIGURE),
    )
    return ApiToken.objects.select_related("program", "made_by").annotate(maker_configures=Exists(still))


def standing_of(token: ApiToken, now: datetime) -> Standing:
    """What a key read by `with_makers` is good for at `now`."""
    if token.revoked_at is not None:
        return Standing.REVOKED
    if token.expires_at <= now:
        return Standing.EXPIRED
    if not cast("bool", token.maker_configures):  # type: ignore[attr-defined]
        return Standing.MAKER_GONE
    return Standing.PROGRAM_OVER if is_over(token.program, now) else Standing.GOOD


def is_over(program: Program, now: datetime) -> bool:
    """Whether the program ended, or was closed, so long ago that machines have nothing to do with it any more."""
    last = program.ends_on
    if program.stage == Stage.CLOSED:
        closed_on = program.stage_since.astimezone(TOKYO).date()
        last = min(last or closed_on, closed_on)
    return last is not None and now.astimezone(TOKYO).date() > last + AFTER_THE_END


def tokens_of(program: Program, now: datetime) -> list[ShownToken]:
    """The program's keys that were not revoked, newest first: one query."""
    rows = with_makers().filter(program=program, revoked_at=None).order_by("-made_at", "-pk")
    return [ShownToken(token, standing_of(token, now)) for token in rows]
