"""What a question means to the figures: in which form, asked how; and what else keeps a form from being kept."""

from typing import Any

import pytest

from counseling import blueprints, forms
from counseling.blueprints.parts import FORMS
from counseling.forms import MEANINGS, Choice, Form, Kind, Question, ReportKey
from counseling.forms.questions import WITH_CHOICES

A, B = Choice("a", {"ja": "あ"}), Choice("b", {"ja": "い"})


def one(**changes: Any) -> dict[str, Any]:
    question = Question(**({"key": "one", "kind": Kind.CHOICE, "label": {"ja": "問い"}, "choices": (A, B)} | changes))
    return Form((question,)).to_json()


@pytest.mark.parametrize("report", ReportKey)
def test_every_meaning_has_its_forms_and_kinds(report: ReportKey) -> None:
    parts, kinds = MEANINGS[report]
    assert parts <= set(FORMS)
    assert kinds <= WITH_CHOICES | {Kind.YES_NO}


def test_what_can_be_meant_depends_on_form_and_kind() -> None:
    assert forms.meanings("survey", Kind.YES_NO) == [
        ReportKey.GOOD_TO_HAVE_TALKED, ReportKey.WOULD_TALK_AGAIN, ReportKey.EASY_TO_TALK,
    ]  # fmt: skip
    assert forms.meanings("intake", Kind.LONG_TEXT) == []
    assert ReportKey.DONE in forms.meanings("record", Kind.CHOICES)
    assert ReportKey.DONE not in forms.meanings("intake", Kind.CHOICES)


@pytest.mark.parametrize(("part", "changes", "problem"), [
    ("intake", {"report": ReportKey.DONE}, ("one.report", "report_elsewhere")),
    ("record", {"report": ReportKey.DONE}, ("one.report", "report_not_so")),
    ("intake", {"choices": (A, Choice("b", {"ja": "あ"}))}, ("one.choices.1", "same_words")),
    ("intake", {"label": {"ja": "問\0い"}}, ("one", "bad_character")),
    ("intake", {"help": {"ja": "\ud83d"}}, ("one.help", "bad_character")),
    ("intake", {"choices": (A, Choice("b", {"ja": "い", "en": "\0"}))}, ("one.choices.1", "bad_character")),
    ("intake", {"help": {"ja": "長" * 401}}, ("one.help", "too_long")),
    ("intake", {"label": {"en": "only"}}, ("one", "no_label")),
])  # fmt: skip
def test_what_keeps_a_form_from_being_kept(part: str, changes: dict[str, Any], problem: tuple[str, str]) -> None:
    assert problem in forms.wrong(part, one(**changes))
    assert (*problem, "") in blueprints.wrong(part, one(**changes))


def test_what_is_unreadable_and_what_does_not_fit_are_told_together() -> None:
    stored = one(label={"en": "only"}, report=ReportKey.DONE)
    assert {code for _path, code in forms.wrong("intake", stored)} == {"no_label", "report_elsewhere"}


@pytest.mark.parametrize("part", FORMS)
def test_a_form_that_fits_has_nothing_wrong(part: str) -> None:
    assert forms.wrong(part, one()) == []
