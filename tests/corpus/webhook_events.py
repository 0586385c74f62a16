"""C7, first half: every kind of event LINE's webhook.yml knows, and events that miss or twist something."""

from __future__ import annotations

from typing import Any

from tests.corpus.webhooks import ABSENT, SORA, TOKEN, Stored, batch, case, event, said, words

LINE_CARRIES = {"contentProvider": {"type": "line"}}
MESSAGES: dict[str, Stored] = {
    "sticker": {
        "type": "sticker",
        "packageId": "446",
        "stickerId": "1988",
        "stickerResourceType": "STATIC",
        "keywords": ["ありがとう", "感謝"],
        "quoteToken": "q",
    },
    "sticker with words": {
        "type": "sticker",
        "packageId": "1",
        "stickerId": "2",
        "stickerResourceType": "MESSAGE",
        "text": "つらい",
    },
    "sticker without keywords": {
        "type": "sticker",
        "packageId": "1",
        "stickerId": "2",
        "stickerResourceType": "STATIC",
    },
    "sticker of an unknown kind": {"type": "sticker", "packageId": "1", "stickerId": "2", "stickerResourceType": "NEW"},
    "image": {"type": "image", "quoteToken": "q"} | LINE_CARRIES,
    "image from outside": {
        "type": "image",
        "contentProvider": {"type": "external", "originalContentUrl": "https://example.com/a.jpg"},
    },
    "video": {"type": "video", "duration": 60_000} | LINE_CARRIES,
    "video without duration": {"type": "video"} | LINE_CARRIES,
    "audio": {"type": "audio", "duration": 3_000} | LINE_CARRIES,
    "file": {"type": "file", "fileName": "資料.pdf", "fileSize": 2_138},
    "file with a path for a name": {"type": "file", "fileName": "../../etc/passwd\u0000.jpg", "fileSize": 1},
    "location": {
        "type": "location",
        "title": "横浜駅",
        "address": "横浜市西区",
        "latitude": 35.46,
        "longitude": 139.62,
    },
    "location without a name": {"type": "location", "latitude": 35.46, "longitude": 139.62},
}
# No message of a visitor arises from these.
SILENT: dict[str, Stored] = {
    "follow": {"replyToken": TOKEN, "follow": {"isUnblocked": False}},
    "unfollow": {},
    "postback": {"replyToken": TOKEN, "postback": {"data": "action=begin"}},
    "unsend": {"unsend": {"messageId": "468789577898262999"}},
    "videoPlayComplete": {"replyToken": TOKEN, "videoPlayComplete": {"trackingId": "t"}},
    "accountLink": {"replyToken": TOKEN, "link": {"result": "ok", "nonce": "n"}},
    "beacon": {"replyToken": TOKEN, "beacon": {"hwid": "d41d8cd98f", "type": "enter"}},
    "membership": {"replyToken": TOKEN, "membership": {"type": "joined", "membershipId": 1}},
    "module": {"module": {"type": "attached", "botId": SORA, "scopes": []}},
    "activated": {"chatControl": {"expireAt": 1_767_225_700_000}},
    "deactivated": {},
    "botSuspended": {"source": ABSENT},
    "botResumed": {"source": ABSENT},
    "delivery": {
        "source": ABSENT,
        "delivery": {"data": "15034552939884E28681A7D668CEA94C147C716C0EC9DFE8B80B44EF3B57F6BD"},
    },
    "somethingNew": {"somethingNew": {"a": [1, {"b": None}]}},
}
GROUP = {"type": "group", "groupId": "C" + "3" * 32, "userId": SORA}
ROOM = {"type": "room", "roomId": "R" + "4" * 32, "userId": SORA}
READABLE_TWISTS: dict[str, Stored] = {
    "without deliveryContext": {"deliveryContext": ABSENT},
    "deliveryContext null": {"deliveryContext": None},
    "deliveryContext a string": {"deliveryContext": "new"},
    "without webhookEventId": {"webhookEventId": ABSENT},
    "webhookEventId null": {"webhookEventId": None},
    "webhookEventId a number": {"webhookEventId": 1},
    "webhookEventId empty": {"webhookEventId": ""},
    "webhookEventId of 10,000 letters": {"webhookEventId": "a" * 10_000},
    "webhookEventId with a NUL": {"webhookEventId": "01\u0000"},
    "webhookEventId with half a character": {"webhookEventId": "01\ud83d"},
    "without replyToken": {"replyToken": ABSENT},
    "replyToken null": {"replyToken": None},
    "without timestamp": {"timestamp": ABSENT},
    "timestamp null": {"timestamp": None},
    "timestamp a string": {"timestamp": "1767225600000"},
    "timestamp in words": {"timestamp": "yesterday"},
    "timestamp 0": {"timestamp": 0},
    "timestamp -1": {"timestamp": -1},
    "timestamp 2^53": {"timestamp": 2**53},
    "timestamp 10^30": {"timestamp": 10**30},
    "timestamp a fraction": {"timestamp": 1_767_225_600_000.5},
    "timestamp 1e300": {"timestamp": 1e300},
    "timestamp true": {"timestamp": True},
    "timestamp in the year 2100": {"timestamp": 4_102_444_800_000},
    "without mode": {"mode": ABSENT},
    "mode null": {"mode": None},
    "message without id": {"message": {"type": "text", "text": "つらい"}},
    "message id a number": {"message": {"type": "text", "id": 1, "text": "つらい"}},
    "unknown members": {"shiny": {"new": True}, "x-y": [None]},
}
UNREADABLE: dict[str, Stored] = {
    "without source": {"source": ABSENT},
    "source null": {"source": None},
    "source a string": {"source": SORA},
    "source an array": {"source": []},
    "source of an unknown type": {"source": {"type": "crowd"}},
    "without userId": {"source": {"type": "user"}},
    "userId null": {"source": {"type": "user", "userId": None}},
    "userId a number": {"source": {"type": "user", "userId": 1}},
    "userId empty": {"source": {"type": "user", "userId": ""}},
    "without message": {"message": ABSENT},
    "message null": {"message": None},
    "message a string": {"message": "words"},
    "message an array": {"message": []},
    "message empty": {"message": {}},
    "message without type": {"message": {"id": "1", "text": "a"}},
    "text missing": {"message": {"type": "text", "id": "1"}},
    "text null": {"message": {"type": "text", "id": "1", "text": None}},
    "text a number": {"message": {"type": "text", "id": "1", "text": 1}},
    "text an object": {"message": {"type": "text", "id": "1", "text": {"$gt": ""}}},
}
NOT_EVENTS: dict[str, Any] = {
    "null": None,
    "a number": 1,
    "a string": "message",
    "an array": [],
    "an empty object": {},
    "type missing": event("message", 2, type=ABSENT),
    "type null": event("message", 2, type=None),
    "type a number": event("message", 2, type=1),
    "type an object": event("message", 2, type={}),
    "type empty": event("message", 2, type=""),
}
TEXTS: dict[str, tuple[str, str]] = {
    "NUL": ("a\u0000b", "a\ufffdb"),
    "half a character": ("a\ud83db", "a\ufffdb"),
    "emoji": ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    "decomposed kana": ("か\u3099", "か\u3099"),
    "only a space": (" ", " "),
    "only a joiner": ("\u200d", "\u200d"),
    "lines of all kinds": ("a\r\nb\rc\n", "a\r\nb\rc\n"),
    "BOM first": ("\ufeffあ", "\ufeffあ"),
    "a formula": ("=1+1", "=1+1"),
    "the word null": ("null", "null"),
    "10,000 letters": ("あ" * 10_000, "あ" * 10_000),
}


