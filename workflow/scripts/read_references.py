"""Read the bibliography as the review prints it: BibTeX in, one record a line out."""

from typing import TYPE_CHECKING

from livingreview.files import write_jsonl
from livingreview.job import logged
from livingreview.references.reading.bibtex import read_bibtex

if TYPE_CHECKING:
    from snakemake.iocontainers.snakemake import snakemake

with logged(snakemake.log[0]):
    references = read_bibtex(snakemake.input.bibliography)
    write_jsonl(snakemake.output[0], [reference.to_json() for reference in references])
