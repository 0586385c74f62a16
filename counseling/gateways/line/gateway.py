"""LINE as a gateway. The client is loaded at first use: the web processes only read, and LINE's SDK is heavy."""

from uuid import UUID

from counseling.actions.inbox import Happening, Invited
from counseling.gateways.line import reading
from counseling.models import Channel
from counseling.outcomes import Content, Outcome


class LineGateway:
    """See gateways.base.Gateway."""

    def read(self, body: bytes, event_id: str) -> Happening:
        """What one stored event means. Raises inbox.Unreadable."""
        return reading.read(body, event_id)

    def push(self, channel: Channel, to: str, texts: tuple[str, ...], retry_key: UUID) -> Outcome:
        """Send these texts in one request."""
        from counseling.gateways.line import client

        return client.push(channel, to, texts, retry_key)

    def fetch(self, channel: Channel, external_id: str, most_bytes: int) -> Content:
        """The content of a visitor's message."""
        from counseling.gateways.line import content

        return content.fetch(channel, external_id, most_bytes)

    def leave(self, channel: Channel, invited: Invited) -> None:
        """Leave a group or a room."""
        from counseling.gateways.line import client

        client.leave(channel, invited.kind, invited.place_id)

    def typing(self, channel: Channel, to: str, seconds: int) -> None:
        """Show that someone is writing."""
        from counseling.gateways.line import client

        client.typing(channel, to, seconds)
