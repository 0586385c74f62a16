"""`python -m tests.bench [--quick | --national] [--only NAME]`: measure, print a table, write VAR/bench.json.

Linux only. Everything runs on this machine, in production's terms, with a database of the bench's own under VAR/bench.
"""

import argparse
import asyncio
import fcntl
import os
import resource
import secrets
import sys
import time
from base64 import b64encode
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import ORIGIN
from tests.bench.plan import FULL, NATIONAL, QUICK, SMOKE, Plan

if TYPE_CHECKING:
    from tests.bench.setting import Setting

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
MOST_SECONDS = 480.0
NAMES = ("words", "ledger", "webhook", "saturation", "claims", "idle", "returning", "wall", "results")


def main() -> int:
    """Measure; the status is not 0 when something failed."""
    asked = arguments()
    plan = NATIONAL if asked.national else SMOKE if asked.smoke else QUICK if asked.quick else FULL
    own = VAR / "bench"
    own.mkdir(parents=True, exist_ok=True)
    with (own / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return say_failed("another bench is running here")
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        return with_servers(plan, asked.only or (["results"] if asked.national else list(NAMES)), own)


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round")
    parser.add_argument(
        "--smoke", action="store_true", help="the least that touches everything; its figures mean nothing"
    )
    parser.add_argument(
        "--national", action="store_true", help="results alone, of a whole national year: minutes, and 6 GB in VAR_DIR"
    )
    parser.add_argument("--only", action="append", choices=NAMES, help="only this one; may be given again")
    return parser.parse_args()


def say_failed(why: str) -> int:
    """One plain word on why there are no figures."""
    sys.stderr.write(f"The bench failed: {why}\n")
    return 1


def set_environment(own: Path) -> int:
    """Production's terms, and a house of the bench's own; returns the port the simulator will have."""
    os.environ["VAR_DIR"] = str(own)
    for theirs in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(theirs, None)
    from tests.servers import free_port

    port = free_port()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "0",
        "SECRET_KEY": _key(),
        "WORDS_KEYS": f"1:{_key()}",
        "IDENTITY_KEY": _key(),
        "ALLOWED_HOSTS": "127.0.0.1",
        "ALLOWED_ORIGINS": ORIGIN,
        "LINE_HOST": f"http://127.0.0.1:{port}",
        "LINE_DATA_HOST": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
    }
    return port


def _key() -> str:
    return b64encode(secrets.token_bytes(32)).decode()


def with_servers(plan: Plan, names: list[str], own: Path) -> int:
    """Start everything, measure, stop everything."""
    line_port = set_environment(own)
    import django

    from config import embedded

    django.setup()
    from counseling import vault
    from tests.bench.processes import NotUp

    vault.prepare()

    stop = None
    try:
        stop = embedded.ensure_running()
        return measured(plan, names, line_port)
    except (NotUp, RuntimeError) as error:
        return say_failed(str(error))
    except KeyboardInterrupt:
        return say_failed("interrupted")
    finally:
        if stop:
            stop()


def measured(plan: Plan, names: list[str], line_port: int) -> int:
    """Prepare, run the rounds, tell."""
    from tests.bench.figures import Book
    from tests.bench.processes import House
    from tests.bench.setting import Setting
    from tests.bench.stage import prepare

    started = time.monotonic()
    say("people, programs, open talks …")
    stage, book = prepare(plan), Book()
    say("web, worker, clock, simulator, floor …")
    people = [talk.identity for talk in stage.line_talks]
    with House(line_port, stage.line, people) as house:
        here = Setting(plan, stage, house, book)
        asyncio.run(rounds(here, names))
    book.write(VAR / "bench.json")
    sys.stdout.write(f"\n{book.table()}\n\n{explanation()}")
    sys.stdout.write(f"{VAR / 'bench.json'}, after {time.monotonic() - started:.0f} s\n")
    sys.stdout.flush()
    for failure in book.failures:
        sys.stderr.write(f"WRONG: {failure}\n")
    return 1 if book.failures else 0


async def rounds(here: "Setting", names: list[str]) -> None:
    """Everything in turns, round after round: a machine that drifts drifts for all."""
    from tests.bench.processes import NotUp

    started = time.monotonic()
    for number in range(here.plan.rounds):
        here.round = number
        each = (time.monotonic() - started) / number if number else 0.0
        if time.monotonic() - started + each > MOST_SECONDS:
            say(f"no round {number + 1}: with it the bench would take longer than {MOST_SECONDS:.0f} s")
            break
        for name, measure in measurements().items():
            if name not in names:
                continue
            say(f"round {number + 1} of {here.plan.rounds}: {name} …")
            try:
                await measure(here)
            except NotUp:
                raise
            except Exception as error:  # noqa: BLE001 - the others are measured all the same, and the status tells
                here.book.fail(f"{name}: {type(error).__name__}: {error}")


def measurements() -> dict[str, Callable[["Setting"], Awaitable[None]]]:
    """What is measured, in the order of NAMES."""
    from tests.bench import claims, line, national, sockets, walls, words

    each = (
        words.latency,
        line.ledger,
        line.webhook,
        words.saturation,
        claims.race,
        sockets.idle,
        sockets.returning,
        walls.walls,
        national.national,
    )
    return dict(zip(NAMES, each, strict=True))


def say(what: str) -> None:
    """Progress, one line each."""
    sys.stdout.write(f"  {what}\n")
    sys.stdout.flush()


def explanation() -> str:
    """What the table's figures are."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        "Medians of the rounds; floor: the same by hand, without Django, measured in turns; ratio: product ÷ floor.\n"
        "Load by the clock: what is late counts as late. Warm-up is not counted. All on this machine: "
        f"{os.cpu_count()} processors, load {load}.\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
