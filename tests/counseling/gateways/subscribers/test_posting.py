"""One request to a receiver: what it carries, what is read of the answer, and everything that can go wrong."""

import base64
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import LazySettings

from counseling.gateways.subscribers import posting, signing
from counseling.machines import Heard
from tests.receivers import OK, Receiver, status
from tests.servers import free_port

BODY = '{"type":"ping","data":{"program":"女性"}}'.encode()


@pytest.fixture(autouse=True)
def at_home(settings: LazySettings) -> None:
    settings.DEBUG = True


def post(url: str, seconds: float = 5.0) -> Heard:
    return posting.post(url, {"webhook-id": "msg_1"}, BODY, seconds=seconds)


def test_a_request_is_whole_and_plain() -> None:
    with Receiver() as there:
        assert post(there.url + "/a?b=c") == Heard(200)
        (request,) = there.requests
    assert request.line == "POST /hook/a?b=c HTTP/1.1"
    assert request.body == BODY
    assert request.headers == {
        "host": f"localhost:{there.port}",
        "user-agent": "Madoguchi",
        "content-type": "application/json",
        "content-length": str(len(BODY)),
        "connection": "close",
        "webhook-id": "msg_1",
    }


@pytest.mark.parametrize("code", [200, 201, 202, 204, 299])
def test_every_2xx_says_it_was_taken(code: int) -> None:
    with Receiver([status(code)]) as there:
        assert post(there.url).is_taken


@pytest.mark.parametrize("code", [300, 301, 307, 400, 401, 404, 410, 429, 500, 503])
def test_nothing_else_does(code: int) -> None:
    with Receiver([status(code)]) as there:
        heard = post(there.url)
    assert (heard.status, heard.is_taken, heard.wants_no_more) == (code, False, code == 410)


def test_a_redirect_is_not_followed() -> None:
    with Receiver() as elsewhere, Receiver([status(307, f"Location: {elsewhere.url}\r\n")]) as there:
        assert post(there.url) == Heard(307)
        assert elsewhere.requests == []


