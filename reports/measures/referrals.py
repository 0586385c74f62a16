"""What visitors were connected to (つなぎ): conditions over the table of referrals, by the day their session came.

A referral is counted with the session it was made in, so that all figures of a day tell of the same people.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counseling.lifecycle import Classification
from counseling.models import AgencyKind
from counseling.models.referral import Level, Outcome
from reports.measures.counts import Measure, Partition

REFERRALS = Measure(
    "referrals",
    _("つなぎ"),
    _(
        "相談者を機関につないだ数です。1つの相談から2つの機関につないだら2件で、相談が届いた日に数えます。電話や訪問の相談からのつなぎも入り、試しの相談は入りません。"
    ),
    Q(session__trial=False) & ~Q(session__classification=Classification.TEST),
)
KINDS = Partition(
    REFERRALS,
    tuple(Measure(f"to_{kind.value}", kind.label, _("つないだ機関の種別です。"), Q(kind=kind)) for kind in AgencyKind),
)
LEVELS = Partition(
    REFERRALS,
    tuple(
        Measure(f"level_{level.value}", level.label, _("どこまでつないだか、いまの記録によります。"), Q(level=level))
        for level in Level
    ),
)
_agreed = Q(consented_at__isnull=False)
CONSENTS = Partition(
    REFERRALS,
    (
        Measure(
            "consent_withdrawn",
            _("同意のあと撤回"),
            _("同意があり、あとで撤回されたものです。"),
            Q(withdrawn_at__isnull=False),
        ),
        Measure("consent_agreed", _("同意あり"), _("ご本人の同意があるものです。"), _agreed | Q(ground="consent")),
        Measure(
            "consent_life", _("生命の保護"), _("同意なしに、生命の保護のため機関に伝えたものです。"), Q(ground="life")
        ),
        Measure(
            "consent_none",
            _("機関に連絡していない"),
            _("情報や連絡先だけをお伝えし、こちらから機関に連絡していないものです。"),
            Q(),
        ),
    ),
)
RESULTS = Partition(
    REFERRALS,
    (
        *(
            Measure(f"result_{one.value}", one.label, _("結果は、いま分かっているところによります。"), Q(result=one))
            for one in Outcome
        ),
        Measure("result_awaited", _("結果待ち"), _("まだ結果が分からず、聞くことになっているものです。"), Q(result="")),
    ),
)
REFERRED: tuple[Measure, ...] = (REFERRALS, *KINDS.parts, *LEVELS.parts, *CONSENTS.parts, *RESULTS.parts)
