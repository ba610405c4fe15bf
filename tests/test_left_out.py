"""What the patch leaves as it is: a line each, with the reason; and git still takes the patch."""

import re

import pytest

from livingreview.references.corrections.bibliography import (
    corrected_text,
    corrections_patch,
    propose_corrections,
)
from livingreview.references.corrections.left_out import remarks_on
from test_patches import DAY, FULL, HEAD, MACROS, checked, git_apply, needs_git, no_such_doi, record

ONLINE = {"published-print": None, "published-online": {"date-parts": [[2022]]}}
GROUP = [{"family": "Wang", "given": "Ning"}, {"name": "ALTER1202 Study Group"}]
CHINESE = """\
@article{刘2021,
  title = {安罗替尼治疗广泛期小细胞肺癌的疗效分析},
  author = {刘通 and 王宁},
  journal = {中国肺癌杂志},
  volume = {12},
  doi = {10.1000/a},
}
"""
CHINESE_RECORD = {
    "title": ["安罗替尼治疗广泛期小细胞肺癌的疗效分析"],
    "author": [{"family": "刘", "given": "通"}, {"family": "王", "given": "宁"}],
    "container-title": ["中国肺癌杂志"],
}


def remarks(text, answers):
    lines, report = checked(text, answers)
    return remarks_on(lines, report, propose_corrections(lines, report, text), text)


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        pytest.param(HEAD + "  volume = {12},\n  doi = {10.1000/a}\n}\n", [record()], [], id="all"),
        pytest.param(
            MACROS,
            [record()],
            [
                "[1] k, container-title: “Lung Cancr and its treatment” / “Lung Cancer”"
                " (container-title.mismatch): the value comes from a @string, which other entries"
                " may use",
                "[1] k, volume: “12” / “11” (volume.mismatch): the value comes from a @string,"
                " which other entries may use",
            ],
            id="values of @string",
        ),
        pytest.param(
            HEAD + "  year = {2019},\n  doi = {10.1000/a}\n}\n",
            [record(**ONLINE)],
            [
                "[1] k, year: “2019” / “2022” (year.mismatch): the record shows only an online"
                " year",
            ],
            id="an online year",
        ),
        pytest.param(
            HEAD + "  year = {2019},\n  date = {2019-05-01},\n  doi = {10.1000/a}\n}\n",
            [record()],
            [
                "[1] k, year: “2019” / “2022” (year.mismatch): the year stands in two fields, year"
                " and date",
            ],
            id="a year in two fields",
        ),
        pytest.param(
            HEAD.replace("Zhao, Lei", "Li, Min") + "  doi = {10.1000/a}\n}\n",
            [
                record(
                    author=[{"family": "WANG", "given": "NING"}, {"family": "MCLEOD", "given": "A"}]
                )
            ],
            [
                "[1] k, author: “Wang Ning, Li Min” / “MCLEOD A” (author.mismatch): how the"
                " list would print the record's names is not certain",
            ],
            id="names in capitals",
        ),
        pytest.param(
            FULL,
            no_such_doi("10.1000/wrong"),
            [
                "[1] k, doi: “10.1000/wrong” (doi.unknown): the DOI or the rest of the entry is"
                " wrong, and which of them is for the author",
            ],
            id="an unknown DOI",
        ),
        pytest.param(
            CHINESE,
            [record(**CHINESE_RECORD | {"author": [{"family": "赵", "given": "磊"}]})],
            [
                "[1] 刘2021, author: “刘通, 王宁” / “赵磊” (author.mismatch): the record has fewer"
                " authors",
            ],
            id="Chinese, fewer authors",
        ),
    ],
)
def test_what_is_not_proposed_and_why(text, answers, expected):
    """Only errors: notes and warnings are none of the patch's."""
    assert remarks(text, answers) == [f"not proposed: {line}" for line in expected]


def test_authors_with_a_group_are_left_as_they_are():
    text = HEAD.replace("Zhao, Lei", "Li, Min") + "  doi = {10.1000/a}\n}\n"
    told = remarks(text, [record(author=[*GROUP, {"family": "Zhao", "given": "Lei"}])])
    assert [line.rpartition(": ")[2] for line in told] == [
        "a group is among the authors, which the record may write in another way"
    ]


def test_every_error_is_proposed_or_named():
    for text, answers in ((MACROS, [record()]), (FULL, no_such_doi("10.1000/wrong"))):
        lines, report = checked(text, answers)
        corrections = propose_corrections(lines, report, text)
        errors = [
            one["code"]
            for entry in report["references"]
            for one in entry["findings"]
            if one["severity"] == "error"
        ]
        mended = [code for one in corrections for code in one.codes]
        told = remarks_on(lines, report, corrections, text)
        named = [re.search(r"\(([a-z-]+\.[a-z-]+)\): ", line)[1] for line in told]
        assert [code for code in errors if code not in mended] == named != []


@needs_git
@pytest.mark.parametrize("text", [MACROS, MACROS.replace("\n", "\r\n")], ids=["unix", "windows"])
def test_git_applies_a_patch_that_says_what_it_leaves_out(tmp_path, text):
    lines, report = checked(text, [record()])
    corrections = propose_corrections(lines, report, text)
    after = corrected_text(text, corrections)
    patch = corrections_patch(
        text, after, corrections, "data/文献.bib", remarks_on(lines, report, corrections, text)
    )
    assert patch.splitlines()[:3] == [
        "# Corrections proposed for data/文献.bib: 1, a reason a line.",
        f"# [1] k, issue: “3” -> “2” (issue.mismatch; Crossref, {DAY})",
        "# not proposed: [1] k, container-title: “Lung Cancr and its treatment” / “Lung Cancer”"
        " (container-title.mismatch): the value comes from a @string, which other entries may use",
    ]
    (tmp_path / "data").mkdir()
    (tmp_path / "data/文献.bib").write_bytes(text.encode())
    git_apply(tmp_path, patch)
    assert (tmp_path / "data/文献.bib").read_bytes().decode() == after != text


def test_a_patch_without_a_correction_does_not_say_that_all_is_right():
    answers = no_such_doi("10.1000/wrong")
    lines, report = checked(FULL, answers)
    patch = corrections_patch(FULL, FULL, [], "a.bib", remarks_on(lines, report, [], FULL))
    assert patch == (
        "# No correction is proposed for a.bib.\n"
        "# not proposed: [1] k, doi: “10.1000/wrong” (doi.unknown): the DOI or the rest of the"
        " entry is wrong, and which of them is for the author\n"
    )
    assert corrections_patch(FULL, FULL, [], "a.bib") == "# Nothing is to be corrected in a.bib.\n"
