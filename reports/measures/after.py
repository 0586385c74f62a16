"""What came after the talk: visits (訪問) and follow-ups (要フォロー), each counted once for the access they came from.

They are read of the rows of follow-ups and visits, whose codes and times outlive their words.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counseling.follow_ups import FollowState
from counseling.models import FollowUp, Outreach
from reports.measures.counts import COUNTED, Measure


def _followed(**which: object) -> Q:
    """Accesses that led to a follow-up of this kind; what was waived is none."""
    return COUNTED & Q(pk__in=FollowUp.objects.filter(waived=False, session__isnull=False, **which).values("session"))


VISITED = Measure(
    "visited",
    _("訪問"),
    _("アクセスのうち、そこから申し出た訪問で、行った人が到着を知らせたものです。何度行っても1件と数えます。"),
    COUNTED & Q(pk__in=Outreach.objects.filter(arrived_at__isnull=False, session__isnull=False).values("session")),
)
FOLLOWED = Measure(
    "followed",
    _("要フォロー(新規)"),
    _("アクセスのうち、そこから要フォローを立てたものです。いくつ立てても1件と数えます。"),
    _followed(),
)
FOLLOW_OPEN = Measure(
    "follow_open",
    _("要フォロー(継続中)"),
    _("要フォロー(新規)のうち、まだ終わっていない要フォローがあるものです。数えた時点の状態です。"),
    _followed(ended_at=None),
)
FOLLOW_DONE = Measure(
    "follow_done",
    _("要フォロー(済み)"),
    _("要フォロー(新規)のうち、済みになった要フォローがあるものです。打ち切りは数えません。"),
    _followed(state=FollowState.DONE),
)
AFTER: tuple[Measure, ...] = (VISITED, FOLLOWED, FOLLOW_OPEN, FOLLOW_DONE)
