"""The words by which results are recognised: config/vocabulary.yaml, read, checked and searched.

>>> vocabulary = read_vocabulary("config/vocabulary.yaml")
>>> intervention_ids("双安慰剂联合依托泊苷/卡铂", vocabulary)
'carboplatin+etoposide+placebo'
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from livingreview.endpoints.shape import expect, refuse_unknown_keys
from livingreview.endpoints.spellings import Finder, Mention, fold
from livingreview.errors import InputError
from livingreview.yaml_file import Place, load_yaml

VERSION = 1
STATISTICS = ("median", "rate", "hazard_ratio", "difference", "range", "count")
UNITS = ("months", "weeks", "days", "years", "%", "ratio", "patients")
SECTIONS = ("endpoints", "adverse_events", "interventions", "populations", "lines", "diseases")
# A vocabulary without it is whole: what needs it stays silent.
OPTIONAL = ("diseases",)
# Sections whose terms may name a wider term of their own section, diseases several.
NESTED = ("populations", "lines", "diseases")
# What a spelling among the diseases stands for: a disease, several at once ("solid tumours"), or
# none, because it is too general ("tumour") or something else ("anaplastic lymphoma kinase").
NAMES = ("one", "many", "nothing")


@dataclass(frozen=True)
class Term:
    """One entry: its id, its two names, and every spelling (names included) that texts use."""

    id: str
    zh: str
    en: str
    spellings: tuple[str, ...]
    statistics: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    names: str = "one"


@dataclass(frozen=True)
class Setting:
    """One table of the summary and the conditions of standing in it (empty: none)."""

    id: str
    zh: str
    en: str
    lines: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    combination: bool = False
    safety: bool = False


@dataclass(frozen=True)
class Vocabulary:
    endpoints: Mapping[str, Term]
    adverse_events: Mapping[str, Term]
    interventions: Mapping[str, Term]
    populations: Mapping[str, Term]
    lines: Mapping[str, Term]
    settings: tuple[Setting, ...]
    diseases: Mapping[str, Term] = field(default_factory=dict)

    @cached_property
    def finders(self) -> dict[str, Finder]:
        return {section: Finder(spellings_of(getattr(self, section))) for section in SECTIONS}


def spellings_of(terms: Mapping[str, Term]) -> dict[str, str]:
    return {spelling: term.id for term in terms.values() for spelling in term.spellings}


def find_terms(text: str, vocabulary: Vocabulary, section: str) -> list[Mention]:
    """The section's terms in the text, in order, none overlapping another."""
    return vocabulary.finders[section].find(text)


def intervention_ids(words: str | None, vocabulary: Vocabulary) -> str:
    """'安罗替尼组' -> 'anlotinib'; sorted ids joined with +, '' if nothing known is named."""
    text = unicodedata.normalize("NFKC", words or "")
    return "+".join(
        sorted({mention.id for mention in find_terms(text, vocabulary, "interventions")})
    )


def narrowest(ids: Iterable[str], terms: Mapping[str, Term]) -> list[str]:
    """The ids without those that only name what a narrower one of them lies within."""
    ids = list(dict.fromkeys(ids))
    wider = {outer for id in ids for outer in enclosing(id, terms)}
    return [id for id in ids if id not in wider]


def enclosing(id: str, terms: Mapping[str, Term]) -> list[str]:
    """Every term that this one lies within, the nearest first."""
    found: list[str] = []
    upcoming = list(terms[id].within)
    while upcoming:
        outer = upcoming.pop(0)
        if outer not in found:
            found.append(outer)
            upcoming += terms[outer].within
    return found


def setting_id(
    vocabulary: Vocabulary, endpoint: str, population: str | None, line: str | None, arm: str
) -> str:
    """The summary's table for a result; `arm` as intervention ids ("anlotinib+etoposide")."""
    combined = len([id for id in arm.split("+") if id and id != "placebo"]) > 1
    safety = endpoint.startswith("AE:")
    for setting in vocabulary.settings:
        if (
            (not setting.lines or line in setting.lines)
            and (not setting.populations or population in setting.populations)
            and (combined or not setting.combination)
            and (safety == setting.safety)
        ):
            return setting.id
    return vocabulary.settings[-1].id


