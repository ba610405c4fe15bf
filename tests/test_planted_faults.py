"""Faults and harmless changes planted in references: what is found, and that nothing else is.

The bounds hold for works that stand in this repository, and with recorded works among them.
"""

import re
from pathlib import Path

import pytest

from planted_table import SEED, check_all, table

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "verification.md"
FEWEST = 14
FOUND, NAMED = 0.98, 0.95
SUBTITLES = ("missing subtitle", "missing subtitle of a short title")


@pytest.fixture(scope="module")
def outcomes():
    return check_all(SEED)


def short_of_bounds(outcomes):
    """Kinds of faults found or named less often than they must be, with the entries missed."""
    return {
        one.kind.name: [
            (entry.work.key, codes(reference), entry.fields)
            for entry, reference in one.checked
            if not set(one.kind.codes) & set(codes(reference))
        ]
        for one in outcomes
        if one.kind.codes and not one.kind.hard and not is_within_bounds(one)
    }


def is_within_bounds(outcome):
    count = len(outcome.checked)
    return outcome.found >= FOUND * count and outcome.named >= NAMED * count


def codes(reference):
    return [one["code"] for one in reference["findings"]]


def accused(outcomes):
    """Entries without a fault that have an error or a warning, and what each was accused of."""
    return [
        (one.kind.name, entry.work.key, finding["code"], finding["cited"], finding["found"])
        for one in outcomes
        if not one.kind.codes and not one.kind.hard
        for entry, reference in one.checked
        for finding in reference["findings"]
        if finding["severity"] != "note"
    ]


def test_faults_are_found_and_named_by_their_field(outcomes):
    assert short_of_bounds(outcomes) == {}


def test_faults_of_fields_are_errors(outcomes):
    """Where the catalogue has errors for a fault, a warning would let it pass a check."""
    weak = {
        one.kind.name: one.having("error")
        for one in outcomes
        if one.is_grave and not one.kind.hard and one.having("error") < FOUND * len(one.checked)
    }
    assert weak == {}


def test_what_is_right_is_not_accused(outcomes):
    assert accused(outcomes) == []


def test_no_more_than_the_fault_is_accused(outcomes):
    assert {one.kind.name: one.beside for one in outcomes if one.kind.codes and one.beside} == {}


def test_every_kind_has_entries_enough(outcomes):
    counts = {one.kind.name: len(one.checked) for one in outcomes}
    assert {name: count for name, count in counts.items() if count < FEWEST} == {}


@pytest.mark.parametrize(
    "is_one",
    [
        pytest.param(lambda work: "<mml:math" in work.record["title"][0], id="MathML"),
        pytest.param(lambda work: "<" in (work.doi or ""), id="a DOI with <"),
        pytest.param(lambda work: "(" in (work.doi or ""), id="a DOI with ("),
        pytest.param(lambda work: re.search("[а-я]", str(work.people)), id="Cyrillic authors"),
        pytest.param(lambda work: work.language == "zh", id="Chinese authors"),
        pytest.param(lambda work: work.read is not None, id="facts read in pages"),
    ],
)
def test_difficult_works_are_among_faults_and_among_what_is_right(outcomes, is_one):
    for with_fault in (True, False):
        kinds = [
            one.kind.name
            for one in outcomes
            if bool(one.kind.codes) == with_fault
            and any(is_one(entry.work) for entry, _ in one.checked)
        ]
        assert len(kinds) > 8


def test_a_missing_subtitle_and_an_online_first_year_are_notes(outcomes):
    noted = {
        one.kind.name: {tuple(codes(reference)) for _, reference in one.checked}
        for one in outcomes
        if one.kind.name in SUBTITLES or one.kind.name == "online-first year"
    }
    assert noted == {
        **{name: {("title.subtitle",)} for name in SUBTITLES},
        "online-first year": {("year.online-first",)},
    }


def test_another_seed():
    found = check_all(SEED + 1, most=20)
    assert (short_of_bounds(found), accused(found)) == ({}, [])


def test_with_recorded_works(shared):
    found = check_all(SEED + 2, shared / "crossref" / "recorded", most=20)
    assert (short_of_bounds(found), accused(found)) == ({}, [])


def test_the_table_of_the_documentation_is_that_of_today(outcomes):
    """`python tests/planted_table.py` prints it; so does `make bench`."""
    text = DOCUMENT.read_text(encoding="utf-8")
    shown = text.partition("<!-- table -->\n")[2].partition("<!-- end of table -->")[0]
    assert shown.strip() == table(outcomes).strip()
