"""Findings and verdicts, by the `check` contract; and the true ones of the delivered list."""

import itertools
import json

import pytest

from conftest import ROOT
from livingreview.references.comparison.persons import initials_of
from livingreview.references.comparison.plain import comparison_key
from livingreview.references.judgement.validate import VERDICTS, build_report
from livingreview.references.judgement.waivers import Waiver
from livingreview.references.reading.bibtex import read_bibtex
from livingreview.references.record import Name, Reference
from livingreview.references.resolution.resolve import resolve_references
from livingreview.references.work import (
    text_of,
    work_authors,
    work_containers,
    work_titles,
    work_years,
)
from livingreview.registries.lock import read_lock

TITLE = "Anlotinib as maintenance therapy in small cell lung cancer"


def reference(**fields):
    base = {
        "key": "wang2022anlotinib",
        "number": 1,
        "line": 7,
        "title": TITLE,
        "authors": (Name(family="Wang", given="N."), Name(family="Zhao", given="L.")),
        "container_title": "Cancer Medicine",
        "year": 2022,
        "volume": "11",
        "page": "366-371",
        "doi": "10.1000/a",
        "doi_printed": "10.1000/a",
    }
    return Reference(**(base | fields))


def answer(source="crossref", outcome="found", **fields):
    base = {
        "_source": source,
        "_query": {"doi": "10.1000/a"},
        "_outcome": outcome,
        "_retrieved": "2026-11-22",
    }
    if outcome == "found":
        base |= {
            "DOI": "10.1000/a",
            "title": [TITLE],
            "author": [{"family": "Wang", "given": "Ning"}, {"family": "Zhao", "given": "Lei"}],
            "container-title": ["Cancer Medicine"],
            "published-print": {"date-parts": [[2022, 2]]},
            "volume": "11",
            "page": "366-371",
        }
    return base | fields


def page(**fields):
    query = {"for": "wang2022anlotinib", "number": 1}
    return answer("page", _query=query, _for="wang2022anlotinib", **fields)


def report_of(printed, *answers, citations=None, waivers=(), today=None):
    printed = printed if isinstance(printed, list) else [printed]
    return build_report(resolve_references(printed, answers), citations, waivers, today)


def codes_of(report):
    return [one["code"] for entry in report["references"] for one in entry["findings"]]


def judged(printed, *answers, **more):
    """The verdict, the DOI and the (code, severity) pairs of the first reference."""
    entry = report_of(printed, *answers, **more)["references"][0]
    return (
        entry["verdict"],
        entry["doi"],
        [(one["code"], one["severity"]) for one in entry["findings"]],
    )


NO_DOI = {"doi": None, "doi_printed": None}
OTHER = {
    "title": ["Ferroptosis through the p53 pathway in non-small cell lung cancer"],
    "author": [{"family": "Jiang", "given": "Zhe"}],
    "container-title": ["Translational Oncology"],
    "published-print": {"date-parts": [[2025]]},
    "volume": "53",
    "page": "102289",
}


def updated(kind, **fields):
    return [{"type": kind, "DOI": "10.1000/N", "updated": {"date-parts": [[2024, 3, 1]]}} | fields]


