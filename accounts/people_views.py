"""Coming in by an invitation's link, and one's own profile."""

from http import HTTPStatus
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import invitations, people
from accounts.models import User
from accounts.people_forms import AcceptForm, ProfileForm
from accounts.views import MODEL_BACKEND


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Where the link in an invitation leads: choose a password, come in. Looking at it uses nothing up."""
    opened = invitations.opened_by(key, timezone.now()).first()
    if opened is None:
        return _closed(request)
    form = AcceptForm(request.POST or None, user=opened.user, initial={"name": opened.user.name})
    if not form.is_valid():
        return render(request, "account/invitation.html", {"invitation": opened, "form": form})
    try:
        user = people.accept_invitation(key=key, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
    except people.CannotAccept:
        return _closed(request)
    _sign_in(request, user)
    return redirect("home")


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "account/invitation_closed.html", status=HTTPStatus.NOT_FOUND)


def _sign_in(request: HttpRequest, user: User) -> None:
    user.backend = MODEL_BACKEND
    get_adapter().login(request, user)
    # They have just shown that the mail is theirs and chosen the password: what follows need not ask for it again.
    record_authentication(request, user, method="password", reauthenticated=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """What colleagues read of me, and the ways to the rest of my account."""
    user = cast("User", request.user)
    form = ProfileForm(request.POST) if request.method == "POST" else ProfileForm.of(user)
    if form.is_valid():
        people.keep_profile(user_id=user.pk, by=user, **form.cleaned_data)
        messages.success(request, _("プロフィールを保存しました。"))
        return redirect("profile")
    return render(request, "account/profile.html", {"form": form})
