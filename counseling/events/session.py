"""A session as staff are told of it: its face, its words, its log."""

from typing import Literal, TypedDict

StateName = Literal[
    "intake", "waiting", "active", "held", "wrap_up", "closed", "abandoned", "off_hours", "out_of_scope", "blocked"
]
AuthorName = Literal["visitor", "counselor", "auto"]
MessageKindName = Literal["text", "sticker", "image", "video", "audio", "file", "location", "unknown"]
DeliveryStateName = Literal["queued", "sending", "sent", "refused", "unknown", "dismissed"]
ConsentName = Literal["", "awaited", "given", "refused", "without"]
CallKindName = Literal["consult", "urgent", "approval"]
DecisionName = Literal["pending", "approved", "returned", "withdrawn"]
MeaningName = Literal["suicide", "self_harm", "violence", "child_in_danger"]
AttachmentStateName = Literal["pending", "ready", "gone", "refused"]
EventKind = Literal[
    "session.opened",
    "session.entered",
    "session.accepted",
    "session.turned_away",
    "session.claimed",
    "session.offered",
    "session.offer_lapsed",
    "session.requeued",
    "session.lost",
    "session.found",
    "session.transferred",
    "session.held",
    "session.resumed",
    "session.nudged",
    "session.ended",
    "session.reopened",
    "session.closed",
    "session.abandoned",
    "session.blocked",
    "session.consented",
    "session.protected",
    "session.arranged",
    "session.let_in",
    "message.received",
    "message.replied",
    "message.told",
    "message.unsent",
    "message.shown",
    "message.attached",
    "delivery.changed",
    "note.added",
    "whisper.said",
    "risk.changed",
    "record.corrected",
    "proposal.made",
    "proposal.approved",
    "proposal.returned",
    "proposal.withdrawn",
    "call.made",
    "call.answered",
    "call.escalated",
    "call.ended",
    "phone.offered",
    "phone.agreed",
    "phone.declined",
    "phone.withdrawn",
    "phone.taken",
    "phone.released",
    "phone.started",
    "phone.ended",
    "phone.overdue",
    "phone.lapsed",
    "step.ticked",
    "step.taken_back",
    "clue.noted",
    "clue.taken_back",
    "agency.contacted",
    "agency.corrected",
    "sheet.filed",
]
PhoneName = Literal["", "line", "offered", "agreed", "taken", "calling", "overdue", "moved", "over"]


class Person(TypedDict):
    """A staff member, as colleagues see them."""

    id: int
    name: str


class CallView(TypedDict):
    """A counselor calls for a supervisor: since when, whom it has come to by now and when it goes on; who comes, by id.

    `step`: 0 every supervisor's screen, 1 absent supervisors, 2 administrators.
    """

    kind: CallKindName
    by: int
    at: str
    step: int
    due_at: str | None
    answered_by: int | None
    answered_at: str | None


class SessionView(TypedDict):
    """The face of a session: everything the board and a talk's head show. No words.

    `consent`: empty where nobody is asked for it; while it is awaited or refused, what the visitor says is for nobody
    to read; without it, a supervisor goes on to protect a life. `phone`: how far a move to the telephone has come.
    `reported_at`: when an agency was first told of it.

    `approach`: the version of the note on how to answer this visitor, 0 where there is none; its words are asked for.
    `in_spite_of`: the refusal in spite of which danger to life let them in.
    """

    id: int
    program: int
    number: int
    version: int
    pseudonym: str
    visitor: int
    channel: Literal["line", "web"]
    state: StateName
    risk: int
    consent: ConsentName
    visits: int
    trial: bool
    attributes: dict[str, str | int | list[str]]
    counselor: Person | None
    counselor_lost_at: str | None
    taken_from: int | None
    taken_because: str
    approach: int
    agreed_minutes: int | None
    in_spite_of: str
    call: CallView | None
    phone: PhoneName
    reported_at: str | None
    offered_to: int | None
    offered_until: str | None
    received_at: str
    queued_at: str | None
    claimed_at: str | None
    ended_at: str | None
    end_reason: str
    classification: str
    thankful_end: bool | None
    waiting_since: str | None
    silent_since: str | None
    idle_steps: int
    message_count: int
    visitor_count: int


class AttachmentView(TypedDict):
    """What came with a message; its content is at /api/attachments/<id> for those who may read the talk."""

    id: int
    state: AttachmentStateName
    content_type: str
    size: int
    width: int
    height: int


class DeliveryView(TypedDict):
    """How far a message to LINE has come."""

    id: int
    state: DeliveryStateName
    reason: str
    tries: int


class FindingView(TypedDict):
    """A word of danger in a visitor's message, at text[start:end] counted in code points (a surrogate pair is one).

    `word` as the dictionary spells it. Never part of a shape for visitors.
    """

    start: int
    end: int
    word: str
    level: int
    meaning: MeaningName


class MessageView(TypedDict):
    """A message as staff see it. `version`: of the session, when this message last changed.

    `before_consent`: said before the visitor agreed to the terms; told only since. `findings`: words of danger found
    in it when it came.
    """

    id: int
    seq: int
    version: int
    author: AuthorName
    by: Person | None
    kind: MessageKindName
    text: str
    at: str
    client_id: str | None
    unsent: bool
    before_consent: bool
    findings: list[FindingView]
    attachment: AttachmentView | None
    delivery: DeliveryView | None


class NoteView(TypedDict):
    """Words among staff. Never part of a shape for visitors."""

    id: int
    version: int
    by: Person
    text: str
    at: str
    client_id: str


class WhisperView(TypedDict):
    """Words between a supervisor and the counselor beside the talk. Never part of a shape for visitors; no note."""

    id: int
    version: int
    by: Person
    text: str
    at: str
    client_id: str


class ProposalView(TypedDict):
    """Words a trainee would say to the visitor, and what a supervisor decided. Never part of a shape for visitors."""

    id: int
    version: int
    by: Person
    text: str
    at: str
    client_id: str
    decision: DecisionName
    decided_by: Person | None


class EventView(TypedDict):
    """One line of a session's log with what it changed. Upsert by version: an older one changes nothing."""

    version: int
    kind: EventKind
    at: str
    by: Person | None
    header: SessionView
    message: MessageView | None
    note: NoteView | None
    whisper: WhisperView | None
    proposal: ProposalView | None
    details: dict[str, str | int | bool | None]


class IntakeAnswer(TypedDict):
    """One answer from before the talk, in the words of the form that was answered. `personal`: tells who they are."""

    key: str
    label: str
    answers: list[str]
    personal: bool


class SessionState(TypedDict):
    """All of a session for someone who may read it; `upto` is the version it stands at.

    `needs_approval`: what its reader replies waits for a supervisor. `proposals`: those that wait, or were returned.

    `read_seq` and `read_whisper`: the visitor's message and the whisper its counselor has seen last.
    """

    header: SessionView
    intake: list[IntakeAnswer]
    messages: list[MessageView]
    notes: list[NoteView]
    whispers: list[WhisperView]
    proposals: list[ProposalView]
    needs_approval: bool
    summary: str
    draft: str
    read_seq: int
    read_whisper: int
    upto: int


class SessionFrame(TypedDict):
    """What is new in a session since `after`. A client whose version is below `after` asks again."""

    type: Literal["session"]
    session: int
    after: int
    upto: int
    events: list[EventView]
