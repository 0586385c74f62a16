"""What visitors answered about themselves (年代・性別・地域・相談者種別), by what a question means to the figures.

A program may ask in other words from one version of its form to the next: each session is read by the version it was
answered in. Answers in somebody's own words are sealed, and nobody counts them.
"""

from collections import defaultdict
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
from reports.queries import received

ASKED = (ReportKey.WHO, ReportKey.AGE_BAND, ReportKey.GENDER, ReportKey.AREA, ReportKey.OCCUPATION)
COUNTED = (measures.ACCESSES, measures.ANSWERED, measures.VALID)


@dataclass(frozen=True)
class Answered:
    """One question's answers: by label in the order of the form, and of whom nothing is known (不明)."""

    report: ReportKey
    labels: tuple[str, ...]
    counts: tuple[Counts, ...]
    unknown: Counts


def answers(program: Program, days: Days, language: str) -> list[Answered]:
    """What was answered to each question of ASKED that the program ever asked: a query each, and one for the forms."""
    ids = Edition.objects.filter(program=program, part=Part.INTAKE).order_by("number").values_list("pk", flat=True)
    forms = {pk: form_of({Part.INTAKE.value: pk}, Part.INTAKE) for pk in ids}
    asked = [report for report in ASKED if any(form.meant(report) for form in forms.values())]
    return [_answered(program, days, report, forms, language) for report in asked]


def _answered(program: Program, days: Days, report: ReportKey, forms: dict[int, Form], language: str) -> Answered:
    found = _counted(program, days, report, forms)
    nothing = dict.fromkeys((one.key for one in COUNTED), 0)
    labels = _labels(report, forms, language)
    known = {value: counts for value, counts in found.items() if value in labels}
    # What the newest version no longer offers stands only where somebody chose it.
    newest = next((form for form in reversed(forms.values()) if form.meant(report)), Form())
    question = newest.meant(report)
    offered = {one.value for one in question.choices} if question else set()
    shown = [value for value in labels if value in offered or value in known]
    unknown = {key: sum(counts[key] for value, counts in found.items() if value not in labels) for key in nothing}
    return Answered(
        report, tuple(labels[one] for one in shown), tuple(known.get(one, nothing) for one in shown), unknown
    )


def _labels(report: ReportKey, forms: dict[int, Form], language: str) -> dict[str | None, str]:
    """Each choice there ever was with its words: those of the newest form first, in its order."""
    labels: dict[str | None, str] = {}
    for form in reversed(forms.values()):
        question = form.meant(report)
        for choice in question.choices if question else ():
            labels.setdefault(choice.value, said(choice.label, language))
    return labels


def _counted(program: Program, days: Days, report: ReportKey, forms: dict[int, Form]) -> dict[str | None, Counts]:
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
    table = valued.values("value").annotate(**wanted).values_list("value", *wanted)
    return {value: dict(zip(wanted, counts, strict=True)) for value, *counts in table}
