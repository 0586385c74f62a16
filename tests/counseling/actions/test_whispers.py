"""Whispers: said by the counselor and by supervisors, kept among staff, and never a reply."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from accounts.models import User
from counseling import feeds
from counseling.actions import notes, records, sessions, whispers
from counseling.actions.messages import ClientIdReused
from counseling.lifecycle import Classification, EndReason
from counseling.models import Delivery, Message, Note, Session, SessionEvent, Whisper
from counseling.permissions import NotVisible
from counseling.text import UnacceptableText
from tests.conftest import Say

NewId = Callable[[], UUID]
Whispers = Callable[..., Whisper]
CLOCKS = (
    "state", "waiting_since", "silent_since", "last_visitor_at", "idle_steps", "message_count", "visitor_count",
    "first_response_at",
)  # fmt: skip


@pytest.fixture
def whisper(active: Session, new_id: NewId) -> Whispers:
    """Somebody whispers in Haru's session with Sora."""

    def say(by: User, words: str = "ゆっくりで大丈夫です") -> Whisper:
        said, _new = whispers.say(session_id=active.pk, by=by, client_id=new_id(), words=words)
        return said

    return say


def clocks(session: Session) -> dict[str, Any]:
    return dict(Session.objects.values(*CLOCKS).get(pk=session.pk))


def test_supervisor_and_counselor_whisper_to_each_other(
    active: Session, haru: User, mio: User, whisper: Whispers
) -> None:
    whisper(mio, "沈黙を待ってみて")
    whisper(haru, "はい、待ちます")
    state = feeds.session_state(active.pk, haru)
    assert [(one["by"]["name"], one["text"]) for one in state["whispers"]] == [
        ("Mio", "沈黙を待ってみて"),
        ("Haru", "はい、待ちます"),
    ]
    assert state["notes"] == []


def test_a_whisper_is_no_reply(active: Session, haru: User, mio: User, whisper: Whispers) -> None:
    before, messages, owed = clocks(active), Message.objects.count(), Delivery.objects.count()
    whisper(mio)
    whisper(haru)
    assert (clocks(active), Message.objects.count(), Delivery.objects.count()) == (before, messages, owed)


def test_a_whisper_takes_the_next_version(active: Session, mio: User, whisper: Whispers) -> None:
    before = Session.objects.get(pk=active.pk).version
    said = whisper(mio)
    event = SessionEvent.objects.filter(session=active).latest("version")
    assert (event.kind, event.version, event.whisper_id, event.by_id) == ("whisper.said", before + 1, said.pk, mio.pk)
    assert said.version == Session.objects.get(pk=active.pk).version == before + 1
    assert event.details == {}


@pytest.mark.parametrize("who", ["ren", "aoi", "kei", "nao"])
def test_nobody_else_whispers(who: str, whisper: Whispers, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotVisible):
        whisper(request.getfixturevalue(who))
    assert not Whisper.objects.exists()


@pytest.mark.parametrize("words", ["", " \n", "\x00", "\ud83d", "あ" * (whispers.WHISPER_LIMIT + 1)])
def test_bad_whispers_are_refused_and_nothing_changes(
    active: Session, mio: User, whisper: Whispers, words: str
) -> None:
    before = Session.objects.get(pk=active.pk).version
    with pytest.raises(UnacceptableText):
        whisper(mio, words)
    assert Session.objects.get(pk=active.pk).version == before


def test_the_same_whisper_is_taken_once(active: Session, mio: User, new_id: NewId) -> None:
    given: dict[str, Any] = {"session_id": active.pk, "by": mio, "client_id": new_id(), "words": "一度だけ"}
    first, new = whispers.say(**given)
    again, new_again = whispers.say(**given)
    assert (new, new_again, first.pk) == (True, False, again.pk)
    with pytest.raises(ClientIdReused):
        whispers.say(**given | {"words": "ちがうことば"})


