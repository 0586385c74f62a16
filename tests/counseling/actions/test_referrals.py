"""A visitor is referred to an agency with what they agreed to, and asked after until the result is known."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.actions import agencies, referrals
from counseling.actions.messages import ClientIdReused
from counseling.actions.referrals import ChangedMeanwhile, NothingAgreed, TooLate, Withdrawn
from counseling.actions.referring import Heard, InvalidReferral, Referring
from counseling.crypto import CannotOpen
from counseling.feeds import referrals as feed
from counseling.models import Program, Referral, ReferralVersion, Session, SheetReading, Visitor
from counseling.permissions import NotVisible
from counseling.referral_rights import visible_referrals
from tests.conftest import Say, person
from tests.counseling.actions.directories import an_agency
from tests.counseling.actions.emergencies import log
from tests.counseling.actions.recorded import filed
from tests.counseling.actions.referred import CONSENTED, TOLD, contacted, day, note, refer, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def chika(program: Program) -> User:
    """She coordinates what visitors are connected to."""
    return person("Chika", program, Role.COORDINATOR)


@pytest.fixture
def referral(active: Session, haru: User) -> Referral:
    """Haru telephoned an agency, as Sora had agreed."""
    return refer(active, haru)


def words(referral: Referral) -> dict[str, Any]:
    return dict(feed.words_of(referral, referral.session.visitor.key()))


def problems(session: Session, by: User, referring: Referring) -> dict[str, str]:
    with pytest.raises(InvalidReferral) as refused:
        refer(session, by, referring)
    assert not Referral.objects.exists()
    return refused.value.problems


def test_what_was_agreed_and_told_is_kept_sealed(referral: Referral, haru: User) -> None:
    assert (referral.level, referral.ground, referral.items) == ("contacted", "consent", ["name", "telephone"])
    assert (words(referral)["consent"], words(referral)["told"]) == (CONSENTED, TOLD)
    stored = bytes(ReferralVersion.objects.get().words)
    assert CONSENTED.encode() not in stored
    row = AuditEntry.objects.get(deed="referral.made")
    assert (row.actor_id, row.subject) == (haru.pk, f"session:{referral.session_id}")
    assert CONSENTED not in str(row.details)


def test_the_agency_comes_from_the_program_s_own_directory(active: Session, program: Program, haru: User) -> None:
    there = an_agency(program)
    made = refer(active, haru, told(agency_id=there.pk, agency="", kind=""))
    assert (made.agency, made.kind, words(made)["agency"]) == (there, "police", "")


def test_an_unknown_a_retired_and_another_s_agency_are_refused(
    active: Session, program: Program, haru: User, mio: User
) -> None:
    other = Program.objects.create(slug="other", name="other", kind="women", starts_on="2026-01-01")
    gone = an_agency(program)
    agencies.retire(agency_id=gone.pk, by=mio)
    assert problems(active, haru, told(agency_id=gone.pk)) == {"agency_id": "retired"}
    for unknown in (an_agency(other).pk, 999_999):
        assert problems(active, haru, told(agency_id=unknown)) == {"agency_id": "unknown"}


def test_one_who_was_referred_to_a_retired_agency_stays_there(active: Session, program: Program, haru: User) -> None:
    there = an_agency(program)
    made = refer(active, haru, told(agency_id=there.pk))
    type(there).objects.update(retired_at=timezone.now())
    changed = referrals.change(referral_id=made.pk, by=haru, seen=1, referring=told(agency_id=there.pk, due_on=day(3)))
    assert changed.due_on == day(3)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"level": ""}, {"level": "missing"}),
        ({"level": "rumoured"}, {"level": "missing"}),
        ({"kind": ""}, {"kind": "missing"}),
        ({"agency": "  "}, {"agency": "missing"}),
        ({"agency": "あ" * 101}, {"agency": "too_long"}),
        ({"told": "a\0b"}, {"told": "nul"}),
        ({"due_on": None}, {"due_on": "missing"}),
        ({"due_on": day(-1)}, {"due_on": "past"}),
        ({"due_on": day(181)}, {"due_on": "too_far"}),
        ({"items": ("name",)}, {"consent": "missing"}),
        ({"limits": "夫には言わないで"}, {"consent": "missing"}),
        ({"consent": "いいですよ"}, {"consented_at": "missing", "asked_by": "missing"}),
        ({"contacted_at": timezone.now() - timedelta(minutes=1)}, {"level": "higher_level"}),
        ({"owner_id": 999_999}, {"owner_id": "unknown"}),
    ],
)
def test_what_cannot_be_is_told_by_its_field(
    changes: dict[str, Any], wrong: dict[str, str], active: Session, haru: User
) -> None:
    assert problems(active, haru, told(**changes)) == wrong


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"consent": "", "items": (), "consented_at": None}, {"consent": "needs_consent"}),
        ({"contacted_at": None}, {"contacted_at": "missing"}),
        ({"contacted_by": None}, {"contacted_by": "missing"}),
        ({"told": ""}, {"told": "missing"}),
        ({"contacted_at": timezone.now() + timedelta(hours=1)}, {"contacted_at": "future"}),
        ({"consented_at": timezone.now() + timedelta(hours=1)}, {"consented_at": "future", "contacted_at": "before"}),
        ({"contacted_at": timezone.now() - timedelta(hours=9)}, {"contacted_at": "before"}),
        ({"asked_by": 999_999}, {"asked_by": "unknown"}),
    ],
)
def test_no_agency_is_told_without_consent_before_it(
    changes: dict[str, Any], wrong: dict[str, str], active: Session, haru: User
) -> None:
    assert problems(active, haru, contacted(haru, **changes)) == wrong


def test_the_database_itself_refuses_contact_without_a_ground(referral: Referral) -> None:
    for wrong in ({"ground": ""}, {"ground": "life"}, {"consented_at": None}, {"due_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.update(**wrong)


def test_the_same_form_twice_refers_once(active: Session, haru: User) -> None:
    given, once = contacted(haru), uuid4()
    first = refer(active, haru, given, once)
    referrals.change(referral_id=first.pk, by=haru, seen=1, referring=replace(given, told="別のこと"))
    assert refer(active, haru, given, once) == first
    with pytest.raises(ClientIdReused):
        refer(active, haru, replace(given, told="ほかのこと"), once)
    assert Referral.objects.count() == 1


def test_who_is_later_is_told_and_both_texts_stay(referral: Referral, haru: User, mio: User) -> None:
    first = contacted(haru, told="ミオが書いた")
    referrals.change(referral_id=referral.pk, by=mio, seen=1, referring=first)
    with pytest.raises(ChangedMeanwhile):
        referrals.change(referral_id=referral.pk, by=haru, seen=1, referring=replace(first, told="ハルが書いた"))
    changed = referrals.change(referral_id=referral.pk, by=haru, seen=2, referring=replace(first, told="ハルが書いた"))
    assert [one.words["told"] for one in feed.versions(changed)] == ["ハルが書いた", "ミオが書いた", TOLD]
    assert [one.row.by.name for one in feed.versions(changed)] == ["Haru", "Mio", "Haru"]


def test_the_same_again_is_no_new_version(active: Session, haru: User) -> None:
    given = contacted(haru)
    made = refer(active, haru, given)
    referrals.change(referral_id=made.pk, by=haru, seen=0, referring=given)
    assert ReferralVersion.objects.count() == 1


def test_a_counselor_refers_as_long_as_the_record_can_be_written(over: Session, haru: User, mio: User) -> None:
    made = refer(over, haru)
    filed(over, haru)
    Session.objects.update(closed_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(TooLate):
        refer(over, haru)
    with pytest.raises(TooLate):
        referrals.change(referral_id=made.pk, by=haru, seen=1, referring=told())
    assert refer(over, mio)


def test_who_has_no_part_in_it_sees_nothing(
    referral: Referral, active: Session, ren: User, aoi: User, kei: User, nao: User
) -> None:
    other = Program.objects.create(slug="other", name="other", kind="women", starts_on="2026-01-01")
    for who in (ren, aoi, kei, nao, person("Far", other, Role.SUPERVISOR), person("Coo", other, Role.COORDINATOR)):
        assert not visible_referrals(who).exists()
        with pytest.raises(NotVisible):
            refer(active, who, told())
        with pytest.raises(NotVisible):
            note(referral, who, "connected")
        with pytest.raises(NotVisible):
            referrals.look(referral_id=referral.pk, by=who)


def test_a_coordinator_follows_what_was_referred_and_refers_further(
    referral: Referral, active: Session, chika: User, sora_says: Say
) -> None:
    assert visible_referrals(chika).get() == referral
    note(referral, chika, "", due_on=day(7), owner_id=chika.pk, words="折り返し待ち")
    assert refer(active, chika, told())
    with pytest.raises(NotVisible):
        refer(sora_says("別の人です", "U" + "1b" * 16), chika, told())


def test_a_coordinator_s_look_is_in_the_audit_and_the_counselor_s_own_is_not(
    referral: Referral, haru: User, chika: User
) -> None:
    referrals.look(referral_id=referral.pk, by=haru)
    referrals.look(referral_id=referral.pk, by=chika)
    assert list(AuditEntry.objects.filter(deed="referral.read").values_list("actor_id", flat=True)) == [chika.pk]


def test_who_is_to_ask_sees_it_until_it_is_over(referral: Referral, haru: User, ren: User) -> None:
    note(referral, haru, "", due_on=day(7), owner_id=ren.pk)
    assert visible_referrals(ren).exists()
    note(referral, ren, "connected", words="予約が取れた")
    assert not visible_referrals(ren).exists()


def test_a_result_ends_it_and_a_later_word_opens_it_again(referral: Referral, haru: User) -> None:
    note(referral, haru, "connected", words="面談をした")
    referral.refresh_from_db()
    assert (referral.result, referral.due_on, referral.result_on) == ("connected", None, day())
    note(referral, haru, "", due_on=day(5))
    referral.refresh_from_db()
    assert (referral.result, referral.ended_at, referral.due_on) == ("", None, day(5))


@pytest.mark.parametrize(
    ("heard", "wrong"),
    [
        (Heard(""), {"due_on": "missing"}),
        (Heard("", due_on=day(-1)), {"due_on": "past"}),
        (Heard("connected"), {"on": "missing"}),
        (Heard("declined", on=day(1)), {"on": "future"}),
        (Heard("unknown"), {"given_up": "missing"}),
        (Heard("unknown", given_up="other"), {"why": "missing"}),
        (Heard("lost"), {"result": "missing"}),
        (Heard("connected", on=day(), words="あ" * 2001), {"words": "too_long"}),
    ],
)
def test_a_result_that_cannot_be_is_told_by_its_field(
    heard: Heard, wrong: dict[str, str], referral: Referral, haru: User
) -> None:
    with pytest.raises(InvalidReferral) as refused:
        referrals.note_result(referral_id=referral.pk, by=haru, seen=1, heard=heard)
    assert refused.value.problems == wrong


def test_it_is_given_up_only_for_a_reason(referral: Referral, haru: User) -> None:
    note(referral, haru, "unknown", given_up="other", why="転居された")
    referral.refresh_from_db()
    assert (referral.result, referral.given_up, words(referral)["why"]) == ("unknown", "other", "転居された")


def test_two_who_hear_at_once_are_told_of_each_other(referral: Referral, haru: User, mio: User) -> None:
    note(referral, mio, "declined")
    with pytest.raises(ChangedMeanwhile):
        referrals.note_result(referral_id=referral.pk, by=haru, seen=1, heard=Heard("connected", on=day()))
    note(referral, mio, "declined")
    assert ReferralVersion.objects.count() == 2


def test_after_consent_was_taken_back_nothing_is_written_as_told(referral: Referral, haru: User, mio: User) -> None:
    referrals.withdraw(referral_id=referral.pk, by=haru, seen=1, words="やっぱり言わないでください")
    referral.refresh_from_db()
    assert not referral.may_tell
    assert words(referral)["withdrawal"] == "やっぱり言わないでください"
    for who in (haru, mio):
        with pytest.raises(Withdrawn):
            referrals.change(referral_id=referral.pk, by=who, seen=2, referring=contacted(who))
    note(referral, haru, "declined")
    assert AuditEntry.objects.filter(deed="referral.withdrawn").count() == 1


def test_taking_back_twice_is_once_and_needs_a_consent(referral: Referral, active: Session, haru: User) -> None:
    for _time in range(2):
        referrals.withdraw(referral_id=referral.pk, by=haru, seen=1, words="やめます")
    with pytest.raises(NothingAgreed):
        referrals.withdraw(referral_id=refer(active, haru, told()).pk, by=haru, seen=1, words="やめます")


def test_an_emergency_report_is_a_supervisor_s_and_stands_in_the_contact_log(
    active: Session, haru: User, mio: User, opened: SheetReading
) -> None:
    report = told(level="emergency", kind="police")
    assert problems(active, haru, report) == {"level": "supervisors"}
    assert problems(active, mio, report) == {"contact_id": "missing"}
    contact = log(opened)
    made = refer(active, mio, replace(report, contact_id=contact.pk))
    assert (made.ground, made.contacted_at, made.contacted_by) == ("life", contact.contacted_at, mio)
    assert not made.may_tell


def test_with_the_visitor_s_key_every_word_is_gone_and_codes_stay(referral: Referral, mio: User) -> None:
    Visitor.objects.update(wrapped_key=b"")
    referral.session.visitor.refresh_from_db()
    with pytest.raises(CannotOpen):
        feed.versions(referral)
    with pytest.raises(CannotOpen):
        referrals.look(referral_id=referral.pk, by=mio)
    (moment,) = feed.of_visitors(mio, [referral.session.visitor_id])
    assert (moment.level, moment.name, moment.words) == ("contacted", "", "")
