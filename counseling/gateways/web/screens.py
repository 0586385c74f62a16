"""What the visitor's pages show, as the templates' values."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from counseling import contacts, feeds, opening, wording
from counseling.actions import admission, keeping_out
from counseling.events import TalkMessage, TalkState
from counseling.feeds import surveys
from counseling.gateways.web.forms import StartForm
from counseling.gateways.web.moments import clock, moment
from counseling.gateways.web.visit import Visit, is_open
from counseling.languages import LANGUAGES, interface, said, said_in, stem
from counseling.lifecycle import OVERRULED_BY_DANGER, Refusal, State
from counseling.models import Part, Program
from counseling.models.edition import contacts_of, marked_text_for, number, survey_plan_of, terms_by_language, texts_of
from counseling.survey import When

# Whoever is refused for these is told when the door opens next.
BY_THE_HOURS = frozenset({Refusal.OFF_HOURS, Refusal.AFTER_INTAKE_CLOSE, Refusal.NOT_YET})
# Somebody decides on these, and may have written why.
BY_HAND = frozenset({Refusal.PAUSED, Refusal.CLOSED})


def frame(visit: Visit) -> dict[str, Any]:
    """What every page of a program carries."""
    slug = visit.program.slug
    names = ("page", "start", "state", "messages", "end", "leave", "turned_away", "telephone", "survey", "returning")
    return {
        "program": visit.program,
        "is_trial": visit.tester is not None,
        "title": _("メモ") if visit.program.neutral_title else visit.program.name,
        "urls": {name: reverse(f"talk:{name}", args=[slug]) for name in names} | {"away": reverse("talk:away")},
        **contacts_of_page(visit.program, visit.language),
        "furigana": visit.furigana,
        **languages_of_page(visit),
    }


def languages_of_page(visit: Visit) -> dict[str, Any]:
    """What the page speaks, and which languages one may choose."""
    words = interface(visit.language)
    offered = [(code, LANGUAGES[code]) for code in visit.program.languages if code in LANGUAGES]
    return {"spoken": visit.language, "words": words, "language": stem(words), "offered": offered}


def contacts_of_page(program: Program, language: str) -> dict[str, Any]:
    """Where to turn at once, in the page's language."""
    known = contacts_of(program)
    parts = {"life": known.life, "lines": known.others}
    return {part: [shown(one, language) for one in found] for part, found in parts.items()}


def shown(contact: contacts.Contact, language: str) -> dict[str, str]:
    """One contact as a card shows it."""
    name, what = contact.named(language), contact.told(language)
    return {"number": contact.number, "digits": contact.digits, "name": name, "what": what}


def door(visit: Visit) -> Refusal | None:
    """Why this visitor would not be let in now; a trial always is."""
    return None if visit.tester else admission.refusal_at(visit.program, timezone.now())


def landing(request: HttpRequest, visit: Visit, form: StartForm, refusal: Refusal | None) -> dict[str, Any]:
    """The page before a talk: what this is, when, on which terms, and the form while there is no `refusal`.

    Who is kept out is told so; the form stays, as danger to life lets them in.
    """
    theirs = None if visit.tester else kept_out(visit)
    return {
        **frame(visit),
        "form": form,
        **terms_of(visit),
        "hours": hours_of(visit),
        **reception_of(visit, refusal),
        **(refusal_text(visit, theirs) if theirs else said_by_hand(visit, refusal) if refusal else {}),
        "kept_out": theirs,
        "asks_survey": asks_survey(visit),
        # A link from another site comes without the cookie (SameSite): the script asks whether a talk goes on.
        "came_from_elsewhere": request.headers.get("Sec-Fetch-Site") == "cross-site",
    }


def terms_of(visit: Visit) -> dict[str, Any]:
    """What is agreed to, in the page's language."""
    terms = terms_by_language(visit.program)
    return {
        "terms": said(terms, visit.language),
        "terms_language": LANGUAGES[said_in(terms, visit.language)].tag,
        "terms_version": number(visit.program.editions, Part.TERMS),
    }


def terms(visit: Visit) -> dict[str, Any]:
    """The page of the terms alone, for who reads them on LINE; without any, what everybody is told."""
    notes = marked_text_for(visit.program, "notes", visit.language)
    return {**frame(visit), **terms_of(visit), "notes": notes}


