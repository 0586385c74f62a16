"""Errors of the machines' API: the shape of the staff's, with the headers machines go by."""

import math
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from counseling.api import errors
from counseling.api.v1.access import CHALLENGE, LacksScope

TOLD: dict[type[Exception], tuple[int, str, Any]] = {
    exceptions.NotAuthenticated: (
        401,
        "no_key",
        _("APIキーを「Authorization: Bearer キー」のヘッダーで送ってください。"),
    ),
    exceptions.AuthenticationFailed: (
        401,
        "key_refused",
        _("このAPIキーは使えません。期限が切れたか、使えなくされたか、正しくありません。"),
    ),
    LacksScope: (403, "no_scope", _("このAPIキーでは読めないものです。読めるものを選び直して、キーを作ってください。")),
    exceptions.MethodNotAllowed: (405, "method_not_allowed", _("読むこと(GET)だけができます。")),
    exceptions.Throttled: (429, "too_many", _("1分あたりの回数をこえました。少し待ってから送ってください。")),
}


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler for machines: the answer to `error`, or None for what is truly unexpected (a 500)."""
    for kind, (code, name, message) in TOLD.items():
        if isinstance(error, kind):
            body = {"error": name, "message": str(message), "fields": {}}
            return Response(body, status=code, headers=_headers(error))
    return errors.answer(error, context)


def _headers(error: Exception) -> dict[str, str]:
    match error:
        case LacksScope():
            return {"WWW-Authenticate": f'{CHALLENGE}, error="insufficient_scope", scope="{error.scope}"'}
        case exceptions.NotAuthenticated():
            return {"WWW-Authenticate": CHALLENGE}
        case exceptions.AuthenticationFailed():
            return {"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'}
        case exceptions.Throttled():
            seconds: float = error.wait or 1  # type: ignore[attr-defined]
            return {"Retry-After": str(math.ceil(seconds))}
    return {}
