"""The doubles of Crossref's neighbours: the agency answers against recorded ones, where they are
at hand, and each double's own rules."""

import json
from urllib.parse import unquote

import pytest
import requests

from doubles.europepmc import QueryError, local_europepmc, parsed
from doubles.faults import Faults
from doubles.neighbour_records import correction, datacite_record, europepmc_result, study
from doubles.neighbours import (
    Page,
    local_clinicaltrials,
    local_datacite,
    local_doi_org,
    local_site,
)
from doubles.records import work, works_of_bibliography
from livingreview.references.record import Name, Reference


@pytest.fixture
def session():
    with requests.Session() as session:
        yield session


def get(session, server, path, **query):
    return session.get(server.address + path, params=query, timeout=10, allow_redirects=False)


# --- doi.org ---------------------------------------------------------------------------------


def test_agencies_answer_as_recorded(shared, session):
    path = shared / "crossref" / "recorded" / "ra" / "doi_ra.json"
    if not path.is_file():
        pytest.skip("needs the recorded answers in shared/crossref/recorded")
    seen = [one for one in json.loads(path.read_text("utf-8")) if one["status"] == 200]
    agencies = {
        answer["DOI"].split("/")[0]: answer["RA"]
        for one in seen
        for answer in one["body"]
        if "RA" in answer
    }
    assert len(agencies) > 5
    with local_doi_org(agencies) as server:
        for one in seen:
            place = one["url"].split("doi.org", 1)[1]
            answer = get(session, server, place)
            assert (answer.json(), answer.headers["content-type"].lower()) == (
                one["body"],
                one["content-type"].lower(),
            )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("10.3760", [{"DOI": "10.3760", "RA": "ISTIC"}]),
        ("10.3760/invented", [{"DOI": "10.3760/invented", "RA": "ISTIC"}]),
        ("10.3760%2Fcma.1", [{"DOI": "10.3760/cma.1", "RA": "ISTIC"}]),
        ("10.99999", [{"DOI": "10.99999", "status": "DOI does not exist"}]),
        ("nonsense", [{"DOI": "nonsense", "status": "Invalid DOI"}]),
        (
            "10.3760,10.1",
            [{"DOI": "10.3760", "RA": "ISTIC"}, {"DOI": "10.1", "status": "Invalid DOI"}],
        ),
    ],
    ids=["prefix", "invented DOI", "encoded", "unknown prefix", "no DOI", "two at once"],
)  # fmt: skip
@pytest.mark.parametrize("route", ["ra", "doiRA"])
def test_agencies(session, route, path, expected):
    with local_doi_org({"10.3760": "ISTIC"}) as server:
        answer = get(session, server, f"/{route}/{path}")
        assert (answer.status_code, answer.json()) == (200, expected)


def test_handles(session):
    with local_doi_org(handles=["10.3760/CMA.1"]) as server:
        found = get(session, server, "/api/handles/10.3760/cma.1")
        assert (found.status_code, found.json()["responseCode"]) == (200, 1)
        missing = get(session, server, "/api/handles/10.3760%2Fnone")
        assert missing.status_code == 404
        assert missing.json() == {"responseCode": 100, "handle": "10.3760/none"}
        assert server.settled == {("handle", "10.3760/cma.1"): 1, ("handle", "10.3760/none"): 1}
        pages = [get(session, server, f"/{p}") for p in ("10.3760/cma.1", "10.3760/no", "foo")]
        assert [page.status_code for page in pages] == [302, 404, 400]
        assert ["text/html" in page.headers["content-type"] for page in pages] == [True] * 3


# --- Europe PMC ------------------------------------------------------------------------------

