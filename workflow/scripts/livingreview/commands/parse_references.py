"""`livingreview parse-references`: a numbered reference list as BibTeX, what is unread on stderr."""

from __future__ import annotations

import argparse
import sys

from livingreview.errors import InputError
from livingreview.files import read_text
from livingreview.references.bibtex import write_bibtex
from livingreview.references.citation_list import parse_citation_list


def parse_references(options: argparse.Namespace) -> int:
    text = sys.stdin.read() if options.text == "-" else read_text(options.text)
    parsed = parse_citation_list(text)
    for item in parsed.unread:
        print(
            f"{options.text}: item {item.number or '?'} not read: {item.reason}:"
            f" {' '.join(item.text.split())[:120]}",
            file=sys.stderr,
        )
    if not parsed.references:
        raise InputError("no numbered reference that could be read", path=options.text)
    print(write_bibtex(parsed.references), end="")
    print(f"{len(parsed.references)} read, {len(parsed.unread)} not", file=sys.stderr)
    return 1 if parsed.unread else 0
