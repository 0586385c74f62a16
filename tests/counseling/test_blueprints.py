"""A program's file: templates that hold, and everything that is wrong with a file at once."""

import json
from typing import Any

import pytest

from counseling import blueprints
from counseling.blueprints import InvalidBlueprint
from counseling.models.program import Kind


@pytest.mark.parametrize("kind", blueprints.templates())
def test_a_template_is_read_back_as_it_stands(kind: str) -> None:
    made = blueprints.template(kind)
    assert made.kind == kind
    assert blueprints.parse(json.dumps(made.to_json()).encode()) == made


def test_every_kind_of_program_has_its_template() -> None:
    assert set(blueprints.templates()) == set(Kind.values)


def changed(**members: Any) -> dict[str, Any]:
    return blueprints.template("general").to_json() | members


def program(**members: Any) -> dict[str, Any]:
    stored = blueprints.template("general").to_json()
    return stored | {"program": stored["program"] | members}


WRONG = [
    (b"\xff\xfe", ("", "not_json")),
    (b"[" * 100_000, ("", "not_json")),
    (b"[]", ("", "other_format")),
    (b'{"format": "another"}', ("", "other_format")),
    (b" " * 2_000_001, ("", "too_large")),
    (changed(version=2), ("version", "newer_version")),
    (changed(version=True), ("version", "newer_version")),
    (program(name=" "), ("program.name", "missing")),
    (program(hours={"weekly": {"mon": ["22:00-20:00"]}}), ("program.hours.weekly.mon.0", "end_before_start")),
    (program(rules={"capacity": "many"}), ("program.rules.capacity", "bad_value")),
    (program(rules={"capacity": True}), ("program.rules.capacity", "bad_value")),
    (program(rules={"secret": 1}), ("program.rules.secret", "bad_value")),
    (changed(parts={"texts": {"ja": {"entry": "こちら"}}}), ("parts.texts.ja.entry", "missing_variable")),
    (changed(parts={"terms": {"en": "only"}}), ("parts.terms.ja", "missing")),
    (changed(parts={"intake": []}), ("parts.intake", "not_an_object")),
    (changed(parts={"contacts": {"contacts": []}}), ("parts.contacts.contacts", "none")),
    (changed(parts={"danger_words": {"added": [{"pattern": "。"}]}}), ("parts.danger_words.added.0", "no_letter")),
    (changed(parts={"secrets": {}}), ("parts.secrets", "bad_value")),
    (changed(canned_replies={}), ("canned_replies", "not_an_object")),
]


@pytest.mark.parametrize(("content", "problem"), WRONG)
def test_a_file_no_program_can_be_made_from_is_refused(content: Any, problem: tuple[str, str]) -> None:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(InvalidBlueprint) as refused:
        blueprints.parse(raw)
    assert problem in {(path, code) for path, code, _what in refused.value.problems}


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InvalidBlueprint) as refused:
        blueprints.read(program(name="", rules={"capacity": None}) | {"agencies": 7})
    assert {path for path, _code, _what in refused.value.problems} == {
        "program.name",
        "program.rules.capacity",
        "agencies",
    }
