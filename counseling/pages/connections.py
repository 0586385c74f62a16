"""外部連携: which other houses' programs read this program, and which are told what happens."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right
from counseling.actions import tokens as actions
from counseling.feeds.tokens import tokens_of
from counseling.models import Program
from counseling.pages.connection_forms import TokenForm
from counseling.pages.connection_words import SECTION, Key, Place
from counseling.pages.office import office, page
from counseling.text import UnacceptableText


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


@require_safe
@never_cache
@office(Right.CONFIGURE)
def connections(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The program's keys, and the places that are told of its events."""
    keys = [Key(shown) for shown in tokens_of(program, timezone.now())]
    told = [Place(row) for row in program.subscriptions.order_by("made_at", "pk")]
    return page(request, "office/connections.html", program, SECTION, tokens=keys, subscriptions=told)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
@confirmed
def new_token(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Make a key; it is shown in the answer, and never again."""
    form = TokenForm(request.POST or None)
    made = _made(form, program, _by(request)) if form.is_valid() else None
    if made is None:
        return page(request, "office/token_new.html", program, SECTION, form=form)
    return page(request, "office/token_made.html", program, SECTION, site=settings.SITE_URL, **made)


def _made(form: TokenForm, program: Program, by: User) -> dict[str, Any] | None:
    """The key that was wished for; None where it was refused, and the form says why."""
    try:
        token, key = actions.make(program_id=program.pk, by=by, **form.wish())
    except actions.CannotMakeToken as refused:
        form.refuse(refused)
    except UnacceptableText:
        form.add_error("name", _("使いみちを書いてください。"))
    else:
        return {"token": token, "key": key}
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
@confirmed
def token_revocation(request: HttpRequest, program: Program, token_id: int) -> HttpResponseBase:
    """Ask once more, then make the key worthless."""
    line = next((Key(one) for one in tokens_of(program, timezone.now()) if one.token.pk == token_id), None)
    if request.method == "POST":
        token = actions.revoke(program_id=program.pk, token_id=token_id, by=_by(request))
        messages.success(request, _("キー「%(name)s」を使えなくしました。") % {"name": token.name})
        return redirect("office:connections", program.slug)
    if line is None:
        raise Http404
    return page(request, "office/token_revocation.html", program, SECTION, line=line)
