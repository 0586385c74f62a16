"""Words as LINE's message objects."""

from linebot.v3.messaging import PushMessageRequest, TextMessage


def push_request(to: str, texts: tuple[str, ...]) -> PushMessageRequest:
    """One push. The same texts always give the same body: LINE demands it of a retry."""
    return PushMessageRequest(to=to, messages=[TextMessage(text=text) for text in texts])
