"""Reading CSL JSON: whole lists as programs export them, single variables, broken files, lines."""

import json
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingreview.errors import InputError
from livingreview.references.reading.csl_json import parse_csl_json
from livingreview.references.record import Name, Reference

# As Zotero writes it: addresses as id, strings in date-parts, rich text, its own access date.
ZOTERO = """\
[
\t{
\t\t"id": "http://zotero.org/users/1/items/ABCD1234",
\t\t"type": "article-journal",
\t\t"abstract": "Abstract",
\t\t"container-title": "Frontiers in Oncology",
\t\t"container-title-short": "Front. Oncol.",
\t\t"DOI": "10.3389/FONC.2022.917089",
\t\t"ISSN": "2234-943X",
\t\t"journalAbbreviation": "Front. Oncol.",
\t\t"language": "en-US",
\t\t"note": "PMID: 35000001\\nPMCID: PMC9000001",
\t\t"page": "366–371",
\t\t"source": "PubMed",
\t\t"title": "Targeting <i>MYC</i> and PDGFR<sub>β</sub> in <span class=\\"nocase\\">mice</span>",
\t\t"volume": "12",
\t\t"issue": 2,
\t\t"author": [
\t\t\t{"family": "Yuan", "given": "Jing"},
\t\t\t{"family": "Berg", "given": "Anna", "non-dropping-particle": "van der"},
\t\t\t{"family": "Humboldt", "given": "A.", "dropping-particle": "von", "suffix": "Jr."},
\t\t\t{"literal": "ALTER1202 Study Group"}
\t\t],
\t\t"accessed": {"date-parts": [["2023", 3, 13]]},
\t\t"issued": {"date-parts": [["2022", 3, 4]]}
\t},
\t{
\t\t"id": "http://zotero.org/users/1/items/EFGH5678",
\t\t"type": "article-journal",
\t\t"title": "安罗替尼治疗小细胞肺癌一例",
\t\t"author": [{"family": "刘", "given": "通"}, {"literal": "等"}],
\t\t"container-title": "实用肿瘤杂志",
\t\t"language": "zh-CN",
\t\t"citation-key": "liu2021",
\t\t"issued": {"literal": "2021年"},
\t\t"page": "218-221"
\t}
]
"""


def test_zotero():
    assert parse_csl_json(ZOTERO, "list.json") == [
        Reference(
            key="http://zotero.org/users/1/items/ABCD1234",
            number=1,
            type="article",
            line=2,
            language="en",
            title="Targeting MYC and PDGFRβ in mice",
            authors=(
                Name("Yuan", "Jing"),
                Name("van der Berg", "Anna"),
                Name("von Humboldt", "A., Jr."),
                Name(literal="ALTER1202 Study Group"),
            ),
            container_title="Frontiers in Oncology",
            year=2022,
            volume="12",
            issue="2",
            page="366-371",
            doi="10.3389/fonc.2022.917089",
            doi_printed="10.3389/FONC.2022.917089",
            note="PMID: 35000001 PMCID: PMC9000001; published 2022-03-04; accessed 2023-03-13",
        ),
        Reference(
            key="liu2021",
            number=2,
            type="article",
            line=27,
            language="zh",
            title="安罗替尼治疗小细胞肺癌一例",
            authors=(Name("刘", "通"),),
            authors_complete=False,
            container_title="实用肿瘤杂志",
            year=2021,
            page="218-221",
        ),
    ]


# As Mendeley writes it, on one line; as the DOI resolver answers; as Zotero's web API does.
MENDELEY = (
    '[{"id":"ITEM-1","type":"webpage","title":"Notice","URL":"https://example.org/",'
    '"author":[{"dropping-particle":"","family":"NHC","given":"","non-dropping-particle":"",'
    '"parse-names":false,"suffix":""}],"issued":{"date-parts":[["2022"]]}},'
    '{"id":2,"type":"book","publisher":"Springer","container-title":"A series","title":"Book"}]'
)
CROSSREF = """{
  "type": "journal-article", "title": "Main title", "subtitle": ["A phase 2 trial"],
  "DOI": "10.1000/AB", "container-title": "Journal", "article-number": "47",
  "issued": {"date-parts": [[2021, 5]]}, "published-print": {"date-parts": [[2021]]},
  "author": [{"family": "Li", "given": "M.", "sequence": "first", "affiliation": []}],
  "URL": "http://dx.doi.org/10.1000/AB", "ISSN": ["1234-5678"], "score": 1.5
}"""


