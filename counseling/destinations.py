"""Where notifications may be sent: HTTPS, and addresses of the open internet alone. Pure: no Django, no network.

Whoever may write an address here must not reach, through our worker, what only our own machines reach (SSRF): the name
is looked up at every sending, and each address it stands for is asked about before it is called.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Literal
from urllib.parse import urlsplit

LONGEST = 500
PORTS = {"https": 443, "http": 80}
PRINTABLE = re.compile(r"[!-~]+")
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
# The only part of IPv6 that is routed on the internet (RFC 4291); what carries an IPv4 address inside is not for us.
ROUTED = IPv6Network("2000::/3")
PROTOCOLS = IPv6Network("2001::/23")

Code = Literal["not_an_address", "not_https", "has_account", "not_open"]


class Unacceptable(ValueError):
    """Nothing may be sent there; `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Destination:
    """An address in its parts; `path` has the query with it."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS["https" if self.is_secure else "http"] else f"{host}:{self.port}"


def destination_of(url: str, *, at_home: bool) -> Destination:
    """The parts of `url`; `at_home` (a developer's machine) allows plain HTTP and this machine. Raises Unacceptable."""
    try:
        parts = urlsplit(url) if len(url) <= LONGEST and PRINTABLE.fullmatch(url) and "\\" not in url else None
        port = parts.port if parts else None
    except ValueError:
        parts = port = None
    if parts is None or parts.scheme not in PORTS or not parts.hostname or parts.fragment or port == 0:
        raise Unacceptable("not_an_address")
    if "@" in parts.netloc:
        raise Unacceptable("has_account")
    if not HOST.fullmatch(parts.netloc.removesuffix(f":{port}")):
        raise Unacceptable("not_an_address")
    if parts.scheme != "https" and not at_home:
        raise Unacceptable("not_https")
    if is_inside(parts.hostname, at_home=at_home):
        raise Unacceptable("not_open")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Destination(parts.scheme == "https", parts.hostname, port or PORTS[parts.scheme], path)


def is_inside(host: str, *, at_home: bool) -> bool:
    """Whether the name itself says that it is not of the open internet; what it is looked up as is asked later."""
    try:
        ip_address(host)
    except ValueError:
        own = host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
        return own and not (at_home and host == "localhost")
    return not is_open(host, at_home=at_home)


def is_open(address: str, *, at_home: bool) -> bool:
    """Whether an IP address may be called: a unicast one of the open internet; `at_home` also this machine."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if at_home and ip.is_loopback:
        return True
    match ip:
        case IPv4Address():
            return ip.is_global and not ip.is_multicast
        case IPv6Address():
            return ip.is_global and ip in ROUTED and ip not in PROTOCOLS and ip.sixtofour is None
