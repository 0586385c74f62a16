"""Figures: gathered round by round, told as medians, in a table and as JSON."""

import json
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.load import percentile


@dataclass
class Figure:
    """One figure of the product, its floor where there is one, of each round. More is better where `rises`."""

    unit: str
    product: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As JSON: medians and rounds; `ratio` is product ÷ floor."""
        value = told(median(self.product)) if self.product else None
        floor = told(median(self.floor)) if self.floor else None
        ratio = told(value / floor) if value is not None and floor else None
        runs = {"product": [told(one) for one in self.product], "floor": [told(one) for one in self.floor]}
        return {"value": value, "unit": self.unit, "floor": floor, "ratio": ratio, "runs": runs}


def told(value: float) -> float | None:
    """Rounded to what can be meant; None for what never came."""
    return None if not math.isfinite(value) else round(value, 3)


class Book:
    """All figures of a run."""

    def __init__(self) -> None:
        self.figures: dict[str, Figure] = {}
        self.failures: list[str] = []

    def add(self, name: str, unit: str, value: float | None = None, *, floor: float | None = None) -> None:
        """One more round of a figure."""
        figure = self.figures.setdefault(name, Figure(unit))
        if value is not None:
            figure.product.append(value)
        if floor is not None:
            figure.floor.append(floor)

    def add_latency(self, name: str, product: Iterable[float], floor: Iterable[float] = ()) -> None:
        """p50, p95 and p99 of milliseconds."""
        ours, theirs = list(product), list(floor)
        for per_cent in (50, 95, 99):
            beside = percentile(theirs, per_cent) if theirs else None
            self.add(f"{name}.p{per_cent}", "ms", percentile(ours, per_cent), floor=beside)

    def add_errors(self, name: str, problems: Counter[str], lost: int = 0) -> None:
        """What went wrong; each kind is said at the end of the run."""
        self.add(f"{name}.errors", "", float(sum(problems.values()) + lost))
        kinds = problems + Counter({"never arrived": lost})
        if kinds:
            self.fail(f"{name}: " + ", ".join(f"{kind} ×{times}" for kind, times in kinds.items()))

    def fail(self, what: str) -> None:
        """Something is not as it must be."""
        self.failures.append(what)

    def write(self, path: Path) -> None:
        """The file beside the table."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({name: one.told() for name, one in self.figures.items()}, indent=2) + "\n")

    def table(self) -> str:
        """What a person reads."""
        width = max((len(name) for name in self.figures), default=0)
        lines = [f"{'':{width}}  {'product':>10}  {'floor':>10}  {'ratio':>6}  {'':5}  rounds"]
        for name, figure in self.figures.items():
            row = figure.told()
            ratio = f"{row['ratio']:.2f}" if row["ratio"] is not None else ""
            rounds = " ".join(_shown(one) for one in row["runs"]["product"])
            lines.append(
                f"{name:{width}}  {_shown(row['value']):>10}  {_shown(row['floor'], ''):>10}  {ratio:>6}"
                f"  {figure.unit:5}  {rounds}"
            )
        return "\n".join(lines)


def _shown(value: float | None, nothing: str = "never") -> str:
    if value is None:
        return nothing
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.1f}"
