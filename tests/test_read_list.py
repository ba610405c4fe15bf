"""One door for all formats: which it is, encodings, round trips through our exports, verdicts."""

import io
import json
import re
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from livingreview.cli import main
from livingreview.errors import InputError
from livingreview.references.corrections.exports import csl_json, ris_text
from livingreview.references.judgement.validate import build_report
from livingreview.references.reading.csl_json import parse_csl_json
from livingreview.references.reading.exported_fields import RICH_TEXT
from livingreview.references.reading.read_list import ADVICE, read_list
from livingreview.references.reading.ris import parse_ris
from livingreview.references.record import Name, Reference
from livingreview.references.resolution.resolve import resolve_references
from livingreview.registries.lock import read_lock

BIB = "@article{k,\n  title = {安罗替尼 A},\n  year = {2021},\n}\n"
RIS = "TY  - JOUR\nID  - k\nTI  - 安罗替尼 A\nPY  - 2021\nER  - \n"
NBIB = "\nPMID- 7\nDP  - 2021 Mar\nTI  - 安罗替尼 A.\n"
CSL = '[\n{"id": "k", "type": "article-journal", "title": "安罗替尼 A", "issued": "2021"}]\n'
# The beginnings of files that are no text: a program, an archive (DOCX, too), a picture, a PDF.
BINARIES = {
    "a program": b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\0>\0\x01\0\0\0\xf0\xd9" + bytes(60),
    "an archive": b"PK\x03\x04\x14\0\x08\x08\x08\0\xd3\xbeZ[Content_Types].xml\xad\x94\xcbN",
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\0\x08\x06\0\0\0\xf3\x8b",
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nstream\nx\x9c\x03\x15\xe4\x06",
    "zeros": bytes(400),
    "compressed": b"\x1f\x8b\x08\0\x9a\x03\xc4h\x02\xff\xab\xe6\x02",
}
READ = Reference(key="k", number=1, line=1, title="安罗替尼 A", year=2021)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        pytest.param("list.bib", BIB, READ, id="BibTeX"),
        pytest.param("list.BibTeX", BIB, READ, id="BibTeX, another suffix"),
        pytest.param("list.ris", RIS, READ, id="RIS"),
        pytest.param("LIST.RIS", RIS, READ, id="RIS in capitals"),
        pytest.param("list.nbib", NBIB, replace(READ, key="pmid7", line=2), id="NBIB"),
        pytest.param("list.medline", NBIB, replace(READ, key="pmid7", line=2), id="MEDLINE"),
        pytest.param("list.json", CSL, replace(READ, line=2), id="CSL JSON"),
        pytest.param("list.csl.json", CSL, replace(READ, line=2), id="CSL JSON, two suffixes"),
        pytest.param("list.txt", f"% A comment.\n{BIB}", replace(READ, line=2), id="BibTeX in txt"),
        pytest.param("list.txt", f"Provider: x\n\n{RIS}", replace(READ, line=3), id="RIS in txt"),
        pytest.param("list.txt", NBIB, replace(READ, key="pmid7", line=2), id="PubMed's txt"),
        pytest.param("list", CSL, replace(READ, line=2), id="CSL JSON without suffix"),
    ],
)
def test_the_format_is_that_of_the_name_or_of_the_content(tmp_path, name, text, expected):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_list(tmp_path / name) == [expected]


