"""Text in one shape for the patterns, with the way back to the characters of the original.

"４．１％（95％ CI 2·8–4·2）" -> "4.1%(95% CI 2.8-4.2)"
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

# One character for one character, so that places stay what they are.
SAME_LENGTH = str.maketrans(
    {
        **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0x21 + i) not in ","},
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
                        "\u200a\u202f\u205f\u3000\t\ufeff", " "),
        **dict.fromkeys("∼〜", "~"),
        "﹤": "<", "﹥": ">", "⩽": "≤", "⩾": "≥", "≦": "≤", "≧": "≥", "﹪": "%",
        "【": "[", "】": "]",
    }
)  # fmt: skip
# A dot in the middle of the line is the Lancet's decimal point; elsewhere it is a list sign.
MIDDLE_DOT = re.compile(r"(?<=[0-9])[·∙・‧․](?=[0-9])")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# What stands inside a number only by accident of typesetting or character recognition.
INSIDE = re.compile(
    r"[\u200b-\u200d\u2060\u00ad]"
    r"|(?<=\b0) (?=\.[0-9])|(?<=\b0\.) (?=[0-9])"
    r"|\\(?=[%$&#])|(?<![\\A-Za-z])\$(?=[^$\n]{1,80}\$)|(?<=[0-9%\})a-z])\$"
)
TEX_SIGNS = re.compile(r"\\(?:geq?|leq?|sim|pm|times|%)(?![A-Za-z])")
SIGNS = {"ge": "≥", "geq": "≥", "le": "≤", "leq": "≤", "sim": "~", "pm": "±", "times": "×"}


@dataclass(frozen=True)
class Normal:
    """`text` is the normalised text; `raw(place)` leads back to the original's character."""

    text: str
    cuts: tuple[int, ...]  # places in `text` before which characters were taken out
    removed: tuple[int, ...]  # how many were taken out up to and including each of them

    def raw(self, place: int) -> int:
        """The original place of the character at `place`."""
        index = bisect_right(self.cuts, place)
        return place + (self.removed[index - 1] if index else 0)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        return self.raw(start), self.raw(end - 1) + 1 if end > start else self.raw(start)


def normalise(text: str) -> Normal:
    same = text.translate(SAME_LENGTH)
    same = MIDDLE_DOT.sub(".", same)
    if "<!--" in same:
        same = COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), same)
    if "\\" in same:
        same = TEX_SIGNS.sub(tex_sign, same)
    pieces, cuts, removed = [], [], []
    place = taken = 0
    for found in INSIDE.finditer(same):
        pieces.append(same[place : found.start()])
        taken += found.end() - found.start()
        cuts.append(found.end() - taken)
        removed.append(taken)
        place = found.end()
    pieces.append(same[place:])
    return Normal("".join(pieces), tuple(cuts), tuple(removed))


def tex_sign(found: re.Match[str]) -> str:
    r"""`\geq` -> `≥` and spaces, as long as before."""
    return SIGNS.get(found.group()[1:], "%").ljust(len(found.group()))