TRIAL = work(
    "10.1000/Trial",
    "Anlotinib in relapsed small-cell lung cancer: the ALTER trial",
    ["Cheng, Ying", "Wang, Qi-ming", "ALTER Study Group"],
    journal="Lung Cancer (Amsterdam, Netherlands)",
    short_journal="Lung Cancer",
    printed=(2021, 5),
    online=(2020, 12, 3),
    volume="155",
    issue="2",
    page="221-226",
    issn=["0169-5002"],
    abstract="Background: something.",
)
CHINESE = work(
    "10.3760/cma.1",
    "一例肺癌患者的报告",
    ["李, 华"],
    journal="Zhonghua zhong liu za zhi",
    year=2021,
    volume="43",
    page="218-21",
)
RESULTS = [
    europepmc_result(
        TRIAL, "33300001", pmcid="PMC7", corrections=[correction("34000001", "Erratum in")]
    ),
    europepmc_result(
        CHINESE, "33300002", title="[A case of anlotinib.]", language="chi", doi=False
    ),
    europepmc_result({**TRIAL, "DOI": "10.1101/trial"}),
]


@pytest.fixture(scope="module")
def europepmc():
    with local_europepmc(RESULTS) as server:
        yield server


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('DOI:"10.1000/trial"', [0]),
        ('DOI:"10.1000/TRIAL" OR DOI:"10.1101/trial" OR DOI:"10.1/none"', [0, 2]),
        ("DOI:10.1000/trial", [0]),
        ("EXT_ID:33300002 AND SRC:MED", [1]),
        ("ext_id:33300002 src:PPR", []),
        ('TITLE:"anlotinib in Relapsed small cell lung cancer"', [0, 2]),
        ('TITLE:"relapsed anlotinib"', []),
        ('JOURNAL:"lung cancer" AND VOLUME:155 AND PUB_YEAR:2021', [0, 2]),
        ('JOURNAL:"lung"', []),
        ('(ISSN:"0169-5002" OR ESSN:"0169-5002") AND PAGE_INFO:"221-226"', [0, 2]),
        ('VOLUME:"43" AND (PAGE_INFO:"218-221" OR PAGE_INFO:218*)', [1]),
        ("PAGE_INFO:218", []),
        ("PUB_YEAR:[2020 TO 2022] NOT SRC:PPR", [0, 1]),
        ("SRC:PPR OR VOLUME:43 AND LANG:chi", [1, 2]),
        ("(SRC:PPR OR VOLUME:43) AND LANG:chi", [1]),
        ('AUTH:"Cheng Y" AND SRC:MED', [0]),
        ('"a case of anlotinib"', [1]),
        ('TITLE:"no \\" quote"', []),
    ],
)
def test_europepmc_finds(europepmc, session, query, expected):
    answer = get(session, europepmc, "/search", query=query, format="json", resultType="core")
    body = answer.json()
    assert body["resultList"]["result"] == [RESULTS[number] for number in expected]
    assert body["hitCount"] == len(expected)


@pytest.mark.parametrize(
    "query",
    ['TITLE:"open', "(SRC:MED", "SRC:MED)", "SRC:MED AND", "OR SRC:MED", "COLOUR:red", "",
     "VOLUME:4*", "VOLUME:[1 TO 2]"],
)  # fmt: skip
def test_a_query_that_is_not_understood_fails_the_test_that_sends_it(session, query):
    with pytest.raises(QueryError):
        parsed(query)
    server = local_europepmc(RESULTS)
    assert get(session, server, "/search", query=query, format="json").status_code == 500
    with pytest.raises(AssertionError, match="the double itself failed"):
        server.__exit__(None, None, None)


