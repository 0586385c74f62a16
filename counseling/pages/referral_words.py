"""Referrals (つなぎ) in words: one line of the list, what is wrong with what was typed, and what a version changed."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, cast

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from counseling.feeds.referrals import Version
from counseling.models import AgencyKind, Referral
from counseling.models.referral import REACHED, Did, GivenUp, Item, Level, Outcome
from counseling.models.risk import RISKS
from counseling.triage import Risk

Words = str | Promise
LEVELS: dict[str, Words] = dict(Level.choices)
TOO_LATE = _("記録を直せる期間が終わったため、つなぎも書けません。SVか、つなぎ支援員に伝えてください。")
WITHDRAWN = _("ご本人が同意を撤回したため、書きなおせません。結果は書けます。")
AWAITED = _("結果待ち")
ANYBODY = _("つなぎ支援員・SV(だれでも)")
PROBLEMS: dict[str, Words] = {
    "missing": _("ここを書いてください。"),
    "unknown": _("名簿にないか、この窓口では選べません。選びなおしてください。"),
    "retired": _("この機関は、使うのをやめました。ほかの機関を選ぶか、名前を書いてください。"),
    "future": _("これからの時刻になっています。日本時間で、起きた時刻を入れてください。"),
    "before": _("同意より前の時刻になっています。同意の前に、機関には伝えられません。"),
    "past": _("きょうか、これからの日を選んでください。"),
    "too_far": _("180日以内の日を選んでください。"),
    "needs_consent": _(
        "ご本人の同意がなければ、機関には連絡できません。ご本人のことばを書くか、「連絡先を渡した」までにしてください。"
    ),
    "higher_level": _(
        "機関に連絡したときは、「同意を得て連絡した」か「同行した」を選んでください。連絡していなければ、連絡の欄を空にしてください。"
    ),
    "not_agreed": _("ご本人の同意がない項目です。"),
    "supervisors": _("緊急の通報・通告は、SVが書きます。「緊急」で、すぐにSVを呼んでください。"),
    "too_long": _("長すぎます。短くしてください。"),
    "nul": _("保存できない文字が入っています。書きなおしてください。"),
    "lone_surrogate": _("保存できない文字が入っています。書きなおしてください。"),
    "empty": _("ここを書いてください。"),
}
MISSING: dict[str, Words] = {
    "level": _("どこまでつないだかを選んでください。"),
    "kind": _("名簿にない機関は、種別を選んでください。"),
    "agency": _("名簿にない機関は、名前を書いてください。"),
    "consent": _("同意のことばがありません。ご本人のことばを、そのまま書いてください。"),
    "consented_at": _("ご本人が同意した時刻を入れてください。"),
    "asked_by": _("だれがうかがったかを選んでください。"),
    "contacted_at": _("連絡した時刻を入れてください。"),
    "contacted_by": _("だれが連絡したかを選んでください。"),
    "told": _("機関に伝えたことを書いてください。"),
    "contact_id": _("緊急対応シートの連絡記録から選んでください。まだなければ、先に連絡記録を書きます。"),
    "due_on": _("結果を聞く日を選んでください。"),
    "result": _("どうなったかを選んでください。"),
    "on": _("結果が分かった日を選んでください。"),
    "given_up": _("なぜ確かめられないのかを選んでください。"),
    "why": _("理由を書いてください。"),
    "request": _("機関にお願いしたいことを書いてください。"),
    "approved": _("この文面でよいと、ご本人に確かめてから作ってください。"),
    "words": _("ご本人のことばを書いてください。"),
}
FIELDS: dict[str, Words] = {
    "agency": _("機関の名前"), "kind": _("種別"), "level": _("どこまで"), "consent": _("同意のことば"),
    "items": _("伝えてよいこと"), "limits": _("伝え方の約束"), "person": _("相手の方"), "told": _("伝えたこと"),
    "heard": _("聞いたこと"), "why": _("確かめられない理由"), "withdrawal": _("撤回のことば"), "due_on": _("聞く日"),
    "result": _("結果"), "given_up": _("終えた理由"),
}  # fmt: skip
CODED: dict[str, dict[str, Any]] = {
    "kind": dict(AgencyKind.choices), "level": LEVELS, "result": dict(Outcome.choices),
    "given_up": dict(GivenUp.choices),
}  # fmt: skip


def problem(field: str, code: str) -> Any:
    """What is wrong with a field, and what to do."""
    return MISSING[field] if code == "missing" and field in MISSING else PROBLEMS.get(code, PROBLEMS["missing"])


def items(codes: list[str]) -> str:
    """What may be told, in words."""
    return gettext("、").join(str(item.label) for item in Item if item.value in codes)


@dataclass(frozen=True)
class Line:
    """A referral as it stands in the list; no words but the agency's name."""

    referral: Referral
    name: str
    today: date

    @property
    def is_overdue(self) -> bool:
        """Whether its day to ask is over."""
        return self.referral.due_on is not None and self.referral.due_on < self.today

    @property
    def due(self) -> str:
        """「3日すぎています」, 「きょう」, 「あと5日」."""
        if self.referral.due_on is None:
            return ""
        days = (self.referral.due_on - self.today).days
        if days < 0:
            return ngettext("%(count)s日すぎています", "%(count)s日すぎています", -days) % {"count": -days}
        return gettext("きょう") if not days else ngettext("あと%(count)s日", "あと%(count)s日", days) % {"count": days}

    @property
    def result(self) -> Words:
        """What came of it, in a word."""
        return Outcome(self.referral.result).label if self.referral.result else AWAITED

    @property
    def risk(self) -> Words:
        """The session's risk, where that is worth a word."""
        return RISKS[Risk(self.referral.session.risk)] if self.referral.session.risk >= Risk.MODERATE else ""

    @property
    def is_risky(self) -> bool:
        """Whether somebody's life may have been in danger."""
        return self.referral.session.risk >= Risk.HIGH

    @property
    def was_reached(self) -> bool:
        """Whether the agency heard from us."""
        return self.referral.level in REACHED

    @cached_property
    def owner(self) -> Words:
        """Who asks next."""
        owner = self.referral.owner
        return owner.name if owner and owner.is_active else ANYBODY


@dataclass(frozen=True)
class Past:
    """One version: what it did, and what it changed as (label, before, now)."""

    version: Version
    did: Words
    changes: list[tuple[Words, str, str]]


def history(versions: list[Version]) -> list[Past]:
    """Every version with what it changed, the latest first."""
    changed = [_changes(before, after) for after, before in pairwise(versions)] + [[]]
    return [Past(one, Did(one.row.did).label, told) for one, told in zip(versions, changed, strict=True)]


def _changes(before: Version, after: Version) -> list[tuple[Words, str, str]]:
    was, now = _said(before), _said(after)
    return [(label, was[name], now[name]) for name, label in FIELDS.items() if was[name] != now[name]]


def _said(version: Version) -> dict[str, str]:
    codes: dict[str, Any] = version.row.codes
    told = {name: str(words.get(codes[name], "")) for name, words in CODED.items()}
    words = cast("dict[str, str]", version.words)
    return {**words, **told, "items": items(codes["items"]), "due_on": codes["due_on"] or ""}
