"""Write the corrected bibliography: its text, resolved.jsonl and the report in, copies out."""

from typing import TYPE_CHECKING

from livingreview.files import read_json, read_jsonl, read_text, write_text
from livingreview.job import logged
from livingreview.references.corrections.bibliography import (
    corrected_references,
    corrected_text,
    corrections_patch,
    propose_corrections,
)
from livingreview.references.corrections.exports import csl_json, ris_text
from livingreview.references.corrections.left_out import remarks_on
from livingreview.references.record import Reference

if TYPE_CHECKING:
    from snakemake.iocontainers.snakemake import snakemake

with logged(snakemake.log[0]):
    path = snakemake.input.bibliography
    text = read_text(path)
    resolved = read_jsonl(snakemake.input.resolved)
    report = read_json(snakemake.input.validation)
    corrections = propose_corrections(resolved, report, text)
    printed = [Reference.from_json(line["reference"]) for line in resolved]
    references = corrected_references(printed, corrections)
    corrected = corrected_text(text, corrections)
    write_text(snakemake.output.bib, corrected)
    write_text(snakemake.output.csl, csl_json(references))
    write_text(snakemake.output.ris, ris_text(references))
    remarks = remarks_on(resolved, report, corrections, text)
    patch = corrections_patch(text, corrected, corrections, path, remarks)
    write_text(snakemake.output.patch, patch)
