"""The hub's own statements give what the feeds and the permissions say."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.models import User
from accounts.roles import Role
from counseling import feeds, permissions
from counseling.actions import messages, notes, records, sessions, whispers
from counseling.hub import reading
from counseling.lifecycle import Classification, EndReason
from counseling.models import Attachment, Channel, Delivery, Membership, Message, Program, Reading, Session
from counseling.models.supervision import Reason
from counseling.triage import Risk
from tests.conftest import SORA, assess, person

pytestmark = pytest.mark.django_db

SayAny = Callable[..., Any]


@pytest.fixture
def history(active: Session, haru: User, mio: User, line_channel: Channel, new_id: Callable[[], UUID]) -> Session:
    """A talk in which everything happened once."""
    for number, (kind, words) in enumerate((("sticker", "泣いている"), ("image", ""), ("text", "つらいです"))):
        messages.receive(channel_id=line_channel.pk, identity=SORA, kind=kind, text=words, external_id=f"h{number}")
    for image in Message.objects.filter(kind="image"):
        attachment, _made = Attachment.objects.get_or_create(message=image)
        Attachment.objects.filter(pk=attachment.pk).update(width=3, height=4, size=5, content_type="image/png")
    reply, _new = messages.reply(session_id=active.pk, by=haru, client_id=new_id(), words="そうでしたか")
    first = Delivery.objects.filter(message=reply).first()
    assert first is not None
    Delivery.objects.filter(pk=first.pk).update(state="dismissed", reason="gone", tries=3)
    Delivery.objects.create(visitor=first.visitor, channel=first.channel, message=reply)
    notes.add(session_id=active.pk, by=mio, client_id=new_id(), words="見守り")
    for by, words in ((mio, "ゆっくりで大丈夫です"), (haru, "はい")):
        whispers.say(session_id=active.pk, by=by, client_id=new_id(), words=words)
    assess(session_id=active.pk, by=haru, level=Risk.HIGH, word="心配")
    Message.objects.filter(kind="sticker").update(unsent_at=active.received_at, body=b"")
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=True)
    active.refresh_from_db()
    return active


def test_staff_read_what_the_feed_says(history: Session) -> None:
    head = reading.head_of(history.pk)
    assert head is not None
    assert head.version == history.version
    for after in range(history.version + 1):
        read = reading.session_events(history.pk, after, head.visitor.key())
        assert read == feeds.session_events(history.pk, after)


def test_visitors_read_what_the_feed_says(history: Session) -> None:
    for after in range(history.version + 1):
        read = reading.talk_events(history.pk, after, history.visitor.key())
        assert read == feeds.talk_events(history.pk, after)


def test_a_session_that_is_not_there_has_no_head(program: Program) -> None:
    assert reading.head_of(2**40) is None


def test_a_word_costs_few_statements(history: Session, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    key = history.visitor.key()
    with django_assert_max_num_queries(2):
        reading.talk_events(history.pk, 0, key)
    with django_assert_max_num_queries(6):
        reading.session_events(history.pk, 0, key)
    with django_assert_max_num_queries(1):
        permissions.readers(history.pk, {1, 2, 3})


@pytest.fixture
def everybody(haru: User, ren: User, mio: User, aoi: User, kei: User, nao: User, program: Program) -> list[User]:
    """The whole cast, a trainee, and a supervisor of another program."""
    other = Program.objects.create(slug="other", name="他", kind="general", starts_on=program.starts_on)
    return [haru, ren, mio, aoi, kei, nao, person("Tam", program, Role.TRAINEE), person("Oto", other, Role.SUPERVISOR)]


def test_readers_are_those_who_may_read(
    waiting: Session, haru: User, ren: User, everybody: list[User], sora_says: SayAny
) -> None:
    def same() -> set[str]:
        found = permissions.readers(waiting.pk, {user.pk for user in everybody}).everybody
        for user in everybody:
            assert (user.pk in found) == permissions.readable_sessions(user).filter(pk=waiting.pk).exists(), user.name
        return {user.name for user in everybody if user.pk in found}

    assert same() == set()
    for user in everybody:
        Reading.objects.create(session=waiting, user=user, reason=Reason.WATCH)
    assert same() == {"Mio"}
    sessions.claim(session_id=waiting.pk, by=haru)
    assert same() == {"Mio", "Haru"}
    sessions.transfer(session_id=waiting.pk, by=haru, to=ren, summary="交代")
    assert same() == {"Mio", "Ren"}
    sessions.end(session_id=waiting.pk, by=ren, reason=EndReason.CONCLUDED, farewell=False)
    records.file(session_id=waiting.pk, by=ren, classification=Classification.VALID, thankful_end=None)
    newer = sora_says("また来ました")
    sessions.claim(session_id=newer.pk, by=haru)
    assert same() == {"Mio", "Ren", "Haru"}
    Membership.objects.filter(user=ren).delete()
    assert same() == {"Mio", "Haru"}


def test_nobody_reads_what_is_not_there(mio: User) -> None:
    assert permissions.readers(2**40, {mio.pk, uuid4().int % 2**30}).everybody == set()
