"""The registries that a configuration names, and how far long work says it has come."""

import pytest

from livingreview.errors import InputError
from livingreview.progress import with_progress
from livingreview.registries.services import open_services

NOBODY = {
    "crossref": "",
    "europepmc": "",
    "doi": "",
    "datacite": "",
    "clinicaltrials": "",
    "web_pages": False,
    "mailto": "",
}


@pytest.mark.parametrize(
    "address",
    [
        "https://api.crossref.org",
        "http://127.0.0.1:8000",
        "HTTP://127.0.0.1:8000/v1/",
        "http://[::1]:8000",
        "https://user-defined.example.org/api",
    ],
)
def test_addresses_that_can_be_asked(address):
    services = open_services({**NOBODY, "crossref": address})
    assert services.crossref is not None
    assert services.europepmc is services.pages is None
    services.crossref.session.close()


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("ftp://example.org", "not an http(s) address"),
        ("example.org", "not an http(s) address"),
        ("http://", "not an http(s) address"),
        ("http://../", "not an http(s) address"),
        ("http://[::1", "not an http(s) address"),
        ("http://127.0.0.1:99999", "not an http(s) address"),
        ("http://exa mple.org", "not an http(s) address"),
        ("http://example.org?x=1", "has a query or a fragment"),
    ],
)
def test_addresses_that_cannot(address, problem):
    with pytest.raises(InputError, match=r"registries\.doi.*"):
        open_services({**NOBODY, "doi": address})
    with pytest.raises(InputError) as raised:
        open_services({**NOBODY, "doi": address})
    assert problem in str(raised.value)


@pytest.mark.parametrize(
    "mailto", ["nobody", "a@b", "a@b.org&x=1", "a b@c.org", "a@b@c.org", "张@example.cn"]
)
def test_a_mailto_that_is_no_address(mailto):
    with pytest.raises(InputError, match="not an e-mail address"):
        open_services({**NOBODY, "mailto": mailto})


def test_a_ca_bundle_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/such/bundle.pem")
    with pytest.raises(InputError, match="REQUESTS_CA_BUNDLE"):
        open_services(NOBODY)


def test_long_work_says_how_far_it_is_and_short_work_nothing(monkeypatch):
    told = []
    assert list(with_progress("abc", 3, "letters read", told.append)) == ["a", "b", "c"]
    assert told == []
    ticks = iter([0.0, 1.0, 2.5, 3.0, 5.0])
    monkeypatch.setattr("livingreview.progress.time.monotonic", lambda: next(ticks))
    assert list(with_progress("abcd", 4, "letters read", told.append)) == list("abcd")
    assert told == ["2 of 4 letters read", "4 of 4 letters read"]
