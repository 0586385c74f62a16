"""The back office: which programs and sections a person sees at the left, and the doors to its pages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.models import Program

P = ParamSpec("P")
OfficeView = Callable[Concatenate[HttpRequest, Program, P], HttpResponseBase]


# The parts of the back office (interface.md), in the order in which they stand at the left.
PARTS: dict[str, str | Promise] = {
    "today": _("今日"),
    "shifts": _("シフト"),
    "sessions": _("相談"),
    "records": _("記録・つなぎ"),
    "results": _("結果"),
    "setup": _("設定"),
}


@dataclass(frozen=True)
class Section:
    """One section of the back office: `name` is its address `office:<name>`, made with the program's slug.

    Write `icon="…"` with its keyword: the build finds the icons of the sprite by it. `practice`: where one practises.
    """

    name: str
    label: str | Promise
    part: str
    icon: str
    right: Right
    practice: bool = False


# In the order in which they stand at the left. A section is here only when its page is.
SECTIONS: tuple[Section, ...] = (
    Section("today", _("今日のようす"), part="today", icon="activity", right=Right.SEE_RESULTS),
    Section("roster", _("シフト表"), part="shifts", icon="calendar-days", right=Right.PLAN_SHIFTS),
    Section("requests", _("代わり・交換"), part="shifts", icon="arrow-left-right", right=Right.PLAN_SHIFTS),
    Section("hours", _("勤務時間"), part="shifts", icon="clock", right=Right.PLAN_SHIFTS),
    Section("care", _("相談員のケア"), part="shifts", icon="heart-handshake", right=Right.STEER),
    Section("staffing", _("受付と人員"), part="shifts", icon="gauge", right=Right.PLAN_SHIFTS),
    Section("arrangements", _("配慮が必要な方"), part="sessions", icon="hand-heart", right=Right.STEER),
    Section("practice", _("練習"), part="sessions", icon="drama", right=Right.WATCH_BOARD, practice=True),
    Section("calls", _("電話の予定"), part="sessions", icon="phone-call", right=Right.TAKE_SESSIONS),
    Section("follow-ups", _("要フォロー"), part="records", icon="list-todo", right=Right.TAKE_SESSIONS),
    Section("visits", _("訪問"), part="records", icon="map-pin", right=Right.TAKE_SESSIONS),
    Section("records", _("相談記録"), part="records", icon="notebook-pen", right=Right.TAKE_SESSIONS),
    Section("referrals", _("つなぎ"), part="records", icon="waypoints", right=Right.REFER),
    Section("disclosures", _("開示"), part="records", icon="file-text", right=Right.READ_ALL),
    Section("agencies", _("関係機関"), part="records", icon="handshake", right=Right.WATCH_BOARD),
    Section("surveys", _("アンケートの回答"), part="results", icon="message-square-heart", right=Right.SEE_RESULTS),
    Section("results", _("期間の結果"), part="results", icon="chart-column", right=Right.SEE_RESULTS),
    Section("own-sheets", _("委託元の様式"), part="results", icon="sheet", right=Right.SEE_RESULTS),
    Section("comparators", _("他の媒体との比較"), part="results", icon="scale", right=Right.SEE_RESULTS),
    Section("runs", _("確定版の報告書"), part="results", icon="stamp", right=Right.SEE_RESULTS),
    Section(
        "public_results",
        _("月の結果(公表用)"),
        part="results",
        icon="file-chart-column",
        right=Right.SEE_PUBLIC_RESULTS,
    ),
    Section("results-mails", _("結果の定期メール"), part="results", icon="mail", right=Right.SEE_PUBLIC_RESULTS),
    Section("setup", _("準備と公開"), part="setup", icon="list-checks", right=Right.CONFIGURE),
    Section("poster", _("ポスター"), part="setup", icon="qr-code", right=Right.CONFIGURE),
    Section("general", _("基本情報"), part="setup", icon="file-text", right=Right.CONFIGURE),
    Section("opening", _("受付時間"), part="setup", icon="calendar-clock", right=Right.CONFIGURE),
    Section("line", _("LINE"), part="setup", icon="message-circle", right=Right.CONFIGURE),
    Section("texts", _("自動メッセージ"), part="setup", icon="message-square-text", right=Right.CONFIGURE),
    Section("forms", _("フォーム"), part="setup", icon="clipboard-list", right=Right.CONFIGURE),
    Section("survey_plan", _("アンケートの送り方"), part="setup", icon="send", right=Right.CONFIGURE),
    Section("terms", _("利用規約"), part="setup", icon="file-check", right=Right.CONFIGURE),
    Section("contacts", _("緊急連絡先"), part="setup", icon="phone", right=Right.CONFIGURE),
    Section("telephone", _("電話"), part="setup", icon="phone-outgoing", right=Right.CONFIGURE),
    Section("danger_words", _("危険を示すことば"), part="setup", icon="triangle-alert", right=Right.CONFIGURE),
    Section("steps", _("緊急時の手順"), part="setup", icon="siren", right=Right.CONFIGURE),
    Section("replies", _("定型文"), part="setup", icon="text-quote", right=Right.WRITE_REPLIES),
    Section("team", _("チーム"), part="setup", icon="users", right=Right.MANAGE_TEAM),
    Section("connections", _("外部連携"), part="setup", icon="plug", right=Right.CONFIGURE),
    Section("retention", _("保存と削除"), part="setup", icon="archive", right=Right.CONFIGURE),
    Section("audit", _("監査ログ"), part="setup", icon="scroll-text", right=Right.READ_AUDIT),
)

Rights = dict[Program, frozenset[Right]]


@dataclass(frozen=True)
class Places:
    """Where the header leads a person: to the console, the wall, the back office, or only to their own pages."""

    console: bool
    wall: bool
    office: bool
    shifts: bool
    programs: bool


def places(request: HttpRequest) -> dict[str, Any]:
    """The context of every page: `places`, asked of the database only where the header shows them."""
    user = cast("User", request.user)
    return {"places": SimpleLazyObject(lambda: places_of(user, permissions.rights(user)))}


def places_of(user: User, rights: Rights) -> Places:
    """Which places these rights open to their holder."""
    held = frozenset[Right]().union(*rights.values())
    return Places(
        console=not held.isdisjoint({Right.TAKE_SESSIONS, Right.WATCH_BOARD}),
        wall=Right.STEER in held,
        office=bool(_first_page(rights)),
        shifts=Right.WORK_SHIFTS in held,
        programs=user.is_superuser or Right.CONFIGURE in held,
    )


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponseBase:
    """The back office's door: on to the first section a person may see."""
    address = first_page(cast("User", request.user))
    if not address:
        raise Http404
    return redirect(address)


