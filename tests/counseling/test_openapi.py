"""The machines' API as it is described: valid, true to its answers, and apart from the staff's."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from accounts.models import User
from counseling.actions import receptions, subscriptions
from counseling.machines import Event, Scope
from counseling.models import Notification, Program, Session
from counseling.openapi import StaffDocument, machine_document
from tests.conftest import ALWAYS, NEVER, Say
from tests.machines import Machine, machine

JAPANESE = re.compile(r"[\u3000-\u30ff\u4e00-\u9fff]")
LANGUAGES = ("ja", "en")


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation


def shape_of(document: dict[str, Any], operation: dict[str, Any], code: str = "200") -> Draft202012Validator:
    """What an answer must be like: every field there, and none besides."""
    return named(document, operation["responses"][code])


def body_of(document: dict[str, Any], event: str) -> Draft202012Validator:
    """What the body of a notification must be like."""
    return named(document, document["webhooks"][event]["post"]["requestBody"])


def named(document: dict[str, Any], content: dict[str, Any]) -> Draft202012Validator:
    shape_name = content["content"]["application/json"]["schema"]["$ref"]
    shapes = json.loads(json.dumps(document["components"]["schemas"]))
    for shape in shapes.values():
        shape["unevaluatedProperties"] = False
    return Draft202012Validator({"$ref": shape_name, "components": {"schemas": shapes}})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_is_valid(language: str) -> None:
    document = machine_document(language)
    validate_schema(document)  # type: ignore[no-untyped-call]
    assert json.loads(json.dumps(document)) == document


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_what_the_shape_says(language: str) -> None:
    document = machine_document(language)
    for path, operation in operations(document):
        (example,) = operation["responses"]["200"]["content"]["application/json"]["examples"].values()
        shape_of(document, operation).validate(example["value"])
        assert example["value"], path


def test_every_answer_is_what_its_shape_says(
    program: Program, aoi: User, waiting: Session, sora_says: Say, active: Session
) -> None:
    sora_says("もうひとり", "U" + "1" * 32)
    reader, document = machine(program, aoi), machine_document("ja")
    query = {"figures": "?first=2026-04-01&last=2026-04-02"}
    for path, operation in operations(document):
        address = path.replace("{slug}", program.slug) + query.get(operation["operationId"], "")
        answer: Any = reader.send("GET", address)
        assert answer.status_code == 200, address
        shape_of(document, operation).validate(answer.json())


def test_every_refusal_is_what_its_shape_says(program: Program, aoi: User) -> None:
    document = machine_document("ja")
    reader = machine(program, aoi)
    for path, operation in operations(document):
        address = path.replace("{slug}", program.slug)
        answers: dict[str, Any] = {
            "400": reader.send("GET", f"{address}?nothing=1"),
            "401": Machine("no key", program).send("GET", address),
        }
        if "{slug}" in path:
            answers["404"] = reader.send("GET", path.replace("{slug}", "nowhere"))
        for code, answer in answers.items():
            assert str(answer.status_code) == code
            shape_of(document, operation, code).validate(answer.json())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_is_there_with_an_example(language: str) -> None:
    document = machine_document(language)
    assert list(document["webhooks"]) == [event.value for event in Event]
    for event, methods in document["webhooks"].items():
        (example,) = methods["post"]["requestBody"]["content"]["application/json"]["examples"].values()
        assert example["value"]["type"] == event
        body_of(document, event).validate(example["value"])


def test_every_notification_is_what_its_shape_says(
    program: Program, aoi: User, waiting: Session, sora_says: Say
) -> None:
    subscriptions.make(program_id=program.pk, by=aoi, url="https://example.jp/", events=list(Event))
    sora_says("死にたい")
    for hours in (NEVER, ALWAYS):
        Program.objects.update(hours=hours)
        receptions.watch()
    bodies = [json.loads(body) for body in Notification.objects.values_list("body", flat=True)]
    assert {body["type"] for body in bodies} == {event.value for event in Event}
    for body in bodies:
        body_of(machine_document("ja"), body["type"]).validate(body)


def test_each_operation_says_which_scope_opens_it() -> None:
    scopes = [operation["x-scope"] for _path, operation in operations(machine_document("en"))]
    assert sorted(scopes) == sorted(Scope)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_and_parameter_is_explained_in_its_language(language: str) -> None:
    document = machine_document(language)
    told = [document["info"]["title"], document["info"]["description"]]
    for _path, operation in operations(document):
        told += [operation["summary"], operation["description"]]
        told += [parameter["description"] for parameter in operation.get("parameters", [])]
        told += [answer["description"] for answer in operation["responses"].values()]
    for shape in document["components"]["schemas"].values():
        told += [field["description"] for field in shape["properties"].values()]
    assert all(told)
    assert {bool(JAPANESE.search(words)) for words in told} == {language == "ja"}


def test_another_language_reads_japanese() -> None:
    assert machine_document("fr") == machine_document("ja")


def test_the_staffs_document_and_the_machines_share_nothing(db: None) -> None:
    staff = set(StaffDocument().get_schema(public=True)["paths"])  # type: ignore[no-untyped-call]
    machines = set(machine_document("ja")["paths"])
    assert all(path.startswith("/api/v1/") for path in machines)
    assert not any(path.startswith("/api/v1/") for path in staff)
    assert staff and machines
