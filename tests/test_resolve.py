"""Which answers of the lock are taken for which reference, and which are not."""

import pytest

from livingreview.references.record import Name, Reference
from livingreview.references.resolution.resolve import resolve_references


def resolve_one(reference, answers):
    return resolve_references([reference], answers)[0]


TITLE = "Anlotinib as maintenance therapy in small cell lung cancer"


def reference(**fields):
    base = {
        "key": "k",
        "number": 3,
        "title": TITLE,
        "authors": (Name(family="Wang", given="N."),),
        "container_title": "Cancer Medicine",
        "year": 2022,
    }
    return Reference(**(base | fields))


def answer(source="crossref", outcome="found", query=None, **fields):
    return {
        "_source": source,
        "_query": query or {},
        "_outcome": outcome,
        "_retrieved": "2026-11-22",
    } | fields


def crossref(doi="10.1000/a", **fields):
    return answer(query={"doi": doi}, DOI=doi, title=[TITLE]) | fields


def page(key="k", **fields):
    return answer("page", query={"for": key}, _for=key) | fields


def outcome_of(printed, *answers):
    line = resolve_one(printed, answers)
    return line["outcome"], line["by"], line["authorities"]


WANG = [{"family": "Wang", "given": "Ning"}]
IN_2022 = {"date-parts": [[2022]]}


@pytest.mark.parametrize(
    ("printed", "answers", "expected"),
    [
        pytest.param(
            {"doi": "10.1000/a"}, [crossref("10.1000/A")], ("found", "doi"), id="by DOI, any case"
        ),
        pytest.param(
            {"doi": "10.1000/old"},
            [crossref(DOI="10.1000/new", _query={"doi": "10.1000/old"})],
            ("found", "doi"),
            id="by the DOI that was asked for",
        ),
        pytest.param(
            {"doi": "10.1000/a"},
            [crossref(title=["Something else altogether"])],
            ("found", "doi"),
            id="by DOI, the title being another's: for the comparison to tell",
        ),
        pytest.param(
            {"doi": "10.1000/a"},
            [answer(outcome="failed", query={"doi": "10.1000/a"})],
            ("failed", None),
            id="nobody answered",
        ),
        pytest.param(
            {"doi": "10.1000/a"},
            [answer(outcome="not-found", query={"doi": "10.1000/a"})],
            ("not-found", None),
            id="not found",
        ),
        pytest.param(
            {"doi": "10.1000/a"},
            [
                answer(outcome="not-found", query={"doi": "10.1000/a"}),
                answer("datacite", outcome="failed", query={"doi": "10.1000/a"}),
            ],
            ("failed", None),
            id="one did not find it, one did not answer",
        ),
        pytest.param(
            {"doi": "10.1000/a"},
            [
                answer(outcome="not-found", query={"doi": "10.1000/a"}),
                crossref(_source="datacite"),
            ],
            ("found", "doi"),
            id="one did not find it, one did",
        ),
        pytest.param({"doi": "10.1000/a"}, [page(title=[TITLE])], ("found", "for"), id="by key"),
        pytest.param(
            {"doi": "10.1000/a"},
            [page(title=[TITLE], DOI="10.1000/b")],
            ("found", "for"),
            id="by key, with another DOI: for the comparison to tell",
        ),
        pytest.param({}, [page(title=[TITLE.upper()])], ("found", "for"), id="by key without DOI"),
        pytest.param(
            {},
            [page(title=[TITLE.replace("small", "non-small")])],
            ("found", "for"),
            id="by key, the title near",
        ),
        pytest.param({}, [page()], ("found", "for"), id="by key, nothing seen"),
        pytest.param(
            {"registration": "NCT01234567", "title": "Official title"},
            [page(title=["Brief"], registration=["nct01234567"])],
            ("found", "for"),
            id="by key and registration number",
        ),
        pytest.param(
            {"registration": "NCT01234567", "title": "Official title"},
            [answer("clinicaltrials", query={"registration": "NCT01234567"})],
            ("found", "for"),
            id="by registration number",
        ),
        pytest.param(
            {}, [crossref(author=WANG)], ("found", "title"), id="by title and first author"
        ),
        pytest.param({}, [crossref(issued=IN_2022)], ("found", "title"), id="by title and year"),
        pytest.param(
            {"year": 2021},
            [crossref(issued=IN_2022, author=WANG)],
            ("found", "title"),
            id="by title, author and a year before",
        ),
        pytest.param(
            {"title": "安罗替尼治疗小细胞肺癌", "authors": (Name(family="王", given="宁"),)},
            [
                crossref(
                    title=["安罗替尼治疗小细胞肺癌。"], author=[{"family": "王", "given": "宁"}]
                )
            ],
            ("found", "title"),
            id="by title and author, Chinese",
        ),
    ],
)
def test_answers_about_the_reference_are_taken(printed, answers, expected):
    outcome, by, authorities = outcome_of(reference(**printed), *answers)
    assert (outcome, by) == expected
    assert authorities == answers


