"""Forms (intake, record, risk, survey) as data: questions, their JSON Schema, and answers to them. Pure."""

from counseling.forms.answers import Answer, Answers, InvalidAnswers, check, is_asked, words_apart
from counseling.forms.losses import Loss, losses, unread
from counseling.forms.meaning import MEANINGS, meanings, wrong
from counseling.forms.questions import (
    LONG_TEXT,
    WORDS,
    Choice,
    Condition,
    Form,
    Kind,
    Question,
    ReportKey,
)
from counseling.forms.reading import InvalidForm, checked, read
from counseling.languages import Labels

__all__ = [
    "LONG_TEXT",
    "MEANINGS",
    "WORDS",
    "Answer",
    "Answers",
    "Choice",
    "Condition",
    "Form",
    "InvalidAnswers",
    "InvalidForm",
    "Kind",
    "Labels",
    "Loss",
    "Question",
    "ReportKey",
    "check",
    "checked",
    "is_asked",
    "losses",
    "meanings",
    "read",
    "unread",
    "words_apart",
    "wrong",
]
