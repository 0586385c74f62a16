"""The team: inviting, roles, leaving, and each refusal."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, connections
from django.test import Client

from accounts import invitations, mail, people
from accounts.models import AuditEntry, Invitation, User
from accounts.roles import Role
from counseling.actions import team
from counseling.actions.team import CannotChangeTeam, Code
from counseling.models import Break, Duty, Membership, Program
from counseling.permissions import NotVisible
from tests.conftest import ALWAYS, PASSWORD, person

pytestmark = pytest.mark.django_db
Outbox = list[EmailMultiAlternatives]
AWAY = "tests.counseling.actions.test_team.NoServer"


class NoServer:
    """A mail server that does not answer."""

    def __init__(self, **_options: object) -> None:
        pass

    def send_messages(self, _mails: object) -> int:
        raise ConnectionRefusedError


def ask_mori(program: Program, by: User, roles: tuple[str, ...] = ("counselor",)) -> team.Invited:
    return team.invite(program_id=program.pk, email="Mori@Example.jp ", name=" 森  杜 ", roles=roles, by=by)


def refusal(act: Callable[..., object], **how: object) -> Code:
    with pytest.raises(CannotChangeTeam) as refused:
        act(**how)
    return refused.value.code


def roles_of(user: User, program: Program) -> set[str]:
    return set(Membership.objects.filter(user=user, program=program).values_list("role", flat=True))


def key_in(sent: EmailMultiAlternatives) -> str:
    found = re.search(r"/accounts/invitation/([\w-]+)/", str(sent.body))
    assert found is not None
    return found[1]


@pytest.fixture
def parents() -> Program:
    """Another program, in which nobody has a part yet."""
    return Program.objects.create(
        slug="parents", name="ひとり親", kind="women", starts_on=date(2019, 2, 1), hours=ALWAYS
    )


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


def test_roles_are_exactly_what_was_chosen(program: Program, ren: User, aoi: User) -> None:
    team.set_roles(program_id=program.pk, user_id=ren.pk, roles=["supervisor", "administrator"], by=aoi)
    assert roles_of(ren, program) == {"supervisor", "administrator"}
    entry = AuditEntry.objects.get(deed="person.roles_changed")
    assert entry.details == {"before": ["counselor"], "after": ["administrator", "supervisor"]}
    assert (entry.actor_id, entry.subject, entry.program_id) == (aoi.pk, f"user:{ren.pk}", program.pk)


def test_the_same_roles_again_are_no_deed(program: Program, ren: User, aoi: User) -> None:
    team.set_roles(program_id=program.pk, user_id=ren.pk, roles=["counselor"], by=aoi)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("roles", "code"), [([], "no_role"), (["boss"], "no_role"), (["officer", "counselor"], "officer_alone")]
)
def test_roles_are_refused(roles: list[str], code: str, program: Program, ren: User, aoi: User) -> None:
    how: dict[str, Any] = {"program_id": program.pk, "user_id": ren.pk, "roles": roles, "by": aoi}
    assert refusal(team.set_roles, **how) == code
    assert roles_of(ren, program) == {"counselor"}


def test_nobody_takes_the_administrators_role_from_themselves(program: Program, aoi: User) -> None:
    how: dict[str, Any] = {"program_id": program.pk, "user_id": aoi.pk, "by": aoi}
    assert refusal(team.set_roles, roles=["supervisor"], **how) == "own_role"
    assert refusal(team.leave_team, **how) == "oneself"
    assert refusal(team.deactivate, **how) == "oneself"
    assert refusal(team.reset_second_factor, **how) == "oneself"
    team.set_roles(roles=["supervisor", "administrator"], **how)
    assert roles_of(aoi, program) == {"supervisor", "administrator"}


def test_people_of_other_programs_are_not_there(program: Program, parents: Program, aoi: User) -> None:
    far = person("Far", parents, Role.COUNSELOR)
    how: dict[str, Any] = {"program_id": program.pk, "user_id": far.pk, "by": aoi}
    acts = (team.invite_again, team.withdraw_invitation, team.leave_team, team.deactivate, team.reactivate)
    for act in (*acts, team.reset_second_factor):
        with pytest.raises(NotVisible):
            act(**how)
    with pytest.raises(NotVisible):
        team.set_roles(roles=["counselor"], **how)


def test_who_leaves_has_no_part_and_no_duty_any_more(program: Program, parents: Program, ren: User, aoi: User) -> None:
    Membership.objects.create(user=ren, program=parents, role=Role.COUNSELOR)
    duty = Duty.objects.get(program=program, user=ren)
    Break.objects.create(duty=duty, reason="rest")
    elsewhere = Duty.objects.create(program=parents, user=ren)
    team.leave_team(program_id=program.pk, user_id=ren.pk, by=aoi)
    for one in (duty, elsewhere):
        one.refresh_from_db()
    assert roles_of(ren, program) == set() and roles_of(ren, parents) == {"counselor"}
    assert (duty.ended_because, elsewhere.ended_at) == ("left_team", None)
    assert not Break.objects.filter(ended_at=None).exists()


def test_an_invitation_goes_with_the_last_role(program: Program, aoi: User, mailoutbox: Outbox) -> None:
    user = ask_mori(program, aoi).user
    team.leave_team(program_id=program.pk, user_id=user.pk, by=aoi)
    with pytest.raises(people.CannotAccept):
        people.accept_invitation(key=key_in(mailoutbox[0]), name="森", password=PASSWORD)


def test_roles_without_shifts_end_the_duty(program: Program, ren: User, aoi: User) -> None:
    duty = Duty.objects.get(program=program, user=ren)
    team.set_roles(program_id=program.pk, user_id=ren.pk, roles=["officer"], by=aoi)
    duty.refresh_from_db()
    assert duty.ended_because == "left_team"


def test_deactivating_ends_duties_and_logins(
    program: Program, ren: User, aoi: User, signed_in: Callable[[User], Client]
) -> None:
    client, duty = signed_in(ren), Duty.objects.get(program=program, user=ren)
    team.deactivate(program_id=program.pk, user_id=ren.pk, by=aoi)
    duty.refresh_from_db()
    assert duty.ended_because == "left_team"
    assert client.get("/accounts/profile/").status_code == 302
    team.reactivate(program_id=program.pk, user_id=ren.pk, by=aoi)
    assert User.objects.get(pk=ren.pk).is_active


def test_only_who_administers_all_programs_of_a_person_stops_them(
    program: Program, parents: Program, ren: User, aoi: User
) -> None:
    Membership.objects.create(user=ren, program=parents, role=Role.COUNSELOR)
    how: dict[str, Any] = {"program_id": program.pk, "user_id": ren.pk, "by": aoi}
    assert refusal(team.deactivate, **how) == refusal(team.reactivate, **how) == "works_elsewhere"
    Membership.objects.create(user=aoi, program=parents, role=Role.ADMINISTRATOR)
    team.deactivate(**how)
    assert not User.objects.get(pk=ren.pk).is_active


def test_who_never_came_in_is_invited_rather_than_let_in(program: Program, aoi: User) -> None:
    user = ask_mori(program, aoi).user
    assert refusal(team.reactivate, program_id=program.pk, user_id=user.pk, by=aoi) == "not_invited"


def test_an_administrator_writes_down_what_a_person_can_take(program: Program, ren: User, aoi: User) -> None:
    told = {"qualifications": ["nurse", "wizard"], "languages": ["en", "ja"], "can_take": ["trauma"]}
    team.keep_profile(program_id=program.pk, user_id=ren.pk, name="蓮見 蓮", by=aoi, **told)
    ren.refresh_from_db()
    assert (ren.name, ren.qualifications, ren.languages, ren.can_take) == (
        "蓮見 蓮",
        ["nurse"],
        ["ja", "en"],
        ["trauma"],
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_remove_each_other_one_stays(program: Program, aoi: User) -> None:
    ichi = person("Ichi", program, Role.ADMINISTRATOR)

    def remove(by: User, whom: User) -> bool:
        try:
            team.leave_team(program_id=program.pk, user_id=whom.pk, by=by)
        except NotVisible:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as two:
        done = list(two.map(remove, (aoi, ichi), (ichi, aoi)))
    assert sorted(done) == [False, True]
    assert Membership.objects.filter(role=Role.ADMINISTRATOR).count() == 1
