"""What another house's programs may read here, and what their keys look like. Pure: no Django, no clock.

A key is `mado_<prefix>_<secret>`: by its prefix people recognise it and the database finds it, the secret proves it.
The first letters let scanners find keys that were published by mistake.
"""

import re
import secrets
import string
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


def new_key() -> str:
    """A key nobody has: 256 bits that cannot be guessed."""
    prefix = "".join(secrets.choice(ALPHABET) for _letter in range(PREFIX_LETTERS))
    return f"mado_{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"


def prefix_of(key: str) -> str:
    """The part of a key that may be shown; empty for what is no key."""
    shape = KEY.fullmatch(key)
    return shape[1] if shape else ""
