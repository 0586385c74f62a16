"""The set-up before anything can run: Python environment, locked dependencies, translations, front end.

Only the standard library. Each step leaves a stamp of what it was made from and is skipped while that is unchanged.
"""

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from config import leftovers, ports
from config.embedded import ROOT, VAR
from config.progress import say, step

ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin/python"
NPM = ENVIRONMENT / "bin/npm"
LOCK = ROOT / "requirements/dev.lock"
DEPENDENCIES_STAMP = ENVIRONMENT / ".dependencies"
NODE_MODULES_STAMP = ROOT / "node_modules/.locked"
TRANSLATIONS_STAMP = ENVIRONMENT / ".translations"
BUILD_STAMP = ROOT / "static/dist/.built"
LOGS = VAR / "log"


def main() -> None:
    """Make everything ready; with `run` as the argument, first see that the ports are free."""
    if sys.argv[1:] == ["run"]:
        leftovers.refuse_second_run()
        leftovers.end()
        ports.refuse_taken()
    make_environment()
    install_dependencies()
    install_node_modules()
    compile_translations()
    build_front_end()


def make_environment() -> None:
    """The virtual environment, with whatever Python this runs on."""
    title = "Python environment"
    if PYTHON.exists():
        say("✓", title, "there")
        return
    if missing := _missing_for_venv():
        raise SystemExit(f"Python cannot make an environment here ({missing}). On Debian: apt install python3-venv")
    step(title, [sys.executable, "-m", "venv", ENVIRONMENT], log=LOGS / "setup-python.log", cwd=ROOT)


def _missing_for_venv() -> str:
    try:
        import ensurepip
        import venv

        del ensurepip, venv
    except ImportError as error:
        return str(error)
    return ""


def install_dependencies() -> None:
    """What the lock names, and nothing whose hash it does not."""
    made_from = fingerprint([LOCK], extra=sys.version)
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    _unless_stamped(
        "Python packages, locked with hashes",
        [*pip, "--require-hashes", "-r", LOCK],
        DEPENDENCIES_STAMP,
        made_from,
    )


def install_node_modules() -> None:
    """The front end's packages, with the Node that came with the Python ones."""
    made_from = fingerprint([ROOT / "package-lock.json", ROOT / ".npmrc"])
    # No package's install script runs: what they fetch is in the lock already.
    command: list[str | Path] = [NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    _unless_stamped("Front-end packages, locked", command, NODE_MODULES_STAMP, made_from)


def compile_translations() -> None:
    """English, from locale/."""
    sources = (ROOT / "locale").rglob("*.po")
    made_from = fingerprint([*sources, ROOT / "config/translations.py"])
    _unless_stamped("Translations", [PYTHON, "-m", "config.translations"], TRANSLATIONS_STAMP, made_from)


def build_front_end() -> None:
    """static/dist; templates count, because the icons they name are in it."""
    sources = [path for folder in ("static/src", "templates") for path in (ROOT / folder).rglob("*")]
    made_from = fingerprint([*sources, ROOT / "static/build.mjs", ROOT / "package-lock.json"])
    _unless_stamped("Front end", [NPM, "run", "build"], BUILD_STAMP, made_from)


def _unless_stamped(title: str, command: list[str | Path], stamp: Path, made_from: str) -> None:
    if stamp.exists() and stamp.read_text() == made_from:
        say("✓", title, "unchanged")
        return
    log = LOGS / f"setup-{stamp.name.strip('.')}.log"
    path = f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    step(title, command, log=log, cwd=ROOT, env={"PATH": path})
    stamp.write_text(made_from)


def fingerprint(paths: Iterable[Path], extra: str = "") -> str:
    """A hash over names and contents, so that a checkout or a touched file alone repeats nothing."""
    total = hashlib.sha256(extra.encode())
    for path in sorted(path for path in paths if path.is_file()):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()


if __name__ == "__main__":
    main()
