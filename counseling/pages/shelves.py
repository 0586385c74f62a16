"""Whose canned replies a page is about: the program's, in the back office; or a person's own, beside their console."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.models import CannedReply, Program
from counseling.pages.office import office, page

P = ParamSpec("P")
SECTION = "replies"


@dataclass(frozen=True)
class Shelf:
    """A program's replies, or one person's own in it."""

    program: Program
    owner: User | None = None

    @property
    def frame(self) -> str:
        """The template its pages stand in."""
        return "office/frame.html" if self.owner is None else "base.html"

    @property
    def home(self) -> str:
        """The address of its list."""
        return reverse("office:replies", args=[self.program.slug]) if self.owner is None else reverse("replies")

    @property
    def addresses(self) -> dict[str, str]:
        """Where one goes from its pages."""
        space = "office:" if self.owner is None else "own-"
        names = ("reply-new", "replies-csv", "replies-import")
        found = {name.replace("-", "_"): reverse(space + name, args=[self.program.slug]) for name in names}
        return found | {"home": self.home}

    def address_of(self, reply: CannedReply, name: str = "reply") -> str:
        """The address of one of its replies, or of what can be done with it."""
        return reverse(f"office:{name}" if self.owner is None else f"own-{name}", args=[self.program.slug, reply.pk])

    def replies(self) -> QuerySet[CannedReply]:
        """Those that stand on it, what is used often first."""
        return CannedReply.objects.filter(program=self.program, owner=self.owner)

    def reply(self, reply_id: int) -> CannedReply:
        """One of them. Raises Http404."""
        reply = self.replies().filter(pk=reply_id).first()
        if reply is None:
            raise Http404
        return reply

    def page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponseBase:
        """One of its pages, in its frame."""
        around = {"shelf": self, "frame": self.frame, "to": self.addresses}
        if self.owner is None:
            return page(request, template, self.program, SECTION, **around, **context)
        return render(request, template, around | {"program": self.program} | context)


ShelfView = Callable[Concatenate[HttpRequest, Shelf, P], HttpResponseBase]


def of_program(view: ShelfView[P]) -> Callable[..., HttpResponseBase]:
    """A page of the program's replies, for those who write them."""

    def shelved(request: HttpRequest, program: Program, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, Shelf(program), *args, **kwargs)

    return never_cache(office(Right.WRITE_REPLIES)(shelved))


def of_oneself(view: ShelfView[P]) -> Callable[..., HttpResponseBase]:
    """A page of one's own replies in a program, for those who talk with its visitors."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = cast("User", request.user)
        program = permissions.programs(user, Right.TAKE_SESSIONS).filter(slug=slug).first()
        if program is None:
            raise Http404
        try:
            return view(request, Shelf(program, user), *args, **kwargs)
        except permissions.NotVisible as unseen:
            raise Http404 from unseen

    return never_cache(guarded)