@pytest.mark.parametrize("text", [BIB, RIS, NBIB, CSL], ids=["bib", "ris", "nbib", "json"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le with mark", "utf-16-be with mark"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["unix", "windows", "macintosh"])
def test_encodings_and_line_ends(tmp_path, text, encoding, newline):
    text = text.replace("\n", newline)
    if encoding.endswith(" with mark"):
        text, encoding = "\ufeff" + text, encoding.split()[0]
    path = tmp_path / "list.txt"
    path.write_bytes(text.encode(encoding))
    (reference,) = read_list(path)
    assert (reference.title, reference.year) == ("安罗替尼 A", 2021)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        pytest.param(
            "list.bib",
            RIS.encode(),
            "the name says BibTeX, but the file looks like RIS; rename it to end in .ris,"
            " or export it as BibTeX",
            id="RIS as .bib",
        ),
        pytest.param("list.ris", NBIB.encode(), "looks like NBIB; rename", id="NBIB as .ris"),
        pytest.param("list.nbib", RIS.encode(), "looks like RIS; rename", id="RIS as .nbib"),
        pytest.param("list.json", BIB.encode(), "looks like BibTeX; rename", id="bib as .json"),
        pytest.param("list.ris", CSL.encode(), "looks like CSL JSON; rename", id="JSON as .ris"),
        pytest.param("list.ris", RIS.encode("utf-16-le"), "looks like UTF-16", id="no mark"),
        pytest.param("list.ris", b"<?xml version='1.0'?><xml>", "looks like XML", id="XML as .ris"),
        pytest.param(
            "list.enw",
            b"%0 Journal Article\n%T A\n",
            "looks like EndNote's tagged format; export the list as BibTeX, RIS, NBIB or CSL JSON",
            id="EndNote's own",
        ),
        pytest.param("list.txt", b"FN Clarivate\nPT J\n", "looks like Web of Science", id="WoS"),
        pytest.param("list.txt", b"RT Journal\nSR 1\n", "looks like RefWorks'", id="RefWorks"),
        pytest.param(
            "list.txt", b"{Reference Type}: J", "looks like NoteExpress'", id="NoteExpress"
        ),
        pytest.param("list.txt", b"<!DOCTYPE html>", "looks like a web page", id="a page"),
        pytest.param("list.yaml", b"---\nreferences:\n- id: a\n", "looks like YAML", id="YAML"),
        pytest.param("list.txt", b"[1] Wang N. A title.", "no reference list that", id="a text"),
        pytest.param("list.txt", b"", "no reference list that can be recognised", id="empty"),
        pytest.param("list.ris", b"", "the list holds no record", id="empty .ris"),
        pytest.param("list.bib", b"", "the bibliography holds no entry", id="empty .bib"),
        pytest.param("list.ris", RIS.encode("gb18030"), "list.ris:3: not UTF-8", id="GB 18030"),
        pytest.param("list.ris", RIS.encode("utf-32"), "in UTF-32; save", id="UTF-32"),
        pytest.param(
            "list.ris",
            RIS.replace("A", "晚期小细胞肺癌患者疗效与安全性研究" * 5).encode("utf-16-be"),
            "looks like UTF-16 without its mark; save the file as UTF-8",
            id="no mark, mostly Chinese",
        ),
        *(
            pytest.param(
                name,
                data,
                "is no text file; export the list as BibTeX, RIS, NBIB or CSL JSON",
                id=f"{what} as {name}",
            )
            for name in ("list.bib", "list.ris", "list.json", "list.nbib", "list.txt", "list")
            for what, data in BINARIES.items()
        ),
        pytest.param(
            "list.ris", b"TY  - JOUR\nTI  - A\0B\nER  - \n", "character U+0000", id="one slip"
        ),
        pytest.param("list.ris", b"\xff\xfeT", "not UTF-16, as it begins", id="half a sign"),
        pytest.param("list.ris", None, "no such file", id="no file"),
    ],
)
def test_what_cannot_be_read_says_what_it_is(tmp_path, name, data, problem):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_list(tmp_path / name)
    assert problem in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / name))


