"""The survey after a talk (アンケート): when it is sent and to whom, how it is asked by taps, what is counted. Pure."""

from counseling.survey.asking import Asked, asked, by_taps, following, previous
from counseling.survey.plan import Door, InvalidPlan, Plan, When, read
from counseling.survey.sending import Facts, Step, Verdict, decide
from counseling.survey.taps import SurveyCode, SurveyTap, tap_of
from counseling.survey.terms import InvitationState, Kept, Stage

__all__ = [
    "Asked",
    "Door",
    "Facts",
    "InvalidPlan",
    "InvitationState",
    "Kept",
    "Plan",
    "Stage",
    "Step",
    "SurveyCode",
    "SurveyTap",
    "Verdict",
    "When",
    "asked",
    "by_taps",
    "decide",
    "following",
    "previous",
    "read",
    "tap_of",
]
