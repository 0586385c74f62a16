"""One record (相談記録): written beside its talk, filed, corrected, and looked at by a supervisor."""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import reading, records
from counseling.actions.following import BadFollowUp
from counseling.feeds import records as feed
from counseling.feeds.records import Sheet
from counseling.forms import InvalidAnswers
from counseling.lifecycle import CannotMove
from counseling.models import Program, Session
from counseling.models.supervision import Reason
from counseling.pages.office import office, page
from counseling.pages.record_forms import RecordForm, number_in, written
from counseling.pages.record_sheet import SECTION, WHY_NOT, shown
from counseling.text import UnacceptableText

TAKEN = frozenset({"save", "file", "discard"})


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


@dataclass(frozen=True)
class Desk:
    """A request about one record, by somebody who may read it."""

    request: HttpRequest
    program: Program
    session: Session

    @property
    def by(self) -> User:
        """Who asks."""
        return _by(self.request)

    @property
    def language(self) -> str:
        """What they read."""
        return get_language() or "ja"

    def sheet(self) -> Sheet:
        """The record as it stands now."""
        return feed.sheet_of(self.session)

    def typed(self) -> dict[str, Any]:
        """What the page sent, for an action: with the versions it was based on."""
        data = self.request.POST
        return {"written": written(data), "form": number_in(data, "form"), "revision": number_in(data, "revision")}

    def back(self) -> HttpResponseBase:
        """To the record's page."""
        return redirect("office:record", self.program.slug, self.session.pk)

    def show(self, form: RecordForm | None = None, **more: Any) -> HttpResponseBase:
        """The page, with a form that was refused or as the record stands."""
        context = shown(self.sheet(), form, self.by, self.language, audit.address_of(self.request))
        response = page(self.request, "office/record.html", self.program, SECTION, **context | more)
        response.status_code = HTTPStatus.BAD_REQUEST if more or (form and form.errors) else HTTPStatus.OK
        return response


def _desk(request: HttpRequest, program: Program, session_id: int) -> Desk:
    there = feed.listed(permissions.recorded_sessions(_by(request)), program)
    session = there.select_related("visitor__channel").filter(pk=session_id).first()
    if session is None:
        raise Http404
    return Desk(request, program, session)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.TAKE_SESSIONS)
def record(request: HttpRequest, program: Program, session_id: int) -> HttpResponseBase:
    """The record beside its talk; `do` saves it as a draft, files it, or lets go of what was not filed."""
    desk = _desk(request, program, session_id)
    if request.method != "POST":
        about = [(f"session:{session_id}", program.pk)]
        others = desk.session.counselor_id != desk.by.pk
        reading.tell(
            Deed.RECORD_READ, by=desk.by, about=about, every_time=others, address=audit.address_of(request)
        )  # fmt: skip
        return desk.show()
    wish = request.POST.get("do", "save")
    try:
        return {"file": _file, "discard": _discard}.get(wish, _save)(desk)
    except records.ChangedMeanwhile:
        return desk.show(_beside(desk))
    except records.CannotEdit as refused:
        messages.error(request, WHY_NOT[refused.why])
    except records.TooLong:
        messages.error(request, _("長すぎて保存できません。短くまとめてください。"))
    except CannotMove:
        messages.error(request, _("相談がまだ続いています。終えてから、提出してください。下書きは保存できます。"))
        return _save(desk)
    return desk.back()


def _save(desk: Desk) -> HttpResponseBase:
    records.keep_draft(session_id=desk.session.pk, by=desk.by, **desk.typed())
    messages.success(desk.request, _("下書きを保存しました。"))
    return desk.back()


def _discard(desk: Desk) -> HttpResponseBase:
    revision = number_in(desk.request.POST, "revision")
    records.discard(session_id=desk.session.pk, by=desk.by, revision=revision)
    messages.success(desk.request, _("書きかけの変更を取り消しました。"))
    return desk.back()


