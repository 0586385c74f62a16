"""The pass with which somebody of the house tries a program as its visitor: signed, for some hours, of one login.

It carries an identity of its own, so that a trial never mixes with a talk of the same browser.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from accounts import gate
from accounts.models import User
from counseling import permissions
from counseling.gateways.web import cookie
from counseling.models import Program
from counseling.stages import Stage

NAME, SECURE_NAME, SALT = "trial", "__Host-trial", "counseling.trial"
LIFE = timedelta(hours=4)


@dataclass(frozen=True)
class Pass:
    """Who tries which program, and as whom they are known there."""

    slug: str
    user_id: int
    identity: str


def give(response: HttpResponseBase, program: Program, user: User, *, secure: bool) -> None:
    """Let this browser try the program: a new identity, which no script and no other site can reach."""
    held = signing.dumps([program.slug, user.pk, cookie.new_identity()], salt=SALT)
    response.set_cookie(
        SECURE_NAME if secure else NAME, held, max_age=LIFE, path="/", secure=secure, httponly=True, samesite="Strict"
    )


def drop(response: HttpResponseBase, *, secure: bool) -> None:
    """Take the pass away."""
    name = SECURE_NAME if secure else NAME
    response.set_cookie(name, "", max_age=0, path="/", secure=secure, httponly=True, samesite="Strict")


def pass_in(cookies: Mapping[str, str], slug: str, *, secure: bool) -> Pass | None:
    """The pass for this program among the cookies of a request or a socket; None where there is none of ours."""
    held = cookies.get(SECURE_NAME if secure else NAME, "")
    try:
        found = Pass(*signing.loads(held, salt=SALT, max_age=LIFE)) if held else None
    except (signing.BadSignature, TypeError):
        return None
    return found if found and found.slug == slug else None


def holder(request: HttpRequest, program: Program) -> tuple[User, str] | None:
    """Who tries the program in this browser, and their identity there; None for everybody else.

    Asked at every request: who signed out, or may not try it any more, is a stranger.
    """
    held = pass_in(request.COOKIES, program.slug, secure=request.is_secure())
    if held is None or program.stage == Stage.CLOSED:
        return None
    user = cast("User", request.user)
    signed_in = user.is_authenticated and user.pk == held.user_id and gate.has_passed(request.session)
    return (user, held.identity) if signed_in and permissions.may_try(user, program.pk) else None
