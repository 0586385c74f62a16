"""Words that suggest danger (危険を示すことば): the house's, a program's own, and a sentence to try them on."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Right
from counseling.actions import editions
from counseling.models import Part, Program
from counseling.models.edition import number
from counseling.pages.danger_forms import LEVELS, MEANINGS, DangerForm
from counseling.pages.office import office, page
from counseling.triage import Finding

SECTION = "danger_words"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def danger_words(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The words; `try` shows what is found in a sentence, everything else saves."""
    form, tried = DangerForm(program), None
    if request.method == "POST":
        form = DangerForm(program, request.POST.dict())
        if form.is_valid():
            if "try" in request.POST:
                tried = [(text, found and _said(found)) for text, found in form.tried()]
            elif (kept := _publish(request, form)) is None:
                return redirect("office:danger_words", program.slug)
            else:
                form = kept
    version = number(program.editions, Part.DANGER_WORDS)
    nothing = bool(tried) and not any(found for _text, found in tried or [])
    shown = {"form": form, "version": version, "tried": tried, "found_nothing": nothing}
    return page(request, "office/danger_words.html", program, SECTION, **shown)


def _said(found: Finding) -> str:
    """What a word points to, and how far it raises the risk."""
    return f"{MEANINGS[found.meaning]}・{LEVELS[found.level]}"


def _publish(request: HttpRequest, form: DangerForm) -> DangerForm | None:
    """Save a valid form as the next version; the form to show again where somebody else was first."""
    content, by = form.content(), cast("User", request.user)
    based_on = form.cleaned_data["based_on"]
    if content == form.present and based_on == number(form.program.editions, Part.DANGER_WORDS):
        messages.info(request, _("変わったところはありません。"))
        return None
    try:
        edition = editions.publish(
            program_id=form.program.pk, part=Part.DANGER_WORDS, content=content, by=by, based_on=based_on
        )
    except editions.NewerEdition:
        form.program.refresh_from_db()
        return form.beside()
    messages.success(request, _("保存しました(第%(number)s版)。これから使われます。") % {"number": edition.number})
    return None
