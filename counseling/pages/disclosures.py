"""Giving a visitor what is kept of them (開示): asked for, chosen talk by talk, made, and taken as one file."""

from typing import cast
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.audit import address_of
from accounts.confirmation import confirmed
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling.actions import disclosures as actions
from counseling.feeds import disclosures as feed
from counseling.models import Disclosure, Program, Session, Visitor
from counseling.models.keeping import Checked
from counseling.models.rights import Making, Part
from counseling.pages.arrangement_forms import Words
from counseling.pages.disclosure_papers import papers_of, pieces_of
from counseling.pages.office import office, page

SECTION = "disclosures"
LISTED = 100
HOW = [choice for choice in Checked.choices if choice[0] != Checked.NONE]


class AskForm(forms.Form):
    """What is asked for, and how it was made sure who asks."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    checked = forms.ChoiceField(
        label=gettext_lazy("ご本人であることを、どう確かめたか"),
        widget=forms.RadioSelect,
        choices=HOW,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("どれかを選んでください。")),
    )
    words = Words(
        gettext_lazy("確かめたこと"),
        gettext_lazy("いつ、だれが、何を見て確かめたか。求めの受付番号など。内部の記録です。"),
        actions.WORDS_LIMIT,
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("渡すもの"),
        widget=forms.CheckboxSelectMultiple,
        choices=Part.choices,
        initial=[Part.SAID, Part.OURS, Part.CONSENTS, Part.SURVEY],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice", "invalid_list"), gettext_lazy("ひとつ以上を選んでください。")
        ),
    )


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


def _made(program: Program, disclosure_id: int) -> Disclosure:
    rows = Disclosure.objects.select_related("visitor", "by").filter(program=program, pk=disclosure_id)
    made = rows.exclude(visitor__wrapped_key=b"").first()
    if made is None:
        raise Http404
    return made


@require_safe
@never_cache
@office(Right.READ_ALL)
def disclosures(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Those that were asked for, the latest first; a visitor is looked for by name or a talk's number."""
    wanted = request.GET.get("q", "").strip()[:20].replace("\x00", "")
    if wanted and (visitor := feed.visitor_named(program, wanted)):
        return redirect("office:disclosure-new", program.slug, visitor.pk)
    rows = Disclosure.objects.filter(program=program).select_related("visitor", "by").order_by("-at")[:LISTED]
    return page(request, "office/disclosures.html", program, SECTION, rows=rows, missed=wanted)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.READ_ALL)
@confirmed
def new(request: HttpRequest, program: Program, visitor_id: int) -> HttpResponseBase:
    """A disclosure is begun."""
    visitor = Visitor.objects.filter(program=program, pk=visitor_id).exclude(wrapped_key=b"").first()
    if visitor is None:
        raise Http404
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        made = actions.ask(
            visitor_id=visitor.pk, by=_by(request), client_id=typed["client_id"], checked=Checked(typed["checked"]),
            words=typed["words"], parts=[Part(part) for part in typed["parts"]], address=address_of(request),
        )  # fmt: skip
        return redirect("office:disclosure", program.slug, made.pk)
    return page(
        request,
        "office/disclosure_new.html",
        program,
        SECTION,
        visitor=visitor,
        form=form,
        others=feed.others_of(visitor),
    )


@require_safe
@never_cache
@office(Right.READ_ALL)
def disclosure(request: HttpRequest, program: Program, disclosure_id: int) -> HttpResponseBase:
    """How far it is, and each talk it is of."""
    made = _made(program, disclosure_id)
    talks = feed.talks_of(made)
    return page(
        request,
        "office/disclosure.html",
        program,
        SECTION,
        made=made,
        checked=Checked(made.checked).label,
        words=made.said(made.visitor.key()),
        chosen=[Part(part).label for part in made.parts],
        talks=talks,
        unlooked=sum(not talk.is_looked for talk in talks),
        others=feed.others_of(made.visitor),
        is_choosing=made.state == Making.CHOOSING,
        is_ready=made.state == Making.READY,
        is_making=made.state == Making.MAKING,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.READ_ALL)
def talk(request: HttpRequest, program: Program, disclosure_id: int, session_id: int) -> HttpResponseBase:
    """One talk, piece by piece: what is somebody else's is left out. Each opening is told to the audit log."""
    made = _made(program, disclosure_id)
    session = feed.sessions_of(made).filter(pk=session_id).first()
    if session is None or made.state != Making.CHOOSING:
        raise Http404
    pieces = pieces_of(session, made)
    if request.method == "POST":
        _leave_out(request, made, session, {one.name for one in pieces})
        return redirect("office:disclosure", program.slug, made.pk)
    audit.note(
        Deed.SESSION_READ, by=_by(request), subject=f"session:{session.pk}", program_id=program.pk,
        address=address_of(request),
    )  # fmt: skip
    return page(request, "office/disclosure_talk.html", program, SECTION, made=made, session=session, pieces=pieces)


def _leave_out(request: HttpRequest, made: Disclosure, session: Session, there: set[str]) -> None:
    names = there & set(request.POST.getlist("out"))
    try:
        actions.leave_out(disclosure_id=made.pk, by=_by(request), session_id=session.pk, names=names)
    except actions.TooLate:
        messages.error(request, _("もう作成しはじめているため、渡すものは変えられません。"))
    else:
        messages.success(request, _("この相談で渡すものを決めました。"))


@require_POST
@never_cache
@office(Right.READ_ALL)
@confirmed
def make(request: HttpRequest, program: Program, disclosure_id: int) -> HttpResponseBase:
    """From here on it is fixed what is given out."""
    made = _made(program, disclosure_id)
    if made.state == Making.CHOOSING:
        try:
            actions.make(disclosure_id=made.pk, by=_by(request), papers=papers_of(made), left_out=made.left_out)
        except actions.NotLooked:
            messages.error(request, _("まだ確かめていない相談があります。ひとつずつ開いて、渡すものを決めてください。"))
        except actions.Changed:
            messages.error(request, _("ほかの人が渡すものを変えました。確かめてから、もう一度作成してください。"))
    return redirect("office:disclosure", program.slug, made.pk)


@require_POST
@never_cache
@office(Right.READ_ALL)
@confirmed
def take(request: HttpRequest, program: Program, disclosure_id: int) -> HttpResponseBase:
    """The ZIP."""
    made = _made(program, disclosure_id)
    whole = actions.take(disclosure_id=made.pk, by=_by(request), address=address_of(request))
    name = f"disclosure-{made.pk}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(whole, content_type="application/zip", headers=headers)
