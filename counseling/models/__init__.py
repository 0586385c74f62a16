"""What is stored."""

from counseling.models.delivery import Delivery, InboundEvent
from counseling.models.message import Attachment, Message, Note
from counseling.models.program import CannedReply, Channel, Program
from counseling.models.session import Assignment, Draft, Session, SessionEvent, Visitor
from counseling.models.staff import Membership, Presence

__all__ = [
    "Assignment",
    "Attachment",
    "CannedReply",
    "Channel",
    "Delivery",
    "Draft",
    "InboundEvent",
    "Membership",
    "Message",
    "Note",
    "Presence",
    "Program",
    "Session",
    "SessionEvent",
    "Visitor",
]
