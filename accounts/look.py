"""The look a person chose for this browser: light, dark, or as the machine says. A cookie, so no script is needed."""

from django.http import HttpRequest, HttpResponse

THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")
SECONDS_REMEMBERED = 365 * 24 * 60 * 60


def chosen_theme(request: HttpRequest) -> str:
    """One of THEMES; what nobody offered counts as auto."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def remember_theme(response: HttpResponse, theme: str, *, secure: bool) -> None:
    """Keep `theme` for a year. Scripts may read it: the console changes its look without a reload."""
    response.set_cookie(THEME_COOKIE, theme, max_age=SECONDS_REMEMBERED, samesite="Lax", secure=secure)
