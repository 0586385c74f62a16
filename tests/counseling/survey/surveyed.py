"""What the tests of the survey share: a form, a program that sends it, a talk that ended, and the visitor's taps."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from counseling import crypto
from counseling.actions import editions, messages, sessions, surveys, taps
from counseling.forms import Choice, Condition, Form, Kind, Question, ReportKey
from counseling.lifecycle import EndReason
from counseling.models import Channel, Delivery, Part, Program, Session, SurveyAnswer, SurveyInvitation
from counseling.survey import SurveyTap, tap_of
from tests.conftest import SORA
from tests.counseling.asked import buttons

YES = tuple(
    Choice(code, {"ja": words}) for code, words in (("yes", "はい"), ("neither", "どちらとも"), ("no", "いいえ"))
)
SATISFIED = tuple(Choice(code, {"ja": words}) for code, words in (("satisfied", "満足"), ("dissatisfied", "不満")))
FORM = Form((
    Question("good", Kind.CHOICE, {"ja": "相談してよかったですか"}, YES, report=ReportKey.GOOD_TO_HAVE_TALKED),
    Question(
        "why", Kind.CHOICES, {"ja": "よかったこと"},
        (Choice("listened", {"ja": "聞いてくれた"}), Choice("soon", {"ja": "早かった"})),
        shown_if=Condition("good", ("yes",)),
    ),
    Question("words", Kind.LONG_TEXT, {"ja": "ご感想"}),
    Question("satisfied", Kind.CHOICE, {"ja": "満足度"}, SATISFIED, report=ReportKey.SATISFACTION),
))  # fmt: skip
LINK = re.compile(r"/talk/[a-z0-9-]+/survey/([A-Za-z0-9_-]{32})")


def with_survey(program: Program, form: Form = FORM, **plan: Any) -> Program:
    """The program asks these questions, at the end of a talk unless it is said otherwise."""
    editions.put_in_force(program, Part.SURVEY, form.to_json(), by=None)
    editions.put_in_force(program, Part.SURVEY_PLAN, {"when": "at_end", **plan}, by=None)
    program.save(update_fields=["editions"])
    return program


def talked(session: Session, by: User, *, reason: EndReason = EndReason.CONCLUDED, replied: bool = True) -> Session:
    """Both wrote, and the talk ended."""
    messages.reply(session_id=session.pk, by=by, client_id=uuid4(), words="お話しください")
    if replied:
        messages.receive(
            channel_id=session.visitor.channel_id,
            identity=session.visitor.address(),
            text="ありがとうございます",
            **({"external_id": str(uuid4())} if session.visitor.channel.kind == "line" else {"client_id": uuid4()}),
        )
    sessions.end(session_id=session.pk, by=by, reason=reason, farewell=False)
    return Session.objects.select_related("visitor__channel", "program", "counselor").get(pk=session.pk)


def invited(session: Session) -> SurveyInvitation:
    """The invitation of a session; there must be one."""
    return SurveyInvitation.objects.get(session=session)


def answer_of(session: Session) -> SurveyAnswer:
    """Its answer, which is kept with the talk."""
    return SurveyAnswer.objects.select_related("invitation__session__visitor").get(invitation__session=session)


def told(identity: str = SORA) -> list[tuple[str, str]]:
    """The notices this person was told: which text, and its words."""
    rows = Delivery.objects.filter(message=None).select_related("visitor").order_by("pk")
    return [
        (row.auto_key, crypto.open_text(row.visitor.key(), row.text, row.place) if row.text else "")
        for row in rows
        if row.visitor.address() == identity
    ]


def keys(identity: str = SORA) -> list[str]:
    """Which texts these were."""
    return [key for key, _words in told(identity) if key.startswith("survey")]


def token_in(identity: str = SORA) -> str:
    """The token of the link this person was told last."""
    found = [token for _key, words in told(identity) for token in LINK.findall(words)]
    return str(found[-1])


def tap(channel: Channel, label: str, identity: str = SORA) -> SurveyTap:
    """The person taps the button that says so; it must be there."""
    found = tap_of(buttons(identity)[label].data)
    assert found is not None
    taps.choose(channel_id=channel.pk, identity=identity, tap=found)
    return found


def again(channel: Channel, pressed: SurveyTap, identity: str = SORA) -> None:
    """The same button once more, as a telephone may still show it."""
    taps.choose(channel_id=channel.pk, identity=identity, tap=pressed)


def a_minute_passes() -> None:
    """What was told lies back a minute."""
    Delivery.objects.update(created_at=timezone.now() - timedelta(minutes=1, seconds=1), state="sent")


def send() -> int:
    """The sweep comes by."""
    return surveys.send()
