"""Before exports, roles and secrets a person confirms once more that it is they who sit there."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

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
