"""From the lines of the lock to verdicts and findings: who answered what, in both languages.

"Not asked", "not found", "nobody answered" and "contradicted" are four outcomes, never mixed.
"""

import pytest

from livingreview.references.judgement.validate import build_report
from livingreview.references.judgement.waivers import Waiver
from livingreview.references.record import Name, Reference
from livingreview.references.reporting.reports import (
    csv_report,
    markdown_report,
    text_report,
    verdict_text,
)
from livingreview.references.resolution.matching import bibliographic_query
from livingreview.references.resolution.resolve import resolve_references
from livingreview.references.resolution.search import needs_search
from livingreview.registries.europepmc_query import search_query
from livingreview.registries.journals import read_journals

DAY = "2026-11-22"
ENGLISH = Reference(
    key="wang2022",
    number=1,
    title="Anlotinib as maintenance therapy in small cell lung cancer",
    authors=(Name(family="Wang", given="N."), Name(family="Zhao", given="L.")),
    container_title="Cancer Medicine",
    year=2022,
    volume="11",
    page="366-371",
    doi="10.1000/a",
    doi_printed="10.1000/a",
)
CHINESE = Reference(
    key="li2019",
    number=2,
    language="zh",
    title="安罗替尼用于小细胞肺癌的疗效观察",
    authors=(Name(family="李", given="明"), Name(family="王", given="宁")),
    container_title="中国肺癌杂志",
    year=2019,
    volume="22",
    issue="3",
    page="157-160",
    doi="10.3779/j.issn.1009-3419.2019.03.01",
    doi_printed="10.3779/j.issn.1009-3419.2019.03.01",
)
WORKS = {
    "en": {
        "DOI": "10.1000/a",
        "type": "journal-article",
        "title": [ENGLISH.title],
        "author": [{"family": "Wang", "given": "Ning"}, {"family": "Zhao", "given": "Lei"}],
        "container-title": ["Cancer Medicine"],
        "published-print": {"date-parts": [[2022, 2]]},
        "volume": "11",
        "page": "366-371",
    },
    # As PubMed has it: the title translated, the names in pinyin.
    "zh": {
        "DOI": CHINESE.doi,
        "type": "journal-article",
        "title": ["Efficacy of anlotinib in small cell lung cancer"],
        "translated-title": True,
        "language": "zh",
        "author": [{"family": "Li", "given": "Ming"}, {"family": "Wang", "given": "Ning"}],
        "container-title": ["Zhongguo fei ai za zhi = Chinese journal of lung cancer"],
        "short-container-title": ["Zhongguo Fei Ai Za Zhi"],
        "ISSN": ["1009-3419", "1999-6187"],
        "published-print": {"date-parts": [[2019, 3]]},
        "volume": "22",
        "issue": "3",
        "page": "157-160",
        "PMID": "30909998",
    },
}
PRINTED = {"en": ENGLISH, "zh": CHINESE}


def changed(printed, **fields):
    return Reference(**{**printed.__dict__, **fields})


def without_doi(printed):
    return changed(printed, doi=None, doi_printed=None)


def line(source, query, outcome, **record):
    more = {"_reason": "HTTP 503"} if outcome == "failed" else {}
    kept = {"_source": source, "_query": query, "_outcome": outcome, "_retrieved": DAY}
    return kept | more | record


def about(source, outcome="found", doi=None, **record):
    """An answer to a DOI; `doi` is filled in for the reference that is judged."""
    return lambda printed: line(source, {"doi": doi or printed.doi}, outcome, **record)


def holds(source, **fields):
    """The source's record of the printed DOI: the work itself, but for some fields."""

    def answer(printed):
        work = WORKS["zh" if printed.language == "zh" else "en"]
        return line(source, {"doi": printed.doi}, "found", **work | fields)

    return answer


def agency(name):
    return about("agency", agency=name)


def page(**fields):
    def answer(printed):
        work = {**WORKS["zh" if printed.language == "zh" else "en"], "title": [printed.title]}
        query = {"for": printed.key, "number": printed.number}
        return line("page", query, "found", _for=printed.key, **work | fields)

    return answer


def judged(printed, *makers):
    """The verdict, the DOI and the (code, severity) pairs."""
    lines = [maker(printed) if callable(maker) else maker for maker in makers]
    entry = build_report(resolve_references([printed], lines), None, [])["references"][0]
    return (
        entry["verdict"],
        entry["doi"],
        [(one["code"], one["severity"]) for one in entry["findings"]],
    )


ABSENT = about("crossref", "not-found")
SILENT = about("crossref", "failed")
UNKNOWN = ("unknown-doi", None, [("doi.unknown", "error")])
NOT_HELD = ("not-found", None, [("doi.not-found", "warning")])
ELSEWHERE = ("elsewhere", None, [("doi.elsewhere", "note")])
UNCHECKED = ("unchecked", None, [])


