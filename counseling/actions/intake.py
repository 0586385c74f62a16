"""The questions before a talk on LINE (受付), one after another, until it waits in the queue.

Where they stand is kept in the session's row and changes under its lock. What is asked and what counts as an answer are
the rules of counseling.intake.
"""

import json
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from counseling import crypto, intake, permissions
from counseling.actions import admission, asking, consents, danger, visits
from counseling.actions.sweeping import each
from counseling.actions.writing import tell
from counseling.forms import Answer, Question
from counseling.intake import CONSENT, LANGUAGE, Code, Progress, Tap
from counseling.lifecycle import Consent, EndReason, Move, Refusal, State
from counseling.models import Message, Part, Session
from counseling.models.edition import number
from counseling.models.message import MessageKind
from counseling.triage import Risk

CLOCKS = ("last_visitor_at", "idle_steps")
ANSWERS = ("attributes", "intake_words", *CLOCKS)


def admit(session: Session, raised: Risk = Risk.NONE) -> None:
    """What becomes of a new sitting: turned away, asked for consent first, or put into the queue.

    `raised`: to what risk its first words raised it. Who may be in danger is kept for supervisors, whatever the hour.
    """
    refusal = admission.refusal_of(session)
    if refusal and session.withholds and session.risk >= Risk.HIGH:
        session.refusal = refusal
        danger.answer(session, raised, refusal, changed=("refusal",))
        return
    told = session.withholds and danger.answer(session, raised, refusal)
    if refusal:
        admission.turn_away(session, refusal, told=told)
    else:
        admission.let_in_danger(session)
        _let_in(session)


def _let_in(session: Session) -> None:
    if session.withholds:
        _begin(session)
    else:
        admission.accept(session)


def _begin(session: Session, changed: tuple[str, ...] = ()) -> None:
    first = intake.first_step(session.program.languages, chosen_before=session.visits > 1)
    asking.ask(session, Progress.of(session.intake).at(first), changed)


def hear(session: Session, message: Message, raised: Risk) -> None:
    """A word in the midst of the questions: an answer, or else what was asked is asked again.

    In danger nobody is asked more than consent.
    """
    progress = Progress.of(session.intake)
    if not progress.step:
        _hear_while_closed(session, raised)
        return
    told = session.withholds and danger.answer(session, raised, None, asking.replies_now(session))
    words = message.own_words(session.visitor.key()) if message.kind == MessageKind.TEXT else ""
    question = asking.questions_of(session).question(progress.step)
    code = intake.said_plainly(progress.step, question, session.program.languages, words)
    answer = intake.answer_of(question, words) if question and words else None
    if not session.withholds and session.risk >= Risk.HIGH:
        _finish(session, progress)
    elif code is not None:
        _press(session, progress, code)
    elif question and answer is not None:
        _keep_words(session, question, answer)
        said = {**progress.said, question.key: message.pk}
        _go_on(session, Progress.of({**progress.to_json(), "said": said}))
    elif not told:
        asking.ask_again(session)


def _hear_while_closed(session: Session, raised: Risk) -> None:
    """Somebody in danger whom nobody could be asked to take writes again."""
    refusal = admission.refusal_of(session)
    if refusal is None:
        session.refusal = ""
        admission.let_in_danger(session)
        _begin(session, ("refusal",))
    elif not danger.answer(session, raised, refusal) and not danger.was_told_lately(session):
        danger.tell_contacts(session, refusal)


def ask_again(session: Session) -> None:
    """The visitor wishes to talk, without a word: what is asked is asked again."""
    if Progress.of(session.intake).step:
        asking.ask_again(session)
    else:
        _hear_while_closed(session, Risk.NONE)


@transaction.atomic
def choose(*, channel_id: int, identity: str, tap: Tap) -> bool:
    """A button was tapped; False for one of an earlier asking or another sitting, which changes nothing.

    What is asked just now is then asked again, once in a minute.
    """
    visitor = visits.visitor_for(channel_id=channel_id, identity=identity, create=False)
    session = visits.present_sitting(visitor) if visitor else None
    if session is None:
        return False
    progress = Progress.of(session.intake)
    asked = (session.pk, progress.turn) == (tap.session_id, tap.turn)
    if asked and progress.step and session.state == State.INTAKE:
        _press(session, progress, tap.code, tap.day)
        return True
    if asked and tap.code == Code.AGREE and session.consent == Consent.WITHOUT:
        consents.give(session)
        return True
    if session.state == State.INTAKE and not asking.was_asked_lately(session):
        ask_again(session)
    return False


def _press(session: Session, progress: Progress, code: str, day: str = "") -> None:
    """A button of this very asking."""
    session.last_visitor_at, session.idle_steps = timezone.now(), 0
    if progress.step == LANGUAGE:
        _speak(session, progress, code)
    elif progress.step == CONSENT:
        _decide(session, progress, code)
    elif question := asking.questions_of(session).question(progress.step):
        _choose(session, progress, question, code, day)


