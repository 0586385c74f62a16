"""Tables as CSV files that Excel opens and saves without harm. Pure: no database, no clock."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

# A cell that begins so is a formula to Excel: whoever opens the file would run it.
FORMULA_BEGINS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# Excel in Japan saves "CSV" as Shift_JIS (with Windows' own characters), and "CSV UTF-8" with a byte order mark.
ENCODINGS = ("utf-8-sig", "cp932")


@dataclass(frozen=True)
class Sheet:
    """A table as somebody saved it: in which of ENCODINGS, and its rows by the number that Excel shows beside them."""

    encoding: str
    rows: list[tuple[int, list[str]]]


class UnreadableSheet(ValueError):
    """It is no text in any encoding that Excel writes, or no CSV."""


def written(rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a byte order mark, CRLF, and no cell that Excel would run."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def read(content: bytes) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, each with its line; cells without blanks around them and in their common width.

    Raises UnreadableSheet.
    """
    reader = csv.reader(io.StringIO(_text(content)[0], newline=""), strict=True)
    try:
        return [(reader.line_num, cells) for row in reader if any(cells := [_plain(cell) for cell in row])]
    except csv.Error as error:
        raise UnreadableSheet from error


def read_as_typed(content: bytes) -> Sheet:
    """The rows that are not empty, with cells as they were typed but for blanks around them. Raises UnreadableSheet."""
    text, encoding = _text(content)
    try:
        rows = list(enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1))
    except csv.Error as error:
        raise UnreadableSheet from error
    typed = ((number, [_unguarded(cell.strip()) for cell in row]) for number, row in rows)
    return Sheet(encoding, [(number, cells) for number, cells in typed if any(cells)])


def _harmless(cell: object) -> str:
    # A number below nothing is one, and runs as nothing else.
    if isinstance(cell, int | Decimal):
        return str(cell)
    # A tab or a line break before the sign would hide it from us, and not from Excel.
    text = str(cell).strip()
    return f"'{text}" if text.startswith(FORMULA_BEGINS) else text


def _plain(cell: str) -> str:
    return _unguarded(unicodedata.normalize("NFKC", cell).strip())


def _unguarded(text: str) -> str:
    """Without the mark that keeps a formula from running."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_BEGINS) else text


def _text(content: bytes) -> tuple[str, str]:
    """The text, and the encoding it was in."""
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    raise UnreadableSheet
