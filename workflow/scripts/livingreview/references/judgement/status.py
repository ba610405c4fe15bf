"""What was said of a work after it appeared, and whether the cited item is itself such a notice.

Three roads lead here: the record's own `updated-by`, `update-to` and `notices`; the notices that
say they update the work (a list of them is one answer); and the titles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from livingreview.references.comparison.compare import answers
from livingreview.references.comparison.notices import NAMES, announced_notice, may_be_subject
from livingreview.references.comparison.titles import says_retracted
from livingreview.references.judgement.finding import Answer, Finding, finding
from livingreview.references.record import Reference
from livingreview.references.wording.messages import source_names
from livingreview.references.work import (
    Notice,
    entries_of,
    entry_doi,
    is_self_update,
    is_update_of,
    notice_kind,
    notice_of,
    notices_about,
    plain_doi,
    work_titles,
)

SEVERITIES = {
    "retracted": "error",
    "partially-retracted": "warning",
    "concern": "warning",
    "corrected": "note",
}
NOTICE_KINDS = {
    "retracted": "retraction",
    "partially-retracted": "partial-retraction",
    "concern": "concern",
    "corrected": "correction",
}
# Beginnings of words in the name of a kind of notice, for kinds that no list of kinds has.
KINDS_BY_WORD = re.compile(
    r"(?P<partial>partial(?:ly)?[ -](?:retract|withdraw)|部分撤[稿回])"
    r"|(?P<concern>(?<![a-z])concerns?(?![a-z])|关注)"
    r"|(?P<retracted>retract|withdraw|撤稿|撤回)"
    r"|(?P<corrected>(?<![a-z])correct|errat|corrigend|勘误|更正)"
)
# What makes its opposite of such a word: before it anywhere, directly before it, or beside it.
NOT_BEFORE = re.compile(r"(?<![a-z])(?:not|no(?!\.)|non|never|without|cannot)(?![a-z])|n['’]t ")
NOT_BESIDE = re.compile(
    r"(?:(?<![a-z])un-?|(?:未|不|非|无|没有|并未)(?:被|予|予以|曾|再|经|正式|发布|宣布)?)$"
)
ENDED = re.compile(
    r"(?<![a-z])(?:resol(?:ved|ution)|lifted|rescinded|reversed|reversal|revoked|cancell?ed"
    r"|overturned|reinstate(?:d|ment)|cleared|denied|rejected|declined|requested|pending)(?![a-z])"
    r"|解除|取消|撤销|已解决|消除|恢复|驳回"
)
# What says that a retraction holds no longer, and what that this was only asked for.
REINSTATED = re.compile(
    r"(?<![a-z])(?:reinstat|un-?retract|retraction (?:was |has been )?(?:re(?:vers|scind|vok)|"
    r"overturn|cancel)|(?:reversal|rescission|revocation|cancell?ation|withdrawal|retraction) of "
    r"(?:the |a )?retraction)|恢复|(?:撤销|取消|解除)撤稿"
)
NOT_YET = re.compile(
    r"(?<![a-z])(?:not|no|den(?:y|ied)|reject|declin|request|pending|propos)|未|驳回|申请|拒绝"
)
# Words behind these are the reason for the notice, and name no other one.
REASON = re.compile(r"(?<![a-z])(?:because|due to|owing to|after|following|over)(?![a-z])")
# "retraction of a retraction"
ABOUT_NOTICE = re.compile(r"(?<![a-z])(?:of|to|for|from)(?![a-z])|的")
ABOUT_ANOTHER = (" of", " for", " from")  # "retraction of": said of another work
# A new version is the work itself, not something said about it.
VERSIONS = ("version", "edition", "版本")
# How a work went, by the first word of the notice's kind or of the work's title; else retracted.
WAYS = (
    ("status.withdrawn", re.compile(r"^\W*(?:withdraw|撤回)", re.IGNORECASE)),
    ("status.removed", re.compile(r"^\W*(?:remov|移除)", re.IGNORECASE)),
)
MOST_MONTHS = 2  # between the dates that two sources give one notice
# Who told Crossref of a notice, besides publishers.
WATCH = "retraction-watch"
WATCH_NAMES = ("（Retraction Watch）", " (Retraction Watch)")


def status_findings(reference: Reference, authorities: Sequence[Answer]) -> list[Finding]:
    """Retraction, concern, correction; and whether the cited item is itself such a notice."""
    title = reference.title or ""
    kind = announced_notice(title)
    source: Answer | str = "list"
    for answer in authorities if kind is None or may_be_subject(title) else ():
        updates = updates_of_others(answer) if source == "list" and answers(answer) else []
        if updates:
            kind, source = NOTICE_KINDS[updates[0]], answer
    found = []
    if kind is not None:
        about = finding(
            reference,
            "status.notice",
            "warning",
            cited=title,
            found=kind,
            source=source,
            what=NAMES[kind],
        )
        found.append(about)
    told = []
    for answer in heard(reference, authorities):
        known = [*notices_about(answer), *notices_by_word(answer), *retracted_titles(answer)]
        told += [(notice, answer, None) for notice in known]
        told += [(notice, answer, "status.other") for notice in notices_of_no_kind(answer)]
    groups = each_once(told)
    ended = [(group, one) for group in groups for one in groups if is_taken_back(group, one)]
    for group in groups:
        back = next((later for retraction, later in ended if retraction is group), None)
        if back:
            found.append(reinstated(reference, group, back))
        elif not any(later is group for _, later in ended):
            found.append(status_finding(reference, group))
    if says_retracted(title) and not any(one[0][0].kind == "retracted" for one in groups):
        wording = way_of(title)
        found.append(
            finding(
                reference, "status.retracted", "error", cited=title, found=title, wording=wording
            )
        )
    order = list(SEVERITIES)
    return sorted(
        found,
        key=lambda one: order.index(one["code"][7:]) if one["code"][7:] in order else -1,
    )


def heard(reference: Reference, authorities: Sequence[Answer]) -> list[Answer]:
    """The answers that can tell of notices; a list of notices as a record that names them."""
    found = []
    dois = {reference.doi, *(entry_doi(answer) for answer in authorities if answers(answer))}
    for answer in authorities:
        if answers(answer):
            found.append(answer)
        elif "updates" in answer["_query"] and answer["_outcome"] == "found":
            about = {plain_doi(str(answer["_query"]["updates"])), *dois} - {None}
            found.append(named_notices(answer, about))
    return found


def named_notices(answer: Answer, dois: set[str]) -> dict[str, Any]:
    """The items of the answer as `updated-by`, for what they say of a work with these DOIs.

    One notice can correct several works, each in its own way: only its entry for this one counts.
    """
    entries = [
        {**entry, "DOI": item.get("DOI")}
        for item in entries_of(answer, "items")
        for entry in entries_of(item, "update-to")
        if entry_doi(entry) in dois and not is_self_update(entry, item)
    ]
    kept = {name: answer[name] for name in ("_source", "_query", "_outcome", "_retrieved")}
    return {**kept, "updated-by": entries}


Told = tuple[Notice, Answer, str | None]


def each_once(told: Sequence[Told]) -> list[list[Told]]:
    """Each notice once, with all that tell of it, the one that knows most first; what has no DOI
    is a notice of its own only if none that is known can be the same, and else that of the nearest
    date. It is the same as all that tell of one: no source tells of one notice twice."""
    groups: list[list[int]] = []
    for place in sorted(range(len(told)), key=lambda place: told[place][0].doi is None):
        one = told[place]
        fitting = [
            group for group in groups if all(is_same_notice(one, told[other]) for other in group)
        ]
        if fitting:
            min(fitting, key=lambda group: apart(one[0].date, told[group[0]][0].date)).append(place)
        else:
            groups.append([place])
    return [[told[place] for place in group] for group in sorted(groups)]


def is_same_notice(one: Told, other: Told) -> bool:
    """By DOI or PMID; of two sources of which one names neither, by the kind and the date."""
    (first, answer, wording), (second, another, also) = one, other
    if first.kind != second.kind or ((wording or also) and first.label != second.label):
        return False
    if first.kind == "retracted" and (is_own(first, answer) or is_own(second, another)):
        return True
    if first.doi and second.doi:
        return first.doi == second.doi
    if first.pmid and second.pmid:
        return first.pmid == second.pmid
    if answer is another:
        return (first.doi or first.date) == (second.doi or second.date)
    if first.kind == "retracted":  # a work is retracted once, whoever tells of it
        return True
    return apart(first.date, second.date) <= MOST_MONTHS


def apart(first: str | None, second: str | None) -> int:
    """How many months two dates are apart at least; a month may be missing, and no date is near.

    >>> apart("2020-12-20", "2021-01"), apart("2021-06", "2021"), apart("2015", "2022-03")
    (1, 0, 75)
    """
    one, two = months_of(first), months_of(second)
    return max(one[0] - two[1], two[0] - one[1], 0) if one and two else 0


def months_of(date: str | None) -> tuple[int, int] | None:
    """The first and the last month that the date may mean, counted from year 0."""
    parts = re.match(r"(\d{4})(?:-(\d{1,2}))?", date or "")
    if parts is None:
        return None
    start = int(parts[1]) * 12
    return (start, start + 11) if parts[2] is None else (start + int(parts[2]) - 1,) * 2


def is_taken_back(group: Sequence[Told], later: Sequence[Told]) -> bool:
    """Whether the second notice, surely of a later day, says that the first one, a retraction, no
    longer holds."""
    notice, label = group[0][0], later[0][0].label
    if notice.kind != "retracted" or not REINSTATED.search(label) or NOT_YET.search(label):
        return False
    first, second = date_of(group), date_of(later)
    if not first or not second:
        return False
    one, two = months_of(first), months_of(second)
    return bool(one and two) and (one[1] < two[0] or (one == two and first <= second))


def date_of(group: Sequence[Told]) -> str | None:
    return next(filter(None, (one.date for one, _, _ in group)), None)


def is_own(notice: Notice, answer: Answer) -> bool:
    """Whether the publisher marked the work as its own update: no notice with a DOI of its own."""
    return notice.doi is not None and notice.doi == entry_doi(answer)


def retracted_titles(answer: Answer) -> list[Notice]:
    """ "RETRACTED:" before a record's title, where no notice says so: publishers mark works so."""
    known = notices_about(answer) + notices_by_word(answer)
    if any(notice.kind == "retracted" for notice in known):
        return []
    marked = [title for title in work_titles(answer) if says_retracted(title)]
    return [Notice("retracted", None, None, marked[0])] if marked else []