def test_europepmc_pages_shapes_and_counts(session):
    with local_europepmc(RESULTS) as server:
        first = get(session, server, "/search", query="SRC:MED", format="json", pageSize=1).json()
        mark = first["nextCursorMark"]
        second = get(
            session, server, "/search", query="SRC:MED", format="json", pageSize=1, cursorMark=mark
        ).json()
        assert [one["resultList"]["result"][0]["id"] for one in (first, second)] == [
            "33300001",
            "33300002",
        ]
        assert "authorList" not in first["resultList"]["result"][0]
        assert get(session, server, "/search", query="SRC:MED").headers["content-type"] == (
            "application/xml"
        )
        get(session, server, "/search", query='DOI:"10.1/A" OR DOI:"10.1/b"', format="json")
        settled = {key[1]: count for key, count in server.settled.items() if key[0] == "doi"}
        assert settled == {"10.1/a": 1, "10.1/b": 1}
        assert get(session, server, "/elsewhere").status_code == 404


def test_a_result_has_the_core_shape():
    assert RESULTS[0] == {
        "id": "33300001",
        "source": "MED",
        "pmid": "33300001",
        "pmcid": "PMC7",
        "doi": "10.1000/trial",
        "title": "Anlotinib in relapsed small-cell lung cancer: the ALTER trial.",
        "authorString": "Cheng Y, Wang QM, ALTER Study Group.",
        "authorList": {
            "author": [
                {"fullName": "Cheng Y", "firstName": "Ying", "lastName": "Cheng", "initials": "Y"},
                {
                    "fullName": "Wang QM",
                    "firstName": "Qi-ming",
                    "lastName": "Wang",
                    "initials": "QM",
                },
                {"collectiveName": "ALTER Study Group"},
            ]
        },
        "journalInfo": {
            "issue": "2",
            "volume": "155",
            "journalIssueId": RESULTS[0]["journalInfo"]["journalIssueId"],
            "dateOfPublication": "2021 May",
            "monthOfPublication": 5,
            "yearOfPublication": 2021,
            "printPublicationDate": "2021-05-01",
            "journal": {
                "title": "Lung Cancer (Amsterdam, Netherlands)",
                "medlineAbbreviation": "Lung Cancer",
                "isoabbreviation": "Lung Cancer",
                "issn": "0169-5002",
            },
        },
        "pubYear": "2021",
        "pageInfo": "221-226",
        "abstractText": "Background: something.",
        "publicationStatus": "ppublish",
        "pubModel": "Print-Electronic",
        "language": "eng",
        "pubTypeList": {"pubType": ["Journal Article"]},
        "commentCorrectionList": {
            "commentCorrection": [
                {
                    "id": "34000001",
                    "source": "MED",
                    "reference": "Some J. 2021;1(1):001",
                    "type": "Erratum in",
                    "orderIn": 1,
                }
            ]
        },
        "electronicPublicationDate": "2020-12-03",
        "firstPublicationDate": "2020-12-03",
    }
    assert (RESULTS[2]["source"], "pmid" in RESULTS[2]) == ("PPR", False)
    assert "doi" not in RESULTS[1]


# --- DataCite, ClinicalTrials.gov, web -------------------------------------------------------


def test_datacite(session):
    record = datacite_record(
        work("10.5281/Zenodo.1", "Data", ["Li, Wei", "A Group"], year=2020, type="dataset"),
        publisher="Zenodo",
    )
    with local_datacite([record]) as server:
        found = get(session, server, "/dois/10.5281%2FZENODO.1")
        assert found.headers["content-type"] == "application/vnd.api+json; charset=utf-8"
        attributes = found.json()["data"]["attributes"]
        assert {name: attributes[name] for name in ("doi", "titles", "publicationYear")} == {
            "doi": "10.5281/zenodo.1",
            "titles": [{"title": "Data"}],
            "publicationYear": 2020,
        }
        assert [creator["name"] for creator in attributes["creators"]] == ["Li, Wei", "A Group"]
        assert (attributes["publisher"], attributes["types"]) == (
            "Zenodo",
            {"resourceTypeGeneral": "Dataset"},
        )
        missing = get(session, server, "/dois/10.5281/none")
        assert (missing.status_code, missing.json()["errors"][0]["status"]) == (404, "404")
        assert server.settled == {("doi", "10.5281/zenodo.1"): 1, ("doi", "10.5281/none"): 1}


