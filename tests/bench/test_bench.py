"""The bench runs: everything once, with the least load. What it measures is not judged here."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from config import embedded
from tests.bench import load
from tests.bench.figures import Book
from tests.bench.load import Moments, Run, at_rate, note, percentile, words
from tests.bench.plan import Plan
from tests.bench.words import most

MEASURED = (
    "visitor_to_counselor",
    "counselor_to_line",
    "webhook",
    "saturation",
    "claim",
    "idle_socket",
    "reconnect",
    "wall",
    "results",
)


@pytest.mark.skipif(sys.platform != "linux", reason="the bench reads /proc")
def test_every_measurement_gives_a_figure(tmp_path: Path) -> None:
    environment = os.environ | {"VAR_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "tests.bench", "--smoke"]
    ended = subprocess.run(command, cwd=embedded.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    found = json.loads((tmp_path / "bench.json").read_text())
    assert {name.partition(".")[0] for name in found} >= set(MEASURED)
    assert all(set(figure) == {"value", "unit", "floor", "ratio", "runs"} for figure in found.values())
    assert found["claim.winners"]["value"] == 1


async def test_warming_up_is_not_counted() -> None:
    arrived: Moments = {}
    run = await at_rate(100, 0.2, _said(arrived), arrived, warm=0.1)
    assert (len(run.began), len(run.warming)) == (30, 10)
    assert len(run.milliseconds(arrived)) == 20


async def test_messages_leave_on_time_though_earlier_ones_are_not_answered() -> None:
    """A server that stands still delays what was due meanwhile, and that is not omitted."""
    release, sent = asyncio.Event(), []

    async def stuck(number: int) -> str:
        sent.append(number)
        if len(sent) == 10:
            release.set()
        await release.wait()
        return "was stuck"

    run = await at_rate(100, 0.1, stuck, {}, warm=0)
    assert run.problems == {"was stuck": 10}


def _said(arrived: Moments) -> Callable[[int], Awaitable[str]]:
    async def send(number: int) -> str:
        note(words(number), arrived)
        return ""

    return send


async def test_what_goes_wrong_is_counted_by_kind() -> None:
    async def refused(number: int) -> str:
        return "status 503"

    run = await at_rate(50, 0.1, refused, {}, warm=0)
    assert run.problems == {"status 503": 5}
    assert run.lost({}) == 0


async def test_what_was_taken_and_never_arrived_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "SECONDS_TO_ARRIVE", 0.0)

    async def taken(number: int) -> str:
        return ""

    run = await at_rate(50, 0.1, taken, {}, warm=0)
    assert run.lost({}) == 5


async def test_saturation_is_found_between_the_last_good_and_the_first_bad_rate() -> None:
    async def holds(rate: float) -> bool:
        return rate <= 330

    assert await most(holds, 50, Plan(bisections=3)) == 325


def test_percentiles_are_values_that_were_measured() -> None:
    assert [percentile(range(1, 101), per_cent) for per_cent in (50, 95, 99)] == [50, 95, 99]
    assert percentile([], 50) == float("inf")


def test_a_figure_is_the_median_of_its_rounds() -> None:
    book = Book()
    for ours, theirs in ((3.0, 1.0), (9.0, 1.5), (4.0, 2.0)):
        book.add("a", "ms", ours, floor=theirs)
    told = book.figures["a"].told()
    assert (told["value"], told["floor"], told["ratio"]) == (4.0, 1.5, 2.667)


def test_what_never_came_is_said_as_never() -> None:
    book = Book()
    book.add_latency("a", [])
    assert book.figures["a.p50"].told()["value"] is None
    assert "never" in book.table()
    assert Run().milliseconds({}) == []
