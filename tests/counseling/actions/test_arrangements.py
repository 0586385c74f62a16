"""What supervisors arrange for a visitor: who may, what is refused, what is told to whom."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.actions import arrangements, sessions
from counseling.actions.arrangements import CannotArrange, DecidedMeanwhile, NothingThere
from counseling.actions.keeping_out import block_of, limit_of
from counseling.actions.messages import ClientIdReused
from counseling.arrangements import Agreed, BlockReason
from counseling.feeds.arrangements import approach_view, arranged, history
from counseling.models import Approach, Block, Limit, Membership, Program, Session, SessionEvent, Visitor
from counseling.permissions import NotVisible
from counseling.text import UnacceptableText
from tests.conftest import ALWAYS, Say, person
from tests.counseling.actions.conftest import refreshed
from tests.counseling.arranged import HOW, SAID, WHY, agree, block, day, runs_out, wish, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def sora(waiting: Session) -> Visitor:
    """Sora, who waits."""
    return waiting.visitor


@pytest.fixture
def jun(program: Program) -> User:
    """Another supervisor of the program."""
    return person("Jun", program, Role.SUPERVISOR)


def told(session: Session) -> list[str]:
    events = SessionEvent.objects.filter(session=session, kind="session.arranged").order_by("version")
    return [str(event.details["arranged"]) for event in events]


def noted(deed: str) -> list[dict[str, Any]]:
    return list(AuditEntry.objects.filter(deed=deed).order_by("pk").values_list("details", flat=True))


def test_who_has_the_talk_reads_the_latest_version(sora: Visitor, mio: User) -> None:
    first = write(sora, mio, "まず名前を呼ぶ")
    write(sora, mio, HOW, seen=first.number)
    view = approach_view(sora)
    assert (view["number"], view["text"], view["by"]) == (2, HOW, {"id": mio.pk, "name": "Mio"})
    assert [one.words for one in history(sora).approaches] == [HOW, "まず名前を呼ぶ"]


def test_a_note_without_words_is_none(sora: Visitor, mio: User, waiting: Session) -> None:
    write(sora, mio)
    write(sora, mio, "  ", seen=1)
    assert approach_view(sora) == {"number": 0, "text": "", "by": None, "at": None}
    assert refreshed(waiting).approach == 0


def test_words_are_sealed_and_never_in_log_or_audit(sora: Visitor, mio: User, waiting: Session) -> None:
    rows = (write(sora, mio), agree(sora, mio), block(sora, mio))
    stored = b"".join(bytes(getattr(row, name)) for row, name in zip(rows, ("body", "told", "reason"), strict=True))
    log = str(list(SessionEvent.objects.values_list("header", "details"))) + str(list(AuditEntry.objects.values()))
    for words in (HOW, SAID, WHY):
        assert words.encode() not in stored
        assert words not in log
    found = history(sora)
    assert (found.limits[0].words, found.limits[0].told, found.blocks[0].words) == (WHY, SAID, WHY)


def test_the_sitting_learns_it_at_once_and_the_next_one_carries_it(
    sora: Visitor, waiting: Session, mio: User, haru: User, sora_says: Say
) -> None:
    write(sora, mio)
    agree(sora, mio, minutes=50)
    session = refreshed(waiting)
    assert (session.approach, session.agreed_minutes, told(session)) == (1, 50, ["approach", "limit"])
    sessions.claim(session_id=session.pk, by=haru)
    Session.objects.update(state="closed")
    again = sora_says("また来ました")
    assert (again.approach, again.agreed_minutes) == (1, 50)


def test_a_counselor_an_administrator_and_another_program_s_supervisor_decide_nothing(
    sora: Visitor, haru: User, aoi: User, kei: User
) -> None:
    other = Program.objects.create(slug="other", name="他", kind="women", starts_on=day(-9), hours=ALWAYS)
    farmio = person("Farmio", other, Role.SUPERVISOR)
    for by in (haru, aoi, kei, farmio):
        for decide in (write, agree, block):
            with pytest.raises(NotVisible):
                decide(sora, by)
        with pytest.raises(NotVisible):
            arrangements.look(visitor_id=sora.pk, by=by)
    assert not AuditEntry.objects.exists()


def test_who_is_no_supervisor_any_more_lifts_nothing(sora: Visitor, mio: User) -> None:
    made = block(sora, mio)
    Membership.objects.filter(user=mio).delete()
    with pytest.raises(NotVisible):
        arrangements.lift(visitor_id=sora.pk, row_id=made.pk, by=mio)


def test_of_who_was_erased_nothing_is_decided(sora: Visitor, mio: User) -> None:
    Visitor.objects.update(wrapped_key=b"")
    with pytest.raises(NotVisible):
        block(sora, mio)


@pytest.mark.parametrize("reason", ["", "  ", "\0", "あ" * 1_001])
def test_without_a_reason_nobody_is_blocked(reason: str, sora: Visitor, mio: User) -> None:
    with pytest.raises(UnacceptableText):
        block(sora, mio, reason=reason)
    assert not Block.objects.exists()


def test_without_a_reason_or_what_was_told_nothing_is_agreed(sora: Visitor, mio: User) -> None:
    for words in ({"reason": "", "told": SAID}, {"reason": WHY, "told": " "}):
        with pytest.raises(UnacceptableText):
            arrangements.agree(wish=wish(sora, mio), agreed=Agreed(day(3), per_day=1), **words)
    assert not Limit.objects.exists()


@pytest.mark.parametrize(
    ("agreed", "problem"),
    [
        ({"ends": 0, "per_day": 1}, ("ends_on", "past")),
        ({"ends": -1, "per_day": 1}, ("ends_on", "past")),
        ({"ends": 181, "per_day": 1}, ("ends_on", "too_far")),
        ({"ends": 5, "per_day": 0}, ("per_day", "out_of_bounds")),
        ({"ends": 5, "per_week": 31}, ("per_week", "out_of_bounds")),
        ({"ends": 5, "minutes": 5}, ("minutes", "out_of_bounds")),
        ({"ends": 5, "per_day": 3, "per_week": 2}, ("per_day", "more_than_a_week")),
    ],
)
def test_what_cannot_be_agreed_is_refused(
    agreed: dict[str, int], problem: tuple[str, str], sora: Visitor, mio: User
) -> None:
    given: Any = agreed
    with pytest.raises(CannotArrange) as refused:
        agree(sora, mio, **given)
    assert refused.value.problems == [problem]


def test_nothing_is_no_agreement(sora: Visitor, mio: User) -> None:
    with pytest.raises(CannotArrange) as refused:
        arrangements.agree(wish=wish(sora, mio), agreed=Agreed(day(5)), reason=WHY, told=SAID)
    assert refused.value.problems == [("", "nothing_agreed")]


@pytest.mark.parametrize(("ends", "code"), [(0, "past"), (-3, "past"), (91, "too_far")])
def test_a_block_is_bounded(ends: int, code: str, sora: Visitor, mio: User) -> None:
    with pytest.raises(CannotArrange) as refused:
        block(sora, mio, ends=ends)
    assert refused.value.problems == [("ends_on", code)]


def test_the_same_decision_sent_twice_is_one(sora: Visitor, mio: User) -> None:
    decided = wish(sora, mio)
    given: Any = {"ends_on": day(7), "code": BlockReason.THREAT, "reason": WHY}
    first, second = (arrangements.block(wish=decided, **given) for _time in range(2))
    assert first == second
    assert len(noted("visitor.blocked")) == 1
    with pytest.raises(ClientIdReused):
        arrangements.block(wish=decided, **given | {"ends_on": day(8)})


def test_the_same_note_and_the_same_agreement_sent_twice_are_one(sora: Visitor, mio: User) -> None:
    one, other = wish(sora, mio), wish(sora, mio)
    for _time in range(2):
        arrangements.write_approach(wish=one, words=HOW)
        arrangements.agree(wish=other, agreed=Agreed(day(5), per_day=1), reason=WHY, told=SAID)
    assert (Approach.objects.count(), Limit.objects.count()) == (1, 1)
    with pytest.raises(ClientIdReused):
        arrangements.write_approach(wish=one, words="別の方針")


@pytest.mark.parametrize("decide", [write, agree, block])
def test_the_later_of_two_supervisors_is_told_of_the_earlier(decide: Any, sora: Visitor, mio: User, jun: User) -> None:
    first = decide(sora, mio)
    with pytest.raises(DecidedMeanwhile) as told_of:
        decide(sora, jun)
    latest = told_of.value.latest
    assert latest is not None
    assert (latest, latest.by) == (first, mio)
    again = decide(sora, jun, seen=getattr(first, "number", first.pk))
    assert again.by == jun


def test_who_decides_on_what_was_ended_is_told(sora: Visitor, mio: User, jun: User) -> None:
    first = block(sora, mio)
    arrangements.lift(visitor_id=sora.pk, row_id=first.pk, by=jun)
    with pytest.raises(DecidedMeanwhile) as told_of:
        block(sora, mio, first.pk)
    assert told_of.value.latest is None


def test_a_renewed_block_takes_the_place_of_the_one_before(sora: Visitor, mio: User) -> None:
    first = block(sora, mio, ends=3)
    second = block(sora, mio, first.pk, ends=30)
    first.refresh_from_db()
    assert (first.ended_by, block_of(sora, timezone.now())) == (mio, second)


def test_what_ran_out_ended_by_itself(sora: Visitor, mio: User) -> None:
    for row in (agree(sora, mio), block(sora, mio)):
        runs_out(row)
    assert (block_of(sora, timezone.now()), limit_of(sora, timezone.now())) == (None, None)
    later = block(sora, mio)  # what ran out stands in nobody's way
    first = Block.objects.order_by("pk")[0]
    assert (first.ended_at, first.ended_by) == (first.over_at, None)
    assert block_of(sora, timezone.now()) == later


def test_lifting_and_ending_happen_once(sora: Visitor, mio: User, waiting: Session) -> None:
    blocked, limit = block(sora, mio), agree(sora, mio, minutes=30)
    arrangements.lift(visitor_id=sora.pk, row_id=blocked.pk, by=mio)
    arrangements.end_limit(visitor_id=sora.pk, row_id=limit.pk, by=mio)
    for end, row in ((arrangements.lift, blocked), (arrangements.end_limit, limit)):
        with pytest.raises(NothingThere):
            end(visitor_id=sora.pk, row_id=row.pk, by=mio)
    assert refreshed(waiting).agreed_minutes is None
    assert (len(noted("visitor.unblocked")), len(noted("limit.ended"))) == (1, 1)
    assert told(waiting) == ["block", "limit", "block_lifted", "limit_ended"]


def test_what_ran_out_is_not_lifted(sora: Visitor, mio: User) -> None:
    made = block(sora, mio)
    runs_out(made)
    with pytest.raises(NothingThere):
        arrangements.lift(visitor_id=sora.pk, row_id=made.pk, by=mio)


def test_the_audit_knows_codes_numbers_and_who_looked(sora: Visitor, mio: User) -> None:
    write(sora, mio)
    agree(sora, mio, per_day=2)
    block(sora, mio)
    arrangements.look(visitor_id=sora.pk, by=mio, address="192.0.2.7")
    assert noted("approach.written") == [{"version": 1, "did": "changed"}]
    assert noted("limit.agreed") == [{"last": str(day(30)), "per_day": 2, "per_week": None, "minutes": None}]
    assert noted("visitor.blocked") == [{"last": str(day(14)), "reason": "abuse"}]
    looked = AuditEntry.objects.get(deed="arrangement.read")
    assert (looked.subject, looked.address, looked.actor_id) == (f"visitor:{sora.pk}", "192.0.2.7", mio.pk)


def test_the_list_has_who_is_arranged_for_what_ends_first(program: Program, mio: User, sora_says: Say) -> None:
    one, two, three, _four = (sora_says("はい", f"U{n:032x}").visitor for n in range(4))
    write(one, mio)
    agree(two, mio, ends=20)
    block(three, mio, ends=5)
    runs_out(agree(three, mio))
    found = arranged(program, day(0))
    assert [each.visitor for each in found] == [three, two, one]
    assert [each.ends_on for each in found] == [day(5), day(20), None]
    assert (found[0].limit, found[2].approach is not None) == (None, True)


def test_a_decision_is_taken_once_by_whoever_made_it(sora: Visitor, mio: User, jun: User) -> None:
    same = uuid4()
    first = arrangements.write_approach(wish=wish(sora, mio, client_id=same), words=HOW)
    second = arrangements.write_approach(wish=wish(sora, jun, first.number, client_id=same), words="もう一つ")
    assert (first.number, second.number) == (1, 2)
