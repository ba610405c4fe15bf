"""Find the locked answers about each reference: cited.jsonl and the lock in, resolved.jsonl out."""

from typing import TYPE_CHECKING

from livingreview.files import read_jsonl, write_jsonl
from livingreview.job import logged
from livingreview.references.record import Reference
from livingreview.references.resolution.resolve import resolve_references
from livingreview.registries.journals import read_journals
from livingreview.registries.lock import read_lock

if TYPE_CHECKING:
    from snakemake.iocontainers.snakemake import snakemake

with logged(snakemake.log[0]):
    lock = read_lock(snakemake.input.lock)
    journals = read_journals(snakemake.input.journals)
    references = [Reference.from_json(record) for record in read_jsonl(snakemake.input.cited)]
    write_jsonl(snakemake.output[0], resolve_references(references, lock, journals))
