"""New friends on LINE by the thousand, for `manage.py flood --friends`: each adds the account, each is greeted once."""

import asyncio
import random
import time
from collections import Counter
from typing import Any

import aiohttp

from counseling.management.night import Night

SECONDS_TO_GREET = 120.0
LOOK_EVERY_SECONDS = 2.0


async def befriend(night: Night, count: int, seconds: float, channel: str, line: aiohttp.ClientSession) -> None:
    """`count` people add the account at random moments within `seconds`; then what each of them saw is counted."""
    ids = [f"U{random.getrandbits(128):032x}" for _ in range(count)]
    await asyncio.gather(*(_add(night, one, random.uniform(0, seconds), channel, line) for one in ids))  # noqa: S311
    seen = await _greetings(set(ids), channel, line)
    night.done["friends greeted"] = len(seen)
    night.problems["a friend was not greeted"] += count - len(seen)
    night.problems["a friend was greeted twice"] += sum(times > 1 for times in seen.values())


async def _add(night: Night, user: str, after: float, channel: str, line: aiohttp.ClientSession) -> None:
    await asyncio.sleep(after)
    person = {"name": f"友{user[-4:]}", "id": user}
    status, _ = await night.ask(line, "LINE person", "POST", "/simulator/people", json=person)
    if status != 200:
        return
    said = {"channel": channel, "type": "follow"}
    _, sent = await night.ask(line, "LINE follow", "POST", f"/simulator/people/{user}/say", json=said)
    night.problems["LINE webhook refused"] += sum(bool(attempt["error"]) for attempt in sent.get("attempts", ()))
    night.done["friends"] += 1


async def _greetings(ids: set[str], channel: str, line: aiohttp.ClientSession) -> Counter[str]:
    """How many messages each saw: as long as it takes until everybody saw one, or SECONDS_TO_GREET."""
    until = time.monotonic() + SECONDS_TO_GREET
    while True:
        async with line.get("/simulator/ledger", params={"channel": channel}) as answer:
            entries: list[dict[str, Any]] = (await answer.json())["entries"]
        seen = Counter(str(entry["user"]) for entry in entries if entry["user"] in ids)
        if len(seen) == len(ids) or time.monotonic() > until:
            return seen
        await asyncio.sleep(LOOK_EVERY_SECONDS)
