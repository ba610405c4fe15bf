"""The report in every form, from one small report with hostile strings in it."""

import ast
import csv
import io
import json
from pathlib import Path

import pypandoc
import pytest
from requests.exceptions import ProxyError, SSLError, Timeout

from livingreview import __version__
from livingreview.references.judgement.validate import build_report
from livingreview.references.judgement.waivers import Waiver
from livingreview.references.record import Reference
from livingreview.references.reporting.annotations import github_report, sarif_report
from livingreview.references.reporting.escapes import escape_markdown
from livingreview.references.reporting.reports import (
    BYTE_ORDER_MARK,
    CSV_COLUMNS,
    csv_report,
    json_report,
    markdown_report,
    text_report,
)
from livingreview.references.resolution.resolve import resolve_references
from livingreview.references.wording.reasons import chinese_reason
from livingreview.registries.client import REFUSALS, words_for
from livingreview.registries.guard import refusal

REGISTRIES = Path(__file__).parents[1] / "workflow/scripts/livingreview/registries"
ERRORS = {"GarbledError", "NoAnswerError", "RefusedError", "StoppedError", "UnreachableError"}
EVIL = 'A | <script>alert(1)</script> [x](http://y) `c` *b* $z$ "q"\n::error::=1+1 \x1b[31m'
REFERENCES = [
    Reference(key="wang2022", number=1, line=3, title=EVIL, volume="12", doi="10.1000/a"),
    Reference(key="li2021", number=2, line=9, title="安罗替尼", year=2021, volume="7"),
    Reference(key="xu2020", number=3, line=15, title="=Sum(A1)"),
]
ANSWERS = [
    {
        "_source": "crossref",
        "_query": {"doi": "10.1000/a"},
        "_outcome": "found",
        "_retrieved": "2026-11-22",
        "DOI": "10.1000/a",
        "title": [EVIL],
        "volume": "13",
    },
    {
        "_source": "page",
        "_query": {"for": "li2021"},
        "_outcome": "found",
        "_retrieved": "2026-11-20",
        "_for": "li2021",
        "title": ["安罗替尼"],
        "volume": "8",
    },
]
WAIVERS = [
    Waiver("li2021", "volume.mismatch", "as the journal prints it", "editor", "2027-01-01"),
    Waiver("nobody", "doi.unknown", "r", "b", "2027-01-01", 7, "config/waivers.yaml"),
]
CITATIONS = [
    {
        "document": "en.md", "lang": "en", "start": start, "end": start + 10, "line": 2,
        "marker": f"[@{key}]", "key": key, "number": number, "sentence": f"A [@{key}].",
    }
    for start, key, number in ((2, "wang2022", 1), (20, "li2021", 2))
]  # fmt: skip


@pytest.fixture(scope="module")
def report():
    lines = resolve_references(REFERENCES, ANSWERS)
    return build_report(lines, CITATIONS, WAIVERS)


ONE_OF_THREE = (
    "3 条文献中有 1 条未核查：没有查询，或无人答复，或所见信息不足以判断。 "
    "1 of 3 references unchecked: not asked, or nobody answered, or too little was seen."
)
VOLUME = {
    "zh": "卷不符：文献表为“12”，Crossref为“13”（2026-11-22）。",
    "en": "The volume differs: the list has “12”; Crossref: “13” (2026-11-22).",
}


def test_json_is_the_report(report):
    assert json.loads(json_report(report)) == report
    assert json_report(report).endswith("}\n")


def test_text(report):
    assert text_report(report) == (
        f"[1] wang2022: error volume.mismatch\n    {VOLUME['zh']}\n    {VOLUME['en']}\n"
        "[3] xu2020: note citation.uncited\n"
        "    正文未引用此条文献（[3] xu2020）。\n"
        "    The text does not cite this entry ([3] xu2020).\n"
        "config/waivers.yaml:7: warning waiver.unmatched\n"
        "    对 doi.unknown (nobody) 的豁免没有对应的发现（理由：r；批准人：b）。"
        "请检查键和代码，或删除该豁免。\n"
        "    The waiver of doi.unknown (nobody) matches no finding (reason: r; by b)."
        " Check its key and code, or remove it.\n"
        "references: 3 (2 differs, 1 unchecked)\n"
        "findings: 1 error, 1 warning, 1 note; 1 waived\n"
        "not in the lock: 1\n"
        "3 条文献中有 1 条未核查：没有查询，或无人答复，或所见信息不足以判断。\n"
        "1 of 3 references unchecked: not asked, or nobody answered, or too little was seen.\n"
    )


