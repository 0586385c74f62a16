"""The versions of what a program says: who published which and when, what changed, and using an earlier one again."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.roles import Right
from counseling.actions import editions as actions
from counseling.feeds import editions as feed
from counseling.models import Edition, Part, Program
from counseling.models.edition import number as number_of
from counseling.pages.edition_words import changes
from counseling.pages.form_words import FORMS
from counseling.pages.office import office, page

# The parts whose versions are shown here; each is also the name of its section, but for the forms.
PARTS = (Part.TEXTS, Part.TERMS, Part.CONTACTS, Part.DANGER_WORDS, Part.STEPS, Part.TELEPHONE, Part.SURVEY_PLAN, *FORMS)
SHOWN = 20


def _part(name: str) -> Part:
    part = next((one for one in PARTS if one.value == name), None)
    if part is None:
        raise Http404
    return part


@require_safe
@never_cache
@office(Right.CONFIGURE)
def history(request: HttpRequest, program: Program, part_name: str) -> HttpResponseBase:
    """The versions, newest first, each beside the one before it; `before` in the address leads on."""
    part, asked = _part(part_name), request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 9 else None
    found = feed.versions(program.pk, part, SHOWN + 1, before)
    present = number_of(program.editions, part)
    earlier = [*found[1:], None]
    context: dict[str, Any] = {
        "part": part,
        "versions": [_version(part, one, older, present) for one, older in zip(found[:SHOWN], earlier, strict=False)],
        "more": found[SHOWN - 1].number if len(found) > SHOWN else None,
        "present": present,
        "address": _address(program, part),
    }
    section = "forms" if part in FORMS else part.value
    return page(request, "office/editions.html", program, section, **context)


def _address(program: Program, part: Part) -> str:
    """Where the part is written."""
    if part in FORMS:
        return reverse("office:form", args=[program.slug, part.value])
    return reverse(f"office:{part.value}", args=[program.slug])


def _version(part: Part, edition: Edition, older: Edition | None, present: int) -> dict[str, Any]:
    return {
        "edition": edition,
        "is_present": edition.number == present,
        "changes": changes(part, older.content if older else None, edition.content),
    }


@require_POST
@office(Right.CONFIGURE)
def use(request: HttpRequest, program: Program, part_name: str, version: int) -> HttpResponseBase:
    """Publish an earlier version anew: the versions between stay."""
    part = _part(part_name)
    edition = feed.version(program.pk, part, version) if version < 2**31 else None
    if edition is None:
        raise Http404
    asked = request.POST.get("based_on", "")
    based_on = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 9 else -1
    try:
        made = actions.publish(
            program_id=program.pk, part=part, content=edition.content, by=cast("User", request.user), based_on=based_on
        )
    except actions.NewerEdition:
        messages.error(request, _("開いているあいだに、新しい版ができました。一覧を見て、もう一度選んでください。"))
    except actions.InvalidContent:
        messages.error(request, _("この版は、いまの決まりに合わないため使えません。書きなおして保存してください。"))
    else:
        told = _("第%(version)s版の内容を、第%(number)s版として使いはじめました。")
        messages.success(request, told % {"version": version, "number": made.number})
    return redirect("office:editions", program.slug, part.value)
