"""Words at rest: AES-256-GCM, one data key per visitor, wrapped by a key outside the database.

Associated data is the table, column and row, so a ciphertext moved elsewhere does not open.
Destroying a visitor's wrapped key erases the visitor's words, in backups too.
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
def _ring() -> dict[int, bytes]:
    """Wrapping keys by number; the first of the settings wraps. Raises ValueError for a ring that would lose words."""
    ring: dict[int, bytes] = {}
    for entry in settings.WORDS_KEYS:
        written, _, key = entry.partition(":")
        number, decoded = int(written), base64.b64decode(key, validate=True)
        if number in ring or not 0 <= number <= LARGEST_NUMBER or len(decoded) != KEY_BYTES:
            raise ValueError(f"WORDS_KEYS: key {number} must have a number of its own up to 255, and 32 bytes")
        ring[number] = decoded
    return ring


def check_keys() -> None:
    """Raises ValueError where the settings' keys cannot be used: at the start, not at somebody's first word."""
    _ring()


def _seal(key: bytes, plain: bytes, where: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, where.encode())


def _open(key: bytes, sealed: bytes, where: str) -> bytes:
    if sealed[:1] != FORMAT:
        raise CannotOpen(where)
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], where.encode())
    except InvalidTag as error:
        raise CannotOpen(where) from error


def new_key() -> bytes:
    """A fresh data key, 32 bytes."""
    return AESGCM.generate_key(KEY_BYTES * 8)


def wrap(key: bytes, where: str) -> bytes:
    """`key` sealed under the current wrapping key; the first byte names which."""
    number = next(iter(_ring()))
    return bytes([number]) + _seal(_ring()[number], key, where)


def unwrap(wrapped: bytes | memoryview | None, where: str) -> bytes:
    """The data key. Raises CannotOpen when it was destroyed or its wrapping key is unknown."""
    sealed = bytes(wrapped or b"")
    if not sealed or sealed[0] not in _ring():
        raise CannotOpen(where)
    return _open(_ring()[sealed[0]], sealed[1:], where)


def seal_bytes(key: bytes, plain: bytes, where: str) -> bytes:
    """Sealed bytes for the place `where` ("table.column:row")."""
    return _seal(key, plain, where)


def open_bytes(key: bytes, sealed: bytes | memoryview, where: str) -> bytes:
    """The bytes sealed for `where`. Raises CannotOpen."""
    return _open(key, bytes(sealed), where)


def seal(key: bytes, text: str, where: str) -> bytes:
    """Sealed words for the place `where`."""
    return _seal(key, text.encode(), where)


def open_text(key: bytes, sealed: bytes | memoryview, where: str) -> str:
    """The words sealed for `where`. Raises CannotOpen."""
    return _open(key, bytes(sealed), where).decode()


def seal_house(plain: bytes, where: str) -> bytes:
    """Sealed under a key of the house; the first byte names the wrapping key."""
    number = next(iter(_ring()))
    return bytes([number]) + _seal(_derived(number, where), plain, where)


def open_house(sealed: bytes | memoryview, where: str) -> bytes:
    """What `seal_house` sealed for `where`. Raises CannotOpen."""
    content = bytes(sealed)
    if not content or content[0] not in _ring():
        raise CannotOpen(where)
    return _open(_derived(content[0], where), content[1:], where)


def _derived(number: int, where: str) -> bytes:
    purpose = where.partition(":")[0]
    return hmac.new(_ring()[number], purpose.encode(), hashlib.sha256).digest()


def keyed_hash(value: str, purpose: str) -> str:
    """A hash by which an identity is found without being stored: 64 hexadecimal digits."""
    key = hmac.new(settings.IDENTITY_KEY.encode(), purpose.encode(), hashlib.sha256).digest()
    return hmac.new(key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
