"""The counselor's console: one page that brings its first data along."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import audit, logins, profile
from accounts.deeds import Deed
from accounts.models import User
from counseling import feeds, permissions
from counseling.actions import reading
from counseling.models import AgencyKind


@require_safe
@never_cache
@login_required
def console(request: HttpRequest) -> HttpResponse:
    """The console of the person who is signed in, with their programs' boards and their own sessions."""
    return render(request, "counseling/console.html", {"first": _first(request)})


def _first(request: HttpRequest) -> dict[str, Any]:
    """What the console starts with; from there on it follows the socket."""
    user, login = cast("User", request.user), logins.keep(cast("logins.SessionStore", request.session))
    programs = list(permissions.programs(user).order_by("name"))
    own = feeds.my_sessions(user, permissions.readable_sessions(user))
    about = [(f"session:{state['header']['id']}", state["header"]["program"]) for state in own]
    reading.tell(Deed.SESSION_READ, by=user, about=about, address=audit.address_of(request))
    return {
        "me": feeds.me(user, login),
        "agency_kinds": [(kind.value, str(kind.label)) for kind in AgencyKind],
        "profile_labels": profile.labels(),
        "boards": feeds.boards(programs),
        "sessions": own,
    }
