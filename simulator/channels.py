"""The channels (LINE official accounts) that this platform plays, and the tokens that open them."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.identifiers import lasting_user_id
from simulator.refusals import CannotSimulate

# Whether the account's own chat in LINE's manager is on ("chat") or off ("bot").
CHAT_MODES = ("bot", "chat")


@dataclass(slots=True)
class Channel:
    """One official account. `quota` is pushes a month, None for no limit; `chat_mode` as LINE's bot info tells it.

    Its `webhook_url` is empty until somebody sets it.
    """

    channel_id: str
    secret: str
    access_token: str
    webhook_url: str
    bot_user_id: str
    quota: int | None = None
    name: str = ""
    webhook_active: bool = True
    chat_mode: str = "bot"
    issued: set[str] = field(default_factory=set)
    revoked: set[str] = field(default_factory=set)
    used: dict[str, int] = field(default_factory=dict)

    @property
    def basic_id(self) -> str:
        """The id that people search for: three digits and five letters, always the same ones."""
        digest = hashlib.sha256(self.channel_id.encode()).digest()
        digits = "".join(str(byte % 10) for byte in digest[:3])
        return f"@{digits}{''.join(chr(ord('a') + byte % 26) for byte in digest[3:8])}"

    def usage(self, month: str) -> int:
        """Messages counted in that month."""
        return self.used.get(month, 0)

    def count(self, month: str) -> None:
        """Count one recipient of one request."""
        self.used[month] = self.used.get(month, 0) + 1

    def has_room(self, month: str) -> bool:
        """Whether one more recipient fits into the month's quota."""
        return self.quota is None or self.usage(month) < self.quota

    def shown(self, month: str) -> dict[str, Any]:
        """For the page and the control API: everything but the secrets."""
        return {
            "channel_id": self.channel_id,
            "name": self.name or self.channel_id,
            "bot_user_id": self.bot_user_id,
            "basic_id": self.basic_id,
            "chat_mode": self.chat_mode,
            "webhook_url": self.webhook_url,
            "webhook_active": self.webhook_active,
            "quota": self.quota,
            "used": self.usage(month),
            "token_revoked": self.access_token in self.revoked,
        }


class Channels:
    """All channels, found by id or by bearer token."""

    def __init__(self) -> None:
        self.by_id: dict[str, Channel] = {}
        self._by_token: dict[str, Channel] = {}

    def get(self, channel_id: object) -> Channel:
        """The channel of that id; raises CannotSimulate."""
        channel = self.by_id.get(str(channel_id))
        if channel is None:
            raise CannotSimulate(f"there is no channel {channel_id!r}")
        return channel

    def opened_by(self, token: str) -> Channel | None:
        """The channel whose valid token this is."""
        channel = self._by_token.get(token)
        return None if channel is None or token in channel.revoked else channel

    def put(self, fields: dict[str, Any]) -> Channel:
        """Create the channel or change it in place; its counters stay."""
        channel_id = required(fields, "channel_id")
        quota = fields.get("quota")
        if quota is not None and (not isinstance(quota, int) or isinstance(quota, bool) or quota < 0):
            raise CannotSimulate("quota must be a number of messages or null")
        channel = self.by_id.get(channel_id)
        if channel is None:
            channel = self.by_id[channel_id] = Channel(channel_id, "", "", "", lasting_user_id(f"bot {channel_id}"))
        self._by_token.pop(channel.access_token, None)
        channel.secret = required(fields, "secret")
        channel.access_token = required(fields, "access_token")
        channel.webhook_url = str(fields.get("webhook_url") or "")
        channel.bot_user_id = str(fields.get("bot_user_id") or channel.bot_user_id)
        channel.name = str(fields.get("name") or channel.name)
        channel.quota = quota
        self._by_token[channel.access_token] = channel
        return channel

    def issue(self, channel: Channel, token: str) -> None:
        """A further token of the channel, as LINE's token endpoints issue."""
        channel.issued.add(token)
        self._by_token[token] = channel


def required(fields: dict[str, Any], name: str) -> str:
    """A text field that must be there; numbers are taken as text, since channel ids look like numbers."""
    value = fields.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value:
        raise CannotSimulate(f"{name} is missing")
    return value


class ChannelsFile:
    """A JSON file of channels, read again whenever it changes: `[{…}]` or `{"channels": [{…}]}`."""

    def __init__(self, path: Path, channels: Channels) -> None:
        self.path = path
        self._channels = channels
        self._seen: tuple[int, int] | None = None

    def refresh(self) -> bool:
        """Read the file if it changed; True when channels were put. A half-written file is tried again later."""
        try:
            state = self.path.stat()
            if (state.st_mtime_ns, state.st_size) == self._seen:
                return False
            found = json.loads(self.path.read_text(encoding="utf-8"))
            for fields in found["channels"] if isinstance(found, dict) else found:
                self._channels.put(fields)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return False
        self._seen = (state.st_mtime_ns, state.st_size)
        return True
