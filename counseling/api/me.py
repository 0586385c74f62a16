"""The signed-in person: who they are, what they like."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from counseling import feeds
from counseling.actions import staff
from counseling.api.base import StaffView
from counseling.api.inputs import PreferencesInput


class MeView(StaffView):
    """Who I am here."""

    @extend_schema(responses={200: dict})
    def get(self, request: Request) -> Response:
        """Me, with my programs and rights."""
        return Response(feeds.me(self.person))


class PreferencesView(StaffView):
    """How I like the console."""

    @extend_schema(request=PreferencesInput, responses={200: dict})
    def put(self, request: Request) -> Response:
        """Keep my wishes."""
        return Response(feeds.me(staff.keep_preferences(by=self.person, **self.checked(PreferencesInput))))
