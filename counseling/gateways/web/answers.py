"""How the visitor's pages answer: discreetly, and with a refusal a person can act on."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from counseling import text
from counseling.gateways.web import limits, spoken

View = Callable[..., HttpResponse]


def discreet(view: View) -> View:
    """Leave no trace of the page: not in a cache, not in a search engine, not in another site's log.

    Speaks the language that `?lang=` chooses, and keeps to it.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if chosen := spoken.wish(request):
            spoken.speak(chosen)
        response = view(request, *args, **kwargs)
        spoken.keep(request, response)
        response["Cache-Control"] = "no-store"
        # Nothing to other sites. Not "no-referrer": with it a browser sends forms with "Origin: null", which the
        # protection against forged forms refuses, and the page would not work without a script.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks."""
    return "application/json" in request.headers.get("Accept", "")


def refuse(status: HTTPStatus, code: str, message: str, fields: dict[str, list[str]] | None = None) -> JsonResponse:
    """An error as docs/protocol.md shapes it."""
    response = JsonResponse({"error": code, "message": message, "fields": fields or {}}, status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response["Retry-After"] = str(limits.WINDOW_SECONDS)
    return response


def no_sitting(status: HTTPStatus) -> JsonResponse:
    """There is no talk to read from or to write into."""
    return refuse(status, "no_session", _("この相談は終わっています。もう一度はじめることができます。"))


def unreadable() -> str:
    """For a request no browser of ours makes."""
    return _("読み取れませんでした。もう一度お試しください。")


def unacceptable(problem: text.UnacceptableText) -> JsonResponse:
    """Why these words were not taken, and what to do."""
    why = {
        "too_long": _("長すぎて一度に送れません。いくつかに分けて送ってください。"),
        "empty": _("まだ何も書かれていません。"),
    }.get(problem.code) or _("送れない文字が入っています。書きなおしていただけますか。")
    return refuse(HTTPStatus.BAD_REQUEST, problem.code, why, {"text": [why]})


def too_long() -> JsonResponse:
    """For words that no message holds."""
    return unacceptable(text.UnacceptableText("too_long"))


def see_other(address: str) -> HttpResponse:
    """On to a page after a change, as a GET."""
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})
