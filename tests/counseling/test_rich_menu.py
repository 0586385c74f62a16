"""The rich menu's areas: as LINE demands them, without gap or overlap, and with postbacks that never change."""

import pytest

from counseling import rich_menu
from counseling.rich_menu import BOUNDS, HEIGHT, LABELS, WIDTH, Area, area_of, data_of
from counseling.text import utf16_length


def test_every_area_has_its_place_and_its_label() -> None:
    assert set(BOUNDS) == set(LABELS) == set(Area)


def test_the_areas_cover_the_picture_once() -> None:
    covered = [0] * (WIDTH * HEIGHT // 25**2)
    for x, y, width, height in BOUNDS.values():
        assert x >= 0
        assert y >= 0
        assert x + width <= WIDTH
        assert y + height <= HEIGHT
    for place in range(len(covered)):
        column, row = place % (WIDTH // 25) * 25 + 12, place // (WIDTH // 25) * 25 + 12
        covered[place] = sum(b.x <= column < b.x + b.width and b.y <= row < b.y + b.height for b in BOUNDS.values())
    assert set(covered) == {1}


def test_line_takes_its_measures() -> None:
    assert 800 <= WIDTH <= 2500
    assert HEIGHT >= 250
    assert WIDTH / HEIGHT >= 1.45
    assert utf16_length(rich_menu.BAR) <= 14
    assert all(utf16_length(label) <= 20 for label in LABELS.values())


def test_the_postbacks_of_menus_out_there_stay_what_they_are() -> None:
    assert [data_of(area) for area in Area] == ["menu=talk", "menu=hours", "menu=contacts", "menu=terms"]
    assert [area_of(data_of(area)) for area in Area] == list(Area)


@pytest.mark.parametrize("data", ["", "menu=", "menu=nothing", "talk", "MENU=talk", "menu=talk ", "action=begin"])
def test_the_buttons_of_others_are_none_of_ours(data: str) -> None:
    assert area_of(data) is None
