"""Where an agency serves, and what people mean who look for an area."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.agencies import PREFECTURES, Area, Wanted, wanted

WORDS = st.text(max_size=30)


def test_there_are_forty_seven_prefectures() -> None:
    assert len(set(PREFECTURES)) == 47


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("", None),
        ("　、", None),
        ("全国", Wanted()),
        ("神奈川県", Wanted("神奈川県")),
        ("神奈川", Wanted("神奈川県")),
        ("京都", Wanted("京都府")),
        ("北海道", Wanted("北海道")),
        ("東京都", Wanted("東京都")),
        ("横浜市", Wanted(places=("横浜市",))),
        ("神奈川県 横浜市", Wanted("神奈川県", ("横浜市",))),
        ("横浜市鶴見区", Wanted(places=("横浜市鶴見区", "横浜市"))),
        ("足柄下郡箱根町", Wanted(places=("箱根町",))),
        ("郡山市", Wanted(places=("郡山市",))),
        ("茅ヶ崎市", Wanted(places=("茅け崎市",))),
        ("ﾖｺﾊﾏ", Wanted(places=("よこはま",))),
    ],
)
def test_words_mean_an_area(words: str, means: Wanted | None) -> None:
    assert wanted(words) == means


@given(WORDS)
def test_no_words_are_too_strange(words: str) -> None:
    area = wanted(words)
    assert area is None or all(area.places)


@given(st.sampled_from(PREFECTURES), st.sampled_from(["横浜市", "あま市", "箱根町", "茅ヶ崎市", "横浜市鶴見区"]))
def test_an_area_is_found_by_what_it_is_called(prefecture: str, municipality: str) -> None:
    area = Area(prefecture, (municipality,))
    for words in (municipality, f"{prefecture}{municipality}"):
        found = wanted(words)
        assert found and f"/{found.places[0]}/" in area.folded()
