"""What is counted of the accesses: how many there were, and what became of each.

A measure is a condition over the table of sessions alone, so it outlives the words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counseling.lifecycle import OPEN, Classification, EndReason, Medium, Refusal, State

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Measure:
    """A number of accesses: those for which `condition` holds."""

    key: str
    name: str | Promise
    definition: str | Promise
    condition: Q


@dataclass(frozen=True)
class Ratio:
    """One measure in per cent of another: half up, one decimal; nothing where the whole is 0."""

    key: str
    name: str | Promise
    definition: str | Promise
    part: Measure
    whole: Measure


@dataclass(frozen=True)
class Partition:
    """Parts of a whole that leave nothing out and count nothing twice: of two that apply the earlier one counts."""

    whole: Measure
    candidates: tuple[Measure, ...]

    @cached_property
    def parts(self) -> tuple[Measure, ...]:
        """The parts, each without what the ones before it took."""
        rest, parts = self.whole.condition, []
        for one in self.candidates:
            parts.append(replace(one, condition=rest & one.condition))
            rest &= ~one.condition
        return tuple(parts)

    def total(self, counts: Counts) -> int:
        """The sum of the parts."""
        return sum(counts[part.key] for part in self.parts)

    def holds(self, counts: Counts) -> bool:
        """The check that every report prints: whether the parts sum to the whole."""
        return self.total(counts) == counts[self.whole.key]


def _is(classification: Classification, reason: EndReason) -> Q:
    """What a person confirmed; until then, why the talk was ended."""
    return Q(classification=classification) | Q(classification="", end_reason=reason)


# Arrived while reception was not meant to be open: by its hours, its dates, or because somebody had paused it.
OUTSIDE_THE_HOURS = (
    Refusal.OFF_HOURS,
    Refusal.AFTER_INTAKE_CLOSE,
    Refusal.NOT_YET,
    Refusal.PERIOD_OVER,
    Refusal.PAUSED,
    Refusal.CLOSED,
)
_outside = Q(refusal__in=OUTSIDE_THE_HOURS)
_out_of_scope = (
    Q(refusal=Refusal.OUT_OF_SCOPE)
    | Q(state=State.OUT_OF_SCOPE)
    | _is(Classification.OUT_OF_SCOPE, EndReason.OUT_OF_SCOPE)
)
# What was told of afterwards, by telephone or at a visit, is no access.
COUNTED = Q(trial=False, medium=Medium.CHAT) & ~Q(classification=Classification.TEST)
_answered = Q(first_response_at__isnull=False)
_replied = Q(last_visitor_at__isnull=False, last_visitor_at__gt=F("first_response_at"))

ACCESSES = Measure(
    "accesses",
    _("アクセス数"),
    _(
        "最初のことば、または「相談する」の数です。終わった相談のあとや、決められた時間の沈黙のあとは、新しい1件と数えます。試しの相談と、あとから記録した電話や訪問の相談は数えません。"
    ),
    COUNTED,
)
IN_HOURS = Measure(
    "in_hours",
    _("うち時間内"),
    _("アクセスのうち、受付を開いている時間に届いたものです。人が足りず受け付けられなかったものも含みます。"),
    COUNTED & ~_outside,
)
ANSWERED = Measure(
    "answered",
    _("対応件数"),
    _("アクセスのうち、相談員が1通でも送ったものです。"),
    COUNTED & _answered,
)
OUTCOMES = Partition(
    ACCESSES,
    (
        Measure("out_of_hours", _("時間外"), _("受付時間の外か、受付を止めているあいだに届いたものです。"), _outside),
        Measure(
            "out_of_scope", _("対象外"), _("対象となる地域や内容ではないと、人が確かめたものです。"), _out_of_scope
        ),
        Measure(
            "turned_away",
            _("受け付けられず"),
            _("受付を開いている時間に届き、人が足りない、1日の上限をこえたなどの理由で受け付けられなかったものです。"),
            ~Q(refusal=""),
        ),
        Measure(
            "prank",
            _("いたずら"),
            _("いたずらと、人が確かめたものです。"),
            _is(Classification.PRANK, EndReason.PRANK),
        ),
        Measure(
            "valid",
            _("有効相談件数"),
            _("対応したもののうち、相談員の最初のことばのあとに相談者が書いたものです。いたずらと対象外は除きます。"),
            _answered & _replied,
        ),
        Measure(
            "no_reply", _("応答なし"), _("対応したもののうち、そのあと相談者のことばがなかったものです。"), _answered
        ),
        Measure(
            "pending",
            _("対応待ち"),
            _("いま待っているか、担当が決まって最初の返事がまだのものです。"),
            Q(state__in=sorted(OPEN)),
        ),
        Measure("unanswered", _("未対応"), _("相談員のことばが1通もないまま終わったものです。"), Q()),
    ),
)
VALID = next(part for part in OUTCOMES.parts if part.key == "valid")
THANKFUL = Measure(
    "thankful",
    _("感謝で終了"),
    _("有効相談のうち、感謝のことばで終わったと相談員が記録したものです。"),
    VALID.condition & Q(thankful_end=True),
)

PHONED = Measure(
    "phoned",
    _("電話移行"),
    _(
        "アクセスのうち、電話で話せた、または「電話へ」として終えたと、人が記録したものです。何度かけても1件と数えます。"
    ),
    COUNTED & Q(phoned_at__isnull=False),
)

# Each counted once, whatever it is part of; what came after the talk is in measures.after.
BEFORE: tuple[Measure, ...] = (ACCESSES, IN_HOURS, ANSWERED, *OUTCOMES.parts, THANKFUL, PHONED)
HEADLINES: tuple[Measure, ...] = (ACCESSES, IN_HOURS, ANSWERED, VALID)
RATIOS: tuple[Ratio, ...] = (
    Ratio("answer_rate", _("応答率"), _("対応件数 ÷ うち時間内(%、小数第1位まで四捨五入)"), ANSWERED, IN_HOURS),
    Ratio(
        "thankful_rate",
        _("感謝で終了した割合"),
        _("感謝で終了 ÷ 有効相談件数(%、小数第1位まで四捨五入)"),
        THANKFUL,
        VALID,
    ),
)
