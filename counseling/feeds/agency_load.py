"""How much a program's agencies were asked for: who is flooded, and what became of those referred there (つなぎ)."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet

from counseling.models import Agency, Referral
from counseling.models.referral import Outcome


class Load(NamedTuple):
    """Referrals to one agency: of the last 7, 28 and 365 days, those not known yet, and the results of the year."""

    week: int = 0
    month: int = 0
    year: int = 0
    open: int = 0
    connected: int = 0
    declined: int = 0
    unknown: int = 0


NONE = Load()
DAYS = {"week": 7, "month": 28, "year": 365}
SORTS = ("load", "open", "checked")


def loads(agency_ids: list[int], now: datetime) -> dict[int, Load]:
    """The load of each of these agencies that has any; trials do not count. One query."""
    rows = Referral.objects.filter(agency__in=agency_ids, session__trial=False).order_by().values_list("agency")
    counts = {f"n_{name}": Count("pk", filter=which) for name, which in _counts(now).items()}
    return {agency: Load(*found) for agency, *found in rows.annotate(**counts)}


def _counts(now: datetime) -> dict[str, Q]:
    since = {name: Q(at__gt=now - timedelta(days=days)) for name, days in DAYS.items()}
    results = {one.value: since["year"] & Q(result=one) for one in Outcome}
    return since | {"open": Q(ended_at=None)} | results


def in_order(rows: QuerySet[Agency], sort: str, now: datetime) -> QuerySet[Agency]:
    """The same agencies: the most asked for first, those with most unknown first, or the longest unchecked first."""
    if sort == "checked":
        return rows.order_by(F("checked_on").asc(nulls_first=True), "folded_name", "pk")
    counted = Q(referrals__session__trial=False)
    counted &= Q(referrals__ended_at=None) if sort == "open" else Q(referrals__at__gt=now - timedelta(days=28))
    return rows.annotate(asked=Count("referrals", filter=counted)).order_by("-asked", "folded_name", "pk")
