"""Characters to play on a telephone: their lines, from files that lie beside the house and are read as they are.

The portal plays the same files by a rule of its own. Here a person decides what the character takes from an answer: the
file says when they tell what.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web

FOLDER = Path(__file__).resolve().parent.parent / "characters"
# What a person needs to play somebody; numbers of the portal's rule are not among it.
SHOWN = ("key", "name", "about", "lesson", "opening", "story", "answers", "endings")


@cache
def characters() -> list[dict[str, Any]]:
    """Every character whose file lies there, in the order of the files; none where there is no such folder."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
    return [{name: one[name] for name in SHOWN} for one in found]


async def listed(_: web.Request) -> web.Response:
    """The characters, for the telephones' page."""
    return web.json_response(characters())
