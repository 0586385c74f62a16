"""Yesterday's backup of a house: run inside the house's environment, it prints what it found as JSON."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

from tests import backups  # noqa: E402


def dump(file: str) -> None:
    """Make one now."""
    backups.dump(Path(file))


def opens(file: str, slug: str) -> list[str]:
    """Every word of the program's visitors that opens in the backup with the keys and the vault of this moment."""
    with backups.restored(Path(file)) as database:
        return backups.words_in(database, of=slug)


WISHES: dict[str, Callable[..., Any]] = {wish.__name__: wish for wish in (dump, opens)}

if __name__ == "__main__":
    wish, *subjects = sys.argv[1:]
    sys.stdout.write(json.dumps(WISHES[wish](*subjects)))
