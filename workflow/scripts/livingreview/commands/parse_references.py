"""`livingreview parse-references`: a numbered list as BibTeX; what is unread goes to stderr."""

from __future__ import annotations

import argparse
import sys

from livingreview.errors import InputError
from livingreview.files import read_standard_input, read_text
from livingreview.references.reading.bibtex import write_bibtex
from livingreview.references.reading.citation_list import parse_citation_list


def parse_references(options: argparse.Namespace) -> int:
    text = read_standard_input() if options.text == "-" else read_text(options.text)
    parsed = parse_citation_list(text)
    for item in parsed.unread:
        start = " ".join(item.text.split())[:120]
        print(f"{options.text}:{item.line}: not read: {item.reason}: {start}", file=sys.stderr)
    for problem in parsed.problems:
        print(f"{options.text}:{problem.line}: {problem.reason}", file=sys.stderr)
    if not parsed.references:
        raise InputError("no numbered reference that could be read", path=options.text)
    print(write_bibtex(parsed.references), end="")
    print(f"{len(parsed.references)} read, {len(parsed.unread)} not", file=sys.stderr)
    return 1 if parsed.unread else 0
