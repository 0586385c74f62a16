"""JSON from outside, read so that no two readers could disagree about it. Pure."""

from __future__ import annotations

import json
import math
import re
from typing import Literal, NoReturn
from uuid import UUID

LARGEST_BODY_BYTES = 65_536
DEEPEST_NESTING = 20
LARGEST_ID = 2**63 - 1

STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
CANONICAL_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

JsonCode = Literal[
    "too_large",
    "byte_order_mark",
    "invalid_utf8",
    "too_deep",
    "invalid_json",
    "duplicate_key",
    "not_finite",
    "not_an_object",
    "not_an_integer",
    "out_of_range",
    "not_a_uuid",
]


class UnacceptableJson(ValueError):
    """A body, or a value in it, which is refused; `code` says why, never what was written."""

    def __init__(self, code: JsonCode) -> None:
        super().__init__(code)
        self.code = code


def parse_object(raw: bytes, *, limit: int = LARGEST_BODY_BYTES, depth: int = DEEPEST_NESTING) -> dict[str, object]:
    """A JSON object from a request's or frame's bytes, or `UnacceptableJson`. Words in it still need `clean`."""
    if len(raw) > limit:
        raise UnacceptableJson("too_large")
    if raw.startswith(BYTE_ORDER_MARKS):
        raise UnacceptableJson("byte_order_mark")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise UnacceptableJson("invalid_utf8") from None
    # Before parsing: Python's parser recurses, and would answer deep nesting with a RecursionError.
    if _nesting(text) > depth:
        raise UnacceptableJson("too_deep")
    value = _parse(text)
    if not isinstance(value, dict):
        raise UnacceptableJson("not_an_object")
    return value


def strict_int(value: object, at_least: int = 1, at_most: int = LARGEST_ID) -> int:
    """A JSON integer from `at_least` to `at_most`; true, 1.0, "1" and "１" are none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnacceptableJson("not_an_integer")
    if not at_least <= value <= at_most:
        raise UnacceptableJson("out_of_range")
    return value


def strict_uuid(value: object) -> UUID:
    """A UUID in its one canonical spelling: lower case, four hyphens, no braces, no urn."""
    if not isinstance(value, str) or not CANONICAL_UUID.fullmatch(value):
        raise UnacceptableJson("not_a_uuid")
    return UUID(value)


def _nesting(text: str) -> int:
    """How deep the brackets go, those in strings left out."""
    depth = deepest = 0
    for match in STRING_OR_BRACKET.finditer(text):
        token = match[0]
        if token in ("[", "{"):
            depth += 1
            deepest = max(deepest, depth)
        elif token in ("]", "}"):
            depth -= 1
    return deepest


def _parse(text: str) -> object:
    try:
        return json.loads(
            text, object_pairs_hook=_unique_keys, parse_constant=_refuse_constant, parse_float=_finite_float
        )
    except UnacceptableJson:
        raise
    except ValueError:
        raise UnacceptableJson("invalid_json") from None


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = dict(pairs)
    if len(keys) < len(pairs):
        raise UnacceptableJson("duplicate_key")
    return keys


def _refuse_constant(_name: str) -> NoReturn:
    raise UnacceptableJson("not_finite")


def _finite_float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise UnacceptableJson("not_finite")
    return value
