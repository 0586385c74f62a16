"""Sign-in for staff, the look of the pages, and the developer's one-click sign-in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts import gate
from accounts.look import THEMES, remember_theme
from accounts.models import User

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignIn(LoginView):  # type: ignore[misc]
    """The sign-in page. On a developer's machine it offers the people of the demonstration."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and whom one may be with one click."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEBUG:
            people = User.objects.filter(is_active=True).order_by("pk").prefetch_related("memberships")
            context["people"] = [(user, [held.role for held in user.memberships.all()]) for user in people]
        return context


@require_POST
def sign_in_as(request: HttpRequest, user_id: int) -> HttpResponseRedirect:
    """Sign in as anyone, without a password: only on a developer's machine, elsewhere it does not exist."""
    if not settings.DEBUG:
        raise Http404
    user = get_object_or_404(User, pk=user_id, is_active=True)
    user.backend = MODEL_BACKEND
    get_adapter().login(request, user)
    gate.let_through(request)
    return redirect("home")


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen look and go back to where the person was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        remember_theme(response, chosen, secure=request.is_secure())
    return response