def test_mendeley_on_one_line():
    assert parse_csl_json(MENDELEY, "list.json") == [
        Reference(
            key="ITEM-1",
            number=1,
            type="online",
            line=1,
            title="Notice",
            authors=(Name("NHC"),),
            year=2022,
            url="https://example.org/",
        ),
        Reference(key="2", number=2, type="book", line=1, title="Book", container_title="Springer"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(CROSSREF, 1, id="one item alone"),
        pytest.param(f'{{"items":\n [{CROSSREF}], "x": 1}}', 2, id="Zotero's web API"),
        pytest.param(f'{{"a": [1, {{}}],\n"references": [\n\n{CROSSREF}]\n}}', 4, id="pandoc"),
        pytest.param(f"\n\n  [\r\n\r{CROSSREF}]\r\n\n", 5, id="mixed line ends"),
    ],
)
def test_crossref_in_any_bracket(text, line):
    assert parse_csl_json(text, "list.json") == [
        Reference(
            key="li2021main",
            number=1,
            type="article",
            line=line,
            title="Main title: A phase 2 trial",
            authors=(Name("Li", "M."),),
            container_title="Journal",
            year=2021,
            article_number="47",
            doi="10.1000/ab",
            doi_printed="10.1000/AB",
            url="http://dx.doi.org/10.1000/AB",
            note="published 2021-05",
        )
    ]


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        pytest.param({"volume": 12, "issue": 3.0}, {"volume": "12", "issue": "3"}, id="numbers"),
        pytest.param({"page": 47}, {"page": "47"}, id="a page as number"),
        pytest.param({"page": "e46"}, {"article_number": "e46"}, id="an article number as page"),
        pytest.param({"number": "917"}, {"article_number": "917"}, id="an article's number"),
        pytest.param(
            {"page": "1-9", "number": "917"}, {"page": "1-9"}, id="a number beside the pages"
        ),
        pytest.param({"page-first": "12"}, {"page": "12"}, id="only the first page"),
        pytest.param({"issued": "2021-03"}, {"year": 2021, "note": "published 2021-03"}, id="EDTF"),
        pytest.param(
            {"issued": {"raw": "2021-03-04"}},
            {"year": 2021, "note": "published 2021-03-04"},
            id="raw",
        ),
        pytest.param({"issued": {"date-parts": [[None]]}}, {}, id="null in date-parts"),
        pytest.param({"issued": {"date-parts": [[]]}}, {}, id="empty date-parts"),
        pytest.param(
            {"issued": {"date-parts": [[2020, 12], [2021, 1]]}},
            {"year": 2020, "note": "published 2020-12"},
            id="two",
        ),
        pytest.param({"issued": {"season": 1, "literal": "in press"}}, {}, id="no year"),
        pytest.param({"issued": None, "author": None, "title": None}, {}, id="null"),
        pytest.param({"author": [{}, {"family": " "}]}, {}, id="empty names"),
        pytest.param(
            {"author": [{"given": "WHO"}]}, {"authors": (Name(literal="WHO"),)}, id="given alone"
        ),
        pytest.param(
            {"author": [{"family": "Li"}, {"family": "al.", "given": "et"}]},
            {"authors": (Name("Li"),), "authors_complete": False},
            id="et al. as a name",
        ),
        pytest.param(
            {"author": [{"literal": "刘通"}]}, {"authors": (Name(literal="刘通"),)}, id="literal"
        ),
        pytest.param({"title": "A\n  B &amp; p<0.05"}, {"title": "A B &amp; p<0.05"}, id="title"),
        pytest.param({"title": "A", "title-short": 5}, {"title": "A"}, id="what is not read"),
        pytest.param({"DOI": "10.10/x"}, {"doi_printed": "10.10/x"}, id="a DOI that is none"),
        pytest.param(
            {"URL": "https://doi.org/10.1000/X"},
            {"doi": "10.1000/x", "url": "https://doi.org/10.1000/X"},
            id="DOI only as an address",
        ),
        pytest.param(
            {"container-title-short": "J Trials"}, {"container_title": "J Trials"}, id="short"
        ),
        pytest.param(
            {"type": "article", "publisher": "medRxiv"},
            {"type": "misc", "container_title": "medRxiv"},
            id="a preprint",
        ),
        pytest.param(
            {"type": "document", "number": "NCT07388875"},
            {"type": "misc", "registration": "NCT07388875"},
            id="a registration",
        ),
        pytest.param(
            {"type": "webpage", "URL": "https://clinicaltrials.gov/study/NCT07388875"},
            {
                "type": "online",
                "url": "https://clinicaltrials.gov/study/NCT07388875",
                "registration": "NCT07388875",
            },
            id="a registration by its address",
        ),
        pytest.param({"id": "Wang et al 2020"}, {"key": "anonymousnodate"}, id="an id with blanks"),
        pytest.param({"custom": {"a": [[[1]]]}, "keyword": 5}, {}, id="other variables"),
    ],
)
def test_variables(variables, expected):
    if not set(expected) - {"key", "language"}:  # an empty item is refused
        variables, expected = {"volume": "1", **variables}, {"volume": "1", **expected}
    item = {"id": "k", "type": "article-journal", **variables}
    (reference,) = parse_csl_json(json.dumps([item]), "list.json")
    plain = Reference(key="k", number=1, line=1)
    assert reference == replace(plain, **expected)