def read_vocabulary(path: str | Path) -> Vocabulary:
    """The vocabulary file; InputError names file and line of whatever it cannot mean.

    Refused: a version other than 1, unknown keys, a term without its two names, a statistic or
    unit that no row may carry, one spelling for two terms of a section, a `within` that leads
    nowhere or in a circle.
    """
    value, lines = load_yaml(path)
    value = expect(value, dict, path, lines, ())
    if value.get("version") != VERSION:
        raise InputError(
            f"version {value.get('version')!r} is not known; this program reads version {VERSION}",
            path=path,
            line=lines.get(("version",), 1),
        )
    refuse_unknown_keys(value, ("version", *SECTIONS, "settings"), path, lines, ())
    terms = {section: read_section(section, value, path, lines) for section in SECTIONS}
    return Vocabulary(**terms, settings=read_settings(value, terms, path, lines))


def read_section(
    section: str, value: dict[str, Any], path: str | Path, lines: dict[Place, int]
) -> dict[str, Term]:
    if section not in value and section in OPTIONAL:
        return {}
    if section not in value:
        raise InputError(f"the section {section!r} is missing", path=path)
    entries = expect(value[section], dict, path, lines, (section,))
    terms: dict[str, Term] = {}
    owners: dict[str, tuple[str, str]] = {}
    for id, entry in entries.items():
        place = (section, id)
        if not isinstance(id, str):
            raise InputError(
                f"{id!r} is no id: write it in quotes", path=path, line=lines[section,]
            )
        term = read_term(section, id, expect(entry, dict, path, lines, place), path, lines)
        listed = {fold(spelling) for spelling in (term.zh, term.en)}
        own = [term.zh, term.en, *listed_spellings(entry)]
        for position, spelling in enumerate(own):
            folded = fold(spelling)
            owner, first = owners.setdefault(folded, (id, spelling))
            twice = position > 1 and folded in listed
            if owner != id or twice:
                raise InputError(
                    f"the spelling {spelling!r} is named twice: by {owner!r} (as {first!r})"
                    f" and by {id!r}; leave it with one of them, once",
                    path=path,
                    line=lines[place],
                )
            if position > 1:
                listed.add(folded)
        terms[id] = term
    check_within(section, terms, path, lines)
    return terms


def listed_spellings(entry: dict[str, Any]) -> list[str]:
    spellings = entry.get("spellings", {})
    return [*spellings.get("zh", ()), *spellings.get("en", ())]


def read_term(
    section: str, id: str, entry: dict[str, Any], path: str | Path, lines: dict[Place, int]
) -> Term:
    place = (section, id)
    known = ["zh", "en", "spellings"]
    known += ["statistics", "units"] if section == "endpoints" else []
    known += ["within"] if section in NESTED else []
    known += ["names"] if section == "diseases" else []
    refuse_unknown_keys(entry, known, path, lines, place)
    names = {}
    for language in ("zh", "en"):
        name = entry.get(language)
        if not isinstance(name, str) or not fold(name):
            raise InputError(
                f"{id!r} has no name in {language}", path=path, line=lines[place], key=section
            )
        names[language] = name
    spellings = expect(entry.get("spellings", {}), dict, path, lines, (*place, "spellings"))
    refuse_unknown_keys(spellings, ("zh", "en"), path, lines, (*place, "spellings"))
    for language in spellings:
        inner = (*place, "spellings", language)
        for position, spelling in enumerate(expect(spellings[language], list, path, lines, inner)):
            if not isinstance(spelling, str) or not fold(spelling):
                raise InputError(
                    f"{spelling!r} is no spelling: write it in quotes",
                    path=path,
                    line=lines[(*inner, position)],
                )
    chosen = {}
    for kind, allowed in (("statistics", STATISTICS), ("units", UNITS)):
        if section != "endpoints":
            continue
        if not entry.get(kind):
            raise InputError(f"{id!r} names no {kind}", path=path, line=lines[place])
        for position, word in enumerate(expect(entry[kind], list, path, lines, (*place, kind))):
            if word not in allowed:
                raise InputError(
                    f"{word!r} of {id!r} is not among the {kind}: {', '.join(allowed)}",
                    path=path,
                    line=lines[(*place, kind, position)],
                )
        chosen[kind] = tuple(entry[kind])
    if entry.get("names", "one") not in NAMES:
        raise InputError(
            f"`names: {entry['names']}` of {id!r} is not among {', '.join(NAMES)}",
            path=path,
            line=lines[(*place, "names")],
        )
    return Term(
        id=id,
        **names,
        spellings=tuple(dict.fromkeys([*names.values(), *listed_spellings(entry)])),
        **chosen,
        within=wider_terms(section, entry, path, lines, place),
        names=entry.get("names", "one"),
    )


