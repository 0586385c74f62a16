"""Identifiers in the forms that LINE gives them.

They contain the time, because this platform forgets everything at a restart while the portal remembers for ever.
"""

import hashlib
import random
import uuid

from simulator.clock import Clock

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Identifiers:
    """Makes identifiers; the same seed makes the same random parts."""

    def __init__(self, clock: Clock, seed: int | None = None) -> None:
        self._clock = clock
        self._random = random.Random(seed)  # noqa: S311 - play identifiers guard nothing, and a seed must repeat them
        self._last_message = 0

    def request_id(self) -> str:
        """The value of X-Line-Request-Id."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def message_id(self) -> str:
        """Eighteen digits, always rising."""
        self._last_message = max(self._last_message + 1, self._clock.now_ms() * 100_000)
        return str(self._last_message)

    def event_id(self) -> str:
        """A ULID: 48 bits of milliseconds, 80 random bits."""
        number = (self._clock.now_ms() << 80) | self._random.getrandbits(80)
        return "".join(CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))

    def token(self) -> str:
        """An opaque token of 32 hexadecimal digits (reply, quote, read)."""
        return f"{self._random.getrandbits(128):032x}"

    def user_id(self) -> str:
        """A LINE user's id: U and 32 hexadecimal digits."""
        return "U" + self.token()

    def group_id(self) -> str:
        """A LINE group's id: C and 32 hexadecimal digits."""
        return "C" + self.token()


def lasting_user_id(name: str) -> str:
    """A user id that stays the same over restarts, as a LINE user's does."""
    return "U" + hashlib.sha256(f"line-simulator:{name}".encode()).hexdigest()[:32]
