"""A copy is faithful: every column is in a program's file, or deliberately not; and what is in it comes back."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.db.models.fields import NOT_PROVIDED

from accounts.models import User
from counseling import blueprints
from counseling.actions import founding
from counseling.agencies import Area, Entry
from counseling.blueprints.copied import HELD, LEFT_OUT, TABLES_LEFT_OUT
from counseling.forms import Form
from counseling.models import Agency, CannedReply, Edition, Part, Program, ShiftPattern
from tests.conftest import INTAKE

# Who somebody is counts in the report where it is asked, and nowhere else.
UNCOUNTED = Form(tuple(replace(question, report=None) for question in INTAKE.questions))
CONTENTS: dict[Part, Any] = {
    Part.TEXTS: {"ja": {"farewell": "またどうぞ。"}},
    Part.TERMS: {"ja": "匿名です。"},
    Part.CONTACTS: {
        "checked_on": "2026-11-01",
        "contacts": [{"name": {"ja": "警察"}, "number": "110", "what": {}, "for_life": True}],
    },
    Part.DANGER_WORDS: {"added": [{"pattern": "もう限界", "level": 2, "meaning": "suicide"}], "left_out": []},
    Part.STEPS: {"steps": [{"text": "110番に電話する", "who": "SV"}]},
    Part.TELEPHONE: {
        "line": "045-000-0000",
        "calls_back": True,
        "hours": {"weekly": {"mon": ["10:00-12:00"]}},
    },
    Part.SURVEY_PLAN: {"when": "on", "on": "2027-03-07", "line": "page", "kept": "apart"},
    Part.INTAKE: INTAKE.to_json(),
    **dict.fromkeys((Part.RECORD, Part.RISK, Part.SURVEY), UNCOUNTED.to_json()),
}
# Other than a new program has them.
OTHERWISE: dict[str, Any] = {
    "name": "夜の相談",
    "kind": "disaster",
    "commissioner": "神奈川県",
    "audience": "どなたでも",
    "area": "神奈川県",
    "channel_mode": "web_only",
    "languages": ["ja", "en"],
    "furigana": ["ja", "ja-easy"],
    "hours": {"weekly": {"mon": ["19:00-26:00"]}, "intake_close": 30},
    "required_lines": {"mon": {"19": 3}},
    "retention": {"records": 365},
    "report": {"day": "service"},
    "capacity": 4,
    "routing": "offer",
    "least_on_duty": 3,
    "least_supervisors": 1,
    "surge_lines": 2,
    "surge_first_hour": True,
    "same_counselor": True,
    "approves_trainees": False,
    "shows_reading": False,
    "tells_stepping_in": False,
    "consents_on_line": True,
    "link_life": timedelta(minutes=20),
    "neutral_title": False,
    "daily_limit": 3,
    "offer_for": timedelta(seconds=45),
    "call_after": timedelta(seconds=90),
    "nudge_after": timedelta(minutes=5),
    "notice_after": timedelta(minutes=8),
    "close_after": timedelta(minutes=30),
    "rest_after_heavy": timedelta(minutes=15),
    "heavy_after": timedelta(minutes=60),
    "care_pause": timedelta(minutes=5),
    "rescue_after": None,
    "amber_after": timedelta(minutes=2),
    "episode_silence": timedelta(hours=1),
    "intake_lapses_after": timedelta(hours=2),
    "record_due_after": timedelta(hours=12),
    "record_edit_for": timedelta(hours=48),
    "record_read_for": timedelta(days=90),
    "referral_ask_after": timedelta(days=7),
    "referral_overdue_after": timedelta(days=5),
    "letter_names_writer": True,
    "follow_up_escalates_after": timedelta(hours=8),
    "return_code_life": timedelta(days=30),
    "outreach_people": 3,
}


def of_a_program() -> list[type[Model]]:
    """Programs, and every table with rows of one."""
    models = list(apps.get_app_config("counseling").get_models())
    return [Program, *(m for m in models if any(f.related_model is Program for f in m._meta.concrete_fields))]


def left_out(table: str) -> list[str]:
    return [name for columns in LEFT_OUT.values() for name in columns.get(table, ())]


@pytest.mark.parametrize("model", of_a_program(), ids=lambda model: model.__name__)
def test_every_column_is_held_or_left_out_for_a_reason(model: type[Model]) -> None:
    table = model.__name__
    if any(table in tables for tables in TABLES_LEFT_OUT.values()):
        assert table not in HELD
        return
    known = [*HELD[table], *left_out(table)]
    assert sorted(known) == sorted(field.name for field in model._meta.concrete_fields)


def test_the_test_s_own_program_is_otherwise_in_every_held_column() -> None:
    assert set(OTHERWISE) == HELD["Program"]
    columns = {field.name: field for field in Program._meta.concrete_fields}
    for name, value in OTHERWISE.items():
        default = columns[name].default
        usual = default() if callable(default) else default
        assert usual is NOT_PROVIDED or value != usual, name


@pytest.fixture
def full(aoi: User) -> Program:
    """A program in which everything is otherwise."""
    made = Program.objects.create(slug="full", starts_on=date(2026, 12, 1), **OTHERWISE)
    for part, content in CONTENTS.items():
        edition = Edition.objects.create(program=made, part=part, number=1, content=content)
        made.editions = made.editions | {part.value: edition.pk}
    made.save()
    CannedReply.objects.create(program=made, shortcut="a", title="はじめ", body="こんばんは。")
    CannedReply.objects.create(program=made, shortcut="b", title="わたしの", body="秘密", owner=aoi)
    ShiftPattern.objects.create(program=made, name="夜", role="supervisor", starts=1140, ends=1380, lines=3)
    agency = Agency(program=made)
    agency.put(
        Entry(
            name="よりそい窓口", kind="shelter", area=Area("神奈川県", ("横浜市",)), telephones=("045-000-0000",),
            web="https://example.jp/", address="横浜市中区", hours="平日9時から", audience="女性", note="紹介状は不要",
            checked_on=date(2026, 11, 1),
        )
    )  # fmt: skip
    agency.save()
    return made


def test_what_is_held_comes_back_as_it_was(full: Program, aoi: User) -> None:
    file = json.dumps(founding.blueprint_of(full).to_json(), ensure_ascii=False).encode()
    made = founding.found(
        blueprint=blueprints.parse(file), slug="again", by=aoi, starts_on=date(2027, 1, 1), made_from="file"
    )
    made.refresh_from_db()
    assert {name: getattr(made, name) for name in OTHERWISE} == OTHERWISE
    for model in (Edition, ShiftPattern, Agency):
        columns = sorted(HELD[model.__name__])
        rows = [list(model.objects.filter(program=one).order_by(*columns).values(*columns)) for one in (full, made)]
        assert rows[0] == rows[1] != []
    assert list(made.canned_replies.values_list("title", flat=True)) == ["はじめ"]
    assert founding.blueprint_of(made) == founding.blueprint_of(full)


def test_a_file_tells_nothing_of_people_or_secrets(full: Program, aoi: User) -> None:
    file = json.dumps(founding.blueprint_of(full).to_json(), ensure_ascii=False)
    for told in ("秘密", "わたしの", aoi.email, aoi.name, "Aoi"):
        assert told not in file
