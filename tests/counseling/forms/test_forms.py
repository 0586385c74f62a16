"""Forms: written as JSON Schema and read back the same; answers that fit, and those that do not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from counseling import forms
from counseling.forms import Choice, Condition, Form, InvalidAnswers, InvalidForm, Kind, Question, ReportKey

YES = Condition("consents", ("yes",))
AGES = (Choice("20s", {"ja": "20代"}), Choice("30s", {"ja": "30代"}))
TOPICS = (Choice("work", {"ja": "仕事"}), Choice("money", {"ja": "お金"}))
FORM = Form(
    (
        Question("age", Kind.CHOICE, {"ja": "年代", "en": "Age"}, AGES, required=True, report=ReportKey.AGE_BAND),
        Question("topics", Kind.CHOICES, {"ja": "相談内容"}, TOPICS),
        Question("consents", Kind.YES_NO, {"ja": "同意"}),
        Question("agency", Kind.TEXT, {"ja": "機関"}, required=True, shown_if=YES),
        Question("summary", Kind.LONG_TEXT, {"ja": "概要"}),
        Question("children", Kind.NUMBER, {"ja": "子どもの数"}),
        Question("due", Kind.DATE, {"ja": "期日"}),
    )
)  # fmt: skip
WHOLE: dict[str, Any] = {
    "age": "20s", "topics": ["work"], "consents": "yes", "agency": "福祉事務所", "summary": "話した", "children": 2,
    "due": "2026-11-30",
}  # fmt: skip


def test_a_form_is_read_back_as_it_was_written() -> None:
    assert forms.read(FORM.to_json()) == FORM


def test_its_order_survives_a_database_that_sorts_members() -> None:
    stored = FORM.to_json()
    shuffled = stored | {"properties": dict(sorted(stored["properties"].items(), reverse=True))}
    assert forms.read(shuffled) == FORM


def test_what_is_stored_is_a_json_schema() -> None:
    Draft202012Validator.check_schema(FORM.to_json())


def test_answers_that_fit_are_taken() -> None:
    assert forms.check(FORM, WHOLE, finished=True) == WHOLE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"age": "99"}, "unknown_choice"),
        ({"topics": ["work", "sky"]}, "unknown_choice"),
        ({"topics": "work"}, "unknown_choice"),
        ({"consents": True}, "unknown_choice"),
        ({"summary": "あ" * 4_001}, "too_long"),
        ({"children": -1}, "out_of_range"),
        ({"children": "2"}, "not_a_number"),
        ({"children": 1.5}, "not_a_number"),
        ({"due": "2026-02-30"}, "not_a_date"),
        ({"due": "20261130"}, "not_a_date"),
        ({"agency": {"$gt": ""}}, "bad_answer"),
    ],
)
def test_answers_that_do_not_fit_are_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        forms.check(FORM, WHOLE | change, finished=True)
    assert refused.value.problems == dict.fromkeys(change, code)


def test_an_answer_to_no_question_is_refused() -> None:
    with pytest.raises(InvalidAnswers) as refused:
        forms.check(FORM, {"age": "20s", "constructor": "x"}, finished=False)
    assert refused.value.problems == {"constructor": "unknown_question"}


def test_a_draft_may_lack_what_the_finished_form_needs() -> None:
    assert forms.check(FORM, {"topics": []}, finished=False) == {}
    with pytest.raises(InvalidAnswers) as refused:
        forms.check(FORM, {"consents": "yes"}, finished=True)
    assert refused.value.problems == {"age": "required", "agency": "required"}


def test_what_is_not_asked_is_not_needed_and_not_kept() -> None:
    assert forms.check(FORM, {"age": "20s", "consents": "no", "agency": "書きかけ"}, finished=True) == {
        "age": "20s", "consents": "no",
    }  # fmt: skip


def test_own_words_stand_apart_from_codes() -> None:
    codes, words = forms.words_apart(FORM, WHOLE)
    assert set(words) == {"agency", "summary"}
    assert set(codes) == set(WHOLE) - set(words)


def _one(**changes: Any) -> Form:
    return Form((Question(**({"key": "one", "kind": Kind.TEXT, "label": {"ja": "問い"}} | changes)),))


CHOICE = Choice("a", {"ja": "あ"})
CONSENTS = Question("consents", Kind.YES_NO, {"ja": "同意"})
WRONG = [
    (_one(key="Ⅰ"), ("Ⅰ", "bad_key")),
    (_one(label={"en": "only"}), ("one", "no_label")),
    (_one(label={"ja": "長" * 201}), ("one", "too_long")),
    (_one(kind=Kind.CHOICE), ("one.choices", "no_choices")),
    (_one(choices=(CHOICE,)), ("one.choices", "choices_not_wanted")),
    (_one(kind=Kind.CHOICE, choices=(CHOICE, CHOICE)), ("one.choices.1", "twice")),
    (_one(shown_if=Condition("two", ("yes",))), ("one.shown_if", "unknown_question")),
    (Form((*_one(shown_if=YES).questions, CONSENTS)), ("one.shown_if", "asked_later")),
    (Form((CONSENTS, *_one(shown_if=Condition("consents", ("maybe",))).questions)), ("one.shown_if", "unknown_choice")),
]  # fmt: skip


@pytest.mark.parametrize(("form", "problem"), WRONG)
def test_a_form_that_cannot_be_used_is_refused(form: Form, problem: tuple[str, str]) -> None:
    with pytest.raises(InvalidForm) as refused:
        forms.checked(form)
    assert problem in refused.value.problems


def test_two_questions_do_not_answer_for_the_same_figure() -> None:
    twice = Form((_one(report=ReportKey.WHO).questions[0], _one(key="two", report=ReportKey.WHO).questions[0]))
    with pytest.raises(InvalidForm) as refused:
        forms.checked(twice)
    assert refused.value.problems == [("two.report", "twice")]


MEMBERS = ["properties", "x-order", "required", "allOf", "x-kind", "x-label", "x-choices", "one"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_whatever_is_stored_is_read_or_refused(stored: Any) -> None:
    try:
        form = forms.read(stored)
    except InvalidForm:
        return
    assert forms.read(form.to_json()) == form


@given(st.dictionaries(st.sampled_from([*WHOLE, "other"]), JSON, max_size=4))
def test_whatever_is_answered_is_taken_or_refused(answers: dict[str, Any]) -> None:
    try:
        taken = forms.check(FORM, answers, finished=False)
    except InvalidAnswers:
        return
    assert forms.check(FORM, taken, finished=False) == taken
