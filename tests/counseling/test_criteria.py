"""What the answers to the risk form suggest: explained, and never less for an answer that is graver."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling import blueprints, forms
from counseling.criteria import CRITERIA, RULES, suggest
from counseling.triage import Risk

GRAVER = ("no", "unknown", "yes")
ANSWERS = st.dictionaries(st.sampled_from(sorted(CRITERIA)), st.sampled_from(GRAVER))


@pytest.mark.parametrize(
    ("answers", "level", "because"),
    [
        ({"ideation": "no", "history": "no"}, Risk.NONE, ("ideation", "history")),
        ({"ideation": "unknown"}, Risk.LOW, ("ideation",)),
        ({"ideation": "yes", "isolation": "no"}, Risk.LOW, ("ideation",)),
        ({"ideation": "yes", "isolation": "yes"}, Risk.MODERATE, ("ideation", "isolation")),
        ({"ideation": "yes", "plan": "unknown"}, Risk.MODERATE, ("ideation", "plan")),
        ({"ideation": "yes", "plan": "yes"}, Risk.MODERATE, ("plan",)),
        ({"ideation": "yes", "plan": "yes", "means": "yes"}, Risk.HIGH, ("plan", "means")),
        ({"plan": "yes", "means": "yes", "preparation": "yes"}, Risk.IMMINENT, ("plan", "means", "preparation")),
        ({"violence_now": "yes"}, Risk.HIGH, ("violence_now",)),
        ({"child_danger": "yes", "abuser_near": "yes"}, Risk.IMMINENT, ("child_danger", "abuser_near")),
    ],
)
def test_the_answers_suggest_a_level_and_say_which_of_them(
    answers: dict[str, str], level: Risk, because: tuple[str, ...]
) -> None:
    suggestion = suggest(answers)
    assert suggestion is not None
    assert (suggestion.level, suggestion.because) == (level, because)


@pytest.mark.parametrize("answers", [{}, {"words": "もうだめです"}, {"asked_by_the_program_itself": "yes"}])
def test_without_a_criterion_nothing_is_suggested(answers: dict[str, str]) -> None:
    assert suggest(answers) is None


def test_answers_of_another_kind_lead_to_nothing() -> None:
    suggestion = suggest({"ideation": ["yes"], "plan": 3})
    assert suggestion is not None
    assert suggestion.level == Risk.NONE


@given(ANSWERS, st.sampled_from(sorted(CRITERIA)))
def test_a_graver_answer_never_suggests_less(answers: dict[str, str], key: str) -> None:
    levels = []
    for answer in GRAVER:
        suggestion = suggest({**answers, key: answer})
        assert suggestion is not None
        levels.append(suggestion.level)
    assert levels == sorted(levels)


@given(ANSWERS)
def test_what_it_rests_on_was_answered_and_suggests_the_same_alone(answers: dict[str, str]) -> None:
    suggestion = suggest(answers)
    if suggestion is None:
        assert not answers
    else:
        again = suggest({key: answers[key] for key in suggestion.because})
        assert again is not None
        assert again.level == suggestion.level


def test_the_gravest_rule_comes_first_and_each_can_decide() -> None:
    levels = [rule.level for rule in RULES]
    assert levels == sorted(levels, reverse=True)
    for rule in RULES:
        for answer in range(max(len(wanted) for wanted in rule.answers.values())):
            found = suggest({key: wanted[min(answer, len(wanted) - 1)] for key, wanted in rule.answers.items()})
            assert found is not None
            assert (found.level, found.because) == (rule.level, tuple(rule.answers))


def test_the_templates_of_the_house_ask_what_the_rules_know() -> None:
    asked: set[str] = set()
    for kind in blueprints.templates():
        form = forms.read(blueprints.template(kind).parts["risk"])
        keys = {one.key for one in form.questions}
        assert {"ideation", "plan", "means", "preparation", "history", "isolation"} <= keys
        assert keys - CRITERIA <= {"words"}
        asked |= keys
    assert asked >= CRITERIA
