"""Errors of the API: one shape, a code for the program and a sentence for the person."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from counseling.actions.approvals import DecidedAlready, NoApprovalNeeded
from counseling.actions.callins import CalledLately, OnDutyAlready
from counseling.actions.calls import AnsweredAlready, CannotCall, NoCall
from counseling.actions.care import NoPause, NotOver
from counseling.actions.delivery_decisions import CannotDecide
from counseling.actions.duty import HasOpenSessions, NotOnDuty
from counseling.actions.following import BadFollowUp
from counseling.actions.messages import CannotReply, ClientIdReused, NeedsApproval
from counseling.actions.planning import CannotPlan, Problem
from counseling.actions.protecting import NothingToProtect
from counseling.actions.queue import Diverted, NobodyWaits, NotForTrainees, OfferedToAnother, OnlyByOffer
from counseling.actions.records import CannotEdit
from counseling.actions.records import FormChanged as RecordFormChanged
from counseling.actions.risk import FormChanged, NeedsWord
from counseling.actions.sessions import NoRoom
from counseling.actions.stepping_in import NotTakenOver
from counseling.actions.surge import NoSurgeLines, SurgeTooLong
from counseling.actions.whispers import CannotWhisper
from counseling.events import EachOutcome
from counseling.forms import InvalidAnswers
from counseling.lifecycle import CannotMove
from counseling.permissions import NotVisible
from counseling.stages import CannotStep
from counseling.text import UnacceptableText, repair

TOLD: dict[type[Exception], tuple[int, str, Any]] = {
    NotVisible: (404, "not_found", _("見つかりません。担当から外れたか、もう開けない相談です。")),
    Http404: (404, "not_found", _("見つかりません。")),
    CannotMove: (409, "cannot_move", _("いまの状態ではできません。ほかの人が先に操作したかもしれません。")),
    CannotStep: (409, "cannot_step", _("いまはできません。ほかの人が先に操作したかもしれません。")),
    CannotDecide: (409, "cannot_decide", _("もう決められています。画面を確かめてください。")),
    NothingToProtect: (
        409,
        "nothing_to_protect",
        _("同意を待っている相談ではないか、緊急度が高くありません。画面を開き直してください。"),
    ),
    FormChanged: (
        409,
        "form_changed",
        _("緊急度の確認の質問が、いま変わりました。質問を見直して、もう一度押してください。"),
    ),
    NeedsWord: (400, "needs_word", _("回答から出た目安とちがう緊急度にするときは、わけをひとこと書いてください。")),
    CannotEdit: (
        409,
        "cannot_edit",
        _("この記録は、もう直せません。直すところがあれば、SVに差し戻してもらってください。"),
    ),
    RecordFormChanged: (
        409,
        "record_form_changed",
        _("相談記録の質問が、いま変わりました。記録の画面を開き直してください。"),
    ),
    CannotReply: (409, "cannot_reply", _("この相談にはいま返信できません(保留中か、終了しています)。")),
    CannotWhisper: (409, "cannot_whisper", _("いま担当している相談員がいないため、ささやけません。")),
    CannotCall: (409, "cannot_call", _("お話し中か保留中の相談でだけ、SVを呼べます。")),
    NoCall: (409, "no_call", _("この呼び出しは、もう終わっています。")),
    AnsweredAlready: (409, "answered", _("ほかのSVが先に応答しました。")),
    NeedsApproval: (
        409,
        "needs_approval",
        _("研修中の方の返信は、SVが承認してから届きます。画面を開き直してください。"),
    ),
    NoApprovalNeeded: (409, "no_approval_needed", _("承認は必要なくなりました。画面を開き直してください。")),
    DecidedAlready: (409, "decided", _("この返信は、もう決められたか、取り下げられています。")),
    ClientIdReused: (409, "client_id_reused", _("同じ送信が別の内容で届いています。画面を開き直してください。")),
    HasOpenSessions: (409, "open_sessions", _("進行中の相談が残っています。引き継ぐか終えてから、退勤してください。")),
    NotTakenOver: (
        409,
        "not_taken_over",
        _(
            "返す相手がいません。引き取った相談でないか、前の相談員が窓口から外れています。「引き継ぐ」を使ってください。"
        ),
    ),
    NotOnDuty: (
        409,
        "not_on_duty",
        _("担当する人がいま勤務中ではありません。出勤するか休憩を終えてから、もう一度お試しください。"),
    ),
    NotOver: (409, "not_over", _("まだ続いている相談です。終わってから選べます。")),
    NoPause: (
        409,
        "no_pause",
        _("この休憩は、もうおすすめの時間を過ぎています。休みたいときは、SVに声をかけてください。"),
    ),
    NoSurgeLines: (409, "no_surge_lines", _("この窓口には、増強する回線数がまだ決められていません。")),
    SurgeTooLong: (400, "surge_too_long", _("増強の終わりは、いまから12時間以内で選んでください。")),
    NobodyWaits: (409, "nobody_waits", _("お待ちの方はいません。")),
    NoRoom: (409, "no_room", _("同時対応数の上限です。")),
    Diverted: (
        409,
        "diverted",
        _("いまは待機列をSV対応に切り替えています。待機中の方は、SVが受けます。"),
    ),
    OnDutyAlready: (409, "on_duty", _("もう出勤しています。")),
    CalledLately: (409, "called_lately", _("30分以内に呼び出しています。少し待ってください。")),
    OfferedToAnother: (409, "taken", _("ほかの相談員に案内中です。")),
    OnlyByOffer: (
        409,
        "only_by_offer",
        _("この窓口では、ご自分に案内された相談だけを担当できます。案内をお待ちください。"),
    ),
    NotForTrainees: (
        409,
        "not_for_trainees",
        _("緊急度の高い相談は、研修中の方には担当をお願いしていません。SVか先輩の相談員に知らせてください。"),
    ),
    exceptions.NotAuthenticated: (
        403,
        "signed_out",
        _("ログインし直してください。入力した内容は画面に残っています。"),
    ),
    exceptions.AuthenticationFailed: (403, "signed_out", _("ログインし直してください。")),
    PermissionDenied: (403, "forbidden", _("この操作はできません。")),
    exceptions.PermissionDenied: (403, "forbidden", _("この操作はできません。画面を開き直してください。")),
    exceptions.MethodNotAllowed: (405, "method_not_allowed", _("この操作はできません。")),
    exceptions.NotAcceptable: (406, "not_acceptable", _("この形式では返せません。")),
    exceptions.UnsupportedMediaType: (415, "unsupported_media_type", _("JSONで送ってください。")),
    exceptions.ParseError: (400, "unreadable", _("送られた内容を読み取れません。")),
    exceptions.Throttled: (429, "too_many", _("しばらく待ってから、もう一度お試しください。")),
}

TEXT_PROBLEMS = {
    "not_text": _("文字で入力してください。"),
    "empty": _("何か入力してください。"),
    "too_long": _("長すぎます。分けて送ってください。"),
    "nul": _("使えない文字が含まれています。"),
    "lone_surrogate": _("壊れた文字が含まれています。入力し直してください。"),
}


ANSWER_PROBLEMS = {
    "required": _("答えてください。"),
    "too_long": _("長すぎます。短くまとめてください。"),
    "out_of_range": _("数が大きすぎるか、小さすぎます。"),
    "not_a_number": _("数字で答えてください。"),
    "not_a_date": _("日付で答えてください。"),
    "": _("この答えは使えません。選び直してください。"),
}


# By field: of a follow-up that is wanted with a record.
FOLLOW_UP_PROBLEMS = {
    "day": _("要フォローの期限を、今日か、これから1年のうちの日で決めてください。"),
    "what": _("要フォローで何をするかを、2,000文字までで書いてください。"),
    "why_not": _("要フォローを立てないわけを、2,000文字までで書いてください。"),
    "owner": _("この人には頼めません。ほかの人か、シフトを選んでください。"),
}


def answer(error: Exception, _context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: the answer to `error`, or None for what is truly unexpected (a 500)."""
    if isinstance(error, UnacceptableText):
        told = TEXT_PROBLEMS[error.code]
        return _told(status.HTTP_400_BAD_REQUEST, error.code, told, {"text": [told]})
    if isinstance(error, exceptions.ValidationError):
        return _told(status.HTTP_400_BAD_REQUEST, "invalid", _("入力を確かめてください。"), _fields(error.detail))
    if isinstance(error, InvalidAnswers):
        fields = {key: [ANSWER_PROBLEMS.get(code, ANSWER_PROBLEMS[""])] for key, code in error.problems.items()}
        return _told(status.HTTP_400_BAD_REQUEST, "invalid", _("答えを確かめてください。"), fields)
    if isinstance(error, BadFollowUp):
        fields = {f"follow_up.{field}": [FOLLOW_UP_PROBLEMS[field]] for field in error.problems}
        return _told(status.HTTP_400_BAD_REQUEST, "invalid", _("要フォローを確かめてください。"), fields)
    if isinstance(error, CannotPlan):
        return _cannot_plan(error)
    expected = named(error)
    return _told(*expected) if expected else None


