"""What every measurement is given."""

from dataclasses import dataclass

from tests.bench.figures import Book
from tests.bench.plan import Plan
from tests.bench.processes import House
from tests.bench.stage import Stage


@dataclass
class Setting:
    """The plan, who is there, what runs, where figures go; `round` counts from 0."""

    plan: Plan
    stage: Stage
    house: House
    book: Book
    round: int = 0

    @property
    def floor_port(self) -> int:
        """Where the floor listens."""
        return self.house.floor.port or 0

    @property
    def line_port(self) -> int:
        """Where LINE's simulator listens."""
        return self.house.line.port or 0
