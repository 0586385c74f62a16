"""C7, second half: bodies, signatures, and requests that follow, repeat or cross one another."""

from __future__ import annotations

from base64 import b64encode

from tests.corpus.webhooks import (
    DESTINATION,
    OTHER_DESTINATION,
    OTHER_PERSON,
    SIGNATURES,
    TOKEN,
    Stored,
    batch,
    case,
    event,
    refused,
    request,
    said,
    words,
)

BODIES = {
    "empty": b"",
    "not JSON": b"hello",
    "truncated": batch(words("つらい"))[:-10],
    "array": b"[]",
    "null": b"null",
    "string": b'"events"',
    "events missing": b'{"destination":"' + DESTINATION.encode() + b'"}',
    "events null": b'{"destination":"","events":null}',
    "events an object": b'{"destination":"","events":{}}',
    "events a string": b'{"destination":"","events":"[]"}',
    "invalid UTF-8": b'{"destination":"","events":["\xff"]}',
    "a form": b"events=%5B%5D",
    "30,000 brackets": b'{"destination":"","events":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
}
REDELIVERED = {"isRedelivery": True}
IMAGES = [
    said({"type": "image", "contentProvider": {"type": "line"}, "imageSet": {"id": "A1", "index": n, "total": 3}}, n)
    for n in (1, 2, 3)
]
LATER = {"deliveryContext": REDELIVERED}


def unsent(number: int, of: int) -> Stored:
    """The event that takes back the message of event `of`."""
    return event("unsend", number, unsend={"messageId": f"{468789577898262530 + of}"})


def followed(number: int) -> Stored:
    return event("follow", number, replyToken=TOKEN, follow={"isUnblocked": number > 1})


def cases() -> list[Stored]:
    return [*_bodies(), *_signatures(), *_repeated(), *_unsent(), *_several(), *_comings(), *_channels()]


def _bodies() -> list[Stored]:
    # Signed by LINE and yet unreadable: refused, or kept whole as one unreadable event.
    found = [
        case(f"body: {name}", body, kinds=[None], unreadable=[0], messages=0, statuses=[[200, 400]], lenient=True)
        for name, body in BODIES.items()
    ]
    found.append(case("the console's Verify button", batch(), kinds=[], messages=0))
    bare = b'{"events":[]}'
    found.append(case("no destination, no events", bare, kinds=[], messages=0, statuses=[[200, 400]]))
    large = request(
        b"a", before=b64encode(b'{"events":[],"a":"').decode(), after=b64encode(b'"}').decode(), times=10_000_000
    )
    return [*found, case("body of 10 MB", large, kinds=[], messages=0, statuses=[[400, 413]])]


def _signatures() -> list[Stored]:
    body = batch(words("つらい"))
    forged = [name for name in SIGNATURES if name not in ("right", "two_headers")]
    found = [refused(f"signature: {name}", body, 401, signature=name) for name in forged]
    found.append(refused("signature: two headers, the right one and another", body, 401, 400, signature="two_headers"))
    found.append(refused("signature of nothing on a bad body", b"hello", 401, signature="missing"))
    return found


def _repeated() -> list[Stored]:
    one, two = words("一", 1), words("二", 2)
    again = one | LATER
    changed = words("書き換え", 1)
    other_event = words("一", 1) | {"webhookEventId": "01CORPUSOTHEREVENT00000000"}
    once: Stored = {"kinds": ["message"], "messages": 1, "texts": ["一"]}
    both: Stored = {"kinds": ["message", "message"], "messages": 2, "texts": ["一", "二"]}
    return [
        case("the same request twice", batch(one), batch(one), **once),
        case("the same request twice at once", request(batch(one)), request(batch(one), at_once=True), **once),
        case("redelivered after it was taken", batch(one), batch(again), **once),
        case("redelivered only", batch(again), **once),
        case("the same event twice in one batch", batch(one, again), **once),
        case("the same event with other words", batch(one), batch(changed), **once),
        case(
            "the same message in two events",
            batch(one),
            batch(other_event),
            kinds=["message"] * 2,
            messages=1,
            texts=["一"],
        ),
        case("redelivered in a larger batch", batch(one), batch(again, two), **both),
        case("redelivered out of order", batch(two), batch(again), kinds=["message"] * 2, messages=2),
        case("half of a batch was taken before", batch(one), batch(one, two), batch(two), **both),
        case(
            "redelivered after the person was erased",
            request(batch(one)),
            request(batch(again), erase_first=True),
            kinds=["message"],
            messages=0,
            texts=[],
        ),
    ]


