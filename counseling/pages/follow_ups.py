"""Follow-ups (要フォロー): the work list by risk and day, one of them with its steps, and a new one from a session."""

from collections.abc import Callable
from dataclasses import dataclass
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

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import follow_ups, following
from counseling.actions.follow_ups import Wish
from counseling.actions.following import BadFollowUp
from counseling.actions.messages import ClientIdReused
from counseling.feeds import follow_ups as feed
from counseling.models import FollowUp, Program, Session
from counseling.pages import follow_letters
from counseling.pages.follow_forms import FollowForm, StepForm
from counseling.pages.follow_words import REFUSALS, Line
from counseling.pages.office import office, page
from counseling.pages.record_forms import number_in

SECTION = "follow-ups"
SHELVES = {
    "all": gettext_lazy("すべて"),
    "mine": gettext_lazy("わたしの担当"),
    "shift": gettext_lazy("シフトの担当"),
    "over": gettext_lazy("終わったもの"),
}


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


@require_safe
@never_cache
@office(Right.TAKE_SESSIONS)
def listed(request: HttpRequest, program: Program) -> HttpResponseBase:
    """What is still to be done, the most urgent first; `show` chooses whose."""
    by, now = _by(request), timezone.now()
    mine = set(feed.readable(by, now).filter(program=program).values_list("pk", flat=True))
    rows = [Line(row, now, row.pk in mine) for row in feed.open_in(program, now)[: feed.MOST]]
    kinds = {
        "all": rows,
        "mine": [one for one in rows if one.row.owner_id == by.pk],
        "shift": [one for one in rows if cast("Any", one.row).falls],
    }
    shelf = request.GET.get("show", "all")
    over = [Line(row, now, row.pk in mine) for row in feed.lately(program, now)] if shelf == "over" else []
    context = {
        "shelf": shelf if shelf in SHELVES else "all",
        "shelves": [(key, name, len(kinds[key]) if key in kinds else None) for key, name in SHELVES.items()],
        "lines": over if shelf == "over" else kinds.get(shelf, rows),
        "late": sum(one.is_overdue for one in rows),
        "today": sum(one.is_today for one in rows),
    }
    return page(request, "office/follow_ups.html", program, SECTION, **context)


@dataclass(frozen=True)
class Deed:
    """What a button does with what was typed, and what is said then."""

    act: Callable[[Wish, StepForm], object]
    done: object


