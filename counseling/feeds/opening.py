"""Who is there while the hours are changed."""

from collections import Counter
from typing import NamedTuple

from counseling.lifecycle import TAKEN, State
from counseling.models import Program, Session


class Here(NamedTuple):
    """How many people wait, and how many are being talked with."""

    waiting: int
    talking: int


def here(program: Program) -> Here:
    """Who of the program's visitors is there now; who only tries it does not count. One query."""
    rows = Session.objects.filter(program=program, trial=False, state__in={State.WAITING, *TAKEN})
    states = Counter(rows.values_list("state", flat=True))
    return Here(states[State.WAITING], sum(states[state] for state in TAKEN))
