"""Volume, issue and supplement, which one list prints together and another one apart.

The sixth supplement of volume 24 is `24 Suppl 6`, `24S6`, `24(suppl_6)`, or volume 24, issue
`Suppl 6`; that of an issue is `10 Suppl 1`, and some registries keep only its issue, 10.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from livingreview.references.comparison.pages import DASHES, LABEL, same_number
from livingreview.references.comparison.plain import readable

LONGEST = 200
NUMBER = r"\d+(?:-\d+)?"
SUPPLEMENT = r"(?:supplement(?:ary|um|s)?|suppl?s?|supl(?:emento?)?|增刊?|s)(?![a-z])"
PART = r"(?:p(?:ar)?ts?)\s*(?P<part>\d+|[ivx]+|[a-z])"
ISSUE = re.compile(
    rf"(?P<issue>{NUMBER})?\s*(?:(?P<supplement>{SUPPLEMENT})\s*(?:no\s*)?(?P<number>{NUMBER}[a-z]?)?)?"
    rf"\s*(?:{PART})?"
)
# A volume, and what is printed with it: 24 Suppl 6, 24S6, 69(Suppl. 1), 379(21).
VOLUME = re.compile(
    rf"(?P<volume>[a-z]{{0,3}}\d+)(?:\s*(?P<rest>{SUPPLEMENT}.*)|\s*[(\[,;]+\s*(?P<within>.+))"
)
SIGNS = re.compile(r"[\s()\[\]._,;:#]+")


@dataclass(frozen=True)
class Issue:
    """`issue` 10, `supplement` 1, "" for a supplement without number, None for none; `part`."""

    issue: str | None = None
    supplement: str | None = None
    part: str | None = None


@dataclass(frozen=True)
class Numbers:
    """What is printed as volume and issue, and what is understood of it.

    `volume`: without what stands with it. `issue_text`: None if there is no issue; the volume's
    text where the issue stands only there. `own`: the issue's text without the volume. `issue`:
    None if there is none, or it is not understood. `within`: the issue as it stands with the
    volume.
    """

    volume_text: str | None
    issue_text: str | None
    volume: str | None
    own: str | None
    issue: Issue | None
    within: str | None = None


@lru_cache(maxsize=8192)
def numbers_of(volume: str | None, issue: str | None) -> Numbers:
    head, within = split_volume(volume) if volume else (None, None)
    beside = parse_issue(within) if within else None
    if not issue:
        text = volume if within else None
        return Numbers(volume, text, head, within, beside, within)
    own = parse_issue(issue)
    if own is not None and beside is not None:
        own = joined(own, beside)
    return Numbers(volume, issue, head, issue, own, within)


def joined(own: Issue, beside: Issue) -> Issue:
    """An issue, and the supplement that stands with its volume, unless these are two."""
    pairs = (
        (own.issue, beside.issue),
        (own.supplement, beside.supplement),
        (own.part, beside.part),
    )
    if any(one and two and one != two for one, two in pairs):
        return own
    supplement = own.supplement or beside.supplement
    if supplement is None and "" in (own.supplement, beside.supplement):
        supplement = ""
    return Issue(own.issue or beside.issue, supplement, own.part or beside.part)


def split_volume(text: str) -> tuple[str, str | None]:
    """The volume, and the issue or supplement that is printed with it, if both are understood."""
    match = VOLUME.fullmatch(without_labels(text))
    rest = (match["rest"] or match["within"]) if match else None
    if match is None or rest is None or parse_issue(rest) is None:
        return text, None
    return match["volume"], rest


def without_labels(text: str) -> str:
    text = unicodedata.normalize("NFKC", readable(text[:LONGEST])).casefold().strip()
    text = re.sub(r"(?<=\d)\s*卷\s*(?=\S)", "(", text)
    for _ in range(3):
        text = LABEL.sub("", text).strip(" .:#")
    return re.sub(r"^v(?=\d)", "", re.sub(r"[卷期号]", "", text))


def parse_issue(text: str) -> Issue | None:
    """
    >>> parse_issue("15_suppl"), parse_issue("Suppl. 6")
    (Issue(issue='15', supplement='', part=None), Issue(issue=None, supplement='6', part=None))
    """
    text = SIGNS.sub(" ", DASHES.sub("-", without_labels(text)).replace("/", "-")).strip()
    text = re.sub(r"(?<![\d])0+(?=\d)", "", LABEL.sub("", text).removeprefix("第"))
    match = ISSUE.fullmatch(text)
    if match is None or not text:
        return None
    supplement = (match["number"] or "") if match["supplement"] else None
    return Issue(match["issue"], supplement, match["part"])


def compare_volumes(cited: Numbers, found: Numbers) -> str:
    """ "same", "differs" or "incomparable"."""
    if cited.volume is None or found.volume is None:
        return "incomparable"
    if same_number(cited.volume_text or "", found.volume_text or ""):
        return "same"
    return "same" if same_number(cited.volume, found.volume) else "differs"


def compare_issues(cited: Numbers, found: Numbers) -> str:
    if not cited.own or not found.own:
        return "incomparable"
    if same_number(cited.own, found.own):
        return "same"
    if cited.issue is None or found.issue is None:
        return "differs"
    return compare_parsed(cited.issue, found.issue)


def compare_parsed(cited: Issue, found: Issue) -> str:
    if cited.part and found.part and cited.part != found.part:
        return "differs"
    if cited.issue and found.issue and cited.issue != found.issue:
        return "differs"
    if (cited.supplement is None) != (found.supplement is None):
        if cited.issue and found.issue:
            return "same"  # a registry, or a list, that keeps the issue only
        plain, other = (cited, found) if cited.supplement is None else (found, cited)
        # 15 beside Suppl 15 may be one; a supplement of the volume may be kept as an issue.
        return "differs" if plain is cited and plain.issue != other.supplement else "incomparable"
    if cited.supplement and found.supplement:
        return "same" if cited.supplement == found.supplement else "differs"
    if cited.issue and found.issue:
        return "same"
    if cited.supplement and found.issue:  # Suppl 15 for 15_suppl
        return "same" if cited.supplement == found.issue else "differs"
    if cited.issue and found.supplement:
        return "same" if cited.issue == found.supplement else "incomparable"
    # A supplement without its number.
    return "incomparable"


def corrected_volume(cited: Numbers, found: Numbers) -> dict[str, str]:
    """The fields with the record's volume; a supplement printed with it stays."""
    if cited.volume_text and cited.within and found.volume:
        return {"volume": re.sub(r"\d+", found.volume, cited.volume_text, count=1)}
    volume = found.volume if found.within and cited.issue_text else found.volume_text
    return {"volume": volume} if volume else {}


def corrected_issue(cited: Numbers, found: Numbers) -> dict[str, str]:
    """The fields with the record's issue; a supplement that the record does not name stays."""
    if not found.own:
        return {}
    issue = found.own.strip(" ()[]")
    if (
        cited.own
        and cited.issue
        and found.issue
        and found.issue.issue
        and cited.issue.issue
        and cited.issue.supplement is not None
        and found.issue.supplement is None
    ):
        issue = re.sub(r"\d+", found.issue.issue, cited.own, count=1)
    if cited.issue_text == cited.volume_text and cited.within and cited.volume:
        return {"volume": cited.volume, "issue": issue}
    return {"issue": issue}
