"""Refreshing the lock against a small double of Crossref over loopback."""

import json
import threading
from collections import Counter
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from livingreview.references.record import Reference
from livingreview.registries.crossref import batches, open_session
from livingreview.registries.refresh import Registry, refresh_lock, wanted_dois

TODAY = date(2026, 11, 22)
HELD = {
    "10.1000/a": {"DOI": "10.1000/a", "title": ["A"]},
    "10.1000/b": {"DOI": "10.1000/b", "title": ["B"]},
    "10.1000/odd,1:2": {"DOI": "10.1000/odd,1:2", "title": ["Odd"]},
    "10.1000/new": {"DOI": "10.1000/new", "title": ["Moved"]},
}
ALIASES = {"10.1000/old": "10.1000/new"}


class CrossrefDouble(BaseHTTPRequestHandler):
    """Lists and single records as Crossref's API gives them; faults where a test asks for one."""

    def do_GET(self):
        address = urlsplit(self.path)
        self.server.asked.append(self.path)
        if self.server.fault:
            return self.answer(503, b"<html>unavailable</html>", "text/html")
        doi = unquote(address.path.removeprefix("/works/"))
        if address.path == "/works":
            query = parse_qs(address.query)
            asked = [part.removeprefix("doi:") for part in query["filter"][0].split(",")]
            if any(not part.startswith("10.") for part in asked):
                return self.answer(400, b'{"status":"failed"}')
            items = [HELD[doi] for doi in asked if doi in HELD][: int(query["rows"][0])]
            return self.works({"items": items, "total-results": len(items)})
        if doi in ALIASES:
            self.send_response(301)
            self.send_header("Location", f"/works/{ALIASES[doi]}")
            self.send_header("Content-Length", "0")
            return self.end_headers()
        if doi in HELD:
            return self.works(HELD[doi])
        return self.answer(404, b"Resource not found.", "text/plain")

    def works(self, message):
        self.answer(200, json.dumps({"status": "ok", "message": message}).encode())

    def answer(self, status, body, kind="application/json"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def crossref():
    server = ThreadingHTTPServer(("127.0.0.1", 0), CrossrefDouble)
    server.asked, server.fault = [], False
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def registry(crossref):
    with open_session("someone@example.org") as session:
        for adapter in session.adapters.values():
            adapter.max_retries.total = 0
        yield Registry(f"http://127.0.0.1:{crossref.server_port}", "someone@example.org", session)


def references(*dois):
    return [
        Reference(key=f"k{number}", number=number, doi=doi)
        for number, doi in enumerate(dois, start=1)
    ]


def crossref_line(doi, outcome, retrieved="2026-11-22", **record):
    return {
        "_source": "crossref",
        "_query": {"doi": doi},
        "_outcome": outcome,
        "_retrieved": retrieved,
        **record,
    }


def refreshed(references, lock, registry):
    kept = []
    answers, outcomes = refresh_lock(
        references, lock, registry, TODAY, 30, kept.append, lambda line: None
    )
    assert not kept or kept[-1] == answers
    return answers, outcomes


def test_found_missing_moved_and_odd_dois_are_told_apart(crossref, registry):
    listed = references("10.1000/a", "10.1000/none", "10.1000/old", "10.1000/odd,1:2", None)
    answers, outcomes = refreshed(listed, [], registry)
    assert sorted(answers, key=lambda line: line["_query"]["doi"]) == [
        crossref_line("10.1000/a", "found", **HELD["10.1000/a"]),
        crossref_line("10.1000/none", "not-found"),
        crossref_line("10.1000/odd,1:2", "found", **HELD["10.1000/odd,1:2"]),
        crossref_line("10.1000/old", "found", **HELD["10.1000/new"]),
    ]
    assert outcomes == Counter({"found": 3, "not-found": 1})
    lists = [path for path in crossref.asked if path.startswith("/works?")]
    assert len(lists) == 1
    assert all("mailto=someone%40example.org" in path for path in crossref.asked if "old" in path)


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        pytest.param({"DOI": "10.1000/A"}, False, id="facts about the same DOI are replaced"),
        pytest.param({"DOI": "10.1000/c"}, True, id="facts about another work stay"),
        pytest.param({}, True, id="facts without a DOI stay"),
        pytest.param(
            {"DOI": "10.1000/a", "notices": [{"kind": "retraction"}]},
            True,
            id="a notice that the registry does not tell of stays",
        ),
    ],
)
def test_what_a_found_record_replaces(registry, facts, kept):
    page = {"_source": "page", "_query": {"for": "k1"}, "_outcome": "found", "_for": "k1"}
    page |= {"_retrieved": "2026-11-01", **facts}
    answers, _ = refreshed(references("10.1000/a"), [page], registry)
    assert answers == [
        *([page] if kept else []),
        crossref_line("10.1000/a", "found", **HELD["10.1000/a"]),
    ]


def test_an_outage_is_a_failure_and_never_replaces_an_answer(crossref, registry):
    crossref.fault = True
    old = crossref_line("10.1000/a", "found", "2020-01-01", **HELD["10.1000/a"])
    answers, outcomes = refreshed(references("10.1000/a", "10.1000/b"), [old], registry)
    assert answers == [old, crossref_line("10.1000/b", "failed", _reason="HTTP 503")]
    assert outcomes == Counter({"failed": 2})


@pytest.mark.parametrize(
    ("outcome", "retrieved", "asked"),
    [
        pytest.param("found", "2026-11-01", [], id="a young answer is not asked for again"),
        pytest.param("not-found", "2026-11-01", [], id="nor is a young 'not found'"),
        pytest.param("found", "2026-01-01", ["10.1000/a"], id="an old answer is"),
        pytest.param("failed", "2026-11-22", ["10.1000/a"], id="a failure is no answer"),
    ],
)
def test_what_is_asked(outcome, retrieved, asked):
    lock = [crossref_line("10.1000/a", outcome, retrieved)]
    listed = references("10.1000/a", "10.1000/a", None)
    assert wanted_dois(listed, lock, TODAY, 30) == asked


def test_batches_keep_to_the_address_length_and_set_odd_dois_apart():
    dois = [f"10.1000/{'x' * 100}{number}" for number in range(120)] + ["10.1000/a,b:c"]
    made = list(batches(dois))
    assert [doi for batch in made for doi in batch if "," not in doi] == dois[:-1]
    assert ["10.1000/a,b:c"] in made
    assert all(len("".join(batch)) < 4000 and len(batch) <= 50 for batch in made)
