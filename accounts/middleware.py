"""Nothing of a talk or of the staff's work stays in a browser's cache; a login lasts as long as it is used."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import cast

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import sync_and_async_middleware
from django.utils.deprecation import MiddlewareMixin

from accounts import logins

Answer = Callable[[HttpRequest], HttpResponseBase]
LaterAnswer = Callable[[HttpRequest], Awaitable[HttpResponseBase]]
PRIVATE_PATHS = ("/talk/", "/accounts/")


@sync_and_async_middleware
def no_store(get_response: Answer | LaterAnswer) -> Answer | LaterAnswer:
    """Forbids storing what a visitor or a signed-in person sees, and clears the browser when someone signs out."""

    def marked(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if _is_private(request):
            response.headers["Cache-Control"] = "no-store"
        if _has_signed_out(request, response):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            return marked(request, await get_response(request))

        return later

    def at_once(request: HttpRequest) -> HttpResponseBase:
        return marked(request, get_response(request))  # type: ignore[arg-type]

    return at_once


class KeepLogin(MiddlewareMixin):
    """Moves a login's idle end on where the request looked at who asks; what is not asked by a person is not work."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """After the view, so that a database that is away is the view's to tell (config.outage)."""
        session = cast("logins.SessionStore", request.session)
        if session.row and not session.modified and response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            logins.keep(session)
        return response


def _is_private(request: HttpRequest) -> bool:
    # The cookie is enough: asking the database who it is would cost a query on every public page.
    return settings.SESSION_COOKIE_NAME in request.COOKIES or request.path.startswith(PRIVATE_PATHS)


def _has_signed_out(request: HttpRequest, response: HttpResponseBase) -> bool:
    left = request.method == "POST" and response.status_code == 302
    return left and request.path == reverse("account_logout")
