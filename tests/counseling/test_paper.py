"""Documents on paper: the same bytes for the same data, and what people wrote stays text."""

from pathlib import Path

import pytest

from counseling import paper


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A template of one title, beside the house's own look."""
    (tmp_path / "house.typ").write_bytes((paper.TEMPLATES / "house.typ").read_bytes())
    (tmp_path / "one.typ").write_text('#import "house.typ": *\n#show: sheet.with(title: data.title)\n= #data.title\n')
    monkeypatch.setattr(paper, "TEMPLATES", tmp_path)
    return "one"


def test_the_same_data_gives_the_same_bytes(sheet: str) -> None:
    assert paper.pdf(sheet, {"title": "緊急対応シート"}) == paper.pdf(sheet, {"title": "緊急対応シート"})


def test_other_data_gives_other_bytes(sheet: str) -> None:
    assert paper.pdf(sheet, {"title": "一"}) != paper.pdf(sheet, {"title": "二"})


@pytest.mark.parametrize("words", ['#panic("no")', "$x$ *b* _i_", "#import", "\\", '"', "= title", "👨‍👩‍👧‍👦 𠮷"])
def test_what_people_wrote_is_never_part_of_the_template(sheet: str, words: str) -> None:
    assert paper.pdf(sheet, {"title": words}).startswith(b"%PDF-")


def test_it_can_be_read_aloud(sheet: str) -> None:
    made = paper.pdf(sheet, {"title": "読み上げ"})
    assert b"pdfuaid" in made
    assert b"/Lang" in made


def test_what_the_typeface_cannot_draw_is_marked() -> None:
    said = {"said": ["つらい👨\u200d👩です", "葛\U000e0100城", 7, None]}
    assert paper.drawable(said) == {"said": ["つらい〓〓です", "葛城", 7, None]}
