"""What pages that visitors read need in their templates: readings above words, the house's emergency contacts."""

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from counseling import contacts
from counseling.text import ruby as readings

register = template.Library()


@register.filter(name="ruby")
def ruby(text: Any, shown: bool) -> SafeString:  # noqa: FBT001 - a filter's argument has no name
    """Words with their readings above them, or without; HTML stays HTML, all else is escaped."""
    pieces = readings.pieces(conditional_escape(text))
    drawn = (_drawn(piece) if shown and piece.reading else piece.words for piece in pieces)
    return mark_safe("".join(drawn))  # noqa: S308 - escaped above


def _drawn(piece: readings.Piece) -> str:
    # Where a browser cannot draw it, the reading stands in brackets.
    return f"<ruby>{piece.words}<rp>(</rp><rt>{piece.reading}</rt><rp>)</rp></ruby>"


@register.simple_tag
def house_contacts() -> list[dict[str, Any]]:
    """The house's own emergency contacts, for pages that belong to no program and for those that ask no database."""
    language = get_language() or "ja"
    return [
        {"number": one.number, "digits": one.digits, "for_life": one.for_life}
        | {"name": one.named(language), "what": one.told(language)}
        for one in contacts.HOUSE.lines
    ]
