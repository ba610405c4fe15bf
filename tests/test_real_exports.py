"""Lists as databases and reference managers really export them: EndNote, Ovid, Cochrane, EBSCO,
Embase, RefWorks, ScienceDirect, PubMed; what in them is read, passed over, told and refused."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import replace

import pytest

from livingreview.errors import InputError
from livingreview.references.reading.bibtex import parse_bibtex
from livingreview.references.reading.csl_json import parse_csl_json
from livingreview.references.reading.nbib import parse_nbib
from livingreview.references.reading.read_list import read_list
from livingreview.references.reading.ris import parse_ris
from livingreview.references.record import Name, Reference

# EndNote 20: what has several values stands one below the other, without tags.
ENDNOTE = """\
TY  - JOUR
AB  - BACKGROUND: We asked whether
ER-positive tumours respond.
ER - positive and PR - negative ones did not.
VL - 99 of 120 were
SP - 10
TY: an abbreviation of tyrosine
AD  - X. Wang, Hospital, Beijing
Y. Li, 北京大学
AN  - 34567890
2011223344
AU  - Wang, X.
AU  - 刘, 通
CY  - United States
England
DA  - Mar
DB  - Embase
Medline
DO  - 10.1056/NEJMoa2034577
10.1000/other
DP  - NLM
Ovid
ET  - 2021/03/04
20210304
IS  - 12
KW  - anlotinib
ER-positive breast cancer
ER-
ER - alpha
ER: alpha
安罗替尼
LA  - English
Chinese
LB  - 12
13
N1  - Using Smart Source Parsing
ER-positive
PB  - Elsevier
Amsterdam
PY  - 2021
SN  - 1533-4406 (Electronic)
0028-4793 (Linking)
SP  - 1101-1110
T2  - N Engl J Med
TI  - Anlotinib in
ER-positive tumours
VL  - 384
ID  - 12
ER  - 

