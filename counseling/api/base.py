"""What every view of the API shares: the person who asks, and their checked input."""

from typing import Any, cast

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import audit, logins
from accounts.models import User
from counseling import feeds
from counseling.api.inputs import Input


class StaffView(APIView):
    """A view for signed-in staff."""

    request: Request

    @property
    def person(self) -> User:
        """Who asks; signed in, or the view would not run."""
        return cast("User", self.request.user)

    @property
    def address(self) -> str | None:
        """Where they are."""
        return audit.address_of(self.request._request)

    def me(self) -> Response:
        """All that a person sees of themselves."""
        login = logins.keep(cast("logins.SessionStore", self.request.session))
        return Response(feeds.me(self.person, login))

    def checked(self, kind: type[Input]) -> dict[str, Any]:
        """The request's body as `kind` allows it. Raises ValidationError."""
        form = kind(data=self.request.data)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)