def kind_by_words(label: str) -> str | None:
    """The kind of notice that "retraction notice" and its like name; None if no word says, or if
    others say that it is no more, or is about another notice.

    >>> kind_by_words("retraction notice"), kind_by_words("letter")
    ('retracted', None)
    >>> kind_by_words("not retracted"), kind_by_words("correction to retraction")
    (None, None)
    """
    if label.endswith(ABOUT_ANOTHER):
        return None
    label = head if KINDS_BY_WORD.search(head := REASON.split(label, maxsplit=1)[0]) else label
    named = list(KINDS_BY_WORD.finditer(label))
    if not named or ENDED.search(label):
        return None
    before = label[: named[0].start()]
    if NOT_BEFORE.search(before) or NOT_BESIDE.search(before):
        return None
    if len({one.lastgroup for one in named}) > 1:
        return None
    if any(ABOUT_NOTICE.search(label, one.end(), two.start()) for one, two in pairwise(named)):
        return None
    return "partially-retracted" if named[0].lastgroup == "partial" else named[0].lastgroup


def unlisted_notices(answer: Answer) -> list[Notice]:
    """Notices about the work whose kind `work.py` does not list, each under its own words."""
    own = [one for one in entries_of(answer, "update-to") if is_self_update(one, answer)]
    found = []
    for entry in [*entries_of(answer, "updated-by"), *own, *entries_of(answer, "notices")]:
        label = label_of(entry)
        version = any(word in label for word in VERSIONS) and not KINDS_BY_WORD.search(label)
        if notice_kind(label) or version:
            continue
        found.append(notice_of(entry, kind_by_words(label) or "corrected", label or "notice"))
    return found


