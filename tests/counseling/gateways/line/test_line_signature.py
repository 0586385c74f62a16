"""Nobody but LINE gets a word into the house: 10,000 ways of signing wrongly, and the right one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from counseling import crypto
from counseling.gateways.line.signature import is_signed, signature
from counseling.models import Channel, InboundEvent
from tests.counseling.gateways.line.posting import SECRET, URL, body_of, post, text_event

BODY = body_of(text_event("つらい"))
RIGHT = signature(SECRET, BODY).decode()


def test_the_right_signature_opens_the_door() -> None:
    assert is_signed(BODY, RIGHT, [SECRET])


@settings(max_examples=2000, deadline=None)
@given(place=st.integers(0, len(BODY) - 1), bit=st.integers(0, 7))
def test_a_changed_body_is_refused(place: int, bit: int) -> None:
    changed = bytearray(BODY)
    changed[place] ^= 1 << bit
    assert not is_signed(bytes(changed), RIGHT, [SECRET])


@settings(max_examples=2000, deadline=None)
@given(place=st.integers(0, len(RIGHT) - 1), letter=st.characters())
def test_a_changed_signature_is_refused(place: int, letter: str) -> None:
    changed = RIGHT[:place] + letter + RIGHT[place + 1 :]
    assert is_signed(BODY, changed, [SECRET]) is (changed == RIGHT)


@settings(max_examples=2000, deadline=None)
@given(st.text())
def test_any_other_text_is_refused_and_never_an_error(text: str) -> None:
    assert not is_signed(BODY, text, [SECRET])


@settings(max_examples=2000, deadline=None)
@given(st.text(), st.binary())
def test_another_secret_opens_nothing(secret: str, body: bytes) -> None:
    signed = signature(secret.encode("utf-8", "replace").decode(), body).decode()
    assert is_signed(body, signed, [SECRET]) is (secret == SECRET)


@settings(max_examples=2000, deadline=None)
@given(
    st.sampled_from([str.lower, str.upper, str.swapcase, str.strip, str.title]), st.text(" \t\r\n\u3000", max_size=3)
)
def test_other_writings_of_the_right_signature_are_refused(change: object, space: str) -> None:
    changed = space + change(RIGHT) + space  # type: ignore[operator]
    assert is_signed(BODY, changed, [SECRET]) is (changed == RIGHT)


def test_no_secret_opens_nothing() -> None:
    assert not is_signed(BODY, RIGHT, [])
    assert not is_signed(BODY, "", [])


@pytest.mark.parametrize("given_signature", ["", "x", RIGHT.lower(), f"{RIGHT},{RIGHT}", RIGHT + "＝", RIGHT[:-1]])
def test_a_wrong_signature_is_401_with_nothing_stored(line_channel: Channel, given_signature: str) -> None:
    assert post(BODY, given=given_signature) == 401
    assert not InboundEvent.objects.exists()


def test_the_secret_of_another_channel_opens_nothing(line_channel: Channel) -> None:
    other = Channel(program=line_channel.program, kind="line", key="other")
    other.secret = crypto.seal_house(b"other-secret", other.place("secret"))
    other.save()
    assert post(BODY, given=signature("other-secret", BODY).decode()) == 401


def test_two_secrets_are_valid_during_a_rotation_and_one_after_it(line_channel: Channel) -> None:
    line_channel.previous_secret = crypto.seal_house(b"old", line_channel.place("previous_secret"))
    line_channel.previous_secret_until = timezone.now() + timedelta(hours=1)
    line_channel.save()
    old = signature("old", BODY).decode()
    assert post(BODY, given=old) == 200
    assert post(BODY) == 200
    Channel.objects.update(previous_secret_until=timezone.now())
    assert post(BODY, given=old) == 401


def test_an_unknown_channel_is_404(line_channel: Channel) -> None:
    assert post(BODY, url="/line/nowhere/webhook") == 404


def test_a_web_channel_has_no_webhook(web_channel: Channel) -> None:
    assert post(BODY, url="/line/women-web/webhook") == 404


def test_only_post_is_taken(line_channel: Channel) -> None:
    assert Client().get(URL).status_code == 405


def test_no_csrf_token_is_asked_of_line(line_channel: Channel) -> None:
    assert post(BODY, client=Client(enforce_csrf_checks=True)) == 200


def test_a_body_over_a_mebibyte_is_413_with_nothing_stored(line_channel: Channel) -> None:
    assert post(b"a" * (1_048_576 + 1)) == 413
    assert not InboundEvent.objects.exists()
