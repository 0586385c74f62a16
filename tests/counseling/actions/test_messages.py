"""Words: taken once, sealed, answered by whoever has the session, taken back."""

from collections.abc import Callable
from uuid import UUID

import pytest

from accounts.models import User
from counseling.actions import messages, records, sessions
from counseling.lifecycle import Classification, EndReason, State
from counseling.models import Channel, Delivery, Message, Program, Session, SessionEvent
from counseling.permissions import NotVisible
from counseling.text import UnacceptableText
from tests.conftest import NEVER, SORA, Say

NewId = Callable[[], UUID]


def words_of(session: Session, author: str = "visitor") -> list[str]:
    key = session.visitor.key()
    return [m.words(key) for m in Message.objects.filter(session=session, author=author).order_by("seq")]


def test_a_word_on_line_opens_a_session_that_waits(sora_says: Say) -> None:
    session = sora_says("こんばんは")
    assert session.state == State.WAITING
    assert words_of(session) == ["こんばんは"]
    assert session.waiting_since is not None


def test_the_number_waiting_is_told_once(sora_says: Say) -> None:
    session = sora_says("こんばんは")
    sora_says("聞こえますか")
    told = words_of(session, "auto")
    assert len(told) == 1
    assert "いま1人" in told[0]


def test_a_redelivered_event_is_taken_once(line_channel: Channel) -> None:
    first, new = messages.receive(channel_id=line_channel.pk, identity=SORA, text="はい", external_id="m-1")
    again, new_again = messages.receive(channel_id=line_channel.pk, identity=SORA, text="はい", external_id="m-1")
    assert (new, new_again) == (True, False)
    assert first.pk == again.pk


def test_a_word_off_hours_is_an_access_answered_with_emergency_contacts(program: Program, sora_says: Say) -> None:
    Program.objects.filter(pk=program.pk).update(hours=NEVER)
    session = sora_says("だれかいますか")
    assert session.state == State.OFF_HOURS
    assert "0120-061-338" in words_of(session, "auto")[0]


def test_a_burst_of_words_off_hours_is_one_access(program: Program, sora_says: Say) -> None:
    Program.objects.filter(pk=program.pk).update(hours=NEVER)
    first, second = sora_says("だれか"), sora_says("いますか")
    assert first.pk == second.pk
    assert len(words_of(first, "auto")) == 1


def test_a_word_after_the_close_opens_a_new_session(active: Session, haru: User, sora_says: Say) -> None:
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=True)
    records.file(session_id=active.pk, by=haru, classification=Classification.VALID, thankful_end=True)
    later = sora_says("またお願いします")
    assert later.pk != active.pk
    assert later.visitor_id == active.visitor_id
    assert later.visits == 2


def test_thanks_just_after_the_end_stay_with_the_session(active: Session, haru: User, sora_says: Say) -> None:
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=True)
    assert sora_says("ありがとうございました").pk == active.pk


def test_the_counselor_replies_and_the_visitors_clock_stops(active: Session, haru: User, new_id: NewId) -> None:
    message, new = messages.reply(session_id=active.pk, by=haru, client_id=new_id(), words="お話しください")
    assert new
    active.refresh_from_db()
    assert active.waiting_since is None
    assert active.first_response_at == active.silent_since
    assert Delivery.objects.filter(message=message).count() == 1


def test_the_same_client_id_is_taken_once(active: Session, haru: User, new_id: NewId) -> None:
    client_id = new_id()
    first, _new = messages.reply(session_id=active.pk, by=haru, client_id=client_id, words="はい")
    again, new = messages.reply(session_id=active.pk, by=haru, client_id=client_id, words="はい")
    assert (again.pk, new) == (first.pk, False)


def test_the_same_client_id_with_other_words_is_refused(active: Session, haru: User, new_id: NewId) -> None:
    client_id = new_id()
    messages.reply(session_id=active.pk, by=haru, client_id=client_id, words="はい")
    with pytest.raises(messages.ClientIdReused):
        messages.reply(session_id=active.pk, by=haru, client_id=client_id, words="いいえ")


def test_a_retry_after_the_end_still_finds_its_message(active: Session, haru: User, new_id: NewId) -> None:
    client_id = new_id()
    first, _new = messages.reply(session_id=active.pk, by=haru, client_id=client_id, words="では")
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    again, _new = messages.reply(session_id=active.pk, by=haru, client_id=client_id, words="では")
    assert again.pk == first.pk


@pytest.mark.parametrize("who", ["ren", "mio", "aoi", "kei", "nao"])
def test_nobody_else_replies(active: Session, who: str, new_id: NewId, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotVisible):
        messages.reply(
            session_id=active.pk, by=request.getfixturevalue(who), client_id=new_id(), words="横から失礼します"
        )


def test_a_held_talk_takes_no_reply(active: Session, haru: User, new_id: NewId) -> None:
    sessions.hold(session_id=active.pk, by=haru)
    with pytest.raises(messages.CannotReply):
        messages.reply(session_id=active.pk, by=haru, client_id=new_id(), words="まだいますか")


@pytest.mark.parametrize("words", ["", " \n", "\x00", "\ud83d", "あ" * 20_001])
def test_bad_words_are_refused_and_nothing_changes(active: Session, haru: User, new_id: NewId, words: str) -> None:
    before = Session.objects.get(pk=active.pk).version
    with pytest.raises(UnacceptableText):
        messages.reply(session_id=active.pk, by=haru, client_id=new_id(), words=words)
    assert Session.objects.get(pk=active.pk).version == before


def test_an_unsent_message_leaves_a_tombstone_without_words(line_channel: Channel, sora_says: Say) -> None:
    session = sora_says("消してほしい")
    message = Message.objects.get(session=session, author="visitor")
    messages.unsend(channel_id=line_channel.pk, external_id=str(message.external_id))
    message.refresh_from_db()
    assert message.unsent_at is not None
    assert bytes(message.body) == b""


def test_an_unsend_that_comes_before_its_message_wins(line_channel: Channel) -> None:
    messages.unsend(channel_id=line_channel.pk, external_id="m-early")
    message, _new = messages.receive(channel_id=line_channel.pk, identity=SORA, text="見ないで", external_id="m-early")
    assert message.unsent_at is not None
    assert bytes(message.body) == b""


def test_words_of_danger_raise_the_risk(sora_says: Say) -> None:
    session = sora_says("もう死にたいです")
    assert session.risk >= 3
    session = sora_says("いえ、大丈夫です")
    assert session.risk >= 3


def test_versions_and_seqs_have_no_gap(active: Session, haru: User, sora_says: Say, new_id: NewId) -> None:
    for turn in range(5):
        sora_says(f"そうですね{turn}")
        messages.reply(session_id=active.pk, by=haru, client_id=new_id(), words=f"はい{turn}")
    versions = list(SessionEvent.objects.filter(session=active).order_by("version").values_list("version", flat=True))
    seqs = list(Message.objects.filter(session=active).order_by("seq").values_list("seq", flat=True))
    assert versions == list(range(1, len(versions) + 1))
    assert seqs == list(range(1, len(seqs) + 1))


def test_no_word_stands_in_the_clear(active: Session, haru: User, new_id: NewId) -> None:
    messages.reply(session_id=active.pk, by=haru, client_id=new_id(), words="秘密の合言葉")
    bodies = b"".join(bytes(body) for body in Message.objects.values_list("body", flat=True))
    assert "秘密の合言葉".encode() not in bodies
    assert "秘密の合言葉" not in str(list(SessionEvent.objects.values_list("header", "details")))
