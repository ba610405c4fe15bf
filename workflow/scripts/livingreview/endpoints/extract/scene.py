"""What the grammar works on: a sentence with its names, results in groups, what is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from livingreview.endpoints.extract.arms import Arm
from livingreview.endpoints.extract.attach import Result
from livingreview.endpoints.extract.mentions import Endpoint
from livingreview.endpoints.vocabulary import Vocabulary

# How far back, in characters, a value's endpoint and arms are looked for.
LOOK_BACK = 400


@dataclass
class Assigned:
    """A result with what it is of; `reason` says why it is none."""

    result: Result
    endpoint: Endpoint | None = None
    time: tuple[float, str] | None = None
    statistic: str = ""
    unit: str | None = None
    arm: Arm | None = None
    comparator: Arm | None = None
    reason: str = ""
    group: int = 0  # where the group of values begins that it is one of


@dataclass
class Group:
    """Values of one kind; `links[i]` (list, versus, fromto, armed) joins value i and i + 1."""

    results: list[Result]
    links: list[str] = field(default_factory=list)
    head: Result | None = None  # the value behind which these stand in brackets

    @property
    def start(self) -> int:
        return self.results[0].start

    @property
    def stop(self) -> int:
        return self.results[-1].stop


@dataclass
class Memory:
    """What earlier values of the sentence, and arms of the section, leave for later ones."""

    endpoints: list[Endpoint] = field(default_factory=list)
    arms: list[Arm] = field(default_factory=list)
    last: list[Assigned] = field(default_factory=list)
    by_start: dict[int, Assigned] = field(default_factory=dict)
    behind: set[int] = field(default_factory=set)  # arms that stood behind their values


@dataclass(frozen=True)
class Scene:
    """A sentence as the grammar sees it."""

    text: str
    linking: str
    endpoints: Sequence[Endpoint]
    arms: Sequence[Arm]
    subjects: Sequence[Arm]
    depth: Sequence[int]
    vocabulary: Vocabulary


def clause_start(scene: Scene, place: int, begin: int = 0) -> int:
    """Where the part of the sentence begins that holds `place`; a semicolon in brackets parts
    nothing outside of them."""
    depth = scene.depth[place]
    for at in range(place - 1, begin - 1, -1):
        if scene.text[at] in ";；。" and scene.depth[at] <= depth and not scene.depth[at]:
            return at + 1
    return begin
