"""外部連携 in words: what keys may read, what places are told, how each of them stands."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.feeds.tokens import ShownToken, Standing
from counseling.machines import PING, Event, Scope
from counseling.models import Notification, Subscription
from counseling.models.machine import NotificationState

SECTION = "connections"
Words = str | Promise

# What each scope opens, in a word and a sentence.
SCOPES: dict[Scope, tuple[Words, Words]] = {
    Scope.PROGRAMS: (_("事業と受付"), _("事業の名前、いま受け付けているか、次に開く時刻。")),
    Scope.HOURS: (_("受付時間"), _("受付時間の決まりと、日ごとの時刻。")),
    Scope.SESSIONS: (
        _("相談の状態"),
        _("相談ごとの状態、時刻、緊急度、メッセージの数。言葉と、人がわかるものは含みません。"),
    ),
    Scope.FIGURES: (_("集計"), _("アクセス、対応、有効相談などの件数を、日ごとに。")),
}
STANDINGS: dict[Standing, Words] = {
    Standing.GOOD: _("使えます"),
    Standing.EXPIRED: _("期限が切れました"),
    Standing.MAKER_GONE: _("使えません。作った人が、この窓口の管理者ではなくなりました"),
    Standing.PROGRAM_OVER: _("使えません。事業が終わりました"),
}
# Each event in a word and a sentence.
EVENTS: dict[Event, tuple[Words, Words]] = {
    Event.RECEPTION_OPENED: (
        _("受付が始まった"),
        _("受付時間になった、人数がそろったなど、新しい相談を受け付けはじめたとき。"),
    ),
    Event.RECEPTION_CLOSED: (
        _("受付が終わった"),
        _("受付時間が終わった、人数が足りないなど、受け付けなくなったとき。わけも知らせます。"),
    ),
    Event.RISK_RAISED: (
        _("緊急度が上がった"),
        _("相談の番号と、上がる前とあとの緊急度。言葉と、人がわかるものは含みません。"),
    ),
}
NAMES: dict[str, Words] = {event.value: words[0] for event, words in EVENTS.items()} | {PING: _("ためし")}
PROBLEMS: dict[str, Words] = {
    "address": _("送れないアドレスです。内部のアドレスを指しています。"),
    "unknown_host": _("ホスト名が見つかりません。"),
    "certificate": _("相手の証明書を確かめられません。"),
    "timeout": _("時間内に返事がありません。"),
    "no_answer": _("つながらないか、途中で切れました。"),
    "not_http": _("HTTPの返事ではありません。"),
}
ICONS = {
    NotificationState.OWED: "clock",
    NotificationState.TAKEN: "circle-check",
    NotificationState.GIVEN_UP: "circle-alert",
    NotificationState.DROPPED: "circle-off",
}


def said(status: int, problem: str) -> str:
    """What the other side answered, in words; empty while it was not asked."""
    if problem:
        return str(PROBLEMS[problem])
    if 300 <= status < 400:
        return gettext("別のアドレスへ案内されました(HTTP %(status)d)。案内先には送りません。") % {"status": status}
    return gettext("HTTP %(status)dが返りました。") % {"status": status} if status else ""


def listed(words: Any) -> str:
    """Some words in a row."""
    return gettext("、").join(str(word) for word in words)


@dataclass(frozen=True)
class Key:
    """A key on the page."""

    shown: ShownToken

    @property
    def scopes(self) -> str:
        """What it may read."""
        return listed(SCOPES[Scope(scope)][0] for scope in self.shown.token.scopes)

    @property
    def standing(self) -> Words:
        """What it is good for."""
        return STANDINGS[self.shown.standing]

    @property
    def is_good(self) -> bool:
        """Whether it opens anything."""
        return self.shown.standing == Standing.GOOD


@dataclass(frozen=True)
class Place:
    """A place that is told of events, on a page."""

    row: Subscription

    @property
    def events(self) -> str:
        """What it is told."""
        return listed(NAMES[event] for event in self.row.events)

    @property
    def is_told(self) -> bool:
        """Whether anything is sent there."""
        return self.row.paused_at is None and self.row.stopped_at is None


@dataclass(frozen=True)
class Told:
    """A notification on a page."""

    row: Notification

    @property
    def name(self) -> str:
        """The event."""
        return str(NAMES.get(self.row.event, self.row.event))

    @property
    def said(self) -> str:
        """What the other side answered last."""
        return said(self.row.status, self.row.problem)

    @property
    def icon(self) -> str:
        """How it stands, beside the word for it."""
        return ICONS[NotificationState(self.row.state)]
