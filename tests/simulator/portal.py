"""The portal's part in these tests: a server that records webhooks, a plain HTTP client, and the channel's settings."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

SECRET = "s3cret"
TOKEN = "t0ken"
CHANNEL = "1650000001"


class Portal(ThreadingHTTPServer):
    """Answers `status` after `delay` seconds and keeps bodies and headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Receiver)
        self.received: list[tuple[bytes, dict[str, str]]] = []
        self.statuses: list[int] = []
        self.delay = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/line/demo/webhook"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Listen in a thread of its own."""
        thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield
        self.shutdown()
        thread.join()
        self.server_close()

    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body, _ in self.received]

    def events(self) -> list[dict[str, Any]]:
        return [event for body in self.bodies() for event in body["events"]]


class Receiver(BaseHTTPRequestHandler):
    server: Portal

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((body, {name.lower(): value for name, value in self.headers.items()}))
        time.sleep(self.server.delay)
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Quiet."""


class Account:
    """The channel's side by plain HTTP, for what LINE's own client would not let through."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {TOKEN}"

    def push(self, user: str, *messages: Any, key: str | None = None, timeout: float = 5) -> requests.Response:
        headers = {} if key is None else {"X-Line-Retry-Key": key}
        body = {"to": user, "messages": list(messages)}
        return self.http.post(f"{self.url}/v2/bot/message/push", json=body, headers=headers, timeout=timeout)

    def reply(self, token: str, *messages: Any, headers: dict[str, str] | None = None) -> requests.Response:
        body = {"replyToken": token, "messages": list(messages)}
        return self.http.post(f"{self.url}/v2/bot/message/reply", json=body, headers=headers, timeout=5)

    def get(self, path: str) -> requests.Response:
        return self.http.get(self.url + path, timeout=5)

    def post(self, path: str, body: Any) -> requests.Response:
        return self.http.post(self.url + path, json=body, timeout=5)


def text(words: str) -> dict[str, str]:
    return {"type": "text", "text": words}


def is_signed(body: bytes, headers: dict[str, str], secret: str = SECRET) -> bool:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return headers.get("x-line-signature") == base64.b64encode(digest).decode()


def rich_menu(width: int, height: int, label: str, data: str) -> dict[str, Any]:
    """A rich menu of one area with a postback."""
    action = {"type": "postback", "label": label, "data": data}
    area = {"bounds": {"x": 0, "y": 0, "width": width, "height": height}, "action": action}
    size = {"width": width, "height": height}
    return {"size": size, "selected": True, "name": "窓口", "chatBarText": "メニュー", "areas": [area]}