def _unsent() -> list[Stored]:
    spoken, taken_back = words("言わなければ", 1), unsent(2, of=1)
    kinds: list[str | None] = ["message", "unsend"]
    return [
        case("unsent", batch(spoken), batch(taken_back), kinds=kinds, messages=1, texts=[]),
        case("unsent in the same batch", batch(spoken, taken_back), kinds=kinds, messages=1, texts=[]),
        case("unsent before it comes", batch(taken_back), batch(spoken), kinds=kinds[::-1], messages=[0, 1], texts=[]),
        case("unsent before it, one batch", batch(taken_back, spoken), kinds=kinds[::-1], messages=[0, 1], texts=[]),
        case(
            "unsent twice",
            batch(spoken),
            batch(taken_back),
            batch(unsent(3, of=1)),
            kinds=[*kinds, "unsend"],
            messages=1,
            texts=[],
        ),
        case(
            "unsent, then redelivered",
            batch(spoken),
            batch(taken_back),
            batch(spoken | LATER),
            kinds=kinds,
            messages=1,
            texts=[],
        ),
        case("unsend without an id", batch(event("unsend", unsend={})), kinds=["unsend"], unreadable=[0], messages=0),
        case("unsend of null", batch(event("unsend", unsend=None)), kinds=["unsend"], unreadable=[0], messages=0),
    ]


def _several() -> list[Stored]:
    hundred = [words(f"{number}", number) for number in range(1, 101)]
    people = [
        words("わたし", 1),
        words("ほかの人", 2, source={"type": "user", "userId": OTHER_PERSON}),
        words("わたし", 3),
    ]
    same_time = [words("一", 1) | {"timestamp": 1}, words("二", 2) | {"timestamp": 1}]
    backwards = [words("先に来た", 2), words("後で来た", 1)]
    return [
        case(
            "100 events", batch(*hundred), kinds=["message"] * 100, messages=100, texts=[f"{n}" for n in range(1, 101)]
        ),
        case("several people in one batch", batch(*people), kinds=["message"] * 3, messages=3),
        case("an album in one batch", batch(*IMAGES), kinds=["message"] * 3, messages=3),
        case(
            "an album in requests at once",
            *(request(batch(image), at_once=place > 0) for place, image in enumerate(IMAGES)),
            kinds=["message"] * 3,
            messages=3,
        ),
        case("equal times", batch(*same_time), kinds=["message"] * 2, messages=2, texts=["一", "二"]),
        case("times going backwards", batch(*backwards), kinds=["message"] * 2, messages=2),
    ]


def _comings() -> list[Stored]:
    postback = event(
        "postback", replyToken=TOKEN, postback={"data": "a" * 300, "params": {"datetime": "2026-01-01T00:00"}}
    )
    odd_postbacks = [
        event("postback", number, replyToken=TOKEN, postback=value) for number, value in ((1, None), (2, {}))
    ]
    return [
        case(
            "follow, unfollow, follow",
            batch(followed(1)),
            batch(event("unfollow", 2)),
            batch(followed(3)),
            kinds=["follow", "unfollow", "follow"],
            messages=0,
        ),
        case("unfollow without a follow", batch(event("unfollow")), kinds=["unfollow"], messages=0),
        case(
            "words after unfollow",
            batch(event("unfollow", 1)),
            batch(words("また", 2)),
            kinds=["unfollow", "message"],
            messages=1,
        ),
        case("postback of 300 letters", batch(postback), kinds=["postback"], messages=0),
        case(
            "postbacks without data", batch(*odd_postbacks), kinds=["postback"] * 2, unreadable=[[], [0, 1]], messages=0
        ),
    ]


def _channels() -> list[Stored]:
    one = batch(words("一"))
    elsewhere = batch(words("一"), destination=OTHER_DESTINATION)
    return [
        # The id of an event is unique within its channel: two channels are two stories.
        case(
            "the same event on two channels",
            request(one),
            request(one, channel="second"),
            kinds=["message"] * 2,
            messages=2,
        ),
        refused("the second channel's secret at the first", one, 401, signature="other_channel"),
        # Signed with our secret, but for another account: no good reading of it is forbidden, a 500 is.
        case(
            "destination of another channel",
            elsewhere,
            kinds=["message"],
            messages=[0, 1],
            statuses=[[200, 400]],
            lenient=True,
        ),
        case(
            "destination a number",
            batch(words("一"), destination=1),
            kinds=["message"],
            messages=[0, 1],
            statuses=[[200, 400]],
            lenient=True,
        ),
    ]
