"""The local Crossref against recorded answers of the real one, where they are at hand, and its
own rules: routes, limits, faults."""

import csv
import http.client
import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from urllib.parse import quote, urlsplit

import pytest
import requests

from conftest import ROOT
from doubles.crossref import Limit, LocalCrossref
from doubles.faults import KINDS, Faults
from doubles.records import synthetic_works, update, with_notices, work

MAIL = {"mailto": "somebody@example.org"}


@pytest.fixture
def session():
    with requests.Session() as session:
        yield session


@pytest.fixture
def recorded(shared):
    folder = shared / "crossref" / "recorded"
    if not folder.is_dir():
        pytest.skip("needs the recorded answers in shared/crossref/recorded")
    return folder


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def kinds(recorded, kind):
    with (recorded / "ORIGINS.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        names = [row["file"] for row in rows if row["kind"] == kind]
    return [load(recorded / name) for name in names if name.startswith("10.")]


def ask(session, crossref, path="/works", **query):
    """`query`: underscores stand for dots."""
    query = {name.replace("_", "."): value for name, value in query.items()}
    return session.get(crossref.address + path, params=query, timeout=10)


def dois(answer):
    assert answer.status_code == 200, answer.text
    return [item["DOI"] for item in answer.json()["message"]["items"]]


def problems(answer):
    body = answer.json()
    assert body["status"] == "failed"
    return [(problem["type"], problem["value"]) for problem in body["message"]]


def free(works=(), **options):
    return LocalCrossref(works, enforced=False, **options)


# --- Against what was recorded ---------------------------------------------------------------


def test_a_recorded_record_without_its_empty_fields_gains_them_when_it_stands_alone(
    recorded, session
):
    singles = [one for one in kinds(recorded, "work") if one["score"] == 1]
    assert len(singles) > 50
    bare = [{k: v for k, v in one.items() if v not in ([], {}) and k != "score"} for one in singles]
    with free(bare) as crossref:
        for single in singles:
            answer = ask(session, crossref, f"/works/{quote(single['DOI'], safe='')}").json()
            # Whether there is a `subject`, which the registry gave up, has changed over the years.
            assert {**answer.pop("message"), "subject": 0} == {**single, "subject": 0}
            assert answer == {"status": "ok", "message-type": "work", "message-version": "1.0.0"}


def test_recorded_list_items_come_back_from_a_list_as_they_are(recorded, session):
    items = {one["DOI"].lower(): one for one in kinds(recorded, "list-item")}
    with free(items.values()) as crossref:
        carried = [doi for doi in items if "," not in doi]
        for start in range(0, len(carried), 40):
            wanted = carried[start : start + 40]
            text = ",".join(f"doi:{doi}" for doi in wanted)
            answer = ask(session, crossref, filter=text, rows=100)
            found = {item["DOI"]: item for item in answer.json()["message"]["items"]}
            expected = {doi: {**items[doi], "DOI": doi, "score": 0.0} for doi in wanted}
            assert found == expected


def test_a_single_record_in_a_list_loses_its_empty_fields(recorded, session):
    singles = kinds(recorded, "work")
    with free(singles) as crossref:
        answer = ask(session, crossref, rows=1000).json()["message"]["items"]
        assert len(answer) == len(singles)
        assert not [item for item in answer if [] in item.values() or {} in item.values()]


def without_moving_parts(headers):
    moving = {"date", "content-length", "transfer-encoding"}
    return {k.lower(): v for k, v in headers.items() if k.lower() not in moving}


@pytest.mark.parametrize(
    ("context", "url_part", "path", "query", "agent"),
    [
        ("list 200", "query=widget&cursor", "/works", {"query": "cancer", "cursor": "*"}, "x"),
        ("list 404", "cursor=thing", "/works", {"query": "cancer", "cursor": "thing"}, "x"),
        ("list 400", "rows=things", "/works", {"rows": "things"}, "x"),
        ("single 404", "notarealdoi", "/works/10.5555/none", {}, "x"),
        ("single 200", "neurobiolaging", "/works/10.5555/one", {}, "x (mailto:a@example.org)"),
        ("agency 200", "/agency", "/works/10.5555/one/agency", {}, "x"),
        ("agency 404", "/works/5/agency", "/works/5/agency", {}, "x"),
    ],
    ids=lambda value: value if isinstance(value, str) and value[-3:].isdigit() else "",
)
def test_headers_are_those_that_were_recorded(
    recorded, session, context, url_part, path, query, agent
):
    seen = [
        one["headers"]
        for one in load(recorded / "headers.json")
        if one["context"] == context and url_part in one["url"] and "2026" in one["recorded"]
    ]
    long = work("10.5555/one", "One in cancer " * 80)
    with free([long], naming="one-pool") as crossref:
        answer = session.get(
            crossref.address + path, params=query, headers={"user-agent": agent}, timeout=10
        )
        assert without_moving_parts(answer.headers) == without_moving_parts(seen[0])


def test_headers_of_2023(recorded, session):
    seen = next(
        one["headers"]
        for one in load(recorded / "headers.json")
        if one["context"] == "single 404" and "2023" in one["recorded"]
    )
    with free(naming="2023") as crossref:
        answer = ask(session, crossref, "/works/10.5555/none")
        changed = {"connection", "content-type"}
        assert {
            k: v for k, v in without_moving_parts(answer.headers).items() if k not in changed
        } == {k: v for k, v in without_moving_parts(seen).items() if k not in changed}


@pytest.mark.parametrize(
    ("name", "path", "query", "exact"),
    [
        ("400_03", "/works", {"rows": "things"}, True),
        ("400_05", "/works", {"filter": "has-assertion:true"}, False),
        ("404_02", "/works", {"query": "widget", "cursor": "thing"}, True),
        ("404_istic_10.3760", "/works/10.3760%2Fcma.j.cn441530-20260508-00189-1", {}, True),
    ],
    ids=["rows that are no number", "an unknown filter", "an unknown cursor", "an unknown DOI"],
)
def test_errors_are_those_that_were_recorded(recorded, session, name, path, query, exact):
    seen = load(recorded / "errors" / f"{name}.json")
    with free() as crossref:
        answer = session.get(crossref.address + path, params=query, timeout=10)
        assert (answer.status_code, answer.headers["content-type"]) == (
            seen["status"],
            seen["headers"]["content-type"],
        )
        if exact:
            assert answer.text == seen["body"]
        else:
            expected = json.loads(seen["body"])
            assert problems(answer) == [(p["type"], p["value"]) for p in expected["message"]]
            begin = expected["message"][0]["message"].partition(":")[0]
            assert answer.json()["message"][0]["message"].startswith(begin)


def test_the_notices_of_a_retracted_work_are_the_two_that_were_recorded(recorded, session):
    seen = load(recorded / "lists" / "works_filter_updates_wakefield.json")
    original = load(recorded / "10.1016_s0140_6736_97_11096_0.json")
    notices = seen["body"]["message"]["items"]
    others = synthetic_works(20)
    with free([original, *notices, *others]) as crossref:
        query = dict(
            part.split("=", 1) for part in urlsplit(requests.utils.unquote(
                seen["request"]["url"])).query.split("&")
        )  # fmt: skip
        answer = session.get(crossref.address + "/works", params=query, timeout=10).json()
        for body in (answer, seen["body"]):
            body["message"]["items"].sort(key=lambda item: item["DOI"])
        assert answer == seen["body"]
        assert crossref.asked_in("updates") == {"10.1016/s0140-6736(97)11096-0": 1}


def test_agency_and_types_as_recorded(recorded, session):
    agency, types = (load(recorded / "lists" / f"{n}.json") for n in ("agency_10.1126", "types"))
    with free([work("10.1126/science.169.3946.635", "The")]) as crossref:
        answer = ask(session, crossref, "/works/10.1126/science.169.3946.635/agency")
        assert answer.json() == agency["body"]
        items = ask(session, crossref, "/types").json()["message"]["items"]
        assert sorted(items, key=str) == sorted(types["body"]["message"]["items"], key=str)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("works_rows2_noquery", {"rows": 2}),
        ("works_sample2", {"sample": 2}),
        ("works_query_select_DOI_title", {"query": "ecology", "select": "DOI,title"}),
        ("works_cursor_page1", {"query": "ecology", "cursor": "*"}),
        ("works_filter_prefix_type", {"filter": "prefix:10.1016,type:journal-article"}),
    ],
)
def test_lists_have_the_shape_that_was_recorded(recorded, session, name, query):
    def shape(body):
        message = body.pop("message")
        scores = {type(item.get("score")) for item in message["items"]}
        zero = {item.get("score") == 0.0 for item in message["items"]}
        return body, sorted(message), message["items-per-page"], scores, zero

    seen = load(recorded / "lists" / f"{name}.json")["body"]
    works = [
        work(f"10.1016/j.eco.2020.{n}", f"Ecology {n}", publisher="P", year=2020) for n in range(50)
    ]
    with free(works) as crossref:
        answer = session.get(crossref.address + "/works", params=query, timeout=10).json()
        assert shape(answer) == shape(seen)


