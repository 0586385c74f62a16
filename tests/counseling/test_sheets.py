"""CSV files that go to Excel and come back."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.text import sheets

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)


def plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip()


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=8))
def test_no_cell_runs_in_excel(rows: list[list[str]]) -> None:
    read = csv.reader(io.StringIO(sheets.written(rows).decode("utf-8-sig"), newline=""))
    assert not [cell for row in read for cell in row if cell.startswith(sheets.FORMULA_BEGINS)]


@given(
    st.lists(st.lists(CELLS.filter(lambda cell: not plain(cell).startswith("'")), min_size=1, max_size=5), max_size=8)
)
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    kept = [cells for row in rows if any(cells := [plain(cell) for cell in row])]
    assert [cells for _line, cells in sheets.read(sheets.written(rows))] == kept


def test_lines_are_counted_as_people_count_them() -> None:
    assert [line for line, _cells in sheets.read(b'a\r\n\r\n"b\r\nb"\r\nc\r\n')] == [1, 4, 5]


@pytest.mark.parametrize("content", [b"\xff\xfea\x00", b"a\x00b", b'"never closed', b"\x81"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(sheets.UnreadableSheet):
        sheets.read(content)


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_a_formula_is_none_in_either_width(sign: str) -> None:
    assert f"'{sign}1+1".encode() in sheets.written([[f"{sign}1+1"]])
