"""The report where a code host shows it: SARIF 2.1.0 for code scanning, and GitHub annotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from livingreview import __version__
from livingreview.references.reporting.escapes import (
    escape_command,
    escape_markdown,
    escape_property,
    json_text,
    plain_line,
    uri_of,
)
from livingreview.references.reporting.reports import (
    Report,
    both_languages,
    counted_findings,
    entry_name,
    waived_findings,
)
from livingreview.references.wording.catalogue import FINDINGS, SEVERITIES

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "referenceAndFinding/v1"
COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def sarif_report(report: Report, bibliography: str) -> str:
    """SARIF 2.1.0 (OASIS): one result a finding, waived ones as suppressed results."""
    pairs = [*counted_findings(report), *waived_findings(report)]
    codes = sorted({one["code"] for _, one in pairs})
    driver = {
        "name": "livingreview",
        "version": __version__,
        "rules": [rule_of(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": told_apart(
            [
                sarif_result(entry, one, codes.index(one["code"]), bibliography)
                for entry, one in pairs
            ]
        ),
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def told_apart(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results with a number added to a fingerprint that an earlier one has already."""
    seen: Counter[str] = Counter()
    for result in results:
        name = result["partialFingerprints"][FINGERPRINT]
        seen[name] += 1
        if seen[name] > 1:
            result["partialFingerprints"][FINGERPRINT] = f"{name}/{seen[name]}"
    return results


def rule_of(code: str) -> dict[str, Any]:
    """What a code means, what to do, and how grave it usually is, from the catalogue."""
    about = FINDINGS[code]
    whole = " ".join(about.whole)
    return {
        "id": code,
        "shortDescription": {"text": " ".join(about.means)},
        "fullDescription": {"text": whole},
        "help": {
            "text": whole,
            "markdown": "\n\n".join(map(escape_markdown, about.whole)),
        },
        "defaultConfiguration": {"level": about.severities[0]},
    }


def sarif_result(
    entry: Mapping[str, Any] | None, one: Mapping[str, Any], rule: int, bibliography: str
) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": {"uri": uri_of(one["document"] or bibliography)}}
    if one["line"]:
        where["region"] = {"startLine": one["line"]}
    key = entry["key"] if entry else one["cited"]
    result = {
        "ruleId": one["code"],
        "ruleIndex": rule,
        "level": one["severity"],
        "message": {"text": message_text(both_languages(one))},
        "locations": [{"physicalLocation": where}],
        # What stays the same when lines move, so that a known result is not a new one.
        "partialFingerprints": {FINGERPRINT: f"{key}/{one['code']}/{one['field']}"},
    }
    if "waiver" in one:
        reason = f"{one['waiver']['reason']} ({one['waiver']['by']})"
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": plain_line(reason)}
        ]
    return result


def message_text(text: str) -> str:
    """A message in which no `[words](address)` is a link (SARIF 2.1.0, 3.11.6)."""
    return plain_line(text).replace("](", "\\](")


def github_report(report: Report, bibliography: str) -> str:
    """Workflow commands, one annotation a finding at its file and line; the gravest first, since
    GitHub shows at most ten of a kind for a step.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    pairs = sorted(counted_findings(report), key=lambda pair: SEVERITIES.index(pair[1]["severity"]))
    return "".join(annotation(entry, one, bibliography) for entry, one in pairs)


def annotation(entry: Mapping[str, Any] | None, one: Mapping[str, Any], bibliography: str) -> str:
    properties = {
        "file": one["document"] or bibliography,
        "line": str(one["line"] or 1),
        "title": f"{entry_name(entry)} {one['code']}",
    }
    shown = ",".join(f"{name}={escape_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[one['severity']]} {shown}::{escape_command(both_languages(one))}\n"
