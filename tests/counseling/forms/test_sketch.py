"""A form while it is built: whatever is done to it, it can be published or is refused with reasons."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling import forms
from counseling.blueprints.parts import FORMS
from counseling.forms import Choice, Condition, Form, InvalidForm, Kind, Question, ReportKey
from counseling.forms.sketch import (
    Sketch,
    Taken,
    Unreadable,
    apart,
    with_choice_at,
    with_choices,
    without_choice,
)

NOTHING = Taken()
AGE = Question("age", Kind.CHOICE, {"ja": "年代"}, (Choice("c1", {"ja": "20代"}), Choice("c2", {"ja": "30代"})))
SCHOOL = Question("q1", Kind.TEXT, {"ja": "学校"}, shown_if=Condition("age", ("c1",)))
SKETCH = Sketch((AGE, SCHOOL))


def keys(sketch: Sketch) -> list[str]:
    return [one.key for one in sketch.questions]


def codes(question: Question | None) -> list[str]:
    return [one.value for one in question.choices] if question else []


# Every act, drawn at random

WORDS = st.text(alphabet="あい \n", max_size=3) | st.just("長" * 201)
Act = Callable[[Sketch], Sketch]


def on_one(draw: st.DrawFn, sketch: Sketch, what: Callable[[Question], Question]) -> Sketch:
    if not sketch.questions:
        return sketch
    return sketch.change(what(draw(st.sampled_from(sketch.questions))))


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    """What comes of some acts in any order."""
    sketch, taken = Sketch(), Taken.by([Form((AGE,))])
    for _n in range(draw(st.integers(0, 8))):
        sketch = _act(draw, sketch, taken)
    return sketch


def _act(draw: st.DrawFn, sketch: Sketch, taken: Taken) -> Sketch:
    key, place = draw(st.sampled_from([*keys(sketch), "age", "nobody"])), draw(st.integers(-2, 9))
    words, code = draw(st.lists(WORDS, min_size=2, max_size=2)), draw(st.sampled_from(["c1", "c2", "c9"]))
    kind, report = draw(st.sampled_from(Kind)), draw(st.sampled_from([None, *ReportKey]))
    condition = _condition(draw, sketch, key)
    of_the_form: list[Callable[[], Sketch]] = [
        lambda: sketch.add(kind, taken),
        lambda: sketch if sketch.question("age") else sketch.put(AGE, 0),
        lambda: sketch.remove(key),
        sketch.put_back,
        lambda: sketch.move(key, place),
    ]
    of_a_question: list[Callable[[Question], Question]] = [
        lambda one: replace(one, label=dict(zip(("ja", "en"), words, strict=True))),
        lambda one: replace(one, kind=kind),
        lambda one: replace(one, report=report),
        lambda one: replace(one, required=not one.required, personal=not one.personal),
        lambda one: replace(one, shown_if=condition),
        lambda one: with_choices(one, words, taken),
        lambda one: without_choice(one, code),
        lambda one: with_choice_at(one, code, place),
    ]
    acts: list[Callable[[], Sketch]] = [*of_the_form, *(partial(on_one, draw, sketch, what) for what in of_a_question)]
    return draw(st.sampled_from(acts))()


def _condition(draw: st.DrawFn, sketch: Sketch, key: str) -> Condition | None:
    values = draw(st.lists(st.sampled_from([*codes(sketch.question(key)), "yes", "c9"]), max_size=2))
    return draw(st.sampled_from([None, Condition("", ()), Condition(key, tuple(values))]))


@given(sketches(), st.sampled_from(FORMS))
def test_whatever_is_done_gives_a_form_that_reads_back_or_told_reasons(sketch: Sketch, part: str) -> None:
    form = sketch.form()
    try:
        assert forms.read(form.to_json()) == forms.checked(form)
    except InvalidForm as refused:
        assert {path.partition(".")[0] for path, _code in refused.problems} <= {*keys(sketch), ""}
    told = forms.wrong(part, form.to_json())
    assert all(path == "" or sketch.question(path.partition(".")[0]) for path, _code in told)
    if not told:
        assert forms.read(form.to_json()).to_json() == _stripped(form).to_json()


def _stripped(form: Form) -> Form:
    def bare(labels: dict[str, str]) -> dict[str, str]:
        return {language: words.strip() for language, words in labels.items() if words.strip()}

    return Form(
        tuple(
            replace(
                one, label=bare(one.label), help=bare(one.help),
                choices=tuple(replace(choice, label=bare(choice.label)) for choice in one.choices),
            )
            for one in form.questions
        )
    )  # fmt: skip


@given(sketches())
def test_a_sketch_is_carried_from_page_to_page_unchanged(sketch: Sketch) -> None:
    carried = Sketch.of_json(sketch.to_json())
    assert carried == sketch


@given(sketches())
def test_no_two_questions_and_no_two_choices_are_named_alike(sketch: Sketch) -> None:
    assert len(set(keys(sketch))) == len(sketch.questions)
    assert all(len(set(codes(one))) == len(one.choices) for one in sketch.questions)


@pytest.mark.parametrize("carried", [
    "", "null", "[]", "{}", "[[], 1]", "[[{}], null]", "[" * 10_000, '[[{"key": "Ⅰ"}], null]', "[[1], null]",
    Sketch((AGE, AGE)).to_json(), Sketch((replace(AGE, key="A B"),)).to_json(),
    Sketch((replace(AGE, choices=(Choice('"x', {}),)),)).to_json(),
    Sketch((AGE,)).to_json().replace('"choice"', '"drop"'),
])  # fmt: skip
def test_what_we_did_not_write_is_not_read(carried: str) -> None:
    with pytest.raises(Unreadable):
        Sketch.of_json(carried)


def test_words_no_database_keeps_are_mended_on_the_way() -> None:
    broken = Sketch((replace(AGE, label={"ja": "年\ud83d代\0"}),))
    carried = Sketch.of_json(broken.to_json().encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass"))
    assert carried.questions[0].label == {"ja": "年\ufffd代\ufffd"}


# Names


def test_new_questions_and_choices_get_names_nobody_ever_had() -> None:
    before = Taken.by([Form((SCHOOL,)), Form((replace(AGE, key="q2"),))])
    sketch = Sketch().add(Kind.CHOICE, before)
    assert keys(sketch) == ["q3"]
    mine = replace(AGE, key="q2", choices=())
    assert codes(with_choices(mine, ["40代", "50代"], before)) == ["c3", "c4"]


def test_renaming_a_choice_keeps_its_code() -> None:
    first, *others = AGE.choices
    renamed = replace(AGE, choices=(replace(first, label={"ja": "20歳代"}), *others))
    assert codes(SKETCH.change(renamed).question("age")) == codes(AGE)


def test_the_name_of_a_removed_question_is_kept_until_it_cannot_come_back() -> None:
    sketch = Sketch().add(Kind.TEXT, NOTHING).remove("q1").add(Kind.TEXT, NOTHING)
    assert keys(sketch) == ["q2"]
    assert keys(sketch.put_back()) == ["q1", "q2"]


def test_a_removed_question_comes_back_to_its_place() -> None:
    removed = SKETCH.remove("age")
    assert (keys(removed), removed.form().questions[0].shown_if) == (["q1"], SCHOOL.shown_if)
    assert removed.put_back() == SKETCH
    assert SKETCH.remove("nobody") == SKETCH
    assert Sketch().put_back() == Sketch()


def test_questions_move_and_stop_at_the_ends() -> None:
    assert keys(SKETCH.move("age", 1)) == keys(SKETCH.move("age", 99)) == ["q1", "age"]
    assert keys(SKETCH.move("q1", -3)) == ["q1", "age"]
    assert SKETCH.move("nobody", 0) == SKETCH


def test_a_condition_that_now_looks_ahead_is_told() -> None:
    assert ("q1.shown_if", "asked_later") in forms.wrong("intake", SKETCH.move("age", 1).form().to_json())


def test_choices_are_kept_while_a_kind_is_tried_and_published_only_where_they_are_chosen_from() -> None:
    tried = SKETCH.change(replace(AGE, kind=Kind.TEXT))
    assert codes(tried.question("age")) == ["c1", "c2"]
    assert codes(tried.form().question("age")) == []


# Somebody else published meanwhile


def test_what_two_people_named_alike_gets_apart() -> None:
    began = Taken.by([Form((AGE,))])
    theirs = Question("q1", Kind.NUMBER, {"ja": "人数"})
    now = Taken.by([Form((AGE,)), Form((with_choices(AGE, ["40代"], began), theirs))])
    mine = Sketch((
        with_choices(AGE, ["答えたくない"], began),
        replace(SCHOOL, shown_if=Condition("age", ("c1", "c3"))),
        Question("q2", Kind.YES_NO, {"ja": "通っていますか"}, shown_if=Condition("q1", ("yes",))),
    ))  # fmt: skip
    age, school, last = apart(mine, began, now).questions
    assert codes(age) == ["c1", "c2", "c4"]
    assert (school.key, school.shown_if) == ("q3", Condition("age", ("c1", "c4")))
    assert (last.key, last.shown_if) == ("q2", Condition("q3", ("yes",)))


def test_what_was_there_before_keeps_its_names() -> None:
    began = Taken.by([SKETCH.form()])
    assert apart(SKETCH, began, began) == SKETCH


@given(sketches(), sketches())
def test_apart_nothing_new_shares_a_name_with_what_others_published(mine: Sketch, theirs: Sketch) -> None:
    began = Taken.by([Form((AGE,))])
    now = Taken.by([Form((AGE,)), theirs.form()])
    for before, one in zip(mine.questions, apart(mine, began, now).questions, strict=True):
        assert before.key in began.codes or one.key not in now.codes
        fresh = set(codes(one)) - began.codes.get(one.key, frozenset())
        assert fresh.isdisjoint(now.codes.get(one.key, frozenset()))
