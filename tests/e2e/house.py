"""The whole house as `make run` starts it, in a folder of its own, whose processes can be killed by name."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
import xmlrpc.client
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from supervisor.xmlrpc import SupervisorTransport

from config.embedded import ROOT
from tests.servers import free_port

SECONDS_TO_START = 120.0
SECONDS_TO_RECOVER = 60.0
# Programs that are not part of the supervisor's group.
ALONE = frozenset({"postgres", "redis"})


def until(condition: Callable[[], Any], what: str, seconds: float = SECONDS_TO_RECOVER) -> Any:
    """Wait until `condition` gives something true, and give it; fails saying `what` was awaited."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.1)  # a look at another process, not a hope
    raise AssertionError(f"{what}: not within {seconds:.0f} s")


@dataclass(frozen=True)
class Room:
    """A program that belongs to one journey: its slug, its LINE channel, and its people's addresses."""

    slug: str

    @property
    def line(self) -> str:
        """The LINE channel's key."""
        return f"{self.slug}-line"

    @property
    def page(self) -> str:
        """The visitor's page."""
        return f"/talk/{self.slug}/"

    def person(self, name: str) -> str:
        """The e-mail address of "haru", "ren" or "mio"."""
        return f"{name}-{self.slug}@example.jp"


class House:
    """`with House(folder) as house:` everything runs; afterwards nothing does."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port, self.simulator_port = free_port(), free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Madoguchi."""
        return f"http://localhost:{self.port}"

    @property
    def simulator(self) -> str:
        """The telephones."""
        return f"http://localhost:{self.simulator_port}"

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are given, whatever the tests themselves run with."""
        unset = {"DATABASE_URL", "REDIS_URL", "TEST_DATABASE"}
        own = {
            "VAR_DIR": str(self.var),
            "PORT": str(self.port),
            "SIMULATOR_PORT": str(self.simulator_port),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        return {name: value for name, value in os.environ.items() if name not in unset} | own

    def __enter__(self) -> Self:
        self.var.mkdir(parents=True, exist_ok=True)
        with (self.var / "run.log").open("wb") as log:
            command = [sys.executable, "-m", "config.run"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        try:
            until(self._up, f"the house stands ({self.var / 'run.log'})", SECONDS_TO_START)
        except BaseException:
            self.__exit__()
            raise
        return self

    def _up(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.var / "run.log").read_text()
        return self.healthy() and b"Ctrl-C" in (self.var / "run.log").read_bytes()

    def __exit__(self, *_: object) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(60)
        finally:
            self.process.kill()

    def healthy(self) -> bool:
        """Whether /health answers 200."""
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def pid(self, name: str) -> int:
        """The process of a program, 0 while there is none."""
        # The folder of the socket depends on how long the path of VAR is.
        written = (self.var / "supervisord.conf").read_text()
        line = next(line for line in written.splitlines() if line.startswith("file=") and "supervisor.sock" in line)
        with closing(SupervisorTransport(None, None, f"unix://{line.removeprefix('file=')}")) as transport:
            supervisor: Any = xmlrpc.client.ServerProxy("http://127.0.0.1", transport).supervisor
            return int(supervisor.getProcessInfo(name if name in ALONE else f"house:{name}")["pid"])

    def kill(self, name: str) -> None:
        """kill -9; returns as soon as it is dead, long before it is back."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGKILL)
        until(lambda: self.pid(name) != pid, f"{name} is dead")

    def recovered(self, name: str) -> None:
        """Wait until the supervisor has brought it back and the house is well."""
        until(lambda: self.pid(name), f"{name} is back")
        until(self.healthy, f"well again after {name}")

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the simulator's control API."""
        content = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.simulator}{path}", content, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def rooms(self, count: int) -> list[Room]:
        """Programs nobody else talks in, known to the simulator."""
        made = json.loads(self._rooms("make", str(count)))
        for channel in made:
            channel["webhook_url"] = f"{self.url}/line/{channel['channel_id']}/webhook"
            self.ask("POST", "/simulator/channels", channel)
        return [Room(channel["channel_id"].removesuffix("-line")) for channel in made]

    def shut(self, room: Room) -> None:
        """The program's hours are over."""
        self._rooms("shut", room.slug)

    def age(self, room: Room) -> None:
        """What was said within seconds looks as if it had taken a quarter of an hour."""
        self._rooms("age", room.slug)

    def plan(self, room: Room) -> None:
        """Haru is off duty, in the midst of a shift that ends in a quarter of an hour."""
        self._rooms("plan", room.slug)

    def train(self, room: Room) -> None:
        """Haru is in training there."""
        self._rooms("train", room.slug)

    def practise(self, room: Room) -> None:
        """The program is for practice."""
        self._rooms("practise", room.slug)

    def share(self, first: Room, second: Room) -> None:
        """The supervisor of the first program supervises the second one, too."""
        self._rooms("share", f"{first.slug} {second.slug}")

    def found(self, room: Room) -> None:
        """Nobody but the administrator works there yet."""
        self._rooms("found", room.slug)

    def begin(self, room: Room) -> None:
        """The program's hours begin with this minute."""
        self._rooms("begin", room.slug)

    def soon(self, room: Room) -> datetime:
        """The program's hours begin with the next minute; when that is."""
        return datetime.fromisoformat(json.loads(self._rooms("soon", room.slug)))

    def away(self, email: str) -> None:
        """The minute of life has run out that a closed console leaves behind."""
        self._rooms("away", email)

    def wait(self, room: Room) -> None:
        """The time is over after which lost sessions are given back."""
        self._rooms("wait", room.slug)

    def dusk(self, room: Room) -> None:
        """The shifts that run end in a quarter of an hour."""
        self._rooms("dusk", room.slug)

    def unplug(self, room: Room) -> None:
        """Nobody has connected the program with LINE yet."""
        self._rooms("unplug", room.slug)

    def asks(self, room: Room) -> None:
        """On LINE consent comes first, and the program's questions."""
        self._rooms("asks", room.slug)

    def door(self, room: Room) -> None:
        """LINE is only the door to the page."""
        self._rooms("door", room.slug)

    def absent(self, room: Room) -> None:
        """The program's visitors have not looked at the page for a while."""
        self._rooms("absent", room.slug)

    def miss(self, room: Room) -> None:
        """The program's follow-ups were due an hour ago."""
        self._rooms("miss", room.slug)

    def close(self, room: Room) -> None:
        """The program is closed for good."""
        self._rooms("close", room.slug)

    def count(self, room: Room) -> dict[str, Any]:
        """What the database holds: `program`, `on_duty` names, `open` sessions, and the `orphans` among them."""
        return dict(json.loads(self._rooms("count", room.slug)))

    def log(self, room: Room) -> list[str]:
        """What happened in the program's last session, in order: the kinds of its events."""
        return list(json.loads(self._rooms("log", room.slug)))

    def dump(self, file: Path) -> None:
        """Back the database up, with pg_dump."""
        self._inside("yesterday", "dump", str(file))

    def opens(self, file: Path, room: Room) -> list[str]:
        """Restore that backup beside the database: what of the program's visitors opens in it with today's vault."""
        return list(json.loads(self._inside("yesterday", "opens", str(file), room.slug)))

    def _rooms(self, *wish: str) -> bytes:
        return self._inside("rooms", *wish)

    def _inside(self, module: str, *wish: str) -> bytes:
        command = [sys.executable, "-m", f"tests.e2e.{module}", *wish]
        return subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True).stdout

    def person(self, name: str) -> str:
        """A person with LINE; the user id."""
        return str(self.ask("POST", "/simulator/people", {"name": name})["id"])

    def says(self, user: str, text: str, channel: str = "women-line") -> None:
        """A person types on LINE; the platform redelivers when nobody answers."""
        self.does(user, channel, type="text", text=text)

    def does(self, user: str, channel: str, **what: Any) -> None:
        """A person does something on LINE: `type` and its fields, as simulator/README.md tells them."""
        said = {"channel": channel, "delivery": {"wait": False}, **what}
        self.ask("POST", f"/simulator/people/{user}/say", said)

    def seen(self, user: str) -> list[str]:
        """Every text this person saw on LINE, in order."""
        entries = self.ask("GET", f"/simulator/ledger?user={user}")
        return [str(entry["message"].get("text", "")) for entry in entries["entries"]]

    def fails(self, user: str, *faults: str) -> None:
        """LINE answers the next pushes to this person with these faults."""
        self.ask("POST", "/simulator/faults", {"match": {"path": "push", "user": user}, "faults": list(faults)})

    def defects(self) -> list[Any]:
        """What the simulator found wrong with what we sent."""
        return list(self.ask("GET", "/simulator/ledger")["defects"])
