"""Two visitors seen as one person: who may, what is refused, and that nothing but reading changes by it."""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling import feeds
from counseling.actions import merging, messages, sessions, visits
from counseling.actions.deliveries import claim_push
from counseling.actions.merging import SamePerson, UndoneBefore
from counseling.feeds.history import approaches_of, merges_of, person_of, persons_of
from counseling.models import Channel, Delivery, Merge, Program, Session, Visitor
from counseling.models.merge import MergeReason
from counseling.permissions import NotVisible
from tests.conftest import SORA, Say, person
from tests.counseling.actions.at_once import at_once
from tests.counseling.arranged import write

pytestmark = pytest.mark.django_db
AGAIN, THIRD, COOKIE = "U" + "1b" * 16, "U" + "2c" * 16, "w" * 43
# Everything of a visitor and of a session that a merge must leave as it is.
ROWS: tuple[Callable[[], Any], ...] = (
    lambda: list(Visitor.objects.order_by("pk").values()),
    lambda: list(Session.objects.order_by("pk").values()),
)


@pytest.fixture
def sora(waiting: Session) -> Visitor:
    """Sora, as LINE knows her."""
    return waiting.visitor


@pytest.fixture
def again(sora: Visitor, sora_says: Say) -> Visitor:
    """Sora from another telephone."""
    return sora_says("また来ました", identity=AGAIN).visitor


@pytest.fixture
def third(sora_says: Say) -> Visitor:
    """And from a third."""
    return sora_says("わたしです", identity=THIRD).visitor


def merge(one: Visitor, other: Visitor, by: User, reason: MergeReason = MergeReason.SAID) -> Merge:
    made, _new = merging.merge(visitor_id=one.pk, other_id=other.pk, reason=reason, by=by)
    return made


def persons() -> set[frozenset[int]]:
    """Everybody, by person."""
    return set(persons_of(Visitor.objects.values_list("pk", flat=True)).values())


def test_the_two_are_one_person_to_who_reads(sora: Visitor, again: Visitor, mio: User) -> None:
    merge(again, sora, mio)
    assert persons() == {frozenset({sora.pk, again.pk})}
    assert [one.pk for one in person_of(again.pk)] == [again.pk, sora.pk]


def test_undone_they_are_two_as_before(sora: Visitor, again: Visitor, mio: User) -> None:
    before = [read() for read in ROWS]
    made = merge(sora, again, mio)
    merging.undo(merge_id=made.pk, by=mio)
    assert persons() == {frozenset({sora.pk}), frozenset({again.pk})}
    assert [read() for read in ROWS] == before


def test_a_merge_moves_no_row(sora: Visitor, again: Visitor, mio: User) -> None:
    before = [read() for read in ROWS]
    merge(sora, again, mio)
    assert [read() for read in ROWS] == before


def test_a_chain_is_one_person_and_parts_where_it_is_undone(
    sora: Visitor, again: Visitor, third: Visitor, mio: User
) -> None:
    first = merge(sora, again, mio)
    merge(again, third, mio)
    assert persons() == {frozenset({sora.pk, again.pk, third.pk})}
    merging.undo(merge_id=first.pk, by=mio)
    assert persons() == {frozenset({sora.pk}), frozenset({again.pk, third.pk})}


def test_who_is_one_already_is_not_merged_again(sora: Visitor, again: Visitor, third: Visitor, mio: User) -> None:
    merge(sora, again, mio)
    merge(again, third, mio)
    for one, other in ((sora, again), (third, sora)):
        with pytest.raises(SamePerson):
            merge(one, other, mio, MergeReason.OTHER)
    assert Merge.objects.count() == 2


def test_nobody_is_merged_with_themselves(sora: Visitor, mio: User) -> None:
    with pytest.raises(SamePerson):
        merge(sora, sora, mio)


