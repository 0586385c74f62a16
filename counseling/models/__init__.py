"""What is stored."""

from counseling.models.agency import Agency, AgencyKind
from counseling.models.arrangement import Approach, Block, Limit
from counseling.models.care import Aftercare, ReviewDraft, ReviewSheet, ReviewVersion
from counseling.models.delivery import Delivery, InboundEvent
from counseling.models.duty import Break, Duty, HandoverNote, HandoverTick
from counseling.models.edition import Edition, Part
from counseling.models.emergency import AgencyContact, Clue, Filing, SheetReading, StepTick, Trace
from counseling.models.entry import EntryLink
from counseling.models.follow_up import FollowMail, FollowUp, FollowUpMessage, FollowUpStep, ReturnCode
from counseling.models.keeping import DoomedHalf, Erasure, Forgotten, Hold, Night
from counseling.models.line_account import LineAccount
from counseling.models.machine import ApiToken, Notification, Subscription
from counseling.models.merge import Merge
from counseling.models.message import Aside, Attachment, Message, Note, Proposal, Whisper
from counseling.models.outreach import Outreach, OutreachGoer, OutreachMail, OutreachStep
from counseling.models.practice import Practice, Reaction
from counseling.models.program import CannedReply, Channel, Program
from counseling.models.record import Record, RecordMail, RecordReview, RecordVersion
from counseling.models.referral import Referral, ReferralLetter, ReferralMail, ReferralVersion
from counseling.models.rights import ContractEnd, Disclosure
from counseling.models.risk import Assessment
from counseling.models.session import Assignment, Draft, Session, SessionEvent, Visitor
from counseling.models.shift import CalendarFeed, Shift, ShiftNotice, ShiftPattern, ShiftRequest
from counseling.models.staff import CallIn, Membership, OnCallMail, Presence
from counseling.models.supervision import CallMail, Reading
from counseling.models.survey import ApartAnswer, SurveyAlarm, SurveyAnswer, SurveyInvitation
from counseling.models.telephone import PhoneCall, PhoneMail, PhoneTransfer
from counseling.models.volunteer import Application, JoinLink

__all__ = [
    "Aftercare",
    "Agency",
    "AgencyContact",
    "AgencyKind",
    "ApartAnswer",
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
    "ContractEnd",
    "Delivery",
    "Disclosure",
    "DoomedHalf",
    "Draft",
    "Duty",
    "Edition",
    "EntryLink",
    "Erasure",
    "Filing",
    "FollowMail",
    "FollowUp",
    "FollowUpMessage",
    "FollowUpStep",
    "Forgotten",
    "HandoverNote",
    "HandoverTick",
    "Hold",
    "InboundEvent",
    "JoinLink",
    "Limit",
    "LineAccount",
    "Membership",
    "Merge",
    "Message",
    "Night",
    "Note",
    "Notification",
    "OnCallMail",
    "Outreach",
    "OutreachGoer",
    "OutreachMail",
    "OutreachStep",
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
    "RecordMail",
    "RecordReview",
    "RecordVersion",
    "Referral",
    "ReferralLetter",
    "ReferralMail",
    "ReferralVersion",
    "ReturnCode",
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
    "SurveyAlarm",
    "SurveyAnswer",
    "SurveyInvitation",
    "Trace",
    "Visitor",
    "Whisper",
]
