"""The back office: which programs and sections a person sees at the left, and the door to a program's pages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.models import Program

P = ParamSpec("P")
OfficeView = Callable[Concatenate[HttpRequest, Program, P], HttpResponseBase]


@dataclass(frozen=True)
class Section:
    """One section of the back office: `name` is its address `office:<name>`, made with the program's slug."""

    name: str
    label: str | Promise
    icon: str
    right: Right


# In the order in which they stand at the left. A section is here only when its page is.
SECTIONS: tuple[Section, ...] = ()


def office(right: Right) -> Callable[[OfficeView[P]], Callable[..., HttpResponseBase]]:
    """A page of a program in the back office, for those who hold `right` there; for others it does not exist (404)."""

    def decorate(view: OfficeView[P]) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            program = permissions.programs(cast("User", request.user), right).filter(slug=slug).first()
            if program is None:
                raise Http404
            return view(request, program, *args, **kwargs)

        return guarded

    return decorate


def page(request: HttpRequest, template: str, program: Program, section: str, **context: Any) -> HttpResponseBase:
    """Render a page of the back office inside its frame (templates/office/frame.html)."""
    user = cast("User", request.user)
    rights = permissions.rights(user)
    here = rights.get(program, frozenset())
    open_here = [one for one in SECTIONS if one.right in here]
    frame = {
        "program": program,
        "section": section,
        "sections": open_here,
        "programs": [(other, _first_of(held, section)) for other, held in rights.items() if _first_of(held, section)],
    }
    return render(request, template, frame | context)


def _first_of(held: frozenset[Right], section: str) -> str:
    """The same section of another program, or the first one that is open there; empty where none is."""
    names = [one.name for one in SECTIONS if one.right in held]
    return section if section in names else next(iter(names), "")
