"""Give every reference its verdict: resolved.jsonl, citations and waivers in, reports out."""

from typing import TYPE_CHECKING

from livingreview.endpoints.trials import read_trials
from livingreview.endpoints.vocabulary import read_vocabulary
from livingreview.files import read_csv, read_jsonl, write_json, write_text
from livingreview.job import logged
from livingreview.references.annotations import sarif_report
from livingreview.references.citations import CITATION_COLUMNS
from livingreview.references.reports import csv_report, markdown_report
from livingreview.references.validate import build_report
from livingreview.references.waivers import read_waivers

if TYPE_CHECKING:
    from snakemake.iocontainers.snakemake import snakemake

with logged(snakemake.log[0]):
    diseases = None
    if snakemake.params.scope_notes:
        diseases = read_vocabulary(snakemake.input.vocabulary).diseases
    report = build_report(
        read_jsonl(snakemake.input.resolved),
        read_csv(snakemake.input.citations, CITATION_COLUMNS),
        read_waivers(snakemake.input.waivers),
        severities=snakemake.params.severities,
        trials=list(read_trials(snakemake.input.trials).values()),
        diseases=diseases,
    )
    write_json(snakemake.output.json, report)
    write_text(snakemake.output.csv, csv_report(report))
    write_text(snakemake.output.md, markdown_report(report))
    write_text(snakemake.output.sarif, sarif_report(report, snakemake.params.bibliography))
