"""A search index that ranks as such indexes do: by shared words, rarer ones counting more.

Like the real one it knows no phrases, and always finds something.
"""

from __future__ import annotations

import heapq
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

# A Chinese character is a word of its own, as in the standard analysers.
WORD = re.compile(r"[㐀-䶿一-鿿]|[^\W㐀-䶿一-鿿_]+")
STOP_WORDS = frozenset({"and", "or", "not"})
K1, B = 1.2, 0.75

NAMES = ("author", "editor", "chair", "translator")


def tokens(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).lower())
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return [word for word in WORD.findall(bare) if word not in STOP_WORDS]


def texts(work: Mapping[str, Any], *names: str) -> list[str]:
    found = []
    for name in names:
        value = work.get(name) or []
        found += [value] if isinstance(value, str) else [part for part in value if part]
    return found


def people(work: Mapping[str, Any], *roles: str) -> list[str]:
    return [
        " ".join(str(person.get(part, "")) for part in ("given", "family", "name"))
        for role in roles
        for person in work.get(role) or []
    ]


def years(work: Mapping[str, Any]) -> list[str]:
    dates = ("issued", "published", "published-print", "published-online")
    found = {str(work[name]["date-parts"][0][0]) for name in dates if work.get(name)}
    return sorted(found - {"None"})


def titles(work: Mapping[str, Any]) -> list[str]:
    return texts(work, "title", "subtitle", "original-title", "short-title")


def bibliographic(work: Mapping[str, Any]) -> list[str]:
    containers = texts(work, "container-title", "short-container-title", "ISSN")
    return titles(work) + people(work, "author") + containers + years(work)


FIELDS = {
    "query": lambda work: [*bibliographic(work), *texts(work, "publisher", "DOI")],
    "query.bibliographic": bibliographic,
    "query.title": titles,
    "query.author": lambda work: people(work, "author"),
    "query.editor": lambda work: people(work, "editor"),
    "query.chair": lambda work: people(work, "chair"),
    "query.translator": lambda work: people(work, "translator"),
    "query.contributor": lambda work: people(work, *NAMES),
    "query.container-title": lambda work: texts(work, "container-title", "short-container-title"),
    "query.publisher-name": lambda work: texts(work, "publisher"),
    "query.affiliation": lambda work: [
        place.get("name", "") for person in work.get("author") or [] for place in
        person.get("affiliation") or []
    ],
    "query.funder-name": lambda work: [one.get("name", "") for one in work.get("funder") or []],
}  # fmt: skip


class Index:
    """One field of all works. Scores as BM25, rounded as the registry's are."""

    def __init__(self, field: str, works: Sequence[Mapping[str, Any]]) -> None:
        self.postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.lengths = []
        for number, work in enumerate(works):
            counts = Counter(tokens(" ".join(FIELDS[field](work))))
            self.lengths.append(counts.total())
            for word, count in counts.items():
                self.postings[word].append((number, count))
        self.mean = max(1.0, sum(self.lengths) / max(1, len(works)))

    def scores(self, text: str) -> dict[int, float]:
        found: dict[int, float] = defaultdict(float)
        for word, weight in Counter(tokens(text)).items():
            posting = self.postings.get(word, ())
            rarity = math.log(1 + (len(self.lengths) - len(posting) + 0.5) / (len(posting) + 0.5))
            for number, count in posting:
                stretch = K1 * (1 - B + B * self.lengths[number] / self.mean)
                found[number] += weight * rarity * count * (K1 + 1) / (count + stretch)
        return found


def best(scores: Mapping[int, float], rows: int, everything: int) -> list[tuple[int, float]]:
    """The `rows` best numbers with their scores, then ones that share nothing but come all the
    same, with a score all the same."""
    ranked = heapq.nsmallest(rows, scores.items(), key=lambda item: (-item[1], item[0]))
    floor = min((score for _, score in ranked), default=1.0)
    for number in range(everything):
        if len(ranked) >= rows:
            break
        if number not in scores:
            ranked.append((number, floor * 0.5))
    return [(number, round(score, 6)) for number, score in ranked]
