"""The report of `check` in the forms that people and machines read.

text and markdown for people, csv for spreadsheets, SARIF 2.1.0 for code scanning, workflow
commands for GitHub annotations. All take the dict that `build_report` gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from livingreview import __version__
from livingreview.files import csv_text, to_json
from livingreview.references.messages import FIELD_NAMES, unanswered

CSV_COLUMNS = (
    "number",
    "key",
    "verdict",
    "doi",
    "title",
    "field",
    "code",
    "severity",
    "cited",
    "found",
    "source",
    "retrieved",
    "waived",
    "line",
    "message_zh",
    "message_en",
    "unanswered",
)
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the computer's own encoding
VERDICT_NAMES = {
    "verified": "已核实",
    "differs": "有出入",
    "wrong-work": "DOI 属他文",
    "unknown-doi": "DOI 不存在",
    "suggested": "建议补 DOI",
    "not-found": "未检出",
    "elsewhere": "另有标识",
    "retracted": "已撤稿",
    "concern": "受关注",
    "notice": "更正或撤稿声明",
    "unchecked": "未核查",
}
SEVERITY_NAMES = {"error": "错误", "warning": "警告", "note": "提示"}
Report = Mapping[str, Any]


def counted_findings(report: Report) -> Iterator[tuple[Mapping[str, Any] | None, Any]]:
    """Each finding that counts with its reference; None for what belongs to none."""
    for entry in report["references"]:
        for one in entry["findings"]:
            yield entry, one
    for one in report["findings"]:
        yield None, one


def json_report(report: Report) -> str:
    return to_json(report, indent=2) + "\n"


def text_report(report: Report) -> str:
    """Findings in the list's order, Chinese and English; what is unchecked and why; the counts."""
    lines = []
    for entry, one in counted_findings(report):
        lines.append(f"{place_of(entry)}: {one['severity']} {one['code']}")
        lines.append(f"    {one['message']['zh']}")
        lines.append(f"    {one['message']['en']}")
    for entry in report["references"]:
        why = silence(entry)
        if why:
            lines.append(f"{place_of(entry)}: unchecked")
            lines.append(f"    {VERDICT_NAMES['unchecked']}：{why['zh']}。")
            lines.append(f"    unchecked: {why['en']}")
    summary = report["summary"]
    verdicts = ", ".join(f"{count} {name}" for name, count in summary["verdicts"].items() if count)
    severities = ", ".join(f"{count} {name}" for name, count in summary["severities"].items())
    lines.append(f"references: {summary['references']} ({verdicts or 'none'})")
    lines.append(f"findings: {severities}; {summary['waived']} waived")
    if summary["not_in_lock"]:
        lines.append(f"not in the lock: {summary['not_in_lock']}")
    return "\n".join(lines) + "\n"


def silence(entry: Mapping[str, Any]) -> dict[str, str] | None:
    """Why nothing can be said of a reference that is unchecked, if anyone was asked; else None."""
    return entry["unchecked"]


def verdict_text(entry: Mapping[str, Any]) -> str:
    """The verdict in both languages, with the reason of one that no finding explains."""
    verdict, why = entry["verdict"], silence(entry)
    if why is None:
        return f"{VERDICT_NAMES[verdict]} / {verdict}"
    return f"{VERDICT_NAMES[verdict]}：{why['zh']} / {verdict}: {why['en']}"


def csv_report(report: Report) -> str:
    """One row a finding, waived ones included; a reference without any has one row all the same.

    UTF-8 with a byte order mark.
    """
    rows = []
    for entry in report["references"]:
        about = {name: entry[name] for name in ("number", "key", "verdict", "doi", "title", "line")}
        why = silence(entry) or unanswered(entry["authorities"])
        about["unanswered"] = why["en"] if why else None
        both = [(one, False) for one in entry["findings"]]
        both += [(one, True) for one in entry["waived"]]
        rows.extend(about | finding_cells(one, waived) for one, waived in both)
        if not both:
            rows.append(about)
    rows.extend(finding_cells(one, False) for one in report["findings"])
    return BYTE_ORDER_MARK + csv_text(CSV_COLUMNS, rows)


def finding_cells(one: Mapping[str, Any], waived: bool) -> dict[str, Any]:
    cells = {
        name: one[name]
        for name in ("field", "code", "severity", "cited", "found", "source", "retrieved")
    }
    waiver = one.get("waiver", {})
    cells["waived"] = f"{waiver.get('reason')} ({waiver.get('by')})" if waived else None
    return cells | {"message_zh": one["message"]["zh"], "message_en": one["message"]["en"]}


