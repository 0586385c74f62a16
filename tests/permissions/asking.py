"""How the table is read and how a row of it is asked of everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.sites import site
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.permissions.stage import ACTORS, Stage, path_of

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Address:
    """One pattern of the site's addresses: its name and what its path is made with."""

    name: str
    takes: frozenset[str]


@dataclass(frozen=True)
class Row:
    """One line of the table: who gets which status for `method` on `name`, with the sitting in `state`."""

    method: str
    name: str
    variant: str
    state: str
    statuses: dict[str, str]

    @property
    def key(self) -> str:
        """How bodies name it."""
        return f"{self.method} {self.name}" + (f"+{self.variant}" if self.variant else "")


def rows_of(table: str) -> list[Row]:
    """The rows of a table as text; lines that begin with # say what stands in the columns."""
    lines = (line.replace("|", " ").split() for line in table.splitlines())
    return [_row(line) for line in lines if line and not line[0].startswith("#")]


def _row(cells: list[str]) -> Row:
    method, full, state, *statuses = cells
    name, _, variant = full.partition("+")
    return Row(method, name, variant, state, dict(zip(ACTORS, statuses, strict=True)))


def addresses() -> dict[str, Address]:
    """Every pattern the site answers to, by name; Django's own administration counts as one."""
    found: dict[str, Address] = {}
    for name, pattern in _walk(get_resolver(), ()):
        assert name not in found, f"{name} names two addresses"
        found[name] = Address(name, frozenset(pattern.pattern.regex.groupindex) | frozenset(pattern.pattern.converters))
    return found


def _walk(resolver: URLResolver, spaces: tuple[str, ...]) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace == site.name:
                yield "admin:index", next(one for one in pattern.url_patterns if isinstance(one, URLPattern))
            else:
                yield from _walk(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        else:
            yield ":".join((*spaces, pattern.name or str(pattern.pattern))), pattern


def path_to(stage: Stage, name: str, *, missing: bool = False) -> str:
    """The address of a pattern on this stage; with `missing` of something that does not exist."""
    return path_of(name, stage.kwargs(missing=missing), set(addresses()[name].takes))


def ask(browser: Client, method: str, path: str, body: Any) -> HttpResponseBase:
    """One request; bodies are JSON, or a form where they are marked as one."""
    if isinstance(body, dict) and "form" in body:
        return browser.post(path, body["form"])
    return browser.generic(method, path, body or "", content_type="application/json")


def content(response: HttpResponseBase) -> bytes:
    """All that was answered, streamed or not, with its headers."""
    body: bytes = response.getvalue()
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return body + headers.encode()
