"""Canned replies: the program's, kept in the back office; and «自分の定型文», each person's own."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.roles import Right
from counseling import permissions, replies
from counseling.actions import replies as actions
from counseling.actions.programs import ChangedMeanwhile
from counseling.feeds.replies import seen_by, values_of
from counseling.models import CannedReply
from counseling.pages.reply_forms import ReplyForm
from counseling.pages.shelves import Shelf, of_oneself, of_program
from counseling.pages.text_words import VARIABLES


@require_safe
@of_program
def of_the_program(request: HttpRequest, shelf: Shelf) -> HttpResponseBase:
    """The program's replies."""
    rows = [(one, shelf.address_of(one), False) for one in shelf.replies()]
    return shelf.page(request, "office/replies.html", rows=rows)


@require_safe
@never_cache
@login_required
def own(request: HttpRequest) -> HttpResponseBase:
    """One's own replies in every program whose visitors one talks with; for others the page does not exist."""
    user = cast("User", request.user)
    programs = permissions.programs(user, Right.TAKE_SESSIONS).order_by("name")
    if not programs:
        raise Http404
    shelves = [_own_shelf(Shelf(program, user)) for program in programs]
    return render(request, "replies/own.html", {"shelves": shelves})


def _own_shelf(shelf: Shelf) -> dict[str, Any]:
    """One's own replies in a program, and which shortcuts the program has taken since."""
    seen = list(seen_by(cast("User", shelf.owner), shelf.program.pk))
    of_program = {one.shortcut for one in seen if one.owner_id is None}
    mine = [(one, shelf.address_of(one), one.shortcut in of_program) for one in seen if one.owner_id is not None]
    return {"program": shelf.program, "to": shelf.addresses, "rows": mine, "of_program": len(seen) - len(mine)}


def _write(request: HttpRequest, shelf: Shelf, reply_id: int | None = None) -> HttpResponseBase:
    """A reply, or a new one; saving leads back to the list."""
    reply = shelf.reply(reply_id) if reply_id is not None else None
    form = ReplyForm.of(reply)
    if request.method == "POST":
        form = ReplyForm(request.POST.dict())
        if form.is_valid():
            kept = _keep(request, shelf, reply, form)
            if kept is None:
                return redirect(shelf.home)
            form = kept
    context = {
        "form": form,
        "reply": reply,
        "variables": [(name, VARIABLES[name]) for name in replies.VARIABLES],
        "filled": replies.filled(reply.body, values_of(shelf.program)) if reply else "",
        "removal": shelf.address_of(reply, "reply-removal") if reply else "",
    }
    return shelf.page(request, "office/reply.html", **context)


def _keep(request: HttpRequest, shelf: Shelf, reply: CannedReply | None, form: ReplyForm) -> ReplyForm | None:
    """Save what was written; the form to show again where that cannot be."""
    by, words = cast("User", request.user), form.words()
    try:
        if reply is None:
            actions.add(program_id=shelf.program.pk, owner=shelf.owner, words=words, by=by)
        else:
            actions.change(reply_id=reply.pk, words=words, by=by, shown=form.cleaned_data["shown"])
    except ChangedMeanwhile:
        return form.beside(shelf.reply(cast("CannedReply", reply).pk))
    except actions.CannotKeep as wrong:
        form.tell(wrong.problems)
        return form
    messages.success(request, _("「%(title)s」を保存しました。") % {"title": words.title})
    return None


def _remove(request: HttpRequest, shelf: Shelf, reply_id: int) -> HttpResponseBase:
    reply = shelf.reply(reply_id)
    actions.remove(reply_id=reply.pk, by=cast("User", request.user))
    messages.success(request, _("「%(title)s」を消しました。") % {"title": reply.title})
    return redirect(shelf.home)


def _write_own(request: HttpRequest, shelf: Shelf, own_reply_id: int | None = None) -> HttpResponseBase:
    return _write(request, shelf, own_reply_id)


def _remove_own(request: HttpRequest, shelf: Shelf, own_reply_id: int) -> HttpResponseBase:
    return _remove(request, shelf, own_reply_id)


write = require_http_methods(["GET", "HEAD", "POST"])(of_program(_write))
write_own = require_http_methods(["GET", "HEAD", "POST"])(of_oneself(_write_own))
remove = require_POST(of_program(_remove))
remove_own = require_POST(of_oneself(_remove_own))
