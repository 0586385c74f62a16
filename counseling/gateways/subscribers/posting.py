"""One HTTP request to a receiver, bounded in time, sent only to addresses of the open internet.

Written by hand, because the address that was asked about must be the one that is called: a name may stand for another
a moment later. Of the answer only the status is read; a redirect is an answer like any other and is not followed.
"""

import re
import socket
import ssl
import time
from functools import cache

from django.conf import settings

from counseling.destinations import Destination, Unacceptable, destination_of, is_open
from counseling.machines import Heard

STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})[ \r]")
LARGEST_HEAD = 16_384
PIECE = 4_096
# How much of an answer is let in, unread, before we leave.
PIECES_LET_IN = 16
SECONDS_LET_IN = 1.0
TRIED_ADDRESSES = 2


class NotHttp(Exception):
    """What answered does not speak HTTP/1."""


# What went wrong, the closest first.
PROBLEMS: dict[type[Exception], str] = {
    Unacceptable: "address",
    NotHttp: "not_http",
    socket.gaierror: "unknown_host",
    TimeoutError: "timeout",
    ssl.SSLError: "certificate",
    OSError: "no_answer",
}


def post(url: str, headers: dict[str, str], body: bytes, *, seconds: float) -> Heard:
    """Send `body` there within so many seconds; never raises for what happens on the way."""
    until = time.monotonic() + seconds
    try:
        place = destination_of(url, at_home=settings.DEBUG)
        with _connected(place, until) as line:
            _within(line, until)
            line.sendall(_request(place, headers, body))
            status = _status(line, until)
            _let_finish(line)
    except tuple(PROBLEMS) as error:
        return Heard(problem=next(code for kind, code in PROBLEMS.items() if isinstance(error, kind)))
    return Heard(status)


@cache
def context() -> ssl.SSLContext:
    """TLS 1.2 or newer, with the certificates this machine trusts."""
    made = ssl.create_default_context()
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.set_alpn_protocols(["http/1.1"])
    return made


def addresses_of(place: Destination) -> list[str]:
    """What the name stands for just now, as far as it may be called. Raises Unacceptable, socket.gaierror."""
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    every = list(dict.fromkeys(str(where[0]) for *_kind, where in found))
    # One that is inside among others outside is an attempt, or a mistake that would be ours to answer for.
    if not every or not all(is_open(address, at_home=settings.DEBUG) for address in every):
        raise Unacceptable("not_open")
    return every


def _connected(place: Destination, until: float) -> socket.socket:
    addresses = addresses_of(place)[:TRIED_ADDRESSES]
    for number, address in enumerate(addresses, start=1):
        left = until - time.monotonic()
        share = left / (len(addresses) - number + 1)
        try:
            line = socket.create_connection((address, place.port), timeout=max(share, 0.001))
        except OSError:
            if number == len(addresses):
                raise
            continue
        return _secured(line, place, until) if place.is_secure else line
    raise OSError


def _secured(line: socket.socket, place: Destination, until: float) -> socket.socket:
    _within(line, until)
    try:
        return context().wrap_socket(line, server_hostname=place.host)
    except OSError:
        line.close()
        raise


def _request(place: Destination, headers: dict[str, str], body: bytes) -> bytes:
    lines = {
        "Host": place.authority,
        "User-Agent": "Madoguchi",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **headers,
    }
    head = [f"POST {place.path} HTTP/1.1", *(f"{name}: {value}" for name, value in lines.items())]
    return "\r\n".join(head).encode("ascii") + b"\r\n\r\n" + body


def _within(line: socket.socket, until: float) -> None:
    """No single wait on this line lasts longer than what is left. Raises TimeoutError."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)


def _status(line: socket.socket, until: float) -> int:
    """The status of the answer, past those that only say that one is coming (1xx). Raises NotHttp, TimeoutError."""
    head = b""
    while len(head) <= LARGEST_HEAD:
        first, ended, _rest = head.partition(b"\r\n")
        if ended:
            found = STATUS.match(first + b"\r")
            if found is None:
                raise NotHttp
            if found[1] >= b"200":
                return int(found[1])
            _interim, complete, after = head.partition(b"\r\n\r\n")
            if complete:
                head = after
                continue
        _within(line, until)
        piece = line.recv(PIECE)
        if not piece:
            raise NotHttp if head else ConnectionError
        head += piece
    raise NotHttp


def _let_finish(line: socket.socket) -> None:
    """Let in a little of what follows, so that the other side is not cut off in the middle of its sentence."""
    line.settimeout(SECONDS_LET_IN)
    until = time.monotonic() + SECONDS_LET_IN
    try:
        for _piece in range(PIECES_LET_IN):
            if not line.recv(PIECE) or time.monotonic() > until:
                return
    except OSError:
        return
