"""Templates, style and catalogues of the summary, told apart by the ends of their paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from livingreview.errors import InputError
from livingreview.files import read_text

# What each resource's path ends in, wherever a deployment has put it.
ENDS = {
    "template": "summary.md.j2",
    "page": "summary.html",
    "style": "summary.css",
    "typst": "summary.typ",
    "zh": "zh/LC_MESSAGES/summary.po",
    "en": "en/LC_MESSAGES/summary.po",
}


@dataclass(frozen=True)
class Resources:
    """The texts that were handed over, and where each came from."""

    texts: Mapping[str, str]
    paths: Mapping[str, str]

    def text(self, name: str) -> str:
        if name not in self.texts:
            raise InputError(f"the resource {ENDS[name]} was not handed over")
        return self.texts[name]


def load_resources(paths: Iterable[str | Path]) -> Resources:
    """Read the files at these paths; InputError if one is none of the summary's resources."""
    texts, places = {}, {}
    for path in paths:
        name = next(
            (name for name, end in ENDS.items() if Path(path).as_posix().endswith(end)), None
        )
        if name is None:
            raise InputError(
                f"no resource of the summary; known are {', '.join(ENDS.values())}", path=path
            )
        texts[name] = read_text(path)
        places[name] = str(path)
    return Resources(texts, places)
