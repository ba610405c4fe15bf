"""Reading NBIB: whole records as PubMed saves them, single fields, and files that are broken."""

import time
from dataclasses import replace

import pytest

from livingreview.errors import InputError
from livingreview.references.reading.nbib import parse_nbib
from livingreview.references.record import Name, Reference

PUBMED = """\

PMID- 35000001
OWN - NLM
STAT- MEDLINE
DCOM- 20220401
LR  - 20230101
IS  - 2234-943X (Print)
IS  - 2234-943X (Electronic)
VI  - 12
IP  - 2
DP  - 2022 Mar-Apr
TI  - Efficacy and safety of anlotinib in small cell lung cancer: a real-world
      observation study.
PG  - 917089
LID - 10.3389/fonc.2022.917089 [doi]
LID - 917089 [pii]
AB  - BACKGROUND: Anlotinib is an
      inhibitor. TI  - is no tag here.
CI  - Copyright (c) 2022 The authors.
FAU - Yuan, Jing
AU  - Yuan J
AUID- ORCID: 0000-0000-0000-0000
AD  - Department of Oncology.
FAU - King, Martin L Jr
AU  - King ML Jr
AU  - Zhao LL
CN  - ALTER1202 Study Group
LA  - eng
SI  - ClinicalTrials.gov/NCT03059797
SI  - figshare/10.6084/m9.figshare.1
PT  - Journal Article
PT  - Randomized Controlled Trial
TT  - 不读
DEP - 20220304
PL  - Switzerland
TA  - Front Oncol
JT  - Frontiers in oncology
JID - 101568867
PMC - PMC9000001
AID - 10.3389/fonc.2022.917089 [doi]
PST - epublish
SO  - Front Oncol. 2022 Mar 4;12:917089. doi: 10.3389/fonc.2022.917089. eCollection
      2022.

PMID- 33000002
OWN - NLM
VI  - 23
IP  - 11
DP  - 2020 Nov 20
TI  - [Progress of Anlotinib in [Small Cell] Lung Cancer].
PG  - 1004-1011
AB  - 小细胞肺癌是一种高度恶性的肿瘤。
FAU - 李, 明
AU  - Li M
LA  - chi
PT  - English Abstract
TT  - 安罗替尼用于小细胞肺癌的进展.
TA  - Zhongguo Fei Ai Za Zhi
JT  - Zhongguo fei ai za zhi = Chinese journal of lung cancer
SI  - ChiCTR/ChiCTR1900025128
AID - 10.3779/j.issn.1009-3419.2020.102.40 [doi]
"""


def test_pubmed():
    assert parse_nbib(PUBMED, "list.nbib") == [
        Reference(
            key="pmid35000001",
            number=1,
            type="article",
            line=2,
            language="en",
            title="Efficacy and safety of anlotinib in small cell lung cancer: a real-world"
            " observation study",
            authors=(
                Name("Yuan", "Jing"),
                Name("King", "Martin L Jr"),
                Name("Zhao", "LL"),
                Name(literal="ALTER1202 Study Group"),
            ),
            container_title="Frontiers in oncology",
            year=2022,
            volume="12",
            issue="2",
            article_number="917089",
            doi="10.3389/fonc.2022.917089",
            doi_printed="10.3389/fonc.2022.917089",
            note="trial registration NCT03059797",
        ),
        Reference(
            key="pmid33000002",
            number=2,
            type="article",
            line=45,
            language="zh",
            title="Progress of Anlotinib in [Small Cell] Lung Cancer",
            authors=(Name("李", "明"),),
            container_title="Zhongguo fei ai za zhi = Chinese journal of lung cancer",
            year=2020,
            volume="23",
            issue="11",
            page="1004-1011",
            doi="10.3779/j.issn.1009-3419.2020.102.40",
            doi_printed="10.3779/j.issn.1009-3419.2020.102.40",
            note="trial registration ChiCTR1900025128",
        ),
    ]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="old Macintosh line ends"),
        pytest.param(lambda text: text + "\n\n", id="empty lines at the end"),
        pytest.param(lambda text: text.replace("      ", "\t"), id="lines go on after a tab"),
    ],
)
def test_line_ends_change_nothing(change):
    assert parse_nbib(change(PUBMED), "list.nbib") == parse_nbib(PUBMED, "list.nbib")


def test_records_without_an_empty_line_between_them_are_two():
    text = "PMID- 1\nTI  - A\nPMID- 2\nTI  - B\n"
    read = [(one.key, one.line, one.title) for one in parse_nbib(text, "list.nbib")]
    assert read == [("pmid1", 1, "A"), ("pmid2", 3, "B")]


