"""A WebSocket client on a bare TCP connection, which can say what no library would let it say."""

import json
import socket
import time
from base64 import b64encode
from typing import Any

from tests.corpus import Case, wire

PATIENCE = 20.0
OPEN, CUT = 0, 1006
CLOSE, PONG = 0x8, 0xA
Headers = dict[str, list[str]]


def headers_of(case: Case, port: int, cookie: str) -> Headers:
    """The headers of a case's handshake; what it gives takes the place of ours."""
    ours = f"http://localhost:{port}"
    places = {"origin": ours, "scheme": "http", "host": "localhost", "port": str(port)}
    headers: Headers = {
        "Host": [f"localhost:{port}"],
        "Upgrade": ["websocket"],
        "Connection": ["Upgrade"],
        "Sec-WebSocket-Version": ["13"],
        "Sec-WebSocket-Key": ["AAAAAAAAAAAAAAAAAAAAAA=="],
        "Origin": [ours],
        "Cookie": [cookie],
    }
    if "origin" in case.handshake:
        origin = case.handshake["origin"]
        origins = origin if isinstance(origin, list) else [] if origin is None else [origin]
        headers["Origin"] = [one.format(**places) for one in origins]
    for name, value in case.handshake.get("headers", ()):
        headers[name] = [value]
    return headers


class RawLine:
    """One connection. `status` is how the handshake was answered."""

    def __init__(self, port: int, headers: Headers, pipelined: bytes = b"", receive_buffer: int = 0) -> None:
        self.tcp = socket.socket()
        self.tcp.settimeout(PATIENCE)
        if receive_buffer:
            self.tcp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.tcp.connect(("127.0.0.1", port))
        lines = [f"{name}: {value}" for name, values in headers.items() for value in values]
        request = "\r\n".join(["GET /ws/staff HTTP/1.1", *lines, "", ""])
        self.tcp.sendall(request.encode() + pipelined)
        self._read = b""
        while b"\r\n\r\n" not in self._read and self._more():
            pass
        head, _, self._read = self._read.partition(b"\r\n\r\n")
        self.status = int(head.split()[1]) if head else 0

    def _more(self) -> bool:
        try:
            found = self.tcp.recv(65_536)
        except ConnectionError:
            return False
        self._read += found
        return bool(found)

    def _frame(self) -> tuple[int, bytes] | None:
        """The next frame; None when the connection ends."""
        while True:
            if len(self._read) >= 2:
                length, start = self._read[1] & 0x7F, 2
                if length == 126 and len(self._read) >= 4:
                    length, start = int.from_bytes(self._read[2:4]), 4
                elif length == 127 and len(self._read) >= 10:
                    length, start = int.from_bytes(self._read[2:10]), 10
                elif length >= 126:
                    length = 2**62  # the rest of the length must come first
                if len(self._read) >= start + length:
                    opcode, payload = self._read[0] & 0x0F, self._read[start : start + length]
                    self._read = self._read[start + length :]
                    return opcode, payload
            if not self._more():
                return None

    def say(self, frame: dict[str, Any], per_second: float | None) -> None:
        """Send a frame as often as it says; stop when the server has hung up."""
        content, times = wire(frame), int(frame.get("times", 1))
        try:
            if per_second is None:
                self.tcp.sendall(content * times)
            else:
                for _again in range(times):
                    self.tcp.sendall(content)
                    time.sleep(1 / per_second)
        except (ConnectionError, TimeoutError):
            return

    def outcome(self, *, may_stay_open: bool) -> int:
        """How the line ended: a code, CUT, or OPEN when a ping is answered."""
        if may_stay_open:
            self.say({"opcode": 0x9, "payload": "c3RpbGw="}, None)
        while frame := self._frame():
            opcode, payload = frame
            if opcode == CLOSE:
                return int.from_bytes(payload[:2]) if payload else 1005
            if opcode == PONG and payload == b"still":
                return OPEN
        return CUT

    def say_json(self, value: object) -> None:
        """Say something as our own client does."""
        self.say({"opcode": 0x1, "payload": b64encode(json.dumps(value).encode()).decode()}, None)

    def first_word(self) -> dict[str, Any]:
        """What the server says unasked: its person's roles."""
        return self._told("roles")

    def wait_for_bytes(self) -> None:
        """Wait until the server has begun to tell something, and leave it unread."""
        self.tcp.recv(1, socket.MSG_PEEK)

    def ping_json(self) -> dict[str, Any]:
        """Ask as our own client does; the answer."""
        self.say_json({"type": "ping"})
        return self._told("pong")

    def _told(self, kind: str) -> dict[str, Any]:
        while frame := self._frame():
            told: dict[str, Any] = json.loads(frame[1]) if frame[0] == 1 else {}
            if told.get("type") == kind:
                return told
        raise ConnectionError

    def close(self) -> None:
        """Hang up."""
        self.tcp.close()
