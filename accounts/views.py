"""Sign-in for staff, the look of the pages, and the developer's one-click sign-in."""

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.views import LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
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


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too often within a few minutes. At the sign-in page the form stays, and the address typed in it."""
    place = request.resolver_match
    if place is None or place.view_name != "account_login":
        response = HttpResponse(render_to_string("429.html"), status=HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = "300"
        return response
    page = SignIn()
    page.setup(request)
    form = LoginForm(request=request, initial={"login": request.POST.get("login", "")})
    context = page.get_context_data(form=form, too_many=True)
    response = render(request, page.template_name, context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = "60"
    return response


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
