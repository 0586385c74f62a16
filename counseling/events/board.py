"""A program as its people are told of it, and the small frames every socket knows."""

from typing import Literal, TypedDict

from counseling.events.session import Person, SessionView

StageName = Literal["draft", "open", "paused", "closed"]


class ByHand(TypedDict):
    """What somebody did to a program and may undo: since when, and by whom."""

    since: str
    by: Person | None


class Reception(TypedDict):
    """Whether a program receives now, by its hours (`intake_open`) and by its people (`staffed`, with `lines` open).

    `stage`: other than open it takes nobody new; `paused` says by whom. `diverted`: the queue is for supervisors alone.
    """

    open: bool
    intake_open: bool
    hours: str
    closes_at: str | None
    intake_until: str | None
    next_open: str | None
    staffed: bool
    on_duty: int
    least_on_duty: int
    supervisors: int
    least_supervisors: int
    lines: int
    surge_until: str | None
    stage: StageName
    paused: ByHand | None
    diverted: ByHand | None


class Colleague(TypedDict):
    """A person on a program with their load (同時対応); `takes`: on duty, present and allowed; `away`: of a break.

    `called_at`: when they were last asked by mail to come, within the last hours.
    """

    id: int
    name: str
    roles: list[str]
    present: bool
    on_duty: bool
    away: str
    takes: bool
    load: int
    capacity: int
    shift_ends_at: str | None
    qualifications: list[str]
    languages: list[str]
    can_take: list[str]
    called_at: str | None


class Board(TypedDict):
    """A program now, without words: live sessions, reception, people, trouble, the newest hand-over note (0: none)."""

    program: int
    serial: int
    reception: Reception
    sessions: list[SessionView]
    colleagues: list[Colleague]
    trouble: list[str]
    last_note: int
    at: str


class BoardFrame(TypedDict):
    """The board, or its differences: apply only when `base` is the serial you hold (null: take it whole).

    Sessions that `changed` and that are `gone`; `colleagues` that changed, and the ids of those who `left`.
    """

    type: Literal["board"]
    program: int
    base: int | None
    serial: int
    reception: Reception
    changed: list[SessionView]
    gone: list[int]
    colleagues: list[Colleague]
    left: list[int]
    trouble: list[str]
    last_note: int
    at: str


class TypingFrame(TypedDict):
    """Someone writes in a session just now."""

    type: Literal["typing"]
    session: int
    who: Literal["visitor", "counselor"]


class WatchingFrame(TypedDict):
    """Who else reads along in a session just now, by id; told to staff who may read it, at every change."""

    type: Literal["watching"]
    session: int
    who: list[int]


class DeniedFrame(TypedDict):
    """A watch that is not or no longer allowed (as if it did not exist)."""

    type: Literal["denied"]
    topic: str
    id: int


class HeldRole(TypedDict):
    """A role of one's own in a program."""

    program: int
    role: str


class RolesFrame(TypedDict):
    """The first word of a staff socket: the roles its person holds. It is closed as soon as they hold others."""

    type: Literal["roles"]
    held: list[HeldRole]


class PongFrame(TypedDict):
    """The answer to a ping."""

    type: Literal["pong"]
    at: str


class ByeFrame(TypedDict):
    """The socket is about to be closed: sign in again, or come back later."""

    type: Literal["bye"]
    why: Literal["signed_out", "roles_changed", "restarting", "too_slow"]
