"""What a gateway that pushes must be able to do: the code that carries a kind of channel."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from django.db import connection

from counseling.actions.inbox import Happening, Invited
from counseling.models import Channel
from counseling.outcomes import Content, Outcome
from counseling.quick_replies import QuickReply


class Gateway(Protocol):
    """One kind of channel. Nothing here raises for what the platform answers, or for its silence, but `leave`."""

    def read(self, body: bytes, event_id: str) -> Happening:
        """What one stored event means. Raises inbox.Unreadable."""

    def push(
        self, channel: Channel, to: str, texts: tuple[str, ...], retry_key: UUID, replies: Sequence[QuickReply] = ()
    ) -> Outcome:
        """Send these texts in one request, with buttons below the last; the very same may be sent again."""

    def fetch(self, channel: Channel, external_id: str, most_bytes: int) -> Content:
        """The content of a visitor's message, at most `most_bytes` long."""

    def leave(self, channel: Channel, invited: Invited) -> None:
        """Leave a group or a room. Raises when the platform did not do it."""

    def typing(self, channel: Channel, to: str, seconds: int) -> None:
        """Show that someone is writing."""


def give_back_connection() -> None:
    """Who waits for a platform keeps no connection from those who do not; within a transaction it must stay."""
    if not connection.in_atomic_block:
        connection.close()
