"""Each template is a whole program: nothing is left empty that somebody would have to make up in a hurry."""

import re

import pytest

from counseling import blueprints, contacts, keeping, wording
from counseling.blueprints import Blueprint
from counseling.models.agency import AgencyKind
from counseling.opening import Hours
from counseling.opening.hours import DAY_NAMES
from counseling.text import ruby
from tests.counseling.test_wording import HARD, KANJI

KINDS = blueprints.templates()
SPOKEN = ("ja", "ja-easy", "en")
# What nobody but the commissioner knows.
NOT_KNOWN = {"commissioner", "area"}
# Domain.md §2: what the terms say, by a word of each.
PROMISED = (
    "無料",
    "名前",
    "受付時間",
    "お待ち",
    "医療",
    "命の危険",
    "お返事がない",
    "集計",
    "LINEの利用規約",
    "相談員をお選び",
)
# Where each kind of program connects people to, first of all.
CONNECTED = {
    "women": {AgencyKind.PARTNER_VIOLENCE, AgencyKind.SEXUAL_VIOLENCE, AgencyKind.LEGAL},
    "single_parent": {AgencyKind.SINGLE_PARENT, AgencyKind.LEGAL},
    "child_abuse": {AgencyKind.CHILD_GUIDANCE, AgencyKind.HOTLINE},
    "disaster": {AgencyKind.MENTAL_HEALTH, AgencyKind.LEGAL},
    "suicide_prevention": {AgencyKind.MENTAL_HEALTH, AgencyKind.HOTLINE},
    "general": {AgencyKind.MENTAL_HEALTH, AgencyKind.LEGAL},
}


@pytest.fixture(params=KINDS)
def template(request: pytest.FixtureRequest) -> Blueprint:
    """Each of the house's templates."""
    return blueprints.template(request.param)


def test_nothing_is_empty_but_what_nobody_else_knows(template: Blueprint) -> None:
    assert {name for name, value in vars(template).items() if not value} <= NOT_KNOWN
    assert template.languages == SPOKEN


def test_every_part_that_editions_keep_is_brought_or_the_house_s_own(template: Blueprint) -> None:
    # The emergency contacts and the words of danger are looked after in one place for the whole house.
    assert set(template.parts) == set(blueprints.PARTS) - {"contacts", "danger_words"}
    assert all(template.parts.values())


def test_it_is_open_every_week_and_closes_its_intake_before_the_end(template: Blueprint) -> None:
    hours = Hours.from_json(template.hours)
    assert set(template.hours["weekly"]) == set(DAY_NAMES)
    assert hours.intake_close == 30


def test_it_says_its_own_words_to_whoever_comes_in_every_language(template: Blueprint) -> None:
    own = template.parts["texts"]
    assert set(own) == set(SPOKEN)
    assert all(set(own[language]) == set(own["ja"]) for language in SPOKEN)
    assert all("{program}" in own[one]["greeting"] and "{hours}" in own[one]["greeting"] for one in SPOKEN)
    assert wording.missing(own, SPOKEN) == []


def test_its_words_are_not_the_house_s_once_more(template: Blueprint) -> None:
    own = template.parts["texts"]
    assert [key for one in SPOKEN for key, text in own[one].items() if wording.TEXTS[one][key] == text] == []


def test_the_terms_promise_what_they_must_in_every_language(template: Blueprint) -> None:
    terms = template.parts["terms"]
    assert [word for word in PROMISED if word not in terms["ja"]] == []
    assert {language: words.count("\n") for language, words in terms.items()} == dict.fromkeys(
        SPOKEN, terms["ja"].count("\n")
    )


def test_what_is_said_in_easy_japanese_is_easy(template: Blueprint) -> None:
    said = [*template.parts["texts"]["ja-easy"].values(), template.parts["terms"]["ja-easy"]]
    for words in said:
        assert [one.words for one in ruby.pieces(words) if not one.reading and KANJI.search(one.words)] == []
        plain = ruby.plain(words)
        assert [word for word in HARD if word in plain] == []
        assert [one for one in re.split("[。\n]", plain) if len(one.replace("　", "")) > 50] == []


def test_a_program_against_child_abuse_says_where_to_report_it() -> None:
    parts = blueprints.template("child_abuse").parts
    for language in SPOKEN:
        assert "189" in parts["texts"][language]["greeting"]
        assert "189" in parts["texts"][language]["out_of_scope"]
        assert "189" in parts["terms"][language]
    assert "政令市・中核市を除く" in blueprints.template("child_abuse").audience


def test_agencies_suit_what_it_is_for(template: Blueprint) -> None:
    listed = [blueprints.agency(row) for row in template.agencies]
    assert CONNECTED[template.kind] <= {one.kind for one in listed}
    assert all(one.telephones and one.audience for one in listed)
    numbers = {number for one in listed for number in one.telephones}
    assert {line.number for line in contacts.HOUSE.others} <= numbers


def test_people_who_sit_in_its_shifts_cover_all_its_hours(template: Blueprint) -> None:
    by_role = {row["role"] for row in template.shift_patterns}
    assert by_role == {"counselor", "supervisor"}
    for windows in [*template.hours["weekly"].values(), template.hours.get("holiday", [])]:
        for window in windows:
            starts, ends = (int(time[:2]) * 60 + int(time[3:]) for time in window.split("-"))
            for role in by_role:
                sat = {
                    minute
                    for row in template.shift_patterns
                    if row["role"] == role
                    for minute in range(row["starts"], row["ends"])
                }
                # Nobody is offered anything in the last quarter of a shift.
                assert set(range(starts, ends + 15)) <= sat, (role, window)


def test_lines_are_wanted_in_every_hour_it_is_open(template: Blueprint) -> None:
    days = template.hours["weekly"] | ({"holiday": template.hours["holiday"]} if "holiday" in template.hours else {})
    assert set(template.required_lines) == set(days)
    for day, windows in days.items():
        opened = {hour for window in windows for hour in range(int(window[:2]), int(window[6:8]))}
        assert {int(hour) for hour, lines in template.required_lines[day].items() if lines} == opened


def test_somebody_must_be_there_before_it_receives(template: Blueprint) -> None:
    assert template.rules["least_on_duty"] >= 2
    assert template.rules["least_supervisors"] == 1


def test_consent_is_asked_for_on_line_but_where_every_minute_counts(template: Blueprint) -> None:
    assert template.rules.get("consents_on_line", False) is (template.kind != "disaster")


def test_it_says_how_long_everything_is_kept_and_how_results_are_counted(template: Blueprint) -> None:
    assert set(template.retention) == set(keeping.RETENTION)
    assert set(template.report) == set(keeping.REPORT)


def test_ready_made_words_begin_and_end_a_talk(template: Blueprint) -> None:
    assert {"hajime", "anzen", "owari"} <= {row["shortcut"] for row in template.canned_replies}
