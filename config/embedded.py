"""PostgreSQL and Redis from PyPI on unix sockets under VAR, for machines that have none. No Django here.

`ensure_running()` starts what tests and single commands need. `python -m config.embedded postgres|redis` runs one
in the foreground, as the supervisor of `make run` does, and `… around COMMAND` both for as long as COMMAND lasts.
"""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from config import unprivileged

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
DATABASE = "madoguchi"
SOCKET_NAME = ".s.PGSQL.5432"
# The kernel cuts a unix socket's path at 108 bytes (104 on macOS).
LONGEST_SOCKET_PATH = 100
SECONDS_TO_START = 30.0
SECONDS_TO_STOP = 20.0


def pgdata() -> Path:
    """PostgreSQL's data folder."""
    return unprivileged.home(VAR) / "postgres"


def socket_folder() -> Path:
    """Where both sockets are: under VAR, or under /tmp when that path is too long or needs quoting in a URL."""
    folder = unprivileged.home(VAR) / "run"
    plain = all(letter.isascii() and (letter.isalnum() or letter in "/._-") for letter in str(folder))
    if plain and len(str(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return folder
    return Path("/tmp") / f"madoguchi-{unprivileged.fingerprint(VAR)}"  # noqa: S108 - own_folder() refuses a stranger\'s


def database_url() -> str:
    """DATABASE_URL, or the embedded server's."""
    return os.environ.get("DATABASE_URL") or f"postgresql://postgres@/{DATABASE}?host={socket_folder()}"


def redis_url() -> str:
    """REDIS_URL, or the embedded server's, in redis-py's form `unix://PATH?db=0`."""
    return os.environ.get("REDIS_URL") or f"unix://{socket_folder() / 'redis.sock'}?db=0"


def postgres_answers() -> bool:
    """Whether the embedded PostgreSQL lets somebody in: during a recovery it accepts and refuses."""
    import psycopg  # here, because the set-up reads this module's paths before psycopg is installed

    try:
        psycopg.connect(
            f"postgresql://postgres@/{DATABASE}?host={socket_folder()}",
            connect_timeout=2,
        ).close()
    except psycopg.OperationalError:
        return False
    return True


def redis_answers() -> bool:
    """Whether the embedded Redis says PONG."""
    return _ask_redis("PING").startswith("+PONG")


def _ask_redis(command: str) -> str:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(2)
        try:
            line.connect(str(socket_folder() / "redis.sock"))
            line.sendall(f"{command}\r\n".encode())
            return line.recv(64).decode()
        except OSError:
            return ""


def postmaster() -> int | None:
    """The process that runs our PostgreSQL, or None: a pid in the file may by now be anybody's."""
    try:
        pid = int((pgdata() / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    return pid if pid in _servers() else None


def _servers() -> set[int]:
    """Every process that stands in our data folder: the postmaster and its backends, also orphaned ones."""
    processes = Path("/proc")
    if not processes.exists():
        return _server_by_signal()
    found = set()
    for process in processes.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if process.joinpath("cwd").readlink() == pgdata():
                found.add(int(process.name))
    return found - {os.getpid()}


def _server_by_signal() -> set[int]:
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int((pgdata() / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
        return {pid}
    return set()


def stop_postgres() -> None:
    """Ask the postmaster to stop fast; what it left behind when it was killed is killed too."""
    if (pid := postmaster()) is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        wait_until(lambda: pid not in _servers(), SECONDS_TO_STOP)
    for orphan in _servers():
        with contextlib.suppress(ProcessLookupError):
            os.kill(orphan, signal.SIGKILL)
    wait_until(lambda: not _servers(), SECONDS_TO_STOP)


def stop_redis() -> None:
    """Ask the embedded Redis to stop; nothing in it needs keeping."""
    _ask_redis("SHUTDOWN NOSAVE")
    wait_until(lambda: not redis_answers(), SECONDS_TO_STOP)


def ensure_running() -> Callable[[], None]:
    """Start what is embedded and does not answer, in the background; returns what stops just that.

    Raises RuntimeError when a server does not answer within SECONDS_TO_START.
    """
    started: list[Callable[[], None]] = []
    with _only_one_starts():
        if not os.environ.get("DATABASE_URL") and not postgres_answers():
            started.append(_start("postgres", postgres_answers, stop_postgres))
        if not os.environ.get("REDIS_URL") and not redis_answers():
            started.append(_start("redis", redis_answers, stop_redis))

    def stop() -> None:
        while started:
            started.pop()()

    return stop


def _start(name: str, answers: Callable[[], bool], stop: Callable[[], None]) -> Callable[[], None]:
    log = VAR / "log" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "config.embedded", name]
    with log.open("ab") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, start_new_session=True)
    if not wait_until(lambda: answers() or process.poll() is not None, SECONDS_TO_START) or process.poll() is not None:
        raise RuntimeError(f"{name} did not start; see {log}")

    def stop_and_reap() -> None:
        stop()
        process.wait()

    return stop_and_reap


@contextlib.contextmanager
def _only_one_starts() -> Iterator[None]:
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether `true()` became so within the seconds."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


if __name__ == "__main__":
    from config import servers

    {
        "postgres": servers.run_postgres,
        "redis": servers.run_redis,
        "around": servers.run_around,
    }[sys.argv[1]]()
