"""The preview: every page and automatic text as a visitor sees it, in each language; nothing in it starts anything."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from accounts.roles import Right
from counseling.gateways.web import spoken
from counseling.gateways.web.visit import Visit
from counseling.models import Channel, Program
from counseling.models.edition import texts_of
from counseling.models.program import ChannelKind
from counseling.pages import text_words
from counseling.pages.edition_words import language_name
from counseling.pages.office import office, page
from counseling.pages.preview_screens import GROUPS, SCREENS
from counseling.pages.text_previews import Preview
from counseling.pages.text_previews import preview as preview_of

# Where a page of a visitor's keeps the addresses it leads to.
ADDRESSES = frozenset({"urls", "settings"})
# What the framed page may do: draw itself with its own script. It can send nothing, by form or by script.
STILL = {
    "frame-ancestors": [SELF],
    "connect-src": [NONE],
    "form-action": [NONE],
    "sandbox": ["allow-scripts", "allow-same-origin"],
}


@require_safe
@never_cache
@csp_update({"frame-src": [SELF]})
@office(Right.CONFIGURE)
def preview(request: HttpRequest, program: Program) -> HttpResponseBase:
    """All pages in frames as wide as a telephone, and all automatic texts, in the language that `?lang=` chooses."""
    language = _language(request, program)
    context = {
        "language": language,
        "languages": [(code, language_name(code)) for code in program.languages],
        "groups": GROUPS,
        "texts": _texts(program, language),
    }
    return page(request, "office/preview.html", program, "setup", **context)


def _language(request: HttpRequest, program: Program) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in program.languages else str(program.languages[0])


def _texts(program: Program, language: str) -> list[tuple[object, list[tuple[text_words.Purpose, Preview]]]]:
    """The texts that are told in the program's way of talking, in their groups."""
    own = texts_of(program).get(language, {})
    groups = [
        (title, [(text_words.purpose(key), preview_of(program, key, language, own.get(key, ""))) for key in keys])
        for title, keys in text_words.groups()
    ]
    told = [(title, [row for row in rows if row[1].bubbles or row[1].on_page]) for title, rows in groups]
    return [(title, rows) for title, rows in told if rows]


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_replace(STILL)
@office(Right.CONFIGURE)
def screen(request: HttpRequest, program: Program, name: str) -> HttpResponseBase:
    """One page as a visitor sees it, for a frame of the preview."""
    shown = SCREENS.get(name)
    if shown is None:
        raise Http404
    language = _language(request, program)
    spoken.speak(language)
    visit = Visit(program, Channel(program=program, kind=ChannelKind.WEB), None, language)
    values = shown.fill(request, visit) | {"inert": True}
    return render(request, shown.template, values | {name: _nowhere(values[name]) for name in ADDRESSES & set(values)})


def _nowhere(addresses: dict[str, str]) -> dict[str, str]:
    """Every address leads to the page itself."""
    return dict.fromkeys(addresses, "#")
