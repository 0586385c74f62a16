"""What visitors answered about themselves (年代・性別・地域・相談者種別), by what a question means to the figures.

A program may ask in other words from one version of its form to the next: each session is read by the version it was
answered in. Answers in somebody's own words are sealed, and nobody counts them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Value, When
from django.db.models.fields.json import KeyTextTransform

from counseling.forms import Form, ReportKey
from counseling.languages import said
from counseling.models import Edition, Part, Program
from counseling.models.edition import form_of
from reports import measures
from reports.days import Days
from reports.measures import Counts
from reports.queries import number_of_day, received

ASKED = (ReportKey.WHO, ReportKey.AGE_BAND, ReportKey.GENDER, ReportKey.AREA, ReportKey.OCCUPATION)
COUNTED = (measures.ACCESSES, measures.ANSWERED, measures.VALID)
# Of each question (ReportKey), by the value of an answer: how many gave it.
Given = dict[str, dict[str, Counts]]


@dataclass(frozen=True)
class Answered:
    """One question's answers: by label in the order of the form, and of whom nothing is known (不明)."""

    report: ReportKey
    labels: tuple[str, ...]
    counts: tuple[Counts, ...]
    unknown: Counts


def given(program: Program, days: Days) -> list[Given]:
    """What was answered on each day, by whom it was: a query for each question, and one for the forms."""
    found: list[Given] = [{} for _day in days.dates]
    forms = _forms(program)
    for report in _asked(forms):
        for number, value, counts in _counted(program, days, report, forms):
            found[number - 1].setdefault(report.value, {})[value] = counts
    return found


def answers(program: Program, every: Sequence[Given], totals: Counts, language: str) -> list[Answered]:
    """What was answered on days in a row to each question that the program ever asked: a query for the forms."""
    forms = _forms(program)
    return [_answered(report, every, totals, forms, language) for report in _asked(forms)]


def _forms(program: Program) -> dict[int, Form]:
    ids = Edition.objects.filter(program=program, part=Part.INTAKE).order_by("number").values_list("pk", flat=True)
    return {pk: form_of({Part.INTAKE.value: pk}, Part.INTAKE) for pk in ids}


def _asked(forms: dict[int, Form]) -> list[ReportKey]:
    return [report for report in ASKED if any(form.meant(report) for form in forms.values())]


def _answered(
    report: ReportKey, every: Sequence[Given], totals: Counts, forms: dict[int, Form], language: str
) -> Answered:
    found: dict[str, Counter[str]] = {}
    for day in every:
        for value, counts in day.get(report.value, {}).items():
            found.setdefault(value, Counter()).update(counts)
    nothing = dict.fromkeys((one.key for one in COUNTED), 0)
    labels = _labels(report, forms, language)
    known = {value: nothing | counts for value, counts in found.items() if value in labels}
    # What the newest version no longer offers stands only where somebody chose it.
    newest = next((form for form in reversed(forms.values()) if form.meant(report)), Form())
    question = newest.meant(report)
    offered = {one.value for one in question.choices} if question else set()
    shown = [value for value in labels if value in offered or value in known]
    unknown = {key: totals[key] - sum(counts[key] for counts in known.values()) for key in nothing}
    return Answered(
        report, tuple(labels[one] for one in shown), tuple(known.get(one, nothing) for one in shown), unknown
    )


def _labels(report: ReportKey, forms: dict[int, Form], language: str) -> dict[str, str]:
    """Each choice there ever was with its words: those of the newest form first, in its order."""
    labels: dict[str, str] = {}
    for form in reversed(forms.values()):
        question = form.meant(report)
        for choice in question.choices if question else ():
            labels.setdefault(choice.value, said(choice.label, language))
    return labels


def _counted(
    program: Program, days: Days, report: ReportKey, forms: dict[int, Form]
) -> Iterator[tuple[int, str, Counts]]:
    """The number of the day, the answer, how many gave it."""
    asked_as: dict[str, list[int]] = defaultdict(list)
    for pk, form in forms.items():
        if question := form.meant(report):
            asked_as[question.key].append(pk)
    cases = [
        When(edition__in=[str(pk) for pk in ids], then=KeyTextTransform(key, "attributes"))
        for key, ids in asked_as.items()
    ]
    rows = received(program, days).annotate(edition=KeyTextTransform(Part.INTAKE.value, "editions"))
    valued = rows.annotate(value=Case(*cases, default=Value(None), output_field=CharField()))
    wanted = {one.key: Count("pk", filter=one.condition) for one in COUNTED}
    by_day = valued.exclude(value=None).values("value", day=number_of_day(days)).annotate(**wanted)
    for number, value, *counts in by_day.values_list("day", "value", *wanted):
        yield number, value, dict(zip(wanted, counts, strict=True))
