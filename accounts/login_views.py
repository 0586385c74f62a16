"""One's own logins: where one is signed in, and ending what one does not need or does not know."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import actions, audit, logins
from accounts.models import User

# The first that stands in a browser's own description; many claim to be others that come later here.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "Chromebook",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """The list; a POST ends `login` (a mark of the list), or with `others` all but this one."""
    user, here = cast("User", request.user), request.session.session_key or ""
    if request.method == "POST":
        return _end(request, user, here)
    listed = [(login, logins.mark(login.pk), in_words(login.browser)) for login in logins.of(user)]
    return render(request, "account/logins.html", {"logins": listed, "here": logins.mark(here)})


def _end(request: HttpRequest, user: User, here: str) -> HttpResponse:
    keys = [login.pk for login in logins.of(user) if login.pk != here]
    if "others" not in request.POST:
        keys = [key for key in keys if logins.mark(key) == request.POST.get("login")]
        if not keys:
            raise Http404
    ended = actions.end_own_logins(keys=keys, by=user, address=audit.address_of(request))
    if ended:
        messages.success(request, _("ログアウトしました。その端末の画面はまもなく閉じられます。"))
    return redirect("logins")


def in_words(browser: str) -> str:
    """What people call the browser and the system of a User-Agent."""
    name = next((name for mark, name in BROWSERS.items() if mark in browser), "")
    system = next((system for mark, system in SYSTEMS.items() if mark in browser), "")
    if name and system:
        return _("%(system)sの%(browser)s") % {"system": system, "browser": name}
    return name or system or _("わからない端末")
