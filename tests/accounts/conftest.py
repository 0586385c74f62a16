"""Passwords are hashed cheaply here: Argon2's slowness is meant for attackers, not for tests."""

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def _cheap_hashes(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
