"""A review sheet (振り返りシート): each of the two writes their half, reads the other's, and confirms."""

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from counseling import crypto, permissions
from counseling.actions import reading
from counseling.actions import reviews as actions
from counseling.feeds import reviews as feed
from counseling.feeds.reviews import Review, Written
from counseling.models import ReviewSheet
from counseling.models.care import Side
from counseling.pages.care_words import ASKED
from counseling.pages.review_form import ReviewForm


@dataclass(frozen=True)
class Told:
    """A version as it is read: its questions with their answers."""

    written: Written
    answers: list[tuple[str | Promise, str]]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def review(request: HttpRequest, sheet_id: int) -> HttpResponseBase:
    """The sheet; `do` keeps a draft, shows it, or confirms. For anybody else it does not exist."""
    by = cast("User", request.user)
    try:
        sheet = _read(sheet_id, by)
        form = ReviewForm.of(sheet)
        if request.method == "POST":
            answered = _act(request, sheet, by)
            if not isinstance(answered, ReviewForm):
                return answered
            form = answered
    except permissions.NotVisible as unseen:
        raise Http404 from unseen
    about = [(f"session:{sheet.sheet.session_id}", sheet.sheet.session.program_id)]
    reading.tell(Deed.REVIEW_READ, by=by, about=about, address=audit.address_of(request), sheet=sheet_id)
    return render(request, "reviews/review.html", _context(sheet, form))


def _read(sheet_id: int, by: User) -> Review:
    """Raises permissions.NotVisible."""
    sheet = feed.review(sheet_id, by, permissions.readable_reviews(by))
    if sheet is None:
        raise permissions.NotVisible
    return sheet


def _act(request: HttpRequest, sheet: Review, by: User) -> HttpResponseBase | ReviewForm:
    """Do what was asked; the form to show again where that was refused."""
    wish = request.POST.get("do", "")
    if wish == "confirm":
        return _confirm(request, sheet, by)
    if wish not in {"draft", "show"}:
        raise Http404
    form = ReviewForm(request.POST.dict())
    if not form.is_valid():
        return form
    act = actions.keep_draft if wish == "draft" else actions.show
    try:
        act(sheet_id=sheet.sheet.pk, answers=form.answers(), based_on=form.cleaned_data["based_on"], by=by)
    except actions.NewerVersion:
        return form.beside(_read(sheet.sheet.pk, by))
    except actions.NothingWritten:
        form.add_error(None, _("まだ何も書かれていません。ひとことでも書いてから、見せてください。"))
        return form
    except actions.Finished:
        messages.info(request, _("このシートは、二人の確認が済んで終わっています。"))
    except crypto.CannotOpen:
        messages.error(request, _("相談者の記録が消去されたため、このシートにはもう書けません。"))
    else:
        messages.success(
            request, _("下書きを保存しました。相手には見えません。") if wish == "draft" else _("相手に見せました。")
        )
    return redirect("review", sheet.sheet.pk)


def _confirm(request: HttpRequest, sheet: Review, by: User) -> HttpResponseBase:
    seen = (request.POST.get("counselor", ""), request.POST.get("supervisor", ""))
    if not all(number.isascii() and number.isdecimal() and len(number) < 10 for number in seen):
        raise Http404
    try:
        over = actions.confirm(sheet_id=sheet.sheet.pk, seen=(int(seen[0]), int(seen[1])), by=by)
    except actions.NewerVersion:
        messages.info(request, _("開いているあいだに、新しい版が届いています。読んでから、もう一度確認してください。"))
    except actions.NothingWritten:
        messages.error(request, _("確認は、二人が書いて見せ合ってからできます。"))
    except actions.Finished:
        messages.info(request, _("このシートは、二人の確認が済んで終わっています。"))
    else:
        done = _("二人の確認が済みました。振り返り、おつかれさまでした。")
        messages.success(request, done if over else _("確認しました。相手の確認を待ちます。"))
    return redirect("review", sheet.sheet.pk)


@require_POST
@login_required
def take_over(request: HttpRequest, sheet_id: int) -> HttpResponseBase:
    """Supervise a sheet whose supervisor no longer does."""
    try:
        actions.take_over(sheet_id=sheet_id, by=cast("User", request.user))
    except (permissions.NotVisible, actions.Finished) as unseen:
        raise Http404 from unseen
    messages.success(request, _("引き継ぎました。相談員にも、担当のSVが替わったことが見えます。"))
    return redirect("review", sheet_id)


def _context(sheet: Review, form: ReviewForm) -> dict[str, object]:
    counselor, supervisor = ([_told(one) for one in side] for side in (sheet.counselor, sheet.supervisor))
    own, other = (counselor, supervisor) if sheet.side == Side.COUNSELOR else (supervisor, counselor)
    row: ReviewSheet = sheet.sheet
    return {
        "review": sheet,
        "sheet": row,
        "form": form,
        "own": own,
        "other": other,
        "other_person": row.supervisor if sheet.side == Side.COUNSELOR else row.counselor,
        "supervises": sheet.side == Side.SUPERVISOR,
        "numbers": {name: side[0].written.version.number if side else 0 for name, side in
                    (("counselor", counselor), ("supervisor", supervisor))},
        "may_confirm": bool(counselor and supervisor) and not sheet.confirmed and not row.finished_at,
        "other_confirmed": row.supervisor_confirmed_at if sheet.side == Side.COUNSELOR else row.counselor_confirmed_at,
    }  # fmt: skip


def _told(written: Written) -> Told:
    answers = written.answers or {}
    return Told(written, [(label, answers[name]) for name, (label, _help) in ASKED.items() if name in answers])
