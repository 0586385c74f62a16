"""A supervisor goes on without consent, to protect a life: with a reason, and never else."""

import pytest

from accounts.models import AuditEntry, User
from counseling import crypto, feeds
from counseling.actions import protecting, taps
from counseling.actions.protecting import NothingToProtect
from counseling.intake import Code
from counseling.lifecycle import Consent, State
from counseling.models import Channel, Note, Program, Session, SessionEvent
from counseling.permissions import NotVisible
from counseling.text import UnacceptableText
from tests.conftest import SORA, Say
from tests.counseling.actions.conftest import refreshed
from tests.counseling.asked import buttons, press, tap_on

pytestmark = pytest.mark.django_db
AGREE = "同意して相談する"
SECRET, DANGER = "夫が怖いんです", "もう死にたい"
WHY = "今夜の様子が心配なため"


@pytest.fixture
def asked(asking: Program, line_channel: Channel, sora_says: Say) -> Session:
    """Sora said something and has not agreed to anything."""
    return sora_says(SECRET)


@pytest.fixture
def endangered(asking: Program, sora_says: Say) -> Session:
    """Sora said something that suggests danger, and has not agreed."""
    return sora_says(DANGER)


def test_a_supervisor_may_protect_a_life(endangered: Session, mio: User) -> None:
    protecting.protect(session_id=endangered.pk, by=mio, why=WHY)
    session = refreshed(endangered)
    assert (session.state, session.consent, session.counselor_id) == (State.ACTIVE, Consent.WITHOUT, mio.pk)
    assert DANGER in str(feeds.session_state(session.pk, mio))
    note = Note.objects.get()
    assert crypto.open_text(session.visitor.key(), note.body, note.place) == WHY
    assert AuditEntry.objects.filter(deed="consent.overridden").count() == 1


def test_protecting_twice_is_the_same(endangered: Session, mio: User) -> None:
    for _time in range(2):
        protecting.protect(session_id=endangered.pk, by=mio, why=WHY)
    assert SessionEvent.objects.filter(kind="session.protected").count() == 1


def test_only_a_supervisor_protects(endangered: Session, haru: User, aoi: User) -> None:
    for one in (haru, aoi):
        with pytest.raises(NotVisible):
            protecting.protect(session_id=endangered.pk, by=one, why=WHY)


def test_without_danger_consent_is_not_passed_over(asked: Session, mio: User) -> None:
    with pytest.raises(NothingToProtect):
        protecting.protect(session_id=asked.pk, by=mio, why=WHY)
    assert refreshed(asked).consent == Consent.AWAITED


@pytest.mark.parametrize("why", ["", "  ", "\0"])
def test_without_a_reason_consent_is_not_passed_over(why: str, endangered: Session, mio: User) -> None:
    with pytest.raises(UnacceptableText):
        protecting.protect(session_id=endangered.pk, by=mio, why=why)
    assert refreshed(endangered).consent == Consent.AWAITED


def test_with_consent_there_is_nothing_to_pass_over(endangered: Session, line_channel: Channel, mio: User) -> None:
    press(line_channel, AGREE)
    with pytest.raises(NothingToProtect):
        protecting.protect(session_id=endangered.pk, by=mio, why=WHY)


def test_agreeing_in_the_midst_of_it_is_kept(endangered: Session, line_channel: Channel, mio: User) -> None:
    agree = tap_on(buttons()[AGREE])
    protecting.protect(session_id=endangered.pk, by=mio, why=WHY)
    taps.choose(channel_id=line_channel.pk, identity=SORA, tap=agree)
    assert (refreshed(endangered).consent, refreshed(endangered).state) == (Consent.GIVEN, State.ACTIVE)
    taps.choose(channel_id=line_channel.pk, identity=SORA, tap=agree._replace(code=Code.REFUSE))
    assert refreshed(endangered).consent == Consent.GIVEN
