"""Cursor → what is new, per audience: staff, visitor, board. Reading only; permission is asked by the caller's door."""

from counseling.feeds.arrangements import approach_view
from counseling.feeds.board import board, boards, reception, session_view
from counseling.feeds.callins import off_duty
from counseling.feeds.crew import is_staffed
from counseling.feeds.handovers import handover_note_view, handover_notes
from counseling.feeds.me import me, my_sessions, open_programs
from counseling.feeds.risk import risk_state
from counseling.feeds.session import message_view, note_view, proposal_view, session_events, session_state, whisper_view
from counseling.feeds.talk import (
    TOLD,
    place_in_queue,
    talk_events,
    talk_header,
    talk_state,
    talk_view,
    visitor_by_identity,
)

__all__ = [
    "TOLD",
    "approach_view",
    "board",
    "boards",
    "handover_note_view",
    "handover_notes",
    "is_staffed",
    "me",
    "message_view",
    "my_sessions",
    "note_view",
    "off_duty",
    "open_programs",
    "place_in_queue",
    "proposal_view",
    "reception",
    "risk_state",
    "session_events",
    "session_state",
    "session_view",
    "talk_events",
    "talk_header",
    "talk_state",
    "talk_view",
    "visitor_by_identity",
    "whisper_view",
]
