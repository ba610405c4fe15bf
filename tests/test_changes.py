"""Two reports, of before and of now, made into one of what is new."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from livingreview.references.judgement.validate import build_report
from livingreview.references.reading.bibtex import read_bibtex
from livingreview.references.reporting.changes import content, former_keys, only_changes
from livingreview.references.resolution.resolve import resolve_references
from livingreview.references.texts.citations import read_citations
from livingreview.registries.lock import read_lock

TEXT = "data/evidence/en.md"


@pytest.fixture(scope="module")
def review():
    """The delivered list: its references, its lock, and where it is cited."""
    references = read_bibtex(ROOT / "data/references.bib")
    text = (ROOT / TEXT).read_text(encoding="utf-8")
    return references, read_lock(ROOT / "data/lock/works.jsonl"), text


def judged(references, lock, text):
    rows = read_citations(text, TEXT, "en", references)
    return build_report(resolve_references(references, lock), rows, [], "2026-11-22"), rows


def changes(now, before):
    """`now` and `before`: references, lock and text."""
    (report, rows), (old, old_rows) = judged(*now), judged(*before)
    return only_changes(report, old, (now[0], before[0]), (rows, old_rows), "v1")


def test_nothing_is_new_beside_itself(review):
    told = changes(review, review)
    assert (told["references"], told["findings"], told["waived"]) == ([], [], [])
    assert told["summary"]["changed_since"] == {"revision": "v1", "left_out": 64, "lapsed": []}


def test_everything_is_new_beside_nothing(review):
    told = changes(review, ([], [], ""))
    report, _ = judged(*review)
    assert told["references"] == report["references"]
    assert told["findings"] == report["findings"]
    assert told["summary"] == report["summary"] | {
        "changed_since": {"revision": "v1", "left_out": 0, "lapsed": []}
    }


def renumbered(references, lines):
    return [
        replace(one, number=number, line=(one.line or 0) + lines)
        for number, one in enumerate(references, start=1)
    ]


@pytest.mark.parametrize("place", [0, 30, 64])
def test_one_more_reference_is_all_that_is_new(review, place):
    """Wherever it is put in: the numbers of those behind it move, also where a finding on another
    reference names them."""
    references, lock, text = review
    new = replace(references[0], key="new", doi="10.1000/new", title="Of something else")
    new = replace(new, volume="77", page="1-9")
    longer = renumbered([*references[:place], new, *references[place:]], 9)
    told = changes((longer, lock, text), review)
    assert [entry["key"] for entry in told["references"]] == ["new"]
    assert told["findings"] == []


def test_the_text_may_move(review):
    references, lock, text = review
    moved = "A new beginning.\n\n" + text.replace("\n\n", "\n\n\n")
    assert changes((references, lock, moved), review)["references"] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_other_keys_are_nothing_new(review, language):
    """In texts that cite by key and by number, and where findings name other entries."""
    references, lock, _ = review
    text = (ROOT / f"data/evidence/{language}.md").read_text(encoding="utf-8")
    twice = replace(references[0], key="again", number=65)
    old = [*references, twice]
    new = [replace(one, key=f"{one.key}-new") for one in old]
    cited = re.sub(r"@\w[\w-]*\w", r"\g<0>-new", text)
    assert cited != text
    told = changes((new, lock, cited), (old, lock, text))
    assert (told["references"], told["findings"]) == ([], [])
    assert told["summary"]["changed_since"]["left_out"] == 65


def test_keys_of_entries_alike_are_told_apart_by_their_order(review):
    one, other = replace(review[0][0], key="a"), replace(review[0][0], key="b")
    third = replace(review[0][0], key="c")
    assert former_keys([one, other], [one, other]) == {}
    assert former_keys([third, other], [one, other]) == {"c": "a"}
    assert former_keys([third], [one, other]) == {"c": "a"}
    assert former_keys([one, other, third], [one, other]) == {}


def test_answers_that_are_gone_lapse_and_asked_ones_do_not(review):
    """What was unchecked before is no news, nor is what has a new key."""
    references, _, text = review
    told = changes((references, [], text), review)
    before = {
        entry["key"]
        for entry in judged(*review)[0]["references"]
        if entry["verdict"] != "unchecked"
    }
    now = {
        entry["key"]
        for entry in judged(references, [], text)[0]["references"]
        if entry["verdict"] == "unchecked"
    }
    assert set(told["summary"]["changed_since"]["lapsed"]) == before & now
    assert len(before & now) > 38
    renamed = [replace(one, key=f"{one.key}-new") for one in references]
    again = changes((renamed, [], text), review)
    assert len(again["summary"]["changed_since"]["lapsed"]) == len(before & now)
    assert changes(review, (references, [], text))["summary"]["changed_since"]["lapsed"] == []


@given(st.integers(0, 63), st.sampled_from(["title", "volume", "page", "doi", "note"]))
def test_any_changed_field_is_a_changed_entry(review, place, field):
    reference = review[0][place]
    assert content(replace(reference, **{field: "another"})) != content(reference)
    assert content(replace(reference, number=999, line=1)) == content(reference)
