"""A record in words: what it was, what the talk's own log says, and what one version changed of the one before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from counseling.feeds import records as feed
from counseling.feeds.records import Opened
from counseling.forms import Form, Kind
from counseling.gateways.web.questions import offered
from counseling.languages import said
from counseling.lifecycle import Classification, EndReason, Medium
from counseling.models import Assignment, Session
from counseling.models.message import Author
from counseling.models.program import ChannelKind
from counseling.recording import RecordState, as_typed
from counseling.text import ruby

MEDIUMS: dict[str, str | Promise] = {
    Medium.CHAT: gettext_lazy("チャット"),
    Medium.TELEPHONE: gettext_lazy("電話"),
    Medium.VISIT: gettext_lazy("訪問"),
}
CLASSIFICATIONS = {
    Classification.VALID.value: gettext_lazy("有効相談"),
    Classification.NO_REPLY.value: gettext_lazy("応答なし"),
    Classification.PRANK.value: gettext_lazy("いたずら"),
    Classification.OUT_OF_SCOPE.value: gettext_lazy("対象外"),
    Classification.TEST.value: gettext_lazy("テスト"),
}
THANKS = {"yes": gettext_lazy("はい"), "no": gettext_lazy("いいえ"), "": gettext_lazy("わからない")}
PROBLEMS = {
    "required": gettext_lazy("答えを書いてください。わからないときは「不明」を選びます。"),
    "too_long": gettext_lazy("長すぎます。もう少し短くまとめてください。"),
    "out_of_range": gettext_lazy("数が大きすぎるか、小さすぎます。"),
    "not_a_number": gettext_lazy("数字だけで書いてください。"),
    "not_a_date": gettext_lazy("日付として読めませんでした。例: 2026/11/23"),
    "": gettext_lazy("一覧から選びなおしてください。"),
}
STATES = {
    RecordState.DRAFT: gettext_lazy("記録待ち"),
    RecordState.FILED: gettext_lazy("SVの確認待ち"),
    RecordState.RETURNED: gettext_lazy("差し戻し"),
    RecordState.CHECKED: gettext_lazy("確認済み"),
}
END_REASONS = {
    EndReason.CONCLUDED: gettext_lazy("話し終えた"),
    EndReason.TELEPHONE: gettext_lazy("電話へ"),
    EndReason.VISITOR_LEFT: gettext_lazy("相談者が離れた"),
    EndReason.IDLE: gettext_lazy("返信がない"),
    EndReason.HOURS_OVER: gettext_lazy("相談時間の終了"),
    EndReason.PRANK: gettext_lazy("いたずら"),
    EndReason.OUT_OF_SCOPE: gettext_lazy("対象外の相談"),
    EndReason.VISITOR_BLOCKED: gettext_lazy("相談者がブロックした"),
    EndReason.NO_CONSENT: gettext_lazy("同意がなかった"),
    EndReason.SYSTEM: gettext_lazy("システムによる終了"),
}


def lasting(span: timedelta) -> str:
    """A length of time, to the minute: 「1時間12分」."""
    minutes = max(0, int(span.total_seconds())) // 60
    hours, rest = divmod(minutes, 60)
    if hours >= 24:
        return ngettext("%(count)d日", "%(count)d日", hours // 24) % {"count": hours // 24}
    return (
        _("%(hours)d時間%(minutes)d分") % {"hours": hours, "minutes": rest}
        if hours
        else _("%(count)d分") % {"count": rest}
    )


def moment(at: datetime | None) -> str:
    """A time as people here read it; a dash where there is none."""
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else "―"


def medium(session: Session) -> str:
    """「チャット(LINE)」, 「電話」."""
    word = str(MEDIUMS[session.medium])
    if session.medium != Medium.CHAT:
        return word
    return _("%(medium)s(%(channel)s)") % {
        "medium": word,
        "channel": ChannelKind(session.visitor.channel.kind).label,
    }


def facts(session: Session) -> list[tuple[str, str]]:
    """What the house knows by itself, for nobody to type: each with its name."""
    hands = feed.hands(session)
    return [
        (_("番号"), str(session.number)),
        (_("事業"), session.program.name),
        (_("話し方"), medium(session)),
        *(_of_a_chat(session) if session.medium == Medium.CHAT else _entered(session)),
        (_("所要時間"), _duration(session)),
        (_("担当"), " → ".join(_hand(one) for one in hands) or "―"),
    ]


def _entered(session: Session) -> list[tuple[str, str]]:
    return [(_("始まり"), moment(session.received_at)), (_("終わり"), moment(session.ended_at))]


def _of_a_chat(session: Session) -> list[tuple[str, str]]:
    written = feed.counts(session)
    messages = _("相談者 %(visitor)d・相談員 %(counselor)d・自動 %(auto)d") % {
        "visitor": written[Author.VISITOR],
        "counselor": written[Author.COUNSELOR],
        "auto": written[Author.AUTO],
    }
    ended = [(_("終わり方"), str(END_REASONS[EndReason(session.end_reason)]))] if session.end_reason else []
    return [
        (_("受付"), moment(session.received_at)),
        (_("最初の返事"), moment(session.first_response_at)),
        (_("終了"), moment(session.ended_at)),
        *ended,
        (_("メッセージ"), messages),
        (_("利用"), _("はじめて") if session.visits == 1 else _("%(count)d回目") % {"count": session.visits}),
    ]


def _duration(session: Session) -> str:
    if session.first_response_at is None or session.ended_at is None:
        return "―"
    return lasting(session.ended_at - session.first_response_at)


def _hand(one: Assignment) -> str:
    return _("%(name)s(%(time)sから)") % {"name": one.user.name, "time": f"{timezone.localtime(one.since):%H:%M}"}


@dataclass(frozen=True)
class Change:
    """An answer that a version changed, before and after."""

    label: str
    before: str
    after: str


def answers(opened: Opened, language: str) -> dict[str, tuple[str, str]]:
    """Every answer of a version as people read it: question's key → its label and the answer."""
    thanks = {True: "yes", False: "no", None: ""}[opened.version.thankful_end]
    told = {
        ".classification": (_("分類"), str(CLASSIFICATIONS[opened.version.classification])),
        ".thankful": (_("感謝で終了"), str(THANKS[thanks])),
    }
    return told | dict(_answers(opened.form, as_typed(opened.answers), language))


def _answers(form: Form, typed: dict[str, list[str]], language: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for question in form.questions:
        if question.key in typed:
            words = {value: ruby.plain(label) for value, label in offered(question, language)}
            if question.kind == Kind.DATE:
                words = {one: date_format(date.fromisoformat(one)) for one in typed[question.key] if one}
            answer = _("、").join(words.get(one, one) for one in typed[question.key])
            yield question.key, (ruby.plain(said(question.label, language)), answer)


def changes(before: Opened, after: Opened, language: str) -> list[Change]:
    """What a version says otherwise than the one before it, in the form's order."""
    then, now = answers(before, language), answers(after, language)
    nothing = ("", "―")
    return [
        Change((now.get(key) or then[key])[0], then.get(key, nothing)[1], now.get(key, nothing)[1])
        for key in dict.fromkeys((*now, *then))
        if then.get(key, nothing)[1] != now.get(key, nothing)[1]
    ]
