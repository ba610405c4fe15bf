"""Citation keys."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from livingreview.references.reading.bibtex import read_bibtex
from livingreview.references.reading.keys import assign_keys, citation_key
from livingreview.references.record import Name, Reference


@pytest.mark.parametrize(
    ("author", "year", "title", "key"),
    [
        pytest.param(
            Name("Cheng", "Y."), 2021, "Anlotinib vs Placebo", "cheng2021anlotinib", id="plain"
        ),
        pytest.param(
            Name("刘", "通"), 2021, "CIK 细胞免疫治疗", "liu2021cik", id="Chinese name, Latin word"
        ),
        pytest.param(
            Name(literal="正大天晴药业"),
            2022,
            "盐酸胶囊说明书",
            "zhengda2022yansuan",
            id="Chinese group",
        ),
        pytest.param(
            Name("吕", "明"), 2020, "绿色肺癌", "lv2020lvse", id="ü is v, as in input methods"
        ),
        pytest.param(
            Name("Fatehi Hassanabad", "A."),
            2020,
            "Molecular Mechanisms",
            "fatehihassanabad2020molecular",
            id="family of two words",
        ),
        pytest.param(
            Name("van Dorst", "D."),
            2023,
            "The Cancer",
            "vandorst2023cancer",
            id="particle, article",
        ),
        pytest.param(Name("Gao", "T."), 2024, "A Meta-Analysis", "gao2024meta", id="hyphen"),
        pytest.param(Name("Han", "B."), 2024, "MA17.07 Drug", "han2024ma1707", id="full stop"),
        pytest.param(Name("Müller", "Ø."), 2020, "Éclair", "muller2020eclair", id="accents"),
        pytest.param(
            Name("Øster", "A."), 2020, "β-Blockers", "oster2020blockers", id="Greek first"
        ),
        pytest.param(
            Name(literal="World Health Organization"), 2020, "Report", "world2020report", id="group"
        ),
        pytest.param(None, 2020, "Report", "anonymous2020report", id="no author"),
        pytest.param(Name("Wu", "Y."), None, "Report", "wunodatereport", id="no year"),
        pytest.param(Name("Wu", "Y."), 2020, None, "wu2020", id="no title"),
    ],
)
def test_citation_key(author, year, title, key):
    assert citation_key((author,) if author else (), year, title) == key


def test_the_later_of_equal_keys_get_letters():
    same = [Reference(key="", number=n, authors=(Name("Wu", "Y."),), year=2020) for n in range(28)]
    keys = [reference.key for reference in assign_keys(same)]
    assert keys[:4] == ["wu2020", "wu2020-b", "wu2020-c", "wu2020-d"]
    assert keys[25:] == ["wu2020-z", "wu2020-ba", "wu2020-bb"]


def test_the_keys_of_the_bibliography_follow_the_rule():
    references = read_bibtex(ROOT / "data" / "references.bib")
    assert [r.key for r in assign_keys(references)] == [r.key for r in references]


@settings(deadline=None)  # the first call reads dictionaries
@given(st.text(max_size=30), st.text(max_size=30))
def test_keys_are_plain_ascii(family, title):
    assert re.fullmatch("[a-z0-9]+", citation_key((Name(family=family),), 2020, title))
