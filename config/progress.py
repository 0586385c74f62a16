"""Steps that say what they do and how long they took. Only the standard library: the set-up runs on it alone."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

LINES_OF_A_FAILURE = 40


def say(mark: str, title: str, note: str = "") -> None:
    """One finished line: a mark, what, and how it went."""
    sys.stdout.write(f"{_clear()}  {mark} {title:<44} {note}\n")
    sys.stdout.flush()


def _clear() -> str:
    return "\r\033[K" if sys.stdout.isatty() else ""


def step(
    title: str, command: Sequence[str | Path], *, log: Path, cwd: Path, env: Mapping[str, str] | None = None
) -> None:
    """Run a command as one step; its output goes to `log`, and its end to the screen when it fails.

    Raises SystemExit with the command's status then.
    """
    started = time.monotonic()
    log.parent.mkdir(parents=True, exist_ok=True)
    if not sys.stdout.isatty():
        say("…", title)
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(part) for part in command], cwd=cwd, env={**os.environ, **(env or {})}, stdout=out, stderr=out
        )
        _show_while_running(process, title, log, started)
    took = f"{time.monotonic() - started:.1f} s"
    if process.returncode == 0:
        say("✓", title, took)
        return
    say("✗", title, f"failed after {took}")
    sys.stdout.write(last_lines(log))
    sys.stdout.write(f"\n  {title} failed. All of its output: {log}\n")
    raise SystemExit(process.returncode or 1)


def _show_while_running(process: subprocess.Popen[bytes], title: str, log: Path, started: float) -> None:
    while True:
        try:
            process.wait(timeout=0.5 if sys.stdout.isatty() else None)
        except subprocess.TimeoutExpired:
            newest = last_lines(log, 1).strip()[:60]
            sys.stdout.write(f"{_clear()}  … {title:<44} {time.monotonic() - started:3.0f} s  {newest}")
            sys.stdout.flush()
        else:
            return


def last_lines(log: Path, lines: int = LINES_OF_A_FAILURE) -> str:
    """The end of a log, as text that can be printed whatever bytes are in it."""
    if not log.exists():
        return ""
    text = log.read_bytes()[-20_000:].decode(errors="replace")
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
