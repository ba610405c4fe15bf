"""The corrected bibliography, and the patch that leads from the author's file to it.

Only what an authority contradicts as an error, and DOIs found for entries printed without one.
The author's own file is never rewritten: the corrected copy and the patch are proposals.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from livingreview.references.authors import (
    GIVEN_PART,
    MOST_NAMES,
    is_initials,
    same_family,
    same_given,
)
from livingreview.references.bibtex import CONTAINER_OF_TYPE, replace_fields
from livingreview.references.compare import ERRORS_OF_AUTHORS
from livingreview.references.messages import one_printable_line, source_names
from livingreview.references.names import format_bibtex_names
from livingreview.references.notices import announced_notice
from livingreview.references.plain import is_han
from livingreview.references.record import Name, Reference
from livingreview.references.titles import says_retracted
from livingreview.references.work import (
    author_list_complete,
    strings,
    text_of,
    work_authors,
    work_containers,
    work_years,
)


@dataclass(frozen=True)
class Correction:
    """One change to one entry: the reference's own fields, and the same as BibTeX fields."""

    key: str
    number: int
    code: str
    values: Mapping[str, Any]
    bibtex: Mapping[str, str | None]
    reason: str


def propose_corrections(
    resolved: Sequence[Mapping[str, Any]], report: Mapping[str, Any]
) -> list[Correction]:
    """The corrections that the report's findings justify, in the list's order.

    Nothing for a reference whose DOI is another work's or unknown: which of the two is wrong, the
    DOI or the rest, is for the author to say; so it is where title and first page differ, as
    field by field the entry would turn into another paper. Nothing for what is waived.
    """
    lines = {line["key"]: line for line in resolved}
    corrections = []
    for entry in report["references"]:
        codes = {one["code"] for one in [*entry["findings"], *entry["waived"]]}
        another_paper = codes >= {"title.mismatch", "page.mismatch"}
        if another_paper or entry["verdict"] in ("wrong-work", "unknown-doi"):
            continue
        line = lines[entry["key"]]
        reference = Reference.from_json(line["reference"])
        for one in entry["findings"]:
            if one["severity"] != "error" and one["code"] != "doi.missing":
                continue
            answer = answer_with(line["authorities"], one)
            change = change_for(reference, one, answer) if answer is not None else None
            if change is None:
                continue
            values, bibtex = change
            corrections.append(
                Correction(
                    key=reference.key,
                    number=reference.number,
                    code=one["code"],
                    values=values,
                    bibtex=bibtex,
                    reason=reason_for(reference, one, answer),
                )
            )
    return corrections


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
) -> tuple[dict[str, Any], dict[str, str | None]] | None:
    """The new values of the reference's fields and of the BibTeX fields; None if not confident."""
    code, found = one["code"], one["found"] or ""
    if code == "title.mismatch":
        printed = reference.title or ""
        if announced_notice(printed) != announced_notice(found):
            return None  # the work and a notice about it are two items
        if says_retracted(printed) != says_retracted(found):
            return None
        return {"title": found}, {"title": found}
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
    if code == "volume.mismatch":
        return {"volume": found}, {"volume": found}
    if code == "issue.mismatch":
        return {"issue": found}, {"number": found}
    if code in ("page.mismatch", "page.last-mismatch"):
        if reference.article_number and not reference.page:
            return {"article_number": found}, {"eid": found}
        if found != text_of(answer, "page"):
            return None  # an article number in place of pages: for the author to arrange
        return {"page": found}, {"pages": found}
    if code in ("doi.missing", "doi.mismatch"):
        return {"doi": found, "doi_printed": found}, {"doi": found}
    if code in ERRORS_OF_AUTHORS:
        return author_change(reference, answer)
    return None


def author_change(
    reference: Reference, answer: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str | None]] | None:
    """The record's authors as this list would print them: as many, with initials if it has them.

    None where either has a group, which the other may write in another way, where the record has
    fewer names, and for lists of hundreds.
    """
    found = work_authors(answer)
    groups = any(name.literal is not None for name in (*found, *reference.authors))
    if not author_list_complete(answer) or groups or len(found) > MOST_NAMES:
        return None
    if not found or len(found) < len(reference.authors):
        return None
    if not reference.authors_complete:
        found = found[: len(reference.authors)]
    initials = all(is_initials(name.given) for name in reference.authors if name.given)
    names = tuple(as_printed(name, reference.authors, initials) for name in found)
    text = format_bibtex_names(names, reference.authors_complete)
    return {"authors": names}, {"author": text}


def as_printed(name: Name, printed: Iterable[Name], initials: bool) -> Name:
    """The name as the list prints it already; a name that it lacks with initials like the rest."""
    for other in printed:
        if same_family(name, other) and same_given(name, other):
            return other
    if not initials or not name.given or is_han(name.given):
        return name
    parts = (
        part if part.isupper() else part[:1].upper() for part in GIVEN_PART.findall(name.given)
    )
    return replace(name, given="".join(f"{letter}." for part in parts for letter in part))


def reason_for(reference: Reference, one: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    source = source_names(answer)[1]
    text = (
        f"[{reference.number}] {reference.key}, {one['field']}:"
        f" “{one['cited'] or ''}” -> “{one['found']}” ({one['code']}; {source}, {one['retrieved']})"
    )
    return one_printable_line(text)


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


def corrections_patch(before: str, after: str, corrections: Sequence[Correction], path: str) -> str:
    """A patch of the file `path` (as seen from the repository) for `git apply`.

    `after` is what `corrected_text` made of `before` with these corrections. The reasons stand
    before the diff, one a line, where git passes over them.
    """
    if not corrections:
        return f"# Nothing is to be corrected in {path}.\n"
    head = [f"# Corrections proposed for {path}: {len(corrections)}, a reason a line.\n"]
    head += [f"# {correction.reason}\n" for correction in corrections]
    return "".join(head) + unified_diff(before, after, path)


def unified_diff(before: str, after: str, path: str) -> str:
    """A diff as git writes it, line ends and a missing last one included."""
    name = patch_path(path)
    lines = [f"diff --git {quoted('a/' + name)} {quoted('b/' + name)}\n"]
    hunks = difflib.unified_diff(
        lines_of(before),
        lines_of(after),
        quoted("a/" + name),
        quoted("b/" + name),
    )
    for line in hunks:
        lines.append(line)
        if not line.endswith("\n"):
            lines.append("\n\\ No newline at end of file\n")
    return "".join(lines)


def lines_of(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one, as in git."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def patch_path(path: str) -> str:
    """The path from the repository's root; only the name of a file outside it."""
    parts = PurePosixPath(path.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts:
        return parts.name
    return str(parts)


def quoted(path: str) -> str:
    """The path as git prints it: in C quotes if it holds other than plain ASCII."""
    if re.fullmatch(r"[\w./ +@=,-]+", path, re.ASCII) and " " not in path:
        return path
    octal = "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}"
        for byte in path.encode()
    )
    return f'"{octal}"'
