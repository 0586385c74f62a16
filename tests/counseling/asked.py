"""Somebody who is asked before a talk on LINE: the questions of a program, and the buttons a telephone would show."""

from counseling import crypto, quick_replies
from counseling.actions import editions, taps
from counseling.forms import Choice, Condition, Form, Kind, Question
from counseling.intake import Tap, tap_of
from counseling.models import Channel, Delivery, Message, Part, Program, Session
from counseling.quick_replies import QuickReply
from tests.conftest import SORA

AGES = tuple(Choice(f"{n}s", {"ja": f"{n}代"}) for n in (10, 30))
CHILDREN = tuple(Choice(f"{n}", {"ja": f"{n}人"}) for n in range(1, 4))
WORRIES = {"home": "家族", "work": "しごと", "money": "お金"}
TOPICS = tuple(Choice(code, {"ja": words}) for code, words in WORRIES.items())
FORM = Form((
    Question("age", Kind.CHOICE, {"ja": "年代", "en": "Age"}, AGES),
    Question("parent", Kind.YES_NO, {"ja": "お子さんはいますか"}),
    Question("children", Kind.CHOICE, {"ja": "何人"}, CHILDREN, shown_if=Condition("parent", ("yes",))),
    Question("topics", Kind.CHOICES, {"ja": "話したいこと"}, TOPICS),
    Question("line", Kind.TEXT, {"ja": "ひとこと"}),
))  # fmt: skip


def ask_first(program: Program, form: Form = FORM, **rules: object) -> Program:
    """From now on the program asks for consent on LINE, and then these questions."""
    editions.put_in_force(program, Part.INTAKE, form.to_json(), by=None)
    program.consents_on_line = True
    for name, value in {"languages": ["ja"], **rules}.items():
        setattr(program, name, value)
    program.save()
    return program


def buttons(identity: str = SORA, channel: Channel | None = None) -> dict[str, QuickReply]:
    """The buttons below the last words to this person, by what they say; none below words that have none."""
    owed = Delivery.objects.select_related("visitor").order_by("-pk")
    for last in owed if channel is None else owed.filter(channel=channel):
        if last.visitor.address() == identity:
            kept = crypto.open_text(last.visitor.key(), last.replies, last.place_of_replies) if last.replies else ""
            return {reply.label: reply for reply in quick_replies.read(kept)}
    return {}


def tap_on(reply: QuickReply, day: str = "") -> Tap:
    """What LINE tells of a tap on it."""
    found = tap_of(reply.data, day)
    assert found is not None
    return found


def press(channel: Channel, label: str, identity: str = SORA, day: str = "") -> Tap:
    """The person taps the button that says so; it must be there."""
    tap = tap_on(buttons(identity)[label], day)
    taps.choose(channel_id=channel.pk, identity=identity, tap=tap)
    return tap


def told(session: Session) -> list[str]:
    """The house's own texts in the session, by key."""
    auto = Message.objects.filter(session=session, author="auto").order_by("seq")
    return list(auto.values_list("auto_key", flat=True))
