"""The six programs of the founding report, as domain.md §1 has them: founded from the templates, and over."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from accounts.models import AuditEntry
from counseling import blueprints
from counseling.actions import founding
from counseling.lifecycle import Refusal
from counseling.management.demonstration_pilots import PILOTS
from counseling.models import Membership, Program
from counseling.opening import midnight
from counseling.stages import Stage, refusal

pytestmark = pytest.mark.django_db
FEBRUARY = date(2019, 2, 1)
# slug: name, kind, commissioner, audience, first and last day, days on which it was open
REPORTED = {
    "osaka-2018": (
        "大阪北部地震 心のケア LINE相談", "disaster", "ボランティア", "大阪北部地震で被災された方",
        date(2018, 6, 22), date(2018, 7, 1), 10,
    ),
    "gouu-2018": (
        "西日本豪雨 心のケア LINE相談", "disaster", "ボランティア", "西日本豪雨で被災された方",
        date(2018, 7, 20), date(2018, 8, 19), 31,
    ),
    "kanagawa-child-2019": (
        "かながわ児童虐待防止相談LINE", "child_abuse", "神奈川県", "神奈川県内(政令市・中核市を除く)の子どもと保護者",
        FEBRUARY, date(2019, 2, 28), 28,
    ),
    "kanagawa-family-2019": (
        "かながわひとり親家庭相談LINE", "single_parent", "神奈川県", "神奈川県内のひとり親家庭の方",
        FEBRUARY, date(2019, 2, 19), 19,
    ),
    "kanagawa-women-2019": (
        "かながわ女性のための相談LINE", "women", "神奈川県", "神奈川県内にお住まいの女性",
        FEBRUARY, date(2019, 2, 14), 14,
    ),
    "inochi-2018": (
        "自殺防止 SNS相談(平成29・30年度)", "suicide_prevention", "厚生労働省",
        "死にたい、消えたいという気持ちを抱える方", date(2018, 3, 1), date(2019, 3, 31), 62,
    ),
}  # fmt: skip
# A weekday, a Sunday and a holiday: what was open, and when the last new talk was taken
MONDAY, SUNDAY, FOUNDATION_DAY = date(2019, 2, 4), date(2019, 2, 10), date(2019, 2, 11)
HOURS = [
    ("osaka-2018", date(2018, 6, 25), "19:00-22:00", 0),
    ("gouu-2018", date(2018, 7, 22), "19:00-22:00", 0),
    ("kanagawa-child-2019", SUNDAY, "09:00-20:00", 0),
    ("kanagawa-family-2019", MONDAY, "17:00-22:00", 0),
    ("kanagawa-family-2019", SUNDAY, "14:00-19:00", 0),
    ("kanagawa-family-2019", FOUNDATION_DAY, "14:00-19:00", 0),
    ("kanagawa-women-2019", MONDAY, "12:00-22:00", 0),
    ("inochi-2018", date(2018, 3, 1), "18:00-22:00", 30),
    ("inochi-2018", date(2019, 3, 31), "18:00-22:00", 30),
]


@pytest.fixture(autouse=True)
def seeded(settings: Settings, tmp_path: Path) -> None:
    """The demonstration, loaded into an empty database."""
    settings.DEBUG, settings.VAR = True, tmp_path
    call_command("seed", verbosity=0)


def open_days(program: Program) -> list[date]:
    """The days of its period on which it was open at all."""
    hours, last = program.opening(), program.ends_on
    assert last
    days = [program.starts_on + timedelta(days=number) for number in range((last - program.starts_on).days + 1)]
    return [day for day in days if hours.windows_on(day)]


def test_each_is_what_the_report_says_of_it() -> None:
    found = {program.slug: program for program in Program.objects.filter(stage=Stage.CLOSED)}
    told = {
        slug: (one.name, one.kind, one.commissioner, one.audience, one.starts_on, one.ends_on, len(open_days(one)))
        for slug, one in found.items()
    }
    assert told == REPORTED


def test_each_was_open_as_the_report_says() -> None:
    hours = {program.slug: program.opening() for program in Program.objects.filter(slug__in=REPORTED)}
    told = [
        (slug, day, "・".join(map(str, hours[slug].windows_on(day))), hours[slug].intake_close)
        for slug, day, *_reported in HOURS
    ]
    assert told == HOURS


def test_each_was_closed_when_its_last_day_was_over_and_takes_nobody() -> None:
    for program in Program.objects.filter(slug__in=REPORTED):
        assert program.ends_on
        assert program.stage_since == midnight(program.ends_on + timedelta(days=1))
        assert refusal(Stage(program.stage)) == Refusal.CLOSED


def test_each_says_and_asks_what_its_template_does() -> None:
    for pilot in PILOTS:
        made = founding.blueprint_of(Program.objects.get(slug=pilot.slug))
        assert made.parts == blueprints.template(pilot.kind).parts


def test_reports_of_abuse_are_for_189() -> None:
    child = founding.blueprint_of(Program.objects.get(slug="kanagawa-child-2019"))
    assert "189" in child.parts["terms"]["ja"]
    assert any(agency.get("telephones") == "189" for agency in child.agencies)


def test_the_cast_is_there() -> None:
    members = Membership.objects.filter(program__slug__in=REPORTED)
    roles: dict[str, set[tuple[str, str]]] = {slug: set() for slug in REPORTED}
    for slug, email, role in members.values_list("program__slug", "user__email", "role"):
        roles[slug].add((email, role))
    aoi, kei = ("aoi@example.jp", "administrator"), ("kei@example.jp", "officer")
    assert roles == {slug: {aoi, kei} if slug.startswith("kanagawa") else {aoi} for slug in REPORTED}


def test_what_aoi_founded_is_noted_and_loading_again_changes_nothing() -> None:
    def all_of_it() -> tuple[list[Any], ...]:
        noted = AuditEntry.objects.filter(deed="program.founded").values_list("actor_id", "subject")
        members = Membership.objects.order_by("pk").values_list("pk", "user_id", "program_id", "role")
        return list(Program.objects.order_by("pk").values()), list(members), sorted(noted)

    before = all_of_it()
    assert len(before[2]) == len(REPORTED)
    call_command("seed", verbosity=0)
    assert all_of_it() == before
