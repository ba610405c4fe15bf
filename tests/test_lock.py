"""The lock of works: what is read, and what is refused with its line."""

import json
import re

import pytest

from conftest import ROOT
from livingreview.errors import InputError
from livingreview.registries.lock import (
    LOCK_HEADER,
    index_lock,
    newest_date,
    read_lock,
)

ANSWER = {
    "_source": "crossref",
    "_query": {"doi": "10.1000/a"},
    "_outcome": "found",
    "_retrieved": "2026-11-22",
    "DOI": "10.1000/A",
    "title": ["A work"],
}


def write(path, *lines):
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_answers_come_in_order_without_the_first_line(tmp_path):
    second = ANSWER | {"_query": {"doi": "10.1000/b"}, "title": ["题名\u2028两行"]}
    path = write(tmp_path / "lock.jsonl", LOCK_HEADER, ANSWER, "", second)
    assert read_lock(path) == [ANSWER, second]


def without(name):
    return {field: value for field, value in ANSWER.items() if field != name}


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        pytest.param([], 1, "empty", id="empty file"),
        pytest.param([ANSWER], 1, "no version", id="first line is an answer"),
        pytest.param([{"_version": 2}], 1, "version 2", id="version of the future"),
        pytest.param([{"_version": "1"}], 1, "version '1'", id="version as text"),
        pytest.param([{"_version": True}], 1, "version True", id="version true"),
        pytest.param([LOCK_HEADER, "{"], 2, "not JSON", id="not JSON"),
        pytest.param([LOCK_HEADER, "[" * 100_000], 2, "not JSON", id="nested without end"),
        pytest.param([LOCK_HEADER, "[]"], 2, "not a JSON object", id="a list"),
        pytest.param([LOCK_HEADER, "", "3"], 3, "not a JSON object", id="empty lines are counted"),
        pytest.param([LOCK_HEADER, without("_source")], 2, "no _source", id="no source"),
        pytest.param([LOCK_HEADER, without("_query")], 2, "no _query", id="no question"),
        pytest.param([LOCK_HEADER, without("_outcome")], 2, "no _outcome", id="no outcome"),
        pytest.param([LOCK_HEADER, without("_retrieved")], 2, "no _retrieved", id="no date"),
        pytest.param([LOCK_HEADER, {}], 2, "no _source, _query", id="an empty object"),
        pytest.param(
            [LOCK_HEADER, ANSWER | {"_source": "rumour"}], 2, "'rumour'", id="unknown source"
        ),
        pytest.param(
            [LOCK_HEADER, ANSWER | {"_outcome": "maybe"}], 2, "'maybe'", id="unknown outcome"
        ),
        pytest.param([LOCK_HEADER, ANSWER | {"_outcome": []}], 2, "_outcome []", id="no text"),
        pytest.param(
            [LOCK_HEADER, ANSWER | {"_query": "a"}], 2, "_query", id="question is no object"
        ),
        pytest.param(
            [LOCK_HEADER, ANSWER | {"_retrieved": "22.11."}], 2, "not a date", id="not a date"
        ),
        pytest.param(
            [LOCK_HEADER, ANSWER | {"_retrieved": "2026-02-30"}], 2, "not a date", id="no such day"
        ),
        pytest.param([LOCK_HEADER, ANSWER | {"_for": 3}], 2, "_for", id="key is a number"),
        pytest.param(
            [LOCK_HEADER, '{"title": "\\ud800"}'], 2, "half a surrogate pair", id="lone surrogate"
        ),
    ],
)
def test_what_is_no_lock_is_refused_with_its_line(tmp_path, lines, line, words):
    path = write(tmp_path / "lock.jsonl", *lines)
    with pytest.raises(InputError, match=re.escape(f"lock.jsonl:{line}: ")) as caught:
        read_lock(path)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_lock_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_lock(tmp_path / "none.jsonl")


def test_answers_are_found_by_doi_key_title_and_registration():
    page = {**ANSWER, "_source": "page", "_query": {"for": "k"}, "_for": "k", "DOI": "10.1000/B"}
    asked = {**ANSWER, "_query": {"doi": "10.1000/Old"}}
    trial = {**ANSWER, "_query": {"registration": "nct01234567"}, "DOI": None, "title": []}
    index = index_lock([ANSWER, page, asked, trial])
    assert index.by_doi == {
        "10.1000/a": [ANSWER, asked],
        "10.1000/b": [page],
        "10.1000/old": [asked],
    }
    assert index.by_key == {"k": [page]}
    assert index.by_title == {"awork": [ANSWER, page, asked]}
    assert index.by_registration == {"NCT01234567": [trial]}


def test_answers_are_found_by_what_was_asked_otherwise():
    updates = ANSWER | {"_query": {"updates": "10.1000/A"}, "DOI": None, "items": []}
    web = ANSWER | {"_source": "web", "_query": {"url": "https://example.org/a"}, "DOI": None}
    crossref = ANSWER | {"_query": {"bibliographic": "text"}, "_outcome": "failed", "DOI": None}
    europepmc = crossref | {"_source": "europepmc", "_query": {"search": "text"}}
    handle = ANSWER | {"_source": "handle", "DOI": None}
    index = index_lock([updates, web, crossref, europepmc, handle])
    assert index.by_updates == {"10.1000/a": [updates]}
    assert index.by_url == {"https://example.org/a": [web]}
    assert index.by_search == {("crossref", "text"): [crossref], ("europepmc", "text"): [europepmc]}
    assert index.by_doi == {"10.1000/a": [handle]}
    # Only works are found by their titles: not pages, agencies, lists of candidates.
    assert (index.by_title, index.by_key, index.by_registration) == ({}, {}, {})


def test_the_newest_day_is_the_lock_s_own_today():
    assert newest_date([]) is None
    days = ["2026-01-02", "2026-11-22", "2025-12-31"]
    assert newest_date({"_retrieved": day} for day in days) == "2026-11-22"


def test_the_delivered_lock_calls_itself_what_it_is():
    path = ROOT / "data" / "lock" / "works.jsonl"
    answers = read_lock(path)
    header = json.loads(path.read_text("utf-8").split("\n")[0])
    assert header["_version"] == 1
    assert "not answers of Crossref" in header["_note"]
    assert {answer["_source"] for answer in answers} == {"page"}
    assert all(answer["_pages"] and answer["_for"] for answer in answers)
    for answer in answers:
        facts = {name for name in answer if not name.startswith("_")} - {"type", "language"}
        assert sorted(facts) == answer["_fields"]
    about_preprint = [answer["_for"] for answer in answers if answer.get("_version_of")]
    assert about_preprint == ["gao2025combining"]


def test_the_delivered_lock_holds_the_facts_that_were_collected(shared):
    """49 records, every field of them carried over, under the key of the reference's number."""
    numbers = {}
    keys = re.findall(
        r"^@\w+\{([^,]+),", (ROOT / "data/references.bib").read_text("utf-8"), re.MULTILINE
    )
    for line in (shared / "sources/works.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        numbers[record["ref"]] = record
    answers = read_lock(ROOT / "data" / "lock" / "works.jsonl")
    assert [answer["_query"]["number"] for answer in answers] == list(numbers)
    for answer in answers:
        record = numbers[answer["_query"]["number"]]
        assert answer["_for"] == keys[record["ref"] - 1]
        assert (answer["_pages"], answer["_retrieved"]) == (record["sources"], record["seen"])
        renamed = {"ref", "sources", "seen", "type", "published-as-cited-by-source", "identifier"}
        for name in set(record) - renamed:
            assert answer[name] == record[name], (record["ref"], name)
