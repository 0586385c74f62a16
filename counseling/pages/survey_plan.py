"""How the survey is sent (アンケートの送り方): when, on which doors, where answers are kept; with a look at both."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Right
from counseling.actions import editions
from counseling.feeds import surveys as feed
from counseling.models import Part, Program
from counseling.models.edition import form_of, number, survey_plan_of
from counseling.opening import TOKYO
from counseling.pages.edition_words import language_name
from counseling.pages.office import office, page
from counseling.pages.survey_plan_form import CHANGED_MEANWHILE, PlanForm
from counseling.pages.survey_previews import on_line, on_page
from counseling.survey import When

SECTION = "survey_plan"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def plan(request: HttpRequest, program: Program) -> HttpResponseBase:
    """How the survey is sent, and its form; `look` shows what is typed without saving it."""
    today = timezone.now().astimezone(TOKYO).date()
    form = PlanForm(program, today, request.POST if request.method == "POST" else None)
    looks = request.POST.get("do") == "look"
    if form.is_bound and form.is_valid() and not looks and _publish(request, form):
        return redirect("office:survey_plan", program.slug)
    return page(request, "office/survey_plan.html", program, SECTION, **_context(request, program, form))


def _context(request: HttpRequest, program: Program, form: PlanForm) -> dict[str, Any]:
    language = request.POST.get("language", "") or request.GET.get("lang", "")
    language = language if language in program.languages else str(program.languages[0])
    shown = form.plan if form.is_bound and form.is_valid() else survey_plan_of(program)
    questions = form_of(program.editions, Part.SURVEY)
    return {
        "form": form,
        "version": number(program.editions, Part.SURVEY_PLAN),
        "asks": bool(questions.questions),
        "sends": shown.when != When.NEVER,
        "line": on_line(program, questions, shown, language),
        "web": on_page(request, program, questions, language) if questions.questions else "",
        "standing": feed.standing(program),
        "uninvited": feed.uninvited(program).count(),
        "language": language,
        "languages": [(code, language_name(code)) for code in program.languages],
    }


def _publish(request: HttpRequest, form: PlanForm) -> bool:
    """Whether what was chosen is in force now; else the form says that somebody else was first."""
    by = cast("User", request.user)
    try:
        editions.publish(
            program_id=form.program.pk, part=Part.SURVEY_PLAN, content=form.plan.to_json(), by=by,
            based_on=form.cleaned_data["based_on"],
        )  # fmt: skip
    except editions.NewerEdition:
        form.add_error(None, CHANGED_MEANWHILE)
        form.program.refresh_from_db()
        form.rebase(number(form.program.editions, Part.SURVEY_PLAN))
        return False
    messages.success(request, _("保存しました。これから終わる相談に使われます。"))
    return True
