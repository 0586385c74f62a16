"""What the pages of agencies say: names of fields, why something cannot be kept, how long ago it was checked."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from counseling.agencies import LIMITS, Reason
from counseling.agencies.cells import MOST_MUNICIPALITIES, MOST_TELEPHONES
from counseling.agencies.sheet import Problem

MONTH_DAYS, LONGEST_IN_DAYS = 30, 60
LONGEST_CELL = 40

# The columns of a file keep their Japanese names (agencies.sheet.COLUMNS); these are what a person reads.
FIELDS: dict[str, Any] = {
    "number": gettext_lazy("番号"),
    "kind": gettext_lazy("種別"),
    "name": gettext_lazy("名前"),
    "area": gettext_lazy("地域"),
    "prefecture": gettext_lazy("都道府県"),
    "municipalities": gettext_lazy("市区町村"),
    "telephones": gettext_lazy("電話"),
    "web": gettext_lazy("ウェブ"),
    "address": gettext_lazy("住所"),
    "hours": gettext_lazy("受付時間"),
    "audience": gettext_lazy("対象"),
    "note": gettext_lazy("つなぐときのメモ"),
    "checked_on": gettext_lazy("確認日"),
}
TOLD: dict[Reason, Any] = {
    Reason.MISSING: gettext_lazy("ここは必ず書いてください。"),
    Reason.TOO_LONG: gettext_lazy("%(limit)s文字までにしてください。"),
    Reason.TOO_MANY: gettext_lazy("多すぎます。%(limit)s件までにしてください。"),
    Reason.UNPRINTABLE: gettext_lazy("目に見えない制御文字が入っています。書き直してください。"),
    Reason.NO_KIND: gettext_lazy("種別の一覧にないことばです。"),
    Reason.NO_PREFECTURE: gettext_lazy("「神奈川県」のような都道府県の名前か、「全国」にしてください。"),
    Reason.NO_MUNICIPALITY: gettext_lazy("「横浜市、川崎市」のように、市区町村の名前で書いてください。"),
    Reason.OF_NOWHERE: gettext_lazy("全国の機関には、市区町村は書けません。"),
    Reason.NO_TELEPHONE: gettext_lazy(
        "電話番号として読み取れません。「045-000-0000」のように書き、いくつかあれば「、」で区切ってください。"
    ),
    Reason.LOST_ZERO: gettext_lazy(
        "先頭の0がないようです。市外局番から書いてください(Excelでは、セルを「文字列」にすると0が消えません)。"
    ),
    Reason.NO_WEB: gettext_lazy("https:// から始まる、半角のアドレスにしてください。"),
    Reason.NO_DAY: gettext_lazy("日付として読み取れません。「2026-11-23」のように書いてください。"),
    Reason.DAY_TO_COME: gettext_lazy("これからの日付です。確かめた日を書いてください。"),
    Reason.NO_NUMBER: gettext_lazy("番号は、書き出したファイルの数字のままにしてください。新しい機関では空にします。"),
    Reason.UNKNOWN_NUMBER: gettext_lazy(
        "この番号の機関は、この窓口にありません。新しく加えるときは、番号を空にしてください。"
    ),
    Reason.TOO_MANY_CELLS: gettext_lazy(
        '見出しより右にも文字があります。「,」を含むことばは、全体を「"」で囲んでください。'
    ),
    Reason.SAME_AS_LINE: gettext_lazy("%(other)s行目と同じ機関です。どちらかを消してください。"),
    Reason.SAME_AS_NUMBER: gettext_lazy("種別・名前・地域の同じ機関が、番号%(other)sにあります。"),
}
MOST = {"telephones": MOST_TELEPHONES, "municipalities": MOST_MUNICIPALITIES}


def why(field: str, reason: Reason, other: int = 0) -> str:
    """Why a field cannot be kept as it is, and what to do."""
    limit = MOST.get(field) if reason is Reason.TOO_MANY else LIMITS.get(field)
    return str(TOLD[reason]) % {"limit": limit, "other": other}


def in_file(problem: Problem) -> tuple[int, str, str, str]:
    """A problem of a file: its line, its column, what stands there, and why that is none."""
    cell = problem.cell if len(problem.cell) <= LONGEST_CELL else problem.cell[:LONGEST_CELL] + "…"
    column = str(FIELDS[problem.field]) if problem.field else ""
    return problem.line, column, cell, why(problem.field, problem.reason, problem.other)


def checked(day: date | None, today: date) -> str:
    """How long ago it was last checked."""
    if day is None:
        return _("まだ確認されていません")
    days = (today - day).days
    if days <= 0:
        return _("きょう確認")
    if days < LONGEST_IN_DAYS:
        return ngettext("%(count)d日前に確認", "%(count)d日前に確認", days) % {"count": days}
    months = days // MONTH_DAYS
    return ngettext("%(count)dか月前に確認", "%(count)dか月前に確認", months) % {"count": months}