@pytest.mark.parametrize(
    ("printed", "answers", "expected"),
    [
        pytest.param({}, [answer()], ("verified", "10.1000/a", []), id="all agrees"),
        pytest.param({}, [], ("unchecked", None, []), id="not in the lock"),
        pytest.param({}, [answer(outcome="failed")], ("unchecked", None, []), id="nobody answered"),
        pytest.param(
            {},
            [page(**dict.fromkeys(("author", "volume", "page", "DOI")))],
            ("verified", None, []),
            id="a page without DOI: verified, the printed DOI not confirmed",
        ),
        pytest.param(
            {},
            [
                {
                    **page(),
                    "title": [TITLE],
                    "DOI": None,
                    "author": None,
                    "container-title": None,
                    "published-print": None,
                    "volume": None,
                    "page": None,
                }
            ],
            ("unchecked", None, []),
            id="the title alone",
        ),
        pytest.param(
            {},
            [page(title=None, author=None, volume=None, page=None)],
            ("unchecked", "10.1000/a", []),
            id="no title seen",
        ),
        pytest.param(
            {"volume": "12"},
            [answer()],
            ("differs", "10.1000/a", [("volume.mismatch", "error")]),
            id="another volume",
        ),
        pytest.param(
            {"volume": "12", "page": "366-372", "year": 2023},
            [answer()],
            (
                "differs",
                "10.1000/a",
                [
                    ("year.mismatch", "error"),
                    ("volume.mismatch", "error"),
                    ("page.last-mismatch", "error"),
                ],
            ),
            id="three fields, in their order",
        ),
        pytest.param(
            {"title": "Anlotinib as a maintenance therapy in small cell lung cancer"},
            [answer()],
            ("differs", "10.1000/a", [("title.mismatch", "warning")]),
            id="wording of the title",
        ),
        pytest.param(
            {"year": 2021},
            [answer(**{"published-online": {"date-parts": [[2021, 12]]}})],
            ("verified", "10.1000/a", [("year.online-first", "note")]),
            id="online-first year",
        ),
        pytest.param(
            {},
            [answer(**OTHER)],
            ("wrong-work", None, [("doi.wrong-work", "error")]),
            id="the DOI is another work's",
        ),
        pytest.param(
            {},
            [answer(**OTHER | {"updated-by": updated("retraction")})],
            ("wrong-work", None, [("doi.wrong-work", "error")]),
            id="the other work's status is not the cited one's",
        ),
        pytest.param(
            {"title": "An invented title about something"},
            [answer()],
            ("differs", "10.1000/a", [("title.mismatch", "error")]),
            id="all agrees but the title",
        ),
        pytest.param(
            {},
            [page(DOI="10.1000/b")],
            ("differs", "10.1000/b", [("doi.mismatch", "error")]),
            id="the page shows another DOI",
        ),
        pytest.param(
            {},
            [answer(outcome="not-found"), answer("handle", outcome="not-found")],
            ("unknown-doi", None, [("doi.unknown", "error")]),
            id="the whole DOI system does not know the DOI",
        ),
        pytest.param(
            {},
            [answer(outcome="not-found")],
            ("not-found", None, [("doi.not-found", "warning")]),
            id="one registry does not hold the DOI",
        ),
        pytest.param(
            {"language": "zh", "title": "安罗替尼治疗肺癌"},
            [answer(outcome="not-found")],
            ("unchecked", None, []),
            id="one registry does not hold a Chinese DOI",
        ),
        pytest.param(
            {},
            [answer(outcome="not-found"), answer("handle", outcome="failed")],
            ("unchecked", None, []),
            id="one does not hold it, one did not answer",
        ),
        pytest.param(
            {},
            [answer(outcome="failed"), answer("handle", outcome="not-found")],
            ("unknown-doi", None, [("doi.unknown", "error")]),
            id="one did not answer, the whole DOI system does not know it",
        ),
        pytest.param(
            {},
            [page(DOI=None), answer(outcome="not-found"), answer("handle", outcome="not-found")],
            ("unknown-doi", None, [("doi.unknown", "error")]),
            id="pages without a DOI agree, nobody knows the printed one",
        ),
        pytest.param(
            {},
            [page(DOI=None), answer(outcome="not-found")],
            ("not-found", None, [("doi.not-found", "warning")]),
            id="pages without a DOI agree, a registry does not hold the printed one",
        ),
        pytest.param(
            {},
            [page(), answer(outcome="not-found")],
            ("verified", "10.1000/a", []),
            id="a page shows the printed DOI that a registry does not hold",
        ),
        pytest.param(
            {"language": "zh", "title": "安罗替尼治疗肺癌"},
            [page(title=["安罗替尼治疗肺癌"], DOI=None), answer(outcome="not-found")],
            ("verified", None, []),
            id="pages agree, a registry does not hold a Chinese DOI",
        ),
        pytest.param(
            {},
            [
                page(),
                answer(outcome="not-found", _query={"doi": "10.1000/b"}, _for="wang2022anlotinib"),
            ],
            ("verified", "10.1000/a", []),
            id="another DOI than the printed one was not found",
        ),
        pytest.param(
            {"title": "Anlotinib in lung cancer with liver metastases: a post hoc analysis"},
            [
                answer(
                    title=["Anlotinib in lung cancer with brain metastases: a post hoc analysis"],
                    page="501-509",
                )
            ],
            ("wrong-work", None, [("doi.wrong-work", "error")]),
            id="another paper of the group in the same volume",
        ),
        pytest.param(
            {"doi": None, "doi_printed": "10.1000"},
            [],
            ("unchecked", None, [("doi.syntax", "error")]),
            id="a DOI that is none",
        ),
        pytest.param(
            NO_DOI,
            [page()],
            ("suggested", "10.1000/a", [("doi.missing", "note")]),
            id="no DOI printed, one found",
        ),
        pytest.param(
            NO_DOI | {"volume": "12"},
            [page()],
            ("differs", None, [("volume.mismatch", "error")]),
            id="no DOI suggested where a field differs",
        ),
        pytest.param(
            NO_DOI,
            [page(_version_of="preprint")],
            ("unchecked", None, []),
            id="the preprint's DOI is not the article's",
        ),
        pytest.param(
            NO_DOI,
            [answer("europepmc", "not-found", _for="wang2022anlotinib", _query={"title": TITLE})],
            ("unchecked", None, []),
            id="no DOI, not found by the only registry that was asked",
        ),
        pytest.param(
            NO_DOI | {"title": "安罗替尼治疗肺癌"},
            [answer("europepmc", "not-found", _for="wang2022anlotinib", _query={"title": TITLE})],
            ("unchecked", None, []),
            id="no DOI, not found where Chinese works need not be",
        ),
        pytest.param(
            NO_DOI | {"type": "misc", "registration": "NCT01234567"},
            [],
            ("elsewhere", None, []),
            id="a registration",
        ),
        pytest.param(
            NO_DOI | {"type": "online", "url": "https://example.org/label"},
            [],
            ("elsewhere", None, []),
            id="a web page",
        ),
        pytest.param(
            NO_DOI | {"url": "https://example.org/paper"},
            [],
            ("unchecked", None, []),
            id="an article with an address is an article",
        ),
        pytest.param(
            {},
            [answer(**{"updated-by": updated("retraction")})],
            ("retracted", "10.1000/a", [("status.retracted", "error")]),
            id="retracted",
        ),
        pytest.param(
            {},
            [answer(**{"updated-by": updated("withdrawal")})],
            ("retracted", "10.1000/a", [("status.retracted", "error")]),
            id="withdrawn",
        ),
        pytest.param(
            {},
            [answer(title=[f"RETRACTED: {TITLE}"])],
            ("retracted", "10.1000/a", [("status.retracted", "error")]),
            id="retracted by its title in the record",
        ),
        pytest.param(
            {"title": f"RETRACTED: {TITLE}"},
            [],
            ("retracted", None, [("status.retracted", "error")]),
            id="retracted by its title in the list",
        ),
        pytest.param(
            {},
            [answer(**{"updated-by": updated("expression-of-concern")})],
            ("concern", "10.1000/a", [("status.concern", "warning")]),
            id="expression of concern",
        ),
        pytest.param(
            {},
            [answer(**{"updated-by": updated("erratum") + updated("new_version")})],
            ("verified", "10.1000/a", [("status.corrected", "note")]),
            id="an erratum is no retraction, a new version is nothing",
        ),
        pytest.param(
            {},
            [answer(**{"updated-by": updated("retraction") + updated("retraction", source="rw")})],
            ("retracted", "10.1000/a", [("status.retracted", "error")]),
            id="one retraction told twice is one",
        ),
        pytest.param(
            {},
            [page(notices=[{"kind": "Retraction notice", "date": "2024"}])],
            ("retracted", "10.1000/a", [("status.retracted", "error")]),
            id="retracted by a kind of notice that no list has",
        ),
        pytest.param(
            {},
            [page(notices=[{"kind": "Editor's concern", "date": "2024"}])],
            ("concern", "10.1000/a", [("status.concern", "warning")]),
            id="concern by a kind of notice that no list has",
        ),
        pytest.param(
            {},
            [page(notices=[{"kind": "勘误表", "date": "2024"}])],
            ("verified", "10.1000/a", [("status.corrected", "note")]),
            id="correction by a kind of notice that no list has, Chinese",
        ),
        pytest.param(
            {},
            [page(notices=[{"kind": "new_edition"}, {"kind": "Retraction of"}])],
            ("verified", "10.1000/a", [("status.corrected", "note")]),
            id="a new edition is nothing, a retraction of another work is not the work's own",
        ),
        pytest.param(
            {},
            [page(notices=[{"kind": "partial retraction notice"}, {"kind": "corrected version"}])],
            (
                "concern",
                "10.1000/a",
                [("status.partially-retracted", "warning"), ("status.corrected", "note")],
            ),
            id="a part retracted, a corrected version",
        ),
        pytest.param(
            {},
            [page(notices=[{"kind": "Data availability update"}])],
            ("verified", "10.1000/a", [("status.corrected", "note")]),
            id="a notice of an unknown kind is a note",
        ),
        pytest.param(
            {},
            [answer(**{"update-to": [{"type": "Retraction Notice", "DOI": "10.1000/o"}]})],
            ("notice", "10.1000/a", [("status.notice", "warning")]),
            id="the record is that of a notice of a kind that no list has",
        ),
        pytest.param(
            {},
            [answer(**{"updated-by": updated("correction") + updated("retraction")})],
            (
                "retracted",
                "10.1000/a",
                [("status.retracted", "error"), ("status.corrected", "note")],
            ),
            id="corrected, then retracted",
        ),
        pytest.param(
            {},
            [page(notices=[{"kind": "correction", "doi": None, "date": "2022-07-08"}])],
            ("verified", "10.1000/a", [("status.corrected", "note")]),
            id="a correction seen on a page",
        ),
        pytest.param(
            {},
            [answer(**{"update-to": [{"type": "correction", "DOI": "10.1000/A"}]})],
            ("verified", "10.1000/a", [("status.corrected", "note")]),
            id="a work that is its own update is no notice",
        ),
        pytest.param(
            {},
            [answer(**{"update-to": [{"type": "retraction", "DOI": "10.1000/A"}]})],
            ("retracted", "10.1000/a", [("status.retracted", "error")]),
            id="a work retracted by its own update",
        ),
        pytest.param(
            {"title": f"Correction: {TITLE}"},
            [],
            ("notice", None, [("status.notice", "warning")]),
            id="the cited item is a correction",
        ),
        pytest.param(
            {"title": "《安罗替尼治疗肺癌》一文的更正"},
            [],
            ("notice", None, [("status.notice", "warning")]),
            id="the cited item is a correction, Chinese",
        ),
        pytest.param(
            {},
            [answer(**{"update-to": [{"type": "retraction", "DOI": "10.1000/o"}]})],
            ("notice", "10.1000/a", [("status.notice", "warning")]),
            id="the record is that of a notice",
        ),
    ],
)
def test_verdicts_and_findings(printed, answers, expected):
    assert judged(reference(**printed), *answers) == expected


