"""Which endpoint, arm and time point each value of a sentence is of: the grammar of enumerations.

Values form groups; endpoints, time points and arms are dealt out over each group's values.
"""

from __future__ import annotations

from collections.abc import Sequence

from livingreview.endpoints.extract.attach import Result, is_count
from livingreview.endpoints.extract.comparing import deal_arms, spread_back
from livingreview.endpoints.extract.dealing import (
    COUNT_BESIDE,
    carried,
    deal_endpoints,
    endpoint_behind,
    is_size,
    lead_endpoints,
)
from livingreview.endpoints.extract.grades import tie_grades
from livingreview.endpoints.extract.groups import group_results, units_in
from livingreview.endpoints.extract.measures import mark_statistics
from livingreview.endpoints.extract.scene import Assigned, Group, Memory, Scene


def assign_all(scene: Scene, results: Sequence[Result], memory: Memory) -> list[Assigned]:
    assigned: list[Assigned] = []
    sizes = [result for result in results if is_size(scene, result)]
    assigned += [Assigned(result, reason="number of patients") for result in sizes]
    results = [result for result in results if result not in sizes]
    groups = group_results(scene, results)
    starts = [group.start for group in groups]
    for group in groups:
        until = next((start for start in starts if start >= group.stop), len(scene.text))
        previous = max((r.stop for r in results if r.stop <= group.start), default=0)
        members = assign_group(scene, group, previous, until, memory)
        assigned += members
        memory.by_start.update({member.result.start: member for member in members})
        if any(member.endpoint for member in members):
            memory.last = members
    assigned.sort(key=lambda member: member.result.start)
    spread_back(scene, assigned, memory.behind)
    tie_grades(scene, assigned)
    return assigned


def assign_group(
    scene: Scene, group: Group, previous: int, until: int, memory: Memory
) -> list[Assigned]:
    members = [
        Assigned(result, unit=unit, group=group.start)
        for result, unit in zip(group.results, units_in(group), strict=True)
    ]
    lead = lead_endpoints(scene, group, group.head.stop if group.head else previous)
    behind = endpoint_behind(scene, group, until, bool(lead))
    if behind:
        lead = behind
        for member in members:
            if member.unit is None and is_count(member.result.figure):
                member.unit = "patients"
    elif lead and group.results[0].figure.unit == "patients" and not group.results[0].events:
        beside = scene.linking[lead[-1].end : group.start]
        lead = lead if COUNT_BESIDE.fullmatch(beside) else []
    elif not lead:
        lead = carried(scene, group, previous, memory)
    if not lead:
        for member in members:
            member.reason = "no endpoint named"
        return members
    memory.endpoints = lead
    deal_endpoints(scene, members, group, lead)
    mark_statistics(scene, members)
    deal_arms(scene, members, group, previous, until, memory)
    return members
