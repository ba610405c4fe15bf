"""What the neighbours of Crossref answer, read by their own words and nothing else."""

import json
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingreview.errors import InputError
from livingreview.references.record import Reference
from livingreview.references.work import (
    is_update_of,
    notices_about,
    work_authors,
    work_containers,
    work_titles,
    work_years,
)
from livingreview.registries.client import (
    GarbledError,
    NoAnswerError,
    RefusedError,
    Response,
    StoppedError,
    UnreadableError,
)
from livingreview.registries.clinicaltrials import ask_registrations, is_asked
from livingreview.registries.datacite import ask_dois as ask_datacite
from livingreview.registries.datacite import crossref_shape as datacite_shape
from livingreview.registries.doi_system import ask_agencies, ask_handles, doi_path
from livingreview.registries.europepmc import MOST_BYTES, MOST_DOIS, ask_dois, ask_searches
from livingreview.registries.europepmc_query import search_query
from livingreview.registries.europepmc_record import crossref_shape
from livingreview.registries.journals import is_issn, name_key, read_journals
from livingreview.registries.web_pages import ask_pages

# --- A client that hands prepared answers to the readers ---------------------------------------


class FakeClient:
    """`answer` gives for a target a Response or an error; a list of them is an answer for each
    attempt, of which a garbled one costs one. `asked` has the targets of all attempts."""

    mailto = ""

    def __init__(self, answer):
        self.answer = answer if callable(answer) else lambda target: answer[target]
        self.asked = []
        self.accepted = set()

    def ask(self, target, read, *, pool="single", accept="application/json", divisible=False):
        self.accepted.add(accept)
        answers = self.answer(target)
        reason = ""
        for answer in answers if isinstance(answers, list) else [answers]:
            self.asked.append(target)
            if isinstance(answer, Exception):
                raise answer
            try:
                return read(answer)
            except GarbledError as error:
                reason = str(error)
        raise UnreadableError(reason)


def reply(value, status=200, content_type="application/json"):
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Response(status, {"content-type": content_type}, body, "https://example.org/last")


HTML = reply(b"<html><h1>Service</h1></html>", 200, "text/html")
HTML_404 = reply(b"<html>DOI Not Found</html>", 404, "text/html")


# --- doi.org ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("doi", "path"),
    [
        ("10.1000/182", "10.1000/182"),
        ("10.1000/a(b)c:d", "10.1000/a(b)c:d"),
        ("10.1002/(sici)1<1::aid-x>3.0.co;2-#", "10.1002/(sici)1%3C1::aid-x%3E3.0.co%3B2-%23"),
        ("10.1000/a?b=c&d+e%f", "10.1000/a%3Fb%3Dc%26d%2Be%25f"),
        ("10.1000/肺癌", "10.1000/%E8%82%BA%E7%99%8C"),
        ("10.1000/ends/", "10.1000/ends%2F"),
        ("10.1000/ends//", "10.1000/ends%2F%2F"),
        ("10.1000/a/../b", "10.1000%2Fa%2F..%2Fb"),
        ("10.1000/a//b", "10.1000%2Fa%2F%2Fb"),
    ],
    ids=[
        "plain",
        "brackets and colons stay",
        "SICI",
        "signs of addresses",
        "Chinese",
        "last slash",
        "two last slashes",
        "dots that would be resolved",
        "an empty segment",
    ],
)
def test_a_doi_in_an_address(doi, path):
    assert doi_path(doi) == path
    assert unquote(path) == doi


def agency(doi, outcome, **more):
    return {"_source": "agency", "_query": {"doi": doi}, "_outcome": outcome, **more}


def test_agencies_are_asked_by_prefix_and_matched_by_it():
    answers = [  # not in the order of the question
        {"DOI": "10.99999", "status": "DOI does not exist"},
        {"DOI": "10.3760", "RA": "ISTIC"},
        {"DOI": "10.5281", "RA": "DataCite"},
        {"DOI": "10.1234", "status": "Unknown"},
    ]
    client = FakeClient({"/ra/10.3760,10.5281,10.99999,10.1234": reply(answers)})
    dois = ["10.3760/cma.1", "10.5281/zenodo.1", "10.99999/x", "10.3760/cma.2", "10.1234/y"]
    assert list(ask_agencies(client, dois)) == [
        agency("10.3760/cma.1", "found", agency="ISTIC"),
        agency("10.3760/cma.2", "found", agency="ISTIC"),
        agency("10.5281/zenodo.1", "found", agency="DataCite"),
        agency("10.99999/x", "not-found"),
        agency("10.1234/y", "failed", _reason="doi.org names no agency: Unknown"),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        HTML,
        HTML_404,
        reply([]),
        reply({"DOI": "10.1000", "RA": "Crossref"}),
        reply([{"DOI": "10.2000", "RA": "Crossref"}]),
        reply([{"DOI": "10.1000"}]),
        reply([{"DOI": "10.1000", "RA": ["Crossref"]}]),
        reply([None, 1]),
        reply(b'[{"DOI": "10.1000", "RA": "Cro'),
    ],
    ids=[
        "page",
        "page not found",
        "empty",
        "no list",
        "another prefix",
        "nothing said",
        "no text",
        "no objects",
        "cut",
    ],
)
def test_a_garbled_agency_answer_is_asked_for_again(answer):
    good = reply([{"DOI": "10.1000", "RA": "Crossref"}])
    client = FakeClient(lambda target: [answer, good])
    found = agency("10.1000/a", "found", agency="Crossref")
    assert list(ask_agencies(client, ["10.1000/a"])) == [found]
    assert len(client.asked) == 2


def test_many_prefixes_are_asked_twenty_at_a_time_and_halved_if_refused():
    def answer(target):
        prefixes = target.removeprefix("/ra/").split(",")
        if len(prefixes) > 5:
            return RefusedError("HTTP 414", 414)
        return reply([{"DOI": prefix, "RA": "Crossref"} for prefix in prefixes])

    client = FakeClient(answer)
    dois = [f"10.{number}/a" for number in range(1000, 1030)]
    lines = list(ask_agencies(client, dois))
    assert sorted(line["_query"]["doi"] for line in lines) == dois
    assert {line["_outcome"] for line in lines} == {"found"}
    assert [target.count(",") + 1 for target in client.asked] == [20, 10, 5, 5, 10, 5, 5, 10, 5, 5]


