"""What the pages of frozen runs say."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports import words
from reports.actions.releases import CannotRelease, Reason
from reports.actions.runs import Why

FREEZING: dict[Why, str | Promise] = {
    Why.PRACTICE: gettext_lazy("練習用の窓口なので、確定版は作れません。"),
    Why.NOT_OVER: gettext_lazy("この期間はまだ終わっていません。最後の日の受付が終わってから作れます。"),
    Why.UNDER_WAY: gettext_lazy("この期間の確定版を、いま作っています。できあがるまでお待ちください。"),
    Why.REASON: gettext_lazy("この期間の確定版はもうあります。作り直す理由を書いてください。"),
}
RELEASING: dict[Reason, str | Promise] = {
    Reason.NOT_MADE: gettext_lazy("まだできていないので、公開できません。"),
    Reason.NOT_RELEASED: gettext_lazy("先に委託元に公開してください。公表できるのは、公開したものだけです。"),
    Reason.PERIOD: gettext_lazy("公開できるのは、終わった月と、終わった年度の確定版です。"),
    Reason.MONTHS_FIRST: gettext_lazy("年度の確定版の前に、各月の確定版を公開してください。まだの月: %(periods)s"),
    Reason.YEAR_TELLS: gettext_lazy(
        "公開中の年度の確定版(%(periods)s)と引き算すると、少ない数が分かってしまいます。先に年度の公開を取り下げてください。"
    ),
}


def why_not_released(error: CannotRelease) -> str:
    """What stands in the way, and what to do."""
    named = _("、").join(words.period(one, eras=False) for one in reversed(error.periods))
    return str(RELEASING[error.reason]) % {"periods": named}
