"""The Chinese font: where it is, and the part of it that a page needs."""

from __future__ import annotations

import io
from pathlib import Path

import pylopdf_fonts_zh_cn
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Noto Sans SC"


def font_path() -> Path:
    return Path(pylopdf_fonts_zh_cn.sans_path())


def subset_font(text: str) -> bytes:
    """Noto Sans SC with the characters of the text only, as WOFF2; the same bytes every time."""
    options = Options()
    options.layout_features = ["*"]  # `locl` chooses the narrow quotation marks in English
    options.flavor = "woff2"
    options.recalc_timestamp = False
    options.notdef_outline = True
    with TTFont(font_path(), lazy=True, recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        # Letters and digits in any case: readers may type into a page's search.
        subsetter.populate(unicodes={ord(sign) for sign in text} | set(range(0x20, 0x7F)))
        subsetter.subset(font)
        font.flavor = "woff2"
        buffer = io.BytesIO()
        font.save(buffer, reorderTables=False)
    return buffer.getvalue()
