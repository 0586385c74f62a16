"""The signed-in person: who they are, what they like, how long they stay signed in."""

from typing import cast

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import logins
from counseling.actions import staff
from counseling.api.base import StaffView
from counseling.api.inputs import Nothing, PreferencesInput


class MeView(StaffView):
    """Who I am here."""

    @extend_schema(responses={200: dict})
    def get(self, request: Request) -> Response:
        """Me, with my programs and rights."""
        return self.me()


class PreferencesView(StaffView):
    """How I like the console."""

    @extend_schema(request=PreferencesInput, responses={200: dict})
    def put(self, request: Request) -> Response:
        """Keep my wishes."""
        staff.keep_preferences(by=self.person, **self.checked(PreferencesInput))
        return self.me()


class LoginView(StaffView):
    """How long I stay signed in."""

    @extend_schema(request=Nothing, responses={200: dict})
    def put(self, request: Request) -> Response:
        """I am still here: the idle end moves on, as with every request."""
        self.checked(Nothing)
        logins.keep(cast("logins.SessionStore", request.session), at_once=True)
        return self.me()
