"""What the figures would lose by a new version, and what a language lacks: told, never refused."""

from dataclasses import replace

import pytest

from counseling.forms import Choice, Form, Kind, Question, ReportKey, losses, unread

A, B = Choice("a", {"ja": "20代"}), Choice("b", {"ja": "30代"})
AGE = Question("age", Kind.CHOICE, {"ja": "年代"}, (A, B), report=ReportKey.AGE_BAND)
GOOD = Question("good", Kind.YES_NO, {"ja": "よかった"}, report=ReportKey.GOOD_TO_HAVE_TALKED)
BEFORE = Form((AGE, GOOD, Question("name", Kind.TEXT, {"ja": "名前"})))


def lost(*questions: Question) -> list[str]:
    return [one.mark for one in losses(BEFORE, Form(questions))]


@pytest.mark.parametrize(("after", "marks"), [
    ((AGE, GOOD), []),
    ((GOOD, replace(AGE, label={"ja": "おいくつ"}, choices=(B, A, Choice("c", {"ja": "40代"})))), []),
    ((AGE,), ["good_to_have_talked"]),
    ((replace(AGE, report=None), GOOD), ["age_band"]),
    ((replace(AGE, choices=(B,)), GOOD), ["age_band.a"]),
    ((replace(AGE, key="other", choices=(replace(A, value="c1"),)), GOOD), ["age_band.a.b"]),
    ((AGE, replace(GOOD, kind=Kind.CHOICE, choices=(Choice("yes", {"ja": "はい"}),))), []),
])  # fmt: skip
def test_what_goes_is_named(after: tuple[Question, ...], marks: list[str]) -> None:
    assert lost(*after) == marks


def test_a_scale_made_into_yes_and_no_loses_its_other_answers() -> None:
    scale = replace(GOOD, kind=Kind.CHOICE, choices=tuple(Choice(one, {"ja": one}) for one in ("yes", "neither", "no")))
    assert [one.mark for one in losses(Form((scale,)), Form((GOOD,)))] == ["good_to_have_talked.neither"]


@pytest.mark.parametrize(("language", "missing"), [
    ("ja", []),
    ("ja-easy", []),
    ("en", [("age", "b"), ("name", "")]),
    ("vi", [("age", ""), ("age", "a"), ("age", "b"), ("name", "")]),
])  # fmt: skip
def test_what_is_read_in_another_language_is_named(language: str, missing: list[tuple[str, str]]) -> None:
    english = replace(
        AGE, label={"ja": "年代", "en": "Age"}, choices=(replace(A, label={"ja": "20代", "en": "20s"}), B)
    )
    form = Form((english, Question("name", Kind.TEXT, {"ja": "名前"})))
    assert [(one.key, choice.value if choice else "") for one, choice in unread(form, language)] == missing
