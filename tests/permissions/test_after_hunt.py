"""What follows a talk is hunted on every wire: consents, letters, follow-ups, visits, records, answers to surveys.

Who may read them at which address is held by the permission table itself (afterwards.READERS).
"""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from counseling.actions import follow_clock, referral_clock, visit_clock
from counseling.models import FollowUp, Outreach, Referral
from counseling.tasks import MAILS
from tests.canaries import forms
from tests.permissions.afterwards import READERS
from tests.permissions.asking import content
from tests.permissions.test_whisper_hunt import WIRES, Hunt, Wire, hunt, seen_by_staff

__all__ = ["hunt"]
pytestmark = pytest.mark.django_db
OVERDUE = ("follow_ups", "referrals", "visits")


def clocks(_hunt: Hunt) -> bytes:
    """The mails that something is overdue."""
    long_ago = timezone.now() - timedelta(days=20)
    FollowUp.objects.update(due_at=long_ago)
    Referral.objects.update(due_on=long_ago.date())
    Outreach.objects.update(state="planned", arrive_by=long_ago, leave_by=long_ago)
    for clock in (follow_clock, referral_clock, visit_clock):
        clock.watch()
    for which in OVERDUE:
        while MAILS[which][1](now=timezone.now()):
            pass
    assert len(mail.outbox) >= len(OVERDUE)
    return b"".join(one.message().as_bytes() for one in mail.outbox)


def seen_by_the_administrator(name: str) -> Wire:
    """What the administrator gets of a page that is theirs."""
    return lambda hunt: content(hunt.staff("aoi").get(hunt.path(name)))


ALSO: dict[str, Wire] = {
    "mails of what is overdue": clocks,
    "the list of records": seen_by_staff("office:records"),
    "the list of referrals": seen_by_staff("office:referrals"),
    "the console": seen_by_staff("console"),
    "how surveys are sent": seen_by_the_administrator("office:survey_plan"),
    "retention": seen_by_the_administrator("office:retention"),
}


def found(told: bytes) -> list[str]:
    """Which of the hunted words stand in it; of a number there is no end to leave away."""
    return [
        words
        for words in READERS
        if any(form in told for form in forms(words if "⟦" in words else f"***{words}***").values())
    ]


@pytest.mark.parametrize("wire", WIRES | ALSO)
def test_nothing_of_what_follows_a_talk_leaves_the_house(wire: str, hunt: Hunt) -> None:
    told = (WIRES | ALSO)[wire](hunt)
    assert told
    assert found(told) == []


def test_who_may_read_them_does(hunt: Hunt) -> None:
    """The hunted words stand in the house, and in this form."""
    names = ("office:record", "office:follow-up", "office:visit", "office:referral", "office:referral-letter-made")
    told = b"".join(content(hunt.staff("mio").get(hunt.path(name))) for name in (*names, "office:surveys"))
    told += content(hunt.staff("aoi").get(hunt.path("office:surveys")))
    told += content(hunt.staff("mio").post(hunt.path("office:visit-address")))
    hidden = {words for words, readers in READERS.items() if not readers}
    assert set(found(told)) == set(READERS) - hidden
