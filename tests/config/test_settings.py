"""The settings refuse what would open the house to strangers, and take a database's address as it is written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.exposure import is_public
from config.secrets import secret

ROOT = Path(__file__).resolve().parents[2]


def asked(expression: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What the settings say under this environment."""
    command = [sys.executable, "-c", f"from config import settings; print({expression})"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("host", ["*", "soudan.example.jp", "8.8.8.8", ".example.jp", "soudan.example.jp."])
def test_strangers_may_come_by_a_public_name(host: str) -> None:
    assert is_public(host)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "192.168.1.7", "web", "demo.localhost", "mac.local", "house.test"]
)
def test_nobody_from_outside_comes_by_a_private_name(host: str) -> None:
    assert not is_public(host)


@pytest.mark.parametrize("name", ["ALLOWED_HOSTS", "SITE_URL", "ALLOWED_ORIGINS"])
def test_debug_does_not_start_under_a_public_name(name: str) -> None:
    value = "soudan.example.jp" if name == "ALLOWED_HOSTS" else "https://soudan.example.jp"
    answer = asked("1", DEBUG="1", **{name: value})
    assert answer.returncode != 0
    assert "set DEBUG=0" in answer.stderr


def test_the_database_address_keeps_what_it_says_of_tls(tmp_path: Path) -> None:
    url = "postgresql://m@db/m?sslmode=verify-full&sslrootcert=/ca.pem"
    answer = asked("settings.DATABASES['default']['OPTIONS']", DATABASE_URL=url, VAR_DIR=str(tmp_path))
    assert "'sslmode': 'verify-full'" in answer.stdout
    assert "'sslrootcert': '/ca.pem'" in answer.stdout


def test_a_secret_is_made_once_and_whole(tmp_path: Path) -> None:
    made = secret("SOME_KEY_OF_A_TEST", var=tmp_path, may_make=True)
    assert made == secret("SOME_KEY_OF_A_TEST", var=tmp_path, may_make=True) != ""
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["SOME_KEY_OF_A_TEST"]