@pytest.mark.parametrize(
    ("answers", "english", "chinese"),
    [
        pytest.param([], UNCHECKED, UNCHECKED, id="not asked"),
        pytest.param([SILENT], UNCHECKED, UNCHECKED, id="Crossref did not answer"),
        pytest.param(
            [SILENT, about("europepmc", "not-found")],
            UNCHECKED,
            UNCHECKED,
            id="Crossref did not answer, Europe PMC does not have it: it need not",
        ),
        pytest.param([ABSENT], NOT_HELD, UNCHECKED, id="not in Crossref, no one else asked"),
        pytest.param(
            [ABSENT, about("handle", "failed"), about("agency", "failed")],
            UNCHECKED,
            UNCHECKED,
            id="not in Crossref, doi.org did not answer: it may be DataCite's",
        ),
        pytest.param(
            [ABSENT, about("agency", "failed")],
            UNCHECKED,
            UNCHECKED,
            id="not in Crossref, whose prefix it is nobody said",
        ),
        pytest.param(
            [ABSENT, about("handle", "failed"), about("agency", "failed"), page(DOI=None)],
            UNCHECKED,
            ("verified", None, []),
            id="not in Crossref, doi.org did not answer, pages know the work without its DOI",
        ),
        pytest.param(
            [ABSENT, about("handle", "failed"), holds("europepmc")],
            ("verified", ENGLISH.doi, []),
            ("verified", CHINESE.doi, []),
            id="not in Crossref, the handle did not answer, Europe PMC confirms",
        ),
        pytest.param(
            [ABSENT, about("handle", "not-found"), agency("Crossref")],
            UNKNOWN,
            UNKNOWN,
            id="no handle: the agency of the prefix does not clear an invented suffix",
        ),
        pytest.param(
            [ABSENT, about("handle", "not-found"), agency("ISTIC")],
            UNKNOWN,
            UNKNOWN,
            id="no handle, another agency's prefix",
        ),
        pytest.param(
            [ABSENT, about("agency", "not-found")],
            UNKNOWN,
            UNKNOWN,
            id="no agency has the prefix",
        ),
        pytest.param(
            [ABSENT, about("agency", "not-found"), about("handle", "failed")],
            UNKNOWN,
            UNKNOWN,
            id="no agency has the prefix, the handle did not answer",
        ),
        pytest.param(
            [SILENT, about("handle", "not-found")],
            UNKNOWN,
            UNKNOWN,
            id="Crossref did not answer, no handle",
        ),
        pytest.param(
            [ABSENT, about("handle"), agency("ISTIC")],
            ELSEWHERE,
            ELSEWHERE,
            id="registered with ISTIC",
        ),
        pytest.param(
            [ABSENT, about("handle"), agency("JaLC"), about("europepmc", "not-found")],
            ELSEWHERE,
            ELSEWHERE,
            id="registered with JaLC, Europe PMC does not have it",
        ),
        pytest.param(
            [ABSENT, about("handle"), agency("DataCite"), about("datacite", "failed")],
            ELSEWHERE,
            ELSEWHERE,
            id="registered with DataCite, which did not answer",
        ),
        pytest.param(
            [ABSENT, about("handle"), agency("crossref")],
            UNCHECKED,
            UNCHECKED,
            id="Crossref's own, but not in its index",
        ),
        pytest.param(
            [ABSENT, about("handle"), about("agency", "failed")],
            UNCHECKED,
            UNCHECKED,
            id="it exists, whose it is nobody said",
        ),
        pytest.param(
            [ABSENT, agency("CNKI"), about("handle", "failed")],
            UNCHECKED,
            UNCHECKED,
            id="another agency's prefix, the handle did not answer",
        ),
        pytest.param(
            [ABSENT, agency("Crossref"), about("handle", "failed")],
            UNCHECKED,
            UNCHECKED,
            id="Crossref's prefix, the handle did not answer",
        ),
        pytest.param(
            [ABSENT, agency("Crossref")],
            NOT_HELD,
            UNCHECKED,
            id="Crossref's prefix, the handle was not asked",
        ),
        pytest.param(
            [about("handle"), agency("ISTIC")],
            ELSEWHERE,
            ELSEWHERE,
            id="Crossref not asked, registered with ISTIC",
        ),
        pytest.param(
            [ABSENT, about("handle"), agency("ISTIC"), holds("europepmc")],
            ("verified", ENGLISH.doi, [("doi.elsewhere", "note")]),
            ("verified", CHINESE.doi, [("doi.elsewhere", "note")]),
            id="registered with ISTIC, Europe PMC confirms",
        ),
        pytest.param(
            [ABSENT, about("handle"), agency("ISTIC"), holds("europepmc", volume="29")],
            (
                "differs",
                ENGLISH.doi,
                [("volume.mismatch", "error"), ("doi.elsewhere", "note")],
            ),
            (
                "differs",
                CHINESE.doi,
                [("volume.mismatch", "error"), ("doi.elsewhere", "note")],
            ),
            id="registered with ISTIC, Europe PMC contradicts",
        ),
        pytest.param(
            [ABSENT, about("handle"), agency("ISTIC"), page(DOI=None)],
            ("verified", None, [("doi.elsewhere", "note")]),
            ("verified", None, [("doi.elsewhere", "note")]),
            id="registered with ISTIC, a page confirms the rest",
        ),
        pytest.param(
            [ABSENT, about("handle"), agency("DataCite"), holds("datacite")],
            ("verified", ENGLISH.doi, []),
            ("verified", CHINESE.doi, []),
            id="DataCite's record agrees",
        ),
        pytest.param(
            [SILENT, holds("europepmc")],
            ("verified", ENGLISH.doi, []),
            ("verified", CHINESE.doi, []),
            id="Crossref did not answer, Europe PMC confirms",
        ),
        pytest.param(
            [ABSENT, about("handle", "not-found"), page(DOI=None)],
            UNKNOWN,
            UNKNOWN,
            id="no handle, pages know the work without its DOI",
        ),
    ],
)
def test_printed_doi(answers, english, chinese):
    assert judged(ENGLISH, *answers) == english
    assert judged(CHINESE, *answers) == chinese


def test_an_agency_s_answer_is_no_record():
    lines = [maker(ENGLISH) for maker in (about("handle"), agency("Crossref"))]
    (resolved,) = resolve_references([ENGLISH], lines)
    assert (resolved["outcome"], resolved["by"], resolved["authorities"]) == (
        "not-asked",
        None,
        lines,
    )
    (entry,) = build_report([resolved], None, [])["references"]
    assert {one["state"] for one in entry["fields"]} == {"not-comparable"}
    assert {one["found"] for one in entry["fields"]} == {None}


@pytest.mark.parametrize(
    ("answers", "reasons"),
    [
        (
            [ABSENT, about("handle"), agency("Crossref")],
            ["the DOI exists, but Crossref holds no record of it: too new, or deleted"],
        ),
        (
            [ABSENT, about("handle"), agency("Airiti")],
            ["the DOI is registered with Airiti, not with Crossref"],
        ),
        (
            [ABSENT, about("handle"), about("agency", "failed")],
            ["the DOI exists, but Crossref holds no record of it"],
        ),
    ],
)
def test_why_a_doi_that_crossref_lacks_is_nothing_to_complain_of(answers, reasons):
    (resolved,) = resolve_references([ENGLISH], [maker(ENGLISH) for maker in answers])
    assert (resolved["outcome"], resolved["reasons"]) == ("not-found", reasons)


# --- Without a DOI ---------------------------------------------------------------------------

JOURNALS = read_journals()


def crossref_search(outcome="found", *items):
    def answer(printed):
        query = {"bibliographic": bibliographic_query(printed)}
        return line("crossref", query, outcome, **({"items": list(items)} if items else {}))

    return answer


def europepmc_search(outcome="found", *items):
    def answer(printed):
        query = {"search": search_query(printed, JOURNALS)}
        return line("europepmc", query, outcome, **({"items": list(items)} if items else {}))

    return answer


OTHER = {
    "DOI": "10.1000/other",
    "type": "journal-article",
    "title": ["Ferroptosis through the p53 pathway in non-small cell lung cancer"],
    "author": [{"family": "Jiang", "given": "Zhe"}],
    "container-title": ["Translational Oncology"],
    "published-print": {"date-parts": [[2025]]},
    "volume": "53",
    "page": "102289",
}
TWIN = WORKS["en"] | {"DOI": "10.1000/twin"}
TWIN_ZH = WORKS["zh"] | {"DOI": "10.1000/twin", "PMID": "99999999"}
NOT_FOUND = ("not-found", None, [("existence.not-found", "warning")])


