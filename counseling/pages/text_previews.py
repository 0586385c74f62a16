"""How an automatic text will look: as LINE's bubbles, as a visitor's page shows it; and how long it is."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from counseling import contacts, opening, wording
from counseling.actions import admission
from counseling.languages import LANGUAGES
from counseling.models import Program
from counseling.models.edition import contacts_of, survey_plan_of, telephone_of, texts_of, with_readings
from counseling.models.program import ChannelMode
from counseling.pages.text_words import ON_A_PAGE, ON_LINE_ONLY
from counseling.text import ruby, split_utf16, utf16_length
from counseling.wording import Texts

# As somebody would read them who is third in line.
EXAMPLE = {"waiting": 3, "place": 3, "minutes": 10, "days": 7}
EXAMPLE_LINE = "045-000-0000"


@dataclass(frozen=True)
class Preview:
    """One text in one language: LINE's bubbles, the page's words (with marks for readings), and what it measures."""

    bubbles: list[str]
    on_page: str
    has_contacts: bool
    tag: str
    units: int
    messages: int


def preview(program: Program, key: str, language: str, words: str) -> Preview:
    """The text as it will be told when `words` are kept for it; empty ones stand for what is told without them."""
    own = kept_with(texts_of(program), key, language, words)
    values = values_of(program, language)
    marked = with_readings(program, wording.filled(own, key, language, **values), language)
    on_page = with_readings(program, wording.filled(own, key, language, **_of_page(key, values)), language).strip()
    bubbles = split_utf16(ruby.bracketed(marked))
    by_line, by_page = program.channel_mode != ChannelMode.WEB_ONLY, key not in ON_LINE_ONLY
    return Preview(
        bubbles=bubbles if by_line else [],
        on_page=on_page if by_page else "",
        has_contacts=key in ON_A_PAGE,
        tag=LANGUAGES[wording.spoken(own, key, language)].tag,
        units=utf16_length(words),
        messages=len(bubbles),
    )


def kept_with(own: Texts, key: str, language: str, words: str) -> Texts:
    """The program's own texts as if these words were kept for one of them."""
    return {**own, language: {**own.get(language, {}), key: words}}


def _of_page(key: str, values: dict[str, Any]) -> dict[str, Any]:
    """A page that refuses shows the contacts by themselves."""
    return values | {"emergency": ""} if key in ON_A_PAGE else values


def values_of(program: Program, language: str) -> dict[str, Any]:
    """What the variables stand for now; who waits is an example."""
    now, plan = timezone.now(), telephone_of(program)
    why = str(admission.refusal_at(program, now) or "")
    return {
        "program": program.name,
        "hours": opening.describe(program.opening(), language),
        "emergency": contacts.block(contacts_of(program), language),
        "url": f"{settings.SITE_URL}/talk/{program.slug}/",
        "again": opening.day(timezone.localdate() + timedelta(days=1), language),
        "now": opening.describe_now(program.status_at(now), why, now, language),
        "line": plan.line or EXAMPLE_LINE,
        "line_hours": opening.describe(plan.hours, language),
        "slot": opening.moment(now, language),
        "until": opening.day(timezone.localdate() + timedelta(days=survey_plan_of(program).days_open), language),
        **EXAMPLE,
    }


def lengths(program: Program, key: str, language: str) -> str:
    """The length of each variable's words, as JSON: the page's script counts with them while somebody types."""
    values = values_of(program, language)
    notes = wording.filled(texts_of(program), "notes", language, **values) if key != "notes" else ""
    told = {name: str(value) for name, value in (values | {"notes": notes}).items() if name in wording.variables(key)}
    return json.dumps({
        name: utf16_length(ruby.bracketed(with_readings(program, words, language))) for name, words in told.items()
    })  # fmt: skip
