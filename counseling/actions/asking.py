"""How a step of the questions before a talk is asked: as the house's next message, with its buttons.

The caller holds the session's row lock.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from counseling import intake
from counseling.actions.deliveries import OWED
from counseling.actions.writing import write
from counseling.forms import Form
from counseling.intake import CONSENT, Progress
from counseling.models import Delivery, Message, Part, Program, Session
from counseling.models.edition import form_of, text_for, with_readings
from counseling.models.message import Author
from counseling.quick_replies import QuickReply
from counseling.text import ruby

QUESTION = "question"
ASKINGS = ("consent", "consent_again", QUESTION)
# Buttons are gone as soon as anything else is said: what is asked is repeated, but not to a flood of words.
FREELY_REPEATED = 5
ONE_MORE_IN = timedelta(minutes=1)


def questions_of(session: Session) -> Form:
    """The program's questions as they were when the sitting began."""
    return form_of(session.editions, Part.INTAKE)


def ask(session: Session, progress: Progress, changed: tuple[str, ...] = (), *, again: bool = False) -> None:
    """Ask this step; `changed` are columns of the session that the caller changed."""
    session.intake = progress.to_json()
    said = _asked(session, progress)
    key, words = QUESTION, _on_line(session, said.words)
    if progress.step == CONSENT:
        key = "consent_again" if again else "consent"
        words = text_for(session.program, key, session.visitor.language, url=terms_address(session.program))
    fields = ("intake", *changed)
    write(
        session, "message.told", words=words, author=Author.AUTO, auto_key=key, replies=said.replies, fields=fields
    )  # fmt: skip


def ask_again(session: Session) -> None:
    """What is asked just now once more: not while it is still on its way, and to a flood once a minute."""
    progress = Progress.of(session.intake)
    if not progress.step or is_on_its_way(session):
        return
    if progress.repeats < FREELY_REPEATED or not was_asked_lately(session):
        ask(session, progress.again(), again=True)


def replies_now(session: Session) -> tuple[QuickReply, ...]:
    """The buttons of what is asked just now: they go along with whatever else is told meanwhile."""
    progress = Progress.of(session.intake)
    return _asked(session, progress).replies if progress.step else ()


def is_on_its_way(session: Session) -> bool:
    """Whether a question is still owed to the visitor."""
    owed = Delivery.objects.filter(visitor=session.visitor_id, state__in=OWED)
    return owed.filter(message__session=session, message__auto_key__in=ASKINGS).exists()


def was_asked_lately(session: Session) -> bool:
    """Whether something was asked within the minute."""
    now = timezone.now()
    asked = Message.objects.filter(session=session, author=Author.AUTO, auto_key__in=ASKINGS)
    return asked.filter(created_at__gt=now - ONE_MORE_IN, created_at__lte=now).exists()


def terms_address(program: Program) -> str:
    """Where the whole terms are read."""
    return f"{settings.SITE_URL}/talk/{program.slug}/terms"


def _asked(session: Session, progress: Progress) -> intake.Asked:
    return intake.asked(
        progress,
        session_id=session.pk,
        form=questions_of(session),
        answers=session.attributes,
        languages=session.program.languages,
        language=session.visitor.language,
    )


def _on_line(session: Session, words: str) -> str:
    return ruby.bracketed(with_readings(session.program, words, session.visitor.language))
