"""Numbers as printed: how many decimals they show and what those still allow.

A printed 37.2 stands for every value from 37.15 to 37.25. `Decimal` keeps the zeros that a
printed number ends in ("4.90"), which `float` loses.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

HALF = Decimal("0.5")
# Decimal mid-dots and the full-width stop, which NFKC leaves alone or turns into a full stop.
DECIMAL_POINTS = str.maketrans("·•∙・", "....")
NUMBER = re.compile(r"[0-9]{1,15}(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]{1,15})?|\.[0-9]{1,15}")
P_VALUE = re.compile(r"(<=|>=|[<>=≤≥])?\s*([0-9]{0,3}\.?[0-9]{1,15})")


def printed_number(text: str) -> Decimal | None:
    """The first number in a text: '４·90 个月' -> Decimal('4.90'), 'not reached' -> None."""
    plain = unicodedata.normalize("NFKC", text).translate(DECIMAL_POINTS)
    found = NUMBER.search(plain)
    return Decimal(found.group().replace(",", "")) if found else None


def as_decimal(value: float | int | None) -> Decimal | None:
    """A float with the digits that it is written with: 4.1 -> Decimal('4.1'), 4.0 -> 4."""
    return None if value is None else Decimal(f"{value:.12g}")


def half_step(value: Decimal) -> Decimal:
    """Half a unit of the last printed decimal: how far the unrounded value may be away."""
    exponent = value.as_tuple().exponent
    return HALF.scaleb(min(int(exponent), 0))


def same_when_rounded(one: Decimal, other: Decimal) -> bool:
    """Equal after rounding to the fewer decimals of the two: 37.2 and 37.21, not 37.2 and 37.3."""
    return abs(one - other) <= max(half_step(one), half_step(other)) and (
        one == other or half_step(one) != half_step(other)
    )


def parse_p(text: str) -> tuple[str, Decimal] | None:
    """'<0.001' -> ('<', 0.001), 'P = 0.02' -> ('=', 0.02); None where no number stands."""
    plain = unicodedata.normalize("NFKC", text).translate(DECIMAL_POINTS)
    found = P_VALUE.search(plain)
    if not found or not re.search("[0-9]", found.group(2)):
        return None
    sign = {"≤": "<", "<=": "<", "≥": ">", ">=": ">", None: "="}
    return sign.get(found.group(1), found.group(1)), Decimal(found.group(2))


def compare_p(reported: str, source: str) -> str:
    """How a p value of a text stands to the one that its source prints.

    agrees: the source's value or bound implies what the text says: equal when rounded, the same
    bound, a looser bound ("<0.05" where the source has "<0.001" or 0.012), or a word without a
    number ("NS"), which contradicts nothing.
    differs: both cannot be true ("<0.001" where the source has 0.01, or ">0.05").
    ambiguous: the text says more than the source shows ("<0.001" or 0.012 where it has "<0.05").
    """
    ours, theirs = parse_p(reported), parse_p(source)
    if ours is None or theirs is None:
        return "agrees"
    (sign, value), (other_sign, other_value) = ours, theirs
    if sign == other_sign == "=":
        return "agrees" if same_when_rounded(value, other_value) else "differs"
    if other_sign == "=":
        return "agrees" if within_bound(other_value, sign, value) else "differs"
    if sign == "=":
        return "ambiguous" if within_bound(value, other_sign, other_value) else "differs"
    if sign == other_sign:
        return "agrees" if within_bound(other_value, sign, value) else "ambiguous"
    below, above = (value, other_value) if sign == "<" else (other_value, value)
    return "ambiguous" if above < below else "differs"


def within_bound(value: Decimal, sign: str, bound: Decimal) -> bool:
    return value <= bound if sign == "<" else value >= bound
