"""Documents on paper: a Typst template and its data made a PDF that can be read aloud (PDF/UA-1). Pure: no database.

Templates stand in `templates/paper/`; each begins with `#import "house.typ": *` and gets its data by `data`. What
people wrote is data and stays text: it is never part of a template.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates/paper"
# The build puts the house's typeface here whole; nothing of the machine's own fonts comes in.
TYPEFACE = ROOT / "static/dist/paper"
# Stands for a character the typeface cannot draw, as in Japanese print; joiners and selectors just fall away.
UNKNOWN = "〓"
SILENT = frozenset("\u200b\u200c\u200d\u2060\ufeff") | {
    chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
}


def pdf(template: str, data: dict[str, Any], files: dict[str, bytes] | None = None) -> bytes:
    """The PDF of `templates/paper/<template>.typ` with `data` (what JSON can hold) and `files` (pictures by name).

    The same template and data give the same bytes: no clock and no chance come in. Raises typst.TypstError for a
    template that is wrong.
    """
    # Its documentation takes files by name, its types do not.
    made: bytes = typst.compile(  # type: ignore[call-overload]
        {
            "main.typ": (TEMPLATES / f"{template}.typ").read_bytes(),
            "house.typ": (TEMPLATES / "house.typ").read_bytes(),
            **(files or {}),
        },
        font_paths=[str(TYPEFACE)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(drawable(data), ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=0,
    )
    return made


def drawable(value: Any) -> Any:
    """The same data with every character the typeface cannot draw as UNKNOWN: PDF/UA allows no empty boxes."""
    if isinstance(value, str):
        return "".join(_drawn(character) for character in value)
    if isinstance(value, dict):
        return {key: drawable(one) for key, one in value.items()}
    return [drawable(one) for one in value] if isinstance(value, list | tuple) else value


def _drawn(character: str) -> str:
    if ord(character) in _characters() or character in "\n\t":
        return character
    return "" if character in SILENT else UNKNOWN


@cache
def _characters() -> frozenset[int]:
    with TTFont(TYPEFACE / "BIZUDPGothic_400Regular.ttf", lazy=True) as face:
        return frozenset(face.getBestCmap())