def test_standard_input(monkeypatch):
    for text in (BIB, f"\ufeff{RIS}"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert read_list("-") == [READ]


@pytest.mark.parametrize("data", BINARIES.values(), ids=list(BINARIES))
def test_what_is_no_text_on_standard_input(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    with pytest.raises(InputError) as caught:
        read_list("-")
    assert str(caught.value) == f"standard input: is no text file; {ADVICE}"


def test_a_program_is_no_text():
    with pytest.raises(InputError) as caught:
        read_list(sys.executable)
    assert str(caught.value) == f"{sys.executable}: is no text file; {ADVICE}"


EMPTY = "is empty: no title, no author, no DOI, nothing; export it anew, or remove it"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        pytest.param("a.ris", "TY  - JOUR\nER  - \n", 1, id="RIS, nothing"),
        pytest.param("a.ris", f"{RIS}\nTY  - JOUR\nID  - 刘2021\nER  - \n", 7, id="RIS, a key"),
        pytest.param("a.ris", "TY  - JOUR\nTI  - \nAU  -\nER  - \n", 1, id="RIS, empty values"),
        pytest.param("a.ris", "TY  - BOOK\nLA  - chi\nER  - \n", 1, id="RIS, a language"),
        pytest.param("a.json", '[{"id": "k", "type": "book"}]', 1, id="CSL JSON, a key"),
        pytest.param("a.json", "[{}]", 1, id="CSL JSON, nothing"),
        pytest.param(
            "a.json", CSL[:-2] + ',\n{"id": "刘2021", "title": ""}]', 3, id="CSL JSON, the second"
        ),
    ],
)
def test_an_empty_record_is_refused(tmp_path, name, text, line):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_list(tmp_path / name)
    assert str(caught.value) == f"{tmp_path / name}:{line}: the record {EMPTY}"


@pytest.mark.parametrize(
    "value",
    [
        "TI  - 安罗替尼",
        "DO  - 10.1000/a",
        "UR  - https://example.org",
        "AU  - Wang, N.",
        "N1  - A",
        "PY  - 2021",
    ],
)
def test_a_record_with_anything_in_it_is_read(value):
    assert len(parse_ris(f"TY  - JOUR\n{value}\nER  - \n", "a.ris")) == 1


RIS_RECORD = """TY  - JOUR
AU  - Wang {0}, N.
AU  - 刘{0}, 通
TI  - Title {0}
T2  - Journal {0}
PY  - 202{0}
VL  - {0}
AB  - Abstract {0}
and so on {0}.
ER  - 

"""
NBIB_RECORD = """PMID- {0}
DP  - 202{0} Mar
TI  - Title {0}
FAU - Wang {0}, Ning
AU  - Wang{0} N
FAU - 刘{0}, 通
AB  - Abstract {0}
      and so on {0}.
JT  - Journal {0}

"""
CSL_ITEM = """{{"id": {0},
"title": "Title {0}",
"author": [{{"family": "Wang {0}"}},
{{"family": "刘{0}"}}],
"container-title": "Journal {0}"
}}"""
THREE = {
    "list.ris": "".join(map(RIS_RECORD.format, (1, 2, 3))),
    "list.nbib": "".join(map(NBIB_RECORD.format, (1, 2, 3))),
    "list.json": "[" + ",\n".join(map(CSL_ITEM.format, (1, 2, 3))) + "]\n",
}


@pytest.mark.parametrize("name", THREE)
@pytest.mark.parametrize("lost", [1, 2, 3, 4])
def test_lost_lines_never_glue_two_records_together(tmp_path, name, lost):
    """Wherever lines are lost: refused, or every record left is one of the three alone."""
    lines = THREE[name].splitlines(keepends=True)
    path = tmp_path / name
    path.write_text(THREE[name], encoding="utf-8")
    assert len(read_list(path)) == 3
    for start in range(len(lines) - lost + 1):
        path.write_text("".join(lines[:start] + lines[start + lost :]), encoding="utf-8")
        try:
            read = read_list(path)
        except InputError:
            continue
        assert len(read) == 3, lines[start]
        for number, one in enumerate(read, start=1):
            fields = (one.title, one.container_title, one.volume, one.year, one.authors)
            digits = set(re.findall("[1-9]", str(fields).replace("202", "")))
            assert digits <= {str(number)}, lines[start]


@pytest.mark.parametrize("name", ["list.ris", "list.json"])
def test_a_list_that_is_cut_off_is_refused(tmp_path, name):
    text = THREE[name].rstrip("\n -")
    for end in range(1, len(text)):
        whole = text[:end].rstrip()
        if name == "list.ris" and whole.endswith(("ER", "ER  -")):
            continue
        (tmp_path / name).write_text(whole, encoding="utf-8")
        with pytest.raises(InputError):
            read_list(tmp_path / name)


