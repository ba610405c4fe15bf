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


def same_p(one: str, other: str) -> bool:
    """Whether two printed p values can be one: '<0.05' and '0.012' can, '0.02' and '0.2' cannot.

    Words without a number ("NS") say nothing that could be compared and contradict nothing.
    """
    first, second = parse_p(one), parse_p(other)
    if first is None or second is None:
        return True
    (sign, value), (other_sign, other_value) = first, second
    if sign == other_sign == "=":
        return same_when_rounded(value, other_value)
    if sign == other_sign:
        return True
    if sign == "=":
        return within_bound(value, other_sign, other_value)
    if other_sign == "=":
        return within_bound(other_value, sign, value)
    below, above = (value, other_value) if sign == "<" else (other_value, value)
    return above < below


def within_bound(value: Decimal, sign: str, bound: Decimal) -> bool:
    return value <= bound if sign == "<" else value >= bound