def test_a_finding_shows_both_strings_and_its_source_in_both_languages():
    found = page(volume="12", _pages=["https://doaj.org/a", "https://doaj.org/b", "http://[bad"])
    entry = report_of(reference(), found)["references"][0]
    assert entry["findings"] == [
        {
            "field": "volume",
            "code": "volume.mismatch",
            "severity": "error",
            "cited": "11",
            "found": "12",
            "source": "page",
            "retrieved": "2026-11-22",
            "document": None,
            "line": 7,
            "message": {
                "zh": "卷不符：文献表为“11”，公开网页（doaj.org）为“12”（2026-11-22）。",
                "en": "The volume differs: the list has “11”; public pages (doaj.org): “12”"
                " (2026-11-22).",
            },
        }
    ]
    assert entry["authorities"] == [
        {
            "source": "page",
            "query": {"for": "wang2022anlotinib", "number": 1},
            "outcome": "found",
            "retrieved": "2026-11-22",
            "pages": ["https://doaj.org/a", "https://doaj.org/b", "http://[bad"],
        }
    ]
    assert entry["fields"][4] == {
        "field": "volume",
        "state": "differs",
        "cited": "11",
        "found": "12",
        "source": "page",
        "retrieved": "2026-11-22",
    }


OTHER_NOTICE = ("verified", "10.1000/a", [("status.corrected", "note")])
SHOUTED = {
    "retracted": ("retracted", "10.1000/a", [("status.retracted", "error")]),
    "concern": ("concern", "10.1000/a", [("status.concern", "warning")]),
    "in part": ("concern", "10.1000/a", [("status.partially-retracted", "warning")]),
}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("not retracted", OTHER_NOTICE),
        ("has never been retracted", OTHER_NOTICE),
        ("un-retracted", OTHER_NOTICE),
        ("未撤稿", OTHER_NOTICE),
        ("未被撤稿", OTHER_NOTICE),
        ("correction to retraction", OTHER_NOTICE),
        ("retraction_correction", OTHER_NOTICE),
        ("撤稿声明的更正", OTHER_NOTICE),
        ("Withdrawn correction", OTHER_NOTICE),
        ("撤回更正", OTHER_NOTICE),
        ("retraction of retraction notice", OTHER_NOTICE),
        ("撤稿声明的撤回", OTHER_NOTICE),
        ("corrected version of retraction", OTHER_NOTICE),
        ("reinstatement after retraction", OTHER_NOTICE),
        ("concern resolved", OTHER_NOTICE),
        ("no concern", OTHER_NOTICE),
        ("关注已解决", OTHER_NOTICE),
        ("解除关注", OTHER_NOTICE),
        ("retraction notice: retracted article", SHOUTED["retracted"]),
        ("retraction due to ethical concerns", SHOUTED["retracted"]),
        ("withdrawal notice", SHOUTED["retracted"]),
        ("retracted, no longer available", SHOUTED["retracted"]),
        ("撤稿通知", SHOUTED["retracted"]),
        ("数据不实撤稿", SHOUTED["retracted"]),
        ("unresolved concern", SHOUTED["concern"]),
        ("编辑关注", SHOUTED["concern"]),
        ("部分撤稿声明", SHOUTED["in part"]),
    ],
)
@pytest.mark.parametrize("by", ["a page", "Crossref"])
def test_the_words_of_a_notice_are_read_whole(by, kind, expected):
    found = page(notices=[{"kind": kind}]) if by == "a page" else answer()
    found |= {"updated-by": updated(kind)} if by == "Crossref" else {}
    assert judged(reference(), found) == expected
    if expected is OTHER_NOTICE:
        (told,) = report_of(reference(), found)["references"][0]["findings"]
        assert told["message"]["zh"].startswith("另有关于此文献的声明：")
        assert told["message"]["en"].startswith("A notice about this work exists: ")


