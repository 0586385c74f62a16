"""Whether a program is ready for the public: each line by itself, and what blocks."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from counseling import checklist
from counseling.checklist import Facts, Item, Line, Mark, Team
from counseling.opening import Hours

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)  # a Thursday at noon in Tokyo
EVENINGS = Hours.from_json({"weekly": {"mon": ["19:00-22:00"], "fri": ["19:00-22:00"]}})
FRIDAY, MONDAY, FRIDAY_AFTER = date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 4)
FORMS = frozenset({Item.INTAKE, Item.RISK, Item.RECORD, Item.SURVEY})
READY = Facts(
    now=NOW,
    name="女性のための相談",
    commissioner="神奈川県",
    starts_on=date(2026, 11, 1),
    ends_on=None,
    hours=EVENINGS,
    has_terms=True,
    contacts_checked_on=date(2026, 11, 1),
    valid=FORMS | {Item.TEXTS},
    unread=frozenset(),
    has_questions=FORMS,
    channel_mode="web_only",
    has_page=True,
    line=None,
    line_checked=False,
    line_paused=False,
    team=Team(takers=2, counselors=1, supervisors=1),
    least_on_duty=0,
    least_supervisors=0,
    rostered_on=frozenset({FRIDAY, MONDAY, FRIDAY_AFTER}),
    tried=True,
)
FINE = (("account", "ok"), ("address", "ok"), ("test", "ok"), ("mode", "ok"), ("usage", "unlimited"))
LINE = {"channel_mode": "line_talk", "line": FINE, "line_checked": True}


def line(item: Item, **changes: Any) -> tuple[Mark, str]:
    found = next(one for one in checklist.lines(replace(READY, **changes)) if one.item == item)
    return found.mark, found.why


def test_a_program_that_has_everything_is_done_line_by_line() -> None:
    assert checklist.lines(READY) == [Line(item) for item in Item if item != Item.PRACTICE]


def test_what_is_for_practice_never_opens_however_ready_it_is() -> None:
    found = checklist.lines(replace(READY, practice=True))
    assert checklist.blocking(found) == [Line(Item.PRACTICE, Mark.MISSING, "never_opens")]


def test_only_what_is_missing_blocks() -> None:
    found = checklist.lines(replace(READY, name=" ", tried=False))
    assert [one.item for one in checklist.blocking(found)] == [Item.NAME]


@pytest.mark.parametrize(
    ("item", "changes", "why"),
    [
        (Item.NAME, {"name": ""}, "empty"),
        (Item.COMMISSIONER, {"commissioner": "\u3000"}, "empty"),
        (Item.PERIOD, {"ends_on": date(2026, 11, 25)}, "over"),
        (Item.HOURS, {"hours": Hours()}, "no_window"),
        (Item.HOURS, {"ends_on": date(2026, 11, 26)}, "no_window"),
        (Item.TERMS, {"has_terms": False}, "empty"),
        (Item.TEXTS, {"valid": FORMS}, "invalid"),
        (Item.INTAKE, {"valid": frozenset({Item.TEXTS})}, "invalid"),
        (Item.CHANNEL, {"has_page": False}, "no_page"),
        (Item.CHANNEL, {"channel_mode": "line_entry_webchat", "has_page": False, "line": FINE}, "no_page"),
        (Item.CHANNEL, {"channel_mode": "line_entry_webchat"}, "no_line"),
        (Item.CHANNEL, {"channel_mode": "line_talk", "has_page": False}, "no_line"),
        (Item.CHANNEL, LINE | {"line": (("account", "token"),)}, "line_fails"),
        (Item.CHANNEL, LINE | {"line": (("account", "ok"), ("address", "elsewhere"))}, "line_fails"),
        (Item.PEOPLE, {"team": Team(takers=1, counselors=0, supervisors=1)}, "no_counselor"),
        (Item.PEOPLE, {"team": Team(takers=1, counselors=1, supervisors=0)}, "no_supervisor"),
        (Item.PEOPLE, {"least_on_duty": 3}, "below_rule"),
        (Item.PEOPLE, {"least_on_duty": 2, "least_supervisors": 2}, "below_rule"),
    ],
)
def test_this_keeps_it_from_opening(item: Item, changes: dict[str, Any], why: str) -> None:
    assert line(item, **changes) == (Mark.MISSING, why)


@pytest.mark.parametrize(
    ("item", "changes", "why"),
    [
        (Item.TERMS, {"unread": frozenset({Item.TERMS})}, "not_translated"),
        (Item.TEXTS, {"unread": frozenset({Item.TEXTS})}, "not_translated"),
        (Item.CONTACTS, {"contacts_checked_on": date(2026, 5, 29)}, "old"),
        (Item.CHANNEL, LINE | {"line_checked": False}, "line_unchecked"),
        (Item.CHANNEL, LINE | {"line_paused": True}, "line_paused"),
        (Item.CHANNEL, LINE | {"line": (*FINE[:3], ("mode", "chat"))}, "line_look"),
        (Item.ROSTER, {"rostered_on": frozenset({FRIDAY, MONDAY})}, "no_shifts"),
        (Item.INTAKE, {"unread": frozenset({Item.INTAKE})}, "not_translated"),
        (Item.RISK, {"has_questions": FORMS - {Item.RISK}}, "empty"),
        (Item.SURVEY, {"unread": frozenset({Item.SURVEY})}, "not_translated"),
        (Item.RECORD, {"has_questions": FORMS - {Item.RECORD}}, "empty"),
        (Item.SURVEY, {"valid": READY.valid - {Item.SURVEY}}, "invalid"),
        (Item.TRIAL, {"tried": False}, "not_tried"),
    ],
)
def test_this_is_worth_a_look(item: Item, changes: dict[str, Any], why: str) -> None:
    assert line(item, **changes) == (Mark.LOOK, why)


@pytest.mark.parametrize(
    ("item", "changes"),
    [
        (Item.PERIOD, {"ends_on": date(2026, 11, 26)}),
        (Item.PERIOD, {"starts_on": date(2027, 4, 1)}),
        (Item.CONTACTS, {"contacts_checked_on": date(2026, 5, 30)}),
        (Item.CHANNEL, LINE),
        (Item.CHANNEL, LINE | {"has_page": False}),
        (Item.PEOPLE, {"team": Team(takers=1, counselors=1, supervisors=0), "least_on_duty": 1}),
        (Item.INTAKE, {"has_questions": frozenset()}),
    ],
)
def test_this_is_fine(item: Item, changes: dict[str, Any]) -> None:
    assert line(item, **changes) == (Mark.DONE, "")


def test_the_first_days_are_those_on_which_it_is_open() -> None:
    assert checklist.first_days(EVENINGS, NOW, READY.starts_on, None) == [FRIDAY, MONDAY, FRIDAY_AFTER]
    assert checklist.first_days(EVENINGS, NOW, READY.starts_on, FRIDAY) == [FRIDAY]
