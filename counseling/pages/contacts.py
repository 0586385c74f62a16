"""The emergency contacts of a program: in one place, in order, dated, and as visitors will see them."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.roles import Right
from counseling import contacts as rules
from counseling.actions import editions
from counseling.contacts import Contacts
from counseling.languages import LANGUAGES, said_in
from counseling.models import Part, Program
from counseling.models.edition import contacts_of, number, with_readings
from counseling.pages.contact_forms import ContactForm
from counseling.pages.office import office, page
from counseling.pages.words_form import spoken_by
from counseling.text import ruby, utf16_length

SECTION = "contacts"
CHANGED_MEANWHILE = gettext_lazy(
    "開いているあいだに、ほかの人が連絡先を変えました。いまの一覧を見てから、もう一度お願いします。"
)
Change = Callable[[Contacts], Contacts]


@require_safe
@never_cache
@office(Right.CONFIGURE)
def contacts(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The list, when it was last checked, what of the house's is not among it, and the previews."""
    known, spoken, today = contacts_of(program), spoken_by(program), timezone.localdate()
    there = {one.digits for one in known.lines}
    context = {
        "known": known,
        "lines": [(one, _lacking(one, spoken)) for one in known.lines],
        "last": len(known.lines) - 1,
        "is_stale": known.is_stale(today),
        "version": number(program.editions, Part.CONTACTS),
        "is_full": len(known.lines) >= rules.MOST_CONTACTS,
        "most": rules.MOST_CONTACTS,
        "others": [one for one in rules.HOUSE.lines if one.digits not in there],
        "previews": [_preview(program, known, code) for code in spoken],
    }
    return page(request, "office/contacts.html", program, SECTION, **context)


def _lacking(one: rules.Contact, spoken: list[str]) -> list[str]:
    """In which languages of the program its name is told in another's words."""
    return [LANGUAGES[code].named(get_language() or "ja") for code in spoken if said_in(one.name, code) != code]


def _preview(program: Program, known: Contacts, code: str) -> dict[str, Any]:
    block = ruby.bracketed(with_readings(program, rules.block(known, code), code))
    language = LANGUAGES[code]
    named = language.named(get_language() or "ja")
    return {"name": named, "tag": language.tag, "words": block, "units": utf16_length(block)}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def contact(request: HttpRequest, program: Program, place: int | None = None) -> HttpResponseBase:
    """One contact, or a new one at the end of the list."""
    known, based_on = contacts_of(program), number(program.editions, Part.CONTACTS)
    if place is not None and place >= len(known.lines):
        raise Http404
    present = known.lines[place] if place is not None else None
    form = ContactForm(program, present, based_on)
    if request.method == "POST":
        form = ContactForm(program, present, based_on, request.POST.dict())
        if form.is_valid() and _keep(request, program, form, place):
            return redirect("office:contacts", program.slug)
    context = {"form": form, "place": place, "known": present}
    return page(request, "office/contact.html", program, SECTION, **context)


def _keep(request: HttpRequest, program: Program, form: ContactForm, place: int | None) -> bool:
    """Whether what was written is the next version now; else the form says why not."""
    line = form.contact()

    def change(known: Contacts) -> Contacts:
        return known.with_line(len(known.lines) if place is None else place, line)

    try:
        _publish(request, program, change, form.cleaned_data["based_on"])
    except editions.NewerEdition:
        form.add_error(None, CHANGED_MEANWHILE)
        return False
    except editions.InvalidContent:
        form.add_error(None, _("連絡先は%(most)s件までです。") % {"most": rules.MOST_CONTACTS})
        return False
    messages.success(request, _("「%(name)s」を保存しました。") % {"name": line.name["ja"]})
    return True


def _publish(request: HttpRequest, program: Program, change: Change, based_on: int) -> None:
    content = change(contacts_of(program)).to_json()
    by = cast("User", request.user)
    editions.publish(program_id=program.pk, part=Part.CONTACTS, content=content, by=by, based_on=based_on)


def _changed(request: HttpRequest, program: Program, change: Change, told: str) -> HttpResponseBase:
    """Make a change that one button asks for, and say so above the list."""
    asked = request.POST.get("based_on", "")
    based_on = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 9 else -1
    try:
        _publish(request, program, change, based_on)
    except editions.NewerEdition:
        messages.error(request, CHANGED_MEANWHILE)
    except editions.InvalidContent:
        messages.error(
            request, _("できませんでした。連絡先は1件から%(most)s件までです。") % {"most": rules.MOST_CONTACTS}
        )
    else:
        messages.success(request, told)
    return redirect("office:contacts", program.slug)


@require_POST
@office(Right.CONFIGURE)
def move(request: HttpRequest, program: Program, place: int) -> HttpResponseBase:
    """One place up or down."""
    last = len(contacts_of(program).lines) - 1
    if place > last:
        raise Http404
    target = place + (1 if request.POST.get("to") == "down" else -1)
    return _changed(
        request, program, lambda known: known.moved(place, min(max(target, 0), last)), _("順番を変えました。")
    )


@require_POST
@office(Right.CONFIGURE)
def remove(request: HttpRequest, program: Program, place: int) -> HttpResponseBase:
    """Take one off the list."""
    lines = contacts_of(program).lines
    if place >= len(lines):
        raise Http404
    told = _("「%(name)s」を外しました。") % {"name": lines[place].name["ja"]}
    return _changed(request, program, lambda known: known.without(place), told)


@require_POST
@office(Right.CONFIGURE)
def check(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Somebody has looked whether all of them hold, today."""
    today = timezone.localdate()
    told = _("すべて確認したことを記録しました。")
    return _changed(request, program, lambda known: Contacts(known.lines, today), told)


@require_POST
@office(Right.CONFIGURE)
def add_house(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Put one of the house's contacts at the end of the list."""
    digits = request.POST.get("digits", "")
    line = next((one for one in rules.HOUSE.lines if one.digits == digits), None)
    if line is None:
        raise Http404
    told = _("「%(name)s」を加えました。") % {"name": line.name["ja"]}
    return _changed(request, program, lambda known: known.with_line(len(known.lines), line), told)
