"""Which grade the adverse events of a sentence are of, where the text says so.

grade 3-4 hypertension in 5%     Hypertension of grade 3 or higher occurred in 14.3%
高血压发生率为 40%，其中≥3级为 14%     hypertension in 14.3% (grade ≥3)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from livingreview.endpoints.extract.mentions import Endpoint
from livingreview.endpoints.extract.scene import Assigned, Scene, clause_start

THREE = r"(?:3|Ⅲ|III|三)"
FOUR = r"(?:4|Ⅳ|IV|四)"
LEVEL = r"(?:[0-5]|Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ|IV|V|I{1,3}|[一二三四五])"
GRADE = r"\bgrades?[\s-]*"
DEGREE = r"\s*[级度]"
UP_TO = r"\s*(?:[-~/、,]|\bto\b|\bor\b|\band\b|至|到|和|或者?|及)\s*"
MENTION = re.compile(
    rf"(?P<three_up>{GRADE}(?:≥|>=)\s*{THREE}(?![0-9.])|(?:≥|>=)\s*{GRADE}{THREE}(?![0-9])"
    rf"|(?:≥|>=)\s*{THREE}{DEGREE}"
    rf"|{THREE}{DEGREE}?\s*(?:(?:及其?|或|和)?\s*以上|[及或]更高)(?:\s*级别?)?"
    rf"|{GRADE}{THREE}\s*(?:\+|(?:or|and)\s+(?:higher|above|greater|more|worse|over|up)\b)"
    rf"|{GRADE}{THREE}{UP_TO}(?:grade\s*)?5|{THREE}{DEGREE}?{UP_TO}5{DEGREE})"
    rf"|(?P<three_four>{GRADE}{THREE}{UP_TO}(?:grade\s*)?{FOUR}(?![0-9])"
    rf"|{THREE}{DEGREE}?{UP_TO}{FOUR}{DEGREE}|\bG3\s*[-/]\s*G?4)"
    r"|(?P<any>\b(?:all|any)[\s-]grades?|(?:所有|任何|任意|各|全部)级别?)"
    rf"|(?P<other>(?:[≥≤<>]=?\s*)?{GRADE}(?:[≥≤<>]=?\s*)?{LEVEL}(?![A-Za-z0-9])"
    rf"(?:{UP_TO}(?:grade\s*)?{LEVEL}(?![A-Za-z0-9]))?"
    rf"|(?:[≥≤<>]=?\s*)?(?<![0-9.]){LEVEL}(?:{DEGREE}?{UP_TO}{LEVEL})?{DEGREE}(?:及?以[上下])?)",
    re.IGNORECASE,
)
GRADES = {"three_up": ">=3", "three_four": "3-4", "any": "any"}
# How far before an event its grade may stand.
REACH = 200
# Nothing but these between an event and the grade behind it that is its own.
OF_EVENT = re.compile(r"(?:[\s(,，:]|of|at|with|was|were|为|达|的|者|患者|发生)*", re.I)
# Nothing but these between a number and the grade behind it: "14.3% (grade ≥3)", "14.3% 为3级以上".
OF_VALUE = re.compile(
    r"\s*(?:of (?:the )?patients\s*|的?患者\s*)?(?:[(\[]\s*)?"
    r"(?:(?:of|at|with|was|were|being|为|属|均为)\s*)*",
    re.I,
)
BETWEEN_GRADES = re.compile(r"\s*(?:and|or|和|与|及|或|、|/|,|，)?\s*(?:of\s*)?", re.I)


@dataclass(frozen=True)
class GradeMention:
    """A grade that the sentence names; `grade` is None for one that no row can carry (1-2, 5)."""

    start: int
    end: int
    grade: str | None


def find_grades(sentence: str) -> list[GradeMention]:
    return [
        GradeMention(found.start(), found.end(), GRADES.get(found.lastgroup or ""))
        for found in MENTION.finditer(sentence)
    ]


def tie_grades(scene: Scene, assigned: Sequence[Assigned]) -> None:
    """Gives each adverse event its grade, in place.

    A number whose grade no row can carry, or beside a grade that may be its own, becomes `unsure`:
    a count of severe events is never taken for one of events of any grade.
    """
    grades = find_grades(scene.text)
    events = [member for member in assigned if is_event(member)]
    if not grades or not events:
        return
    places = sorted([(m.result.start, m.result.stop) for m in assigned])
    ungraded, tied = [], set()
    for member in assigned:
        if member.reason and member.result.figure.unit == "%":
            tied |= set(right_before(member, grades, places))
    for member in events:
        mention = own_grade(scene, member, grades, places)
        if mention is None:
            ungraded.append(member)
            continue
        tied.add(mention)
        if mention.grade is None or is_one_of_several(scene, mention, grades):
            member.reason = "unsure"
        else:
            member.endpoint = replace(member.endpoint, grade=mention.grade)
    for member in ungraded:
        clause = clause_start(scene, member.result.start)
        if any(g.grade != "any" and (g not in tied or g.start < clause) for g in grades):
            member.reason = "unsure"


def is_event(member: Assigned) -> bool:
    return (
        not member.reason and member.endpoint is not None and member.endpoint.id.startswith("AE:")
    )


def right_before(
    member: Assigned, grades: Sequence[GradeMention], places: Sequence[tuple[int, int]]
) -> list[GradeMention]:
    """The grades between the number before and this one, which became no result."""
    start = member.result.start
    since = max((stop for _, stop in places if stop <= start), default=0)
    return [grade for grade in grades if since <= grade.start and grade.end <= start][-1:]


def own_grade(
    scene: Scene,
    member: Assigned,
    grades: Sequence[GradeMention],
    places: Sequence[tuple[int, int]],
) -> GradeMention | None:
    """The grade right behind the number, else behind the event and before the number, else the
    last one before the event in its part of the sentence."""
    event, result = member.endpoint, member.result
    until = next((start for start, _ in places if start >= result.stop), len(scene.text))
    for mention in grades:
        if result.stop <= mention.start < until and is_of_value(scene, result.stop, mention):
            return mention
    for start in (result.start, member.group):  # that of the number itself, that of its group
        since = max((stop for _, stop in places if event.end <= stop <= start), default=event.end)
        since = max(since, clause_start(scene, start))
        more = any(event.end <= other.start < start for other in scene.endpoints)
        behind = [
            mention
            for mention in grades
            if since <= mention.start
            and mention.end <= start
            and (is_of_event(scene, event, mention) or not more)
        ]
        if behind:
            return behind[-1]
    begin = max(clause_start(scene, event.start), event.start - REACH)
    before = [
        mention
        for mention in grades
        if begin <= mention.start
        and mention.end <= event.start
        and min(scene.depth[mention.start : event.start + 1]) >= scene.depth[mention.start]
        and not is_of_other(scene, event, mention)
    ]
    return before[-1] if before else None


def is_of_value(scene: Scene, stop: int, mention: GradeMention) -> bool:
    """The grade stands right behind the number, in a bracket of its own or without one, and no
    event follows it whose grade it would be."""
    between = scene.text[stop : mention.start]
    if not OF_VALUE.fullmatch(between):
        return False
    if "(" in between or "[" in between:
        return bool(re.match(r"\s*[)\]]", scene.text[mention.end :]))
    return bool(re.match(r"\s*(?:$|[)\],，.。;；])", scene.text[mention.end :]))


def is_of_event(scene: Scene, event: Endpoint, mention: GradeMention) -> bool:
    between = scene.text[event.end : mention.start] if mention.start >= event.end else "?"
    return bool(OF_EVENT.fullmatch(between)) and not leads(scene, mention)


def is_of_other(scene: Scene, event: Endpoint, mention: GradeMention) -> bool:
    """Of the event named right before it: "neutropenia (grade 3) and hypertension"."""
    before = [other for other in scene.endpoints if other.end <= mention.start]
    return bool(before) and before[-1] != event and is_of_event(scene, before[-1], mention)


def leads(scene: Scene, mention: GradeMention) -> bool:
    """An event stands right behind the grade: "grade 3-4 hypertension"."""
    following = next((e.start for e in scene.endpoints if e.start >= mention.end), None)
    return following is not None and not re.search(
        r"[,，、)\]]|\band\b|和|与|及", scene.text[mention.end : following]
    )


def is_one_of_several(scene: Scene, mention: GradeMention, grades: Sequence[GradeMention]) -> bool:
    """ "any-grade and grade ≥3 hypertension": which number is of which is not read."""
    return any(
        one.grade != other.grade
        and mention in (one, other)
        and BETWEEN_GRADES.fullmatch(scene.text[one.end : other.start])
        for one, other in pairwise(grades)
    )