def test_a_pmid_that_is_there_twice_makes_no_key():
    text = "PMID- 1\nTI  - Any\nDP  - 2021\n\nPMID- 1\nTI  - Any\nDP  - 2021\n"
    keys = [reference.key for reference in parse_nbib(text, "list.nbib")]
    assert keys == ["anonymous2021any", "anonymous2021any-b"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("DP  - 1998 Dec-1999 Jan", {"year": 1998}, id="two years"),
        pytest.param("DP  - Winter", {}, id="no year"),
        pytest.param("PG  - 366-71", {"page": "366-71"}, id="pages as printed"),
        pytest.param("PG  - e46", {"article_number": "e46"}, id="an article number"),
        pytest.param("PG  - 83\nLID - 83 [pii]", {"page": "83"}, id="a publisher's number"),
        pytest.param("LID - 5819041 [pii]", {}, id="a publisher's number alone"),
        pytest.param(
            "AID - S0140-6736(20)30183-5 [pii]\nAID - 10.1016/S0140-6736(20)30183-5 [doi]",
            {
                "doi": "10.1016/s0140-6736(20)30183-5",
                "doi_printed": "10.1016/S0140-6736(20)30183-5",
            },
            id="DOI in AID",
        ),
        pytest.param("LID - 10.10/x [doi]", {"doi_printed": "10.10/x"}, id="a DOI that is none"),
        pytest.param("AU  - van der Berg AB", {"authors": (Name("van der Berg", "AB"),)}, id="AU"),
        pytest.param(
            "FAU - Li, Ming\nAU  - Li M\nAU  - et al.",
            {"authors": (Name("Li", "Ming"),), "authors_complete": False},
            id="a list that PubMed cut off",
        ),
        pytest.param(
            "CN  - Group One\nAU  - Li M",
            {"authors": (Name(literal="Group One"), Name("Li", "M"))},
            id="a group first",
        ),
        pytest.param(
            "CN  - 中国抗癌协会, 肺癌专业委员会",
            {"authors": (Name(literal="中国抗癌协会, 肺癌专业委员会"),)},
            id="a Chinese group with a comma",
        ),
        pytest.param("FIR - Fan, Yun\nIR  - Fan Y\nFED - E, F", {}, id="no authors"),
        pytest.param("TA  - J Trials", {"container_title": "J Trials"}, id="TA alone"),
        pytest.param("LA  - jpn", {"language": "jpn"}, id="another language"),
        pytest.param(
            "PT  - Book Chapter\nBTI - Cancer Syndromes\nPB  - NCBI",
            {"type": "incollection", "container_title": "Cancer Syndromes"},
            id="a chapter",
        ),
        pytest.param(
            "PT  - Book\nBTI - T\nPB  - NCBI",
            {"type": "book", "container_title": "NCBI"},
            id="book",
        ),
        pytest.param("XXXX- what", {}, id="an unknown tag"),
    ],
)
def test_fields(lines, expected):
    (reference,) = parse_nbib(f"PMID- 1\nTI  - T\n{lines}\n", "list.nbib")
    assert reference == replace(Reference(key="pmid1", number=1, line=1, title="T"), **expected)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        pytest.param("TI  - Is it safe?", "Is it safe?", id="a question"),
        pytest.param("TI  - And so on...", "And so on...", id="an ellipsis"),
        pytest.param("TI  - [Anlotinib.]", "Anlotinib", id="full stop inside the brackets"),
        pytest.param("TI  - [18F]FDG and [11C]", "[18F]FDG and [11C]", id="brackets of its own"),
        pytest.param("TI  - [Not Available].\nTT  - 一项试验.", "一项试验", id="not translated"),
        pytest.param("BTI - Cancer Syndromes", "Cancer Syndromes", id="a book"),
    ],
)
def test_titles(lines, title):
    (reference,) = parse_nbib(f"PMID- 1\n{lines}\n", "list.nbib")
    assert reference.title == title


A = "PMID- 1\nTI  - A\n"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        pytest.param("", None, "the list holds no record", id="empty"),
        pytest.param("\r\n\r\n", None, "the list holds no record", id="empty lines"),
        pytest.param("TI  - A\n", 1, "TI stands before any PMID", id="no PMID at the top"),
        pytest.param("OWN - ERIC\nTI  - A\n", 1, "OWN stands before any PMID", id="ERIC's format"),
        pytest.param(
            f"{A}\nTI  - B\n",
            4,
            "TI stands after an empty line and before any PMID: a record without PMID, or an empty"
            " line inside the record of line 1",
            id="a record without PMID",
        ),
        pytest.param(
            "PMID- 1\nTI  - A\nVI  - 1\nTI  - B\n",
            4,
            "the record of line 1 has TI twice (lines 2 and 4)",
            id="two records, PMID and empty line lost",
        ),
        pytest.param("PMID- 1\nVI  - 1\n", 1, "the record has no title (TI)", id="no title"),
        pytest.param("PMID- x1\nTI  - A\n", 1, '"x1" is no PMID; write the number', id="no number"),
        pytest.param("PMID- \nTI  - A\n", 1, '"" is no PMID', id="an empty PMID"),
        pytest.param(f"{A}Lost words\n", 3, '"Lost words" has no tag', id="a line without tag"),
        pytest.param(f"{A}TI - B\n", 3, '"TI - B" has no tag', id="a tag of another width"),
        pytest.param(f"{A}au  - B\n", 3, '"au - B" has no tag', id="a tag in small letters"),
        pytest.param(
            f"{A}\n      goes on\n", 4, '"goes on" stands after an empty line', id="an empty line"
        ),
        pytest.param(f"{A}AB  - \x00\n", 3, "control character U+0000", id="NUL"),
        pytest.param("TY  - JOUR\nER  - \n", 1, "TY stands before any PMID", id="RIS"),
    ],
)
def test_broken_files_are_refused_with_the_line(text, line, problem):
    with pytest.raises(InputError) as caught:
        parse_nbib(text, "list.nbib")
    assert problem in str(caught.value)
    place = "list.nbib: " if line is None else f"list.nbib:{line}"
    assert str(caught.value).startswith(place)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("PMID- 1\nTI  - A\n" + "      goes on\n" * 200_000, id="a long title"),
        pytest.param("PMID- 1\nTI  - " + "[" * 500_000 + "]\n", id="many brackets"),
        pytest.param("PMID- 1\nTI  - A\nLID - " + "a [doi " * 100_000 + "\n", id="a long LID"),
        pytest.param("PMID- 1\nTI  - A\nSI  - " + "NCT" * 200_000 + "\n", id="a long SI"),
        pytest.param("".join(f"PMID- {n}\nTI  - A\n\n" for n in range(20_000)), id="many records"),
    ],
)
def test_hostile_sizes_take_linear_time(text):
    start = time.perf_counter()
    parse_nbib(text, "list.nbib")
    assert time.perf_counter() - start < 5
