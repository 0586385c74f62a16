"""Words that were refused or may not have arrived: a person decides, and only who may."""

import pytest

from accounts.models import User
from counseling.actions import delivery_decisions, friends
from counseling.actions.delivery_decisions import CannotDecide
from counseling.models import Channel, Delivery, Session
from counseling.outcomes import Verdict
from counseling.permissions import NotVisible
from tests.conftest import SORA
from tests.counseling.actions.conftest import Reply, changes, claim, nothing_to_claim, record, state


def test_resending_owes_the_same_message_under_a_new_key(quiet: Session, reply: Reply, haru: User) -> None:
    refused = reply("届かなかった言葉")
    record(claim(quiet), Verdict.REFUSED, "http_400")
    again = delivery_decisions.decide(delivery_id=refused.pk, by=haru, decision="resend")
    assert state(refused) == ("dismissed", "resend")
    push = claim(quiet)
    assert (push.ids, push.texts) == ((again.pk,), ("届かなかった言葉",))
    assert push.key != refused.push_key


@pytest.mark.parametrize(("decision", "expected"), [("arrived", "sent"), ("dismiss", "dismissed")])
def test_a_person_decides_on_what_may_not_have_arrived(
    quiet: Session, reply: Reply, haru: User, decision: str, expected: str
) -> None:
    delivery = reply()
    Delivery.objects.filter(pk=delivery.pk).update(state="unknown")
    delivery_decisions.decide(delivery_id=delivery.pk, by=haru, decision=decision)
    assert state(delivery) == (expected, decision)
    assert changes(quiet) == 1
    assert nothing_to_claim(quiet)


@pytest.mark.parametrize("now", ["queued", "sending", "sent", "dismissed"])
def test_nothing_is_decided_on_what_is_on_its_way_or_done(reply: Reply, haru: User, now: str) -> None:
    delivery = reply()
    Delivery.objects.filter(pk=delivery.pk).update(state=now)
    for decision in ("resend", "dismiss", "arrived", "burn"):
        with pytest.raises(CannotDecide):
            delivery_decisions.decide(delivery_id=delivery.pk, by=haru, decision=decision)


def test_resending_twice_sends_once(quiet: Session, reply: Reply, haru: User) -> None:
    refused = reply()
    record(claim(quiet), Verdict.REFUSED)
    delivery_decisions.decide(delivery_id=refused.pk, by=haru, decision="resend")
    with pytest.raises(CannotDecide):
        delivery_decisions.decide(delivery_id=refused.pk, by=haru, decision="resend")


def test_the_supervisor_may_decide(reply: Reply, mio: User) -> None:
    delivery = reply()
    Delivery.objects.filter(pk=delivery.pk).update(state="unknown")
    delivery_decisions.decide(delivery_id=delivery.pk, by=mio, decision="arrived")
    assert state(delivery)[0] == "sent"


@pytest.mark.parametrize("name", ["ren", "aoi", "kei", "nao"])
def test_nobody_else_may_decide(reply: Reply, name: str, request: pytest.FixtureRequest) -> None:
    delivery = reply()
    Delivery.objects.filter(pk=delivery.pk).update(state="unknown")
    with pytest.raises(NotVisible):
        delivery_decisions.decide(delivery_id=delivery.pk, by=request.getfixturevalue(name), decision="resend")


def test_a_notice_without_a_session_is_nobody_s_to_decide(line_channel: Channel, mio: User) -> None:
    friends.follow(channel_id=line_channel.pk, identity=SORA)
    with pytest.raises(NotVisible):
        delivery_decisions.decide(delivery_id=Delivery.objects.get().pk, by=mio, decision="dismiss")
