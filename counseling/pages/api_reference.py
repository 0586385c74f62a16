"""The machines' API for those who write the other side: a page made of its OpenAPI document, and the document."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.roles import Right
from counseling.machines import Scope
from counseling.models import Program
from counseling.openapi import machine_document
from counseling.pages.connection_words import SCOPES, SECTION
from counseling.pages.office import office, page

Schema = dict[str, Any]
# How a value is called by people who program; (type, format) before the type alone.
KINDS: dict[tuple[str, str], str | Promise] = {
    ("string", "date-time"): _("時刻"),
    ("string", "date"): _("日付"),
    ("string", ""): _("文字列"),
    ("integer", ""): _("整数"),
    ("boolean", ""): _("真偽"),
    ("object", ""): _("オブジェクト"),
    ("array", ""): _("リスト"),
}


@dataclass(frozen=True)
class Row:
    """One field or parameter: its name as it is reached (`days[].date`), what it is, and what it says."""

    name: str
    kind: str
    text: str
    codes: tuple[str, ...] = ()
    note: str = ""

    @property
    def within(self) -> str:
        """The way to it, up to its last dot."""
        return self.name[: len(self.name) - len(self.leaf)]

    @property
    def leaf(self) -> str:
        """Its own name."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True)
class Part:
    """One thing that can be read, or one event that is told."""

    id: str
    address: str
    title: str
    text: str
    scope: str
    parameters: tuple[Row, ...]
    fields: tuple[Row, ...]
    example: str

    @property
    def scope_word(self) -> str:
        """What a key for it may read, as the page where keys are made calls it."""
        return str(SCOPES[Scope(self.scope)][0])


@require_safe
@never_cache
@office(Right.CONFIGURE)
def reference(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The page, in the language of whoever reads it; addresses are those of this program."""
    document = machine_document(get_language() or "ja")
    parts = {"readings": list(readings(document, program.slug)), "events": list(events(document))}
    return page(
        request, "office/api_reference.html", program, SECTION, site=settings.SITE_URL, refusal=_refusal(), **parts
    )


def _refusal() -> str:
    """What a refusal looks like."""
    told = gettext("日数(days)は1から31までの数字にしてください。")
    refusal = {"error": "invalid", "message": gettext("入力を確かめてください。"), "fields": {"days": [told]}}
    return json.dumps(refusal, ensure_ascii=False, indent=2)


@require_safe
@never_cache
@office(Right.CONFIGURE)
def openapi(_request: HttpRequest, _program: Program) -> HttpResponseBase:
    """The OpenAPI document, to make the other side's code with."""
    document = json.dumps(machine_document(get_language() or "ja"), ensure_ascii=False, indent=2)
    response = HttpResponse(document, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="madoguchi-api-v1.json"'
    return response


def readings(document: Schema, slug: str) -> Iterator[Part]:
    """What can be read, in the order of the scopes."""
    every = ((path, methods["get"]) for path, methods in document["paths"].items())
    found = {operation["x-scope"]: (path, operation) for path, operation in every}
    for scope in Scope:
        path, operation = found[scope]
        answer = operation["responses"]["200"]["content"]["application/json"]
        yield Part(
            id=operation["operationId"],
            address=path.replace("{slug}", slug),
            title=operation["summary"],
            text=operation["description"],
            scope=scope,
            parameters=tuple(_parameters(operation)),
            fields=tuple(rows(document, answer["schema"])),
            example=_example(answer),
        )


def events(document: Schema) -> Iterator[Part]:
    """What is told."""
    for name, methods in document["webhooks"].items():
        operation = methods["post"]
        body = operation["requestBody"]["content"]["application/json"]
        fields = tuple(rows(document, body["schema"]))
        yield Part(name.replace(".", "-"), name, operation["summary"], "", "", (), fields, _example(body))


def _example(content: Schema) -> str:
    (example,) = content["examples"].values()
    return json.dumps(example["value"], ensure_ascii=False, indent=2)


def _parameters(operation: Schema) -> Iterator[Row]:
    for one in operation.get("parameters", []):
        if one["in"] == "query":
            schema = one["schema"]
            note = gettext("必須") if one.get("required") else ""
            if "default" in schema:
                note = gettext("なければ %(value)s") % {"value": schema["default"]}
            yield Row(one["name"], kind_of(schema), one["description"], codes_of(schema), note)


def rows(document: Schema, schema: Schema, within: str = "") -> Iterator[Row]:
    """Every field of a shape, those of the shapes inside it after the field they belong to."""
    for name, field in _resolved(document, schema)["properties"].items():
        inner = _resolved(document, field)
        place = f"{within}{name}"
        items = _resolved(document, inner["items"]) if "items" in inner else {}
        codes = codes_of(inner) or codes_of(items)
        yield Row(place, kind_of(inner), field.get("description", ""), codes)
        if "properties" in inner:
            yield from rows(document, inner, f"{place}.")
        elif "properties" in items:
            yield from rows(document, items, f"{place}[].")


def _resolved(document: Schema, schema: Schema) -> Schema:
    """The shape itself, where only its name is given."""
    named = schema.get("$ref") or next((part["$ref"] for part in schema.get("allOf", [])), "")
    if not named:
        return schema
    shape: Schema = document["components"]["schemas"][named.rpartition("/")[2]]
    return shape


def kind_of(schema: Schema) -> str:
    """What a value is, in a word."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    format_ = schema.get("format", "")
    words = [str(KINDS.get((kind, format_)) or KINDS[kind, ""]) for kind in kinds if kind != "null"]
    return gettext("、").join(words) + (gettext("、またはnull") if "null" in kinds else "")


def codes_of(schema: Schema) -> tuple[str, ...]:
    """The codes it may be, as JSON has them."""
    return tuple(json.dumps(code) for code in schema.get("enum", []) if code is not None)