TY  - JOUR
AU  - 刘, 通
DB  - 万方
知网
DO  - 10.3969/j.issn.1001-1692.2021.03.001
LA  - 中文
PY  - 2021
SN  - 1001-1692
2095-0000
SP  - 218-221
T2  - 实用肿瘤杂志
TI  - 安罗替尼治疗
小细胞肺癌一例
VL  - 36
ID  - 13
ER  - 
"""


def test_endnote():
    assert parse_ris(ENDNOTE, "list.ris") == [
        Reference(
            key="wang2021anlotinib",
            number=1,
            line=1,
            language="en",
            title="Anlotinib in ER-positive tumours",
            authors=(Name("Wang", "X."), Name("刘", "通")),
            container_title="N Engl J Med",
            year=2021,
            volume="384",
            issue="12",
            page="1101-1110",
            doi="10.1056/nejmoa2034577",
            doi_printed="10.1056/NEJMoa2034577",
            note="Using Smart Source Parsing ER-positive",
        ),
        Reference(
            key="liu2021anluo",
            number=2,
            line=51,
            language="zh",
            title="安罗替尼治疗 小细胞肺癌一例",
            authors=(Name("刘", "通"),),
            container_title="实用肿瘤杂志",
            year=2021,
            volume="36",
            page="218-221",
            doi="10.3969/j.issn.1001-1692.2021.03.001",
            doi_printed="10.3969/j.issn.1001-1692.2021.03.001",
        ),
    ]


@pytest.mark.parametrize("form", ["TY - JOUR\nTI - A\nAB - text\nER - positive\nVL - 9\nER -\n"])
def test_where_tags_have_one_blank_only_a_bare_er_ends_the_record(form):
    assert parse_ris(form, "list.ris") == [
        Reference(key="anonymousnodate", number=1, line=1, title="A", volume="9")
    ]


@pytest.mark.parametrize("line", ["ER -", "ER: ", "  ER –", "TY: JOUR", "TY - JOUR", "TY  – BOOK"])
def test_what_is_nearly_the_end_or_the_beginning_is_refused(line):
    with pytest.raises(InputError, match=r"list\.ris:3: the tag of .* cannot be read"):
        parse_ris(f"TY  - JOUR\nTI  - A\n{line}\nTI  - B\nER  - \n", "list.ris")


RECORD = "TY  -  JOUR\nTI  -  {0}\nER  -  \n"


@pytest.mark.parametrize(
    ("before", "count"),
    [
        pytest.param("{0}. \n", 3, id="Ovid"),
        pytest.param("<{0}>\n", 3, id="Ovid, in angle brackets"),
        pytest.param("[{0}]\n", 3, id="in square brackets"),
        pytest.param(
            "Record #{0} of 3\nProvider: John Wiley & Sons, Ltd.\n"
            'Content: text/plain; charset="UTF-8"\n',
            9,
            id="Cochrane",
        ),
        pytest.param("\nDatabase: Ovid MEDLINE(R) <1946 to 2022>\n{0}.\n\n", 6, id="a database"),
        pytest.param("____________\n\nDocument {0} of 3\n", 6, id="ProQuest"),
    ],
)
def test_what_sites_write_between_records_is_passed_over(tmp_path, before, count):
    text = "".join(
        before.format(number) + RECORD.format(title)
        for number, title in enumerate(("A", "安罗", "C"), start=1)
    )
    path = tmp_path / "list.txt"
    path.write_text(text, encoding="utf-8")
    told = []
    read = read_list(path, told.append)
    assert [reference.title for reference in read] == ["A", "安罗", "C"]
    first = next(line for line in text.split("\n") if line.strip()).strip()
    place = text.split("\n").index(next(line for line in text.split("\n") if line.strip())) + 1
    shown = f"{first[:40]}..." if len(first) > 40 else first
    assert told == [
        f'{path}: {count} lines between records passed over, the first on line {place}: "{shown}"'
    ]


@pytest.mark.parametrize(
    "line", ["BACKGROUND: lost", "Lost words", "6. Wang N. A title", "作者: 王"]
)
def test_other_words_between_records_are_refused(line):
    text = f"{RECORD.format('A')}{line}\n{RECORD.format('B')}"
    with pytest.raises(InputError, match=r"list\.ris:4: .* stands in no record"):
        parse_ris(text, "list.ris")


@pytest.mark.parametrize(
    ("lines", "expected", "told"),
    [
        pytest.param(
            "DO  - 10.1000/A\nDO  - https://doi.org/10.1000/a",
            {"doi": "10.1000/a", "doi_printed": "10.1000/A"},
            [],
            id="a DOI, and its address",
        ),
        pytest.param(
            "JF  - Journal of Clinical Oncology\nJF  - J Clin Oncol",
            {"container_title": "Journal of Clinical Oncology"},
            [],
            id="a journal, and its abbreviation",
        ),
        pytest.param(
            "JF  - 中国肺癌杂志\nJF  - Chinese Journal of Lung Cancer",
            {"container_title": "中国肺癌杂志"},
            [],
            id="a journal in two languages",
        ),
        pytest.param(
            "T1  - A Trial.\nT1  - A trial", {"title": "A Trial."}, [], id="a title twice"
        ),
        pytest.param("SP  - 366\nSP  - 366-371", {"page": "366"}, [], id="a page, and the pages"),
        pytest.param(
            "TI  - 一项试验\nTI  - A trial",
            {"title": "一项试验"},
            ["list.ris:4: the record of line 1 has TI twice (lines 3 and 4); the first is read"],
            id="a title in two languages",
        ),
        pytest.param(
            "DO  - 10.1000/a\nDO  - 10.1101/b",
            {"doi": "10.1000/a", "doi_printed": "10.1000/a"},
            ["list.ris:4: the record of line 1 has DO twice (lines 3 and 4); the first is read"],
            id="the preprint's DOI, too",
        ),
    ],
)
def test_a_tag_may_stand_twice(lines, expected, told):
    heard = []
    text = f"TY  - JOUR\nAU  - Wu, A.\n{lines}\nER  - \n"
    (reference,) = parse_ris(text, "list.ris", heard.append)
    plain = Reference(key=reference.key, number=1, line=1, authors=(Name("Wu", "A."),))
    assert reference == replace(plain, **expected)
    assert heard == told


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("TI  - A\nVL  - 1\nTI  - B\nVL  - 2", id="title and volume"),
        pytest.param("TI  - A\nDO  - 10.1000/a\nTI  - B\nDO  - 10.1000/b", id="title and DOI"),
        pytest.param("T1  - 甲\nSP  - 1\nT1  - 乙\nSP  - 21", id="title and page"),
        pytest.param("AU  - Wu, A.\nTI  - A\nAU  - 刘, 通\nTI  - B", id="authors, then title"),
        pytest.param("TI  - A\nAU  - Wu, A.\nTI  - B\nAU  - 刘, 通", id="title, then authors"),
    ],
)
def test_two_records_glued_together_are_refused(lines):
    with pytest.raises(InputError, match=r"twice .* are these two records"):
        parse_ris(f"TY  - JOUR\n{lines}\nER  - \n", "list.ris")


DOI = {"doi": "10.1371/journal.pone.0080092"}
PRINTED = {**DOI, "doi_printed": "10.1371/journal.pone.0080092"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("L3  - 10.1371/journal.pone.0080092", PRINTED, id="EBSCO"),
        pytest.param("M3  - 10.1371/journal.pone.0080092", PRINTED, id="ScienceDirect"),
        pytest.param("M3  - Article", {}, id="M3 as a type of work"),
        pytest.param("L2  - http://dx.doi.org/10.1371/journal.pone.0080092", DOI, id="Embase"),
        pytest.param(
            "N1  - doi:10.1371/journal.pone.0080092",
            {
                **DOI,
                "doi_printed": "doi:10.1371/journal.pone.0080092",
                "note": "doi:10.1371/journal.pone.0080092",
            },
            id="a note",
        ),
        pytest.param(
            "N1  - Erratum in: doi:10.1371/journal.pone.0080092",
            {"note": "Erratum in: doi:10.1371/journal.pone.0080092"},
            id="a note about another work",
        ),
        pytest.param(
            "UR  - https://a.example/1 https://doi.org/10.1371/journal.pone.0080092 http://c.example",
            {**DOI, "url": "https://a.example/1"},
            id="RefWorks: addresses on one line",
        ),
        pytest.param(
            "UR  - https://a.example/1; https://b.example",
            {"url": "https://a.example/1"},
            id="addresses with semicolons",
        ),
        pytest.param(
            "UR  - https://a.example/一 二\nhttps://b.example",
            {"url": "https://a.example/一 二"},
            id="an address with a blank",
        ),
        pytest.param(
            "DO  - 10.1371/journal.\n      pone.0080092",
            {**DOI, "doi_printed": "10.1371/journal. pone.0080092"},
            id="a DOI that goes on",
        ),
        pytest.param(
            "DO  - n/a\n10.1371/journal.pone.0080092", PRINTED, id="a DOI below what is none"
        ),
    ],
)
def test_where_sites_write_the_doi(lines, expected):
    (reference,) = parse_ris(f"TY  - JOUR\nTI  - A\n{lines}\nER  - \n", "list.ris")
    plain = Reference(key="anonymousnodate", number=1, line=1, title="A")
    assert reference == replace(plain, **expected)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("LID - e80092", {"article_number": "e80092"}, id="a number alone"),
        pytest.param("PG  - 9\nLID - 9", {"article_number": "9"}, id="as PG has it"),
        pytest.param("PG  - 9\nAID - 9", {"article_number": "9"}, id="in AID"),
        pytest.param("PG  - 9\nLID - 9 [pii]", {"page": "9"}, id="the publisher's own number"),
        pytest.param("LID - e80092 [pii]", {}, id="the publisher's own number alone"),
        pytest.param("PG  - 3-9\nLID - e92", {"page": "3-9", "article_number": "e92"}, id="both"),
        pytest.param("LID - 10.1000/92", {}, id="a DOI without its kind is no article number"),
    ],
)
def test_article_numbers_of_pubmed(lines, expected):
    (reference,) = parse_nbib(f"PMID- 7\nTI  - 一例\n{lines}\n", "list.nbib")
    assert reference == replace(Reference(key="pmid7", number=1, line=1, title="一例"), **expected)


READERS = {
    "list.bib": (parse_bibtex, "@article{k,\n  title = {A(1)B 肺(1)癌},\n}\n"),
    "list.ris": (parse_ris, "TY  - JOUR\nTI  - A(1)B 肺(1)癌\nER  - \n"),
    "list.nbib": (parse_nbib, "PMID- 7\nTI  - A(1)B 肺(1)癌\n"),
    "list.json": (parse_csl_json, '[\n{"title": "A(1)B 肺(1)癌"}]\n'),
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("sign", ["\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x9b"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_control_character_is_a_blank_in_every_format_and_is_told(name, sign, newline):
    read, text = READERS[name]
    told = []
    text = text.replace("(1)", sign).replace("\n", newline)
    (reference,) = read(text, name, told.append)
    assert reference.title == "A B 肺 癌"
    code = f"U+{ord(sign):04X}"
    assert told == [f"{name}:2: the control character {code} and 1 more read as a blank"]


@pytest.mark.parametrize("name", READERS)
def test_nul_is_refused_in_every_format(name):
    read, text = READERS[name]
    with pytest.raises(InputError) as caught:
        read(text.replace("(1)", "\x00"), name)
    assert str(caught.value).startswith(f"{name}:2: holds the control character U+0000")


@pytest.mark.parametrize(
    ("escaped", "title"),
    [
        pytest.param("A\\u0001B", "A B", id="a control"),
        pytest.param("A\\fB\\b", "A B", id="short escapes"),
        pytest.param("A\\\\u0001B", "A\\u0001B", id="an escaped backslash"),
        pytest.param("A\\u000aB\\tC", "A B C", id="a line end, a tab"),
        pytest.param('\\"\\u80ba\\"', '"肺"', id="other escapes"),
    ],
)
def test_escaped_controls_of_json(escaped, title):
    told = []
    (reference,) = parse_csl_json(f'[{{"title": "{escaped}"}}]', "list.json", told.append)
    assert reference.title == title
    assert len(told) == (title == "A B")


def test_a_json_list_without_controls_is_read_as_it_is():
    text = json.dumps([{"id": "k", "title": "肺\\癌 \u2028"}])
    (reference,) = parse_csl_json(text, "list.json")
    assert reference.title == "肺\\癌 \u2028"


@pytest.mark.parametrize(
    ("tag", "printed", "key"),
    [
        pytest.param("ID", "12", "wu2021a", id="EndNote's record number"),
        pytest.param("LB", "00012", "wu2021a", id="a label of digits"),
        pytest.param("ID", "１２", "wu2021a", id="full-width digits"),
        pytest.param("ID", "wu12", "wu12", id="a key"),
        pytest.param("ID", "12a", "12a", id="a key that begins with digits"),
    ],
)
def test_a_number_is_no_key(tag, printed, key):
    text = f"TY  - JOUR\nAU  - Wu, A.\nPY  - 2021\nTI  - B\n{tag}  - {printed}\nER  - \n"
    assert [one.key for one in parse_ris(text, "list.ris")] == [key.replace("2021a", "2021b")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\x01" * 1_000_000, id="controls"),
        pytest.param("#" * 1_000_000 + "x", id="a rule"),
        pytest.param("Record " + " " * 1_000_000 + "x", id="a record's blanks"),
        pytest.param("TY  - JOUR\nUR  - " + "a; " * 300_000 + "\nER  - \n", id="addresses"),
        pytest.param("TY  - JOUR\nTI  - A\n" + "TI  - B\n" * 20_000 + "ER  - \n", id="titles"),
        pytest.param("TY  - JOUR\nN1  - " + "doi: " * 200_000 + "\nER  - \n", id="labels"),
    ],
)
def test_hostile_sizes_take_linear_time(text):
    start = time.perf_counter()
    with suppress(InputError):
        parse_ris(f"{text}\n", "list.ris")
    assert time.perf_counter() - start < 5
