"""Crossref's client against the local Crossref: one answer for each DOI, in few requests."""

import json
import re
from urllib.parse import unquote

import pytest

from doubles.crossref import Limit, LocalCrossref
from doubles.records import synthetic_works, update, with_notices, work
from doubles.transport import FunctionTransport, reply, session_of
from livingreview.registries.client import Client, Patience
from livingreview.registries.crossref import (
    ODD_SIGNS,
    ask_dois,
    ask_searches,
    ask_updates,
    kept,
)

HASTE = Patience(first_wait=0.001, connect=1.0, read=2.0, whole=5.0, courtesy=0.0)
FAST = {
    pool: Limit(1_000_000, at_once=3)
    for pool in ("public-single", "public-array", "polite-single", "polite-array")
}


def asked(registry, ask, values, mailto=""):
    """The lines for the values, by the value asked for."""
    client = Client(registry.address, mailto, patience=HASTE)
    with client.session:
        lines = list(ask(client, values))
    found = {next(iter(line["_query"].values())): line for line in lines}
    assert len(found) == len(lines)
    return found


def line(query, outcome, **record):
    return {"_source": "crossref", "_query": query, "_outcome": outcome, **record}


WORKS = [
    work("10.1000/a", "First work"),
    work("10.1000/b", "Second work"),
    work("10.1000/new", "Moved work"),
    work("10.1000/newer", "Also moved"),
    work("10.1000/odd,1:2", "Odd work"),
    work("10.1002/(sici)1097-0142(19960101)77:1<1::aid-cncr1>3.0.co;2-#", "Very odd work"),
    work("10.1000/ends/", "Ends with a slash"),
    work("10.1000/100%", "All of them"),
]


@pytest.fixture
def crossref():
    aliases = {"10.1000/old": "10.1000/new", "10.1000/older": "10.1000/newer"}
    with LocalCrossref(WORKS, aliases=aliases, limits=FAST) as registry:
        yield registry


def test_found_absent_moved_and_odd_dois_are_told_apart(crossref):
    held = {one["DOI"]: one for one in WORKS}
    wanted = [one["DOI"] for one in WORKS if "new" not in one["DOI"]]
    moved = {"10.1000/old": "10.1000/new", "10.1000/older": "10.1000/newer"}
    found = asked(crossref, ask_dois, [*wanted, *moved, "10.1000/none"])
    assert found == {
        **{doi: line({"doi": doi}, "found", **kept(held[doi])) for doi in wanted},
        **{old: line({"doi": old}, "found", **kept(held[new])) for old, new in moved.items()},
        "10.1000/none": line({"doi": "10.1000/none"}, "not-found"),
    }
    assert crossref.lists == 1
    assert max(crossref.asked.values()) == 2  # listed, and then alone: the aliases and the absent


@pytest.mark.parametrize("mailto", ["", "someone@example.org"])
def test_who_asks_is_said_twice_or_not_at_all(crossref, mailto):
    asked(crossref, ask_dois, ["10.1000/a", "10.1000/odd,1:2"], mailto)
    for request in crossref.requests:
        assert request.query.get("mailto", "") == mailto
        assert ("mailto:" in request.headers["user-agent"]) is bool(mailto)


def test_600_dois_take_four_lists_and_no_more():
    works = synthetic_works(600)
    with LocalCrossref(works, limits=FAST) as registry:
        found = asked(registry, ask_dois, [one["DOI"] for one in works], "someone@example.org")
    assert {doi: answer["_outcome"] for doi, answer in found.items()} == {
        one["DOI"]: "found" for one in works
    }
    assert (registry.lists, registry.singles) == (4, 0)
    assert set(registry.asked.values()) == {1}


