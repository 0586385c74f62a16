"""How urgent a session is, as a person judges it. A machine may raise it (writing.hear); only a person lowers it."""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from counseling import criteria, forms, permissions, timeline
from counseling.actions import notifications
from counseling.actions.asides import sealed, taken_before
from counseling.actions.messages import ClientIdReused
from counseling.forms import WORDS, Answers
from counseling.models import Assessment, Part, Session
from counseling.models.edition import editions_with, form_of, number
from counseling.text import clean, is_blank
from counseling.triage import Risk

WORD_LIMIT = 2_000


class FormChanged(Exception):
    """The program asks other questions since the form was opened: they are to be looked at first."""


class NeedsWord(Exception):
    """The level is another than the answers suggest, or nothing was answered: it needs a word that says why."""


@transaction.atomic
def assess(
    *, session_id: int, by: User, client_id: UUID, form: int, answers: Answers, level: Risk, word: str = ""
) -> tuple[Assessment, bool]:
    """Set the risk by the answers to version `form` of the program's risk form; True when it is new.

    The answers suggest a level (counseling.criteria), the person decides it. Answers the form requires are missed only
    where the risk is not raised: nothing stands in the way of that. Raises permissions.NotVisible,
    text.UnacceptableText, forms.InvalidAnswers, NeedsWord, FormChanged, messages.ClientIdReused.
    """
    word = clean(word, limit=WORD_LIMIT) if word.strip() else ""
    session = permissions.lock(session_id, by)
    given = _checked(session, form, answers, raised=level > session.risk)
    words = Assessment.written(given, word)
    if same := taken_before(Assessment, session, by=by, client_id=client_id, words=words):
        if same.level != level:
            raise ClientIdReused
        return same, False
    if form != number(session.program.editions, Part.RISK):
        raise FormChanged
    suggestion = criteria.suggest(given)
    if not word and (suggestion is None or suggestion.level != level):
        raise NeedsWord
    before = Risk(session.risk)
    suggested = suggestion.level if suggestion else None
    columns = {"before": before, "level": level, "suggested": suggested, "form": form}
    assessment = sealed(Assessment, session, by=by, words=words, client_id=client_id, **columns)
    session.risk, now, version = level, assessment.created_at, assessment.version
    if before >= Risk.HIGH > level:
        # The timers stood still meanwhile: they begin anew, or the talk would be closed at once.
        session.idle_steps = 0
    changed = ("risk", "idle_steps")
    timeline.record(session, "risk.changed", at=now, by=by, version=version, fields=changed, level=int(level))
    notifications.risk_raised(session, before=before, by="person", at=now)
    return assessment, True


def _checked(session: Session, version: int, answers: Answers, *, raised: bool) -> Answers:
    """The answers to the version of the form they were given to."""
    form = form_of(editions_with(session.program, Part.RISK, version), Part.RISK)
    written = {key: said for key, said in answers.items() if not (isinstance(said, str) and is_blank(said))}
    given = forms.check(form, written, finished=not raised)
    own = {one.key for one in form.questions if one.kind in WORDS}
    return {key: clean(str(said), limit=forms.LONG_TEXT) if key in own else said for key, said in given.items()}
