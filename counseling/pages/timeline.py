"""A person's way (経過) on one page, and one talk with what followed; to print, and as a PDF."""

import json
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.confirmation import confirmed
from accounts.roles import Right
from counseling import histories, lifelines, paper, permissions
from counseling.actions import lifelines as actions
from counseling.feeds import history as feed
from counseling.histories import Opened
from counseling.models import Program, Session
from counseling.pages.history import SECTION, person, tell
from counseling.pages.office import office, page
from counseling.pages.timeline_words import Day, days


@require_safe
@never_cache
@office(Right.TAKE_SESSIONS)
def timeline(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """All of a visitor's way, in order of time."""
    found = histories.opened(person(request), visitor_id, program.pk)
    return _shown(request, program, found, None)


@require_safe
@never_cache
@office(Right.TAKE_SESSIONS)
def case(request: HttpRequest, program: Program, session_id: int) -> HttpResponseBase:
    """One talk and what followed."""
    found, session = _case(request, program, session_id)
    return _shown(request, program, found, session)


@require_safe
@never_cache
@office(Right.TAKE_SESSIONS)
def timeline_pdf(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """The same as a PDF, which the audit is told of; who may not see it is not asked who they are either."""
    found = histories.opened(person(request), visitor_id, program.pk)
    return _file(request, program, found, None)


@require_safe
@never_cache
@office(Right.TAKE_SESSIONS)
def case_pdf(request: HttpRequest, program: Program, session_id: int) -> HttpResponseBase:
    """One talk and what followed, as a PDF."""
    found, session = _case(request, program, session_id)
    return _file(request, program, found, session)


def _case(request: HttpRequest, program: Program, session_id: int) -> tuple[Opened, Session]:
    """The history around a session that its reader may know."""
    visitor_id = Session.objects.filter(program=program, pk=session_id).values_list("visitor", flat=True).first()
    if visitor_id is None:
        raise permissions.NotVisible
    found = histories.opened(person(request), visitor_id, program.pk)
    session = next((one for one in found.sessions if one.pk == session_id and one.pk in found.known), None)
    if session is None:
        raise permissions.NotVisible
    return found, session


def _days(found: Opened, session: Session | None) -> list[Day]:
    moments = lifelines.of_case(found, session) if session else lifelines.lifeline(found)
    ids = [one.pk for one in found.sessions if one.pk in found.known]
    return days(moments, feed.belongings(found.visitor.program, ids))


def _title(found: Opened, session: Session | None) -> str:
    names = _("、").join(one.pseudonym for one in found.visitors)
    if session:
        return _("%(number)d番の相談の経過・相談者 %(names)s") % {"number": session.number, "names": names}
    return _("相談者 %(names)s の経過") % {"names": names}


def _shown(request: HttpRequest, program: Program, found: Opened, session: Session | None) -> HttpResponseBase:
    tell(request, found)
    context = {"visitor": found.visitor, "session": session, "title": _title(found, session)}
    return page(request, "office/timeline.html", program, SECTION, days=_days(found, session), **context)


@confirmed
def _file(request: HttpRequest, program: Program, found: Opened, session: Session | None) -> HttpResponseBase:
    content = _content(program, found, session)
    digest = sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    actions.note_export(
        visitor_id=found.visitor.pk, by=person(request), digest=digest, session_id=session.pk if session else None,
        address=audit.address_of(request),
    )  # fmt: skip
    name = f"timeline-{session.number}.pdf" if session else f"timeline-{found.visitor.pseudonym}.pdf"
    return HttpResponse(
        paper.pdf("timeline", content | {"digest": digest}),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _content(program: Program, found: Opened, session: Session | None) -> dict[str, Any]:
    """What the template draws."""
    made = {"at": date_format(timezone.localtime(), "DATETIME_FORMAT"), "who": found.user.name}
    return {
        "language": (get_language() or "ja").split("-", maxsplit=1)[0],
        "title": _title(found, session),
        "program": program.name,
        "made": _("作成 %(at)s・%(who)s") % made,
        "confidential": _("要配慮個人情報です。決められた人だけが読み、決められた場所にしまってください。"),
        "checked_by": _("照合のための値(SHA-256)"),
        "locked": _("内容は、読む権限のある人だけが読めます"),
        "nothing": _("まだ何もありません。"),
        "days": [
            {
                "name": one.name,
                "entries": [
                    [entry.time, entry.what, entry.about, entry.words, entry.is_danger, entry.is_locked]
                    for entry in one.entries
                ],
            }
            for one in _days(found, session)
        ],
    }
