"""Where requests may lead."""

import pytest

from livingreview.registries.guard import is_public, origin, refusal

ADDRESSES = {
    "www.example.org": ["93.184.216.34"],
    "inside.example.org": ["10.0.0.7"],
    "both.example.org": ["93.184.216.34", "127.0.0.1"],
    "nowhere.example.org": [],
}
SERVICE = {"http://127.0.0.1:8000", "https://api.crossref.org:443"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://www.example.org/a", None, id="public"),
        pytest.param("http://www.example.org:8080/a", None, id="public, another port"),
        pytest.param("https://nowhere.example.org/", None, id="no address: the request will say"),
        pytest.param("http://127.0.0.1:8000/works", None, id="a configured service, loopback"),
        pytest.param("https://api.crossref.org/works", None, id="a configured service"),
        pytest.param(
            "http://127.0.0.1:8001/", "leads into a private network", id="loopback, other port"
        ),
        pytest.param("http://inside.example.org/", "leads into a private network", id="by name"),
        pytest.param(
            "http://both.example.org/", "leads into a private network", id="one private of two"
        ),
        pytest.param("http://[::1]/", "leads into a private network", id="IPv6 loopback"),
        pytest.param("ftp://www.example.org/", "is no http(s) address", id="ftp"),
        pytest.param("file:///etc/passwd", "is no http(s) address", id="file"),
        pytest.param("https:///path", "is no http(s) address", id="no host"),
        pytest.param("http://[bad/", "is no web address", id="no address at all"),
        pytest.param("http://host:port/", "is no web address", id="a port in words"),
    ],
)
def test_what_may_be_asked(url, expected):
    def resolve(host, port):
        return ADDRESSES.get(host, [host])

    assert refusal(url, SERVICE, resolve) == expected


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("64:ff9b:1::7f00:1", False),
        ("fec0::1", False),
        ("::7f00:1", False),
        ("::ffff:0:127.0.0.1", False),
        ("5f00::1", False),
        ("192.0.0.8", False),
        ("::ffff:224.0.0.1", False),
        ("not an address", False),
    ],
)
def test_public_addresses(address, public):
    assert is_public(address) is public


def test_numbers_that_are_hosts_are_resolved_as_such():
    assert refusal("http://2130706433/", set()) == "leads into a private network"


def test_origin():
    assert origin("https://api.crossref.org/v1?x=1") == "https://api.crossref.org:443"
    assert origin("http://127.0.0.1:8000/") == "http://127.0.0.1:8000"
    assert origin("mailto:a@example.org") == ""
    assert origin("http://host:port/") == ""
