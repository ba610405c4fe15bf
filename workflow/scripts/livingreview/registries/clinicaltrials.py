"""ClinicalTrials.gov: what a trial's registration says of itself.

Source: https://clinicaltrials.gov/data-api/api (version 2) and
https://clinicaltrials.gov/data-api/about-api/study-data-structure
(`protocolSection.identificationModule.nctId`, `nctIdAliases`, `statusModule.overallStatus`, ...).
A number that was given up in favour of another leads, by a redirect, to the study that took its
place; that study lists the number among its `nctIdAliases`. A number that does not exist is
a 404 whose text names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from livingreview.references.work import strings, text_of
from livingreview.registries.asking import Line, ask_each
from livingreview.registries.client import Client, GarbledError, Response
from livingreview.registries.reading import object_of

NUMBER = re.compile("NCT(?!0{8})[0-9]{8}")
FIELDS = "IdentificationModule%7CStatusModule%7CSponsorCollaboratorsModule"


def is_asked(number: str) -> bool:
    """Whether the number is one of ClinicalTrials.gov; ChiCTR, ISRCTN and others are not."""
    return NUMBER.fullmatch(number.strip().upper()) is not None


def ask_registrations(client: Client, numbers: Iterable[str]) -> Iterator[Line]:
    """What the registry says under each number; a number of another registry fails unasked."""
    wanted = list(dict.fromkeys(number.strip().upper() for number in numbers))
    for number in wanted:
        if not is_asked(number):
            yield {
                "_source": "clinicaltrials",
                "_query": {"registration": number},
                "_outcome": "failed",
                "_reason": "not a number of ClinicalTrials.gov",
            }
    asked = filter(is_asked, wanted)
    yield from ask_each(client, "clinicaltrials", "registration", asked, target, read)


def target(number: str) -> str:
    return f"/api/v2/studies/{number}?format=json&fields={FIELDS}"


def read(number: str, response: Response) -> Line:
    if response.status == 404:
        if number.encode() not in response.body.upper():
            raise GarbledError("a 404 that does not name the number")
        return {"_outcome": "not-found"}
    study = response.json()
    if response.status != 200 or not isinstance(study, dict):
        raise GarbledError("the answer holds no study")
    protocol = object_of(study, "protocolSection")
    identification = object_of(protocol, "identificationModule")
    status = object_of(protocol, "statusModule")
    sponsor = object_of(object_of(protocol, "sponsorCollaboratorsModule"), "leadSponsor")
    own = (text_of(identification, "nctId") or "").upper()
    former = [one.strip().upper() for one in strings(identification.get("nctIdAliases"))]
    # Led there by the registry itself, or named there as a former number.
    moved = is_asked(own) and (number in former or (response.redirected and own in response.url))
    if number != own and not moved:
        raise GarbledError("the answer is about another study")
    titles = [text_of(identification, name) for name in ("briefTitle", "officialTitle")]
    record: dict[str, Any] = {
        "registration": [number] if number == own else [own, number],
        "title": list(dict.fromkeys(title for title in titles if title)),
        "status": text_of(status, "overallStatus"),
        "start-date": text_of(object_of(status, "startDateStruct"), "date"),
        "completion-date": text_of(object_of(status, "completionDateStruct"), "date"),
        "sponsor": text_of(sponsor, "name"),
    }
    return {"_outcome": "found", **{name: value for name, value in record.items() if value}}
