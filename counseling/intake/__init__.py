"""The questions before a talk on LINE, one after another: language, consent, the program's intake. Pure."""

from counseling.forms import WORDS as IN_WORDS
from counseling.intake.answering import Answered, answer_of, chosen, said_plainly, with_answer
from counseling.intake.asking import Asked, Buttons, asked, question_words
from counseling.intake.steps import CONSENT, LANGUAGE, Progress, first_step, following
from counseling.intake.taps import Code, Tap, tap_of

__all__ = [
    "CONSENT",
    "IN_WORDS",
    "LANGUAGE",
    "Answered",
    "Asked",
    "Buttons",
    "Code",
    "Progress",
    "Tap",
    "answer_of",
    "asked",
    "chosen",
    "first_step",
    "following",
    "question_words",
    "said_plainly",
    "tap_of",
    "with_answer",
]
