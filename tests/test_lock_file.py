"""The lock while it is written: appended to, killed, mended, put in order, one writer."""

import json
import subprocess
import sys

import pytest

from livingreview.errors import InputError
from livingreview.registries.lock import LOCK_HEADER, read_lock
from livingreview.registries.lock_file import in_order, open_lock
from livingreview.registries.questions import Answered, current, note, question, unanswered

HEADER = {"_version": 1, "_note": "ours"}


def crossref(doi, outcome="found", retrieved="2026-11-01", **record):
    if outcome == "found":
        record = {"DOI": doi, **record}
    return {
        "_source": "crossref",
        "_query": {"doi": doi},
        "_outcome": outcome,
        "_retrieved": retrieved,
        **record,
    }


def page(key, **facts):
    return {
        "_source": "page",
        "_query": {"for": key},
        "_for": key,
        "_outcome": "found",
        "_retrieved": "2026-11-01",
        **facts,
    }


def written(path, *lines, end="\n"):
    path.write_text("\n".join(map(json.dumps, lines)) + end, encoding="utf-8")
    return path


def lines_of(path):
    return [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]


def added(path, *lines):
    told = []
    with open_lock(path, told.append) as lock:
        for line in lines:
            lock.add(line)
    return told


def test_a_new_lock_has_a_first_line_and_the_answers(tmp_path):
    path = tmp_path / "new" / "works.jsonl"
    assert added(path, crossref("10.1/b"), crossref("10.1/a", title=["肺癌"])) == []
    assert lines_of(path) == [LOCK_HEADER, crossref("10.1/a", title=["肺癌"]), crossref("10.1/b")]
    assert read_lock(path) == lines_of(path)[1:]


def test_every_answer_is_in_the_file_as_soon_as_it_is_added(tmp_path):
    path = written(tmp_path / "works.jsonl", HEADER)
    with open_lock(path, print) as lock:
        lock.add(crossref("10.1/a"))
        assert lines_of(path) == [HEADER, crossref("10.1/a")]
        lock.add(crossref("10.1/b", "failed", _reason="HTTP 503"))
        assert len(lines_of(path)) == 3


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        pytest.param("found", "not-found", "not-found", id="an answer replaces an answer"),
        pytest.param("found", "failed", "found", id="a failure replaces no answer"),
        pytest.param("failed", "found", "found", id="an answer replaces a failure"),
        pytest.param("failed", "failed", "failed", id="a failure replaces a failure"),
    ],
)
def test_one_line_a_question(tmp_path, before, after, kept):
    old = crossref("10.1/a", before, "2026-01-01")
    new = crossref("10.1/a", after, "2026-11-22")
    expected = new if kept == after else old
    path = written(tmp_path / "works.jsonl", HEADER, old)
    added(path, new)
    assert lines_of(path) == [HEADER, expected]
    assert current([old, new]) == [expected]
    answered = {}
    for line in (old, new):
        note(answered, line)
    assert answered == {
        question("crossref", {"doi": "10.1/a"}): Answered(kept, expected["_retrieved"])
    }


@pytest.mark.parametrize(
    ("facts", "is_kept"),
    [
        pytest.param({"DOI": "10.1/A"}, False, id="the same DOI: the record replaces it"),
        pytest.param({"DOI": "10.1/c"}, True, id="another work's stays"),
        pytest.param({}, True, id="without a DOI stays"),
        pytest.param({"DOI": "10.1/a", "notices": [{"kind": "retraction"}]}, True, id="a notice"),
        pytest.param({"DOI": "10.1/a", "page": "1-9"}, True, id="a field that the record lacks"),
    ],
)
def test_what_a_record_replaces_of_what_was_read_in_pages(tmp_path, facts, is_kept):
    facts = page("k1", **facts)
    path = written(tmp_path / "works.jsonl", HEADER, facts)
    added(path, crossref("10.1/a"))
    assert lines_of(path) == [HEADER, *([facts] if is_kept else []), crossref("10.1/a")]


def test_the_order_of_arrival_makes_no_difference():
    lines = [crossref("10.1/b"), page("k2"), crossref("10.1/a"), page("k1")]
    lines += [{**crossref("10.1/a"), "_source": "europepmc"}, crossref("10.1/c", "not-found")]
    assert in_order(HEADER, lines) == in_order(HEADER, [lines[1], lines[3], *lines[::-1]][:2] + [
        line for line in lines[::-1] if line["_source"] != "page"
    ])  # fmt: skip


def test_pages_of_one_key_all_stay():
    pages = [page("k1", title=["A"]), page("k1", volume="3")]
    assert current(pages) == pages
    assert in_order(HEADER, pages).count("\n") == 3


