"""The team: roles, leaving, being stopped, and each refusal."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.actions import team
from counseling.models import Break, Duty, Membership, Program
from counseling.permissions import NotVisible
from tests.conftest import person
from tests.counseling.actions.teams import ask_mori, parents, refusal, roles_of

__all__ = ["parents"]
pytestmark = pytest.mark.django_db


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


def test_adding_somebody_to_a_program_gives_no_power_over_them(program: Program, parents: Program, aoi: User) -> None:
    far = person("Far", parents, Role.ADMINISTRATOR)
    root = User.objects.create_superuser("root@example.jp", name="Root")
    for stranger in (far, root):
        team.invite(program_id=program.pk, email=stranger.email, name="x", roles=["counselor"], by=aoi)
        how: dict[str, Any] = {"program_id": program.pk, "user_id": stranger.pk, "by": aoi}
        assert refusal(team.reset_second_factor, **how) == refusal(team.deactivate, **how) == "works_elsewhere"


def test_nobody_is_renamed_by_who_only_added_them(program: Program, parents: Program, aoi: User) -> None:
    far = person("Far", parents, Role.COUNSELOR)
    team.invite(program_id=program.pk, email=far.email, name="x", roles=["counselor"], by=aoi)
    told: dict[str, Any] = {"qualifications": [], "languages": ["ja"], "can_take": []}
    how: dict[str, Any] = {"program_id": program.pk, "user_id": far.pk, "by": aoi}
    assert refusal(team.keep_profile, name="別の人", **told, **how) == "works_elsewhere"
    team.keep_profile(name="Far", **told, **how)
    assert User.objects.get(pk=far.pk).languages == ["ja"]


def test_an_id_nobody_can_have_is_not_there(program: Program, aoi: User) -> None:
    for act in (team.leave_team, team.deactivate):
        with pytest.raises(NotVisible):
            act(program_id=program.pk, user_id=2**31, by=aoi)


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


def at_once(
    act: Callable[..., None], programs: tuple[Program, Program], by: tuple[User, User], whom: tuple[User, User]
) -> list[bool]:
    """Both do it to each other at the same moment; who of them could."""

    def do(program: Program, by: User, whom: User) -> bool:
        try:
            act(program_id=program.pk, user_id=whom.pk, by=by)
        except NotVisible:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as two:
        return list(two.map(do, programs, by, whom))


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_remove_each_other_one_stays(program: Program, aoi: User) -> None:
    ichi = person("Ichi", program, Role.ADMINISTRATOR)

    assert sorted(at_once(team.leave_team, (program, program), (aoi, ichi), (ichi, aoi))) == [False, True]
    assert Membership.objects.filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_stop_each_other_in_two_programs_one_stays(program: Program, parents: Program, aoi: User) -> None:
    ichi = person("Ichi", program, Role.ADMINISTRATOR)
    Membership.objects.bulk_create(
        Membership(user=one, program=parents, role=Role.ADMINISTRATOR) for one in (aoi, ichi)
    )
    assert sorted(at_once(team.deactivate, (program, parents), (aoi, ichi), (ichi, aoi))) == [False, True]
    assert User.objects.filter(is_active=True).count() == 1
