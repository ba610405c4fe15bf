"""The bibliography with the proposed corrections, and the patch from the author's file to it.

Only what an authority contradicts as an error, and DOIs found for entries printed without one.
The author's own file is never rewritten: the corrected copy and the patch are proposals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from livingreview.references.comparison.compare import (
    compare_reference,
    printed_numbers,
    recorded_numbers,
)
from livingreview.references.comparison.compare import printed as shown_field
from livingreview.references.comparison.notices import announced_notice
from livingreview.references.comparison.outcomes import ERRORS_OF_AUTHORS
from livingreview.references.comparison.supplements import corrected_issue, corrected_volume
from livingreview.references.comparison.titles import KIND_MARK, says_retracted
from livingreview.references.corrections.author_names import author_names
from livingreview.references.corrections.patch import unified_diff
from livingreview.references.judgement.existence import is_matched
from livingreview.references.judgement.findings import missing_doi
from livingreview.references.judgement.other_doi import PROPOSED_FOR, proposal_for
from livingreview.references.names import format_bibtex_names, goes_on_after_others
from livingreview.references.reading.bibtex import (
    CONTAINER_OF_TYPE,
    field_for,
    field_text,
    has_year_twice,
    holds_macro,
    replace_fields,
)
from livingreview.references.reading.bibtex_blocks import RawEntry, raw_entries, split_blocks
from livingreview.references.record import Reference
from livingreview.references.wording.messages import (
    FIELD_NAMES,
    in_words,
    one_printable_line,
    source_names,
)
from livingreview.references.work import (
    strings,
    text_of,
    work_containers,
    work_years,
)

# Beside errors: what is no error in the list, and is to be changed there all the same.
CORRECTED_NOTES = ("doi.missing", "doi.repaired")

Change = tuple[dict[str, Any], dict[str, str | None]]


@dataclass(frozen=True)
class Correction:
    """One change to one entry: the reference's own fields, and the same as BibTeX fields.

    `codes`: the findings that it mends, `code` the first of them.
    """

    key: str
    number: int
    codes: tuple[str, ...]
    values: Mapping[str, Any]
    bibtex: Mapping[str, str | None]
    reason: str

    @property
    def code(self) -> str:
        return self.codes[0]


def propose_corrections(
    resolved: Sequence[Mapping[str, Any]], report: Mapping[str, Any], text: str | None = None
) -> list[Correction]:
    """The corrections that the report's findings justify, in the list's order, a field each.

    Of a reference whose DOI is another work's or unknown only the DOI, where a search found the
    one that it should have been: which of the two is wrong, the DOI or the rest, is otherwise for
    the author to say; so it is where title and first page differ, as field by field the entry
    would turn into another paper. Nothing for what is waived. `text`: the bibliography; what
    cannot be changed in it with certainty is left out.
    """
    lines = {line["key"]: line for line in resolved}
    corrections = []
    for entry in report["references"]:
        codes = {one["code"] for one in [*entry["findings"], *entry["waived"]]}
        if codes >= {"title.mismatch", "page.mismatch"}:
            continue
        line = lines[entry["key"]]
        reference = Reference.from_json(line["reference"])
        if entry["verdict"] in ("wrong-work", "unknown-doi"):
            corrections += other_doi(reference, entry["findings"], line)
        else:
            corrections += sure_corrections(reference, entry["findings"], line["authorities"])
    return corrections if text is None else possible_corrections(text, corrections)


def other_doi(
    reference: Reference, findings: Sequence[Mapping[str, Any]], line: Mapping[str, Any]
) -> list[Correction]:
    """The DOI that a search found in place of the printed one, which is unknown or another's."""
    proposed = [one for one in findings if one["code"] in PROPOSED_FOR and one.get("proposed")]
    proposal = proposal_for(reference, line) if proposed else None
    if proposal is None or proposal.doi != proposed[0]["proposed"]:
        return []
    fields = in_words([FIELD_NAMES[name][1] for name in proposal.fields if name in FIELD_NAMES])
    change = doi_change(reference, proposal.doi)
    why = f"the search agrees in {fields}"
    return [correction(reference, [proposed[0]["code"]], "doi", change, proposal.source, why)]


