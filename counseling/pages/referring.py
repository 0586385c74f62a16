"""What somebody does with a referral (つなぎ): made, written anew, asked after, and consent taken back."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.roles import Right
from counseling.actions import referrals as actions
from counseling.actions.messages import ClientIdReused
from counseling.actions.referring import InvalidReferral
from counseling.feeds import referrals as feed
from counseling.models import Program, Referral, Session
from counseling.pages.office import office, page
from counseling.pages.referral_forms import HeardForm, ReferralForm, WithdrawalForm, as_written, new_referral
from counseling.pages.referral_words import TOO_LATE, WITHDRAWN
from counseling.pages.referrals import SECTION, opened, person, session_to_refer
from counseling.text import UnacceptableText


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.REFER)
def new(request: HttpRequest, program: Program, session_id: int) -> HttpResponseBase:
    """A visitor is referred; `agency` in the address is the one that was chosen."""
    session = session_to_refer(request, program, session_id)
    if session is None:
        return redirect("office:referrals", program.slug)
    if request.method != "POST":
        asked = request.GET.get("agency", "")
        form = ReferralForm(session, person(request), initial=new_referral(session, person(request), _id(asked)))
        return _form(request, program, session, form, None)
    form = ReferralForm(session, person(request), request.POST)
    if form.is_valid():
        try:
            made, _new = actions.make(
                session_id=session_id, by=person(request), client_id=form.cleaned_data["client_id"],
                referring=form.referring(), address=audit.address_of(request),
            )  # fmt: skip
        except InvalidReferral as wrong:
            form.refuse(wrong.problems)
        except ClientIdReused:
            form.add_error(
                None, _("この画面からは、別の内容がもう保存されています。一覧から開いて、確かめてください。")
            )
        else:
            messages.success(request, _("つなぎを記録しました。結果が分かるまで、一覧に残ります。"))
            return redirect("office:referral", program.slug, made.pk)
    return _form(request, program, session, form, None)


def _id(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None


def _form(
    request: HttpRequest, program: Program, session: Session, form: ReferralForm, referral: Referral | None
) -> HttpResponseBase:
    answer = page(request, "office/referral_form.html", program, SECTION, session=session, form=form, referral=referral)
    answer.status_code = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return answer


def _back(request: HttpRequest, program: Program, referral_id: int, refused: str = "") -> HttpResponseBase:
    """To the referral's page, with why something was refused."""
    if refused:
        messages.error(request, refused)
    return redirect("office:referral", program.slug, referral_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.REFER)
def change(request: HttpRequest, program: Program, referral_id: int) -> HttpResponseBase:
    """A referral is written anew; what was there before stays among its versions."""
    one, by = opened(request, program, referral_id), person(request)
    key, session = one.session.visitor.key(), one.session
    written = as_written(one, feed.words_of(one, key))
    now = ReferralForm(session, by, initial=written, chosen=one.agency)
    if request.method != "POST":
        return _form(request, program, session, now, one)
    form = ReferralForm(session, by, request.POST, initial={"level": one.level}, chosen=one.agency)
    if form.is_valid():
        try:
            actions.change(
                referral_id=referral_id, by=by, seen=form.cleaned_data["seen"] or 0, referring=form.referring(),
                address=audit.address_of(request),
            )  # fmt: skip
        except InvalidReferral as wrong:
            form.refuse(wrong.problems)
        except actions.ChangedMeanwhile:
            data = request.POST.copy()
            data["seen"] = str(one.revision)
            again = ReferralForm(session, by, data, initial={"level": one.level}, chosen=one.agency)
            return _form(request, program, session, form.beside(again, now), one)
        except actions.Withdrawn:
            return _back(request, program, referral_id, str(WITHDRAWN))
        except actions.TooLate:
            return _back(request, program, referral_id, str(TOO_LATE))
        else:
            messages.success(request, _("保存しました。"))
            return _back(request, program, referral_id)
    return _form(request, program, session, form, one)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.REFER)
def result(request: HttpRequest, program: Program, referral_id: int) -> HttpResponseBase:
    """What came of it, or when somebody asks again."""
    one, by = opened(request, program, referral_id), person(request)
    now = HeardForm(one, words=feed.words_of(one, one.session.visitor.key()))
    if request.method != "POST":
        return _small(request, program, one, now, "result")
    form = HeardForm(one, request.POST)
    if form.is_valid():
        try:
            actions.note_result(
                referral_id=referral_id, by=by, seen=form.cleaned_data["seen"] or 0, heard=form.heard(),
                address=audit.address_of(request),
            )  # fmt: skip
        except InvalidReferral as wrong:
            form.refuse(wrong.problems)
        except actions.ChangedMeanwhile:
            data = request.POST.copy()
            data["seen"] = str(one.revision)
            return _small(request, program, one, form.beside(HeardForm(one, data), now), "result")
        except actions.TooLate:
            return _back(request, program, referral_id, str(TOO_LATE))
        else:
            messages.success(request, _("結果を記録しました。"))
            return _back(request, program, referral_id)
    return _small(request, program, one, form, "result")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.REFER)
def withdrawal(request: HttpRequest, program: Program, referral_id: int) -> HttpResponseBase:
    """The visitor takes their consent back: from then on nothing more is told."""
    one, by = opened(request, program, referral_id), person(request)
    if not one.may_tell:
        return _back(request, program, referral_id, _("撤回できる同意がありません。"))
    if request.method != "POST":
        return _small(request, program, one, WithdrawalForm(initial={"seen": one.revision}), "withdrawal")
    form = WithdrawalForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw(
                referral_id=referral_id, by=by, seen=form.cleaned_data["seen"] or 0, words=form.cleaned_data["words"],
                address=audit.address_of(request),
            )  # fmt: skip
        except UnacceptableText as wrong:
            form.refuse({"words": "missing" if wrong.code == "empty" else wrong.code})
        except actions.ChangedMeanwhile:
            data = request.POST.copy()
            data["seen"] = str(one.revision)
            form = WithdrawalForm(data)
            form.is_valid()
            form.add_error(None, _("ほかの人が先に書きかえました。この方のつなぎを確かめて、もう一度押してください。"))
        except actions.TooLate:
            return _back(request, program, referral_id, str(TOO_LATE))
        else:
            messages.success(request, _("同意の撤回を記録しました。ここから先は、機関に何も伝えません。"))
            return _back(request, program, referral_id)
    return _small(request, program, one, form, "withdrawal")


def _small(
    request: HttpRequest, program: Program, one: Referral, form: HeardForm | WithdrawalForm, name: str
) -> HttpResponseBase:
    words = feed.words_of(one, one.session.visitor.key())
    told = {"referral": one, "session": one.session, "name": feed.agency_name(one, words), "words": words}
    answer = page(request, f"office/referral_{name}.html", program, SECTION, form=form, **told)
    answer.status_code = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return answer
