"""The step list of a program: written, moved, refused with what was typed, versioned, and part of every template."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from counseling import blueprints, emergency
from counseling.actions import editions
from counseling.emergency import InvalidSteps
from counseling.emergency.steps import MOST_STEPS
from counseling.models import Edition, Part, Program

pytestmark = pytest.mark.django_db
PAGE = "/programs/women/steps/"


@pytest.fixture
def office(signed_in: Callable[[User], Client], aoi: User, program: Program) -> Client:
    """Aoi's browser."""
    return signed_in(aoi)


def rows(*texts: str, **more: str) -> dict[str, Any]:
    return {"based_on": "0", "text": list(texts), "who": ["SV"] * len(texts)} | more


def in_force() -> list[str]:
    edition = Edition.objects.filter(pk=Program.objects.get().editions.get(Part.STEPS)).first()
    return [one["text"] for one in edition.content["steps"]] if edition else []


def test_the_houses_own_steps_stand_there_at_first(office: Client) -> None:
    page = office.get(PAGE).content.decode()
    assert "いまは、標準の手順です" in page
    assert emergency.HOUSE.lines[0].text in page


def test_steps_are_saved_in_their_order_without_empty_lines(office: Client) -> None:
    office.post(PAGE, rows("居場所を聞く", " ", "110番に電話する") | {"who": ["相談員", "", "SV"]})
    assert in_force() == ["居場所を聞く", "110番に電話する"]
    assert AuditEntry.objects.get(deed="program.changed").details["fields"] == ["steps"]
    assert "第1版です" in office.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("act", "order"),
    [("up:1", "BAC"), ("down:0", "BAC"), ("up:0", "ABC"), ("remove:1", "AC"), ("remove:9", "ABC"), ("fly:1", "ABC")],
)
def test_a_button_changes_the_draft_and_saves_nothing(office: Client, act: str, order: str) -> None:
    page = office.post(PAGE, rows("手順A", "手順B", "手順C", act=act)).content.decode()
    places = sorted((page.index(f"手順{letter}</textarea>"), letter) for letter in order)
    assert "".join(letter for _place, letter in places) == order
    assert page.count("</textarea>") == len(order)
    assert in_force() == []


def test_a_step_is_added_until_there_are_enough(office: Client) -> None:
    assert office.post(PAGE, rows("手順", act="add")).content.decode().count("</textarea>") == 2
    full = [f"手順{number}" for number in range(MOST_STEPS)]
    assert office.post(PAGE, rows(*full, act="add")).content.decode().count("</textarea>") == MOST_STEPS
    page = office.post(PAGE, rows(*full, "多すぎる")).content.decode()
    assert f"{MOST_STEPS}個までです" in page
    assert in_force() == []


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (rows(), "1つ以上"),
        (rows("") | {"who": [""]}, "1つ以上"),
        (rows("あ" * 201), "長すぎます"),
        (rows("手順", "次") | {"who": ["SV", "あ" * 41]}, "長すぎます"),
        (rows("", "手順") | {"who": ["だれか", "SV"]}, "することを書いてください"),
    ],
)
def test_what_cannot_be_kept_stays_as_typed(office: Client, typed: dict[str, Any], says: str) -> None:
    page = office.post(PAGE, typed).content.decode()
    assert says in page
    assert all(text in page for text in typed["text"])
    assert in_force() == []


def test_who_is_second_is_told_and_loses_nothing(office: Client, program: Program, aoi: User) -> None:
    editions.publish(program_id=program.pk, part=Part.STEPS, content=emergency.HOUSE.to_json(), by=aoi)
    page = office.post(PAGE, rows("わたしの手順")).content.decode()
    assert "ほかの人が先に保存しました" in page
    assert "わたしの手順" in page
    office.post(PAGE, rows("わたしの手順", based_on="1"))
    assert in_force() == ["わたしの手順"]


def test_the_history_says_what_changed(office: Client) -> None:
    office.post(PAGE, rows("居場所を聞く"))
    office.post(PAGE, rows("110番に電話する", based_on="1"))
    history = office.get("/programs/women/editions/steps/").content.decode()
    for words in ("緊急時の手順の履歴", "居場所を聞く", "110番に電話する", "(SV)"):
        assert words in history


@pytest.mark.parametrize(
    ("stored", "problems"),
    [
        ([], [("steps", "not_a_list")]),
        ({"steps": []}, [("steps", "none")]),
        ({"steps": [{"text": "a", "who": "\0"}]}, [("steps.0.who", "bad_character")]),
        ({"steps": ["a", {"text": "b"}]}, [("steps.0.text", "no_text")]),
    ],
)
def test_what_is_no_list_of_steps_is_refused(stored: object, problems: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidSteps) as refused:
        emergency.read(stored)
    assert refused.value.problems == problems


# What each kind of program must not forget.
NAMED = {
    "child_abuse": ("189", "児童相談所", "110番"),
    "suicide_prevention": ("110番", "119番", "ひとりにせず"),
    "women": ("警察", "配偶者暴力相談支援センター", "#8891"),
    "single_parent": ("110番", "189"),
    "disaster": ("119番", "DPAT"),
    "general": ("110番", "119番", "189"),
}


@pytest.mark.parametrize("kind", blueprints.templates())
def test_each_template_says_whom_to_call_and_that_it_is_written_down(kind: str) -> None:
    lines = emergency.read(blueprints.template(kind).parts["steps"]).lines
    told = "\n".join(one.text for one in lines)
    assert [word for word in (*NAMED[kind], "連絡記録", "責任者") if word not in told] == []
    assert all(one.who for one in lines)
