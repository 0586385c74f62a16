"""The processes of a bench: web, worker, clock and LINE's simulator as `make run` runs them, and the floor."""

import contextlib
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from config import embedded, programs
from tests.servers import Daphne, free_port

SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 10.0
HERTZ = os.sysconf("SC_CLK_TCK")


class NotUp(Exception):
    """Something the bench needs does not run; the text says what, and the end of its log."""


class Process:
    """One `python -m …` beside the bench; with a port it is up once that answers."""

    def __init__(self, name: str, module: list[str], port: int | None = None) -> None:
        self.name, self.port = name, port
        self._module = module
        self._log = embedded.VAR / "log" / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Its number; 0 while it does not run."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Start and wait for its port. Raises NotUp."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *self._module], cwd=embedded.ROOT, stdout=out, stderr=out
            )
        if self.port and not embedded.wait_until(lambda: self._listens() or self.ended(), SECONDS_TO_START):
            raise NotUp(f"{self.name} does not answer")
        if self.ended():
            raise NotUp(f"{self.name} ended at once:\n{self.end_of_log()}")

    def _listens(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=2):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def ended(self) -> bool:
        """Whether it is gone."""
        return self._process is None or self._process.poll() is not None

    def stop(self) -> None:
        """End it."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def end_of_log(self) -> str:
        """The last lines it wrote."""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-15:])


def memory(pid: int) -> int:
    """Bytes of memory a process holds now."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


def cpu_seconds(pid: int) -> float:
    """Processor time a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / HERTZ


class House:
    """All processes, in a `with`. `channel` and `people` (ids) are what the simulator must know of ours."""

    def __init__(self, line_port: int, channel: dict[str, Any], people: list[str]) -> None:
        self._channel, self._people = channel, people
        self.web = Daphne()
        channels = embedded.VAR / "simulator.json"
        self.line = Process(
            "simulator", ["simulator", "--port", str(line_port), "--channels", str(channels)], line_port
        )
        self.worker = Process("worker", programs.WORKER)
        self.beat = Process("beat", programs.BEAT)
        floor_port = free_port()
        places = [embedded.database_url(), embedded.redis_url(), f"http://127.0.0.1:{line_port}"]
        module = ["tests.bench.floor", str(floor_port), *places, channel["access_token"]]
        self.floor = Process("floor", module, floor_port)

    @property
    def web_pid(self) -> int:
        """The web process."""
        return self.web.process.pid if self.web.process else 0

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def _start(self) -> None:
        url = f"http://127.0.0.1:{self.web.port}/line/{self._channel['channel_id']}/webhook"
        known = {"channels": [self._channel | {"webhook_url": url}]}
        (embedded.VAR / "simulator.json").write_text(json.dumps(known))
        self.line.start()
        for person in self._people:
            self._befriend(person)
        self.worker.start()
        self.beat.start()
        self.floor.start()
        try:
            self.web.start()
        except RuntimeError as error:
            raise NotUp(str(error)) from None
        if not embedded.wait_until(self._is_healthy, SECONDS_TO_START):
            raise NotUp(f"the worker or the clock gives no sign of life:\n{self.worker.end_of_log()}")

    def _befriend(self, person: str) -> None:
        body = {"id": person, "name": "空", "friend_of": self._channel["channel_id"]}
        address = f"http://127.0.0.1:{self.line.port}/simulator/people"
        urllib.request.urlopen(urllib.request.Request(address, data=json.dumps(body).encode()), timeout=5).close()

    def _is_healthy(self) -> bool:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.web.port}/health", headers={"X-Forwarded-Proto": "https"}
        )
        with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=5) as answer:
            return bool(answer.status == 200)
        return False

    def restart_web(self) -> None:
        """Kill the web process as a crash would, and start it again on its port."""
        self.web.kill()
        self.web.start()

    def restart_floor(self) -> None:
        """The same for the floor."""
        self.floor.stop()
        self.floor.start()

    def _stop(self) -> None:
        for process in (self.worker, self.beat, self.line, self.floor):
            process.stop()
        self.web.kill()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()