@pytest.mark.parametrize(
    ("answers", "english", "chinese"),
    [
        pytest.param([], UNCHECKED, UNCHECKED, id="not searched for"),
        pytest.param(
            [crossref_search("not-found"), europepmc_search("not-found")],
            NOT_FOUND,
            UNCHECKED,
            id="neither has it",
        ),
        pytest.param(
            [crossref_search("found", OTHER), europepmc_search("not-found")],
            NOT_FOUND,
            UNCHECKED,
            id="one found only another work",
        ),
        pytest.param(
            [crossref_search("found", OTHER), europepmc_search("failed")],
            UNCHECKED,
            UNCHECKED,
            id="one did not answer",
        ),
        pytest.param(
            [crossref_search("failed"), europepmc_search("not-found")],
            UNCHECKED,
            UNCHECKED,
            id="the other did not answer",
        ),
        pytest.param([crossref_search("not-found")], UNCHECKED, UNCHECKED, id="one was not asked"),
        pytest.param(
            [crossref_search("failed"), europepmc_search("failed")],
            UNCHECKED,
            UNCHECKED,
            id="nobody answered",
        ),
    ],
)
def test_no_doi_and_not_found(answers, english, chinese):
    assert judged(without_doi(ENGLISH), *answers) == english
    assert judged(without_doi(CHINESE), *answers) == chinese


def suggested(doi):
    return "suggested", doi, [("doi.missing", "note")]


@pytest.mark.parametrize(
    ("printed", "answers", "expected"),
    [
        pytest.param(
            ENGLISH,
            [crossref_search("found", OTHER, WORKS["en"]), europepmc_search("not-found")],
            suggested("10.1000/a"),
            id="Crossref's search found it",
        ),
        pytest.param(
            ENGLISH,
            [crossref_search("failed"), europepmc_search("found", WORKS["en"])],
            suggested("10.1000/a"),
            id="Europe PMC's search found it, Crossref did not answer",
        ),
        pytest.param(
            CHINESE,
            [crossref_search("found", OTHER), europepmc_search("found", WORKS["zh"])],
            suggested(CHINESE.doi),
            id="Europe PMC's search found it by its place, Chinese",
        ),
        pytest.param(
            ENGLISH,
            [crossref_search("found", WORKS["en"]), europepmc_search("found", WORKS["en"])],
            suggested("10.1000/a"),
            id="both found it",
        ),
        pytest.param(
            ENGLISH,
            [crossref_search("found", WORKS["en"] | {"issue": "2", "page": "366-372"})],
            (
                "differs",
                "10.1000/a",
                [("page.last-mismatch", "error"), ("doi.missing", "note")],
            ),
            id="found, and its last page is another",
        ),
        pytest.param(
            ENGLISH,
            [crossref_search("found", WORKS["en"], TWIN)],
            ("unchecked", None, [("doi.ambiguous", "note")]),
            id="two that fit alike",
        ),
        pytest.param(
            CHINESE,
            [europepmc_search("found", WORKS["zh"], TWIN_ZH)],
            ("unchecked", None, [("doi.ambiguous", "note")]),
            id="two that fit alike, Chinese",
        ),
        pytest.param(
            CHINESE,
            [europepmc_search("found", {k: v for k, v in WORKS["zh"].items() if k != "DOI"})],
            ("verified", None, []),
            id="found in PubMed, which has no DOI for it, Chinese",
        ),
    ],
)
def test_what_a_search_found(printed, answers, expected):
    assert judged(without_doi(printed), *answers) == expected


def test_a_search_that_found_the_work_becomes_its_record():
    printed = without_doi(ENGLISH)
    search = crossref_search("found", OTHER, WORKS["en"])(printed)
    record = line("crossref", {"doi": "10.1000/a"}, "found", **WORKS["en"])
    updates = line("crossref", {"updates": "10.1000/a"}, "not-found")
    (resolved,) = resolve_references([printed], [search, record, updates])
    assert (resolved["outcome"], resolved["by"]) == ("found", "search")
    query = {"bibliographic": bibliographic_query(printed)}
    assert resolved["authorities"] == [
        line("crossref", query, "found", **WORKS["en"]),
        record,
        updates,
    ]
    assert resolved["match"]["outcome"] == "one"
    best, other = resolved["match"]["candidates"]
    assert list(best) == ["doi", "title", "supports", "contradictions", "reason"]
    assert (best["doi"], best["title"], best["contradictions"]) == ("10.1000/a", ENGLISH.title, [])
    assert best["supports"] == ["title", "author", "container-title", "year", "volume", "page"]
    assert (other["doi"], other["supports"]) == ("10.1000/other", [])


def test_a_search_that_found_something_else_found_nothing():
    printed = without_doi(ENGLISH)
    (resolved,) = resolve_references([printed], [crossref_search("found", OTHER)(printed)])
    query = {"bibliographic": bibliographic_query(printed)}
    assert resolved["outcome"] == "not-found"
    assert resolved["authorities"] == [line("crossref", query, "not-found")]
    assert resolved["match"]["outcome"] == "none"


def test_several_that_fit_are_named_and_nobody_is_chosen():
    printed = without_doi(ENGLISH)
    (resolved,) = resolve_references(
        [printed], [crossref_search("found", WORKS["en"], TWIN)(printed)]
    )
    assert (resolved["outcome"], resolved["by"]) == ("ambiguous", None)
    assert resolved["authorities"][0]["items"] == [
        {"DOI": "10.1000/a", "title": [ENGLISH.title]},
        {"DOI": "10.1000/twin", "title": [ENGLISH.title]},
    ]
    (entry,) = build_report([resolved], None, [])["references"]
    assert entry["findings"] == [
        {
            "field": "doi",
            "code": "doi.ambiguous",
            "severity": "note",
            "cited": "",
            "found": "10.1000/a, 10.1000/twin",
            "source": "crossref",
            "retrieved": DAY,
            "document": None,
            "line": None,
            "message": {
                "zh": "文献表未印 DOI；Crossref中有几篇文献同样符合，无法断定是哪一篇："
                "10.1000/a, 10.1000/twin（2026-11-22）。请核对后补印 DOI。",
                "en": "No DOI is printed, and several works in Crossref fit alike:"
                " 10.1000/a, 10.1000/twin (2026-11-22). Look which is meant, and print its DOI.",
            },
        }
    ]


def test_a_search_for_the_reference_as_it_was_before_is_not_its_own():
    printed = without_doi(ENGLISH)
    search = crossref_search("not-found")(printed)
    (resolved,) = resolve_references([changed(printed, year=2021)], [search])
    assert (resolved["outcome"], resolved["match"]) == ("not-asked", None)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param(
            [ABSENT],
            ("not-found", None, [("doi.not-found", "warning")]),
            id="the printed DOI is not disproved: it stays the work's",
        ),
        pytest.param(
            [ABSENT, about("handle", "failed"), about("agency", "failed")],
            UNCHECKED,
            id="nobody says whether there is such a DOI",
        ),
        pytest.param(
            [holds("crossref")],
            ("verified", "10.1000/a", []),
            id="the printed DOI is right: nothing else is looked at",
        ),
    ],
)
def test_a_search_from_before_the_doi_was_printed_says_nothing(answers, expected):
    """No refresh searches for a work printed with such a DOI: whether the lock still holds an old
    search must change nothing."""
    assert judged(ENGLISH, *answers, crossref_search("found", TWIN)) == expected
    assert judged(ENGLISH, *answers) == expected
    assert not needs_search(ENGLISH, [maker(ENGLISH) for maker in answers])


