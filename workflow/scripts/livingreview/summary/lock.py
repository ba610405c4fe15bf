"""What the lock is, in counts and dates: the document says where its comparisons come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

# Names of questions that are answered with a list.
LISTS = frozenset({"updates", "bibliographic", "search"})


def describe_lock(
    works: Sequence[Mapping[str, Any]], endpoint_rows: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """Counts and dates of the lines of lock/works.jsonl and the rows of lock/endpoints.csv.

    `sources` counts the answers by who gave them, `for` the citation keys that answers were read
    for; `first` and `last` are the earliest and latest dates (ISO), None for an empty lock. The
    line that only carries `_version` and `_note` is no answer, nor is a question that nobody
    answered (`failed`). Searches and questions for notices are no records of the works.
    """
    answers = [line for line in works if "_source" in line and is_about_one_work(line)]
    dates = [str(line["_retrieved"]) for line in answers if line.get("_retrieved")]
    dates += [row["seen"] for row in endpoint_rows if row.get("seen")]
    reports = Counter(row.get("report") or "cited" for row in endpoint_rows)
    return {
        "answers": len(answers),
        "sources": dict(sorted(Counter(str(line["_source"]) for line in answers).items())),
        "outcomes": dict(
            sorted(Counter(str(line.get("_outcome") or "found") for line in answers).items())
        ),
        "keys": len({line["_for"] for line in answers if line.get("_for")}),
        "results": {"cited": reports["cited"], "other": reports["other"]},
        "first": min(dates, default=None),
        "last": max(dates, default=None),
    }


def is_about_one_work(line: Mapping[str, Any]) -> bool:
    query = line.get("_query")
    names = query.keys() if isinstance(query, Mapping) else ()
    return line.get("_outcome") != "failed" and not LISTS.intersection(names)
