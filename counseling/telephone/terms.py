"""The words of 電話移行 as codes. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    """Who calls whom."""

    LINE = "line"  # the visitor calls the program's own telephone
    CALL_BACK = "call_back"  # 折り返し: we call the visitor


class PhoneStage(StrEnum):
    """How far a move to the telephone has come."""

    PROPOSED = "proposed"  # a trainee's offer waits for a supervisor
    OFFERED = "offered"
    ANSWERING = "answering"  # the visitor would like it, and is asked when and where
    AGREED = "agreed"  # on the list of calls (電話の予定)
    TAKEN = "taken"  # somebody of the house makes the call
    OVER = "over"


class Result(StrEnum):
    """What came of it."""

    TALKED = "talked"  # 話せた
    UNREACHED = "unreached"  # 出なかった
    REFUSED = "refused"  # 断られた
    WRONG_NUMBER = "wrong_number"  # 番号違い
    REFERRED = "referred"  # 別機関へ
    DECLINED = "declined"  # the visitor would rather stay in the talk
    WITHDRAWN = "withdrawn"  # taken back, by the visitor or by us
    LAPSED = "lapsed"  # the number was forgotten before anybody called


class NextStep(StrEnum):
    """What follows a call."""

    NONE = "none"
    AGAIN = "again"  # another call, at a time
    CHAT = "chat"  # back to the talk
    FOLLOW_UP = "follow_up"  # 要フォロー


class Voice(StrEnum):
    """Whether we may say who we are to whoever picks up (名乗ってよいか)."""

    PROGRAM = "program"  # yes, the program's name
    SURNAME = "surname"  # only the caller's surname
    NOBODY = "nobody"  # nothing to anybody but the person


class PhoneFace(StrEnum):
    """What a session's face shows of it; codes for consoles, walls and figures."""

    NONE = ""
    LINE = "line"  # the visitor was told the program's number
    OFFERED = "offered"
    AGREED = "agreed"
    TAKEN = "taken"
    CALLING = "calling"
    OVERDUE = "overdue"
    MOVED = "moved"
    OVER = "over"


# Results a person enters after a call; and those after which we have spoken with the visitor.
DECIDED = (Result.TALKED, Result.UNREACHED, Result.REFUSED, Result.WRONG_NUMBER, Result.REFERRED)
SPOKEN = frozenset({Result.TALKED, Result.REFERRED})
# After these the number is never called again.
FINAL = frozenset({Result.REFUSED, Result.WRONG_NUMBER, *SPOKEN})