def cases() -> list[Stored]:
    return [*_whole(), *_twisted(), *_words()]


def _whole() -> list[Stored]:
    found = [case("text", batch(words("つらい")), kinds=["message"], messages=1, texts=["つらい"])]
    found += [case(name, batch(said(message)), kinds=["message"], messages=1) for name, message in MESSAGES.items()]
    found += [
        # An unsend leaves a tombstone, that its message may be known when it comes late.
        case(kind, batch(event(kind, **members)), kinds=[kind], messages=[0, 1] if kind == "unsend" else 0, texts=[])
        for kind, members in SILENT.items()
    ]
    shiny = {"type": "hologram", "depth": 3}
    found.append(case("message of an unknown type", batch(said(shiny)), kinds=["message"], messages=[0, 1]))
    edited = {"type": "text", "id": "468789577898262531", "text": "直した"}
    found.append(
        case("messageEdited", batch(event("messageEdited", message=edited)), kinds=["messageEdited"], messages=[0, 1])
    )
    for name, source in (("group", GROUP), ("room", ROOM)):
        joined = event("join", 1, source=source, replyToken=TOKEN)
        member = event("memberJoined", 2, source=source, joined={"members": [source]})
        left = event("memberLeft", 3, source=source, left={"members": [source]})
        gone = event("leave", 4, source=source)
        kinds: list[str | None] = ["join", "memberJoined", "memberLeft", "leave"]
        found.append(case(f"a {name} comes and goes", batch(joined, member, left, gone), kinds=kinds, messages=0))
        spoken = batch(words("みなさんへ", source=source))
        found.append(case(f"words in a {name}", spoken, kinds=["message"], messages=0, texts=[]))
    return found


