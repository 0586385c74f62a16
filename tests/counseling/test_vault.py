"""The key vault: a half is on the disk before it has a name, and an emptied one stays empty."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from counseling import crypto, vault
from counseling.crypto import CannotOpen
from counseling.vault import Standing

KEY, PLACE = crypto.new_key(), "visitor.key:abc"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.KEYS_DIR = tmp_path / "keys"
    settings.KEYS_DIR_IS_MADE = True
    return tmp_path / "keys"


def test_a_key_opens_only_with_its_half() -> None:
    share, other = vault.make(), vault.make()
    wrapped = crypto.wrap(KEY, PLACE, share)
    assert crypto.unwrap(wrapped, PLACE, share) == KEY
    for wrong in (other, "", "ff" * 16):
        assert crypto_opens(wrapped, wrong) != KEY


def crypto_opens(wrapped: bytes, share: str) -> bytes | None:
    try:
        return crypto.unwrap(wrapped, PLACE, share)
    except CannotOpen:
        return None


def test_without_a_half_the_wrapping_key_alone_gives_nothing() -> None:
    """What a backup of the database holds, with every key of the settings."""
    wrapped = crypto.wrap(KEY, PLACE, vault.make())
    assert KEY not in crypto.unwrap(wrapped, PLACE)


def test_a_destroyed_half_is_told_from_a_lost_one(folder: Path) -> None:
    share, lost = vault.make(), vault.make()
    assert vault.standing(share) == Standing.KEPT
    vault.destroy(share)
    vault.destroy(share)
    (folder / lost[:2] / lost).unlink()
    assert (vault.standing(share), vault.standing(lost)) == (Standing.DESTROYED, Standing.MISSING)
    for name in (share, lost):
        with pytest.raises(CannotOpen):
            vault.read(name)


def test_destroying_leaves_a_file_so_that_a_copy_without_deleting_follows(folder: Path) -> None:
    share = vault.make()
    vault.destroy(share)
    assert (folder / share[:2] / share).read_bytes() == b""
    vault.destroy("ab" * 16)
    assert vault.standing("ab" * 16) == Standing.DESTROYED


def test_a_half_that_was_cut_short_opens_nothing(folder: Path) -> None:
    share = vault.make()
    (folder / share[:2] / share).write_bytes(b"half")
    with pytest.raises(CannotOpen):
        vault.read(share)


def test_only_its_owner_reads_it(folder: Path) -> None:
    share = vault.make()
    assert (folder / share[:2] / share).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_in_production_no_half_is_written_beside_the_vault(settings: Settings) -> None:
    settings.KEYS_DIR_IS_MADE = False
    with pytest.raises(vault.NotAVault):
        vault.make()
    vault.prepare()
    assert vault.read(vault.make())


MAKES_UNTIL_KILLED = """
import sys
from django.conf import settings
from pathlib import Path
settings.configure(KEYS_DIR_IS_MADE=True, KEYS_DIR=Path(sys.argv[1]))
from counseling import vault
while True:
    print(vault.make(), flush=True)
"""


def test_whoever_is_killed_leaves_every_half_whole_that_had_a_name(folder: Path) -> None:
    command = [sys.executable, "-c", MAKES_UNTIL_KILLED, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as makes:
        assert makes.stdout is not None
        names = [makes.stdout.readline().strip() for _ in range(20)]
        makes.kill()
        names += makes.stdout.read().split("\n")
    named = [name for name in names if len(name) == 32]
    assert len(named) >= 20
    assert all(vault.standing(name) == Standing.KEPT for name in named)


class Killed(BaseException):
    """A process dies here."""


@pytest.mark.parametrize("step", ["pwrite", "ftruncate"])
def test_a_destroying_that_is_cut_off_opens_nothing_when_it_is_done_again(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = vault.make()
    before = vault.read(share)
    with monkeypatch.context() as patch:
        whole = getattr(os, step)

        def dies(*arguments: object) -> None:
            whole(*arguments)
            raise Killed

        patch.setattr(os, step, dies)
        with pytest.raises(Killed):
            vault.destroy(share)
    assert vault.standing(share) == Standing.DESTROYED or vault.read(share) != before
    vault.destroy(share)
    assert vault.standing(share) == Standing.DESTROYED
