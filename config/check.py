"""`make test` and `make check`: named steps, timed, stopping plainly at the first that fails."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config import embedded
from config.bootstrap import ENVIRONMENT
from config.embedded import ROOT

PYTHON = sys.executable
MANAGE = (PYTHON, "manage.py")
# What a production machine would have in its environment, for Django's own list of deployment mistakes.
PRODUCTION = {
    "DEBUG": "0",
    "SITE_URL": "https://madoguchi.example",
    "ALLOWED_HOSTS": "madoguchi.example",
    **dict.fromkeys(("SECRET_KEY", "IDENTITY_KEY"), "an-example-of-a-secret-that-is-long-enough-0123456789"),
    "WORDS_KEYS": "1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
}
# Tests that start servers or browsers of their own get the machine for themselves.
ALONE = ("tests/e2e", "tests/faults", "tests/config")


@dataclass(frozen=True)
class Step:
    """One command with the name it is known by, and what its environment has besides."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def static_steps() -> list[Step]:
    """What needs no database."""
    return [
        Step("format", ("ruff", "format", "--check", ".")),
        Step("lint", ("ruff", "check", ".")),
        Step("types", ("mypy", ".")),
        Step("imports", ("lint-imports",)),
        Step("templates", ("djlint", "templates", "--lint", "--quiet")),
        Step("TypeScript format and lint", ("npm", "run", "--silent", "lint")),
        Step("TypeScript types", ("npm", "run", "--silent", "types")),
    ]


def django_steps() -> list[Step]:
    """What asks Django about itself."""
    return [
        Step("migrations", (*MANAGE, "makemigrations", "--check", "--dry-run")),
        Step("Django's own checks", (*MANAGE, "check", "--fail-level", "WARNING")),
        Step("deployment", (*MANAGE, "check", "--deploy", "--tag", "security", "--fail-level", "WARNING"), PRODUCTION),
    ]


def test_steps() -> list[Step]:
    """Python's tests first: they write the contract cases that TypeScript's replay."""
    alone = [folder for folder in ALONE if (ROOT / folder).exists()]
    ignored = [f"--ignore={folder}" for folder in alone]
    pytest = (PYTHON, "-m", "pytest", "-q")
    return [
        Step("tests: Python", (*pytest, "-n", "2", *ignored, "tests")),
        # Apart from one another: a browser's event loop would stand in the way of tests that ask the database.
        *(Step(f"tests: {Path(folder).name}", (*pytest, folder)) for folder in alone),
        Step("tests: TypeScript, with the contract", ("npm", "run", "--silent", "test")),
    ]


def closing_steps() -> list[Step]:
    """What a newcomer's first start would do, and whether the documents tell the truth."""
    return [
        Step("seeds load into an empty database", (PYTHON, "-m", "config.prepare")),
        Step("documents are current", (*MANAGE, "docs", "--check")),
    ]


def main() -> None:
    """With `test` as the argument only the tests, otherwise everything."""
    if sys.argv[1:] == ["test"]:
        run(test_steps())
        return
    run(static_steps())
    _empty()
    run([*django_steps(), *test_steps(), *closing_steps()])


def _empty() -> None:
    """Start with no database at all, unless the environment names one of its own."""
    embedded.stop_postgres()
    shutil.rmtree(embedded.pgdata(), ignore_errors=True)


def run(steps: list[Step]) -> None:
    """Run the steps in order, with the embedded servers there; raises SystemExit at the first failure."""
    started = time.monotonic()
    stop = embedded.ensure_running()
    try:
        for step in steps:
            _run(step)
    finally:
        stop()
    sys.stdout.write(f"\n✓ all {len(steps)} steps in {time.monotonic() - started:.0f} s\n")


def _run(step: Step) -> None:
    sys.stdout.write(f"\n── {step.name}\n")
    sys.stdout.flush()
    started = time.monotonic()
    path = f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path, **step.environment}
    status = subprocess.run(step.command, cwd=ROOT, env=environment, check=False).returncode
    took = time.monotonic() - started
    if status != 0:
        command = " ".join(_short(part) for part in step.command)
        sys.stdout.write(f"\n✗ {step.name}: failed after {took:.0f} s. Alone: {command}\n")
        raise SystemExit(1)
    sys.stdout.write(f"✓ {step.name}: {took:.1f} s\n")
    sys.stdout.flush()


def _short(part: str) -> str:
    path = Path(part)
    return str(path.relative_to(ROOT)) if path.is_absolute() and path.is_relative_to(ROOT) else part


if __name__ == "__main__":
    main()
