"""Two reports, of before and of now, made into one of what is new."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from livingreview.references.judgement.validate import build_report
from livingreview.references.reading.bibtex import read_bibtex
from livingreview.references.reporting.changes import content, only_changes
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
    assert told["summary"]["changed_since"] == {"revision": "v1", "left_out": 64}


def test_everything_is_new_beside_nothing(review):
    told = changes(review, ([], [], ""))
    report, _ = judged(*review)
    assert told["references"] == report["references"]
    assert told["findings"] == report["findings"]
    assert told["summary"] == report["summary"] | {
        "changed_since": {"revision": "v1", "left_out": 0}
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
    longer = renumbered([*references[:place], new, *references[place:]], 9)
    told = changes((longer, lock, text), review)
    assert [entry["key"] for entry in told["references"]] == ["new"]
    assert told["findings"] == []


def test_the_text_may_move(review):
    references, lock, text = review
    moved = "A new beginning.\n\n" + text.replace("\n\n", "\n\n\n")
    assert changes((references, lock, moved), review)["references"] == []


@given(st.integers(0, 63), st.sampled_from(["title", "volume", "page", "doi", "note"]))
def test_any_changed_field_is_a_changed_entry(review, place, field):
    reference = review[0][place]
    assert content(replace(reference, **{field: "another"})) != content(reference)
    assert content(replace(reference, number=999, line=1)) == content(reference)
