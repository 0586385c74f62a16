"""The embedded servers come up, survive a kill -9, and leave nothing behind. Each test has a VAR of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

ROOT = Path(__file__).resolve().parents[2]


class House:
    """The embedded servers in a VAR of their own, asked through a process of their own."""

    def __init__(self, var: Path) -> None:
        self.environment = {**os.environ, "VAR_DIR": str(var)}
        for name in ("DATABASE_URL", "REDIS_URL"):
            self.environment.pop(name, None)

    def ask(self, expression: str) -> str:
        code = f"from config import embedded; print({expression})"
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout.strip()

    def start(self) -> None:
        self.ask("embedded.ensure_running()")

    def database(self) -> psycopg.Connection:
        return psycopg.connect(self.ask("embedded.database_url()"))

    def stop(self) -> None:
        self.ask("(embedded.stop_postgres(), embedded.stop_redis())")

    def clear(self) -> None:
        """Also outside VAR, where root's servers keep what they could not keep in it."""
        subprocess.run([sys.executable, "-m", "config.reset"], cwd=ROOT, env=self.environment, check=True)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "var")
    house.start()
    yield house
    house.clear()


def test_the_database_is_there_in_utf_8(house: House) -> None:
    with house.database() as connection:
        row = connection.execute("SELECT current_database(), upper('é'), current_setting('server_encoding')").fetchone()
    assert row == ("madoguchi", "É", "UTF8")


def test_no_tcp_port_is_opened(house: House) -> None:
    with house.database() as connection:
        row = connection.execute("SELECT current_setting('listen_addresses')").fetchone()
    assert row == ("",)


def test_a_killed_postmaster_starts_again_with_what_was_committed(house: House) -> None:
    with house.database() as connection:
        connection.execute("CREATE TABLE word (said text)")
        connection.execute("INSERT INTO word VALUES ('まだいます')")
    os.kill(int(house.ask("embedded.postmaster()")), signal.SIGKILL)
    house.start()
    with house.database() as connection:
        assert connection.execute("SELECT said FROM word").fetchone() == ("まだいます",)


def test_a_backend_in_the_middle_of_a_query_does_not_hinder_the_restart(house: House) -> None:
    # It computes without ever waiting, so it does not notice by itself that the postmaster is gone.
    endless = "DO $$ BEGIN LOOP END LOOP; END $$"
    code = f"import psycopg; psycopg.connect({house.ask('embedded.database_url()')!r}).execute({endless!r})"
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL):
        with house.database() as connection:
            connection.autocommit = True
            busy = "SELECT count(*) FROM pg_stat_activity WHERE query = %s"
            while connection.execute(busy, [endless]).fetchone() == (0,):
                pass
        os.kill(int(house.ask("embedded.postmaster()")), signal.SIGKILL)
        house.start()
        assert house.ask("embedded.postgres_answers()") == "True"


def test_a_pid_that_is_somebody_elses_by_now_does_not_hinder_the_start(house: House) -> None:
    house.stop()
    folder = Path(house.ask("embedded.pgdata()"))
    (folder / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}\n")
    house.start()
    assert house.ask("embedded.postgres_answers()") == "True"


def test_an_interrupted_first_set_up_is_made_again(tmp_path: Path) -> None:
    house = House(tmp_path / "var")
    unfinished = Path(house.ask("embedded.pgdata()")).with_name("postgres.unfinished")
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    house.start()
    try:
        assert house.ask("embedded.postgres_answers()") == "True"
    finally:
        house.clear()


def test_a_killed_redis_starts_again(house: House) -> None:
    told = redis.Redis.from_url(house.ask("embedded.redis_url()")).info("server")
    assert isinstance(told, dict)
    os.kill(told["process_id"], signal.SIGKILL)
    house.start()
    assert house.ask("embedded.redis_answers()") == "True"


def test_a_deep_and_foreign_path_still_gets_a_short_socket(tmp_path: Path) -> None:
    house = House(tmp_path / "深い" / ("x" * 120) / "var")
    socket = house.ask("embedded.socket_folder() / embedded.SOCKET_NAME")
    assert len(socket) <= 100
    assert socket.isascii()


def test_what_was_not_started_here_is_not_stopped_here(house: House) -> None:
    house.ask("embedded.ensure_running()()")
    assert house.ask("(embedded.postgres_answers(), embedded.redis_answers())") == "(True, True)"


def test_the_environment_comes_before_the_embedded_ones(tmp_path: Path) -> None:
    house = House(tmp_path / "var")
    house.environment |= {"DATABASE_URL": "postgresql://db/x", "REDIS_URL": "redis://cache/1"}
    assert house.ask("embedded.database_url(), embedded.redis_url()") == "postgresql://db/x redis://cache/1"