def label_of(entry: Mapping[str, Any]) -> str:
    label = str(entry.get("type") or entry.get("kind") or "").lower()
    return " ".join(label.replace("_", " ").split())


def notices_by_word(answer: Answer) -> list[Notice]:
    return [notice for notice in unlisted_notices(answer) if kind_by_words(notice.label)]


def notices_of_no_kind(answer: Answer) -> list[Notice]:
    """What no word tells the kind of is not dropped: a reader is to look at it."""
    return [notice for notice in unlisted_notices(answer) if not kind_by_words(notice.label)]


def updates_of_others(answer: Answer) -> list[str]:
    """What the record says of other works, as kinds of notice, by the list or by the words; what
    is about another notice corrects it."""
    labels = [
        label_of(one) for one in entries_of(answer, "update-to") if not is_self_update(one, answer)
    ]
    named = [
        kind_by_words(label) or "corrected"
        for label in labels
        if KINDS_BY_WORD.search(label) and not label.endswith(ABOUT_ANOTHER)
    ]
    return is_update_of(answer) or named


def status_finding(reference: Reference, group: Sequence[Told]) -> Finding:
    """One notice, by all who tell of it: the finding's source is the first of the group, whose
    gaps (a date, a DOI) the others fill."""
    notice, answer, wording = group[0]
    notices = [one for one, _, _ in group]
    number = next(filter(None, (one.pmid for one in notices)), None)
    date = date_of(group)
    doi = None if is_own(notice, answer) else notice.doi
    name = doi or (f"PMID {number}" if number else None)
    if notice.kind == "retracted":
        again = any(one.republished for one in notices)
        wording = "status.republished" if again else way_of(notice.label)
    names, dates = tellers(group)
    return finding(
        reference,
        f"status.{notice.kind}",
        SEVERITIES[notice.kind],
        cited=reference.title,
        found=", ".join(part for part in (notice.label, date, name) if part),
        source=answer,
        wording=wording,
        names=names,
        date=dates,
    )