@pytest.mark.parametrize("kind", ["correction to retraction", "撤稿声明的更正", "not retracted"])
def test_the_record_of_a_notice_about_a_notice_is_a_notice(kind):
    found = answer(**{"update-to": [{"type": kind, "DOI": "10.1000/o"}]})
    assert judged(reference(), found) == ("notice", "10.1000/a", [("status.notice", "warning")])


def test_a_notice_of_no_kind_hides_no_correction():
    letter = answer(**{"updated-by": [{"type": "letter", "DOI": "10.1000/n", "updated": "2024"}]})
    correction = page(notices=[{"kind": "correction", "date": "2024"}])
    assert judged(reference(), letter, correction) == (
        "verified",
        "10.1000/a",
        [("status.corrected", "note"), ("status.corrected", "note")],
    )


def test_a_notice_of_an_unknown_kind_is_told_in_its_own_words():
    found = page(notices=[{"kind": "Data_availability update", "doi": "10.1000/N"}], _pages=[])
    (note,) = report_of(reference(), found)["references"][0]["findings"]
    assert (note["code"], note["severity"], note["found"], note["message"]) == (
        "status.corrected",
        "note",
        "data availability update, 10.1000/n",
        {
            "zh": "另有关于此文献的声明：data availability update, 10.1000/n"
            "（公开网页，2026-11-22）。请核对其内容。",
            "en": "A notice about this work exists: data availability update, 10.1000/n"
            " (public pages, 2026-11-22). Read what it says.",
        },
    )


