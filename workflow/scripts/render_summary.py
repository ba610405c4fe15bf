"""Make the documents: model, Markdown and figure in, HTML, DOCX and PDF out."""

from typing import TYPE_CHECKING

from livingreview.files import read_json, read_text, write_bytes, write_text
from livingreview.job import logged
from livingreview.summary.render import render_docx, render_html, render_pdf
from livingreview.summary.resources import load_resources

if TYPE_CHECKING:
    from snakemake.iocontainers.snakemake import snakemake

with logged(snakemake.log[0]):
    model = read_json(snakemake.input.model)
    markdown = read_text(snakemake.input.markdown)
    figure = read_text(snakemake.input.figure)
    resources = load_resources(snakemake.input.resources)
    write_text(snakemake.output.html, render_html(markdown, model, figure, resources))
    write_bytes(snakemake.output.docx, render_docx(markdown, model, figure, resources))
    write_bytes(snakemake.output.pdf, render_pdf(markdown, model, figure, resources))