# --- Routes ----------------------------------------------------------------------------------

ODD = [
    "10.1000/a(b)c:d",
    "10.1000/a;2-#",
    "10.1000/<a>::aid?=1%2",
    "10.1000/end/",
    "10.1000/a+b",
    "10.1000/a/b/c",
    "10.1000/Tür",
]


@pytest.mark.parametrize("doi", ODD)
def test_an_odd_doi_is_found_when_encoded(session, doi):
    with free([work(doi, "One")]) as crossref:
        for path in (f"/works/{quote(doi, safe='')}", f"/v1/works/{quote(doi.upper(), safe='')}"):
            answer = ask(session, crossref, path)
            assert answer.json()["message"]["DOI"] == doi.lower()
        assert crossref.asked == {doi.lower(): 2}


@pytest.mark.parametrize(
    "path",
    [
        "10.1000%252Fa",
        "10.1000/a+b",
        "10.1000/end/",
        "10.1000/none",
        "none",
        "10.1000/a%20",
        "",
    ],
    ids=["encoded twice", "bare plus", "bare last slash", "unknown", "no DOI", "blank", "nothing"],
)
def test_not_found(session, path):
    works = [work(doi, "One") for doi in ("10.1000/b", "10.1000/a+b", "10.1000/end/")]
    with free(works) as crossref:
        answer = ask(session, crossref, f"/works/{path}")
        assert (answer.status_code, answer.content) == (404, b"Resource not found.")


