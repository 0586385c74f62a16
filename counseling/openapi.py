"""The API described by its own code (drf-spectacular): a document for our pages' API, and one for machines'."""

from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from drf_spectacular.generators import EndpointEnumerator, SchemaGenerator
from drf_spectacular.plumbing import process_webhooks
from drf_spectacular.utils import OpenApiWebhook

MACHINES = "/api/v1/"
# drf-spectacular's own note to itself.
MARK = "x-spec-enum-id"


class ForPeople(EndpointEnumerator):
    """All but what machines read."""

    def get_api_endpoints(self, *args: Any, **kwargs: Any) -> Any:
        """(path, pattern, method, view) of each."""
        found = super().get_api_endpoints(*args, **kwargs)  # type: ignore[no-untyped-call]
        return [one for one in found if not one[0].startswith(MACHINES)]


class ForMachines(EndpointEnumerator):
    """What machines read."""

    def get_api_endpoints(self, *args: Any, **kwargs: Any) -> Any:
        """(path, pattern, method, view) of each."""
        found = super().get_api_endpoints(*args, **kwargs)  # type: ignore[no-untyped-call]
        return [one for one in found if one[0].startswith(MACHINES)]


class StaffDocument(SchemaGenerator):
    """The API of our own pages."""

    endpoint_inspector_cls = ForPeople


class MachineDocument(SchemaGenerator):
    """The machines' API, version 1."""

    endpoint_inspector_cls = ForMachines


_notifications: list[OpenApiWebhook] = []


def describe_notifications(webhooks: list[OpenApiWebhook]) -> None:
    """What machines are told; said by the API, which this file does not know."""
    _notifications[:] = webhooks


def machine_document(language: str) -> dict[str, Any]:
    """The machines' API as an OpenAPI document in "ja" or "en"; do not change it."""
    return _written(language if language in dict(settings.LANGUAGES) else "ja")


@cache
def _written(language: str) -> dict[str, Any]:
    with translation.override(language):
        generator = MachineDocument()  # type: ignore[no-untyped-call]
        # The addresses' own code says what is told; and shapes named first are then among the others.
        import_module(settings.ROOT_URLCONF)
        told = process_webhooks(_notifications, generator.registry)
        read: dict[str, Any] = generator.get_schema(public=True)  # type: ignore[no-untyped-call]
        document = read | {"webhooks": told}
        document["info"] = {
            "title": _("Madoguchi 外部連携API"),
            "version": "1",
            "description": _("窓口の受付、受付時間、相談の状態、集計を読みます。言葉と、人がわかるものは含みません。"),
        }
        document["servers"] = [{"url": settings.SITE_URL}]
        for shape in document["components"]["schemas"].values():
            shape.pop("description", None)  # says it to those who read the code
        return {name: _plain(part) for name, part in document.items()}


def _plain(part: Any) -> Any:
    """As JSON has it, and in the language that is active."""
    match part:
        case dict():
            return {str(name): _plain(value) for name, value in part.items() if name != MARK}
        case list() | tuple():
            return [_plain(value) for value in part]
        case date() | Decimal() | Promise():
            return str(part)
    return part
