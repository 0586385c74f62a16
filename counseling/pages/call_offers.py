"""Offering the telephone in a talk (電話移行): the program's number, a call-back, or a number the visitor has told."""

from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Right
from counseling import permissions, text
from counseling.actions import phoning, telephone
from counseling.actions.telephone import CannotOffer, NotNow, OfferedAlready, OnThePhone
from counseling.feeds import telephone as feed
from counseling.models import Program, Session
from counseling.pages import call_words as words
from counseling.pages.call_forms import EnteredForm
from counseling.pages.call_words import Line
from counseling.pages.calls import SECTION
from counseling.pages.office import office, page
from counseling.telephone import Kind, PhoneStage


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.TAKE_SESSIONS)
def offer(request: HttpRequest, program: Program, session_id: int) -> HttpResponseBase:
    """What was offered in this talk, and what can be; `do` is what one press asks for."""
    by, now = cast("User", request.user), timezone.now()
    session = _talk(program, session_id, by)
    transfer = feed.open_in(session)
    plan = phoning.plan_of(program)
    form = EnteredForm(plan, now, request.POST if request.POST.get("do") == "enter" else None)
    if request.method == "POST" and _did(request, session_id, transfer.pk if transfer else 0, form):
        return redirect("office:call-offer", program.slug, session_id)
    context: dict[str, Any] = {
        "session": session,
        "transfer": transfer,
        "line": Line(transfer, now) if transfer else None,
        "plan": plan,
        "form": form,
        "new_id": uuid4(),
        "unanswered": transfer is not None and transfer.stage in {PhoneStage.OFFERED, PhoneStage.ANSWERING},
        "expected": transfer is not None and transfer.stage in phoning.EXPECTED,
        "says": {kind.value: phoning.offer_words(session, kind) for kind in Kind},
    }
    answer = page(request, "office/call_offer.html", program, SECTION, **context)
    if form.errors:
        cast("Any", answer).status_code = 400
    return answer


def _talk(program: Program, session_id: int, by: User) -> Session:
    """A talk in which `by` may offer the telephone: their own, or as a supervisor. Raises permissions.NotVisible."""
    session = Session.objects.filter(program=program, pk=session_id).select_related("visitor", "program").first()
    if session is None:
        raise permissions.NotVisible
    if session.counselor_id != by.pk:
        permissions.require(by, Right.STEER, program.pk)
    return session


def _did(request: HttpRequest, session_id: int, transfer_id: int, form: EnteredForm) -> bool:
    """Do what was asked for; False where the form has to be shown again."""
    try:
        told = _do(request, session_id, transfer_id, form)
    except phoning.BadAnswer as wrong:
        form.refuse(wrong.problems)
        return False
    except CannotOffer as refused:
        messages.error(request, str(words.REFUSED[refused.code]))
    except OfferedAlready:
        messages.info(request, _("この相談では、もう電話を提案しています。"))
    except OnThePhone:
        messages.error(request, str(words.ON_THE_PHONE))
    except NotNow:
        messages.info(request, _("電話の提案は、もう終わっています。"))
    else:
        messages.success(request, told)
    return True


def _do(request: HttpRequest, session_id: int, transfer_id: int, form: EnteredForm) -> str:
    by, wish = cast("User", request.user), request.POST.get("do", "")
    if wish in set(Kind):
        made = telephone.offer(session_id=session_id, kind=Kind(wish), by=by, client_id=_form_id(request))
        if made.stage == PhoneStage.PROPOSED:
            return _("SVの承認を待っています。承認されると、相談者に届きます。")
        return _("相談者に送りました。")
    if wish == "enter":
        telephone.enter(session_id=session_id, by=by, typed=form.typed())
        return _("電話の予定に入れ、相談者に知らせました。")
    if wish == "moved":
        telephone.note_moved(transfer_id=transfer_id, by=by)
        return _("電話へうつったことを記録しました。")
    if wish == "withdraw":
        telephone.withdraw(transfer_id=transfer_id, by=by)
        return _("取り消しました。")
    return _("何も変わっていません。")


def _form_id(request: HttpRequest) -> UUID:
    """The id the page was made with: pressed twice, it says one thing once."""
    try:
        return text.strict_uuid(request.POST.get("client_id"))
    except text.UnacceptableJson:
        return uuid4()
