"""What the API takes in: every field's type, strictly; unknown fields are refused."""

import re
import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from counseling.actions import callins, reassigning
from counseling.lifecycle import CallKind, Classification, EndReason, TakeOver
from counseling.models.duty import BreakReason
from counseling.models.supervision import Reason
from counseling.triage import Risk

UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class WordsField(serializers.Field[str, str, str, Any]):
    """A string exactly as typed: nothing trimmed, nothing made of numbers. The action judges its content."""

    default_error_messages = {"not_text": _("文字で入力してください。")}

    def to_internal_value(self, data: Any) -> str:
        """The string itself."""
        if not isinstance(data, str):
            self.fail("not_text")
        return data

    def to_representation(self, value: str) -> str:
        """The string itself."""
        return value


class ClientIdField(serializers.Field[uuid.UUID, str, str, Any]):
    """A UUID in its one canonical spelling: two spellings of a key would be two keys."""

    default_error_messages = {"invalid": _("識別子の形が違います。")}

    def to_internal_value(self, data: Any) -> uuid.UUID:
        """The UUID."""
        if not isinstance(data, str) or not UUID_TEXT.fullmatch(data):
            self.fail("invalid")
        return uuid.UUID(data)

    def to_representation(self, value: uuid.UUID) -> str:
        """Its text."""
        return str(value)


class StrictIntegerField(serializers.IntegerField):
    """An integer that came as a JSON integer: not "1", 1.0 or true."""

    def to_internal_value(self, data: Any) -> int:
        """The integer."""
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


class StrictBooleanField(serializers.BooleanField):
    """A boolean that came as JSON true or false (or null where allowed)."""

    def to_internal_value(self, data: Any) -> bool:
        """The boolean."""
        if type(data) is not bool:
            self.fail("invalid", input=data)
        return data


class Input(serializers.Serializer[Any]):
    """Refuses fields it does not know: a misspelt field would otherwise be silently nothing."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The values, when every given name is known."""
        unknown = set(self.initial_data) - set(self.fields)
        if unknown:
            raise serializers.ValidationError({name: [_("この項目はありません。")] for name in unknown})
        return attrs


class WordsInput(Input):
    """Words with the identifier the browser made for them."""

    client_id = ClientIdField()
    text = WordsField()


class ApprovalInput(Input):
    """Words as a supervisor mended them; without any, a trainee's words go as they are."""

    text = WordsField(required=False)


class DraftInput(Input):
    """What is typed and not sent."""

    text = WordsField()


class ReadInput(Input):
    """How far a counselor has read: the last message, and the last whisper's id."""

    seq = StrictIntegerField(min_value=0, max_value=2**31 - 1)
    whisper = StrictIntegerField(min_value=0, max_value=2**63 - 1, required=False)


class ReadingInput(Input):
    """Why one reads along."""

    reason = serializers.ChoiceField(choices=Reason.values)


class SummaryInput(Input):
    """What the next one should know."""

    summary = WordsField()


class ProtectionInput(Input):
    """Why somebody's life has to be protected without their consent."""

    why = WordsField()


class TakeOverInput(Input):
    """Why a supervisor takes the talk over."""

    because = serializers.ChoiceField(choices=[one.value for one in TakeOver])


class CallInput(Input):
    """How a counselor calls for a supervisor."""

    kind = serializers.ChoiceField(choices=[CallKind.CONSULT.value, CallKind.URGENT.value])


class AssignmentInput(Input):
    """Nothing: take it oneself. A person and a summary: hand it over."""

    to = StrictIntegerField(min_value=1, max_value=2**63 - 1, required=False)
    summary = WordsField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A hand-over needs its summary."""
        attrs = super().validate(attrs)
        if ("to" in attrs) != ("summary" in attrs):
            raise serializers.ValidationError({"summary": [_("引継ぎには相手と要約の両方が要ります。")]})
        return attrs


class IdsField(serializers.ListField):
    """Some ids, each once, and not too many for one request."""

    child = StrictIntegerField(min_value=1, max_value=2**63 - 1)

    def __init__(self, most: int) -> None:
        super().__init__(min_length=1, max_length=most)


class ReassignmentsInput(Input):
    """Many sessions to one person, or (null) back to the queue."""

    sessions = IdsField(reassigning.MOST)
    to = StrictIntegerField(min_value=1, max_value=2**63 - 1, allow_null=True)
    summary = WordsField()


class CallInsInput(Input):
    """Who is asked to come."""

    people = IdsField(callins.MOST)


class AnswersField(serializers.Field[dict[str, Any], Any, Any, Any]):
    """Answers to a form, by question; the form judges them."""

    default_error_messages = {"not_answers": _("回答の形が違います。")}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The answers as they came: texts, numbers, lists of texts."""
        if not isinstance(data, dict) or not all(map(_may_answer, data.values())):
            self.fail("not_answers")
        return data

    def to_representation(self, value: Any) -> Any:
        """The answers themselves."""
        return value


def _may_answer(data: Any) -> bool:
    return type(data) in {str, int} or (isinstance(data, list) and all(isinstance(one, str) for one in data))


class RiskInput(Input):
    """The answers to a version of the risk form, the level that was decided, and a word where it differs."""

    client_id = ClientIdField()
    form = StrictIntegerField(min_value=0, max_value=2**31 - 1)
    answers = AnswersField()
    level = StrictIntegerField(min_value=Risk.NONE.value, max_value=Risk.IMMINENT.value)
    word = WordsField()


# No person's reasons for an ending.
BY_ITSELF = frozenset({EndReason.SYSTEM, EndReason.VISITOR_BLOCKED, EndReason.NO_CONSENT})


class EndingInput(Input):
    """Why the talk ends, and whether the visitor gets the farewell."""

    reason = serializers.ChoiceField(choices=[r.value for r in EndReason if r not in BY_ITSELF])
    farewell = StrictBooleanField()


class FollowUpInput(Input):
    """What is wanted of a follow-up beside the record's own answers; with `why_not` there is to be none."""

    what = WordsField(required=False)
    day = serializers.DateField(required=False)
    clock = serializers.TimeField(required=False)
    owner_id = StrictIntegerField(min_value=1, max_value=2**31 - 1, required=False)
    why_not = WordsField(required=False)


class ClosureInput(Input):
    """What the sitting was, confirmed by a person, and the answers to a version of the program's record form."""

    classification = serializers.ChoiceField(choices=[c.value for c in Classification])
    thankful_end = StrictBooleanField(allow_null=True)
    answers = AnswersField(required=False)
    form = StrictIntegerField(min_value=0, max_value=2**31 - 1, required=False)
    follow_up = FollowUpInput(required=False)


class BreakInput(Input):
    """Why somebody on duty goes away for a while."""

    # The pause after a heavy talk is offered, with its end: aftercare/pause.
    reason = serializers.ChoiceField(choices=[one for one in BreakReason.values if one != BreakReason.CARE])


class HardInput(Input):
    """Whether a talk was hard for its counselor."""

    hard = StrictBooleanField()


class SurgeInput(Input):
    """Until when everybody has more lines."""

    until = serializers.DateTimeField()


class PreferencesInput(Input):
    """How a person likes the console."""

    enter_sends = StrictBooleanField(required=False)
    sound = StrictBooleanField(required=False)
    desktop_notice = StrictBooleanField(required=False)


class DecisionInput(Input):
    """What to do with words that did not get through."""

    decision = serializers.ChoiceField(choices=["resend", "dismiss", "arrived"])


class Nothing(Input):
    """No fields at all."""
