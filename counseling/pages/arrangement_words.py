"""What is arranged for a visitor, in words: reasons, numbers, and what is wrong with a decision."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from counseling import arrangements
from counseling.arrangements import Agreed, BlockReason

Words = str | Promise
REASONS: dict[str, Words] = {
    BlockReason.ABUSE: _("相談員への暴言・いやがらせ"),
    BlockReason.SEXUAL: _("性的な内容のくり返し"),
    BlockReason.THREAT: _("脅し"),
    BlockReason.PRANK: _("いたずらのくり返し"),
    BlockReason.LIMITS: _("約束した目安が守られない"),
    BlockReason.OTHER: _("その他"),
}
NUMBERS: dict[str, Words] = {
    "per_day": _("1日の回数"),
    "per_week": _("1週間の回数"),
    "minutes": _("1回の時間(分)"),
}
BOUNDS = {"per_day": arrangements.PER_DAY, "per_week": arrangements.PER_WEEK, "minutes": arrangements.MINUTES}


def agreed_words(agreed: Agreed) -> str:
    """「1日1回まで、1回50分まで」."""
    parts = []
    if agreed.per_day is not None:
        parts.append(ngettext("1日%(count)s回まで", "1日%(count)s回まで", agreed.per_day) % {"count": agreed.per_day})
    if agreed.per_week is not None:
        said = ngettext("1週間に%(count)s回まで", "1週間に%(count)s回まで", agreed.per_week)
        parts.append(said % {"count": agreed.per_week})
    if agreed.minutes is not None:
        parts.append(gettext("1回%(count)s分まで") % {"count": agreed.minutes})
    return gettext("、").join(parts)


def left_words(ends_on: date, today: date) -> str:
    """「あと3日」, for the last day on which something holds."""
    days = (ends_on - today).days
    if days <= 0:
        return gettext("きょうまで")
    return ngettext("あと%(count)s日", "あと%(count)s日", days) % {"count": days}


def problem(field: str, code: str, bounds: tuple[int, int]) -> str:
    """What is wrong with what was decided, and what to do. `bounds`: the fewest and the most days."""
    if code == "out_of_bounds":
        least, most = BOUNDS[field]
        return gettext("%(least)sから%(most)sまでの数で書いてください。") % {"least": least, "most": most}
    return {
        "nothing_agreed": gettext("回数か時間の、少なくともひとつを決めてください。"),
        "more_than_a_week": gettext("1週間の回数より多くはできません。"),
        "past": gettext("あす以降の日を選んでください。"),
        "too_far": gettext("きょうから%(most)s日以内の日を選んでください。先のことは、そのときにもう一度決めます。")
        % {"most": bounds[1]},
    }[code]
