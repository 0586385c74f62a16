"""Preparing a program and opening it: the checklist, and the steps to the public and back."""

from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.roles import Right
from counseling import checklist, opening, permissions
from counseling.actions import stages
from counseling.feeds.checklist import lines_of
from counseling.feeds.programs import in_talks
from counseling.gateways.web import trial as trials
from counseling.models import Program
from counseling.models.edition import text_for
from counseling.models.program import ChannelKind
from counseling.pages.checklist_words import names, shown
from counseling.pages.office import office, page
from counseling.pages.reception_words import moment
from counseling.pages.stage_forms import ClosingForm, SaidForm
from counseling.stages import CannotStep, Stage, Step

SECTION = "setup"
ELSEWHERE = gettext_lazy("もう切り替わっていました。いまの状態を確かめてください。")


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


@require_safe
@never_cache
@office(Right.CONFIGURE)
def setup(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The checklist, and what can be done next."""
    return _page(request, program, SaidForm(program, Step.PAUSE))


def _page(request: HttpRequest, program: Program, form: SaidForm) -> HttpResponseBase:
    found = lines_of(program, timezone.now())
    context = {
        "lines": [shown(line, program) for line in found],
        "missing": names(checklist.blocking(found)),
        "form": form,
        "since": moment(program.stage_since.isoformat()),
        "public": public_of(request, program),
        "reads": text_for(program, "paused") if program.stage == Stage.PAUSED else "",
    }
    response = page(request, "office/setup.html", program, SECTION, **context)
    response.status_code = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return response


def public_of(request: HttpRequest, program: Program) -> dict[str, Any]:
    """What the public sees of an open program, and where."""
    kinds = set(program.channels.values_list("kind", flat=True))
    address = request.build_absolute_uri(reverse("talk:page", args=[program.slug]))
    return {
        "page": address if ChannelKind.WEB in kinds else "",
        "listed": ChannelKind.WEB in kinds and not program.practice,
        "line": ChannelKind.LINE in kinds and program.channel_mode != "web_only",
        "hours": opening.describe(program.opening(), get_language() or "ja"),
    }


@require_POST
@office(Right.CONFIGURE)
def open_program(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Open the program to the public; refused while something is missing."""
    try:
        stages.step(program_id=program.pk, step=Step.OPEN, by=_by(request))
    except stages.CannotOpen as refused:
        missing = _("、").join(names(refused.missing))
        messages.error(request, _("まだ公開できません。足りないもの: %(missing)s") % {"missing": missing})
    except CannotStep:
        messages.error(request, ELSEWHERE)
    else:
        messages.success(request, _("公開しました。受付時間になると、新しい相談を受け付けます。"))
    return redirect("office:setup", program.slug)


@require_POST
@office(Right.PLAN_SHIFTS)
def reception(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Stop taking new sittings at once, or take them again: for who configures the program, and its supervisors."""
    step = Step.RESUME if request.POST.get("step") == Step.RESUME else Step.PAUSE
    from_setup = request.POST.get("back") == SECTION and _configures(request, program)
    form = SaidForm(program, step, request.POST) if from_setup and step == Step.PAUSE else None
    if form is not None and not form.is_valid():
        return _page(request, program, form)
    try:
        stages.step(program_id=program.pk, step=step, by=_by(request), said=form.said() if form else None)
    except CannotStep:
        messages.error(request, ELSEWHERE)
    else:
        messages.success(request, _("受付を停止しました。") if step == Step.PAUSE else _("受付を再開しました。"))
    return redirect("office:setup" if from_setup else "office:staffing", program.slug)


def _configures(request: HttpRequest, program: Program) -> bool:
    return permissions.programs(_by(request), Right.CONFIGURE).filter(pk=program.pk).exists()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def closing(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Close the program for good: once more asked, with what happens to whom."""
    if Stage(program.stage) not in (Stage.OPEN, Stage.PAUSED):
        messages.error(request, ELSEWHERE)
        return redirect("office:setup", program.slug)
    form = ClosingForm(program, request.POST or None)
    if form.is_valid():
        try:
            stages.step(program_id=program.pk, step=Step.CLOSE, by=_by(request), said=form.said())
        except CannotStep:
            messages.error(request, ELSEWHERE)
        else:
            messages.success(request, _("「%(name)s」を終了しました。") % {"name": program.name})
        return redirect("office:setup", program.slug)
    waiting, talking = in_talks(program)
    response = page(request, "office/closing.html", program, SECTION, form=form, waiting=waiting, talking=talking)
    response.status_code = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return response


@require_POST
@office(Right.PLAN_SHIFTS)
def trial(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Open the visitor's page as a trial in this browser."""
    if not permissions.may_try(_by(request), program.pk):
        raise permissions.NotVisible
    if program.stage == Stage.CLOSED:
        messages.error(request, _("終了した窓口は試せません。"))
        return redirect("office:staffing", program.slug)
    response = redirect("talk:page", program.slug)
    trials.give(response, program, _by(request), secure=request.is_secure())
    return response