def deep(opening, closing, times=100_000):
    return opening * times + closing * times


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        pytest.param("", 1, "not CSL JSON (no array of items)", id="empty"),
        pytest.param("text", 1, "not CSL JSON (no array of items)", id="no JSON"),
        pytest.param('"text"', 1, "not CSL JSON (no array of items)", id="a string"),
        pytest.param("[]", None, "the list holds no item", id="an empty array"),
        pytest.param('{"items": []}', None, "the list holds no item", id="no items"),
        pytest.param('[\n{"id": "a",\n}]', 3, "not CSL JSON (", id="a comma too many"),
        pytest.param('[{"id": "a"}\n{"id": "b"}]', 2, "a comma or the closing", id="no comma"),
        pytest.param('[{"id": "a"},\n', 2, "not CSL JSON (Expecting value)", id="not closed"),
        pytest.param('[{"id": "a"}]\n[]', 2, "more after its end", id="two arrays"),
        pytest.param('{"items": [{"id": "a"}]\n', 2, "a comma or a closing brace", id="no brace"),
        pytest.param('{"status": "ok",\n"message": {}}', 1, "an object without items", id="other"),
        pytest.param(
            '[\n\n"text"]', 3, "an item must be an object, and this is a string", id="str"
        ),
        pytest.param("[\n5]", 2, "an item must be an object, and this is a number", id="a number"),
        pytest.param("[null]", 1, "an item must be an object, and this is null", id="null"),
        pytest.param("[[{}]]", 1, "an item must be an object, and this is an array", id="array"),
        pytest.param(
            '{"items": [\n{"itemType": "journalArticle", "creators": []}]}',
            2,
            "this is Zotero's or Better BibTeX's own JSON; export the list as CSL JSON",
            id="Better BibTeX JSON",
        ),
        pytest.param('[\n{"title": 5}]', 2, "title must be a string, and is 5", id="title: 5"),
        pytest.param(
            '[{"title": ["A"]}]', 1, "title must be a string, and is an array", id="title: array"
        ),
        pytest.param('[{"type": {}}]', 1, "type must be a string", id="type: object"),
        pytest.param('[{"volume": true}]', 1, "volume must be a string, and is true", id="true"),
        pytest.param(
            '[{"author": "Li"}]', 1, "author must be an array of names, and is Li", id="author"
        ),
        pytest.param(
            '[{"author": ["Li"]}]', 1, "a name in author must be an object, and is Li", id="a name"
        ),
        pytest.param('[{"author": [{"family": 5}]}]', 1, "author: family must be", id="family: 5"),
        pytest.param('[{"issued": 2021}]', 1, "issued must be a date, and is 2021", id="issued"),
        pytest.param(
            '[{"issued": {"date-parts": [2021]}}]', 1, "must be an array of arrays", id="date-parts"
        ),
        pytest.param(
            '[\n{"id": "a"},\n\n{"id": "a"}]',
            4,
            "[a]: the id is already that of the item on line 2",
            id="an id twice",
        ),
        pytest.param(
            '[{"id": 1},\n{"id": "1"}]', 2, "[1]: the id is already that of the item", id="1, '1'"
        ),
        pytest.param('[\n{"DOI": "a",\n"DOI": "b"}]', 2, "the object has DOI twice", id="twice"),
        pytest.param(
            '[\n{"title": "a\\u0000"}]', 2, "holds the control character U+0000", id="NUL"
        ),
        pytest.param('[\n{"title": "a\x00"}]', 2, "control character U+0000", id="a bare NUL"),
        pytest.param('[{"title": "a\n"}]', 1, "Invalid control character", id="a line end"),
        pytest.param(
            '[{"title": "\\ud800"}]', 1, "title holds half a surrogate pair", id="surrogate"
        ),
        pytest.param('[\n{"volume": 1e999}]', 2, "holds a number that is too large", id="infinity"),
        pytest.param('[{"volume": NaN}]', 1, "holds a number that is too large", id="NaN"),
        pytest.param(f'[{{"volume": {"9" * 5000}}}]', 1, "a number that is too large", id="digits"),
        pytest.param(deep("[", "]"), 1, "nested too deeply", id="arrays in arrays"),
        pytest.param("[\n" + deep('{"a":', "}"), 2, "nested too deeply", id="deep objects"),
    ],
)
def test_broken_files_are_refused_with_the_line(text, line, problem):
    with pytest.raises(InputError) as caught:
        parse_csl_json(text, "list.json")
    assert problem in str(caught.value)
    assert caught.value.line == line
    assert str(caught.value).startswith("list.json")
    assert len(str(caught.value)) < 300


