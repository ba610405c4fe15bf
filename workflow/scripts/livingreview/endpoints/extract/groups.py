"""Values that nothing but connecting words part form a group: "5.49 vs 0.69", "a, b 和 c".

An arm named between two values joins them too: "4.1 months with A and 0.7 months with B".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from livingreview.endpoints.extract.arms import arm_after
from livingreview.endpoints.extract.attach import Result
from livingreview.endpoints.extract.scene import Group, Scene

ABOUT = r"(?:约|近|仅|为|达|只有|高达|about|approximately|only|nearly|almost|the|a|was|were|还是)?"
LIST = re.compile(rf"\s*(?:[,，、;/]|和|与|及|以及|and|or|&|,\s*and|\.)?\s*{ABOUT}\s*")
VERSUS = re.compile(
    r"\s*[,，]?\s*(?:vs\.?|versus|v\.?|V\.?S\.?|对比?|比|对照|较|相比|compared (?:with|to)|against"
    rf"|as opposed to)\s*{ABOUT}\s*",
    re.IGNORECASE,
)
FROM_TO = re.compile(
    rf"\s*(?:to|至|到|(?:提高|增加|延长|上升|升高|下降|降低|缩短|减少|升|增|降)[至到])\s*{ABOUT}\s*"
)
# What may stand beside an arm between two values of one group.
FILLERS = re.compile(
    r"(?:[\s,，、:：()\[\]的为是达则而均仅只有其]|分别|对照|显著|明显|高于|低于|长于|短于|优于|相比|组|患者|治疗|"
    r"vs\.?|versus|compared|with|and|in|for|the|of|on|patients?|was|were|is|to|than|those|while|whereas|but|only|"
    r"arms?|groups?|among|from|receiving|received|treated|allocated|given|和|与|及|或|对比?|比|较|中|者|上述|者)*",
    re.IGNORECASE,
)
NESTED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def group_results(scene: Scene, results: Sequence[Result]) -> list[Group]:
    """Groups in the order of their first values; one in brackets does not end the one around it."""
    groups: list[Group] = []
    open_groups: dict[int, Group] = {}
    for result in results:
        depth = scene.depth[result.start]
        open_groups = {d: group for d, group in open_groups.items() if d <= depth}
        group = open_groups.get(depth)
        link = link_between(scene, group.results[-1], result) if group else None
        if group and link:
            group.results.append(result)
            group.links.append(link)
        else:
            around = open_groups.get(depth - 1)
            group = Group([result], head=head_of(scene, around, result))
            open_groups[depth] = group
            groups.append(group)
    return groups


def head_of(scene: Scene, around: Group | None, result: Result) -> Result | None:
    """The value right before the bracket in which the result stands."""
    if around is None:
        return None
    between = scene.linking[around.stop : result.start]
    return around.results[-1] if re.match(r"\s*[(\[]", between) else None


def link_between(scene: Scene, one: Result, other: Result) -> str | None:
    if "hr" in (one.figure.kind, other.figure.kind):
        return None
    if not same_kind(one, other) or scene.depth[one.start] != scene.depth[other.start]:
        return None
    between = scene.linking[one.stop : other.start]
    if len(between) > 400:
        return None
    flat = NESTED.sub(lambda found: " " * len(found.group()), between)
    for name, pattern in (("versus", VERSUS), ("fromto", FROM_TO), ("list", LIST)):
        if pattern.fullmatch(flat):
            return name
    if len(between) > 160 or any(one.stop <= end.start < other.start for end in scene.endpoints):
        return None
    inside = [arm for arm in scene.arms if one.stop <= arm.start and arm.end <= other.start]
    free = arm_after(scene.linking, one.stop, inside, other.start)
    if free is not None and free not in inside and len(inside) < 1:
        inside = [free]
    if len(inside) != 1:
        return None
    rest = flat
    for arm in reversed(inside):
        rest = rest[: arm.start - one.stop] + rest[arm.end - one.stop :]
    return "armed" if FILLERS.fullmatch(rest) else None


def same_kind(one: Result, other: Result) -> bool:
    if "never" in (one.figure.kind, other.figure.kind):
        return True
    units = {one.figure.unit, other.figure.unit} - {None}
    return len(units) < 2 and one.figure.kind == other.figure.kind


def units_in(group: Group) -> list[str | None]:
    """The units of the values; a missing one is the next one's of the group, else that before."""
    units = [result.figure.unit for result in group.results]
    for order in (range(len(units) - 2, -1, -1), range(1, len(units))):
        step = 1 if order.step < 0 else -1
        for i in order:
            units[i] = units[i] or units[i + step]
    return units


def armed_parts(group: Group) -> list[list[int]]:
    parts = [[0]]
    for i, link in enumerate(group.links, start=1):
        if link == "armed":
            parts.append([i])
        else:
            parts[-1].append(i)
    return parts


def split_members(group: Group) -> list[list[int]]:
    """Places of the values, those joined by versus or from-to in one cluster."""
    clusters = [[0]]
    for i, link in enumerate(group.links, start=1):
        if link in ("versus", "fromto"):
            clusters[-1].append(i)
        else:
            clusters.append([i])
    return clusters
