"""Which referrals (つなぎ) a person may read: asked again at every read, as all permissions are (permissions.py)."""

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right, holders
from counseling.models import Membership, Referral


def visible_referrals(user: User) -> QuerySet[Referral]:
    """Referrals whose words `user` may read: all of the programs they coordinate or supervise.

    Else those of their own talks, for as long as they may read its record, and those they are to ask after.
    """
    all_of, some_of = _programs_with(Right.FOLLOW_REFERRALS, user), _programs_with(Right.REFER, user)
    lately = Q(session__closed_at=None) | Q(
        session__closed_at__gt=timezone.now() - F("session__program__record_read_for")
    )
    own = (Q(session__counselor=user) & lately) | Q(owner=user, ended_at=None)
    rows = Referral.objects.filter(Q(session__program__in=all_of) | (own & Q(session__program__in=some_of)))
    with_them = ("session__visitor", "session__program", "session__counselor", "agency", "by", "owner")
    return rows.select_related(*with_them, "contacted_by", "consent_asked_by", "contact")


def _programs_with(right: Right, user: User) -> QuerySet[Membership, int]:
    held = Membership.objects.filter(user=user, user__is_active=True, role__in=holders(right))
    return held.values_list("program_id", flat=True)
