"""Asking people to join a team: the link, the mail, and each refusal."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client

from accounts import invitations, mail, people
from accounts.models import Invitation, User
from accounts.roles import Role
from counseling.actions import team
from counseling.models import Membership, Program
from counseling.permissions import NotVisible
from tests.conftest import PASSWORD
from tests.counseling.actions.teams import AWAY, ask_mori, parents, refusal, roles_of

__all__ = ["parents"]
pytestmark = pytest.mark.django_db
Outbox = list[EmailMultiAlternatives]


def key_in(sent: EmailMultiAlternatives) -> str:
    found = re.search(r"/accounts/invitation/([\w-]+)/", str(sent.body))
    assert found is not None
    return found[1]


def test_who_is_invited_is_on_the_team_and_cannot_sign_in_yet(program: Program, aoi: User, client: Client) -> None:
    invited = ask_mori(program, aoi)
    assert (invited.user.email, invited.user.name, invited.new, invited.sent) == (
        "mori@example.jp",
        "森 杜",
        True,
        True,
    )
    assert roles_of(invited.user, program) == {"counselor"}
    assert not invited.user.is_active and not invited.user.has_usable_password()
    assert not client.login(email="mori@example.jp", password="")


def test_the_mail_says_who_invites_where_and_until_when(program: Program, aoi: User, mailoutbox: Outbox) -> None:
    ask_mori(program, aoi)
    (sent,) = mailoutbox
    text, (html, kind) = str(sent.body), sent.alternatives[0]
    assert sent.to == ["mori@example.jp"]
    assert "女性のための相談" in sent.subject
    for word in ("森 杜", "Aoi", "女性のための相談", "/accounts/invitation/", "日本時間", "Japan time"):
        assert word in text and word in str(html), word
    assert text.index("お招き") < text.index("invites you")
    assert kind == "text/html"


def test_only_the_keys_hash_is_kept(program: Program, aoi: User, mailoutbox: Outbox) -> None:
    ask_mori(program, aoi)
    key, kept = key_in(mailoutbox[0]), Invitation.objects.get()
    assert len(key) == 43
    assert kept.key_hash == invitations.hash_of(key) != key
    assert kept.expires_at - kept.sent_at == invitations.GOOD_FOR


def test_the_mail_goes_out_after_the_commit(program: Program, aoi: User, monkeypatch: pytest.MonkeyPatch) -> None:
    depths: list[int] = []

    def send(*_args: object, **_context: object) -> bool:
        depths.append(len(connection.savepoint_ids))
        return True

    monkeypatch.setattr(mail, "send", send)
    ask_mori(program, aoi)
    assert depths == [len(connection.savepoint_ids)]


def test_an_invitation_stays_when_no_mail_server_answers(program: Program, aoi: User, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = AWAY
    invited = ask_mori(program, aoi)
    assert not invited.sent
    assert Invitation.objects.filter(user=invited.user, withdrawn_at=None).exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert team.invite_again(program_id=program.pk, user_id=invited.user.pk, by=aoi).sent


def test_who_works_here_already_is_added_and_told(parents: Program, ren: User, aoi: User, mailoutbox: Outbox) -> None:
    Membership.objects.create(user=aoi, program=parents, role=Role.ADMINISTRATOR)
    invited = team.invite(program_id=parents.pk, email=ren.email, name="誰か", roles=["supervisor"], by=aoi)
    assert (invited.user, invited.new, invited.user.name) == (ren, False, "Ren")
    assert roles_of(ren, parents) == {"supervisor"}
    assert not Invitation.objects.exists()
    assert "ひとり親" in mailoutbox[0].subject and "/invitation/" not in mailoutbox[0].body


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"email": "mori"}, "email"),
        ({"email": "mori@example.jp\nBcc: all@example.jp"}, "email"),
        ({"email": "m" * 250 + "@example.jp"}, "email"),
        ({"name": "  "}, "name"),
        ({"name": "森" * 61}, "name"),
        ({"name": "森\u202e"}, "name"),
        ({"roles": []}, "no_role"),
        ({"roles": ["counselor", "king"]}, "no_role"),
        ({"roles": ["officer", "supervisor"]}, "officer_alone"),
        ({"email": "ren@example.jp"}, "already_here"),
        ({"email": "nao@example.jp"}, "already_here"),
    ],
)
def test_an_invitation_is_refused(
    how: dict[str, object], code: str, program: Program, aoi: User, ren: User, nao: User, mailoutbox: Outbox
) -> None:
    asked: dict[str, Any] = {
        "program_id": program.pk,
        "email": "mori@example.jp",
        "name": "森",
        "roles": ["counselor"],
        "by": aoi,
    }
    assert refusal(team.invite, **(asked | how)) == code
    assert not Invitation.objects.exists() and not mailoutbox
    assert not User.objects.filter(email="mori@example.jp").exists()


def test_who_may_not_sign_in_is_not_invited(parents: Program, nao: User, aoi: User) -> None:
    Membership.objects.create(user=aoi, program=parents, role=Role.ADMINISTRATOR)
    asked: dict[str, Any] = {
        "program_id": parents.pk,
        "email": nao.email,
        "name": "Nao",
        "roles": ["counselor"],
        "by": aoi,
    }
    assert refusal(team.invite, **asked) == "deactivated"


@pytest.mark.parametrize("who", ["haru", "mio", "kei"])
def test_only_an_administrator_of_the_program_invites(
    who: str, program: Program, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotVisible):
        ask_mori(program, request.getfixturevalue(who))


def test_several_are_invited_and_a_refusal_stops_nobody(program: Program, aoi: User, ren: User) -> None:
    asked = [("森", "mori@example.jp"), ("Ren", ren.email), ("林", "hayashi@example.jp")]
    outcomes = team.invite_all(program_id=program.pk, people=asked, roles=["counselor"], by=aoi)
    assert outcomes[1] == ("Ren", ren.email, "already_here")
    assert [one.user.name for one in outcomes if isinstance(one, team.Invited)] == ["森", "林"]


def test_a_link_sent_again_makes_the_one_before_worthless(program: Program, aoi: User, mailoutbox: Outbox) -> None:
    user = ask_mori(program, aoi).user
    team.invite_again(program_id=program.pk, user_id=user.pk, by=aoi)
    old, new = (key_in(sent) for sent in mailoutbox)
    with pytest.raises(people.CannotAccept):
        people.accept_invitation(key=old, name="森", password=PASSWORD)
    assert people.accept_invitation(key=new, name="森", password=PASSWORD) == user


def test_a_withdrawn_link_opens_nothing_until_it_is_sent_again(program: Program, aoi: User, mailoutbox: Outbox) -> None:
    user = ask_mori(program, aoi).user
    how: dict[str, Any] = {"program_id": program.pk, "user_id": user.pk, "by": aoi}
    team.withdraw_invitation(**how)
    with pytest.raises(people.CannotAccept):
        people.accept_invitation(key=key_in(mailoutbox[0]), name="森", password=PASSWORD)
    assert refusal(team.withdraw_invitation, **how) == "not_invited"
    assert team.invite_again(**how).sent


def test_who_has_come_in_is_not_invited_again(program: Program, ren: User, nao: User, aoi: User) -> None:
    for user in (ren, nao):
        how: dict[str, Any] = {"program_id": program.pk, "user_id": user.pk, "by": aoi}
        assert refusal(team.invite_again, **how) == refusal(team.withdraw_invitation, **how) == "not_invited"


def test_an_invitation_to_another_program_is_not_withdrawn(program: Program, parents: Program, aoi: User) -> None:
    user = ask_mori(program, aoi).user
    Membership.objects.create(user=user, program=parents, role=Role.COUNSELOR)
    assert refusal(team.withdraw_invitation, program_id=program.pk, user_id=user.pk, by=aoi) == "works_elsewhere"


def test_an_invitation_goes_with_the_last_role(program: Program, aoi: User, mailoutbox: Outbox) -> None:
    user = ask_mori(program, aoi).user
    team.leave_team(program_id=program.pk, user_id=user.pk, by=aoi)
    with pytest.raises(people.CannotAccept):
        people.accept_invitation(key=key_in(mailoutbox[0]), name="森", password=PASSWORD)