def test_what_pages_show_is_never_said_to_be_crossref_s():
    report = report_of(reference(volume="12", doi=None, doi_printed=None), page())
    assert "crossref" not in str(report).lower()


B = {"_query": {"doi": "10.1000/b"}, "DOI": "10.1000/b"}
PRINTED_B = {"doi": "10.1000/b", "doi_printed": "10.1000/b"}


def test_a_page_that_agrees_does_not_clear_a_doi_of_another_work():
    """The registry's record of the printed DOI is another work's, the page shows the right DOI."""
    for answers in ([answer(**OTHER | B), page()], [page(), answer(**OTHER | B)]):
        entry = report_of(reference(**PRINTED_B), *answers)["references"][0]
        assert (entry["verdict"], entry["doi"]) == ("wrong-work", "10.1000/a")
        assert [(one["code"], one["found"]) for one in entry["findings"]] == [
            ("doi.wrong-work", OTHER["title"][0])
        ]


def test_a_doi_that_pages_show_for_another_entry_is_another_work_s():
    printed = [reference(**PRINTED_B), reference(key="jiang", number=2, title=OTHER["title"][0])]
    jiang = answer("page", _for="jiang", **OTHER | B | {"_query": {"for": "jiang"}})
    entry = report_of(printed, page(), jiang)["references"][0]
    assert (entry["verdict"], entry["doi"]) == ("wrong-work", "10.1000/a")
    assert [(one["code"], one["found"]) for one in entry["findings"]] == [
        ("doi.wrong-work", OTHER["title"][0])
    ]


def test_two_authorities_at_odds_over_a_doi_accuse_nobody():
    assert judged(reference(), answer(**OTHER), answer("datacite"))[0] == "verified"


def numbered(*references):
    return [
        Reference(**{**one.__dict__, "number": place, "key": f"k{place}"})
        for place, one in enumerate(references, 1)
    ]


