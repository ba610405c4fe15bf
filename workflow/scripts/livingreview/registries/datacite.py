"""DataCite: the record of a DOI, in Crossref's shape.

Source: https://support.datacite.org/docs/api-get-doi (JSON:API: `data.attributes`), the metadata
schema's titleType, nameType, resourceTypeGeneral and relationType
(https://datacite-metadata-schema.readthedocs.io/en/4.6/). A DOI that DataCite does not hold, one
of Crossref's for instance, is a 404 with `{"errors": [...]}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from livingreview.references.names import parse_name
from livingreview.references.work import entries_of, text_of
from livingreview.registries.asking import Line, ask_each
from livingreview.registries.client import Client, GarbledError, Response
from livingreview.registries.doi_system import doi_path
from livingreview.registries.reading import object_of

TYPES = {
    "Book": "book",
    "BookChapter": "book-chapter",
    "ConferencePaper": "proceedings-article",
    "ConferenceProceeding": "proceedings",
    "DataPaper": "journal-article",
    "Dataset": "dataset",
    "Dissertation": "dissertation",
    "Journal": "journal",
    "JournalArticle": "journal-article",
    "PeerReview": "peer-review",
    "Preprint": "posted-content",
    "Report": "report",
    "Standard": "standard",
}
# Relations between versions of one work; the others (References, Cites, ...) are not needed.
VERSION_RELATIONS = {
    "HasVersion": "has-version",
    "IsIdenticalTo": "is-identical-to",
    "IsNewVersionOf": "is-new-version-of",
    "IsObsoletedBy": "is-obsoleted-by",
    "IsPreviousVersionOf": "is-previous-version-of",
    "IsVersionOf": "is-version-of",
    "Obsoletes": "obsoletes",
}


def ask_dois(client: Client, dois: Iterable[str]) -> Iterator[Line]:
    """The record of each DOI, or that DataCite holds none."""
    return ask_each(client, "datacite", "doi", dois, lambda doi: f"/dois/{doi_path(doi)}", read)


def read(doi: str, response: Response) -> Line:
    answer = response.json()
    if not isinstance(answer, dict):
        raise GarbledError("the answer is not one of DataCite")
    if response.status == 404:
        if not entries_of(answer, "errors"):
            raise GarbledError("a 404 without DataCite's own words")
        return {"_outcome": "not-found"}
    data = answer.get("data")
    attributes = data.get("attributes") if isinstance(data, dict) else None
    if response.status != 200 or not isinstance(attributes, dict):
        raise GarbledError("the answer holds no record")
    if (raw_text(attributes, "doi") or raw_text(data, "id")).lower() != doi.lower():
        raise GarbledError("the answer is about another DOI")
    return {"_outcome": "found", **crossref_shape(attributes), "DOI": doi.lower()}


def crossref_shape(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes as a work in Crossref's shape, with the fields that are there."""
    container = object_of(attributes, "container")
    publisher = object_of(attributes, "publisher")  # a text, or an object with its name
    work: dict[str, Any] = {
        "DOI": raw_text(attributes, "doi").lower(),
        **titles_of(attributes),
        "author": [name for one in entries_of(attributes, "creators") if (name := name_of(one))],
        "publisher": text_of(attributes, "publisher") or text_of(publisher, "name"),
        "container-title": [title] if (title := text_of(container, "title")) else [],
        "volume": text_of(container, "volume"),
        "issue": text_of(container, "issue"),
        "page": pages_of(container),
        "published": year_of(attributes),
        "type": TYPES.get(
            text_of(object_of(attributes, "types"), "resourceTypeGeneral") or "", "other"
        ),
        "version": text_of(attributes, "version"),
        "language": text_of(attributes, "language"),
        "URL": raw_text(attributes, "url"),
        "relation": relations_of(attributes),
    }
    if re.fullmatch(r"\d{4}-\d{3}[\dX]", issn := (text_of(container, "identifier") or "").upper()):
        work["ISSN"] = [issn]
    return {name: value for name, value in work.items() if value}


def raw_text(record: Mapping[str, Any], name: str) -> str:
    """The text as it is: in an address, `&copy=1` is no copyright sign."""
    value = record.get(name)
    return value.strip() if isinstance(value, str) else ""


def titles_of(attributes: Mapping[str, Any]) -> dict[str, list[str]]:
    """A title without a type is the main one; a translated one stands under `original-title`."""
    titles: dict[str, list[str]] = {"title": [], "subtitle": [], "original-title": []}
    fields = {"": "title", "Subtitle": "subtitle", "TranslatedTitle": "original-title"}
    for entry in entries_of(attributes, "titles"):
        field = fields.get(text_of(entry, "titleType") or "")
        if field and (title := text_of(entry, "title")):
            titles[field].append(title)
    if not titles["title"]:
        titles["title"], titles["original-title"] = titles["original-title"], []
    return titles


def name_of(creator: Mapping[str, Any]) -> dict[str, str]:
    family, given = text_of(creator, "familyName"), text_of(creator, "givenName")
    printed = text_of(creator, "name")
    if family:
        return {"family": family, "given": given} if given else {"family": family}
    if not printed:
        return {}
    if creator.get("nameType") == "Organizational":
        return {"name": printed}
    name = parse_name(printed)
    parts = {"family": name.family, "given": name.given, "name": name.literal}
    return {part: text for part, text in parts.items() if text}


def pages_of(container: Mapping[str, Any]) -> str | None:
    first, last = text_of(container, "firstPage"), text_of(container, "lastPage")
    return f"{first}-{last}" if first and last and first != last else first


def year_of(attributes: Mapping[str, Any]) -> dict[str, Any] | None:
    year = text_of(attributes, "publicationYear") or ""
    return {"date-parts": [[int(year)]]} if re.fullmatch("[12][0-9]{3}", year) else None


def relations_of(attributes: Mapping[str, Any]) -> dict[str, list[dict[str, str]]]:
    relations: dict[str, list[dict[str, str]]] = {}
    for entry in entries_of(attributes, "relatedIdentifiers"):
        relation = VERSION_RELATIONS.get(text_of(entry, "relationType") or "")
        identifier = raw_text(entry, "relatedIdentifier")
        if relation and identifier and entry.get("relatedIdentifierType") == "DOI":
            relations.setdefault(relation, []).append({"id-type": "doi", "id": identifier.lower()})
    return relations
