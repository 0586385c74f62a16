"""Results as an Excel file: a sheet for each table, with real numbers, and sums that are formulas."""

import re
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports import words
from reports.exports.document import Document
from reports.tables import Row, Table, Unit, Unknown, Value

BOLD, LARGE = Font(bold=True), Font(bold=True, size=14)
WRAPPED = Alignment(wrap_text=True, vertical="top")
FORMATS = {
    Unit.COUNT: "#,##0",
    Unit.MEAN: "#,##0.0",
    Unit.PERCENT: "0.0",
    Unit.CHANGE: "+#,##0.0;-#,##0.0;0.0",
    Unit.ANY: "General",
}
LENGTH_FORMAT = "[h]:mm:ss"
# What a sheet's name may not hold, and how long it may be.
NOT_IN_NAMES, LONGEST_NAME = re.compile(r"[\[\]:*?/\\]"), 31
FIRST_WIDTH, WIDTH, TEXT_COLUMNS = 28, 14, 6


def written(report: Document) -> bytes:
    """The file."""
    book = Workbook()
    cover = book.active
    cover.title = _("表紙")
    _cover(cover, report)
    for number, table in enumerate(report.tables, start=1):
        name = NOT_IN_NAMES.sub("", f"{number} {table.title}")[:LONGEST_NAME]
        _fill(book.create_sheet(name), table)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _cover(sheet: Worksheet, report: Document) -> None:
    _text(sheet.cell(1, 1), report.title).font = LARGE
    for place, (name, value) in enumerate(report.facts, start=2):
        _text(sheet.cell(place, 1), name)
        _text(sheet.cell(place, 2), value)
    for said in (*report.sentences, *report.notes):
        _sentence(sheet, said)
    _widths(sheet, TEXT_COLUMNS)


def _fill(sheet: Worksheet, table: Table) -> None:
    _text(sheet.cell(1, 1), table.title).font = LARGE
    if table.n is not None:
        sheet.cell(2, 1).value = f"n({table.of})"
        _value(sheet.cell(2, 2), table.n, Unit.COUNT)
    _heads(sheet, 4, [_("項目"), *(column.label for column in table.columns)])
    for place, row in enumerate(table.rows, start=5):
        _row(sheet, place, table, row)
    if table.total:
        _total(sheet, 5 + len(table.rows), table, table.total)
    for said in (*table.notes, *table.definitions):
        _sentence(sheet, said)
    sheet.freeze_panes = "B5"
    _widths(sheet, max(len(table.columns) + 1, TEXT_COLUMNS))


def _heads(sheet: Worksheet, place: int, labels: Sequence[str]) -> None:
    for column, label in enumerate(labels, start=1):
        cell = _text(sheet.cell(place, column), label)
        cell.font, cell.alignment = BOLD, WRAPPED


def _row(sheet: Worksheet, place: int, table: Table, row: Row) -> None:
    _text(sheet.cell(place, 1), row.label)
    for column, (value, about) in enumerate(zip(row.values, table.columns, strict=True), start=2):
        _value(sheet.cell(place, column), value, about.unit)


def _total(sheet: Worksheet, place: int, table: Table, total: Row) -> None:
    """A sum is a formula where all that is summed stands above it."""
    _row(sheet, place, table, total)
    for column, about in enumerate(table.columns, start=2):
        sheet.cell(place, column).font = BOLD
        above = [row.values[column - 2] for row in table.rows]
        if about.unit == Unit.COUNT and above and all(isinstance(value, int) for value in above):
            letter = get_column_letter(column)
            sheet.cell(place, column).value = f"=SUM({letter}5:{letter}{place - 1})"
    sheet.cell(place, 1).font = BOLD


def _value(cell: Any, value: Value, unit: Unit) -> None:
    if isinstance(value, Unknown):
        cell.value = words.SIGNS[value]
        cell.alignment = Alignment(horizontal="right")
        return
    cell.value = value
    cell.number_format = LENGTH_FORMAT if isinstance(value, timedelta) else FORMATS[unit]


def _text(cell: Any, text: str) -> Any:
    """A text that stays one, whatever it begins with."""
    cell.value = text
    cell.data_type = "s"
    return cell


def _sentence(sheet: Worksheet, said: str) -> None:
    place = sheet.max_row + 1
    _text(sheet.cell(place, 1), said).alignment = WRAPPED
    sheet.merge_cells(start_row=place, start_column=1, end_row=place, end_column=TEXT_COLUMNS)
    sheet.row_dimensions[place].height = 15 * (1 + len(said) // 50)


def _widths(sheet: Worksheet, columns: int) -> None:
    for column in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = FIRST_WIDTH if column == 1 else WIDTH