def test_clinicaltrials(session):
    one = study("NCT03059797", "ALTER 1202", "A long title", status="RECRUITING", completion="")
    with local_clinicaltrials([one], {"NCT00000001": "NCT03059797"}) as server:
        found = get(session, server, "/api/v2/studies/nct03059797")
        assert found.json() == one
        module = one["protocolSection"]["statusModule"]
        assert module == {
            "overallStatus": "RECRUITING",
            "startDateStruct": {"date": "2017-03", "type": "ACTUAL"},
        }
        paths = ("NCT00000001", "NCT99999999", "NCT1", "ChiCTR1")
        statuses = [get(session, server, f"/api/v2/studies/{p}").status_code for p in paths]
        assert statuses == [301, 404, 400, 400]


def test_site(session):
    pages = {
        "/label": "Prescribing information",
        "/q?a=1": Page("With a query"),
        "/old": Page(to="/label", status=301),
        "/gone": Page("Gone", status=410),
        "/file.pdf": Page(type="application/pdf", body=b"%PDF-1.7"),
    }
    with local_site(pages) as server:
        texts = [get(session, server, path) for path in (*pages, "/none")]
        assert [text.status_code for text in texts] == [200, 200, 301, 410, 200, 404]
        assert "<title>Prescribing information</title>" in texts[0].text
        assert texts[2].headers["location"] == "/label"
        assert texts[4].content == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("make", "path", "query"),
    [
        (lambda **o: local_doi_org({"10.1": "ISTIC"}, ["10.1/a", "10.1/b"], **o),
         "/api/handles/10.1/a", {}),
        (lambda **o: local_doi_org({"10.3760": "ISTIC"}, **o), "/ra/10.3760", {}),
        (lambda **o: local_datacite([datacite_record(work(f"10.1/{n}", "T")) for n in "ab"], **o),
         "/dois/10.1/a", {}),
        (lambda **o: local_clinicaltrials([study(f"NCT0000000{n}", "T") for n in "12"], **o),
         "/api/v2/studies/NCT00000001", {}),
        (lambda **o: local_europepmc(RESULTS, **o), "/search",
         {"query": 'DOI:"10.1000/trial"', "format": "json"}),
    ],
    ids=["handle", "agency", "datacite", "clinicaltrials", "europepmc"],
)  # fmt: skip
def test_each_neighbour_can_answer_about_something_else_or_fail(session, make, path, query):
    with make(faults=Faults.script([None, "other-doi", "503"])) as server:
        answers = [get(session, server, path, **query) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 503]
        assert answers[0].json() != answers[1].json()
        assert sorted(answers[0].json()) == sorted(answers[1].json()) or "ra" in path
        assert max(server.settled.values()) == 1


# --- Records ---------------------------------------------------------------------------------


def test_works_of_a_bibliography_are_those_with_a_doi_each_once():
    one = Reference(
        "k1", 1, title="T", authors=(Name("Li", "W."), Name(literal="Group")), year=2020,
        container_title="J", volume="3", page="1-2", doi="10.1000/a",
    )  # fmt: skip
    twin = Reference("k2", 2, title="Other", doi="10.1000/a")
    book = Reference("k3", 3, type="book", title="Book", doi="10.1000/b")
    works = works_of_bibliography([one, twin, book, Reference("k4", 4, title="None")])
    assert [(w["DOI"], w["title"], w["type"]) for w in works] == [
        ("10.1000/a", ["T"], "journal-article"),
        ("10.1000/b", ["Book"], "book"),
    ]
    assert [p.get("family", p.get("name")) for p in works[0]["author"]] == ["Li", "Group"]
    assert works[0]["issued"] == {"date-parts": [[2020]]}
    assert works[1]["issued"] == {"date-parts": [[None]]}
    assert unquote(works[0]["URL"]) == "https://doi.org/10.1000/a"