def test_an_answer_that_only_says_that_one_is_coming_is_waited_out() -> None:
    with Receiver([b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n" + OK]) as there:
        assert post(there.url) == Heard(200)


@pytest.mark.parametrize(
    ("answer", "heard"),
    [
        (b"HTTP/1.0 200\r\n\r\n", Heard(200)),
        (b"HTTP/1.1 204 \r\n\r\n", Heard(204)),
        (b"", Heard(problem="no_answer")),
        (b"HTTP/1.1 2", Heard(problem="not_http")),
        (b"SSH-2.0-OpenSSH_9.6\r\n", Heard(problem="not_http")),
        (b"HTTP/2 200\r\n\r\n", Heard(problem="not_http")),
        (b"HTTP/1.1 999 Odd\r\n\r\n", Heard(problem="not_http")),
        (b"HTTP/1.1 200OK\r\n\r\n", Heard(problem="not_http")),
        (b"\x00\xff\r\n", Heard(problem="not_http")),
        (b"x" * 40_000, Heard(problem="not_http")),
        (b"HTTP/1.1 102 Soon\r\n\r\n" * 2_000, Heard(problem="no_answer")),
    ],
)
def test_strange_answers_are_told_apart(answer: bytes, heard: Heard) -> None:
    with Receiver([answer]) as there:
        assert post(there.url) == heard


def test_a_large_answer_is_not_read_to_its_end() -> None:
    with Receiver([OK[:-2] + b"\r\n" + b"x" * 50_000_000]) as there:
        begun = time.monotonic()
        assert post(there.url) == Heard(200)
        assert time.monotonic() - begun < 3


def silent(line: socket.socket) -> None:
    line.recv(1)


def dripping(line: socket.socket) -> None:
    for piece in b"HTTP/1.1 200 OK with a very long sentence that never ends" * 100:
        line.sendall(bytes([piece]))
        time.sleep(0.05)


def endless(line: socket.socket) -> None:
    line.sendall(OK)
    while True:
        line.sendall(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize("answer", [silent, dripping])
def test_who_answers_too_slowly_is_left(answer: object) -> None:
    with Receiver([answer]) as there:  # type: ignore[list-item]
        begun = time.monotonic()
        assert post(there.url, seconds=0.5) == Heard(problem="timeout")
        assert time.monotonic() - begun < 2


def test_who_goes_on_talking_after_the_answer_is_left() -> None:
    with Receiver([endless]) as there:
        begun = time.monotonic()
        assert post(there.url) == Heard(200)
        assert time.monotonic() - begun < 4


def test_where_nobody_listens_there_is_no_answer() -> None:
    assert post(f"http://127.0.0.1:{free_port()}/") == Heard(problem="no_answer")


def test_a_name_that_stands_for_nothing_is_unknown() -> None:
    assert post("http://nobody.invalid/") == Heard(problem="unknown_host")


def test_what_may_not_be_called_is_not_even_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise AssertionError("looked up")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    for url in ("http://10.0.0.1/", "https://169.254.169.254/", "ftp://example.jp/", "https://[fd00::1]/"):
        assert post(url) == Heard(problem="address")


Looked = list[tuple[object, ...]]


def standing_for(*addresses: str) -> Looked:
    kinds = {address: socket.AF_INET6 if ":" in address else socket.AF_INET for address in addresses}
    return [(kinds[address], socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.1.2.3"], ["::1"], ["169.254.169.254"], ["8.8.8.8", "192.168.1.1"], ["::ffff:127.0.0.1"], []],
)
def test_in_production_a_name_that_stands_for_something_inside_is_not_called(
    addresses: list[str], settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = False
    called: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: standing_for(*addresses))
    monkeypatch.setattr(socket, "create_connection", lambda *where, **_: called.append(where))
    assert post("https://rebound.example.jp/") == Heard(problem="address")
    assert called == []


def test_the_address_that_was_asked_about_is_the_one_that_is_called(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = False
    called: list[object] = []

    def connect(where: object, timeout: float) -> None:
        called.append(where)
        raise ConnectionRefusedError

    looked_up = iter([standing_for("8.8.8.8", "2606:4700::1111", "1.1.1.1")])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: next(looked_up))
    monkeypatch.setattr(socket, "create_connection", connect)
    assert post("https://example.jp:8443/") == Heard(problem="no_answer")
    assert called == [("8.8.8.8", 8443), ("2606:4700::1111", 8443)]


def test_in_production_nothing_goes_out_in_the_clear(settings: LazySettings) -> None:
    settings.DEBUG = False
    with Receiver() as there:
        assert post(there.url) == Heard(problem="address")
        assert there.requests == []


@pytest.fixture
def certificate(tmp_path: Path) -> Iterator[Path]:
    """A certificate of our own for localhost, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.2"))]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "both.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    posting.context.cache_clear()
    yield path
    posting.context.cache_clear()


def guarded(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_certificate_nobody_vouches_for_is_refused(certificate: Path) -> None:
    with Receiver(tls=guarded(certificate)) as there:
        assert post(there.url) == Heard(problem="certificate")
        assert there.requests == []


def test_with_a_trusted_certificate_it_goes_out_sealed(certificate: Path) -> None:
    posting.context().load_verify_locations(certificate)
    with Receiver(tls=guarded(certificate)) as there:
        assert post(there.url) == Heard(200)
        assert there.requests[0].headers["host"] == f"localhost:{there.port}"


def test_a_certificate_for_another_name_is_refused(certificate: Path) -> None:
    posting.context().load_verify_locations(certificate)
    with Receiver(tls=guarded(certificate)) as there:
        assert post(f"https://127.0.0.1:{there.port}/") == Heard(problem="certificate")


def test_a_receiver_that_never_finishes_its_handshake_is_left(certificate: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        begun = time.monotonic()
        heard = post(f"https://localhost:{listener.getsockname()[1]}/", seconds=0.5)
    assert heard == Heard(problem="timeout")
    assert time.monotonic() - begun < 2


def test_a_known_message_has_the_known_signature() -> None:
    """The example of the Standard Webhooks specification."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signed = signing.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", secret, 1_614_265_330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_headers_name_the_message_and_the_second() -> None:
    told = signing.headers(UUID(int=7), b"\x01" * 32, 1_700_000_000, b"body")
    assert told["webhook-id"] == "msg_00000000000000000000000000000007"
    assert told["webhook-timestamp"] == "1700000000"
    assert told == signing.headers(UUID(int=7), b"\x01" * 32, 1_700_000_000, b"body")


@pytest.mark.parametrize(
    "other",
    [
        (UUID(int=8), b"\x01" * 32, 1, b"body"),
        (UUID(int=7), b"\x02" * 32, 1, b"body"),
        (UUID(int=7), b"\x01" * 32, 2, b"body"),
        (UUID(int=7), b"\x01" * 32, 1, b"body "),
    ],
)
def test_anything_else_has_another(other: tuple[UUID, bytes, int, bytes]) -> None:
    one = signing.headers(UUID(int=7), b"\x01" * 32, 1, b"body")
    assert signing.headers(*other)["webhook-signature"] != one["webhook-signature"]
