"""Whether a name can be reached from outside: there DEBUG, with its sign-in by one click, must never run. Pure."""

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

# Names that no public DNS answers for (RFC 6761, 6762, 8375, and .internal).
PRIVATE_ENDINGS = (".localhost", ".local", ".test", ".internal", ".lan", ".home.arpa")


def public_names(hosts: Iterable[str], origins: Iterable[str]) -> list[str]:
    """Those of the hosts and of the origins' hosts that lie open to the world."""
    names = {*hosts, *(urlsplit(origin).hostname or origin for origin in origins)}
    return sorted(name for name in names if is_public(name))


def is_public(host: str) -> bool:
    """Whether strangers may come by this name: not this machine, a private address, or a name without a dot."""
    name = host.strip("[]").lower().rstrip(".")
    try:
        return not ipaddress.ip_address(name).is_private
    except ValueError:
        return name == "*" or ("." in name and not name.endswith(PRIVATE_ENDINGS))