def handle(doi, outcome, **more):
    return {"_source": "handle", "_query": {"doi": doi}, "_outcome": outcome, **more}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (reply({"responseCode": 1, "handle": "10.1000/A", "values": []}), ("found", None)),
        (reply({"responseCode": 100, "handle": "10.1000/a"}, 404), ("not-found", None)),
        (reply({"responseCode": 100, "handle": "10.1000/a"}, 200), ("not-found", None)),
        (
            reply({"responseCode": 2, "handle": "10.1000/a"}),
            ("failed", "the Handle System answers with code 2"),
        ),
        (HTML_404, ("failed", "the answer is not JSON")),
        (reply(b"", 404), ("failed", "the answer is not JSON")),
        (HTML, ("failed", "the answer is not JSON")),
        (
            reply({"responseCode": 100, "handle": "10.1000/b"}, 404),
            ("failed", "the answer is about another handle"),
        ),
        (reply({"responseCode": 100}, 404), ("failed", "the answer is about another handle")),
        (
            reply({"responseCode": 1, "handle": "10.1000/a"}, 404),
            ("failed", "the answer contradicts its status"),
        ),
        (
            reply({"responseCode": True, "handle": "10.1000/a"}),
            ("failed", "the answer has no response code"),
        ),
        (reply([1]), ("failed", "the answer is not one of the Handle System")),
    ],
    ids=[
        "exists, in other letters",
        "does not exist",
        "does not exist, under 200",
        "an error of its own",
        "a page under 404",
        "nothing under 404",
        "a page under 200",
        "another handle",
        "no handle",
        "both at once",
        "no number",
        "a list",
    ],
)
def test_only_the_handle_systems_own_words_count(answer, expected):
    outcome, reason = expected
    client = FakeClient({"/api/handles/10.1000/a": answer})
    more = {"_reason": reason} if reason else {}
    assert list(ask_handles(client, ["10.1000/a"])) == [handle("10.1000/a", outcome, **more)]


def test_after_a_stop_nothing_is_asked_and_every_question_has_its_line():
    answers = {
        "/api/handles/10.1000/a": reply({"responseCode": 1, "handle": "10.1000/a"}),
        "/api/handles/10.1000/b": NoAnswerError("timed out"),
        "/api/handles/10.1000/c": StoppedError("refuses to answer (HTTP 403)"),
    }
    client = FakeClient(answers)
    assert list(ask_handles(client, [f"10.1000/{letter}" for letter in "abcde"])) == [
        handle("10.1000/a", "found"),
        handle("10.1000/b", "failed", _reason="timed out"),
        *(
            handle(f"10.1000/{letter}", "failed", _reason="refuses to answer (HTTP 403)")
            for letter in "cde"
        ),
    ]
    assert len(client.asked) == 3


# --- Europe PMC: records ----------------------------------------------------------------------

ENGLISH = {
    "id": "34567890",
    "source": "MED",
    "pmid": "34567890",
    "pmcid": "pmc8901234",
    "doi": "10.1000/Anlotinib.1",
    "title": "Anlotinib in PDGFR<sub>β</sub>-positive small-cell lung cancer.",
    "authorString": "Wang N, Li J, ALTER Study Group.",
    "authorList": {
        "author": [
            {"fullName": "Wang N", "firstName": "Ning", "lastName": "Wang", "initials": "N"},
            {"fullName": "Li J", "lastName": "Li", "initials": "J"},
            {"fullName": "Zhao L"},
            {"collectiveName": "ALTER Study Group"},
        ]
    },
    "journalInfo": {
        "issue": "5",
        "volume": "34",
        "dateOfPublication": "2023 Jun",
        "monthOfPublication": 6,
        "yearOfPublication": 2023,
        "printPublicationDate": "2023-06-01",
        "journal": {
            "title": "Anti-cancer drugs",
            "medlineAbbreviation": "Anticancer Drugs",
            "issn": "0959-4973",
            "essn": "14735741",
            "isoabbreviation": "Anticancer Drugs",
            "nlmid": "9100823",
        },
    },
    "pubYear": "2023",
    "pageInfo": "558-562",
    "abstractText": "<h4>Background</h4>OS &amp; PFS were <i>longer</i>; p &lt; 0.05.",
    "language": "eng",
    "pubModel": "Print-Electronic",
    "pubTypeList": {"pubType": ["research-article", "Journal Article"]},
    "electronicPublicationDate": "2022-12-09",
    "firstPublicationDate": "2022-12-09",
}
ENGLISH_WORK = {
    "DOI": "10.1000/anlotinib.1",
    "title": ["Anlotinib in PDGFRβ-positive small-cell lung cancer"],
    "language": "en",
    "author": [
        {"family": "Wang", "given": "Ning"},
        {"family": "Li", "given": "J"},
        {"family": "Zhao", "given": "L"},
        {"name": "ALTER Study Group"},
    ],
    "container-title": ["Anti-cancer drugs"],
    "short-container-title": ["Anticancer Drugs"],
    "ISSN": ["0959-4973", "1473-5741"],
    "volume": "34",
    "issue": "5",
    "page": "558-562",
    "published-print": {"date-parts": [[2023, 6]]},
    "published-online": {"date-parts": [[2022, 12, 9]]},
    "type": "journal-article",
    "PMID": "34567890",
    "PMCID": "PMC8901234",
    "abstract": "Background OS & PFS were longer ; p < 0.05.",
}
CHINESE = {
    "id": "32987493",
    "source": "MED",
    "pmid": "32987493",
    "doi": "10.3779/j.issn.1009-3419.2020.102.40",
    "title": "[Efficacy of Anlotinib in [Extensive-stage] Small Cell Lung Cancer].",
    "authorList": {
        "author": [
            {"fullName": "Liu T", "firstName": "Tong", "lastName": "Liu", "initials": "T"},
        ]
    },
    "journalInfo": {
        "issue": "11",
        "volume": "23",
        "dateOfPublication": "2020 Nov 20",
        "monthOfPublication": 11,
        "yearOfPublication": 2020,
        "printPublicationDate": "2020-11-20",
        "journal": {
            "title": "Zhongguo fei ai za zhi = Chinese journal of lung cancer",
            "medlineAbbreviation": "Zhongguo Fei Ai Za Zhi",
            "essn": "1999-6187",
            "issn": "1009-3419",
        },
    },
    "pageInfo": "971-6",
    "language": "chi",
    "pubModel": "Print",
    "pubTypeList": {"pubType": ["English Abstract", "Journal Article"]},
    "firstPublicationDate": "2020-11-01",
}
CHINESE_WORK = {
    "DOI": "10.3779/j.issn.1009-3419.2020.102.40",
    "title": ["Efficacy of Anlotinib in [Extensive-stage] Small Cell Lung Cancer"],
    "translated-title": True,
    "language": "zh",
    "author": [{"family": "Liu", "given": "Tong"}],
    "container-title": ["Zhongguo fei ai za zhi = Chinese journal of lung cancer"],
    "short-container-title": ["Zhongguo Fei Ai Za Zhi"],
    "ISSN": ["1009-3419", "1999-6187"],
    "volume": "23",
    "issue": "11",
    "page": "971-6",
    "published-print": {"date-parts": [[2020, 11, 20]]},
    "type": "journal-article",
    "PMID": "32987493",
}
PREPRINT = {
    "id": "PPR170401",
    "source": "PPR",
    "doi": "10.1101/2020.06.22.20137273",
    "title": "[A] study of [B]",
    "bookOrReportDetails": {"publisher": "medRxiv", "yearOfPublication": 2020},
    "pubYear": "2020",
    "pageInfo": "e1",
    "pubTypeList": {"pubType": ["Preprint"]},
    "firstPublicationDate": "2020-06-22",
}
PREPRINT_WORK = {
    "DOI": "10.1101/2020.06.22.20137273",
    "title": ["[A] study of [B]"],
    "page": "e1",
    "published-online": {"date-parts": [[2020, 6, 22]]},
    "publisher": "medRxiv",
    "type": "posted-content",
}


