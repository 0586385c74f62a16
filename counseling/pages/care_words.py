"""Why a talk was heavy, how a debrief came out and what a review sheet asks, in the words people read."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counseling.care import Debrief, Weight

WEIGHTS: dict[Weight, str | Promise] = {
    Weight.RISK: _("緊急度が高くなりました"),
    Weight.LONG: _("長い相談でした"),
    Weight.SAID: _("本人がしんどかったとしています"),
}
# The same, said to the person.
OWN_WEIGHTS: dict[Weight, str | Promise] = WEIGHTS | {Weight.SAID: _("しんどかった、とあなたが選びました")}
DEBRIEFS: dict[Debrief, str | Promise] = {
    Debrief.TALKED: _("話しました"),
    Debrief.NOT_NEEDED: _("本人の希望で、なしにしました"),
}
# By question: its name, and what helps to answer it.
ASKED: dict[str, tuple[Any, Any]] = {
    "went_well": (_("よかったところ"), _("相談者に届いたことば、助けになった関わりなど。小さなことでも。")),
    "was_hard": (_("むずかしかったところ"), _("迷った場面、つらかったところ。だれのせいでもなく。")),
    "to_try": (_("次に試したいこと"), _("似た相談があったら、どうしてみたいか。")),
    "next_step": (_("二人で決めた次の一歩"), _("いつ、だれが、何をするか。まだなら、空のままで。")),
}