def markdown_report(report: Report) -> str:
    """Counts, findings and every reference's verdict, as tables in both languages."""
    summary = report["summary"]
    parts = ["# 参考文献核查 / Reference check", ""]
    parts += table(
        ["结论 / Verdict", "条数 / References"],
        [
            [f"{VERDICT_NAMES[name]} / {name}", str(count)]
            for name, count in summary["verdicts"].items()
            if count
        ],
    )
    parts += ["", f"## 发现 / Findings ({len(list(counted_findings(report)))})", ""]
    parts += findings_table(counted_findings(report))
    waived = [(entry, one) for entry in report["references"] for one in entry["waived"]]
    if waived:
        parts += ["", "## 已豁免 / Waived", ""]
        parts += table(
            ["文献 / Reference", "代码 / Code", "理由 / Reason", "批准人 / By", "至 / Until"],
            [
                [place_of(entry), one["code"]]
                + [str(one["waiver"][name]) for name in ("reason", "by", "until")]
                for entry, one in waived
            ],
        )
    parts += ["", "## 全部文献 / All references", ""]
    parts += table(
        ["文献 / Reference", "题名 / Title", "DOI", "结论 / Verdict", "一致 / Agrees"],
        [
            [
                place_of(entry),
                entry["title"] or "",
                entry["doi"] or "",
                verdict_text(entry),
                ", ".join(one["field"] for one in entry["fields"] if one["state"] == "agrees"),
            ]
            for entry in report["references"]
        ],
    )
    return "\n".join(parts) + "\n"


def findings_table(pairs: Iterator[tuple[Mapping[str, Any] | None, Any]]) -> list[str]:
    return table(
        ["文献 / Reference", "程度 / Severity", "代码 / Code", "说明 / Message"],
        [
            [
                place_of(entry),
                f"{SEVERITY_NAMES[one['severity']]} / {one['severity']}",
                one["code"],
                one["message"]["zh"] + " " + one["message"]["en"],
            ]
            for entry, one in pairs
        ],
    )


def place_of(entry: Mapping[str, Any] | None) -> str:
    return f"[{entry['number']}] {entry['key']}" if entry else "-"


def table(header: list[str], rows: list[list[str]]) -> list[str]:
    lines = [" | ".join(header), " | ".join("---" for _ in header)]
    lines += [" | ".join(map(escape_markdown, row)) for row in rows]
    return [f"| {line} |" for line in lines]


def escape_markdown(text: str) -> str:
    """The text as it is, whatever it holds: no table cell, link, HTML or formula comes of it.

    Backslashes before ASCII punctuation (CommonMark 2.4), entities for what HTML would read.
    """
    text = re.sub(r"([\\`*_{}\[\]#!|~$^@])", r"\\\1", " ".join(text.split()))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def sarif_report(report: Report, bibliography: str) -> str:
    """SARIF 2.1.0 (OASIS): one result a finding, waived ones as suppressed results."""
    results, rules = [], {}
    pairs = list(counted_findings(report))
    pairs += [(entry, one) for entry in report["references"] for one in entry["waived"]]
    for entry, one in pairs:
        rules.setdefault(one["code"], rule_of(one))
        results.append(sarif_result(entry, one, bibliography))
    codes = sorted(rules)
    for result in results:
        result["ruleIndex"] = codes.index(result["ruleId"])
    driver = {"name": "livingreview", "version": __version__, "rules": [rules[c] for c in codes]}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"}],
    }
    log["runs"][0]["results"] = results
    return to_json(log, indent=2) + "\n"


def rule_of(one: Mapping[str, Any]) -> dict[str, Any]:
    chinese, english = FIELD_NAMES.get(one["field"], (one["field"], one["field"]))
    return {
        "id": one["code"],
        "shortDescription": {"text": f"{chinese} / {english}: {one['code']}"},
    }


def sarif_result(
    entry: Mapping[str, Any] | None, one: Mapping[str, Any], bibliography: str
) -> dict[str, Any]:
    where: dict[str, Any] = {
        "artifactLocation": {"uri": quote(one["document"] or bibliography, safe="/")}
    }
    if one["line"]:
        where["region"] = {"startLine": one["line"]}
    key = entry["key"] if entry else one["cited"]
    result = {
        "ruleId": one["code"],
        "level": one["severity"],
        "message": {"text": f"{one['message']['zh']} {one['message']['en']}"},
        "locations": [{"physicalLocation": where}],
        # What stays the same when lines move, so that a known result is not a new one.
        "partialFingerprints": {"referenceAndFinding/v1": f"{key}/{one['code']}/{one['field']}"},
    }
    if "waiver" in one:
        reason = f"{one['waiver']['reason']} ({one['waiver']['by']})"
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": reason}
        ]
    return result


def github_report(report: Report, bibliography: str) -> str:
    """Workflow commands: one annotation a finding at its line of the bibliography.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    commands = {"error": "error", "warning": "warning", "note": "notice"}
    lines = []
    for entry, one in counted_findings(report):
        title = f"{place_of(entry)} {one['code']}"
        place = f"file={escape_property(one['document'] or bibliography)},line={one['line'] or 1}"
        text = escape_command(f"{one['message']['zh']} {one['message']['en']}")
        lines.append(
            f"::{commands[one['severity']]} {place},title={escape_property(title)}::{text}\n"
        )
    return "".join(lines)


def escape_command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    return escape_command(text).replace(":", "%3A").replace(",", "%2C")
