"""The terms of use: written in each language, saved as versions; visitors consent to the version they read."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.roles import Right
from counseling.blueprints import wrong
from counseling.languages import JAPANESE, LANGUAGES, Labels, said, said_in
from counseling.models import Part, Program
from counseling.models.edition import number, terms_by_language, with_readings
from counseling.pages.office import office, page
from counseling.pages.words_form import WordsForm, publish, spoken_by

SECTION = "terms"


class TermsForm(WordsForm):
    """The terms in every language the program speaks."""

    part, rows = Part.TERMS, 14

    def __init__(self, program: Program, data: dict[str, Any] | None = None) -> None:
        self.present = terms_by_language(program)
        super().__init__(program, data)

    def kept(self, code: str) -> str:
        """What was written in this language."""
        return self.present.get(code, "")

    def in_force(self, code: str) -> str:
        """What is read in this language."""
        return said(self.present, code)

    def wrong(self, code: str, words: str) -> list[str]:
        """By the rules of the terms; the Japanese ones are wanted."""
        found = wrong(Part.TERMS, {JAPANESE: "―", code: words})
        return [
            {
                "missing": _("日本語の利用規約を書いてください。ほかの言語でまだ書いていないとき、日本語が出ます。"),
                "too_long": _("長すぎます。%(most)s文字までにしてください。") % {"most": what},
                "bad_character": _("保存できない文字が入っています。書きなおしてください。"),
            }[problem]
            for _path, problem, what in found
        ]

    def content(self) -> Labels:
        """The terms by language, those of languages that are not offered now among them."""
        written = {code: self.cleaned_data[code] for code in spoken_by(self.program)}
        return {code: words for code, words in (self.present | written).items() if words}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def terms(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The terms; `preview` shows them as the visitor will read them, everything else saves."""
    form = TermsForm(program)
    if request.method == "POST":
        form = TermsForm(program, request.POST.dict())
        if form.is_valid() and "preview" not in request.POST:
            kept = publish(request, form, form.present)
            if kept is None:
                return redirect("office:terms", program.slug)
            form = kept
    version = number(program.editions, Part.TERMS)
    sides = [_side(form, code) for code in spoken_by(program)]
    return page(request, "office/terms.html", program, SECTION, form=form, version=version, sides=sides)


def _side(form: TermsForm, code: str) -> dict[str, Any]:
    """One language: its field, and what is read there."""
    written = {one: form.words(one) for one in spoken_by(form.program)}
    read_in, words = said_in(written, code), said(written, code)
    return {
        "code": code,
        "field": form[code],
        "read": with_readings(form.program, words, code),
        "tag": LANGUAGES[read_in].tag,
        "instead": "" if read_in == code or not words else form[read_in].label,
        "furigana": code in form.program.furigana,
    }
