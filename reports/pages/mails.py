"""Results by mail (定期メール): each person decides for themselves what they are told of, and when."""

from typing import Any, cast

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.models import Program
from counseling.pages.office import office, page
from reports.actions import mails
from reports.models import ResultsPlan
from reports.schedule import Every, Holidays

SECTION = "results-mails"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.SEE_PUBLIC_RESULTS)
def own(request: HttpRequest, program: Program) -> HttpResponseBase:
    """One's own mails of the program's results; POST turns one on or off."""
    by = cast("User", request.user)
    if request.method == "POST":
        _changed(request, program, by)
        return redirect("office:results-mails", program.slug)
    held = permissions.rights(by).get(program, frozenset())
    mine = {plan.every: plan for plan in ResultsPlan.objects.filter(program=program, user=by)}
    lines: list[dict[str, Any]] = [
        {"every": every, "name": name, "plan": mine.get(every)}
        for every, name in ResultsPlan.EVERY
        if mails.right_of(Every(every)) in held
    ]
    context = {"lines": lines, "holidays": ResultsPlan.HOLIDAYS, "address": by.email}
    return page(request, "results/mails.html", program, SECTION, **context)


def _changed(request: HttpRequest, program: Program, by: User) -> None:
    try:
        every = Every(request.POST.get("every", ""))
        holidays = Holidays(request.POST.get("holidays", Holidays.NEXT))
    except ValueError as error:
        raise Http404 from error
    if request.POST.get("deed") == "off":
        mails.unsubscribe(program_id=program.pk, every=every, by=by)
    else:
        mails.subscribe(program_id=program.pk, every=every, holidays=holidays, by=by)