def named(error: Exception) -> tuple[int, str, str] | None:
    """The status, the code and the sentence of an error that is expected."""
    found = next((told for kind, told in TOLD.items() if isinstance(error, kind)), None)
    return (found[0], found[1], str(found[2])) if found else None


def each_outcome(number: int, refusal: Exception | None) -> EachOutcome:
    """What became of one of many. Raises what is no refusal."""
    told = named(refusal) if refusal else (0, "", "")
    if told is None:
        raise refusal or AssertionError
    return {"id": number, "error": told[1], "message": told[2]}


# What somebody else has done meanwhile is a conflict; the rest could never be planned.
CONFLICTS = frozenset({Problem.DOUBLE_BOOKED, Problem.NAME_TAKEN, Problem.ASKED_ALREADY, Problem.SETTLED})


def _cannot_plan(error: CannotPlan) -> Response:
    """The first problem speaks; `fields` has the sentences by place in what was sent."""
    fields: dict[str, Any] = {}
    for place, problem in error.problems:
        fields.setdefault(str(place), []).append(problem.label)
    first = error.problems[0][1]
    code = status.HTTP_409_CONFLICT if first in CONFLICTS else status.HTTP_400_BAD_REQUEST
    return _told(code, first.value, first.label, fields)


def _fields(detail: Any) -> dict[str, Any]:
    told = _speakable(detail)
    return told if isinstance(told, dict) else {"": told}


def _speakable(detail: Any) -> Any:
    """What was sent comes back in some refusals: a lone surrogate in it could not be written."""
    if isinstance(detail, dict):
        return {repair(str(name)): _speakable(told) for name, told in detail.items()}
    return [_speakable(told) for told in detail] if isinstance(detail, list) else repair(str(detail))


def _told(code: int, name: str, message: Any, fields: dict[str, Any] | None = None) -> Response:
    return Response({"error": name, "message": str(message), "fields": fields or {}}, status=code)
