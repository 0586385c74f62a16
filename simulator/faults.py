"""The fault plan: which of the next requests goes wrong, and how."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from simulator.refusals import CannotSimulate
from simulator.settings import number

FOREVER = -1
FAULTS = frozenset(
    {
        "ok",
        "500-before-accept",
        "500-after-accept",
        "503",
        "timeout-before-accept",
        "timeout-after-accept",
        "rst-before-accept",
        "rst-after-accept",
        "409",
        "429-rate",
        "429-quota",
        "401-until-refresh",
        "400",
        "403",
        "truncated-json",
    }
)
MATCHES = frozenset({"path", "user", "channel"})


@dataclass(slots=True)
class Plan:
    """Faults for the requests that match, consumed in order; `left` is how many requests it still takes."""

    number: int
    match: dict[str, str]
    faults: list[str]
    left: int
    taken: int = 0

    def takes(self, path: str, user: str | None, channel: str) -> bool:
        """Whether a request is meant: `path` is any part of the address, `user` and `channel` are whole ids."""
        return (
            self.left != 0
            and self.match.get("path", "") in path
            and self.match.get("user") in (None, user)
            and self.match.get("channel") in (None, channel)
        )

    def next(self) -> str:
        """The fault for this request."""
        fault = self.faults[self.taken % len(self.faults)]
        self.taken += 1
        if self.left > 0:
            self.left -= 1
        return fault

    def shown(self) -> dict[str, Any]:
        """For the page and the control API; `next` is what the next matching request meets."""
        following = self.faults[self.taken % len(self.faults)]
        return {"id": self.number, "match": self.match, "faults": self.faults, "left": self.left, "next": following}


@dataclass
class FaultPlan:
    """All plans; the oldest that matches is taken first."""

    plans: list[Plan] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: count(1))

    def add(self, fields: dict[str, Any]) -> Plan:
        """Apply `{"match": {"path", "user", "channel"}, "faults": […], "repeat": n}`; repeat -1 is for ever."""
        match = fields.get("match") or {}
        if not isinstance(match, dict) or not set(match) <= MATCHES:
            raise CannotSimulate("match may hold path, user and channel")
        faults = fields.get("faults")
        if not isinstance(faults, list) or not faults:
            raise CannotSimulate("faults must be a list of names")
        for fault in faults:
            check_fault(fault)
        repeat = fields.get("repeat", 1)
        if isinstance(repeat, bool) or not isinstance(repeat, int) or (repeat < 1 and repeat != FOREVER):
            raise CannotSimulate("repeat must be 1 or more, or -1 for ever")
        left = FOREVER if repeat == FOREVER else repeat * len(faults)
        plan = Plan(next(self._numbers), {name: str(value) for name, value in match.items() if value}, faults, left)
        self.plans.append(plan)
        return plan

    def take(self, path: str, user: str | None, channel: str) -> str:
        """The fault for this request, "ok" when none is planned."""
        for plan in self.plans:
            if plan.takes(path, user, channel):
                fault = plan.next()
                if plan.left == 0:
                    self.plans.remove(plan)
                return fault
        return "ok"

    def drop(self, number_of_plan: int) -> None:
        """Forget one plan."""
        self.plans = [plan for plan in self.plans if plan.number != number_of_plan]


def check_fault(fault: object) -> None:
    """Raises CannotSimulate unless it is a fault we know, or `slow:<seconds>`."""
    if isinstance(fault, str) and fault.startswith("slow:"):
        slow_seconds(fault)
    elif not isinstance(fault, str) or fault not in FAULTS:
        raise CannotSimulate(f"there is no fault {fault!r}")


def slow_seconds(fault: str) -> float:
    """Seconds of `slow:9`, 0.0 for any other fault."""
    if not fault.startswith("slow:"):
        return 0.0
    try:
        return number(float(fault.removeprefix("slow:")), "slow")
    except ValueError:
        raise CannotSimulate("slow: needs a number of seconds") from None