def reception_of(visit: Visit, refusal: Refusal | None) -> dict[str, Any]:
    """Whether the door is open (no `refusal`), until when, and when next."""
    reception = feeds.reception(visit.program)
    # Nobody knows when enough people will be there, or when a pause is over: the next opening would be no answer.
    next_open = reception["next_open"] if refusal in BY_THE_HOURS else None
    return {
        "is_open": refusal is None,
        "closed_because": why_closed(refusal) if refusal else None,
        "intake_until": soon(reception["intake_until"], visit.language),
        "next_open": moment(next_open, visit.language) if next_open else None,
    }


def soon(until: str | None, language: str) -> str | None:
    """Until what time, when that is within a day; a door that does not close that soon needs no time."""
    if until is None or datetime.fromisoformat(until) - timezone.now() > timedelta(days=1):
        return None
    return moment(until, language)


def kept_out(visit: Visit) -> Refusal | None:
    """What keeps this visitor out now, whether the door is open or not."""
    visitor = visit.visitor()
    return keeping_out.refusal_of(visitor, timezone.now()) if visitor else None


def why_turned_away(visit: Visit) -> Refusal | None:
    """Why this visitor was not let in; None where they were kept out and are no more."""
    theirs, now = visit.refusal(), admission.refusal_at(visit.program, timezone.now())
    # What concerns them alone comes first; else who comes back reads why the door is closed by now.
    if theirs == Refusal.OUT_OF_SCOPE:
        return theirs
    if found := kept_out(visit) or now:
        return found
    return None if theirs in OVERRULED_BY_DANGER else theirs or Refusal.OFF_HOURS


def turned_away(visit: Visit, refusal: Refusal) -> dict[str, Any]:
    """The page for someone who was not let in: why, when to come back, and where to turn now."""
    return {
        **frame(visit),
        **reception_of(visit, refusal),
        **refusal_text(visit, refusal),
        "hours": hours_of(visit),
    }


def talk(visit: Visit, state: TalkState) -> dict[str, Any]:
    """The talk: its words, where it stands, and the first data of the script."""
    return {
        **frame(visit),
        "phone": phone_text(state["header"]["phone"]),
        "state": state,
        "settings": {**frame(visit)["urls"], "program": visit.program.slug, "survey": _survey_after(visit)},
        "messages": [line_of(message) for message in state["messages"]],
        "goes_on": is_open(state),
        "waits": state["header"]["state"] in {State.INTAKE, State.WAITING},
        "new_id": uuid.uuid4(),
        "ended": ended_text(state),
        "asks_survey": not is_open(state) and asks_survey(visit),
    }


def _survey_after(visit: Visit) -> str:
    """Where a talk that ends in front of the open page leads to; empty where nobody is asked at its end."""
    plan = survey_plan_of(visit.program)
    asks = plan.when == When.AT_END and plan.web and visit.tester is None
    return reverse("talk:survey", args=[visit.program.slug]) if asks else ""


def asks_survey(visit: Visit) -> bool:
    """Whether a survey stands on this visitor's page."""
    visitor = visit.visitor() if visit.tester is None and visit.identity else None
    return visitor is not None and surveys.is_asked_of(visitor, timezone.now())


def line_of(message: TalkMessage) -> dict[str, Any]:
    """One message of the transcript that is shown without JavaScript."""
    who = {"visitor": _("あなた"), "counselor": _("相談員"), "auto": _("お知らせ")}[message["author"]]
    return {**message, "who": who, "clock": clock(message["at"])}


def phone_text(phone: str) -> str:
    """What leads to the page of a call that was offered, or agreed; empty while there is none."""
    asked = {"offered": _("電話で話すことについて答える"), "agreed": _("電話の約束を見る・取り消す")}
    return asked.get(phone, "")


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


def hours_of(visit: Visit) -> str:
    """The opening hours in words."""
    return opening.describe(visit.program.opening(), visit.language)


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


def said_by_hand(visit: Visit, refusal: Refusal) -> dict[str, str]:
    """What somebody wrote who paused or closed the program; nothing where the page's own sentence does."""
    own = texts_of(visit.program)
    is_own = own.get(wording.spoken(own, refusal, visit.language), {}).get(refusal)
    return refusal_text(visit, refusal) if refusal in BY_HAND and is_own else {}


def refusal_text(visit: Visit, refusal: Refusal) -> dict[str, str]:
    """The program's text and its language; its contacts are left out, as the page shows them as telephone links."""
    own = texts_of(visit.program)
    answer = keeping_out.answer_to(visit.visitor(), refusal, timezone.now(), visit.language)
    values = {"program": visit.program.name, "hours": hours_of(visit), "emergency": "", **answer.values}
    text = wording.filled(own, answer.key, visit.language, **values).strip()
    return {"text": text, "text_language": LANGUAGES[wording.spoken(own, answer.key, visit.language)].tag}
