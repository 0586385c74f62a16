"""Where LINE is only the door (入口): the way to our page by a link that is good once, and danger among words there.

What is written on LINE is kept nowhere. Who came by the door is one visitor on our page, whichever browser they use.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from counseling import crypto, feeds
from counseling.actions import admission, danger, keeping_out, notices, visits
from counseling.actions.writing import danger_in, raise_risk
from counseling.feeds.follow_ups import is_written_to
from counseling.lifecycle import Consent, Refusal, State
from counseling.models import Channel, EntryLink, Visitor
from counseling.models.edition import text_for
from counseling.models.program import ChannelKind
from counseling.triage import Risk

TOKEN_BYTES = 24
# As the page itself makes them (gateways.web.cookie).
IDENTITY_BYTES = 32
# Nobody asked for what is written to them: it may be days until they look.
LETTER, LETTER_LINK_LIFE = "letter_here", timedelta(days=7)
# Long after it ended a link is still known, so that whoever opens it is told kindly what to do.
FORGOTTEN_AFTER = timedelta(days=1)


class LinkGone(Exception):
    """The link was used, is too old, or never was one."""


def show_way(visitor: Visitor, words: str = "") -> None:
    """Tell a locked visitor on LINE the way to the page, or why nobody is let in now.

    `words` they wrote are weighed and forgotten: danger is answered with the contacts at once, and calls supervisors.
    """
    beyond = _known(visitor)
    now, raised = timezone.now(), danger_in(visitor.program, words)
    refusal = admission.refusal_for(beyond or visitor, now, in_danger=raised >= Risk.HIGH)
    if raised >= danger.ANSWERED_FROM:
        said = notices.said_now(visitor.program, refusal, visitor.language)
        notices.give(visitor=visitor, key=danger.CONTACTS, words=_text(visitor, danger.CONTACTS, now=said))
        if raised >= danger.CALLED_FROM:
            _call(visitor, raised, refusal)
    if refusal and not _is_inside(beyond):
        if is_written_to(beyond or visitor):
            call_to_letter(visitor)
        _tell_why(visitor, beyond or visitor, refusal, words, told=raised >= danger.ANSWERED_FROM)
        return
    _place, waiting = feeds.place_in_queue(visitor.program_id, 0)
    life = visitor.program.link_life
    _give_link(visitor, "entry", life, waiting=waiting, minutes=int(life.total_seconds() // 60))


def _tell_why(visitor: Visitor, known: Visitor, refusal: Refusal, words: str, *, told: bool) -> None:
    """Why nobody is let in: words are counted as a contact, a tap asks and is answered."""
    now = timezone.now()
    if words:
        answer = keeping_out.turn_back(known, refusal, now, told=told)
    else:
        answer = keeping_out.answer_to(known, refusal, now, visitor.language)
    if answer:
        notices.give(visitor=visitor, key=answer.key, words=_text(visitor, answer.key, **answer.values))


def call_to_letter(visitor: Visitor) -> None:
    """Tell a locked visitor on LINE that something we wrote waits on our page, and the way there; no word of it."""
    _give_link(visitor, LETTER, LETTER_LINK_LIFE, days=LETTER_LINK_LIFE.days)


def _give_link(visitor: Visitor, key: str, life: timedelta, **values: int) -> None:
    token, now = secrets.token_urlsafe(TOKEN_BYTES), timezone.now()
    url = f"{settings.SITE_URL}/talk/{visitor.program.slug}/in/{token}"
    if notices.give(visitor=visitor, key=key, words=_text(visitor, key, url=url, **values)):
        EntryLink.objects.create(visitor=visitor, token_hash=_hash(token), made_at=now, ends_at=now + life)


def _text(visitor: Visitor, key: str, **values: int | str) -> str:
    return text_for(visitor.program, key, visitor.language, **values)


def _hash(token: str) -> str:
    return crypto.keyed_hash(token, "entry.link")


def _is_inside(beyond: Visitor | None) -> bool:
    """Whether their talk on our page goes on: they find back to it whatever the hour."""
    present = visits.present_sitting(beyond) if beyond else None
    return present is not None and present.state in {State.WAITING, State.ACTIVE, State.HELD}


def _call(visitor: Visitor, raised: Risk, refusal: Refusal | None) -> None:
    """Supervisors see somebody in danger who said nothing yet on our page: a sitting before consent, without words."""
    web = Channel.objects.filter(program=visitor.program_id, kind=ChannelKind.WEB).order_by("pk").first()
    if web is None:
        return
    beyond = _beyond(visitor, web)
    present = visits.present_sitting(beyond)
    if present is None or present.state not in {State.INTAKE, State.WAITING, State.ACTIVE, State.HELD}:
        present = visits.open_sitting(beyond, consent=Consent.AWAITED)
    if refusal and present.state == State.INTAKE:
        present.refusal = refusal
    raise_risk(present, raised, why="door", fields=("refusal",))
    if not refusal and present.state == State.INTAKE:
        admission.let_in_danger(present)
    danger.call_supervisors(present)


def _known(visitor: Visitor) -> Visitor | None:
    """Who they are on our page, if they were there before; nobody who was erased."""
    beyond = Visitor.objects.filter(door=visitor).exclude(wrapped_key=b"")
    return beyond.select_related("program", "channel").order_by("-pk").first()


def _beyond(visitor: Visitor, web: Channel) -> Visitor:
    """Who a visitor on LINE is on our page, locked; made at the first time."""
    known = _known(visitor)
    identity = known.address() if known else secrets.token_urlsafe(IDENTITY_BYTES)
    beyond = visits.visitor_for(channel_id=web.pk, identity=identity, create=True)
    assert beyond is not None  # noqa: S101 - `create` made it
    if known is None:
        beyond.door = visitor
        beyond.language = visitor.language
        beyond.save(update_fields=["door", "language"])
    return beyond


@transaction.atomic
def use(*, channel_id: int, token: str, identity: str | None) -> str:
    """Use a link up for the page's channel; the identity under which its visitor is known there.

    `identity` is the browser's: pressing the button twice in it is once. Raises LinkGone.
    """
    now = timezone.now()
    links = EntryLink.objects.select_for_update(of=("self",), no_key=True).select_related("visitor__program")
    web = Channel.objects.get(pk=channel_id)
    link = links.filter(token_hash=_hash(token), visitor__program=web.program_id).first()
    if link is None:
        raise LinkGone
    if link.used_at:
        own = _known(link.visitor)
        if own and identity and own.address() == identity and now < link.ends_at:
            return identity
        raise LinkGone
    if now >= link.ends_at:
        raise LinkGone
    visitor = Visitor.objects.select_for_update(no_key=True).select_related("program").get(pk=link.visitor_id)
    link.used_at = now
    link.save(update_fields=["used_at"])
    return _beyond(visitor, web).address()


def is_good(*, program_id: int, token: str) -> bool:
    """Whether the link may still be used. Asking uses nothing up: robots look at what stands in a message."""
    now = timezone.now()
    links = EntryLink.objects.filter(token_hash=_hash(token), visitor__program=program_id)
    return links.filter(used_at=None, ends_at__gt=now).exists()


def forget() -> int:
    """Forget links that ended long ago."""
    return EntryLink.objects.filter(ends_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()[0]
