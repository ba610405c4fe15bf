"""Pandoc's Markdown in which every value is text, whatever signs it holds."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# The reader that the documents are made with. What is switched off would make markup of signs
# that values hold in plenty: TeX, HTML, citations, quotes, lists that begin with "(a)".
FORMAT = (
    "markdown-smart-raw_html-raw_tex-tex_math_dollars-citations-example_lists-fancy_lists"
    "-auto_identifiers-markdown_in_html_blocks-native_divs-native_spans-yaml_metadata_block"
)
TAGS = {"zh": "zh-CN", "en": "en"}

ACTIVE = re.compile(r"[\\`*_{}\[\]<>|~^$@&]")
# Signs that only make markup where a block begins: lists, headings, fences, definitions.
LEADING = re.compile(r"[-+:=%#.]")
ORDINAL = re.compile(r"(\d+)([.)])(?=\s|$)")
SPACES = re.compile("[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
# Characters that turn round or hide what stands beside them (Unicode TR36, "bidirectional text").
DECEPTIVE = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What XML 1.0 cannot hold, and what is no character.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Markdown(str):
    """Text that is Markdown already and is not escaped again."""

    __slots__ = ()


def plain(value: object) -> str:
    """One line of text with nothing invisible in it: controls become visible signs."""
    text = SPACES.sub(" ", str(value)).strip()
    text = UNPRINTABLE.sub("\ufffd", text)
    return DECEPTIVE.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text)


def inline(value: object) -> Markdown:
    """The value as Markdown that shows exactly its text, not at the beginning of a block."""
    if isinstance(value, Markdown):
        return value
    return Markdown(ACTIVE.sub(r"\\\g<0>", plain(value)))


def escape(value: object) -> Markdown:
    """The value as Markdown that shows exactly its text, wherever it stands."""
    if isinstance(value, Markdown):
        return value
    text = inline(value)
    if LEADING.match(text):
        text = "\\" + text
    return Markdown(ORDINAL.sub(r"\1\\\2", text, count=1) if ORDINAL.match(text) else text)


def span(
    text: object, *, language: str | None = None, names: str = "", identifier: str = ""
) -> Markdown:
    """`[text]{#id .class lang=zh-CN}`: an inline part with a language, a class or an anchor."""
    attributes = [f"#{identifier}"] if identifier else []
    attributes += [f".{name}" for name in names.split()]
    attributes += [f"lang={TAGS[language]}"] if language else []
    return Markdown(f"[{inline(text)}]{{{' '.join(attributes)}}}")


# A line break inside a table cell, which Markdown's tables lack; document.py makes it one.
BREAK = Markdown("[]{.br}")


def link(text: object, address: str) -> Markdown:
    """A link if the address is one of the web or of this document, else only the text."""
    target = safe_address(address)
    return Markdown(f"[{inline(text)}]({target})") if target else escape(text)


def safe_address(address: str) -> str | None:
    """The address with everything unusual percent-encoded; None unless it is http(s) or `#id`."""
    if re.fullmatch(r"#[\w-]+", address):
        return address
    try:
        parts = urlsplit(plain(address))
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return quote(plain(address), safe="/:?#=%+,;-.&").replace("&", "\\&")


def doi_address(doi: str) -> str:
    return "https://doi.org/" + quote(plain(doi), safe="/:;-.")


def join(parts: list[Markdown], separator: str = " ") -> Markdown:
    return Markdown(separator.join(part for part in parts if part))
