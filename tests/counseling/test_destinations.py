"""Where notifications may go: HTTPS to the open internet, and nowhere inside."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.destinations import Destination, Unacceptable, destination_of, is_open

INSIDE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255",  # noqa: S104
    "192.168.0.1", "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "fe80::1", "fc00::1",
    "fd12:3456::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::1", "2002:a00:1::", "2001::1",
    "2001:db8::1", "fec0::1", "100::1", "fe80::1%eth0", "", "nonsense", "1", "0x7f000001", "2130706433", "127.1",
]  # fmt: skip
OUTSIDE = ["8.8.8.8", "1.1.1.1", "93.184.216.34", "203.104.209.7", "2606:4700::1111", "2400:cb00::1", "240b:10::1"]


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_is_not_called(address: str) -> None:
    assert not is_open(address, at_home=False)


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_is_outside_is(address: str) -> None:
    assert is_open(address, at_home=False)
    assert is_open(address, at_home=True)


def test_on_a_developers_machine_it_may_call_itself_and_nothing_else_inside() -> None:
    own = [address for address in INSIDE if is_open(address, at_home=True)]
    assert own == ["127.0.0.1", "127.255.255.254", "::1"]


@given(st.ip_addresses(v=4))
def test_no_private_address_is_ever_open(address: ipaddress.IPv4Address) -> None:
    inside = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    inside = inside or address.is_reserved or address.is_unspecified
    assert is_open(str(address), at_home=False) <= (not inside)
    assert not is_open(f"::ffff:{address}", at_home=False)
    assert not is_open(f"64:ff9b::{address}", at_home=False)


@pytest.mark.parametrize(
    ("url", "expected", "authority"),
    [
        ("https://example.jp", Destination(True, "example.jp", 443, "/"), "example.jp"),
        ("https://example.jp:443/a", Destination(True, "example.jp", 443, "/a"), "example.jp"),
        (
            "https://Example.JP:8443/a/b?c=d%20e",
            Destination(True, "example.jp", 8443, "/a/b?c=d%20e"),
            "example.jp:8443",
        ),
        ("https://[2606:4700::1111]/", Destination(True, "2606:4700::1111", 443, "/"), "[2606:4700::1111]"),
        ("https://8.8.8.8:444/?x", Destination(True, "8.8.8.8", 444, "/?x"), "8.8.8.8:444"),
    ],
)
def test_an_address_is_taken_apart(url: str, expected: Destination, authority: str) -> None:
    found = destination_of(url, at_home=False)
    assert found == expected
    assert found.authority == authority


REFUSED = {
    "http://example.jp/": "not_https",
    "https://user:pass@example.jp/": "has_account",
    "https://user@example.jp/": "has_account",
    "https://@example.jp/": "has_account",
    "https://example.jp@127.0.0.1/": "has_account",
    "https://127.0.0.1/": "not_open",
    "https://[::1]/": "not_open",
    "https://[::ffff:10.0.0.1]/": "not_open",
    "https://169.254.169.254/latest/meta-data/": "not_open",
    "https://localhost/": "not_open",
    "https://LOCALHOST/": "not_open",
    "https://db.internal/": "not_open",
    "https://printer.local/": "not_open",
    "https://a.localhost:8443/": "not_open",
    "": "not_an_address",
    "example.jp": "not_an_address",
    "//example.jp/": "not_an_address",
    "https://": "not_an_address",
    "https:///path": "not_an_address",
    "https://example.jp/#part": "not_an_address",
    "https://example.jp:0/": "not_an_address",
    "https://example.jp:99999/": "not_an_address",
    "https://example.jp:x/": "not_an_address",
    "https://exa mple.jp/": "not_an_address",
    "https://example.jp/\r\nX: y": "not_an_address",
    "https://example.jp\\@127.0.0.1/": "not_an_address",
    "https://例え.jp/": "not_an_address",
    "https://[::1/": "not_an_address",
    "https://%31%32%37.0.0.1/": "not_an_address",
    "ftp://example.jp/": "not_an_address",
    "file:///etc/passwd": "not_an_address",
    "gopher://example.jp/": "not_an_address",
    "javascript:alert(1)": "not_an_address",
    "https://example.jp/" + "a" * 500: "not_an_address",
}


@pytest.mark.parametrize(("url", "code"), REFUSED.items(), ids=[repr(url)[:40] for url in REFUSED])
def test_other_addresses_are_refused(url: str, code: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        destination_of(url, at_home=False)
    assert refused.value.code == code


def test_a_developers_machine_may_tell_itself_without_tls() -> None:
    assert destination_of("http://127.0.0.1:9000/hook", at_home=True) == Destination(False, "127.0.0.1", 9000, "/hook")
    assert destination_of("http://localhost:9000/", at_home=True).host == "localhost"
    with pytest.raises(Unacceptable, match="not_open"):
        destination_of("http://10.0.0.1/", at_home=True)


@given(st.text(max_size=60))
def test_any_text_is_taken_or_refused(text: str) -> None:
    for url in (text, f"https://{text}", f"https://example.jp/{text}"):
        try:
            found = destination_of(url, at_home=False)
        except Unacceptable:
            continue
        assert found.is_secure
        assert found.path.isascii()
        assert not set(found.path + found.host) & set(" \r\n\\")
