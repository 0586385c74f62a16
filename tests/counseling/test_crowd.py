"""The first minutes of a disaster's program: everybody is received, told the truth, and served in their turn.

Counts, not times: 300 people, as many as come in the first minute; friends by the thousand are flood's
(`manage.py flood --friends 5000 --seconds 600`), here there are 500 of them.
"""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling import tasks
from counseling.actions import inbox, sessions
from counseling.lifecycle import State
from counseling.models import Channel, Delivery, InboundEvent, Message, Program, Session, Visitor
from counseling.triage import Risk
from tests.conftest import person
from tests.counseling.gateways.line.posting import event, post_events, text_event
from tests.counseling.gateways.web.conftest import PAGE, filled

# In one transaction of so many savepoints every reading would walk over all that was written before.
pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, FRIENDS, A_WEBHOOK = 300, 500, 100
COUNSELORS, LINES = 50, 6
TOLD = re.compile(r"いま(\d+)人がお待ちで、あなたは(\d+)番目です")
# Every so many, somebody whose words suggest danger.
IN_DANGER_EVERY = 50


@pytest.fixture(autouse=True)
def _nothing_is_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker is not there: what is owed stands in the database."""
    monkeypatch.setattr("counseling.later.wake", lambda *_args, **_options: True)


def arrive(program: Program) -> Iterator[Session]:
    """One after another on the page and on LINE; what each sitting is after its visitor was answered."""
    for number in range(PEOPLE):
        words = "もう死にたいです" if number % IN_DANGER_EVERY == IN_DANGER_EVERY - 1 else "眠れません"
        if number % 2:
            user = f"U{number:032x}"
            assert post_events(text_event(words, number, user)) == 200
        else:
            assert Client().post(f"{PAGE}start", filled(program, line=words)).status_code == 302
        yield Session.objects.select_related("visitor__channel", "program").latest("pk")


def told(session: Session) -> tuple[int, int]:
    """How many wait, and at which place one stands, as the visitor read it."""
    said = session.messages.get(auto_key="accepted").words(session.visitor.key())
    found = TOLD.search(said)
    assert found is not None, said
    return int(found[1]), int(found[2])


@pytest.fixture
def crowd(program: Program, line_channel: Channel, web_channel: Channel) -> list[tuple[Session, int, int]]:
    """Everybody who came, in the order in which they came, with what they were told."""
    return [(session, *told(session)) for session in arrive(program)]


def test_everybody_is_received_told_the_truth_and_served_in_turn(
    crowd: list[tuple[Session, int, int]], program: Program
) -> None:
    everybody = [session for session, _waiting, _place in crowd]
    assert {session.state for session in everybody} == {State.WAITING}
    assert len({session.visitor_id for session in everybody}) == PEOPLE
    assert [waiting for _session, waiting, _place in crowd] == list(range(1, PEOPLE + 1))
    in_danger = 0
    for number, (session, waiting, place) in enumerate(crowd, start=1):
        in_danger += session.risk >= Risk.HIGH
        # Who is in danger stands behind those in danger only, everybody else behind all who came before.
        assert place == (in_danger if session.risk >= Risk.HIGH else number), waiting
    served = [sessions.claim_next(program_id=program.pk, by=one).pk for one in takers(program) for _ in range(LINES)]
    ordered = sorted(everybody, key=lambda one: -one.risk)  # stable: within a risk as they came
    assert served == [session.pk for session in ordered]
    assert in_danger == PEOPLE // IN_DANGER_EVERY


def takers(program: Program) -> list[User]:
    """Enough counselors on duty for all of them."""
    Program.objects.filter(pk=program.pk).update(capacity=LINES)
    return [person(f"C{number}", program, Role.COUNSELOR) for number in range(COUNSELORS)]


def take_in_all() -> None:
    """What the worker does with what a webhook's second was too short for."""
    while due := inbox.due_sources(now=timezone.now()):
        for channel_id, source in due:
            tasks.take_in(channel_id, source)


def test_every_friend_is_kept_once_and_greeted_once(line_channel: Channel) -> None:
    follows = [event("follow", number, f"U{number:032x}") for number in range(FRIENDS)]
    parcels = [follows[place : place + A_WEBHOOK] for place in range(0, FRIENDS, A_WEBHOOK)]
    # LINE sends some again, whole or in part, and in another order.
    again = [one | {"deliveryContext": {"isRedelivery": True}} for one in follows[::7]]
    assert [post_events(*parcel) for parcel in (*parcels, parcels[1], again[::-1])] == [200] * (len(parcels) + 2)
    take_in_all()
    assert InboundEvent.objects.count() == FRIENDS
    assert set(InboundEvent.objects.values_list("state", flat=True)) == {"done"}
    assert Visitor.objects.count() == FRIENDS
    greeted = Counter(Delivery.objects.filter(auto_key="greeting").values_list("visitor_id", flat=True))
    assert len(greeted) == FRIENDS and set(greeted.values()) == {1}
    assert Delivery.objects.count() == FRIENDS and not Session.objects.exists() and not Message.objects.exists()


def test_who_adds_us_and_writes_at_once_is_greeted_and_received(line_channel: Channel) -> None:
    user = "U" + "c" * 32
    assert post_events(event("follow", 1, user), text_event("家がなくなりました", 2, user)) == 200
    take_in_all()
    first = Delivery.objects.order_by("pk").first()
    assert first and first.auto_key == "greeting"
    assert Session.objects.get().state == State.WAITING
