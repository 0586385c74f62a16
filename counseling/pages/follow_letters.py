"""Writing to a visitor by a follow-up, and giving a return code: what the pages show, and the two doors."""

from http import HTTPStatus
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import follow_messages, queue, return_codes
from counseling.actions.messages import ClientIdReused
from counseling.feeds import follow_ups as feed
from counseling.follow_ups import CannotFollow
from counseling.models import FollowUp, FollowUpMessage, Program
from counseling.models.delivery import DeliveryState
from counseling.pages.follow_words import REFUSALS
from counseling.pages.office import office, page
from counseling.text import UnacceptableText

HINDRANCES = {
    "blocked": gettext_lazy(
        "相談者がLINEでこちらをブロックしているため、届きません。電話や訪問など、ほかの方法を考えてください。"
    ),
    "no_code": gettext_lazy(
        "この方は再訪コードを持っていないため、メッセージを読めません。次に話すとき、記録の画面からコードを伝えてください。"
    ),
}
WAYS = {
    "line": gettext_lazy("LINEのトークに、このまま届きます。だれかに見られても困らない書き方にしてください。"),
    "door": gettext_lazy("LINEには「メッセージが届きました」とだけ知らせます。内容は、相談のページでだけ読めます。"),
    "page": gettext_lazy(
        "相談者が再訪コードを入れたときに、相談のページで読めます。こちらから知らせることはできません。"
    ),
}
STATES: dict[str, Any] = {
    DeliveryState.QUEUED: gettext_lazy("送信待ち"),
    DeliveryState.SENDING: gettext_lazy("送信中"),
    DeliveryState.SENT: gettext_lazy("送信済み"),
    DeliveryState.REFUSED: gettext_lazy("届けられませんでした"),
    DeliveryState.UNKNOWN: gettext_lazy("届いたか、わかりません"),
    DeliveryState.DISMISSED: gettext_lazy("送信を取りやめました"),
}


class LetterForm(forms.Form):
    """Words to the visitor."""

    words = forms.CharField(
        label=gettext_lazy("相談者に送ることば"),
        required=False,
        widget=forms.Textarea({"rows": 4, "class": "input", "autocomplete": "off", "maxlength": 2_000}),
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None = None, initial: dict[str, Any] | None = None) -> None:
        """Its fields' ids differ from those of the step's form, which stands on the same page with words too."""
        super().__init__(data, initial=initial, auto_id="letter_%s")


def state_of(letter: FollowUpMessage) -> str:
    """How far it has come."""
    if letter.delivery:
        blocked = letter.delivery.state == DeliveryState.REFUSED and letter.delivery.reason == "blocked"
        return _("ブロックされていて届きません") if blocked else str(STATES[letter.delivery.state])
    return _("読まれました") if letter.read_at else _("まだ読まれていません")


def shown(row: FollowUp, by: User) -> dict[str, Any]:
    """What the page of a follow-up shows of its messages."""
    hindrance = follow_messages.hindrance(row.visitor)
    trainee = bool(permissions.trainees(row.program_id, [by.pk]))
    return {
        "letters": [(letter, words, state_of(letter)) for letter, words in feed.messages(row)],
        "may_write": row.ended_at is None and not trainee and bool(row.visitor.wrapped_key),
        "hindrance": HINDRANCES.get(hindrance, ""),
        "way": WAYS[follow_messages.way_to(row.visitor)],
        "letter_form": LetterForm(initial={"client_id": uuid4()}),
    }


def send(request: HttpRequest, row: FollowUp) -> LetterForm | None:
    """Send what was typed; the form to show again where it could not be."""
    form = LetterForm(request.POST)
    form.is_valid()
    client_id = form.cleaned_data.get("client_id") or uuid4()
    words = str(request.POST.get("words", "")).replace("\r\n", "\n")
    try:
        follow_messages.write(follow_up_id=row.pk, by=cast("User", request.user), client_id=client_id, words=words)
    except UnacceptableText as wrong:
        told = {
            "empty": _("ひとこと書いてください。"),
            "too_long": _("長すぎます。2,000文字までで、まとめてください。"),
        }
        form.add_error("words", told.get(wrong.code, _("使えない文字が含まれています。書きなおしてください。")))
    except follow_messages.CannotReach as refused:
        form.add_error("words", str(HINDRANCES[refused.code]))
    except (CannotFollow, queue.NotForTrainees) as refused:
        form.add_error("words", str(REFUSALS[type(refused)]))
    except ClientIdReused:
        form.add_error("words", _("この画面からは、もう別のメッセージを送っています。画面を開き直してください。"))
    else:
        return None
    return form


@require_POST
@never_cache
@office(Right.TAKE_SESSIONS)
def return_code(request: HttpRequest, program: Program, session_id: int) -> HttpResponseBase:
    """A new return code for a session's visitor, shown here once."""
    by = cast("User", request.user)
    session = permissions.recorded_sessions(by).filter(program=program, pk=session_id).select_related("visitor").first()
    if session is None:
        raise Http404
    try:
        code = return_codes.give(session_id=session_id, by=by)
    except return_codes.NoCodeNeeded:
        messages.error(request, _("LINEで来られた方には、コードは要りません。要フォローから、LINEに送れます。"))
        return redirect("office:record", program.slug, session_id)
    answer = page(request, "office/return_code.html", program, "records", session=session, code=code)
    answer.status_code = HTTPStatus.OK
    return answer
