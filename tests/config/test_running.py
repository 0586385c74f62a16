"""What `make run`, `make test` and `make check` are made of: ports, programs, steps, stamps, leftovers."""

import configparser
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import bootstrap, check, embedded, leftovers, ports, programs, progress, unprivileged


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_taken_port_is_said_in_one_line_with_the_way_out(monkeypatch: pytest.MonkeyPatch, taken_port: int) -> None:
    monkeypatch.setattr(ports, "PORT", taken_port)
    with pytest.raises(SystemExit, match=rf"^Port {taken_port} is taken.*PORT={taken_port + 10} make run$"):
        ports.refuse_taken()


def test_a_free_port_is_not_refused(taken_port: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        free = listener.getsockname()[1]
    assert (ports.is_taken(free), ports.is_taken(taken_port)) == (False, True)


def sections() -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser()
    parser.read_string(programs.configuration())
    return parser


def test_whatever_dies_is_started_again() -> None:
    found = sections()
    names = [name for name in found.sections() if name.startswith("program:")]
    assert {found[name]["autorestart"] for name in names} == {"true"}


def test_servers_named_in_the_environment_are_not_started_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/x")
    monkeypatch.setenv("REDIS_URL", "redis://cache/1")
    assert [program.name for program in programs.programs()] == ["web", "worker", "beat", "simulator"]


def test_a_per_cent_sign_in_the_path_reaches_the_supervisor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(embedded, "VAR", tmp_path / "100%")
    assert sections()["supervisord"]["logfile"].endswith("/100%%/log/supervisor.log")


def test_a_failing_step_shows_the_end_of_its_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-c", "print('what went wrong'); raise SystemExit(7)"]
    with pytest.raises(SystemExit) as failure:
        progress.step("A step", command, log=tmp_path / "step.log", cwd=tmp_path)
    assert failure.value.code == 7
    assert "what went wrong" in capsys.readouterr().out


@pytest.fixture
def stamped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(bootstrap, "LOGS", tmp_path / "log")
    monkeypatch.setattr(bootstrap, "NPM", Path("/bin/true"))
    monkeypatch.setattr(bootstrap, "NODE_MODULES_STAMP", tmp_path / ".locked")
    return tmp_path / ".locked"


def test_a_step_is_done_once_while_nothing_changes(stamped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bootstrap.install_node_modules()
    capsys.readouterr()
    bootstrap.install_node_modules()
    assert "unchanged" in capsys.readouterr().out


def test_a_failed_step_is_done_again(stamped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "NPM", Path("/bin/false"))
    with pytest.raises(SystemExit):
        bootstrap.install_node_modules()
    assert not stamped.exists()


def test_only_marked_processes_are_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(leftovers, "VAR", tmp_path)
    sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
    ours = subprocess.Popen(sleeper, env={**os.environ, leftovers.MARK: str(tmp_path)})
    others = subprocess.Popen(sleeper, env={**os.environ, leftovers.MARK: str(tmp_path / "another")})
    try:
        assert embedded.wait_until(lambda: list(leftovers.marked()) == [ours.pid], 10)
        leftovers.end()
        assert ours.wait(timeout=10) == -signal.SIGTERM
        assert others.poll() is None
    finally:
        others.kill()
        others.wait()


def test_the_check_stops_at_the_first_failure_and_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(embedded, "ensure_running", lambda: lambda: None)
    with pytest.raises(SystemExit):
        check.run([check.Step("first", ("true",)), check.Step("second", ("false",)), check.Step("third", ("true",))])
    said = capsys.readouterr().out
    assert "✗ second: failed" in said
    assert "third" not in said


def test_a_folder_of_somebody_else_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SystemExit, match="belongs to somebody else"):
        unprivileged.own_folder(tmp_path / "run")


def test_root_sends_the_servers_where_their_account_can_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if unprivileged.account() is None:
        assert unprivileged.home(tmp_path) == tmp_path
        return
    (tmp_path / "closed").mkdir(mode=0o700)
    assert unprivileged.home(tmp_path / "closed" / "var").is_relative_to(unprivileged.SYSTEM_FOLDER)
