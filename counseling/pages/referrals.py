"""Connecting (つなぎ): the list of what is still open, where one refers to, and one referral."""

from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, permissions
from counseling.actions import referrals as actions
from counseling.actions.letters import may_write
from counseling.actions.referring import today
from counseling.feeds import agencies as directory
from counseling.feeds import agency_load
from counseling.feeds import referrals as feed
from counseling.models import AgencyKind, Program, Referral, Session
from counseling.models.referral import Level
from counseling.pages.agencies import Line as AgencyLine
from counseling.pages.agencies import asked
from counseling.pages.office import office, page
from counseling.pages.referral_words import TOO_LATE, Line, history, items

SECTION = "referrals"
PAGE_ROWS, MOST_CHOSEN = 50, 50


def person(request: HttpRequest) -> User:
    """Who asks."""
    return cast("User", request.user)


def follows(by: User, program: Program) -> bool:
    """Whether `by` sees all of the program's referrals."""
    return permissions.programs(by, Right.FOLLOW_REFERRALS).filter(pk=program.pk).exists()


@require_safe
@never_cache
@office(Right.REFER)
def referrals(request: HttpRequest, program: Program) -> HttpResponseBase:
    """What nobody knows the end of yet, those at risk and the longest due first; or what is over."""
    by, now = person(request), today(timezone.now())
    search = _searched(request)
    counted = feed.counted(program, by, search, now)
    shown = Paginator(feed.listed(program, by, search, now), PAGE_ROWS).get_page(request.GET.get("page"))
    rows = list(shown)
    names = feed.names(rows)
    shelves = [("open", _("結果待ち")), ("overdue", _("聞く日を過ぎた")), ("ended", _("結果が分かった・終えた"))]
    told = {"kind": search.kind, "level": search.level, "mine": "1" if search.mine else ""}
    return page(
        request,
        "office/referrals.html",
        program,
        SECTION,
        lines=[Line(one, names[one.pk], now) for one in rows],
        shown=shown,
        search=search,
        shelves=[(show, name, getattr(counted, show)) for show, name in shelves],
        overdue=counted.overdue,
        asked=urlencode({name: value for name, value in told.items() if value}),
        kinds=AgencyKind.choices,
        levels=Level.choices,
        follows=follows(by, program),
    )


def _searched(request: HttpRequest) -> feed.Search:
    """What is looked for, from the address; what cannot be read there looks for anything."""
    show, kind, level = (request.GET.get(name, "") for name in ("show", "kind", "level"))
    return feed.Search(
        show if show in feed.Counted._fields else "open",
        "mine" in request.GET,
        kind if kind in AgencyKind.values else "",
        level if level in Level.values else "",
    )


def session_to_refer(request: HttpRequest, program: Program, session_id: int) -> Session | None:
    """The session whose visitor `by` may refer; None where it is too late for them. Raises Http404."""
    rows = Session.objects.select_related("visitor", "program", "counselor").filter(program=program, pk=session_id)
    session = rows.exclude(visitor__wrapped_key=b"").first()
    if session is None:
        raise Http404
    try:
        actions.require_to_make(session, person(request), timezone.now())
    except actions.TooLate:
        messages.error(request, str(TOO_LATE))
        return None
    return session


@require_safe
@never_cache
@office(Right.REFER)
def choose(request: HttpRequest, program: Program, session_id: int) -> HttpResponseBase:
    """Which agency a visitor is referred to: found in the directory, with how much each was asked for."""
    session = session_to_refer(request, program, session_id)
    if session is None:
        return redirect("office:referrals", program.slug)
    search, now = asked(request), timezone.now()
    rows = directory.found(program.pk, replace(search, retired=False))
    chosen = list(rows[:MOST_CHOSEN])
    loads = agency_load.loads([one.pk for one in chosen], now)
    return page(
        request,
        "office/referral_choose.html",
        program,
        SECTION,
        session=session,
        search=search,
        kinds=AgencyKind.choices,
        areas=directory.areas(program.pk),
        lines=[(AgencyLine(one, timezone.localdate()), loads.get(one.pk, agency_load.NONE)) for one in chosen],
        count=rows.order_by().count(),
        may_keep=permissions.programs(person(request), Right.KEEP_AGENCIES).filter(pk=program.pk).exists(),
        made=feed.of_session(session, person(request)),
    )


def opened(request: HttpRequest, program: Program, referral_id: int) -> Referral:
    """The referral, whose words are about to be shown: the audit is told. Raises Http404."""
    try:
        referral = actions.look(referral_id=referral_id, by=person(request), address=audit.address_of(request))
    except crypto.CannotOpen as erased:
        raise Http404 from erased
    if referral.session.program_id != program.pk:
        raise Http404
    return referral


@require_safe
@never_cache
@office(Right.REFER)
def referral(request: HttpRequest, program: Program, referral_id: int) -> HttpResponseBase:
    """One referral: what was agreed, what was told, what came of it, and who changed what."""
    by, one = person(request), opened(request, program, referral_id)
    return page(request, "office/referral.html", program, SECTION, **shown(one, by))


def shown(one: Referral, by: User) -> dict[str, Any]:
    """What the page of a referral shows."""
    versions, session = feed.versions(one), one.session
    words = versions[0].words
    name, may_change = feed.agency_name(one, words), actions.may_change(one, by, timezone.now())
    recorded = permissions.recorded_sessions(by).filter(pk=session.pk).exists()
    return {
        "referral": one,
        "session": session,
        "line": Line(one, name, today(timezone.now())),
        "name": name,
        "words": words,
        "items": items(one.items),
        "history": history(versions),
        "letters": feed.letters(one),
        "may_change": may_change,
        "may_write": may_change and not one.withdrawn_at,
        "may_letter": may_change and may_write(one),
        "may_record": recorded and permissions.programs(by, Right.TAKE_SESSIONS).filter(pk=session.program_id).exists(),
        "steers": permissions.steers(by, session.program_id),
    }
