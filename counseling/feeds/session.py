"""A session as staff read it: all of it, or what is new since a version."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeVar, cast

from django.db.models import Prefetch

from accounts.models import User
from accounts.roles import Right, Role, holders
from counseling import events
from counseling.events import (
    AttachmentView,
    DeliveryStateName,
    DeliveryView,
    EventView,
    FindingView,
    MessageView,
    NoteView,
    ProposalView,
    SessionState,
    WhisperView,
)
from counseling.feeds.intake import intake_of
from counseling.models import (
    Aside,
    Assignment,
    Delivery,
    Draft,
    Membership,
    Message,
    Note,
    Proposal,
    Session,
    SessionEvent,
    Whisper,
)
from counseling.models.message import OPEN, UNREAD, WITH_CONTENT, Author, BeforeConsent
from counseling.text import ruby
from counseling.triage import Finding

A = TypeVar("A", bound=Aside)
R = TypeVar("R", Message, Note, Whisper, Proposal, Assignment)


def session_state(session_id: int, user: User) -> SessionState:
    """All of a session for `user`, who may read it. Raises Session.DoesNotExist."""
    return session_states([Session.objects.select_related("visitor__channel", "counselor").get(pk=session_id)], user)[0]


def session_states(sessions: list[Session], user: User) -> list[SessionState]:
    """All of these sessions for `user`, who may read them: eight queries, however many and however long.

    The heads were read first: what is newer than `upto` comes again with the next frame.
    """
    ids = [session.pk for session in sessions]
    messages = _by_session(_messages(ids))
    notes, whispers = _by_session(_asides(Note, ids)), _by_session(_asides(Whisper, ids))
    waiting = Proposal.objects.filter(session__in=ids, decision__in=OPEN).select_related("by", "decided_by")
    proposals = _by_session(waiting.order_by("pk"))
    assignments = _by_session(Assignment.objects.filter(session__in=ids).order_by("-pk"))
    approved = _approved_in({session.program_id for session in sessions}, user)
    drafts = {draft.session_id: draft for draft in Draft.objects.filter(session__in=ids, user=user)}
    return [
        _state(
            session,
            user,
            _Found(
                messages[session.pk],
                notes[session.pk],
                whispers[session.pk],
                proposals[session.pk],
                assignments[session.pk][:2],
                drafts.get(session.pk),
                session.program_id in approved,
            ),
        )
        for session in sessions
    ]


class _Found(NamedTuple):
    """What stands in one session."""

    messages: list[Message]
    notes: list[Note]
    whispers: list[Whisper]
    proposals: list[Proposal]
    assignments: list[Assignment]  # the last two, the latest first
    draft: Draft | None
    approved: bool  # what its reader says there


def _by_session(rows: Iterable[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[row.session_id].append(row)
    return found


def _state(session: Session, user: User, found: _Found) -> SessionState:
    key = session.visitor.key()
    own = next((a for a in found.assignments if a.user_id == user.pk and a.until is None), None)
    return {
        "header": events.header(session),
        "intake": intake_of(session, key),
        "messages": [message_view(message, key) for message in found.messages],
        "notes": [note_view(note, key) for note in found.notes],
        "whispers": [whisper_view(whisper, key) for whisper in found.whispers],
        "proposals": [proposal_view(proposal, key) for proposal in found.proposals],
        "needs_approval": own is not None and found.approved,
        "summary": next((a.words(key) for a in found.assignments if a.summary), ""),
        "draft": found.draft.words(key) if found.draft else "",
        "read_seq": own.read_seq if own else 0,
        # For who does not have the session all that stands there is known: nobody waits for their eyes.
        "read_whisper": own.read_whisper if own else max((whisper.pk for whisper in found.whispers), default=0),
        "upto": session.version,
    }


def _approved_in(program_ids: set[int], user: User) -> set[int]:
    """In which of these programs a supervisor approves what `user` replies: there they are a trainee and no more."""
    roles: dict[int, set[str]] = defaultdict(set)
    held = Membership.objects.filter(user=user, program__in=program_ids, program__approves_trainees=True)
    for program_id, role in held.filter(role__in=holders(Right.TAKE_SESSIONS)).values_list("program_id", "role"):
        roles[program_id].add(role)
    return {program_id for program_id, found in roles.items() if found == {Role.TRAINEE}}


def session_events(session_id: int, after: int) -> list[EventView]:
    """What is new in the session since version `after`, oldest first: at most six queries."""
    log = list(
        SessionEvent.objects.filter(session=session_id, version__gt=after).select_related("by").order_by("version")
    )
    if not log:
        return []
    session = Session.objects.select_related("visitor").get(pk=session_id)
    key = session.visitor.key()
    messages = {m.pk: message_view(m, key) for m in _messages([session_id], (e.message_id for e in log))}
    notes = {n.pk: note_view(n, key) for n in _asides(Note, [session_id], (e.note_id for e in log))}
    whispers = {w.pk: whisper_view(w, key) for w in _asides(Whisper, [session_id], (e.whisper_id for e in log))}
    proposals = {p.pk: proposal_view(p, key) for p in _asides(Proposal, [session_id], (e.proposal_id for e in log))}
    return [
        {
            "version": event.version,
            "kind": event.kind,  # type: ignore[typeddict-item]
            "at": event.at.isoformat(),
            "by": events.person(event.by),
            "header": event.header,
            "message": messages.get(event.message_id) if event.message_id else None,
            "note": notes.get(event.note_id) if event.note_id else None,
            "whisper": whispers.get(event.whisper_id) if event.whisper_id else None,
            "proposal": proposals.get(event.proposal_id) if event.proposal_id else None,
            "details": event.details,
        }
        for event in log
    ]


def _messages(sessions: list[int], ids: Iterable[int | None] | None = None) -> Iterable[Message]:
    wanted = None if ids is None else {pk for pk in ids if pk}
    if wanted is not None and not wanted:
        return []
    latest = Prefetch("deliveries", queryset=Delivery.objects.order_by("pk"), to_attr="owed")
    rows = Message.objects.filter(session__in=sessions).select_related("by", "attachment").prefetch_related(latest)
    # What was said before consent is nobody's to read: to staff it is not there.
    rows = rows.defer("attachment__content").exclude(before_consent__in=UNREAD)
    return (rows if wanted is None else rows.filter(pk__in=wanted)).order_by("seq")


def _asides(kind: type[A], sessions: list[int], ids: Iterable[int | None] | None = None) -> Iterable[A]:
    wanted = None if ids is None else {pk for pk in ids if pk}
    if wanted is not None and not wanted:
        return []
    rows = kind._default_manager.filter(session__in=sessions).select_related("by")
    return (rows if wanted is None else rows.filter(pk__in=wanted)).order_by("pk")


def message_view(message: Message, key: bytes) -> MessageView:
    """A message as staff see it, opened with the visitor's key."""
    words = message.words(key)
    return {
        "id": message.pk,
        "seq": message.seq,
        "version": message.version,
        "author": message.author,  # type: ignore[typeddict-item]
        "by": events.person(message.by),
        "kind": message.kind,  # type: ignore[typeddict-item]
        # Readings are for the visitor; what people wrote is left as it is.
        "text": ruby.plain(words) if message.author == Author.AUTO else words,
        "at": message.created_at.isoformat(),
        "client_id": str(message.client_id) if message.client_id else None,
        "unsent": message.unsent_at is not None,
        "before_consent": message.before_consent == BeforeConsent.SHOWN,
        "findings": [_finding_view(one) for one in message.found(key)],
        "attachment": _attachment_view(message),
        "delivery": _delivery_view(message),
    }


