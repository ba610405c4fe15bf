"""A record of Europe PMC, and of PubMed in it, as a work in Crossref's shape.

Sources: the REST service's own pages (https://europepmc.org/RestfulWebService) and, for notices,
PubMed's words (https://www.nlm.nih.gov/bsd/policy/errata.html).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from livingreview.references.comparison.plain import readable
from livingreview.references.doi import normalise_doi
from livingreview.references.names import parse_name
from livingreview.references.work import entries_of, strings, text_of
from livingreview.registries.reading import object_of

# What a later publication says of the record's work ("in"), and what the record says of another
# work ("of", "for"), by the exact words of PubMed (https://www.nlm.nih.gov/bsd/policy/errata.html).
# A republication or an update is a work of its own and says nothing against the earlier one.
NOTICES_IN = {
    "retraction in": "retraction",
    "retracted and republished in": "retraction",
    "partial retraction in": "partial_retraction",
    "expression of concern in": "concern",
    "erratum in": "correction",
    "correction in": "correction",
    "corrected and republished in": "correction",
}
NOTICES_OF = {
    "retraction of": "retraction",
    "partial retraction of": "partial_retraction",
    "expression of concern for": "concern",
    "expression of concern of": "concern",
    "erratum for": "correction",
    "correction for": "correction",
    "correction of": "correction",
}
# Types of a record that is itself a notice: PubMed's words, then those of articles in PMC.
NOTICE_TYPES = {
    "retraction of publication": "retraction",
    "expression of concern": "concern",
    "published erratum": "correction",
    "retraction": "retraction",
    "partial-retraction": "partial_retraction",
    "expression-of-concern": "concern",
    "correction": "correction",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PRINTED_DATE = r"([12][0-9]{3})(?:\s+([A-Z][a-z]{2})[a-z]*(?:-[A-Z][a-z]+)?(?:\s+([0-9]{1,2}))?)?"
CITED_DATE = re.compile(rf"\.\s+{PRINTED_DATE}\s*[;:.]")
CITED_DOI = re.compile(r"\bdoi:\s*(10\.\S+)", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
# MEDLINE has ISO 639-2; others stay as they are.
LANGUAGES = {"chi": "zh", "eng": "en", "fre": "fr", "ger": "de", "jpn": "ja", "kor": "ko"}


def crossref_shape(result: Mapping[str, Any]) -> dict[str, Any]:
    """A record of `resultType=core` as a work in Crossref's shape, with the fields that are there.

    A title in square brackets is a translation, made for PubMed, of that of an article in another
    language: the brackets go and `translated-title` is True. `notices` and `update-to` as the
    lock has them.
    """
    info = object_of(result, "journalInfo")
    journal = object_of(info, "journal")
    title, translated = title_of(result)
    types = strings(object_of(result, "pubTypeList").get("pubType"))
    preprint = result.get("source") == "PPR" or "Preprint" in types
    language = (text_of(result, "language") or "").lower()
    doi = next(iter(strings(result.get("doi"))), "").strip()
    notices, updates = notices_of(result, types)
    full = text_of(journal, "title")
    short = text_of(journal, "medlineAbbreviation") or text_of(journal, "isoabbreviation")
    work = {
        "DOI": (normalise_doi(doi) or doi).lower(),
        "title": [title] if title else [],
        "translated-title": translated,
        "language": LANGUAGES.get(language, language),
        "author": authors_of(result),
        "container-title": [full] if full else [],
        "short-container-title": [short] if short else [],
        "ISSN": issns_of(journal),
        "volume": text_of(info, "volume"),
        "issue": text_of(info, "issue"),
        "page": text_of(result, "pageInfo"),
        **dates_of(result, info, preprint),
        "publisher": text_of(object_of(result, "bookOrReportDetails"), "publisher"),
        "type": "posted-content" if preprint else "journal-article" if journal else None,
        "PMID": text_of(result, "pmid"),
        "PMCID": (text_of(result, "pmcid") or "").upper(),
        "abstract": abstract_of(result),
        "notices": notices,
        "update-to": updates,
    }
    return {name: value for name, value in work.items() if value}


def title_of(result: Mapping[str, Any]) -> tuple[str | None, bool]:
    """The title without PubMed's full stop, and whether it is PubMed's translation."""
    title = (text_of(result, "title") or "").removesuffix(".").rstrip()
    depths = list(accumulate((sign == "[") - (sign == "]") for sign in title))
    if title.startswith("[") and 0 not in depths[:-1] and depths[-1] == 0:
        return title[1:-1].strip().removesuffix(".") or None, True
    return title or None, False


def authors_of(result: Mapping[str, Any]) -> list[dict[str, str]]:
    authors = []
    for entry in entries_of(object_of(result, "authorList"), "author"):
        family, given = text_of(entry, "lastName"), text_of(entry, "firstName")
        given = given or text_of(entry, "initials")
        group, printed = text_of(entry, "collectiveName"), text_of(entry, "fullName")
        if not family and not group and printed:
            name = parse_name(printed)
            family, given, group = name.family, name.given, name.literal
        parts = {"family": family, "given": given} if family else {"name": group}
        if author := {part: text for part, text in parts.items() if text}:
            authors.append(author)
    return authors


def issns_of(journal: Mapping[str, Any]) -> list[str]:
    texts = [(text_of(journal, name) or "").upper() for name in ("issn", "essn")]
    found = [re.fullmatch("([0-9]{4})-?([0-9]{3}[0-9X])", text) for text in texts]
    return list(dict.fromkeys(f"{match[1]}-{match[2]}" for match in found if match))


def dates_of(
    result: Mapping[str, Any], info: Mapping[str, Any], preprint: bool
) -> dict[str, dict[str, Any]]:
    """The issue's date and the online one.

    The issue's is read where it is in words ("2020 Sep"): `printPublicationDate` has a day, and
    may have a month, that nobody printed. The issue of a journal without paper is no print.
    The first publication is the online one only where it differs from the print.
    """
    issue = printed_date(text_of(info, "dateOfPublication") or "")
    year = issue or year_of(info, "yearOfPublication")
    year = year or year_of(object_of(result, "bookOrReportDetails"), "yearOfPublication")
    model = (text_of(result, "pubModel") or "").lower()
    first = text_of(result, "firstPublicationDate")
    other = first if preprint or first != text_of(info, "printPublicationDate") else None
    online = day_of(text_of(result, "electronicPublicationDate") or "")
    if not online and model != "print":
        online = day_of(other or "")
    dates: dict[str, dict[str, Any]] = {}
    if year and not preprint:
        paperless = model in ("electronic", "electronic-ecollection")
        date = {"date-parts": [year]}
        dates |= {"journal-issue": {"published-online": date}} if paperless else {}
        dates |= {} if paperless else {"published-print": date}
    if online:
        dates["published-online"] = {"date-parts": [online]}
    if not dates and (stated := year or year_of(result, "pubYear")):
        dates["published"] = {"date-parts": [stated]}
    return dates


def printed_date(text: str) -> list[int] | None:
    """[2020, 9] of "2020 Sep", [2022, 11] of "2022 Nov-Dec", [2021] of "2021 Spring"."""
    match = re.match(PRINTED_DATE, text)
    return date_parts(match) if match else None


def date_parts(match: re.Match[str]) -> list[int]:
    year, month, day = match[1], (match[2] or "").lower(), int(match[3] or 0)
    if month not in MONTHS:
        return [int(year)]
    parts = [int(year), MONTHS.index(month) + 1]
    return [*parts, day] if 1 <= day <= 31 else parts


def day_of(text: str) -> list[int] | None:
    match = re.fullmatch(r"([12][0-9]{3})-([0-9]{2})-([0-9]{2})", text)
    if not match or not 1 <= int(match[2]) <= 12 or not 1 <= int(match[3]) <= 31:
        return None
    return [int(part) for part in match.groups()]


def year_of(record: Mapping[str, Any], name: str) -> list[int] | None:
    year = text_of(record, name) or ""
    return [int(year)] if re.fullmatch("[12][0-9]{3}", year) else None


def abstract_of(result: Mapping[str, Any]) -> str | None:
    value = result.get("abstractText")
    return readable(TAG.sub(" ", value)) or None if isinstance(value, str) else None


def notices_of(
    result: Mapping[str, Any], types: Sequence[str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What others say of the work, and what the record says of other works as a notice."""
    notices, updates = [], []
    for entry in entries_of(object_of(result, "commentCorrectionList"), "commentCorrection"):
        label = text_of(entry, "type") or ""
        kind, kind_of = NOTICES_IN.get(label.lower()), NOTICES_OF.get(label.lower())
        cited = text_of(entry, "reference") or ""
        about = {"label": f"{label}: {cited}" if cited else label}
        if entry.get("source") == "MED" and (number := text_of(entry, "id")):
            about["PMID"] = number
        match = CITED_DOI.search(cited)
        doi = normalise_doi(match[1]) if match else None
        date = CITED_DATE.search(cited)
        if kind:
            notice = {"kind": kind, **about, **({"doi": doi} if doi else {})}
            if date:
                notice["date"] = "-".join(f"{part:02}" for part in date_parts(date))
            notices.append(notice)
        elif kind_of:
            updates.append({"type": kind_of, **about, **({"DOI": doi} if doi else {})})
    lower = [one.lower() for one in types]
    if "retracted publication" in lower and all(one["kind"] != "retraction" for one in notices):
        notices.append({"kind": "retraction", "label": "Retracted Publication"})
    own = next((one for one in types if one.lower() in NOTICE_TYPES), None)
    if own and not updates:
        updates.append({"type": NOTICE_TYPES[own.lower()], "label": own})
    return notices, updates
