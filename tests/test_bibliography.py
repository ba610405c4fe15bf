"""The corrected bibliography and its patch: git applies it, and only what is sure is in it."""

import json
import shutil
import subprocess

import pytest

from conftest import ROOT
from livingreview.references.corrections.bibliography import (
    corrected_references,
    corrected_text,
    corrections_patch,
    propose_corrections,
)
from livingreview.references.corrections.exports import csl_json, ris_text
from livingreview.references.corrections.patch import quoted
from livingreview.references.judgement.validate import build_report
from livingreview.references.judgement.waivers import Waiver
from livingreview.references.reading.bibtex import read_bibtex
from livingreview.references.record import Name, Reference
from livingreview.references.resolution.resolve import resolve_references
from livingreview.registries.lock import read_lock

BIB = """\
% The author's own comment stays.
@article{wang2022anlotinib,
  author  = {Wang, N. and Zhao, L. and others},
  title   = {Anlotinib in {SCLC}: a phase 2 trial}, % here too
  journal = "Cancer Medcine",
  year    = 2021,
  volume  = {12},
  number  = {1},
  pages   = {366--372},
}

@article{li2021,
  title = {安罗替尼的疗效 {50\\%}},
  eid   = {e12},
  doi   = {10.1000/b}
}
"""
WANG = {
    "_source": "page",
    "_query": {"for": "wang2022anlotinib"},
    "_outcome": "found",
    "_retrieved": "2026-11-22",
    "_for": "wang2022anlotinib",
    "_pages": ["https://doaj.org/a"],
    "title": ["Anlotinib in SCLC: a phase 2 trial"],
    "author": [
        {"family": "Zhao", "given": "Lei-Lei"},
        {"family": "Wang", "given": "Ning"},
        {"family": "Xu", "given": "Wei"},
    ],
    "container-title": ["Cancer Medicine & Research"],
    "published-print": {"date-parts": [[2022, 1]]},
    "volume": "11",
    "issue": "2",
    "page": "366-371",
}
LI = {
    "_source": "crossref",
    "_query": {"doi": "10.1000/b"},
    "_outcome": "found",
    "_retrieved": "2026-11-22",
    "DOI": "10.1000/b",
    "title": ["安罗替尼的疗效 50%"],
    "article-number": "13",
}
CORRECTED = """\
% The author's own comment stays.
@article{wang2022anlotinib,
  author  = {Zhao, L. and Wang, N. and others},
  title   = {Anlotinib in {SCLC}: a phase 2 trial}, % here too
  journal = {Cancer Medicine \\& Research},
  year    = {2022},
  volume  = {11},
  number  = {2},
  pages   = {366--371},
}

@article{li2021,
  title = {安罗替尼的疗效 {50\\%}},
  eid   = {13},
  doi   = {10.1000/b}
}
"""


def proposed(path, answers, waivers=()):
    references = read_bibtex(path)
    lines = resolve_references(references, answers)
    report = build_report(lines, None, waivers)
    return references, propose_corrections(lines, report)


def patch_of(text, corrections, path):
    return corrections_patch(text, corrected_text(text, corrections), corrections, path)


