"""The report of `check` in the forms that people read, and JSON: text, Markdown, CSV.

All take the dict that `build_report` gives. What code hosts show is in annotations.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from livingreview.files import csv_text
from livingreview.references.reporting.escapes import (
    escape_markdown,
    json_text,
    plain_line,
    spreadsheet_cell,
)
from livingreview.references.wording.messages import unanswered
from livingreview.references.wording.verdicts import VERDICT_NAMES

CSV_COLUMNS = (
    "number",
    "key",
    "verdict",
    "doi",
    "doi_printed",
    "title",
    "field",
    "code",
    "severity",
    "cited",
    "found",
    "source",
    "retrieved",
    "waived",
    "document",
    "line",
    "message_zh",
    "message_en",
    "unanswered",
)
MOST_NAMED = 10  # keys that one line names
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the computer's own encoding
SEVERITY_NAMES = {"error": "错误", "warning": "警告", "note": "提示"}
Report = Mapping[str, Any]


def counted_findings(report: Report) -> Iterator[tuple[Mapping[str, Any] | None, Any]]:
    """Each finding that counts with its reference; None for what belongs to none."""
    for entry in report["references"]:
        for one in entry["findings"]:
            yield entry, one
    for one in report["findings"]:
        yield None, one


def waived_findings(report: Report) -> Iterator[tuple[Mapping[str, Any] | None, Any]]:
    """The same for findings that somebody has overruled."""
    for entry in report["references"]:
        for one in entry["waived"]:
            yield entry, one
    for one in report["waived"]:
        yield None, one


def json_report(report: Report) -> str:
    return json_text(report)


def text_report(report: Report) -> str:
    """Findings in the list's order, Chinese and English; what is unchecked and why; the counts."""
    lines = []
    for entry, one in counted_findings(report):
        lines.append(f"{place_of(entry, one)}: {one['severity']} {one['code']}")
        lines.append(f"    {one['message']['zh']}")
        lines.append(f"    {one['message']['en']}")
    for entry in report["references"]:
        why = silence(entry)
        if why:
            lines.append(f"{entry_name(entry)}: unchecked")
            lines.append(f"    {VERDICT_NAMES['unchecked']}：{why['zh']}。")
            lines.append(f"    unchecked: {why['en']}")
    summary = report["summary"]
    verdicts = ", ".join(f"{count} {name}" for name, count in summary["verdicts"].items() if count)
    severities = ", ".join(f"{count} {name}" for name, count in summary["severities"].items())
    lines.append(f"references: {summary['references']} ({verdicts or 'none'})")
    lines.append(f"findings: {severities}; {summary['waived']} waived")
    if summary["not_in_lock"]:
        lines.append(f"not in the lock: {summary['not_in_lock']}")
    if "changed_since" in summary:
        lines.append(left_out_words(summary["changed_since"])["en"])
    if told := summary["unchecked"]:
        lines += [told["message"]["zh"], told["message"]["en"]]
    return "".join(f"{line[: indent(line)]}{plain_line(line)}\n" for line in lines)


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def left_out_words(changed: Mapping[str, Any]) -> dict[str, str]:
    """How much a report of a change leaves out, in both languages."""
    revision, count = changed["revision"], changed["left_out"]
    words = {
        "zh": f"仅列自 {revision} 以来的变化，略去 {count} 条文献。",
        "en": f"only what changed since {revision}; references left out: {count}",
    }
    if changed["lapsed"]:
        lapsed = lapsed_words(changed)
        words = {"zh": f"{words['zh']}{lapsed['zh']}", "en": f"{words['en']}; {lapsed['en']}"}
    return words


def lapsed_words(changed: Mapping[str, Any]) -> dict[str, str]:
    """Which references were checked then and are unchecked now, in both languages."""
    keys = changed["lapsed"]
    named = keys[:MOST_NAMED]
    more = len(keys) - len(named)
    zh, en = "、".join(named), ", ".join(named)
    return {
        "zh": f"当时已核查、现在未核查的文献：{len(keys)} 条（{zh}{' 等' if more else ''}）。",
        "en": f"references that were checked then and are unchecked now: {len(keys)}"
        f" ({en}{f', and {more} more' if more else ''})",
    }


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
        about["doi_printed"] = printed_doi(entry)
        why = silence(entry) or unanswered(entry["authorities"])
        about["unanswered"] = why["en"] if why else None
        both = [(one, False) for one in entry["findings"]]
        both += [(one, True) for one in entry["waived"]]
        rows.extend(about | finding_cells(one, waived) for one, waived in both)
        if not both:
            rows.append(about)
    rows.extend(finding_cells(one, False) for one in report["findings"])
    rows.extend(finding_cells(one, True) for one in report["waived"])
    cells = ({name: spreadsheet_cell(value) for name, value in row.items()} for row in rows)
    return BYTE_ORDER_MARK + csv_text(CSV_COLUMNS, cells)


