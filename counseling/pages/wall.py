"""The supervisor's wall: one page with the boards of all programs one steers. No words of any talk."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import logins, profile
from accounts.models import User
from accounts.roles import Right
from counseling import feeds, permissions
from counseling.models import Program


@require_safe
@never_cache
@login_required
def wall(request: HttpRequest) -> HttpResponse:
    """The wall of the person who is signed in; for whoever steers nothing it does not exist."""
    programs = list(permissions.programs(cast("User", request.user), Right.STEER).order_by("name"))
    if not programs:
        raise Http404
    return render(request, "counseling/wall.html", {"first": _first(request, programs)})


def _first(request: HttpRequest, programs: list[Program]) -> dict[str, Any]:
    """What the wall starts with; from there on it follows the boards."""
    login = logins.keep(cast("logins.SessionStore", request.session))
    return {
        "me": feeds.me(cast("User", request.user), login),
        "profile_labels": profile.labels(),
        "boards": feeds.boards(programs),
    }
