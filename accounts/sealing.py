"""Secrets at rest: AES-256-GCM under keys that are kept outside the database.

Associated data says where a ciphertext belongs, so one that was moved elsewhere does not open.
"""

import base64
import hashlib
import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"\x01"
LARGEST_NUMBER = 255  # one byte names the wrapping key


class CannotOpen(Exception):
    """The ciphertext was altered, moved, or sealed with another key; or the key was destroyed."""


@cache
def ring() -> dict[int, bytes]:
    """Wrapping keys by number; the first of the settings wraps. Raises ValueError for a ring that would lose words."""
    keys: dict[int, bytes] = {}
    for entry in settings.WORDS_KEYS:
        written, _, key = entry.partition(":")
        number, decoded = int(written), base64.b64decode(key, validate=True)
        if number in keys or not 0 <= number <= LARGEST_NUMBER or len(decoded) != KEY_BYTES:
            raise ValueError(f"WORDS_KEYS: key {number} must have a number of its own up to 255, and 32 bytes")
        keys[number] = decoded
    return keys


def check_keys() -> None:
    """Raises ValueError where the settings' keys cannot be used: at the start, not at somebody's first word."""
    ring()


def seal_bytes(key: bytes, plain: bytes, where: str) -> bytes:
    """Sealed bytes for the place `where` ("table.column:row")."""
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, where.encode())


def open_bytes(key: bytes, sealed: bytes | memoryview, where: str) -> bytes:
    """The bytes sealed for `where`. Raises CannotOpen."""
    content = bytes(sealed)
    if content[:1] != FORMAT:
        raise CannotOpen(where)
    try:
        return AESGCM(key).decrypt(content[1 : 1 + NONCE_BYTES], content[1 + NONCE_BYTES :], where.encode())
    except InvalidTag as error:
        raise CannotOpen(where) from error


def seal_house(plain: bytes, where: str) -> bytes:
    """Sealed under a key of the house; the first byte names the wrapping key."""
    number = next(iter(ring()))
    return bytes([number]) + seal_bytes(_derived(number, where), plain, where)


def open_house(sealed: bytes | memoryview, where: str) -> bytes:
    """What `seal_house` sealed for `where`. Raises CannotOpen."""
    content = bytes(sealed)
    if not content or content[0] not in ring():
        raise CannotOpen(where)
    return open_bytes(_derived(content[0], where), content[1:], where)


def _derived(number: int, where: str) -> bytes:
    purpose = where.partition(":")[0]
    return hmac.new(ring()[number], purpose.encode(), hashlib.sha256).digest()