@pytest.mark.parametrize("longest_line", [4096, 1500])
def test_a_shorter_address_is_learnt_and_nothing_is_lost(longest_line):
    works = synthetic_works(200)
    with LocalCrossref(works, limits=FAST, longest_line=longest_line) as registry:
        found = asked(registry, ask_dois, [one["DOI"] for one in works])
    assert all(answer["_outcome"] == "found" for answer in found.values())
    assert len(found) == 200
    needed = sum(len(f"doi:{one['DOI']},") for one in works) / longest_line
    # Halving leaves addresses at least half full; few are refused before the length is learnt.
    assert registry.statuses[414] <= 8
    assert registry.statuses[200] <= 3 * needed + 2
    assert registry.singles == 0


def test_one_malformed_doi_spoils_no_list(crossref):
    found = asked(crossref, ask_dois, ["10.1000/a", "nonsense", "10.1000/b"])
    assert {doi: answer["_outcome"] for doi, answer in found.items()} == {
        "10.1000/a": "found",
        "10.1000/b": "found",
        "nonsense": "not-found",
    }


def test_notices_are_asked_for_in_lists():
    works = [*WORKS, work("10.1000/notice", "Correction to: First work")]
    works[-1]["update-to"] = [update("10.1000/A", "correction", (2021, 5, 1))]
    with LocalCrossref(with_notices(works), limits=FAST) as registry:
        found = asked(registry, ask_updates, ["10.1000/a", "10.1000/b", "10.1000/odd,1:2"])
        assert registry.lists == 1
    assert found["10.1000/b"] == line({"updates": "10.1000/b"}, "not-found")
    assert set(found) == {"10.1000/a", "10.1000/b"}
    [notice] = found["10.1000/a"]["items"]
    assert notice["DOI"] == "10.1000/notice"
    assert [(one["DOI"].lower(), one["type"]) for one in notice["update-to"]] == [
        ("10.1000/a", "correction")
    ]


def test_searches_give_candidates_in_the_registrys_order(crossref):
    texts = ["First work", "肺癌 安罗替尼", "odd"]
    found = asked(crossref, ask_searches, texts)
    assert set(found) == set(texts)
    assert found["First work"]["items"][0]["DOI"] == "10.1000/a"
    assert all("score" not in item for item in found["First work"]["items"])
    assert len(crossref.requests) == 3


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        pytest.param(404, b"Resource not found.", line({"doi": "10.1/x"}, "not-found"), id="404"),
        pytest.param(
            404,
            b"<html>no such page</html>",
            line({"doi": "10.1/x"}, "failed", _reason="HTTP 404, not in the registry's words"),
            id="a page is not the registry's word",
        ),
        pytest.param(
            200,
            b'{"message": {"DOI": "10.1/y"}}',
            line({"doi": "10.1/x"}, "failed", _reason="the answer is about another DOI"),
            id="another DOI without a redirect",
        ),
        pytest.param(
            200,
            b'{"message": {"title": ["x"]}}',
            line({"doi": "10.1/x"}, "failed", _reason="the answer holds no DOI"),
            id="no DOI",
        ),
        pytest.param(
            200,
            b"[]",
            line({"doi": "10.1/x"}, "failed", _reason="the answer is not a Crossref message"),
            id="no message",
        ),
        pytest.param(
            200,
            b"{",
            line({"doi": "10.1/x"}, "failed", _reason="the answer is not JSON"),
            id="no JSON",
        ),
        pytest.param(
            403,
            b"",
            line({"doi": "10.1/x"}, "failed", _reason="refuses to answer (HTTP 403)"),
            id="forbidden",
        ),
        pytest.param(
            418, b"", line({"doi": "10.1/x"}, "failed", _reason="HTTP 418"), id="another status"
        ),
    ],
)
def test_what_a_single_answer_is_worth(status, body, expected):
    odd = "10.1/x"

    # A list is refused, so that the DOI is asked for alone.
    def respond(request):
        return reply(400) if "filter=" in request.url else reply(status, body)

    transport = FunctionTransport(respond)
    client = Client("https://api.example.org", session=session_of(transport), patience=HASTE)
    assert list(ask_dois(client, [odd])) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'{"message": {"items": [{"DOI": "10.1/z"}]}}', id="about other DOIs"),
        pytest.param(b'{"message": {"items": [], "total-results": 2}}', id="not whole"),
        pytest.param(b'{"message": {"items": null}}', id="no list"),
        pytest.param(b'{"message": {"items": [{"DOI": "\xed\xa0\x80"}]}}', id="half a pair"),
        pytest.param(b'{"message": {"items": [{"DOI": 5}]}}', id="a DOI that is a number"),
    ],
)
def test_lists_that_answer_another_question_are_asked_for_one_by_one(body):
    def respond(request):
        listed = "filter=" in request.url
        return reply(200, body) if listed else reply(404, b"Resource not found.")

    transport = FunctionTransport(respond)
    client = Client("https://api.example.org", session=session_of(transport), patience=HASTE)
    found = sorted(ask_dois(client, ["10.1/x", "10.1/y"]), key=str)
    assert found == [line({"doi": doi}, "not-found") for doi in ("10.1/x", "10.1/y")]


