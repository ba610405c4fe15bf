"""Where a text's own reference list stands."""

from __future__ import annotations

import re

REFERENCE_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]*)?(?:[*_]{2})?(?:[0-9]{1,2}[.、]?[ \t]*)?"
    r"(?:参考文献|引用文献|references|reference list|bibliography|literature cited)"
    r"[ \t]*[:：]?(?:[*_]{2})?[ \t]*#*[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
MARKDOWN_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)


def reference_list_span(text: str) -> tuple[int, int]:
    """Where the text's own reference list stands: from the last heading that announces one to the
    next heading or the end; (len, len) if there is none."""
    headings = list(REFERENCE_HEADING.finditer(text))
    if not headings:
        return len(text), len(text)
    following = MARKDOWN_HEADING.search(text, headings[-1].end())
    return headings[-1].start(), following.start() if following else len(text)
