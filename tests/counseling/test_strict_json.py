"""JSON from outside is read in one way only, or refused with a code."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.text import (
    UnacceptableJson,
    UnacceptableText,
    clean,
    parse_object,
    repair,
    strict_int,
    strict_uuid,
)
from tests.corpus import Case, load

DOORS: dict[str, Callable[[bytes], object]] = {
    "json": parse_object,
    "text": lambda body: clean(parse_object(body)["text"]),
    "id": lambda body: strict_int(parse_object(body)["id"]),
    "uuid": lambda body: strict_uuid(parse_object(body)["id"]),
}


@pytest.mark.parametrize("case", load("c2"), ids=lambda case: case.name)
def test_bad_bodies_are_refused_at_their_door(case: Case) -> None:
    with pytest.raises((UnacceptableJson, UnacceptableText)) as refused:
        DOORS[case.outcome["door"]](case.content)
    assert getattr(refused.value, "code", None) == case.outcome["code"]


REPAIRABLE = [case for case in load("c2") if "repaired" in case.outcome]


@pytest.mark.parametrize("case", REPAIRABLE, ids=lambda case: case.name)
def test_received_words_that_would_be_refused_are_repaired(case: Case) -> None:
    text = parse_object(case.content)["text"]
    assert isinstance(text, str)
    assert repair(text) == case.outcome["repaired"]


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"{}", {}),
        (b' {"a": [1, 1.5, "\\ud83d\\ude00", null, true]}\n', {"a": [1, 1.5, "😀", None, True]}),
        ('{"text":"死にたい"}'.encode(), {"text": "死にたい"}),
        (b'{"a":{"b":1},"c":{"b":1}}', {"a": {"b": 1}, "c": {"b": 1}}),
        (b'{"a":"' + b"[" * 1_000 + b'"}', {"a": "[" * 1_000}),
        (b'{"a":"\\"[[[[[[[[[[[[[[[[[[[[[[[["}', {"a": '"' + "[" * 24}),
        (b'{"__proto__":{"a":1},"":0}', {"__proto__": {"a": 1}, "": 0}),
    ],
)
def test_good_objects_are_read(body: bytes, value: dict[str, object]) -> None:
    assert parse_object(body) == value


def test_nesting_of_twenty_is_the_deepest() -> None:
    assert parse_object(b'{"a":' + b"[" * 19 + b"]" * 19 + b"}")
    with pytest.raises(UnacceptableJson, match="too_deep"):
        parse_object(b'{"a":' + b"[" * 20 + b"]" * 20 + b"}")
    assert parse_object(b'{"a":[[]]}', depth=3)


def test_the_limit_counts_bytes() -> None:
    assert parse_object(b'{"a":"' + b"a" * (65_536 - 8) + b'"}')
    with pytest.raises(UnacceptableJson, match="too_large"):
        parse_object(b'{"a":"' + b"a" * (65_536 - 7) + b'"}')
    with pytest.raises(UnacceptableJson, match="too_large"):
        parse_object(b'{"a":1}', limit=6)


def test_a_refusal_never_repeats_what_was_written() -> None:
    with pytest.raises(UnacceptableJson) as refused:
        parse_object('{"死にたい":1,"死にたい":2}'.encode())
    assert "死" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("value", [1, 2**63 - 1])
def test_ids_of_the_database_are_taken(value: int) -> None:
    assert strict_int(value) == value


def test_the_range_of_an_integer_can_be_set() -> None:
    assert strict_int(0, at_least=0) == 0
    with pytest.raises(UnacceptableJson, match="out_of_range"):
        strict_int(11, at_most=10)


def test_a_canonical_uuid_is_taken() -> None:
    text = "0b7b4d3e-7c0a-4e0c-9d6b-1f2a3b4c5d6e"
    assert strict_uuid(text) == UUID(text)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        value = parse_object(body)
    except UnacceptableJson:
        return
    assert value == json.loads(body)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), values, max_size=4), st.booleans())
def test_what_others_write_is_read_as_they_meant_it(value: dict[str, object], ascii_only: bool) -> None:
    body = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    try:
        assert parse_object(body) == value
    except UnacceptableJson as refused:
        assert refused.code in {"too_deep", "invalid_utf8"}
