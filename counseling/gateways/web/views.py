"""The visitor's pages and their answers: /talk/<program>/. Each makes one call into the house."""

import json
import logging
from http import HTTPStatus
from uuid import UUID, uuid4

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from counseling import feeds, text
from counseling.actions import messages as words
from counseling.actions import visits
from counseling.gateways.web import cookie, limits, screens, trial
from counseling.gateways.web.answers import (
    discreet,
    no_sitting,
    refuse,
    see_other,
    too_long,
    unacceptable,
    unreadable,
    wants_json,
)
from counseling.gateways.web.forms import StartForm
from counseling.gateways.web.visit import TURNED_AWAY, Visit, is_open

log = logging.getLogger(__name__)


@require_GET
@discreet
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The talk if there is one; else what this is, and the form. `?again` starts anew after an end."""
    visit = Visit.of(request, slug)
    state = visit.talk()
    if state and (is_open(state) or "again" not in request.GET):
        return render(request, "counseling/talk/talk.html", screens.talk(visit, state))
    return render(
        request,
        "counseling/talk/landing.html",
        screens.landing(request, visit, StartForm(visit.program, visit.language), screens.door(visit)),
    )


@require_POST
@discreet
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Take consent and attributes and open a sitting; the cookie is made here and not before."""
    visit = Visit.of(request, slug)
    form = StartForm(visit.program, visit.language, request.POST)
    identity = visit.identity or cookie.new_identity()
    if not (form.is_valid() and (state := _open_sitting(visit, form, identity))):
        return _ask_again(request, visit, form)
    name = "talk:turned_away" if state in TURNED_AWAY else "talk:page"
    response = _gone_to(request, reverse(name, args=[slug]))
    if visit.tester is None:
        cookie.give(response, identity, secure=request.is_secure())
    return response


def _open_sitting(visit: Visit, form: StartForm, identity: str) -> str | None:
    """The state of the sitting, or None with the reason beside the field."""
    try:
        session = visits.start(
            channel_id=visit.channel.pk,
            identity=identity,
            terms_version=form.cleaned_data["terms_version"],
            attributes=form.answers(),
            intake_version=form.intake_version,
            line=form.cleaned_data["line"],
            client_id=form.cleaned_data["client_id"],
            language=visit.language,
            tried_by=visit.tester,
            spoke_from=visit.spoke_from,
        )
    except text.UnacceptableText:
        form.add_error("line", _("この文字は受け取れませんでした。書きなおしていただけますか。"))
        return None
    except visits.CannotStart:
        form.ask_consent_again()
        return None
    return str(session.state)


def _ask_again(request: HttpRequest, visit: Visit, form: StartForm) -> HttpResponse:
    if wants_json(request):
        fields = {name: [str(line) for line in lines] for name, lines in form.errors.items()}
        code = "terms_changed" if form.has_error("consent", "terms_changed") else "invalid"
        return refuse(HTTPStatus.BAD_REQUEST, code, _("入力をご確認ください。"), fields)
    values = screens.landing(request, visit, form, screens.door(visit))
    return render(request, "counseling/talk/landing.html", values, status=HTTPStatus.BAD_REQUEST)


def _gone_to(request: HttpRequest, address: str) -> HttpResponse:
    """On to a page; a script is told the address, so that it can replace its entry in the history."""
    return JsonResponse({"to": address}) if wants_json(request) else redirect(address)


@require_GET
@discreet
def turned_away(request: HttpRequest, slug: str) -> HttpResponse:
    """Not let in: why, when we are there again, and where to turn now."""
    visit = Visit.of(request, slug)
    refusal = screens.why_turned_away(visit)
    if refusal is None:
        return redirect("talk:page", slug)
    return render(request, "counseling/talk/turned_away.html", screens.turned_away(visit, refusal))


@require_GET
@discreet
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    """What one agrees to, before a talk on LINE."""
    return render(request, "counseling/talk/terms.html", screens.terms(Visit.of(request, slug)))


@require_GET
@discreet
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """TalkState of the present sitting."""
    found = Visit.of(request, slug).talk()
    return JsonResponse(found) if found else no_sitting(HTTPStatus.NOT_FOUND)


