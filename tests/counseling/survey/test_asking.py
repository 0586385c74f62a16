"""Questions of a survey as LINE shows them: within LINE's limits, in order, with a way out at each."""

from hypothesis import given
from hypothesis import strategies as st

from counseling.forms import Answers, Choice, Condition, Form, Kind, Question
from counseling.intake import Code, Progress
from counseling.quick_replies import LONGEST_DATA, LONGEST_LABEL, MOST
from counseling.survey import SurveyCode, asked, by_taps, previous, tap_of
from counseling.survey.taps import data_of
from counseling.text import utf16_length
from tests.counseling.survey.surveyed import FORM


def codes(form: Form, step: str, answers: Answers | None = None, page: int = 0) -> list[str]:
    shown = asked(
        Progress(step=step, turn=1, page=page),
        answer_id=7,
        form=form,
        answers=answers or {},
        language="ja",
    )
    return [tap.code for one in shown.replies if (tap := tap_of(one.data))]


def test_own_words_are_not_asked_on_line() -> None:
    assert [one.key for one in by_taps(FORM).questions] == ["good", "why", "satisfied"]


def test_what_depends_on_own_words_is_not_asked_either() -> None:
    number = Question("times", Kind.NUMBER, {"ja": "何回"})
    after = Question("again", Kind.YES_NO, {"ja": "また"}, shown_if=Condition("times", ("1",)))
    assert by_taps(Form((number, after))).questions == ()


def test_the_first_question_has_no_way_back() -> None:
    assert codes(FORM, "good") == ["yes", "neither", "no", Code.NONE, SurveyCode.STOP]
    assert codes(FORM, "satisfied")[-2:] == [SurveyCode.BACK, SurveyCode.STOP]


def test_several_can_be_chosen_and_none_of_them() -> None:
    assert codes(FORM, "why", {"good": "yes", "why": ["listened"]}) == [
        "soon", Code.DONE, Code.NONE, SurveyCode.BACK, SurveyCode.STOP,
    ]  # fmt: skip


def test_it_says_which_question_of_how_many() -> None:
    shown = asked(Progress(step="satisfied"), answer_id=7, form=by_taps(FORM), answers={"good": "no"}, language="ja")
    assert shown.words.startswith("(2/2) ")
    shown = asked(Progress(step="why"), answer_id=7, form=by_taps(FORM), answers={"good": "yes"}, language="ja")
    assert shown.words.startswith("(2/3) ")


def test_the_one_before_is_the_one_that_was_asked() -> None:
    tapped = by_taps(FORM)
    before = previous(tapped, "satisfied", {"good": "no"})
    assert before and before.key == "good"
    assert previous(tapped, "good", {}) is None


@given(st.integers(1, 100), st.integers(0, 30), st.booleans())
def test_line_takes_every_question(choices: int, page: int, several: bool) -> None:
    offered = tuple(
        Choice(f"c{n}" + "x" * 37, {"ja": f"とても長いことばで書かれた選択肢の{n}番目のもの"}) for n in range(choices)
    )
    first = Question("first", Kind.YES_NO, {"ja": "はじめに"})
    form = Form((first, Question("q", Kind.CHOICES if several else Kind.CHOICE, {"ja": "どれ"}, offered)))
    answers: Answers = {"first": "yes"}
    if several:
        answers["q"] = [offered[0].value]
    shown = asked(
        Progress(step="q", turn=999_999, page=page), answer_id=10**18 - 1, form=form, answers=answers, language="ja"
    )
    assert 0 < len(shown.replies) <= MOST
    for one in shown.replies:
        assert utf16_length(one.label) <= LONGEST_LABEL
        assert len(one.data.encode()) <= LONGEST_DATA
        assert tap_of(one.data) is not None


def test_every_choice_is_on_some_page() -> None:
    offered = tuple(Choice(f"c{n}", {"ja": f"{n}"}) for n in range(40))
    form = Form((Question("q", Kind.CHOICE, {"ja": "どれ"}, offered),))
    seen = {code for page in range(6) for code in codes(form, "q", page=page)}
    assert {one.value for one in offered} <= seen


def test_nobody_else_s_postback_is_a_tap() -> None:
    for data in ("", "survey=", "survey=1=x", "intake=1.1=.agree", "survey=1.1=A", "survey=1.1=a\n", "survey=-1.1=a"):
        assert tap_of(data) is None
    tap = tap_of(data_of(3, 2, ".day"), "2026-11-26")
    assert tap == (3, 2, ".day", "2026-11-26")