NO_SUCH_DOI = about("handle", "not-found")


def another_s(printed):
    """Another work's record at the printed DOI, in the language of the list."""
    work = OTHER | {"DOI": printed.doi}
    if printed.language == "zh":
        work |= {"title": ["铁死亡与非小细胞肺癌"], "author": [{"family": "江", "given": "哲"}]}
    return line("crossref", {"doi": printed.doi}, "found", **work)


@pytest.mark.parametrize(
    ("printed", "answers", "needed"),
    [
        pytest.param(without_doi(ENGLISH), [], True, id="no DOI"),
        pytest.param(without_doi(CHINESE), [], True, id="no DOI, Chinese"),
        pytest.param(ENGLISH, [], False, id="nobody asked about the DOI"),
        pytest.param(ENGLISH, [SILENT, about("handle", "failed")], False, id="nobody answered"),
        pytest.param(ENGLISH, [ABSENT, NO_SUCH_DOI], True, id="no such DOI"),
        pytest.param(CHINESE, [ABSENT, NO_SUCH_DOI], True, id="no such DOI, Chinese"),
        pytest.param(ENGLISH, [ABSENT, about("agency", "not-found")], True, id="no such prefix"),
        pytest.param(ENGLISH, [another_s], True, id="another work's"),
        pytest.param(CHINESE, [another_s], True, id="another work's, Chinese"),
        pytest.param(ENGLISH, [another_s, holds("europepmc")], False, id="one record agrees"),
        pytest.param(ENGLISH, [ABSENT, about("handle"), agency("ISTIC")], False, id="elsewhere"),
        pytest.param(
            Reference(key="trial", number=3, type="misc", title="T", registration="NCT03059797"),
            [],
            False,
            id="a registration",
        ),
    ],
)
def test_what_is_to_be_searched_for(printed, answers, needed):
    assert needs_search(printed, [maker(printed) for maker in answers]) == needed


def entry_of(printed, *makers):
    lines = [maker(printed) if callable(maker) else maker for maker in makers]
    (resolved,) = resolve_references([printed], lines)
    return build_report([resolved], None, [])["references"][0]


@pytest.mark.parametrize(
    ("printed", "answers", "searches", "verdict", "doi"),
    [
        pytest.param(
            ENGLISH,
            [ABSENT, NO_SUCH_DOI],
            [crossref_search("found", OTHER, TWIN)],
            "unknown-doi",
            "10.1000/twin",
            id="unknown, found by Crossref's search",
        ),
        pytest.param(
            ENGLISH,
            [ABSENT, NO_SUCH_DOI],
            [crossref_search("failed"), europepmc_search("found", TWIN)],
            "unknown-doi",
            "10.1000/twin",
            id="unknown, found by Europe PMC's search",
        ),
        pytest.param(
            CHINESE,
            [ABSENT, NO_SUCH_DOI],
            [europepmc_search("found", TWIN_ZH)],
            "unknown-doi",
            "10.1000/twin",
            id="unknown, found by its place, Chinese",
        ),
        pytest.param(
            ENGLISH,
            [another_s],
            [crossref_search("found", TWIN)],
            "wrong-work",
            "10.1000/twin",
            id="another work's",
        ),
        pytest.param(
            CHINESE,
            [another_s],
            [crossref_search("not-found"), europepmc_search("found", TWIN_ZH)],
            "wrong-work",
            "10.1000/twin",
            id="another work's, Chinese",
        ),
        pytest.param(
            ENGLISH,
            [ABSENT, NO_SUCH_DOI],
            [crossref_search("found", OTHER)],
            "unknown-doi",
            None,
            id="the search found only another work",
        ),
        pytest.param(
            ENGLISH,
            [ABSENT, NO_SUCH_DOI],
            [crossref_search("failed"), europepmc_search("failed")],
            "unknown-doi",
            None,
            id="nobody answered the search",
        ),
        pytest.param(
            ENGLISH,
            [ABSENT, NO_SUCH_DOI],
            [crossref_search("found", TWIN, TWIN | {"DOI": "10.1000/c"})],
            "unknown-doi",
            None,
            id="two that fit alike",
        ),
        pytest.param(
            ENGLISH,
            [ABSENT, NO_SUCH_DOI],
            [crossref_search("found", WORKS["en"])],
            "unknown-doi",
            None,
            id="found under the printed DOI itself",
        ),
        pytest.param(
            ENGLISH,
            [ABSENT, NO_SUCH_DOI, page(DOI="10.1000/page")],
            [crossref_search("found", TWIN)],
            "unknown-doi",
            "10.1000/page",
            id="a page shows another DOI than the search",
        ),
    ],
)
def test_the_doi_that_it_should_have_been_is_named_and_changes_nothing_else(
    printed, answers, searches, verdict, doi
):
    entry, before = entry_of(printed, *answers, *searches), entry_of(printed, *answers)
    assert (entry["verdict"], entry["doi"]) == (verdict, doi)
    proposed = {one["code"]: one["proposed"] for one in entry["findings"] if "proposed" in one}
    code = {"unknown-doi": "doi.unknown", "wrong-work": "doi.wrong-work"}[verdict]
    assert proposed == ({code: doi} if doi == "10.1000/twin" else {})
    same = ("verdict", "fields", "outcome", "by", "waived")
    assert {name: entry[name] for name in same} == {name: before[name] for name in same}
    kept = ("code", "severity", "cited", "found", "source", "retrieved")
    assert [[one[name] for name in kept] for one in entry["findings"]] == [
        [one[name] for name in kept] for one in before["findings"]
    ]


def test_the_search_for_the_right_doi_is_shown_with_its_evidence():
    entry = entry_of(ENGLISH, ABSENT, NO_SUCH_DOI, crossref_search("found", OTHER, TWIN))
    assert entry["match"]["outcome"] == "one"
    assert [one["doi"] for one in entry["match"]["candidates"]] == ["10.1000/twin", "10.1000/other"]
    assert [(one["source"], one["outcome"]) for one in entry["authorities"]] == [
        ("crossref", "not-found"),
        ("handle", "not-found"),
        ("crossref", "found"),
    ]
    assert entry["reasons"] == [
        "the search: taken: title, first author, journal, year, volume and first page agree"
    ]


def test_a_waived_doi_is_not_replaced():
    waiver = Waiver(
        key=ENGLISH.key,
        code="doi.unknown",
        reason="printed so by the journal",
        by="the editor",
        until="2027-01-01",
    )
    lines = [maker(ENGLISH) for maker in (ABSENT, NO_SUCH_DOI, crossref_search("found", TWIN))]
    (entry,) = build_report(resolve_references([ENGLISH], lines), None, [waiver])["references"]
    assert entry["doi"] is None
    assert [one["proposed"] for one in entry["waived"]] == ["10.1000/twin"]


