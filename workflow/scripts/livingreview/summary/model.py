"""The one model of the summary: everything that the documents say, once, for both languages.

Sentences stand in the catalogues, names in the vocabulary, layout in the template; every number
that a document shows stands here, with the row ids and citation keys that it belongs to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from livingreview import __version__
from livingreview.references.record import Name, Reference
from livingreview.summary.medians import collect_medians
from livingreview.summary.terms import LANGUAGES, name_arm, name_endpoint, name_term, same_words

FORMAT = 1
# In the order in which a reader has to act on them.
VERDICTS = (
    "retracted", "unknown-doi", "wrong-work", "differs", "concern", "notice", "not-found",
    "suggested", "elsewhere", "unchecked", "verified",
)  # fmt: skip
STATES = ("differs", "ambiguous", "not-in-source", "source-not-seen", "agrees")
PAIRINGS = ("differ", "only-zh", "only-en", "agree", "single")
SAME = ("arm", "endpoint", "grade", "statistic", "timepoint", "timepoint_unit")
SEVERITIES = ("error", "warning", "note")


def compose_model(
    config: Mapping[str, Any],
    validation: Mapping[str, Any],
    cited: Sequence[Reference],
    results: Sequence[Mapping[str, str]],
    other_reports: Sequence[Mapping[str, str]],
    checks: Sequence[Mapping[str, str]],
    left_aside: Mapping[str, Sequence[Mapping[str, str]]],
    lock_about: Mapping[str, Any],
    vocabulary: Mapping[str, Any],
) -> dict[str, Any]:
    """The model as plain values that JSON can hold.

    `config` needs its part `review`; `validation` is validation.json; `results`, `other_reports`
    and `checks` are the rows of the CSV files as text; `left_aside` has them by language;
    `lock_about` comes from describe_lock; `vocabulary` is vocabulary.yaml as read.
    """
    judged = {entry["key"]: entry for entry in validation["references"]}
    rows = [describe_result(row, vocabulary) for row in results]
    others = group_others(other_reports)
    return {
        "format": FORMAT,
        "tool": {"name": "livingreview", "version": __version__},
        "review": describe_review(config.get("review") or {}),
        "as_of": lock_about["last"],
        "lock": dict(lock_about),
        "languages": sorted(left_aside, key=lambda language: language != "zh"),
        "counts": count_all(validation, results, checks, left_aside),
        "settings": group_results(rows, others, vocabulary),
        "contradictions": [row["id"] for row in rows if row["state"] == "differs"],
        "language_differences": [
            row["id"] for row in rows if row["languages"] not in ("agree", "single")
        ],
        "checks": group_checks(checks, rows),
        "figure": collect_medians(results, vocabulary),
        "abbreviations": list_abbreviations(rows, vocabulary),
        "references": [describe_reference(reference, judged) for reference in cited],
        "general_findings": [dict(finding) for finding in validation.get("findings") or ()],
        "left_aside": count_left_aside(left_aside),
    }


def describe_review(review: Mapping[str, Any]) -> dict[str, Any]:
    title = review.get("title") or {}
    if isinstance(title, str):
        title = same_words(title)
    either = title.get("zh") or title.get("en") or ""
    return {
        "title": {language: title.get(language) or either for language in LANGUAGES},
        "citation": review.get("citation") or None,
        "doi": review.get("doi") or None,
        "licence": review.get("licence") or None,
    }


def count_all(
    validation: Mapping[str, Any],
    results: Sequence[Mapping[str, str]],
    checks: Sequence[Mapping[str, str]],
    left_aside: Mapping[str, Sequence[Mapping[str, str]]],
) -> dict[str, Any]:
    verdicts = Counter(entry["verdict"] for entry in validation["references"])
    severities = Counter(
        finding["severity"] for entry in validation["references"] for finding in entry["findings"]
    )
    found = [entry for entry in validation["references"] if entry["findings"]]
    faulty = [
        entry
        for entry in found
        if any(finding["severity"] != "note" for finding in entry["findings"])
    ]
    states = Counter(row["source_state"] for row in results)
    pairings = Counter(row["languages"] for row in results)
    outcomes = Counter(check["state"] for check in checks)
    return {
        "references": {
            "total": len(validation["references"]),
            "verdicts": in_order(verdicts, VERDICTS),
            "severities": in_order(severities, SEVERITIES),
            # References, not findings: with an error or a warning, and with notes only.
            "faulty": len(faulty),
            "noted": len(found) - len(faulty),
            "waived": sum(len(entry.get("waived") or ()) for entry in validation["references"]),
            "not_in_lock": validation["summary"]["not_in_lock"],
        },
        "results": {
            "total": len(results),
            "states": in_order(states, STATES),
            "languages": in_order(pairings, PAIRINGS),
        },
        "checks": {state: outcomes[state] for state in ("passed", "failed", "abstained")},
        "left_aside": {language: len(rows) for language, rows in left_aside.items()},
    }


def in_order(counts: Mapping[str, int], order: Sequence[str]) -> list[dict[str, Any]]:
    """Counts that are not 0 as a list, which keeps its order in JSON; unknown ids come last."""
    known = [name for name in order if counts.get(name)]
    unknown = sorted(name for name in counts if name not in order)
    return [{"id": name, "count": counts[name]} for name in known + unknown]


def describe_result(row: Mapping[str, str], vocabulary: Mapping[str, Any]) -> dict[str, Any]:
    """One result: what the review reports, what its source reports, and what follows from both."""
    printed = {language: row[f"value_{language}"] for language in LANGUAGES}
    return {
        "id": row["id"],
        "setting": row["setting"],
        "keys": split(row["references"]),
        "numbers": [int(number) for number in split(row["numbers"])],
        "trial": row["trial"] or None,
        "population": name_term(vocabulary, "populations", row["population"])
        if row["population"]
        else None,
        "line": name_term(vocabulary, "lines", row["line"]) if row["line"] else None,
        "arm": name_arm(
            vocabulary, row["arm"], {language: row[f"arm_{language}"] for language in LANGUAGES}
        ),
        "comparator": name_arm(
            vocabulary,
            row["comparator"],
            {language: row[f"comparator_{language}"] for language in LANGUAGES},
        ),
        "endpoint": name_endpoint(vocabulary, row["endpoint"]),
        "grade": row["grade"] or None,
        "statistic": row["statistic"],
        "timepoint": row["timepoint"] or None,
        "timepoint_unit": row["timepoint_unit"] or None,
        "unit": row["unit"] or None,
        "review": report_of(row, "") | {"printed": printed, "events": row["events"] or None},
        "not_reached": row["not_reached"] == "true",
        "languages": row["languages"],
        "state": row["source_state"],
        "repeated": False,
        "source": source_of(row),
        "place": {language: row[f"place_{language}"] or None for language in LANGUAGES},
        "quote": {language: row[f"quote_{language}"] or None for language in LANGUAGES},
    }


def report_of(row: Mapping[str, str], prefix: str) -> dict[str, Any]:
    names = ("value", "unit", "ci_low", "ci_high", "ci_level", "p", "n")
    return {name: row.get(f"{prefix}{name}") or None for name in names}


def source_of(row: Mapping[str, str]) -> dict[str, Any] | None:
    """What the cited work itself was seen to say; None where nothing comparable was seen."""
    report = report_of(row, "source_")
    place = {name: row.get(f"source_{name}") or None for name in ("where", "seen", "as_seen")}
    if not any((report["value"], report["ci_low"], report["p"], place["where"])):
        return None
    return report | place | {"pages": split(row["source_page"])}


def group_others(other_reports: Iterable[Mapping[str, str]]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in other_reports:
        report = report_of(row, "") | {
            "id": row["id"],
            "state": row["state"],
            "not_reached": row.get("not_reached") == "true",
            "where": row["where"] or None,
            "pages": split(row["page"]),
            "seen": row["seen"] or None,
            "as_seen": row["as_seen"] or None,
        }
        grouped.setdefault(row["id"], []).append(report)
    return grouped


def group_results(
    rows: Sequence[Mapping[str, Any]],
    others: Mapping[str, Sequence[Mapping[str, Any]]],
    vocabulary: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """The settings in the vocabulary's order, each with its studies, each with its rows.

    A study is one population, line, trial and list of references. A setting that the vocabulary
    does not list comes last, under its id.
    """
    names = {setting["id"]: setting for setting in vocabulary.get("settings") or ()}
    names |= {
        row["setting"]: same_words(row["setting"]) for row in rows if row["setting"] not in names
    }
    settings = []
    for identifier, name in names.items():
        studies: dict[str, dict[str, Any]] = {}
        for row in rows:
            if row["setting"] != identifier:
                continue
            place = repr([row[part] for part in ("population", "line", "trial", "numbers")])
            study = studies.setdefault(
                place,
                {part: row[part] for part in ("population", "line", "trial", "numbers", "keys")}
                | {"rows": [], "others": []},
            )
            study["rows"].append(row)
            study["others"] += others.get(row["id"], ())
        for study in studies.values():
            mark_repeated(study["rows"])
        if studies:
            words = {language: name[language] for language in LANGUAGES}
            settings.append({"id": identifier, "words": words, "studies": list(studies.values())})
    return settings


def mark_repeated(rows: Sequence[dict[str, Any]]) -> None:
    """Marks the rows of an arm that is compared twice: only the comparator tells them apart."""
    seen = Counter(repr([row[name] for name in SAME]) for row in rows)
    for row in rows:
        row["repeated"] = seen[repr([row[name] for name in SAME])] > 1


def group_checks(
    checks: Iterable[Mapping[str, str]], rows: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Failed checks whole, the worst first; abstained ones by code and reason; passed ones counted.

    `told` says where the document tells a failure already: a value that contradicts its source
    or the other language has its sentence among `contradictions` or `languages`.
    """
    states = {row["id"]: row["state"] for row in rows}
    different = {row["id"] for row in rows if row["languages"] not in ("agree", "single")}
    contradicted = {identifier for identifier, state in states.items() if state == "differs"}
    failed: list[dict[str, Any]] = []
    abstained: dict[str, dict[str, Any]] = {}
    passed: Counter[str] = Counter()
    for check in checks:
        about = split(check["rows"])
        message = {language: check[f"message_{language}"] for language in LANGUAGES}
        kind = check["code"].partition(".")[0]
        if check["state"] == "failed":
            told = None
            if about and kind == "source" and contradicted.issuperset(about):
                told = "contradictions"
            elif about and kind == "languages" and different.issuperset(about):
                told = "languages"
            names = ("code", "severity", "reported", "source", "where")
            failed.append(
                {name: check[name] or None for name in names}
                | {"rows": about, "message": message, "told": told}
            )
        elif check["state"] == "abstained":
            # What was not seen is one reason for many rows; other reasons are told row by row.
            state = states.get(about[0]) if kind == "source" and len(about) == 1 else None
            group = abstained.setdefault(
                repr((check["code"], state or message)),
                {
                    "code": check["code"],
                    "state": state,
                    "message": message,
                    "checks": 0,
                    "rows": [],
                },
            )
            group["checks"] += 1
            group["rows"] += about
        else:
            passed[check["code"]] += 1
    return {
        "failed": sorted(failed, key=lambda check: rank(check["severity"], SEVERITIES)),
        "abstained": list(abstained.values()),
        "passed": [{"code": code, "count": count} for code, count in sorted(passed.items())],
    }