def wider_terms(
    section: str,
    entry: dict[str, Any],
    path: str | Path,
    lines: dict[Place, int],
    place: Place,
) -> tuple[str, ...]:
    """`within: id`, among the diseases also `within: [id, id]`."""
    wider = entry.get("within")
    if section == "diseases" and isinstance(wider, list):
        return tuple(str(id) for id in wider)
    return () if wider is None else (expect(wider, str, path, lines, (*place, "within")),)


def check_within(
    section: str, terms: dict[str, Term], path: str | Path, lines: dict[Place, int]
) -> None:
    for id, term in terms.items():
        for wider in term.within:
            if wider not in terms:
                problem = "is no term of this section"
            elif id == wider or id in reached(wider, terms):
                problem = "leads in a circle"
            else:
                continue
            raise InputError(
                f"`within: {wider}` of {id!r} {problem}",
                path=path,
                line=lines[(section, id, "within")],
            )


def reached(id: str, terms: Mapping[str, Term]) -> set[str]:
    """Like `enclosing`, whatever `within` leads to."""
    found: set[str] = set()
    upcoming = [id]
    while upcoming:
        term = terms.get(upcoming.pop())
        upcoming += [outer for outer in (term.within if term else ()) if outer not in found]
        found.update(upcoming)
    return found


def read_settings(
    value: dict[str, Any],
    terms: dict[str, dict[str, Term]],
    path: str | Path,
    lines: dict[Place, int],
) -> tuple[Setting, ...]:
    settings = []
    entries = expect(value.get("settings"), list, path, lines, ("settings",))
    for position, entry in enumerate(entries):
        place: Place = ("settings", position)
        entry = expect(entry, dict, path, lines, place)
        refuse_unknown_keys(
            entry,
            ("id", "zh", "en", "lines", "populations", "combination", "safety"),
            path,
            lines,
            place,
        )
        for name in ("id", "zh", "en"):
            if not isinstance(entry.get(name), str) or not entry[name].strip():
                raise InputError(f"a setting has no {name}", path=path, line=lines[place])
        if any(entry["id"] == setting.id for setting in settings):
            raise InputError(
                f"the setting {entry['id']!r} stands twice", path=path, line=lines[place]
            )
        for section in ("lines", "populations"):
            for id in expect(entry.get(section, []), list, path, lines, (*place, section)):
                if id not in terms[section]:
                    raise InputError(
                        f"{id!r} of the setting {entry['id']!r} is not among the {section}",
                        path=path,
                        line=lines[(*place, section)],
                    )
        for flag in ("combination", "safety"):
            expect(entry.get(flag, False), bool, path, lines, (*place, flag))
        settings.append(
            Setting(
                **{
                    **entry,
                    "lines": tuple(entry.get("lines", ())),
                    "populations": tuple(entry.get("populations", ())),
                }
            )
        )
    if not settings:
        raise InputError("no settings: at least one table is needed", path=path)
    return tuple(settings)
