"""Entering a talk afterwards (あとから記録する相談): of a visitor one knows, or of somebody who never wrote."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.roles import Right
from counseling import histories
from counseling.actions import afterwards
from counseling.feeds import outreach
from counseling.models import Outreach, PhoneCall, Program, Session, Visitor
from counseling.models.outreach import VisitResult
from counseling.pages.history import SECTION, person
from counseling.pages.history_forms import EnterForm
from counseling.pages.office import office, page
from counseling.text import UnacceptableText

Entered = Callable[[EnterForm], tuple[Session, bool]]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.TAKE_SESSIONS)
def enter(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """A talk with this visitor; `?call=` and `?visit=` take the times of a call that was made, of a visit that was."""
    by, address = person(request), audit.address_of(request)
    known = histories.visitors(by).filter(program=program, pk=visitor_id).exclude(wrapped_key=b"")
    visitor = known.first()
    histories.require(by, visitor.pk if visitor else 0)

    def act(form: EnterForm) -> tuple[Session, bool]:
        return afterwards.enter(visitor_id=visitor_id, by=by, told=form.told, address=address)

    return _answer(request, program, act, visitor)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.TAKE_SESSIONS)
def enter_stranger(request: HttpRequest, program: Program) -> HttpResponseBase:
    """A talk with somebody who never wrote here: they get a pseudonym of their own."""
    by, address = person(request), audit.address_of(request)

    def act(form: EnterForm) -> tuple[Session, bool]:
        return afterwards.enter_of_stranger(
            program_id=program.pk, by=by, client_id=form.cleaned_data["client_id"], told=form.told, address=address
        )

    return _answer(request, program, act, None)


def _answer(request: HttpRequest, program: Program, act: Entered, visitor: Visitor | None) -> HttpResponseBase:
    """The form; once it was taken, on to the record that is due."""
    if request.method != "POST":
        form = EnterForm(program, person(request), of=_call(request, visitor) or _visit(request, visitor))
        return page(request, "office/enter.html", program, SECTION, form=form, visitor=visitor)
    form = EnterForm(program, person(request), request.POST)
    if form.is_valid() and (session := _entered(form, act)):
        messages.success(
            request,
            _("相談として記録しました(%(number)d番)。続けて、相談記録を書いてください。") % {"number": session.number},
        )
        return redirect("office:record", program.slug, session.pk)
    answer = page(request, "office/enter.html", program, SECTION, form=form, visitor=visitor)
    answer.status_code = 400
    return answer


def _entered(form: EnterForm, act: Entered) -> Session | None:
    """The session; None where the form says why there is none."""
    try:
        return act(form)[0]
    except afterwards.CannotEnter as wrong:
        form.refuse(wrong.problems)
    except afterwards.EnteredOtherwise as there:
        said = _("同じ人が同じ時刻に話した相談が、もう記録されています(%(number)d番)。終わりの時刻だけが違います。")
        form.add_error("ends", said % {"number": there.session.number})
    except UnacceptableText:
        form.add_error("word", _("2,000文字までで、書き直してください。"))
    return None


def _number(request: HttpRequest, name: str) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0


def _call(request: HttpRequest, visitor: Visitor | None) -> PhoneCall | None:
    calls = PhoneCall.objects.select_related("transfer__session", "by")
    return calls.filter(pk=_number(request, "call"), transfer__session__visitor=visitor).first() if visitor else None


def _visit(request: HttpRequest, visitor: Visitor | None) -> Outreach | None:
    """A visit whose words are this person's to read."""
    visits = outreach.readable(person(request)).filter(result=VisitResult.MET, left_at__isnull=False)
    return visits.filter(pk=_number(request, "visit"), visitor=visitor).first() if visitor else None
