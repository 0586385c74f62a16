"""A simulator in a thread of its own, for tests and benches: start it, act as people, read the ledger.

with Simulator() as line:
    line.channel(channel_id="1", secret="s", access_token="t", webhook_url=url)
    sora = line.person("空")
    line.say(sora, "1", "text", text="こんばんは")
    assert line.texts(sora) == ["…"]
"""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any, Self, TypeVar

from aiohttp import web

from simulator.acts import say
from simulator.people import Tie
from simulator.platform import Platform
from simulator.server import create_app

T = TypeVar("T")
Found = dict[str, Any]
HOST = "127.0.0.1"


class Simulator:
    """Context manager (plain or async). Every method may be called from any thread but the simulator's own."""

    def __init__(self, *, seed: int | None = None, port: int = 0) -> None:
        self.platform = Platform(seed=seed)
        self.url = ""
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._runner = web.AppRunner(create_app(self.platform), access_log=None, shutdown_timeout=0.2)
        self._thread = threading.Thread(target=self._loop.run_forever, name="line-simulator", daemon=True)

    def start(self) -> Self:
        """Listen on the port given, or on a free one; `url` then says where."""
        self._thread.start()
        self._run(self._listen())
        return self

    async def _listen(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port, backlog=1024).start()
        port = self._runner.addresses[0][1]
        self.url = f"http://{HOST}:{port}"

    def stop(self) -> None:
        """Close every connection and end the thread."""
        self._run(self._leave())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _leave(self) -> None:
        await self._runner.cleanup()
        # Answers that were held back on purpose, and webhooks that would come again.
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for one in others:
            one.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        # A closed line is let go of in the loop's next round: before that the loop must not stop.
        await asyncio.sleep(0)

    __enter__ = start

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        return await asyncio.to_thread(self.start)

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self.stop)

    def _run(self, work: Awaitable[T]) -> T:
        async def awaited() -> T:
            return await work

        return asyncio.run_coroutine_threadsafe(awaited(), self._loop).result()

    def _call(self, work: Callable[[], T]) -> T:
        async def called() -> T:
            return work()

        return self._run(called())

    def channel(self, **fields: Any) -> dict[str, Any]:
        """Configure a channel: channel_id, secret, access_token; if wanted webhook_url, bot_user_id, quota, name."""
        return self._call(lambda: self.platform.channels.put(fields).shown(self.platform.clock.month()))

    def change_channel(self, channel: str, **fields: Any) -> None:
        """What the account's owner changes in LINE's own console: chat_mode, webhook_active, webhook_url, quota."""

        def change() -> None:
            for name, value in fields.items():
                setattr(self.platform.channels.get(channel), name, value)

        self._call(change)

    def menu(self, user: str, channel: str) -> dict[str, Any] | None:
        """The rich menu below that person's talk."""

        def found() -> dict[str, Any] | None:
            menu = self.platform.rich_menus[channel].for_user(user)
            return menu.shown() if menu else None

        return self._call(found)

    def person(self, name: str = "空", *, friend_of: str | None = None, user_id: str | None = None) -> str:
        """A new person's user id; with `friend_of` already a friend of that channel, without a webhook."""

        def create() -> str:
            person = self.platform.people.create(name, user_id)
            if friend_of is not None:
                self.platform.people.ties[person.user_id, friend_of] = Tie.FRIEND
            return person.user_id

        return self._call(create)

    def say(self, user: str, channel: str, kind: str, **fields: Any) -> dict[str, Any]:
        """What a person does; `delivery={…}` says how the webhook travels. Returns message_id, event_ids, attempts."""
        return self._run(say(self.platform, user, {"channel": channel, "type": kind} | fields))

    def ledger(
        self, user: str | None = None, channel: str | None = None, *, both_sides: bool = False
    ) -> dict[str, Any]:
        """Entries, accepted requests, defects, suspects, webhooks."""
        return self._call(lambda: self.platform.ledger.shown(user, channel, both_sides=both_sides))

    def texts(self, user: str, channel: str | None = None) -> list[str]:
        """The texts that the person saw from accounts, in order."""
        return self._call(lambda: [str(e.message.get("text", "")) for e in self.platform.ledger.of(user, channel)])

    def defects(self) -> list[dict[str, Any]]:
        """What the portal must never do, and did."""
        return self._call(lambda: list(self.platform.ledger.defects))

    def webhooks(self) -> list[dict[str, Any]]:
        """How each webhook was answered, oldest first."""
        return self._call(lambda: list(self.platform.ledger.webhooks))

    def faults(self, faults: list[str], *, repeat: int = 1, **match: str) -> None:
        """Plan faults for requests that match `path=`, `user=`, `channel=`."""
        self._call(lambda: self.platform.faults.add({"match": match, "faults": faults, "repeat": repeat}))

    def outage(self, *, on: bool = True, mode: str = "rst", seconds: float | None = None) -> None:
        """The API goes away, or comes back."""
        fields = {"on": on, "mode": mode, "seconds": seconds}
        self._call(lambda: self.platform.settings.switch_outage(fields, self.platform.clock.now()))

    def latency(self, milliseconds: float) -> None:
        """How long every API call takes at least."""
        self._call(lambda: setattr(self.platform.settings, "latency_ms", milliseconds))

    def rate(self, per_second: int) -> None:
        """Requests a second for each channel and endpoint before 429."""
        self._call(lambda: setattr(self.platform.settings, "rate", per_second))

    def redelivery(self, *, on: bool = True, delays: list[float] | None = None) -> None:
        """Whether and when failed webhooks come again."""
        fields: dict[str, Any] = {"on": on} if delays is None else {"on": on, "delays": delays}
        self._call(lambda: self.platform.settings.set_redelivery(fields))

    def advance(self, seconds: float) -> None:
        """Let reply tokens and retry keys age."""
        self._call(lambda: self.platform.clock.advance(seconds))

    def refresh_tokens(self, channel: str) -> None:
        """Make tokens valid again after a `401-until-refresh`."""
        self._call(lambda: self.platform.channels.get(channel).revoked.clear())  # noqa: PLW0108 - the lookup belongs to the other thread

    def reset(self) -> None:
        """Forget everything but channels and people."""
        self._call(self.platform.reset)

    def wait(self, condition: Callable[[], object], seconds: float = 10.0) -> None:
        """Wait for a condition; raises TimeoutError."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError("the condition did not come true")
            time.sleep(0.01)