def outcome(text):
    """The references, or the one error in their place; anything else is raised."""
    try:
        return parse_csl_json(text, "list.json")
    except InputError as error:
        return [error]


BLANK = st.text(" \t\n", max_size=3)


@given(
    st.lists(st.dictionaries(st.sampled_from(["title", "note"]), st.text('a\n[]{}"\\', max_size=6)))
    .filter(bool)
    .flatmap(lambda items: st.tuples(st.just(items), st.lists(BLANK, min_size=len(items) * 2 + 1)))
)
@settings(max_examples=50, deadline=None)
def test_every_item_has_the_line_on_which_its_object_begins(drawn):
    items, blanks = drawn
    text, lines = "[", []
    for place, item in enumerate(items):
        text += ("," if place else "") + blanks[2 * place]
        lines.append(text.count("\n") + 1)
        item = {"volume": "1", **item}
        text += json.dumps(item, indent=place % 3 or None) + blanks[2 * place + 1]
    read = parse_csl_json(text + "]", "list.json")
    assert [reference.line for reference in read] == lines


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_or_refused(text):
    assert outcome(text)


@given(
    st.dictionaries(
        st.sampled_from(["id", "type", "title", "author", "issued", "page", "DOI", "subtitle"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
            lambda inner: (
                st.lists(inner, max_size=2)
                | st.dictionaries(
                    st.sampled_from(["family", "date-parts", "raw"]), inner, max_size=2
                )
            ),
            max_leaves=6,
        ),
    )
)
@settings(max_examples=200, deadline=None)
def test_any_item_is_read_or_refused(item):
    text = json.dumps([item]).replace("Infinity", "1e999")
    assert [one.line for one in outcome(text)] == [1]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" + ",\n".join(['{"title": "A"}'] * 20_000) + "]", id="many items"),
        pytest.param("[" + "\n" * 1_000_000 + '{"title": "A"}]', id="many lines"),
        pytest.param('[{"title": "' + "<" * 500_000 + '"}]', id="many brackets"),
        pytest.param('[{"title": "' + "<span class=" * 50_000 + '"}]', id="many tags"),
        pytest.param(
            '[{"author": [' + ",".join(['{"family": "Li"}'] * 50_000) + "]}]", id="many authors"
        ),
    ],
)
def test_hostile_sizes_take_linear_time(text):
    start = time.perf_counter()
    parse_csl_json(text, "list.json")
    assert time.perf_counter() - start < 5
