"""The directory of agencies: search and print it, read one, keep it."""

from dataclasses import dataclass
from datetime import date
from typing import cast
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import agencies as actions
from counseling.feeds import agencies as feed
from counseling.feeds import agency_load
from counseling.feeds.agencies import Search
from counseling.models import Agency, AgencyKind, Program
from counseling.pages.agency_forms import AgencyForm, facts
from counseling.pages.agency_words import checked
from counseling.pages.office import office, page
from counseling.text import repair

SECTION = "agencies"
# A whole directory for the desk fits on one page; thousands do not.
PAGE_ROWS, PRINTED_ROWS = 50, 1_000
SORTS = {
    "": gettext_lazy("当てはまる順"),
    "load": gettext_lazy("つなぎの多い順(28日)"),
    "open": gettext_lazy("結果待ちの多い順"),
    "checked": gettext_lazy("確認の古い順"),
}


@dataclass(frozen=True)
class Line:
    """An agency as it stands in the list."""

    agency: Agency
    today: date
    load: agency_load.Load = agency_load.NONE

    @cached_property
    def area(self) -> str:
        """Where it serves."""
        return feed.area_words(self.agency.area)

    @cached_property
    def checked(self) -> str:
        """How long ago it was last checked."""
        return checked(self.agency.checked_on, self.today)

    @cached_property
    def is_stale(self) -> bool:
        """Whether somebody should look again."""
        return self.agency.is_stale(self.today)

    @cached_property
    def telephones(self) -> list[tuple[str, str]]:
        """Each number with the address that calls it."""
        return [(number, "tel:" + quote(number.replace("-", ""), safe="+")) for number in self.agency.telephones]


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


def _may_keep(request: HttpRequest, program: Program) -> bool:
    return permissions.programs(_by(request), Right.KEEP_AGENCIES).filter(pk=program.pk).exists()


def asked(request: HttpRequest) -> Search:
    """What is looked for, from the address; what cannot be read there looks for anything."""
    words, area = (repair(request.GET.get(name, "").strip())[:100] for name in ("q", "area"))
    kind = request.GET.get("kind", "")
    return Search(words, kind if kind in AgencyKind.values else "", area, retired="retired" in request.GET)


@require_safe
@never_cache
@office(Right.WATCH_BOARD)
def agencies(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Those that fit, a page at a time; with `all` in the address as many as one would print."""
    search, today = asked(request), timezone.localdate()
    rows = PRINTED_ROWS if "all" in request.GET else PAGE_ROWS
    found, now, sort = feed.found(program.pk, search), timezone.now(), request.GET.get("sort", "")
    sort = sort if sort in agency_load.SORTS else ""
    shown = Paginator(agency_load.in_order(found, sort, now) if sort else found, rows).get_page(request.GET.get("page"))
    loads = agency_load.loads([one.pk for one in shown], now)
    told = {"q": search.words, "kind": search.kind, "area": search.area, "retired": "1" if search.retired else ""}
    told |= {"sort": sort}
    return page(
        request,
        "office/agencies.html",
        program,
        SECTION,
        lines=[Line(agency, today, loads.get(agency.pk, agency_load.NONE)) for agency in shown],
        sort=sort,
        sorts=SORTS,
        shown=shown,
        search=search,
        searched=urlencode({name: value for name, value in told.items() if value}),
        kinds=AgencyKind.choices,
        areas=feed.areas(program.pk),
        may_keep=_may_keep(request, program),
        printable=PAGE_ROWS < shown.paginator.count <= PRINTED_ROWS and rows == PAGE_ROWS,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.KEEP_AGENCIES)
def add(request: HttpRequest, program: Program) -> HttpResponseBase:
    """A new agency."""
    form = AgencyForm(request.POST.dict()) if request.method == "POST" else AgencyForm()
    if form.is_bound and form.is_valid():
        try:
            made = actions.add(program_id=program.pk, entry=form.entry, by=_by(request))
        except actions.AlreadyThere as there:
            form.add_error("name", _twin(there.agency))
        else:
            messages.success(request, _("「%(name)s」を加えました。") % {"name": made.name})
            return redirect("office:agency", program.slug, made.pk)
    return page(request, "office/agency_add.html", program, SECTION, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.WATCH_BOARD)
def agency(request: HttpRequest, program: Program, agency_id: int) -> HttpResponseBase:
    """One agency; its form is saved by those who keep the directory."""
    one, may_keep = _one(program, agency_id), _may_keep(request, program)
    form = AgencyForm.of(one)
    if request.method == "POST":
        if not may_keep:
            raise permissions.NotVisible
        form = AgencyForm(request.POST.dict())
        if form.is_valid():
            refused = _save(form, one, _by(request))
            if refused is None:
                messages.success(request, _("保存しました。"))
                return redirect("office:agency", program.slug, one.pk)
            form = refused
    words = {"line": _line(one), "facts": facts(one)}
    return page(request, "office/agency.html", program, SECTION, form=form, may_keep=may_keep, **words)


def _one(program: Program, agency_id: int) -> Agency:
    one = Agency.objects.select_related("checked_by").filter(program=program, pk=agency_id).first()
    if one is None:
        raise Http404
    return one


def _line(one: Agency) -> Line:
    load = agency_load.loads([one.pk], timezone.now())
    return Line(one, timezone.localdate(), load.get(one.pk, agency_load.NONE))


def _save(form: AgencyForm, one: Agency, by: User) -> AgencyForm | None:
    """Save what was written; the form to show again where that was refused."""
    try:
        actions.change(agency_id=one.pk, entry=form.entry, by=by, shown=form.cleaned_data["shown"])
    except actions.AlreadyThere as there:
        form.add_error("name", _twin(there.agency))
        return form
    except actions.ChangedMeanwhile:
        one.refresh_from_db()
        return form.beside(one)
    return None


def _twin(there: Agency) -> SafeString:
    """Where the other agency is, of which there can be only one."""
    told = _("種別・名前・地域の同じ機関がもうあります: {}")
    if there.retired_at:
        told = _("種別・名前・地域の同じ機関が、使うのをやめた機関の中にあります: {}")
    address = reverse("office:agency", args=[there.program.slug, there.pk])
    return format_html(told, format_html('<a href="{}">{}</a>', address, there.name))


@require_POST
@office(Right.KEEP_AGENCIES)
def check(request: HttpRequest, program: Program, agency_id: int) -> HttpResponseBase:
    """Somebody looked today whether all of it is still so."""
    actions.check(agency_id=_one(program, agency_id).pk, by=_by(request))
    messages.success(request, _("きょうの日付で、内容を確認したことを残しました。"))
    return redirect("office:agency", program.slug, agency_id)


@require_POST
@office(Right.KEEP_AGENCIES)
def use(request: HttpRequest, program: Program, agency_id: int) -> HttpResponseBase:
    """Whether visitors are connected there: `use` is 1 or 0."""
    one, by = _one(program, agency_id), _by(request)
    if request.POST.get("use") == "1":
        actions.restore(agency_id=one.pk, by=by)
        messages.success(request, _("また使えるようにしました。"))
    else:
        actions.retire(agency_id=one.pk, by=by)
        messages.success(request, _("使うのをやめました。名簿と、相談の画面の検索には出ません。"))
    return redirect("office:agency", program.slug, agency_id)
