"""`manage.py flood`: a busy night on this machine's running installation, through its doors only.

People write on LINE (through the simulator) and on the web, counselors claim, answer and end. Nothing is
written behind the doors, nothing leaves the machine, and the night ends by itself.
"""

import asyncio
import random
import time
from argparse import ArgumentParser
from typing import Any

import aiohttp
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.roles import Role
from counseling.management.demonstration import STAFF
from counseling.management.friends import befriend
from counseling.management.night import HOST, Door, Night, browser, counsel, percentile, visit
from counseling.models import Program

MOST_PEOPLE, MOST_SECONDS, MOST_FRIENDS = 500, 600, 10_000
ROUND_SECONDS = 5.0


class Command(BaseCommand):
    """Only where DEBUG is on: never among people who need help."""

    help = "A busy night: many people write at once, on LINE and on the web, and counselors answer"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, how long."""
        parser.add_argument("--people", type=int, default=40, help=f"who write, at most {MOST_PEOPLE}")
        parser.add_argument("--seconds", type=int, default=60, help=f"how long, at most {MOST_SECONDS}")
        parser.add_argument("--friends", type=int, default=0, help=f"who only add us on LINE, at most {MOST_FRIENDS}")

    def handle(self, *args: Any, **options: Any) -> None:
        """Let it be night, then tell what was seen. Raises CommandError when anything failed."""
        if not settings.DEBUG:
            raise CommandError("flood runs only where DEBUG is on.")
        people, seconds = min(options["people"], MOST_PEOPLE), min(options["seconds"], MOST_SECONDS)
        doors = receiving()
        if not doors:
            raise CommandError("No program receives now.")
        night = Night(time.monotonic() + seconds)
        self.stdout.write(f"{people} people, {seconds} s, programs {', '.join(door.slug for door in doors)}")
        asyncio.run(self._pass(night, doors, people, min(options["friends"], MOST_FRIENDS), seconds))
        self._sum_up(night)

    async def _pass(self, night: Night, doors: list[Door], people: int, friends: int, seconds: int) -> None:
        async with browser(settings.PORT) as web, browser(settings.SIMULATOR_PORT) as line:
            await look(web, settings.PORT)
            await look(line, settings.SIMULATOR_PORT)
            before = await defects(line)
            staff = [email for _name, email, roles in STAFF if takes_sessions(roles)]
            works = [counsel(night, email, doors) for email in staff]
            works += [visit(night, number, random.choice(doors), line) for number in range(people)]  # noqa: S311
            channel = next((door.line for door in doors if door.line), None)
            if friends and channel:
                works.append(befriend(night, friends, seconds, channel, line))
            await asyncio.gather(self._tell(night), *works)
            night.problems["LINE saw what it must never see"] += await defects(line) - before

    async def _tell(self, night: Night) -> None:
        began = time.monotonic()
        while not night.over:
            await asyncio.sleep(ROUND_SECONDS)
            self.stdout.write(f"{time.monotonic() - began:4.0f} s  {night.told()}")
            self.stdout.flush()

    def _sum_up(self, night: Night) -> None:
        for what, took in sorted(night.took.items()):
            shown = "  ".join(f"p{per_cent} {percentile(took, per_cent):5.0f} ms" for per_cent in (50, 95, 99))
            self.stdout.write(f"  {what:12} ×{len(took):<6} {shown}")
        wrong = +night.problems
        for problem, times in wrong.most_common():
            self.stdout.write(f"  ! {problem} ×{times}")
        if wrong:
            raise CommandError("Something went wrong; see above.")


def receiving() -> list[Door]:
    """The programs that receive now and have a page."""
    found = []
    for program in Program.objects.filter(channels__kind="web").distinct():
        key = program.channels.filter(kind="line", paused_because="").values_list("key", flat=True).first()
        if program.status_at(timezone.now()).intake_open:
            found.append(Door(program.pk, program.slug, key))
    return found


def takes_sessions(roles: dict[str, Role]) -> bool:
    """Whether someone with these roles (by program) counsels anywhere."""
    return bool({Role.COUNSELOR, Role.SUPERVISOR} & set(roles.values()))


async def look(http: aiohttp.ClientSession, port: int) -> None:
    """Raises CommandError when nothing answers there."""
    try:
        async with http.get("/") as answer:
            await answer.read()
    except aiohttp.ClientError:
        raise CommandError(f"Nothing answers at http://{HOST}:{port}/. Start `make run` first.") from None


async def defects(line: aiohttp.ClientSession) -> int:
    """How often LINE saw what it must never see: doubles, misdeliveries, a refused key again."""
    async with line.get("/simulator/state") as answer:
        return len((await answer.json())["defects"])
