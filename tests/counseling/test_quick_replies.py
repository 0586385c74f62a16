"""Buttons on LINE: labels within twenty characters, nothing broken, kept and sent the same."""

from hypothesis import given
from hypothesis import strategies as st

from counseling import quick_replies
from counseling.quick_replies import LONGEST_LABEL, QuickReply, button, fitting
from counseling.text import utf16_length


def test_a_short_label_stays_as_it_is() -> None:
    assert fitting("30代") == "30代"
    assert fitting("あ" * 20) == "あ" * 20


def test_a_long_label_is_cut_where_no_character_breaks() -> None:
    assert fitting("あ" * 21) == "あ" * 19 + "…"
    assert fitting("あ" * 18 + "👨‍👩‍👧‍👦です") == "あ" * 18 + "…"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_no_label_is_longer_than_line_takes(words: str) -> None:
    assert 0 < utf16_length(fitting(words)) <= LONGEST_LABEL


def test_what_a_button_says_stands_whole_in_the_talk() -> None:
    long = "神奈川県の政令指定都市・中核市のほかにお住まいの方"
    assert button(long, "x").shown == long
    assert button(long, "x").label.endswith("…")


def test_buttons_are_kept_as_they_are() -> None:
    replies = (button("はい", "a"), QuickReply("日を選ぶ", "b", picks_date=True))
    assert quick_replies.read(quick_replies.written(replies)) == replies
    assert quick_replies.read(quick_replies.written(())) == ()
