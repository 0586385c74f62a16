"""What the visitor's pages show, as the templates' values."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from counseling import feeds, opening, wording
from counseling.actions import visits
from counseling.events import TalkMessage, TalkState
from counseling.gateways.web.forms import StartForm
from counseling.gateways.web.moments import clock, moment
from counseling.gateways.web.visit import Visit, is_open
from counseling.lifecycle import Refusal, State
from counseling.models import Part, Program
from counseling.models.edition import contacts_of, number, terms_of, texts_of

# Whoever is refused for these is told when the door opens next.
BY_THE_HOURS = frozenset({Refusal.OFF_HOURS, Refusal.AFTER_INTAKE_CLOSE, Refusal.NOT_YET})
# These concern one visitor, whether the door is open or not.
THEIR_OWN = frozenset({Refusal.OUT_OF_SCOPE, Refusal.LIMITED})


def language() -> str:
    """The page's language: "ja", or "en" for everybody else."""
    return "ja" if (get_language() or "ja").startswith("ja") else "en"


def frame(visit: Visit) -> dict[str, Any]:
    """What every page of a program carries."""
    slug = visit.program.slug
    names = ("page", "start", "state", "messages", "end", "leave", "turned_away")
    return {
        "program": visit.program,
        "is_trial": visit.tester is not None,
        "title": _("メモ") if visit.program.neutral_title else visit.program.name,
        "urls": {name: reverse(f"talk:{name}", args=[slug]) for name in names} | {"away": reverse("talk:away")},
        **contacts_of_page(visit.program),
        "language": language(),
        "other_language": "en" if language() == "ja" else "ja",
    }


def contacts_of_page(program: Program) -> dict[str, Any]:
    """Where to turn at once, in the page's language."""
    known = contacts_of(program)
    lines = {"life": known.life, "lines": known.others}
    spoken = language()
    return {
        name: [{"number": c.number, "digits": c.digits, "name": c.named(spoken), "what": c.told(spoken)} for c in found]
        for name, found in lines.items()
    }


def landing(request: HttpRequest, visit: Visit, form: StartForm) -> dict[str, Any]:
    """The page before a talk: what this is, when, on which terms, and the form."""
    return {
        **frame(visit),
        "form": form,
        "terms": terms_of(visit.program, language()),
        "terms_version": number(visit.program.editions, Part.TERMS),
        "hours": hours_of(visit.program),
        **reception_of(visit.program, None if visit.tester else visits.refusal_at(visit.program, timezone.now())),
        # A link from another site comes without the cookie (SameSite): the script asks whether a talk goes on.
        "came_from_elsewhere": request.headers.get("Sec-Fetch-Site") == "cross-site",
    }


def reception_of(program: Program, refusal: Refusal | None) -> dict[str, Any]:
    """Whether the door is open (no `refusal`), until when, and when next."""
    reception = feeds.reception(program)
    # Nobody knows when enough people will be there, or when a pause is over: the next opening would be no answer.
    next_open = reception["next_open"] if refusal in BY_THE_HOURS else None
    return {
        "is_open": refusal is None,
        "closed_because": why_closed(refusal) if refusal else None,
        "intake_until": soon(reception["intake_until"]),
        "next_open": moment(next_open, language()) if next_open else None,
    }


def soon(until: str | None) -> str | None:
    """Until what time, when that is within a day; a door that does not close that soon needs no time."""
    if until is None or datetime.fromisoformat(until) - timezone.now() > timedelta(days=1):
        return None
    return moment(until, language())


def turned_away(visit: Visit) -> dict[str, Any]:
    """The page for someone who was not let in: why, when to come back, and where to turn now."""
    theirs, now = visit.refusal(), visits.refusal_at(visit.program, timezone.now())
    # What concerns them alone comes first; else who comes back reads why the door is closed by now.
    refusal = theirs if theirs in THEIR_OWN else now or theirs or Refusal.OFF_HOURS
    return {
        **frame(visit),
        **reception_of(visit.program, refusal),
        "text": refusal_text(visit.program, refusal),
        "hours": hours_of(visit.program),
    }


def talk(visit: Visit, state: TalkState) -> dict[str, Any]:
    """The talk: its words, where it stands, and the first data of the script."""
    return {
        **frame(visit),
        "state": state,
        "settings": {**frame(visit)["urls"], "program": visit.program.slug},
        "messages": [line_of(message) for message in state["messages"]],
        "goes_on": is_open(state),
        "waits": state["header"]["state"] in {State.INTAKE, State.WAITING},
        "new_id": uuid.uuid4(),
        "ended": ended_text(state),
    }


def line_of(message: TalkMessage) -> dict[str, Any]:
    """One message of the transcript that is shown without JavaScript."""
    who = {"visitor": _("あなた"), "counselor": _("相談員"), "auto": _("お知らせ")}[message["author"]]
    return {**message, "who": who, "clock": clock(message["at"])}


def ended_text(state: TalkState) -> str:
    """Why the sitting is over, in a sentence; empty while it goes on."""
    if is_open(state):
        return ""
    reasons = {
        "idle": _("しばらくお返事がなかったため、いったん相談を終わりにしました。"),
        "hours_over": _("受付時間が終わったため、今日の相談は終わりました。"),
        "visitor_left": _("相談を終わりにしました。"),
    }
    return reasons.get(state["header"]["end_reason"]) or _(
        "相談は終わりました。お話しくださり、ありがとうございました。"
    )


def hours_of(program: Program) -> str:
    """The opening hours in words."""
    return opening.describe(program.opening(), language())


def why_closed(key: str) -> str:
    """Why nobody is let in, for someone who only looks at the page."""
    return {
        "after_intake_close": _("今日の受付は終わりました。受付時間になったら、このページからはじめられます。"),
        "not_yet": _("この相談窓口は、まだ始まっていません。"),
        "period_over": _("この相談窓口の受付期間は終わりました。"),
        "paused": _("ただいま受付を止めています。再開しましたら、このページからはじめられます。"),
        "closed": _("この相談窓口は終了しました。"),
        "limited": _("今日お受けできる回数に達しました。続きは、また明日以降にお聞かせください。"),
        "unstaffed": _("ただいま相談員の準備をしています。しばらくしてから、もう一度このページを開いてください。"),
    }.get(key) or _("いまは受付時間外です。受付時間になったら、このページからはじめられます。")


def refusal_text(program: Program, key: str) -> str:
    """The program's text; its contacts are left out, as the page shows them as telephone links."""
    text = wording.text_for(texts_of(program), key, language()).replace("{emergency}", "")
    return text.replace("{hours}", hours_of(program)).replace("{program}", program.name).strip()
