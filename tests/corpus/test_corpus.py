"""The corpora are what their readable sources say, and can be read by those who run them."""

from __future__ import annotations

import json

import pytest

from tests.corpus import FOLDER, load, wire, write

CORPORA = sorted(write.SOURCES)


@pytest.mark.parametrize("corpus", CORPORA)
def test_the_file_is_what_its_source_writes(corpus: str) -> None:
    assert (FOLDER / f"{corpus}.jsonl").read_text(encoding="utf-8") == write.lines(corpus)


@pytest.mark.parametrize("corpus", CORPORA)
def test_every_case_has_a_name_of_its_own(corpus: str) -> None:
    names = [case.name for case in load(corpus)]
    assert len(names) == len(set(names)) > 50


def test_long_input_is_told_briefly_and_read_whole() -> None:
    lengths = {case.name: len(case.content) for case in load("c2")}
    assert lengths["65 KB"] == 65_537
    assert lengths["10 MB"] > 10_000_000


def test_a_frame_is_written_as_rfc_6455_says() -> None:
    hello = {"opcode": 1, "payload": "SGVsbG8="}
    assert wire(hello | {"masked": False}) == b"\x81\x05Hello"
    assert wire(hello) == b"\x81\x85\0\0\0\0Hello"
    assert wire(hello | {"repeat": 60, "masked": False})[:4] == b"\x81\x7e\x01\x2c"
    assert wire({"opcode": 9, "fin": False, "rsv": 4, "length": 2**16})[:2] == b"\x49\xff"


def test_every_frame_can_be_written() -> None:
    for case in load("c5"):
        assert case.outcome["handshake"] == "refused" or case.frames or case.outcome["close"] == [0]
        assert all(wire(frame) for frame in case.frames)


def test_every_webhook_story_has_a_status_for_each_request() -> None:
    for case in load("c7"):
        assert len(case.outcome["statuses"]) == len(case.requests) > 0
        assert case.outcome["kept"] == len(case.outcome["kinds"])


def test_webhook_bodies_that_are_taken_are_json_of_line() -> None:
    taken = [case for case in load("c7") if case.outcome["statuses"] == [200]]
    assert len(taken) > 100
    assert all("events" in json.loads(case.requests[0]["body"]) for case in taken)