def test_csv_has_every_finding_and_every_reference(report):
    text = csv_report(report)
    assert text.startswith(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert tuple(rows[0]) == CSV_COLUMNS
    shown = ("number", "key", "verdict", "code", "cited", "found", "waived")
    assert [tuple(row[name] for name in shown) for row in rows] == [
        ("1", "wang2022", "differs", "volume.mismatch", "12", "13", ""),
        (
            "2",
            "li2021",
            "differs",
            "volume.mismatch",
            "7",
            "8",
            "as the journal prints it (editor)",
        ),
        ("3", "xu2020", "unchecked", "citation.uncited", "", "", ""),
        ("", "", "", "waiver.unmatched", "doi.unknown (nobody)", "", ""),
    ]
    assert [(row["document"], row["line"]) for row in rows] == [
        ("", "3"),
        ("", "9"),
        ("", "15"),
        ("config/waivers.yaml", "7"),
    ]
    assert rows[2]["title"] == "'=Sum(A1)"
    assert rows[0]["title"] == (
        'A | <script>alert(1)</script> [x](http://y) `c` *b* $z$ "q" ::error::=1+1 [31m'
    )


def test_a_reference_without_findings_has_a_row():
    report = build_report(resolve_references(REFERENCES[1:2], []), None, [])
    rows = list(csv.DictReader(io.StringIO(csv_report(report)[1:])))
    assert [(row["key"], row["verdict"], row["code"]) for row in rows] == [
        ("li2021", "unchecked", "")
    ]


@pytest.mark.parametrize("form", ["gfm", "markdown", "commonmark_x"])
def test_markdown_shows_hostile_strings_as_they_are(report, form):
    text = markdown_report(report)
    page = pypandoc.convert_text(text, "html", format=form)
    assert "<script" not in page
    assert "<em>" not in page
    assert "<code" not in page
    assert 'href="http://y"' not in page
    assert page.count("<table") == 4
    plain = pypandoc.convert_text(text, "plain", format=form, extra_args=["--wrap=none"])
    assert "<script>alert(1)</script>" in plain
    assert "as the journal prints it" in plain


def test_a_doi_that_nobody_confirms_is_shown_as_printed():
    unknown = Reference(key="a", number=1, title="Of nothing", doi="10.1000/x")
    answer = {
        "_source": "handle",
        "_query": {"doi": "10.1000/x"},
        "_outcome": "not-found",
        "_retrieved": "2026-11-22",
    }
    label = Reference(key="b", number=2, title="A trial", registration="NCT00000001")
    report = build_report(resolve_references([unknown, label], [answer]), None, [])
    assert [(entry["verdict"], entry["doi"]) for entry in report["references"]] == [
        ("unknown-doi", None),
        ("elsewhere", None),
    ]
    assert markdown_report(report).splitlines()[-2:] == [
        r"| \[1\] a | Of nothing | 10.1000/x（所印 / as printed） | DOI 不存在 / unknown-doi |"
        "  | title, doi |",
        r"| \[2\] b | A trial |  | 另有标识 / elsewhere |  | title |",
    ]
    rows = list(csv.DictReader(io.StringIO(csv_report(report)[1:])))
    assert [(row["key"], row["doi"], row["doi_printed"]) for row in rows] == [
        ("a", "", "10.1000/x"),
        ("b", "", ""),
    ]


@pytest.mark.parametrize("title", ["Anlotinib and nothing else", "安罗替尼及其他"])
def test_what_no_source_shows_stands_beside_the_verdict(title):
    """Verified by title and year alone: two of the six printed fields were seen."""
    printed = Reference(
        key="k", number=1, title=title, year=2021, volume="7", page="1-9", container_title="刊"
    )
    page = ANSWERS[1] | {"title": [title], "_for": "k", "_query": {"for": "k"}, "volume": None}
    page |= {"issued": {"date-parts": [[2021]]}}
    report = build_report(resolve_references([printed], [page]), None, [])
    assert markdown_report(report).splitlines()[-3:] == [
        "| 文献 / Reference | 题名 / Title | DOI | 结论 / Verdict | 一致 / Agrees |"
        " 未见 / Not seen |",
        "| --- | --- | --- | --- | --- | --- |",
        rf"| \[1\] k | {title} |  | 已核实 / verified | title, year |"
        " container-title, volume, page |",
    ]


def test_markdown_escapes():
    assert escape_markdown("a|b\nc*d_e<f>&") == r"a\|b c\*d\_e&lt;f&gt;&amp;"


def test_sarif(report):
    log = json.loads(sarif_report(report, "data/my refs.bib"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("livingreview", __version__)
    codes = [rule["id"] for rule in driver["rules"]]
    assert codes == ["citation.uncited", "volume.mismatch", "waiver.unmatched"]
    assert run["results"][0] == {
        "ruleId": "volume.mismatch",
        "ruleIndex": 1,
        "level": "error",
        "message": {"text": f"{VOLUME['zh']} {VOLUME['en']}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "data/my%20refs.bib"},
                    "region": {"startLine": 3},
                }
            }
        ],
        "partialFingerprints": {
            "referenceAndFinding/v2": "data/my refs.bib/wang2022/volume.mismatch/volume"
        },
    }
    assert [result["level"] for result in run["results"]] == ["error", "note", "warning"]
    assert run["results"][2]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "config/waivers.yaml"},
                "region": {"startLine": 7},
            }
        }
    ]


