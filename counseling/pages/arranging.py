"""What supervisors decide about one visitor: the pages of the forms, and ending what holds."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.models import User
from accounts.roles import Right
from counseling.actions import arrangements as actions
from counseling.actions.messages import ClientIdReused
from counseling.feeds import arrangements as feed
from counseling.models import Approach, Block, Limit, Program, Visitor
from counseling.models.arrangement import Decision
from counseling.pages.arrangement_forms import ApproachForm, BlockForm, DecisionForm, LimitForm
from counseling.pages.office import office, page

SECTION = "arrangements"
F = TypeVar("F", bound=DecisionForm)
L = TypeVar("L", Limit, Block)


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


def opened(request: HttpRequest, program: Program, visitor_id: int) -> Visitor:
    """The visitor of this program, whose words are about to be shown: the audit is told."""
    _visitor(program, visitor_id)
    return actions.look(visitor_id=visitor_id, by=_by(request), address=audit.address_of(request))


def _visitor(program: Program, visitor_id: int) -> Visitor:
    visitors = Visitor.objects.select_related("channel").filter(program=program, pk=visitor_id)
    visitor = visitors.exclude(wrapped_key=b"").first()
    if visitor is None:
        raise Http404
    return visitor


def _holding(kind: type[L], visitor: Visitor) -> L | None:
    row = kind._default_manager.filter(visitor=visitor, ended_at=None).first()
    return row if row and row.holds_on(timezone.localdate()) else None


def _typed(request: HttpRequest, kind: type[F]) -> F | None:
    """What was posted; None where the page is only opened."""
    return kind(request.POST.dict()) if request.method == "POST" else None


def _answer(
    request: HttpRequest, program: Program, visitor: Visitor, form: DecisionForm, name: str, title: str
) -> HttpResponseBase:
    """The form; once it was saved, on to the visitor's page."""
    if form.is_bound and form.is_valid():
        refused = _save(request, visitor, form)
        if refused is None:
            return redirect("office:arrangement", program.slug, visitor.pk)
        form = refused
    return page(request, f"office/{name}_form.html", program, SECTION, visitor=visitor, form=form, title=title)


def _save(request: HttpRequest, visitor: Visitor, form: DecisionForm) -> DecisionForm | None:
    """Decide; the form to show again where that cannot be."""
    typed = form.cleaned_data
    wish = actions.Wish(visitor.pk, _by(request), typed["client_id"], typed["seen"], audit.address_of(request))
    try:
        form.decide(wish)
    except actions.CannotArrange as wrong:
        form.tell(wrong.problems)
        return form
    except actions.DecidedMeanwhile as meanwhile:
        return _beside(form, meanwhile.latest)
    except ClientIdReused:
        form.add_error(
            None, _("この画面からは、別の内容がもう保存されています。この方のページを開き直して、確かめてください。")
        )
        return form
    messages.success(request, str(form.saved))
    return None


def _beside(form: DecisionForm, latest: Decision | None) -> DecisionForm:
    """What was typed, with who was first; taken at the next press."""
    if latest is None:
        return form.beside(
            _("開いているあいだに、前の決定が終わりました。これでよければ、もう一度保存してください。"), 0
        )
    told = _(
        "開いているあいだに、%(who)sさんが%(at)sに決めました。この方のページで内容を確かめて、これでよければ、もう一度保存してください。"
    ) % {"who": latest.by.name, "at": f"{timezone.localtime(latest.at):%H:%M}"}
    return form.beside(told, latest.number if isinstance(latest, Approach) else latest.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.STEER)
def approach(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """How to answer the visitor, written anew."""
    visitor = _visitor(program, visitor_id)
    form = _typed(request, ApproachForm)
    if form is None:
        latest = next(iter(feed.history(opened(request, program, visitor_id)).approaches), None)
        form = ApproachForm(seen=latest.row.number, words=latest.words) if latest else ApproachForm()
    return _answer(request, program, visitor, form, "approach", _("対応方針を書く"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.STEER)
def limit(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """What is agreed with the visitor, decided anew."""
    visitor = _visitor(program, visitor_id)
    holds = _holding(Limit, visitor)
    form = _typed(request, LimitForm) or (LimitForm(seen=holds.pk, **holds.numbers) if holds else LimitForm())
    title = _("約束した目安を決め直す") if holds else _("利用の目安を約束する")
    return _answer(request, program, visitor, form, "limit", title)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.STEER)
def block(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """A block, decided, or renewed by deciding again."""
    visitor = _visitor(program, visitor_id)
    holds = _holding(Block, visitor)
    form = _typed(request, BlockForm) or (BlockForm(seen=holds.pk, code=holds.code) if holds else BlockForm())
    title = _("受付停止を続ける") if holds else _("受付を停止する")
    return _answer(request, program, visitor, form, "block", title)


@require_POST
@office(Right.STEER)
def limit_end(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """What was agreed holds no more."""
    return _end(request, program, visitor_id, actions.end_limit, _("約束した目安を終わりにしました。"))


@require_POST
@office(Right.STEER)
def block_lift(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """The visitor is taken again."""
    return _end(request, program, visitor_id, actions.lift, _("受付停止を解除しました。"))


def _end(
    request: HttpRequest, program: Program, visitor_id: int, end: Callable[..., None], done: str
) -> HttpResponseBase:
    """End the decision that the page showed; one that is over already stays as it ended."""
    visitor, typed = _visitor(program, visitor_id), request.POST.get("row", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise Http404
    try:
        end(visitor_id=visitor.pk, row_id=int(typed), by=_by(request), address=audit.address_of(request))
    except actions.NothingThere:
        messages.info(request, _("もう終わっています。"))
    else:
        messages.success(request, done)
    return redirect("office:arrangement", program.slug, visitor.pk)
