"""What LINE's events mean, read tolerantly: whatever is missing, new or odd."""

import contextlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from counseling.actions.inbox import (
    Followed,
    Happening,
    Invited,
    Nothing,
    Said,
    Tapped,
    Unfollowed,
    Unreadable,
    Unsent,
)
from counseling.gateways.line import parcels
from counseling.gateways.line.reading import moment, read
from counseling.rich_menu import Area
from counseling.text import utf16_length
from tests.counseling.gateways.line.posting import SENT_AT_MS, SORA, event, text_event


def meaning(found: object) -> Happening:
    return read(json.dumps(found).encode(), "01E")


def message(**fields: Any) -> Said:
    said = meaning(text_event(message={"id": "1", **fields}))
    assert isinstance(said, Said)
    return said


def test_a_text_is_said() -> None:
    at = datetime.fromtimestamp((SENT_AT_MS + 1) / 1000, UTC)
    assert meaning(text_event("こんばんは")) == Said(SORA, "1001", "text", "こんばんは", at)


@pytest.mark.parametrize(
    ("kind", "expected"), [("follow", Followed(SORA)), ("unfollow", Unfollowed(SORA)), ("beacon", Nothing("kind"))]
)
def test_other_events_have_their_meaning(kind: str, expected: Happening) -> None:
    assert meaning(event(kind)) == expected


def test_an_unsend_names_its_message() -> None:
    assert meaning(event("unsend", unsend={"messageId": "7"})) == Unsent("7")


@pytest.mark.parametrize(
    ("postback", "expected"),
    [
        ({"data": "menu=hours"}, Tapped(SORA, Area.HOURS)),
        ({"data": "menu=talk", "params": {"date": "2026-01-01"}}, Tapped(SORA, Area.TALK)),
        ({"data": "menu=unknown"}, Nothing("postback")),
        ({"data": "a" * 300}, Nothing("postback")),
        ({"data": ["menu=hours"]}, Nothing("postback")),
        ({}, Nothing("postback")),
        (None, Nothing("postback")),
    ],
)
def test_a_tap_on_our_menu_names_its_area(postback: object, expected: Happening) -> None:
    assert meaning(event("postback", postback=postback)) == expected


def test_a_tap_of_nobody_is_unreadable_and_one_in_a_group_is_none() -> None:
    with pytest.raises(Unreadable):
        meaning(event("postback", source=None, postback={"data": "menu=talk"}))
    group = {"type": "group", "groupId": "C1", "userId": SORA}
    assert meaning(event("postback", source=group, postback={"data": "menu=talk"})) == Nothing("group")


@pytest.mark.parametrize("kind", ["group", "room"])
def test_an_invitation_names_the_place(kind: str) -> None:
    assert meaning(event("join", source={"type": kind, f"{kind}Id": "C1"})) == Invited(kind, "C1")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"keywords": ["ありがとう", "感謝"]}, "ありがとう、感謝"),
        ({"keywords": list("あいうえおかき")}, "あ、い、う、え、お"),
        ({"text": "つらい", "keywords": ["涙"]}, "つらい"),
        ({"text": " ", "keywords": [1, None, ""]}, "スタンプ"),
        ({"keywords": "涙"}, "スタンプ"),
        ({}, "スタンプ"),
    ],
)
def test_a_sticker_has_a_meaning(fields: dict[str, Any], words: str) -> None:
    assert message(type="sticker", **fields).text == words


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("資料.pdf", "資料.pdf"),
        ("../../etc/passwd", "....etcpasswd"),
        ("a\x00b\ud83d.jpg", "ab\ufffd.jpg"),
        ("\u202egpj.exe", "gpj.exe"),
        ("x" * 300, "x" * 100),
        (7, ""),
        (None, ""),
    ],
)
def test_a_file_s_name_misleads_nobody(name: object, cleaned: str) -> None:
    assert message(type="file", fileName=name).text == cleaned


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": "横浜駅", "address": "西区", "latitude": 35.4, "longitude": 139.6}, "横浜駅\n西区\n35.4, 139.6"),
        ({"latitude": 35.4, "longitude": 139.6}, "35.4, 139.6"),
        ({"title": 1, "latitude": "35", "longitude": True}, ""),
    ],
)
def test_a_place_is_told_in_words(fields: dict[str, Any], words: str) -> None:
    assert message(type="location", **fields).text == words


def test_a_type_that_line_adds_is_kept_as_unknown() -> None:
    assert message(type="hologram", text="?").kind == "unknown"


def test_halves_of_characters_and_nul_are_repaired() -> None:
    assert message(type="text", text="a\x00b\ud83dc").text == "a\ufffdb\ufffdc"


def test_without_an_id_the_event_s_own_keeps_it_from_being_taken_twice() -> None:
    said = meaning(text_event(message={"type": "text", "text": "a"}))
    assert isinstance(said, Said)
    assert said.external_id == "e:01E"


@pytest.mark.parametrize("twist", [{"source": None}, {"source": {}}, {"message": None}, {"message": {"type": "text"}}])
def test_what_lacks_the_necessary_is_unreadable(twist: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        meaning(text_event() | twist)


@pytest.mark.parametrize("odd", [None, "1767225600000", -1, 0, True, 2**53, 10**30, 1.5, 1e300, {}, []])
def test_a_time_that_makes_no_sense_is_no_time(odd: object) -> None:
    assert moment(odd) is None


def test_a_time_in_the_future_is_no_time() -> None:
    assert moment(int((timezone.now() + timedelta(days=2)).timestamp() * 1000)) is None


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
MEMBERS = st.sampled_from(["type", "source", "message", "timestamp", "mode", "webhookEventId", "deliveryContext"])


@settings(max_examples=500, deadline=None)
@given(member=MEMBERS, value=anything)
def test_no_member_of_an_event_can_break_the_reader(member: str, value: object) -> None:
    arrival = parcels.split(json.dumps({"events": [text_event() | {member: value}]}).encode(), "")[0]
    assert utf16_length(arrival.event_id) <= 80
    assert len(arrival.kind) <= 24
    with contextlib.suppress(Unreadable):
        read(arrival.body, arrival.event_id)


@settings(max_examples=500, deadline=None)
@given(raw=st.binary() | anything.map(lambda value: json.dumps(value).encode()))
def test_no_body_can_break_the_door(raw: bytes) -> None:
    for arrival in parcels.split(raw, "U1"):
        assert len(arrival.event_id) <= 80


def test_an_event_without_an_id_is_known_again_when_it_is_redelivered() -> None:
    first = text_event(webhookEventId=None, replyToken="a")
    again = text_event(webhookEventId=None, replyToken="b", deliveryContext={"isRedelivery": True})
    assert parcels.event_id_of(first) == parcels.event_id_of(again)
    assert parcels.event_id_of(first) != parcels.event_id_of(text_event("ほか", webhookEventId=None))
