"""Volunteers: the link, applying, the yes and the no; what a stranger at the door can never learn."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accounts import invitations
from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.actions import volunteers
from counseling.actions.joining import CannotChangeTeam
from counseling.models import Application, JoinLink, Membership, Program
from counseling.permissions import NotVisible
from counseling.text import UnacceptableText
from tests.counseling.actions.teams import AWAY, parents, roles_of

__all__ = ["parents"]
pytestmark = pytest.mark.django_db
Outbox = list[EmailMultiAlternatives]
MORI: dict[str, Any] = {
    "name": "森 杜",
    "email": "Mori@Example.jp",
    "qualifications": ["nurse", "wizard"],
    "languages": ["ja", "en"],
    "hours": "平日の夜",
}


@pytest.fixture
def key(program: Program, aoi: User) -> str:
    """The link's key."""
    return volunteers.make_link(program_id=program.pk, by=aoi)[1]


@pytest.fixture
def mori(key: str) -> Application:
    """Mori applied."""
    volunteers.apply(key=key, **MORI)
    return Application.objects.get()


def decide(application: Application, by: User, role: str = "counselor") -> User:
    on = {"program_id": application.program_id, "application_id": application.pk}
    joined = volunteers.approve(role=role, by=by, **on)
    assert joined.tell()
    return joined.user


def test_only_the_keys_hash_is_kept(key: str) -> None:
    assert JoinLink.objects.get().key_hash == invitations.hash_of(key) != key
    assert len(key) == 43


def test_a_new_link_makes_the_one_before_worthless(key: str, program: Program, aoi: User) -> None:
    _link, newer = volunteers.make_link(program_id=program.pk, by=aoi)
    with pytest.raises(volunteers.LinkClosed):
        volunteers.apply(key=key, **MORI)
    volunteers.apply(key=newer, **MORI)
    told = AuditEntry.objects.filter(program_id=program.pk, deed="join_link.made")
    assert told.count() == 2 and key not in str(list(told.values()))


def test_who_applies_is_kept_as_they_wrote_and_sees_nothing_yet(mori: Application, program: Program) -> None:
    assert (mori.name, mori.email, mori.hours, mori.state) == ("森 杜", "mori@example.jp", "平日の夜", "pending")
    assert (mori.qualifications, mori.languages) == (["nurse"], ["ja", "en"])
    assert not User.objects.filter(email="mori@example.jp").exists()
    assert JoinLink.objects.get().uses == 1


def test_the_same_address_applies_once_and_what_came_first_stays(mori: Application, key: str) -> None:
    volunteers.apply(key=key, **(MORI | {"name": "別の人", "email": "mori@example.JP"}))
    assert Application.objects.get().name == "森 杜"
    assert JoinLink.objects.get().uses == 1


@pytest.mark.parametrize("who", ["haru", "kei", "nao"])
def test_who_is_known_already_applies_like_everybody_else(
    who: str, key: str, request: pytest.FixtureRequest, mailoutbox: Outbox
) -> None:
    volunteers.apply(key=key, **(MORI | {"email": request.getfixturevalue(who).email}))
    assert Application.objects.get().state == "pending"
    assert mailoutbox == []


@pytest.mark.parametrize("why", ["unknown", "revoked", "expired", "closed"])
def test_by_a_link_that_is_closed_nobody_applies(why: str, key: str, program: Program, aoi: User) -> None:
    if why == "revoked":
        volunteers.revoke_link(program_id=program.pk, by=aoi)
    JoinLink.objects.filter(pk__gt=0 if why == "expired" else 10**9).update(expires_at=timezone.now())
    Program.objects.filter(pk=program.pk).update(stage="closed" if why == "closed" else "open")
    with pytest.raises(volunteers.LinkClosed):
        volunteers.apply(key="x" * 43 if why == "unknown" else key, **MORI)
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"name": "a\0"}, {"name": "あ" * 61}, {"email": "nobody"}, {"email": "a@" + "b" * 260}]
)
def test_a_name_or_an_address_that_is_none_is_refused(wrong: dict[str, str], key: str) -> None:
    with pytest.raises(CannotChangeTeam):
        volunteers.apply(key=key, **(MORI | wrong))


@pytest.mark.parametrize("hours", ["あ" * 201, "a\0"])
def test_words_that_cannot_be_kept_are_refused(hours: str, key: str) -> None:
    with pytest.raises(UnacceptableText):
        volunteers.apply(key=key, **(MORI | {"hours": hours}))


def test_a_flood_of_applications_ends(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volunteers, "MOST_PENDING", 2)
    for number in range(2):
        volunteers.apply(key=key, **(MORI | {"email": f"v{number}@example.jp"}))
    with pytest.raises(volunteers.TooMany):
        volunteers.apply(key=key, **MORI)


