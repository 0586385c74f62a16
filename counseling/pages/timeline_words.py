"""A person's way in words (経過): each moment as a line that is read in a second, by days."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from counseling.feeds import history as feed
from counseling.forms import WORDS, ReportKey
from counseling.lifelines import Moment
from counseling.models import Session
from counseling.models.follow_up import StepKind
from counseling.models.outreach import VisitStepKind
from counseling.models.risk import RISKS
from counseling.pages.arrangement_words import REASONS, agreed_words
from counseling.pages.history import record_words
from counseling.pages.history_words import STATES, until
from counseling.pages.record_words import CLASSIFICATIONS, lasting, medium
from counseling.triage import Risk

FOLLOWED = dict(StepKind.choices) | {"message": gettext_lazy("相談者にメッセージを送った")}
VISITED = dict(VisitStepKind.choices)
SAID: dict[str, str | Promise] = {
    "hidden": gettext_lazy("ほかの人が受けた相談があります"),
    "referral.hidden": gettext_lazy("つなぎがありました"),
    "follow_up.hidden": gettext_lazy("要フォローになりました"),
    "outreach.hidden": gettext_lazy("訪問の申し出がありました"),
    "call.made": gettext_lazy("SVを呼びました"),
    "call.answered": gettext_lazy("SVが呼び出しに応じました"),
    "session.claimed": gettext_lazy("担当になりました"),
    "session.transferred": gettext_lazy("引き継ぎました"),
    "session.requeued": gettext_lazy("待機列に戻りました"),
    "session.protected": gettext_lazy("生命の保護のため、同意のないまま引き受けました"),
    "session.let_in": gettext_lazy("命の危険を示すことばがあり、相談として受け付けました"),
    "session.reopened": gettext_lazy("相談を再開しました"),
    "phone.offered": gettext_lazy("電話を提案しました"),
    "phone.agreed": gettext_lazy("電話の約束をしました"),
    "phone.declined": gettext_lazy("電話は希望されませんでした"),
    "phone.withdrawn": gettext_lazy("電話の提案を取り消しました"),
    "phone.lapsed": gettext_lazy("電話をかけないまま、番号を消しました"),
    "agency.contacted": gettext_lazy("緊急の連絡をしました"),
    "sheet.filed": gettext_lazy("緊急対応シートを提出しました"),
    "approach": gettext_lazy("対応方針を書きました"),
    "survey": gettext_lazy("アンケートの答えが届きました"),
    "merged": gettext_lazy("同じ人としてまとめました"),
    "unmerged": gettext_lazy("まとめを取り消しました"),
}
# Only that it is there.
HIDDEN = frozenset({"hidden", "referral.hidden", "follow_up.hidden", "outreach.hidden"})
# The lines between that one skims over.
QUIET = frozenset({
    *HIDDEN, "session.claimed", "session.transferred", "session.requeued", "session.reopened", "phone.offered",
    "phone.agreed", "phone.declined", "phone.withdrawn", "phone.lapsed", "call.answered", "record.filed", "merged",
    "unmerged", "limit.ended", "block.ended", "survey",
})  # fmt: skip

# Codes and names alone: whoever knows of the talk knows these.
READ_BY_ALL = frozenset(SAID) - HIDDEN - {"approach"} | {"phone.called"}


@dataclass(frozen=True)
class Entry:
    """A moment as it is read: when, what, by whom, and what was written, each with its name."""

    time: str
    kind: str
    what: str
    about: str = ""
    words: list[tuple[str, str]] = field(default_factory=list)
    is_danger: bool = False
    is_quiet: bool = False
    medium: str = ""
    is_locked: bool = False


@dataclass(frozen=True)
class Day:
    """What happened on one day, in Japan."""

    day: date
    entries: list[Entry]

    @property
    def name(self) -> str:
        """「2026年11月23日(月)」."""
        return date_format(self.day, "DATE_FORMAT")


def days(moments: list[Moment], belong: feed.Belongings) -> list[Day]:
    """These moments by day, in order."""
    local = [(timezone.localtime(one.at), one) for one in moments]
    return [
        Day(day, [_entry(one, f"{at:%H:%M}", belong) for at, one in group])
        for day, group in groupby(local, key=lambda pair: pair[0].date())
    ]


def _entry(one: Moment, time: str, belong: feed.Belongings) -> Entry:
    if one.kind == "session" and one.session:
        return _session(one, one.session, time, belong)
    level = Risk(one.details["level"]) if one.kind == "risk.changed" else Risk.NONE
    danger = level >= Risk.HIGH or one.kind in {"agency.contacted", "session.let_in", "session.protected"}
    words = [("", one.words)] if one.words else []
    return Entry(
        "" if one.kind in HIDDEN else time, one.kind, _what(one), _about(one), words, is_danger=danger,
        is_quiet=one.kind in QUIET, is_locked=not one.reads and one.kind not in READ_BY_ALL,
    )  # fmt: skip


def _session(one: Moment, session: Session, time: str, belong: feed.Belongings) -> Entry:
    parts = [f"{_('%(number)d番') % {'number': session.number}}"]
    if session.ended_at:
        parts.append(_("%(time)sまで") % {"time": until(session.received_at, session.ended_at)})
        if session.first_response_at:
            parts.append(lasting(session.ended_at - session.first_response_at))
    parts.append(str(CLASSIFICATIONS.get(session.classification, STATES[session.state])))
    if session.counselor:
        parts.append(_("担当 %(name)s") % {"name": session.counselor.name})
    if session.risk > Risk.NONE:
        parts.append(_("緊急度 %(risk)s") % {"risk": RISKS[Risk(session.risk)]})
    filed = belong.records.get(session.pk)
    words = _summary(session, filed) if filed and one.reads else []
    what = _("%(medium)sの相談") % {"medium": medium(session)}
    danger = session.risk >= Risk.HIGH
    locked = filed is not None and not one.reads
    return Entry(
        time, one.kind, what, "・".join(parts), words, is_danger=danger, medium=session.medium, is_locked=locked
    )


def _summary(session: Session, filed: feed.Filed) -> list[tuple[str, str]]:
    """What the record tells in words, and the main complaint: not every code of it."""
    wanted = {one.key for one in filed.form.questions if one.kind in WORDS or one.report == ReportKey.MAIN_COMPLAINT}
    return record_words(session, filed, get_language() or "ja", wanted)


def _what(one: Moment) -> str:
    if one.kind in HIDDEN:
        return str(SAID[one.kind])
    if one.kind.startswith("follow_up."):
        return _("要フォロー: %(did)s") % {"did": FOLLOWED[one.kind.removeprefix("follow_up.")]}
    if one.kind.startswith("outreach."):
        return _("訪問: %(did)s") % {"did": VISITED[one.kind.removeprefix("outreach.")]}
    if one.kind in {"limit", "block", "limit.ended", "block.ended"}:
        return _arrangement(one, one.row)
    if one.kind == "approach" and one.reads and not one.words:
        return _("対応方針をなくしました")
    return TOLD_BY[one.kind](one) if one.kind in TOLD_BY else str(SAID[one.kind])


def _referred(one: Moment) -> str:
    row: Any = one.row
    said = _("つなぎ(%(agency)s): %(did)s") if row.name else _("つなぎ: %(did)s")
    return said % {"agency": row.name, "did": row.did.label}


TOLD_BY: dict[str, Callable[[Moment], str]] = {
    "risk.changed": lambda one: _("緊急度が「%(risk)s」になりました") % {"risk": RISKS[Risk(one.details["level"])]},
    "phone.called": lambda one: _("電話をかけました: %(result)s") % {"result": one.row.get_result_display()},
    "record.filed": lambda one: _("相談記録の第%(number)d版を提出しました") % {"number": one.row.number},
    "referral": _referred,
}


def _arrangement(one: Moment, row: Any) -> str:
    if not one.reads:
        return _("取り決めがありました")
    says = agreed_words(row.agreed) if one.kind.startswith("limit") else str(REASONS[row.code])
    told = {
        "limit": _("利用の目安を約束しました: %(says)s"),
        "limit.ended": _("約束した目安が終わりました: %(says)s"),
        "block": _("受付を停止しました: %(says)s"),
        "block.ended": _("受付停止が終わりました: %(says)s"),
    }
    return told[one.kind] % {"says": says}


def _about(one: Moment) -> str:
    """Who did it, and in which talk."""
    parts = []
    if one.kind == "risk.changed" and not one.by:
        parts.append(_("危険を示すことばから"))
    if one.by:
        parts.append(one.by)
    if one.kind == "referral":
        parts.append(str(one.row.result.label if one.row.result else one.row.level.label))
    if one.kind in {"merged", "unmerged"}:
        parts.append(f"{one.row.one.pseudonym} = {one.row.other.pseudonym}")
    if one.session and one.kind != "hidden":
        parts.append(_("%(number)d番") % {"number": one.session.number})
    return "・".join(parts)
