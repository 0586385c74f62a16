"""Whether a program receives now, and why, in words."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from counseling.events import Reception
from counseling.models import Program
from counseling.pages.forecast_words import lines_words


def why(reception: Reception) -> str:
    """One sentence: open or not, and what it waits for."""
    return _hours(reception) if reception["stage"] == "open" else _stage(reception)


def _hours(reception: Reception) -> str:
    """How it stands by its hours and its people."""
    if not reception["open"]:
        if reception["next_open"]:
            return _("いまは受付時間外です。次は%(at)sに始まります。") % {"at": moment(reception["next_open"])}
        return _("いまは受付時間外です。次の受付は決まっていません。")
    if not reception["intake_open"]:
        return _("新しい相談の受付は終わりました。対応中の相談は続いています。")
    if not reception["staffed"]:
        return _("受付時間ですが、人数がそろうまで受付を止めています。")
    if reception["closes_at"]:
        return _("いま受付中です。%(at)sに閉まります。") % {"at": clock(reception["closes_at"])}
    return _("いま受付中です。")


def _stage(reception: Reception) -> str:
    """What keeps the program from the public, whatever its hours say."""
    if reception["stage"] == "draft":
        return _("まだ公開していません。")
    paused = reception["paused"]
    if paused is None:
        return _("終了しました。")
    at, by = moment(paused["since"]), paused["by"]
    if by:
        return _("%(at)sに%(who)sさんが受付を停止しました。") % {"at": at, "who": by["name"]}
    return _("%(at)sから受付を停止しています。") % {"at": at}


def facts(program: Program, reception: Reception, now: datetime) -> list[tuple[str, str]]:
    """What that sentence rests on: a label and its value each."""
    return [
        (_("受付時間"), reception["hours"]),
        (_("勤務している人"), _staffing(reception)),
        (_("開いている回線"), lines_words(reception["lines"])),
        (_("増強"), _surge(program, reception, now)),
    ]


def _staffing(reception: Reception) -> str:
    """「勤務 2/2人・SV 1/1人」, as the console says it; without a rule only who is there."""
    pairs = [(reception[name], reception[least]) for name, least in RULES]  # type: ignore[literal-required]
    people, supervisors = (f"{there}/{least}" if least else str(there) for there, least in pairs)
    return _("勤務 %(people)s人・SV %(supervisors)s人") % {"people": people, "supervisors": supervisors}


RULES = (("on_duty", "least_on_duty"), ("supervisors", "least_supervisors"))


def _surge(program: Program, reception: Reception, now: datetime) -> str:
    more: dict[str, Any] = {"lines": program.surge_lines}
    if not program.surge_lines:
        return _("増強する回線数が決まっていません")
    if reception["surge_until"]:
        more["at"] = moment(reception["surge_until"])
        return _("%(at)sまで、1人あたり%(lines)d回線ふやしています") % more
    if program.surge_at(now):
        return _("受付開始から1時間は、1人あたり%(lines)d回線ふやしています") % more
    return _("していません(1人あたり%(lines)d回線ふやせます)") % more


def moment(stamp: str) -> str:
    """A day and its time, as people say them in Japan."""
    at = timezone.localtime(datetime.fromisoformat(stamp))
    return f"{date_format(at, 'MONTH_DAY_FORMAT')} {clock(stamp)}"


def clock(stamp: str) -> str:
    """The time of day."""
    return f"{timezone.localtime(datetime.fromisoformat(stamp)):%H:%M}"
