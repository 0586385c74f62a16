"""The words of a survey's rows, as codes. Pure."""

from enum import StrEnum


class InvitationState(StrEnum):
    """What became of an invitation."""

    OWED = "owed"
    SENT = "sent"
    DROPPED = "dropped"  # never sent: `why` says for which reason


class Stage(StrEnum):
    """How far an answer has come."""

    OPEN = "open"  # nobody has answered it yet, or not all of it
    FINISHED = "finished"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Kept(StrEnum):
    """Where answers are kept."""

    WITH_TALK = "with_talk"
    APART = "apart"
