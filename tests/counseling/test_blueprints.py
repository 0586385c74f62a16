"""A program's file: templates that hold, and everything that is wrong with a file at once."""

import json
from typing import Any

import pytest

from counseling import blueprints
from counseling.agencies import Area
from counseling.blueprints import InvalidBlueprint
from counseling.blueprints.reading import MODES
from counseling.models.program import ChannelMode, Kind


@pytest.mark.parametrize("kind", blueprints.templates())
def test_a_template_is_read_back_as_it_stands(kind: str) -> None:
    made = blueprints.template(kind)
    assert made.kind == kind
    assert blueprints.parse(json.dumps(made.to_json()).encode()) == made


def test_every_kind_of_program_has_its_template() -> None:
    assert set(blueprints.templates()) == set(Kind.values) == set(blueprints.KINDS)


def test_a_file_knows_every_way_of_talking() -> None:
    assert tuple(ChannelMode.values) == MODES


def test_a_file_saved_by_an_editor_with_its_mark_is_read() -> None:
    content = json.dumps(blueprints.template("women").to_json()).encode("utf-8-sig")
    assert blueprints.parse(content).kind == "women"


def changed(**members: Any) -> dict[str, Any]:
    return blueprints.template("general").to_json() | members


def program(**members: Any) -> dict[str, Any]:
    stored = blueprints.template("general").to_json()
    return stored | {"program": stored["program"] | members}