def sure_corrections(
    reference: Reference,
    findings: Sequence[Mapping[str, Any]],
    authorities: Sequence[Mapping[str, Any]],
) -> list[Correction]:
    """The corrections of single fields; those that would not mend what they are for, or would
    bring another finding with them, are left out."""
    changes: dict[str, tuple[list[str], Change, Mapping[str, Any] | str]] = {}
    for one in findings:
        severity = one.get("usual_severity", one["severity"])
        if severity != "error" and one["code"] not in CORRECTED_NOTES:
            continue
        answer: Mapping[str, Any] | str | None = answer_with(authorities, one)
        if one["code"] == "doi.repaired":
            change, answer = doi_change(reference, one["found"]), "list"
        else:
            change = change_for(reference, one, answer) if answer is not None else None
        if change is None or answer is None:
            continue
        known = changes.setdefault(one["field"], ([], change, answer))
        if known[1] == change:
            known[0].append(one["code"])
    made = [
        correction(reference, codes, field, change, answer)
        for field, (codes, change, answer) in changes.items()
    ]
    made = [one for one in made if mends(reference, one, authorities)]
    return [*made, *doi_of_corrected(reference, made, authorities)]


def doi_of_corrected(
    reference: Reference, made: Sequence[Correction], authorities: Sequence[Mapping[str, Any]]
) -> list[Correction]:
    """The DOI of an entry printed without one, which its record surely has once what differs from
    that record is corrected."""
    values = {name: value for one in made for name, value in one.values.items()}
    if not values or "doi" in values:
        return []
    corrected = replace(reference, **values)
    comparisons = compare_reference(corrected, authorities)
    for one in missing_doi(corrected, comparisons, is_matched(authorities)):
        answer = answer_with(authorities, one)
        if answer is not None:
            change = doi_change(reference, one["found"])
            return [correction(reference, [one["code"]], "doi", change, answer)]
    return []


