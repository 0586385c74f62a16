"""Volunteers of a program: the link by which they apply, and the yes or no to each."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import mail
from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right
from counseling import qr
from counseling.actions import volunteers as actions
from counseling.actions.joining import CannotChangeTeam
from counseling.feeds.volunteers import applications, link_of
from counseling.models import Application, JoinLink, Program
from counseling.models.volunteer import ApplicationState
from counseling.pages.office import office, page
from counseling.pages.team_forms import TOLD
from counseling.pages.volunteer_forms import DecisionForm, Verdict

SECTION = "team"


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.MANAGE_TEAM)
@confirmed
def volunteers(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Who applied, and where the link stands; posted, what is decided on the ticked ones."""
    listed = applications(program)
    pending = [one for one in listed if one.state == ApplicationState.PENDING]
    form = DecisionForm(request.POST or None, pending=pending)
    if form.is_valid():
        _decide(request, program, form.cleaned_data, {one.pk: one for one in pending})
        return redirect("office:volunteers", program.slug)
    ticked = set(form["chosen"].value() or ())
    context: dict[str, Any] = {
        "form": form,
        "pending": [(one, str(one.pk) in ticked) for one in pending],
        "decided": [one for one in reversed(listed) if one.state != ApplicationState.PENDING],
        "verdicts": Verdict,
        "link": link_of(program, timezone.now()),
    }
    return page(request, "office/volunteers.html", program, SECTION, **context)


def _decide(request: HttpRequest, program: Program, wish: dict[str, Any], pending: dict[int, Application]) -> None:
    """Decide on each of the ticked ones; a refusal stops nobody else."""
    told, unsent = 0, []
    for pk in wish["chosen"]:
        name = pending[pk].name
        try:
            sent = _verdict(program, pk, wish, _by(request))
        except actions.DecidedAlready:
            messages.error(request, _("%(name)sさんのことは、ほかの人がもう決めました。") % {"name": name})
        except CannotChangeTeam as refused:
            messages.error(request, _("%(name)sさん: %(why)s") % {"name": name, "why": TOLD[refused.code]})
        else:
            told += 1
            unsent += [] if sent else [name]
    if told:
        messages.success(request, _done(wish["verdict"], told))
    if unsent:
        words = _(
            "メールを送れませんでした(%(names)s)。承認した人には、チームの本人のページの「もう一度送る」で送れます。"
        )
        messages.warning(request, words % {"names": _("、").join(unsent)})


def _done(verdict: str, count: int) -> str:
    if verdict == Verdict.APPROVE:
        said = ngettext("%(count)d人を承認し、招待しました。", "%(count)d人を承認し、招待しました。", count)
    else:
        said = ngettext("%(count)d人をお断りしました。", "%(count)d人をお断りしました。", count)
    return said % {"count": count}


def _verdict(program: Program, pk: int, wish: dict[str, Any], by: User) -> bool:
    """Carry it out; whether the mail went out."""
    on: dict[str, Any] = {"program_id": program.pk, "application_id": pk, "by": by}
    if wish["verdict"] == Verdict.APPROVE:
        return actions.approve(role=wish["role"], **on).tell()
    return actions.decline(tell=wish["verdict"] == Verdict.DECLINE, **on)


@require_POST
@never_cache
@office(Right.MANAGE_TEAM)
@confirmed
def make_link(request: HttpRequest, program: Program) -> HttpResponseBase:
    """A new link, shown in the answer and never again."""
    link, key = actions.make_link(program_id=program.pk, by=_by(request))
    return show_link(request, program, link, key)


def show_link(request: HttpRequest, program: Program, link: JoinLink, key: str) -> HttpResponseBase:
    """The link with its QR code, for the one time it can be shown."""
    address = mail.address_of("join", key)
    return page(request, "office/join_link.html", program, SECTION, link=link, address=address, code=qr.svg(address))


@require_POST
@office(Right.MANAGE_TEAM)
@confirmed
def revoke_link(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Nobody applies any more."""
    actions.revoke_link(program_id=program.pk, by=_by(request))
    messages.success(request, _("応募を締め切りました。応募リンクは、もう使えません。"))
    return redirect("office:volunteers", program.slug)
