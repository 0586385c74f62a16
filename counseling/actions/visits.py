"""The visitor's side of a sitting: who writes, which sitting it belongs to, arriving and leaving."""

import json
import secrets
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from counseling import crypto, forms, later, lifecycle, permissions, text, timeline, vault
from counseling.actions import admission, calls, consents, keeping_out, phoning, surveys, traces, unwritten
from counseling.actions.numbering import numbered
from counseling.actions.traces import SpokeFrom
from counseling.actions.writing import danger_in, hear
from counseling.events import EventKind
from counseling.lifecycle import OVERRULED_BY_DANGER, Consent, EndReason, Medium, Move, State
from counseling.models import Channel, Message, Part, Session, Visitor
from counseling.models.edition import editions_with, form_of, number
from counseling.models.message import Author
from counseling.models.prepared import Prepared
from counseling.models.program import ChannelKind
from counseling.triage import Risk

# A word just after the end («thank you») belongs to the sitting whose counselor still writes the record.
WRAP_UP_GRACE = timedelta(minutes=10)
LETTERS, DIGITS = "ACEFHJKLMNPRTUWXY", "2346789"  # nothing that reads like something else


class CannotStart(Exception):
    """The terms were not agreed to, or changed meanwhile."""


def visitor_for(*, channel_id: int, identity: str, create: bool) -> Visitor | None:
    """The visitor with this identity under its row lock, made when it is new and `create` says so."""
    identity_hash = crypto.keyed_hash(identity, f"visitor:{channel_id}")
    if visitor := _locked_visitor(channel_id, identity_hash):
        return visitor
    if not create:
        return None
    channel = Channel.objects.get(pk=channel_id)
    key, share = crypto.new_key(), vault.make()
    for _attempt in range(20):
        try:
            with transaction.atomic():
                return Visitor.objects.create(
                    program_id=channel.program_id,
                    channel=channel,
                    pseudonym=_pseudonym(),
                    identity_hash=identity_hash,
                    identity=crypto.seal(key, identity, f"visitor.identity:{identity_hash}"),
                    wrapped_key=crypto.wrap(key, f"visitor.key:{identity_hash}", share),
                    share=share,
                )
        except IntegrityError:
            # Either the pseudonym is taken, or the same person arrived at the same moment.
            if visitor := _locked_visitor(channel_id, identity_hash):
                return visitor
    raise RuntimeError("no free pseudonym")


_locked_visitor = Prepared(
    lambda channel_id, identity_hash: (
        Visitor.objects.select_for_update(of=("self",), no_key=True)
        .select_related("channel", "program")
        .filter(channel=channel_id, identity_hash=identity_hash)
    ),
    int,
    str,
).first


def _pseudonym() -> str:
    return "".join(secrets.choice(LETTERS if place % 2 == 0 else DIGITS) for place in range(4))


_latest_sitting = Prepared(
    lambda visitor_id: (
        Session.objects.select_for_update(of=("self",), no_key=True)
        .select_related("counselor", "program")
        .filter(visitor=visitor_id, medium=Medium.CHAT)
        .order_by("-pk")[:1]
    ),
    int,
).first


def present_sitting(visitor: Visitor) -> Session | None:
    """The sitting a word of this visitor belongs to now, under its row lock; None when it opens a new one.

    Open ones; the one whose record is being written, for ten minutes; and the access outside hours that
    the same burst of words belongs to.
    """
    latest = _latest_sitting(visitor.pk)
    if latest is None:
        return None
    latest.visitor = visitor
    now = timezone.now()
    if latest.state in lifecycle.OPEN:
        return latest
    if latest.state == State.WRAP_UP and latest.ended_at and now < latest.ended_at + WRAP_UP_GRACE:
        return latest
    spoke = latest.last_visitor_at or latest.received_at
    if latest.state in {State.OFF_HOURS, State.OUT_OF_SCOPE} and now < spoke + latest.program.episode_silence:
        still_closed = latest.state == State.OUT_OF_SCOPE or admission.refusal_for(visitor, now) is not None
        return latest if still_closed else None
    return None


