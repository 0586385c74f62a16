"""What is told makes what is read, for every action; and the cases the clients replay are current."""

import inspect
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from counseling import feeds
from counseling.hub import board_topics
from counseling.models import Channel, Program, Session
from tests.contract import (
    after_the_talk,
    apply,
    arranged,
    asked_first,
    at_work,
    emergency,
    on_the_menu,
    on_the_phone,
    stories,
    troubles,
)
from tests.contract.clock import Clock
from tests.contract.normal import normalised
from tests.contract.play import Play, public_actions

CASES = Path(__file__).parent / "cases"
STORIES = {
    name: story
    for module in (
        after_the_talk,
        arranged,
        asked_first,
        at_work,
        emergency,
        on_the_menu,
        on_the_phone,
        stories,
        troubles,
    )
    for name, story in inspect.getmembers(module, inspect.isfunction)
    if story.__module__ == module.__name__ and list(inspect.signature(story).parameters) == ["play"] and name[0] != "_"
}


@pytest.fixture
def play(
    program: Program, line_channel: Channel, web_channel: Channel, haru: User, ren: User, mio: User, aoi: User,
    monkeypatch: pytest.MonkeyPatch,
) -> Play:  # fmt: skip
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    return Play(clock, program, line_channel, web_channel, {"haru": haru, "ren": ren, "mio": mio, "aoi": aoi})


def cases_of(play: Play) -> dict[str, Any]:
    """What the clients replay, by its file's folder."""
    web = play.before["session"]["header"]["channel"] == "web"
    upto = play.now["session"]["upto"]
    talk = {"events": play.told["talk"], "upto": upto}
    whole = board_topics.whole(play.now["board"])
    board = {"frames": play.told["board"], "whole": whole}
    ends = {kind: {"before": play.before[kind], "after": play.now[kind]} for kind in play.before}
    cases = {".": ends["session"] | {"events": play.told["session"]}, "board": ends["board"] | board}
    return cases | ({"talk": ends["talk"] | talk} if web else {})


@pytest.mark.parametrize("name", STORIES)
def test_what_is_told_makes_what_is_read(name: str, play: Play) -> None:
    """Each action is checked as it is played; here: the catch-up of one who comes late, and the kept case."""
    STORIES[name](play)
    events = feeds.session_events(play.id, play.before["session"]["upto"])
    late = apply.session_after(play.before["session"], events)
    assert apply.seen(late) == apply.seen(play.now["session"])
    assert [event["version"] for event in events] == list(range(play.before["session"]["upto"] + 1, late["upto"] + 1))
    for folder, case in cases_of(play).items():
        check_kept(CASES / folder / f"{name}.json", normalised(case))


def check_kept(path: Path, case: dict[str, Any]) -> None:
    """The committed case is what is played today."""
    text = json.dumps(case, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("WRITE_CONTRACT"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), "run `python -m tests.contract.write`"
    assert path.read_text(encoding="utf-8") == text, "run `python -m tests.contract.write`"


def test_a_change_that_is_not_told_is_noticed(play: Play) -> None:
    play.begin(play.says().pk)
    with pytest.raises(AssertionError):
        play.does(lambda: Session.objects.update(risk=4))


def test_every_case_has_its_story() -> None:
    assert {path.stem for path in CASES.rglob("*.json")} == set(STORIES)


def test_every_public_action_is_played(play: Play, request: pytest.FixtureRequest) -> None:
    """R25: an action that no story plays is an action nobody has compared."""
    for story in STORIES.values():
        with_undo(play, story)
    missing = {name for code, name in public_actions().items() if code not in play.played}
    assert missing == set()


def with_undo(play: Play, story: Any) -> None:
    """Play a story and take everything back but the memory of what was played."""
    point = transaction.savepoint()
    fresh = Play(play.clock, play.program, play.line, play.web, play.people, played=play.played, watching=True)
    story(fresh)
    transaction.savepoint_rollback(point)
