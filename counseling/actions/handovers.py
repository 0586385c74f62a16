"""What one shift tells the next: notes left among staff, ticked by those who have read them."""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.roles import Right
from counseling import crypto, events, permissions
from counseling.actions.messages import ClientIdReused
from counseling.models import HandoverNote, HandoverTick
from counseling.text import clean

NOTE_LIMIT = 2_000  # UTF-16 units


@transaction.atomic
def leave(*, program_id: int, client_id: UUID, text: str, by: User) -> tuple[HandoverNote, bool]:
    """A note for those who come next in the program; True when new.

    Raises permissions.NotVisible, text.UnacceptableText, ClientIdReused.
    """
    words = clean(text, limit=NOTE_LIMIT)
    permissions.require(by, Right.WORK_SHIFTS, program_id)
    place = HandoverNote(program_id=program_id, by=by, client_id=client_id).place
    note, new = HandoverNote.objects.get_or_create(
        program_id=program_id,
        by=by,
        client_id=client_id,
        defaults={"body": crypto.seal_house(words.encode(), place)},
    )
    if not new and note.words() != words:
        raise ClientIdReused
    events.ring(events.board_group(program_id))
    return note, new


@transaction.atomic
def tick(*, note_id: int, by: User) -> None:
    """`by` has read the note; once is enough, and one's own needs no tick. Raises permissions.NotVisible."""
    note = HandoverNote.objects.filter(pk=note_id).first()
    if note is None:
        raise permissions.NotVisible
    permissions.require(by, Right.WORK_SHIFTS, note.program_id)
    if note.by_id != by.pk:
        HandoverTick.objects.get_or_create(note=note, user=by)
