"""Turn one text into rows: the evidence in, rows, left-aside numbers and the read text out."""

from typing import TYPE_CHECKING

from livingreview.endpoints.documents import read_document
from livingreview.endpoints.extract.engine import extract
from livingreview.endpoints.row import COLUMNS, LEFT_ASIDE_COLUMNS
from livingreview.endpoints.trials import read_trials
from livingreview.endpoints.vocabulary import read_vocabulary
from livingreview.files import read_jsonl, write_csv, write_text
from livingreview.job import logged
from livingreview.references.record import Reference

if TYPE_CHECKING:
    from snakemake.iocontainers.snakemake import snakemake

with logged(snakemake.log[0]):
    path = snakemake.input.evidence
    text, _ = read_document(path)
    found = extract(
        text,
        path,
        snakemake.wildcards.lang,
        read_vocabulary(snakemake.input.vocabulary),
        read_trials(snakemake.input.trials),
        [Reference.from_json(record) for record in read_jsonl(snakemake.input.cited)],
    )
    write_csv(snakemake.output.reported, COLUMNS, [row.to_json() for row in found.rows])
    write_csv(snakemake.output.left_aside, LEFT_ASIDE_COLUMNS, found.left_aside)
    write_text(snakemake.output.text, text)
