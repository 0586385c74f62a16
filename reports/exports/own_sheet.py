"""Somebody's own Excel sheet (委託元の様式): looked through before it is kept, and filled by the names of its cells.

Formulas, formats and pictures stay. What runs, reaches out or would be lost is refused: macros, links to other files,
embedded things, connections, charts. Sizes are bounded before anything is unpacked.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from reports import words
from reports.named import Figure
from reports.tables import Unknown

LARGEST_BYTES, LARGEST_UNPACKED_BYTES, MOST_PARTS = 2_000_000, 30_000_000, 400
# Parts by which a workbook does more than hold numbers, by what they are called to a person.
REFUSED = {
    "macros": re.compile(r"vbaProject|macrosheets|activeX|ctrlProps|customUI", re.IGNORECASE),
    "links": re.compile(r"externalLinks|connections\.xml|queryTables|webextensions", re.IGNORECASE),
    "embedded": re.compile(r"embeddings|oleObject", re.IGNORECASE),
    "charts": re.compile(r"xl/charts/|xl/pivot", re.IGNORECASE),
}
TELLING = {"macros": b"macroEnabled", "links": b'TargetMode="External"', "entities": b"<!DOCTYPE"}
# Formulas that reach out of the workbook, or run something.
REACHING = re.compile(
    r"\[\d+\]|\b(?:DDE|WEBSERVICE|CALL|REGISTER(?:\.ID)?|EXEC|HYPERLINK)\s*\(|^=[^!]*\|", re.IGNORECASE
)
ONE_CELL = re.compile(r"^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$")


class Refused(Exception):
    """The file cannot be kept; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Looked:
    """The names of a sheet: those that are filled, those nobody knows, and known ones that are not one cell."""

    known: list[str]
    unknown: list[str]
    not_one_cell: list[str]


def look(content: bytes, known: frozenset[str]) -> Looked:
    """What a file holds. Raises Refused."""
    _check_parts(content)
    book = _opened(content)
    formulas = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f")
    if any(REACHING.search(str(formula)) for formula in formulas):
        raise Refused("links")
    places = _places(book)
    names = [name for name in places if not name.startswith("_xlnm")]
    mine = [name for name in names if name in known]
    if not mine:
        raise Refused("no_names")
    return Looked(
        [name for name in mine if places[name]],
        [name for name in names if name not in known],
        [name for name in mine if not places[name]],
    )


def _check_parts(content: bytes) -> None:
    if len(content) > LARGEST_BYTES:
        raise Refused("too_large")
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            _check_sizes(parts)
            for part in parts.infolist():
                _check_part(part.filename, parts.read(part))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError) as error:
        raise Refused("unreadable") from error


def _check_sizes(parts: zipfile.ZipFile) -> None:
    """What it would unpack to: a part that says less than it holds is cut off there and fails its checksum."""
    listed = parts.infolist()
    if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > LARGEST_UNPACKED_BYTES:
        raise Refused("too_large")


def _check_part(name: str, held: bytes) -> None:
    for code, pattern in REFUSED.items():
        if pattern.search(name):
            raise Refused(code)
    if name.endswith((".xml", ".rels")):
        # Text in UTF-16 would hide it from us, and not from Excel.
        plain = held if not held.startswith((b"\xff\xfe", b"\xfe\xff")) else held.decode("utf-16", "replace").encode()
        for code, sign in TELLING.items():
            if sign.lower() in plain.lower():
                raise Refused(code)


def _opened(content: bytes) -> Workbook:
    try:
        return load_workbook(BytesIO(content))
    except Exception as error:  # whatever a broken workbook makes of the library
        raise Refused("unreadable") from error


def _places(book: Workbook) -> dict[str, list[Cell]]:
    """Every defined name with the cells it names; none where it names no single cell."""
    found: dict[str, list[Cell]] = {}
    defined = [*book.defined_names.items(), *(pair for sheet in book for pair in sheet.defined_names.items())]
    for name, definition in defined:
        cells = found.setdefault(name.lower(), [])
        for sheet, place in definition.destinations:
            if sheet in book.sheetnames and ONE_CELL.match(place):
                cell = book[sheet][place.replace("$", "")]
                cells += [cell] if isinstance(cell, Cell) else []
    return found


def filled(content: bytes, told: Mapping[str, Figure]) -> bytes:
    """The file with every cell of a known name filled; Excel computes its formulas anew when it opens it."""
    book = _opened(content)
    for name, cells in _places(book).items():
        if name in told:
            for cell in cells:
                _fill(cell, told[name])
    book.calculation.fullCalcOnLoad = True
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _fill(cell: Cell, value: Figure) -> None:
    shown = cell.number_format
    cell.value = words.SIGNS[value] if isinstance(value, Unknown) else value
    if isinstance(value, str):
        cell.data_type = "s"  # a text stays one, whatever it begins with
    # As the sheet has it, where it says anything.
    if shown != "General":
        cell.number_format = shown
