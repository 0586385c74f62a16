"""Words at rest: opened only with their key, in their place, unaltered; old wrapping keys still open."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts import sealing
from counseling import crypto
from counseling.crypto import CannotOpen

KEY, OTHER = crypto.new_key(), crypto.new_key()
PLACE = "message.body:7/3"


def ring(*numbers: int) -> list[str]:
    return [f"{number}:{base64.b64encode(bytes([number]) * 32).decode()}" for number in numbers]


@given(st.text())
def test_words_come_back_as_they_were(words: str) -> None:
    assert crypto.open_text(KEY, crypto.seal(KEY, words, PLACE), PLACE) == words


@given(st.text(min_size=1), st.data())
def test_one_flipped_bit_is_noticed(words: str, data: st.DataObject) -> None:
    sealed = bytearray(crypto.seal(KEY, words, PLACE))
    at = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << (at % 8)
    with pytest.raises(CannotOpen):
        crypto.open_text(KEY, bytes(sealed), PLACE)


@pytest.mark.parametrize("place", ["message.body:7/4", "message.body:8/3", "note.body:7/3", ""])
def test_moved_to_another_place_it_does_not_open(place: str) -> None:
    with pytest.raises(CannotOpen):
        crypto.open_text(KEY, crypto.seal(KEY, "ことば", PLACE), place)


def test_another_visitors_key_does_not_open_it() -> None:
    with pytest.raises(CannotOpen):
        crypto.open_text(OTHER, crypto.seal(KEY, "ことば", PLACE), PLACE)


def test_the_same_words_are_sealed_differently_each_time() -> None:
    assert crypto.seal(KEY, "はい", PLACE) != crypto.seal(KEY, "はい", PLACE)


@pytest.mark.parametrize("destroyed", [None, b""])
def test_a_destroyed_key_opens_nothing(destroyed: bytes | None) -> None:
    with pytest.raises(CannotOpen):
        crypto.unwrap(destroyed, "visitor.key:abc")


def test_after_rotation_old_keys_still_open_and_new_ones_wrap(settings: Settings) -> None:
    settings.WORDS_KEYS = ring(1)
    sealing.ring.cache_clear()
    old = crypto.wrap(KEY, "visitor.key:abc")
    house = crypto.seal_house(b"secret", "channel.secret:x")
    settings.WORDS_KEYS = ring(2, 1)
    sealing.ring.cache_clear()
    try:
        assert crypto.unwrap(old, "visitor.key:abc") == KEY
        assert crypto.open_house(house, "channel.secret:x") == b"secret"
        assert crypto.wrap(KEY, "visitor.key:abc")[0] == 2
        settings.WORDS_KEYS = ring(2)
        sealing.ring.cache_clear()
        with pytest.raises(CannotOpen):
            crypto.unwrap(old, "visitor.key:abc")
    finally:
        sealing.ring.cache_clear()


def test_an_identity_is_found_by_its_hash_within_its_purpose_only() -> None:
    assert crypto.keyed_hash("U1", "visitor:1") == crypto.keyed_hash("U1", "visitor:1")
    assert crypto.keyed_hash("U1", "visitor:1") != crypto.keyed_hash("U1", "visitor:2")
    assert crypto.keyed_hash("U1", "visitor:1") != crypto.keyed_hash("U2", "visitor:1")


@pytest.mark.parametrize(
    "keys", [["1:c2hvcnQ="], ring(1, 1), ["256:" + ring(1)[0][2:]], ["1:not base64!"], ["no number"]]
)
def test_a_ring_that_would_lose_words_is_refused(settings: Settings, keys: list[str]) -> None:
    settings.WORDS_KEYS = keys
    sealing.ring.cache_clear()
    try:
        with pytest.raises(ValueError):
            crypto.check_keys()
    finally:
        sealing.ring.cache_clear()