DEEDS = {
    "go_on": Deed(
        lambda wish, form: follow_ups.go_on(
            wish=wish, words=form.words_typed(), day=form.due_typed()[0], clock=form.due_typed()[1]
        ),
        gettext_lazy("したことを記録し、次の日を決めました。"),
    ),
    "finish": Deed(
        lambda wish, form: follow_ups.finish(wish=wish, words=form.words_typed()),
        gettext_lazy("要フォローを、済みにしました。"),
    ),
    "give_up": Deed(
        lambda wish, form: follow_ups.give_up(wish=wish, words=form.words_typed()),
        gettext_lazy("わけを記録しました。"),
    ),
    "confirm": Deed(lambda wish, _form: follow_ups.confirm(wish=wish), gettext_lazy("打ち切りを認めました。")),
    "refuse": Deed(
        lambda wish, form: follow_ups.refuse(
            wish=wish, words=form.words_typed(), day=form.due_typed()[0], clock=form.due_typed()[1]
        ),
        gettext_lazy("続けるように返しました。"),
    ),
    "hand_on": Deed(
        lambda wish, form: follow_ups.hand_on(wish=wish, owner_id=form.owner_typed()),
        gettext_lazy("担当を変えました。"),
    ),
    "raise": Deed(
        lambda wish, form: follow_ups.raise_risk(wish=wish, risk=form.risk_typed()),
        gettext_lazy("緊急度を上げました。"),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.TAKE_SESSIONS)
def one(request: HttpRequest, program: Program, follow_up_id: int) -> HttpResponseBase:
    """One follow-up; `do` goes on with it, hands it on, or ends it."""
    row = _row(request, program, follow_up_id)
    if request.method != "POST":
        return _shown(request, program, row)
    owners = following.owners(program.pk, row.risk)
    form = StepForm(owners, row.risk, request.POST)
    deed = DEEDS.get(request.POST.get("do", ""))
    try:
        if deed:
            deed.act(Wish(row.pk, _by(request), number_in(request.POST, "seen")), form)
            messages.success(request, str(deed.done))
    except BadFollowUp as wrong:
        form.refuse(wrong.problems)
        return _shown(request, program, row, form=form, did=request.POST.get("do", ""))
    except tuple(REFUSALS) as refused:
        fresh = _row(request, program, follow_up_id)
        return _shown(request, program, fresh, form=form, problem=str(REFUSALS[type(refused)]))
    return redirect("office:follow-up", program.slug, row.pk)


def _row(request: HttpRequest, program: Program, follow_up_id: int) -> FollowUp:
    row = feed.readable(_by(request)).filter(program=program, pk=follow_up_id).first()
    if row is None:
        raise Http404
    return row


def _shown(
    request: HttpRequest, program: Program, row: FollowUp, *, form: StepForm | None = None, **more: Any
) -> HttpResponseBase:
    now, by = timezone.now(), _by(request)
    owners = following.owners(program.pk, row.risk)
    steps = feed.steps(row)
    context = {
        "row": row,
        "line": Line(row, now),
        "form": form or StepForm(owners, row.risk, initial={"owner": str(row.owner_id or "shift")}),
        "steps": steps,
        "what": next((step.words for step in steps if step.step.kind in {"made", "waived"}), ""),
        "asked": next((one for one in steps if line_asks(one)), None) if row.state == "giving_up" else None,
        "steers": permissions.steers(by, program.pk),
        "has_record": row.session is not None and permissions.recorded_sessions(by).filter(pk=row.session.pk).exists(),
        "problem": "",
        **follow_letters.shown(row, by),
    }
    answer = page(request, "office/follow_up.html", program, SECTION, **context | more)
    answer.status_code = HTTPStatus.BAD_REQUEST if form else HTTPStatus.OK
    return answer


@require_POST
@never_cache
@office(Right.TAKE_SESSIONS)
def letter(request: HttpRequest, program: Program, follow_up_id: int) -> HttpResponseBase:
    """Write to its visitor."""
    row = _row(request, program, follow_up_id)
    refused = follow_letters.send(request, row)
    if refused is None:
        messages.success(request, _("相談者へのメッセージを預かりました。"))
        return redirect("office:follow-up", program.slug, row.pk)
    answer = _shown(request, program, row, letter_form=refused)
    answer.status_code = HTTPStatus.BAD_REQUEST
    return answer


def line_asks(opened: feed.Opened) -> bool:
    """Whether this step asked for the end that a supervisor decides."""
    return opened.step.kind in {"ask_to_give_up", "waived"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.TAKE_SESSIONS)
def new(request: HttpRequest, program: Program, session_id: int) -> HttpResponseBase:
    """A follow-up from a session: by who had it, or by a supervisor."""
    by = _by(request)
    there = permissions.recorded_sessions(by).filter(program=program, pk=session_id)
    session: Session | None = there.select_related("visitor").first()
    if session is None or not session.visitor.wrapped_key:
        raise Http404
    owners = following.owners(program.pk, session.risk)
    form = FollowForm(owners, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        wanted = form.wanted()
        try:
            client_id = form.cleaned_data.get("client_id") or uuid4()
            made = follow_ups.make(session_id=session_id, by=by, wanted=wanted, client_id=client_id)
        except BadFollowUp as wrong:
            form.refuse(wrong.problems)
        except ClientIdReused:
            form.add_error(None, _("この画面からは、もう別の要フォローを立てています。開き直してください。"))
        else:
            messages.success(request, _("要フォローを立てました。"))
            return redirect("office:follow-up", program.slug, made.pk)
    answer = page(request, "office/follow_up_new.html", program, SECTION, session=session, form=form)
    answer.status_code = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return answer
