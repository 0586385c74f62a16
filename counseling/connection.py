"""How a LINE account is connected: what the platform answered when it was asked, and what that means. Pure.

Everything is a code; the words to each, with what to do, are the page's. Source: LINE Messaging API reference, "Get bot
info", "Get webhook endpoint information", "Test webhook endpoint", "Get quota", "Get number of followers".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Trouble(StrEnum):
    """Why the platform gave no answer one can use."""

    NO_TOKEN = "no_token"  # noqa: S105 - no access token was typed yet, or it cannot be opened
    TOKEN = "token"  # noqa: S105 - 401
    FORBIDDEN = "forbidden"  # 403
    RATE = "rate"  # 429
    REFUSED = "refused"  # any other answer that asking again will not change
    DOWN = "down"  # 5xx
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    UNREADABLE = "unreadable"  # 200, and not what LINE says it answers
    BUSY = "busy"  # others ask just now; nothing was asked


class NoAnswer(Exception):
    """The platform was asked and gave no answer one can use; `status` is that of a refusal, else 0."""

    def __init__(self, trouble: Trouble, status: int = 0) -> None:
        super().__init__(trouble.value)
        self.trouble, self.status = trouble, status


@dataclass(frozen=True)
class Account:
    """The official account that the access token belongs to."""

    user_id: str
    name: str
    basic_id: str
    chat_mode: str
    mark_as_read_mode: str


@dataclass(frozen=True)
class Webhook:
    """Where the platform sends webhooks (empty: nowhere), and whether it does."""

    endpoint: str
    active: bool


@dataclass(frozen=True)
class Tried:
    """What the platform saw when it sent a signed webhook without events to our address."""

    success: bool
    status: int
    reason: str


@dataclass(frozen=True)
class Usage:
    """The month's messages: `quota` None without a limit."""

    quota: int | None
    used: int


@dataclass(frozen=True)
class Followers:
    """What the platform counted at the end of a day: ever added as a friend, and blocking now."""

    added: int
    blocks: int


@dataclass(frozen=True)
class Check:
    """All that was asked at once; what was not asked, because an answer before it failed, is None."""

    account: Account | Trouble
    webhook: Webhook | Trouble | None = None
    tried: Tried | Trouble | None = None
    usage: Usage | Trouble | None = None

    @property
    def proven(self) -> bool:
        """Whether the account's own platform reached us with a signature of our secret: the two belong together."""
        return isinstance(self.account, Account) and isinstance(self.tried, Tried) and self.tried.success


class Step(StrEnum):
    """One thing that must be right, in the order in which one puts it right."""

    ACCOUNT = "account"
    ADDRESS = "address"
    TEST = "test"
    MODE = "mode"
    USAGE = "usage"


class Finding(NamedTuple):
    """How one step stands: OK, a Trouble, or one of the codes below."""

    step: str
    code: str


OK = "ok"
# What is told and stands in nobody's way.
HARMLESS = frozenset({OK, "unlimited"})
REASONS = {
    "COULD_NOT_CONNECT": "could_not_connect",
    "REQUEST_TIMEOUT": "request_timeout",
    "UNCLASSIFIED": "unclassified",
}
STATUSES = {401: "signature", 404: "missing", 503: "away"}


def findings(check: Check, *, ours: str, known_as: str = "", is_elsewhere: bool = False) -> list[Finding]:
    """What a check means, step by step, where `ours` is our webhook's address.

    `known_as` is the account's user id as it was proven before; `is_elsewhere` says that another of our channels has
    this account.
    """
    return [Finding(step.value, code) for step, code in _found(check, ours, known_as, is_elsewhere=is_elsewhere)]


def _found(check: Check, ours: str, known_as: str, *, is_elsewhere: bool) -> Iterator[tuple[Step, str]]:
    account = check.account
    if isinstance(account, Trouble):
        yield Step.ACCOUNT, account.value
        return
    changed = known_as not in {"", account.user_id}
    yield Step.ACCOUNT, "elsewhere" if is_elsewhere else "changed" if changed else OK
    if check.webhook is not None:
        yield Step.ADDRESS, _address(check.webhook, ours)
    if check.tried is not None:
        yield Step.TEST, _test(check.tried)
    yield Step.MODE, "chat" if account.chat_mode == "chat" else OK
    if check.usage is not None:
        yield Step.USAGE, _usage(check.usage)


def _address(webhook: Webhook | Trouble, ours: str) -> str:
    if isinstance(webhook, Trouble):
        return webhook.value
    if not webhook.endpoint:
        return "unset"
    if webhook.endpoint != ours:
        return "other"
    return OK if webhook.active else "inactive"


def _test(tried: Tried | Trouble) -> str:
    if isinstance(tried, Trouble):
        return tried.value
    if tried.success:
        return OK
    return REASONS.get(tried.reason) or STATUSES.get(tried.status, "status")


def _usage(usage: Usage | Trouble) -> str:
    if isinstance(usage, Trouble):
        return usage.value
    return "unlimited" if usage.quota is None else OK
