"""From the model to Markdown: one template, the catalogues of the languages that are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError, TemplateSyntaxError

from livingreview.errors import InputError
from livingreview.summary.catalogues import Messages
from livingreview.summary.markdown import escape
from livingreview.summary.resources import Resources
from livingreview.summary.writer import Writer


def compose_markdown(
    model: Mapping[str, Any], resources: Resources, languages: Sequence[str] = ("zh", "en")
) -> str:
    """The whole document in pandoc's Markdown (markdown.FORMAT) in these languages.

    InputError names the template and line, or the catalogue and message, that is at fault.
    """
    writer = Writer(Messages(resources, languages))
    environment = Environment(
        autoescape=False,
        # Jinja's own comments begin as Markdown's anchors do: `{#id}`.
        comment_start_string="<!--",
        comment_end_string="-->",
        finalize=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    path = resources.paths.get("template")
    try:
        template = environment.from_string(resources.text("template"))
        text = template.render(model=model, write=writer, say=writer.say)
    except TemplateSyntaxError as error:
        raise InputError(
            f"not a template ({error.message})", path=path, line=error.lineno
        ) from None
    except TemplateError as error:
        raise InputError(
            f"the template asks for what the model lacks ({error})",
            path=path,
            line=line_of(error),
        ) from None
    return tidy(text)


def line_of(error: Exception) -> int | None:
    """The template's line that an error was raised at: the innermost frame of its source."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def tidy(text: str) -> str:
    """No trailing spaces, and never two empty lines in a row."""
    lines: list[str] = []
    for line in text.split("\n"):
        line = line.rstrip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"
