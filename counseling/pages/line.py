"""The page on which an administrator connects a LINE Official Account, tries the connection and makes its menu."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.confirmation import confirmed_anew
from accounts.models import User
from accounts.roles import Right
from counseling.actions import channels, line_accounts
from counseling.connection import NoAnswer, Trouble
from counseling.feeds import line_account as feed
from counseling.gateways.base import give_back_connection
from counseling.gateways.registry import LINE
from counseling.models import Channel, Program
from counseling.models.edition import terms_of
from counseling.pages.line_forms import SecretsForm
from counseling.pages.line_words import headline, told, trouble_words
from counseling.pages.office import office, page

SECTION = "line"


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


def _channel(program: Program) -> Channel:
    channel = feed.line_channel(program)
    if channel is None:
        raise Http404
    return channel


def address_of(channel: Channel) -> str:
    """Where LINE is to send the channel's webhooks."""
    return settings.SITE_URL + reverse("line-webhook", args=[channel.key])


@require_safe
@never_cache
@office(Right.CONFIGURE)
def line(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Everything about the program's LINE account, in the order in which one sets it up."""
    channel, now = feed.line_channel(program), timezone.now()
    context: dict[str, Any] = {"channel": channel, "now": now, "said": headline(has_secrets=False, steps=[])}
    if channel:
        account = feed.account_of(channel)
        steps = told(account.findings)
        context |= {
            "account": account,
            "address": address_of(channel),
            "steps": steps,
            "has_terms": bool(terms_of(program, "ja").strip()),
            "gauge": feed.gauge(account, now),
            "friends": feed.friends(channel, now),
            "said": headline(has_secrets=bool(channel.secret and channel.access_token), steps=steps),
        }
    return page(request, "office/line.html", program, SECTION, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
@confirmed_anew
def secrets(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Type the secrets; the program's channel is made with its first ones."""
    channel = feed.line_channel(program)
    form = SecretsForm(channel, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            channels.connect(program_id=program.pk, by=_by(request), now=timezone.now(), **form.cleaned_data)
        except channels.ForPracticeOnly:
            form.refuse()
        else:
            messages.success(request, _("鍵を登録しました。つぎに、接続を確かめてください。"))
            return redirect("office:line", program.slug)
    # Neither field is anybody's choice as long as nothing is there.
    needed = "" if channel and channel.secret and channel.access_token else _("必要です")
    return page(request, "office/line_secrets.html", program, SECTION, form=form, channel=channel, needed=needed)


@require_POST
@office(Right.CONFIGURE)
def check(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Ask LINE how the connection stands; the answers are shown on the page until they are asked for again."""
    channel = _channel(program)
    ours = address_of(channel)
    give_back_connection()
    found = LINE.check(channel, ours)
    if found.account == Trouble.BUSY:
        messages.error(request, trouble_words(Trouble.BUSY))
        return redirect("office:line", program.slug)
    line_accounts.record_check(asked=channel, by=_by(request), check=found, ours=ours, now=timezone.now())
    return redirect(reverse("office:line", args=[program.slug]) + "#check")


@require_POST
@office(Right.CONFIGURE)
def address(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Have LINE send its webhooks here."""
    channel = _channel(program)
    give_back_connection()
    trouble = LINE.set_webhook(channel, address_of(channel))
    if trouble:
        messages.error(request, trouble_words(trouble))
    else:
        line_accounts.record_address(channel_id=channel.pk, by=_by(request))
        messages.success(request, _("LINEに設定しました。つぎに、接続を確かめてください。"))
    return redirect("office:line", program.slug)


@require_POST
@office(Right.CONFIGURE)
def menu(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Make the rich menu, anew where there is one; with `remove` take it away."""
    try:
        channel = line_accounts.claim_menu(channel_id=_channel(program).pk, by=_by(request), now=timezone.now())
    except line_accounts.MenuBusy:
        messages.error(request, _("いま、メニューを作っているところです。少し待ってから、画面を開き直してください。"))
    else:
        _change_menu(request, channel, remove="remove" in request.POST)
    return redirect("office:line", program.slug)


def _change_menu(request: HttpRequest, channel: Channel, *, remove: bool) -> None:
    give_back_connection()
    menu_id = ""
    try:
        if remove:
            LINE.remove_menu(channel)
        else:
            menu_id = LINE.make_menu(channel)
    except NoAnswer as none:
        line_accounts.let_go_of_menu(channel_id=channel.pk)
        messages.error(request, trouble_words(none.trouble))
        return
    line_accounts.record_menu(channel_id=channel.pk, by=_by(request), menu_id=menu_id, now=timezone.now())
    made = _("リッチメニューを表示しました。友だちの画面には、数分のうちに現れます。")
    messages.success(request, _("リッチメニューを消しました。") if remove else made)


@require_safe
@office(Right.CONFIGURE)
def picture(_request: HttpRequest, _program: Program) -> HttpResponseBase:
    """The rich menu as LINE shows it."""
    return HttpResponse(LINE.menu_picture(), content_type="image/png")


@require_POST
@office(Right.CONFIGURE)
def resume(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Send again what waits, where the quota was raised before the month is over."""
    channels.resume(channel_id=_channel(program).pk, by=_by(request))
    messages.success(request, _("送信を再開しました。"))
    return redirect("office:line", program.slug)