# Round trips: what our own exports of a list lose is named where the strategy leaves it out.
WORDS = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20).map(
    lambda text: " ".join(text.split())
)
TEXTS = st.none() | WORDS.filter(lambda text: text and not RICH_TEXT.search(text))
LETTERS = "abcdefgüøßПетр刘通-"
PERSONS = st.builds(
    Name,
    family=st.text(LETTERS, min_size=1, max_size=8),
    given=st.text(LETTERS + ".", min_size=1, max_size=8),
)
# Lost in RIS: that a name without group words is a group's, and the family name of several words
# that stands alone, since nothing marks either.
GROUPS = st.sampled_from(
    [Name(literal="ALTER1202 Study Group"), Name(literal="中国抗癌协会"), Name(family="Plato")]
)
NUMBERS = st.none() | st.sampled_from(["1", "12", "S1", "3 Suppl", "增刊1"])
# Lost in both: that a short number is an article's and not a page (one field holds both), and
# pages that are none.
PLACES = st.sampled_from(
    [
        {"page": "366-371"},
        {"page": "366-71"},
        {"page": "NP36-NP40"},
        {"page": "47"},
        {"page": "1-2, 5-6"},
        {"article_number": "e46"},
        {"article_number": "917089"},
        {},
    ]
)
# Lost in both: how a DOI was printed, and one that is none.
DOIS = st.none() | st.sampled_from(["10.1000/a", "10.1002/(sici)1<2::aid-3>3.0.co;2-#"])
# Lost in both: types that the format has one name for (phdthesis and mastersthesis), and a
# registration number of an article; in RIS also the number of pages of books and theses.
TYPES = ["article", "incollection", "inproceedings", "techreport", "online", "dataset", "misc"]


@st.composite
def lists(draw):
    keys = draw(st.lists(st.from_regex(r"[a-z刘][a-z0-9:/-]{0,8}", fullmatch=True), unique=True))
    return [draw(references(key, number)) for number, key in enumerate(keys, start=1)]


@st.composite
def references(draw, key, number):
    type = draw(st.sampled_from(TYPES))
    authors = tuple(draw(st.lists(PERSONS | GROUPS, max_size=4)))
    doi = draw(DOIS)
    return Reference(
        key=key,
        number=number,
        type=type,
        language=draw(st.sampled_from([None, "zh", "en", "jpn"])),
        title=draw(TEXTS),
        authors=authors,
        authors_complete=not authors or draw(st.booleans()),
        container_title=draw(TEXTS),
        year=draw(st.none() | st.integers(1000, 9999)),
        volume=draw(NUMBERS),
        issue=draw(NUMBERS),
        **draw(PLACES),
        doi=doi,
        doi_printed=doi,
        url=draw(st.none() | st.just("https://example.org/a?b=c&d=e")),
        registration=draw(st.none() | st.just("NCT01234567")) if type != "article" else None,
        note=draw(TEXTS),
    )


@given(lists().filter(bool))
@settings(max_examples=100, deadline=None)
def test_ris_that_is_written_reads_as_the_same_list(written):
    read = parse_ris(ris_text(written), "list.ris")
    assert [replace(one, line=None) for one in read] == written


@given(lists().filter(bool))
@settings(max_examples=100, deadline=None)
def test_csl_json_that_is_written_reads_as_the_same_list(written):
    read = parse_csl_json(csl_json(written), "list.json")
    assert [replace(one, line=None) for one in read] == written


@given(st.text(), st.sampled_from(["TY  - JOUR\n", "PMID- 1\n", "[{", "@misc{"]))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_or_refused(tmp_path_factory, text, beginning):
    path = tmp_path_factory.getbasetemp() / "list.txt"
    path.write_text(beginning + text, encoding="utf-8", errors="replace", newline="")
    assert "\n" not in outcome(path)


