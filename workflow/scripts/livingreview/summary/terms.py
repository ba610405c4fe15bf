"""The names of vocabulary ids in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LANGUAGES = ("zh", "en")
Words = dict[str, str]


def name_term(vocabulary: Mapping[str, Any], section: str, identifier: str) -> Words:
    """The term's names {"zh", "en"}; an id that the vocabulary does not know names itself."""
    term = (vocabulary.get(section) or {}).get(identifier)
    if term is None:
        return same_words(identifier.replace("_", " "))
    return {language: str(term[language]) for language in LANGUAGES}


def same_words(text: str) -> Words:
    return dict.fromkeys(LANGUAGES, text)


def name_arm(
    vocabulary: Mapping[str, Any], identifiers: str, printed: Mapping[str, str]
) -> Words | None:
    """An arm such as `anlotinib+etoposide` by the names of its parts, or as each text prints it.

    The printed words stand where the vocabulary lacks a part; a language that prints none takes
    the other's. None where the result names no arm.
    """
    known = vocabulary.get("interventions") or {}
    parts = [part for part in identifiers.split("+") if part]
    if parts and all(part in known for part in parts):
        names = [name_term(vocabulary, "interventions", part) for part in parts]
        return {language: " + ".join(name[language] for name in names) for language in LANGUAGES}
    either = next((printed[language] for language in LANGUAGES if printed.get(language)), None)
    if either is not None:
        return {language: printed.get(language) or either for language in LANGUAGES}
    return same_words(" + ".join(part.replace("_", " ") for part in parts)) if parts else None


def name_endpoint(vocabulary: Mapping[str, Any], identifier: str) -> dict[str, Any]:
    """How an endpoint is called in tables, and whether that is an abbreviation to be explained.

    `PFS` -> itself, an abbreviation; `AE:hypertension` and `RATE:CNS DCR` -> their names;
    `AE:<words>` and `RATE:<words>` that the vocabulary does not know -> the words.
    """
    kind, _, rest = identifier.partition(":")
    if kind == "AE" and rest:
        words = name_term(vocabulary, "adverse_events", rest)
    elif kind == "RATE" and rest:
        known = identifier in (vocabulary.get("endpoints") or {})
        words = name_term(vocabulary, "endpoints", identifier) if known else same_words(rest)
    else:
        words = same_words(identifier)
    return {"id": identifier, "words": words, "abbreviation": not rest}
