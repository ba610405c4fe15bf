"""Draw the medians by arm: endpoints.csv in, one SVG out."""

from typing import TYPE_CHECKING

from livingreview.files import read_csv, write_text
from livingreview.job import logged
from livingreview.summary.figures import draw_medians
from livingreview.yaml_file import load_yaml

if TYPE_CHECKING:
    from snakemake.iocontainers.snakemake import snakemake

with logged(snakemake.log[0]):
    vocabulary, _ = load_yaml(snakemake.input.vocabulary)
    write_text(snakemake.output[0], draw_medians(read_csv(snakemake.input.endpoints), vocabulary))
