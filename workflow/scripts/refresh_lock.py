"""Ask Crossref for what the lock lacks: the bibliography in, the lock rewritten in place."""

from typing import TYPE_CHECKING

from livingreview.commands.refresh import refresh_files
from livingreview.job import logged

if TYPE_CHECKING:
    from snakemake.iocontainers.snakemake import snakemake

with logged(snakemake.log[0]):
    given = snakemake.input
    print(refresh_files(given.bibliography, given.lock, snakemake.params.registries))
