"""`livingreview extract`: documents or records in, rows out, as JSON lines or CSV."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from livingreview.commands.check import DEFAULT_CONFIG, configuration
from livingreview.config import require_named
from livingreview.endpoints.documents import detect_language, read_document
from livingreview.endpoints.extract.engine import extract
from livingreview.endpoints.row import COLUMNS
from livingreview.endpoints.trials import read_trials
from livingreview.endpoints.vocabulary import read_vocabulary
from livingreview.errors import InputError
from livingreview.files import (
    csv_text,
    read_jsonl,
    read_standard_input,
    to_json,
    write_text,
)

# The first review's words, of use to any review in oncology; a configuration names its own.
CONFIG_FOLDER = Path(__file__).parents[4] / "config"


def extract_inputs(options: argparse.Namespace) -> int:
    guard_text(options)
    config = configuration(options.config)
    if config:
        require_named(options.config or DEFAULT_CONFIG, [["vocabulary"], ["trials"]])
    vocabulary = read_vocabulary(config.get("vocabulary", CONFIG_FOLDER / "vocabulary.yaml"))
    trials = read_trials(config.get("trials", CONFIG_FOLDER / "trials.yaml"))
    rows = []
    texts = []
    for document, text, language in documents(options.inputs, options.lang):
        texts.append(text)
        rows += extract(text, document, language, vocabulary, trials).rows
    if options.text:
        if len(texts) != 1:
            raise InputError(f"takes one document, not {len(texts)}", key="--text")
        write_text(options.text, texts[0])
    records = [row.to_json() for row in rows]
    print(f"{len(records)} rows from {len(texts)} texts", file=sys.stderr)
    if options.format == "csv":
        sys.stdout.write(csv_text(COLUMNS, records))
    else:
        sys.stdout.write("".join(to_json(record) + "\n" for record in records))
    return 0


def guard_text(options: argparse.Namespace) -> None:
    """The text is never written over a file that it was read from."""
    for path in [*options.inputs, options.config] if options.text else []:
        if path not in (None, "-") and Path(path).resolve() == Path(options.text).resolve():
            raise InputError(f"{path} is an input, and is not written over", key="--text")


def documents(inputs: list[str], language: str) -> Iterator[tuple[str, str, str]]:
    """(name, text, language) of each document; a record's own language wins over `--lang`."""
    for name in inputs:
        if name.endswith(".jsonl"):
            for position, record in enumerate(read_jsonl(name), start=1):
                text = record.get("text")
                if not isinstance(text, str):
                    raise InputError("the record has no text", path=name, line=position)
                told = record.get("lang") or (None if language == "auto" else language)
                if told not in (None, "zh", "en"):
                    raise InputError(f"lang is {told!r}, not zh or en", path=name, line=position)
                yield str(record.get("id", position)), text, told or detect_language(text)
            continue
        if name == "-":
            text = read_standard_input()
            detected = detect_language(text)
        else:
            text, detected = read_document(name)
        yield name, text, detected if language == "auto" else language