def test_who_came_through_line_s_door_is_one_without_a_merge(sora: Visitor, web_channel: Channel, mio: User) -> None:
    beyond = visits.visitor_for(channel_id=web_channel.pk, identity=COOKIE, create=True)
    assert beyond is not None
    Visitor.objects.filter(pk=beyond.pk).update(door=sora)
    assert persons() == {frozenset({sora.pk, beyond.pk})}
    with pytest.raises(SamePerson):
        merge(sora, beyond, mio)


def test_the_same_wish_twice_is_one(sora: Visitor, again: Visitor, mio: User) -> None:
    first = merge(sora, again, mio)
    second, new = merging.merge(visitor_id=again.pk, other_id=sora.pk, reason=MergeReason.SAID, by=mio)
    assert (second.pk, new) == (first.pk, False)


def test_an_undoing_twice_is_told_of(sora: Visitor, again: Visitor, mio: User) -> None:
    made = merge(sora, again, mio)
    merging.undo(merge_id=made.pk, by=mio)
    with pytest.raises(UndoneBefore):
        merging.undo(merge_id=made.pk, by=mio)


def test_they_can_be_merged_anew(sora: Visitor, again: Visitor, mio: User) -> None:
    merging.undo(merge_id=merge(sora, again, mio).pk, by=mio)
    merge(sora, again, mio)
    assert [one.undone_at is None for one in merges_of([sora.pk])] == [True, False]


def test_only_supervisors_of_the_program_merge_and_undo(
    sora: Visitor, again: Visitor, mio: User, haru: User, aoi: User, kei: User
) -> None:
    there = Program.objects.create(slug="child", name="子ども相談", kind="child_abuse", starts_on=timezone.localdate())
    made = merge(sora, again, mio)
    for other in (haru, aoi, kei, person("Far", there, Role.SUPERVISOR)):
        with pytest.raises(NotVisible):
            merge(sora, again, other)
        with pytest.raises(NotVisible):
            merging.undo(merge_id=made.pk, by=other)
    assert Merge.objects.get().undone_at is None


def test_visitors_of_two_programs_are_never_one(sora: Visitor, mio: User) -> None:
    there = Program.objects.create(slug="child", name="子ども相談", kind="child_abuse", starts_on=timezone.localdate())
    web = Channel.objects.create(program=there, kind="web", key="child-web")
    far = visits.visitor_for(channel_id=web.pk, identity=COOKIE, create=True)
    assert far is not None
    with pytest.raises(NotVisible):
        merge(sora, far, mio)


def test_who_was_erased_is_merged_with_nobody_and_can_be_parted(sora: Visitor, again: Visitor, mio: User) -> None:
    made = merge(sora, again, mio)
    Visitor.objects.filter(pk=again.pk).update(wrapped_key=b"")
    merging.undo(merge_id=made.pk, by=mio)
    with pytest.raises(NotVisible):
        merge(sora, again, mio)


def test_an_unknown_merge_is_not_there(mio: User) -> None:
    with pytest.raises(NotVisible):
        merging.undo(merge_id=2_000_000_000, by=mio)


def test_both_logs_have_it(sora: Visitor, again: Visitor, mio: User) -> None:
    made = merge(sora, again, mio)
    merging.undo(merge_id=made.pk, by=mio)
    told = AuditEntry.objects.filter(deed__in=["visitors.merged", "visitors.unmerged"]).order_by("pk")
    both = [f"visitor:{sora.pk}", f"visitor:{again.pk}"]
    assert [one.subject for one in told] == both * 2
    assert told[0].details == {"merge": made.pk, "reason": "said"}


def test_the_notes_of_both_are_read(sora: Visitor, again: Visitor, mio: User) -> None:
    write(sora, mio, "ゆっくり")
    write(again, mio, "短く")
    merge(sora, again, mio)
    assert [words for _one, _row, words in approaches_of(person_of(sora.pk))] == ["ゆっくり", "短く"]
    assert feeds.approach_view(again)["text"] == "短く"


