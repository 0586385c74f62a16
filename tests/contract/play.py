"""A story is played with the real actions; after each, what was told must make what a fresh read gives."""

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import CodeType, FrameType
from typing import Any, TypeVar, cast
from uuid import UUID

from accounts.models import User
from counseling import actions, feeds
from counseling.actions import deliveries, messages
from counseling.actions.deliveries import claim_push, record_outcome
from counseling.hub import board_topics
from counseling.models import Channel, Program, Session
from counseling.outcomes import Outcome, Verdict
from tests.contract import apply
from tests.contract.clock import Clock

T = TypeVar("T")
# What these do concerns no session, or goes through the actions of a visitor alone (practice).
ELSEWHERE = frozenset({
    "agencies", "agency_sheets", "borrowing", "calendars", "call_mails", "care", "channels", "characters",
    "contracts", "disasters", "disclosures", "editions", "erasing", "erasures", "follow_clock", "follow_messages",
    "follow_ups", "following", "forgetting", "founding", "handovers", "holds", "joining", "key_shares", "languages",
    "letters", "lifelines", "line_accounts", "merging", "notifications", "numbering", "on_call", "opening",
    "outreach", "owed_mails", "planning", "practice", "practice_erasure", "programs", "quotas", "reading",
    "receptions", "record_clock", "referral_clock", "referrals", "referring", "replies", "retention", "return_codes",
    "reviews", "roster_sheets", "shift_notices", "shift_patterns", "shift_requests", "shifts", "staff",
    "subscriptions", "survey_alarms", "survey_answers", "survey_taps", "surveys", "sweeping", "team", "tokens",
    "traces", "visit_clock", "visiting", "volunteers",
})  # fmt: skip
COOKIE = "s" * 43


def public_actions() -> dict[CodeType, str]:
    """Every public function of the actions that concern a session, by its code."""
    found = {}
    for name in {module.name for module in pkgutil.iter_modules(actions.__path__)} - ELSEWHERE:
        module = importlib.import_module(f"{actions.__name__}.{name}")
        for function, one in inspect.getmembers(module, inspect.isfunction):
            if one.__module__ == module.__name__ and not function.startswith("_"):
                code = inspect.unwrap(one).__code__
                found[code] = f"{module.__name__}.{function}"
    return found


@dataclass
class Play:
    """A story under way: its people, its one session, what was told of it so far."""

    clock: Clock
    program: Program
    line: Channel
    web: Channel
    people: dict[str, User]
    id: int = 0
    before: dict[str, Any] = field(default_factory=dict)
    told: dict[str, list[Any]] = field(default_factory=lambda: {"session": [], "talk": [], "board": []})
    now: dict[str, Any] = field(default_factory=dict)
    played: set[CodeType] = field(default_factory=set)
    words: int = 0
    watching: bool = False  # keep which functions were called; slow

    def begin(self, session_id: int) -> None:
        """From here on everything told is kept."""
        self.id = session_id
        self.before = self.now = self.fresh()

    def fresh(self) -> dict[str, Any]:
        """All three states as they are read now."""
        session = Session.objects.get(pk=self.id)
        return {
            "session": feeds.session_state(self.id, self.people["haru"]),
            "talk": feeds.talk_state(session.visitor_id),
            "board": dict(feeds.board(self.program.pk)) | {"serial": self.now["board"]["serial"] if self.now else 1},
        }

    def does(self, action: Callable[..., T], **given: Any) -> T:
        """Play one action; whatever it changed must have been told."""
        result = self._watched(lambda: action(**given))
        if self.id:
            self._check()
        return result

    def _watched(self, act: Callable[[], T]) -> T:
        def watch(frame: FrameType, event: str, _value: object) -> None:
            if event == "call":
                self.played.add(frame.f_code)

        if not self.watching:
            return act()
        sys.setprofile(watch)
        try:
            return act()
        finally:
            sys.setprofile(None)

    def _check(self) -> None:
        fresh, now = self.fresh(), self.now
        events = feeds.session_events(self.id, now["session"]["upto"])
        assert apply.seen(apply.session_after(now["session"], events)) == apply.seen(fresh["session"])
        talk, upto = feeds.talk_events(self.id, now["talk"]["upto"])
        told = apply.told_to_visitor(apply.talk_after(now["talk"], talk, upto))
        # Only the web page reads this feed; the outbox of LINE moves versions its log does not tell.
        if fresh["session"]["header"]["channel"] == "web":
            assert told == apply.told_to_visitor(fresh["talk"])
        self.told["session"] += events
        self.told["talk"] += talk
        self._check_board(fresh)
        self.now = fresh

    def _check_board(self, fresh: dict[str, Any]) -> None:
        before, now = self.now["board"], fresh["board"]
        if not board_topics.differs(before, now):
            fresh["board"] = before
            return
        now["serial"] = before["serial"] + 1
        frame = cast("dict[str, Any]", board_topics.difference_of(before, now))
        found = apply.board_after(before, frame)
        assert found == now | {"sessions": sorted(now["sessions"], key=lambda one: int(one["id"]))}
        self.told["board"].append(frame)

    # What happens often.

    def says(self, words: str = "", kind: str = "text") -> Session:
        """Sora writes on LINE."""
        self.words += 1
        message, _new = self.does(
            messages.receive,
            channel_id=self.line.pk,
            identity="U" + "0a" * 16,
            kind=kind,
            text=words or f"{self.words}つめの言葉",
            external_id=f"m{self.words}",
        )
        return message.session

    def replies(self, words: str = "お話を聞かせてください", by: str = "haru") -> None:
        """A counselor answers."""
        self.words += 1
        client_id = UUID(int=self.words)
        self.does(messages.reply, session_id=self.id, by=self.people[by], client_id=client_id, words=words)

    def pushes(self, verdict: Verdict = Verdict.SENT, reason: str = "", now: datetime | None = None) -> None:
        """The worker sends what is owed next, and LINE says this."""
        visitor = Session.objects.get(pk=self.id).visitor_id

        def push() -> None:
            at = now or self.clock.now()
            claimed = claim_push(visitor_id=visitor, now=at)
            assert claimed is not None
            record_outcome(push=claimed, outcome=claimed.settled or Outcome(verdict, reason), now=at)

        self.does(push)

    def pushes_all(self) -> None:
        """Everything owed arrives."""
        visitor = Session.objects.get(pk=self.id).visitor_id
        while self.does(deliveries.due_visitors, now=self.clock.now()) == [visitor]:
            self.pushes()
