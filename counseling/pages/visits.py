"""Visits (訪問相談): the list, one of them on a telephone in the street, and asking for one from a session."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.models import User
from accounts.roles import Right
from counseling import histories, opening, permissions
from counseling.actions import follow_ups, following, outreach, visiting
from counseling.actions.messages import ClientIdReused
from counseling.actions.visiting import Wish
from counseling.feeds import outreach as feed
from counseling.models import Outreach, Program
from counseling.models.outreach import VisitResult
from counseling.models.risk import RISKS
from counseling.outreach import CannotVisit, VisitState
from counseling.pages.call_forms import language
from counseling.pages.office import office, page
from counseling.pages.record_forms import number_in
from counseling.pages.visit_forms import DecideForm, PlanForm, RequestForm, ResultForm, VisitForm
from counseling.triage import Risk

SECTION = "visits"
REFUSALS: dict[type[Exception], Any] = {
    follow_ups.ChangedMeanwhile: gettext_lazy(
        "ほかの人が先に、この訪問を進めました。いまの内容を見て、もう一度お願いします。書いたものは残してあります。"
    ),
    CannotVisit: gettext_lazy("この訪問は、もう終わっているか、いまはできません。"),
}


@dataclass(frozen=True)
class Line:
    """One visit as it stands in the list; without its words."""

    row: Outreach
    now: datetime
    readable: bool = True

    @property
    def when(self) -> str:
        """By when who goes tells."""
        times = (self.row.arrive_by, self.row.leave_by)
        if times[0] is None or times[1] is None:
            return ""
        return f"{opening.moment(times[0], language())}〜{timezone.localtime(times[1]):%H:%M}"

    @property
    def is_overdue(self) -> bool:
        """Whether who went has not told in time."""
        awaited = {VisitState.PLANNED: self.row.arrive_by, VisitState.THERE: self.row.leave_by}
        by = awaited.get(VisitState(self.row.state))
        return by is not None and by <= self.now

    @property
    def risk(self) -> Any:
        """Its risk, in a word."""
        return RISKS[Risk(self.row.risk)]

    @property
    def is_high(self) -> bool:
        """Whether a life may be in danger."""
        return self.row.risk >= Risk.HIGH

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.row.ended_at is not None

    @property
    def who(self) -> str:
        """Who goes."""
        return _("、").join(one.name for one in self.row.goers.all())


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


@require_safe
@never_cache
@office(Right.TAKE_SESSIONS)
def listed(request: HttpRequest, program: Program) -> HttpResponseBase:
    """What is under way, the most urgent first; and what has ended lately."""
    now = timezone.now()
    mine = set(feed.readable(_by(request)).filter(program=program).values_list("pk", flat=True))
    context = {
        "lines": [Line(row, now, row.pk in mine) for row in feed.open_in(program)],
        "lately": [Line(row, now, row.pk in mine) for row in feed.lately(program, now)],
    }
    return page(request, "office/visits.html", program, SECTION, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.TAKE_SESSIONS)
def new(request: HttpRequest, program: Program, session_id: int) -> HttpResponseBase:
    """A visit asked for from a session, by who had it, or by a supervisor."""
    there = permissions.recorded_sessions(_by(request)).filter(program=program, pk=session_id)
    session = there.select_related("visitor").first()
    if session is None or not session.visitor.wrapped_key:
        raise Http404
    form = RequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        asked = form.asked()
        client_id = form.cleaned_data.get("client_id") or uuid4()
        try:
            made = outreach.request(session_id=session_id, by=_by(request), asked=asked, client_id=client_id)
        except visiting.BadVisit as wrong:
            form.refuse(wrong.problems)
        except outreach.RequestedAlready:
            form.add_error(None, _("この方への訪問は、もう申し出があります。訪問の一覧を見てください。"))
        except ClientIdReused:
            form.add_error(None, _("この画面からは、もう別の訪問を申し出ています。開き直してください。"))
        else:
            messages.success(request, _("訪問を申し出ました。SVが承認するかを決めます。"))
            return redirect("office:visit", program.slug, made.pk)
    answer = page(request, "office/visit_new.html", program, SECTION, session=session, form=form)
    answer.status_code = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return answer


@dataclass(frozen=True)
class Deed:
    """What a button does, with which form, and what is said then."""

    form: str
    act: Callable[[Wish, Any], object]
    done: Any


DEEDS = {
    "approve": Deed(
        "decide", lambda w, f: outreach.approve(wish=w, words=f.typed("words")), gettext_lazy("訪問を承認しました。")
    ),
    "refuse": Deed(
        "decide", lambda w, f: outreach.refuse(wish=w, words=f.typed("words")), gettext_lazy("わけを記録しました。")
    ),
    "withdraw": Deed(
        "decide", lambda w, f: outreach.withdraw(wish=w, words=f.typed("words")), gettext_lazy("取り下げました。")
    ),
    "plan": Deed(
        "plan", lambda w, f: outreach.plan(wish=w, planned=f.plan()), gettext_lazy("行く人と日時を決めました。")
    ),
    "arrive": Deed("", lambda w, _f: outreach.arrive(wish=w), gettext_lazy("到着を知らせました。")),
    "leave": Deed("", lambda w, _f: outreach.leave(wish=w), gettext_lazy("終了を知らせました。おつかれさまでした。")),
    "end": Deed("end", lambda w, f: outreach.end(wish=w, ending=f.ending()), gettext_lazy("結果を記録しました。")),
}


def _row(request: HttpRequest, program: Program, outreach_id: int) -> Outreach:
    row = feed.readable(_by(request)).filter(program=program, pk=outreach_id).first()
    if row is None:
        raise Http404
    return row


def _forms(row: Outreach, data: Any = None, bound: str = "") -> dict[str, VisitForm]:
    owners = following.owners(row.program_id, row.risk)
    planned = {
        "goers": [str(one.pk) for one in row.goers.all()],
        **{
            name: at and timezone.localtime(at)
            for name, at in (("arrive_by", row.arrive_by), ("leave_by", row.leave_by))
        },
    }
    return {
        "decide": DecideForm(data if bound == "decide" else None),
        "plan": PlanForm(visiting.able(row), data if bound == "plan" else None, initial=planned),
        "end": ResultForm(owners, data if bound == "end" else None),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.TAKE_SESSIONS)
def visit(request: HttpRequest, program: Program, outreach_id: int) -> HttpResponseBase:
    """One visit; `do` decides, plans, tells of arriving and coming away, and notes what came of it."""
    row = _row(request, program, outreach_id)
    deed = DEEDS.get(request.POST.get("do", "")) if request.method == "POST" else None
    if deed is None:
        return _shown(request, program, row)
    forms = _forms(row, request.POST, deed.form)
    form = forms.get(deed.form)
    try:
        deed.act(Wish(row.pk, _by(request), number_in(request.POST, "seen")), form)
    except visiting.BadVisit as wrong:
        cast("VisitForm", form).refuse(wrong.problems)
        return _shown(request, program, row, forms=forms, status=HTTPStatus.BAD_REQUEST)
    except tuple(REFUSALS) as refused:
        fresh, problem = _row(request, program, outreach_id), str(REFUSALS[type(refused)])
        return _shown(request, program, fresh, forms=forms, problem=problem, status=HTTPStatus.CONFLICT)
    messages.success(request, str(deed.done))
    return redirect("office:visit", program.slug, row.pk)


@require_POST
@never_cache
@office(Right.TAKE_SESSIONS)
def address(request: HttpRequest, program: Program, outreach_id: int) -> HttpResponseBase:
    """Where the visitor lives, to who goes and to supervisors: here alone, and each showing is audited."""
    row = _row(request, program, outreach_id)
    try:
        where = outreach.show(outreach_id=row.pk, by=_by(request), address=audit.address_of(request))
    except outreach.AddressGone:
        messages.error(request, _("場所は、もう消してあります。"))
        return redirect("office:visit", program.slug, row.pk)
    return _shown(request, program, row, where=where)


def _shown(request: HttpRequest, program: Program, row: Outreach, **more: Any) -> HttpResponseBase:
    by = _by(request)
    status = more.pop("status", HTTPStatus.OK)
    steers = permissions.steers(by, program.pk)
    goes = any(one.pk == by.pk for one in row.goers.all())
    context = {
        "row": row,
        "line": Line(row, timezone.now()),
        "steps": feed.steps(row),
        "consent": feed.consent(row),
        "steers": steers,
        "goes": goes,
        "may_see": (steers or goes) and bool(row.address),
        "may_tell": steers or goes,
        "may_withdraw": steers or row.by_id == by.pk,
        "forms": _forms(row),
        "least": program.outreach_people,
        "may_enter": row.result == VisitResult.MET and histories.visitors(by).filter(pk=row.visitor_id).exists(),
        "has_record": row.session_id is not None
        and permissions.recorded_sessions(by).filter(pk=row.session_id).exists(),
    }
    answer = page(request, "office/visit.html", program, SECTION, **context | more)
    answer.status_code = status
    return answer