# --- The word of an address behind a DOI -----------------------------------------------------


@pytest.mark.parametrize("ending", ["/full", "/pdf", "/epdf", "/abstract", "/html", ".pdf"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_doi_with_the_last_word_of_an_address_is_read_without_it(language, ending):
    right = PRINTED[language]
    longer = right.doi + ending
    printed = changed(right, doi=longer, doi_printed=longer)
    work = {**WORKS[language], "title": [right.title]}
    record = line("crossref", {"doi": right.doi}, "found", **work)
    entry = entry_of(printed, ABSENT, NO_SUCH_DOI, record)
    assert (entry["verdict"], entry["doi"]) == ("verified", right.doi)
    about_it = ("code", "severity", "cited", "found")
    assert [[one[name] for name in about_it] for one in entry["findings"]] == [
        ["doi.repaired", "note", longer, right.doi]
    ]
    assert [(one["query"]["doi"], one["outcome"]) for one in entry["authorities"]] == [
        (right.doi, "found"),
        (longer, "not-found"),
        (longer, "not-found"),
    ]
    asked = [maker(printed) for maker in (ABSENT, NO_SUCH_DOI)]
    assert needs_search(printed, asked)
    assert not needs_search(printed, [*asked, record])


@pytest.mark.parametrize(
    ("answers", "fields", "verdict"),
    [
        pytest.param([ABSENT, NO_SUCH_DOI], OTHER, "unknown-doi", id="another title"),
        pytest.param([ABSENT, NO_SUCH_DOI], {"title": []}, "unknown-doi", id="no title"),
        pytest.param(
            [ABSENT, NO_SUCH_DOI],
            OTHER | {"title": [ENGLISH.title]},
            "unknown-doi",
            id="the title of this work, and nothing else of it",
        ),
        pytest.param([ABSENT], {}, "not-found", id="nobody said that it is unknown"),
        pytest.param([ABSENT, about("handle"), agency("ISTIC")], {}, "elsewhere", id="it exists"),
    ],
)
def test_a_doi_that_may_end_so_is_left_as_it_is(answers, fields, verdict):
    printed = changed(ENGLISH, doi="10.1000/a/full", doi_printed="10.1000/a/full")
    work = {**WORKS["en"], **fields, "DOI": "10.1000/a"}
    entry = entry_of(printed, *answers, line("crossref", {"doi": "10.1000/a"}, "found", **work))
    assert entry["verdict"] == verdict
    assert "doi.repaired" not in [one["code"] for one in entry["findings"]]


def title_alone(printed):
    """A page that shows the title, and no more, joined by the key."""
    return line("page", {"for": printed.key}, "found", title=[printed.title], _for=printed.key)


def preprint(printed):
    return title_alone(printed) | {"_version_of": "preprint", "type": "posted-content"}


# --- Unchecked, and why ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "answers", "chinese", "english"),
    [
        pytest.param(
            without_doi(CHINESE),
            [crossref_search("not-found"), europepmc_search("not-found")],
            "Crossref、Europe PMC 未检出；中文文献未必收录，不作判断",
            "not found in Crossref, Europe PMC, which need not hold a Chinese work: no judgement",
            id="Chinese, neither has it",
        ),
        pytest.param(
            without_doi(CHINESE),
            [crossref_search("found", OTHER), europepmc_search("failed")],
            "Crossref 未检出；中文文献未必收录，不作判断；Europe PMC未答复（HTTP 状态码 503）",
            "not found in Crossref, which need not hold a Chinese work: no judgement;"
            " Europe PMC did not answer (HTTP 503)",
            id="Chinese, one is silent",
        ),
        pytest.param(
            CHINESE,
            [ABSENT],
            "Crossref 未检出；中文文献未必收录，不作判断",
            "not found in Crossref, which need not hold a Chinese work: no judgement",
            id="Chinese, its DOI is not in Crossref",
        ),
        pytest.param(
            without_doi(ENGLISH),
            [crossref_search("not-found"), europepmc_search("failed")],
            "Crossref 未检出；Europe PMC未答复（HTTP 状态码 503）",
            "not found in Crossref; Europe PMC did not answer (HTTP 503)",
            id="English, one is silent",
        ),
        pytest.param(
            without_doi(ENGLISH),
            [crossref_search("not-found")],
            "Crossref 未检出；未查询 Europe PMC",
            "not found in Crossref; not asked: Europe PMC",
            id="English, one was not asked",
        ),
        pytest.param(
            ENGLISH,
            [ABSENT, about("handle"), agency("Crossref")],
            "Crossref 未检出；该 DOI 存在（Handle 系统）",
            "not found in Crossref; the DOI exists (the Handle system)",
            id="English, its DOI exists",
        ),
        *(
            pytest.param(
                printed,
                [holds("crossref", title=title)],
                "Crossref的记录没有可供比对的题名",
                "the record of Crossref shows no title to compare",
                id=f"{language}, {name}",
            )
            for language, printed in (("English", ENGLISH), ("Chinese", CHINESE))
            for name, title in (("no title", []), ("a title of a wrong type", 7))
        ),
        *(
            pytest.param(
                changed(printed, doi=None, doi_printed=None),
                [title_alone],
                "公开网页的记录只有题名可供比对，不足以核实",
                "the record of public pages shows the title alone, too little to verify the"
                " reference",
                id=f"{language}, the title alone",
            )
            for language, printed in (("English", ENGLISH), ("Chinese", CHINESE))
        ),
        *(
            pytest.param(
                printed,
                [preprint],
                "只见到该文的另一版本（如预印本）：公开网页",
                "only another version of the work (a preprint) was seen in public pages",
                id=f"{language}, a preprint",
            )
            for language, printed in (("English", ENGLISH), ("Chinese", CHINESE))
        ),
        pytest.param(
            changed(ENGLISH, title=None),
            [lambda printed: title_alone(changed(ENGLISH, key=printed.key))],
            "文献表未印题名",
            "the list prints no title",
            id="no printed title",
        ),
    ],
)
def test_what_is_unchecked_says_why(printed, answers, chinese, english):
    lines = [maker(printed) for maker in answers]
    report = build_report(resolve_references([printed], lines), None, [])
    (entry,) = report["references"]
    assert (entry["verdict"], entry["findings"]) == ("unchecked", [])
    assert entry["unchecked"] == {"zh": chinese, "en": english}
    assert verdict_text(entry) == f"未核查：{chinese} / unchecked: {english}"
    assert text_report(report).splitlines()[:3] == [
        f"[{printed.number}] {printed.key}: unchecked",
        f"    未核查：{chinese}。",
        f"    unchecked: {english}",
    ]
    assert english in csv_report(report)
    assert f"| 未核查：{chinese} / unchecked: {english} |" in markdown_report(report)


def test_where_a_finding_says_why_or_nobody_was_asked_nothing_is_added():
    several = entry_of(without_doi(ENGLISH), crossref_search("found", WORKS["en"], TWIN))
    assert (several["verdict"], several["unchecked"]) == ("unchecked", None)
    assert entry_of(ENGLISH)["unchecked"] is None
    assert entry_of(ENGLISH, holds("crossref"))["unchecked"] is None


def test_what_is_said_of_the_twin_of_a_work_whose_page_shows_its_doi_is_not_said_of_it():
    for printed, twin in ((without_doi(ENGLISH), TWIN), (without_doi(CHINESE), TWIN_ZH)):
        retracted = twin | {"updated-by": [{"type": "retraction", "DOI": "10.1000/n"}]}
        answers = [page(), europepmc_search("found", retracted)]
        doi = PRINTED[printed.language or "en"].doi
        assert judged(printed, *answers) == suggested(doi)


@pytest.mark.parametrize(
    ("printed", "chinese", "english"),
    [
        pytest.param(
            ENGLISH,
            "Handle 系统未答复（无法连接）；DOI 注册机构查询未答复（HTTP 状态码 503）",
            "the Handle system did not answer (cannot be reached); the DOI agency look-up did not"
            " answer (HTTP 503)",
            id="English",
        ),
        pytest.param(
            CHINESE,
            "Handle 系统未答复（无法连接）；DOI 注册机构查询未答复（HTTP 状态码 503）",
            "the Handle system did not answer (cannot be reached); the DOI agency look-up did not"
            " answer (HTTP 503)",
            id="Chinese",
        ),
    ],
)
def test_an_outage_of_doi_org_is_told_where_crossref_lacks_the_doi(printed, chinese, english):
    silent = [about("handle", "failed", _reason="cannot be reached"), about("agency", "failed")]
    lines = [maker(printed) for maker in [ABSENT, *silent]]
    (entry,) = build_report(resolve_references([printed], lines), None, [])["references"]
    assert verdict_text(entry) == f"未核查：{chinese} / unchecked: {english}"


# --- Registrations and web pages -------------------------------------------------------------

TRIAL = Reference(
    key="trial", number=3, type="misc", title="An official title", registration="NCT03059797"
)
CHICTR = changed(TRIAL, registration="ChiCTR1900025128")
LABEL = Reference(
    key="label", number=4, type="online", title="Drug label", url="https://example.org/label"
)
LABEL_ZH = changed(
    LABEL, language="zh", title="安罗替尼说明书", url="https://example.cn/shuomingshu"
)
OUTSIDE = ("elsewhere", None, [])


def registered(outcome="found", number=None, **record):
    return lambda printed: line(
        "clinicaltrials",
        {"registration": number or printed.registration.upper()},
        outcome,
        **record,
    )


def web(outcome="found", **record):
    return lambda printed: line("web", {"url": printed.url}, outcome, **record)


@pytest.mark.parametrize(
    ("printed", "answers", "expected"),
    [
        pytest.param(TRIAL, [], OUTSIDE, id="a registration, not asked"),
        pytest.param(
            TRIAL,
            [registered(registration=["NCT03059797"], title=["Another title"], status="COMPLETED")],
            OUTSIDE,
            id="a registration, found under another title",
        ),
        pytest.param(TRIAL, [registered("failed")], OUTSIDE, id="a registration, nobody answered"),
        pytest.param(
            TRIAL,
            [registered("not-found")],
            ("not-found", None, [("existence.not-found", "warning")]),
            id="no such registration",
        ),
        pytest.param(
            CHICTR, [registered("not-found")], OUTSIDE, id="a number of another registry of trials"
        ),
        pytest.param(LABEL, [], OUTSIDE, id="a page, not asked"),
        pytest.param(
            LABEL,
            [web(title=["Something else"])],
            OUTSIDE,
            id="a page that is there, its own title",
        ),
        pytest.param(LABEL, [web("failed")], OUTSIDE, id="a page that did not answer"),
        pytest.param(
            LABEL,
            [web("not-found")],
            ("elsewhere", None, [("existence.page-gone", "warning")]),
            id="a page that is gone",
        ),
        pytest.param(
            LABEL_ZH,
            [web("not-found")],
            ("elsewhere", None, [("existence.page-gone", "warning")]),
            id="a page that is gone, Chinese",
        ),
        pytest.param(
            without_doi(changed(ENGLISH, url="https://example.org/paper")),
            [web()],
            UNCHECKED,
            id="an article's page that is there proves nothing",
        ),
    ],
)
def test_what_dois_are_not_for(printed, answers, expected):
    assert judged(printed, *answers) == expected


def test_what_a_registration_and_a_page_say_is_shown():
    record = {
        "registration": ["NCT03059797"],
        "title": ["Brief", "Official"],
        "status": "COMPLETED",
    }
    record |= {"start-date": "2017-03", "completion-date": "2018-06", "sponsor": "A company"}
    trial = registered(**record)(TRIAL)
    label = web(title=["A page"], URL="https://example.org/label/")(LABEL)
    resolved = resolve_references([TRIAL, LABEL], [trial, label])
    assert [(one["outcome"], one["by"]) for one in resolved] == [("found", "for"), ("found", "url")]
    first, second = build_report(resolved, None, [])["references"]
    assert first["authorities"] == [
        {
            "source": "clinicaltrials",
            "query": {"registration": "NCT03059797"},
            "outcome": "found",
            "retrieved": DAY,
            "pages": [],
            "title": ["Brief", "Official"],
            "status": "COMPLETED",
            "start-date": "2017-03",
            "completion-date": "2018-06",
            "sponsor": "A company",
        }
    ]
    assert second["authorities"] == [
        {
            "source": "web",
            "query": {"url": "https://example.org/label"},
            "outcome": "found",
            "retrieved": DAY,
            "pages": [],
            "title": ["A page"],
            "URL": "https://example.org/label/",
        }
    ]


def test_the_answer_about_another_registration_is_not_taken():
    answer = registered(number="NCT03059797", registration=["NCT09999999"])(TRIAL)
    (resolved,) = resolve_references([TRIAL], [answer])
    assert resolved["authorities"] == []
    assert resolved["reasons"] == ["the answer to NCT03059797 is about another registration"]


def test_a_page_s_title_finds_no_reference():
    page_title = line("web", {"url": "https://example.org/"}, "found", title=[ENGLISH.title])
    (resolved,) = resolve_references([without_doi(ENGLISH)], [page_title])
    assert resolved["outcome"] == "not-asked"


# --- Notices ---------------------------------------------------------------------------------


def notice(doi, kind, about_doi="10.1000/A", **more):
    updated = {"date-parts": [[2024, 3, 1]]}
    return {"DOI": doi, "update-to": [{"DOI": about_doi, "type": kind, "updated": updated}]} | more


def updates(*items):
    return lambda printed: line(
        "crossref", {"updates": printed.doi}, "found" if items else "not-found", items=list(items)
    )


RETRACTED_BY = [{"type": "retraction", "DOI": "10.1000/N", "updated": {"date-parts": [[2024]]}}]
RETRACTED = ("retracted", "10.1000/a", [("status.retracted", "error")])


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param([holds("crossref"), updates()], ("verified", "10.1000/a", []), id="none"),
        pytest.param(
            [holds("crossref"), updates(notice("10.1000/n", "retraction"))],
            RETRACTED,
            id="a notice retracts it",
        ),
        pytest.param(
            [
                holds("crossref"),
                updates(notice("10.1000/n", "retraction", "https://doi.org/10.1000/A")),
            ],
            RETRACTED,
            id="a notice retracts it, and names it with the resolver",
        ),
        pytest.param(
            [
                holds(
                    "crossref",
                    **{"update-to": [{"type": "retraction", "DOI": "http://dx.doi.org/10.1000/A"}]},
                )
            ],
            RETRACTED,
            id="it retracts itself, and names itself with the resolver",
        ),
        pytest.param(
            [
                holds("crossref", **{"updated-by": RETRACTED_BY}),
                holds("europepmc", notices=[{"kind": "retraction", "doi": "doi:10.1000/n"}]),
            ],
            RETRACTED,
            id="one notice, its DOI written in two ways",
        ),
        pytest.param(
            [
                holds("crossref", **{"updated-by": RETRACTED_BY}),
                updates(notice("10.1000/n", "retraction")),
            ],
            RETRACTED,
            id="the same notice by two roads is one",
        ),
        pytest.param(
            [
                holds("crossref", **{"updated-by": RETRACTED_BY}),
                updates(notice("10.1000/n", "retraction")),
                holds(
                    "europepmc", notices=[{"kind": "retraction", "PMID": "1", "date": "2024-04"}]
                ),
            ],
            RETRACTED,
            id="the same retraction by three roads is one",
        ),
        pytest.param(
            [
                holds("crossref"),
                updates(notice("10.1000/n", "retraction", "10.1000/another")),
            ],
            ("verified", "10.1000/a", []),
            id="what a notice says of another work",
        ),
        pytest.param(
            [
                holds("crossref"),
                updates(
                    {
                        "DOI": "10.1000/n",
                        "update-to": [
                            {"DOI": "10.1000/another", "type": "retraction"},
                            {"DOI": "10.1000/a", "type": "correction"},
                        ],
                    }
                ),
            ],
            ("verified", "10.1000/a", [("status.corrected", "note")]),
            id="one notice, of each work its own kind",
        ),
        pytest.param(
            [holds("crossref"), updates(notice("10.1000/n", "expression_of_concern"))],
            ("concern", "10.1000/a", [("status.concern", "warning")]),
            id="a concern",
        ),
        pytest.param(
            [
                holds("crossref"),
                updates(notice("10.1000/n", "correction"), notice("10.1000/m", "erratum")),
                holds("europepmc", notices=[{"kind": "correction", "doi": "10.1000/N"}]),
            ],
            (
                "verified",
                "10.1000/a",
                [("status.corrected", "note"), ("status.corrected", "note")],
            ),
            id="two corrections, one of them told twice",
        ),
        pytest.param(
            [
                holds("crossref", **{"updated-by": [RETRACTED_BY[0] | {"type": "correction"}]}),
                holds("europepmc", notices=[{"kind": "correction", "date": "2022-01"}]),
            ],
            (
                "verified",
                "10.1000/a",
                [("status.corrected", "note"), ("status.corrected", "note")],
            ),
            id="corrections of two years are two",
        ),
        pytest.param(
            [
                holds(
                    "europepmc", notices=[{"kind": "retraction", "label": "Retraction in: J. 2024"}]
                )
            ],
            RETRACTED,
            id="Europe PMC alone tells of it",
        ),
        pytest.param(
            [holds("europepmc", **{"update-to": [{"type": "retraction", "PMID": "7"}]})],
            ("notice", "10.1000/a", [("status.notice", "warning")]),
            id="Europe PMC says that the cited item is the notice",
        ),
        pytest.param(
            [updates(notice("10.1000/n", "retraction"))],
            ("retracted", None, [("status.retracted", "error")]),
            id="the notice is known, the work's record is not",
        ),
        pytest.param(
            [
                holds("crossref"),
                lambda printed: line("crossref", {"updates": printed.doi}, "failed"),
            ],
            ("verified", "10.1000/a", []),
            id="nobody answered for notices",
        ),
    ],
)
def test_notices_about_the_work(answers, expected):
    assert judged(ENGLISH, *answers) == expected


