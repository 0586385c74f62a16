"""The key vault (鍵の保管庫): a half of every visitor's key, in a folder that is in no backup of the database.

One file a visitor, 32 random bytes. Destroying empties the file: the visitor's words open from no backup any more,
however old, and an emptied file stays empty in every copy that is made without deleting (ADR 24, docs/operations.md).
"""

import os
import secrets
from contextlib import suppress
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.conf import settings

from accounts.sealing import KEY_BYTES, CannotOpen

NAME_BYTES = 16
MARK = "madoguchi-keys"


class Standing(StrEnum):
    """How a half stands: an emptied one was destroyed on purpose, a missing one was lost."""

    KEPT = "kept"
    DESTROYED = "destroyed"
    MISSING = "missing"


class NotAVault(Exception):
    """KEYS_DIR was not prepared as a vault: its volume may not be mounted."""


def prepare() -> None:
    """Make KEYS_DIR a vault. Twice is the same."""
    folder = settings.KEYS_DIR
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):
        _write_new(folder / MARK, MARK.encode())


def is_prepared() -> bool:
    """Whether KEYS_DIR is a vault."""
    return bool((settings.KEYS_DIR / MARK).exists())


def make() -> str:
    """The name of a new half. It is on the disk before this returns: nothing may be sealed under it earlier.

    Raises NotAVault: a half written beside the vault would be somebody's words lost.
    """
    if not is_prepared():
        if not settings.KEYS_DIR_IS_MADE:
            raise NotAVault(settings.KEYS_DIR)
        prepare()
    name = secrets.token_hex(NAME_BYTES)
    path = _path(name)
    _shelf(path.parent)
    _write_new(path, secrets.token_bytes(KEY_BYTES))
    return name


def read(name: str) -> bytes:
    """The half. Raises CannotOpen where it was destroyed or is missing."""
    try:
        half = _path(name).read_bytes()
    except FileNotFoundError as error:
        raise CannotOpen(name) from error
    if len(half) != KEY_BYTES:
        raise CannotOpen(name)
    return half


def standing(name: str) -> Standing:
    """How the half stands."""
    try:
        size = _path(name).stat().st_size
    except FileNotFoundError:
        return Standing.MISSING
    return Standing.KEPT if size == KEY_BYTES else Standing.DESTROYED


def destroy(name: str) -> None:
    """Overwrite the half and leave its file empty, on the disk before this returns. Twice is the same.

    Whoever dies in the middle leaves a half that opens nothing; it is not the old one any more.
    """
    path = _path(name)
    _shelf(path.parent)
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.pwrite(number, secrets.token_bytes(os.fstat(number).st_size), 0)
        os.fsync(number)
        os.ftruncate(number, 0)
        os.fsync(number)
    finally:
        os.close(number)
    _settle(path.parent)


def _path(name: str) -> Path:
    folder: Path = settings.KEYS_DIR
    return folder / name[:2] / name


@cache
def _shelf(folder: Path) -> None:
    """The folder of the halves whose names begin alike; once a process."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _settle(folder.parent)


def _write_new(path: Path, content: bytes) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _settle(path.parent)


def _settle(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