@pytest.mark.parametrize(
    ("second", "codes"),
    [
        pytest.param({}, ["duplicate.doi"], id="same DOI"),
        pytest.param({"title": "Other"}, ["duplicate.doi"], id="same DOI, another title"),
        pytest.param(NO_DOI, ["duplicate.title"], id="same title, one without DOI"),
        pytest.param(
            NO_DOI | {"title": TITLE.upper() + "."},
            ["duplicate.title"],
            id="same title, upper case",
        ),
        pytest.param({"doi": "10.1000/b"}, [], id="same title, two DOIs"),
        pytest.param(
            NO_DOI | {"authors": (Name(family="Li"),)}, [], id="same title, another first author"
        ),
        pytest.param({"doi": "10.1000/b", "title": "Other"}, [], id="nothing the same"),
    ],
)
def test_doubles(second, codes):
    printed = numbered(reference(), reference(**second))
    entries = report_of(printed)["references"]
    assert entries[0]["findings"] == []
    assert [one["code"] for one in entries[1]["findings"]] == codes
    if codes:
        assert entries[1]["findings"][0]["found"] == "1 (k1)"


def test_short_titles_are_no_doubles():
    printed = numbered(*[reference(title="Editorial", **NO_DOI)] * 2)
    assert codes_of(report_of(printed)) == []


def test_an_entry_that_the_text_does_not_cite_is_a_note():
    printed = numbered(reference(), reference(doi="10.1000/b", title="Other"))
    report = report_of(printed, citations=[{"key": "k1", "number": "1"}])
    assert [[one["code"] for one in entry["findings"]] for entry in report["references"]] == [
        [],
        ["citation.uncited"],
    ]
    assert report["references"][1]["findings"][0]["severity"] == "note"
    assert codes_of(report_of(printed, citations=None)) == []


def waiver(code="volume.mismatch", key="wang2022anlotinib", until="2027-01-01"):
    return Waiver(key=key, code=code, reason="seen", by="the editor", until=until)


def test_a_waived_finding_is_moved_and_no_longer_counts():
    report = report_of(reference(volume="12"), answer(), waivers=[waiver()])
    entry = report["references"][0]
    assert (entry["verdict"], entry["findings"]) == ("differs", [])
    assert [(one["code"], one["waiver"]) for one in entry["waived"]] == [
        ("volume.mismatch", {"reason": "seen", "by": "the editor", "until": "2027-01-01"})
    ]
    assert report["summary"]["severities"] == {"error": 0, "warning": 0, "note": 0}
    assert report["summary"]["waived"] == 1
    assert entry["fields"][4]["state"] == "differs"


def test_a_waiver_of_a_check_of_results_is_not_called_unmatched():
    report = report_of(reference(), answer(), waivers=[waiver("source.value")])
    assert report["references"][0]["findings"] == []


def test_a_reference_that_prints_no_real_doi_is_not_verified():
    printed = reference(doi=None, doi_printed="10.1000")
    page = answer("page", _query={"for": "wang2022anlotinib"}, _for="wang2022anlotinib", DOI=None)
    assert judged(printed, page) == ("differs", None, [("doi.syntax", "error")])


def test_a_waiver_leaves_the_other_findings():
    printed = reference(volume="12", year=2020)
    assert judged(printed, answer(), waivers=[waiver()]) == (
        "differs",
        "10.1000/a",
        [("year.mismatch", "error")],
    )


def test_a_retraction_is_a_fact_also_when_waived():
    retracted = answer(**{"updated-by": updated("retraction")})
    assert judged(reference(), retracted, waivers=[waiver("status.retracted")]) == (
        "retracted",
        "10.1000/a",
        [],
    )


@pytest.mark.parametrize(
    ("until", "today", "code"),
    [
        ("2026-11-22", None, None),
        ("2026-11-21", None, "waiver.expired"),
        ("2026-11-21", "2026-11-20", None),
        ("2026-11-22", "2026-11-23", "waiver.expired"),
    ],
)
def test_a_waiver_ends_with_its_day(until, today, code):
    """Without a date given, today is the day of the newest answer."""
    more = {"waivers": [waiver(until=until)], "today": today}
    _, _, found = judged(reference(volume="12"), answer(), **more)
    expired = [("volume.mismatch", "error"), ("waiver.expired", "error")]
    assert found == (expired if code else [("waiver.ends-soon", "note")])


