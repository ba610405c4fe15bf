"""Which arm each value of a group is of, and what it is compared with.

A组和B组分别为 10.7 个月和 6.5 个月       与B组相比，A组延长（4.1 个月对 0.7 个月）
4.1 months with A and 0.7 months with B;  9 and 3% in arms A and B, respectively
"""

from __future__ import annotations

import re
from itertools import pairwise

from livingreview.endpoints.extract.arms import Arm, arm_after
from livingreview.endpoints.extract.groups import armed_parts
from livingreview.endpoints.extract.scene import (
    LOOK_BACK,
    Assigned,
    Group,
    Memory,
    Scene,
    clause_start,
)


def deal_arms(
    scene: Scene,
    members: list[Assigned],
    group: Group,
    previous: int,
    until: int,
    memory: Memory,
) -> None:
    head = memory.by_start.get(group.head.start) if group.head else None
    # "by 4.8 months compared with placebo (5.49 vs. 0.69 months)": words stand between.
    before = head or (
        memory.last[0] if scene.depth[group.start] and len(memory.last) == 1 else None
    )
    if before and before.statistic == "difference" and before.endpoint == members[0].endpoint:
        pair_of_difference(members, before)
        return
    lead = lead_arms(scene, group, previous, memory)
    parts = armed_parts(group)
    if len(parts) > 1:
        deal_between(scene, members, group, parts, lead, until, memory)
    elif len(members) == 1:
        deal_single(scene, members[0], lead, until, memory)
    else:
        deal_list(scene, members, group, lead, until, memory)
    if head and head.arm and len(members) == 1 and members[0].arm is None:
        members[0].arm = head.arm
    named = [member.arm for member in members if member.arm]
    unique = list({arm.words: arm for arm in named}.values())
    if len(unique) == 2:
        for member in members:
            if member.arm and member.comparator is None:
                member.comparator = next(a for a in unique if a.words != member.arm.words)
    if len(unique) >= 2:
        memory.arms = unique


def pair_of_difference(members: list[Assigned], head: Assigned) -> None:
    """The two values behind a difference are of its arm and of its comparator."""
    if len(members) == 2 and head.arm and head.comparator:
        members[0].arm, members[0].comparator = head.arm, head.comparator
        members[1].arm, members[1].comparator = head.comparator, head.arm


def lead_arms(scene: Scene, group: Group, previous: int, memory: Memory) -> list[Arm]:
    """Arms before the group that do not belong to a value before it; the one that is compared to
    the other last: "与 B 组相比，A 组"."""
    part = clause_start(scene, group.start, max(0, group.start - LOOK_BACK))
    for arms in (scene.arms, scene.subjects):
        inside = [
            arm
            for arm in arms
            if part <= arm.start
            and arm.end <= group.start
            and arm.start not in memory.behind
            and scene.depth[arm.start] <= scene.depth[group.start]
        ]
        recent = [arm for arm in inside if arm.start >= previous]
        if inside:
            return reordered(scene, recent or inside)
    return []


def reordered(scene: Scene, arms: list[Arm]) -> list[Arm]:
    distinct: list[Arm] = []
    for arm in arms:
        if all(arm.words != other.words for other in distinct):
            distinct.append(arm)
    if len(distinct) == 2:
        before = scene.text[max(0, distinct[0].start - 16) : distinct[0].start]
        between = scene.text[distinct[0].end : distinct[1].start]
        if re.search(
            r"(?:与|和|同|较|相比于|对比|compared (?:with|to)|versus|than)\s*(?:the\s*)?$",
            before,
            re.I,
        ) and re.match(r"\s*(?:相比|比较|[,，])", between):
            return [distinct[1], distinct[0]]
    return distinct


def deal_between(
    scene: Scene,
    members: list[Assigned],
    group: Group,
    parts: list[list[int]],
    lead: list[Arm],
    until: int,
    memory: Memory,
) -> None:
    """An arm between each two members: after its value ("4.1 with A and 0.7 with B") or before."""
    gaps = []
    for one, other in pairwise(parts):
        stop, start = group.results[one[-1]].stop, group.results[other[0]].start
        inside = [arm for arm in scene.arms if stop <= arm.start and arm.end <= start]
        after = arm_after(scene.linking, stop, inside, start)
        gaps.append((after, inside))
    last = arm_after(scene.linking, group.stop, scene.arms, until)
    if all(after for after, _ in gaps) and (last or not lead):
        chosen = [after for after, _ in gaps] + [last]
        memory.behind.update(arm.start for arm in chosen if arm)
    elif all(inside for _, inside in gaps):
        chosen = [lead[-1] if lead else None] + [inside[-1] for _, inside in gaps]
    else:
        chosen = [after for after, _ in gaps] + [last]
    for part, arm in zip(parts, chosen, strict=True):
        for i in part:
            members[i].arm = arm