def _speak(session: Session, progress: Progress, language: str) -> None:
    visits.speak(session.visitor, language)
    asking.ask(session, progress.at(CONSENT), CLOCKS)


def _decide(session: Session, progress: Progress, code: str) -> None:
    """Consent, or none."""
    terms = session.program.editions.get(Part.TERMS)
    if code == Code.REFUSE:
        _refuse(session, progress)
    elif code == Code.LANGUAGE:
        asking.ask(session, progress.at(LANGUAGE), CLOCKS)
    elif code != Code.AGREE:
        asking.ask_again(session)
    elif number(session.editions, Part.TERMS) != number(session.program.editions, Part.TERMS):
        # What was agreed to are not the terms of today.
        session.editions = {**session.editions, Part.TERMS.value: terms}
        asking.ask(session, progress.at(CONSENT), ("editions", *CLOCKS))
    else:
        consents.give(session, CLOCKS)
        _go_on(session, progress)


def _refuse(session: Session, progress: Progress) -> None:
    """No consent: what was said is deleted unread. Somebody in danger is not let go: a supervisor decides."""
    session.consent = Consent.REFUSED
    if session.risk >= Risk.HIGH:
        session.intake = progress.at(CONSENT).to_json()
        danger.tell_contacts(session, None, asking.replies_now(session), changed=("consent", "intake", *CLOCKS))
        return
    tell(session, "consent_refused", ("consent", *CLOCKS))
    _let_go(session, progress, EndReason.NO_CONSENT)


def _choose(session: Session, progress: Progress, question: Question, code: str, day: str) -> None:
    if code == Code.MORE:
        asking.ask(session, progress.at(question.key, progress.page + 1), CLOCKS)
        return
    found = intake.chosen(question, session.attributes.get(question.key), code, day)
    if found is None:
        asking.ask_again(session)
        return
    session.attributes = intake.with_answer(session.attributes, question.key, found.answer)
    if found.done:
        _go_on(session, progress)
    else:
        asking.ask(session, progress.at(question.key, progress.page), ANSWERS)


def _keep_words(session: Session, question: Question, answer: Answer) -> None:
    """An answer that was written: in own words it is sealed."""
    if question.kind not in intake.IN_WORDS:
        session.attributes = intake.with_answer(session.attributes, question.key, answer)
        return
    words = intake_words(session)
    session.intake_words = crypto.seal(
        session.visitor.key(), json.dumps({**words, question.key: str(answer)}), session.place_of_intake
    )


def intake_words(session: Session) -> dict[str, str]:
    """The answers in the visitor's own words, opened."""
    if not session.intake_words:
        return {}
    opened = crypto.open_text(session.visitor.key(), session.intake_words, session.place_of_intake)
    return dict(json.loads(opened))


def _go_on(session: Session, progress: Progress) -> None:
    """The next question, or into the queue; in danger nothing more is asked."""
    question = intake.following(asking.questions_of(session), progress.step, session.attributes)
    if question and session.risk < Risk.HIGH:
        asking.ask(session, progress.at(question.key), ANSWERS)
    else:
        _finish(session, progress)


def _finish(session: Session, progress: Progress) -> None:
    """All is asked. Who came while intake was open is let in, however long the questions took."""
    session.intake = progress.over().to_json()
    changed = ("intake", *ANSWERS)
    refusal = admission.refusal_of(session)
    if refusal and refusal != Refusal.AFTER_INTAKE_CLOSE:
        admission.turn_away(session, refusal, changed)
    else:
        admission.accept(session, changed)


def forget_answer(session: Session, message: Message) -> tuple[str, ...]:
    """The visitor took back the message an answer stood in; which columns of the session changed."""
    progress = Progress.of(session.intake)
    keys = {key for key, message_id in progress.said.items() if message_id == message.pk}
    if not keys:
        return ()
    left = {key: words for key, words in intake_words(session).items() if key not in keys}
    sealed = crypto.seal(session.visitor.key(), json.dumps(left), session.place_of_intake) if left else b""
    session.intake_words = sealed
    session.attributes = {key: answer for key, answer in session.attributes.items() if key not in keys}
    return ("intake_words", "attributes")


def lapse() -> int:
    """Let go of those who were asked and have not been heard since; how many."""
    now = timezone.now()
    asked = consents.lapsed(Session.objects.filter(state=State.INTAKE), now)
    return each(list(asked.values_list("pk", flat=True)), _lapse, now)


@transaction.atomic
def _lapse(session_id: int, _now: datetime) -> int:
    session = permissions.locked(session_id)
    if session.state != State.INTAKE or session.risk >= Risk.HIGH:
        return 0
    tell(session, "idle_close")
    _let_go(session, Progress.of(session.intake), EndReason.IDLE)
    return 1


def _let_go(session: Session, progress: Progress, reason: EndReason) -> None:
    """Nobody came of it: before consent the words are gone with it."""
    if session.withholds:
        consents.delete_words(session)
    session.intake, session.closed_at = progress.over().to_json(), timezone.now()
    visits.finish(session, Move.ABANDON, "session.abandoned", reason=reason, fields=("intake", "closed_at"))
