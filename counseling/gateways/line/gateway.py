"""LINE as a gateway. The client is loaded at first use: the web processes only read, and LINE's SDK is heavy."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from counseling.actions.inbox import Happening, Invited
from counseling.connection import Check, Followers, Trouble, Usage
from counseling.gateways.line import reading
from counseling.models import Channel
from counseling.outcomes import Content, Outcome
from counseling.quick_replies import QuickReply


class LineGateway:
    """See gateways.base.Gateway; below it what only LINE has: the account behind a channel, and its rich menu."""

    def read(self, body: bytes, event_id: str) -> Happening:
        """What one stored event means. Raises inbox.Unreadable."""
        return reading.read(body, event_id)

    def push(
        self, channel: Channel, to: str, texts: tuple[str, ...], retry_key: UUID, replies: Sequence[QuickReply] = ()
    ) -> Outcome:
        """Send these texts in one request, with buttons below the last."""
        from counseling.gateways.line import client

        return client.push(channel, to, texts, retry_key, replies)

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

    def check(self, channel: Channel, ours: str) -> Check:
        """Ask all that tells whether the channel is connected to our webhook's address."""
        from counseling.gateways.line import account

        return account.check(channel, ours)

    def set_webhook(self, channel: Channel, ours: str) -> Trouble | None:
        """Have LINE send webhooks to our address; None when it does."""
        from counseling.gateways.line import account

        return account.set_webhook(channel, ours)

    def usage(self, channel: Channel) -> Usage | Trouble:
        """The month's messages."""
        from counseling.gateways.line import account

        return account.usage(channel)

    def followers(self, channel: Channel, day: date) -> Followers | None:
        """Friends up to the end of that day; None while LINE has not counted them."""
        from counseling.gateways.line import account

        return account.followers(channel, day)

    def make_menu(self, channel: Channel) -> str:
        """Show everybody the rich menu, made anew; its id. Raises connection.NoAnswer."""
        from counseling.gateways.line import menu

        return menu.make(channel)

    def remove_menu(self, channel: Channel) -> None:
        """Show nobody a rich menu of ours. Raises connection.NoAnswer."""
        from counseling.gateways.line import menu

        menu.remove(channel)

    def menu_picture(self) -> bytes:
        """The rich menu's picture, as PNG."""
        from counseling.gateways.line import menu_picture

        return menu_picture.picture()
