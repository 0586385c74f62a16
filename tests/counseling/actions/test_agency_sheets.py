"""A file beside the directory: what it makes new, changes and leaves; taken in whole or not at all."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling.actions import agency_sheets
from counseling.actions.agencies import ChangedMeanwhile
from counseling.agencies import Area, Reason
from counseling.agencies.sheet import Reading
from counseling.feeds.agency_sheets import Comparison, compared
from counseling.models import Agency, Program
from counseling.permissions import NotVisible
from tests.counseling.actions.directories import a_reading, an_agency

pytestmark = pytest.mark.django_db
NEW = ",警察,△△警察署,神奈川県,横浜市,110,,,,,,2026-11-01"


def same(agency: Agency, **other: str) -> str:
    """The row of an agency that `an_agency` made."""
    cells = {"number": str(agency.pk), "name": agency.name, "hours": ""} | other
    return f"{cells['number']},警察,{cells['name']},神奈川県,,,,,{cells['hours']},,,"


def take_in(program: Program, reading: Reading, by: User) -> Comparison:
    shown = compared(program.pk, reading).fingerprint
    return agency_sheets.take_in(program_id=program.pk, reading=reading, shown=shown, by=by)


def test_new_changed_unchanged_and_absent_are_told_and_done(program: Program, aoi: User) -> None:
    first, second, _third = (an_agency(program, name) for name in ("一", "二", "三"))
    done = take_in(program, a_reading(NEW, same(first), same(second, hours="24時間")), aoi)
    assert ([entry.name for entry in done.new], [change.fields for change in done.changed]) == (
        ["△△警察署"], [["hours"]],
    )  # fmt: skip
    assert (done.unchanged, done.absent) == (1, 1)
    rows = dict(Agency.objects.values_list("name", "hours"))
    assert rows == {"一": "", "二": "24時間", "三": "", "△△警察署": ""}
    entry = AuditEntry.objects.get(deed="agencies.imported")
    assert (entry.actor_id, entry.program_id, entry.details) == (aoi.pk, program.pk, {"added": 1, "changed": 1})


def test_what_was_checked_in_the_file_was_checked_by_who_takes_it_in(program: Program, aoi: User) -> None:
    agency = an_agency(program)
    take_in(program, a_reading(NEW, same(agency) + "2026-10-01"), aoi)
    assert set(Agency.objects.values_list("checked_on", "checked_by")) == {
        (date(2026, 11, 1), aoi.pk), (date(2026, 10, 1), aoi.pk),
    }  # fmt: skip


def test_without_a_number_an_agency_is_known_by_kind_name_and_area(program: Program, aoi: User) -> None:
    agency = an_agency(program, "ハローワーク横浜", kind="employment", area=Area("神奈川県", ("川崎市", "横浜市")))
    take_in(program, a_reading(",ハローワーク,ﾊﾛｰﾜｰｸ 横浜,神奈川,横浜市・川崎市,,,,,,窓口で,"), aoi)
    kept = Agency.objects.get()
    assert (kept.pk, kept.name, kept.note) == (agency.pk, "ﾊﾛｰﾜｰｸ 横浜", "窓口で")


def test_with_a_number_it_may_be_renamed_and_moved(program: Program, aoi: User) -> None:
    agency = an_agency(program)
    take_in(program, a_reading(f"{agency.pk},警察,新しい名前,東京都,,,,,,,,"), aoi)
    assert (Agency.objects.get().name, Agency.objects.get().prefecture) == ("新しい名前", "東京都")


def test_two_names_may_be_exchanged(program: Program, aoi: User) -> None:
    first, second = an_agency(program, "一"), an_agency(program, "二")
    take_in(program, a_reading(same(first, name="二"), same(second, name="一")), aoi)
    assert dict(Agency.objects.values_list("pk", "name")) == {first.pk: "二", second.pk: "一"}


def test_columns_that_lack_and_a_day_left_empty_change_nothing(program: Program, aoi: User) -> None:
    an_agency(program, hours="24時間", telephones=("110",), checked_on=date(2026, 1, 1))
    heading = "種別,名前,都道府県,市区町村,対象,確認日"
    done = take_in(program, a_reading("警察,○○警察署,神奈川県,,どなたでも,", heading=heading), aoi)
    assert [change.fields for change in done.changed] == [["audience"]]
    kept = Agency.objects.get()
    assert (kept.hours, kept.telephones, kept.checked_on, kept.audience) == (
        "24時間", ["110"], date(2026, 1, 1), "どなたでも",
    )  # fmt: skip


def test_a_retired_one_in_the_file_is_in_use_again(program: Program, aoi: User) -> None:
    agency = an_agency(program)
    Agency.objects.update(retired_at=timezone.now())
    done = take_in(program, a_reading(same(agency)), aoi)
    assert [(change.fields, change.restored) for change in done.changed] == [([], True)]
    assert Agency.objects.get().retired_at is None


def test_retired_ones_are_not_missed(program: Program) -> None:
    an_agency(program)
    Agency.objects.update(retired_at=timezone.now())
    assert compared(program.pk, a_reading(NEW)).absent == 0


def test_a_number_of_another_program_is_told(program: Program) -> None:
    other = Program.objects.create(slug="parents", name="ひとり親", kind="women", starts_on=program.starts_on)
    agency = an_agency(other)
    (problem,) = compared(program.pk, a_reading(same(agency))).problems
    assert (problem.line, problem.reason, problem.cell) == (2, Reason.UNKNOWN_NUMBER, str(agency.pk))


def test_two_rows_about_one_agency_of_the_directory_are_told(program: Program) -> None:
    agency = an_agency(program)
    rows = a_reading(same(agency, name="新しい名前"), same(agency, number=""))
    (problem,) = compared(program.pk, rows).problems
    assert (problem.line, problem.reason, problem.other) == (3, Reason.SAME_AS_LINE, 2)


def test_a_name_that_another_agency_has_is_told(program: Program) -> None:
    first, second = an_agency(program, "一"), an_agency(program, "二")
    (problem,) = compared(program.pk, a_reading(same(first, name="二"))).problems
    assert (problem.line, problem.reason, problem.other) == (2, Reason.SAME_AS_NUMBER, second.pk)


def test_problems_of_the_file_and_of_the_directory_are_told_together_in_order(program: Program) -> None:
    told = compared(program.pk, a_reading("999,警察,A,神奈川県,,,,,,,,", ",警察,,神奈川県,,,,,,,,")).problems
    assert [(problem.line, problem.field) for problem in told] == [(2, "number"), (3, "name")]


def test_with_one_wrong_line_nothing_is_taken_in(program: Program, aoi: User) -> None:
    reading = a_reading(NEW, ",警察,,神奈川県,,,,,,,,")
    with pytest.raises(ChangedMeanwhile):
        take_in(program, reading, aoi)
    assert not Agency.objects.exists()


def test_where_the_directory_changed_meanwhile_nothing_is_taken_in(program: Program, aoi: User) -> None:
    reading = a_reading(NEW)
    shown = compared(program.pk, reading).fingerprint
    an_agency(program)
    with pytest.raises(ChangedMeanwhile):
        agency_sheets.take_in(program_id=program.pk, reading=reading, shown=shown, by=aoi)
    assert Agency.objects.count() == 1


def test_pressed_twice_it_is_taken_in_once(program: Program, aoi: User) -> None:
    reading = a_reading(NEW)
    shown = compared(program.pk, reading).fingerprint
    agency_sheets.take_in(program_id=program.pk, reading=reading, shown=shown, by=aoi)
    with pytest.raises(ChangedMeanwhile):
        agency_sheets.take_in(program_id=program.pk, reading=reading, shown=shown, by=aoi)
    assert Agency.objects.count() == 1


def test_a_counselor_takes_nothing_in(program: Program, haru: User) -> None:
    with pytest.raises(NotVisible):
        take_in(program, a_reading(NEW), haru)


def test_what_fails_in_the_middle_leaves_nothing(program: Program, aoi: User, monkeypatch: pytest.MonkeyPatch) -> None:
    agency = an_agency(program)

    def fails(*_args: object, **_more: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(type(Agency.objects), "bulk_update", fails)
    with pytest.raises(IntegrityError):
        take_in(program, a_reading(NEW, same(agency, hours="24時間")), aoi)
    assert [row.name for row in Agency.objects.all()] == [agency.name]
    assert not AuditEntry.objects.exists()


def test_a_thousand_agencies_take_few_queries(
    program: Program, aoi: User, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    rows = [f",警察,{number}番,神奈川県,,,,,,,," for number in range(1000)]
    reading = a_reading(*rows)
    shown = compared(program.pk, reading).fingerprint
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        agency_sheets.take_in(program_id=program.pk, reading=reading, shown=shown, by=aoi)
    assert Agency.objects.count() == 1000