def test_waivers_that_match_nothing_are_reported():
    report = report_of(reference(), answer(), waivers=[waiver(), waiver(key="nobody2020nothing")])
    assert [one["code"] for one in report["references"][0]["findings"]] == ["waiver.unmatched"]
    assert [(one["code"], one["cited"], one["line"]) for one in report["findings"]] == [
        ("waiver.unmatched", "volume.mismatch (nobody2020nothing)", None)
    ]
    assert report["summary"]["severities"]["warning"] == 2


def test_the_summary_counts():
    printed = numbered(reference(), reference(doi="10.1000/z", title="Other", volume=None))
    summary = report_of(printed, answer(volume="12"))["summary"]
    assert summary == {
        "references": 2,
        "answered": 1,
        "unchecked": {
            "severity": "note",
            "message": {
                "zh": "2 条文献中有 1 条未核查：没有查询，或无人答复，或所见信息不足以判断。",
                "en": "1 of 2 references unchecked: not asked, or nobody answered, or too little"
                " was seen.",
            },
        },
        "verdicts": dict.fromkeys(VERDICTS, 0) | {"differs": 1, "unchecked": 1},
        "severities": {"error": 1, "warning": 0, "note": 0},
        "waived": 0,
        "not_in_lock": 1,
    }


def test_an_empty_list_has_a_report():
    assert build_report([], [], [])["summary"]["references"] == 0


# Written by hand, each reference of the review read against the record that was collected for it.
TRUE_FINDINGS = {
    (26, "title.mismatch", "error"),  # Anti-PD-1 is printed, Anti-PD-L1 is the title
    (29, "doi.missing", "note"),
    (34, "year.online-first", "note"),  # 2021 with volume 11, which is 2022's
    (44, "status.notice", "warning"),  # "Correction: ..."
    (58, "status.corrected", "note"),
    (61, "doi.missing", "note"),
}
# No record, or one that shows too little: 7 and 41 nothing, 14, 15 and 22 the title alone, 19 the
# DOI alone, 45 the preprint.
NO_RECORD = {1, 3, 5, 8, 17, 23, 27, 28, 36, 38, 47, 52, 54}
UNCHECKED = NO_RECORD | {7, 14, 15, 19, 22, 41, 45}


@pytest.fixture(scope="module")
def delivered():
    references = read_bibtex(ROOT / "data" / "references.bib")
    lines = resolve_references(references, read_lock(ROOT / "data" / "lock" / "works.jsonl"))
    return build_report(lines, None, [])


def test_the_delivered_list_has_these_findings_and_no_other(delivered):
    assert {
        (entry["number"], one["code"], one["severity"])
        for entry in delivered["references"]
        for one in entry["findings"]
    } == TRUE_FINDINGS
    assert delivered["findings"] == []


def test_the_delivered_list_has_these_verdicts(delivered):
    expected = dict.fromkeys(range(1, 65), "verified")
    expected |= dict.fromkeys(UNCHECKED, "unchecked")
    expected |= {26: "differs", 29: "suggested", 61: "suggested", 44: "notice"}
    expected |= {57: "elsewhere", 60: "elsewhere"}
    assert {entry["number"]: entry["verdict"] for entry in delivered["references"]} == expected


def test_no_doi_of_the_delivered_list_is_confirmed_that_no_page_showed(delivered):
    """Printed with a DOI, and a page was read that does not show one."""
    unconfirmed = {
        entry["number"]
        for entry in delivered["references"]
        if entry["authorities"] and entry["doi"] is None
    }
    assert unconfirmed == {7, 11, 14, 15, 20, 22, 32, 37, 39, 41, 45, 48, 56, 57, 63}
    found = {entry["number"]: entry["doi"] for entry in delivered["references"]}
    assert (found[29], found[61]) == ("10.1002/cam4.2913", "10.3779/j.issn.1009-3419.2020.102.40")


PLANTED = [
    (26, {"title": None}, set()),
    (
        2,
        {
            "title": "Efficacy and Safety of Apatinib in the Treatment of Small Cell Lung Cancer:"
            " A Real-World Observation Study"
        },
        {"title.mismatch"},
    ),
    (4, {"volume": "21"}, {"volume.mismatch"}),
    (9, {"page": "216-242"}, {"page.last-mismatch"}),
    (12, {"page": "1837-1888"}, {"page.mismatch"}),
    (16, {"container_title": "Drug Delivery"}, {"container-title.mismatch"}),
    (20, {"year": 2022}, {"year.mismatch"}),
    (24, {"article_number": "4484212"}, {"page.mismatch"}),
    (30, {"year": 2020}, {"year.mismatch"}),
    (35, {"volume": "3"}, {"volume.mismatch"}),
    (43, {"article_number": "1007"}, {"page.mismatch"}),
    (50, {"doi": "10.4161/cc.8.6.7393", "doi_printed": "10.4161/cc.8.6.7393"}, {"doi.mismatch"}),
    (64, {"year": 2017}, {"year.mismatch"}),
]


