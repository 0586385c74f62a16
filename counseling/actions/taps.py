"""Taps on the rich menu's areas, each answered at once and by a machine."""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from counseling import contacts, opening, stages
from counseling.actions import admission, entry, notices, visits
from counseling.models import Visitor
from counseling.models.edition import contacts_of, terms_of, text_for, with_readings
from counseling.rich_menu import Area
from counseling.stages import Stage
from counseling.text import ruby


def take(*, channel_id: int, identity: str, area: Area) -> None:
    """Somebody tapped an area: 相談する leads into a talk, the others give a notice each, once in a minute."""
    if area == Area.TALK:
        entry.enter(channel_id=channel_id, identity=identity)
    else:
        _tell(channel_id, identity, area)


@transaction.atomic
def _tell(channel_id: int, identity: str, area: Area) -> None:
    visitor = visits.visitor_for(channel_id=channel_id, identity=identity, create=True)
    if visitor is not None:
        notices.give(visitor=visitor, key=f"menu_{area.value}", words=ANSWERS[area](visitor))


def _hours(visitor: Visitor) -> str:
    program, now = visitor.program, timezone.now()
    status = program.status_at(now)
    # Nobody knows when a program that is paused or not open to the public takes people again: its hours do not.
    if stages.refusal(Stage(program.stage)):
        status = replace(status, next_open=None)
    why = str(admission.refusal_at(program, now) or "")
    said = opening.describe_now(status, why, now, visitor.language)
    return text_for(program, "menu_hours", visitor.language, now=said)


def _contacts(visitor: Visitor) -> str:
    return _on_line(visitor, contacts.block(contacts_of(visitor.program), visitor.language))


def _terms(visitor: Visitor) -> str:
    """The terms as the visitor's page shows them; where none were written, what everybody is told."""
    terms = terms_of(visitor.program, visitor.language).strip()
    return _on_line(visitor, terms) or text_for(visitor.program, "notes", visitor.language)


def _on_line(visitor: Visitor, words: str) -> str:
    return ruby.bracketed(with_readings(visitor.program, words, visitor.language))


ANSWERS: dict[Area, Callable[[Visitor], str]] = {Area.HOURS: _hours, Area.CONTACTS: _contacts, Area.TERMS: _terms}
