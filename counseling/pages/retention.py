"""What is kept and what goes (保存と削除): a program's terms, what goes tonight or on another day, holds, erasures."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.roles import Right
from counseling.feeds import keeping as feed
from counseling.models import Erasure, Hold, Night, Program
from counseling.pages.office import office, page
from counseling.pages.retention_forms import DayForm, FindForm
from counseling.pages.retention_words import FOR_EVER, KINDS, counted

SECTION = "retention"
NIGHTS, ERASURES = 7, 50


@require_safe
@never_cache
@office(Right.CONFIGURE)
def retention(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The terms beside what they would take; `?on=` another day, `?q=` a person to look for. Nothing is changed."""
    find, on = FindForm(request.GET or None), DayForm(request.GET or None)
    wanted = find.cleaned_data["q"].strip() if find.is_valid() else ""
    if wanted and (visitor := feed.visitor_named(program, wanted)):
        return redirect("office:retention-person", program.slug, visitor.pk)
    day = (on.is_valid() and on.cleaned_data["on"]) or None
    due = feed.dry_run(program, feed.night_of(day) if day else feed.next_night(timezone.now()))
    holds = Hold.objects.filter(program=program).select_related("by", "visitor", "session")
    in_force = set(holds.in_force(timezone.localdate()).values_list("pk", flat=True))
    erased = Erasure.objects.filter(program=program)
    return page(
        request,
        "office/retention.html",
        program,
        SECTION,
        lines=[(*KINDS[one.kind], one) for one in due],
        for_ever=FOR_EVER.values(),
        day=day,
        day_form=on,
        find_form=find,
        missed=wanted,
        holds=[hold for hold in holds.order_by("-at") if hold.pk in in_force],
        over=[hold for hold in holds.order_by("-at") if hold.pk not in in_force],
        nights=[(one, counted(one.counts)) for one in Night.objects.filter(program=program).order_by("-on")[:NIGHTS]],
        erasures=erased.select_related("visitor", "by").order_by("-begun_at")[:ERASURES],
    )
