"""Programs side by side: whether each receives now, and addresses that are still free. Reading only."""

from collections.abc import Iterable
from datetime import datetime
from itertools import count

from django.db.models import Count, Q

from counseling.events import Reception
from counseling.feeds.board import reception
from counseling.feeds.crew import crews
from counseling.lifecycle import TAKEN, State
from counseling.models import Channel, Program, Session


def receptions(programs: Iterable[Program], now: datetime, language: str) -> list[tuple[Program, Reception]]:
    """Each program with whether it receives at `now`: one query for all, where the programs know who paused them."""
    listed = list(programs)
    people = crews(listed, now)
    return [(program, reception(program, now, language, people[program.pk])) for program in listed]


def free_slug(wanted: str) -> str:
    """An address nobody has: `wanted`, or with the next number."""
    taken = set(Program.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    taken |= {key.removesuffix("-web") for key in Channel.objects.values_list("key", flat=True)}
    numbered = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(slug for slug in numbered if slug not in taken)


def in_talks(program: Program) -> tuple[int, int]:
    """How many wait in the program, and how many are being talked with."""
    sessions = Session.objects.filter(program=program)
    counts = sessions.aggregate(
        waiting=Count("pk", filter=Q(state=State.WAITING)), talking=Count("pk", filter=Q(state__in=TAKEN))
    )
    return counts["waiting"], counts["talking"]
