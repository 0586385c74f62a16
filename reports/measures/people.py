"""Who the people behind the accesses were, as far as anybody may count it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counseling.models.risk import RISKS
from reports.measures.counts import ANSWERED, Measure

# Counts visitors, not accesses; so it cannot be summed over days.
VISITORS = Measure(
    "visitors",
    _("実人数"),
    _("対応した相談の相談者を、同じ方は1人として数えます。期間の実人数は、月ごとの実人数の合計とは一致しません。"),
    ANSWERED.condition,
)
NEW = Measure(
    "new",
    _("はじめての相談"),
    _("対応件数のうち、その方の1回目の相談です。期間の前からの回数で見ます。"),
    ANSWERED.condition & Q(visits__lte=1),
)
RETURNING = Measure(
    "returning",
    _("2回目からの相談"),
    _("対応件数のうち、その方の2回目からの相談です。"),
    ANSWERED.condition & Q(visits__gt=1),
)
RISK: tuple[Measure, ...] = tuple(
    Measure(
        f"risk_{level.name.lower()}",
        name,
        _("対応件数を、その相談の最後の緊急度で分けます。"),
        ANSWERED.condition & Q(risk=level),
    )
    for level, name in RISKS.items()
)
