"""S18: after a talk none of its words stands in the clear in the database's files, Redis, logs or temporary files."""

import base64
import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import User
from config import embedded
from counseling.actions import editions, visits
from counseling.forms import Answers, Form, Kind, Question
from counseling.models import Channel, Part, Program, Session
from tests.canaries import canary, forms
from tests.counseling.gateways.line.posting import text_event
from tests.faults.doors import Doors
from tests.servers import Daphne

CHUNK = 8 * 1024 * 1024


class Overheard:
    """Everything Redis was told, by MONITOR."""

    def __init__(self, path: str) -> None:
        self.heard = bytearray()
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(path)
        self._line.sendall(b"MONITOR\r\n")
        assert self._line.recv(5) == b"+OK\r\n"
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while piece := self._line.recv(65_536):
            self.heard += piece

    def close(self) -> None:
        """Hear nothing more."""
        self._line.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._line.close()


@pytest.fixture
def overheard() -> Iterator[Overheard]:
    """Redis, listened to for the whole test."""
    monitor = Overheard(settings.REDIS_URL.removeprefix("unix://").partition("?")[0])
    yield monitor
    monitor.close()


def ask_for_a_name(program: Program) -> None:
    """The intake asks for something in the visitor's own words."""
    asked = Form((Question("called", Kind.TEXT, {"ja": "呼んでほしい名前"}),))
    editions.put_in_force(program, Part.INTAKE, asked.to_json(), by=None)
    program.save(update_fields=["editions"])


def talk_of_everything(doors: Doors, channel: Channel, ren: User) -> dict[str, str]:
    """A visitor and a counselor say something everywhere words can be said; what was said, by place."""
    said = {
        place: canary(place)
        for place in ("line", "web", "reply", "note", "whisper", "draft", "why", "summary", "handed")
    }
    assert doors.webhook(text_event(said["line"])).status == 200
    session = Session.objects.get(visitor__channel=channel)
    path = f"sessions/{session.pk}"
    answers = [
        doors.staff("PUT", f"{path}/assignment"),
        doors.reply(session.pk, uuid4(), said["reply"]),
        doors.staff("POST", f"{path}/notes", {"client_id": str(uuid4()), "text": said["note"]}),
        doors.staff("POST", f"{path}/whispers", {"client_id": str(uuid4()), "text": said["whisper"]}),
        doors.staff("PUT", f"{path}/draft", {"text": said["draft"]}),
        doors.staff("PUT", f"{path}/risk", judged(said["why"])),
        doors.staff("DELETE", f"{path}/assignment", {"summary": said["summary"]}),
        doors.staff("PUT", f"{path}/assignment"),
        doors.staff("PUT", f"{path}/assignment", {"to": ren.pk, "summary": said["handed"]}),
        doors.visitor_says(uuid4(), said["web"]),
    ]
    assert [answer.status for answer in answers] == [200, 201, 201, 201, 204, 204, 204, 200, 204, 201]
    return said


def judged(word: str) -> dict[str, Any]:
    """A judgement of the risk for which somebody wrote a word."""
    return {"client_id": str(uuid4()), "form": 0, "answers": {}, "level": 2, "word": word}


def refused_too(doors: Doors, session: Session) -> dict[str, str]:
    """Words that are refused, or stand where none belong, must not be written down either."""
    said = {place: canary(place) for place in ("refused", "unknown", "malformed", "not-signed")}
    doors.reply(session.pk, uuid4(), said["refused"] + "\0")
    doors.staff("POST", f"sessions/{session.pk}/messages", {"text": said["unknown"], "client_id": "x"})
    doors.ask("POST", f"/api/sessions/{session.pk}/messages", said["malformed"].encode())
    doors.ask("POST", "/line/women-line/webhook", said["not-signed"].encode(), **{"x-line-signature": "wrong"})
    return said


def own_files() -> Iterator[Path]:
    """The database's files, our logs, and what of ours lies under the temporary folder."""
    folders = [embedded.pgdata(), embedded.VAR]
    prefixes = ("daphne-", "madoguchi", "celery", "redis")
    folders += [path for path in Path(tempfile.gettempdir()).iterdir() if path.name.startswith(prefixes)]
    for folder in folders:
        yield from (path for path in ([folder] if folder.is_file() else folder.rglob("*")) if path.is_file())


def found_in(path: Path, wanted: dict[str, bytes]) -> set[str]:
    """Which of these stand in the file."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            found: set[str] = set()
            for start in range(0, size + 1, CHUNK):
                file.seek(start)
                piece = file.read(CHUNK + 1024)
                found |= {name for name, form in wanted.items() if form in piece}
            return found
    except OSError:
        return set()  # gone meanwhile, or not ours to read


def test_no_word_stands_in_the_clear(
    doors: Doors, web: Daphne, overheard: Overheard, line_channel: Channel, web_channel: Channel, ren: User
) -> None:
    first, answered = canary("first"), canary("answered")
    ask_for_a_name(web_channel.program)
    attributes: Answers = {"called": answered}
    visits.start(channel_id=web_channel.pk, identity=doors.visit, terms_version=1, attributes=attributes, line=first)
    said = {"first": first, "answered": answered} | talk_of_everything(doors, line_channel, ren)
    said |= refused_too(doors, Session.objects.get(visitor__channel=line_channel))
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    wanted = {f"{place} {form}": text for place, words in said.items() for form, text in forms(words).items()}
    wanted |= {f"identity {name}": form for name, form in forms("U" + "0a" * 16).items()}
    assert {str(path): found for path in own_files() if (found := found_in(path, wanted))} == {}
    assert [name for name, form in wanted.items() if form in bytes(overheard.heard)] == []
    assert [name for name, form in wanted.items() if form in web.output().encode()] == []
    assert len(overheard.heard) > 1000, "Redis was listened to"


def test_the_search_finds_what_stands_in_the_clear(tmp_path: Path) -> None:
    words = canary("check")
    for name, form in forms(words).items():
        (tmp_path / "file").write_bytes(os.urandom(100) + form + os.urandom(100))
        assert name in found_in(tmp_path / "file", forms(words))
    (tmp_path / "file").write_bytes(b"x" + base64.b64encode(b"{" + words.encode() + b"}"))
    assert found_in(tmp_path / "file", forms(words))