def deal_single(
    scene: Scene, member: Assigned, lead: list[Arm], until: int, memory: Memory
) -> None:
    after = arm_after(scene.linking, member.result.stop, scene.arms, until)
    if member.statistic == "hazard_ratio":
        pair = last_pair(memory)
        member.arm, member.comparator = pair if pair else (None, None)
    elif member.statistic == "difference":
        member.arm = lead[0] if lead else None
        other = lead[1:] + [
            arm
            for arm in scene.arms
            if member.result.stop <= arm.start < min(until, member.result.stop + 60)
        ]
        member.comparator = other[0] if other and member.arm else None
    elif lead and not (after and after in scene.arms):
        member.arm = lead[-1]
    elif after:
        member.arm = after
        memory.behind.add(after.start)


def last_pair(memory: Memory) -> tuple[Arm, Arm] | None:
    for member in memory.last:
        if member.arm and member.comparator:
            return member.arm, member.comparator
    return None


def deal_list(
    scene: Scene,
    members: list[Assigned],
    group: Group,
    lead: list[Arm],
    until: int,
    memory: Memory,
) -> None:
    slots = arm_slots(members, group)
    size = max(slots) + 1
    behind = [arm for arm in scene.arms if group.stop <= arm.start < min(until, group.stop + 80)]
    after = arm_after(scene.linking, group.stop, scene.arms, until)
    arms: list[Arm | None]
    if members[0].statistic == "difference" and len(lead) >= 2:
        for member in members:
            member.arm, member.comparator = lead[0], lead[1]
        return
    if size == 1 and after and (after in scene.arms or not lead):
        arms = [after]
        memory.behind.add(after.start)
    elif size == 1:
        arms = [lead[-1] if lead else None]
    elif len(lead) >= size:
        arms = list(lead[-size:]) if len(lead) > size else list(lead)
    elif len(behind) == size:
        arms = list(behind)
        memory.behind.update(arm.start for arm in behind)
    elif len(lead) == 1 and size == 2:
        others = [arm for arm in memory.arms if arm.ids != lead[0].ids]
        other = others[0] if len(memory.arms) == 2 and len(others) == 1 else None
        arms = [lead[0], other]
    elif len(memory.arms) == size:
        arms = list(memory.arms)
    else:
        arms = [None] * size
    for member, slot in zip(members, slots, strict=True):
        member.arm = arms[slot]


def arm_slots(members: list[Assigned], group: Group) -> list[int]:
    """For each value which arm in turn it is of: values of one endpoint and time count up."""
    slots, seen = [], {}
    for member in members:
        key = (member.endpoint.id if member.endpoint else None, member.time)
        slots.append(seen.get(key, 0))
        seen[key] = slots[-1] + 1
    return slots


CONTRAST = re.compile(r"\b(?:while|whereas|but)\b|而|;|；")


def spread_back(scene: Scene, members: list[Assigned], behind: set[int]) -> None:
    """Arms named once, behind the last of several results, are those of all: "hypertension (64%)
    and diarrhoea (56%) for A"; "PFS was a and b, OS c and d, for groups A and B". `behind`: the
    places of such arms."""
    later: list[Arm] = []
    run: list[Assigned] = []
    named_in = -1  # the group of the last member that has an arm of its own
    after = len(scene.text)
    for member in reversed([m for m in members if m.endpoint and not m.reason]):
        if later and CONTRAST.search(scene.linking, member.result.stop, after):
            later, run = [], []
        after = member.result.stop
        if member.arm is not None:
            joined = named_in == member.group and member.arm not in later
            own = [member.arm] if member.arm.start in behind else []
            later = [*later, *own] if joined and own else own
            run, named_in = [], member.group
        elif later and later[-1].start >= member.result.stop and member.statistic != "hazard_ratio":
            run.append(member)
            if len(run) == len(later):
                if len({m.endpoint.id for m in run}) == 1:
                    for one, arm in zip(run, later, strict=True):
                        one.arm = arm
                run = []
