"""Readings as people type them: found, left out, put into brackets, and nothing else touched."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.text import ruby

TYPED = st.text(alphabet="漢字東々あアーｶ・ 　《》｜()A1😀\n", max_size=60)

READ = [
    ("漢字《かんじ》", "漢字(かんじ)", "漢字"),
    ("お金《かね》です", "お金(かね)です", "お金です"),
    ("｜お金《おかね》です", "お金(おかね)です", "お金です"),
    ("人々《ひとびと》", "人々(ひとびと)", "人々"),
    ("𠮷野《よしの》", "𠮷野(よしの)", "𠮷野"),
    ("24時間《じかん》", "24時間(じかん)", "24時間"),
    ("話《はなし》を聞《き》く", "話(はなし)を聞(き)く", "話を聞く"),
    ("南《サン》 《みなみ》", "南(サン) 《みなみ》", "南 《みなみ》"),
]
LEFT = [
    "かな《かな》",
    "漢字《》",
    "漢字《 》",
    "漢字《ー》",
    "漢字《読み》",
    "漢字《かん",
    "漢字《か\nん》",
    "｜《か》",
    "《かんじ》",
    "｜漢字",
]


@pytest.mark.parametrize(("typed", "bracketed", "plain"), READ)
def test_a_reading_is_told_in_brackets_or_not_at_all(typed: str, bracketed: str, plain: str) -> None:
    assert (ruby.bracketed(typed), ruby.plain(typed)) == (bracketed, plain)


@pytest.mark.parametrize("typed", LEFT)
def test_what_is_no_reading_is_left_as_it_stands(typed: str) -> None:
    assert ruby.bracketed(typed) == ruby.plain(typed) == typed
    assert "".join(piece.words for piece in ruby.pieces(typed)) == typed


@given(TYPED)
def test_the_pieces_are_the_text_and_nothing_besides(typed: str) -> None:
    pieces = list(ruby.pieces(typed))
    assert "".join(piece.words for piece in pieces) == ruby.plain(typed)
    told = "".join(f"{piece.words}({piece.reading})" if piece.reading else piece.words for piece in pieces)
    assert told == ruby.bracketed(typed)
    assert all(piece.words for piece in pieces)


@given(TYPED)
def test_a_text_never_grows(typed: str) -> None:
    assert len(ruby.plain(typed)) <= len(ruby.bracketed(typed)) <= len(typed)


@given(TYPED.filter(lambda typed: "《" not in typed))
def test_a_text_without_readings_stays_what_it_is(typed: str) -> None:
    assert ruby.plain(typed) == ruby.bracketed(typed) == typed


@pytest.mark.parametrize(
    "heap", ["漢" * 20_000, "｜" * 20_000, "漢《" + "か" * 20_000, "漢《か" * 7_000, "｜漢《" * 7_000]
)
def test_no_heap_of_signs_takes_long(heap: str) -> None:
    began = time.monotonic()
    ruby.plain(heap)
    assert time.monotonic() - began < 1
