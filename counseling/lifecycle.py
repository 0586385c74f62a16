"""The life of a session as one table. Pure: no Django, no clock, no database."""

from enum import IntEnum, StrEnum


class State(StrEnum):
    """Where one sitting with a visitor stands (domain.md §2)."""

    INTAKE = "intake"
    WAITING = "waiting"
    ACTIVE = "active"
    HELD = "held"
    WRAP_UP = "wrap_up"
    CLOSED = "closed"
    ABANDONED = "abandoned"
    OFF_HOURS = "off_hours"
    OUT_OF_SCOPE = "out_of_scope"
    BLOCKED = "blocked"


class Medium(StrEnum):
    """How the two talked: on the visitor's channel, or in a way that is told of afterwards."""

    CHAT = "chat"
    TELEPHONE = "telephone"  # 電話
    VISIT = "visit"  # 訪問


class Move(StrEnum):
    """What can happen to a session."""

    ENTER = "enter"

    ACCEPT = "accept"
    TURN_AWAY = "turn_away"
    OUTSIDE = "outside"
    CLAIM = "claim"
    REQUEUE = "requeue"
    PROTECT = "protect"
    TRANSFER = "transfer"
    HOLD = "hold"
    RESUME = "resume"
    END = "end"
    REOPEN = "reopen"
    CLOSE = "close"
    ABANDON = "abandon"
    PART = "part"
    BLOCK = "block"


class EndReason(StrEnum):
    """Why a sitting ended (domain.md §2, «ends»)."""

    CONCLUDED = "concluded"
    TELEPHONE = "telephone"  # 電話へ
    IDLE = "idle"
    HOURS_OVER = "hours_over"
    VISITOR_LEFT = "visitor_left"
    VISITOR_BLOCKED = "visitor_blocked"
    NO_CONSENT = "no_consent"
    PRANK = "prank"
    OUT_OF_SCOPE = "out_of_scope"
    SYSTEM = "system"


class Classification(StrEnum):
    """What the sitting was, confirmed by a person (domain.md §2, record)."""

    VALID = "valid"
    NO_REPLY = "no_reply"
    PRANK = "prank"
    OUT_OF_SCOPE = "out_of_scope"
    TEST = "test"


class TakeOver(StrEnum):
    """Why a supervisor took a talk over: its counselor is told."""

    RISK = "risk"
    ASKED = "asked"
    REST = "rest"
    OTHER = "other"


class Consent(StrEnum):
    """Whether the visitor agreed to the terms (同意), where they are asked before anybody reads their words."""

    AWAITED = "awaited"
    GIVEN = "given"
    REFUSED = "refused"  # and yet not let go: somebody may be in danger
    WITHOUT = "without"  # a supervisor goes on without it, to protect a life


class CallKind(StrEnum):
    """How a counselor calls for a supervisor in the midst of a talk."""

    CONSULT = "consult"  # SVに相談
    URGENT = "urgent"  # 緊急
    APPROVAL = "approval"  # a trainee's reply waits to be approved


class CallStep(IntEnum):
    """Whom a call that nobody answers has come to by now."""

    SUPERVISORS = 0  # every supervisor's screen
    ABSENT = 1  # by mail, the supervisors whose consoles are not open
    MANAGERS = 2  # by mail, the administrators


class Refusal(StrEnum):
    """Why an access was not accepted (domain.md §2, accesses)."""

    OFF_HOURS = "off_hours"
    AFTER_INTAKE_CLOSE = "after_intake_close"
    NOT_YET = "not_yet"
    PERIOD_OVER = "period_over"
    OUT_OF_SCOPE = "out_of_scope"
    UNSTAFFED = "unstaffed"
    PAUSED = "paused"
    CLOSED = "closed"
    LIMITED = "limited"
    AGREED = "agreed_limit"  # what was agreed with this visitor is used up
    BARRED = "barred"  # supervisors stopped receiving this visitor for a while


# Open: the visitor is in it; the database holds at most one of these for a visitor and program.
OPEN = frozenset({State.INTAKE, State.WAITING, State.ACTIVE, State.HELD})
# These concern one visitor, whether the door is open or not; danger to life is never turned away by them.
OVERRULED_BY_DANGER = frozenset({Refusal.LIMITED, Refusal.AGREED, Refusal.BARRED})
# With a counselor: these use up a counselor's capacity (同時対応数).
TAKEN = frozenset({State.ACTIVE, State.HELD})
# On the board: open, or ended and waiting for the counselor's closing words.
LIVE = OPEN | {State.WRAP_UP}
# With a record to write, or written: a person of ours had the talk.
RECORDED = TAKEN | {State.WRAP_UP, State.CLOSED}
# What the visitor says meanwhile is for nobody of the staff to read.
WITHHOLDING = frozenset({Consent.AWAITED, Consent.REFUSED})
FINISHED = frozenset({State.CLOSED, State.ABANDONED, State.OFF_HOURS, State.OUT_OF_SCOPE, State.BLOCKED})

MOVES: dict[Move, tuple[frozenset[State], State]] = {
    # It happened on the telephone or at a visit, and is over: its record is due like any other's.
    Move.ENTER: (frozenset({State.INTAKE}), State.WRAP_UP),
    Move.ACCEPT: (frozenset({State.INTAKE}), State.WAITING),
    Move.TURN_AWAY: (frozenset({State.INTAKE}), State.OFF_HOURS),
    Move.OUTSIDE: (frozenset({State.INTAKE}), State.OUT_OF_SCOPE),
    Move.CLAIM: (frozenset({State.WAITING}), State.ACTIVE),
    Move.PROTECT: (frozenset({State.INTAKE}), State.ACTIVE),
    Move.REQUEUE: (frozenset({State.ACTIVE, State.HELD}), State.WAITING),
    Move.TRANSFER: (frozenset({State.ACTIVE, State.HELD}), State.ACTIVE),
    Move.HOLD: (frozenset({State.ACTIVE}), State.HELD),
    Move.RESUME: (frozenset({State.HELD}), State.ACTIVE),
    Move.END: (frozenset({State.ACTIVE, State.HELD}), State.WRAP_UP),
    # Talked with, waiting for somebody else, and gone: there is a talk to tell of.
    Move.PART: (frozenset({State.WAITING}), State.WRAP_UP),
    Move.REOPEN: (frozenset({State.WRAP_UP}), State.ACTIVE),
    Move.CLOSE: (frozenset({State.WRAP_UP}), State.CLOSED),
    Move.ABANDON: (frozenset({State.INTAKE, State.WAITING}), State.ABANDONED),
    Move.BLOCK: (frozenset({State.INTAKE, State.WAITING}), State.BLOCKED),
}


class CannotMove(Exception):
    """The session is not in a state from which this can happen."""

    def __init__(self, move: Move, state: State) -> None:
        super().__init__(f"cannot {move} from {state}")
        self.move, self.state = move, state


def after(move: Move, state: State) -> State:
    """The state after `move` from `state`. Raises CannotMove where the table has no such row."""
    sources, target = MOVES[move]
    if state not in sources:
        raise CannotMove(move, state)
    return target
