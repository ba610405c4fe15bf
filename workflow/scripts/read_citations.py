"""Find the citations of every evidence file: text in, one cited key a line out."""

from typing import TYPE_CHECKING

from livingreview.endpoints.documents import read_document
from livingreview.files import read_jsonl, write_csv
from livingreview.job import logged
from livingreview.references.record import Reference
from livingreview.references.texts.citations import CITATION_COLUMNS, read_citations

if TYPE_CHECKING:
    from snakemake.iocontainers.snakemake import snakemake

with logged(snakemake.log[0]):
    references = [Reference.from_json(record) for record in read_jsonl(snakemake.input.cited)]
    rows = []
    for language, path in zip(snakemake.params.languages, snakemake.input.evidence, strict=True):
        rows += read_citations(read_document(path)[0], path, language, references)
    write_csv(snakemake.output[0], CITATION_COLUMNS, rows)