def test_a_notice_that_names_a_chinese_work_with_the_resolver_reaches_it():
    told = updates(notice("10.3779/n", "retraction", f"https://doi.org/{CHINESE.doi.upper()}"))
    assert judged(CHINESE, holds("crossref"), told) == (
        "retracted",
        CHINESE.doi,
        [("status.retracted", "error")],
    )


CONCERN = {"type": "expression_of_concern", "DOI": "10.1000/C", "updated": "2020-05-01"}


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        pytest.param(
            "partial_retraction",
            [
                ("status.partially-retracted", "partial retraction, 2023, PMID 7"),
                ("status.concern", "expression of concern, 2020-05-01, 10.1000/c"),
            ],
            id="a part retracted later is told",
        ),
        pytest.param(
            "部分撤稿",
            [
                ("status.partially-retracted", "部分撤稿, 2023, PMID 7"),
                ("status.concern", "expression of concern, 2020-05-01, 10.1000/c"),
            ],
            id="a part retracted later is told, Chinese",
        ),
        pytest.param(
            "concern",
            [("status.concern", "expression of concern, 2020-05-01, 10.1000/c")],
            id="the same concern by two names is one",
        ),
        pytest.param(
            "关注声明",
            [("status.concern", "expression of concern, 2020-05-01, 10.1000/c")],
            id="the same concern by two names is one, Chinese",
        ),
    ],
)
def test_a_concern_does_not_hide_a_partial_retraction(kind, found):
    same = kind in ("concern", "关注声明")
    makers = [
        holds("crossref", **{"updated-by": [CONCERN]}),
        holds(
            "europepmc",
            notices=[{"kind": kind, "PMID": "7", "date": "2020" if same else "2023"}],
        ),
    ]
    for printed in (ENGLISH, CHINESE):
        lines = [maker(printed) for maker in makers]
        (entry,) = build_report(resolve_references([printed], lines), None, [])["references"]
        assert entry["verdict"] == "concern"
        assert [(one["code"], one["found"]) for one in entry["findings"]] == found


