"""One person's page for administrators, without a word of theirs: holds, the erasure, its certificate."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import address_of
from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right
from counseling import paper
from counseling.actions import erasing, erasures, holds
from counseling.feeds import keeping as feed
from counseling.models import Erasure, Hold, Program, Session, Visitor
from counseling.models.keeping import Checked, Why
from counseling.pages.certificates import certificate_of
from counseling.pages.office import office, page
from counseling.pages.retention import SECTION
from counseling.pages.retention_forms import EraseForm, HoldEndForm, HoldForm
from counseling.pages.retention_words import counted

LISTED = 100


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


def _visitor(program: Program, visitor_id: int) -> Visitor:
    visitor = Visitor.objects.select_related("channel").filter(program=program, pk=visitor_id).first()
    if visitor is None:
        raise Http404
    return visitor


@require_safe
@never_cache
@office(Right.CONFIGURE)
def person(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """That they are and when they came: numbers and dates only, so nobody has to be told that it was read."""
    visitor = _visitor(program, visitor_id)
    talks = Session.objects.filter(visitor=visitor).order_by("-received_at")
    return page(
        request,
        "office/retention_person.html",
        program,
        SECTION,
        visitor=visitor,
        talks=talks[:LISTED],
        count=talks.count(),
        holds=feed.holds_on(program.pk, [visitor.pk], timezone.now()),
        others=feed.others_of(visitor),
        kept=True,
        erased=Erasure.objects.filter(visitor=visitor).select_related("by").first(),
        gone=not visitor.wrapped_key,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
@confirmed
def erase(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """What would go and what stays; once the name was typed, it goes for good."""
    visitor = _visitor(program, visitor_id)
    if not visitor.wrapped_key:
        return redirect("office:retention-person", program.slug, visitor.pk)
    form = EraseForm(visitor.pseudonym, request.POST if request.method == "POST" else None)
    if form.is_valid() and _erased(request, form, visitor):
        return redirect("office:retention-person", program.slug, visitor.pk)
    family = feed.family_of(visitor)
    return page(
        request,
        "office/retention_erase.html",
        program,
        SECTION,
        visitor=visitor,
        form=form,
        goes=counted(erasing.held_by(family) + feed.addresses_of(family)),
        stays=counted(erasures.stays_of(family)),
    )


def _erased(request: HttpRequest, form: EraseForm, visitor: Visitor) -> bool:
    why, checked = Why(form.cleaned_data["why"]), Checked(form.cleaned_data["checked"])
    try:
        erasures.erase(visitor_id=visitor.pk, by=_by(request), why=why, checked=checked, address=address_of(request))
    except erasures.UnderHold:
        form.add_error(None, _("法的保留がかかっているため、消せません。保留が終わってから、もう一度お願いします。"))
        return False
    except erasures.StillOpen:
        form.add_error(
            None,
            _(
                "相談・記録・緊急対応シート・電話の予定・フォロー・つなぎのどれかが終わっていないため、いまは消せません。終わってから、もう一度お願いします。"
            ),
        )
        return False
    messages.success(request, _("個人情報を消しました。削除証明書を書き出せます。"))
    return True


@require_POST
@never_cache
@office(Right.CONFIGURE)
@confirmed
def certificate(request: HttpRequest, program: Program, erasure_id: int) -> HttpResponseBase:
    """The certificate as a PDF, once every half of a key is destroyed."""
    erased = Erasure.objects.filter(program=program, pk=erasure_id).exclude(finished_at=None).first()
    if erased is None:
        raise Http404
    with translation.override("ja"):
        data, digest = certificate_of(erased)
    erasures.certify(erasure_id=erased.pk, by=_by(request), digest=digest, address=address_of(request))
    name = f"erasure-certificate-{erased.pk}.pdf"
    return HttpResponse(
        paper.pdf("erasure", data),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def hold_new(request: HttpRequest, program: Program) -> HttpResponseBase:
    """A legal hold of the program, or of the visitor or session that the address names."""
    of = _held(program, request)
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        holds.place(
            program_id=program.pk, by=_by(request), client_id=typed["client_id"], reason=typed["reason"],
            until=typed["until"], **of,
        )  # fmt: skip
        messages.success(request, _("法的保留をかけました。終わるまで、ここにあるものは消えません。"))
        return redirect("office:retention", program.slug)
    return page(request, "office/hold_form.html", program, SECTION, form=form, **of)


def _held(program: Program, request: HttpRequest) -> dict[str, Any]:
    """What is to be kept; nothing: the whole program."""
    visitor, session = request.GET.get("visitor", ""), request.GET.get("session", "")
    if visitor:
        return {"visitor": _visitor(program, _number(visitor))}
    if session:
        found = Session.objects.select_related("visitor").filter(program=program, pk=_number(session)).first()
        if found is None:
            raise Http404
        return {"session": found}
    return {}


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise Http404
    return int(typed)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def hold_end(request: HttpRequest, program: Program, hold_id: int) -> HttpResponseBase:
    """The end of a hold, with why."""
    hold = Hold.objects.select_related("by", "visitor", "session").filter(program=program, pk=hold_id).first()
    if hold is None or hold.ended_at:
        raise Http404
    form = HoldEndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            holds.end(hold_id=hold.pk, by=_by(request), reason=form.cleaned_data["reason"])
        except holds.NeedsAnother:
            form.add_error(None, _("かけた人とは別のシステム管理者が終えます。ほかの管理者にお願いしてください。"))
        else:
            messages.success(request, _("法的保留を終えました。保存期間を過ぎたものは、次の夜から消えます。"))
            return redirect("office:retention", program.slug)
    return page(request, "office/hold_end.html", program, SECTION, form=form, hold=hold, reason=hold.words("reason"))
