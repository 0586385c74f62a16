"""A busy night, for `manage.py flood`: people who write and counselors who answer, through the doors only."""

import asyncio
import json
import math
import random
import re
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from django.conf import settings
from django.urls import reverse

HOST = "127.0.0.1"
ANSWERS_BEFORE_THE_END = 4
TERMS = re.compile(r'name="terms_version"[^>]*value="(\d+)"')
OPENINGS = ("少し聞いてもらえますか。", "こんな時間にすみません。", "だれにも話せなくて。", "相談してもいいですか。")
GOING_ON = (
    "はい。",
    "うまく言えないのですが…",
    "そうなんです。",
    "もう少し話してもいいですか。",
    "ありがとうございます。",
)
# What the record of every template requires, and what those of some do.
RECORDED: dict[str, Any] = {
    "who": "self",
    "age": "unknown",
    "gender": "unknown",
    "area": "unknown",
    "main_complaint": "other",
    "topics": ["other"],
    "summary": "お話をうかがった。",
    "done": ["listened"],
    "follow_up": "no",
}
ASKED_BY_SOME = frozenset({"violence", "disaster"})
ANSWERS = ("お話しくださってありがとうございます。", "ゆっくりで大丈夫ですよ。", "それはつらかったですね。")


@dataclass(frozen=True)
class Door:
    """A program that receives now: its page, and its LINE channel where it has one."""

    program: int
    slug: str
    line: str | None


@dataclass
class Night:
    """What is seen of it. `took`: milliseconds, by what was asked."""

    until: float
    done: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    took: dict[str, list[float]] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Whether it is time to go home."""
        return time.monotonic() > self.until

    async def ask(
        self, http: aiohttp.ClientSession, what: str, method: str, path: str, **given: Any
    ) -> tuple[int, dict[str, Any]]:
        """One request, timed under `what`: its status and JSON. A server's error, or no answer (0), is a problem."""
        began = time.monotonic()
        try:
            async with http.request(method, path, allow_redirects=False, **given) as answer:
                status, body = answer.status, await answer.text()
        except (aiohttp.ClientError, TimeoutError) as error:
            self.problems[f"{what}: {type(error).__name__}"] += 1
            return 0, {}
        self.took.setdefault(what, []).append((time.monotonic() - began) * 1000)
        if status >= 500:
            self.problems[f"{what}: {status}"] += 1
        return status, object_of(body)

    def told(self) -> str:
        """One line of what was seen so far."""
        counts = "  ".join(f"{what} {times}" for what, times in sorted(self.done.items()))
        return f"{counts}  problems {sum(self.problems.values())}"


def object_of(body: str) -> dict[str, Any]:
    """A JSON object; empty for anything else, such as a page."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def percentile(values: list[float], per_cent: float) -> float:
    """The value that so many per cent do not exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * per_cent / 100) - 1)]


def browser(port: int) -> aiohttp.ClientSession:
    """A browser with its own cookies, for this machine only."""
    jar, time_out = aiohttp.CookieJar(unsafe=True), aiohttp.ClientTimeout(total=30)
    return aiohttp.ClientSession(f"http://{HOST}:{port}", cookie_jar=jar, timeout=time_out)


def script(http: aiohttp.ClientSession) -> dict[str, str]:
    """What a page's script says along with its requests."""
    cookies = {cookie.key: cookie.value for cookie in http.cookie_jar}
    return {"X-CSRFToken": cookies.get(settings.CSRF_COOKIE_NAME, ""), "Accept": "application/json"}


async def pause(least: float, most: float) -> None:
    """People take their time: seconds."""
    await asyncio.sleep(random.uniform(least, most))  # noqa: S311 - nothing secret


def one_of(sentences: tuple[str, ...]) -> str:
    """Any of them."""
    return random.choice(sentences)  # noqa: S311 - nothing secret


async def visit(night: Night, number: int, door: Door, line: aiohttp.ClientSession) -> None:
    """One person writes until the night is over or the talk has ended: every other one on LINE."""
    await pause(0, 5)
    if number % 2 and door.line:
        await write_on_line(night, number, door.line, line)
        return
    async with browser(settings.PORT) as web:
        while not night.over and await write_on_web(night, door.slug, web):
            await pause(2, 6)


async def write_on_line(night: Night, number: int, channel: str, line: aiohttp.ClientSession) -> None:
    """Somebody with a telephone of the simulator's."""
    friend = {"name": f"夜{number}", "friend_of": channel}
    status, person = await night.ask(line, "LINE friend", "POST", "/simulator/people", json=friend)
    words = one_of(OPENINGS)
    while status == 200 and not night.over:
        said = {"channel": channel, "type": "text", "text": words}
        status, sent = await night.ask(line, "LINE word", "POST", f"/simulator/people/{person['id']}/say", json=said)
        refused = [attempt for attempt in sent.get("attempts", ()) if attempt["error"]]
        night.problems["LINE webhook refused"] += len(refused)
        night.done["words on LINE"] += 1
        await pause(2, 6)
        words = one_of(GOING_ON)


