"""The hand-over notes of a program, for those who work its shifts."""

from datetime import timedelta

from django.db.models import Prefetch
from django.utils import timezone

from counseling.events import HandoverNoteView
from counseling.models import HandoverNote, HandoverTick

SHOWN_FOR = timedelta(days=14)
MOST = 50


def handover_notes(program_id: int) -> list[HandoverNoteView]:
    """The notes of the last 14 days, at most 50, newest first, with who has read them: two queries."""
    ticks = Prefetch("ticks", HandoverTick.objects.select_related("user").order_by("at", "pk"))
    notes = HandoverNote.objects.filter(program=program_id, created_at__gt=timezone.now() - SHOWN_FOR)
    newest = notes.select_related("by").prefetch_related(ticks).order_by("-created_at", "-pk")[:MOST]
    return [handover_note_view(note) for note in newest]


def handover_note_view(note: HandoverNote) -> HandoverNoteView:
    """One note with who has read it."""
    return {
        "id": note.pk,
        "program": note.program_id,
        "by": {"id": note.by.pk, "name": note.by.name},
        "text": note.words(),
        "at": note.created_at.isoformat(),
        "client_id": str(note.client_id),
        "ticks": [
            {"by": {"id": tick.user.pk, "name": tick.user.name}, "at": tick.at.isoformat()} for tick in note.ticks.all()
        ],
    }
