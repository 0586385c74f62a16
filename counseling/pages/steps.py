"""The step list (緊急時の手順) of a program: what is done when a life is in danger, in order, with its versions."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Right
from counseling.actions import editions
from counseling.emergency.steps import LONGEST_TEXT, LONGEST_WHO, MOST_STEPS
from counseling.models import Part, Program
from counseling.models.edition import number
from counseling.pages.office import office, page
from counseling.pages.steps_form import StepsForm

SECTION = "steps"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def steps(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The steps; `act` changes the draft in the page, everything else saves."""
    form = StepsForm(program, request.POST if request.method == "POST" else None)
    if act := request.POST.get("act", ""):
        form.change(act)
    elif request.method == "POST" and form.is_valid() and _publish(request, form):
        return redirect("office:steps", program.slug)
    limits = {"longest_text": LONGEST_TEXT, "longest_who": LONGEST_WHO, "most": MOST_STEPS}
    version = number(program.editions, Part.STEPS)
    return page(request, "office/steps.html", program, SECTION, form=form, version=version, acted=bool(act), **limits)


def _publish(request: HttpRequest, form: StepsForm) -> bool:
    """Whether it is the next version now; where somebody else was first, what was typed stays and is told."""
    try:
        edition = editions.publish(
            program_id=form.program.pk, part=Part.STEPS, content=form.content(), by=cast("User", request.user),
            based_on=form.based_on,
        )  # fmt: skip
    except editions.NewerEdition:
        form.program.refresh_from_db()
        form.based_on = number(form.program.editions, Part.STEPS)
        form.problem = _("ほかの人が先に保存しました。履歴を見て、これでよければもう一度保存してください。")
        return False
    told = _("保存しました(第%(number)s版)。これから始まる相談のシートに出ます。")
    messages.success(request, told % {"number": edition.number})
    return True
