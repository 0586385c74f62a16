"""What the operator can change while the platform runs: outage, latency, redelivery, rate."""

from dataclasses import asdict, dataclass, field
from typing import Any

from simulator.refusals import CannotSimulate

OUTAGE_MODES = ("rst", "503", "hang")


@dataclass
class Outage:
    """The API is away: connections are reset, answered 503, or left hanging. `until` in clock seconds, None: no end."""

    on: bool = False
    mode: str = "rst"
    until: float | None = None


@dataclass
class Redelivery:
    """Whether failed webhooks come again, and after how many seconds each time."""

    on: bool = True
    delays: list[float] = field(default_factory=lambda: [2.0, 5.0, 15.0, 60.0])


@dataclass
class Settings:
    """All switches. `rate` is requests a second for each channel and endpoint (LINE: 2,000 for push)."""

    outage: Outage = field(default_factory=Outage)
    redelivery: Redelivery = field(default_factory=Redelivery)
    latency_ms: float = 0.0
    rate: int = 2000

    def shown(self) -> dict[str, Any]:
        """For the page and the control API."""
        return asdict(self)

    def restore(self) -> None:
        """Back to how a start leaves them."""
        self.outage, self.redelivery = Outage(), Redelivery()
        self.latency_ms, self.rate = 0.0, 2000

    def switch_outage(self, fields: dict[str, Any], now: float) -> None:
        """Apply `{"on": bool, "mode": "rst" | "503" | "hang", "seconds": number}`."""
        mode = str(fields.get("mode", self.outage.mode))
        if mode not in OUTAGE_MODES:
            raise CannotSimulate(f"mode must be one of {', '.join(OUTAGE_MODES)}")
        seconds = fields.get("seconds")
        until = None if seconds is None else now + number(seconds, "seconds")
        self.outage = Outage(on=bool(fields.get("on")), mode=mode, until=until)

    def is_away(self, now: float) -> bool:
        """Whether the outage is on now; a timed one ends by itself."""
        if self.outage.on and self.outage.until is not None and now >= self.outage.until:
            self.outage = Outage(mode=self.outage.mode)
        return self.outage.on

    def set_redelivery(self, fields: dict[str, Any]) -> None:
        """Apply `{"on": bool, "delays": [seconds, …]}`."""
        delays = fields.get("delays", self.redelivery.delays)
        if not isinstance(delays, list):
            raise CannotSimulate("delays must be a list of seconds")
        self.redelivery = Redelivery(on=bool(fields.get("on", True)), delays=[number(one, "delays") for one in delays])


def number(value: object, name: str) -> float:
    """A number that is not negative; raises CannotSimulate."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        raise CannotSimulate(f"{name} must be a number, zero or more")
    return float(value)
