"""The command line: what it prints where, and its exit codes."""

import io
import json
import re
import sys

import pytest

from conftest import ROOT
from livingreview.cli import main

ENTRY = """@article{wang2022title,
  author = {Wang, N. and Zhao, L.},
  title = {A trial of something in small cell lung cancer},
  journal = {Journal of Trials},
  year = {2022},
  volume = {34},
  pages = {558-562},
  doi = {10.1000/ab},
}
"""
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
        "author": [{"family": "Wang", "given": "Na"}, {"family": "Zhao", "given": "Lin"}],
        "container-title": ["Journal of Trials"],
        "volume": "35",
        "page": "558-562",
        "published-print": {"date-parts": [[2022, 1]]},
    },
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "list.bib").write_text(ENTRY, encoding="utf-8")
    lock = "".join(json.dumps(line) + "\n" for line in LOCK)
    (tmp_path / "lock.jsonl").write_text(lock, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_names_the_field_and_both_strings(folder, capsys):
    assert main(["check", "list.bib", "--lock", "lock.jsonl", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    (reference,) = report["references"]
    assert (reference["key"], reference["number"], reference["verdict"], reference["doi"]) == (
        "wang2022title",
        1,
        "differs",
        "10.1000/ab",
    )
    (finding,) = reference["findings"]
    names = ("field", "code", "severity", "cited", "found", "source", "retrieved")
    assert {name: finding[name] for name in names} == {
        "field": "volume",
        "code": "volume.mismatch",
        "severity": "error",
        "cited": "34",
        "found": "35",
        "source": "crossref",
        "retrieved": "2026-11-22",
    }


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param([], 0, id="no lock, nothing to contradict"),
        pytest.param(["--lock", "lock.jsonl"], 1, id="a contradiction"),
        pytest.param(["--lock", "lock.jsonl", "--fail-on", "volume.mismatch"], 1, id="its code"),
        pytest.param(["--lock", "lock.jsonl", "--fail-on", "year.mismatch"], 0, id="another code"),
    ],
)
def test_exit_codes(folder, arguments, status):
    assert main(["check", "list.bib", *arguments]) == status


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["check", "none.bib"], "none.bib: no such file", id="no bibliography"),
        pytest.param(["check", "list.ris"], "list.ris: no such file", id="no list in RIS"),
        pytest.param(["check", "list.bib", "--lock", "no.jsonl"], "no.jsonl: no such", id="lock"),
        pytest.param(
            ["check", "list.bib", "--fail-on", "volume.mismach"],
            "did you mean volume.mismatch",
            id="a misspelt code",
        ),
        pytest.param(
            ["check", "list.bib", "--live", "--crossref-url", "file:///etc/passwd"],
            "[--crossref-url]: not an http(s) address",
            id="no web address",
        ),
        pytest.param(
            ["check", "list.bib", "--live", "--mailto", "nobody"],
            "[--mailto]: not an e-mail address",
            id="no mail address",
        ),
        pytest.param(
            ["check", "list.bib", "--output", "list.bib"],
            "[--output]: list.bib is an input, and is not written over",
            id="a report over the bibliography",
        ),
        pytest.param(["extract", "none.md"], "none.md: no such file", id="nothing to extract"),
        pytest.param(["parse-references", "none.txt"], "none.txt: no such file", id="no list"),
    ],
)
def test_unusable_input_is_one_line_and_exit_code_2(folder, capsys, arguments, message):
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert re.fullmatch(rf"livingreview: .*{re.escape(message)}.*\n", printed.err)