def test_two_supervisors_at_once_make_no_ring(
    transactional_db: None, sora: Visitor, again: Visitor, third: Visitor, mio: User, program: Program
) -> None:
    jun = person("Jun", program, Role.SUPERVISOR)
    wishes = [(sora, again, mio), (again, third, jun), (third, sora, mio), (again, sora, jun)]
    deeds = [lambda one=one, other=other, by=by: merge(one, other, by) for one, other, by in wishes]
    came = at_once(*deeds, refusals=(SamePerson,))
    assert (came.count("done"), Merge.objects.filter(undone_at=None).count()) == (2, 2)
    assert persons() == {frozenset({sora.pk, again.pk, third.pk})}


def addresses() -> dict[int, str]:
    """Where what is owed to each visitor goes."""
    now, found = timezone.now(), {}
    for visitor in Visitor.objects.filter(deliveries__state="queued").distinct():
        push = claim_push(visitor_id=visitor.pk, now=now)
        if push is not None:
            found[visitor.pk] = push.address
    Delivery.objects.update(state="sent", claimed_until=None)
    return found


def test_a_reply_goes_where_it_went_after_a_merge_and_after_its_undoing(
    waiting: Session, again: Visitor, haru: User, mio: User
) -> None:
    sessions.claim(session_id=waiting.pk, by=haru)
    addresses()
    made = merge(waiting.visitor, again, mio)
    for undone in (False, True):
        if undone:
            merging.undo(merge_id=made.pk, by=mio)
        messages.reply(session_id=waiting.pk, by=haru, client_id=uuid4(), words="届いていますか")
        assert addresses() == {waiting.visitor_id: SORA}


def test_on_the_page_everybody_reads_their_own_talk(
    waiting: Session, web_channel: Channel, program: Program, haru: User, mio: User
) -> None:
    terms: dict[str, Any] = {"terms_version": 1, "attributes": {}, "line": "ページから"}
    web = visits.start(channel_id=web_channel.pk, identity=COOKIE, **terms)
    sessions.claim(session_id=web.pk, by=haru)
    merge(waiting.visitor, web.visitor, mio)
    messages.reply(session_id=web.pk, by=haru, client_id=uuid4(), words="こちらに書きます")
    shown = feeds.talk_state(web.visitor_id)
    assert shown is not None
    assert shown["messages"][-1]["text"] == "こちらに書きます"
    assert not Delivery.objects.filter(visitor=waiting.visitor_id, message__session=web).exists()
    line = feeds.talk_state(waiting.visitor_id)
    assert line is not None
    assert line["session"] == waiting.pk


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_merged_and_parted_replies_go_where_they_went(
    seed: int, line_channel: Channel, sora_says: Say, haru: User, mio: User, program: Program
) -> None:
    """Persons are what the living merges say, each undoing parts exactly there, and addresses never change."""
    chance = random.Random(seed)
    Program.objects.update(capacity=10)
    identities = [f"U{number:032x}" for number in range(5)]
    talks = [sora_says("もしもし", identity=one) for one in identities]
    for talk in talks:
        sessions.claim(session_id=talk.pk, by=haru)
    addresses()
    living: dict[int, tuple[int, int]] = {}
    for _step in range(14):
        if living and chance.random() < 0.4:
            gone = chance.choice(sorted(living))
            merging.undo(merge_id=gone, by=mio)
            del living[gone]
        else:
            one, other = (talk.visitor for talk in chance.choices(talks, k=2))
            with suppress(SamePerson):
                living[merge(one, other, mio).pk] = (one.pk, other.pk)
        assert persons() == joined([talk.visitor_id for talk in talks], list(living.values()))
    for talk, identity in zip(talks, identities, strict=True):
        messages.reply(session_id=talk.pk, by=haru, client_id=uuid4(), words="はい")
        assert addresses() == {talk.visitor_id: identity}


def joined(everybody: list[int], pairs: list[tuple[int, int]]) -> set[frozenset[int]]:
    """The persons these pairs make, the slow way."""
    found = {frozenset({one}) for one in everybody}
    for pair in pairs:
        touched = {group for group in found if group & set(pair)}
        found = (found - touched) | {frozenset().union(*touched)}
    return found
