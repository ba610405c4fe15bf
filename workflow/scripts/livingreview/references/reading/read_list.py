"""A reference list in any format that is read: BibTeX, RIS, NBIB, CSL JSON."""

from __future__ import annotations

import codecs
import re
import sys
import unicodedata
from pathlib import Path

from livingreview.errors import InputError
from livingreview.files import decoded, read_bytes
from livingreview.progress import Tell
from livingreview.references.reading.bibtex import parse_bibtex
from livingreview.references.reading.csl_json import parse_csl_json
from livingreview.references.reading.nbib import parse_nbib
from livingreview.references.reading.ris import parse_ris
from livingreview.references.record import Reference

READERS = {
    "BibTeX": parse_bibtex,
    "RIS": parse_ris,
    "NBIB": parse_nbib,
    "CSL JSON": parse_csl_json,
}
FORMAT_OF_SUFFIX = {
    ".bib": "BibTeX",
    ".bibtex": "BibTeX",
    ".ris": "RIS",
    ".nbib": "NBIB",
    ".medline": "NBIB",
    ".json": "CSL JSON",
    ".csljson": "CSL JSON",
}
SUFFIXES = {"BibTeX": ".bib", "RIS": ".ris", "NBIB": ".nbib", "CSL JSON": ".json"}
# How a format begins, blank lines left out, and what some sites write above it.
BEGINNINGS = {
    "RIS": re.compile(r"^[ \t]*TY {1,2}-[ \t]*\S", re.MULTILINE),
    "NBIB": re.compile(r"^PMID ?- ?\d", re.MULTILINE),
    "BibTeX": re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE),
}
JSON = re.compile(r"\[\s*[{\]]|\{\s*[\"}]")
# Formats that are not read, to be named.
OTHERS = {
    "XML (EndNote's or PubMed's)": re.compile(r"<(?:\?xml|xml|records|PubmedArticleSet)\b"),
    "a web page": re.compile(r"<(?:!doctype|html)\b", re.IGNORECASE),
    "EndNote's tagged format": re.compile(r"%0 "),
    "Web of Science's tagged format": re.compile(r"(?:FN|PT|VR) \S"),
    "RefWorks' tagged format": re.compile(r"RT [A-Z]"),
    "NoteExpress' format": re.compile(r"\{Reference Type\}"),
    "YAML": re.compile(r"(?:---[ \t]*\n+)?references:[ \t]*\n"),
}
LINES = "\t\n\v\f\r\x1a"
CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")  # \x1a ends files of DOS programs
HEAD = 20_000  # characters in which a format shows itself
ADVICE = "export the list as BibTeX, RIS, NBIB or CSL JSON"


def read_list(path: str | Path, tell: Tell | None = None) -> list[Reference]:
    """The references of a list, in its order, numbered from 1; `tell` hears how far it is.

    The format is that of the name's suffix, and where this tells nothing that of the content;
    `-` is standard input. InputError, with file and line, for what cannot be read, and for a file
    whose name says one format and whose content another.
    """
    text = list_text(path)
    named = FORMAT_OF_SUFFIX.get(Path(path).suffix.lower())
    found = format_of(text)
    other = other_format_of(text) if found is None else None
    if named is None and found is None:
        what = f"looks like {other}" if other else "no reference list that can be recognised"
        raise InputError(f"{what}; {ADVICE}", path=path)
    if named is not None and found not in (None, named):
        raise InputError(
            f"the name says {named}, but the file looks like {found}; rename it to end in"
            f" {SUFFIXES[found]}, or export it as {named}",
            path=path,
        )
    if other is not None:
        raise InputError(
            f"the name says {named}, but the file looks like {other}; {ADVICE}", path=path
        )
    return READERS[named or found](text, path, tell)


def format_of(text: str) -> str | None:
    """The format that the beginning of the text shows, if it is one that is read."""
    head = beginning(text)
    if JSON.match(head):
        return "CSL JSON"
    places = {name: form.search(head) for name, form in BEGINNINGS.items()}
    found = {name: place.start() for name, place in places.items() if place}
    return min(found, key=found.get) if found else None


def other_format_of(text: str) -> str | None:
    return next((name for name, form in OTHERS.items() if form.match(beginning(text))), None)


def beginning(text: str) -> str:
    return text[:HEAD].lstrip().replace("\r", "\n")


def list_text(path: str | Path) -> str:
    """The text of the file: UTF-8 with or without its mark, or UTF-16 with it (EndNote)."""
    from_input = str(path) == "-"
    data = sys.stdin.buffer.read() if from_input else read_bytes(path)
    path = "standard input" if from_input else path
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise InputError("in UTF-32; save the file as UTF-8", path=path)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise InputError(
                "not UTF-16, as it begins; save the file as UTF-8", path=path
            ) from None
    if looks_like_utf_16(data):
        raise InputError("looks like UTF-16 without its mark; save the file as UTF-8", path=path)
    if is_binary(data):
        raise InputError(f"is no text file; {ADVICE}", path=path)
    return decoded(data, path).removeprefix("\ufeff")


def looks_like_utf_16(data: bytes) -> bool:
    """Whether zero bytes are halves of letters: read as UTF-16 there is text, much of it ASCII,
    as fields and years are in any language."""
    head = data[:HEAD]
    if 0 not in head:
        return False
    for codec in ("utf-16-le", "utf-16-be"):
        # A pair that the head cuts in two is passed over, as other halves of pairs are.
        text = head[: len(head) & ~1].decode(codec, errors="ignore")
        plain = sum(sign.isascii() and (sign.isprintable() or sign in LINES) for sign in text)
        if plain * 10 > len(head) // 2 and all(map(is_of_text, text)):
            return True
    return False


def is_of_text(sign: str) -> bool:
    return sign in LINES or unicodedata.category(sign) not in ("Cc", "Cn", "Co")


def is_binary(data: bytes) -> bool:
    """Whether there are bytes that no text has: many zeros, or control bytes in what is not UTF-8.

    In UTF-8 a control character is a slip of an editor, of which a reader of the list tells the
    line.
    """
    head = data[:HEAD]
    if head.count(0) > len(head) // 4:
        return True
    if not CONTROL_BYTES.search(head):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False
