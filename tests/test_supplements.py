"""Volume, issue and supplement together; pages with what lists print around them."""

import pytest

from livingreview.references.comparison.compare import compare_reference
from livingreview.references.comparison.pages import compare_pages, same_article_number
from livingreview.references.comparison.supplements import (
    Issue,
    compare_issues,
    compare_volumes,
    corrected_issue,
    corrected_volume,
    numbers_of,
    parse_issue,
)
from livingreview.references.corrections.bibliography import corrected_text, propose_corrections
from livingreview.references.judgement.validate import build_report
from livingreview.references.reading.read_list import read_list
from livingreview.references.record import Reference
from livingreview.references.resolution.resolve import resolve_references

SAME = ("same", "same")
ISSUE_UNKNOWN = ("same", "incomparable")


@pytest.mark.parametrize(
    ("cited", "found", "expected"),
    [
        # A supplement of the volume, printed with it.
        (("24 Suppl 6", None), ("24", "suppl 6"), SAME),
        (("24S6", None), ("24", "suppl_6"), SAME),
        (("24 Suppl 6", None), ("24", None), ISSUE_UNKNOWN),
        (("24(Suppl. 6)", None), ("24 Suppl 6", None), SAME),
        (("24", "Suppl 6"), ("24 Suppl 6", None), SAME),
        (("24, Supplement 6", None), ("24", "S6"), SAME),
        (("Vol. 24 (suppl_6)", None), ("24", "6"), ISSUE_UNKNOWN),
        (("69 Suppl 1", None), ("69", "Suppl 1"), SAME),
        (("69 (Suppl 1)", None), ("69", "Suppl 1"), SAME),
        (("69(Suppl. 1)", None), ("69", "Suppl 1"), SAME),
        (("69 Suppl", None), ("69", "Suppl 1"), ISSUE_UNKNOWN),
        (("42卷增刊1", None), ("42", "S1"), SAME),
        (("42(增刊1)", None), ("42", "增刊1"), SAME),
        (("第42卷", "增刊1"), ("42", "S1"), SAME),
        (("第42卷第5期", None), ("42", "5"), SAME),
        # One that has an issue's number.
        (("36(suppl 15)", None), ("36", "15_suppl"), SAME),
        (("36", "suppl 15"), ("36", "15_suppl"), SAME),
        (("36", "Suppl. 15"), ("36", "15_suppl"), SAME),
        (("36", "15 (Suppl)"), ("36", "15_suppl"), SAME),
        (("36", "15S"), ("36", "15_suppl"), SAME),
        (("36", "15\\_suppl"), ("36", "15_suppl"), SAME),
        (("36", "15"), ("36", "15_suppl"), SAME),
        (("36", "15, Part II"), ("36", "15_suppl"), SAME),
        (("36", "suppl"), ("36", "15_suppl"), ISSUE_UNKNOWN),
        (("14", "10 Suppl"), ("14", "10"), SAME),
        (("14", "10, Supplement"), ("14", "10"), SAME),
        (("14", "10, Suppl."), ("14", "10"), SAME),
        (("14", "10S"), ("14", "10"), SAME),
        (("14", "10 Suppl 1"), ("14", "10"), SAME),
        (("14 Suppl 1", "10"), ("14", "10"), SAME),
        (("14", "S10"), ("14", "10"), ISSUE_UNKNOWN),
        (("14", "10(增刊)"), ("14", "10"), SAME),
        (("8", "2 Pt 1"), ("8", "2"), SAME),
        # The issue printed with the volume, or with a label.
        (("379(21)", None), ("379", "21"), SAME),
        (("379", "(21)"), ("379", "21"), SAME),
        (("v. 379", "n. 21"), ("379", "21"), SAME),
        (("Bd. 379", "Nr. 21"), ("379", "21"), SAME),
        (("42卷", "第5期"), ("42", "05"), SAME),
        (("394", "10,212"), ("394", "10212"), SAME),
        # Another number is another number.
        (("24 Suppl 5", None), ("24", "suppl 6"), ("same", "differs")),
        (("24S5", None), ("24 Suppl 6", None), ("same", "differs")),
        (("25 Suppl 6", None), ("24", "suppl 6"), ("differs", "same")),
        (("69", "Suppl 2"), ("69", "Suppl 1"), ("same", "differs")),
        (("69 (Suppl 2)", None), ("69", "Suppl 1"), ("same", "differs")),
        (("36(suppl 16)", None), ("36", "15_suppl"), ("same", "differs")),
        (("36", "suppl 16"), ("36", "15_suppl"), ("same", "differs")),
        (("36", "16_suppl"), ("36", "15_suppl"), ("same", "differs")),
        (("14", "11 Suppl"), ("14", "10"), ("same", "differs")),
        (("14", "10 Suppl 2"), ("14", "10 Suppl 1"), ("same", "differs")),
        (("42(增刊2)", None), ("42", "S1"), ("same", "differs")),
        (("8", "2 Pt 1"), ("8", "2 Pt 2"), ("same", "differs")),
        (("24", "3"), ("24", "Suppl 6"), ("same", "differs")),
        (("379(22)", None), ("379", "21"), ("same", "differs")),
        (("378(21)", None), ("379", "21"), ("differs", "same")),
        (("12", "7-8"), ("12", "7/8"), SAME),
        (("12", "7"), ("12", "7-8"), ("same", "differs")),
    ],
)
def test_volume_and_issue_together(cited, found, expected):
    one, two = numbers_of(*cited), numbers_of(*found)
    assert (compare_volumes(one, two), compare_issues(one, two)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15_suppl", Issue("15", "")),
        ("suppl_6", Issue(None, "6")),
        ("10 Suppl 1", Issue("10", "1")),
        ("增刊2", Issue(None, "2")),
        ("(21)", Issue("21")),
        ("12 Pt 2", Issue("12", None, "2")),
        ("7-8", Issue("7-8")),
        ("Special Issue", None),
        ("C", None),
        ("", None),
    ],
)
def test_an_issue_is_read(text, expected):
    assert parse_issue(text) == expected