def first_page(user: User) -> str:
    """The address of the first section `user` may see; empty where there is none."""
    return _first_page(permissions.rights(user))


def _first_page(rights: Rights) -> str:
    open_here = ((program.slug, _first_of(program, held)) for program, held in rights.items())
    return next((reverse(f"office:{name}", args=[slug]) for slug, name in open_here if name), "")


def office(right: Right) -> Callable[[OfficeView[P]], Callable[..., HttpResponseBase]]:
    """A page of a program in the back office, for those who hold `right` there; for others it does not exist (404)."""

    def decorate(view: OfficeView[P]) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            program = permissions.programs(cast("User", request.user), right).filter(slug=slug).first()
            if program is None:
                raise Http404
            try:
                return view(request, program, *args, **kwargs)
            except permissions.NotVisible as unseen:
                raise Http404 from unseen

        return guarded

    return decorate


def page(request: HttpRequest, template: str, program: Program, section: str, **context: Any) -> HttpResponseBase:
    """Render a page of the back office inside its frame (templates/office/frame.html)."""
    user = cast("User", request.user)
    rights = permissions.rights(user)
    here = rights.get(program, frozenset())
    open_here = open_sections(program, here)
    frame = {
        "program": program,
        "section": section,
        "parts": [(name, mine) for part, name in PARTS.items() if (mine := [o for o in open_here if o.part == part])],
        "programs": [(one, name) for one, held in rights.items() if (name := _first_of(one, held, section))],
        "places": places_of(user, rights),
    }
    return render(request, template, frame | context)


def open_sections(program: Program, held: frozenset[Right]) -> list[Section]:
    """The sections of a program that its holder of these rights may see."""
    return [one for one in SECTIONS if one.right in held and (program.practice or not one.practice)]


def _first_of(program: Program, held: frozenset[Right], section: str = "") -> str:
    """The name of the same section in another program, or of the first one open there; empty where none is."""
    names = [one.name for one in open_sections(program, held)]
    return section if section in names else next(iter(names), "")
