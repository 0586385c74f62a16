"""Moving a talk to the telephone (電話移行): what is offered, which numbers can be called, and when. Pure."""

from counseling.telephone.numbers import BadNumber, hidden, masked, normalised, number_in, written
from counseling.telephone.plan import InvalidPlan, Plan, read
from counseling.telephone.slots import Slot, fitting, slot_of, slots
from counseling.telephone.taps import PhoneTap, TapCode, tap_of
from counseling.telephone.terms import (
    DECIDED,
    FINAL,
    SPOKEN,
    Kind,
    NextStep,
    PhoneFace,
    PhoneStage,
    Result,
    Voice,
)

__all__ = [
    "DECIDED",
    "FINAL",
    "SPOKEN",
    "BadNumber",
    "InvalidPlan",
    "Kind",
    "NextStep",
    "PhoneFace",
    "PhoneStage",
    "PhoneTap",
    "Plan",
    "Result",
    "Slot",
    "TapCode",
    "Voice",
    "fitting",
    "hidden",
    "masked",
    "normalised",
    "number_in",
    "read",
    "slot_of",
    "slots",
    "tap_of",
    "written",
]
