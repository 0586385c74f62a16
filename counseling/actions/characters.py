"""The characters of practices write, listen and go: one step of each at every sweep, whichever worker takes it.

Where a character stands is a row under a lock, and what it says is a message in the same transaction: a worker that
dies loses nothing, and two of them say nothing twice.
"""

from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from django.db import transaction
from django.utils import timezone

from counseling import lifecycle
from counseling.actions import messages
from counseling.actions.practice import finish
from counseling.actions.sweeping import each
from counseling.lifecycle import State
from counseling.models import Message, Practice, Reaction
from counseling.models.message import Author
from counseling.practice import CAST, Character, Ending, Heard, Hearing, Mood, hear, pause_before, react


def walk() -> int:
    """A step with every practice that goes on; how many did something."""
    going = Practice.objects.filter(ended_at=None).values_list("pk", flat=True)
    return each(list(going), _step, timezone.now())


@transaction.atomic
def _step(practice_id: int, now: datetime) -> int:
    rows = Practice.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    practice = rows.select_related("session__visitor__channel").filter(pk=practice_id, ended_at=None).first()
    if practice is None:
        return 0
    character = CAST.get(practice.character)
    if character is None or practice.session.state not in lifecycle.OPEN:
        finish(practice, Ending.ELSEWHERE)
        return 1
    did = _listen(practice, character, now) or _feel_silence(practice, character, now)
    return _speak(practice, character, now) or did


def _listen(practice: Practice, character: Character, now: datetime) -> int:
    """Hear every reply that is new, one by one and in order."""
    key = practice.session.visitor.key()
    new = Message.objects.filter(
        session=practice.session, author=Author.COUNSELOR, seq__gt=practice.heard_seq, unsent_at=None
    )
    heard = 0
    for message in new.order_by("seq"):
        _react(practice, character, hear(message.words(key)), message, now)
        practice.heard_seq, heard = message.seq, 1
    if heard:
        practice.save()
    return heard


def _feel_silence(practice: Practice, character: Character, now: datetime) -> int:
    """Our silence, as soon as it is longer than this character's patience."""
    session = practice.session
    if session.state != State.ACTIVE or practice.part:
        return 0
    moments = (practice.moved_at, session.last_visitor_at, session.silent_since)
    if now - max(moment for moment in moments if moment) < timedelta(seconds=character.patience):
        return 0
    _react(practice, character, Hearing(Heard.SILENCE), None, now)
    practice.save()
    return 1


def _react(practice: Practice, character: Character, hearing: Hearing, to: Message | None, now: datetime) -> None:
    """What was heard moves the character; who is already going hears nothing more."""
    if practice.ending:
        return
    before = Mood(practice.trust, tuple(practice.told), practice.answered, practice.stays)
    turn = react(character, before, hearing)
    # Who is still writing goes on writing, and tells another time what this would have brought out.
    is_writing = bool(practice.part) and turn.ending is None
    after = before if is_writing else turn.mood
    practice.told, practice.answered, practice.stays = list(after.told), dict(after.answered), after.stays
    practice.trust, practice.moved_at = turn.mood.trust, now
    Reaction.objects.create(
        practice=practice, message=to, heard=turn.heard, before=before.trust, after=turn.mood.trust, at=now
    )
    if is_writing:
        return
    practice.part, practice.line, practice.ending = turn.part, 0, turn.ending or ""
    _wait_for_line(practice, character, now)


def _wait_for_line(practice: Practice, character: Character, now: datetime) -> None:
    """When the line that stands next will be written; no part any more where there is none."""
    lines = character.lines(practice.part)
    if practice.line < len(lines):
        practice.due_at = now + timedelta(seconds=pause_before(lines[practice.line], character.pace))
    else:
        practice.part, practice.line, practice.due_at = "", 0, None


def _speak(practice: Practice, character: Character, now: datetime) -> int:
    """Write the line that is due; go, where nothing is left to say and the practice has an ending."""
    if practice.due_at and practice.due_at > now:
        return 0
    if (lines := character.lines(practice.part))[practice.line :]:
        visitor = practice.session.visitor
        messages.receive(
            channel_id=visitor.channel_id,
            identity=visitor.address(),
            text=lines[practice.line],
            client_id=uuid5(NAMESPACE_OID, f"practice:{practice.pk}:{practice.spoken}"),
        )
        practice.line, practice.spoken, practice.moved_at = practice.line + 1, practice.spoken + 1, now
        _wait_for_line(practice, character, now)
        practice.save()
        return 1
    if practice.ending:
        finish(practice, Ending(practice.ending))
        return 1
    return 0
