"""The documents: one Markdown, three formats, the same bytes wherever they are made."""

from __future__ import annotations

import base64
import calendar
import json
import re
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import typst
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from livingreview.summary.document import (
    FIGURE,
    for_docx,
    for_html,
    for_typst,
    plain_text,
    read_document,
    run_pandoc,
    titled,
)
from livingreview.summary.fonts import FAMILY, font_path, subset_font
from livingreview.summary.reference_document import make_reference_document
from livingreview.summary.resources import Resources

PICTURE = "medians.png"
# The earliest day that a ZIP archive can hold, for a lock without dates.
NO_DATE = date(1980, 1, 1)


def render_html(
    markdown: str, model: Mapping[str, Any], figure_svg: str, resources: Resources
) -> str:
    """One page that asks for nothing: style, figure and the needed part of the font inside."""
    tree = for_html(read_document(markdown), figure_svg)
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder, "parts.html")
        template.write_text("$toc$<!-- body -->$body$", encoding="utf-8")
        arguments = ["-f", "json", "-t", "html5", "--wrap=none", "--toc", "--toc-depth=2",
                     f"--template={template}", "--metadata=title:-"]  # fmt: skip
        parts = run_pandoc(json.dumps(tree), arguments).decode("utf-8")
    contents, _, body = parts.partition("<!-- body -->")
    title = plain_text(tree["blocks"][0])
    page = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    font = base64.b64encode(subset_font(title + re.sub(r"<[^>]*>", "", body))).decode("ascii")
    face = (
        f'@font-face {{ font-family: "{FAMILY}"; font-display: block;'
        f' src: url("data:font/woff2;base64,{font}") format("woff2"); }}\n'
    )
    return page.from_string(resources.text("page")).render(
        title=title,
        style=Markup(face + resources.text("style")),
        contents=Markup(nameless(contents)),
        body=Markup(with_scopes(body)),
    )


def with_scopes(html: str) -> str:
    """Header cells with the direction that they head, for screen readers."""
    parts = re.split(r"(<thead>.*?</thead>)", html, flags=re.DOTALL)
    return "".join(
        re.sub(
            r"<th(?=[\s>])", f'<th scope="{"col" if part.startswith("<thead>") else "row"}"', part
        )
        for part in parts
    )


def nameless(contents: str) -> str:
    """The contents without ids, which the headings bear."""
    return re.sub(r' id="[^"]*"', "", contents)


def render_docx(
    markdown: str, model: Mapping[str, Any], figure_svg: str, resources: Resources
) -> bytes:
    """A DOCX with real styles, repeated header rows, page numbers and East Asian fonts set."""
    tree = for_docx(read_document(markdown), PICTURE)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, PICTURE).write_bytes(to_picture(figure_svg))
        Path(folder, "reference.docx").write_bytes(make_reference_document())
        arguments = ["-f", "json", "-t", "docx", "-o", "-", "--reference-doc=reference.docx",
                     "--shift-heading-level-by=-1", "--metadata=lang:zh-CN"]  # fmt: skip
        return run_pandoc(json.dumps(tree), arguments, epoch=epoch(model), folder=Path(folder))


def render_pdf(
    markdown: str, model: Mapping[str, Any], figure_svg: str, resources: Resources
) -> bytes:
    """A tagged PDF (PDF/UA-1) with bookmarks, page numbers and the fonts inside."""
    tree = read_document(markdown)
    tree = titled(for_typst(tree), plain_text(tree["blocks"][0]))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, FIGURE).write_text(figure_svg, encoding="utf-8")
        Path(folder, "template.typ").write_text(resources.text("typst"), encoding="utf-8")
        arguments = ["-f", "json", "-t", "typst", "--wrap=none", "--template=template.typ"]
        text = run_pandoc(json.dumps(tree), arguments, folder=Path(folder))
        source = Path(folder, "summary.typ")
        source.write_bytes(text)
        return typst.compile(
            source,
            root=folder,
            format="pdf",
            font_paths=[str(font_path().parent)],
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            timestamp=epoch(model),
        )


def to_picture(figure_svg: str) -> bytes:
    """The figure in dots, 200 an inch, for Word."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, FIGURE).write_text(figure_svg, encoding="utf-8")
        source = Path(folder, "picture.typ")
        source.write_text(
            f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{FIGURE}")\n',
            encoding="utf-8",
        )
        return typst.compile(source, root=folder, format="png", ppi=200, ignore_system_fonts=True)


def epoch(model: Mapping[str, Any]) -> int:
    """The day of the lock as seconds since 1970: no document takes its date from the clock."""
    try:
        day = date.fromisoformat(model["as_of"] or "")
    except ValueError:
        day = NO_DATE
    return calendar.timegm(max(day, NO_DATE).timetuple())
