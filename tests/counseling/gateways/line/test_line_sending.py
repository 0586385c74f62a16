"""Words on their way to LINE: what each answer means, and that nothing is lost or doubled (reliability.md, R12–R14)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from counseling import crypto, tasks
from counseling.actions import deliveries, delivery_decisions, friends, messages, sessions
from counseling.gateways.line import client
from counseling.models import Channel, Delivery, Session, SessionEvent
from counseling.outcomes import Verdict
from simulator.running import Simulator

Reply = Callable[..., Delivery]


@pytest.fixture
def sora(connected: Channel, line: Simulator) -> str:
    """Sora's LINE, a friend of the account."""
    return line.person("空", friend_of=connected.key)


@pytest.fixture
def talk(connected: Channel, sora: str, haru: User) -> Session:
    """Haru's session with Sora; the house's own words have been sent."""
    message, _new = messages.receive(channel_id=connected.pk, identity=sora, text="こんばんは", external_id="m-1")
    session = sessions.claim(session_id=message.session_id, by=haru)
    tasks.deliver(session.visitor_id)
    return session


@pytest.fixture
def reply(talk: Session, haru: User) -> Reply:
    """Haru answers."""

    def write(words: str) -> Delivery:
        message, _new = messages.reply(session_id=talk.pk, by=haru, client_id=uuid4(), words=words)
        return Delivery.objects.get(message=message)

    return write


def due_again() -> None:
    """As if the pause were over."""
    Delivery.objects.filter(state="queued").update(next_try_at=timezone.now())


def state(delivery: Delivery) -> tuple[str, str]:
    delivery.refresh_from_db()
    return delivery.state, delivery.reason


def own_words(line: Simulator, sora: str) -> list[str]:
    """What Sora saw after the house's first words."""
    return line.texts(sora)[1:]


def test_words_arrive_once_and_in_order(talk: Session, reply: Reply, line: Simulator, sora: str) -> None:
    for number in range(7):
        reply(f"{number}")
    tasks.deliver(talk.visitor_id)
    assert own_words(line, sora) == [f"{number}" for number in range(7)]
    assert len(line.ledger(sora)["accepted"]) == 1 + 2
    assert line.defects() == []


def test_a_long_text_arrives_whole_with_its_emoji(talk: Session, reply: Reply, line: Simulator, sora: str) -> None:
    words = "あ" * 4_999 + "👨‍👩‍👧‍👦" + "い" * 5_000
    reply(words)
    tasks.deliver(talk.visitor_id)
    assert "".join(own_words(line, sora)) == words
    assert all(not part.startswith("\u200d") for part in own_words(line, sora))


@pytest.mark.parametrize(
    "fault", ["500-before-accept", "503", "rst-before-accept", "timeout-before-accept", "429-rate"]
)
def test_what_was_not_taken_is_sent_later(
    talk: Session, reply: Reply, line: Simulator, sora: str, settings: Settings, fault: str
) -> None:
    settings.LINE_TIMEOUT_SECONDS = 0.3
    delivery = reply("はい")
    line.faults([fault], path="push")
    tasks.deliver(talk.visitor_id)
    assert state(delivery)[0] == "queued"
    assert own_words(line, sora) == []
    due_again()
    tasks.deliver(talk.visitor_id)
    assert state(delivery) == ("sent", "")
    assert own_words(line, sora) == ["はい"]


@pytest.mark.parametrize(
    "fault", ["500-after-accept", "rst-after-accept", "timeout-after-accept", "truncated-json", "409"]
)
def test_what_was_taken_unseen_is_sent_only_once(
    talk: Session, reply: Reply, line: Simulator, sora: str, settings: Settings, fault: str
) -> None:
    settings.LINE_TIMEOUT_SECONDS = 0.3
    delivery = reply("はい")
    line.faults([fault], path="push")
    tasks.deliver(talk.visitor_id)
    due_again()
    tasks.deliver(talk.visitor_id)
    assert state(delivery) == ("sent", "")
    assert own_words(line, sora) == ["はい"]
    assert line.defects() == []


