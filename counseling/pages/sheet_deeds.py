"""What a supervisor does on the emergency sheet: ticks, writes down, logs a contact, corrects, files. Forms, all."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import address_of
from counseling import permissions
from counseling.actions import agency_contacts, contacting, filings, sheets
from counseling.actions.messages import ClientIdReused
from counseling.feeds import emergency as feed
from counseling.models import AgencyContact, Session, SheetReading
from counseling.models.emergency import ClueKind
from counseling.pages.office import page
from counseling.pages.sheet_forms import ClueForm, ContactForm, FilingForm
from counseling.pages.sheets import filing_choices, for_supervisors, person, sheet_page
from counseling.text import UnacceptableText


def _opened(request: HttpRequest, opened_id: int) -> SheetReading:
    return sheets.opened_sheet(opened_id, person(request), writes=True)


def _back(opened: SheetReading, place: str) -> HttpResponseBase:
    return redirect(f"{redirect('office:sheet', opened.pk).url}#{place}")


@require_POST
@never_cache
@for_supervisors
def step(request: HttpRequest, opened_id: int, place: int) -> HttpResponseBase:
    """A step was taken (`done`), or was not after all."""
    opened = _opened(request, opened_id)
    try:
        sheets.tick(session_id=opened.session_id, by=person(request), step=place, done="done" in request.POST)
    except sheets.NoSuchStep:
        raise permissions.NotVisible from None
    return _back(opened, f"step-{place}")


@require_POST
@never_cache
@for_supervisors
def clue(request: HttpRequest, opened_id: int) -> HttpResponseBase:
    """Something is known now of who and where the visitor is."""
    opened, form = _opened(request, opened_id), ClueForm(request.POST.dict())
    if not (form.is_valid() and _note(request, opened, form)):
        return sheet_page(request, opened, clue=form)
    return _back(opened, "clues")


def _note(request: HttpRequest, opened: SheetReading, form: ClueForm) -> bool:
    typed = form.cleaned_data
    try:
        sheets.note_clue(
            session_id=opened.session_id, by=person(request), client_id=typed["client_id"],
            kind=ClueKind(typed["kind"]), words=typed["words"], seq=typed["seq"],
        )  # fmt: skip
    except UnacceptableText as refused:
        form.refuse(refused.code)
    except ClientIdReused:
        messages.warning(request, _("この画面の内容はもう書きとめてあります。いまの内容を見てください。"))
    except sheets.NotSaid:
        form.add_error(None, _("もとのメッセージは取り消されたか、まだ読めません。聞いたこととして書いてください。"))
        form.data = {**form.data, "seq": ""}
    else:
        return True
    return False


@require_POST
@never_cache
@for_supervisors
def clue_removal(request: HttpRequest, opened_id: int, clue_id: int) -> HttpResponseBase:
    """What was written down is not so."""
    opened = _opened(request, opened_id)
    sheets.take_back_clue(session_id=opened.session_id, clue_id=clue_id, by=person(request))
    return _back(opened, "clues")


@require_POST
@never_cache
@for_supervisors
def contact(request: HttpRequest, opened_id: int) -> HttpResponseBase:
    """An agency was told."""
    opened = _opened(request, opened_id)
    form = ContactForm(opened.session, request.POST.dict())
    if not (form.is_valid() and _write(request, opened.session, form)):
        return sheet_page(request, opened, contact=form)
    messages.success(request, _("連絡を記録しました。相談を読める人には、内部メモとして見えます。"))
    return _back(opened, "contacts")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_supervisors
def correction(request: HttpRequest, opened_id: int, contact_id: int) -> HttpResponseBase:
    """An entry of the log, to be followed by a corrected one; the earlier one stays."""
    opened = sheets.opened_sheet(opened_id, person(request), writes=request.method == "POST")
    session = opened.session
    row = AgencyContact.objects.filter(session=session, pk=contact_id).select_related("by").first()
    if row is None:
        raise permissions.NotVisible
    before = feed.contact_view(row, session.visitor.key())
    form = ContactForm(session, request.POST.dict() if request.method == "POST" else None, before)
    if request.method == "POST" and form.is_valid() and _write(request, session, form, contact_id):
        messages.success(request, _("訂正しました。前の内容も残っています。"))
        return _back(opened, "contacts")
    return page(
        request, "office/sheet_correction.html", session.program, "",
        form=form, before=before, session=session, opened=opened,
    )  # fmt: skip


def _write(request: HttpRequest, session: Session, form: ContactForm, corrects: int | None = None) -> bool:
    """Whether it stands in the log now; else the form says why not. Who was quicker is told, and both are kept."""
    seen, by = form.cleaned_data["seen"], person(request)
    given: dict[str, Any] = {
        "session_id": session.pk,
        "by": by,
        "client_id": form.cleaned_data["client_id"],
        "contacting": form.contacting(),
        "address": address_of(request),
    }
    try:
        if corrects is None:
            agency_contacts.log(**given)
        else:
            agency_contacts.correct(contact_id=corrects, **given)
    except contacting.InvalidContact as invalid:
        form.refuse(invalid.problems)
        return False
    except agency_contacts.CorrectedAlready:
        form.add_error(None, _("ほかの人が先に訂正しました。シートに戻って、いまの内容を見てください。"))
        return False
    except ClientIdReused:
        form.add_error(None, _("この画面の内容はもう記録されています。シートに戻って、必要なら訂正してください。"))
        return False
    for other in _others(session, seen, by.pk):
        messages.info(request, _("この画面を開いているあいだに、%(name)sさんも連絡を記録しました。") % {"name": other})
    return True


def _others(session: Session, seen: int | None, by: int) -> list[str]:
    if seen is None:
        return []
    rows = AgencyContact.objects.filter(session=session, version__gt=seen).exclude(by=by)
    return list(dict.fromkeys(rows.order_by("pk").values_list("by__name", flat=True)))


@require_POST
@never_cache
@for_supervisors
def filing(request: HttpRequest, opened_id: int) -> HttpResponseBase:
    """The sheet is given out, for a contact and on its ground."""
    opened = _opened(request, opened_id)
    form = FilingForm(filing_choices(feed.contacted(opened.session)), request.POST.dict())
    if not form.is_valid():
        return sheet_page(request, opened, filing=form)
    client_id: UUID = form.cleaned_data["client_id"]
    try:
        filings.file(
            session_id=opened.session_id, by=person(request), client_id=client_id,
            contact_id=form.cleaned_data["contact_id"], address=address_of(request),
        )  # fmt: skip
    except agency_contacts.CorrectedAlready:
        form.add_error("contact_id", form.fields["contact_id"].error_messages["invalid_choice"])
        return sheet_page(request, opened, filing=form)
    messages.success(request, _("提出した内容を保存しました。あとから、渡したとおりに見られます。"))
    return _back(opened, "filings")
