"""The report where a code host shows it: SARIF 2.1.0 for code scanning, and GitHub annotations."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from livingreview import __version__
from livingreview.references.judgement.overruling import cited_key
from livingreview.references.reporting.changes import Sentences, sentences_of
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
)
from livingreview.references.wording.catalogue import FINDINGS, SEVERITIES

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "referenceAndFinding/v2"
WAIVED_KEY = re.compile(r" \((.*)\)$", re.DOTALL)  # "doi.unknown (wang2022)"
COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def sarif_report(
    report: Report,
    bibliography: str | None,
    citations: Sequence[Mapping[str, Any]] | None = None,
) -> str:
    """SARIF 2.1.0 (OASIS): one result a finding that counts.

    Waived ones are left out: code scanning takes no notice of `suppressions` and would open an
    alert for each. `bibliography` is None if it is no file; `citations`: rows of citations.csv.

    No `primaryLocationLineHash`, the one fingerprint that GitHub uses: its upload action makes
    that from the file where it is missing, and warns at each result that has another.
    https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
    """
    pairs = list(counted_findings(report))
    sentences = sentences_of(citations)
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
                sarif_result(entry, one, codes.index(one["code"]), bibliography, sentences)
                for entry, one in pairs
            ]
        ),
    }
    if told := report["summary"]["unchecked"]:
        notification = {
            "level": told["severity"],
            "message": {"text": message_text(both_languages(told))},
        }
        run["invocations"] = [
            {"executionSuccessful": True, "toolExecutionNotifications": [notification]}
        ]
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
    entry: Mapping[str, Any] | None,
    one: Mapping[str, Any],
    rule: int,
    bibliography: str | None,
    sentences: Sentences,
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one["code"],
        "ruleIndex": rule,
        "level": one["severity"],
        "message": {"text": message_text(both_languages(one))},
        "partialFingerprints": {FINGERPRINT: fingerprint(entry, one, bibliography, sentences)},
    }
    if document := one["document"] or bibliography:
        where: dict[str, Any] = {"artifactLocation": {"uri": uri_of(document)}}
        if one["line"]:
            where["region"] = {"startLine": one["line"]}
        result["locations"] = [{"physicalLocation": where}]
    return result


def fingerprint(
    entry: Mapping[str, Any] | None,
    one: Mapping[str, Any],
    bibliography: str | None,
    sentences: Sentences,
) -> str:
    """What stays the same when lines move, so that a known result is not a new one; for what is
    said of a text or a waiver a digest of the sentences that cite the same in its line, else of
    what is cited."""
    key = entry["key"] if entry else one["cited"]
    name = f"{one['document'] or bibliography or ''}/{key}/{one['code']}/{one['field']}"
    if one["document"]:
        cited = entry["key"] if entry else cited_key(one)
        about = sentences.get((one["document"], one["line"] or 0, cited), (one["cited"] or "",))
        name += f"/{hashlib.sha256(chr(10).join(about).encode()).hexdigest()[:16]}"
    return name


def message_text(text: str) -> str:
    """A message in which no `[words](address)` is a link (SARIF 2.1.0, 3.11.6)."""
    return plain_line(text).replace("](", "\\](")


def github_report(report: Report, bibliography: str | None) -> str:
    """Workflow commands, one annotation a finding at its file and line; the gravest first, since
    GitHub shows at most ten of a kind for a step; in the end what is unchecked. Without a file
    (`bibliography` is None) no place is named.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    pairs = sorted(counted_findings(report), key=lambda pair: SEVERITIES.index(pair[1]["severity"]))
    lines = [annotation(entry, one, bibliography) for entry, one in pairs]
    if told := report["summary"]["unchecked"]:
        text = escape_command(both_languages(told))
        lines.append(f"::{COMMANDS[told['severity']]} title=unchecked::{text}\n")
    return "".join(lines)


def annotation(
    entry: Mapping[str, Any] | None, one: Mapping[str, Any], bibliography: str | None
) -> str:
    properties = {}
    if document := one["document"] or bibliography:
        properties = {"file": document, "line": str(one["line"] or 1)}
    properties["title"] = f"{entry_name(entry) if entry else stray_name(one)} {one['code']}"
    shown = ",".join(f"{name}={escape_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[one['severity']]} {shown}::{escape_command(both_languages(one))}\n"


def stray_name(one: Mapping[str, Any]) -> str:
    """What is meant by a finding that belongs to no reference: what is cited, as it is cited, or
    the key of the waiver."""
    if one["source"] == "waivers" and (key := WAIVED_KEY.search(one["cited"])):
        return key[1]
    return one["cited"] or "-"
