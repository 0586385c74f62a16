"""How much a run measures: the whole bench, a quick look, and the least that touches everything."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Seconds are of measuring, after `warm` seconds that are not counted. `rates`: messages a second → seconds."""

    rounds: int = 3
    warm: float = 1.0
    programs: int = 3
    talks: int = 100  # open sessions of each program
    consoles: int = 50  # counselors of each program
    rates: tuple[tuple[int, float], ...] = ((10, 8.0), (50, 4.0), (100, 4.0))
    webhook_rate: int = 50
    webhook_seconds: float = 4.0
    probe_seconds: float = 2.0
    first_probe: int = 12
    first_floor_probe: int = 100
    most_probe: int = 12_800
    bisections: int = 3
    idle: int = 1000
    idle_programs: int = 20
    returning: int = 500
    racers: int = 20
    races: int = 20
    line_milliseconds: int = 50
    wall_sessions: int = 1000
    wall_counselors: int = 300
    walls: int = 20
    wall_rate: int = 25
    wall_seconds: float = 6.0
    year_talks: int = 26_000
    year_messages: int = 73  # of each talk

    @property
    def most_at_once(self) -> int:
        """Talks a counselor may have: the bench is not about capacity."""
        return max(self.talks, self.races * self.rounds) + 1


FULL = Plan()
QUICK = Plan(
    rounds=1,
    programs=1,
    rates=((10, 3.0), (50, 3.0), (100, 3.0)),
    webhook_seconds=3.0,
    bisections=1,
    idle=300,
    idle_programs=6,
    returning=150,
    races=10,
    wall_seconds=4.0,
)
# A whole national year, 19 million messages: minutes and gigabytes, so only who asks for it.
NATIONAL = Plan(
    rounds=1, programs=1, talks=4, consoles=2, idle=6, idle_programs=2, racers=3, races=2, year_talks=260_000
)
SMOKE = Plan(
    rounds=1,
    warm=0.1,
    programs=1,
    talks=4,
    consoles=2,
    rates=((10, 0.5),),
    webhook_rate=10,
    webhook_seconds=0.5,
    probe_seconds=0.3,
    first_probe=10,
    first_floor_probe=20,
    most_probe=40,
    bisections=0,
    idle=6,
    idle_programs=2,
    returning=5,
    racers=3,
    races=2,
    wall_sessions=6,
    wall_counselors=3,
    walls=2,
    wall_rate=10,
    wall_seconds=0.5,
    year_talks=60,
    year_messages=5,
)
