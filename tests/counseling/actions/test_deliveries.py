"""The outbox: owed with the words, claimed in order, recorded once, never resent blindly."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counseling.actions import deliveries, friends, visits
from counseling.actions.deliveries import Push, TooLong, claim_push, record_outcome
from counseling.models import Channel, Delivery, Session, Visitor
from counseling.outcomes import Outcome, Verdict
from tests.conftest import SORA, Say
from tests.counseling.actions.conftest import Reply, changes, claim, nothing_to_claim, record, state


def test_words_are_owed_with_the_message(reply: Reply) -> None:
    delivery = reply()
    assert state(delivery) == ("queued", "")
    assert delivery.message is not None


def test_a_web_visitor_is_owed_nothing_as_the_page_reads_by_itself(web_channel: Channel) -> None:
    visitor = visits.visitor_for(channel_id=web_channel.pk, identity="cookie", create=True)
    assert visitor is not None
    assert deliveries.owe(visitor=visitor, channel=web_channel, notice="こんにちは") is None


def test_words_longer_than_one_push_are_refused(quiet: Session) -> None:
    with pytest.raises(TooLong):
        deliveries.owe(visitor=quiet.visitor, channel=quiet.visitor.channel, notice="あ" * 25_001)


def test_a_push_carries_the_words_the_address_and_the_key(quiet: Session, reply: Reply) -> None:
    delivery = reply("はい")
    push = claim(quiet)
    assert (push.texts, push.address, push.key) == (("はい",), SORA, delivery.push_key)
    assert push.settled is None


def test_a_notice_outside_a_session_is_sealed_and_sent(line_channel: Channel) -> None:
    friends.follow(channel_id=line_channel.pk, identity=SORA)
    delivery = Delivery.objects.get()
    assert "友だち追加".encode() not in bytes(delivery.text)
    push = claim_push(visitor_id=delivery.visitor_id, now=timezone.now())
    assert push is not None
    assert push.texts[0].startswith("友だち追加ありがとうございます")
    assert record(push, Verdict.SENT)


def test_consecutive_words_share_a_push_up_to_five(quiet: Session, reply: Reply) -> None:
    words = [f"{number}" for number in range(7)]
    owed = [reply(word) for word in words]
    first = claim(quiet)
    assert first.texts == tuple(words[:5])
    record(first, Verdict.SENT)
    second = claim(quiet)
    assert second.texts == tuple(words[5:])
    assert second.key == owed[5].push_key


def test_a_long_text_is_split_and_counts_as_its_parts(quiet: Session, reply: Reply) -> None:
    long = "あ" * 4_999 + "😀" + "い" * 8_000
    reply(long)
    reply("あと少し")
    reply("入らない" * 2_000)
    push = claim(quiet)
    assert "".join(push.texts) == long + "あと少し"
    assert [part for part in push.texts if len(part.encode("utf-16-le")) > 10_000] == []
    assert len(push.texts) == 4


def test_a_visitor_has_one_push_at_a_time(quiet: Session, reply: Reply) -> None:
    reply("一")
    claim(quiet)
    reply("二")
    assert nothing_to_claim(quiet)


def test_a_sent_delivery_is_told_with_a_version(quiet: Session, reply: Reply) -> None:
    delivery = reply()
    assert record(claim(quiet), Verdict.SENT)
    assert state(delivery) == ("sent", "")
    quiet.refresh_from_db()
    assert delivery.message is not None
    delivery.message.refresh_from_db()
    assert changes(quiet) == 1
    assert delivery.message.version == quiet.version


def test_already_accepted_is_sent(quiet: Session, reply: Reply) -> None:
    delivery = reply()
    record(claim(quiet), Verdict.ALREADY)
    assert state(delivery) == ("sent", "")


def test_an_expired_claim_is_sent_again_with_the_same_key_and_words(quiet: Session, reply: Reply) -> None:
    reply("一")
    reply("二")
    first = claim(quiet)
    reply("三")
    again = claim(quiet, after=deliveries.CLAIM_LIFE)
    assert (again.key, again.texts, again.ids) == (first.key, first.texts, first.ids)
    assert again.reason == "uncertain"


def test_who_lost_the_claim_records_nothing(quiet: Session, reply: Reply) -> None:
    delivery = reply()
    slow = claim(quiet)
    quick = claim(quiet, after=deliveries.CLAIM_LIFE)
    assert record(quick, Verdict.SENT)
    assert not record(slow, Verdict.UNCERTAIN)
    assert state(delivery) == ("sent", "")


def test_an_uncertain_push_waits_and_holds_back_later_words(quiet: Session, reply: Reply) -> None:
    delivery = reply("一")
    first = claim(quiet)
    record(first, Verdict.UNCERTAIN)
    reply("二")
    assert state(delivery) == ("queued", "uncertain")
    assert nothing_to_claim(quiet)
    again = claim(quiet, after=timedelta(seconds=2))
    assert (again.key, again.texts) == (first.key, ("一",))


def test_only_the_first_delay_is_told(quiet: Session, reply: Reply) -> None:
    reply()
    record(claim(quiet), Verdict.UNCERTAIN)
    record(claim(quiet, after=timedelta(minutes=1)), Verdict.UNCERTAIN)
    assert changes(quiet) == 1


def test_the_pause_grows_to_a_minute(quiet: Session, reply: Reply) -> None:
    delivery = reply()
    pauses = []
    for _try in range(9):
        Delivery.objects.filter(pk=delivery.pk).update(next_try_at=timezone.now())
        record(claim(quiet), Verdict.UNCERTAIN)
        delivery.refresh_from_db()
        pauses.append(round((delivery.next_try_at - timezone.now()).total_seconds()))
    assert pauses[0] == 1
    assert 50 <= pauses[-1] <= 66


def test_retry_after_is_kept(quiet: Session, reply: Reply) -> None:
    reply()
    record(claim(quiet), Verdict.RATE, retry_after=30)
    assert nothing_to_claim(quiet, after=timedelta(seconds=29))
    assert claim(quiet, after=timedelta(seconds=31))


def test_a_refused_delivery_is_visible_and_the_next_goes_on(quiet: Session, reply: Reply) -> None:
    refused = reply("一")
    record(claim(quiet), Verdict.REFUSED, "http_400")
    assert state(refused) == ("refused", "http_400")
    reply("二")
    assert claim(quiet).texts == ("二",)


@pytest.mark.parametrize(("hours", "resent"), [(22.99, True), (23.01, False), (23.99, False), (24.01, False)])
def test_nothing_is_resent_by_itself_after_23_hours(quiet: Session, reply: Reply, hours: float, resent: bool) -> None:
    delivery = reply()
    record(claim(quiet), Verdict.UNCERTAIN)
    push = claim(quiet, after=timedelta(hours=hours))
    assert (push.settled is None) is resent
    if push.settled:
        record_outcome(push=push, outcome=push.settled, now=timezone.now())
        assert state(delivery) == ("unknown", "expired")


def test_what_the_platform_surely_did_not_take_never_expires(quiet: Session, reply: Reply) -> None:
    reply()
    record(claim(quiet), Verdict.RATE)
    assert claim(quiet, after=timedelta(days=3)).settled is None


def test_an_uncertain_try_is_not_forgotten_over_a_rate_limit(quiet: Session, reply: Reply) -> None:
    delivery = reply()
    record(claim(quiet), Verdict.UNCERTAIN)
    record(claim(quiet, after=timedelta(minutes=1)), Verdict.RATE)
    assert state(delivery) == ("queued", "uncertain")
    assert claim(quiet, after=timedelta(hours=24)).settled is not None


def test_someone_who_blocked_us_is_not_called(quiet: Session, reply: Reply) -> None:
    delivery = reply()
    Visitor.objects.update(blocked_us_at=timezone.now())
    push = claim(quiet)
    assert push.settled == Outcome(Verdict.REFUSED, "blocked")
    record_outcome(push=push, outcome=push.settled, now=timezone.now())
    assert state(delivery) == ("refused", "blocked")


def test_an_erased_visitor_is_not_called(quiet: Session, reply: Reply) -> None:
    reply()
    Visitor.objects.update(wrapped_key=b"")
    assert claim(quiet).settled == Outcome(Verdict.REFUSED, "erased")


@pytest.mark.parametrize("verdict", [Verdict.QUOTA, Verdict.UNAUTHORISED])
def test_quota_and_token_pause_the_channel_and_lose_nothing(
    quiet: Session, reply: Reply, line_channel: Channel, verdict: Verdict
) -> None:
    delivery = reply()
    record(claim(quiet), verdict)
    line_channel.refresh_from_db()
    assert line_channel.paused_because == verdict
    assert state(delivery) == ("queued", verdict.value)
    assert nothing_to_claim(quiet, after=timedelta(days=1))
    assert deliveries.due_visitors(now=timezone.now() + timedelta(days=1)) == []


def test_one_visitor_s_trouble_does_not_delay_another(quiet: Session, reply: Reply, sora_says: Say) -> None:
    reply()
    record(claim(quiet), Verdict.UNCERTAIN)
    other = sora_says("はじめまして", identity="U" + "0c" * 16)
    assert deliveries.due_visitors(now=timezone.now()) == [other.visitor_id]


def test_a_delayed_head_holds_its_visitor_back_from_the_sweep(quiet: Session, reply: Reply) -> None:
    reply("一")
    record(claim(quiet), Verdict.UNCERTAIN)
    reply("二")
    assert deliveries.due_visitors(now=timezone.now()) == []
    assert deliveries.due_visitors(now=timezone.now() + timedelta(seconds=2)) == [quiet.visitor_id]


def test_an_expired_claim_is_found_by_the_sweep(quiet: Session, reply: Reply) -> None:
    reply()
    claim(quiet)
    assert deliveries.due_visitors(now=timezone.now()) == []
    assert deliveries.due_visitors(now=timezone.now() + deliveries.CLAIM_LIFE) == [quiet.visitor_id]


def test_a_push_costs_six_statements(quiet: Session, reply: Reply) -> None:
    reply()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        push = claim(quiet)
        record(push, Verdict.SENT)
    statements = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == 6


@pytest.mark.django_db(transaction=True)
def test_many_claims_at_once_have_one_winner(quiet: Session, reply: Reply) -> None:
    reply()

    def try_it(_number: int) -> Push | None:
        try:
            return claim_push(visitor_id=quiet.visitor_id, now=timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        pushes = list(pool.map(try_it, range(8)))
    assert len([push for push in pushes if push]) == 1


@pytest.mark.parametrize("column", ["next_try_at", "claimed_until"])
def test_a_clock_that_was_put_back_holds_no_words_back(quiet: Session, reply: Reply, column: str) -> None:
    delivery = reply("いますか")
    state_then = "queued" if column == "next_try_at" else "sending"
    tomorrow = timezone.now() + timedelta(days=1)
    Delivery.objects.filter(pk=delivery.pk).update(state=state_then, **{column: tomorrow})
    assert deliveries.due_visitors(now=timezone.now()) == [quiet.visitor_id]
    assert claim(quiet).texts == ("いますか",)