def _twisted() -> list[Stored]:
    found = [
        case(name, batch(words("つらい", **twist)), kinds=["message"], messages=1, texts=["つらい"])
        for name, twist in READABLE_TWISTS.items()
    ]
    # Beside a bad event, the good ones of its batch are kept: before it and after it.
    found += [
        case(
            f"good ones beside: {name}",
            batch(words("一", 1), words("悪", 2, **twist), words("三", 3)),
            kinds=["message"] * 3,
            unreadable=[1],
            messages=2,
            texts=["一", "三"],
        )
        for name, twist in UNREADABLE.items()
    ]
    return found + [
        case(
            f"good ones beside what is no event: {name}",
            batch(words("一", 1), broken, words("三", 3)),
            kinds=["message", None, "message"],
            # An object whose type is no word may also pass for a kind that LINE adds some day.
            unreadable=[[1], []] if isinstance(broken, dict) else [1],
            messages=2,
            texts=["一", "三"],
        )
        for name, broken in NOT_EVENTS.items()
    ]


def _words() -> list[Stored]:
    found = [
        case(f"words: {name}", batch(words(text)), kinds=["message"], messages=1, texts=[kept])
        for name, (text, kept) in TEXTS.items()
    ]
    emojis = [{"index": 0, "length": 1, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001"}]
    message = {"type": "text", "text": "$ありがとう$", "emojis": emojis}
    found.append(case("LINE emoji", batch(said(message)), kinds=["message"], messages=1, texts=["$ありがとう$"]))
    strange = [{"index": -1, "length": 10**9}, None, "x"]
    misplaced = {"type": "text", "text": "$", "emojis": strange, "mention": {"mentionees": [None]}}
    found.append(case("LINE emoji out of place", batch(said(misplaced)), kinds=["message"], messages=1, texts=["$"]))
    quoting = {"type": "text", "text": "それです", "quotedMessageId": "1", "quoteToken": "q"}
    found.append(case("a quotation", batch(said(quoting)), kinds=["message"], messages=1, texts=["それです"]))
    standby = batch(words("つらい", mode="standby"))
    found.append(case("standby: nothing may be sent", standby, kinds=["message"], messages=[0, 1], sent=0))
    new = batch(words("つらい", mode="new"))
    found.append(case("a mode LINE may add", new, kinds=["message"], messages=[0, 1]))
    return found