def outcome(path):
    """Nothing where the list is read, the error where it is refused; anything else is raised."""
    try:
        read_list(path)
    except InputError as error:
        return str(error)
    return ""


def verdicts(path, lock):
    report = build_report(resolve_references(read_list(path), lock), None, [], today="2026-11-22")
    return [
        (entry["key"], entry["number"], entry["verdict"], entry["doi"], found(entry["findings"]))
        for entry in report["references"]
    ]


def found(findings):
    return [{name: value for name, value in one.items() if name != "line"} for one in findings]


def test_the_delivered_list_has_the_same_verdicts_in_every_format(tmp_path):
    lock = read_lock(ROOT / "data" / "lock" / "works.jsonl")
    bibliography = ROOT / "data" / "references.bib"
    listed = read_list(bibliography)
    (tmp_path / "list.ris").write_text(ris_text(listed), encoding="utf-8")
    (tmp_path / "list.json").write_text(csl_json(listed), encoding="utf-8")
    expected = verdicts(bibliography, lock)
    assert len(expected) == 64
    assert verdicts(tmp_path / "list.ris", lock) == expected
    assert verdicts(tmp_path / "list.json", lock) == expected


LOCK = [
    {"_version": 1},
    {
        "_source": "crossref",
        "_query": {"doi": "10.1000/ab"},
        "_outcome": "found",
        "_retrieved": "2026-11-22",
        "DOI": "10.1000/ab",
        "type": "journal-article",
        "title": ["A trial of something in small cell lung cancer"],
        "author": [{"family": "Wang", "given": "Na"}],
        "container-title": ["Journal of Trials"],
        "volume": "35",
        "page": "558-562",
        "published-print": {"date-parts": [[2022, 1]]},
    },
]
FAULTY_RIS = f"""{RIS}
TY  - JOUR
ID  - wang2022
AU  - Wang, N.
TI  - A trial of something in small cell lung cancer
T2  - Journal of Trials
PY  - 2022
VL  - 34
SP  - 558
EP  - 562
DO  - 10.1000/AB
ER  - 
"""
FAULTY_NBIB = f"""{NBIB}
PMID- 8
VI  - 34
DP  - 2022 Jan
TI  - A trial of something in small cell lung cancer.
PG  - 558-62
LID - 10.1000/ab [doi]
FAU - Wang, Na
JT  - Journal of trials
"""
FAULTY_CSL = """[{"id": "k", "title": "安罗替尼 A"}, {"id": "l", "title": "B"},

{"id": "wang2022", "type": "article-journal", "title":
"A trial of something in small cell lung cancer", "author": [{"family": "Wang", "given": "N."}],
"container-title": "Journal of Trials", "issued": {"date-parts": [["2022"]]}, "volume": 34,
"page": "558-562", "DOI": "10.1000/ab"}]
"""


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        pytest.param("list.ris", FAULTY_RIS, 7, id="RIS"),
        pytest.param("list.nbib", FAULTY_NBIB, 6, id="NBIB"),
        pytest.param("list.json", FAULTY_CSL, 3, id="CSL JSON"),
    ],
)
def test_an_annotation_names_the_line_of_the_record(
    tmp_path, monkeypatch, capsys, name, text, line
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(text, encoding="utf-8")
    lock = "".join(json.dumps(answer) + "\n" for answer in LOCK)
    (tmp_path / "lock.jsonl").write_text(lock, encoding="utf-8")
    assert main(["check", name, "--lock", "lock.jsonl", "--format", "github"]) == 1
    errors = [row for row in capsys.readouterr().out.splitlines() if row.startswith("::error")]
    assert len(errors) == 1
    assert re.match(rf"::error file={name},line={line},.*volume\.mismatch", errors[0])


def test_a_broken_list_is_one_line_and_exit_code_2(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.ris").write_text(FAULTY_RIS.replace("ER  - \n", "", 1), encoding="utf-8")
    assert main(["check", "list.ris"]) == 2
    assert capsys.readouterr().err == (
        "livingreview: list.ris:1: the record that begins here has no end before the next one"
        " begins on line 6: its line ER is missing\n"
    )
