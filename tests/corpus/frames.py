"""C5: what a hostile or broken client writes into a WebSocket, and how the line may end."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA

APP_LIMIT_BYTES = 64 * 1024
CLIENT_ID = "0b7b4d3e-7c0a-4e0c-9d6b-1f2a3b4c5d6e"

OPEN = 0  # not a code: the line stays, and a ping is answered
STAYS_OPEN = [OPEN]
# A protocol error; some servers just cut the line (1006 at the client).
BROKEN = [1002, 1006]
NOT_UTF8 = [1007, 1002, 1006]
TOO_LARGE = [1009, 1006]
# Words the socket does not know: by the design closed with 1003, 1007 or 1008.
NOT_UNDERSTOOD = [1003, 1007, 1008]
NO_BINARY = [1003]

Stored = dict[str, Any]


def frame(opcode: int, payload: bytes | str = b"", **given: Any) -> Stored:
    content = payload.encode() if isinstance(payload, str) else payload
    return {"opcode": opcode, "payload": b64encode(content).decode(), **given}


def say(value: object) -> Stored:
    return frame(TEXT, json.dumps(value))


def close(code: int, reason: bytes = b"") -> Stored:
    return frame(CLOSE, code.to_bytes(2) + reason)


NOT_A_MESSAGE: dict[str, tuple[list[int], bytes]] = {
    "not JSON": (NOT_UNDERSTOOD, b"hello"),
    "empty text": (NOT_UNDERSTOOD, b""),
    "white space": (NOT_UNDERSTOOD, b"  "),
    "null": (NOT_UNDERSTOOD, b"null"),
    "array": (NOT_UNDERSTOOD, b"[]"),
    "array of messages": (NOT_UNDERSTOOD, b'[{"type":"ping"}]'),
    "string": (NOT_UNDERSTOOD, b'"ping"'),
    "number": (NOT_UNDERSTOOD, b"1"),
    "true": (NOT_UNDERSTOOD, b"true"),
    "empty object": (NOT_UNDERSTOOD, b"{}"),
    "NaN": (NOT_UNDERSTOOD, b'{"type":NaN}'),
    "1e400": (NOT_UNDERSTOOD, b'{"type":"watch","session":1e400}'),
    "duplicate key": (NOT_UNDERSTOOD, b'{"type":"watch","session":1,"session":2}'),
    "unclosed": (NOT_UNDERSTOOD, b'{"type":"ping"'),
    "two objects": (NOT_UNDERSTOOD, b'{"type":"ping"}{"type":"ping"}'),
    "nesting of 100": (NOT_UNDERSTOOD, b'{"type":' + b"[" * 100 + b"]" * 100 + b"}"),
    "BOM": (NOT_UNDERSTOOD, b'\xef\xbb\xbf{"type":"ping"}'),
    "raw NUL": (NOT_UNDERSTOOD, b'{"type":"pi\x00ng"}'),
    "an HTTP request": (NOT_UNDERSTOOD, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
}


def _watch(number: object, after: object = 0) -> dict[str, object]:
    return {"type": "watch", "topic": "session", "id": number, "after": after}


NOT_OURS: dict[str, object] = {
    "unknown type": {"type": "explode"},
    "a type of the channel layer": {"type": "websocket.close"},
    "a type of our own consumers": {"type": "ring", "group": "board.1"},
    "a dunder type": {"type": "__class__"},
    "type null": {"type": None},
    "type a number": {"type": 1},
    "type an array": {"type": ["ping"]},
    "type an object": {"type": {"$ne": ""}},
    "type with a NUL": {"type": "ping\0"},
    "type of 10,000 letters": {"type": "a" * 10_000},
    "type with a lone surrogate": {"type": "\ud83d"},
    "watch without a session": {"type": "watch"},
    "watch null": _watch(None),
    "watch 0": _watch(0),
    "watch -1": _watch(-1),
    "watch 2^63": _watch(2**63),
    "watch 2^64": _watch(2**64),
    "watch 10^1000": _watch(10**1000),
    "watch 1.0": _watch(1.0),
    "watch true": _watch(True),
    "watch in quotes": _watch("1"),
    "watch full width": _watch("１"),
    "watch an array": _watch([1]),
    "watch an object": _watch({"$gt": 0}),
    "watch with a cursor in words": _watch(1, "all"),
    "watch without a topic": {"type": "watch", "session": 1},
    "watch of another topic": {"type": "watch", "topic": "visitor", "id": 1, "after": 0},
    "watch with more than that": _watch(1) | {"text": "あ"},
    "typing without a session": {"type": "typing"},
    "typing as an object": {"type": "typing", "session": 1, "typing": {"on": 1}},
}
BAD_UTF8 = {
    "invalid UTF-8": b"\xff\xfe",
    "a surrogate in UTF-8": b'{"type":"\xed\xa0\x80"}',
    "overlong NUL": b'{"type":"\xc0\x80"}',
    "truncated character": b'{"type":"\xe3\x81',
}
# RFC 6455, 7.4: codes nobody may put on the wire.
FORBIDDEN_CLOSES = (0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535)
ALLOWED_CLOSES = (1000, 1001, 3000, 4999)


def cases() -> list[Stored]:
    return [
        *_messages(),
        *_protocol(),
        *_closes(),
        *_fragments(),
        *_large(),
        *_floods(),
        *_handshakes(),
    ]


def _case(name: str, expected: list[int], *frames: Stored, **handshake: Any) -> Stored:
    case: Stored = {"name": name, "frames": list(frames)}
    if handshake:
        case["handshake"] = handshake
    return case | {"outcome": {"handshake": "accepted", "close": expected}}


def _messages() -> list[Stored]:
    found = [_case(name, expected, frame(TEXT, payload)) for name, (expected, payload) in NOT_A_MESSAGE.items()]
    found += [_case(f"message: {name}", NOT_UNDERSTOOD, say(value)) for name, value in NOT_OURS.items()]
    # Changes go over HTTP: a socket that sends is not understood, and nothing is stored.
    mine = {"type": "send", "session": 1, "client_id": CLIENT_ID, "text": "あ"}
    found.append(_case("a send", NOT_UNDERSTOOD, say(mine)))
    found.append(_case("two sends, same id and words", NOT_UNDERSTOOD, say(mine), say(mine)))
    found.append(_case("two sends, same id, other words", NOT_UNDERSTOOD, say(mine), say(mine | {"text": "い"})))
    # A session that may not be seen (or is not there) is as silent as a lost ring: the line stays.
    foreign = _watch(2**63 - 1)
    found.append(_case("watch what is not there", STAYS_OPEN, say(foreign)))
    return found


def _protocol() -> list[Stored]:
    ping = json.dumps({"type": "ping"})
    found = [_case(f"reserved opcode {code:#x}", BROKEN, frame(code)) for code in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)]
    found += [_case(f"RSV {bits:#05b} without extension", BROKEN, frame(TEXT, ping, rsv=bits)) for bits in (1, 2, 4)]
    found += [_case(f"bad UTF-8: {name}", NOT_UTF8, frame(TEXT, payload)) for name, payload in BAD_UTF8.items()]
    return [
        *found,
        _case("binary", NO_BINARY, frame(BINARY, b"\x00\x01\x02")),
        _case("binary that is JSON", NO_BINARY, frame(BINARY, ping)),
        _case("empty binary", NO_BINARY, frame(BINARY)),
        _case("unmasked text", BROKEN, frame(TEXT, ping, masked=False)),
        _case("unmasked ping", BROKEN, frame(PING, masked=False)),
        _case("ping of 125 bytes", STAYS_OPEN, frame(PING, b"a" * 125)),
        _case("ping of 126 bytes", BROKEN, frame(PING, b"a" * 126)),
        _case("pong of 126 bytes", BROKEN, frame(PONG, b"a" * 126)),
        _case("ping in fragments", BROKEN, frame(PING, b"a", fin=False)),
        _case("pong nobody asked for", STAYS_OPEN, frame(PONG, b"unasked")),
        _case("100 pings", STAYS_OPEN, frame(PING, b"a", times=100)),
        _case("deflated without extension", BROKEN, frame(TEXT, b"a", repeat=1000, deflated=True, rsv=4)),
        _case("a length with its highest bit set", BROKEN + TOO_LARGE, frame(TEXT, length=2**63)),
        _case("random bytes as a frame", BROKEN, frame(15, b"\xde\xad\xbe\xef", rsv=7, masked=False)),
    ]


def _closes() -> list[Stored]:
    found = [_case(f"close {code}", BROKEN, close(code)) for code in FORBIDDEN_CLOSES]
    found += [_case(f"close {code}", [code, 1000], close(code)) for code in ALLOWED_CLOSES]
    return [
        *found,
        _case("close without code", [1000, 1005], frame(CLOSE)),
        _case("close with one byte", BROKEN, frame(CLOSE, b"\x03")),
        _case("close with bad UTF-8", NOT_UTF8, close(1000, b"\xff")),
        _case("close of 126 bytes", BROKEN, close(1000, b"a" * 124)),
        _case("close in fragments", BROKEN, frame(CLOSE, b"\x03\xe8", fin=False)),
        _case("words after close", [1000], close(1000), say({"type": "ping"})),
    ]


def _fragments() -> list[Stored]:
    first, second = '{"type":"typing","note":"あ'.encode()[:-1], "あ".encode()[-1:] + b'"}'
    part = frame(TEXT, b'{"type":', fin=False)
    return [
        _case("a message in two fragments", STAYS_OPEN, part, frame(CONTINUATION, b'"ping"}')),
        _case("a ping between fragments", STAYS_OPEN, part, frame(PING), frame(CONTINUATION, b'"ping"}')),
        _case(
            "a character across fragments",
            [OPEN, *NOT_UNDERSTOOD],
            frame(TEXT, first, fin=False),
            frame(CONTINUATION, second),
        ),
        _case("continuation without start", BROKEN, frame(CONTINUATION, b"a")),
        _case("text inside a fragmented text", BROKEN, part, frame(TEXT, b"a")),
        _case("a fragment never ended", STAYS_OPEN, part),
        _case(
            "100,000 fragments of one byte",
            [*TOO_LARGE, *NOT_UNDERSTOOD],
            frame(TEXT, b"a", fin=False),
            frame(CONTINUATION, b"a", fin=False, times=99_998),
            frame(CONTINUATION, b"a"),
        ),
        _case(
            "empty fragments without end",
            [1002, 1006, 1008, 1009, *NOT_UNDERSTOOD],
            frame(TEXT, fin=False),
            frame(CONTINUATION, fin=False, times=10_000),
            frame(CONTINUATION),
        ),
    ]


def _large() -> list[Stored]:
    def padded(size: int) -> str:
        empty = json.dumps({"type": "ping", "pad": ""})
        return empty[:-2] + "a" * (size - len(empty)) + empty[-2:]

    bomb = {"headers": [["Sec-WebSocket-Extensions", "permessage-deflate"]]}
    return [
        _case("nesting of 30,000", NOT_UNDERSTOOD, frame(TEXT, b"[", repeat=30_000)),
        _case("64 KiB", [*STAYS_OPEN, *NOT_UNDERSTOOD], frame(TEXT, padded(APP_LIMIT_BYTES))),
        _case("64 KiB + 1", TOO_LARGE, frame(TEXT, padded(APP_LIMIT_BYTES + 1))),
        _case("128 KiB + 1", TOO_LARGE, frame(TEXT, b"a", repeat=128 * 1024 + 1)),
        _case("1 MiB + 1", TOO_LARGE, frame(TEXT, b"a", repeat=1024 * 1024 + 1)),
        _case("1 MiB + 1 of binary", [*TOO_LARGE, *NO_BINARY], frame(BINARY, b"\x00", repeat=1024 * 1024 + 1)),
        _case("4 GiB announced", TOO_LARGE, frame(TEXT, b"a", length=2**32)),
        _case("2^63 - 1 bytes announced", [*TOO_LARGE, 1002], frame(TEXT, b"a", length=2**63 - 1)),
        _case(
            "deflate bomb", [*BROKEN, *TOO_LARGE], frame(TEXT, b"a", repeat=50_000_000, deflated=True, rsv=4), **bomb
        ),
    ]


def _floods() -> list[Stored]:
    ping = say({"type": "ping"})
    return [
        _case("200 messages a second", [OPEN, 1008], ping | {"times": 2_000}, per_second=200),
        _case("a client that never reads", [OPEN, 1006, 1008, 1011, 1013], ping | {"times": 100_000}, reads=False),
        _case("words before the handshake is answered", STAYS_OPEN, ping, pipelined=True),
        _case(
            "bad words before the handshake is answered", [OPEN, *NOT_UNDERSTOOD], frame(TEXT, b"hello"), pipelined=True
        ),
    ]


def _handshakes() -> list[Stored]:
    refused_origins: dict[str, Any] = {
        "another host": "https://evil.example",
        "another scheme": "ftp://{host}:{port}",
        "another port": "{scheme}://{host}:1",
        "null": "null",
        "missing": None,
        "empty": "",
        "with user": "{scheme}://user@{host}:{port}",
        "ours as user of another": "{scheme}://{host}:{port}@evil.example",
        "trailing dot": "{scheme}://{host}.:{port}",
        "ours as a prefix": "{scheme}://{host}.evil.example:{port}",
        "ours as a suffix": "{scheme}://evil{host}:{port}",
        "with a path": "{origin}/",
        "two headers": ["{origin}", "https://evil.example"],
        "two headers, ours last": ["https://evil.example", "{origin}"],
        "two in one": "{origin}, https://evil.example",
        "not ASCII": "https://相談.example",
        "10 KB long": "https://" + "a" * 10_000 + ".example",
    }
    found = [_refused(f"Origin {name}", origin=origin) for name, origin in refused_origins.items()]
    found.append(_case("Origin ours", STAYS_OPEN, say({"type": "ping"}), origin="{origin}"))
    found.append(_refused("Host of another", headers=[["Host", "evil.example"]]))
    found.append(_refused("version 12", headers=[["Sec-WebSocket-Version", "12"]]))
    found.append(_refused("key too short", headers=[["Sec-WebSocket-Key", "YQ=="]]))
    protocol = _refused("protocol not ASCII", headers=[["Sec-WebSocket-Protocol", "\u76f8\u8ac7"]])
    protocol["outcome"] = {"handshake": ["accepted", "refused"], "close": STAYS_OPEN}
    return [*found, protocol]


def _refused(name: str, **handshake: Any) -> Stored:
    return {"name": name, "frames": [], "handshake": handshake, "outcome": {"handshake": "refused"}}
