"""What is stored."""

from counseling.models.agency import Agency, AgencyKind
from counseling.models.arrangement import Approach, Block, Limit
from counseling.models.care import Aftercare, ReviewDraft, ReviewSheet, ReviewVersion
from counseling.models.delivery import Delivery, InboundEvent
from counseling.models.duty import Break, Duty, HandoverNote, HandoverTick
from counseling.models.edition import Edition, Part
from counseling.models.emergency import AgencyContact, Clue, Filing, SheetReading, StepTick, Trace
from counseling.models.entry import EntryLink
from counseling.models.line_account import LineAccount
from counseling.models.machine import ApiToken, Notification, Subscription
from counseling.models.message import Aside, Attachment, Message, Note, Proposal, Whisper
from counseling.models.practice import Practice, Reaction
from counseling.models.program import CannedReply, Channel, Program
from counseling.models.record import Record, RecordReview, RecordVersion
from counseling.models.risk import Assessment
from counseling.models.session import Assignment, Draft, Session, SessionEvent, Visitor
from counseling.models.shift import CalendarFeed, Shift, ShiftNotice, ShiftPattern, ShiftRequest
from counseling.models.staff import CallIn, Membership, OnCallMail, Presence
from counseling.models.supervision import CallMail, Reading
from counseling.models.telephone import PhoneCall, PhoneMail, PhoneTransfer
from counseling.models.volunteer import Application, JoinLink

__all__ = [
    "Aftercare",
    "Agency",
    "AgencyContact",
    "AgencyKind",
    "ApiToken",
    "Application",
    "Approach",
    "Aside",
    "Assessment",
    "Assignment",
    "Attachment",
    "Block",
    "Break",
    "CalendarFeed",
    "CallIn",
    "CallMail",
    "CannedReply",
    "Channel",
    "Clue",
    "Delivery",
    "Draft",
    "Duty",
    "Edition",
    "EntryLink",
    "Filing",
    "HandoverNote",
    "HandoverTick",
    "InboundEvent",
    "JoinLink",
    "Limit",
    "LineAccount",
    "Membership",
    "Message",
    "Note",
    "Notification",
    "OnCallMail",
    "Part",
    "PhoneCall",
    "PhoneMail",
    "PhoneTransfer",
    "Practice",
    "Presence",
    "Program",
    "Proposal",
    "Reaction",
    "Reading",
    "Record",
    "RecordReview",
    "RecordVersion",
    "ReviewDraft",
    "ReviewSheet",
    "ReviewVersion",
    "Session",
    "SessionEvent",
    "SheetReading",
    "Shift",
    "ShiftNotice",
    "ShiftPattern",
    "ShiftRequest",
    "StepTick",
    "Subscription",
    "Trace",
    "Visitor",
    "Whisper",
]