@pytest.mark.parametrize(
    ("printed", "answers"),
    [
        pytest.param({"doi": "10.1000/b"}, [crossref()], id="another DOI, same title"),
        pytest.param({"doi": "10.1000/a"}, [], id="an empty lock"),
        pytest.param(
            {}, [page("other", title=[TITLE])], id="for another key, same title and nothing more"
        ),
        pytest.param(
            {}, [page(title=["Ferroptosis through the p53 pathway"])], id="another work has the key"
        ),
        pytest.param(
            {"doi": "10.1000/a"}, [page(DOI="10.1000/b")], id="by key, another DOI and no title"
        ),
        pytest.param(
            {"registration": "NCT01234567"},
            [page(title=[TITLE], registration=["NCT07654321"])],
            id="another registration number",
        ),
        pytest.param({}, [crossref()], id="title alone"),
        pytest.param(
            {},
            [crossref(author=[{"family": "Li"}], issued=IN_2022)],
            id="same title, another first author",
        ),
        pytest.param(
            {}, [crossref(author=WANG, issued={"date-parts": [[2024]]})], id="two years apart"
        ),
        pytest.param(
            {},
            [crossref(author=WANG), crossref("10.1000/b", author=WANG)],
            id="two works of one title, author and year",
        ),
        pytest.param(
            {},
            [crossref(author=WANG, type="posted-content")],
            id="the preprint of a journal article",
        ),
        pytest.param({}, [crossref(author=WANG, _version_of="preprint")], id="marked as preprint"),
        pytest.param(
            {"title": TITLE.replace("small", "non-small")},
            [crossref(author=WANG, issued=IN_2022)],
            id="a title that is only near",
        ),
        pytest.param(
            {"registration": "NCT01234567"},
            [crossref(author=WANG)],
            id="the paper of a registration",
        ),
    ],
)
def test_answers_about_something_else_are_not(printed, answers):
    assert outcome_of(reference(**printed), *answers) == ("not-asked", None, [])


@pytest.mark.parametrize(
    ("printed", "by"),
    [
        pytest.param({"doi": "10.1000/a"}, "doi", id="by its DOI"),
        pytest.param({}, "title", id="by title and first author"),
    ],
)
def test_a_page_read_for_a_key_of_another_list_answers_too(printed, by):
    answer = page("other", DOI="10.1000/a", title=[TITLE], author=WANG)
    assert outcome_of(reference(**printed), answer) == ("found", by, [answer])


def test_a_refusal_has_its_reason():
    line = resolve_one(reference(), [page(title=["Ferroptosis through the p53 pathway"])])
    assert line["reasons"] == ["read for this citation key, but the title there is another work's"]
    line = resolve_one(reference(), [page(title=[TITLE], _version_of="preprint")])
    assert line["reasons"] == ["read for this citation key, but about another version: preprint"]
    assert resolve_one(reference(), [])["reasons"] == [
        "the lock holds no answer about this reference"
    ]


def test_a_doi_that_a_page_shows_brings_the_registries_answers_to_it():
    seen = page(title=[TITLE], DOI="10.1000/a")
    registry = crossref(volume="12")
    line = resolve_one(reference(), [registry, seen, crossref("10.1000/b")])
    assert line["authorities"] == [seen, registry]


def test_lines_hold_the_reference_and_come_in_its_order():
    printed = [reference(key="a", number=1, doi="10.1000/a"), reference(key="b", number=2)]
    lines = resolve_references(printed, [crossref()])
    assert [(line["key"], line["number"], line["outcome"]) for line in lines] == [
        ("a", 1, "found"),
        ("b", 2, "not-asked"),
    ]
    assert [Reference.from_json(line["reference"]) for line in lines] == printed
    assert list(lines[0]) == [
        "key",
        "number",
        "outcome",
        "by",
        "reference",
        "authorities",
        "reasons",
        "match",
    ]