def sitting_for(visitor: Visitor, words: str) -> Session | None:
    """The sitting these words belong to; None when they open a new one.

    So do words of danger where the visitor was turned away by a limit, or before anybody may read what they said.
    """
    present = present_sitting(visitor)
    over = present is not None and present.state in lifecycle.FINISHED
    if present and over and (present.withholds or present.refusal in OVERRULED_BY_DANGER):
        return None if danger_in(visitor.program, words) >= Risk.HIGH else present
    return present


def open_sitting(
    visitor: Visitor,
    *,
    words: dict[str, str] | None = None,
    editions: dict[str, int] | None = None,
    tried_by: User | None = None,
    **fields: object,
) -> Session:
    """A new sitting in intake, numbered within its program; `words` are answers in the visitor's own words.

    `editions`: the ones they were given to, unless they are those in force; `tried_by`: somebody of the house who
    only tries the program.
    """
    now = timezone.now()
    accepted = Session.objects.filter(visitor=visitor, queued_at__isnull=False).count()
    asks = visitor.channel.kind == ChannelKind.LINE and visitor.program.consents_on_line
    fields.setdefault("consent", Consent.AWAITED if asks else "")
    session = Session(
        visitor=visitor,
        **numbered(visitor.program_id),
        received_at=now,
        visits=accepted + 1,
        editions=visitor.program.editions if editions is None else editions,
        # All of a program for practice is a trial, whoever writes: one way out of every figure.
        trial=tried_by is not None or visitor.program.practice,
        **keeping_out.carried_by(visitor, now),
        **fields,
    )
    if words:
        session.intake_words = crypto.seal(visitor.key(), json.dumps(words), session.place_of_intake)
    session.save(force_insert=True)
    timeline.record(session, "session.opened", at=now, by=tried_by)
    return session


@transaction.atomic
def start(
    *,
    channel_id: int,
    identity: str,
    terms_version: int,
    attributes: forms.Answers,
    line: str,
    intake_version: int | None = None,
    client_id: UUID | None = None,
    language: str = "ja",
    tried_by: User | None = None,
    spoke_from: SpokeFrom | None = None,
) -> Session:
    """Begin a sitting from the web page after consent. The same visitor gets the sitting that is open.

    `attributes` answer version `intake_version` of the intake, without it the one in force. `tried_by` begins a trial,
    which is in no figure.
    Raises CannotStart when the terms changed meanwhile or the trial is not theirs, text.UnacceptableText for the line.
    """
    words = text.clean(line, limit=1_000) if line.strip() else ""
    visitor = visitor_for(channel_id=channel_id, identity=identity, create=True)
    if visitor is None or not _may_start(visitor, terms_version, tried_by):
        raise CannotStart
    speak(visitor, language)
    present = sitting_for(visitor, words)
    editions = editions_with(visitor.program, Part.INTAKE, intake_version)
    if present and present.state == State.INTAKE and present.withholds:
        traces.keep(present, spoke_from)
        return _take_in(_agree(present, editions, attributes), words, client_id)
    if present and present.state in lifecycle.OPEN:
        return present
    if present and present.state != State.WRAP_UP:
        # Trying again outside the hours is the same access, not another one.
        _begin_with(present, words, client_id)
        return present
    codes, own = _intake(editions, attributes)
    given = {"attributes": codes, "consent": Consent.GIVEN, "consented_at": timezone.now()}
    session = open_sitting(visitor, words=own, editions=editions, tried_by=tried_by, **given)
    traces.keep(session, spoke_from)
    return _take_in(session, words, client_id)


def _may_start(visitor: Visitor, terms_version: int, tried_by: User | None) -> bool:
    """Whether what was agreed to are the terms of today, and a trial is theirs."""
    may_try = tried_by is None or permissions.may_try(tried_by, visitor.program_id)
    return may_try and terms_version == number(visitor.program.editions, Part.TERMS)