REPLY = {"shortcut": "a", "title": "い", "body": "う"}
NIGHT = {"name": "夜勤", "role": "counselor", "starts": 1140, "ends": 1380, "lines": 2}
POLICE = {"kind": "police", "name": "○○警察署", "prefecture": "神奈川県"}
WRONG = [
    (b"\xff\xfe", ("", "not_json")),
    (b"[" * 100_000, ("", "not_json")),
    (b'{"format": "madoguchi-program", "format": "madoguchi-program"}', ("", "not_json")),
    (b"[]", ("", "other_format")),
    (b'{"format": "another"}', ("", "other_format")),
    (b" " * 2_000_001, ("", "too_large")),
    (changed(version=2), ("version", "newer_version")),
    (changed(version=True), ("version", "newer_version")),
    (program(name=" "), ("program.name", "missing")),
    (program(hours={"weekly": {"mon": ["22:00-20:00"]}}), ("program.hours.weekly.mon.0", "end_before_start")),
    (program(name="長" * 81), ("program.name", "too_long")),
    (program(name="\0"), ("program.name", "unreadable")),
    (program(area="\ud83d"), ("program.area", "unreadable")),
    (program(secret=1), ("program", "unknown")),
    (program(kind="cats"), ("program.kind", "bad_value")),
    (program(channel_mode=None), ("program.channel_mode", "missing")),
    (program(channel_mode=["line_talk"]), ("program.channel_mode", "bad_value")),
    (program(languages=[]), ("program.languages", "bad_value")),
    (program(languages=["ja", "ja"]), ("program.languages", "bad_value")),
    (program(languages=["日本語"]), ("program.languages", "bad_value")),
    (program(languages=[{}]), ("program.languages", "bad_value")),
    (program(languages=["xx"]), ("program.languages", "bad_value")),
    (program(furigana=["xx"]), ("program.furigana", "bad_value")),
    (program(furigana="ja"), ("program.furigana", "bad_value")),
    (program(rules=7), ("program.rules", "not_an_object")),
    (program(rules={"capacity": "many"}), ("program.rules.capacity", "bad_value")),
    (program(rules={"capacity": True}), ("program.rules.capacity", "bad_value")),
    (program(rules={"capacity": 11}), ("program.rules.capacity", "out_of_bounds")),
    (program(rules={"routing": "push"}), ("program.rules.routing", "bad_value")),
    (program(rules={"offer_for": 10**30}), ("program.rules.offer_for", "bad_value")),
    (program(rules={"nudge_after": 1200}), ("program.rules.notice_after", "out_of_order")),
    (program(rules={"least_supervisors": 1}), ("program.rules.least_supervisors", "more_than_people")),
    (program(rules={"secret": 1}), ("program.rules.secret", "unknown")),
    (program(required_lines={"mon": {"19": -1}}), ("program.required_lines.mon.19", "bad_value")),
    (program(required_lines={"someday": {}}), ("program.required_lines.someday", "bad_value")),
    (program(retention={"words": 1}), ("program.retention.words", "out_of_bounds")),
    (program(retention={"secrets": 30}), ("program.retention.secrets", "unknown_key")),
    (program(report={"day": "moon"}), ("program.report.day", "bad_value")),
    (changed(parts={"texts": {"ja": {"entry": "こちら"}}}), ("parts.texts.ja.entry", "missing_variable")),
    (changed(parts={"terms": {"en": "only"}}), ("parts.terms.ja", "missing")),
    (changed(parts={"intake": []}), ("parts.intake", "not_an_object")),
    (changed(parts={"contacts": {"contacts": []}}), ("parts.contacts.contacts", "none")),
    (changed(parts={"danger_words": {"added": [{"pattern": "。"}]}}), ("parts.danger_words.added.0", "no_letter")),
    (changed(parts={"secrets": {}}), ("parts", "unknown")),
    (changed(secrets={}), ("", "unknown")),
    (changed(canned_replies={}), ("canned_replies", "not_an_object")),
    (changed(agencies=[POLICE, POLICE | {"name": " ○○警察署"}]), ("agencies.1.name", "twice")),
    (changed(agencies=[POLICE | {"kind": "boss"}]), ("agencies.0.kind", "no_kind")),
    (changed(agencies=[POLICE | {"telephones": ["110"]}]), ("agencies.0.telephones", "bad_value")),
    (changed(agencies=[POLICE | {"retired": "yes"}]), ("agencies.0", "unknown")),
    (changed(agencies=[POLICE | {"name": []}]), ("agencies.0.name", "bad_value")),
    (changed(canned_replies=[{"shortcut": "a", "title": "い"}]), ("canned_replies.0.body", "missing")),
    (changed(canned_replies=[REPLY | {"title": "長" * 61}]), ("canned_replies.0.title", "too_long")),
    (changed(canned_replies=[REPLY | {"owner": 1}]), ("canned_replies.0", "unknown")),
    (changed(canned_replies=[REPLY, REPLY | {"shortcut": "Ａ"}]), ("canned_replies.1.shortcut", "twice")),
    (changed(canned_replies=[REPLY | {"body": "{name}"}]), ("canned_replies.0.body", "unknown_variable")),
    (changed(canned_replies=[REPLY | {"body": 7}]), ("canned_replies.0.body", "missing")),
    (changed(canned_replies=[REPLY] * 501), ("canned_replies", "too_many")),
    (changed(shift_patterns=[NIGHT | {"ends": 1000}]), ("shift_patterns.0", "ends_before_start")),
    (changed(shift_patterns=[NIGHT | {"lines": "2"}]), ("shift_patterns.0.lines", "bad_value")),
    (changed(shift_patterns=[NIGHT | {"role": "officer"}]), ("shift_patterns.0", "not_in_role")),
    (changed(shift_patterns=[NIGHT, NIGHT]), ("shift_patterns.1.name", "twice")),
]


@pytest.mark.parametrize(("content", "problem"), WRONG)
def test_a_file_no_program_can_be_made_from_is_refused(content: Any, problem: tuple[str, str]) -> None:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(InvalidBlueprint) as refused:
        blueprints.parse(raw)
    assert problem in {(path, code) for path, code, _what in refused.value.problems}


@pytest.mark.parametrize("kind", blueprints.templates())
def test_a_template_brings_public_lines_of_the_whole_country(kind: str) -> None:
    lines = [blueprints.agency(row) for row in blueprints.template(kind).agencies]
    assert {line.area for line in lines} == {Area()}
    assert ("189",) in {line.telephones for line in lines}


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InvalidBlueprint) as refused:
        blueprints.read(program(name="", rules={"capacity": None}) | {"agencies": 7})
    assert {path for path, _code, _what in refused.value.problems} == {
        "program.name",
        "program.rules.capacity",
        "agencies",
    }
