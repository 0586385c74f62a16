"""What is said before consent: for nobody to read, shown once it is given, gone without it; and danger among it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from counseling import feeds
from counseling.actions import consents, messages, reading, sessions
from counseling.actions.queue import NobodyWaits
from counseling.hub import reading as hub
from counseling.lifecycle import CannotMove, Consent, State
from counseling.models import Channel, Message, Program, Session
from counseling.models.supervision import Reason
from counseling.permissions import NotVisible
from counseling.triage import Risk
from tests.conftest import ALWAYS, NEVER, SORA, Say
from tests.counseling.actions.conftest import refreshed
from tests.counseling.asked import buttons, press, told

pytestmark = pytest.mark.django_db
AGREE, REFUSE = "同意して相談する", "同意しない"
SECRET, DANGER = "夫が怖いんです", "もう死にたい"


@pytest.fixture
def asked(asking: Program, line_channel: Channel, sora_says: Say) -> Session:
    """Sora said something and has not agreed to anything."""
    return sora_says(SECRET)


def read_by(user: User, session: Session) -> str:
    """Everything the person's console gets of the session, at once and by the log."""
    reading.begin(session_id=session.pk, by=user, reason=Reason.WATCH)
    log = feeds.session_events(session.pk, 0) + hub.session_events(session.pk, 0, session.visitor.key())
    return str(feeds.session_state(session.pk, user)) + str(log)


# Withheld


def test_nobody_reads_a_word_before_consent(asked: Session, mio: User) -> None:
    assert SECRET not in read_by(mio, asked)
    assert SECRET not in str(feeds.board(asked.program_id))


def test_nobody_takes_who_is_still_asked(asked: Session, haru: User, mio: User) -> None:
    for one in (haru, mio):
        with pytest.raises((CannotMove, NotVisible)):
            sessions.claim(session_id=asked.pk, by=one)
    assert refreshed(asked).counselor is None
    with pytest.raises(NobodyWaits):
        sessions.claim_next(program_id=asked.program_id, by=haru)


def test_with_consent_it_is_told_and_marked(asked: Session, line_channel: Channel, mio: User) -> None:
    press(line_channel, AGREE)
    state = read_by(mio, asked)
    assert state.count(SECRET) >= 3
    (first,) = [row for row in feeds.session_state(asked.pk, mio)["messages"] if row["author"] == "visitor"]
    assert first["before_consent"] is True


def test_what_is_said_after_consent_is_read_at_once(
    asked: Session, line_channel: Channel, sora_says: Say, mio: User
) -> None:
    press(line_channel, AGREE)
    sora_says("あとで")
    assert "あとで" in read_by(mio, asked)
    assert not Message.objects.filter(author="visitor").latest("seq").before_consent


def test_without_consent_it_is_gone(asked: Session, line_channel: Channel, mio: User) -> None:
    press(line_channel, REFUSE)
    said = Message.objects.get(author="visitor")
    assert (bytes(said.body), said.before_consent) == (b"", "deleted")
    assert told(asked)[-1] == "consent_refused"
    assert SECRET not in read_by(mio, asked)


def test_what_was_said_while_closed_is_forgotten_unread(asking: Program, sora_says: Say) -> None:
    Program.objects.update(hours=NEVER)
    session = sora_says(SECRET)
    assert consents.forget_unread() == 0
    Session.objects.update(last_visitor_at=timezone.now() - timedelta(hours=1))
    assert consents.forget_unread() == 1
    assert bytes(Message.objects.get(session=session, author="visitor").body) == b""
    assert consents.forget_unread() == 0


def test_words_taken_back_before_consent_are_gone_with_it(asked: Session, line_channel: Channel, mio: User) -> None:
    said = Message.objects.get(author="visitor")
    messages.unsend(channel_id=line_channel.pk, external_id=str(said.external_id))
    press(line_channel, AGREE)
    assert SECRET not in read_by(mio, asked)


def test_a_redelivered_word_is_taken_once(asked: Session, line_channel: Channel) -> None:
    said = Message.objects.get(author="visitor")
    _message, new = messages.receive(
        channel_id=line_channel.pk, identity=SORA, external_id=said.external_id, kind="text", text=SECRET,
        written_at=timezone.now(),
    )  # fmt: skip
    assert not new
    assert Message.objects.filter(author="visitor").count() == 1


# Danger


def test_danger_is_answered_at_once_and_shown_to_supervisors(asking: Program, sora_says: Say) -> None:
    session = sora_says(DANGER)
    assert told(session) == ["danger_before_consent", "consent"]
    assert session.risk >= Risk.HIGH
    (shown,) = feeds.board(asking.pk)["sessions"]
    assert (shown["risk"], shown["state"], shown["consent"]) == (session.risk, "intake", "awaited")
    assert shown["waiting_since"] is not None


def test_danger_after_some_words_keeps_the_buttons(asked: Session, sora_says: Say) -> None:
    sora_says(DANGER)
    assert told(asked) == ["consent", "danger_before_consent"]
    assert set(buttons()) == {AGREE, REFUSE}


def test_danger_is_read_by_nobody_before_consent_either(asking: Program, sora_says: Say, mio: User) -> None:
    assert DANGER not in read_by(mio, sora_says(DANGER))


def test_in_danger_nothing_is_asked_after_consent(asking: Program, line_channel: Channel, sora_says: Say) -> None:
    session = sora_says(DANGER)
    press(line_channel, AGREE)
    assert refreshed(session).state == State.WAITING


def test_danger_in_an_answer_ends_the_questions(asked: Session, line_channel: Channel, sora_says: Say) -> None:
    press(line_channel, AGREE)
    sora_says(DANGER)
    assert refreshed(asked).state == State.WAITING


def test_in_danger_a_refusal_lets_nobody_go(asking: Program, line_channel: Channel, sora_says: Say) -> None:
    session = sora_says(DANGER)
    press(line_channel, REFUSE)
    kept = refreshed(session)
    assert (kept.state, kept.consent) == (State.INTAKE, Consent.REFUSED)
    assert told(session)[-1] == "danger_before_consent"
    assert Message.objects.filter(author="visitor", before_consent="withheld").count() == 1


def test_danger_past_the_limit_opens_a_sitting_of_its_own(
    asking: Program, line_channel: Channel, sora_says: Say
) -> None:
    Program.objects.update(hours=NEVER)
    first = sora_says("こんばんは")
    second = sora_says(DANGER)
    assert first != second
    assert (second.state, told(second)) == (State.INTAKE, ["danger_before_consent"])


def test_who_is_in_danger_at_night_is_asked_when_somebody_is_there(asking: Program, sora_says: Say) -> None:
    Program.objects.update(hours=NEVER)
    session = sora_says(DANGER)
    Program.objects.update(hours=ALWAYS)
    sora_says("まだいます")
    assert told(session) == ["danger_before_consent", "consent"]
