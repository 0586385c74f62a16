"""How machines come in: with a key as `Authorization: Bearer …`, as often as is fair, to what its scopes open.

A login opens nothing here, and a key nothing of what people use.
"""

import logging
import time
from typing import Any

import redis
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from counseling.actions import tokens
from counseling.machines import Scope
from counseling.models import ApiToken

logger = logging.getLogger(__name__)

SCHEME = "bearer"
CHALLENGE = 'Bearer realm="Madoguchi"'
MOST_A_MINUTE = 120
MINUTE = 60


class LacksScope(exceptions.PermissionDenied):
    """The key is good, and not for this."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope


class BearerToken(BaseAuthentication):
    """Who asks is a key and nobody else. Every key that is not good is refused in the same words."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, ApiToken] | None:
        """The key; None where none was sent. Raises AuthenticationFailed."""
        header = request.headers.get("Authorization")
        if header is None:
            return None
        scheme, _space, key = header.partition(" ")
        token = tokens.recognise(key=key.strip(), now=timezone.now()) if scheme.lower() == SCHEME else None
        if token is None:
            raise exceptions.AuthenticationFailed
        return AnonymousUser(), token

    def authenticate_header(self, request: Request) -> str:
        """What stands in WWW-Authenticate."""
        return CHALLENGE


class HasScope(BasePermission):
    """Only keys, and only with the scope the view asks for."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the request may go on. Raises LacksScope."""
        if not isinstance(request.auth, ApiToken):
            return False
        scope: Scope = view.scope  # type: ignore[attr-defined]
        if scope.value not in request.auth.scopes:
            raise LacksScope(scope)
        return True


class FairShare(BaseThrottle):
    """So many requests a minute for each key; while Redis cannot count, nobody is held back."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Counts this request."""
        minute = int(time.time()) // MINUTE
        place = f"token:{request.auth.pk}:{minute}"
        try:
            cache.add(place, 0, 2 * MINUTE)
            return bool(cache.incr(place) <= MOST_A_MINUTE)
        except (redis.RedisError, ValueError) as error:
            logger.warning("a machine's requests are not counted: %s", type(error).__name__)
            return True

    def wait(self) -> float:
        """Seconds until the next minute."""
        return MINUTE - time.time() % MINUTE


class Described(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The key, in the OpenAPI document."""

    target_class = BearerToken
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """As OpenAPI says it."""
        return {"type": "http", "scheme": SCHEME}