def reinstated(reference: Reference, group: Sequence[Told], later: Sequence[Told]) -> Finding:
    """A retraction that was taken back, for a reader to look at: the work stands again."""
    names, date = tellers([*group, *later])
    told = [status_finding(reference, one)["found"] for one in (group, later)]
    return finding(
        reference,
        "status.concern",
        "warning",
        cited=reference.title,
        found="; ".join(told),
        source=group[0][1],
        wording="status.reinstated",
        names=names,
        date=date,
    )


def way_of(label: str) -> str | None:
    """The message's name for what was withdrawn or removed rather than retracted."""
    return next((wording for wording, words in WAYS if words.search(label)), None)


def tellers(group: Sequence[Told]) -> tuple[tuple[str, str], str]:
    """Who tells of one notice, each once, in both languages, and the date.

    Where they answered on several days, each day stands with its names, and the last one apart.
    """
    days: dict[str, dict[tuple[str, str], None]] = {}
    for _, answer, _ in group:
        days.setdefault(str(answer.get("_retrieved") or ""), {})[source_names(answer)] = None
    watched = {source_names(answer) for one, answer, _ in group if one.registrar == WATCH}
    texts = []
    for place, (comma, stop, before) in enumerate((("、", "；", "，"), (", ", "; ", ", "))):
        said = [
            comma.join(one[place] + WATCH_NAMES[place] * (one in watched) for one in names)
            for names in days.values()
        ]
        dated = [f"{names}{before}{day}" for names, day in zip(said[:-1], days, strict=False)]
        texts.append(stop.join([*dated, said[-1]]))
    return (texts[0], texts[1]), list(days)[-1]
