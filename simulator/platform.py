"""The platform: everything it knows, held in memory by one process and forgotten at a reset."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from simulator.channels import CHAT_MODES, Channel, Channels
from simulator.clock import Clock
from simulator.faults import FaultPlan
from simulator.identifiers import Identifiers
from simulator.ledger import Entry, Ledger
from simulator.live import Live
from simulator.media import Content
from simulator.people import People
from simulator.rich_menus import RichMenus
from simulator.settings import Settings
from simulator.webhooks import Parcel, WebhookSender

REPLY_TOKEN_SECONDS = 60.0
RETRY_KEY_SECONDS = 24 * 3600.0


@dataclass(slots=True)
class ReplyToken:
    """A token of one event: one use, about a minute."""

    channel_id: str
    user: str
    given_at: float
    used: bool = False


@dataclass(slots=True)
class Kept:
    """What is remembered of an accepted request under its retry key. `digest` is of the body."""

    at: float
    digest: int
    request_id: str
    sent: list[dict[str, str]]


@dataclass
class Platform:
    """The whole state. Nothing here is thread-safe: one event loop owns it."""

    seed: int | None = None
    clock: Clock = field(default_factory=Clock)
    settings: Settings = field(default_factory=Settings)
    live: Live = field(default_factory=Live)
    channels: Channels = field(default_factory=Channels)

    def __post_init__(self) -> None:
        self.identifiers = Identifiers(self.clock, self.seed)
        self.people = People(self.identifiers)
        self.ledger = Ledger()
        self.webhooks = WebhookSender(self.clock, self.settings, self.ledger, self.live)
        self._forget()

    def _forget(self) -> None:
        self.faults = FaultPlan()
        self.reply_tokens: dict[str, ReplyToken] = {}
        self.retry_keys: dict[tuple[str, str], Kept] = {}
        self.refused_keys: set[str] = set()
        self.contents: dict[str, Content] = {}
        self.rich_menus: defaultdict[str, RichMenus] = defaultdict(RichMenus)
        self.held: defaultdict[tuple[str, str], list[Parcel]] = defaultdict(list)

    def reset(self) -> None:
        """Forget everything but channels and people: as after a start."""
        self.webhooks.forget()
        self.ledger.clear()
        self.settings.restore()
        self.clock.skipped = 0.0
        self.people.ties.clear()
        self.people.groups.clear()
        for channel in self.channels.by_id.values():
            channel.used.clear()
            channel.revoked.clear()
            channel.webhook_active, channel.chat_mode = True, CHAT_MODES[0]
        self._forget()
        self.live.tell("resync")

    def remember_reply_token(self, event: dict[str, Any], channel: Channel) -> None:
        """Tokens are valid from the moment the event is made."""
        token = event.get("replyToken")
        if isinstance(token, str):
            source = event.get("source", {})
            owner = str(source.get("groupId") or source.get("userId") or "")
            self.reply_tokens[token] = ReplyToken(channel.channel_id, owner, self.clock.now())

    def kept(self, channel: Channel, retry_key: str) -> Kept | None:
        """The request accepted under that key within the last 24 hours."""
        found = self.retry_keys.get((channel.channel_id, retry_key))
        if found is not None and self.clock.now() - found.at > RETRY_KEY_SECONDS:
            del self.retry_keys[channel.channel_id, retry_key]
            return None
        return found

    def show(self, entry: Entry) -> None:
        """Put a message on a telephone."""
        self.ledger.add(entry)
        if self.live.subscribers:
            self.live.tell("message", entry=entry.shown())

    def defect(self, kind: str, **facts: Any) -> None:
        """Write a certain fault of the portal down, and tell the pages."""
        self.live.tell("defect", defect=self.ledger.defect(kind, self.clock.now_ms(), **facts))

    def suspect(self, kind: str, **facts: Any) -> None:
        """Write a possible fault of the portal down, and tell the pages."""
        self.live.tell("suspect", suspect=self.ledger.suspect(kind, self.clock.now_ms(), **facts))

    def next_seq(self) -> int:
        """The place of the next message in the ledger, from 1."""
        return len(self.ledger.entries) + 1
