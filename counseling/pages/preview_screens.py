"""Every page a visitor can meet, filled as if it were so: for looking at, nothing in it starts anything."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.events import AuthorName, TalkMessage, TalkState
from counseling.gateways.web import screens
from counseling.gateways.web.forms import StartForm
from counseling.gateways.web.visit import Visit
from counseling.lifecycle import Refusal, State
from counseling.models.edition import marked_text_for
from counseling.pages.text_previews import EXAMPLE
from counseling.pages.text_words import PURPOSES

Values = dict[str, Any]
TALK = "counseling/talk"


@dataclass(frozen=True)
class Screen:
    """One page: its name in an address, what it is called, its template, and how it is filled."""

    name: str
    title: str | Promise
    template: str
    fill: Callable[[HttpRequest, Visit], Values]


def _landing(refusal: Refusal | None) -> Callable[[HttpRequest, Visit], Values]:
    def fill(request: HttpRequest, visit: Visit) -> Values:
        return screens.landing(request, visit, StartForm(visit.program, visit.language), refusal)

    return fill


def _refused(refusal: Refusal) -> Callable[[HttpRequest, Visit], Values]:
    return lambda _request, visit: screens.turned_away(visit, refusal)


def _talk(state: State, end_reason: str = "") -> Callable[[HttpRequest, Visit], Values]:
    return lambda _request, visit: screens.talk(visit, _example(visit, state, end_reason))


def _example(visit: Visit, state: State, end_reason: str) -> TalkState:
    """A talk that nobody had."""
    waits = state == State.WAITING
    lines = list(_lines(visit, state))
    return {
        "session": 0,
        "header": {"version": len(lines), "state": state.value, "end_reason": end_reason, "phone": ""},
        "messages": lines,
        "place": EXAMPLE["place"] if waits else None,
        "waiting": EXAMPLE["waiting"] if waits else 0,
        "upto": len(lines),
    }


def _lines(visit: Visit, state: State) -> Iterator[TalkMessage]:
    said: list[tuple[AuthorName, str]] = [
        ("visitor", gettext("少し、話を聞いてもらえますか。")),
        ("auto", marked_text_for(visit.program, "accepted", visit.language, **EXAMPLE)),
    ]
    if state != State.WAITING:
        said += [
            ("counselor", gettext("はじめまして、相談員です。どうぞ、ゆっくりお話しください。")),
            ("visitor", gettext("ありがとうございます。最近、よく眠れなくて。")),
        ]
    if state == State.WRAP_UP:
        said.append(("auto", marked_text_for(visit.program, "farewell", visit.language)))
    began = timezone.now() - timedelta(minutes=len(said))
    for seq, (author, words) in enumerate(said, start=1):
        yield {
            "seq": seq,
            "version": seq,
            "author": author,
            "kind": "text",
            "text": words,
            "at": (began + timedelta(minutes=seq)).isoformat(),
            "client_id": str(uuid.UUID(int=seq)),
            "unsent": False,
        }


BEFORE = (
    Screen("open", _("相談ページ(受付中)"), f"{TALK}/landing.html", _landing(None)),
    Screen("off", _("相談ページ(受付時間外)"), f"{TALK}/landing.html", _landing(Refusal.OFF_HOURS)),
)
REFUSED = tuple(
    Screen(f"refused-{refusal.value}", PURPOSES[refusal].title, f"{TALK}/turned_away.html", _refused(refusal))
    for refusal in Refusal
)
DURING = (
    Screen("waiting", _("待っているあいだ"), f"{TALK}/talk.html", _talk(State.WAITING)),
    Screen("talking", _("話しているあいだ"), f"{TALK}/talk.html", _talk(State.ACTIVE)),
    Screen("ended", _("終わったあと"), f"{TALK}/talk.html", _talk(State.WRAP_UP, "concluded")),
    Screen("away", _("「すぐ離れる」を押したあと"), f"{TALK}/away.html", lambda _request, _visit: {}),
)
GROUPS: tuple[tuple[str | Promise, tuple[Screen, ...]], ...] = (
    (_("相談の前"), BEFORE),
    (_("受け付けられないとき"), REFUSED),
    (_("相談とそのあと"), DURING),
)
SCREENS = {screen.name: screen for _title, group in GROUPS for screen in group}
