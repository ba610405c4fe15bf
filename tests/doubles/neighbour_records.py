"""The neighbours' records of a work that is given in Crossref's shape: one set of works serves
all doubles. What a neighbour says differently is an argument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def first(work: Mapping[str, Any], name: str) -> str:
    values = work.get(name) or [""]
    return values[0]


def date_text(work: Mapping[str, Any], *names: str) -> str:
    """2021-05 of the first of these dates that the work has."""
    for name in names:
        parts = ((work.get(name) or {}).get("date-parts") or [[None]])[0]
        if parts[0]:
            return "-".join(f"{part:02}" for part in parts)
    return ""


def in_words(text: str) -> str:
    """2021 May 3, as PubMed has it, of 2021-05-03."""
    year, month, day = (text + "--").split("-")[:3]
    return " ".join(part for part in (year, MONTHS[int(month or 0)], day.lstrip("0")) if part)


def full_day(text: str) -> str:
    return (text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10]


def initials(given: str) -> str:
    return "".join(part[0].upper() for part in given.replace("-", " ").replace(".", " ").split())


def europepmc_author(person: Mapping[str, Any]) -> dict[str, Any]:
    if "family" not in person:
        return {"collectiveName": person.get("name", "")}
    given = person.get("given", "")
    short = initials(given)
    names = {
        "fullName": f"{person['family']} {short}".strip(),
        "firstName": given,
        "lastName": person["family"],
        "initials": short,
    }
    return {name: text for name, text in names.items() if text}


def europepmc_result(
    work: Mapping[str, Any],
    pmid: str | None = None,
    *,
    pmcid: str | None = None,
    title: str | None = None,
    language: str = "eng",
    types: Sequence[str] = ("Journal Article",),
    corrections: Sequence[Mapping[str, Any]] = (),
    journal: Mapping[str, str] | None = None,
    doi: bool = True,
) -> dict[str, Any]:
    """A result of the search with resultType=core. Titles end in a full stop there.

    Without a PMID it is a preprint (source PPR). `title`: as given, for the bracketed English
    titles of articles in other languages. `journal`: fields to put in place of the work's.
    `corrections` as `correction` makes them. `doi=False`: the record has none.
    """
    authors = [europepmc_author(person) for person in work.get("author") or []]
    named = [author.get("fullName") or author["collectiveName"] for author in authors]
    issued = date_text(work, "published-print", "published", "issued", "published-online")
    online = date_text(work, "published-online")
    source = "MED" if pmid else "PPR"
    identifier = pmid or f"PPR{abs(hash_of(work['DOI'])) % 10**6}"
    issn = [one["value"] for one in work.get("issn-type") or [] if one["type"] == "print"]
    essn = [one["value"] for one in work.get("issn-type") or [] if one["type"] == "electronic"]
    journal_part = {
        "title": first(work, "container-title"),
        "medlineAbbreviation": first(work, "short-container-title").replace(".", ""),
        "isoabbreviation": first(work, "short-container-title"),
        "issn": issn[0] if issn else "",
        "essn": essn[0] if essn else "",
        **(journal or {}),
    }
    result = {
        "id": identifier,
        "source": source,
        "pmid": pmid,
        "pmcid": pmcid,
        "doi": work["DOI"] if doi else None,
        "title": title if title is not None else first(work, "title").rstrip(".") + ".",
        "authorString": ", ".join(named) + "." if named else None,
        "authorList": {"author": authors} if authors else None,
        "journalInfo": filled(
            {
                "issue": work.get("issue"),
                "volume": work.get("volume"),
                "journalIssueId": 3_000_000 + abs(hash_of(work["DOI"])) % 10**6,
                "dateOfPublication": in_words(issued),
                "monthOfPublication": int(issued[5:7]) if len(issued) > 4 else 0,
                "yearOfPublication": int(issued[:4]) if issued else None,
                "printPublicationDate": full_day(issued) if issued else None,
                "journal": filled(journal_part),
            }
        ),
        "pubYear": issued[:4] or None,
        "pageInfo": work.get("page") or work.get("article-number"),
        "abstractText": work.get("abstract"),
        "publicationStatus": "ppublish",
        "pubModel": pub_model(work),
        "language": language,
        "pubTypeList": {"pubType": list(types)},
        "commentCorrectionList": (
            {"commentCorrection": [dict(one) for one in corrections]} if corrections else None
        ),
        "electronicPublicationDate": full_day(online) if online else None,
        "firstPublicationDate": full_day(min(filter(None, (issued, online)), default="")) or None,
    }
    return filled(result)


def pub_model(work: Mapping[str, Any]) -> str:
    models = {"published-print": "Print", "published-online": "Electronic"}
    return "-".join(model for name, model in models.items() if name in work)


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", {}, [])}


def hash_of(text: str) -> int:
    """The same number for the same text in every process, unlike the built-in hash."""
    number = 0
    for sign in text:
        number = (number * 131 + ord(sign)) % (2**61 - 1)
    return number


def correction(
    pmid: str, kind: str, reference: str = "", *, order: int = 1, source: str = "MED"
) -> dict[str, Any]:
    """An entry of commentCorrectionList. `kind` as PubMed spells it: "Retraction in", "Erratum
    in", "Expression of concern in", "Retraction of", "Comment in"..."""
    return {
        "id": pmid,
        "source": source,
        "reference": reference or f"Some J. 2021;1(1):{pmid[-3:]}",
        "type": kind,
        "orderIn": order,
    }


