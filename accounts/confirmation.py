"""Before exports, roles and secrets a person confirms once more that it is they who sit there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def confirmed(view: View[P]) -> View[P]:
    """A page for who proved who they are within five minutes: by signing in, their password or a second factor.

    Others are asked first and then led on to the address they wanted. Put it on the GET that shows a form too, so that
    people are asked before they fill it in; a form that comes too late is kept and taken up after the answer.
    Inside `@office(…)`: who may not see the page is not asked either. Pages only: the API has no form to answer with.
    """
    guarded: View[P] = reauthentication_required(view)
    return guarded


def confirmed_anew(view: View[P]) -> View[P]:
    """The same for a form that holds secrets: one that comes too late is dropped, and typed again after the answer.

    What is kept lies in the login, and that is not sealed.
    """
    guarded = confirmed(view)

    @wraps(view)
    def in_time(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "POST" and not did_recently_reauthenticate(request):
            messages.warning(request, _("時間がたったので、ご本人の確認のあと、もう一度入力してください。"))
            return redirect(request.path)
        return guarded(request, *args, **kwargs)

    return cast("View[P]", in_time)
