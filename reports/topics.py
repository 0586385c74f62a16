"""What the talks were about (相談内容), from their filed records: the main complaint, one each, and topics, several.

A record is read by the version of the form it was filed in; answers in own words are sealed, and nobody counts them.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, Func, JSONField, Q, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from counseling.forms import Form, ReportKey
from counseling.languages import said
from counseling.models import Edition, Part, Program, RecordVersion
from counseling.models.edition import form_of
from reports import measures
from reports.days import Days
from reports.queries import received


@dataclass(frozen=True)
class Topics:
    """Of how many valid talks which answer was given; `filed`: of how many any."""

    report: ReportKey
    counts: tuple[tuple[str, int], ...]
    filed: int


def topics(program: Program, days: Days, language: str) -> list[Topics]:
    """Main complaint and topics of the valid talks, where the program's records ever asked: two queries each."""
    editions = Edition.objects.filter(program=program, part=Part.RECORD).order_by("number")
    forms = {
        number: form_of({Part.RECORD.value: pk}, Part.RECORD) for pk, number in editions.values_list("pk", "number")
    }
    asked = [one for one in (ReportKey.MAIN_COMPLAINT, ReportKey.TOPICS) if any(f.meant(one) for f in forms.values())]
    return [_topics(program, days, one, forms, language) for one in asked]


def filed(program: Program, days: Days) -> QuerySet[RecordVersion]:
    """The latest filed version of each valid talk's record."""
    talks = received(program, days).filter(measures.VALID.condition)
    return RecordVersion.objects.filter(record__session__in=talks.values("pk"), number=F("record__number"))


def _topics(program: Program, days: Days, report: ReportKey, forms: dict[int, Form], language: str) -> Topics:
    asked_as: dict[str, list[int]] = defaultdict(list)
    labels: dict[str, str] = {}
    for number, form in reversed(forms.items()):
        if question := form.meant(report):
            asked_as[question.key].append(number)
            for choice in question.choices:
                labels.setdefault(choice.value, said(choice.label, language))
    rows = filed(program, days)
    counts = Counter[str]()
    for value, count in _counted(rows, asked_as, several=report == ReportKey.TOPICS):
        counts[value] += count
    shown = tuple((label, counts[value]) for value, label in labels.items())
    answered = Q()
    for key, numbers in asked_as.items():
        answered |= Q(form__in=numbers, codes__has_key=key) & ~Q(**{f"codes__{key}": []})
    return Topics(report, shown, rows.filter(answered).count())


def _counted(rows: QuerySet[RecordVersion], asked_as: dict[str, list[int]], *, several: bool) -> list[tuple[str, int]]:
    """Each value with the number of records in which it was chosen."""
    if not several:
        cases = [When(form__in=numbers, then=KeyTextTransform(key, "codes")) for key, numbers in asked_as.items()]
        valued = rows.annotate(value=Case(*cases, default=Value(None), output_field=CharField()))
        return list(
            valued.exclude(value=None).values("value").annotate(count=Count("pk")).values_list("value", "count")
        )
    cases = [When(form__in=numbers, then=KeyTransform(key, "codes")) for key, numbers in asked_as.items()]
    chosen = Case(*cases, default=Value([], output_field=JSONField()), output_field=JSONField())
    each = Func(chosen, function="jsonb_array_elements_text", output_field=CharField())
    return list(rows.annotate(value=each).values("value").annotate(count=Count("pk")).values_list("value", "count"))