@pytest.mark.parametrize(
    ("result", "work"),
    [(ENGLISH, ENGLISH_WORK), (CHINESE, CHINESE_WORK), (PREPRINT, PREPRINT_WORK)],
    ids=["English article", "Chinese article under its translated title", "preprint"],
)
def test_a_record_of_europe_pmc_in_crossrefs_shape(result, work):
    assert crossref_shape(result) == work


@pytest.mark.parametrize(
    ("info", "more", "dates"),
    [
        (
            {"dateOfPublication": "2022 Nov-Dec", "yearOfPublication": 2022},
            {"pubModel": "Print"},
            {"published-print": {"date-parts": [[2022, 11]]}},
        ),
        (
            {"dateOfPublication": "2021 Spring", "printPublicationDate": "2021-03-01"},
            {"pubModel": "Print"},
            {"published-print": {"date-parts": [[2021]]}},
        ),
        (
            {"dateOfPublication": "2020", "printPublicationDate": "2020-01-01"},
            {"pubModel": "Electronic-eCollection", "electronicPublicationDate": "2019-12-30"},
            {
                "journal-issue": {"published-online": {"date-parts": [[2020]]}},
                "published-online": {"date-parts": [[2019, 12, 30]]},
            },
        ),
        (
            {"yearOfPublication": 2016, "printPublicationDate": "2016-01-01"},
            {"firstPublicationDate": "2016-01-01"},
            {"published-print": {"date-parts": [[2016]]}},
        ),
        (
            {"yearOfPublication": 2016, "printPublicationDate": "2016-01-01"},
            {"firstPublicationDate": "2015-11-02"},
            {
                "published-print": {"date-parts": [[2016]]},
                "published-online": {"date-parts": [[2015, 11, 2]]},
            },
        ),
        ({"yearOfPublication": 0}, {"pubYear": "2014"}, {"published": {"date-parts": [[2014]]}}),
        ({"dateOfPublication": " "}, {"electronicPublicationDate": "2020-13-01"}, {}),
    ],
    ids=[
        "two months",
        "a season",
        "a journal without paper",
        "the first publication is the print",
        "the first publication is earlier",
        "a year alone",
        "no dates that are any",
    ],
)
def test_the_dates_of_a_record(info, more, dates):
    work = crossref_shape({"journalInfo": info, **more})
    assert {name: work[name] for name in work if name != "type"} == dates


def correction(kind, number="999", reference="", source="MED"):
    return {"type": kind, "id": number, "source": source, "reference": reference, "orderIn": 1}


@pytest.mark.parametrize(
    ("types", "corrections", "notices", "updates"),
    [
        (
            ["Retracted Publication", "Journal Article"],
            [correction("Retraction in", "20137807", "Lancet. 2010 Feb 6;375(9713):445.")],
            [
                {
                    "kind": "retraction",
                    "label": "Retraction in: Lancet. 2010 Feb 6;375(9713):445.",
                    "PMID": "20137807",
                    "date": "2010-02-06",
                }
            ],
            [],
        ),
        (
            ["Journal Article"],
            [
                correction(
                    "Erratum in", "1", "N Engl J Med. 2021 Feb;384(8):755. doi: 10.1056/NEJMx1."
                ),
                correction("Comment in", "2", "Lancet. 2021;1(1):1."),
                correction("Expression of concern in", "3"),
                correction("Partial retraction in", "4", "Some J. 2020;1:2"),
                correction("Corrected and republished in", "5"),
                correction("Update in", "6"),
                correction("Republished in", "7"),
                correction("Preprint in", "PPR179288", source="PPR"),
            ],
            [
                {
                    "kind": "correction",
                    "label": "Erratum in: N Engl J Med. 2021 Feb;384(8):755. doi: 10.1056/NEJMx1.",
                    "PMID": "1",
                    "doi": "10.1056/nejmx1",
                    "date": "2021-02",
                },
                {"kind": "concern", "label": "Expression of concern in", "PMID": "3"},
                {
                    "kind": "partial_retraction",
                    "label": "Partial retraction in: Some J. 2020;1:2",
                    "PMID": "4",
                    "date": "2020",
                },
                {"kind": "correction", "label": "Corrected and republished in", "PMID": "5"},
            ],
            [],
        ),
        (
            ["Retracted Publication"],
            [],
            [{"kind": "retraction", "label": "Retracted Publication"}],
            [],
        ),
        (
            ["Retraction of Publication", "Journal Article"],
            [correction("Retraction of", "9500320", "Lancet. 1998;351(9103):637.")],
            [],
            [
                {
                    "type": "retraction",
                    "label": "Retraction of: Lancet. 1998;351(9103):637.",
                    "PMID": "9500320",
                }
            ],
        ),
        (
            ["Published Erratum"],
            [],
            [],
            [{"type": "correction", "label": "Published Erratum"}],
        ),
        (
            ["Expression of Concern"],
            [correction("Expression of concern for", "8")],
            [],
            [{"type": "concern", "label": "Expression of concern for", "PMID": "8"}],
        ),
        (["Journal Article"], [correction("Retraction of something else")], [], []),
    ],
    ids=[
        "retracted",
        "corrections and concerns, and what is none",
        "retracted, without a notice",
        "a retraction notice",
        "an erratum without its article",
        "a concern",
        "words that are no kind",
    ],
)
def test_notices_about_a_work_and_works_that_are_notices(types, corrections, notices, updates):
    work = crossref_shape(
        {
            "pubTypeList": {"pubType": types},
            "commentCorrectionList": {"commentCorrection": corrections},
        }
    )
    expected = {"notices": notices, "update-to": updates}
    assert work == {name: entries for name, entries in expected.items() if entries}


