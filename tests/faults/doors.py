"""Requests to a running daphne by hand: Haru's API, a visitor's page, LINE's webhook."""

import http.client
import json
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from counseling.gateways.line.signature import signature
from tests.counseling.gateways.line.posting import SECRET, URL, body_of

TOKEN = "t" * 32
NO_ANSWER = 0
SECONDS = 30.0


@dataclass(frozen=True)
class Answer:
    """What came back; status NO_ANSWER when nothing did."""

    status: int
    body: bytes = b""

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Doors:
    """The doors of one web process."""

    url: str
    login: str
    visit: str

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """One request on a line of its own."""
        place = urlsplit(self.url)
        with closing(http.client.HTTPConnection(place.hostname or "", place.port, timeout=SECONDS)) as line:
            try:
                line.request(method, path, body, {"Content-Type": "application/json"} | headers)
                response = line.getresponse()
                return Answer(response.status, response.read())
            except (OSError, http.client.HTTPException):
                return Answer(NO_ANSWER)

    def staff(self, method: str, path: str, wish: dict[str, Any] | None = None) -> Answer:
        """Haru asks the API."""
        headers = {"Cookie": f"login={self.login}; csrf={TOKEN}", "X-CSRFToken": TOKEN, "Origin": self.url}
        return self.ask(method, f"/api/{path}", json.dumps(wish or {}).encode(), **headers)

    def reply(self, session_id: int, client_id: UUID, text: str) -> Answer:
        """Haru answers."""
        return self.staff("POST", f"sessions/{session_id}/messages", {"client_id": str(client_id), "text": text})

    def visitor_says(self, client_id: UUID, text: str) -> Answer:
        """The visitor writes on the web."""
        body = json.dumps({"client_id": str(client_id), "text": text}).encode()
        headers = {"Cookie": f"visit={self.visit}; csrf={TOKEN}", "X-CSRFToken": TOKEN, "Origin": self.url}
        return self.ask("POST", "/talk/women/messages", body, **headers)

    def webhook(self, *events: object) -> Answer:
        """LINE's platform tells."""
        body = body_of(*events)
        return self.ask("POST", URL, body, **{"x-line-signature": signature(SECRET, body).decode()})