NEEDED = "bibliography: list.bib\nevidence: {en: en.md}\n"


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        pytest.param("", None, id="names no file: none need be there"),
        pytest.param("lock: {}\n", None, id="names no lock"),
        pytest.param("lock:\n", None, id="an empty lock"),
        pytest.param("lock:\n  works: lock.jsonl\n", None, id="a lock that is there"),
        pytest.param("lock:\n  works: no.jsonl\n", ":4 [lock.works]: no.jsonl", id="a lock"),
        pytest.param(
            "lock:\n  works: data/lock/works.jsonl\n",
            ":4 [lock.works]: data/lock/works.jsonl",
            id="the usual lock, but named",
        ),
        pytest.param("waivers: no.yaml\n", ":3 [waivers]: no.yaml", id="waivers"),
        pytest.param("trials: 无.yaml\n", ":3 [trials]: 无.yaml", id="trials, in Chinese"),
        pytest.param("vocabulary: no.yaml\n", None, id="a vocabulary that is not read"),
    ],
)
def test_a_file_that_is_not_there_is_told_with_the_key_that_names_it(
    folder, capsys, config, problem
):
    (folder / "config.yaml").write_text(NEEDED + config, encoding="utf-8")
    told = "no such file (looked for from the folder in which the command runs)"
    status = main(["check", "list.bib", "--config", "config.yaml"])
    printed = capsys.readouterr().err
    if problem:
        assert (status, printed) == (2, f"livingreview: config.yaml{problem}: {told}\n")
    else:
        assert status in (0, 1)
        assert "no such file" not in printed


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (["check", "../list.bib"], ":3 [lock.works]: lock.jsonl"),
        (["check", "../list.bib", "--lock", "../lock.jsonl", "--evidence", "../en.md"],
         ":4 [vocabulary]: own.yaml"),
        (["extract", "../en.md"], ":4 [vocabulary]: own.yaml"),
        (["refresh"], ":1 [bibliography]: list.bib"),
    ],
)  # fmt: skip
def test_from_a_folder_below_the_key_is_told(folder, capsys, monkeypatch, command, problem):
    named = NEEDED + "lock: {works: lock.jsonl}\nvocabulary: own.yaml\nscope_notes: true\n"
    (folder / "config.yaml").write_text(named, encoding="utf-8")
    (folder / "en.md").write_text("Text [1].\n", encoding="utf-8")
    (folder / "below").mkdir()
    monkeypatch.chdir(folder / "below")
    assert main([*command, "--config", "../config.yaml"]) == 2
    assert capsys.readouterr().err == (
        f"livingreview: ../config.yaml{problem}: no such file"
        " (looked for from the folder in which the command runs)\n"
    )


@pytest.mark.parametrize("rest", [["--bogus"], ["--cores", "2"], ["summary.html"]])
def test_a_report_takes_no_other_argument(capsys, rest):
    with pytest.raises(SystemExit) as caught:
        main(["build", "--report", *rest])
    assert caught.value.code == 2
    assert f"unrecognized arguments: {' '.join(rest)}" in capsys.readouterr().err


NOBODY = """
bibliography: list.bib
evidence: {en: en.md}
registries:
  crossref: http://127.0.0.1:9
  europepmc: ""
  doi: ""
  datacite: ""
  clinicaltrials: ""
  web_pages: false
waivers: waivers.yaml
"""


def test_a_silent_registry_blames_no_reference(folder, capsys):
    (folder / "config.yaml").write_text(NOBODY, encoding="utf-8")
    (folder / "waivers.yaml").write_text("waivers: []\n", encoding="utf-8")
    assert main(["check", "list.bib"]) == 0
    unasked = capsys.readouterr().out
    live = ["check", "list.bib", "--live", "--config", "config.yaml"]
    assert main(live) == 0
    printed = capsys.readouterr()
    assert "1 unchecked" in printed.out
    assert "Crossref did not answer (cannot be reached)" in printed.out
    assert printed.out.splitlines()[-3:-1] == unasked.splitlines()[-3:-1]  # the counts
    assert "not answered (cannot be reached)" in printed.err
    assert main([*live, "--require-complete"]) == 3


def test_the_text_of_a_document_is_not_written_over_it(folder, capsys):
    (folder / "text.md").write_text("Median OS was 7.3 months [1].", encoding="utf-8")
    assert main(["extract", "text.md", "--text", "./text.md", "--config", str(config(folder))]) == 2
    assert "text.md is an input, and is not written over" in capsys.readouterr().err
    assert (folder / "text.md").read_text(encoding="utf-8") == "Median OS was 7.3 months [1]."


def test_extract_prints_rows_of_records(folder, capsys):
    record = {"id": "a", "lang": "zh", "text": "安罗替尼组中位无进展生存期为4.1个月。"}
    (folder / "in.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    assert main(["extract", "in.jsonl", "--config", str(config(folder))]) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["document"], row["endpoint"], row["value"], row["unit"]) == (
        "a",
        "PFS",
        4.1,
        "months",
    )
    assert record["text"][row["start"] : row["end"]] == row["quote"]
    assert record["text"][row["value_start"] : row["value_end"]] == "4.1"


def config(folder):
    path = folder / "config.yaml"
    path.write_text(
        "bibliography: list.bib\n"
        "evidence: {en: in.jsonl}\n"
        f"vocabulary: {ROOT}/config/vocabulary.yaml\n"
        f"trials: {ROOT}/config/trials.yaml\n",
        encoding="utf-8",
    )
    return path


def test_parse_references_reads_standard_input_and_tells_what_it_could_not(monkeypatch, capsys):
    text = (
        "参考文献\n"
        "[1] 王宁, 赵莉. 一项试验[J]. 试验杂志, 2022, 34(5): 558-562.\n"
        "[2] not a reference\n"
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(["parse-references", "-"]) == 1
    printed = capsys.readouterr()
    assert "title = {一项试验}" in printed.out
    assert printed.err.splitlines()[0].startswith("-:3: not read: ")
    assert printed.err.splitlines()[-1] == "1 read, 1 not"
