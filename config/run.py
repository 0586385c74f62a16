"""`make run`: everything under one supervisor, ready at the printed address, gone with Ctrl-C."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import xmlrpc.client
from types import FrameType
from typing import Any

import psycopg
import redis
from supervisor.xmlrpc import SupervisorTransport

from config import embedded, leftovers, programs, unprivileged
from config.bootstrap import fingerprint
from config.ports import PORT, SIMULATOR_PORT
from config.progress import last_lines, say, step

SECONDS_TO_BE_READY = 120.0
SECONDS_TO_ANSWER = 30.0
SECONDS_TO_STOP = 60.0
SECONDS_BETWEEN_LOOKS = 2.0
WHO = embedded.VAR / "who.txt"
PREPARED = embedded.VAR / "prepared"


class Stopped(Exception):
    """Somebody asked us to stop: Ctrl-C, or a signal."""


def main() -> None:
    """Start, wait until ready, say where, watch, and stop in order."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _raise_stopped)
    started = time.monotonic()
    supervisord = _start_supervisor()
    status = 0
    try:
        _bring_up(supervisord, started)
        _watch(supervisord)
    except Stopped:
        sys.stdout.write("\n  Stopping …\n")
    except SystemExit as failure:
        sys.stderr.write(f"{failure.code}\n" if isinstance(failure.code, str) else "")
        status = 1
    finally:
        _stop(supervisord)
    raise SystemExit(status)


def _raise_stopped(number: int, frame: FrameType | None) -> None:
    del frame
    # Once is enough: a second Ctrl-C must not interrupt the stopping.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(number)


def _start_supervisor() -> subprocess.Popen[bytes]:
    (embedded.VAR / "log").mkdir(parents=True, exist_ok=True)
    unprivileged.own_folder(embedded.socket_folder())
    file = embedded.VAR / "supervisord.conf"
    file.write_text(programs.configuration())
    return subprocess.Popen(
        [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(file)],
        env={**os.environ, **programs.environment()},
        # Its own group: Ctrl-C comes to us, and we stop it in order.
        process_group=0,
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 — no threads here
    )


def _end_with_parent() -> None:
    """Have the kernel stop the supervisor when we are killed outright."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def _bring_up(supervisord: subprocess.Popen[bytes], started: float) -> None:
    control = _control()
    _until("Database and Redis", supervisord, SECONDS_TO_ANSWER, _servers_missing)
    _prepare()
    control.supervisor.startProcessGroup("house", False)
    _until("Web, worker, beat, simulator", supervisord, SECONDS_TO_BE_READY, _health_missing)
    _greet(time.monotonic() - started)


def _control() -> Any:
    transport = SupervisorTransport(None, None, f"unix://{programs.control_socket()}")
    return xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport)


def _until(title: str, supervisord: subprocess.Popen[bytes], seconds: float, missing: Any) -> None:
    """Wait until `missing()` says nothing is; every few seconds say what is."""
    started = time.monotonic()
    said = started
    while what := missing():
        now = time.monotonic()
        if supervisord.poll() is not None or now - started > seconds:
            say("✗", title, what)
            raise SystemExit(_why())
        if now - said > 5:
            say("…", title, what)
            said = now
        time.sleep(0.25)
    say("✓", title, f"{time.monotonic() - started:.1f} s")


def _servers_missing() -> str:
    try:
        psycopg.connect(embedded.database_url(), connect_timeout=3).close()
        redis.Redis.from_url(embedded.redis_url(), socket_timeout=3).ping()
    except (psycopg.OperationalError, redis.RedisError) as error:
        return str(error).strip().splitlines()[-1]
    return ""


def _health_missing() -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=5) as answer:
            return "" if answer.status == 200 else f"health says {answer.status}"
    except urllib.error.HTTPError as error:
        return error.read(300).decode(errors="replace")
    except OSError as error:
        return f"waiting for the web process ({error})"


def _why() -> str:
    """The end of every log that has one, for a start that failed."""
    names = [program.name for program in programs.programs()]
    logs = [f"  {programs.log_of(name)}\n{last_lines(programs.log_of(name), 15)}" for name in ["supervisor", *names]]
    return "\n".join(logs) + "\n  It did not start. The ends of the logs are above."


def _prepare() -> None:
    """Migrations and demonstration. The embedded database is as we left it, so unchanged code needs nothing."""
    code = [path for app in ("accounts", "counseling", "reports") for path in (embedded.ROOT / app).rglob("*.py")]
    relevant = [path for path in code if {"migrations", "management"} & set(path.parts)]
    made_from = fingerprint(relevant, extra=str(embedded.pgdata().stat().st_ino)) if _is_embedded() else ""
    if made_from and WHO.exists() and PREPARED.exists() and PREPARED.read_text() == made_from:
        say("✓", "Migrations and demonstration", "unchanged")
        return
    command = [sys.executable, "-m", "config.prepare"]
    step("Migrations and demonstration", command, log=programs.log_of("prepare"), cwd=embedded.ROOT)
    PREPARED.write_text(made_from)


def _is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def _greet(seconds: float) -> None:
    who = WHO.read_text().rstrip() if WHO.exists() else ""
    sys.stdout.write(
        f"\n  Ready after {seconds:.1f} s\n\n"
        f"  Madoguchi          http://localhost:{PORT}/\n"
        f"  LINE simulator     http://localhost:{SIMULATOR_PORT}/\n"
        f"  Logs               {embedded.VAR / 'log'}\n\n"
        f"{who}\n\n"
        "  Ctrl-C stops everything. `make reset` also clears the data.\n\n"
    )
    sys.stdout.flush()


def _watch(supervisord: subprocess.Popen[bytes]) -> None:
    """Until the supervisor ends: say when a program ended and was started again."""
    control = _control()
    pids: dict[str, int] = {}
    while supervisord.poll() is None:
        with contextlib.suppress(OSError, xmlrpc.client.Error):
            for process in control.supervisor.getAllProcessInfo():
                name, pid = process["name"], process["pid"]
                if pid and pids.setdefault(name, pid) != pid:
                    say("↻", name, f"ended and was started again; see {programs.log_of(name)}")
                    pids[name] = pid
        time.sleep(SECONDS_BETWEEN_LOOKS)
    raise SystemExit(f"The supervisor ended with status {supervisord.returncode}; see {programs.log_of('supervisor')}")


def _stop(supervisord: subprocess.Popen[bytes]) -> None:
    supervisord.terminate()
    try:
        supervisord.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        supervisord.kill()
    # Only after a supervisor that was itself killed is anything left.
    leftovers.end()
    if _is_embedded():
        embedded.stop_postgres()
    if not os.environ.get("REDIS_URL"):
        embedded.stop_redis()
    say("✓", "Everything has stopped")


if __name__ == "__main__":
    main()