@pytest.mark.parametrize(
    ("number", "changes", "codes"),
    [pytest.param(*row, id=f"{row[0]} {'/'.join(row[1])}") for row in PLANTED],
)
def test_an_error_planted_in_the_delivered_list_is_found(number, changes, codes):
    references = read_bibtex(ROOT / "data" / "references.bib")
    changed = [
        Reference(**{**one.__dict__, **changes}) if one.number == number else one
        for one in references
    ]
    lines = resolve_references(changed, read_lock(ROOT / "data" / "lock" / "works.jsonl"))
    entry = build_report(lines, None, [])["references"][number - 1]
    assert {one["code"] for one in entry["findings"]} == codes
    assert (entry["verdict"] == "differs") is bool(codes)


@pytest.mark.parametrize("number", [4, 6, 9, 12, 30, 33, 46, 59])
def test_authors_exchanged_or_lost_in_the_delivered_list_are_found(number):
    references = read_bibtex(ROOT / "data" / "references.bib")
    answers = read_lock(ROOT / "data" / "lock" / "works.jsonl")
    people = references[number - 1].authors
    altered = {
        "author.order": (people[1], people[0], *people[2:]),
        "author.missing": (people[0], *people[2:]),
        "author.mismatch": (Name(family="Nemo", given="X."), *people[1:]),
    }
    for code, names in altered.items():
        one = Reference(**{**references[number - 1].__dict__, "authors": names})
        entry = build_report(resolve_references([one], answers), None, [])["references"][0]
        assert code in {found["code"] for found in entry["findings"]}, (number, code)


def recorded_works(folder):
    """Every work in the recorded answers of Crossref, once."""
    works = {}
    for path in sorted(folder.rglob("*.json")):
        body = json.loads(path.read_text("utf-8"))
        message = body.get("message", body) if isinstance(body, dict) else None
        if not isinstance(message, dict):
            continue
        items = [message] if "DOI" in message else message.get("items", [])
        works.update({item["DOI"].lower(): item for item in items if "DOI" in item})
    return works


def as_printed(doi, record):
    """The record as a reference list would print it: capitals, initials, six authors."""
    names = work_authors(record)
    authors = tuple(
        Name(one.family, ".".join(sorted(initials_of(one.given or ""))[-1]) or None, one.literal)
        for one in names[:6]
    )
    titles, journals, years = work_titles(record), work_containers(record), work_years(record)
    year = min(years.printed or years.all, default=None)
    return Reference(
        key="k",
        number=1,
        title=titles[0].upper() if titles else None,
        authors=authors,
        authors_complete=len(names) <= 6,
        container_title=journals[-1] if journals else None,
        year=year,
        volume=text_of(record, "volume"),
        issue=text_of(record, "issue"),
        page=text_of(record, "page"),
        article_number=text_of(record, "article-number"),
        doi=doi,
        doi_printed=doi,
    )


def test_no_record_of_crossref_contradicts_itself_when_printed(shared):
    works = recorded_works(shared / "crossref" / "recorded")
    assert len(works) > 200
    for doi, record in works.items():
        found = {**record, **answer(outcome="failed"), "_outcome": "found", "_query": {"doi": doi}}
        entry = report_of(as_printed(doi, record), found)["references"][0]
        codes = [one["code"] for one in entry["findings"] if not one["code"].startswith("status.")]
        assert codes == [], doi
        assert entry["verdict"] not in ("differs", "wrong-work", "not-found", "unknown-doi"), doi


def test_records_of_crossref_exchanged_are_other_works(shared):
    """Each work printed with the DOI of the next one of the recordings."""
    works = {
        doi: record
        for doi, record in recorded_works(shared / "crossref" / "recorded").items()
        if record.get("type") == "journal-article"
        and len(comparison_key("".join(work_titles(record)[:1]))) > 30
        and work_authors(record)
    }
    dois = list(works)
    missed = []
    for doi, other in itertools.pairwise(dois):
        printed = as_printed(other, works[doi])
        found = {**works[other], **answer(outcome="failed"), "_outcome": "found"}
        entry = report_of(printed, {**found, "_query": {"doi": other}})["references"][0]
        if entry["verdict"] not in ("wrong-work", "notice", "retracted"):
            missed.append((doi, other, entry["verdict"]))
    assert missed == []