def test_a_notice_is_never_shown_as_retracted_and_a_retracted_work_is_no_notice():
    notice = crossref_shape({"pubTypeList": {"pubType": ["Retraction of Publication"]}})
    retracted = crossref_shape({"pubTypeList": {"pubType": ["Retracted Publication"]}})
    assert (notices_about(notice), is_update_of(notice)) == ([], ["retracted"])
    assert [one.kind for one in notices_about(retracted)] == ["retracted"]
    assert is_update_of(retracted) == []


# --- Europe PMC: requests ---------------------------------------------------------------------


def results(*found, count=None):
    count = len(found) if count is None else count
    return reply({"version": "6.9", "hitCount": count, "resultList": {"result": list(found)}})


def question_of(target):
    parts = urlsplit(target)
    assert parts.path == "/search"
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


def pmc(doi, outcome, **more):
    return {"_source": "europepmc", "_query": {"doi": doi}, "_outcome": outcome, **more}


def record(doi, number="1", source="MED", **more):
    return {"id": number, "source": source, "pmid": number, "doi": doi, **more}


def test_many_dois_are_one_question_matched_by_doi():
    client = FakeClient(
        lambda target: results(
            record("10.1000/B", "20", "PPR"),
            record("10.1000/B", "21", "PMC"),
            record("10.1000/B", "22", "MED"),
            {"id": "PMC7", "source": "PMC"},
            record("10.1000/A", "11"),
        )
    )
    assert list(ask_dois(client, ["10.1000/a", "10.1000/b", "10.1000/c"])) == [
        pmc("10.1000/a", "found", DOI="10.1000/a", PMID="11"),
        pmc("10.1000/b", "found", DOI="10.1000/b", PMID="22"),
        pmc("10.1000/c", "not-found"),
    ]
    assert [question_of(target) for target in client.asked] == [
        {
            "query": 'DOI:"10.1000/a" OR DOI:"10.1000/b" OR DOI:"10.1000/c"',
            "resultType": "core",
            "format": "json",
            "pageSize": "1000",
        }
    ]


def test_questions_are_bounded_and_odd_dois_are_asked_alone():
    odd = ['10.1000/a"b', "10.1000/a\\b", "10.1000/a*"]
    long = [f"10.1000/{'x' * 200}{number}" for number in range(40)]
    short = [f"10.1000/{number}" for number in range(130)]
    client = FakeClient(lambda target: results())
    lines = list(ask_dois(client, [*short, *odd, *long]))
    assert sorted(line["_query"]["doi"] for line in lines) == sorted([*short, *odd, *long])
    queries = [question_of(target)["query"] for target in client.asked]
    assert 'DOI:"10.1000/a\\"b"' in queries
    assert 'DOI:"10.1000/a\\\\b"' in queries
    assert 'DOI:"10.1000/a*"' in queries
    assert max(query.count("DOI:") for query in queries) == MOST_DOIS
    assert max(len(target) for target in client.asked) < MOST_BYTES + 100
    assert len(client.asked) == 3 + 5  # each odd one, and the others


def test_a_refused_question_is_asked_in_halves():
    def answer(target):
        query = question_of(target)["query"]
        if "bad" in query:
            return RefusedError("the question is not accepted (HTTP 400)", 400)
        return results()

    client = FakeClient(answer)
    lines = list(ask_dois(client, ["10.1000/a", "10.1000/b", "10.1000/bad", "10.1000/c"]))
    reason = "the question is not accepted (HTTP 400)"
    assert sorted(lines, key=lambda one: one["_query"]["doi"]) == [
        pmc("10.1000/a", "not-found"),
        pmc("10.1000/b", "not-found"),
        pmc("10.1000/bad", "failed", _reason=reason),
        pmc("10.1000/c", "not-found"),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        HTML,
        HTML_404,
        results(count=1),
        results(record("10.1000/other")),
        results("text"),
        results(count=True),
        reply({"hitCount": 0, "resultList": {"result": {}}}),
        reply({"hitCount": 0}),
        reply({"errCode": 500, "errMsg": "an error"}),
        reply([]),
        reply(b'{"hitCount": 0, "resu'),
        reply(b'{"hitCount": 0, "resultList": {"result": []}}', 404),
    ],
    ids=[
        "page",
        "page not found",
        "fewer than counted",
        "another DOI",
        "no records",
        "no count",
        "no list",
        "no result",
        "an error",
        "a list",
        "cut",
        "not found",
    ],
)
def test_a_garbled_list_is_asked_for_again_and_loses_nothing(answer):
    client = FakeClient(lambda target: [answer, results(record("10.1000/a"))])
    found = pmc("10.1000/a", "found", DOI="10.1000/a", PMID="1")
    assert list(ask_dois(client, ["10.1000/a"])) == [found]
    client = FakeClient(lambda target: [answer, answer])
    assert [line["_outcome"] for line in ask_dois(client, ["10.1000/a"])] == ["failed"]


def test_one_doi_whose_answer_stays_garbled_does_not_take_the_others_with_it():
    def answer(target):
        if "odd" in question_of(target)["query"]:
            return results(record("10.1000/other"))
        return results()

    client = FakeClient(answer)
    lines = list(ask_dois(client, ["10.1000/a", "10.1000/odd", "10.1000/b"]))
    reason = "the answer holds a DOI that was not asked for"
    assert sorted(lines, key=str) == sorted(
        [
            pmc("10.1000/a", "not-found"),
            pmc("10.1000/odd", "failed", _reason=reason),
            pmc("10.1000/b", "not-found"),
        ],
        key=str,
    )