def test_notices_about_a_former_doi_reach_the_work():
    old = changed(ENGLISH, doi="10.1000/old", doi_printed="10.1000/old")
    moved = about("crossref", **WORKS["en"])
    told = line(
        "crossref", {"updates": "10.1000/a"}, "found", items=[notice("10.1000/n", "retraction")]
    )
    assert judged(old, moved, told) == RETRACTED


def test_a_notice_is_told_by_its_doi_or_its_number():
    entry = build_report(
        resolve_references(
            [ENGLISH],
            [
                holds("europepmc", notices=[{"kind": "concern", "date": "2021-05", "PMID": "77"}])(
                    ENGLISH
                )
            ],
        ),
        None,
        [],
    )["references"][0]
    assert [(one["found"], one["message"]["en"]) for one in entry["findings"]] == [
        (
            "concern, 2021-05, PMID 77",
            "An expression of concern about this work exists: concern, 2021-05, PMID 77"
            " (Europe PMC, 2026-11-22).",
        )
    ]


# --- Messages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "answers", "chinese", "english"),
    [
        pytest.param(
            ENGLISH,
            [ABSENT],
            "Crossref没有所印 DOI 10.1000/a 的记录（2026-11-22）；未查询该 DOI 是否已在别处登记，"
            "不能据此认定该 DOI 不存在。",
            "Crossref has no record of the printed DOI 10.1000/a (2026-11-22); whether it is"
            " registered elsewhere was not asked, so this does not prove that there is no such"
            " DOI.",
            id="not in Crossref, no one else asked",
        ),
        pytest.param(
            CHINESE,
            [ABSENT, about("handle"), agency("ISTIC")],
            f"所印 DOI {CHINESE.doi} 存在，但由 ISTIC 登记而非 Crossref（DOI 注册机构查询，"
            "2026-11-22）；Crossref 未收录不表示有误。",
            f"The printed DOI {CHINESE.doi} exists and is registered with ISTIC, not with Crossref"
            " (the DOI agency look-up, 2026-11-22); that Crossref does not hold it says nothing"
            " against it.",
            id="elsewhere",
        ),
        pytest.param(
            without_doi(ENGLISH),
            [crossref_search("not-found"), europepmc_search("not-found")],
            "未印 DOI，且Crossref、Europe PMC均已答复，未检出此文献（2026-11-22）。",
            "No DOI is printed, and Crossref and Europe PMC answered that they do not have this"
            " work (2026-11-22).",
            id="not found",
        ),
        pytest.param(
            TRIAL,
            [registered("not-found")],
            "ClinicalTrials.gov没有登记号 NCT03059797（2026-11-22）。请核对登记号。",
            "ClinicalTrials.gov has no registration NCT03059797 (2026-11-22). Check the number.",
            id="no such registration",
        ),
        pytest.param(
            LABEL,
            [web("not-found")],
            "所印网址 https://example.org/label 的页面已不存在（2026-11-22）。",
            "There is no page at the printed address https://example.org/label any more"
            " (2026-11-22).",
            id="page gone",
        ),
        pytest.param(
            changed(ENGLISH, doi_printed="10.1000/ a."),
            [holds("crossref")],
            "所印 DOI“10.1000/ a.”书写有误，已按 10.1000/a 核查；请按此改印。",
            "The DOI is printed as “10.1000/ a.”; it was read as 10.1000/a. Print it so.",
            id="repaired",
        ),
        pytest.param(
            changed(ENGLISH, doi_printed="10.1000/\u200ba"),
            [holds("crossref")],
            "所印 DOI 看似与 10.1000/a 相同，但含有不可见字符；已按 10.1000/a 核查，请按此改印。",
            "The printed DOI looks like 10.1000/a, but contains an invisible character; it was read"
            " as 10.1000/a. Print it so.",
            id="an invisible sign",
        ),
        pytest.param(
            ENGLISH,
            [ABSENT, NO_SUCH_DOI, crossref_search("found", TWIN)],
            "没有任何注册机构认识所印 DOI 10.1000/a（Handle 系统，2026-11-22）；"
            "题名、作者、年份相符的文献 DOI 为 10.1000/twin（Crossref，2026-11-22）。",
            "No registry knows the printed DOI 10.1000/a (the Handle system, 2026-11-22); the work"
            " with this title, authors and year has the DOI 10.1000/twin (Crossref, 2026-11-22).",
            id="unknown, and the right one",
        ),
        pytest.param(
            CHINESE,
            [ABSENT, NO_SUCH_DOI, europepmc_search("found", TWIN_ZH)],
            f"没有任何注册机构认识所印 DOI {CHINESE.doi}（Handle 系统，2026-11-22）；"
            "作者、刊名、年份、卷、页码或文章编号、期相符的文献 DOI 为 10.1000/twin"
            "（Europe PMC，2026-11-22）。",
            f"No registry knows the printed DOI {CHINESE.doi} (the Handle system, 2026-11-22); the"
            " work with these authors, journal, year, volume, pages or article number and issue has"
            " the DOI 10.1000/twin (Europe PMC, 2026-11-22).",
            id="unknown, and the right one, Chinese",
        ),
        pytest.param(
            ENGLISH,
            [another_s, crossref_search("found", TWIN)],
            f"所印 DOI 10.1000/a 属于另一篇文献：文献表题名为“{ENGLISH.title}”，"
            f"Crossref所示题名为“{OTHER['title'][0]}”（2026-11-22）；"
            "题名、作者、年份相符的文献 DOI 为 10.1000/twin（Crossref，2026-11-22）。",
            "The printed DOI 10.1000/a is another work's: the list has the title"
            f" “{ENGLISH.title}”; Crossref: “{OTHER['title'][0]}” (2026-11-22); the work with this"
            " title, authors and year has the DOI 10.1000/twin (Crossref, 2026-11-22).",
            id="another work's, and the right one",
        ),
    ],
)
def test_messages(printed, answers, chinese, english):
    lines = [maker(printed) for maker in answers]
    (entry,) = build_report(resolve_references([printed], lines), None, [])["references"]
    assert [one["message"] for one in entry["findings"]] == [{"zh": chinese, "en": english}]


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([], id="nothing else asked"),
        pytest.param([about("handle"), agency("ISTIC")], id="another agency's"),
        pytest.param([about("handle", "not-found")], id="no handle"),
        pytest.param([page()], id="a page"),
        pytest.param([holds("europepmc", volume="29")], id="contradicted"),
    ],
)
@pytest.mark.parametrize("source", ["crossref", "europepmc", "datacite", "handle", "agency"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_silent_registry_changes_no_finding_and_no_verdict(language, source, others):
    printed = PRINTED[language]
    if any(maker(printed)["_source"] == source for maker in others):
        return
    assert judged(printed, *others, about(source, "failed")) == judged(printed, *others)


@pytest.mark.parametrize("source", ["crossref", "europepmc"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_silent_search_changes_no_finding_and_no_verdict(language, source):
    printed = without_doi(PRINTED[language])
    searches = {"crossref": crossref_search, "europepmc": europepmc_search}
    (other,) = (search for name, search in searches.items() if name != source)
    for answer in (other("not-found"), other("found", WORKS[language]), other("found", OTHER)):
        assert judged(printed, answer, searches[source]("failed")) == judged(printed, answer)
