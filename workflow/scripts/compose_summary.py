"""Compose the summary: all results in, its one model and its Markdown out."""

from typing import TYPE_CHECKING

from livingreview.files import read_csv, read_json, read_jsonl, write_json, write_text
from livingreview.job import logged
from livingreview.references.record import Reference
from livingreview.summary.compose import compose_markdown
from livingreview.summary.lock import describe_lock
from livingreview.summary.model import compose_model
from livingreview.summary.resources import load_resources
from livingreview.yaml_file import load_yaml

if TYPE_CHECKING:
    from snakemake.iocontainers.snakemake import snakemake

with logged(snakemake.log[0]):
    given, params = snakemake.input, snakemake.params
    left_aside = map(read_csv, given.left_aside)
    model = compose_model(
        config={"review": params.review},
        validation=read_json(given.validation),
        cited=[Reference.from_json(record) for record in read_jsonl(given.cited)],
        results=read_csv(given.endpoints),
        other_reports=read_csv(given.other_reports),
        checks=read_csv(given.checks),
        left_aside=dict(zip(params.languages, left_aside, strict=True)),
        lock_about=describe_lock(read_jsonl(given.works), read_csv(given.source_results)),
        vocabulary=load_yaml(given.vocabulary)[0],
    )
    write_json(snakemake.output.model, model)
    markdown = compose_markdown(model, load_resources(given.resources))
    write_text(snakemake.output.markdown, markdown)