def git_apply(folder, patch, *options):
    """Run `git apply` in a folder that is no part of any repository of ours."""
    (folder / "corrections.patch").write_bytes(patch.encode("utf-8"))
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
    return subprocess.run(
        ["git", "apply", "--verbose", *options, "corrections.patch"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@needs_git
@pytest.mark.parametrize(
    ("name", "change"),
    [
        pytest.param("data/references.bib", lambda text: text, id="as it is"),
        pytest.param(
            "data/references.bib", lambda text: text.replace("\n", "\r\n"), id="Windows line ends"
        ),
        pytest.param("references.bib", lambda text: text.rstrip("\n"), id="no line end at the end"),
        pytest.param(
            "my data/参考文献 “a”.bib", lambda text: text, id="a name of blanks and Chinese"
        ),
    ],
)
def test_git_applies_the_patch(tmp_path, name, change):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = change(BIB)
    path.write_bytes(raw.encode("utf-8"))
    _, corrections = proposed(path, [WANG, LI])
    applied = git_apply(tmp_path, patch_of(raw, corrections, name))
    assert applied.returncode == 0, applied.stderr
    assert path.read_bytes().decode("utf-8") == change(CORRECTED)
    assert corrected_text(raw, corrections) == change(CORRECTED)


@needs_git
def test_after_the_patch_nothing_is_left_to_correct(tmp_path):
    path = tmp_path / "references.bib"
    path.write_text(BIB, encoding="utf-8")
    _, corrections = proposed(path, [WANG, LI])
    git_apply(tmp_path, patch_of(BIB, corrections, "references.bib"))
    assert proposed(path, [WANG, LI])[1] == []


def test_the_reasons_stand_before_the_patch_one_a_line(tmp_path):
    path = tmp_path / "references.bib"
    path.write_text(BIB, encoding="utf-8")
    _, corrections = proposed(path, [WANG, LI])
    head = patch_of(BIB, corrections, "references.bib").partition("diff --git ")[0]
    assert head.splitlines() == [
        "# Corrections proposed for references.bib: 7, a reason a line.",
        "# [1] wang2022anlotinib, author: “Wang N., Zhao L., et al.” -> “Zhao L., Wang N., et al.”"
        " (author.order; public pages (doaj.org), 2026-11-22)",
        "# [1] wang2022anlotinib, container-title: “Cancer Medcine” -> “Cancer Medicine & Research”"
        " (container-title.mismatch; public pages (doaj.org), 2026-11-22)",
        "# [1] wang2022anlotinib, year: “2021” -> “2022”"
        " (year.mismatch; public pages (doaj.org), 2026-11-22)",
        "# [1] wang2022anlotinib, volume: “12” -> “11”"
        " (volume.mismatch; public pages (doaj.org), 2026-11-22)",
        "# [1] wang2022anlotinib, issue: “1” -> “2”"
        " (issue.mismatch; public pages (doaj.org), 2026-11-22)",
        "# [1] wang2022anlotinib, page: “366-372” -> “366-371”"
        " (page.last-mismatch; public pages (doaj.org), 2026-11-22)",
        "# [2] li2021, page: “e12” -> “13” (page.mismatch; Crossref, 2026-11-22)",
    ]


def reference(**fields):
    base = {
        "key": "k",
        "number": 1,
        "title": "Anlotinib in small cell lung cancer",
        "authors": (Name(family="Wang", given="N."), Name(family="Zhao", given="L.")),
        "year": 2022,
        "volume": "11",
        "doi": "10.1000/a",
    }
    return Reference(**(base | fields))


def answer(**fields):
    return {
        "_source": "crossref",
        "_query": {"doi": "10.1000/a"},
        "_outcome": "found",
        "_retrieved": "2026-11-22",
        "DOI": "10.1000/a",
        "title": ["Anlotinib in small cell lung cancer"],
        "author": [{"family": "Wang", "given": "Ning"}, {"family": "Zhao", "given": "L"}],
        "published-print": {"date-parts": [[2022]]},
        "volume": "11",
    } | fields


def changes(printed, *answers, waivers=()):
    lines = resolve_references([printed], answers)
    corrections = propose_corrections(lines, build_report(lines, None, waivers))
    return {name: value for one in corrections for name, value in one.bibtex.items()}


@pytest.mark.parametrize(
    ("printed", "answers", "expected"),
    [
        pytest.param({}, [answer()], {}, id="nothing differs"),
        pytest.param(
            {"doi": None},
            [answer(author=[{"family": "Wang", "given": "Ning"}, {"family": "Zhao"}])],
            {"doi": "10.1000/a"},
            id="a DOI found",
        ),
        pytest.param(
            {"title": "Anlotinib in the small cell lung cancer"},
            [answer()],
            {},
            id="wording is the author's",
        ),
        pytest.param(
            {"title": "Anlotinib in small cell lung cancer type 2"},
            [answer()],
            {"title": "Anlotinib in small cell lung cancer"},
            id="a number in the title",
        ),
        pytest.param(
            {"year": 2021},
            [answer(**{"published-online": {"date-parts": [[2021]]}})],
            {},
            id="an online-first year is a note",
        ),
        pytest.param(
            {"year": 2020},
            [answer(**{"published-online": {"date-parts": [[2021]]}})],
            {"year": "2022"},
            id="the issue's year for one that is neither",
        ),
        pytest.param(
            {"year": 2019},
            [answer(**{"published-print": None, "published-online": {"date-parts": [[2021]]}})],
            {},
            id="an online date alone is not the issue's",
        ),
        pytest.param(
            {"authors": (Name(literal="World Health Organization"),)},
            [answer(author=[{"name": "WHO"}])],
            {},
            id="a group under another name",
        ),
        pytest.param(
            {
                "authors": (
                    Name(family="Wong", given="N."),
                    Name(family="Zhao", given="L."),
                    Name(literal="ALTER group"),
                )
            },
            [answer()],
            {},
            id="a list with a group at its end keeps it",
        ),
        pytest.param(
            {"authors": tuple(Name(family=one, given="A.") for one in ("Wang", "Zhao", "Xu"))},
            [answer()],
            {},
            id="a list is never shortened",
        ),
        pytest.param(
            {"title": "Correction: Anlotinib in small cell lung cancer", "doi": None},
            [answer(_query={"for": "k"}, _for="k")],
            {},
            id="a notice does not become the work",
        ),
        pytest.param(
            {"doi": None},
            [
                answer(
                    title=["Correction: Anlotinib in small cell lung cancer"],
                    _query={"for": "k"},
                    _for="k",
                )
            ],
            {},
            id="the work does not become a notice",
        ),
        pytest.param(
            {
                "title": "Anlotinib in lung cancer, liver metastases: a post hoc analysis",
                "doi": None,
                "page": "11-19",
                "issue": "1",
            },
            [
                answer(
                    title=["Anlotinib in lung cancer, brain metastases: a post hoc analysis"],
                    page="501-509",
                    issue="2",
                    _query={"for": "k"},
                    _for="k",
                )
            ],
            {},
            id="an entry does not become another paper field by field",
        ),
        pytest.param(
            {"authors": (Name(family="Wang", given="N."),)},
            [answer()],
            {"author": "Wang, N. and Zhao, L."},
            id="an author lost",
        ),
        pytest.param(
            {"authors": (Name(family="Wong", given="Ning"), Name(family="Zhao", given="Li-Lei"))},
            [
                answer(
                    author=[{"family": "Wang", "given": "Ning"}, {"family": "Zhao", "given": "Li"}]
                )
            ],
            {"author": "Wang, Ning and Zhao, Li-Lei"},
            id="full names stay full",
        ),
        pytest.param(
            {"page": "1-9"},
            [answer(**{"page": "2-10", "article-number": "7"})],
            {"pages": "2-10"},
            id="pages",
        ),
        pytest.param(
            {"container_title": "Nature"},
            [answer(**{"short-container-title": ["Cancer Med"]})],
            {},
            id="an abbreviation is not proposed as name",
        ),
        pytest.param(
            {"title": "Ferroptosis by another drug altogether", "authors": (Name(family="Li"),)},
            [answer()],
            {},
            id="another work's DOI: not for us to say what is wrong",
        ),
    ],
)
def test_what_is_proposed(printed, answers, expected):
    assert changes(reference(**printed), *answers) == expected


def test_what_is_waived_is_not_proposed():
    waived = [Waiver("k", "volume.mismatch", "r", "b", "2030-01-01")]
    assert changes(reference(volume="12"), answer()) == {"volume": "11"}
    assert changes(reference(volume="12"), answer(), waivers=waived) == {}


def test_nothing_to_correct_is_said_in_a_patch_without_a_diff():
    assert patch_of(BIB, [], "data/references.bib") == (
        "# Nothing is to be corrected in data/references.bib.\n"
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/data/references.bib", "a/data/references.bib"),
        ("a/my refs.bib", '"a/my refs.bib"'),
        ("a/文.bib", '"a/\\346\\226\\207.bib"'),
        ('a/"b".bib', '"a/\\042b\\042.bib"'),
    ],
)
def test_paths_are_quoted_as_git_does(path, expected):
    assert quoted(path) == expected


def test_a_path_outside_the_repository_is_named_without_its_folders():
    references, corrections = [reference(volume="12")], []
    lines = resolve_references(references, [answer()])
    corrections = propose_corrections(lines, build_report(lines, None, []))
    text = "@article{k,\n  volume = {12},\n}\n"
    patch = patch_of(text, corrections, "/home/someone/refs.bib")
    assert "diff --git a/refs.bib b/refs.bib\n--- a/refs.bib\n+++ b/refs.bib\n" in patch
    assert "+  volume = {11},\n" in patch


EXPORTED = [
    Reference(
        key="wang2022",
        number=1,
        title="Anlotinib & SCLC",
        language="en",
        authors=(Name(family="Wang", given="N."), Name(literal="ALTER group")),
        authors_complete=False,
        container_title="Cancer Medicine",
        year=2022,
        volume="11",
        issue="Suppl 2",
        page="S125-S126",
        doi="10.1000/a",
    ),
    Reference(
        key="qu2026",
        number=2,
        type="misc",
        title="安罗替尼\n注册",
        language="zh",
        registration="NCT01234567",
        url="https://example.org/",
        article_number="e5",
    ),
]


def test_csl_json():
    assert json.loads(csl_json(EXPORTED)) == [
        {
            "id": "wang2022",
            "type": "article-journal",
            "title": "Anlotinib & SCLC",
            "author": [
                {"family": "Wang", "given": "N."},
                {"literal": "ALTER group"},
                {"literal": "others"},
            ],
            "container-title": "Cancer Medicine",
            "issued": {"date-parts": [[2022]]},
            "volume": "11",
            "issue": "Suppl 2",
            "page": "S125-S126",
            "DOI": "10.1000/a",
            "language": "en-US",
        },
        {
            "id": "qu2026",
            "type": "document",
            "title": "安罗替尼\n注册",
            "page": "e5",
            "number": "NCT01234567",
            "URL": "https://example.org/",
            "language": "zh-CN",
        },
    ]


def test_ris():
    assert ris_text(EXPORTED) == (
        "TY  - JOUR\nID  - wang2022\nAU  - Wang, N.\nAU  - ALTER group\nAU  - et al.\n"
        "TI  - Anlotinib & SCLC\n"
        "T2  - Cancer Medicine\nPY  - 2022\nVL  - 11\nIS  - Suppl 2\nSP  - S125\nEP  - S126\n"
        "DO  - 10.1000/a\nLA  - en\nER  - \n"
        "\n"
        "TY  - GEN\nID  - qu2026\nTI  - 安罗替尼 注册\nSP  - e5\nM1  - NCT01234567\n"
        "UR  - https://example.org/\nLA  - zh\nER  - \n"
    )


@needs_git
def test_the_delivered_list_s_patch_applies_and_holds_three_corrections(tmp_path):
    source = ROOT / "data" / "references.bib"
    references, corrections = proposed(source, read_lock(ROOT / "data" / "lock" / "works.jsonl"))
    assert [(one.number, dict(one.bibtex)) for one in corrections] == [
        (
            26,
            {
                "title": "Anlotinib Enhances the Antitumor Activity of High-Dose Irradiation"
                " Combined with Anti-PD-L1 by Potentiating the Tumor Immune Microenvironment in"
                " Murine Lung Cancer"
            },
        ),
        (29, {"doi": "10.1002/cam4.2913"}),
        (61, {"doi": "10.3779/j.issn.1009-3419.2020.102.40"}),
    ]
    raw = source.read_text(encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "references.bib").write_text(raw, encoding="utf-8")
    applied = git_apply(tmp_path, patch_of(raw, corrections, "data/references.bib"))
    assert applied.returncode == 0, applied.stderr
    after = read_bibtex(tmp_path / "data" / "references.bib")
    expected = corrected_references(references, corrections)
    assert [(one.title, one.doi) for one in after] == [(one.title, one.doi) for one in expected]
    assert source.read_text(encoding="utf-8") == raw


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("pages = {366--370}", "pages = {366--371}"),
        ("pages = {366–370}", "pages = {366–371}"),
        ("pages = {366-370}", "pages = {366-371}"),
        ("pages = {366}", "pages = {366}"),
    ],
)
def test_pages_keep_the_dash_that_the_list_prints(tmp_path, printed, expected):
    fields = f"  title = {{Anlotinib}},\n  {printed},\n  doi = {{10.1000/a}}\n"
    text = f"@article{{wang2022,\n{fields}}}\n"
    assert corrected_with(tmp_path, text, {"page": "366-371"}) == text.replace(printed, expected)


def test_a_year_that_stands_in_date_as_well_is_left_to_the_author(tmp_path):
    fields = "title = {Anlotinib}, year = {2018}, {}doi = {10.1000/a}"
    record = {"published-print": {"date-parts": [[2020]]}}
    once = "@article{wang2022, " + fields.replace("{}", "") + "}\n"
    twice = "@article{wang2022, " + fields.replace("{}", "date = {2018-03}, ") + "}\n"
    assert corrected_with(tmp_path, once, record) == once.replace("2018", "2020")
    assert corrected_with(tmp_path, twice, record) == twice


def corrected_with(folder, text, fields):
    path = folder / "list.bib"
    path.write_text(text, encoding="utf-8")
    asked = {"_source": "crossref", "_query": {"doi": "10.1000/a"}, "_outcome": "found"}
    record = {"DOI": "10.1000/a", "title": ["Anlotinib"], **fields}
    lines = resolve_references(read_bibtex(path), [asked | {"_retrieved": "2026-11-22"} | record])
    return corrected_text(text, propose_corrections(lines, build_report(lines, None, []), text))
