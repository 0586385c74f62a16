"""A real receiver of notifications: a socket that hears requests and answers as it was told."""

import base64
import hashlib
import hmac
import json
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

SECONDS = 20.0
Answer = bytes | Callable[[socket.socket], None]


def status(code: int, extra: str = "", body: bytes = b"") -> bytes:
    """An answer with this status."""
    return f"HTTP/1.1 {code} Said\r\nContent-Length: {len(body)}\r\n{extra}\r\n".encode() + body


OK = status(200)


@dataclass(frozen=True)
class Request:
    """One request as it came in."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        """What its body says."""
        return dict(json.loads(self.body))

    def is_signed_with(self, secret: str) -> bool:
        """As a receiver's library checks it, from the secret as it was shown."""
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + self.body
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return f"v1,{expected}" in self.headers["webhook-signature"].split(" ")


@dataclass
class Receiver:
    """`with Receiver() as there: there.url`; each request takes the next answer, the last one again and again."""

    answers: list[Answer] = field(default_factory=lambda: [OK])
    tls: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._heard = threading.Condition()
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._listener.close()

    @property
    def url(self) -> str:
        """Where it wants to be told."""
        return f"{'https' if self.tls else 'http'}://localhost:{self.port}/hook"

    def wait_for(self, count: int) -> list[Request]:
        """The requests, once there are so many."""
        with self._heard:
            assert self._heard.wait_for(lambda: len(self.requests) >= count, SECONDS), self.requests
        return self.requests

    def _serve(self) -> None:
        while True:
            try:
                line, _where = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._hear, args=[line], daemon=True).start()

    def _hear(self, line: socket.socket) -> None:
        line.settimeout(SECONDS)
        try:
            line = self.tls.wrap_socket(line, server_side=True) if self.tls else line
            request = _read(line)
            with self._heard:
                answer = self.answers[min(len(self.requests), len(self.answers) - 1)]
                self.requests.append(request)
                self._heard.notify_all()
            line.sendall(answer) if isinstance(answer, bytes) else answer(line)
        except OSError:
            pass  # the caller had enough, which is what some tests are about
        finally:
            line.close()


def _read(line: socket.socket) -> Request:
    head = b""
    while b"\r\n\r\n" not in head:
        piece = line.recv(4096)
        if not piece:
            raise ConnectionError
        head += piece
    top, _, body = head.partition(b"\r\n\r\n")
    first, *rest = top.decode().split("\r\n")
    headers = {name.lower(): value for name, value in (one.split(": ", 1) for one in rest)}
    while len(body) < int(headers["content-length"]):
        body += line.recv(4096)
    return Request(first, headers, body)