def test_an_outage_is_not_asked_for_in_halves():
    client = FakeClient(lambda target: NoAnswerError("timed out"))
    lines = list(ask_dois(client, ["10.1000/a", "10.1000/b"]))
    assert lines == [
        pmc("10.1000/a", "failed", _reason="timed out"),
        pmc("10.1000/b", "failed", _reason="timed out"),
    ]
    assert len(client.asked) == 1


def test_searches_give_candidates_in_order_without_abstracts():
    found = [CHINESE, {**ENGLISH, "doi": None}]
    answers = {"a": results(*found, count=300), "b": results(), "c": RefusedError("no", 400)}
    answers["a"] = results(*found, *[PREPRINT] * 8, count=300)
    client = FakeClient(lambda target: answers[question_of(target)["query"]])
    english = {name: value for name, value in ENGLISH_WORK.items() if name != "abstract"}
    english.pop("DOI")
    line = {"_source": "europepmc"}
    assert list(ask_searches(client, ["a", "b", "c", "a"])) == [
        {
            **line,
            "_query": {"search": "a"},
            "_outcome": "found",
            "items": [CHINESE_WORK, english, *[PREPRINT_WORK] * 8],
        },
        {**line, "_query": {"search": "b"}, "_outcome": "not-found"},
        {**line, "_query": {"search": "c"}, "_outcome": "failed", "_reason": "no"},
    ]
    assert question_of(client.asked[0])["pageSize"] == "10"


def test_a_search_answer_with_fewer_than_it_counts_is_asked_for_again():
    client = FakeClient(lambda target: [results(PREPRINT, count=2), results(PREPRINT)])
    assert [line["items"] for line in ask_searches(client, ["a"])] == [[PREPRINT_WORK]]


# --- Searches for works without a DOI -----------------------------------------------------------


@pytest.fixture(scope="module")
def journals():
    return read_journals()


FEI_AI = (
    'ISSN:"1009-3419" OR ESSN:"1009-3419" OR ISSN:"1999-6187" OR ESSN:"1999-6187"'
    ' OR JOURNAL:"Zhongguo Fei Ai Za Zhi"'
)
LONG_TITLE = "Anlotinib for relapsed small cell lung cancer"


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        (
            {
                "title": "安罗替尼用于小细胞肺癌的疗效",
                "container_title": "中国肺癌杂志",
                "year": 2020,
                "volume": "23",
                "page": "971-976",
            },
            f'(({FEI_AI}) AND (PAGE_INFO:"971-976" OR PAGE_INFO:"971-6" OR PAGE_INFO:"971"'
            ' OR PAGE_INFO:971*) AND (VOLUME:"23" OR PUB_YEAR:2020))',
        ),
        (
            {
                "title": LONG_TITLE,
                "container_title": "Thoracic Cancer",
                "year": 2020,
                "volume": "11",
                "page": "2317–23",
            },
            f'(TITLE:"{LONG_TITLE}") OR ((JOURNAL:"Thoracic Cancer") AND (PAGE_INFO:"2317-2323"'
            ' OR PAGE_INFO:"2317-23" OR PAGE_INFO:"2317" OR PAGE_INFO:2317*)'
            ' AND (VOLUME:"11" OR PUB_YEAR:2020))',
        ),
        (
            {
                "title": "SCLC 一例",
                "container_title": "中国肺癌杂志",
                "year": 2020,
                "page": "99-101",
            },
            f'(({FEI_AI}) AND (PAGE_INFO:"99-101" OR PAGE_INFO:"99") AND (PUB_YEAR:2020))',
        ),
        ({"title": 'The "Anlotinib" (trial): \\[a*b?] {x} of lung cancer.'}, None),
        (
            {"title": "Lung cancer", "year": 2021},
            '(TITLE:"Lung cancer" AND PUB_YEAR:[2020 TO 2022])',
        ),
        ({"title": "Lung cancer"}, None),
        (
            {
                "title": LONG_TITLE,
                "container_title": "Frontiers in Oncology",
                "volume": "12",
                "article_number": "e917089",
            },
            f'(TITLE:"{LONG_TITLE}") OR ((JOURNAL:"Frontiers in Oncology") AND'
            ' (PAGE_INFO:"e917089" OR PAGE_INFO:e917089*) AND (VOLUME:"12"))',
        ),
        (
            {
                "title": "安罗替尼",
                "container_title": "实用肿瘤杂志",
                "year": 2021,
                "volume": "36",
                "page": "218-221",
            },
            None,
        ),
        ({"title": "安罗替尼", "container_title": "中国肺癌杂志", "year": 2021}, None),
        ({"title": "《》"}, None),
        ({}, None),
    ],
    ids=[
        "Chinese article by its place",
        "English article by title or place",
        "no volume, pages of two lengths",
        "signs of the query language",
        "short title with its year",
        "short title alone",
        "article number",
        "Chinese journal that is not in PubMed",
        "Chinese article without pages",
        "no words",
        "nothing",
    ],
)
def test_the_question_for_a_work_without_a_doi(journals, fields, query):
    reference = Reference(key="a", number=1, **fields)
    if "\\" in fields.get("title", ""):
        query = '(TITLE:"The Anlotinib trial : a b x of lung cancer")'
    assert search_query(reference, journals) == query


@given(
    title=st.text(max_size=400),
    container=st.text(max_size=40),
    page=st.text(max_size=12),
    volume=st.text(max_size=6),
)
def test_no_text_of_a_reference_breaks_out_of_its_quotation_marks(title, container, page, volume):
    reference = Reference(
        key="a",
        number=1,
        title=title,
        container_title=container,
        page=page,
        volume=volume,
        year=2020,
    )
    query = search_query(reference, read_journals())
    if query is None:
        return
    outside = query.split('"')[::2]
    assert len(query.split('"')) % 2 == 1
    assert "\\" not in query
    signs = set("".join(outside)) - set("() :[]*_")
    assert all(sign.isascii() and sign.isalnum() for sign in signs)
    assert len(query) < 1200


# --- DataCite ----------------------------------------------------------------------------------


def datacite(doi, outcome, **more):
    return {"_source": "datacite", "_query": {"doi": doi}, "_outcome": outcome, **more}


