"""Processes of a `make run` in this VAR: the one that runs, and what a killed one left. Only the standard library.

Every process of a run carries MARK in its environment, so nobody else's process is ever touched. (PostgreSQL
overwrites its own; `config.embedded` knows it by its folder.)
"""

import contextlib
import os
import signal
from pathlib import Path

from config.embedded import VAR, wait_until

MARK = "MADOGUCHI_RUN"
SECONDS_TO_END = 15.0


def marked() -> dict[int, str]:
    """Process id → command line of every process of a run in this VAR, this one left out."""
    wanted = f"{MARK}={VAR}".encode()
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted in process.joinpath("environ").read_bytes().split(b"\0"):
                found[int(process.name)] = process.joinpath("cmdline").read_bytes().replace(b"\0", b" ").decode()
    found.pop(os.getpid(), None)
    return found


def supervisor() -> int | None:
    """The process that keeps a run alive, if one does."""
    return next((pid for pid, command in marked().items() if "supervisor.supervisord" in command), None)


def refuse_second_run() -> None:
    """Raises SystemExit, in one line, when this VAR is being run already."""
    if (pid := supervisor()) is not None:
        raise SystemExit(f"Madoguchi is running already (process {pid}). Stop it with Ctrl-C there, or: kill {pid}")


def end() -> None:
    """End a run in this VAR: its supervisor first, which ends the rest, then whatever is left."""
    if (pid := supervisor()) is not None:
        _signal([pid], signal.SIGTERM)
        wait_until(lambda: supervisor() is None, SECONDS_TO_END)
    _signal(list(marked()), signal.SIGTERM)
    wait_until(lambda: not marked(), SECONDS_TO_END)
    _signal(list(marked()), signal.SIGKILL)


def _signal(pids: list[int], number: int) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
