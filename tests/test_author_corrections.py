"""The author field that a correction proposes: as the list writes names, or none at all."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingreview.references.comparison.persons import letters, seems_inverted
from livingreview.references.comparison.pinyin import SYLLABLES
from livingreview.references.corrections.author_names import author_names
from livingreview.references.corrections.bibliography import (
    possible_corrections,
    propose_corrections,
)
from livingreview.references.judgement.validate import build_report
from livingreview.references.names import format_bibtex_names, parse_bibtex_names
from livingreview.references.reading.bibtex import parse_bibtex
from livingreview.references.record import Reference
from livingreview.references.work import work_authors


def record(names):
    """`Zhang/Wei; Plato`: family and given names as a registry has them."""
    parts = [part.partition("/") for part in names.split("; ")]
    return {"author": [{"family": one, "given": two} if two else {"family": one}
                       for one, _, two in parts]}  # fmt: skip


def proposed(field, names):
    """The proposed author field, None if there is none."""
    authors, complete = parse_bibtex_names(field)
    reference = Reference(key="a", number=1, authors=authors, authors_complete=complete)
    new = author_names(reference, record(names))
    return None if new is None else format_bibtex_names(new, complete)


@pytest.mark.parametrize(
    ("field", "names", "expected"),
    [
        pytest.param("Si XY and Zhang L", "Xiaoyan/SI; Li/ZHANG", None, id="inverted, capitals"),
        pytest.param("Xu XM and Ouyang F", "Xiao-Ming/Xu; Ouyang/Fei", None, id="one inverted"),
        pytest.param(
            "Wang, L. and Zheng, XY", "Li/Wang; Xiaoyan/Zhang", None, id="seen by another name"
        ),
        pytest.param("Zheng, XY", "Xiaoyan/Zhang", None, id="seen by its syllables"),
        pytest.param("司, 晓艳", "司/晓燕", "司, 晓燕", id="Chinese"),
        pytest.param(
            "Zheng, XY and Chen, YL",
            "ZHANG/XIAO YAN; CHEN/Y.-L.",
            "Zhang, XY and Chen, YL",
            id="capitals, initials",
        ),
        pytest.param(
            "Zheng, X.-Y. and Chen, Y.",
            "ZHANG/XIAO YAN; CHEN/Y.-L.",
            "Zhang, X.Y. and Chen, Y.",
            id="capitals, initials with stops",
        ),
        pytest.param(
            "Zheng, Xiaoyan and Chen, Yulin",
            "ZHANG/XIAO YAN; CHEN/YULIN",
            "Zhang, Xiao Yan and Chen, Yulin",
            id="capitals, names written out",
        ),
        pytest.param(
            "ZHENG, XY and CHEN, YL",
            "ZHANG/XIAO YAN; CHEN/Y.-L.",
            "ZHANG, XY and CHEN, YL",
            id="the list has capitals too",
        ),
        pytest.param("Weng, N", "Wang/NING", None, id="which of the two is the family name"),
        pytest.param("Wu, X. and Li, K.", "Wang/XY; Li/K", "Wang, X.Y. and Li, K.", id="initials"),
        pytest.param("Smyth, J. and Li, K.", "Smith/JA; Li/K", "Smith, J.A. and Li, K.", id="JA"),
        pytest.param("Smyth, J.", "SMITH/JA", "Smith, J.", id="SMITH JA"),
        pytest.param("Smyth, Jo and Li, Kai", "SMITH/JO; LI/KAI", None, id="Jo or J. O."),
        pytest.param("Jones, Ian", "MACDONALD/IAN", None, id="MacDonald or Macdonald"),
        pytest.param("Jones, I.", "VAN DER BERG/IAN", None, id="particles in capitals"),
        pytest.param("Perez, L.", "PAZ-ARES/LUIS", "Paz-Ares, L.", id="hyphen"),
        pytest.param("Jones, M.", "King/Martin Luther Jr.", "King, M.L. Jr.", id="generation"),
        pytest.param("Jones, M.", "Santos/João Pedro da", "Santos, J.P. da", id="particle behind"),
        pytest.param("Zheng, L and others", "zhang/lei; li/yu", "Zhang, L and others", id="small"),
    ],
)  # fmt: skip
def test_the_proposed_author_field(field, names, expected):
    assert proposed(field, names) == expected


def found(names, **more):
    return {"_source": "crossref", "_query": {"doi": "10.1000/a"}, "_outcome": "found",
            "_retrieved": "2026-11-22", "DOI": "10.1000/a", "title": ["Words"], **record(names),
            **more}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "names", "codes", "fields"),
    [
        pytest.param(
            "Si XY and Zhang L", "Xiaoyan/SI; Li/ZHANG", ["author.inverted"], [], id="inverted"
        ),
        pytest.param(
            "Wang, L. and Zhang, XY and Chen, YL",
            "Li/Wang; Xiaoyan/Zhang; Yulin/Chen",
            ["author.inverted"],
            [],
            id="inverted, two initials",
        ),
        pytest.param(
            "Si XY and Zheng L", "Xiaoyan/SI; Li/ZHANG", ["author.mismatch"], [], id="wrong as well"
        ),
        pytest.param(
            "Zheng, XY and Chen, YL",
            "ZHANG/XIAO YAN; CHEN/Y.-L.",
            ["author.mismatch"],
            ["Zhang, XY and Chen, YL"],
            id="capitals",
        ),
        pytest.param(
            "Zheng, X and others and Chen, Y",
            "Zhang/Xiao; Li/Kai; Chen/Yu",
            ["author.mismatch"],
            [],
            id="a gap that the correction would lose",
        ),
        pytest.param("郑晓 and 陈玉", "张/晓; 陈/玉", ["author.mismatch"], ["张, 晓 and 陈, 玉"],
                     id="Chinese"),
    ],
)  # fmt: skip
def test_findings_and_corrections_of_an_entry(field, names, codes, fields):
    text = (
        f"@article{{a,\n  author = {{{field}}},\n  title = {{Words}},\n  doi = {{10.1000/a}},\n}}\n"
    )
    (reference,) = parse_bibtex(text, "list.bib")
    line = {"key": "a", "number": 1, "outcome": "found", "by": "doi", "reasons": []}
    line |= {"reference": reference.to_json(), "authorities": [found(names)]}
    report = build_report([line], [], [])
    seen = [one["code"] for one in report["references"][0]["findings"] if one["field"] == "author"]
    made = possible_corrections(text, propose_corrections([line], report, text))
    assert (seen, [one.bibtex["author"] for one in made]) == (codes, fields)


# --- whatever the record has -----------------------------------------------------------------

words = st.one_of(
    st.sampled_from(sorted(SYLLABLES)),
    st.sampled_from(["smith", "garcía", "ångström", "paz-ares", "o'brien", "macdonald", "ouyang"]),
    st.lists(st.sampled_from(sorted(SYLLABLES)), min_size=2, max_size=2).map("".join),
)
forms = st.sampled_from([str.title, str.upper, str.lower, str])
family_names = st.builds(lambda word, form: form(word), words, forms)
given_names = st.builds(
    lambda parts, sign, form: form(sign.join(parts)),
    st.lists(st.one_of(words, st.sampled_from("abxy")), min_size=1, max_size=3),
    st.sampled_from([" ", "-", ". ", ""]),
    forms,
)
people = st.lists(
    st.fixed_dictionaries({"family": family_names, "given": given_names}), min_size=1, max_size=4
)
printed = st.lists(
    st.builds(
        lambda family, text, short: f"{family}, {text[:2].upper() if short else text}",
        family_names, given_names, st.booleans(),
    ),
    min_size=1,
    max_size=4,
).map(" and ".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(printed, people)
def test_a_proposed_name_is_one_of_the_record_in_its_own_letters(field, record_names):
    authors, complete = parse_bibtex_names(field)
    reference = Reference(key="a", number=1, authors=authors, authors_complete=complete)
    names = author_names(reference, {"author": record_names})
    if names is None:
        return
    assert parse_bibtex_names(format_bibtex_names(names, complete)) == (names, complete)
    assert not any(map(seems_inverted, work_authors({"author": record_names})))
    for name, one in zip(names, record_names, strict=False):
        if name in authors:
            continue  # as the list prints it
        assert letters(name.family) == letters(one["family"])
        parts = re.findall(r"[^\W\d_]+", one["given"])
        if letters(name.given) == letters(one["given"]):
            continue  # written out
        assert letters(name.given) in initials_possible(parts)


def initials_possible(parts):
    """The first letters of the parts; all letters of one that can be initials itself."""
    texts = {""}
    for part in parts:
        whole = [letters(part)] if part.isupper() and len(part) <= 4 else []
        texts = {text + more for text in texts for more in [letters(part)[:1], *whole]}
    return texts