def finding_cells(one: Mapping[str, Any], waived: bool) -> dict[str, Any]:
    cells = {
        name: one[name]
        for name in ("field", "code", "severity", "cited", "found", "source", "retrieved")
    }
    cells |= {"document": one["document"], "line": one["line"]}
    waiver = one.get("waiver", {})
    cells["waived"] = f"{waiver.get('reason')} ({waiver.get('by')})" if waived else None
    return cells | {"message_zh": one["message"]["zh"], "message_en": one["message"]["en"]}


def markdown_report(report: Report) -> str:
    """Counts, findings and every reference's verdict, as tables in both languages."""
    summary = report["summary"]
    parts = ["# 参考文献核查 / Reference check", ""]
    if "changed_since" in summary:
        words = left_out_words(summary["changed_since"])
        parts += [escape_markdown(words["zh"]) + " " + escape_markdown(words["en"]), ""]
    parts += table(
        ["结论 / Verdict", "条数 / References"],
        [
            [f"{VERDICT_NAMES[name]} / {name}", str(count)]
            for name, count in summary["verdicts"].items()
            if count
        ],
    )
    if told := summary["unchecked"]:
        parts += ["", escape_markdown(both_languages(told))]
    parts += ["", f"## 发现 / Findings ({len(list(counted_findings(report)))})", ""]
    parts += findings_table(counted_findings(report))
    waived = list(waived_findings(report))
    if waived:
        parts += ["", "## 已豁免 / Waived", ""]
        parts += table(
            ["文献 / Reference", "代码 / Code", "理由 / Reason", "批准人 / By", "至 / Until"],
            [
                [place_of(entry, one), one["code"]]
                + [str(one["waiver"][name]) for name in ("reason", "by", "until")]
                for entry, one in waived
            ],
        )
    parts += ["", "## 全部文献 / All references", ""]
    parts += table(
        [
            "文献 / Reference",
            "题名 / Title",
            "DOI",
            "结论 / Verdict",
            "一致 / Agrees",
            "未见 / Not seen",
        ],
        [
            [
                entry_name(entry),
                entry["title"] or "",
                entry["doi"] or as_printed(entry),
                verdict_text(entry),
                ", ".join(one["field"] for one in entry["fields"] if one["state"] == "agrees"),
                ", ".join(fields_not_seen(entry)),
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
                place_of(entry, one),
                f"{SEVERITY_NAMES[one['severity']]} / {one['severity']}",
                one["code"],
                both_languages(one),
            ]
            for entry, one in pairs
        ],
    )


def both_languages(one: Mapping[str, Any]) -> str:
    return f"{one['message']['zh']} {one['message']['en']}"


def entry_name(entry: Mapping[str, Any] | None) -> str:
    return f"[{entry['number']}] {entry['key']}" if entry else "-"


def place_of(entry: Mapping[str, Any] | None, one: Mapping[str, Any]) -> str:
    """The reference, and the place of what is said of a text or of a waiver."""
    if not one["document"]:
        return entry_name(entry)
    place = f"{one['document']}:{one['line']}" if one["line"] else one["document"]
    return f"{entry_name(entry)}, {place}" if entry else place


def printed_doi(entry: Mapping[str, Any]) -> str | None:
    """The DOI that the list prints, whoever knows it."""
    return next((one["cited"] for one in entry["fields"] if one["field"] == "doi"), None)


def fields_not_seen(entry: Mapping[str, Any]) -> list[str]:
    """The fields that the list prints and no source shows."""
    return [
        one["field"] for one in entry["fields"] if one["cited"] is not None and one["found"] is None
    ]


def as_printed(entry: Mapping[str, Any]) -> str:
    doi = printed_doi(entry)
    return f"{doi}（所印 / as printed）" if doi else ""


def table(header: list[str], rows: list[list[str]]) -> list[str]:
    lines = [" | ".join(header), " | ".join("---" for _ in header)]
    lines += [" | ".join(map(escape_markdown, row)) for row in rows]
    return [f"| {line} |" for line in lines]
