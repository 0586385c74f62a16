"""A program for practice, and a clock that its characters live by."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.actions import characters, messages, practice, sessions
from counseling.models import Channel, Message, Practice, Program
from counseling.stages import Stage

Pass = Callable[[float], int]


def for_practice(program: object, **more: object) -> None:
    """The program is for practice from here on."""
    changes = {"practice": True, "stage": Stage.DRAFT, "approves_trainees": False} | more
    type(program).objects.update(**changes)  # type: ignore[attr-defined]
    program.refresh_from_db()  # type: ignore[attr-defined]


@pytest.fixture
def learning(program: Program, web_channel: Channel) -> Program:
    """The program, for practice."""
    for_practice(program)
    return program


def taken(program_id: int, by: User, character: str = "student") -> Practice:
    """A practice that `by` began and took from the queue."""
    begun = practice.begin(program_id=program_id, by=by, character=character)
    sessions.claim(session_id=begun.session_id, by=by)
    return begun


def reply(begun: Practice, by: User, words: str) -> Message:
    """What the counselor says to the character."""
    return messages.reply(session_id=begun.session_id, by=by, client_id=uuid4(), words=words)[0]


def lines_of(begun: Practice, author: str = "visitor") -> list[str]:
    """What the character has written so far."""
    key = begun.session.visitor.key()
    return [one.words(key) for one in Message.objects.filter(session=begun.session_id, author=author).order_by("seq")]


@pytest.fixture
def seconds_pass(monkeypatch: pytest.MonkeyPatch) -> Pass:
    """So many seconds later the sweep takes its step, and as many steps as are due; how many did something."""
    here: dict[str, datetime] = {"now": timezone.now()}
    monkeypatch.setattr("counseling.actions.characters.timezone.now", lambda: here["now"])

    def later(seconds: float) -> int:
        here["now"] += timedelta(seconds=seconds)
        return characters.walk()

    return later
