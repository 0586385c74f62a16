"""A channel whose sending is paused."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from counseling.actions import channels
from counseling.api.base import StaffView


class PauseView(StaffView):
    """The pause of a channel (quota used up, token refused)."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, channel_id: int) -> Response:
        """Send again what waits."""
        channels.resume(channel_id=channel_id, by=self.person)
        return Response(status=204)
