"""What the lock and a refresh know so far, kept small: a lock can hold many thousand records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from livingreview.references.record import Reference
from livingreview.references.resolution.search import needs_search
from livingreview.registries.questions import Answered, Question, note, question, question_of
from livingreview.registries.services import Services

Line = dict[str, Any]
NAMES = {
    "crossref": "Crossref",
    "notices": "Crossref, notices",
    "europepmc": "Europe PMC",
    "datacite": "DataCite",
    "agency": "DOI agencies (doi.org)",
    "handle": "DOI handles (doi.org)",
    "clinicaltrials": "ClinicalTrials.gov",
    "web": "web pages",
}


@dataclass
class Known:
    """`references_of`: the references that print a DOI. `answered`: how each question was.
    `works`: candidates by search question. `doubtful`: by DOI the answers that speak against it.
    `agencies`: by DOI. `moved`: the DOI of the record to which Crossref led from another.
    `outcomes`, `reasons`: of this run, by source.
    """

    references_of: Mapping[str, Sequence[Reference]]
    answered: dict[Question, Answered] = field(default_factory=dict)
    works: dict[Question, list[Line]] = field(default_factory=dict)
    doubtful: dict[str, list[Line]] = field(default_factory=dict)
    agencies: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    reasons: dict[str, Counter[str]] = field(default_factory=dict)

    def take(self, line: Line) -> None:
        note(self.answered, line)
        query, is_found = line["_query"], line["_outcome"] == "found"
        if "doi" in query:
            self._doubt(str(query["doi"]), line)
        if is_found and isinstance(line.get("items"), list) and "updates" not in query:
            self.works[question_of(line)] = line["items"]
        if is_found and line["_source"] == "crossref" and "doi" in query:
            found = str(line.get("DOI", "")).lower()
            if found and found != query["doi"]:
                self.moved[query["doi"]] = found
        if is_found and line["_source"] == "agency":
            self.agencies[query["doi"]] = str(line.get("agency"))

    def _doubt(self, doi: str, line: Line) -> None:
        """Keep what may speak against a printed DOI: not every record, of which there are many."""
        references = self.references_of.get(doi, ())
        is_record = line["_outcome"] == "found" and line["_source"] not in ("agency", "handle")
        if is_record and not any(needs_search(one, [line]) for one in references):
            return
        if references:
            self.doubtful.setdefault(doi, []).append(line)

    def count(self, line: Line) -> None:
        kind = "notices" if "updates" in line["_query"] else line["_source"]
        self.outcomes.setdefault(kind, Counter())[line["_outcome"]] += 1
        if line["_outcome"] == "failed":
            self.reasons.setdefault(kind, Counter())[str(line.get("_reason"))] += 1

    def outcome(self, source: str, name: str, value: str) -> str:
        answer = self.answered.get(question(source, {name: value}))
        return answer.outcome if answer else "not-asked"


def closing_lines(known: Known, services: Services) -> list[str]:
    """What was asked and answered, a line a registry; why, where there was no answer."""
    if not known.outcomes:
        return ["nothing to ask: every question has an answer that is young enough"]
    lines = []
    for kind, name in NAMES.items():
        if kind not in known.outcomes:
            continue
        counts = known.outcomes[kind]
        found, absent = ("with notices", "without") if kind == "notices" else ("found", "not found")
        text = (
            f"{name}: {counts.total()} asked: {counts['found']} {found},"
            f" {counts['not-found']} {absent}, {counts['failed']} not answered"
        )
        if counts["failed"]:
            reasons = [reason for reason, _ in known.reasons[kind].most_common(2)]
            # "does not answer (X)" says X as well.
            said = [one for one in reasons if not any(one != two and one in two for two in reasons)]
            text += f" ({'; '.join(said)})"
        lines.append(text)
    requests = sum(client.requests for client in services.clients())
    lines.append(f"{requests} requests in all")
    return lines
