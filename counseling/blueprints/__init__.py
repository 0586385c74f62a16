"""A program as one file: what a new program is made from, whether template, copy of another, or import. Pure.

A template (ひな形) of the house is such a file in this folder. A file holds no secret and nothing about people.
"""

import json
from pathlib import Path
from typing import Any

from counseling.blueprints.blueprint import FORMAT, VERSION, Blueprint
from counseling.blueprints.parts import PARTS, wrong
from counseling.blueprints.reading import KINDS, LARGEST_BYTES, InvalidBlueprint, parse, read
from counseling.blueprints.rows import agency

__all__ = [
    "FORMAT", "KINDS", "LARGEST_BYTES", "PARTS", "VERSION", "Blueprint", "InvalidBlueprint", "agency", "parse",
    "read", "template", "templates", "wrong",
]  # fmt: skip

FOLDER = Path(__file__).parent


def templates() -> list[str]:
    """The kinds of program the house has a template for."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def template(kind: str) -> Blueprint:
    """The house's template of that kind."""
    stored: dict[str, Any] = json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
    return read(stored)
