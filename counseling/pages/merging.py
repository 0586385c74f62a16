"""Seeing two visitors as one person (同じ人としてまとめる), and two again: for supervisors."""

from django.contrib import messages
from django.db.models import Count, Max, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.roles import Right
from counseling import histories
from counseling.actions import merging
from counseling.models import Merge, Program, Visitor
from counseling.models.merge import MergeReason
from counseling.pages.history import SECTION, person
from counseling.pages.history_forms import MergeForm
from counseling.pages.office import office, page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.STEER)
def merge(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """Who is the same person: named, looked at side by side, and only then merged (`sure`)."""
    visitor = _told_apart(program).filter(pk=visitor_id).first()
    if visitor is None:
        raise Http404
    form = MergeForm(request.POST if request.method == "POST" else None)
    other = _other(form, program, visitor)
    if other and request.POST.get("sure") == str(other.pk):
        if _merged(request, form, visitor, other):
            return redirect("office:history", program.slug, visitor.pk)
        other = None
    answer = page(request, "office/merge.html", program, SECTION, visitor=visitor, other=other, form=form)
    answer.status_code = 400 if form.errors else 200
    return answer


def _told_apart(program: Program) -> QuerySet[Visitor]:
    """The program's visitors whose words are there, with what tells one from another."""
    rows = Visitor.objects.filter(program=program).exclude(wrapped_key=b"").select_related("channel")
    return rows.annotate(talks=Count("sessions"), last_at=Max("sessions__received_at"))


def _other(form: MergeForm, program: Program, visitor: Visitor) -> Visitor | None:
    if not (form.is_bound and form.is_valid()):
        return None
    named = form.cleaned_data["pseudonym"]
    other = _told_apart(program).filter(pseudonym=named).first()
    if other is None:
        form.add_error("pseudonym", _("この窓口に、この仮の名前の方はいません。"))
    elif other.pk == visitor.pk:
        form.add_error("pseudonym", _("この方自身の仮の名前です。もうひとりの仮の名前を書いてください。"))
    else:
        return other
    return None


def _merged(request: HttpRequest, form: MergeForm, visitor: Visitor, other: Visitor) -> bool:
    try:
        merging.merge(
            visitor_id=visitor.pk, other_id=other.pk, reason=MergeReason(form.cleaned_data["reason"]),
            by=person(request), address=audit.address_of(request),
        )  # fmt: skip
    except merging.SamePerson:
        form.add_error("pseudonym", _("この2人は、もう同じ人としてまとまっています。"))
        return False
    messages.success(request, _("同じ人としてまとめました。返信の届け先は、これまでと変わりません。"))
    return True


@require_POST
@never_cache
@office(Right.STEER)
def unmerge(request: HttpRequest, program: Program, visitor_id: int, merge_id: int) -> HttpResponseBase:
    """The two are two again."""
    histories.opened(person(request), visitor_id, program.pk)
    if not Merge.objects.filter(pk=merge_id, one__program=program).exists():
        raise Http404
    try:
        merging.undo(merge_id=merge_id, by=person(request), address=audit.address_of(request))
        messages.success(request, _("まとめを取り消しました。すべて、まとめる前のとおりです。"))
    except merging.UndoneBefore:
        messages.info(request, _("このまとめは、もう取り消されています。"))
    return redirect("office:history", program.slug, visitor_id)
