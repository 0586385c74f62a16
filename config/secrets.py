"""Secrets of this installation: from the environment, or made once and kept under VAR."""

import base64
import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


def secret(name: str, *, var: Path, may_make: bool) -> str:
    """The secret `name` as base64 text of 32 bytes (or whatever the environment holds).

    Raises ImproperlyConfigured in production when the environment does not hold it: a key made
    silently on one of several machines would make words unreadable on the others.
    """
    if value := os.environ.get(name):
        return value
    if not may_make:
        raise ImproperlyConfigured(f"{name} must be set in the environment")
    path = var / "secrets" / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _make(path)
    return path.read_text()


def _make(path: Path) -> None:
    """Written whole or not at all: who dies here, or comes second, leaves no empty secret behind."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
