"""What a question may mean to the figures, by form and kind; and all that keeps a form from being kept. Pure."""

from collections.abc import Iterator

from counseling.forms.questions import WITH_CHOICES, Kind, Question, ReportKey
from counseling.forms.reading import look
from counseling.languages import Labels
from counseling.text import is_storable

_TALK, _RECORD, _SURVEY = frozenset({"intake", "record"}), frozenset({"record"}), frozenset({"survey"})
_ONE, _SEVERAL = frozenset({Kind.CHOICE}), frozenset({Kind.CHOICES})
_ONE_OR_YES_NO = _ONE | {Kind.YES_NO}
# In which forms a question tells the figures this, and how it is asked then.
MEANINGS: dict[ReportKey, tuple[frozenset[str], frozenset[Kind]]] = {
    ReportKey.WHO: (_TALK, _ONE),
    ReportKey.AGE_BAND: (_TALK, _ONE),
    ReportKey.GENDER: (_TALK, _ONE),
    ReportKey.AREA: (_TALK, _ONE),
    ReportKey.OCCUPATION: (_TALK, _ONE),
    ReportKey.MAIN_COMPLAINT: (_TALK, _ONE),
    ReportKey.TOPICS: (_TALK, _SEVERAL),
    ReportKey.VIOLENCE: (_TALK, WITH_CHOICES),
    ReportKey.DISASTER: (_TALK, WITH_CHOICES),
    ReportKey.DONE: (_RECORD, _SEVERAL),
    ReportKey.AGENCY_KIND: (_RECORD, WITH_CHOICES),
    ReportKey.CONSENT: (_RECORD, _ONE_OR_YES_NO),
    ReportKey.CONNECTION: (_RECORD, _ONE),
    ReportKey.FOLLOW_UP: (_RECORD, _ONE_OR_YES_NO),
    ReportKey.GOOD_TO_HAVE_TALKED: (_SURVEY, _ONE_OR_YES_NO),
    ReportKey.WOULD_TALK_AGAIN: (_SURVEY, _ONE_OR_YES_NO),
    ReportKey.EASY_TO_TALK: (_SURVEY, _ONE_OR_YES_NO),
    ReportKey.SATISFACTION: (_SURVEY, _ONE),
}


def meanings(part: str, kind: Kind) -> list[ReportKey]:
    """What a question of this kind may mean to the figures in the form of this part."""
    return [report for report, (parts, kinds) in MEANINGS.items() if part in parts and kind in kinds]


def wrong(part: str, stored: object) -> list[tuple[str, str]]:
    """All that keeps a stored form from being this part's, as (path, code).

    The codes of InvalidForm, and: report_elsewhere, report_not_so (not where it is asked in this way), same_words,
    bad_character.
    """
    form, problems = look(stored)
    return [*problems, *(problem for question in form.questions for problem in _unfit(part, question))]


def _unfit(part: str, question: Question) -> Iterator[tuple[str, str]]:
    if question.report:
        parts, kinds = MEANINGS[question.report]
        if part not in parts:
            yield f"{question.key}.report", "report_elsewhere"
        elif question.kind not in kinds:
            yield f"{question.key}.report", "report_not_so"
    told: list[tuple[str, Labels]] = [(question.key, question.label), (f"{question.key}.help", question.help)]
    told += [(f"{question.key}.choices.{place}", one.label) for place, one in enumerate(question.choices)]
    for path, labels in told:
        if not all(map(is_storable, labels.values())):
            yield path, "bad_character"
    seen: set[str] = set()
    for place, choice in enumerate(question.choices):
        words = choice.label.get("ja", "")
        if words and words in seen:
            yield f"{question.key}.choices.{place}", "same_words"
        seen.add(words)
