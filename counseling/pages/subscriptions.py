"""通知先: where a program's events are told, whether they arrive, and trying it by hand."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right
from counseling.actions import notifications
from counseling.actions import subscriptions as actions
from counseling.gateways.subscribers import sending
from counseling.models import Program, Subscription
from counseling.pages.connection_forms import SubscriptionForm
from counseling.pages.connection_words import SECTION, Place, Told, said
from counseling.pages.office import office, page

LATEST = 20


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


def _place(program: Program, subscription_id: int) -> Subscription:
    rows = Subscription.objects.filter(pk=subscription_id, program=program)
    place = rows.select_related("made_by", "program").first()
    if place is None:
        raise Http404
    return place


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
@confirmed
def new(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Add a place; its secret is shown in the answer, and never again."""
    form = SubscriptionForm(request.POST or None)
    if form.is_valid():
        try:
            place, secret = actions.make(program_id=program.pk, by=_by(request), **form.wish())
        except actions.CannotSubscribe as refused:
            form.refuse(refused)
        else:
            made = {"place": Place(place), "secret": secret}
            return page(request, "office/subscription_made.html", program, SECTION, **made)
    return page(request, "office/subscription_new.html", program, SECTION, form=form)


@require_safe
@never_cache
@office(Right.CONFIGURE)
def subscription(request: HttpRequest, program: Program, subscription_id: int) -> HttpResponseBase:
    """One place, and what it was told lately."""
    place = _place(program, subscription_id)
    told = [Told(row) for row in place.notifications.order_by("-pk")[:LATEST]]
    return page(request, "office/subscription.html", program, SECTION, place=Place(place), told=told)


@require_POST
@office(Right.CONFIGURE)
def ping(request: HttpRequest, program: Program, subscription_id: int) -> HttpResponseBase:
    """Send something to it now, and say what it answered."""
    place = _place(program, subscription_id)
    try:
        claimed = notifications.claim_ping(place=place, now=timezone.now())
    except notifications.StillAsking:
        messages.error(request, _("いま送っているところです。少し待ってから、もう一度押してください。"))
        return redirect("office:subscription", program.slug, subscription_id)
    heard = sending.send(claimed, seconds=sending.PATIENCE_SECONDS)
    notifications.record_ping(claimed=claimed, heard=heard)
    if heard.is_taken:
        messages.success(request, _("届きました。") + said(heard.status, heard.problem))
    else:
        messages.error(request, _("届きませんでした。") + said(heard.status, heard.problem))
    return redirect("office:subscription", program.slug, subscription_id)


@require_POST
@office(Right.CONFIGURE)
def state(request: HttpRequest, program: Program, subscription_id: int) -> HttpResponseBase:
    """Told from now on, or not: `told` is 1 or 0."""
    wish: dict[str, Any] = {"program_id": program.pk, "subscription_id": subscription_id, "by": _by(request)}
    if request.POST.get("told") == "1":
        actions.resume(**wish)
        messages.success(request, _("通知を再開しました。これから起きることを知らせます。"))
    else:
        actions.pause(**wish)
        messages.success(request, _("通知を停止しました。停止中に起きたことは、あとから送りません。"))
    return redirect("office:subscription", program.slug, subscription_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
@confirmed
def removal(request: HttpRequest, program: Program, subscription_id: int) -> HttpResponseBase:
    """Ask once more, then forget the place."""
    if request.method == "POST":
        url = actions.remove(program_id=program.pk, subscription_id=subscription_id, by=_by(request))
        messages.success(request, _("通知先「%(url)s」を消しました。") % {"url": url})
        return redirect("office:connections", program.slug)
    place = Place(_place(program, subscription_id))
    return page(request, "office/subscription_removal.html", program, SECTION, place=place)
