"""Give every reference its verdict: resolved.jsonl, citations and waivers in, reports out."""

from typing import TYPE_CHECKING

from livingreview.endpoints.trials import read_trials
from livingreview.endpoints.vocabulary import read_vocabulary
from livingreview.files import read_csv, read_jsonl, write_json, write_text
from livingreview.job import logged
from livingreview.references.judgement.validate import build_report
from livingreview.references.judgement.waivers import read_waivers
from livingreview.references.reporting.annotations import sarif_report
from livingreview.references.reporting.reports import csv_report, markdown_report
from livingreview.references.texts.citations import CITATION_COLUMNS

if TYPE_CHECKING:
    from snakemake.iocontainers.snakemake import snakemake

with logged(snakemake.log[0]):
    diseases = None
    if snakemake.params.scope_notes:
        diseases = read_vocabulary(snakemake.input.vocabulary).diseases
    citations = read_csv(snakemake.input.citations, CITATION_COLUMNS)
    report = build_report(
        read_jsonl(snakemake.input.resolved),
        citations,
        read_waivers(snakemake.input.waivers),
        severities=snakemake.params.severities,
        trials=list(read_trials(snakemake.input.trials).values()),
        diseases=diseases,
    )
    write_json(snakemake.output.json, report)
    write_text(snakemake.output.csv, csv_report(report))
    write_text(snakemake.output.md, markdown_report(report))
    sarif = sarif_report(report, snakemake.params.bibliography, citations)
    write_text(snakemake.output.sarif, sarif)