def test_a_lock_in_order_is_not_written_again(tmp_path):
    path = tmp_path / "works.jsonl"
    added(path, crossref("10.1/a"))
    before = path.stat()
    added(path)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("tail", "kept", "told"),
    [
        pytest.param('{"_source": "crossref", "_que', 1, 1, id="cut off"),
        pytest.param('{"title": ["肺'.encode()[:-1].decode("latin-1"), 1, 1, id="within a letter"),
        pytest.param(json.dumps(crossref("10.1/b")), 2, 0, id="whole, without its line end"),
    ],
)
def test_a_last_line_that_was_cut_off_is_taken_away(tmp_path, tail, kept, told):
    path = written(tmp_path / "works.jsonl", HEADER, crossref("10.1/a"))
    with path.open("ab") as file:
        file.write(tail.encode("latin-1"))
    if told:
        with pytest.raises(InputError, match=r"works\.jsonl:3"):
            read_lock(path)
    said = added(path)
    assert len(said) == told
    assert len(read_lock(path)) == kept


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"_version": 2}\n', r"version 2 of the lock is not known"),
        ('{"a": 1}\n', r"no version"),
        ("nonsense\n", r":1.*not JSON"),
        ('{"_version": 1}\n{"_source": "crossref"\n{}\n', r":2.*not JSON"),
        ('{"_version": 1}\n{"_source": "crossref"}\n', r":2.*has no _query"),
        ("\n\n", r"empty"),
    ],
)
def test_a_broken_lock_is_named_before_anything_is_asked(tmp_path, text, problem):
    path = tmp_path / "works.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=problem), open_lock(path, print):
        pytest.fail("nothing may be asked")
    assert path.read_text(encoding="utf-8") == text


def test_a_folder_or_a_file_of_another_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot be written"), open_lock(tmp_path, print):
        pass


HOLD = """
import sys
from livingreview.registries.lock_file import open_lock
with open_lock(sys.argv[1], print):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_the_second_writer_says_so_and_stops(tmp_path):
    path = written(tmp_path / "works.jsonl", HEADER)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout.readline() == "open\n"
        with pytest.raises(InputError, match="another refresh is writing this lock"):
            added(path, crossref("10.1/a"))
        first.kill()
    added(path, crossref("10.1/a"))  # a killed writer holds nothing
    assert read_lock(path) == [crossref("10.1/a")]


def test_the_file_is_put_in_order_also_when_the_run_is_broken_off(tmp_path):
    path = written(tmp_path / "works.jsonl", HEADER, crossref("10.1/b"))

    def run():
        with open_lock(path, print) as lock:
            lock.add(crossref("10.1/a"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run()
    assert lines_of(path) == [HEADER, crossref("10.1/a"), crossref("10.1/b")]


def test_somebodys_own_last_line_is_named_and_never_taken_away(tmp_path):
    path = written(tmp_path / "works.jsonl", HEADER)
    text = path.read_text(encoding="utf-8") + '{"_source": "page", "title": ["A"],}'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"works\.jsonl:2.*not JSON"):
        added(path)
    assert path.read_text(encoding="utf-8") == text + "\n"


def test_a_file_put_in_its_place_meanwhile_loses_nothing(tmp_path):
    path = written(tmp_path / "works.jsonl", HEADER, page("k1"), crossref("10.1/a"))
    other = written(tmp_path / "other.jsonl", HEADER, page("k1"), crossref("10.1/c"))
    told = []
    with open_lock(path, told.append) as lock:
        lock.add(crossref("10.1/b"))
        other.replace(path)  # as a version control does
    # What the other file left out stays out: its author took it away.
    assert lines_of(path) == [HEADER, page("k1"), crossref("10.1/b"), crossref("10.1/c")]
    assert len(told) == 1


def test_a_broken_file_put_in_its_place_costs_no_answer(tmp_path):
    path = written(tmp_path / "works.jsonl", HEADER, crossref("10.1/a"))
    told = []
    with open_lock(path, told.append) as lock:
        lock.add(crossref("10.1/b"))
        other = tmp_path / "other.jsonl"
        other.write_text("<<<<<<< HEAD\n", encoding="utf-8")
        other.replace(path)  # as a merge with a conflict leaves it
    assert path.read_text(encoding="utf-8") == "<<<<<<< HEAD\n"
    beside = tmp_path / "works.jsonl.refreshed"
    assert lines_of(beside) == [HEADER, crossref("10.1/a"), crossref("10.1/b")]
    assert str(beside) in told[0]


def test_a_record_that_is_held_no_more_replaces_no_facts(tmp_path):
    facts = page("k1", DOI="10.1/a", title=["A"])
    path = written(tmp_path / "works.jsonl", HEADER, facts, crossref("10.1/a", title=["A"]))
    added(path, crossref("10.1/a", "not-found", "2026-11-22"))
    assert lines_of(path) == [HEADER, facts, crossref("10.1/a", "not-found", "2026-11-22")]


def test_a_link_stays_a_link_and_the_permissions_stay(tmp_path):
    real = written(tmp_path / "real.jsonl", HEADER)
    real.chmod(0o640)
    link = tmp_path / "works.jsonl"
    link.symlink_to(real)
    added(link, crossref("10.1/a"))
    assert link.is_symlink()
    assert lines_of(real) == [HEADER, crossref("10.1/a")]
    assert real.stat().st_mode & 0o777 == 0o640


def test_what_is_asked_again():
    from datetime import date

    answered = {
        question("crossref", {"doi": "10.1/young"}): Answered("found", "2026-11-01"),
        question("crossref", {"doi": "10.1/none"}): Answered("not-found", "2026-11-01"),
        question("crossref", {"doi": "10.1/old"}): Answered("found", "2026-01-01"),
        question("crossref", {"doi": "10.1/failed"}): Answered("failed", "2026-11-22"),
        question("datacite", {"doi": "10.1/other"}): Answered("found", "2026-11-22"),
    }
    dois = ["10.1/young", "10.1/none", "10.1/old", "10.1/failed", "10.1/other", "10.1/old"]
    wanted = unanswered("crossref", "doi", dois, answered, date(2026, 11, 22), 30)
    assert wanted == ["10.1/old", "10.1/failed", "10.1/other"]