def mends(reference: Reference, one: Correction, authorities: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the corrected reference, compared again, has none of the findings that the
    correction is for, and none that the printed one has not."""
    before, after = (
        {comparison.code for comparison in compare_reference(version, authorities)}
        for version in (reference, replace(reference, **one.values))
    )
    return not after & set(one.codes) and after <= before


def correction(
    reference: Reference,
    codes: Sequence[str],
    field: str,
    change: Change,
    answer: Mapping[str, Any] | str,
    why: str = "",
) -> Correction:
    values, bibtex = change
    printed, new = (
        shown_value(version, field) for version in (reference, replace(reference, **values))
    )
    source = source_names(answer)[1]
    date = "" if isinstance(answer, str) else answer.get("_retrieved") or ""
    said = ", ".join(part for part in (source, why, date) if part)
    reason = (
        f"[{reference.number}] {reference.key}, {field}: “{printed}” -> “{new}”"
        f" ({', '.join(codes)}; {said})"
    )
    return Correction(
        key=reference.key,
        number=reference.number,
        codes=tuple(codes),
        values=values,
        bibtex=bibtex,
        reason=one_printable_line(reason),
    )


def shown_value(reference: Reference, field: str) -> str:
    if field == "doi":
        return reference.doi_printed or reference.doi or ""
    return shown_field(reference, field) or ""


def doi_change(reference: Reference, doi: str) -> Change:
    """Where the entry has its DOI in the address alone, the address is changed with it."""
    values: dict[str, Any] = {"doi": doi, "doi_printed": doi}
    bibtex: dict[str, str | None] = {"doi": doi}
    if reference.doi and not reference.doi_printed and reference.url:
        values["url"] = bibtex["url"] = f"https://doi.org/{doi}"
    return values, bibtex


def answer_with(
    authorities: Sequence[Mapping[str, Any]], one: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """The answer that a finding was made from."""
    for answer in authorities:
        same = answer["_source"] == one["source"] and answer["_retrieved"] == one["retrieved"]
        if same and answer["_outcome"] == "found" and shows(answer, one):
            return answer
    return None


def shows(answer: Mapping[str, Any], one: Mapping[str, Any]) -> bool:
    """Whether the answer has the field of the finding at all."""
    names = {
        "author": ("author",),
        "year": ("published-print", "published-online", "published", "issued", "journal-issue"),
        "page": ("page", "article-number"),
        "doi": ("DOI",),
        "container-title": ("container-title", "short-container-title"),
    }.get(one["field"], (one["field"],))
    return any(answer.get(name) for name in names)


def change_for(
    reference: Reference, one: Mapping[str, Any], answer: Mapping[str, Any]
) -> Change | None:
    """The new values of the reference's fields and of the BibTeX fields; None if not confident."""
    code, found = one["code"], one["found"] or ""
    if code == "title.mismatch":
        printed = reference.title or ""
        if announced_notice(printed) != announced_notice(found):
            return None  # the work and a notice about it are two items
        if says_retracted(printed) != says_retracted(found):
            return None
        if (found.isupper() and not printed.isupper()) or has_formula(answer):
            return None  # nobody prints it so
        mark = KIND_MARK.search(printed)
        title = found + mark[0] if mark else found  # [J]
        return {"title": title}, {"title": title}
    if code == "container-title.mismatch":
        full = strings(answer.get("container-title"))
        if not full:
            return None  # an abbreviation is not what the list would print
        name = work_containers(answer)[0]
        return {"container_title": name}, {
            CONTAINER_OF_TYPE.get(reference.type, "howpublished"): name
        }
    if code == "year.mismatch":
        years = work_years(answer)
        if not years.printed | years.unspecified:
            return None  # an online date is not the issue's
        year = re.fullmatch(r"(\d{4})(?: \(online [\d/]+\))?", found)
        return ({"year": int(year[1])}, {"year": year[1]}) if year else None
    if code in ("volume.mismatch", "issue.mismatch"):
        corrected = corrected_volume if code == "volume.mismatch" else corrected_issue
        numbers = corrected(printed_numbers(reference), recorded_numbers(answer))
        fields = {"number" if name == "issue" else name: text for name, text in numbers.items()}
        return (numbers, fields) if numbers else None
    if code in ("page.mismatch", "page.last-mismatch"):
        if reference.article_number and not reference.page:
            return {"article_number": found}, {"eid": found}
        if found != text_of(answer, "page"):
            return None  # an article number in place of pages: for the author to arrange
        return {"page": found}, {"pages": found}
    if code in ("doi.missing", "doi.mismatch"):
        return doi_change(reference, found)
    if code in ERRORS_OF_AUTHORS:
        return author_change(reference, answer)
    return None


def has_formula(answer: Mapping[str, Any]) -> bool:
    """Whether a title holds MathML: the blanks around it are lost, or are its own."""
    return any("<" in title and "math" in title for title in strings(answer.get("title")))


def author_change(reference: Reference, answer: Mapping[str, Any]) -> Change | None:
    names = author_names(reference, answer)
    if names is None:
        return None
    text = format_bibtex_names(names, reference.authors_complete)
    return {"authors": names}, {"author": text}


def possible_corrections(text: str, corrections: Sequence[Correction]) -> list[Correction]:
    """Those that the bibliography takes: not where the value is that of a @string, which may be
    what is wrong, and which other entries use; nor a year that stands in `date` as well, nor
    authors who go on after a gap."""
    if not corrections:
        return []
    entries = {entry.key: entry for entry in raw_entries(text, split_blocks(text, None))}
    return [one for one in corrections if obstacle(entries[one.key], one) is None]


def obstacle(entry: RawEntry, one: Correction) -> str | None:
    """What in the entry's own way of writing stands against the change, if anything does."""
    fields = [field for name in one.bibtex if (field := field_for(entry, name)) is not None]
    if any(map(holds_macro, fields)):
        return "the value comes from a @string, which other entries may use"
    if "year" in one.bibtex and has_year_twice(entry):
        return "the year stands in two fields, year and date"
    if "author" in one.bibtex and any(goes_on_after_others(field_text(one)) for one in fields):
        return "the printed authors go on after a gap"
    return None


def corrected_references(
    references: Iterable[Reference], corrections: Sequence[Correction]
) -> list[Reference]:
    changes: dict[str, dict[str, Any]] = {}
    for correction in corrections:
        changes.setdefault(correction.key, {}).update(correction.values)
    return [replace(reference, **changes.get(reference.key, {})) for reference in references]


def corrected_text(text: str, corrections: Sequence[Correction]) -> str:
    """The bibliography's text with the corrections in place, all else as its author wrote it."""
    changes: dict[str, dict[str, str | None]] = {}
    for correction in corrections:
        changes.setdefault(correction.key, {}).update(correction.bibtex)
    return replace_fields(text, changes) if changes else text


def corrections_patch(
    before: str,
    after: str,
    corrections: Sequence[Correction],
    path: str,
    remarks: Sequence[str] = (),
) -> str:
    """A patch of the file `path` (as seen from the repository) for `git apply`.

    `after` is what `corrected_text` made of `before` with these corrections. The reasons stand
    before the diff, one a line, where git passes over them; so do the `remarks` (left_out.py).
    """
    said = [f"# {remark}\n" for remark in remarks]
    if not corrections:
        none = "No correction is proposed for" if remarks else "Nothing is to be corrected in"
        return "".join([f"# {none} {path}.\n", *said])
    head = [f"# Corrections proposed for {path}: {len(corrections)}, a reason a line.\n"]
    head += [f"# {correction.reason}\n" for correction in corrections]
    return "".join([*head, *said]) + unified_diff(before, after, path)