def test_a_worker_that_died_after_the_push_doubles_nothing(
    talk: Session, reply: Reply, line: Simulator, sora: str
) -> None:
    delivery = reply("はい")
    push = deliveries.claim_push(visitor_id=talk.visitor_id, now=timezone.now())
    assert push is not None
    tasks.send(push)
    Delivery.objects.update(claimed_until=timezone.now())
    reply("もうひとつ")
    tasks.deliver(talk.visitor_id)
    assert state(delivery) == ("sent", "")
    assert own_words(line, sora) == ["はい", "もうひとつ"]
    assert line.defects() == []


@pytest.mark.parametrize(("fault", "reason"), [("400", "http_400"), ("403", "http_403")])
def test_a_refusal_is_visible_at_once_and_never_tried_again(
    talk: Session, reply: Reply, line: Simulator, sora: str, fault: str, reason: str
) -> None:
    delivery = reply("はい")
    line.faults([fault], path="push")
    tasks.deliver(talk.visitor_id)
    assert state(delivery) == ("refused", reason)
    event = SessionEvent.objects.filter(session=talk, kind="delivery.changed").latest("version")
    assert event.message_id == delivery.message_id
    reply("次")
    tasks.deliver(talk.visitor_id)
    assert own_words(line, sora) == ["次"]
    assert line.ledger()["suspects"] == []


def test_a_used_up_quota_pauses_the_channel_and_resuming_sends_all(
    talk: Session, reply: Reply, line: Simulator, sora: str, connected: Channel
) -> None:
    delivery = reply("はい")
    line.faults(["429-quota"], path="push")
    tasks.deliver(talk.visitor_id)
    connected.refresh_from_db()
    assert connected.paused_because == "quota"
    assert state(delivery) == ("queued", "quota")
    tasks.deliver(talk.visitor_id)
    assert own_words(line, sora) == []
    Channel.objects.update(paused_because="")
    tasks.deliver(talk.visitor_id)
    assert own_words(line, sora) == ["はい"]


def test_a_refused_token_pauses_the_channel(
    talk: Session, reply: Reply, line: Simulator, sora: str, connected: Channel
) -> None:
    delivery = reply("はい")
    line.faults(["401-until-refresh"], path="push")
    tasks.deliver(talk.visitor_id)
    connected.refresh_from_db()
    assert connected.paused_because == "token"
    assert state(delivery) == ("queued", "token")
    assert own_words(line, sora) == []


def test_a_token_that_was_changed_meanwhile_is_read_again(
    talk: Session, reply: Reply, line: Simulator, sora: str, connected: Channel
) -> None:
    delivery = reply("はい")
    push = deliveries.claim_push(visitor_id=talk.visitor_id, now=timezone.now())
    assert push is not None
    line.channel(channel_id=connected.key, secret="channel-secret", access_token="new", webhook_url="http://x")
    fresh = crypto.seal_house(b"new", connected.place("access_token"))
    Channel.objects.update(access_token=fresh)
    outcome = tasks.send(push)
    deliveries.record_outcome(push=push, outcome=outcome, now=timezone.now())
    assert state(delivery) == ("sent", "")
    line.channel(
        channel_id=connected.key, secret="channel-secret", access_token="channel-token", webhook_url="http://x"
    )


def test_a_token_that_cannot_be_read_is_no_token(talk: Session, reply: Reply) -> None:
    reply("はい")
    Channel.objects.update(access_token=b"broken")
    tasks.deliver(talk.visitor_id)
    assert Channel.objects.get().paused_because == "token"


