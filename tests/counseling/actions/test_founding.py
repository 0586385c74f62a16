"""New programs from blueprints: templates, copies, files."""

from datetime import date, timedelta

import pytest

from accounts.models import User
from counseling import blueprints
from counseling.actions import founding
from counseling.agencies import Area
from counseling.models import Agency, Membership, Program, ShiftPattern
from counseling.models.edition import Part, form_of
from counseling.permissions import NotVisible
from counseling.stages import Stage
from tests.counseling.actions.directories import an_agency


def found(by: User, slug: str = "new", kind: str = "disaster") -> Program:
    return founding.found(blueprint=blueprints.template(kind), slug=slug, by=by, starts_on=date(2026, 12, 1))


def test_a_new_program_is_a_draft_with_a_web_page_and_its_maker_as_administrator(aoi: User) -> None:
    made = found(aoi)
    assert made.stage == Stage.DRAFT
    assert list(made.channels.values_list("kind", "key")) == [("web", "new-web")]
    assert Membership.objects.get(program=made).role == "administrator"
    assert form_of(made.editions, Part.INTAKE).question("age")


def test_a_copy_has_all_but_people_visitors_and_secrets(program: Program, aoi: User, haru: User) -> None:
    Program.objects.filter(pk=program.pk).update(rescue_after=None, nudge_after=timedelta(minutes=7))
    program.refresh_from_db()
    ShiftPattern.objects.create(program=program, name="夜", starts=1140, ends=1380)
    an_agency(program, area=Area("神奈川県", ("横浜市",)), telephones=("110", "189"), checked_on=date(2026, 11, 1))
    blueprint = founding.export(program_id=program.pk, by=aoi)
    copied = founding.found(blueprint=blueprint, slug="copy", by=aoi, starts_on=program.starts_on)
    assert founding.blueprint_of(copied) == blueprint
    assert Agency.objects.get(program=copied).entry == Agency.objects.get(program=program).entry
    assert (copied.rescue_after, copied.nudge_after) == (None, timedelta(minutes=7))
    assert not Membership.objects.filter(program=copied, user=haru).exists()


@pytest.mark.parametrize("slug", ["", "a", "-a", "a-", "a--b", "Night", "night_owl", "夜", "a" * 41, "ab\n"])
def test_an_address_is_what_anybody_can_type(aoi: User, slug: str) -> None:
    with pytest.raises(founding.BadSlug):
        found(aoi, slug=slug)


def test_two_programs_do_not_share_an_address(program: Program, aoi: User) -> None:
    with pytest.raises(founding.SlugTaken):
        found(aoi, slug=program.slug)


@pytest.mark.parametrize("who", ["haru", "mio", "kei"])
def test_only_an_administrator_founds(program: Program, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotVisible):
        found(request.getfixturevalue(who))


def test_who_does_not_configure_a_program_gets_no_file_of_it(program: Program, mio: User) -> None:
    with pytest.raises(NotVisible):
        founding.export(program_id=program.pk, by=mio)
