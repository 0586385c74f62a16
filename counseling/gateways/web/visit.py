"""Who asks: the program of the address, its web channel, and the visitor the cookie belongs to."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpRequest
from django.utils import timezone

from accounts.audit import address_of
from accounts.models import User
from counseling import feeds
from counseling.actions.traces import SpokeFrom
from counseling.events import TalkState
from counseling.gateways.web import cookie, spoken, trial
from counseling.lifecycle import OPEN, Medium, Refusal, State
from counseling.models import Channel, Program, Session, Visitor
from counseling.models.prepared import Prepared
from counseling.models.program import ChannelKind
from counseling.stages import Stage

TURNED_AWAY = frozenset({State.OFF_HOURS, State.OUT_OF_SCOPE, State.BLOCKED})
# A talk that ended stays readable this long; who opens the browser later does not find it.
SHOWN_AFTER_END = timedelta(minutes=30)


_web_channel = Prepared(
    lambda slug: (
        Channel.objects.select_related("program").filter(kind=ChannelKind.WEB, program__slug=slug).order_by("pk")
    ),
    str,
).first


@dataclass(frozen=True)
class Visit:
    """One browser at one program's page; `identity` is None before the first start, `tester` is who only tries it.

    `language` is the one of the program's languages in which its words are told.
    """

    program: Program
    channel: Channel
    identity: str | None
    language: str
    tester: User | None = None
    # Nobody of the house who only tries the page is traced.
    spoke_from: SpokeFrom | None = None

    @classmethod
    def of(cls, request: HttpRequest, slug: str) -> "Visit":
        """The visit of a request, which speaks its language from here on.

        Raises Http404 for a program without a web page, and for one that is being set up or for practice.
        """
        channel = _web_channel(slug)
        if channel is None:
            raise Http404
        language = spoken.language_of(request, channel.program.languages)
        spoken.speak(language)
        if tried := trial.holder(request, channel.program):
            return cls(channel.program, channel, tried[1], language, tester=tried[0])
        if channel.program.stage == Stage.DRAFT or channel.program.practice:
            raise Http404
        spoke_from = SpokeFrom(address_of(request) or "", request.headers.get("User-Agent", ""))
        return cls(channel.program, channel, cookie.identity_of(request), language, spoke_from=spoke_from)

    @property
    def furigana(self) -> bool:
        """Whether readings are shown to this visitor."""
        return self.language in self.program.furigana

    def visitor(self) -> Visitor | None:
        """The person, once a sitting was started from this browser."""
        return feeds.visitor_by_identity(self.channel, self.identity) if self.identity else None

    def talk(self) -> TalkState | None:
        """The present sitting with its words, or the one that just ended; None when nobody was let in (yet)."""
        visitor = self.visitor()
        state = feeds.talk_state(visitor.pk) if visitor else None
        if state is None or state["header"]["state"] in TURNED_AWAY | {State.INTAKE}:
            return None
        return state if is_open(state) or ended_lately(state["session"]) else None

    def refusal(self) -> Refusal | None:
        """Why this person was not let in the last time; None when they were, or never asked."""
        sittings = Session.objects.filter(visitor=self.visitor(), medium=Medium.CHAT).order_by("-pk")
        refused = sittings.values_list("refusal", flat=True).first()
        return Refusal(refused) if refused else None


def is_open(state: TalkState) -> bool:
    """Whether the sitting goes on."""
    return state["header"]["state"] in OPEN


def ended_lately(session_id: int) -> bool:
    """Whether the sitting ended so lately that its visitor may still read it."""
    return Session.objects.filter(pk=session_id, ended_at__gt=timezone.now() - SHOWN_AFTER_END).exists()
