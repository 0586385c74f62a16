"""Counting answers to the survey (アンケート), with the talks of the days and apart from any talk.

A program may ask otherwise from one version to the next: a question is the same by what it means to the figures, else
by its key, which is never given twice. Answers in own words are sealed, and nobody counts them.

An answer that is kept apart says nothing of when but the month of the talk: it counts where the days hold all of that
month on which the program was there.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from counseling.forms import Answers, Form, Kind, Question, ReportKey
from counseling.languages import said
from counseling.models import ApartAnswer, Edition, Part, Program, SurveyAnswer
from counseling.models.edition import form_of
from counseling.survey import Stage
from counseling.text import ruby
from reports import measures
from reports.days import Days
from reports.queries import counted, number_of_day, received

COUNTED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YES_NO})
YES_NO = {"yes": {"ja": "はい", "en": "Yes"}, "no": {"ja": "いいえ", "en": "No"}}


# The same answers to the same version (its id) together: there are far fewer of them than people.
Grouped = Sequence[Any]


@dataclass(frozen=True)
class SurveyedDay:
    """A day's survey: to how many talks it was sent, and what was answered."""

    sent: int
    grouped: list[Grouped]


@dataclass(frozen=True)
class Option:
    """One answer to choose, and how many chose it."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Surveyed:
    """One question: its answers in the order of the form, and how many answered it at all."""

    key: str
    label: str
    report: ReportKey | None
    several: bool
    options: tuple[Option, ...]
    answered: int

    def of(self, codes: Iterable[str]) -> int:
        """How many gave one of these answers."""
        wanted = set(codes)
        return sum(one.count for one in self.options if one.code in wanted)


@dataclass(frozen=True)
class Survey:
    """The period's survey; `out` are answers apart of months that lie only partly in it."""

    sent: int = 0
    answered: int = 0
    questions: Sequence[Surveyed] = field(default=())
    out: int = 0


def surveyed(program: Program, days: Days) -> list[SurveyedDay]:
    """What was sent after the talks of each day, and answered: two queries."""
    sent = counted(program, days, (measures.SURVEY_SENT,))
    kept = SurveyAnswer.objects.filter(
        stage=Stage.FINISHED, invitation__session__in=received(program, days).values("pk")
    ).annotate(day=number_of_day(days, "invitation__session__received_at"))
    found = [SurveyedDay(one[measures.SURVEY_SENT.key], []) for one in sent]
    by_day = kept.values_list("day", "edition", "codes").annotate(count=Count("pk")).order_by("edition", "codes")
    for number, *grouped in by_day:
        found[number - 1].grouped.append(grouped)
    return found


def survey(program: Program, days: Days, every: Sequence[SurveyedDay], language: str) -> Survey:
    """The survey of the days, with the answers that are kept apart: two queries, and one for the forms."""
    apart = ApartAnswer.objects.filter(program=program, program__practice=False, stage=Stage.FINISHED)
    months = [month for month in apart.values_list("month", flat=True).distinct() if touches(month, days)]
    within = [month for month in months if lies_within(month, program, days)]
    grouped = [one for day in every for one in day.grouped]
    grouped += _grouped(apart.filter(month__in=within))
    out = apart.filter(month__in=set(months) - set(within)).count() if len(within) < len(months) else 0
    return Survey(
        sent=sum(day.sent for day in every),
        answered=sum(count for _edition, _codes, count in grouped),
        questions=list(_questions(program, grouped, language)),
        out=out,
    )


def _grouped(rows: QuerySet[ApartAnswer]) -> Iterator[Grouped]:
    yield from rows.values_list("edition", "codes").annotate(count=Count("pk")).order_by()


def touches(month: date, days: Days) -> bool:
    """Whether the month holds any of the days."""
    return days.dates[0].replace(day=1) <= month <= days.dates[-1]


def lies_within(month: date, program: Program, days: Days) -> bool:
    """Whether the days hold all of the month on which the program was there."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    first = max(month, program.starts_on)
    if program.ends_on is not None:
        last = min(last, program.ends_on)
    return days.dates[0] <= first and last <= days.dates[-1]


def _questions(program: Program, grouped: Sequence[Grouped], language: str) -> Iterator[Surveyed]:
    ids = Edition.objects.filter(program=program, part=Part.SURVEY).order_by("-number").values_list("pk", flat=True)
    forms = {pk: form_of({Part.SURVEY.value: pk}, Part.SURVEY) for pk in ids}
    chosen: dict[str, Counter[str]] = {}
    answered: Counter[str] = Counter()
    for edition_id, codes, count in grouped:
        for name, given in _given(forms[edition_id], codes):
            answered[name] += count
            for code in given:
                chosen.setdefault(name, Counter())[code] += count
    for name, question in _newest_first(forms).items():
        if answered[name]:
            labels = _labels(name, forms, language)
            options = tuple(Option(code, labels[code], chosen[name][code]) for code in labels)
            offered = {one.value for one in question.choices} or set(YES_NO)
            # What the newest version no longer offers stands only where somebody chose it.
            shown = tuple(one for one in options if one.code in offered or one.count)
            several = question.kind == Kind.CHOICES
            label = ruby.plain(question.asked(language))
            yield Surveyed(name, label, question.report, several, shown, answered[name])


def _given(form: Form, codes: Answers) -> Iterator[tuple[str, list[str]]]:
    """What was answered to each question that is counted."""
    for question in form.questions:
        if question.kind in COUNTED and question.key in codes:
            answer = codes[question.key]
            yield _name(question), list(answer) if isinstance(answer, list) else [str(answer)]


def _name(question: Question) -> str:
    return question.report.value if question.report else question.key


def _newest_first(forms: Mapping[int, Form]) -> dict[str, Question]:
    found: dict[str, Question] = {}
    for form in forms.values():
        for question in form.questions:
            if question.kind in COUNTED:
                found.setdefault(_name(question), question)
    return found


def _labels(name: str, forms: Mapping[int, Form], language: str) -> dict[str, str]:
    """Every answer there ever was with its words: those of the newest form first, in its order."""
    labels: dict[str, str] = {}
    for form in forms.values():
        for question in form.questions:
            if _name(question) == name and question.kind in COUNTED:
                offered = {one.value: one.label for one in question.choices} or YES_NO
                for code, label in offered.items():
                    labels.setdefault(code, ruby.plain(said(label, language)))
    return labels