POISON = [
    pytest.param(
        reply(200, b'{"message": {"DOI": "10.1/other", "items": [{"DOI": "10.1/o"}]}}'),
        "the answer is about another DOI",
        id="another work",
    ),
    pytest.param(reply(200, b'{"message": {"x": NaN}}'), "the answer is not JSON", id="no JSON"),
    pytest.param(reply(500, b"<html>"), "HTTP 500", id="the server stumbles"),
    pytest.param(reply(422, b"{}"), "HTTP 422", id="another status"),
]


@pytest.mark.parametrize(("answer", "reason"), POISON)
@pytest.mark.parametrize("place", [0, 17, 59])
def test_one_record_that_cannot_be_read_costs_no_other(answer, reason, place):
    works = synthetic_works(60)
    odd = works[place]["DOI"]

    def respond(request):
        address = unquote(request.url)
        if odd in address:
            return reply(answer.status_code, answer.raw._fp.getvalue())
        if "filter=" not in address:
            return reply(404, b"Resource not found.")
        asked = re.findall(r"doi:([^,&]+)", address)
        items = [one for one in works if one["DOI"] in asked]
        return reply(200, json.dumps({"message": {"items": items}}).encode())

    transport = FunctionTransport(respond)
    client = Client("https://api.example.org", session=session_of(transport), patience=HASTE)
    found = {one["_query"]["doi"]: one for one in ask_dois(client, [w["DOI"] for w in works])}
    assert len(found) == 60
    assert {doi for doi, one in found.items() if one["_outcome"] != "found"} == {odd}
    assert found[odd] == line({"doi": odd}, "failed", _reason=reason)


def test_notices_of_a_doi_with_a_stop_at_its_end():
    notice = {"DOI": "10.1/n", "update-to": [{"DOI": "10.1000/abc.", "type": "correction"}]}
    body = json.dumps({"message": {"items": [notice]}}).encode()
    transport = FunctionTransport(lambda _: reply(200, body))
    client = Client("https://api.example.org", session=session_of(transport), patience=HASTE)
    [found] = ask_updates(client, ["10.1000/abc."])
    assert found == line({"updates": "10.1000/abc."}, "found", items=[notice])


def test_a_record_is_the_same_however_it_was_asked_for():
    single = {
        "DOI": "10.1000/a",
        "title": ["A"],
        "subtitle": [],
        "relation": {},
        "score": 1,
        "is-referenced-by-count": 7,
        "reference": [{"key": "1"}],
        "author": [{"family": "Li", "given": "M", "affiliation": [], "ORCID": "x"}, "noise"],
    }
    listed = {name: value for name, value in single.items() if value not in ([], {})}
    assert (
        kept(single)
        == kept(listed)
        == {
            "DOI": "10.1000/a",
            "title": ["A"],
            "author": [{"family": "Li", "given": "M"}],
        }
    )


def test_odd_signs_are_those_that_filters_and_addresses_use():
    assert frozenset(",:<>#;?%&+") <= ODD_SIGNS
    assert not ODD_SIGNS & set("10.1016/s0140-6736(97)11096-0")
