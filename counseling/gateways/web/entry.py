"""The way in from LINE: a link that is good once. Looking at it uses nothing up; pressing its button does."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from counseling import feeds
from counseling.actions import doors
from counseling.feeds.follow_ups import is_written_to
from counseling.gateways.web import cookie, screens
from counseling.gateways.web.answers import discreet, see_other
from counseling.gateways.web.visit import Visit


@require_http_methods(["GET", "HEAD", "POST"])
@discreet
def entry(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """A page with a button: programs that look at links in messages press none. The button leads into the talk."""
    visit = Visit.of(request, slug)
    if request.method != "POST":
        return (
            _page(request, visit) if doors.is_good(program_id=visit.program.pk, token=token) else _gone(request, visit)
        )
    try:
        identity = doors.use(channel_id=visit.channel.pk, token=token, identity=cookie.identity_of(request))
    except doors.LinkGone:
        return _gone(request, visit)
    visitor = feeds.visitor_by_identity(visit.channel, identity)
    # What we wrote to them is read first; a button below it leads on into the talk.
    onward = "talk:returning" if visitor and is_written_to(visitor) else "talk:page"
    response = see_other(reverse(onward, args=[slug]))
    cookie.give(response, identity, secure=request.is_secure())
    return response


def _page(request: HttpRequest, visit: Visit) -> HttpResponse:
    return render(request, "counseling/talk/entry.html", screens.frame(visit))


def _gone(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Used, too old, or never one of ours: what to do, and the same for all three."""
    values = {**screens.frame(visit), "goes_on": visit.talk() is not None}
    return render(request, "counseling/talk/entry_gone.html", values, status=HTTPStatus.GONE)
