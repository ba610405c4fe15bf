"""Ask the registries for what the lock lacks: the bibliography in, the answers into the lock."""

from typing import TYPE_CHECKING

from livingreview.commands.refresh import refresh_files
from livingreview.job import logged

if TYPE_CHECKING:
    from snakemake.iocontainers.snakemake import snakemake

with logged(snakemake.log[0]):
    given = snakemake.input
    registries = snakemake.params.registries
    print(refresh_files(given.bibliography, given.lock, registries, given.journals))
