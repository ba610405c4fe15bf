"""One finding: a dict of the `check` contract.

Its keys: field, code, severity, cited, found, source, retrieved, message {zh, en}, document, line.
`line` is a line of `document`, or of the bibliography where `document` is None. Where the
configuration gives the code another severity, `usual_severity` is the one that it had.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from livingreview.references.record import Reference
from livingreview.references.wording.messages import message, source_names

Finding = dict[str, Any]
Answer = Mapping[str, Any]


def finding(
    reference: Reference,
    code: str,
    severity: str,
    *,
    field: str | None = None,
    cited: str | None = None,
    found: str | None = None,
    source: Answer | str = "list",
    wording: str | None = None,
    document: str | None = None,
    line: int | None = None,
    names: tuple[str, str] | None = None,
    **more: Any,
) -> Finding:
    """One finding. The field is the code's and the message's wording is the code unless given;
    `document` and `line` are the place in a text, else it is the reference's entry; `names`: who
    says so in both languages, if more than the source; `more` goes into the message only."""
    field = field or code.split(".")[0]
    values = {"cited": cited or "", "found": found or "", "key": reference.key}
    values |= {"number": reference.number, "field": field, "source": names or source_names(source)}
    retrieved = None if isinstance(source, str) else source.get("_retrieved")
    values |= {"date": retrieved or "", **more}
    return {
        "field": field,
        "code": code,
        "severity": severity,
        "cited": cited,
        "found": found,
        "source": source if isinstance(source, str) else source.get("_source"),
        "retrieved": retrieved,
        "message": message(wording or code, **values),
        "document": document,
        "line": line if document else reference.line,
    }