@require_POST
@discreet
def messages(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the visitor's words: JSON from the script, a form without it."""
    visit = Visit.of(request, slug)
    if request.content_type == "application/json" or wants_json(request):
        return _receive_json(request, visit)
    said = request.POST.get("text", "").replace("\r\n", "\n")
    answer = _receive(visit, said, _form_id(request))
    if answer.status_code < HTTPStatus.BAD_REQUEST:
        return see_other(reverse("talk:page", args=[slug]) + "#now")
    return _say_again(request, visit, said, answer)


def _receive_json(request: HttpRequest, visit: Visit) -> JsonResponse:
    try:
        body = text.parse_object(request.body)
        client_id = text.strict_uuid(body.get("client_id"))
    except RequestDataTooBig:
        return too_long()
    except text.UnacceptableJson as problem:
        return too_long() if problem.code == "too_large" else refuse(HTTPStatus.BAD_REQUEST, "invalid", unreadable())
    return _receive(visit, body.get("text"), client_id)


def _form_id(request: HttpRequest) -> UUID:
    """The id the form was made with, so that pressing the button twice sends the words once."""
    try:
        return text.strict_uuid(request.POST.get("client_id"))
    except text.UnacceptableJson:
        return uuid4()


def _receive(visit: Visit, said: object, client_id: UUID) -> JsonResponse:
    """The words as the visitor sees them (201, or 200 when they were taken before), or why they were not taken."""
    if visit.identity is None:
        return no_sitting(HTTPStatus.CONFLICT)
    if not limits.may_write(visit.identity):
        return refuse(HTTPStatus.TOO_MANY_REQUESTS, "too_often", _("続けて届いたため、少し間をおいて送ります。"))
    try:
        message, is_new = words.receive(
            channel_id=visit.channel.pk,
            identity=visit.identity,
            text=text.clean(said),
            client_id=client_id,
            spoke_from=visit.spoke_from,
        )
    except text.UnacceptableText as problem:
        return unacceptable(problem)
    except words.ClientIdReused:
        return refuse(
            HTTPStatus.CONFLICT, "client_id_reused", _("うまく届きませんでした。もう一度書いて送っていただけますか。")
        )
    except words.NoSitting:
        return no_sitting(HTTPStatus.CONFLICT)
    status = HTTPStatus.CREATED if is_new else HTTPStatus.OK
    return JsonResponse(feeds.talk_view(message, message.session.visitor.key()), status=status)


def _say_again(request: HttpRequest, visit: Visit, said: str, answer: JsonResponse) -> HttpResponse:
    """Without the script: the talk again, with what was typed and why it was not taken."""
    state = visit.talk()
    if state is None:
        return see_other(reverse("talk:page", args=[visit.program.slug]))
    problem = json.loads(answer.content)["message"]
    values = {**screens.talk(visit, state), "draft": said, "problem": problem}
    return render(request, "counseling/talk/talk.html", values, status=answer.status_code)


@require_POST
@discreet
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """The visitor ends the sitting and stays on the page."""
    visit = Visit.of(request, slug)
    if visit.identity:
        visits.leave(channel_id=visit.channel.pk, identity=visit.identity)
    if wants_json(request):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return see_other(reverse("talk:page", args=[slug]))


# Without a CSRF token on purpose: a page that was open for long must still let its visitor flee, and an error page
# would give them away. The cookie is SameSite=Strict, so another site's request arrives without it and ends nothing.
@csrf_exempt
@require_http_methods(["GET", "POST"])
@discreet
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Quick exit: end the visit, forget the cookie, go to a page that says nothing. Always succeeds."""
    if request.method == "GET":
        return render(request, "counseling/talk/leave.html", {"address": request.path})
    try:
        visit = Visit.of(request, slug)
        if visit.identity:
            visits.leave(channel_id=visit.channel.pk, identity=visit.identity)
    except (Http404, DatabaseError):
        log.warning("quick exit: the visit could not be ended")
    response = see_other(reverse("talk:away"))
    cookie.drop(response, secure=request.is_secure())
    trial.drop(response, secure=request.is_secure())
    return response


@require_GET
@discreet
def away(request: HttpRequest) -> HttpResponse:
    """A plain page about nothing."""
    return render(request, "counseling/talk/away.html")


@require_GET
def icon(request: HttpRequest) -> HttpResponse:
    """A sheet of paper, for the tab: the same for every program."""
    return render(request, "counseling/talk/icon.svg", content_type="image/svg+xml")
