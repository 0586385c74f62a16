"""Words at rest: AES-256-GCM, one data key per visitor, wrapped by a key outside the database (accounts.sealing).

Associated data is the table, column and row, so a ciphertext moved elsewhere does not open.
Under that wrapping lies another, by a half that only the vault has (counseling.vault): destroying it erases the
visitor's words, in every backup of the database too.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from accounts.sealing import (
    KEY_BYTES,
    CannotOpen,
    check_keys,
    open_bytes,
    open_house,
    ring,
    seal_bytes,
    seal_house,
)
from counseling import vault

__all__ = [
    "CannotOpen", "check_keys", "digest", "keyed_hash", "new_key", "open_bytes", "open_house", "open_text", "seal",
    "seal_bytes", "seal_house", "unwrap", "wrap",
]  # fmt: skip


def new_key() -> bytes:
    """A fresh data key, 32 bytes."""
    return AESGCM.generate_key(KEY_BYTES * 8)


def wrap(key: bytes, where: str, share: str = "") -> bytes:
    """`key` sealed under the vault's half `share`, and that under the current wrapping key: the first byte names it."""
    number = next(iter(ring()))
    inner = seal_bytes(vault.read(share), key, where) if share else key
    return bytes([number]) + seal_bytes(ring()[number], inner, where)


def unwrap(wrapped: bytes | memoryview | None, where: str, share: str = "") -> bytes:
    """The data key; `share` names the vault's half of it, empty where it has none yet (actions.key_shares).

    Raises CannotOpen when either was destroyed or the wrapping key is unknown.
    """
    sealed = bytes(wrapped or b"")
    if not sealed or sealed[0] not in ring():
        raise CannotOpen(where)
    inner = open_bytes(ring()[sealed[0]], sealed[1:], where)
    return open_bytes(vault.read(share), inner, where) if share else inner


def seal(key: bytes, text: str, where: str) -> bytes:
    """Sealed words for the place `where`."""
    return seal_bytes(key, text.encode(), where)


def open_text(key: bytes, sealed: bytes | memoryview, where: str) -> str:
    """The words sealed for `where`. Raises CannotOpen."""
    return open_bytes(key, sealed, where).decode()


def keyed_hash(value: str, purpose: str) -> str:
    """A hash by which an identity is found without being stored: 64 hexadecimal digits."""
    key = hmac.new(settings.IDENTITY_KEY.encode(), purpose.encode(), hashlib.sha256).digest()
    return hmac.new(key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def digest(text: str) -> str:
    """The SHA-256 of a text, by which it is known again: 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