def test_someone_who_blocked_us_is_not_called(
    talk: Session, reply: Reply, line: Simulator, sora: str, connected: Channel
) -> None:
    delivery = reply("はい")
    friends.unfollow(channel_id=connected.pk, identity=sora)
    accepted = len(line.ledger()["accepted"])
    tasks.deliver(talk.visitor_id)
    assert state(delivery) == ("refused", "blocked")
    assert len(line.ledger()["accepted"]) == accepted


def test_after_an_outage_all_arrives_in_order(talk: Session, reply: Reply, line: Simulator, sora: str) -> None:
    line.outage()
    for number in range(8):
        reply(f"{number}")
        due_again()
        tasks.deliver(talk.visitor_id)
    line.outage(on=False)
    due_again()
    tasks.deliver(talk.visitor_id)
    assert own_words(line, sora) == [f"{number}" for number in range(8)]
    assert line.defects() == []


def test_a_day_later_a_person_decides_and_the_words_go_out_once(
    talk: Session, reply: Reply, line: Simulator, sora: str, haru: User
) -> None:
    delivery = reply("はい")
    line.faults(["500-before-accept"], path="push")
    tasks.deliver(talk.visitor_id)
    Delivery.objects.filter(pk=delivery.pk).update(first_try_at=timezone.now() - timedelta(hours=23, minutes=1))
    due_again()
    tasks.deliver(talk.visitor_id)
    assert state(delivery) == ("unknown", "expired")
    assert own_words(line, sora) == []
    delivery_decisions.decide(delivery_id=delivery.pk, by=haru, decision="resend")
    tasks.deliver(talk.visitor_id)
    assert own_words(line, sora) == ["はい"]


ANSWERS = [
    (200, None, Verdict.UNCERTAIN),
    (302, None, Verdict.REFUSED),
    (400, b'{"message":"x"}', Verdict.REFUSED),
    (401, None, Verdict.UNAUTHORISED),
    (403, None, Verdict.REFUSED),
    (404, None, Verdict.REFUSED),
    (409, None, Verdict.ALREADY),
    (413, None, Verdict.REFUSED),
    (429, b"not json", Verdict.RATE),
    (429, b"[]", Verdict.RATE),
    (429, '{"message":"You have reached your monthly limit."}', Verdict.QUOTA),
    (429, b'{"message":"The API rate limit has been exceeded. Try again later."}', Verdict.RATE),
    (500, None, Verdict.UNCERTAIN),
    (503, None, Verdict.UNCERTAIN),
    (0, None, Verdict.UNCERTAIN),
]


@pytest.mark.parametrize(("status", "body", "verdict"), ANSWERS)
def test_every_status_has_its_meaning(status: int, body: object, verdict: Verdict) -> None:
    assert client.outcome_of(status, body, {}).verdict == verdict


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("3", 3.0), ("0.5", 0.5), (None, None), ("soon", None), ("-1", None), ("nan", None), ("1e9", None)],
)
def test_retry_after_is_followed_where_it_makes_sense(header: str | None, seconds: float | None) -> None:
    assert client.outcome_of(429, None, {"Retry-After": header}).retry_after == seconds


def test_the_same_texts_make_the_same_body() -> None:
    from counseling.gateways.line.payloads import push_request

    texts = ("一", "二😀")
    assert push_request("U1", texts).to_json() == push_request("U1", texts).to_json()


def test_one_client_serves_a_token_for_all_threads(connected: Channel) -> None:
    assert client.api_of(connected) is client.api_of(connected)


def test_the_dots_are_an_ornament_and_never_an_error(connected: Channel, line: Simulator, sora: str) -> None:
    client.typing(connected, sora, 7)
    line.outage()
    client.typing(connected, sora, 7)


def test_a_retry_key_is_what_the_ledger_shows(talk: Session, reply: Reply, line: Simulator, sora: str) -> None:
    delivery = reply("はい")
    tasks.deliver(talk.visitor_id)
    assert UUID(line.ledger(sora)["accepted"][-1]["retry_key"]) == delivery.push_key