async def write_on_web(night: Night, slug: str, web: aiohttp.ClientSession) -> bool:
    """One talk on the page, from consent to its end; True when the same person may begin again."""
    async with web.get(f"/talk/{slug}/?again=1") as page:
        terms = TERMS.search(await page.text())
    form = {"consent": "on", "terms_version": terms[1] if terms else "1", "line": one_of(OPENINGS)}
    status, _ = await night.ask(web, "web start", "POST", f"/talk/{slug}/start", data=form, headers=script(web))
    night.done["web talks begun"] += 1
    while status in {200, 201, 429} and not night.over:
        await pause(2, 6)
        said = {"client_id": str(uuid.uuid4()), "text": one_of(GOING_ON)}
        path = f"/talk/{slug}/messages"
        status, _ = await night.ask(web, "web word", "POST", path, json=said, headers=script(web))
        night.done["words on the web"] += status == 201
    return status == 409


async def counsel(night: Night, email: str, doors: list[Door]) -> None:
    """A counselor signs in, checks in, takes what waits, answers, and ends talks that have had their answers."""
    async with browser(settings.PORT) as web:
        # As developers do, with one click: a second factor is a person's.
        async with web.get(reverse("account_login")) as page:
            one_click = re.search(
                rf'data-email="{re.escape(email)}">\s*<form method="post" action="([^"]+)"', await page.text()
            )
        if one_click:
            await night.ask(web, "sign-in", "POST", one_click[1], headers=script(web))
        status, me = await night.ask(web, "me", "GET", "/api/me")
        if status != 200:
            night.problems["a counselor could not sign in"] += 1
            return
        mine = [one["id"] for one in me["programs"] if "take_sessions" in one["rights"]]
        for program in mine:
            await night.ask(web, "check in", "PUT", f"/api/programs/{program}/duty", json={}, headers=script(web))
        console = asyncio.create_task(be_present(night, web))
        talks: set[int] = set()
        while not night.over:
            talks |= await claim(night, web, [door.program for door in doors if door.program in mine])
            for talk in list(talks):
                if not await answer(night, web, talk):
                    talks.discard(talk)
            await pause(0.5, 1.5)
        console.cancel()


async def be_present(night: Night, web: aiohttp.ClientSession) -> None:
    """Keep a console's socket open: without it the counselor's talks would be lost to others."""
    while True:
        try:
            async with web.ws_connect("/ws/staff", origin=f"http://{HOST}:{settings.PORT}") as socket:
                async for _frame in socket:
                    pass
        except aiohttp.ClientError as error:
            night.problems[f"console: {type(error).__name__}"] += 1
        await pause(1, 2)


async def claim(night: Night, web: aiohttp.ClientSession, programs: list[int]) -> set[int]:
    """Take the next of each program while there is room."""
    taken = set()
    for program in programs:
        path = f"/api/programs/{program}/claims"
        status, found = await night.ask(web, "claim", "POST", path, json={}, headers=script(web))
        if status == 201:
            taken.add(found["header"]["id"])
            night.done["claims"] += 1
    return taken


async def answer(night: Night, web: aiohttp.ClientSession, talk: int) -> bool:
    """Answer where the visitor spoke last, end after some answers; False when it is no longer ours."""
    status, found = await night.ask(web, "open talk", "GET", f"/api/sessions/{talk}")
    if status != 200 or found["header"]["state"] != "active":
        return False
    answers = sum(message["author"] == "counselor" for message in found["messages"])
    if answers >= ANSWERS_BEFORE_THE_END:
        await end(night, web, talk)
        return False
    if found["header"]["waiting_since"]:
        said = {"client_id": str(uuid.uuid4()), "text": one_of(ANSWERS)}
        path = f"/api/sessions/{talk}/messages"
        status, _ = await night.ask(web, "answer", "POST", path, json=said, headers=script(web))
        night.done["answers"] += status == 201
    return True


async def end(night: Night, web: aiohttp.ClientSession, talk: int) -> None:
    """Say farewell and write the record."""
    ending = {"reason": "concluded", "farewell": True}
    await night.ask(web, "end", "PUT", f"/api/sessions/{talk}/ending", json=ending, headers=script(web))
    closure = {"classification": "valid", "thankful_end": None, "answers": RECORDED}
    path = f"/api/sessions/{talk}/closure"
    status, told = await night.ask(web, "close", "PUT", path, json=closure, headers=script(web))
    if status == 400:
        asked = {key: ["unknown"] for key in told["fields"] if key in ASKED_BY_SOME}
        closure["answers"] = RECORDED | asked
        status, _ = await night.ask(web, "close", "PUT", path, json=closure, headers=script(web))
    night.done["talks ended"] += status == 204