DATACITE_TYPES = {
    "journal-article": "JournalArticle",
    "posted-content": "Preprint",
    "dataset": "Dataset",
    "dissertation": "Dissertation",
    "book": "Book",
}


def datacite_record(work: Mapping[str, Any], **attributes: Any) -> dict[str, Any]:
    """The answer to /dois/{doi}. `attributes` replace or add to those made from the work."""
    doi = work["DOI"].lower()
    issued = date_text(work, "issued", "published")
    page = (work.get("page") or "").partition("-")
    container = {
        "type": "Journal",
        "title": first(work, "container-title"),
        "volume": work.get("volume"),
        "issue": work.get("issue"),
        "firstPage": page[0],
        "lastPage": page[2],
        "identifier": (work.get("ISSN") or [""])[0],
        "identifierType": "ISSN" if work.get("ISSN") else "",
    }
    made = {
        "doi": doi,
        "titles": [{"title": title} for title in work.get("title") or []],
        "creators": [datacite_creator(person) for person in work.get("author") or []],
        "publisher": work.get("publisher"),
        "publicationYear": int(issued[:4]) if issued else None,
        "container": filled(container) if first(work, "container-title") else {},
        "dates": [{"date": issued, "dateType": "Issued"}] if issued else [],
        "types": {"resourceTypeGeneral": DATACITE_TYPES.get(work.get("type", ""), "Text")},
        "relatedIdentifiers": [],
        "url": f"https://example.org/{doi}",
        "state": "findable",
    }
    return {"data": {"id": doi, "type": "dois", "attributes": {**made, **attributes}}}


def datacite_creator(person: Mapping[str, Any]) -> dict[str, Any]:
    if "family" not in person:
        return {"name": person.get("name", ""), "nameType": "Organizational", "affiliation": []}
    given = person.get("given", "")
    return {
        "name": f"{person['family']}, {given}" if given else person["family"],
        "nameType": "Personal",
        "givenName": given,
        "familyName": person["family"],
        "affiliation": [],
    }


def study(
    number: str,
    title: str,
    official: str = "",
    *,
    status: str = "COMPLETED",
    start: str = "2017-03",
    completion: str = "2019-06-30",
    sponsor: str = "A University Hospital",
) -> dict[str, Any]:
    """A study as ClinicalTrials.gov answers; what is empty is left out."""
    identification = {"nctId": number, "briefTitle": title, "officialTitle": official}
    state = {
        "overallStatus": status,
        "startDateStruct": filled({"date": start, "type": "ACTUAL"} if start else {}),
        "completionDateStruct": filled(
            {"date": completion, "type": "ACTUAL"} if completion else {}
        ),
    }
    lead = {"leadSponsor": {"name": sponsor, "class": "OTHER"}} if sponsor else {}
    section = {
        "identificationModule": filled(identification),
        "statusModule": filled(state),
        "sponsorCollaboratorsModule": lead,
    }
    return {"protocolSection": filled(section), "hasResults": False}
