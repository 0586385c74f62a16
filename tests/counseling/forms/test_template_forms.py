"""The forms each template brings: complete, in the languages of their readers, telling the figures what they need."""

from collections.abc import Iterator

import pytest

from counseling import blueprints, forms
from counseling.forms import Form, Kind, ReportKey
from counseling.languages import Labels
from counseling.models.agency import kind_names

KINDS = blueprints.templates()
TALKED = {ReportKey.GOOD_TO_HAVE_TALKED, ReportKey.WOULD_TALK_AGAIN, ReportKey.EASY_TO_TALK}
# What the founding report names as topics of these programs (domain.md §1).
TOPICS = {
    "child_abuse": {"子育ての悩み", "しつけ", "子どもの性格・行動", "家族関係"},
    "single_parent": {"仕事", "お金・生活費", "子育て", "将来"},
    "women": {"家族・友人との関係", "仕事", "お金・生活費"},
}


def form(kind: str, part: str) -> Form:
    return forms.read(blueprints.template(kind).parts[part])


def labels(one: Form) -> Iterator[Labels]:
    for question in one.questions:
        yield question.label
        yield from [question.help] if question.help else []
        yield from (choice.label for choice in question.choices)


@pytest.mark.parametrize("kind", KINDS)
def test_visitors_read_theirs_in_every_language_of_the_program(kind: str) -> None:
    languages = set(blueprints.template(kind).languages)
    for part in ("intake", "survey"):
        assert [one for one in labels(form(kind, part)) if set(one) != languages] == []


@pytest.mark.parametrize("kind", KINDS)
def test_staff_read_theirs_in_the_languages_of_their_interface(kind: str) -> None:
    for part in ("record", "risk"):
        assert [one for one in labels(form(kind, part)) if set(one) != {"ja", "en"}] == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_must_be_answered_by_a_visitor(kind: str) -> None:
    assert not any(one.required for part in ("intake", "survey") for one in form(kind, part).questions)


@pytest.mark.parametrize("kind", KINDS)
def test_the_record_tells_the_figures_what_they_need(kind: str) -> None:
    needed = {
        ReportKey.WHO, ReportKey.AGE_BAND, ReportKey.GENDER, ReportKey.AREA, ReportKey.MAIN_COMPLAINT, ReportKey.TOPICS,
        ReportKey.DONE, ReportKey.FOLLOW_UP,
    }  # fmt: skip
    record = form(kind, "record")
    assert needed <= {one.report for one in record.questions if one.required and one.shown_if is None}


def test_after_a_disaster_its_damage_is_always_asked() -> None:
    damage = form("disaster", "record").meant(ReportKey.DISASTER)
    assert damage and damage.required and damage.shown_if is None


@pytest.mark.parametrize("kind", KINDS)
def test_the_main_complaint_is_one_of_the_topics(kind: str) -> None:
    record = form(kind, "record")
    one, several = record.meant(ReportKey.MAIN_COMPLAINT), record.meant(ReportKey.TOPICS)
    assert one and several and one.choices == several.choices
    assert TOPICS.get(kind, set()) <= {choice.label["ja"] for choice in several.choices}


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_intake_asked_stands_in_the_record_with_the_same_codes(kind: str) -> None:
    record = form(kind, "record")
    for asked in form(kind, "intake").questions:
        if asked.report and (again := record.question(asked.key)):
            assert again.report == asked.report
            assert {one.value for one in asked.choices} <= {one.value for one in again.choices}


@pytest.mark.parametrize("kind", KINDS)
def test_the_agency_is_asked_for_only_where_somebody_was_connected(kind: str) -> None:
    record = form(kind, "record")
    finished = {
        one.key: _any(one.kind, [choice.value for choice in one.choices]) for one in record.questions if one.required
    }
    heard = finished | {"done": ["listened"], "follow_up": "no"}
    taken = forms.check(record, heard, finished=True)
    assert {"agency_kind", "consent", "follow_up_on"}.isdisjoint(taken)
    with pytest.raises(forms.InvalidAnswers) as refused:
        forms.check(record, taken | {"done": ["connected"], "follow_up": "yes"}, finished=True)
    assert set(refused.value.problems) == {"agency_kind", "level", "consent", "follow_up_on"}


def _any(kind: Kind, codes: list[str]) -> forms.Answer:
    answers: dict[Kind, forms.Answer] = {
        Kind.CHOICES: codes[:1],
        Kind.YES_NO: "yes",
        Kind.LONG_TEXT: "話した",
        Kind.DATE: "2026-11-30",
    }
    return answers.get(kind, codes[0] if codes else "")


@pytest.mark.parametrize("kind", KINDS)
def test_agencies_are_of_the_kinds_of_the_directory(kind: str) -> None:
    asked = form(kind, "record").meant(ReportKey.AGENCY_KIND)
    assert asked and {one.value: one.label["ja"] for one in asked.choices} == kind_names()


@pytest.mark.parametrize("kind", KINDS)
def test_the_six_criteria_of_risk_are_asked_each_with_its_help(kind: str) -> None:
    risk = form(kind, "risk")
    for key in ("ideation", "plan", "means", "preparation", "history", "isolation"):
        question = risk.question(key)
        assert question and question.help and [one.value for one in question.choices] == ["yes", "no", "unknown"]
    assert forms.check(risk, {"ideation": "no", "plan": "yes"}, finished=False) == {"ideation": "no"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_survey_asks_what_was_published(kind: str) -> None:
    survey = form(kind, "survey")
    assert {one.report for one in survey.questions} >= TALKED | {ReportKey.SATISFACTION}
    for report in TALKED:
        asked = survey.meant(report)
        assert asked and [one.value for one in asked.choices] == ["yes", "neither", "no"]
