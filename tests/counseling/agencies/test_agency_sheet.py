"""A file of agencies: read, told line by line, and the same again after it went to Excel and came back."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counseling.agencies import PREFECTURES, Area, Entry, Reason, Unwritable, entry_of, spellings
from counseling.agencies.sheet import COLUMNS, MOST_ROWS, NoDirectory, Problem, Reading, read, row_of
from counseling.text import sheets

TODAY = date(2026, 11, 26)
NAMES = {"police": "警察", "legal": "法テラス・弁護士", "disaster_care": "DPAT・こころのケアセンター"}
KINDS = spellings(NAMES)
HEADING = ",".join(COLUMNS.values())
GOOD = (
    ",警察,○○警察署,神奈川県,横浜市,045-123-4567,https://example.jp/,横浜市中区1-1,平日,どなたでも,先に電話,2026/11/1"
)

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
ENTRIES = st.builds(
    Entry,
    name=WORDS.map(lambda text: f"名{text}"),
    kind=st.sampled_from(list(NAMES)),
    area=st.builds(
        Area,
        st.sampled_from(PREFECTURES),
        st.lists(st.sampled_from(["横浜市", "箱根町", "茅ヶ崎市"]), unique=True).map(tuple),
    )
    | st.just(Area()),
    telephones=st.lists(st.sampled_from(["189", "#9110", "0120-061-338", "+81-45-1"]), unique=True).map(tuple),
    web=st.sampled_from(["", "https://example.jp/相談?a=b"]),
    hours=WORDS,
    audience=WORDS,
    note=WORDS,
    checked_on=st.none() | st.integers(0, 3000).map(lambda days: TODAY - timedelta(days=days)),
)


def written(entry: Entry) -> dict[str, str]:
    """An entry as the cells of its row."""
    return dict(zip(COLUMNS, row_of(1, entry, NAMES[entry.kind]), strict=True))


def a_file(*rows: str, heading: str = HEADING) -> bytes:
    return "\r\n".join([heading, *rows]).encode()


def look(content: bytes) -> Reading:
    return read(content, KINDS, TODAY)


def problems(*rows: str) -> list[tuple[int, str, Reason]]:
    return [(problem.line, problem.field, problem.reason) for problem in look(a_file(*rows)).problems]


@settings(deadline=None)
@given(st.lists(ENTRIES, max_size=5))
def test_what_goes_out_comes_in_again(entries: list[Entry]) -> None:
    kept: dict[str, Entry] = {}
    for entry in entries:
        try:
            tidy = entry_of(written(entry), KINDS, TODAY)
        except Unwritable:
            continue
        kept.setdefault(tidy.key, tidy)
    rows = [row_of(number, entry, NAMES[entry.kind]) for number, entry in enumerate(kept.values(), start=1)]
    # A text that itself looks like a guarded formula comes back without its guard.
    if any(cell.startswith("'") for row in rows for cell in row):
        return
    content = sheets.written([list(COLUMNS.values()), *rows])
    reading = look(content)
    assert reading.problems == []
    assert [(row.number, row.entry) for row in reading.rows] == list(enumerate(kept.values(), start=1))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_are_too_strange(content: bytes) -> None:
    try:
        look(content)
    except NoDirectory:
        return


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, max_size=14), max_size=6))
def test_every_row_is_read_or_told(rows: list[list[str]]) -> None:
    content = sheets.written([list(COLUMNS.values()), *rows])
    reading = look(content)
    told = {problem.line for problem in reading.problems} | {row.line for row in reading.rows}
    assert told == {line for line, _cells in sheets.read_as_typed(content).rows[1:]}


@pytest.mark.parametrize(("encoding", "told"), [("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig"), ("cp932", "cp932")])
def test_the_encoding_is_found_and_told(encoding: str, told: str) -> None:
    reading = look(a_file(GOOD).decode().replace("○○", "髙﨑①").encode(encoding))
    assert (reading.encoding, reading.rows[0].entry.name) == (told, "髙﨑①警察署")


def test_what_excel_makes_of_a_file_is_understood() -> None:
    row = (
        '１２,法テラス･弁護士,"法テラス\r\n○○",全国,,"０１２０－０００－１２３\n189",,,'
        '"平日 9〜17時\r\n土は休み",,,令和8年11月1日'
    )
    reading = look(a_file(row, ",,,,,,,,,,,", ",,,,,,,,,,,"))
    assert reading.problems == []
    (read_row,) = reading.rows
    assert (read_row.line, read_row.number) == (2, 12)
    assert read_row.entry == Entry(
        "法テラス ○○",
        "legal",
        Area(),
        ("0120-000-123", "189"),
        hours="平日 9～17時\n土は休み",
        checked_on=date(2026, 11, 1),
    )


def test_lines_are_counted_as_excel_shows_them() -> None:
    two_lines_high = ',警察,A,神奈川県,,,,,"平日\r\n9時",,,'
    assert problems(two_lines_high, ",,,,,,,,,,,", ",警察,,神奈川県,") == [(4, "name", Reason.MISSING)]


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("x" + GOOD, "number", Reason.NO_NUMBER),
        ("9" * 19 + GOOD, "number", Reason.NO_NUMBER),
        (GOOD.replace("警察,", "警祭,"), "kind", Reason.NO_KIND),
        (GOOD.replace("警察,", ","), "kind", Reason.MISSING),
        (GOOD.replace("○○警察署", "　"), "name", Reason.MISSING),
        (GOOD.replace("○○警察署", "長" * 101), "name", Reason.TOO_LONG),
        (GOOD.replace("神奈川県", "神奈川けん"), "prefecture", Reason.NO_PREFECTURE),
        (GOOD.replace("神奈川県", ""), "prefecture", Reason.MISSING),
        (GOOD.replace("神奈川県", "全国"), "municipalities", Reason.OF_NOWHERE),
        (GOOD.replace(",横浜市,", ",横浜,"), "municipalities", Reason.NO_MUNICIPALITY),
        (GOOD.replace("045-123-4567", "451234567"), "telephones", Reason.LOST_ZERO),
        (GOOD.replace("https://", ""), "web", Reason.NO_WEB),
        (GOOD.replace("平日", "長" * 301), "hours", Reason.TOO_LONG),
        (GOOD.replace("先に電話", "先に\u202e電話"), "note", Reason.UNPRINTABLE),
        (GOOD.replace("2026/11/1", "2027/11/1"), "checked_on", Reason.DAY_TO_COME),
        (GOOD + ",あふれた", "", Reason.TOO_MANY_CELLS),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(row: str, field: str, reason: Reason) -> None:
    assert problems(GOOD.replace("○○", "△△"), row) == [(3, field, reason)]


def test_all_that_is_wrong_in_a_line_is_told_at_once() -> None:
    found = problems("x,警祭,,神奈川,,一,,,,,,いつか")
    assert {field for _line, field, _reason in found} == {"number", "kind", "name", "telephones", "checked_on"}


def test_two_rows_about_one_agency_are_told() -> None:
    twin = GOOD.replace("○○警察署", "○○ 警察署")
    assert problems(GOOD, twin) == [(3, "name", Reason.SAME_AS_LINE)]
    assert problems("7" + GOOD, "7" + GOOD.replace("○○", "△△")) == [(3, "number", Reason.SAME_AS_LINE)]
    assert look(a_file(GOOD, twin)).problems == [Problem(3, "name", Reason.SAME_AS_LINE, "○○ 警察署", 2)]


def test_columns_may_stand_in_any_order_and_unknown_ones_are_told() -> None:
    heading = "都道府県,電話番号,名前,市区町村, 種　別 "
    reading = look(a_file("神奈川県,045-123-4567,A,,警察", heading=heading))
    assert reading.unknown == ("電話番号",)
    assert reading.fields == {"prefecture", "name", "municipalities", "kind"}
    assert reading.rows[0].entry == Entry("A", "police", Area("神奈川県"))


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00\x01", b"\0", b'"', "名前\nA".encode(), HEADING.encode("euc-jp")]
)
def test_what_is_no_directory_is_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(NoDirectory) as refused:
        look(content)
    assert not refused.value.too_long


def test_the_columns_that_lack_are_named() -> None:
    with pytest.raises(NoDirectory) as refused:
        look("種別,名前\n警察,A".encode())
    assert refused.value.absent == ("都道府県", "市区町村")


def test_more_rows_than_allowed_are_refused() -> None:
    with pytest.raises(NoDirectory) as refused:
        look(a_file(*["x"] * (MOST_ROWS + 1)))
    assert refused.value.too_long


def test_ten_thousand_wrong_rows_are_told_within_seconds() -> None:
    begun = perf_counter()
    reading = look(a_file(*["x,警祭,,神奈川,横浜,45-123-4567,example.jp,,,,,2026/13/1"] * MOST_ROWS))
    assert len({problem.line for problem in reading.problems}) == MOST_ROWS
    # Alone it takes a second; the machine may have much else to do.
    assert perf_counter() - begun < 20