@pytest.mark.parametrize(
    "path",
    ["10.1000/A", "https://doi.org/10.1000/a", "doi:10.1000%2Fa", "http%3A%2F%2Fx%2F10.1000/a"],
)
def test_a_doi_is_found_within_an_address(session, path):
    with free([work("10.1000/a", "One")]) as crossref:
        assert ask(session, crossref, f"/works/{path}").json()["message"]["title"] == ["One"]


def test_head_tells_the_status_and_no_more(session):
    with free([work("10.1000/a", "One")]) as crossref:
        heads = [session.head(f"{crossref.address}/works/10.1000/{x}", timeout=10) for x in "ab"]
        assert [(head.status_code, head.content) for head in heads] == [(200, b""), (404, b"")]
        assert crossref.asked == {}


@pytest.mark.parametrize("redirects", ["absolute", "relative", "both"])
def test_an_alias_leads_to_the_record_and_is_in_no_list(session, redirects):
    works = [work("10.1000/new(1)", "One"), work("10.1000/new;2", "Two")]
    aliases = {"10.1000/OLD1": "10.1000/new(1)", "10.1000/old2": "10.1000/new;2"}
    with free(works, aliases=aliases, redirects=redirects) as crossref:
        found = [ask(session, crossref, f"/works/10.1000/old{n}") for n in (1, 2)]
        assert [answer.history[0].status_code for answer in found] == [301, 301]
        titles = [answer.json()["message"]["title"] for answer in found]
        assert titles == [["One"], ["Two"]]
        whole = [a.history[0].headers["location"].startswith("http") for a in found]
        assert (
            whole
            == {
                "absolute": [True, True],
                "relative": [False, False],
                "both": [True, False],
            }[redirects]
        )
        listed = ask(session, crossref, filter="doi:10.1000/old1,doi:10.1000/new(1)")
        assert dois(listed) == ["10.1000/new(1)"]


