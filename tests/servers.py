"""A real daphne against the test database, for tests, journeys and the bench: `with Daphne() as web: web.url`."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from config import embedded, programs

SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 15.0


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def database_url() -> str:
    """Where Django's present database is: the test database while tests run."""
    place = connection.settings_dict
    account = quote(place["USER"]) + (f":{quote(place['PASSWORD'])}" if place["PASSWORD"] else "")
    where = {"host": place["HOST"], "port": place["PORT"]}
    return (
        f"postgresql://{account}@/{place['NAME']}?{urlencode({name: value for name, value in where.items() if value})}"
    )


class Daphne:
    """The web process of `make run` on a port of its own. `env` is laid over the environment.

    `output()` is what it logged. It is killed with its block; `stop()` ends it in order, `kill()` at once.
    """

    def __init__(self, port: int | None = None, env: dict[str, str] | None = None) -> None:
        self.port = port or free_port()
        self.env = env or {}
        self.process: subprocess.Popen[bytes] | None = None
        self._log = Path(tempfile.mkstemp(prefix="daphne-", suffix=".log")[1])

    @property
    def url(self) -> str:
        """Its origin, as browsers send it."""
        return f"http://localhost:{self.port}"

    @property
    def socket_url(self) -> str:
        """Where its sockets are."""
        return f"ws://localhost:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers. Raises RuntimeError with its log when it does not."""
        endpoint = f"tcp:port={self.port}:interface=127.0.0.1:backlog=4096"
        options = [endpoint if option.startswith("tcp:") else option for option in programs.WEB]
        environment = os.environ | {
            "DATABASE_URL": database_url(),
            "REDIS_URL": settings.REDIS_URL,
            "VAR_DIR": str(embedded.VAR),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }
        with self._log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *options], cwd=embedded.ROOT, env=environment | self.env, stdout=out, stderr=out
            )
        if not embedded.wait_until(lambda: self._answers() or self._ended(), SECONDS_TO_START) or self._ended():
            self.kill()
            raise RuntimeError(f"daphne did not start:\n{self.output()}")

    def _ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False

    def stop(self) -> None:
        """Ask it to end, and wait for it."""
        if self.process:
            self.process.terminate()
            self.process.wait(SECONDS_TO_STOP)

    def kill(self) -> None:
        """End it as a crash would."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def output(self) -> str:
        """What it logged so far."""
        return self._log.read_text(errors="replace")

    def memory(self) -> int:
        """Bytes of memory it holds now (Linux only)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text() if self.process else ""
        line = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0 kB")
        return int(line.split()[1]) * 1024

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()
        self._log.unlink(missing_ok=True)
