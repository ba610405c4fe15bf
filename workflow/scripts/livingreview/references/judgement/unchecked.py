"""Why nothing can be said of a reference: who did not find it, was not asked, or did not answer."""

from __future__ import annotations

from collections.abc import Sequence

from livingreview.references.comparison.compare import answers
from livingreview.references.comparison.outcomes import Comparison
from livingreview.references.comparison.plain import same_script
from livingreview.references.judgement.existence import SEARCHED, answer_of, is_chinese, says
from livingreview.references.judgement.finding import Answer
from livingreview.references.record import Reference
from livingreview.references.wording.messages import reason_of_doubt, unanswered
from livingreview.references.work import asks_for_work, is_other_version, is_work
from livingreview.registries.lock import SEARCHES

HOLDERS = ("crossref", "europepmc", "datacite")  # who is asked for the record of a work
Texts = dict[str, str]


def why_unchecked(
    reference: Reference, comparisons: Sequence[Comparison], authorities: Sequence[Answer]
) -> Texts | None:
    """What leaves the reference unchecked, in both languages; None if nobody was asked.

    Only for references of this verdict. Where another finding tells why (several works fit
    alike), what is left is who did not answer.
    """
    silent = unanswered(
        [
            {"source": one["_source"], "outcome": one["_outcome"], "reason": one.get("_reason")}
            for one in authorities
        ]
    )
    heard = [answer for answer in authorities if answers(answer)]
    if heard:
        parts = too_little(reference, comparisons, heard)
    elif any("items" in answer for answer in authorities) or (reference.doi and silent):
        parts = []  # several fit alike; or doi.org's silence says it all
    else:
        parts = other_version(authorities) + not_held(reference, authorities)
    parts += [silent] if silent else []
    if not parts:
        return None
    return {
        language: comma.join(part[language] for part in parts)
        for language, comma in (("zh", "；"), ("en", "; "))
    }


def too_little(
    reference: Reference, comparisons: Sequence[Comparison], heard: Sequence[Answer]
) -> list[Texts]:
    """What the records lack that would verify the reference."""
    title = next(comparison for comparison in comparisons if comparison.field == "title")
    agreeing = {comparison.field for comparison in comparisons if comparison.state == "agrees"}
    if not reference.title:
        return [reason_of_doubt("untitled", [])]
    if title.found is None:
        return [reason_of_doubt("no-title", heard[:1])]
    if agreeing == {"title"}:
        return [reason_of_doubt("title-only", [title.authority])]
    if title.state == "not-comparable" and not same_script(reference.title, title.found):
        return [reason_of_doubt("other-script", [title.authority])]
    return []


def other_version(authorities: Sequence[Answer]) -> list[Texts]:
    """Records of a preprint alone, which tells nothing of the work that came of it."""
    versions = [answer for answer in authorities if is_work(answer) and is_other_version(answer)]
    return [reason_of_doubt("other-version", versions[:1])] if versions else []


def not_held(reference: Reference, authorities: Sequence[Answer]) -> list[Texts]:
    """Who does not hold the work, and what that is worth; who else was not asked."""
    asked = [
        answer
        for answer in authorities
        if asks_for_work(answer) and {"doi", *SEARCHES} & answer["_query"].keys()
    ]
    absent = [
        answer for name in HOLDERS if says(answer := answer_of(asked, name), "not-found") and answer
    ]
    if not absent:
        return []
    if is_chinese(reference):
        return [reason_of_doubt("chinese", absent)]
    parts = [reason_of_doubt("absent", absent)]
    if reference.doi:
        handle = answer_of(authorities, "handle")
        return parts + ([reason_of_doubt("exists", [handle])] if says(handle, "found") else [])
    left = [name for name in SEARCHED if answer_of(asked, name) is None]
    return parts + ([reason_of_doubt("not-asked", left)] if left else [])
