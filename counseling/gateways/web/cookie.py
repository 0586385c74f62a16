"""The cookie by which a visitor on the web is known: a random token that says nothing and ends with the browser."""

import re
import secrets
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponseBase

NAME = "visit"
SECURE_NAME = "__Host-visit"
TOKEN_BYTES = 32
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def name_for(*, secure: bool) -> str:
    """The cookie's name: on HTTPS the prefix keeps other hosts and plain HTTP from planting one."""
    return SECURE_NAME if secure else NAME


def identity_in(cookies: Mapping[str, str], *, secure: bool) -> str | None:
    """The visitor's identity from the cookies of a request or a socket; None when there is none we made."""
    value = cookies.get(name_for(secure=secure), "")
    return value if TOKEN.fullmatch(value) else None


def identity_of(request: HttpRequest) -> str | None:
    """The visitor's identity of a request."""
    return identity_in(request.COOKIES, secure=request.is_secure())


def new_identity() -> str:
    """A token nobody can guess: 256 bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def give(response: HttpResponseBase, identity: str, *, secure: bool) -> None:
    """Let the browser keep the identity until it is closed; out of reach of scripts and of other sites."""
    response.set_cookie(name_for(secure=secure), identity, path="/", secure=secure, httponly=True, samesite="Strict")


def drop(response: HttpResponseBase, *, secure: bool) -> None:
    """Take the identity away."""
    # Not delete_cookie(): a browser ignores the removal of a __Host- cookie that lacks Secure.
    response.set_cookie(
        name_for(secure=secure), "", max_age=0, path="/", secure=secure, httponly=True, samesite="Strict"
    )
