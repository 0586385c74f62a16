"""Accepting pushes and replies: quota, retry keys, reply tokens, and the message on the telephone."""

import zlib
from dataclasses import dataclass, replace
from typing import Any

from simulator.channels import Channel
from simulator.ledger import Accepted, Entry
from simulator.people import Tie
from simulator.platform import REPLY_TOKEN_SECONDS, Kept, Platform, ReplyToken
from simulator.refusals import (
    FAILED_TO_SEND,
    MONTHLY_LIMIT,
    REPLY_IMPOSSIBLE,
    RETRY_KEY_ACCEPTED,
    RETRY_KEY_INVALID,
    RETRY_KEY_NOT_SUPPORTED,
    Refused,
)
from simulator.rules import canonical_retry_key, checked_messages, checked_recipient, is_retry_key

Sent = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Sending:
    """One request that sends: `raw` is its body as it came, `retry_key` the header as it was written."""

    platform: Platform
    channel: Channel
    request_id: str
    body: dict[str, Any]
    raw: bytes
    retry_key: str | None


def push(sending: Sending) -> dict[str, Any]:
    """Accept a push; returns LINE's answer `{"sentMessages": [{"id", "quoteToken"}]}`, raises Refused."""
    platform, channel = sending.platform, sending.channel
    key = checked_retry_key(sending)
    recipient = checked_recipient(sending.body)
    messages = checked_messages(sending.body)
    blocked = is_blocked(platform, channel, recipient)
    if not blocked:
        count_in_quota(platform, channel)
    facts = Entry(0, 0, recipient, channel.channel_id, "account", "", {}, "push", sending.request_id, key)
    sent = put_on_telephone(platform, facts, messages, seen=not blocked)
    if key is None:
        platform.suspect("push-without-retry-key", user=recipient, channel=channel.channel_id)
    else:
        kept = Kept(platform.clock.now(), zlib.crc32(sending.raw), sending.request_id, sent)
        platform.retry_keys[channel.channel_id, key] = kept
    return {"sentMessages": sent}


def reply(sending: Sending) -> dict[str, Any]:
    """Accept a reply; free of quota, once for each token, raises Refused."""
    platform, channel = sending.platform, sending.channel
    if sending.retry_key is not None:
        platform.defect("retry-key-on-reply", channel=channel.channel_id, request_id=sending.request_id)
        raise Refused(400, RETRY_KEY_NOT_SUPPORTED)
    token = usable_reply_token(platform, channel, sending.body.get("replyToken"))
    messages = checked_messages(sending.body)
    token.used = True
    facts = Entry(0, 0, token.user, channel.channel_id, "account", "", {}, "reply", sending.request_id)
    return {"sentMessages": put_on_telephone(platform, facts, messages, seen=True)}


def count_in_quota(platform: Platform, channel: Channel) -> None:
    """One recipient of one request; raises Refused when the month is used up."""
    month = platform.clock.month()
    if not channel.has_room(month):
        raise Refused(429, MONTHLY_LIMIT)
    channel.count(month)


def usable_reply_token(platform: Platform, channel: Channel, value: object) -> ReplyToken:
    """The token, if it is of this channel, unused and young enough."""
    token = platform.reply_tokens.get(value) if isinstance(value, str) else None
    if token is None or token.used or token.channel_id != channel.channel_id:
        raise Refused(400, REPLY_IMPOSSIBLE)
    if platform.clock.now() - token.given_at > REPLY_TOKEN_SECONDS:
        raise Refused(400, REPLY_IMPOSSIBLE)
    return token


def checked_retry_key(sending: Sending) -> str | None:
    """The key in one spelling; raises Refused 400 unless it is a UUID, 409 when it was accepted within 24 hours.

    Another body under the same key is a defect of the portal.
    """
    platform, channel_id = sending.platform, sending.channel.channel_id
    if sending.retry_key is None:
        return None
    if not is_retry_key(sending.retry_key):
        raise Refused(400, RETRY_KEY_INVALID)
    key = canonical_retry_key(sending.retry_key)
    if sending.retry_key in platform.refused_keys:
        platform.suspect("retried-after-refusal", channel=channel_id, retry_key=key)
    kept = platform.kept(sending.channel, key)
    if kept is None:
        return key
    if kept.digest != zlib.crc32(sending.raw):
        platform.defect("same-key-other-body", channel=channel_id, retry_key=key, request_id=kept.request_id)
    accepted = {"X-Line-Accepted-Request-Id": kept.request_id}
    raise Refused(409, RETRY_KEY_ACCEPTED, members={"sentMessages": kept.sent}, headers=accepted)


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


def put_on_telephone(platform: Platform, facts: Entry, messages: list[dict[str, Any]], *, seen: bool) -> Sent:
    """Write the ledger, one entry like `facts` for each message; those not `seen` are accepted and reach nobody."""
    at = platform.clock.now_ms()
    ids = [platform.identifiers.message_id() for _ in messages]
    if seen:
        for message_id, message in zip(ids, messages, strict=True):
            seq = platform.next_seq()
            platform.show(replace(facts, seq=seq, at=at, message_id=message_id, message=message))
    platform.ledger.accepted.append(
        Accepted(at, facts.via, facts.user, facts.channel, facts.request_id, facts.retry_key, ids, seen)
    )
    return [{"id": message_id, "quoteToken": platform.identifiers.token()} for message_id in ids]
