"""The command line. Each command reads its inputs, calls the package and prints.

Exit codes: 0 done, 1 findings that fail (`fail_on`), 2 unusable input or arguments,
3 only with `check --live --require-complete`: a registry did not answer.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from livingreview import __version__
from livingreview.errors import InputError


def main(arguments: Sequence[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        # Chinese text, whatever encoding the terminal's locale names.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        options, rest = parser().parse_known_args(arguments)
        if rest and (options.command is not run_build or options.report):
            parser().error(f"unrecognized arguments: {' '.join(rest)}")
        options.rest = rest
        return options.command(options)
    except InputError as error:
        print(f"livingreview: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("livingreview: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(
        prog="livingreview", description="Keep a clinical review article alive."
    )
    whole.add_argument("--version", action="version", version=f"livingreview {__version__}")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="verify a list: BibTeX, RIS, NBIB, CSL JSON")
    check.add_argument("bibliography", metavar="BIB")
    check.add_argument(
        "--lock",
        metavar="FILE",
        help="answers of registries to check against; with --live, new answers are added to it",
    )
    check.add_argument("--live", action="store_true", help="ask the registries too")
    check.add_argument(
        "--require-complete", action="store_true", help="with --live only: exit 3 if one is silent"
    )
    add_registry_options(check)
    check.add_argument("--config", metavar="FILE")
    check.add_argument("--waivers", metavar="FILE")
    check.add_argument("--evidence", metavar="FILE", nargs="+", default=[])
    check.add_argument("--fail-on", metavar="SEVERITY|CODE,...")
    check.add_argument(
        "--changed-since", metavar="REV", help="only what a change since this git revision concerns"
    )
    check.add_argument(
        "--format",
        choices=["text", "json", "csv", "md", "sarif", "github", "patch"],
        default="text",
        help="patch: the corrections, as `git apply` takes them",
    )
    check.add_argument("--output", metavar="FILE")
    check.set_defaults(command=run_check)

    extract = commands.add_parser("extract", help="turn reported results into rows")
    extract.add_argument("inputs", metavar="INPUT", nargs="+", help="a document, .jsonl or -")
    extract.add_argument("--lang", choices=["zh", "en", "auto"], default="auto")
    extract.add_argument("--format", choices=["jsonl", "csv"], default="jsonl")
    extract.add_argument("--text", metavar="FILE", help="write the text that offsets count in")
    extract.add_argument("--config", metavar="FILE")
    extract.set_defaults(command=run_extract)

    parse = commands.add_parser("parse-references", help="a numbered reference list as BibTeX")
    parse.add_argument("text", metavar="TEXT", help="a text file, or -")
    parse.set_defaults(command=run_parse_references)

    refresh = commands.add_parser("refresh", help="ask the registries for what the lock lacks")
    refresh.add_argument("--config", metavar="FILE")
    add_registry_options(refresh)
    refresh.set_defaults(command=run_refresh)

    build = commands.add_parser(
        "build", help="what make calls: run Snakemake, then say what is new"
    )
    build.add_argument("--report", action="store_true", help="only report; 1 on failing findings")
    build.set_defaults(command=run_build)
    return whole


def add_registry_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--crossref-url", metavar="URL", help="another compatible server")
    command.add_argument("--mailto", metavar="ADDRESS", help="your address, for the registries")


def run_check(options: argparse.Namespace) -> int:
    from livingreview.commands.check import check

    return check(options)


def run_extract(options: argparse.Namespace) -> int:
    from livingreview.commands.extract import extract_inputs

    return extract_inputs(options)


def run_parse_references(options: argparse.Namespace) -> int:
    from livingreview.commands.parse_references import parse_references

    return parse_references(options)


def run_refresh(options: argparse.Namespace) -> int:
    from livingreview.commands.refresh import refresh

    return refresh(options)


def run_build(options: argparse.Namespace) -> int:
    from livingreview.build import build, report

    return report() if options.report else build(options.rest)


if __name__ == "__main__":
    sys.exit(main())
