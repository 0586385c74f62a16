"""The characters of the house, in the order in which they are offered: read once, at import, and refused if wrong."""

import json
from pathlib import Path

from counseling.practice.character import Character, read

# Beside the packages, as the LINE simulator reads the same files and knows nothing of this code.
FOLDER = Path(__file__).resolve().parents[2] / "characters"


def _of(folder: Path) -> dict[str, Character]:
    found = [read(json.loads(path.read_text())) for path in sorted(folder.glob("*.json"))]
    return {character.key: character for character in found}


CAST = _of(FOLDER)
