"""Which language the visitor's pages speak: what the visitor chose, else what the browser asks for, of the program's.

The pages' own words exist in Japanese, easy Japanese and English (languages.interface); the program's words in all its
languages. Django's own choice of a language is not asked: it knows only the interface's, and staff keep theirs.
"""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from counseling.languages import LANGUAGES, best, interface, stem

COOKIE = "visit_language"


def wish(request: HttpRequest) -> str:
    """The language somebody chose (`?lang=`) or had chosen before; empty where they never did."""
    asked = (request.GET.get("lang", ""), request.COOKIES.get(COOKIE, ""))
    return next((code for code in asked if code in LANGUAGES), "")


def language_of(request: HttpRequest, offered: Sequence[str]) -> str:
    """The language of the program's that this visitor reads."""
    chosen = wish(request)
    if chosen in offered:
        return chosen
    header = request.headers.get("Accept-Language", "")
    return best([code for code, _weight in parse_accept_lang_header(header)], offered)


def speak(language: str) -> None:
    """From here on the page's own words are in the interface's language that goes with this one."""
    translation.activate(interface(language))


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """Keep to what was chosen just now, until the browser is closed; and say what the page speaks."""
    if request.GET.get("lang") in LANGUAGES:
        response.set_cookie(COOKIE, wish(request), secure=request.is_secure(), httponly=True, samesite="Strict")
    response["Content-Language"] = stem(translation.get_language() or "ja")
