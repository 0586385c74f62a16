"""The programs one administers, and making a new one: from a template, from another program, from a file."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import founding
from counseling.blueprints import InvalidBlueprint
from counseling.feeds.programs import receptions
from counseling.models import Program
from counseling.models.program import Kind
from counseling.pages.blueprint_words import told
from counseling.pages.office import office
from counseling.pages.program_forms import BAD_SLUG, FoundingForm
from counseling.pages.program_sources import PURPOSES, Source, source_of
from counseling.pages.reception_words import why
from counseling.stages import Stage

P = ParamSpec("P")
# More would not be read: the first ones are mended first.
MOST_PROBLEMS = 100


def for_founders(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page for who may make programs; for others it does not exist (404)."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            permissions.require_founder(cast("User", request.user))
            return view(request, *args, **kwargs)
        except permissions.NotVisible as unseen:
            raise Http404 from unseen

    return guarded


def administered(user: User) -> list[Program]:
    """The programs `user` configures, by name, closed ones last; each knows who paused it."""
    mine = permissions.programs(user, Right.CONFIGURE)
    by_name = mine.select_related("stage_by", "diverted_by").order_by("name", "pk")
    return sorted(by_name, key=lambda program: program.stage == Stage.CLOSED)


@require_safe
@for_founders
def programs(request: HttpRequest) -> HttpResponseBase:
    """Every program one administers: how far it is, its period, and whether it receives now."""
    mine = administered(cast("User", request.user))
    listed = [
        {"program": program, "why": why(now)}
        for program, now in receptions(mine, timezone.now(), get_language() or "ja")
    ]
    return render(request, "office/programs.html", {"listed": listed})


@require_http_methods(["GET", "HEAD", "POST"])
@for_founders
def new(request: HttpRequest) -> HttpResponseBase:
    """Choose what it is made from; then the form; then the program."""
    try:
        source = source_of(request)
    except InvalidBlueprint as refused:
        return _choose(request, told(refused.problems))
    if source is None:
        nothing = [_("ファイルを選んでください。")] if request.method == "POST" else []
        return _choose(request, nothing)
    if request.method == "POST" and "file" not in request.FILES:
        return _found(request, source)
    return _ask(request, source, FoundingForm(initial=_known(source), pages=_pages(request)))


def _pages(request: HttpRequest) -> str:
    """Where the visitors' pages are."""
    return request.build_absolute_uri("/talk/")


def _choose(request: HttpRequest, problems: list[str]) -> HttpResponseBase:
    """The three ways to a new program, and what is wrong with the file that was tried."""
    context = {
        "templates": [{"kind": kind, "name": Kind(kind).label, "purpose": PURPOSES[kind]} for kind in PURPOSES],
        "programs": administered(cast("User", request.user)),
        "problems": problems[:MOST_PROBLEMS],
        "more": max(len(problems) - MOST_PROBLEMS, 0),
    }
    status = HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK
    return render(request, "office/new_program.html", context, status=status)


def _known(source: Source) -> dict[str, Any]:
    """What is proposed: a copy needs another name, a template's or file's may be right."""
    name = source.blueprint.name
    if source.made_from == "copy":
        name = _("%(name)sの複製") % {"name": name}
    return {"name": name[:80], "slug": source.slug, "commissioner": source.blueprint.commissioner}


def _ask(request: HttpRequest, source: Source, form: FoundingForm) -> HttpResponseBase:
    context = {"form": form, "source": source, "kind": Kind(source.blueprint.kind).label}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "office/found.html", context, status=status)


def _found(request: HttpRequest, source: Source) -> HttpResponseBase:
    form = FoundingForm(request.POST, pages=_pages(request))
    if form.is_valid():
        try:
            program = founding.found(
                blueprint=source.blueprint,
                made_from=source.made_from,
                by=cast("User", request.user),
                **form.cleaned_data,
            )
        except founding.SlugTaken:
            form.add_error("slug", _("このアドレスは、もう使われています。ほかのアドレスにしてください。"))
        except founding.BadSlug:
            form.add_error("slug", BAD_SLUG)
        else:
            said = _("「%(name)s」をつくりました。準備ができたら公開できます。それまで相談する人には見えません。")
            messages.success(request, said % {"name": program.name})
            return redirect("office:setup", program.slug)
    return _ask(request, source, form)


@require_safe
@never_cache
@office(Right.CONFIGURE)
@confirmed
def export(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The program as a file: no people, no visitors, no secrets."""
    blueprint = founding.export(program_id=program.pk, by=cast("User", request.user))
    content = json.dumps(blueprint.to_json(), ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    name = f"madoguchi-{program.slug}-{timezone.localdate()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