@pytest.mark.parametrize(
    ("correct", "cited", "found", "expected"),
    [
        (corrected_volume, ("25 Suppl 6", None), ("24", "suppl 6"), {"volume": "24 Suppl 6"}),
        (corrected_volume, ("25(增刊1)", None), ("24", "S1"), {"volume": "24(增刊1)"}),
        (corrected_volume, ("25", "Suppl 6"), ("24 Suppl 6", None), {"volume": "24"}),
        (corrected_volume, ("25", None), ("24 Suppl 6", None), {"volume": "24 Suppl 6"}),
        (corrected_volume, ("25", "3"), ("24", "3"), {"volume": "24"}),
        (
            corrected_issue,
            ("24 Suppl 5", None),
            ("24", "suppl 6"),
            {"volume": "24", "issue": "suppl 6"},
        ),
        (corrected_issue, ("14", "11 Suppl 1"), ("14", "10"), {"issue": "10 Suppl 1"}),
        (corrected_issue, ("14", "Suppl 2"), ("14", "Suppl 1"), {"issue": "Suppl 1"}),
        (corrected_issue, ("24", "3"), ("24 (Suppl 6)", None), {"issue": "suppl 6"}),
    ],
)
def test_a_correction_keeps_the_supplement(correct, cited, found, expected):
    assert correct(numbers_of(*cited), numbers_of(*found)) == expected


@pytest.mark.parametrize(
    ("volume", "issue", "expected"),
    [
        pytest.param(
            "24 Suppl 6",
            None,
            [("agrees", "24 Suppl 6", "24", None), ("agrees", "24 Suppl 6", "suppl 6", None)],
            id="with the volume",
        ),
        pytest.param(
            "24 Suppl 5",
            None,
            [
                ("agrees", "24 Suppl 5", "24", None),
                ("differs", "24 Suppl 5", "suppl 6", "issue.mismatch"),
            ],
            id="another one with the volume",
        ),
        pytest.param(
            "24",
            None,
            [("agrees", "24", "24", None), ("not-comparable", None, "suppl 6", None)],
            id="none",
        ),
    ],
)
def test_fields_of_a_reference_with_a_supplement(volume, issue, expected):
    printed = Reference(key="k", number=1, volume=volume, issue=issue)
    record = {"_source": "page", "_query": {}, "_outcome": "found", "_retrieved": "2026-11-22"}
    record |= {"volume": "24", "issue": "suppl 6"}
    found = {one.field: one for one in compare_reference(printed, [record])}
    assert [
        (one.state, one.cited, one.found, one.code) for one in (found["volume"], found["issue"])
    ] == expected


@pytest.mark.parametrize(
    ("cited", "found", "expected"),
    [
        # Elsevier's pages that are online only.
        ("1929-1939", "1929-1939.e3", "same"),
        ("1929-39", "1929-1939.e3", "same"),
        ("1929-39.e3", "1929-1939", "same"),
        ("1929–1939.e1–e3", "1929-1939.e3", "same"),
        ("1929-1939.e1-3", "1929-1939.e3", "same"),
        ("1929-1939 e3", "1929-1939.e3", "same"),
        ("1929-1939, 1939.e1-1939.e3", "1929-1939.e3", "same"),
        ("1929-1939.e13", "1929-1939.e3", "last-differs"),
        ("1929-1938", "1929-1939.e3", "last-differs"),
        ("1928-1939", "1929-1939.e3", "differs"),
        ("844-844.e2", "844", "same"),
        ("604.e1-604.e5", "604.e1-604.e5", "same"),
        ("604.e1-604.e5", "604.e1-604.e6", "last-differs"),
        ("S224-S225.e2", "S224-5", "same"),
        # Chinese labels.
        ("401-406页", "401-406", "same"),
        ("第401-406页", "401-406", "same"),
        ("第401～406頁", "401-406", "same"),
        ("401-406（共6页）", "401-406", "same"),
        ("401-407页", "401-406", "last-differs"),
        ("第402-406页", "401-406", "differs"),
        # How many pages there are.
        ("855 (9 pages)", "855", "same"),
        ("855, 9 pp", "855", "same"),
        ("401-406 pp.", "401-406", "same"),
        ("401-406, 6 p.", "401-406", "same"),
        ("856 (9 pages)", "855", "differs"),
        ("1538P", "1538", "differs"),
    ],
)
def test_pages_with_what_stands_around_them(cited, found, expected):
    assert compare_pages(cited, found) == expected