ENGLISH_DATASET = {
    "doi": "10.5281/ZENODO.1",
    "titles": [
        {"title": "Patient data &amp; code"},
        {"title": "Second release", "titleType": "Subtitle"},
        {"title": "患者数据", "titleType": "TranslatedTitle", "lang": "zh"},
        {"title": "PD", "titleType": "AlternativeTitle"},
    ],
    "creators": [
        {
            "name": "Garcia, Sofia",
            "nameType": "Personal",
            "givenName": "Sofia",
            "familyName": "Garcia",
        },
        {"name": "Okafor, A."},
        {"name": "ALTER Consortium", "nameType": "Organizational"},
        {"name": ""},
    ],
    "publisher": "Zenodo",
    "publicationYear": 2022,
    "container": {},
    "types": {"resourceTypeGeneral": "Dataset", "ris": "DATA"},
    "relatedIdentifiers": [
        {
            "relationType": "IsNewVersionOf",
            "relatedIdentifier": "10.5281/ZENODO.0",
            "relatedIdentifierType": "DOI",
        },
        {
            "relationType": "References",
            "relatedIdentifier": "10.1/x",
            "relatedIdentifierType": "DOI",
        },
        {
            "relationType": "IsVersionOf",
            "relatedIdentifier": "https://example.org",
            "relatedIdentifierType": "URL",
        },
    ],
    "version": "2.0",
    "language": "en",
    "url": "https://zenodo.org/record/1?a=b&copy=1",
}
CHINESE_ARTICLE = {
    "doi": "10.12677/acm.1",
    "titles": [{"title": "安罗替尼治疗小细胞肺癌"}],
    "creators": [{"name": "刘通"}, {"name": "复旦大学附属肿瘤医院", "nameType": "Organizational"}],
    "publisher": {"name": "汉斯出版社", "lang": "zh"},
    "publicationYear": "2021",
    "container": {
        "type": "Journal",
        "title": "临床医学进展",
        "volume": "11",
        "issue": "3",
        "firstPage": "218",
        "lastPage": "221",
        "identifier": "2161-8712",
        "identifierType": "ISSN",
    },
    "types": {"resourceTypeGeneral": "JournalArticle"},
    "language": "zh",
}


@pytest.mark.parametrize(
    ("attributes", "work"),
    [
        (
            ENGLISH_DATASET,
            {
                "DOI": "10.5281/zenodo.1",
                "title": ["Patient data & code"],
                "subtitle": ["Second release"],
                "original-title": ["患者数据"],
                "author": [
                    {"family": "Garcia", "given": "Sofia"},
                    {"family": "Okafor", "given": "A."},
                    {"name": "ALTER Consortium"},
                ],
                "publisher": "Zenodo",
                "published": {"date-parts": [[2022]]},
                "type": "dataset",
                "version": "2.0",
                "language": "en",
                "URL": "https://zenodo.org/record/1?a=b&copy=1",
                "relation": {"is-new-version-of": [{"id-type": "doi", "id": "10.5281/zenodo.0"}]},
            },
        ),
        (
            CHINESE_ARTICLE,
            {
                "DOI": "10.12677/acm.1",
                "title": ["安罗替尼治疗小细胞肺癌"],
                "author": [{"family": "刘", "given": "通"}, {"name": "复旦大学附属肿瘤医院"}],
                "publisher": "汉斯出版社",
                "container-title": ["临床医学进展"],
                "volume": "11",
                "issue": "3",
                "page": "218-221",
                "ISSN": ["2161-8712"],
                "published": {"date-parts": [[2021]]},
                "type": "journal-article",
                "language": "zh",
            },
        ),
        (
            {"titles": [{"title": "Only a translation", "titleType": "TranslatedTitle"}]},
            {"title": ["Only a translation"], "type": "other"},
        ),
    ],
    ids=["English dataset", "Chinese article", "a translated title alone"],
)
def test_a_record_of_datacite_in_crossrefs_shape(attributes, work):
    assert datacite_shape(attributes) == work


def test_datacite_is_asked_for_each_doi_and_answers_for_it():
    missing = {"errors": [{"status": "404", "title": "The resource you are looking for ..."}]}
    answers = {
        "/dois/10.12677/acm.1": reply({"data": {"id": "x", "attributes": CHINESE_ARTICLE}}),
        "/dois/10.1000/crossref": reply(missing, 404),
        "/dois/10.1000/page": HTML_404,
        "/dois/10.1000/other": reply({"data": {"id": "10.1000/o", "attributes": {}}}),
        "/dois/10.1000/none": reply({"data": {"id": "10.1000/none"}}),
    }
    found = {"DOI": "10.12677/acm.1", **datacite_shape(CHINESE_ARTICLE)}
    dois = ["10.12677/acm.1", *(f"10.1000/{x}" for x in ("crossref", "page", "other", "none"))]
    assert list(ask_datacite(FakeClient(answers), dois)) == [
        datacite("10.12677/acm.1", "found", **found),
        datacite("10.1000/crossref", "not-found"),
        datacite("10.1000/page", "failed", _reason="the answer is not JSON"),
        datacite("10.1000/other", "failed", _reason="the answer is about another DOI"),
        datacite("10.1000/none", "failed", _reason="the answer holds no record"),
    ]


# --- ClinicalTrials.gov ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "asked"),
    [
        ("NCT03059797", True),
        (" nct03059797 ", True),
        ("NCT00000000", False),
        ("NCT0305979", False),
        ("NCT０３０５９７９７", False),
        ("ChiCTR1900021205", False),
        ("CTR20160873", False),
        ("EUCTR2015-000113-35", False),
        ("ISRCTN12345678", False),
        ("", False),
    ],
)
def test_only_numbers_of_clinicaltrials_are_asked(number, asked):
    assert is_asked(number) is asked


def study(number, aliases=None, title="Anlotinib in SCLC"):
    identification = {"nctId": number, "briefTitle": title, "officialTitle": "A Phase II Study"}
    if aliases is not None:
        identification["nctIdAliases"] = aliases
    return {
        "protocolSection": {
            "identificationModule": identification,
            "statusModule": {
                "overallStatus": "COMPLETED",
                "startDateStruct": {"date": "2017-03", "type": "ACTUAL"},
                "completionDateStruct": {"date": "2019-06-30", "type": "ACTUAL"},
            },
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "正大天晴药业", "class": "x"}},
        },
        "hasResults": False,
    }


