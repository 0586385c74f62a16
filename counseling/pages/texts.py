"""The automatic texts: all of them along the life of a session, one to write in each language, and the languages."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.roles import Right
from counseling import wording
from counseling.actions import languages as actions
from counseling.actions.programs import ChangedMeanwhile
from counseling.languages import LANGUAGES
from counseling.models import Part, Program
from counseling.models.edition import number, texts_of
from counseling.pages.office import office, page
from counseling.pages.text_forms import LanguagesForm, TextForm, house_text
from counseling.pages.text_previews import kept_with, preview
from counseling.pages.text_words import STANDINGS, VARIABLES, groups, purpose
from counseling.pages.words_form import publish, spoken_by
from counseling.wording import Standing

SECTION = "texts"


@require_safe
@never_cache
@office(Right.CONFIGURE)
def texts(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Every text with what it is for, and where it stands in each language; what is missing comes first."""
    own, spoken = texts_of(program), spoken_by(program)
    context = {
        "groups": [(title, [_row(own, key, spoken) for key in keys]) for title, keys in groups()],
        "languages": [_shown(code) for code in spoken],
        "missing": _missing(own, spoken),
        "version": number(program.editions, Part.TEXTS),
    }
    return page(request, "office/texts.html", program, SECTION, **context)


def _shown(code: str) -> dict[str, str]:
    language = LANGUAGES[code]
    return {"code": code, "name": language.named(get_language() or "ja"), "tag": language.tag}


def _row(own: wording.Texts, key: str, spoken: list[str]) -> dict[str, Any]:
    return {
        "key": key,
        "purpose": purpose(key),
        "text": wording.text_for(own, key, spoken[0]),
        "tag": LANGUAGES[wording.spoken(own, key, spoken[0])].tag,
        "standings": _standings(own, key, spoken),
    }


def _standings(own: wording.Texts, key: str, spoken: list[str]) -> list[dict[str, Any]]:
    """Where the text stands in each language; nothing to say where all of them have the house's."""
    found = {code: wording.standing(own, key, code) for code in spoken}
    if set(found.values()) == {Standing.HOUSE}:
        return []
    return [
        {
            "name": _shown(code)["name"],
            "words": STANDINGS[one],
            "wants_a_look": one in {Standing.BEHIND, Standing.MISSING},
        }
        for code, one in found.items()
    ]


def _missing(own: wording.Texts, spoken: list[str]) -> list[dict[str, Any]]:
    """For each language that lacks some: how many, and what is told instead."""
    lacking: dict[str, list[str]] = {}
    for key, code in wording.missing(own, spoken):
        lacking.setdefault(code, []).append(key)
    return [
        {
            "name": _shown(code)["name"],
            "count": len(keys),
            "instead": _shown(wording.spoken(own, keys[0], code))["name"],
            "first": keys[0],
        }
        for code, keys in lacking.items()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def text(request: HttpRequest, program: Program, text_key: str) -> HttpResponseBase:
    """One text: look at it (`preview`), put the house's words back (`house`), or save it as the next version."""
    if text_key not in wording.TEXTS["ja"]:
        raise Http404
    form = TextForm(program, text_key)
    if request.method == "POST":
        typed = request.POST.dict()
        form = TextForm(program, text_key, typed | _put_back(request.POST.get("house", ""), text_key))
        if form.is_valid() and not {"preview", "house"} & typed.keys():
            kept = publish(request, form, form.own)
            if kept is None:
                return redirect("office:text", program.slug, text_key)
            form = kept
    return page(request, "office/text.html", program, SECTION, form=form, **_about(form))


def _put_back(code: str, key: str) -> dict[str, str]:
    return {code: house_text(code, key)} if house_text(code, key) else {}


def _about(form: TextForm) -> dict[str, Any]:
    """What stands around the form: what the text is for, its variables, and each language with its preview."""
    key = form.key
    needed = wording.NEEDED.get(key, frozenset())
    return {
        "key": key,
        "purpose": purpose(key),
        "most": wording.LONGEST_TEXT,
        "variables": [(name, VARIABLES[name], name in needed) for name in VARIABLES if name in wording.variables(key)],
        "sides": [_side(form, code) for code in spoken_by(form.program)],
    }


def _side(form: TextForm, code: str) -> dict[str, Any]:
    words, house = form.words(code), house_text(code, form.key)
    told_in = wording.spoken(kept_with(form.own, form.key, code, words), form.key, code)
    return {
        **_shown(code),
        "field": form[code],
        "preview": preview(form.program, form.key, code, words),
        "furigana": code in form.program.furigana,
        "is_house": bool(house) and words == house,
        "has_house": bool(house),
        "behind": wording.standing(form.own, form.key, code) == Standing.BEHIND,
        "instead": "" if told_in == code else _shown(told_in)["name"],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def languages(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Which languages the program speaks, and where readings are shown."""
    form = LanguagesForm.of(program)
    if request.method == "POST":
        form = LanguagesForm.posted(request.POST)
        if form.is_valid():
            kept = _offer(request, program, form)
            if kept is None:
                return redirect("office:texts", program.slug)
            form = kept
    return page(request, "office/languages.html", program, SECTION, form=form)


def _offer(request: HttpRequest, program: Program, form: LanguagesForm) -> LanguagesForm | None:
    """Save what was chosen; the form to show again where somebody else was first."""
    chosen = form.cleaned_data
    try:
        actions.offer(
            program_id=program.pk,
            languages=form.offered(),
            furigana=chosen["furigana"],
            by=cast("User", request.user),
            shown=chosen["shown"],
        )
    except ChangedMeanwhile:
        program.refresh_from_db()
        return form.beside(program)
    messages.success(request, _("言語を保存しました。"))
    return None
