"""Taps on the rich menu's areas, each answered at once and by a machine."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from counseling import contacts
from counseling.actions import admission, asking, entry, intake, notices, phone_answers, survey_taps, visits
from counseling.intake import Code, Tap
from counseling.models import Visitor
from counseling.models.edition import contacts_of, terms_of, text_for, with_readings
from counseling.rich_menu import Area
from counseling.survey import SurveyTap
from counseling.telephone import PhoneTap
from counseling.text import ruby


def take(*, channel_id: int, identity: str, area: Area) -> None:
    """Somebody tapped an area: 相談する leads into a talk, the others give a notice each, once in a minute."""
    if area == Area.TALK:
        entry.enter(channel_id=channel_id, identity=identity)
    else:
        _tell(channel_id, identity, area)


def choose(*, channel_id: int, identity: str, tap: Tap | PhoneTap | SurveyTap) -> None:
    """Somebody tapped a button of a survey, of an offer of the telephone, or of the questions before a talk.

    Agreeing in one that is over begins another.
    """
    if isinstance(tap, PhoneTap):
        phone_answers.tap(channel_id=channel_id, identity=identity, tap=tap)
        return
    if isinstance(tap, SurveyTap):
        survey_taps.tap(channel_id=channel_id, identity=identity, tap=tap)
        return
    with transaction.atomic():
        if not intake.choose(channel_id=channel_id, identity=identity, tap=tap) and tap.code == Code.AGREE:
            entry.enter(channel_id=channel_id, identity=identity)


@transaction.atomic
def _tell(channel_id: int, identity: str, area: Area) -> None:
    visitor = visits.visitor_for(channel_id=channel_id, identity=identity, create=True)
    if visitor is not None:
        present = visits.present_sitting(visitor)
        # What is asked before a talk can still be answered: its buttons move below what is told last.
        replies = asking.replies_now(present) if present else ()
        notices.give(visitor=visitor, key=f"menu_{area.value}", words=ANSWERS[area](visitor), replies=replies)


def _hours(visitor: Visitor) -> str:
    program = visitor.program
    said = notices.said_now(program, admission.refusal_at(program, timezone.now()), visitor.language)
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
