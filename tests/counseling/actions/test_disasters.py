"""A disaster's program from five answers, and people of other programs who help out."""

from datetime import date
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Right, Role
from counseling import checklist
from counseling.actions import disasters, stages
from counseling.checklist import Item
from counseling.feeds.borrowable import Borrowable, borrowable
from counseling.feeds.checklist import lines_of
from counseling.models import Membership, Part, Program
from counseling.models.edition import form_of
from counseling.permissions import NotVisible, programs
from counseling.stages import Stage, Step
from tests.conftest import person
from tests.counseling.actions.teams import AWAY, parents, roles_of

__all__ = ["parents"]
pytestmark = pytest.mark.django_db
Outbox = list[EmailMultiAlternatives]
HOURS: dict[str, Any] = {"weekly": dict.fromkeys(("sat", "sun"), ["10:00-22:00"])}


def found(
    by: User, *helpers: User, slug: str = "disaster", name: str = "輪島 こころの相談", invites: bool = False
) -> disasters.Founded:
    return disasters.found(
        name=name,
        area="石川県輪島市",
        hours=HOURS,
        starts_on=timezone.localdate(),
        ends_on=date(2099, 12, 31),
        user_ids=[one.pk for one in helpers],
        invites=invites,
        slug=slug,
        by=by,
    )


def offered(by: User) -> list[Borrowable]:
    return borrowable(programs(by, Right.MANAGE_TEAM))


def test_five_answers_make_a_program_that_lacks_nothing(aoi: User, haru: User, mio: User) -> None:
    made = found(aoi, haru, mio).program
    assert (made.name, made.area, made.kind, made.stage) == (
        "輪島 こころの相談",
        "石川県輪島市",
        "disaster",
        Stage.DRAFT,
    )
    assert (made.channel_mode, made.hours["weekly"], made.hours["intake_close"]) == ("web_only", HOURS["weekly"], 30)
    found_lines = lines_of(made, timezone.now())
    assert checklist.blocking(found_lines) == []
    assert {line.item for line in found_lines if line.why} == {Item.ROSTER, Item.TRIAL}
    assert stages.step(program_id=made.pk, step=Step.OPEN, by=aoi).stage == Stage.OPEN


def test_nothing_that_is_asked_before_the_talk_must_be_answered(aoi: User) -> None:
    intake = form_of(found(aoi).program.editions, Part.INTAKE)
    assert 0 < len(intake.questions) <= 4
    assert not any(question.required for question in intake.questions)


def test_reception_needs_two_people_and_a_supervisor_among_them(aoi: User, haru: User) -> None:
    made = found(aoi, haru).program
    assert (made.least_on_duty, made.least_supervisors) == (2, 1)
    with pytest.raises(stages.CannotOpen) as refused:
        stages.step(program_id=made.pk, step=Step.OPEN, by=aoi)
    assert [line.item for line in refused.value.missing] == [Item.PEOPLE]


def test_who_helps_has_the_role_they_hold_elsewhere_and_is_told(
    aoi: User, haru: User, mio: User, mailoutbox: Outbox
) -> None:
    founded = found(aoi, haru, mio)
    assert (roles_of(haru, founded.program), roles_of(mio, founded.program)) == ({"counselor"}, {"supervisor"})
    assert founded.untold == []
    assert [sent.to for sent in mailoutbox] == [["haru@example.jp"], ["mio@example.jp"]]
    assert "輪島 こころの相談" in mailoutbox[0].body
    noted = AuditEntry.objects.filter(program_id=founded.program.pk, deed="person.invited")
    assert set(noted.values_list("subject", flat=True)) == {f"user:{haru.pk}", f"user:{mio.pk}"}


def test_a_mail_server_that_is_away_keeps_nobody_from_helping(aoi: User, haru: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = AWAY
    founded = found(aoi, haru)
    assert founded.untold == [haru]
    assert roles_of(haru, founded.program) == {"counselor"}


def test_an_administrator_who_counsels_elsewhere_may_help_too(program: Program, aoi: User, mailoutbox: Outbox) -> None:
    Membership.objects.create(user=aoi, program=program, role=Role.COUNSELOR)
    made = found(aoi, aoi).program
    assert roles_of(aoi, made) == {"administrator", "counselor"}
    assert mailoutbox == []


def test_the_same_form_sent_twice_makes_one_program(aoi: User, haru: User, mailoutbox: Outbox) -> None:
    made = found(aoi, haru).program
    with pytest.raises(disasters.FoundedAlready) as again:
        found(aoi, haru)
    assert again.value.program == made
    assert Program.objects.filter(kind="disaster").count() == 1 == len(mailoutbox)


def test_an_address_that_was_taken_meanwhile_gets_the_next_number(program: Program, aoi: User) -> None:
    Program.objects.create(slug="disaster", name="前の災害", kind="disaster", starts_on=program.starts_on)
    assert found(aoi).program.slug == "disaster-2"
    assert found(aoi, name="別の窓口").program.slug == "disaster-3"


@pytest.mark.parametrize("who", ["haru", "mio", "kei"])
def test_who_administers_nothing_founds_nothing(program: Program, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotVisible):
        found(request.getfixturevalue(who))
    assert not Program.objects.filter(kind="disaster").exists()


def test_nobody_is_borrowed_from_a_team_one_does_not_manage(aoi: User, parents: Program) -> None:
    far = person("Far", parents, Role.COUNSELOR)
    with pytest.raises(NotVisible):
        found(aoi, far)
    assert not Program.objects.filter(kind="disaster").exists()


@pytest.mark.parametrize("who", ["kei", "nao", "aoi"])
def test_officers_and_who_left_and_who_takes_no_sessions_are_not_offered(
    who: str, aoi: User, haru: User, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(who)
    assert [one.user for one in offered(aoi)] == [haru]


def test_each_is_offered_once_in_their_most_experienced_role(
    program: Program, aoi: User, haru: User, parents: Program
) -> None:
    Membership.objects.create(user=aoi, program=parents, role=Role.ADMINISTRATOR)
    Membership.objects.create(user=haru, program=parents, role=Role.SUPERVISOR)
    (one,) = offered(aoi)
    assert (one.user, one.role, set(one.programs)) == (haru, Role.SUPERVISOR, {program.name, parents.name})


def test_more_people_ask_no_more_of_the_database(program: Program, aoi: User, django_assert_num_queries: Any) -> None:
    for number in range(5):
        person(f"P{number}", program, Role.COUNSELOR)
    with django_assert_num_queries(1):
        assert len(offered(aoi)) == 5
