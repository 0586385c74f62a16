"""Accepting pushes and replies: quota, retry keys, reply tokens, and the message on the telephone."""

import zlib
from typing import Any

from simulator.channels import Channel
from simulator.ledger import Accepted, Entry
from simulator.people import Tie
from simulator.platform import REPLY_TOKEN_SECONDS, Kept, Platform, ReplyToken
from simulator.refusals import (
    FAILED_TO_SEND,
    INVALID_REPLY_TOKEN,
    MONTHLY_LIMIT,
    RETRY_KEY_ACCEPTED,
    RETRY_KEY_INVALID,
    RETRY_KEY_NOT_SUPPORTED,
    Refused,
)
from simulator.rules import canonical_retry_key, checked_messages, checked_recipient, is_retry_key

Sent = list[dict[str, str]]


def push(
    platform: Platform, channel: Channel, body: dict[str, Any], raw: bytes, retry_key: str | None, request_id: str
) -> dict[str, Any]:
    """Accept a push; returns LINE's answer `{"sentMessages": [{"id", "quoteToken"}]}`, raises Refused."""
    if retry_key is not None and retry_key in platform.refused_keys:
        platform.suspect("retried-after-refusal", channel=channel.channel_id, retry_key=retry_key)
    key = None if retry_key is None else checked_retry_key(retry_key)
    if key is not None:
        refuse_seen_key(platform, channel, key, raw)
    recipient = checked_recipient(body)
    messages = checked_messages(body)
    blocked = is_blocked(platform, channel, recipient)
    month = platform.clock.month()
    if not blocked:
        if not channel.has_room(month):
            raise Refused(429, MONTHLY_LIMIT)
        channel.count(month)
    sent = put_on_telephone(platform, channel, recipient, messages, "push", request_id, key, seen=not blocked)
    if key is None:
        platform.suspect("push-without-retry-key", user=recipient, channel=channel.channel_id, request_id=request_id)
    else:
        platform.retry_keys[channel.channel_id, key] = Kept(platform.clock.now(), zlib.crc32(raw), request_id, sent)
    return {"sentMessages": sent}


def reply(
    platform: Platform, channel: Channel, body: dict[str, Any], retry_key: str | None, request_id: str
) -> dict[str, Any]:
    """Accept a reply; free of quota, once for each token, raises Refused."""
    if retry_key is not None:
        platform.defect("retry-key-on-reply", channel=channel.channel_id, request_id=request_id)
        raise Refused(400, RETRY_KEY_NOT_SUPPORTED)
    token = usable_reply_token(platform, channel, body.get("replyToken"))
    messages = checked_messages(body)
    token.used = True
    sent = put_on_telephone(platform, channel, token.user, messages, "reply", request_id, None, seen=True)
    return {"sentMessages": sent}


def usable_reply_token(platform: Platform, channel: Channel, value: object) -> ReplyToken:
    """The token, if it is of this channel, unused and young enough."""
    token = platform.reply_tokens.get(value) if isinstance(value, str) else None
    if token is None or token.used or token.channel_id != channel.channel_id:
        raise Refused(400, INVALID_REPLY_TOKEN)
    if platform.clock.now() - token.given_at > REPLY_TOKEN_SECONDS:
        raise Refused(400, INVALID_REPLY_TOKEN)
    return token


def checked_retry_key(retry_key: str) -> str:
    """The key in one spelling; raises Refused unless it is a UUID."""
    if not is_retry_key(retry_key):
        raise Refused(400, RETRY_KEY_INVALID)
    return canonical_retry_key(retry_key)


def refuse_seen_key(platform: Platform, channel: Channel, key: str, raw: bytes) -> None:
    """409 when the key was accepted within 24 hours; another body under the same key is a defect of the portal."""
    kept = platform.kept(channel, key)
    if kept is None:
        return
    if kept.digest != zlib.crc32(raw):
        platform.defect("same-key-other-body", channel=channel.channel_id, retry_key=key, request_id=kept.request_id)
    raise Refused(
        409,
        RETRY_KEY_ACCEPTED,
        members={"sentMessages": kept.sent},
        headers={"X-Line-Accepted-Request-Id": kept.request_id},
    )


def is_blocked(platform: Platform, channel: Channel, recipient: str) -> bool:
    """Whether the person has blocked the account; raises Refused when the two have never met.

    LINE accepts a push to somebody who blocked the account, does not deliver it and does not count it.
    """
    if recipient in platform.people.groups:
        return False
    tie = platform.people.tie(recipient, channel.channel_id)
    if tie is None:
        raise Refused(400, FAILED_TO_SEND)
    return tie is Tie.BLOCKED


def put_on_telephone(
    platform: Platform,
    channel: Channel,
    user: str,
    messages: list[dict[str, Any]],
    via: str,
    request_id: str,
    retry_key: str | None,
    *,
    seen: bool,
) -> Sent:
    """Write the ledger; messages that are not `seen` are accepted and reach nobody."""
    at = platform.clock.now_ms()
    ids = [platform.identifiers.message_id() for _ in messages]
    if seen:
        for message_id, message in zip(ids, messages, strict=True):
            seq = platform.next_seq()
            platform.show(
                Entry(seq, at, user, channel.channel_id, "account", message_id, message, via, request_id, retry_key)
            )
    platform.accept(Accepted(at, via, user, channel.channel_id, request_id, retry_key, ids, seen))
    return [{"id": message_id, "quoteToken": platform.identifiers.token()} for message_id in ids]
