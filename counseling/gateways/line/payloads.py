"""Words as LINE's message objects."""

from collections.abc import Sequence

from linebot.v3.messaging import (
    DatetimePickerAction,
    PostbackAction,
    PushMessageRequest,
    QuickReplyItem,
    TextMessage,
)
from linebot.v3.messaging import QuickReply as Buttons

from counseling.quick_replies import QuickReply


def push_request(to: str, texts: tuple[str, ...], replies: Sequence[QuickReply] = ()) -> PushMessageRequest:
    """One push, buttons below its last text. The same words always give the same body: LINE demands it of a retry."""
    messages = [TextMessage(text=text) for text in texts]
    if messages and replies:
        messages[-1].quick_reply = Buttons(items=[QuickReplyItem(action=_action(reply)) for reply in replies])
    return PushMessageRequest(to=to, messages=messages)


def _action(reply: QuickReply) -> PostbackAction | DatetimePickerAction:
    if reply.picks_date:
        return DatetimePickerAction(label=reply.label, data=reply.data, mode="date")
    return PostbackAction(label=reply.label, data=reply.data, displayText=reply.shown or None)