def test_a_yes_invites_them_as_everybody_with_the_profile_they_wrote(
    mori: Application, aoi: User, program: Program, mailoutbox: Outbox
) -> None:
    user = decide(mori, aoi, "trainee")
    assert (user.name, user.is_active, roles_of(user, program)) == ("森 杜", False, {"trainee"})
    user.refresh_from_db()
    assert (user.qualifications, user.languages) == (["nurse"], ["ja", "en"])
    assert "/accounts/invitation/" in mailoutbox[0].body
    mori.refresh_from_db()
    assert (mori.state, mori.decided_by) == ("approved", aoi)
    assert AuditEntry.objects.get(deed="application.decided").details == {"did": "approved"}


def test_who_works_in_the_house_is_added_at_once_and_keeps_their_profile(
    key: str, aoi: User, program: Program, parents: Program
) -> None:
    known = User.objects.create_user("far@example.jp", "a pass phrase", name="Far", languages=["zh"])
    volunteers.apply(key=key, **(MORI | {"email": known.email}))
    assert decide(Application.objects.get(), aoi) == known
    known.refresh_from_db()
    assert (known.name, known.languages, roles_of(known, program)) == ("Far", ["zh"], {"counselor"})


@pytest.mark.parametrize("who", ["haru", "kei"])
def test_who_is_on_the_team_gets_no_second_part_in_it(
    who: str, key: str, aoi: User, program: Program, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    before = roles_of(user, program)
    volunteers.apply(key=key, **(MORI | {"email": user.email}))
    with pytest.raises(CannotChangeTeam, match="already_here"):
        decide(Application.objects.get(), aoi)
    assert roles_of(user, program) == before
    assert Application.objects.get().state == "pending"


@pytest.mark.parametrize("role", ["supervisor", "administrator", "officer", "coordinator", "king"])
def test_nobody_begins_as_more_than_a_counselor(role: str, mori: Application, aoi: User) -> None:
    with pytest.raises(CannotChangeTeam, match="no_role"):
        decide(mori, aoi, role)
    assert not Membership.objects.filter(role=role).exclude(user=aoi).exists()


@pytest.mark.parametrize("tell", [True, False])
def test_a_no_is_told_kindly_or_not_at_all(tell: bool, mori: Application, aoi: User, mailoutbox: Outbox) -> None:
    on: dict[str, Any] = {"program_id": mori.program_id, "application_id": mori.pk, "by": aoi}
    assert volunteers.decline(tell=tell, **on)
    assert [sent.to for sent in mailoutbox] == ([["mori@example.jp"]] if tell else [])
    assert all("ありがとうございました" in sent.body for sent in mailoutbox)
    assert not User.objects.filter(email="mori@example.jp").exists()
    with pytest.raises(volunteers.DecidedAlready):
        decide(mori, aoi)


def test_a_no_holds_though_the_mail_server_is_away(mori: Application, aoi: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = AWAY
    assert not volunteers.decline(tell=True, program_id=mori.program_id, application_id=mori.pk, by=aoi)
    mori.refresh_from_db()
    assert mori.state == "declined"


@pytest.mark.parametrize("who", ["haru", "mio", "kei", "nao"])
def test_only_who_manages_the_team_makes_links_and_decides(
    who: str, mori: Application, program: Program, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    on = {"program_id": program.pk, "by": by}
    for act, more in (
        (volunteers.make_link, {}),
        (volunteers.revoke_link, {}),
        (volunteers.approve, {"application_id": mori.pk, "role": "counselor"}),
        (volunteers.decline, {"application_id": mori.pk, "tell": False}),
    ):
        with pytest.raises(NotVisible):
            act(**on, **more)


def test_another_programs_application_is_not_there(mori: Application, parents: Program, aoi: User) -> None:
    Membership.objects.create(user=aoi, program=parents, role=Role.ADMINISTRATOR)
    with pytest.raises(NotVisible):
        volunteers.approve(program_id=parents.pk, application_id=mori.pk, role="counselor", by=aoi)


def test_what_nobody_needs_any_more_is_forgotten(mori: Application, key: str, aoi: User) -> None:
    now = timezone.now()
    volunteers.apply(key=key, **(MORI | {"email": "hayashi@example.jp"}))
    volunteers.decline(program_id=mori.program_id, application_id=mori.pk, tell=False, by=aoi)
    volunteers.forget(now=now + timedelta(days=29))
    assert Application.objects.count() == 2 and JoinLink.objects.exists()
    volunteers.forget(now=now + timedelta(days=31))
    assert Application.objects.get().email == "hayashi@example.jp"
    volunteers.forget(now=now + timedelta(days=91))
    assert not Application.objects.exists() and not JoinLink.objects.exists()
