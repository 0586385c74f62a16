"""The forms of the public page: as it is, with readings, in plain words, and what is read aloud."""

from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy

from reports import words
from reports.charts import drawn
from reports.exports.document import Document
from reports.reading import aloud, plain
from reports.tables import Table


class Form(StrEnum):
    """In which form the page is read: its code in the address."""

    USUAL = "usual"
    FURIGANA = "furigana"
    EASY = "easy"


NAMES = {
    Form.USUAL: gettext_lazy("ふつう"),
    Form.FURIGANA: gettext_lazy("ふりがな"),
    Form.EASY: gettext_lazy("やさしい日本語"),
}
# Tables whose rows programs wrote: nobody but they knows how those are read.
OWN_ROWS = frozenset({"who", "age_band", "gender", "area", "occupation", "main_complaint", "topics", "comparators"})


def asked(request: HttpRequest) -> Form:
    """The form an address asks for; what it does not know is the usual one."""
    wish = request.GET.get("form", "")
    return Form(wish) if wish in set(Form) and words.is_japanese() else Form.USUAL


def reading(request: HttpRequest, report: Document) -> dict[str, Any]:
    """What a page needs to show the report in the form that was asked for, and to read it aloud."""
    form = asked(request)
    furigana = form == Form.FURIGANA
    context: dict[str, Any] = {
        "forms": [_way(request, one, form) for one in Form] if words.is_japanese() else [],
        "form": form.value,
        "furigana": furigana,
        "aloud": aloud.sentences(report),
        "tables": [_drawn(table, furigana=furigana) for table in report.tables],
    }
    if form == Form.EASY:
        with translation.override("ja-easy"):
            context |= {"when": plain.when(report), "told": plain.told(report)}
            context["aloud"] = [plain.spoken(context["when"]), *map(plain.spoken, _each(context["told"]))]
    return context


def _each(told: list[plain.Told]) -> list[str]:
    return [text for one in told for text in (one.sentence, one.meaning)]


def _way(request: HttpRequest, one: Form, form: Form) -> dict[str, Any]:
    query = request.GET.copy()
    query["form"] = one.value
    return {"name": NAMES[one], "address": f"?{query.urlencode()}", "current": one == form}


def _drawn(table: Table, *, furigana: bool) -> dict[str, Any]:
    own = table.key in OWN_ROWS or table.key.startswith("survey_")
    return drawn(table) | {
        "yomi": furigana,
        "yomi_title": furigana and not table.key.startswith("survey_"),
        "yomi_rows": furigana and not own,
        "yomi_notes": furigana and table.key != "comparators",
    }
