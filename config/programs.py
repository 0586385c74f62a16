"""What `make run` runs, as one table, and the supervisor's configuration made from it."""

import os
import resource
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from config import embedded, leftovers, ports

PYTHON = [sys.executable, "-m"]
# Asked for so that thousands of sockets fit; the machine may allow fewer.
OPEN_FILES = 65_536
# How a visitor's socket is kept (docs: architecture, traps): daphne's own defaults let no storm of 500 in.
WEB = [
    "daphne",
    *("-e", f"tcp:port={ports.PORT}:interface={ports.HOST}:backlog=4096"),
    *("--websocket_connect_timeout", "60"),
    *("--websocket_timeout", "-1"),
    *("--ping-interval", "20"),
    *("--ping-timeout", "30"),
    *("--websocket-max-message-size", "131072"),
    *("--websocket-max-frame-size", "131072"),
    *("--verbosity", "1"),
    *("--access-log", os.devnull),
    "--no-server-name",
    "config.asgi:application",
]
WORKER = [
    *("celery", "-A", "config", "worker"),
    *("--pool", "threads", "--concurrency", "32"),
    *("--without-gossip", "--without-mingle"),
    *("--loglevel", "WARNING"),
]
BEAT = [
    *("celery", "-A", "config", "beat"),
    *("--pidfile=", "--loglevel", "WARNING"),
]
SIMULATOR = ["simulator", "--port", str(ports.SIMULATOR_PORT), "--channels", str(embedded.VAR / "simulator.json")]


@dataclass(frozen=True)
class Program:
    """One process under the supervisor. Lower priority starts first and stops last."""

    name: str
    module: list[str]
    priority: int = 50
    at_once: bool = False
    stop_signal: str = "TERM"


def programs() -> list[Program]:
    """Every program of a run; the embedded servers only where the environment names no others."""
    found = []
    if not os.environ.get("DATABASE_URL"):
        # INT is PostgreSQL's fast stop: TERM waits for every client to go.
        found.append(Program("postgres", ["config.embedded", "postgres"], 1, at_once=True, stop_signal="INT"))
    if not os.environ.get("REDIS_URL"):
        found.append(Program("redis", ["config.embedded", "redis"], 2, at_once=True))
    house = {"web": WEB, "worker": WORKER, "beat": BEAT, "simulator": SIMULATOR}
    return found + [Program(name, module) for name, module in house.items()]


def log_of(name: str) -> Path:
    """Where a program writes."""
    return embedded.VAR / "log" / f"{name}.log"


def control_socket() -> Path:
    """Where the supervisor is asked."""
    return embedded.socket_folder() / "supervisor.sock"


def configuration() -> str:
    """The configuration file of supervisord."""
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    files = OPEN_FILES if allowed == resource.RLIM_INFINITY else min(OPEN_FILES, allowed)
    sections = {
        "supervisord": {
            "nodaemon": "true",
            "silent": "true",
            "logfile": _text(log_of("supervisor")),
            "pidfile": _text(embedded.VAR / "supervisor.pid"),
            "childlogdir": _text(embedded.VAR / "log"),
            "directory": _text(embedded.ROOT),
            "minfds": str(files),
            **({"user": "root"} if os.geteuid() == 0 else {}),
        },
        "unix_http_server": {"file": _text(control_socket()), "chmod": "0700"},
        "rpcinterface:supervisor": {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
        },
    }
    for program in programs():
        sections[f"program:{program.name}"] = _section(program)
    # One group, so that the four stop side by side.
    sections["group:house"] = {"programs": ",".join(program.name for program in programs() if not program.at_once)}
    return "\n".join(_written(name, settings) for name, settings in sections.items())


def _section(program: Program) -> dict[str, str]:
    return {
        "command": _text(shlex.join([*PYTHON, *program.module])),
        "priority": str(program.priority),
        "autostart": str(program.at_once).lower(),
        "autorestart": "true",
        "startsecs": "1",
        "startretries": "1000",
        "stopsignal": program.stop_signal,
        "stopwaitsecs": "15",
        # PostgreSQL's backends are the postmaster's to stop.
        "stopasgroup": str(program.name != "postgres").lower(),
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_logfile": _text(log_of(program.name)),
        "stdout_logfile_maxbytes": "20MB",
        "stdout_logfile_backups": "2",
    }


def _text(value: object) -> str:
    """A value as it must be written: supervisord expands per cent signs."""
    return str(value).replace("%", "%%")


def _written(name: str, settings: dict[str, str]) -> str:
    return f"[{name}]\n" + "".join(f"{key}={value}\n" for key, value in settings.items())


def environment() -> dict[str, str]:
    """What every process of a run is given beside what we have ourselves."""
    return {
        leftovers.MARK: str(embedded.VAR),
        "VAR_DIR": str(embedded.VAR),
        "PORT": str(ports.PORT),
        "SIMULATOR_PORT": str(ports.SIMULATOR_PORT),
        "PYTHONUNBUFFERED": "1",
    }
