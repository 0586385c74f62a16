"""The page on which a visitor finds what we wrote to them after a talk: by their return code, or led here by LINE.

Nothing is shown to a browser that only has a cookie: somebody else may hold the telephone.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from counseling import opening
from counseling.actions import return_codes
from counseling.gateways.web import cookie, limits, screens
from counseling.gateways.web.answers import discreet, see_other
from counseling.gateways.web.visit import Visit
from counseling.models import Visitor


@require_http_methods(["GET", "HEAD", "POST"])
@discreet
def returning(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the code, show what was written, and lead into a talk with the same visitor."""
    visit = Visit.of(request, slug)
    if request.method != "POST":
        known = visit.visitor()
        by_line = known if return_codes.has_letters(known) else None
        return _page(request, visit, by_line)
    typed = request.POST.get("code", "")
    address = visit.spoke_from.address if visit.spoke_from else ""
    if not limits.may_try_code(slug, address):
        problem = _("続けて何度も入力されたため、しばらく確かめられません。時間をおいて、もう一度お試しください。")
        return _page(request, visit, problem=problem, typed=typed, status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        visitor = return_codes.find(program_id=visit.program.pk, code=typed)
    except return_codes.WrongCode:
        problem = _("この番号では見つかりません。数字を確かめてください。期限が過ぎているかもしれません。")
        return _page(request, visit, problem=problem, typed=typed, status=HTTPStatus.BAD_REQUEST)
    if request.POST.get("do") == "talk":
        response = see_other(reverse("talk:page", args=[slug]) + "?again")
        cookie.give(response, visitor.address(), secure=request.is_secure())
        return response
    return _page(request, visit, visitor, code=return_codes.figures(typed))


def _page(
    request: HttpRequest, visit: Visit, visitor: Visitor | None = None, *, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    found = return_codes.letters(visitor_id=visitor.pk) if visitor else []
    told = [(opening.moment(one.at, visit.language), one.words) for one in found]
    values = {"letters": told, "is_found": visitor is not None, "problem": "", "typed": "", "code": ""}
    return render(request, "counseling/talk/returning.html", {**screens.frame(visit), **values, **more}, status=status)