def trial(number, outcome, **more):
    query = {"registration": number}
    return {"_source": "clinicaltrials", "_query": query, "_outcome": outcome, **more}


STUDY = {
    "title": ["Anlotinib in SCLC", "A Phase II Study"],
    "status": "COMPLETED",
    "start-date": "2017-03",
    "completion-date": "2019-06-30",
    "sponsor": "正大天晴药业",
}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            reply(study("NCT03059797")),
            trial("NCT03059797", "found", registration=["NCT03059797"], **STUDY),
        ),
        (
            reply(study("NCT01111111", ["NCT03059797"])),
            trial("NCT03059797", "found", registration=["NCT01111111", "NCT03059797"], **STUDY),
        ),
        (
            Response(
                200,
                {},
                json.dumps(study("NCT01111111")).encode(),
                "https://example.org/api/v2/studies/NCT01111111",
                redirected=True,
            ),
            trial("NCT03059797", "found", registration=["NCT01111111", "NCT03059797"], **STUDY),
        ),
        (
            reply(b"NCT number NCT03059797 not found", 404, "text/plain"),
            trial("NCT03059797", "not-found"),
        ),
        (
            reply(b"<html>nginx</html>", 404, "text/html"),
            trial("NCT03059797", "failed", _reason="a 404 that does not name the number"),
        ),
        (
            reply(study("NCT01111111")),
            trial("NCT03059797", "failed", _reason="the answer is about another study"),
        ),
        (
            reply(study("NCT01111111", [1, None, "NCT02222222"])),
            trial("NCT03059797", "failed", _reason="the answer is about another study"),
        ),
        (
            reply({"protocolSection": {"identificationModule": ["NCT03059797"]}}),
            trial("NCT03059797", "failed", _reason="the answer is about another study"),
        ),
        (reply([]), trial("NCT03059797", "failed", _reason="the answer holds no study")),
    ],
    ids=[
        "found",
        "found under the number that took its place",
        "led to the number that took its place",
        "not found",
        "a page under 404",
        "another study",
        "another study with former numbers",
        "misshapen",
        "a list",
    ],
)
def test_a_registration_is_the_one_that_was_asked_for(answer, expected):
    client = FakeClient(lambda target: answer)
    assert list(ask_registrations(client, ["nct03059797"])) == [expected]
    assert client.asked[0].startswith("/api/v2/studies/NCT03059797?")


def test_numbers_of_other_registries_fail_unasked():
    client = FakeClient({})
    reason = "not a number of ClinicalTrials.gov"
    assert list(ask_registrations(client, ["ChiCTR1900021205"])) == [
        trial("CHICTR1900021205", "failed", _reason=reason)
    ]
    assert client.asked == []


# --- Web pages ---------------------------------------------------------------------------------


def page(body, content_type="text/html; charset=utf-8", status=200):
    body = body.encode() if isinstance(body, str) else body
    return Response(status, {"content-type": content_type}, body, "https://example.org/last", True)


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        (page("<title>Anlotinib &amp;\n  label&nbsp;2021</title>"), "Anlotinib & label 2021"),
        (page("<title>国家药品监督管理局</title>"), "国家药品监督管理局"),
        (
            page("<title>国家药监局</title>".encode("gbk"), "text/html; charset=GB2312"),
            "国家药监局",
        ),
        (
            page("<meta charset='gbk'><title>盐酸安罗替尼胶囊</title>".encode("gbk"), "text/html"),
            "盐酸安罗替尼胶囊",
        ),
        (
            page(
                '<meta http-equiv="Content-Type" content="text/html; charset=gb18030">'
                "<title>说明书</title>".encode("gb18030"),
                "text/html",
            ),
            "说明书",
        ),
        (page("<title>Ünïted</title>".encode("utf-16"), "text/html"), "Ünïted"),
        (page("\ufeff<title>标签</title>", "text/html; charset=gbk"), "标签"),
        (page("<title>Müller</title>".encode("latin-1"), "text/html; charset=latin1"), "Müller"),
        (page("<title>a</title>", "text/html; charset=unicode_escape"), "a"),
        (page("<svg><title>Logo</title></svg><title>Page</title>"), "Page"),
        (page("<title>One</title><title>Two</title>"), "One"),
        (page("<title>" + "很长" * 400 + "</title>"), "很长" * 150),
        (page("<title>  </title>"), None),
        (page("<h1>No title</h1>"), None),
        (page("<![x[<title>a</title>"), None),
        (page(b"%PDF-1.7 <title>a</title>", "application/pdf"), None),
        (page(b"\xff\xff\x00<title>\xff</title>"), "\ufffd"),
    ],
    ids=[
        "entities and blanks",
        "Chinese",
        "GB2312 by the header",
        "GBK by meta",
        "GB18030 by http-equiv",
        "UTF-16 by its mark",
        "the mark before the header",
        "Latin",
        "an encoding that is none",
        "a picture's title",
        "two titles",
        "a long one",
        "an empty one",
        "none",
        "a declaration that nobody knows",
        "PDF",
        "bytes that are no text",
    ],
)
def test_the_title_of_a_page(answer, title):
    client = FakeClient({"https://example.org/a": answer})
    line = {"_source": "web", "_query": {"url": "https://example.org/a"}, "_outcome": "found"}
    line["URL"] = "https://example.org/last"
    expected = {**line, "title": [title]} if title else line
    assert list(ask_pages(client, ["https://example.org/a"])) == [expected]
    assert client.accepted == {"text/html"}


def test_pages_that_are_gone_and_pages_that_do_not_answer():
    answers = {
        "https://a.org/": page("<title>Not found</title>", status=404),
        "https://b.org/": page("", status=410),
        "https://c.org/": NoAnswerError("cannot be reached"),
    }
    lines = sorted(ask_pages(FakeClient(answers), answers), key=lambda line: line["_query"]["url"])
    assert lines == [
        {"_source": "web", "_query": {"url": "https://a.org/"}, "_outcome": "not-found"},
        {"_source": "web", "_query": {"url": "https://b.org/"}, "_outcome": "not-found"},
        {
            "_source": "web",
            "_query": {"url": "https://c.org/"},
            "_outcome": "failed",
            "_reason": "cannot be reached",
        },
    ]


