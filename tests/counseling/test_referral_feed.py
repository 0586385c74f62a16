"""Referrals as they are read: a visitor's timeline, and how much each agency was asked for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.feeds import agency_load
from counseling.feeds import referrals as feed
from counseling.feeds.agency_load import Load
from counseling.models import Agency, Program, Referral, Session
from tests.counseling.actions.directories import an_agency
from tests.counseling.actions.referred import TOLD, note, refer, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(active: Session, haru: User) -> Referral:
    """Haru telephoned an agency, as Sora had agreed."""
    return refer(active, haru)


def test_a_visitor_s_timeline_tells_what_its_reader_may_read(
    referral: Referral, haru: User, mio: User, ren: User
) -> None:
    note(referral, haru, "connected", words="つながった由")
    ids = [referral.session.visitor_id]
    told_mio = [(one.did, one.name, one.words) for one in feed.of_visitors(mio, ids)]
    assert told_mio == [("made", "女性相談センター", TOLD), ("ended", "女性相談センター", "つながった由")]
    assert feed.of_visitors(ren, ids) == []


def test_load_counts_by_age_and_by_result(active: Session, program: Program, haru: User) -> None:
    there, now = an_agency(program), timezone.now()
    made = [refer(active, haru, told(agency_id=there.pk)) for _time in range(4)]
    for one, days in zip(made, (1, 10, 100, 400), strict=True):
        Referral.objects.filter(pk=one.pk).update(at=now - timedelta(days=days))
    note(made[1], haru, "connected")
    note(made[2], haru, "unknown", given_up="silent")
    assert agency_load.loads([there.pk], now) == {there.pk: Load(1, 2, 3, 2, 1, 0, 1)}
    Session.objects.update(trial=True)
    assert agency_load.loads([there.pk], now) == {}


def test_agencies_are_put_in_order_by_what_they_were_asked_for(active: Session, program: Program, haru: User) -> None:
    quiet, busy = an_agency(program, name="ア"), an_agency(program, name="イ")
    made = refer(active, haru, told(agency_id=busy.pk))
    rows, now = Agency.objects.filter(program=program), timezone.now()
    assert list(agency_load.in_order(rows, "load", now)) == [busy, quiet]
    note(made, haru, "connected")
    assert list(agency_load.in_order(rows, "open", now)) == [quiet, busy]
    quiet.checked_on = timezone.localdate()
    quiet.save()
    busy.checked_on = timezone.localdate() - timedelta(days=9)
    busy.save()
    assert list(agency_load.in_order(rows, "checked", now)) == [busy, quiet]