def test_a_whisper_and_a_note_may_have_the_same_id(active: Session, mio: User, new_id: NewId) -> None:
    given: dict[str, Any] = {"session_id": active.pk, "by": mio, "client_id": new_id()}
    whispers.say(**given, words="ささやき")
    notes.add(**given, words="メモ")
    key = active.visitor.key()
    assert [one.words(key) for one in (*Whisper.objects.all(), *Note.objects.all())] == ["ささやき", "メモ"]


def test_nobody_hears_a_whisper_in_the_queue(waiting: Session, mio: User, new_id: NewId) -> None:
    with pytest.raises(whispers.CannotWhisper):
        whispers.say(session_id=waiting.pk, by=mio, client_id=new_id(), words="だれか")


def test_whispers_go_on_while_the_record_is_written_and_end_with_it(
    active: Session, haru: User, mio: User, whisper: Whispers
) -> None:
    sessions.hold(session_id=active.pk, by=haru)
    whisper(mio)
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    whisper(mio, "記録に見立てもお願いします")
    records.file(session_id=active.pk, by=haru, classification=Classification.VALID, thankful_end=None)
    with pytest.raises(whispers.CannotWhisper):
        whisper(mio, "もう遅い")


def test_a_retry_after_the_end_still_finds_its_whisper(active: Session, haru: User, mio: User, new_id: NewId) -> None:
    given: dict[str, Any] = {"session_id": active.pk, "by": mio, "client_id": new_id(), "words": "あとで"}
    first, _new = whispers.say(**given)
    sessions.requeue(session_id=active.pk, by=haru, summary="急用")
    assert whispers.say(**given) == (first, False)


def test_who_handed_the_talk_over_whispers_no_more(active: Session, haru: User, ren: User, whisper: Whispers) -> None:
    sessions.transfer(session_id=active.pk, by=haru, to=ren, summary="交代")
    with pytest.raises(NotVisible):
        whisper(haru)
    whisper(ren, "代わりました")


def test_whispers_are_sealed_in_their_own_place(active: Session, mio: User, whisper: Whispers) -> None:
    said = whisper(mio, "秘密の合言葉")
    assert "秘密の合言葉".encode() not in bytes(said.body)
    assert said.place == f"whisper.body:{active.pk}/{said.client_id}"
    assert "秘密の合言葉" not in str(list(SessionEvent.objects.values_list("header", "details")))


def test_what_the_counselor_has_read_is_kept_and_never_goes_back(
    active: Session, haru: User, mio: User, whisper: Whispers
) -> None:
    first, last = whisper(mio), whisper(mio, "もうひとつ")
    assert feeds.session_state(active.pk, haru)["read_whisper"] == 0
    notes.mark_read(session_id=active.pk, by=haru, seq=0, whisper=last.pk)
    notes.mark_read(session_id=active.pk, by=haru, seq=0, whisper=first.pk)
    notes.mark_read(session_id=active.pk, by=haru, seq=1)
    assert feeds.session_state(active.pk, haru)["read_whisper"] == last.pk


def test_who_takes_the_talk_over_has_not_read_what_was_whispered(
    active: Session, haru: User, ren: User, mio: User, whisper: Whispers
) -> None:
    said = whisper(mio)
    notes.mark_read(session_id=active.pk, by=haru, seq=1, whisper=said.pk)
    sessions.transfer(session_id=active.pk, by=haru, to=ren, summary="交代")
    assert feeds.session_state(active.pk, ren)["read_whisper"] == 0
    assert feeds.session_state(active.pk, mio)["read_whisper"] == said.pk


def test_a_word_from_the_visitor_and_a_whisper_keep_their_own_order(
    active: Session, mio: User, whisper: Whispers, sora_says: Say
) -> None:
    for turn in range(3):
        sora_says(f"ことば{turn}")
        whisper(mio, f"ささやき{turn}")
    events = SessionEvent.objects.filter(session=active).order_by("version")
    assert list(events.values_list("version", flat=True)) == list(range(1, len(events) + 1))
    assert list(Message.objects.filter(session=active).order_by("seq").values_list("seq", flat=True)) == list(
        range(1, Message.objects.filter(session=active).count() + 1)
    )
