"""Pair the languages and check every row: reported rows and the locked results in, tables out."""

from typing import TYPE_CHECKING

from livingreview.endpoints.checks import (
    CHECK_COLUMNS,
    OTHER_REPORT_COLUMNS,
    RESULT_COLUMNS,
    check_results,
)
from livingreview.endpoints.row import COLUMNS, row_from_csv
from livingreview.endpoints.sources import read_source_results
from livingreview.endpoints.vocabulary import read_vocabulary
from livingreview.files import read_csv, read_jsonl, write_csv
from livingreview.job import logged
from livingreview.references.judgement.policy import severity_of

if TYPE_CHECKING:
    from snakemake.iocontainers.snakemake import snakemake

with logged(snakemake.log[0]):
    vocabulary = read_vocabulary(snakemake.input.vocabulary)
    rows = {
        language: [row_from_csv(cells) for cells in read_csv(path, COLUMNS)]
        for language, path in zip(snakemake.params.languages, snakemake.input.reported, strict=True)
    }
    numbers = {record["key"]: record["number"] for record in read_jsonl(snakemake.input.cited)}
    sources = read_source_results(snakemake.input.lock, vocabulary)
    tables = check_results(rows, sources, vocabulary, numbers)
    write_csv(snakemake.output.endpoints, RESULT_COLUMNS, tables.endpoints)
    write_csv(snakemake.output.other_reports, OTHER_REPORT_COLUMNS, tables.other_reports)
    severities = snakemake.params.severities
    checks = [check | {"severity": severity_of(check, severities)} for check in tables.checks]
    write_csv(snakemake.output.checks, CHECK_COLUMNS, checks)
