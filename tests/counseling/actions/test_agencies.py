"""The directory kept by hand: what is added, changed, checked, retired; and each refusal."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.actions import agencies
from counseling.agencies import Area
from counseling.models import Agency, Program
from counseling.permissions import NotVisible
from tests.conftest import person
from tests.counseling.actions.directories import an_agency, an_entry

pytestmark = pytest.mark.django_db


def noted() -> list[tuple[str, object]]:
    return [(entry.details["did"], entry.details.get("fields")) for entry in AuditEntry.objects.order_by("pk")]


def test_one_is_added_and_noted(program: Program, aoi: User) -> None:
    agency = agencies.add(program_id=program.pk, entry=an_entry(telephones=("110",)), by=aoi)
    entry = AuditEntry.objects.get(deed="agency.changed")
    assert (entry.subject, entry.program_id, entry.details) == (f"agency:{agency.pk}", program.pk, {"did": "added"})
    assert Agency.objects.get().entry == an_entry(telephones=("110",))
    assert Agency.objects.get().checked_by is None


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SUPERVISOR, Role.COORDINATOR])
def test_these_keep_the_directory(role: Role, program: Program) -> None:
    agencies.add(program_id=program.pk, entry=an_entry(), by=person("One", program, role))
    assert Agency.objects.exists()


@pytest.mark.parametrize("role", [Role.COUNSELOR, Role.TRAINEE, Role.OFFICER, None])
def test_others_do_not(role: Role | None, program: Program) -> None:
    agency, other = an_agency(program), person("One", program, role)
    acts: list[Callable[[], object]] = [
        lambda: agencies.add(program_id=program.pk, entry=an_entry("別"), by=other),
        lambda: agencies.change(agency_id=agency.pk, entry=an_entry("別"), by=other),
        lambda: agencies.check(agency_id=agency.pk, by=other),
        lambda: agencies.retire(agency_id=agency.pk, by=other),
        lambda: agencies.restore(agency_id=agency.pk, by=other),
    ]
    for act in acts:
        with pytest.raises(NotVisible):
            act()
    assert Agency.objects.get().name == "○○警察署"


def test_an_agency_that_is_not_there_is_not_visible(aoi: User) -> None:
    with pytest.raises(NotVisible):
        agencies.check(agency_id=2**40, by=aoi)


def test_a_change_tells_its_fields_and_leaves_the_check(program: Program, aoi: User) -> None:
    agency = an_agency(program, checked_on=date(2026, 5, 1))
    changed = agencies.change(agency_id=agency.pk, entry=an_entry(hours="24時間", area=Area()), by=aoi)
    assert sorted(changed) == ["area", "hours"]
    agency.refresh_from_db()
    assert (agency.hours, agency.prefecture, agency.checked_on) == ("24時間", "", date(2026, 5, 1))
    assert noted() == [("changed", ["area", "hours"])]


def test_the_same_again_is_no_deed(program: Program, aoi: User) -> None:
    assert agencies.change(agency_id=an_agency(program).pk, entry=an_entry(), by=aoi) == []
    assert noted() == []


def test_of_two_who_change_it_the_second_is_told(program: Program, aoi: User, mio: User) -> None:
    agency = an_agency(program)
    shown = agencies.fingerprint(agency.entry)
    agencies.change(agency_id=agency.pk, entry=an_entry(hours="朝"), shown=shown, by=aoi)
    with pytest.raises(agencies.ChangedMeanwhile):
        agencies.change(agency_id=agency.pk, entry=an_entry(hours="夜"), shown=shown, by=mio)
    assert Agency.objects.get().hours == "朝"


@pytest.mark.parametrize("retired_at", [None, timezone.now()])
def test_an_agency_is_there_only_once(retired_at: object, program: Program, aoi: User) -> None:
    there, other = an_agency(program), an_agency(program, "△△警察署")
    Agency.objects.filter(pk=there.pk).update(retired_at=retired_at)
    twin = an_entry("○○ 警察署")
    with pytest.raises(agencies.AlreadyThere) as added:
        agencies.add(program_id=program.pk, entry=twin, by=aoi)
    with pytest.raises(agencies.AlreadyThere) as changed:
        agencies.change(agency_id=other.pk, entry=twin, by=aoi)
    assert added.value.agency == changed.value.agency == there


def test_another_program_may_have_the_same(program: Program, aoi: User) -> None:
    other = Program.objects.create(slug="parents", name="ひとり親", kind="women", starts_on=program.starts_on)
    an_agency(other)
    assert agencies.add(program_id=program.pk, entry=an_entry(), by=aoi)


def test_a_check_keeps_today_and_who(program: Program, aoi: User) -> None:
    agency = an_agency(program)
    assert agency.is_stale(timezone.localdate())
    agencies.check(agency_id=agency.pk, by=aoi)
    agency.refresh_from_db()
    assert (agency.checked_on, agency.checked_by, agency.is_stale(timezone.localdate())) == (
        timezone.localdate(), aoi, False,
    )  # fmt: skip
    assert noted() == [("checked", None)]


def test_a_check_holds_for_half_a_year(program: Program) -> None:
    agency = an_agency(program, checked_on=date(2026, 1, 1))
    assert not agency.is_stale(date(2026, 1, 1) + timedelta(days=180))
    assert agency.is_stale(date(2026, 1, 1) + timedelta(days=181))


def test_retired_it_stays_and_comes_back(program: Program, aoi: User) -> None:
    agency = an_agency(program)
    for _twice in range(2):
        agencies.retire(agency_id=agency.pk, by=aoi)
    assert Agency.objects.get().retired_at
    for _twice in range(2):
        agencies.restore(agency_id=agency.pk, by=aoi)
    assert Agency.objects.get().retired_at is None
    assert noted() == [("retired", None), ("restored", None)]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_at_once_one_is_told(program: Program, aoi: User, mio: User) -> None:
    def add(by: User) -> str:
        try:
            agencies.add(program_id=program.pk, entry=an_entry(), by=by)
        except agencies.AlreadyThere:
            return "refused"
        finally:
            connections.close_all()
        return "added"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(add, (aoi, mio))) == ["added", "refused"]
