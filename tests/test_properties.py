"""What holds of comparisons for any text: they end, in a known state, alike from either side."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from livingreview.references.comparison.authors import ListDifference, compare_authors
from livingreview.references.comparison.compare import FIELDS, compare_field, compare_reference
from livingreview.references.comparison.journals import compare_journals
from livingreview.references.comparison.pages import compare_pages, same_article_number, same_number
from livingreview.references.comparison.persons import same_family, same_given
from livingreview.references.comparison.plain import (
    comparison_key,
    is_damaged,
    readable,
    same_script,
)
from livingreview.references.comparison.titles import compare_titles
from livingreview.references.doi import normalise_doi
from livingreview.references.judgement.validate import VERDICTS, build_report
from livingreview.references.names import (
    format_bibtex_names,
    parse_author_list,
    parse_bibtex_names,
    parse_name,
)
from livingreview.references.reading.keys import citation_key
from livingreview.references.reading.tex import decode_tex, encode_tex
from livingreview.references.record import Name, Reference
from livingreview.references.resolution.resolve import resolve_references

# --- texts -----------------------------------------------------------------------------------

# What fields hold when something went wrong on their way: markup, TeX, entities, lost signs,
# control and invisible characters, other scripts, and the words that comparison looks for.
WORDS = r"""
<i> </i> <sub> <mml:math> <script>alert(1)</script> <!-- --> <jats:p &amp; &amp;lt; &#x3b2;
&#0; & \ {} { } \" \'{e} \alpha $ $\beta$ ~ ^ _ % # \textbf{ \v \c RETRACTED: [Retracted]
撤稿： 勘误： Correction Erratum to: phase II 2 II Part 3rd third two : ： ? ？ . 。 - – — − ‐
= / ( ） ， 、 ； ; + (+) * “ ’ … · 366-71 e46 S12-S18 Article ID: Suppl. 1 第3期 00 0 1-1
n/a-n/a ١٢ Ⅱ ② 10.1000/x doi: https://doi.org/ (SICI)1-2<3::AID>4;2-# % %41 %FF J. Oncol.
Zhonghua of the an and 中国肺癌杂志 肺癌 刘 欧阳 吕 单 Lü Lv van de al- O'Brien Jr. III et al.
等 A.B. H.-R. YY Иванов Щербаков Ü ß ﬁ İ ı Σ ς É é Ǆ ό =cmd|'/c'!A1 @SUM +1 =1 nan None null
true
"""
PIECES = [*WORDS.split(), "\ufeff", " ", "  ", "\t", "\n", "\u3000", "\u200b", "\u202e", "\u00ad"]
PIECES += [
    "\u00a0",
    "\x00",
    "\x1b[31m",
    "\x7f",
    "\x85",
    "\ufffd",
    "\u0301",
    "\U0001d6fd",
    "\U000e0041",
]
anything = st.text(st.characters(codec="utf-8"), max_size=40)
pieces = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)
mixed = st.lists(st.sampled_from(PIECES) | anything, max_size=6).map(" ".join)
texts = anything | pieces | mixed
some = st.none() | texts
names = st.one_of(
    st.builds(Name, family=some, given=some),
    st.builds(Name, literal=some),
    texts.map(parse_name),
)
name_lists = st.lists(names, max_size=5)
# Small lists of few names: so that lists agree, lose a name or change places often.
FEW = [
    *(Name("Cheng", "Ying"), Name("Cheng", "Y."), Name("Ying", "Cheng"), Name("Chen", "Y")),
    *(
        Name("Han", "B"),
        Name("Han", "Baohui"),
        Name("van der Berg", "A"),
        Name("Berg", "A. van der"),
    ),
    *(Name("García Márquez", "G"), Name("García", "G"), Name("Lu", "B"), Name("Lv", "B")),
    *(Name("Ling Xiao"), Name("Xiao", "L"), Name("程", "颖"), Name("韩", "宝惠"), Name("单", "伟")),
    *(Name("Shan", "Wei"), Name("Иванов", "И"), Name("Ivanov", "I"), Name(literal="ALTER group")),
    *(Name(literal="ETER group"), Name("-", "X"), Name("\ufffd", "A"), Name(None, None)),
]
few_lists = st.lists(st.sampled_from(FEW), max_size=4)

numbers = st.integers(-(10**30), 10**30)
loose = st.recursive(
    st.none() | st.booleans() | numbers | st.floats(allow_nan=False) | texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["family", "given", "name", "date-parts", "type"]), inner)
    ),
    max_leaves=6,
)
KEYS = """
title subtitle original-title container-title short-container-title author volume issue page
article-number published-print published-online published issued journal-issue DOI type
author-list-complete translated-title update-to updated-by notices PMID _version_of
"""
records = st.dictionaries(st.sampled_from(KEYS.split()), loose | st.lists(texts, max_size=2))
references = st.builds(
    Reference,
    key=st.just("a"),
    number=st.just(1),
    title=some,
    authors=name_lists.map(tuple),
    authors_complete=st.booleans(),
    container_title=some,
    year=st.none() | st.integers(0, 9999),
    volume=some,
    issue=some,
    page=some,
    article_number=some,
    doi=some,
    doi_printed=some,
    url=some,
    registration=some,
    note=some,
)


def answer(record):
    base = {"_source": "crossref", "_query": {"doi": "10.1000/a"}, "_outcome": "found"}
    return {"DOI": "10.1000/a"} | record | base | {"_retrieved": "2026-11-22"}


def states(outcome):
    return outcome.kind if isinstance(outcome, ListDifference) else outcome


# --- nothing fails, and every outcome is one of those known -----------------------------------

TITLE_STATES = {"same", "shortened", "subtitle", "near", "far", "incomparable"}
AUTHOR_STATES = {"same", "incomparable", "mismatch", "order", "missing", "extra", "given"}
AUTHOR_STATES |= {"inverted"}


@settings(deadline=None)
@given(texts, texts)
def test_comparing_two_texts_ends_in_a_known_state(one, two):
    assert compare_titles(one, two).state in TITLE_STATES
    assert compare_journals(one, two).state in {"same", "near", "far", "incomparable"}
    assert compare_pages(one, two) in {"same", "incomparable", "differs", "last-differs"}
    assert {same_number(one, two), same_article_number(one, two)} <= {True, False}
    for score in (compare_titles(one, two).score, compare_journals(one, two).score):
        assert 0.0 <= score <= 1.0


@settings(deadline=None)
@given(name_lists | few_lists, st.booleans(), name_lists | few_lists, st.booleans())
def test_comparing_two_lists_ends_in_a_known_state(one, complete, two, other_complete):
    assert states(compare_authors(one, complete, two, other_complete)) in AUTHOR_STATES


@settings(deadline=None)
@given(texts)
def test_reading_a_text_never_fails(text):
    parse_name(text)
    parse_author_list(text)
    parse_bibtex_names(text)
    normalise_doi(text)
    readable(text)
    decode_tex(text)
    citation_key((parse_name(text),), 2020, text)


@settings(max_examples=60, deadline=None)
@given(references, records)
def test_a_reference_against_any_record_ends_in_a_known_state(reference, record):
    for field in FIELDS:
        outcome = compare_field(field, reference, answer(record))
        assert (outcome.field, outcome.state in ("agrees", "differs", "not-comparable")) == (
            field,
            True,
        )
    outcomes = compare_reference(reference, [answer(record), answer({})])
    assert [one.field for one in outcomes] == list(FIELDS)


@settings(max_examples=60, deadline=None)
@given(references, records)
def test_a_report_on_any_reference_ends_in_a_known_verdict(reference, record):
    line = {
        "key": "a",
        "number": 1,
        "outcome": "found",
        "by": "doi",
        "reference": reference.to_json(),
        "authorities": [answer(record)],
        "reasons": [],
    }
    report = build_report([line], [], [])
    assert [entry["verdict"] in VERDICTS for entry in report["references"]] == [True]
    build_report(resolve_references([reference], [answer(record)]), None, [])


# --- either way round -------------------------------------------------------------------------

TITLES_TURNED = {"shortened": "subtitle", "subtitle": "shortened"}
LISTS_TURNED = {"missing": "extra", "extra": "missing"}
TITLES = [
    "Anlotinib in lung cancer: a randomised phase 2 trial",
    "Anlotinib in lung cancer: a randomised phase 3 trial",
    "Anlotinib in lung cancer",
    "<i>Anlotinib</i> in Lung Cancer. A Randomized Phase II Trial",
    "RETRACTED: Anlotinib in lung cancer",
    "P2.12-13 Anlotinib in lung cancer",
    "Topotecan in oesophageal carcinoma",
    "安罗替尼治疗肺癌的疗效：随机对照试验",
    "安罗替尼治疗肺癌的疗效",
]
JOURNALS = [
    *(
        "J. Clin. Oncol.",
        "Journal of Clinical Oncology",
        "JCO",
        "Lung Cancer",
        "Lung Cancer Manag.",
    ),
    *("Lung Cancer (Amsterdam, Netherlands)", "CA: A Cancer Journal for Clinicians", "Cancer"),
    *("Zhonghua Zhong Liu Za Zhi", "Chinese journal of oncology", "中华肿瘤杂志", "中国肺癌杂志"),
    *("JNCI: Journal of the National Cancer Institute", "J Natl Cancer Inst", "CA Cancer J Clin"),
]
NUMBERS = [
    "366-71",
    "366-371",
    "366",
    "e366",
    "Article ID: 366",
    "S12-S18",
    "S12-8",
    "12",
    "012",
    "",
]


@settings(deadline=None)
@given(texts | st.sampled_from(TITLES), texts | st.sampled_from(TITLES))
def test_titles_compare_alike_from_either_side(one, two):
    there, back = compare_titles(one, two), compare_titles(two, one)
    assert (back.state, back.score) == (
        TITLES_TURNED.get(there.state, there.state),
        pytest.approx(there.score),
    )


@settings(deadline=None)
@given(texts | st.sampled_from(JOURNALS), texts | st.sampled_from(JOURNALS))
def test_journals_compare_alike_from_either_side(one, two):
    there, back = compare_journals(one, two), compare_journals(two, one)
    assert (back.state, back.score) == (there.state, pytest.approx(there.score))


@settings(deadline=None)
@given(texts | st.sampled_from(NUMBERS), texts | st.sampled_from(NUMBERS))
def test_numbers_compare_alike_from_either_side(one, two):
    assert compare_pages(one, two) == compare_pages(two, one)
    assert same_number(one, two) == same_number(two, one)
    assert same_article_number(one, two) == same_article_number(two, one)
    assert same_script(one, two) == same_script(two, one)


@settings(deadline=None)
@given(names | st.sampled_from(FEW), names | st.sampled_from(FEW))
@example(Name("程", "颖"), Name("Cheng", "Ying"))
@example(Name("Cheng", "Ying"), Name("Ling Xiao"))
def test_names_compare_alike_from_either_side(one, two):
    assert same_family(one, two) == same_family(two, one)
    assert same_given(one, two) == same_given(two, one)


@settings(deadline=None)
@given(name_lists | few_lists, name_lists | few_lists)
def test_complete_lists_compare_alike_from_either_side(one, two):
    there = states(compare_authors(one, True, two, True))
    back = states(compare_authors(two, True, one, True))
    # The first author alone in a record says nothing of the others, alone in a list it does; a
    # group that the list lacks is the record's own matter.
    if "incomparable" in (there, back) or any(name.literal for name in [*one, *two]):
        return
    assert back == LISTS_TURNED.get(there, there)


# --- with itself ------------------------------------------------------------------------------


@settings(deadline=None)
@given(texts)
def test_a_text_is_the_same_as_itself(text):
    assert compare_titles(text, text).state in {"same", "incomparable"}
    assert compare_journals(text, text).state in {"same", "incomparable"}
    assert compare_pages(text, text) == "same"
    assert same_number(text, text)
    assert same_article_number(text, text)
    if comparison_key(text) and not is_damaged(text):
        assert compare_journals(text, text).state == "same"


@settings(deadline=None)
@given(name_lists | few_lists, st.booleans(), st.booleans())
def test_a_list_is_the_same_as_itself(people, complete, other):
    assert compare_authors(people, complete, people, other) in ("same", "incomparable")
    for name in people:
        assert same_family(name, name)
        assert same_given(name, name)


@settings(deadline=None)
@given(texts)
def test_a_doi_read_again_stays(text):
    doi = normalise_doi(text)
    assert doi is None or normalise_doi(doi) == doi


@settings(deadline=None)
@given(texts)
def test_tex_comes_back(text):
    plain = decode_tex(encode_tex(text))
    assert decode_tex(encode_tex(plain)) == plain


@settings(deadline=None)
@given(st.lists(names, max_size=3).map(tuple), st.booleans())
def test_names_written_and_read_twice_stay(people, complete):
    once = parse_bibtex_names(format_bibtex_names(people, complete))
    assert parse_bibtex_names(format_bibtex_names(*once)) == once


@settings(max_examples=60, deadline=None)
@given(references)
def test_a_record_that_says_what_is_printed_contradicts_nothing(reference):
    people = [
        {"name": name.literal}
        if name.literal is not None
        else {"family": name.family or "", "given": name.given or ""}
        for name in reference.authors
    ]
    record = {
        "title": [reference.title or ""],
        "author": people,
        "container-title": [reference.container_title or ""],
        "volume": reference.volume,
        "issue": reference.issue,
        "page": reference.page,
        "article-number": reference.article_number,
    }
    outcomes = compare_reference(reference, [answer(record)])
    assert [one.field for one in outcomes if one.state == "differs" and one.field != "doi"] == []


# --- any length -------------------------------------------------------------------------------

LONG = 200_000


@pytest.mark.parametrize(
    "unit",
    [
        *("a", "A. ", "(", "<", "<i>", "&amp;", "\\", "\\'{", "{", "}", "$", "-", "1-", "1", ": "),
        *(
            "。",
            ", ",
            "; ",
            " and ",
            " et al",
            "刘, ",
            "van ",
            "A-",
            "Jr, ",
            "10.1000/",
            "doi:",
            "#",
        ),
        *("[J]. ", "[1] ", "(2020) ", "*", "**a", "\u0301", "\u200b", "\u3000", "ﷺ", "RETRACTED: "),
    ],
    ids=ascii,
)
def test_very_long_texts_take_no_time(unit):
    """A text of 200,000 signs: what takes more than linear time would take hours."""
    text = (unit * LONG)[:LONG]
    for one, two in ((text, "x" + text[1:] + "y"), (text, "Lung Cancer")):
        compare_titles(one, two)
        compare_journals(one, two)
        compare_pages(one, two)
        same_number(one, two)
        same_article_number(one, two)
        compare_authors([Name(one, two)], True, [Name(two, one)], True)
        compare_authors([Name(literal=one)], True, [Name(literal=two)], True)
    normalise_doi(text)
    decode_tex(text)
    parse_name(text)
    parse_author_list(text)
    citation_key((Name(text, text),), 2020, text)
