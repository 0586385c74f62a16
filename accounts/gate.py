"""The gate: a login that has not passed a second factor reaches nothing but the pages where one is registered."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from accounts import factors

# In a login's own row, so that asking costs nothing and no other login of the person passes with it.
PASSED = "second_factor"
ENROLMENT = frozenset({"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"})
OPEN = frozenset({"account_logout", "account_inactive", "choose_theme", "set_language", "health"})


def has_passed(login: Mapping[str, Any]) -> bool:
    """Whether this login (a Django session) has passed a second factor."""
    return bool(login.get(PASSED))


def let_through(request: HttpRequest) -> None:
    """This login has passed. Call it after the proof, and for nothing less."""
    request.session[PASSED] = True


class SecondFactor(MiddlewareMixin):
    """Holds back who signed in with a password alone: pages lead to enrolment, the API answers 403 `second_factor`."""

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> HttpResponse | None:
        """The refusal; None for those who may go on."""
        place = request.resolver_match
        assert place is not None  # noqa: S101 - Django resolved it to find the view
        if place.view_name in OPEN or SESSION_KEY not in request.session or has_passed(request.session):
            return None
        return self._hold_back(request, place)

    def _hold_back(self, request: HttpRequest, place: ResolverMatch) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None  # a login that ended: whoever comes with it is a stranger
        if place.namespaces[:1] == ["api"]:
            said = _("二段階認証を登録してから、もう一度お試しください。")
            return JsonResponse({"error": "second_factor", "message": said, "fields": {}}, status=403)
        if factors.has_one(request.user.pk):
            # Registered meanwhile, in another login: only signing in again, with it, leads on.
            get_adapter().logout(request)
            return redirect("account_login")
        return None if place.view_name in ENROLMENT else redirect("mfa_index")