# --- Filters ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def library():
    """Twelve works, two of them notices of one, one retracted by itself."""
    works = synthetic_works(9)
    works[0]["ISSN"] = ["1234-567X"]
    notices = [
        work("10.1000/n1", "Retraction", update_to=[update("10.1000/X", "retraction", (2021, 5))]),
        work("10.1000/n2", "Erratum", update_to=[update("10.1000/x", "erratum", (2020,))]),
    ]
    original = work("10.1000/x", "Original", printed=(2019, 3), type="book")
    comma = work("10.1000/a,b", "Comma")
    with free(with_notices([*works, *notices, original, comma])) as crossref:
        yield crossref


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("doi:10.1000/N1,doi:10.1000/x,doi:10.1000/absent", {"10.1000/n1", "10.1000/x"}),
        ("doi:https://doi.org/10.1000/x", {"10.1000/x"}),
        ("doi:10.1000/a,b", {"10.1000/a,b"}),
        ("updates:10.1000/x", {"10.1000/n1", "10.1000/n2"}),
        ("updates:10.1000/x,updates:10.1000/none", {"10.1000/n1", "10.1000/n2"}),
        ("updates:10.1000/x,update-type:retraction", {"10.1000/n1"}),
        ("is-update:1", {"10.1000/n1", "10.1000/n2"}),
        ("has-update:true", {"10.1000/x"}),
        ("type:book", {"10.1000/x"}),
        ("prefix:10.1000,from-pub-date:2019,until-pub-date:2019-12", {"10.1000/x"}),
        ("from-pub-date:2019-04,doi:10.1000/x", set()),
        ("issn:1234-567x", {"10.1016/j.lungcan"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_filters(library, session, text, expected):
    found = dois(ask(session, library, filter=text))
    assert {doi if doi.startswith("10.1000") else doi[:17] for doi in found} == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"filter": "doi:10.1000/x,doi:nonsense,doi:10.1/a"},
         [("doi-not-valid", "nonsense"), ("doi-not-valid", "10.1/a")]),
        ({"filter": "doi:10.1000/a,b:c"}, [("filter-not-available", "b")]),
        ({"filter": "nothing"}, [("pair-list-form-invalid", "nothing")]),
        ({"filter": "type:poem"}, [("type-not-valid", "poem")]),
        ({"filter": "is-update:maybe"}, [("boolean-not-valid", "maybe")]),
        ({"filter": "from-pub-date:soon"}, [("date-not-valid", "soon")]),
        ({"select": "DOI,language"}, [("select-not-available", "language")]),
        ({"sort": "beauty"}, [("sort-field-not-valid", "beauty")]),
        ({"order": "up"}, [("sort-order-not-valid", "up")]),
        ({"rows": "1001"}, [("integer-not-valid", "1001")]),
        ({"offset": "9999"}, [("integer-not-valid", "9999")]),
        ({"sample": "2", "rows": "2"}, [("sample-with-rows-or-offset", "2")]),
        ({"cursor": "*", "offset": "2"}, [("cursor-with-offset-or-sample", "*")]),
        ({"query.colour": "red"}, [("field-query-not-available", "query.colour")]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_one_thing_that_is_wrong_spoils_the_whole_question(library, session, query, expected):
    before = library.asked
    answer = session.get(library.address + "/works", params=query, timeout=10)
    assert (answer.status_code, problems(answer)) == (400, expected)
    assert library.asked == before


def test_a_single_record_takes_no_select(library, session):
    answer = ask(session, library, "/works/10.1000/x", select="DOI")
    assert (answer.status_code, problems(answer)) == (400, [("parameter-not-allowed", "select")])


# --- Lists -----------------------------------------------------------------------------------


def test_twenty_rows_unless_told_and_not_in_the_order_asked(session):
    works = synthetic_works(60)
    wanted = [one["DOI"] for one in works]
    with free(works) as crossref:
        text = ",".join(f"doi:{doi}" for doi in wanted)
        assert len(dois(ask(session, crossref, filter=text))) == 20
        found = dois(ask(session, crossref, filter=text, rows=60))
        assert sorted(found) == sorted(wanted)
        assert found != wanted
        assert found == dois(ask(session, crossref, filter=text, rows=60))
        assert (crossref.lists, crossref.singles) == (3, 0)
        assert crossref.asked == Counter(dict.fromkeys(wanted, 3))


def test_a_cursor_walks_through_everything_once(session):
    with free(synthetic_works(45), cursor_seconds=0.5) as crossref:
        cursor, pages = "*", []
        for _ in range(4):
            answer = ask(session, crossref, cursor=cursor, filter="is-update:0")
            pages.append(dois(answer))
            cursor = answer.json()["message"]["next-cursor"]
            assert set("+/=") <= set(cursor)
        assert [len(page) for page in pages] == [20, 20, 5, 0]
        assert len({doi for page in pages for doi in page}) == 45
        time.sleep(0.6)
        late = ask(session, crossref, cursor=cursor, filter="is-update:0")
        assert (late.status_code, problems(late)) == (404, [("cursor-invalid", cursor)])


def test_offset_sample_and_sort(session):
    works = [work(f"10.1000/{n}", f"T{n}", year=2000 + n) for n in range(9)]
    with free(works) as crossref:
        newest = dois(ask(session, crossref, sort="published", rows=3, offset=1))
        assert newest == ["10.1000/7", "10.1000/6", "10.1000/5"]
        assert dois(ask(session, crossref, sort="issued", order="asc", rows=1)) == ["10.1000/0"]
        sampled = ask(session, crossref, sample=4).json()["message"]
        assert (len(sampled["items"]), sampled["total-results"]) == (4, 4)


@pytest.mark.parametrize(
    "query",
    [
        {"query_bibliographic": "chen y. effects of drug b on tumours. lancet 2019"},
        {"query_bibliographic": "Effects of drug B", "query_author": "Chen"},
        {"query_title": "effects of DRUG b"},
        {"query": "effects drug b tumours"},
    ],
    ids=["everything", "title and author", "title", "plain"],
)
def test_search_ranks_by_shared_words_and_always_finds_something(session, query):
    works = [
        work(
            "10.1000/b", "Effects of drug B on tumours", ["Chen, Yi"], journal="Lancet", year=2019
        ),
        work(
            "10.1000/a", "Effects of drug A on tumours", ["Chen, Yi"], journal="Lancet", year=2019
        ),
        work("10.1000/zh", "埃克替尼对肺腺癌作用的研究", ["李,华"], year=2021),
        *synthetic_works(30),
    ]
    with free(works) as crossref:
        message = ask(session, crossref, **query, rows=5).json()["message"]
        scores = [item["score"] for item in message["items"]]
        assert message["items"][0]["DOI"] == "10.1000/b"
        assert scores == sorted(scores, reverse=True)
        assert len(scores) == 5
        assert message["total-results"] > 1_000_000
        assert dois(ask(session, crossref, query_bibliographic="xyzzy"))
        assert dois(ask(session, crossref, query_title="埃克替尼 肺腺癌"))[0] == "10.1000/zh"
        both = ask(
            session, crossref, query_title="drug", filter="doi:10.1000/a", select="DOI,score"
        )
        assert [sorted(item) for item in both.json()["message"]["items"]] == [["DOI", "score"]]


# --- Limits ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("naming", "path", "query", "told"),
    [
        ("pools", "/works", {}, ("public-array", "1", "1")),
        ("pools", "/works/10.1000/a", {}, ("public-single", "5", "1")),
        ("pools", "/works", MAIL, ("polite-array", "3", "3")),
        ("pools", "/works/10.1000/a/agency", MAIL, ("polite-single", "10", "3")),
        ("one-pool", "/works", MAIL, ("polite", "10", "3")),
        ("one-pool", "/works/10.1000/a", {}, ("public", "5", "1")),
        ("2023", "/works", {}, ("public", "50", None)),
    ],
)
def test_the_pool_is_told(session, naming, path, query, told):
    names = ("x-api-pool", "x-rate-limit-limit", "x-concurrency-limit")
    with LocalCrossref(naming=naming) as crossref:
        answer = session.get(crossref.address + path, params=query, timeout=10)
        assert tuple(answer.headers.get(name) for name in names) == told


