"""The emergency sheet's pages: the reason first, then the sheet, its PDF, and what was filed of it."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import address_of
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, emergency, paper, permissions
from counseling.actions import sheets as actions
from counseling.emergency import Contacted
from counseling.feeds import emergency as feed
from counseling.models import Filing, Session, SheetReading
from counseling.models.emergency import ClueKind, Ground, SheetReason
from counseling.models.risk import RISKS
from counseling.pages.office import page
from counseling.pages.sheet_forms import ClueForm, ContactForm, FilingForm, ReasonForm
from counseling.triage import Risk

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_supervisors(view: View[P]) -> View[P]:
    """A page for who may: for others, and of visitors who were erased, it does not exist."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (permissions.NotVisible, crypto.CannotOpen) as unseen:
            raise Http404 from unseen

    return cast("View[P]", guarded)


def person(request: HttpRequest) -> User:
    """Who asks."""
    return cast("User", request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_supervisors
def door(request: HttpRequest, session_id: int) -> HttpResponseBase:
    """Why the sheet is opened, asked each time; no password on top of it (ADR 27)."""
    known = permissions.known_sessions(person(request)).select_related("visitor", "program")
    session = known.filter(pk=session_id).first()
    if session is None:
        raise permissions.NotVisible
    permissions.require(person(request), Right.READ_ALL, session.program_id)
    session.visitor.key()
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        opened = actions.open_sheet(
            session_id=session_id, by=person(request), reason=SheetReason(form.cleaned_data["reason"]),
            address=address_of(request),
        )  # fmt: skip
        return redirect("office:sheet", opened.pk)
    return page(request, "office/sheet_door.html", session.program, "", form=form, session=session)


@require_safe
@never_cache
@for_supervisors
def show(request: HttpRequest, opened_id: int) -> HttpResponseBase:
    """The sheet; `?from=` takes the words of a message over into the field for what is known."""
    try:
        opened = actions.opened_sheet(opened_id, person(request))
    except permissions.NotVisible:
        # Their own, whose time is over: the reason is asked again.
        return redirect("office:sheet-door", actions.opened_sheet(opened_id, person(request), writes=True).session_id)
    return sheet_page(request, opened, asked=request.GET.get("from", ""))


def sheet_page(
    request: HttpRequest,
    opened: SheetReading,
    *,
    asked: str = "",
    clue: ClueForm | None = None,
    contact: ContactForm | None = None,
    filing: FilingForm | None = None,
) -> HttpResponseBase:
    """The sheet with all its forms; one that was refused is given, with what was typed."""
    session = opened.session
    sheet, contacts = feed.sheet_of(session), feed.contacted(session)
    context = {
        "opened": opened,
        "reason": SheetReason(opened.reason).label,
        "session": session,
        "sheet": sheet,
        "steps": feed.steps_taken(session),
        "contacts": contacts,
        "filings": [
            (one, _name(feed.contact_view(one.contact, session.visitor.key()))) for one in feed.filings(session)
        ],
        "clue_form": clue or ClueForm(initial=_taken_over(sheet, asked)),
        "contact_form": contact or ContactForm(session),
        "filing_form": filing or FilingForm(filing_choices(contacts)),
        "clue_kinds": dict(ClueKind.choices),
        "grounds": dict(Ground.choices),
        "quoted": next((one for one in sheet["messages"] if str(one["seq"]) == asked), None),
    }
    return page(request, "office/sheet.html", session.program, "", **context)


def _taken_over(sheet: emergency.Sheet, asked: str) -> dict[str, Any]:
    said = next((one for one in sheet["messages"] if str(one["seq"]) == asked and one["author"] == "visitor"), None)
    return {"words": said["text"], "seq": said["seq"]} if said else {}


def filing_choices(contacts: list[Contacted]) -> list[tuple[int, str]]:
    """The contacts for which the sheet can be given out, as one chooses among them."""
    return [(one["id"], _name(one)) for one in contacts]


def filing_name(filing: Filing, session: Session) -> str:
    """For which contact it was given out."""
    return _name(feed.contact_view(filing.contact, session.visitor.key()))


def _name(contact: Contacted) -> str:
    at = date_format(timezone.localtime(datetime.fromisoformat(contact["at"])), "n/j H:i")
    who = f"{contact['agency']} {contact['person']}".strip()
    return f"{at} {who}・{Ground(contact['ground']).label}"


@require_POST
@never_cache
@for_supervisors
def pdf(request: HttpRequest, opened_id: int) -> HttpResponseBase:
    """The sheet as a PDF to print; a POST, so that each one is meant, and told to the audit log."""
    session = actions.print_sheet(opened_id=opened_id, by=person(request), address=address_of(request))
    return _drawn(session)


@require_safe
@never_cache
@for_supervisors
def filed(request: HttpRequest, opened_id: int, filing_id: int) -> HttpResponseBase:
    """What was given out, as it stood then."""
    session = actions.opened_sheet(opened_id, person(request)).session
    found = _filed(session, filing_id)
    words = {"sheet": found.sheet, "contact": found.contact, "filing": found.filing, "is_whole": found.is_whole}
    kinds = {"clue_kinds": dict(ClueKind.choices), "grounds": dict(Ground.choices)}
    return page(
        request, "office/sheet_filed.html", session.program, "", session=session, opened_id=opened_id, **words, **kinds
    )


def _filed(session: Session, filing_id: int) -> feed.Filed:
    found = feed.filed(session, filing_id)
    if found is None:
        raise permissions.NotVisible
    return found


@require_POST
@never_cache
@for_supervisors
def filed_pdf(request: HttpRequest, opened_id: int, filing_id: int) -> HttpResponseBase:
    """What was given out, as a PDF."""
    found = _filed(actions.opened_sheet(opened_id, person(request)).session, filing_id)
    session = actions.print_sheet(
        opened_id=opened_id, by=person(request), address=address_of(request), filing_id=found.filing.pk
    )
    return _drawn(session, found)


def _drawn(session: Session, filed: feed.Filed | None = None) -> HttpResponse:
    # What is given out is in Japanese, whatever its maker reads.
    with translation.override("ja"):
        sheet = filed.sheet if filed else feed.sheet_of(session)
        contact, digest = (filed.contact, filed.filing.digest) if filed else (None, "")
        risk = str(RISKS[Risk(sheet["sitting"]["risk"])])
        content = emergency.on_paper(sheet, contact, risk=risk, digest=digest)
    # The number says nothing to whoever finds the file; it lies in nobody's cache.
    name = f"emergency-sheet-{session.number}.pdf"
    return HttpResponse(
        paper.pdf("emergency", content),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"},
    )
