"""Words to a visitor outside any sitting: on LINE in their order, at the door nothing of them, on the web by a code."""

from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling import crypto, feeds
from counseling.actions import deliveries, doors, follow_messages, follow_ups, messages, return_codes, sessions, visits
from counseling.actions.follow_messages import CannotReach
from counseling.actions.messages import ClientIdReused
from counseling.actions.queue import NotForTrainees
from counseling.actions.return_codes import NoCodeNeeded, WrongCode
from counseling.feeds.follow_ups import is_written_to
from counseling.follow_ups import CannotFollow
from counseling.lifecycle import EndReason
from counseling.models import Channel, Delivery, Duty, FollowUpMessage, Note, Program, ReturnCode, Session, Visitor
from counseling.outcomes import Outcome, Verdict
from counseling.permissions import NotVisible
from tests.conftest import SORA, Say, person
from tests.counseling.actions.following import followed, wish

pytestmark = pytest.mark.django_db
SAID = "その後、いかがですか。"
COOKIE = "s" * 43


@pytest.fixture
def on_the_web(web_channel: Channel, program: Program, haru: User) -> Session:
    """Haru talks with Sora on the page."""
    begun = visits.start(channel_id=web_channel.pk, identity=COOKIE, terms_version=1, attributes={}, line="こんばんは")
    return sessions.claim(session_id=begun.pk, by=haru)


def write(session: Session, by: User, words: str = SAID, **more: object) -> FollowUpMessage:
    row = followed(session, by)
    return follow_messages.write(follow_up_id=row.pk, by=by, client_id=uuid4(), words=words)


def test_on_line_it_is_owed_after_everything_before_it(active: Session, haru: User) -> None:
    messages.reply(session_id=active.pk, by=haru, client_id=uuid4(), words="こんばんは")
    made = write(active, haru)
    owed = list(Delivery.objects.filter(visitor=active.visitor).order_by("pk"))
    assert made.delivery == owed[-1]
    push = deliveries.claim_push(visitor_id=active.visitor_id, now=timezone.now())
    assert push is not None
    assert push.texts[-1] == SAID
    assert SAID not in str(list(FollowUpMessage.objects.values()))


def test_the_same_is_sent_once_and_other_words_are_refused(active: Session, haru: User) -> None:
    row, key = followed(active, haru), uuid4()
    for _press in range(2):
        follow_messages.write(follow_up_id=row.pk, by=haru, client_id=key, words=SAID)
    with pytest.raises(ClientIdReused):
        follow_messages.write(follow_up_id=row.pk, by=haru, client_id=key, words="別")
    assert Delivery.objects.filter(auto_key="follow_up").count() == 1


def test_who_blocked_us_is_said_and_nothing_is_owed(active: Session, haru: User) -> None:
    Visitor.objects.update(blocked_us_at=timezone.now())
    with pytest.raises(CannotReach) as refused:
        write(active, haru)
    assert refused.value.code == "blocked"
    assert not FollowUpMessage.objects.exists()


def test_trainees_strangers_and_what_is_over_write_nothing(
    active: Session, haru: User, ren: User, program: Program
) -> None:
    tao = person("Tao", program, Role.TRAINEE)
    row = followed(active, haru, owner_id=tao.pk)
    with pytest.raises(NotForTrainees):
        follow_messages.write(follow_up_id=row.pk, by=tao, client_id=uuid4(), words=SAID)
    Duty.objects.filter(user=ren).delete()
    with pytest.raises(NotVisible):
        follow_messages.write(follow_up_id=row.pk, by=ren, client_id=uuid4(), words=SAID)
    follow_ups.finish(wish=wish(row, haru), words="済んだ")
    with pytest.raises(CannotFollow):
        follow_messages.write(follow_up_id=row.pk, by=haru, client_id=uuid4(), words=SAID)


def test_where_line_is_only_the_door_it_tells_no_word(
    on_the_web: Session, line_channel: Channel, program: Program, haru: User
) -> None:
    door = visits.visitor_for(channel_id=line_channel.pk, identity=SORA, create=True)
    Visitor.objects.filter(pk=on_the_web.visitor_id).update(door=door)
    Program.objects.update(channel_mode="line_entry_webchat")
    on_the_web.refresh_from_db()
    made = write(on_the_web, haru)
    assert door is not None
    push = deliveries.claim_push(visitor_id=door.pk, now=timezone.now())
    assert push is not None
    assert SAID not in "".join(push.texts)
    assert "/talk/women/in/" in "".join(push.texts)
    assert made.delivery is None
    known = Visitor.objects.get(pk=on_the_web.visitor_id)
    assert return_codes.has_letters(known)
    assert [one.words for one in return_codes.letters(visitor_id=known.pk)] == [SAID]