# --- Journals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "nlm"),
    [
        ("中国肺癌杂志", "Zhongguo Fei Ai Za Zhi"),
        ("《中国肺癌杂志》", "Zhongguo Fei Ai Za Zhi"),
        (" 中国 肺癌 杂志 ", "Zhongguo Fei Ai Za Zhi"),
        ("Zhongguo Fei Ai Za Zhi", "Zhongguo Fei Ai Za Zhi"),
        ("Chinese Journal of Lung Cancer", "Zhongguo Fei Ai Za Zhi"),
        ("中南大学学报(医学版)", "Zhong Nan Da Xue Xue Bao Yi Xue Ban"),
        ("中南大学学报（医学版）", "Zhong Nan Da Xue Xue Bao Yi Xue Ban"),
        ("中南大学学报 医学版", "Zhong Nan Da Xue Xue Bao Yi Xue Ban"),
        ("中南大学学报", None),
        ("实用肿瘤杂志", None),
        ("Thoracic Cancer", None),
        ("《》", None),
        ("", None),
        (None, None),
    ],
)
def test_a_journal_is_found_under_each_of_its_names(journals, name, nlm):
    journal = journals.find(name)
    assert (journal.nlm if journal else None) == nlm


def test_every_journal_of_the_bridge_has_its_names_and_numbers(journals):
    entries = {id(journal): journal for journal in journals.by_name.values()}.values()
    assert len(entries) >= 15
    for journal in entries:
        assert journal.issn
        assert all(map(is_issn, journal.issn)), journal
        assert all(name_key(name) for name in (journal.name, journal.nlm, *journal.spellings))
    numbers = [issn for journal in entries for issn in journal.issn]
    assert len(numbers) == len(set(numbers))


ENTRY = 'version: 1\njournals:\n  - name: 癌症\n    nlm: Ai Zheng\n    issn: ["1000-467X"]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("journals: []\n", "needs `version: 1` and a list `journals`"),
        ("version: 1\njournals: 癌症\n", "needs `version: 1` and a list `journals`"),
        ("version: 1\njournals: [癌症]\n", ":2: a journal is a set of keys"),
        (ENTRY + "    isn: x\n", ":6 [isn]: no such key; known are name, nlm, issn, spellings"),
        (ENTRY.replace("癌症", "12"), ":3 [name]: a name is needed"),
        (ENTRY.replace("Ai Zheng", '"..."'), ":4 [nlm]: a name is needed"),
        (ENTRY.replace('["1000-467X"]', "[]"), ":5 [issn]: an ISSN is needed"),
        (
            ENTRY.replace("467X", "4670"),
            ":5 [issn]: '1000-4670' is no ISSN: its check digit does not fit",
        ),
        (
            ENTRY.replace('["1000-467X"]', "[10004670]"),
            ":5 [issn]: a list of texts is needed; put numbers in quotation marks",
        ),
        (ENTRY + '    spellings: [" "]\n', ":6 [spellings]: an empty text"),
        (
            ENTRY + "  - name: Ai-Zheng\n    nlm: Ai Zheng 2\n    issn: [1009-3419]\n",
            ":6 [journals]: 'Ai-Zheng' names two journals",
        ),
    ],
    ids=[
        "no version",
        "no list",
        "no object",
        "unknown key",
        "a number for a name",
        "no letters",
        "no number",
        "a wrong check digit",
        "numbers without quotation marks",
        "an empty spelling",
        "one name for two",
    ],
)
def test_a_malformed_file_of_journals_says_where(tmp_path, text, message):
    path = tmp_path / "journals.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_journals(path)
    problem = message if message.startswith(":") else f": {message}"
    assert str(caught.value) == f"{path}{problem}"


# --- Hostile shapes ----------------------------------------------------------------------------

FIELDS = """
id source doi title authorList author lastName firstName initials fullName collectiveName
journalInfo journal dateOfPublication yearOfPublication monthOfPublication printPublicationDate
issn essn volume issue pageInfo pubModel pubTypeList pubType language commentCorrectionList
commentCorrection type reference abstractText bookOrReportDetails electronicPublicationDate
firstPublicationDate pmid pmcid pubYear titles titleType creators name nameType familyName
givenName publisher publicationYear container firstPage lastPage identifier types
resourceTypeGeneral relatedIdentifiers relatedIdentifier relationType relatedIdentifierType url
data attributes errors hitCount resultList result responseCode handle DOI RA status
protocolSection identificationModule nctId nctIdAliases statusModule startDateStruct date
"""
WORDS = """
MED PPR [A]. 2020-02-30 DOI 10.1000/a NCT03059797 \\textbf{ <i> {
"""
PHRASES = ["2020 Nov", "Retraction in", "Erratum for", "Retracted Publication"]
NAMES = st.sampled_from(FIELDS.split())
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-5, 3000)
    | st.text(max_size=12)
    | st.sampled_from([*WORDS.split(), *PHRASES])
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=25,
)
OBJECTS = st.dictionaries(NAMES, JSON, max_size=8)


@given(OBJECTS)
def test_no_shape_of_a_record_breaks_its_reading(value):
    for shape in (crossref_shape, datacite_shape):
        work = shape(value)
        assert json.loads(json.dumps(work)) == work
        assert "" not in work.values()
        assert [] not in work.values()
        work_titles(work), work_authors(work), work_containers(work), work_years(work)
        notices_about(work), is_update_of(work)


@given(JSON, st.sampled_from([200, 404, 410]))
def test_no_answer_breaks_a_question(value, status):
    client = FakeClient(lambda target: reply(value, status))
    dois = ["10.1000/a", "10.1000/b"]
    lines = [
        *ask_agencies(client, dois),
        *ask_handles(client, dois),
        *ask_dois(client, dois),
        *ask_searches(client, ["a"]),
        *ask_datacite(client, dois),
        *ask_registrations(client, ["NCT03059797"]),
    ]
    assert len(lines) == 2 + 2 + 2 + 1 + 2 + 1
    for line in lines:
        assert line["_outcome"] in ("found", "not-found", "failed")
        assert ("_reason" in line) == (line["_outcome"] == "failed")
        assert json.loads(json.dumps(line)) == line


@given(st.binary(max_size=300), st.sampled_from(["text/html", "text/html; charset=gbk", "", "x"]))
def test_no_bytes_break_a_page(body, content_type):
    client = FakeClient(lambda target: page(body, content_type))
    (line,) = ask_pages(client, ["https://example.org/a"])
    assert line["_outcome"] == "found"
    json.dumps(line, ensure_ascii=False).encode()