def _finding_view(found: Finding) -> FindingView:
    return {
        "start": found.start,
        "end": found.end,
        "word": found.word,
        "level": int(found.level),
        "meaning": found.meaning.value,
    }


def _attachment_view(message: Message) -> AttachmentView | None:
    attachment = getattr(message, "attachment", None) if message.kind in WITH_CONTENT else None
    if attachment is None:
        return None
    return {
        "id": attachment.pk,
        "state": attachment.state,
        "content_type": attachment.content_type,
        "size": attachment.size,
        "width": attachment.width,
        "height": attachment.height,
    }


def _delivery_view(message: Message) -> DeliveryView | None:
    """The latest delivery counts: an earlier one was dismissed when the words were sent again."""
    if message.author == "visitor":
        return None
    owed = message.owed if hasattr(message, "owed") else list(message.deliveries.order_by("pk"))
    if not owed:
        return None
    last = owed[-1]
    state = cast("DeliveryStateName", last.state)
    return {"id": last.pk, "state": state, "reason": last.reason, "tries": last.tries}


def note_view(note: Note, key: bytes) -> NoteView:
    """A note as colleagues see it, opened with the visitor's key."""
    return cast("NoteView", _aside_view(note, key))


def whisper_view(whisper: Whisper, key: bytes) -> WhisperView:
    """A whisper as its two ends, and those who read along, see it; opened with the visitor's key."""
    return cast("WhisperView", _aside_view(whisper, key))


def proposal_view(proposal: Proposal, key: bytes) -> ProposalView:
    """Words that wait, and what was decided about them, opened with the visitor's key."""
    more = {"decision": proposal.decision, "decided_by": events.person(proposal.decided_by)}
    return cast("ProposalView", _aside_view(proposal, key) | more)


def _aside_view(aside: Aside, key: bytes) -> dict[str, object]:
    return {
        "id": aside.pk,
        "version": aside.version,
        "by": {"id": aside.by_id, "name": aside.by.name},
        "text": aside.words(key),
        "at": aside.created_at.isoformat(),
        "client_id": str(aside.client_id),
    }