@pytest.mark.parametrize(
    ("cited", "found", "expected"),
    [
        ("art. no. 855, 9 pp", "855", True),
        ("855 (9 pages)", "855", True),
        ("文章编号：855（共9页）", "855", True),
        ("abstr 8512", "8512", True),
        ("n71", "n71", True),
        ("n71", "71", False),
        ("art. no. 856, 9 pp", "855", False),
    ],
)
def test_article_numbers_with_what_stands_around_them(cited, found, expected):
    assert same_article_number(cited, found) is expected


DOI = "10.1000/annonc"
LINE = {
    "_source": "crossref",
    "_query": {"doi": DOI},
    "_outcome": "found",
    "_retrieved": "2026-11-22",
    "DOI": DOI,
    "title": ["Small cell lung cancer in the elderly"],
    "container-title": ["Annals of Oncology"],
    "author": [{"family": "Popat", "given": "Sanjay"}],
    "volume": "24",
    "issue": "suppl 6",
    "published-print": {"date-parts": [[2013, 10]]},
}
BIB = """@article{popat,
  author = {Popat, S.},
  title = {Small cell lung cancer in the elderly},
  journal = {Ann Oncol},
  year = {2013},
%s
  doi = {10.1000/annonc},
}
"""


def checked(path, record=LINE):
    references = read_list(path)
    resolved = resolve_references(references, [record])
    report = build_report(resolved, None, [], today="2026-11-22")
    codes = [one["code"] for one in report["references"][0]["findings"]]
    return codes, resolved, report


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.nbib",
            "PMID- 24078663\nTI  - Small cell lung cancer in the elderly.\nVI  - 24 Suppl 6\n"
            "DP  - 2013 Oct\nLID - 10.1000/annonc [doi]\nFAU - Popat, Sanjay\nTA  - Ann Oncol\n",
        ),
        (
            "a.ris",
            "TY  - JOUR\nAU  - Popat, S.\nTI  - Small cell lung cancer in the elderly\n"
            "JO  - Ann Oncol\nPY  - 2013\nVL  - 24 Suppl 6\nDO  - 10.1000/annonc\nER  - \n",
        ),
        ("a.bib", BIB % "  volume = {24 Suppl 6},"),
        ("b.bib", BIB % "  volume = {24S6},"),
        ("c.bib", BIB % "  volume = {24},\n  number = {Suppl. 6},"),
    ],
)
@pytest.mark.parametrize("issue", ["suppl 6", "suppl_6", None])
def test_supplements_of_every_format(tmp_path, name, text, issue):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    record = {key: value for key, value in LINE.items() if key != "issue"}
    assert checked(path, record | ({"issue": issue} if issue else {}))[0] == []


@pytest.mark.parametrize(
    ("printed", "codes", "corrected"),
    [
        (
            "  volume = {25 Suppl 6},",
            ["volume.mismatch"],
            "  volume = {24 Suppl 6},",
        ),
        (
            "  volume = {25},\n  number = {Suppl 6},",
            ["volume.mismatch"],
            "  volume = {24},\n  number = {Suppl 6},",
        ),
        (
            "  volume = {24},\n  number = {Suppl 5},",
            ["issue.mismatch"],
            "  volume = {24},\n  number = {suppl 6},",
        ),
        ("  volume = {24 Suppl 6},", [], "  volume = {24 Suppl 6},"),
    ],
)
def test_the_patch_keeps_the_supplement(tmp_path, printed, codes, corrected):
    path = tmp_path / "list.bib"
    path.write_text(BIB % printed, "utf-8")
    found, resolved, report = checked(path)
    text = corrected_text(BIB % printed, propose_corrections(resolved, report, BIB % printed))
    assert (found, text) == (codes, BIB % corrected)


def test_another_supplement_with_the_volume_moves_to_the_issue(tmp_path):
    path = tmp_path / "list.bib"
    path.write_text(BIB % "  volume = {24 Suppl 5},", "utf-8")
    found, resolved, report = checked(path)
    (made,) = propose_corrections(resolved, report)
    assert (found, made.values) == (["issue.mismatch"], {"volume": "24", "issue": "suppl 6"})
