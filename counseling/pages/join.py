"""Where the link for volunteers leads: who holds it offers to help. What is answered tells nothing of anybody."""

from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import tries
from counseling.actions import volunteers
from counseling.actions.joining import CannotChangeTeam
from counseling.feeds.volunteers import is_open, link_with
from counseling.models import JoinLink
from counseling.pages.team_forms import TOLD
from counseling.pages.volunteer_forms import JoinForm
from counseling.stages import Stage

# An association's people sit behind one address; a machine sends more.
A_MINUTE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest, key: str) -> HttpResponseBase:
    """The form; what was sent; or that the link opens nothing any more. Looking at it uses nothing up."""
    link = link_with(key)
    if link is None or not is_open(link, timezone.now()):
        return _closed(request, link)
    if "sent" in request.GET:
        return render(request, "join/sent.html", {"program": link.program})
    form = JoinForm(request.POST or None)
    if form.is_valid() and _applied(request, key, form):
        return redirect(f"{request.path}?sent")
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "join/join.html", {"program": link.program, "form": form}, status=status)


def _applied(request: HttpRequest, key: str, form: JoinForm) -> bool:
    """Whether it was taken; the form says why not."""
    busy = _("いま応募がたいへん多くなっています。お手数ですが、しばらくしてからもう一度お送りください。")
    if tries.too_many(request, "join", A_MINUTE):
        form.add_error(None, busy)
        return False
    try:
        volunteers.apply(key=key, **form.cleaned_data)
    except CannotChangeTeam as refused:
        form.add_error("name" if refused.code == "name" else "email", TOLD[refused.code])
    except volunteers.TooMany:
        form.add_error(None, busy)
    return not form.errors


def _closed(request: HttpRequest, link: JoinLink | None) -> HttpResponseBase:
    over = link is not None and (link.revoked_at is not None or link.program.stage == Stage.CLOSED)
    why = "unknown" if link is None else "over" if over else "expired"
    status = HTTPStatus.NOT_FOUND if link is None else HTTPStatus.GONE
    return render(request, "join/closed.html", {"why": why}, status=status)
