"""Practice in words: what was heard by the rule, how it moved a character, how a practice ended."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.actions.practice import Code
from counseling.feeds.practice import Felt
from counseling.practice import Ending, Heard

Words = str | Promise

# By what the rule went: told with every reply, so that nobody has to guess.
HEARD: dict[Heard, Words] = {
    Heard.DYING: _("死にたい気持ちについて、たずねることばがありました。"),
    Heard.BLAME: _("決めつけや励ましに聞こえることばがありました。"),
    Heard.CROWD: _("一度に3つ以上のことをたずねました。"),
    Heard.EARLY_ADVICE: _("聞いてもらえたと感じる前に、助言のことばがありました。"),
    Heard.ADVICE: _("聞いてもらえたと感じたあとの、助言のことばでした。"),
    Heard.EARLY_PARTING: _("話したいことを話す前に、終わりのことばがありました。"),
    Heard.PARTING: _("話したいことを話したあとの、終わりのことばでした。"),
    Heard.EMPATHY: _("気持ちを受けとめることばがありました。"),
    Heard.QUESTION: _("たずねることばがありました。"),
    Heard.PLAIN: _("受けとめることばも、たずねることばも見つかりませんでした。"),
    Heard.SILENCE: _("返事のない時間が、この人の待てる長さを過ぎました。"),
}
ENDINGS: dict[Ending, Words] = {
    Ending.THANKS: _("お礼を言って終わりました"),
    Ending.LEAVES: _("心を閉じて去りました"),
    Ending.SILENCE: _("返事を待ちきれずに去りました"),
    Ending.STOPPED: _("途中でやめました"),
    Ending.ELSEWHERE: _("相談員の側から終わりました"),
}
AGAINST: dict[Code, Words] = {
    "not_draft": _("公開したことのある窓口は、練習用にできません。複製して、練習用の窓口をつくってください。"),
    "visited": _("相談者が来たことのある窓口は、練習用にできません。複製して、練習用の窓口をつくってください。"),
    "line": _("本物のLINE公式アカウントにつながる窓口は、練習用にできません。"),
    "machines": _("APIキーや通知先がある窓口は、練習用にできません。先に、外部連携のページでやめてください。"),
}


@dataclass(frozen=True)
class Moved:
    """How a character was moved: a shape and a word. Write `icon="…"` with its keyword: the build finds icons by it."""

    icon: str
    word: Words


MOVED: dict[int, Moved] = {
    1: Moved(icon="trending-up", word=_("心が少し開きました")),
    0: Moved(icon="move-right", word=_("心は動きませんでした")),
    -1: Moved(icon="trending-down", word=_("心が少し閉じました")),
}


def why(felt: Felt) -> str:
    """What the rule went by, with the words that showed it."""
    found = " ".join(gettext("「%(words)s」") % {"words": words} for words in felt.because)
    return f"{HEARD[felt.heard]} {found}".rstrip()
