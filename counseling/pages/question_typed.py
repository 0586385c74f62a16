"""One question as it was typed, read from the fields of question_form."""

from dataclasses import dataclass, field, replace

from django.http import QueryDict

from counseling.forms import Choice, Condition, Kind, Question, ReportKey
from counseling.forms.sketch import Taken, with_choices
from counseling.languages import JAPANESE, Labels
from counseling.models import Part
from counseling.text import in_one_way, repair

# Forms that somebody must finish: only these can ask what has to be answered.
FINISHED = frozenset({Part.RECORD, Part.RISK})


@dataclass(frozen=True)
class Typed:
    """The question as it was typed; `misfits`: by language, the lines that are not as many as the choices."""

    question: Question
    misfits: dict[str, str] = field(default_factory=dict)


def typed(question: Question, part: Part, posted: QueryDict, spoken: list[str], taken: Taken) -> Typed:
    """What the fields of this question hold now."""
    lines = {code: _lines(posted.get(f"choices_{code}"), len(question.choices)) for code in others(spoken)}
    misfits = {code: posted.get(f"choices_{code}", "") for code, found in lines.items() if found is None}
    choices = [
        replace(one, label=_labels(one.label, _of_choice(one, place, posted, lines)))
        for place, one in enumerate(question.choices)
    ]
    kind, report = posted.get("kind"), posted.get("report")
    now = replace(
        question,
        kind=Kind(kind) if kind in set(Kind) else question.kind,
        label=_labels(question.label, {code: posted.get(f"label_{code}") for code in spoken}),
        help=_labels(question.help, {code: posted.get(f"help_{code}") for code in spoken}),
        choices=tuple(choices),
        required="required" in posted if part in FINISHED else question.required,
        personal="personal" in posted,
        report=ReportKey(report) if report in set(ReportKey) else None,
        shown_if=_condition(question, posted),
    )
    more = [line.strip() for line in in_one_way(repair(posted.get("more", ""))).split("\n") if line.strip()]
    return Typed(with_choices(now, more, taken), misfits)


def others(spoken: list[str]) -> list[str]:
    """The languages the Japanese is translated into."""
    return [code for code in spoken if code != JAPANESE]


def _labels(kept: Labels, given: dict[str, str | None]) -> Labels:
    """The words as typed; those of languages whose field was not there stay, emptied ones go."""
    now = kept | {code: in_one_way(repair(words)) for code, words in given.items() if words is not None}
    return {code: words for code, words in now.items() if words}


def _of_choice(
    choice: Choice, place: int, posted: QueryDict, lines: dict[str, list[str] | None]
) -> dict[str, str | None]:
    of_others = {code: found[place] for code, found in lines.items() if found}
    return {JAPANESE: posted.get(f"choice_{choice.value}"), **of_others}


def _lines(written: str | None, wanted: int) -> list[str] | None:
    """A line for each choice; none where the field was not there; None where they are not as many."""
    if written is None or not wanted:
        return []
    lines = written.replace("\r\n", "\n").split("\n")
    while len(lines) > wanted and not lines[-1].strip():
        lines.pop()
    if not any(line.strip() for line in lines):
        return [""] * wanted
    return lines if len(lines) == wanted else None


def _condition(question: Question, posted: QueryDict) -> Condition | None:
    key, before = posted.get("after", ""), question.shown_if
    if not key:
        return None
    # The answers shown were those of the question chosen before.
    values = posted.getlist("after_values") if before and before.key == key else []
    return Condition(key, tuple(values))
