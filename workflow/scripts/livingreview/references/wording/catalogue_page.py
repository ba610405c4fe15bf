"""docs/findings.md from the catalogue, on standard output (`make docs`)."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from livingreview.references.reporting.escapes import escape_markdown
from livingreview.references.wording.catalogue import CHECKS, EXAMPLE, FINDINGS, Code
from livingreview.references.wording.messages import message, source_names
from livingreview.references.wording.verdicts import VERDICTS

HEAD = """\
# Findings

<!-- Made from the catalogue of findings by `make docs`: do not edit. -->

Every code that `livingreview check` and the workflow report about references, with the severity
that it usually has (several where it depends on the case), what it means, what to do, and an
example. `severities:` in `config/config.yaml` gives a code another severity, `fail_on:` names what
fails, and `config/waivers.yaml` overrules one finding: see [config/README.md](../config/README.md).

In `validation.json`, as in `--format json`, the findings about a reference stand in that reference,
under `references[].findings`; the `findings` beside `references` are only those that belong to no
reference: citations of what the list does not have, and waivers of what it lacks. Where anything is
unchecked, `summary.unchecked` says so in both languages, as a note, or as a warning where nobody
answered about any reference (`summary.answered` is 0).
"""
VERDICTS_HEAD = """
## Verdicts

Each reference has one; notes do not change it. The summary of the review says the same words.
"""
CHECKS_HEAD = """
## Checks of reported results

The codes of `results/endpoints/checks.csv`, in the state `failed`.
"""


def findings_page() -> str:
    return "\n".join(
        [
            HEAD,
            *table(("Code", "Severity", "Meaning, what to do", "Example"), FINDINGS, True),
            VERDICTS_HEAD,
            *verdict_table(),
            CHECKS_HEAD,
            *table(("Code", "Severity", "Meaning, what to do"), CHECKS, False),
            "",
        ]
    )


def verdict_table() -> list[str]:
    rows = [("Verdict", "In words", "Meaning"), ("---", "---", "---")]
    for name, verdict in VERDICTS.items():
        words = (" / ".join(verdict.name), "<br>".join(verdict.means))
        rows.append((f"`{name}`", *words))
    return [f"| {' | '.join(row)} |" for row in rows]


def table(header: tuple[str, ...], codes: Mapping[str, Code], examples: bool) -> list[str]:
    rows = [header, tuple("---" for _ in header)]
    for code, about in codes.items():
        cells = [
            f"`{code}`",
            ", ".join(about.severities),
            "<br>".join(map(escape_markdown, about.whole)),
        ]
        if examples:
            texts = example_message(code)
            cells.append("<br>".join(escape_markdown(texts[language]) for language in ("zh", "en")))
        rows.append(tuple(cells))
    return [f"| {' | '.join(row)} |" for row in rows]


def example_message(code: str) -> dict[str, str]:
    """What a finding of this code says, of an invented reference."""
    values = {"cited": "", "found": "", **EXAMPLE, **FINDINGS[code].example}
    values["source"] = source_names(values["source"])
    return message(code, field=code.split(".")[0], **values)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(findings_page())