def test_who_was_never_on_the_page_finds_it_there_by_the_link(
    active: Session, web_channel: Channel, haru: User, aoi: User
) -> None:
    """They talked on LINE; since then it is only the door."""
    Program.objects.update(channel_mode="line_entry_webchat")
    active.refresh_from_db()
    write(active, haru)
    owed = Delivery.objects.select_related("visitor").get(auto_key="letter_here")
    told = crypto.open_text(owed.visitor.key(), owed.text, owed.place)
    token = told.split("/talk/women/in/")[1].split()[0]
    identity = doors.use(channel_id=web_channel.pk, token=token, identity=None)
    known = feeds.visitor_by_identity(web_channel, identity)
    assert known is not None
    assert return_codes.has_letters(known)
    assert [one.words for one in return_codes.letters(visitor_id=known.pk)] == [SAID]
    assert not is_written_to(known)


def test_the_link_goes_with_its_push(active: Session, haru: User) -> None:
    Delivery.objects.all().delete()
    Program.objects.update(channel_mode="line_entry_webchat")
    active.refresh_from_db()
    write(active, haru)
    now = timezone.now()
    push = deliveries.claim_push(visitor_id=active.visitor_id, now=now)
    assert push is not None
    deliveries.record_outcome(push=push, outcome=Outcome(Verdict.SENT), now=now)
    assert bytes(Delivery.objects.get(auto_key="letter_here").text) == b""


def test_on_the_web_it_needs_a_code_and_is_found_by_it_alone(on_the_web: Session, haru: User) -> None:
    with pytest.raises(CannotReach):
        write(on_the_web, haru)
    code = return_codes.give(session_id=on_the_web.pk, by=haru)
    made = write(on_the_web, haru)
    assert not return_codes.has_letters(on_the_web.visitor)
    found = return_codes.find(program_id=on_the_web.program_id, code=f" {code} ")
    assert [one.words for one in return_codes.letters(visitor_id=found.pk)] == [SAID]
    made.refresh_from_db()
    assert made.read_at is not None
    assert found.address() == COOKIE


def test_codes_are_hashed_end_by_time_by_the_next_and_with_the_key(on_the_web: Session, haru: User) -> None:
    program_id = on_the_web.program_id
    first = return_codes.give(session_id=on_the_web.pk, by=haru)
    assert return_codes.figures(first) not in str(list(ReturnCode.objects.values()))
    second = return_codes.give(session_id=on_the_web.pk, by=haru)
    with pytest.raises(WrongCode):
        return_codes.find(program_id=program_id, code=first)
    with pytest.raises(WrongCode):
        return_codes.find(program_id=program_id + 1, code=second)
    assert return_codes.find(program_id=program_id, code=second) == on_the_web.visitor
    ReturnCode.objects.update(ends_at=timezone.now())
    with pytest.raises(WrongCode):
        return_codes.find(program_id=program_id, code=second)


@pytest.mark.parametrize("typed", ["", "123", "１２３", "abc-def-ghij", "0" * 11, "9" * 40])
def test_no_other_text_is_a_code(on_the_web: Session, haru: User, typed: str) -> None:
    return_codes.give(session_id=on_the_web.pk, by=haru)
    with pytest.raises(WrongCode):
        return_codes.find(program_id=on_the_web.program_id, code=typed)


def test_who_came_by_line_or_is_not_one_s_own_gets_no_code(
    active: Session, on_the_web: Session, haru: User, ren: User
) -> None:
    with pytest.raises(NoCodeNeeded):
        return_codes.give(session_id=active.pk, by=haru)
    with pytest.raises(NotVisible):
        return_codes.give(session_id=on_the_web.pk, by=ren)


def test_an_answer_is_an_ordinary_sitting_that_says_so(active: Session, haru: User, sora_says: Say) -> None:
    made = write(active, haru)
    follow_messages.notice_answers()
    assert not Note.objects.exists()
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    Session.objects.filter(pk=active.pk).update(
        state="closed", ended_at=timezone.now() - follow_messages.ANSWERS_WITHIN
    )
    new = sora_says("お返事です")
    assert new.pk != active.pk
    for _sweep in range(2):
        follow_messages.notice_answers()
    made.refresh_from_db()
    assert made.answered_in == new
    note = Note.objects.get(session=new)
    assert "要フォロー" in note.words(new.visitor.key())
