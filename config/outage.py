"""While the database or Redis is away: people are asked to try again, at once and without asking either of them."""

from http import HTTPStatus

import redis
from django.contrib.auth import SESSION_KEY
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.deprecation import MiddlewareMixin
from psycopg_pool import PoolTimeout

# What the house stands on and cannot do without: it comes back by itself.
FOUNDATIONS_AWAY = (OperationalError, InterfaceError, PoolTimeout, redis.RedisError)
SECONDS_TO_RETRY = 10


def try_again() -> HttpResponse:
    """503 with where to get help now."""
    # Without the request: no context processor, so no login is asked for.
    response = HttpResponse(render_to_string("503.html"), status=HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = str(SECONDS_TO_RETRY)
    return response


class Outage(MiddlewareMixin):
    """Answers 503 for a view that found the house without its foundations, with DEBUG too.

    Django's own page of errors would ask the database for the person, many times over, before it says so.
    """

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """The same where the person's login cannot be read, which the gate behind this asks for before the view."""
        try:
            request.session.get(SESSION_KEY)
        except FOUNDATIONS_AWAY:
            return try_again()
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer; None for every other error."""
        del request
        return try_again() if isinstance(exception, FOUNDATIONS_AWAY) else None
