"""Which endpoint and time point each value of a group is of.

ORR 和 DCR 分别为 32.14% 和 96.43%       9 had a partial response and 18 had stable disease
1、3、5年生存率分别为 90.9%、72.2%、57.9%
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from livingreview.endpoints.extract.attach import Result
from livingreview.endpoints.extract.grades import MENTION
from livingreview.endpoints.extract.groups import split_members
from livingreview.endpoints.extract.mentions import Endpoint
from livingreview.endpoints.extract.scene import (
    LOOK_BACK,
    Assigned,
    Group,
    Memory,
    Scene,
    clause_start,
)

ACHIEVED = re.compile(
    r"\s*(?:[)\]]\s*)?(?:的)?(?:患者|受试者|参与者|病例|病人|者)?(?:\s|出现|发生|获得|实现|达到?|表现出|表现为|评价|临床|为|有|患|分别|"
    r"of|patients?|had|has|have|with|achieved|experienced|showed|developed|an?|the|were|was|in|from|arm\s[A-D]|some|grade|"
    r"confirmed|obtained|attained|reached)*"
)
RESPECTIVELY = re.compile(r"分别|respectively|依次")
COUNT_BESIDE = re.compile(
    r"(?:[\s:：=]|者|率|为|有|共|仅|达|分别|was|were|in|of|had|observed|seen|achieved|occurred|only|reported)*"
)
AFTER_COUNT = re.compile(
    r"had|achiev|experienc|show|develop|obtain|获得|实现|达到|出现|发生|表现|为|患|有|评价|\s*$"
)


def is_size(scene: Scene, result: Result) -> bool:
    """ "275 patients allocated EOC": how many there were, not how many had an outcome."""
    figure = result.figure
    if figure.unit != "patients" or result.events is not None:
        return False
    alone = Group([result])
    if endpoint_behind(scene, alone, len(scene.text), False):
        return False
    before = [end for end in scene.endpoints if end.end <= figure.start]
    counted = before and allows(scene, before[-1], "patients", "value")
    if counted and COUNT_BESIDE.fullmatch(scene.linking[before[-1].end : figure.start]):
        return False
    following = re.match(
        r"\s*(?:和|与|及|and)\s*[0-9]+\s*(?:例|名|位|patients?)", scene.text[figure.stop :]
    )
    return not following


def lead_endpoints(scene: Scene, group: Group, previous: int) -> list[Endpoint]:
    """The endpoints named between the group before and this one, those of its own part first."""
    begin = max(previous, group.start - LOOK_BACK)
    found = [
        end
        for end in scene.endpoints
        if begin <= end.start and end.end <= group.start and reaches(scene, end, group)
    ]
    part = clause_start(scene, group.start, begin)
    return [end for end in found if end.start >= part] or found


# An adverse event is an everyday word ("toxicity"); far from a value it is not what was counted.
EVENT_REACH = 60


def reaches(scene: Scene, endpoint: Endpoint, group: Group) -> bool:
    if not endpoint.id.startswith("AE:") or group.start - endpoint.end <= EVENT_REACH:
        return True
    return len(MENTION.sub("", scene.text[endpoint.end : group.start])) <= EVENT_REACH


def endpoint_behind(scene: Scene, group: Group, until: int, has_lead: bool) -> list[Endpoint]:
    """ "9 名部分缓解", "55 patients (38.5%) achieved an objective response"."""
    first = next((end for end in scene.endpoints if end.start >= group.stop), None)
    if first is None or first.start >= until or first.start - group.stop > 80:
        return []
    between = MENTION.sub(" ", scene.linking[group.stop : first.start])
    counts = group.results[-1].figure.unit in (None, "patients") or any(
        result.events is not None for result in group.results
    )
    if not ACHIEVED.fullmatch(between) or (not counts and (has_lead or "," in between)):
        return []
    if not counts and not AFTER_COUNT.search(between):
        return []
    behind = [first]
    if len(group.results) > 1:
        behind = [
            end for end in scene.endpoints if group.stop <= end.start < min(until, first.start + 60)
        ][: len(group.results)]
        if len(behind) != len(group.results):
            behind = [first]
    return behind


def carried(scene: Scene, group: Group, previous: int, memory: Memory) -> list[Endpoint]:
    """No endpoint of its own: one carried from before in the sentence, where an arm or nothing but
    connecting words stand between."""
    if not memory.endpoints:
        return []
    if group.head is not None and group.head.start in memory.by_start:
        head = memory.by_start[group.head.start].endpoint
        return [head] if head else []
    between = scene.linking[previous : group.start]
    has_arm = any(previous <= arm.start and arm.end <= group.start for arm in scene.arms)
    if has_arm and not re.search(r"[。]", between) and len(between) < 120:
        return memory.endpoints
    return memory.endpoints if group.results[0].figure.kind in ("hr", "never") else []


def allows(scene: Scene, endpoint: Endpoint, unit: str | None, kind: str) -> bool:
    if kind == "never":
        return "median" in terms_statistics(scene, endpoint)
    if kind == "hr":
        return "hazard_ratio" in terms_statistics(scene, endpoint)
    if endpoint.id.startswith("AE:"):
        return unit in ("%", "patients")
    return unit in scene.vocabulary.endpoints[endpoint.id].units


def terms_statistics(scene: Scene, endpoint: Endpoint) -> tuple[str, ...]:
    term = scene.vocabulary.endpoints.get(endpoint.id)
    return term.statistics if term else ("rate", "count", "range", "difference")


def deal_endpoints(
    scene: Scene, members: list[Assigned], group: Group, lead: list[Endpoint]
) -> None:
    """Endpoints and time points over the values, in order; arms take what dimension is left."""
    clusters = split_members(group)
    usable = []
    for endpoint in lead:
        if all(allows(scene, endpoint, m.unit, m.result.figure.kind) for m in members):
            usable.append(endpoint)
    distinct = coordinated(scene, usable)
    count = len(members)
    if not usable:
        for member in members:
            fit = [e for e in lead if allows(scene, e, member.unit, member.result.figure.kind)]
            member.endpoint = fit[-1] if fit else None
            member.reason = "" if fit else "unit does not fit the endpoint"
        return
    times = usable[-1].times
    shared = distinct[0].times if distinct else ()
    distinct = [e if e.times else replace(e, times=shared) for e in distinct]
    if count % max(len(distinct), 1) and RESPECTIVELY.search(scene.text, distinct[0].end):
        for member in members:
            member.reason = "unsure"  # some of the values that the text deals out were not read
    elif len(distinct) > 1 and len(clusters) == len(distinct):
        for endpoint, cluster in zip(distinct, clusters, strict=True):
            for i in cluster:
                give(members[i], endpoint, endpoint.times[:1])
    elif len(distinct) > 1 and count % len(distinct) == 0 and "armed" in group.links:
        for i, member in enumerate(members):
            endpoint = distinct[i % len(distinct)]
            give(member, endpoint, endpoint.times[:1])
    elif len(distinct) > 1 and count == 2 * len(distinct):
        for i, member in enumerate(members):
            endpoint = distinct[i // 2]
            give(member, endpoint, endpoint.times[:1])
    elif len(times) > 1 and count % len(times) == 0:
        for i, member in enumerate(members):
            give(member, usable[-1], times[i % len(times) : i % len(times) + 1])
    else:
        for member in members:
            give(member, usable[-1], times[:1] if len(times) == 1 else ())
    if count == 1 and members[0].result.figure.kind == "never":
        members += [Assigned(members[0].result, endpoint) for endpoint in distinct[:-1]]


def give(member: Assigned, endpoint: Endpoint, times: Sequence[tuple[float, str]]) -> None:
    member.endpoint = endpoint
    member.time = times[0] if times and member.unit == "%" else None


def coordinated(scene: Scene, endpoints: Sequence[Endpoint]) -> list[Endpoint]:
    """The last endpoints of the lead that nothing but "and" and commas part."""
    run: list[Endpoint] = []
    for endpoint in endpoints:
        if run:
            between = MENTION.sub(" ", scene.linking[run[-1].end : endpoint.start])
            between = re.sub(r"中位|median|the|[0-9]+-?(?:年|year)", "", between)
            if not re.fullmatch(r"[\s,，、/&]*(?:of\s+)?(?:和|与|及|以及|and|plus)?[\s]*", between):
                run = []
        run.append(endpoint)
    seen: dict[str, Endpoint] = {}
    for endpoint in run:
        seen.setdefault(endpoint.id, endpoint)
    return list(seen.values())