def test_github_annotations(report):
    lines = github_report(report, "data/a,b.bib").splitlines()
    assert lines[0] == (
        "::error file=data/a%2Cb.bib,line=3,title=[1] wang2022 volume.mismatch::"
        f"{VOLUME['zh']} {VOLUME['en']}"
    )
    assert lines[1].startswith("::warning file=config/waivers.yaml,line=7,title=nobody waiver.unm")
    assert lines[2].startswith("::notice file=data/a%2Cb.bib,line=15,title=[3] xu2020 ")
    assert lines[3] == f"::notice title=unchecked::{ONE_OF_THREE}"
    assert len(lines) == 4


def test_a_hostile_string_makes_no_command_and_no_escape_sequence():
    printed = Reference(key="k", number=1, line=1, title=EVIL, doi_printed=f"{EVIL}%0A")
    report = build_report(resolve_references([printed], []), None, [])
    annotations = github_report(report, "a.bib")
    assert len(annotations.splitlines()) == 2  # the last counts what is unchecked
    assert "%250A" in annotations
    for text in (annotations, text_report(report)):
        assert "\x1b" not in text


def test_the_same_report_gives_the_same_bytes(report):
    again = build_report(
        resolve_references(REFERENCES, ANSWERS),
        CITATIONS,
        WAIVERS,
    )
    for write in (json_report, text_report, csv_report, markdown_report):
        assert write(again) == write(report)


SILENT = [
    {
        "_source": source,
        "_query": {"doi": "10.1000/a"},
        "_outcome": "failed",
        "_retrieved": "2026-11-22",
        "_reason": reason,
    }
    for source, reason in (("crossref", "HTTP 503"), ("europepmc", "timeout\x1b[31m\n|"))
]


def test_what_is_unchecked_says_who_did_not_answer():
    """An outage is no finding, and still every report tells of it."""
    silent = build_report(resolve_references(REFERENCES, SILENT), None, [])
    assert [entry["findings"] for entry in silent["references"]] == [[], [], []]
    assert silent["references"][0]["authorities"][0] == {
        "source": "crossref",
        "query": {"doi": "10.1000/a"},
        "outcome": "failed",
        "retrieved": "2026-11-22",
        "pages": [],
        "reason": "HTTP 503",
    }
    assert text_report(silent) == (
        "[1] wang2022: unchecked\n"
        "    未核查：Crossref未答复（HTTP 状态码 503）；Europe PMC未答复（timeout [31m |）。\n"
        "    unchecked: Crossref did not answer (HTTP 503); Europe PMC did not answer"
        " (timeout [31m |)\n"
        "references: 3 (3 unchecked)\n"
        "findings: 0 error, 0 warning, 0 note; 0 waived\n"
        "not in the lock: 3\n"
        "3 条文献均无从比对：没有锁定文件（--lock）涉及它们，也没有登记机构（--live）的答复。\n"
        "None of 3 references could be compared: no lock (--lock) tells of them, and no registry"
        " (--live) answered.\n"
    )
    rows = list(csv.DictReader(io.StringIO(csv_report(silent)[1:])))
    assert [(row["key"], row["verdict"], row["unanswered"]) for row in rows] == [
        (
            "wang2022",
            "unchecked",
            "Crossref did not answer (HTTP 503); Europe PMC did not answer (timeout [31m |)",
        ),
        ("li2021", "unchecked", ""),
        ("xu2020", "unchecked", ""),
    ]
    assert (
        "| 未核查：Crossref未答复（HTTP 状态码 503）；Europe PMC未答复（timeout \\[31m \\|）"
        " / unchecked: Crossref did not answer (HTTP 503); Europe PMC did not answer"
        " (timeout \\[31m \\|) |"
    ) in markdown_report(silent)