def list_abbreviations(
    rows: Iterable[Mapping[str, Any]], vocabulary: Mapping[str, Any]
) -> list[dict[str, Any]]:
    used = {row["endpoint"]["id"] for row in rows if row["endpoint"]["abbreviation"]}
    known = vocabulary.get("endpoints") or {}
    return [
        {"id": identifier, "words": name_term(vocabulary, "endpoints", identifier)}
        for identifier in known
        if identifier in used
    ]


def describe_reference(
    reference: Reference, judged: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """One entry of the list as the review prints it, with its verdict and findings."""
    entry = judged.get(reference.key) or {"verdict": "unchecked", "doi": None, "findings": []}
    findings = sorted(entry["findings"], key=lambda finding: rank(finding["severity"], SEVERITIES))
    return {
        "key": reference.key,
        "number": reference.number,
        "type": reference.type,
        "language": reference.language,
        "authors": [print_name(name, reference.language) for name in reference.authors],
        "authors_complete": reference.authors_complete,
        "title": reference.title,
        "container_title": reference.container_title,
        "year": reference.year,
        "volume": reference.volume,
        "issue": reference.issue,
        "page": reference.page,
        "article_number": reference.article_number,
        "doi": reference.doi,
        "doi_printed": reference.doi_printed,
        "url": reference.url,
        "registration": reference.registration,
        "note": reference.note,
        "verdict": entry["verdict"],
        "seen": count_seen(entry.get("fields") or ()),
        "resolved_doi": entry.get("doi"),
        "findings": [dict(finding) for finding in findings],
        "waived": list(entry.get("waived") or ()),
        "authorities": list(entry.get("authorities") or ()),
    }


def count_seen(fields: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many fields the list prints, and how many of them a source that was seen shows."""
    printed = [field for field in fields if field["cited"] is not None]
    seen = sum(field["found"] is not None for field in printed)
    return {"printed": len(printed), "seen": seen}


def print_name(name: Name, language: str | None) -> str:
    if name.literal:
        return name.literal
    chinese = bool(language) and language.lower().startswith(("zh", "chin"))
    parts = [part for part in (name.family, name.given) if part]
    return "".join(parts) if chinese else " ".join(parts)


def count_left_aside(
    left_aside: Mapping[str, Sequence[Mapping[str, str]]],
) -> list[dict[str, Any]]:
    """How many numbers were not used, by reason, in each language; the most frequent first."""
    counts: dict[str, Counter[str]] = {}
    for language, rows in left_aside.items():
        for row in rows:
            counts.setdefault(row["reason"], Counter())[language] += 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    return [
        {"reason": reason, "counts": {language: found[language] for language in left_aside}}
        for reason, found in ordered
    ]


def rank(name: str, order: Sequence[str]) -> int:
    return order.index(name) if name in order else len(order)


def split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