def _file(desk: Desk) -> HttpResponseBase:
    sheet = desk.sheet()
    if number_in(desk.request.POST, "form") != sheet.form_number:
        return _moved(desk)
    form = RecordForm(sheet, desk.language, desk.request.POST)
    if not form.is_valid():
        return desk.show(form)
    classification, thankful_end, answers = form.filed()
    try:
        records.file(
            session_id=desk.session.pk, by=desk.by, classification=classification, thankful_end=thankful_end,
            answers=answers, form=sheet.form_number, revision=form.cleaned_data["revision"],
            follow_up=form.wanted_follow_up(),
        )  # fmt: skip
    except (InvalidAnswers, BadFollowUp, UnacceptableText) as wrong:
        form.tell(wrong)
        return desk.show(form)
    except records.FormChanged:
        return _moved(desk)
    messages.success(desk.request, _("記録を提出しました。SVが確認します。"))
    return desk.back()


def _moved(desk: Desk) -> HttpResponseBase:
    """The form has other questions by now: what was typed is kept, and shown in the new one."""
    records.keep_draft(session_id=desk.session.pk, by=desk.by, **desk.typed())
    return desk.back()


def _beside(desk: Desk) -> RecordForm:
    """What was typed, in the version of the form it was typed in, beside what stands there by now."""
    desk.session.refresh_from_db()
    present, data = desk.sheet(), desk.request.POST.copy()
    data["revision"] = str(present.record.revision)
    version = number_in(data, "form")
    there = replace(present, form=feed.form_numbered(desk.session, version), form_number=version)
    form = RecordForm(there, desk.language, data)
    form.beside(present)
    return form


@require_POST
@never_cache
@office(Right.TAKE_SESSIONS)
def draft(request: HttpRequest, program: Program, session_id: int) -> HttpResponseBase:
    """What the page's script keeps while somebody writes: the record's new revision, or why it was not kept."""
    desk = _desk(request, program, session_id)
    try:
        kept = records.keep_draft(session_id=session_id, by=desk.by, **desk.typed())
    except records.ChangedMeanwhile:
        return JsonResponse({"error": "changed"}, status=HTTPStatus.CONFLICT)
    except (records.CannotEdit, CannotMove):
        return JsonResponse({"error": "cannot_edit"}, status=HTTPStatus.CONFLICT)
    except records.TooLong:
        return JsonResponse({"error": "too_long"}, status=HTTPStatus.BAD_REQUEST)
    at = timezone.localtime(kept.draft_at)
    return JsonResponse({"revision": kept.revision, "at": f"{at:%H:%M}"})


@require_POST
@never_cache
@office(Right.STEER)
def review(request: HttpRequest, program: Program, session_id: int) -> HttpResponseBase:
    """A supervisor finds the record right, or returns it with a word."""
    desk, data = _desk(request, program, session_id), request.POST
    word, looked_at = data.get("word", ""), number_in(data, "number")
    try:
        if data.get("do") == "return":
            records.send_back(session_id=session_id, by=desk.by, number=looked_at, word=word)
            messages.success(request, _("記録を差し戻しました。"))
        else:
            records.check(session_id=session_id, by=desk.by, number=looked_at, word=word)
            messages.success(request, _("確認しました。"))
    except UnacceptableText as wrong:
        told = {"empty": _("何を直してほしいかを、ひとこと書いてください。")}
        error = told.get(wrong.code, _("2,000文字までで、書き直してください。"))
        return desk.show(review_error=error, review_word=word)
    except (records.ChangedMeanwhile, records.CannotReview):
        messages.error(request, _("ほかの人が先に、この記録を直したか確認しました。いまの内容を見てください。"))
    return desk.back()


@require_POST
@never_cache
@office(Right.READ_ALL)
def read_talk(request: HttpRequest, program: Program, session_id: int) -> HttpResponseBase:
    """A supervisor gives the reason for which they read the talk itself."""
    desk, reason = _desk(request, program, session_id), request.POST.get("reason", "")
    if reason not in Reason.values:
        messages.error(request, _("やりとりを読む理由を選んでください。"))
        return desk.back()
    reading.begin(session_id=session_id, by=desk.by, reason=Reason(reason), address=audit.address_of(request))
    return desk.back()
