"""What another house's programs may read and are told, and what their keys look like. Pure: no Django, no clock.

A key is `mado_<prefix>_<secret>`: by its prefix people recognise it and the database finds it, the secret proves it.
The first letters let scanners find keys that were published by mistake.
"""

import re
import secrets
import string
from dataclasses import dataclass
from enum import StrEnum

ALPHABET = string.ascii_lowercase + string.digits
PREFIX_LETTERS, SECRET_BYTES = 8, 32
KEY = re.compile(r"mado_([a-z0-9]{8})_[A-Za-z0-9_-]{43}")


class Scope(StrEnum):
    """One thing a key may open; none of them opens words, or tells who somebody is."""

    PROGRAMS = "programs:read"
    HOURS = "hours:read"
    SESSIONS = "sessions:read"
    FIGURES = "figures:read"


class Event(StrEnum):
    """One thing machines are told when it happens; none of them carries words, or tells who somebody is."""

    RECEPTION_OPENED = "reception.opened"
    RECEPTION_CLOSED = "reception.closed"
    RISK_RAISED = "risk.raised"


# Sent by a person's hand, to see whether the other side answers.
PING = "ping"


@dataclass(frozen=True)
class Heard:
    """What the other side said to a notification: its HTTP status, or 0 and a `problem` where it said nothing.

    Problems: address (not one we may call), unknown_host, certificate, timeout, no_answer, not_http.
    """

    status: int = 0
    problem: str = ""

    @property
    def is_taken(self) -> bool:
        """Only 2xx says that it was taken; a redirect is not followed."""
        return 200 <= self.status < 300

    @property
    def wants_no_more(self) -> bool:
        """410 Gone: the other side asks for nothing any more."""
        return self.status == 410


def new_key() -> str:
    """A key nobody has: 256 bits that cannot be guessed."""
    prefix = "".join(secrets.choice(ALPHABET) for _letter in range(PREFIX_LETTERS))
    return f"mado_{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"


def prefix_of(key: str) -> str:
    """The part of a key that may be shown; empty for what is no key."""
    shape = KEY.fullmatch(key)
    return shape[1] if shape else ""