@pytest.mark.parametrize("refused_as", ["429", "429-html"])
def test_one_request_too_many_in_any_interval_is_refused(session, refused_as):
    limits = {"polite-array": Limit(3, interval=0.5, at_once=3)}
    with LocalCrossref(limits=limits, refused_as=refused_as) as crossref:
        answers = [ask(session, crossref, **MAIL) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert (answers[3].content != b"") == (refused_as == "429-html")
        assert not [name for name in answers[3].headers if name.startswith("x-")]
        # The refused one has arrived too: it counts for an interval.
        time.sleep(0.51)
        again = [ask(session, crossref, **MAIL).status_code for _ in range(3)]
        assert again == [200, 200, 200]
        # Another pool has its own count.
        assert ask(session, crossref, "/works/10.1000/none", **MAIL).status_code == 404
        assert crossref.statuses == {200: 6, 429: 1, 404: 1}


def at_once(crossref, paths):
    gate = threading.Barrier(len(paths))
    found = []

    def one(path):
        with requests.Session() as session:
            gate.wait()
            found.append(ask(session, crossref, path, **MAIL).status_code)

    threads = [threading.Thread(target=one, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def test_more_at_once_than_allowed_is_refused():
    with LocalCrossref(latency=0.3) as crossref:
        assert at_once(crossref, ["/works"] * 2 + ["/works/10.1000/a"]) == [200, 200, 404]
        time.sleep(1)
        assert at_once(crossref, ["/works"] * 2 + ["/works/10.1000/a"] * 2).count(429) == 1
    with LocalCrossref(latency=0.3, enforced=False) as crossref:
        assert at_once(crossref, ["/works"] * 8) == [200] * 8
        assert crossref.throttle.most_at_once == {"polite": 8}


def test_a_request_line_can_be_too_long(session):
    with free([work("10.1000/a", "One")], longest_line=200) as crossref:
        line = "GET /works?filter= HTTP/1.1"
        room = 200 - len(line) - len("doi:")
        fits = "doi:" + "10.1000/a".ljust(room, "a")
        assert session.get(f"{crossref.address}/works?filter={fits}").status_code == 200
        assert session.get(f"{crossref.address}/works?filter={fits}a").status_code == 414
        assert crossref.lists == 2


def test_large_answers_are_packed_for_who_can_unpack_them(session):
    with free(synthetic_works(5)) as crossref:
        packed = ask(session, crossref)
        assert packed.headers["content-encoding"] == "gzip"
        plain = session.get(crossref.address + "/works", headers={"accept-encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert packed.json() == plain.json()


# --- Faults ----------------------------------------------------------------------------------


def what_happens(address, path="/works/10.1000/a", seconds=0.3, most=None):
    """Status and body, or the name of what went wrong."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=seconds)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("content-type"), answer.read(most)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__, None, b""
    finally:
        connection.close()


FAULTED = [
    ("429", 429, None, b""),
    ("429-html", 429, "text/html", b"<html><body><h1>429 Too Many Requests</h1>\n"),
    ("retry-after", 429, None, b""),
    ("403", 403, "text/html", b"<html>"),
    ("500", 500, "text/plain", b"java.lang"),
    ("503", 503, "text/html", b"<html>"),
    ("hang", "TimeoutError", None, b""),
    ("truncated", "IncompleteRead", None, b""),
    ("garbled", 200, "application/json", b'{"status":"ok"'),
    ("wrong-type", 200, "text/html", b"<html>"),
    ("reset", "ConnectionResetError", None, b""),
    ("slow-drip", "TimeoutError", None, b""),
    ("other-doi", 200, "application/json", b'{"status":"ok"'),
    ("huge", 200, "application/json", b'{"status":"ok"'),
    ("redirect-private", 302, None, b""),
    ("redirect-file", 302, None, b""),
    ("redirect-loop", 302, None, b""),
]


def test_every_fault_is_tested():
    assert sorted(row[0] for row in FAULTED) == sorted(KINDS)


@pytest.mark.parametrize(
    ("kind", "status", "type_", "begin"), FAULTED, ids=[row[0] for row in FAULTED]
)
def test_faults(kind, status, type_, begin):
    faults = Faults.script([kind], drip_seconds=0.5)
    works = [work("10.1000/a", "One"), work("10.1000/b", "Two")]
    with free(works, faults=faults) as crossref:
        most = 10_000 if kind == "huge" else None
        seen, content_type, body = what_happens(crossref.address, most=most)
        assert (seen, content_type) == (status, type_)
        assert body.startswith(begin)
        assert crossref.asked == {}
        assert crossref.requests[0].fault == kind
        # The next answer is sound.
        assert what_happens(crossref.address)[0] == 200
        assert crossref.asked == {"10.1000/a": 1}


def test_a_mistaken_answer_is_about_another_work(session):
    works = synthetic_works(9)
    wanted = [one["DOI"] for one in works[:4]]
    with free(works, faults=Faults(kinds=["other-doi"])) as crossref:
        one = ask(session, crossref, f"/works/{wanted[0]}").json()["message"]
        assert one["DOI"] not in wanted[:1]
        listed = dois(ask(session, crossref, filter=",".join(f"doi:{doi}" for doi in wanted)))
        assert len(listed) == 4
        assert len(set(listed) - set(wanted)) == 1
        assert ask(session, crossref, "/works/10.1000/none").status_code == 200


def test_garbled_is_no_json_and_huge_has_no_end_in_sight(session):
    faults = Faults.script(["garbled", "huge", "truncated"], huge_bytes=3_000_000)
    with free([work("10.1000/a", "One")], faults=faults) as crossref:
        garbled = ask(session, crossref, "/works/10.1000/a")
        with pytest.raises(json.JSONDecodeError):
            json.loads(garbled.text)
        huge = ask(session, crossref, "/works/10.1000/a")
        assert "content-length" not in huge.headers
        assert len(huge.content) > 2_000_000
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            ask(session, crossref, "/works/10.1000/a")


def test_a_plan_spares_the_same_requests_whatever_the_order(session):
    works = synthetic_works(90)
    paths = [f"/works/{one['DOI']}" for one in works]

    def spoilt(order):
        with free(works, faults=Faults(share=1 / 3, kinds=["503", "429"], seed=4)) as crossref:
            for path in order:
                ask(session, crossref, path)
                ask(session, crossref, path)
            seen = Counter((r.path, r.fault) for r in crossref.requests)
            assert sum(n for (_, fault), n in seen.items() if fault) == pytest.approx(60, abs=20)
            return seen

    assert spoilt(paths) == spoilt(paths[::-1])


def test_a_script_can_run_for_each_target_and_only_for_some(session):
    works = synthetic_works(2)
    faults = Faults.script(
        ["503", None, "429"], each_target=True, only=lambda request: request.path != "/works"
    )
    with free(works, faults=faults) as crossref:
        paths = [f"/works/{one['DOI']}" for one in works]
        statuses = [ask(session, crossref, path).status_code for path in paths * 4]
        assert statuses == [503, 503, 200, 200, 429, 429, 200, 200]
        assert ask(session, crossref).status_code == 200


def test_no_such_fault():
    with pytest.raises(ValueError, match="no such fault: flood"):
        Faults(kinds=["flood"])


def test_closing_ends_what_hangs():
    crossref = free(faults=Faults(kinds=["hang"]))
    thread = threading.Thread(target=what_happens, args=(crossref.address, "/works", 20))
    thread.start()
    while not crossref.requests:
        time.sleep(0.01)
    begin = time.monotonic()
    crossref.close()
    thread.join()
    assert time.monotonic() - begin < 1
    before = threading.active_count()
    crossref.close()
    assert threading.active_count() == before


def test_synthetic_works_are_distinct_and_repeatable():
    works = synthetic_works(2000, seed=3)
    lengths = {len(one["DOI"]) for one in works}
    assert len({one["DOI"] for one in works}) == len({one["title"][0] for one in works}) == 2000
    assert (min(lengths) >= 20, max(lengths) <= 32) == (True, True)
    assert works[:50] == synthetic_works(50, seed=3)
    assert works[0] != synthetic_works(1, seed=4)[0]


def test_the_server_for_trying_by_hand(tmp_path, session):
    lines = [json.dumps(one) for one in synthetic_works(3)]
    records = tmp_path / "records.jsonl"
    records.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    options = ["--port", "0", "--records", records, "--latency", "0", "--public"]
    with subprocess.Popen(
        [sys.executable, ROOT / "tests/doubles/local_crossref.py", *options],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        first = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:[0-9]+", first)[0]
        answers = [session.get(f"{address}/works", params=MAIL, timeout=10) for _ in range(2)]
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
    assert first.startswith("3 works at ")
    # A stranger's limit, whatever the address says.
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[0].headers["x-rate-limit-limit"] == "1"
    assert rest.strip() == "2 lists, 0 single records: 1 x 200, 1 x 429"
    assert process.returncode == 0
