"""Sends webhooks as LINE does: signed, at most two seconds, again when refused — or wrongly on purpose."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp

from simulator.channels import Channel
from simulator.clock import Clock
from simulator.ledger import Ledger
from simulator.live import Live
from simulator.settings import Settings

ANSWER_WITHIN = aiohttp.ClientTimeout(total=2)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One request to a channel's webhook address. `signature` None means: sign the body properly."""

    channel: Channel
    events: tuple[dict[str, Any], ...]
    body: bytes
    signature: str | None = None
    forged: bool = False
    corrupted: bool = False
    redelivery: bool = False
    attempt: int = 1
    # An address that is only tried: whatever is set, and whether webhooks are used or not.
    tried_at: str = ""

    @property
    def honest(self) -> bool:
        """Whether LINE itself could have sent it."""
        return not self.forged and not self.corrupted and self.signature is None


def signature_of(secret: str, body: bytes) -> str:
    """The value of x-line-signature."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def body_of(channel: Channel, events: list[dict[str, Any]] | tuple[dict[str, Any], ...]) -> bytes:
    """The request's body."""
    body = {"destination": channel.bot_user_id, "events": list(events)}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def parcel_of(channel: Channel, events: list[dict[str, Any]], *, tried_at: str = "") -> Parcel:
    """An honest request; `tried_at` where it goes if not to the account's own address."""
    return Parcel(channel, tuple(events), body_of(channel, events), tried_at=tried_at)


def forged(parcel: Parcel) -> Parcel:
    """Signed by somebody who does not know the secret."""
    return replace(parcel, signature=signature_of("not-" + parcel.channel.secret, parcel.body), forged=True)


def corrupted(parcel: Parcel) -> Parcel:
    """Signed properly, then one byte of the body was changed on the way."""
    middle = len(parcel.body) // 2
    body = parcel.body[:middle] + bytes([parcel.body[middle] ^ 1]) + parcel.body[middle + 1 :]
    return replace(parcel, body=body, signature=signature_of(parcel.channel.secret, parcel.body), corrupted=True)


def redelivered(parcel: Parcel) -> Parcel:
    """The same events again: same webhookEventId, same timestamp, isRedelivery true."""
    events = tuple(event | {"deliveryContext": {"isRedelivery": True}} for event in parcel.events)
    body = body_of(parcel.channel, events)
    return replace(parcel, events=events, body=body, redelivery=True, attempt=parcel.attempt + 1)


@dataclass
class WebhookSender:
    """Sends parcels and remembers how each was answered (never the words)."""

    clock: Clock
    settings: Settings
    ledger: Ledger
    live: Live
    _session: aiohttp.ClientSession | None = None
    _under_way: set[asyncio.Task[Any]] = field(default_factory=set)

    def later(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Do it in the background; a reset or the end of the process stops it."""
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    def forget(self) -> None:
        """Stop everything that waits."""
        for task in self._under_way:
            task.cancel()

    async def close(self) -> None:
        """Stop, and let go of the connections."""
        self.forget()
        if self._session is not None:
            await self._session.close()

    async def deliver(self, parcel: Parcel) -> dict[str, Any]:
        """Send once; when that fails and it was honest, LINE's redelivery begins in the background."""
        attempt = await self.send(parcel)
        redelivery = self.settings.redelivery
        if not succeeded(attempt) and parcel.honest and parcel.events and redelivery.on and redelivery.delays:
            self.later(self._redeliver(parcel, list(redelivery.delays)))
        return attempt

    async def _redeliver(self, parcel: Parcel, delays: list[float]) -> None:
        for delay in delays:
            await asyncio.sleep(delay)
            parcel = redelivered(parcel)
            if succeeded(await self.send(parcel)):
                return

    async def send(self, parcel: Parcel) -> dict[str, Any]:
        """Send once; returns the line of the log."""
        attempt: dict[str, Any] = {
            "at": self.clock.now_ms(),
            "channel": parcel.channel.channel_id,
            "people": sorted({str(event.get("source", {}).get("userId", "")) for event in parcel.events} - {""}),
            "events": [{"id": event.get("webhookEventId"), "type": kind_of(event)} for event in parcel.events],
            "attempt": parcel.attempt,
            "redelivery": parcel.redelivery,
            "forged": parcel.forged,
            "corrupted": parcel.corrupted,
        }
        started = time.perf_counter()
        status, error = await self._post(parcel)
        attempt |= {"status": status, "error": error, "ms": round((time.perf_counter() - started) * 1000, 1)}
        self.ledger.webhooks.append(attempt)
        self.live.tell("webhook", attempt=attempt)
        return attempt

    async def _post(self, parcel: Parcel) -> tuple[int | None, str | None]:
        """The status answered, or the cause in the words of LINE's error statistics."""
        address = parcel.tried_at or (parcel.channel.webhook_url if parcel.channel.webhook_active else "")
        if not address:
            return None, "webhook_inactive"
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=ANSWER_WITHIN, connector=aiohttp.TCPConnector(limit=200))
        signature = parcel.signature
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "LineBotWebhook/2.0",
            "x-line-signature": signature_of(parcel.channel.secret, parcel.body) if signature is None else signature,
        }
        if signature == "":
            del headers["x-line-signature"]
        try:
            async with self._session.post(address, data=parcel.body, headers=headers, allow_redirects=False) as answer:
                await answer.read()
                return answer.status, None if 200 <= answer.status < 300 else "error_status_code"
        except TimeoutError:
            return None, "request_timeout"
        except aiohttp.ClientConnectionError:
            return None, "could_not_connect"
        except (aiohttp.ClientError, ValueError, OSError):
            return None, "unclassified"


def succeeded(attempt: dict[str, Any]) -> bool:
    """Whether LINE would take the webhook as received."""
    return attempt["error"] is None


def kind_of(event: dict[str, Any]) -> str:
    """For the log: the event's type, and the message's."""
    message = event.get("message")
    kind = message.get("type") if isinstance(message, dict) else None
    return f"{event.get('type')}:{kind}" if kind else str(event.get("type"))
