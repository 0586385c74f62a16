"""C2: request bodies that must be refused or repaired in sight: never a 500, never silently emptied."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

BODY_LIMIT_BYTES = 65_536

# Bodies that are no acceptable JSON object at all.
JSON: dict[str, tuple[str, bytes]] = {
    "empty body": ("invalid_json", b""),
    "white space only": ("invalid_json", b" \n "),
    "raw NUL in a string": ("invalid_json", b'{"text":"a\x00b"}'),
    "raw NUL after the object": ("invalid_json", b'{"text":"a"}\x00'),
    "raw line end in a string": ("invalid_json", b'{"text":"a\nb"}'),
    "CESU-8": ("invalid_utf8", b'{"text":"\xed\xa0\xbd\xed\xb8\x80"}'),
    "a surrogate in UTF-8": ("invalid_utf8", b'{"text":"\xed\xa0\x80"}'),
    "overlong NUL": ("invalid_utf8", b'{"text":"\xc0\x80"}'),
    "overlong slash": ("invalid_utf8", b'{"text":"\xe0\x80\xaf"}'),
    "F5 byte": ("invalid_utf8", b'{"text":"\xf5\x80\x80\x80"}'),
    "beyond Unicode": ("invalid_utf8", b'{"text":"\xf4\x90\x80\x80"}'),
    "FF byte": ("invalid_utf8", b'{"text":"\xff"}'),
    "truncated character": ("invalid_utf8", b'{"text":"\xe3\x81"}'),
    "truncated character at the end": ("invalid_utf8", b'{"text":"a"}\xe3'),
    "lone continuation byte": ("invalid_utf8", b'{"text":"\x80"}'),
    "Shift_JIS": ("invalid_utf8", '{"text":"相談"}'.encode("shift_jis")),
    "UTF-8 with BOM": ("byte_order_mark", '{"text":"あ"}'.encode("utf-8-sig")),
    "UTF-16 little-endian with BOM": ("byte_order_mark", '{"text":"あ"}'.encode("utf-16")),
    "UTF-16 big-endian with BOM": ("byte_order_mark", b"\xfe\xff" + '{"text":"あ"}'.encode("utf-16-be")),
    "UTF-16 without BOM": ("invalid_json", '{"text":"a"}'.encode("utf-16-le")),
    "UTF-32 without BOM": ("invalid_json", '{"text":"a"}'.encode("utf-32-be")),
    "NaN": ("not_finite", b'{"id":NaN}'),
    "Infinity": ("not_finite", b'{"id":Infinity}'),
    "minus Infinity": ("not_finite", b'{"id":-Infinity}'),
    "1e400": ("not_finite", b'{"id":1e400}'),
    "-1e400": ("not_finite", b'{"id":-1e400}'),
    "1e400 deep inside": ("not_finite", b'{"a":[{"b":1e400}]}'),
    "duplicate key": ("duplicate_key", b'{"session":1,"session":2}'),
    "duplicate key, same value": ("duplicate_key", b'{"session":1,"session":1}'),
    "duplicate key, one escaped": ("duplicate_key", b'{"session":1,"\\u0073ession":2}'),
    "duplicate key deep inside": ("duplicate_key", b'{"a":{"b":1,"b":2}}'),
    "array": ("not_an_object", b"[]"),
    "string": ("not_an_object", b'"text"'),
    "number": ("not_an_object", b"1"),
    "true": ("not_an_object", b"true"),
    "null": ("not_an_object", b"null"),
    "two objects": ("invalid_json", b"{}{}"),
    "trailing comma": ("invalid_json", b'{"a":1,}'),
    "single quotes": ("invalid_json", b"{'a':1}"),
    "comment": ("invalid_json", b'{"a":1}//'),
    "unclosed object": ("invalid_json", b'{"a":1'),
    "unclosed string": ("invalid_json", b'{"a":"'),
    "a form": ("invalid_json", b"text=a&id=1"),
    "half an escape": ("invalid_json", b'{"text":"\\u00"}'),
    "id with a leading zero": ("invalid_json", b'{"id":01}'),
    "id with a plus": ("invalid_json", b'{"id":+1}'),
    "id in hexadecimal": ("invalid_json", b'{"id":0x1}'),
    "id of 5,000 digits": ("invalid_json", b'{"id":' + b"9" * 5_000 + b"}"),
    "nesting of 21": ("too_deep", b'{"a":' + b"[" * 20 + b"]" * 20 + b"}"),
    "nesting of 21 objects": ("too_deep", b'{"a":' * 20 + b"{}" + b"}" * 20),
    "nesting of 30,000": ("too_deep", b'{"a":' + b"[" * 30_000 + b"]" * 30_000 + b"}"),
    "nesting never closed": ("too_deep", b"[" * 60_000),
}

# Values of "text" as they stand in the body; the third is what `repair` makes of a string.
TEXT: dict[str, tuple[str, bytes, str | None]] = {
    "escaped NUL": ("nul", b'"a\\u0000b"', "a\ufffdb"),
    "escaped NUL alone": ("nul", b'"\\u0000"', "\ufffd"),
    "lone high surrogate": ("lone_surrogate", b'"a\\ud83d"', "a\ufffd"),
    "lone low surrogate": ("lone_surrogate", b'"\\udc00b"', "\ufffdb"),
    "surrogates in the wrong order": ("lone_surrogate", b'"\\ude00\\ud83d"', "\ufffd\ufffd"),
    "high surrogate before a letter": ("lone_surrogate", b'"\\ud83dabc"', "\ufffdabc"),
    "a pair and a lone one": ("lone_surrogate", b'"\\ud83d\\ude00\\ud83d"', "\U0001f600\ufffd"),
    "empty string": ("empty", b'""', ""),
    "spaces": ("empty", b'"  \\n\\t"', "  \n\t"),
    "joiners": ("empty", b'"\\u200d\\u200b\\ufeff"', "\u200d\u200b\ufeff"),
    "object for text": ("not_text", b'{"$gt":""}', None),
    "empty object for text": ("not_text", b"{}", None),
    "array for text": ("not_text", b'["a"]', None),
    "number for text": ("not_text", b"1", None),
    "zero for text": ("not_text", b"0", None),
    "true for text": ("not_text", b"true", None),
    "false for text": ("not_text", b"false", None),
    "null for text": ("not_text", b"null", None),
    "20,001 units": ("too_long", b'"' + b"a" * 20_001 + b'"', None),
    "10,001 emoji": ("too_long", b'"' + "\U0001f600".encode() * 10_001 + b'"', None),
}

IDS: dict[str, tuple[str, bytes]] = {
    "id with a space": ("not_an_integer", b'"1 "'),
    "id 01 in quotes": ("not_an_integer", b'"01"'),
    "id 1 in quotes": ("not_an_integer", b'"1"'),
    "id full width": ("not_an_integer", '"１"'.encode()),
    "id 1.0": ("not_an_integer", b"1.0"),
    "id 1e0": ("not_an_integer", b"1e0"),
    "id 1e0 in quotes": ("not_an_integer", b'"1e0"'),
    "id true": ("not_an_integer", b"true"),
    "id null": ("not_an_integer", b"null"),
    "id in an array": ("not_an_integer", b"[1]"),
    "id in an object": ("not_an_integer", b'{"id":1}'),
    "id empty": ("not_an_integer", b'""'),
    "id 0": ("out_of_range", b"0"),
    "id -0": ("out_of_range", b"-0"),
    "id -1": ("out_of_range", b"-1"),
    "id 2^63": ("out_of_range", b"9223372036854775808"),
    "id 2^64": ("out_of_range", b"18446744073709551616"),
    "id of 100 digits": ("out_of_range", b"9" * 100),
}

UUIDS: dict[str, bytes] = {
    "UUID upper-case": b'"0B7B4D3E-7C0A-4E0C-9D6B-1F2A3B4C5D6E"',
    "UUID in braces": b'"{0b7b4d3e-7c0a-4e0c-9d6b-1f2a3b4c5d6e}"',
    "UUID as urn": b'"urn:uuid:0b7b4d3e-7c0a-4e0c-9d6b-1f2a3b4c5d6e"',
    "UUID without hyphens": b'"0b7b4d3e7c0a4e0c9d6b1f2a3b4c5d6e"',
    "UUID with a line end": b'"0b7b4d3e-7c0a-4e0c-9d6b-1f2a3b4c5d6e\\n"',
    "UUID with a space": b'" 0b7b4d3e-7c0a-4e0c-9d6b-1f2a3b4c5d6e"',
    "UUID full width": '"０b7b4d3e-7c0a-4e0c-9d6b-1f2a3b4c5d6e"'.encode(),
    "UUID too short": b'"0b7b4d3e-7c0a-4e0c-9d6b-1f2a3b4c5d6"',
    "UUID empty": b'""',
    "UUID null": b"null",
    "UUID a number": b"1",
}

# (unit, times) inside {"text":"…"}
LARGE = {"65 KB": (b"a", BODY_LIMIT_BYTES + 1 - 11), "10 MB": ("あ".encode(), 3_500_000)}


def cases() -> list[dict[str, Any]]:
    found = [_case(name, body, "json", code) for name, (code, body) in JSON.items()]
    for name, (unit, times) in LARGE.items():
        large = _case(name, unit, "json", "too_large") | {"times": times}
        found.append(large | {"before": _base64(b'{"text":"'), "after": _base64(b'"}')})
    for name, (code, value, repaired) in TEXT.items():
        case = _case(f"text: {name}", b'{"text":' + value + b"}", "text", code)
        if repaired is not None:
            case["outcome"]["repaired"] = repaired
        found.append(case)
    found += [_case(name, b'{"id":' + value + b"}", "id", code) for name, (code, value) in IDS.items()]
    return found + [_case(name, b'{"id":' + value + b"}", "uuid", "not_a_uuid") for name, value in UUIDS.items()]


def _case(name: str, body: bytes, door: str, code: str) -> dict[str, Any]:
    return {"name": name, "bytes": _base64(body), "outcome": {"door": door, "code": code}}


def _base64(content: bytes) -> str:
    return b64encode(content).decode()
