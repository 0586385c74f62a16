"""The letter of introduction (紹介状): written, previewed, made, and taken along as a PDF."""

import uuid
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.confirmation import confirmed, confirmed_anew
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, paper
from counseling import letter as rules
from counseling.actions import letters as actions
from counseling.actions import referrals
from counseling.actions.letters import Writing
from counseling.actions.messages import ClientIdReused
from counseling.actions.referring import InvalidReferral
from counseling.feeds import referrals as feed
from counseling.letter import Letter
from counseling.models import Program, Referral
from counseling.models.referral import Item, ReferralWords
from counseling.pages.office import office, page
from counseling.pages.referral_forms import Versioned, area
from counseling.pages.referral_words import TOO_LATE
from counseling.pages.referrals import SECTION, opened, person

NOT_AGREED = gettext_lazy(
    "ご本人の同意がないか、撤回されたため、紹介状は作れません。前に作ったものも、もう出せません。"
)


class LetterForm(Versioned):
    """A field for each thing that was agreed; `looked_at` is the hash of what was previewed."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)
    request = area(gettext_lazy("お願いしたいこと"), gettext_lazy("機関にしてほしいこと。ご本人の望みを書きます。"))
    care = area(gettext_lazy("ご連絡のときのお願い"), gettext_lazy("たとえば「電話は平日の昼だけ」。"), 2)
    approved = forms.BooleanField(label=gettext_lazy("この文面でよいと、ご本人に確かめました"), required=False)

    def __init__(self, referral: Referral, words: ReferralWords, data: QueryDict | None = None) -> None:
        initial = {"client_id": uuid.uuid4(), "seen": referral.revision, "care": words["limits"]}
        super().__init__(data, initial=initial)
        self.agreed = [item for item in Item if item.value in referral.items]
        for item in self.agreed:
            self.fields[item.value] = area(item.label, rows=4 if item == Item.CONTENT else 1)
        self.order_fields([*(item.value for item in self.agreed), "request", "care", "approved"])

    def told(self) -> list[forms.BoundField]:
        """The fields of what was agreed."""
        return [self[item.value] for item in self.agreed]

    def writing(self) -> Writing:
        """What was typed, of a form that is valid."""
        typed = self.cleaned_data
        items = {item.value: typed[item.value] for item in self.agreed}
        return Writing(
            {"items": items, "request": typed["request"], "care": typed["care"]}, typed.get("approved", False)
        )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.REFER)
@confirmed_anew
def letter(request: HttpRequest, program: Program, referral_id: int) -> HttpResponseBase:
    """Write a letter; it is looked at as it will be before it is made."""
    one, by = opened(request, program, referral_id), person(request)
    if not actions.may_write(one):
        return _back(request, program, one, str(NOT_AGREED))
    words = feed.words_of(one, one.session.visitor.key())
    form = LetterForm(one, words, request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _form(request, program, one, form)
    try:
        return _make(request, program, one, form)
    except InvalidReferral as wrong:
        form.refuse(wrong.problems)
        return _form(request, program, one, form, _draft(one, form, by) if "approved" in wrong.problems else None)
    except referrals.ChangedMeanwhile:
        form = LetterForm(one, words, _with(request.POST, "seen", str(one.revision)))
        form.is_valid()
        form.add_error(None, _("同意か内容が、先に書きかえられました。もう一度確かめてください。"))
        return _form(request, program, one, form)
    except (referrals.TooLate, ClientIdReused):
        return _back(request, program, one, str(TOO_LATE))


def _make(request: HttpRequest, program: Program, one: Referral, form: LetterForm) -> HttpResponseBase:
    """Make what was looked at; show first what was not. Raises as the action does."""
    draft = _draft(one, form, person(request))
    digest = crypto.digest(rules.canonical("", draft))
    if request.POST.get("do") != "make" or form.cleaned_data["looked_at"] != digest:
        words = feed.words_of(one, one.session.visitor.key())
        return _form(request, program, one, LetterForm(one, words, _with(request.POST, "looked_at", digest)), draft)
    made, _new = actions.make(
        referral_id=one.pk, by=person(request), client_id=form.cleaned_data["client_id"],
        seen=form.cleaned_data["seen"] or 0, writing=form.writing(), address=audit.address_of(request),
    )  # fmt: skip
    messages.success(request, _("紹介状を作りました。"))
    return redirect("office:referral-letter-made", program.slug, one.pk, made.number)


def _draft(one: Referral, form: LetterForm, by: User) -> Letter:
    return actions.draft(one, form.writing().words, by, one.letters.count() + 1)


def _with(data: QueryDict, name: str, value: str) -> QueryDict:
    """What was typed, with one hidden field anew."""
    again = data.copy()
    again[name] = value
    return again


def _form(
    request: HttpRequest, program: Program, one: Referral, form: LetterForm, draft: Letter | None = None
) -> HttpResponseBase:
    words = feed.words_of(one, one.session.visitor.key())
    told = {"referral": one, "name": feed.agency_name(one, words), "words": words, "form": form}
    answer = page(request, "office/referral_letter.html", program, SECTION, **told, **_drawn(draft))
    answer.status_code = HTTPStatus.BAD_REQUEST if form.is_bound and form.errors else HTTPStatus.OK
    return answer


def _drawn(made: Letter | None) -> dict[str, Any]:
    """A letter for the page: the words and the order of the paper."""
    return {"drawn": rules.on_paper(made, "") if made else None}


def _back(request: HttpRequest, program: Program, one: Referral, refused: str) -> HttpResponseBase:
    messages.error(request, refused)
    return redirect("office:referral", program.slug, one.pk)


@require_safe
@never_cache
@office(Right.REFER)
@confirmed
def made(request: HttpRequest, program: Program, referral_id: int, number: int) -> HttpResponseBase:
    """A letter as it was made."""
    one = opened(request, program, referral_id)
    try:
        row, told = actions.read(one, number)
    except actions.NoSuchLetter as unseen:
        raise Http404 from unseen
    except actions.NotAgreed:
        return _back(request, program, one, str(NOT_AGREED))
    return page(request, "office/referral_letter_made.html", program, SECTION, referral=one, row=row, **_drawn(told))


@require_POST
@never_cache
@office(Right.REFER)
@confirmed
def pdf(request: HttpRequest, program: Program, referral_id: int, number: int) -> HttpResponseBase:
    """The letter as a PDF; a POST, so that each one is meant, and told to the audit log."""
    one, address = opened(request, program, referral_id), audit.address_of(request)
    try:
        told, digest = actions.take_along(referral_id=referral_id, number=number, by=person(request), address=address)
    except actions.NoSuchLetter as unseen:
        raise Http404 from unseen
    except actions.NotAgreed:
        return _back(request, program, one, str(NOT_AGREED))
    except referrals.TooLate:
        return _back(request, program, one, str(TOO_LATE))
    name = f"letter-{told['number']}.pdf"
    return HttpResponse(
        paper.pdf("letter", rules.on_paper(told, digest)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
