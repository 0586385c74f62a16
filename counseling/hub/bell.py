"""The doorbell's wire into this process: one channel of the layer, groups counted, hung again when Redis comes back."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

from channels.layers import get_channel_layer

from counseling.hub.pace import Pace, spread

logger = logging.getLogger(__name__)
# The layer writes a traceback every second while Redis is away. The bell says it once.
logging.getLogger("channels_redis.pubsub").setLevel(logging.CRITICAL)

Message = dict[str, Any]


class Bell:
    """Hears the groups that hang on it. A lost ring is harmless: the hub polls."""

    def __init__(self, pace: Pace, heard: Callable[[Message], None], returned: Callable[[], None]) -> None:
        self._pace, self._heard, self._returned = pace, heard, returned
        self._layer: Any = get_channel_layer()
        self._groups: Counter[str] = Counter()
        self.own = f"hub.{uuid4().hex}"
        self._channel: str | None = None
        self._reader: asyncio.Task[None] | None = None
        self._answered = asyncio.Event()
        self._broken = asyncio.Event()
        self.hears = asyncio.Event()  # set while rings arrive
        self._away = False

    async def hang(self, group: str) -> None:
        """Hear this group too. Counted: what is hung twice is dropped twice."""
        self._groups[group] += 1
        if self._groups[group] == 1 and self._channel:
            await self._try(self._layer.group_add, group, self._channel)

    async def drop(self, group: str) -> None:
        """One listener fewer; the last one's going silences the group."""
        self._groups[group] -= 1
        if self._groups[group] <= 0:
            del self._groups[group]
            if self._channel:
                await self._try(self._layer.group_discard, group, self._channel)

    async def pass_on(self, group: str, message: Message) -> None:
        """Tell every process that listens to this group. Nothing when Redis is away."""
        await self._try(self._layer.group_send, group, message)

    async def _try(self, act: Callable[..., Any], *given: object) -> None:
        try:
            async with asyncio.timeout(self._pace.patience):
                await act(*given)
        except Exception:  # noqa: BLE001 - however Redis fails, the keeper mends it
            self._broken.set()

    async def keep(self) -> None:
        """Ring oneself now and then; what is not heard is hung anew. Runs until cancelled."""
        await self._mend()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(spread(self._pace.heartbeat)):
                    await self._broken.wait()
            if self._broken.is_set() or not await self._hears_itself():
                await self._mend()

    async def _hears_itself(self) -> bool:
        self._answered.clear()
        await self.pass_on(self.own, {"type": "ring", "group": self.own})
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pace.patience):
                await self._answered.wait()
        return self._answered.is_set()

    async def _mend(self) -> None:
        """Start again with a fresh channel, as often as it takes; then everything is read again."""
        self.hears.clear()
        while not await self._hung_anew():
            if not self._away:
                logger.warning("Redis is away: rings are lost, sockets poll")
            self._away = True
            await asyncio.sleep(spread(self._pace.retry))
        if self._away:
            logger.warning("Redis is back")
        self._away = False
        self.hears.set()
        self._returned()

    async def _hung_anew(self) -> bool:
        self._broken.clear()
        with suppress(Exception):
            async with asyncio.timeout(self._pace.patience):
                await self._hang_all()
            return await self._hears_itself()
        return False

    async def _hang_all(self) -> None:
        self._channel = None
        # Flushed before the reader is stopped: it would clean up on a line that is gone.
        await self._layer.flush()
        if self._reader:
            self._reader.cancel()
        channel = await self._layer.new_channel("hub.")
        self._reader = asyncio.ensure_future(self._listen(channel))
        self._channel = channel
        for group in (self.own, *self._groups):
            await self._layer.group_add(group, channel)

    async def _listen(self, channel: str) -> None:
        while True:
            try:
                message = await self._layer.receive(channel)
            except (ValueError, TypeError):
                continue  # not a message of ours
            if isinstance(message, dict) and message.get("group") == self.own:
                self._answered.set()
            elif isinstance(message, dict):
                self._heard(message)

    async def close(self) -> None:
        """Hear nothing any more."""
        self._channel = None
        with suppress(Exception):
            async with asyncio.timeout(self._pace.patience):
                await self._layer.flush()
        if self._reader:
            self._reader.cancel()
