"""What the talks were about (相談内容), from their filed records: the main complaint, one each, and topics, several.

A record is read by the version of the form it was filed in; answers in own words are sealed, and nobody counts them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, Func, JSONField, Q, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from counseling.forms import Form, ReportKey
from counseling.languages import said
from counseling.models import Edition, Part, Program, RecordVersion
from counseling.models.edition import form_of
from reports import measures
from reports.days import Days
from reports.queries import number_of_day, received


@dataclass(frozen=True)
class Topics:
    """Of how many valid talks which answer was given; `filed`: of how many any."""

    report: ReportKey
    counts: tuple[tuple[str, int], ...]
    filed: int


# Of each question (ReportKey) by the value of an answer: in how many records it was chosen; `FILED`: how many have any.
Chosen = dict[str, dict[str, int]]
FILED = ""


def chosen(program: Program, days: Days) -> list[Chosen]:
    """What the records of each day's valid talks say: two queries a question they ever asked, one for the forms."""
    found: list[Chosen] = [{} for _day in days.dates]
    forms = _forms(program)
    for report in _asked(forms):
        asked_as = _asked_as(report, forms)
        rows, day = filed(program, days), number_of_day(days, "record__session__received_at")
        counted = [*_counted(rows, asked_as, day, several=report == ReportKey.TOPICS), *_filed(rows, asked_as, day)]
        for number, value, count in counted:
            found[number - 1].setdefault(report.value, {})[value] = count
    return found


def topics(program: Program, every: Sequence[Chosen], language: str) -> list[Topics]:
    """Main complaint and topics of days in a row, where the program's records ever asked: a query for the forms."""
    forms = _forms(program)
    return [_topics(one, every, forms, language) for one in _asked(forms)]


def _forms(program: Program) -> dict[int, Form]:
    """The newest last."""
    editions = Edition.objects.filter(program=program, part=Part.RECORD).order_by("number")
    return {
        number: form_of({Part.RECORD.value: pk}, Part.RECORD) for pk, number in editions.values_list("pk", "number")
    }


def _asked(forms: dict[int, Form]) -> list[ReportKey]:
    return [one for one in (ReportKey.MAIN_COMPLAINT, ReportKey.TOPICS) if any(f.meant(one) for f in forms.values())]


def _asked_as(report: ReportKey, forms: dict[int, Form]) -> dict[str, list[int]]:
    """The key under which each version of the form asks it."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, form in forms.items():
        if question := form.meant(report):
            found[question.key].append(number)
    return found


def filed(program: Program, days: Days) -> QuerySet[RecordVersion]:
    """The latest filed version of each valid talk's record."""
    talks = received(program, days).filter(measures.VALID.condition)
    return RecordVersion.objects.filter(record__session__in=talks.values("pk"), number=F("record__number"))


def _topics(report: ReportKey, every: Sequence[Chosen], forms: dict[int, Form], language: str) -> Topics:
    labels: dict[str, str] = {}
    for form in reversed(forms.values()):
        question = form.meant(report)
        for choice in question.choices if question else ():
            labels.setdefault(choice.value, said(choice.label, language))
    counts = Counter[str]()
    for day in every:
        counts.update(day.get(report.value, {}))
    return Topics(report, tuple((label, counts[value]) for value, label in labels.items()), counts[FILED])


Counted = Iterable[tuple[int, str, int]]


def _filed(rows: QuerySet[RecordVersion], asked_as: dict[str, list[int]], day: Func) -> Counted:
    """Of each day the records that answer it at all."""
    answered = Q()
    for key, numbers in asked_as.items():
        answered |= Q(form__in=numbers, codes__has_key=key) & ~Q(**{f"codes__{key}": []})
    by_day = rows.filter(answered).values(day=day).annotate(count=Count("pk"))
    return [(number, FILED, count) for number, count in by_day.values_list("day", "count")]


def _counted(rows: QuerySet[RecordVersion], asked_as: dict[str, list[int]], day: Func, *, several: bool) -> Counted:
    """Of each day each value with the number of records in which it was chosen."""
    if several:
        cases = [When(form__in=numbers, then=KeyTransform(key, "codes")) for key, numbers in asked_as.items()]
        answer = Case(*cases, default=Value([], output_field=JSONField()), output_field=JSONField())
        value: Func | Case = Func(answer, function="jsonb_array_elements_text", output_field=CharField())
    else:
        cases = [When(form__in=numbers, then=KeyTextTransform(key, "codes")) for key, numbers in asked_as.items()]
        value = Case(*cases, default=Value(None), output_field=CharField())
    valued = rows.annotate(value=value)
    counted = (valued if several else valued.exclude(value=None)).values("value", day=day).annotate(count=Count("pk"))
    return counted.values_list("day", "value", "count")