def _take_in(session: Session, words: str, client_id: UUID | None) -> Session:
    _begin_with(session, words, client_id)
    admission.receive_or_turn_away(session)
    return session


def _agree(session: Session, editions: dict[str, int], answers: forms.Answers) -> Session:
    """Consent on the page to a sitting that words of danger on LINE had opened before it."""
    session.editions = editions
    session.attributes, own = _intake(editions, answers)
    if own:
        session.intake_words = crypto.seal(session.visitor.key(), json.dumps(own), session.place_of_intake)
    consents.give(session, ("editions", "attributes", "intake_words"))
    return session


def speak(visitor: Visitor, language: str) -> None:
    """From now on the house's own texts are told in this language, where the program has it."""
    if language != visitor.language and language in visitor.program.languages:
        visitor.language = language
        visitor.save(update_fields=["language"])


def _intake(editions: dict[str, int], answers: forms.Answers) -> tuple[forms.Answers, dict[str, str]]:
    """What was answered before the talk, in codes and in own words; what cannot be taken is left out."""
    form = form_of(editions, Part.INTAKE)
    try:
        taken = forms.check(form, answers, finished=False)
    except forms.InvalidAnswers as wrong:
        right = {key: answer for key, answer in answers.items() if key not in wrong.problems}
        taken = forms.check(form, right, finished=False)
    return forms.words_apart(form, taken)


def _begin_with(session: Session, words: str, client_id: UUID | None) -> None:
    """The line of the form, once for each form: a button pressed twice sends it twice."""
    if not words:
        return
    same = Message.objects.filter(session=session, author=Author.VISITOR, client_id=client_id)
    before = same.first() if client_id else None
    if before and before.words(session.visitor.key()) == words:
        return
    own_id = None if before else client_id
    hear(session, words, client_id=own_id)


@transaction.atomic
def leave(*, channel_id: int, identity: str) -> None:
    """The visitor ends the sitting (button or quick exit). Nothing happens when none is open."""
    visitor = visitor_for(channel_id=channel_id, identity=identity, create=False)
    session = present_sitting(visitor) if visitor else None
    if session is not None:
        part(session, EndReason.VISITOR_LEFT)


def part(session: Session, reason: EndReason) -> None:
    """The visitor is gone: before anybody answered it is abandoned (or blocked), afterwards it awaits its record."""
    if session.state in lifecycle.TAKEN:
        finish(session, Move.END, "session.ended", reason=reason)
    elif session.state == State.WAITING and session.first_response_at:
        left = unwritten.leave_to_last(session, timezone.now())
        finish(session, Move.PART, "session.ended", reason=reason, fields=left)
    elif session.state in lifecycle.OPEN:
        blocked = reason == EndReason.VISITOR_BLOCKED
        session.closed_at = timezone.now()
        event: EventKind = "session.blocked" if blocked else "session.abandoned"
        finish(session, Move.BLOCK if blocked else Move.ABANDON, event, reason=reason, fields=("closed_at",))


def finish(
    session: Session,
    move: Move,
    event: EventKind,
    *,
    reason: EndReason,
    by: User | None = None,
    fields: tuple[str, ...] = (),
) -> None:
    """End a sitting one way or another; the freed capacity goes to the queue at once."""
    now = timezone.now()
    session.state = lifecycle.after(move, State(session.state))
    calls.settle(session, by=by, now=now)
    session.ended_at, session.end_reason = now, reason
    session.waiting_since = session.offered_to = session.offered_until = session.counselor_lost_at = None
    moved = phoning.settle(session, reason, now)
    cleared = ("waiting_since", "offered_to", "offered_until", "counselor_lost_at")
    changed = ("state", "ended_at", "end_reason", *cleared, *moved, *fields)
    timeline.record(session, event, at=now, by=by, fields=changed, reason=reason)
    surveys.expect(session)
    later.offer(session.program_id)
