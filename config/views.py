"""The front door, and what is said when something goes wrong."""

import sys
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.roles import Right
from config.outage import FOUNDATIONS_AWAY, try_again
from counseling import feeds, permissions
from counseling.pages import office


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """Visitors and staff come in here: staff go on to their place of work, others see which programs there are."""
    if not isinstance(request.user, AnonymousUser):
        return redirect(_place_of_work(request.user))
    simulator = f"http://{request.get_host().rsplit(':', 1)[0]}:{settings.SIMULATOR_PORT}/" if settings.DEBUG else ""
    return render(request, "home.html", {"programs": feeds.open_programs(), "simulator": simulator})


def _place_of_work(user: User) -> str:
    """The console for whoever talks with visitors, else the back office; who keeps the house makes a first program."""
    if permissions.programs(user, Right.TAKE_SESSIONS).exists():
        return "console"
    nothing_here = "office:programs" if user.is_superuser else "admin:index" if user.is_staff else "console"
    return office.first_page(user) or nothing_here


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without the mark that this site gave out: most often it lay open for a long time."""
    del request, reason
    return _standing_alone("403_csrf.html", HTTPStatus.FORBIDDEN)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent cannot be read."""
    del request, exception
    return _standing_alone("400.html", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, and not for this person."""
    del request, exception
    return _standing_alone("403.html", HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: it does not exist, or not for this person."""
    del request, exception
    return _standing_alone("404.html", HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database or Redis is away. Asks neither of them anything."""
    del request
    if not isinstance(sys.exc_info()[1], FOUNDATIONS_AWAY):
        return _standing_alone("500.html", HTTPStatus.INTERNAL_SERVER_ERROR)
    return try_again()


def _standing_alone(template: str, status: HTTPStatus) -> HttpResponse:
    # Without the request: no context processor, so no login and no database is asked while something is broken.
    return HttpResponse(render_to_string(template), status=status)