@pytest.mark.parametrize(
    "sign",
    [pytest.param("a", id="English"), pytest.param("肺", id="Chinese")],
)
def test_messages_cut_long_values_short_and_nothing_else_does(sign):
    """At 300 characters; what stands beside the message stays whole."""
    for length in (300, 301, 90_000):
        volume = "1" + sign * (length - 1)
        shown = volume[:300] + "…" * (length > 300)
        printed = Reference(key="k", number=1, volume=volume, doi="10.1000/a")
        report = build_report(resolve_references([printed], ANSWERS[:1]), None, [])
        (entry,) = report["references"]
        (one,) = entry["findings"]
        assert one["cited"] == volume
        assert one["message"]["zh"].startswith(f"卷不符：文献表为“{shown}”，")
        assert f"“{shown}”; Crossref" in one["message"]["en"]
        assert volume in json_report(report)


def test_what_others_confirm_is_not_excused():
    answers = [*ANSWERS, SILENT[1]]
    entry = build_report(resolve_references(REFERENCES[:1], answers), None, [])
    assert "did not answer" not in text_report(entry) + markdown_report(entry)
    (row,) = csv.DictReader(io.StringIO(csv_report(entry)[1:]))
    assert row["unanswered"] == "Europe PMC did not answer (timeout [31m |)"


@pytest.mark.parametrize(
    ("reason", "chinese"),
    [
        ("cannot be reached", "无法连接"),
        ("HTTP 404", "HTTP 状态码 404"),
        ("HTTP 404, not in the registry's words", "HTTP 状态码 404，但并非该机构的答复"),
        ("asks to wait 3600 s (HTTP 429)", "要求等待 3600 秒：HTTP 状态码 429"),
        ("refuses to answer (HTTP 403)", "拒绝答复：HTTP 状态码 403"),
        ("does not answer (no answer in time)", "多次未答复：超时无响应"),
        ("does not answer (not a known reason)", "多次未答复：not a known reason"),
        (
            "does not answer to the question (the answer is not JSON)",
            "多次答非所问：返回内容不是 JSON",
        ),
        ("not a known reason {0}", "not a known reason {0}"),
        ("查询失败", "查询失败"),
    ],
)
def test_the_reason_is_told_in_the_sentence_s_language(reason, chinese):
    line = SILENT[0] | {"_reason": reason}
    report = build_report(resolve_references(REFERENCES[:1], [line]), None, [])
    assert text_report(report).splitlines()[1:3] == [
        f"    未核查：Crossref未答复（{chinese}）。",
        f"    unchecked: Crossref did not answer ({reason})",
    ]


def reasons_in_registries():
    """The whole texts with which the registries' modules raise their errors."""
    for path in sorted(REGISTRIES.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if name in ERRORS and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value
    yield from REFUSALS.values()
    yield from (words_for(error) for error in (Timeout(), SSLError(), ProxyError(), Exception()))
    addresses = ("http://[", "ftp://example.org", "http://127.0.0.1/")
    yield from (f"the address {refusal(address, ())}" for address in addresses)


def test_every_reason_has_a_chinese_wording():
    reasons = set(reasons_in_registries())
    assert "cannot be reached" in reasons
    assert sorted(one for one in reasons if chinese_reason(one) == one) == []
