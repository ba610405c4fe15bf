"""Which endpoint, arm and time point each value of a sentence is of: the grammar of enumerations.

    A组和B组的中位 OS 分别为 10.7 个月和 6.5 个月      PFS was 4.1 months with A and 0.7 months with B
    1、3、5年生存率分别为 90.9%、72.2%、57.9%          from 20.2% to 27.9%;  A 对 B: 延长 4.8 个月（5.49 对 0.69）

Values that nothing but connecting words part form a group; an arm named between two of them parts
the group into members. Endpoints, time points and arms are dealt out over the group's values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from livingreview.endpoints.extract.arms import Arm, arm_after
from livingreview.endpoints.extract.attach import Result, is_count
from livingreview.endpoints.extract.mentions import Endpoint
from livingreview.endpoints.vocabulary import Vocabulary

ABOUT = r"(?:约|近|仅|为|达|只有|高达|about|approximately|only|nearly|almost|the|a|was|were|还是)?"
LIST = re.compile(rf"\s*(?:[,，、;/]|和|与|及|以及|and|or|&|,\s*and|\.)?\s*{ABOUT}\s*")
VERSUS = re.compile(
    rf"\s*[,，]?\s*(?:vs\.?|versus|v\.?|V\.?S\.?|对比?|比|对照|较|相比|compared (?:with|to)|against|as opposed to)\s*{ABOUT}\s*",
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
DIFFERENCE_BEFORE = re.compile(
    r"(?:延长|增加|提高|改善|缩短|降低|减少|升高|相差|差值为|获益)(?:了|约|近|达|仅|\s)*$"
    r"|(?:\bby|difference\s+(?:of|was|in\s.{1,60}\s(?:was|of))|(?:improvement|increase|gain|benefit|prolongation|reduction)\s+"
    r"(?:of|was|in\s.{1,80}\s(?:was|of)))\s*(?:a median of\s*|about\s*|approximately\s*|only\s*)?$",
    re.IGNORECASE,
)
DIFFERENCE_AFTER = re.compile(
    r"\s*(?:in\s\w+\s)?(?:longer|shorter|higher|lower|more|less|better|worse|improvement|increase|gain|benefit)\b"
)
DIFFERENCE_WORD = re.compile(
    r"延长|增加|提高|改善|缩短|降低|prolong|longer|increas|improv|extend|reduc|shorter|lengthen"
)
BOUND_BELOW = re.compile(
    r"(?:不足|低于|小于|少于|不到|未及|不超过|<|≤|below|less than|under|fewer than|at most|no more than)\s*$"
)
BOUND_ABOVE = re.compile(
    r"(?:超过|高于|大于|多于|至少|>|≥|above|more than|over|exceeding|at least|greater than)\s*$"
)
ACHIEVED = re.compile(
    r"\s*(?:[)\]]\s*)?(?:的)?(?:患者|受试者|参与者|病例|病人|者)?(?:\s|出现|发生|获得|实现|达到?|表现出|表现为|评价|临床|为|有|患|分别|"
    r"of|patients?|had|has|have|with|achieved|experienced|showed|developed|an?|the|were|was|in|from|arm\s[A-D]|some|grade|"
    r"confirmed|obtained|attained|reached)*"
)
COUNT_BESIDE = re.compile(
    r"(?:[\s:：=]|者|率|为|有|共|仅|达|分别|was|were|in|of|had|observed|seen|achieved|occurred|only|reported)*"
)
AFTER_COUNT = re.compile(
    r"had|achiev|experienc|show|develop|obtain|获得|实现|达到|出现|发生|表现|为|患|有|评价|\s*$"
)
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


@dataclass(frozen=True)
class Scene:
    """A sentence as the grammar sees it."""

    text: str
    linking: str
    endpoints: Sequence[Endpoint]
    arms: Sequence[Arm]
    depth: Sequence[int]
    vocabulary: Vocabulary


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
    return sorted(assigned, key=lambda member: member.result.start)


def is_size(scene: Scene, result: Result) -> bool:
    """ "275 patients allocated EOC": how many there were, not how many had an outcome."""
    figure = result.figure
    if figure.unit != "patients" or result.events is not None:
        return False
    alone = Group([result])
    if endpoint_behind(scene, alone, len(scene.text), False):
        return False
    before = [end for end in scene.endpoints if end.end <= figure.start]
    if before and COUNT_BESIDE.fullmatch(scene.linking[before[-1].end : figure.start]):
        return False
    following = re.match(
        r"\s*(?:和|与|及|and)\s*[0-9]+\s*(?:例|名|位|patients?)", scene.text[figure.stop :]
    )
    return not following


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


NESTED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


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


def assign_group(
    scene: Scene, group: Group, previous: int, until: int, memory: Memory
) -> list[Assigned]:
    members = [Assigned(result, unit=unit_in(group, i)) for i, result in enumerate(group.results)]
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
    mark_statistics(scene, members, group, memory)
    deal_arms(scene, members, group, previous, until, memory)
    return members


def unit_in(group: Group, index: int) -> str | None:
    """A missing unit is the next one's of the group, else the one before's."""
    figures = [result.figure for result in group.results]
    for figure in [*figures[index:], *reversed(figures[:index])]:
        if figure.unit:
            return figure.unit
    return None


def lead_endpoints(scene: Scene, group: Group, previous: int) -> list[Endpoint]:
    """The endpoints named between the group before and this one, those of its own part first."""
    begin = max(previous, group.start - LOOK_BACK)
    found = [end for end in scene.endpoints if begin <= end.start and end.end <= group.start]
    part = clause_start(scene.text, group.start, begin)
    return [end for end in found if end.start >= part] or found


def clause_start(text: str, place: int, begin: int) -> int:
    return max((text.rfind(sign, begin, place) for sign in ";；。"), default=-1) + 1


def endpoint_behind(scene: Scene, group: Group, until: int, has_lead: bool) -> list[Endpoint]:
    """ "9 名部分缓解", "55 patients (38.5%) achieved an objective response"."""
    first = next((end for end in scene.endpoints if end.start >= group.stop), None)
    if first is None or first.start >= until or first.start - group.stop > 80:
        return []
    between = scene.linking[group.stop : first.start]
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
    if len(distinct) > 1 and len(clusters) == len(distinct):
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


def split_members(group: Group) -> list[list[int]]:
    """Places of the values, those joined by versus or from-to in one cluster."""
    clusters = [[0]]
    for i, link in enumerate(group.links, start=1):
        if link in ("versus", "fromto"):
            clusters[-1].append(i)
        else:
            clusters.append([i])
    return clusters


def coordinated(scene: Scene, endpoints: Sequence[Endpoint]) -> list[Endpoint]:
    """The last endpoints of the lead that nothing but "and" and commas part."""
    run: list[Endpoint] = []
    for endpoint in endpoints:
        if run:
            between = scene.linking[run[-1].end : endpoint.start]
            between = re.sub(r"中位|median|the|[0-9]+-?(?:年|year)", "", between)
            if not re.fullmatch(r"[\s,，、/&]*(?:和|与|及|以及|and|plus)?[\s]*", between):
                run = []
        run.append(endpoint)
    seen: dict[str, Endpoint] = {}
    for endpoint in run:
        seen.setdefault(endpoint.id, endpoint)
    return list(seen.values())


STATISTIC_OF_UNIT = {"%": "rate", "patients": "count", "ratio": "hazard_ratio"}


def mark_statistics(scene: Scene, members: list[Assigned], group: Group, memory: Memory) -> None:
    for member in members:
        figure = member.result.figure
        if figure.kind == "hr":
            member.statistic, member.unit = "hazard_ratio", "ratio"
        elif figure.kind == "range":
            member.statistic = "range"
        elif figure.kind == "never":
            member.statistic = "median"
        else:
            member.statistic = STATISTIC_OF_UNIT.get(member.unit or "", "median")
            before = scene.linking[max(0, figure.start - 24) : figure.start]
            if BOUND_BELOW.search(before):
                member.result.bound, member.statistic = "below", "range"
            elif BOUND_ABOVE.search(before):
                member.result.bound, member.statistic = "above", "range"
    first = members[0]
    if first.statistic in ("median", "rate") and first.result.figure.kind == "value":
        mark_differences(scene, members, group)


def mark_differences(scene: Scene, members: list[Assigned], group: Group) -> None:
    first = members[0]
    lead = scene.linking[max(0, first.result.start - 120) : first.result.start]
    if DIFFERENCE_BEFORE.search(lead) or DIFFERENCE_AFTER.match(scene.text, first.result.stop):
        first.statistic = "difference"
    for member in members:
        pair = pair_behind(scene.text, member.result.stop)
        if pair and DIFFERENCE_WORD.search(lead):
            size = abs(pair[0] - pair[1])
            if abs(size - (member.result.figure.value or 0)) < 0.051:
                member.statistic = "difference"


PAIR = re.compile(
    r"\s*[(\[]\s*(?P<one>[0-9]+(?:\.[0-9]+)?)\s*(?:%|个?月|months?)?\s*(?:对比?|比|vs\.?|versus|-)\s*"
    r"(?P<other>[0-9]+(?:\.[0-9]+)?)"
)


def pair_behind(text: str, place: int) -> tuple[float, float] | None:
    found = PAIR.match(text, place)
    return (float(found["one"]), float(found["other"])) if found else None


def deal_arms(
    scene: Scene,
    members: list[Assigned],
    group: Group,
    previous: int,
    until: int,
    memory: Memory,
) -> None:
    head = memory.by_start.get(group.head.start) if group.head else None
    if head and head.statistic == "difference":
        pair_of_difference(members, head)
        return
    lead = lead_arms(scene, group, previous)
    parts = armed_parts(group)
    if len(parts) > 1:
        deal_between(scene, members, group, parts, lead, until)
    elif len(members) == 1:
        deal_single(scene, members[0], lead, until, memory)
    else:
        deal_list(scene, members, group, lead, until, memory)
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


def armed_parts(group: Group) -> list[list[int]]:
    parts = [[0]]
    for i, link in enumerate(group.links, start=1):
        if link == "armed":
            parts.append([i])
        else:
            parts[-1].append(i)
    return parts


def lead_arms(scene: Scene, group: Group, previous: int) -> list[Arm]:
    """Arms before the group, the one that is compared to the other last: "与 B 组相比，A 组"."""
    part = clause_start(scene.text, group.start, max(0, group.start - LOOK_BACK))
    inside = [
        arm
        for arm in scene.arms
        if part <= arm.start
        and arm.end <= group.start
        and scene.depth[arm.start] <= scene.depth[group.start]
    ]
    recent = [arm for arm in inside if arm.start >= previous]
    return reordered(scene, recent or inside)


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
) -> None:
    """An arm between each two members: after its value ("4.1 with A and 0.7 with B") or before."""
    gaps = []
    for one, other in zip(parts, parts[1:], strict=False):
        stop, start = group.results[one[-1]].stop, group.results[other[0]].start
        inside = [arm for arm in scene.arms if stop <= arm.start and arm.end <= start]
        after = arm_after(scene.linking, stop, inside, start)
        gaps.append((after, inside))
    last = arm_after(scene.linking, group.stop, scene.arms, until)
    if all(after for after, _ in gaps) and (last or not lead):
        chosen = [after for after, _ in gaps] + [last]
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
        other = [arm for arm in lead[1:]] + [
            arm
            for arm in scene.arms
            if member.result.stop <= arm.start < min(until, member.result.stop + 60)
        ]
        member.comparator = other[0] if other and member.arm else None
    elif after and after in scene.arms:
        member.arm = after
    elif lead:
        member.arm = lead[-1]
    else:
        member.arm = after


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
    if size == 1:
        whole = after if after and after in scene.arms else (lead[-1] if lead else after)
        arms = [whole]
    elif len(lead) >= size:
        arms = list(lead[-size:]) if len(lead) > size else list(lead)
    elif len(behind) == size:
        arms = list(behind)
    elif len(lead) == 1 and size == 2:
        others = [arm for arm in memory.arms if arm.ids != lead[0].ids]
        other = others[0] if len(memory.arms) == 2 and len(others) == 1 else None
        arms = [lead[0], other]
    elif len(memory.arms) == size and not lead:
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
