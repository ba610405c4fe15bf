"""Documents as text: Markdown and plain text as they are, DOCX, HTML and JATS through pandoc.

The text that comes out is the one that all offsets count in.
"""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from livingreview.errors import InputError
from livingreview.files import read_text
from livingreview.references.texts.reference_list import reference_list_span

PLAIN = {"", ".md", ".markdown", ".txt", ".text"}
FORMATS = {
    ".docx": "docx", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".xml": "jats", ".nxml": "jats", ".jats": "jats",
}  # fmt: skip
# A manuscript of some hundred pages with its pictures stays far below; a bomb does not.
LARGEST_UNPACKED = 200_000_000
LARGEST_FILE = 100_000_000
MOST_MEMBERS = 10_000
SECONDS = 120


def read_document(path: str | Path) -> tuple[str, str]:
    """(text, language); InputError for what cannot be read as a document."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in PLAIN:
        text = read_text(path)
    elif suffix in FORMATS:
        text = convert(path, FORMATS[suffix])
    else:
        known = ", ".join(sorted([*PLAIN - {""}, *FORMATS]))
        raise InputError(f"{suffix} is no known kind of document; known: {known}", path=path)
    return text, detect_language(text)


def detect_language(text: str) -> str:
    """zh or en: Chinese characters against Latin words, the reference list left out."""
    body = text[: reference_list_span(text)[0]] or text
    chinese = len(re.findall(r"[\u3400-\u9fff]", body))
    words = len(re.findall(r"[A-Za-z]+", body))
    return "zh" if chinese * 2 > words else "en"


def convert(path: Path, kind: str) -> str:
    """The document's text: # before a heading, - before a list item, | between a row's cells."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", path=path) from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", path=path) from None
    refuse_bombs(path, kind, data)
    import pypandoc  # only where a document needs it: importing it looks for the binary

    try:
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), "--sandbox", f"--from={kind}", "--to=json"],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"pandoc gave up after {SECONDS} s", path=path) from None
    if done.returncode != 0:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise InputError(f"pandoc cannot read it as {kind} ({words[0]})", path=path)
    lines: list[str] = []
    write_blocks(json.loads(done.stdout)["blocks"], lines)
    return "\n".join(lines).strip() + "\n"


def refuse_bombs(path: Path, kind: str, data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise InputError(f"larger than {LARGEST_FILE // 1_000_000} MB", path=path)
    if kind == "docx":
        try:
            members = zipfile.ZipFile(path).infolist()
        except (zipfile.BadZipFile, OSError):
            raise InputError("not a DOCX file (no ZIP archive)", path=path) from None
        if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > LARGEST_UNPACKED:
            raise InputError(
                f"unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB or"
                f" {MOST_MEMBERS} files; not opened",
                path=path,
            )
    elif re.search(rb"<!ENTITY\s", data):
        raise InputError(
            "declares XML entities, which may unfold without end; not opened", path=path
        )


def write_blocks(blocks: list[dict[str, Any]], lines: list[str], lead: str = "") -> None:
    """Pandoc's blocks as lines, an empty line after each; `lead` stands before the first words."""
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind == "Header":
            lines += ["#" * content[0] + " " + inline_text(content[2]), ""]
        elif kind in ("Para", "Plain"):
            lines += [lead + inline_text(content), ""]
        elif kind == "LineBlock":
            lines += [*(inline_text(line) for line in content), ""]
        elif kind in ("BulletList", "OrderedList"):
            for item in content if kind == "BulletList" else content[1]:
                write_blocks(item, lines, "- ")
        elif kind == "DefinitionList":
            for term, definitions in content:
                lines += [inline_text(term), ""]
                for definition in definitions:
                    write_blocks(definition, lines)
        elif kind in ("BlockQuote", "Div", "Figure"):
            write_blocks(content if kind == "BlockQuote" else content[-1], lines)
        elif kind == "CodeBlock":
            lines += [content[1], ""]
        elif kind == "Table":
            write_table(content, lines)


def write_table(content: list[Any], lines: list[str]) -> None:
    _, caption, _, head, bodies, foot = content
    write_blocks(caption[1], lines)
    rows = list(head[1])
    for body in bodies:
        rows += [*body[2], *body[3]]
    for _, cells in [*rows, *foot[1]]:
        lines.append("| " + " | ".join(cell_text(cell) for cell in cells) + " |")
    lines.append("")


def cell_text(cell: list[Any]) -> str:
    lines: list[str] = []
    write_blocks(cell[4], lines)
    return " ".join(line for line in lines if line)


def inline_text(inlines: list[dict[str, Any]]) -> str:
    """The words of pandoc's inline elements; a raised number keeps its ^ (10^9)."""
    pieces = []
    for inline in inlines:
        kind, content = inline["t"], inline.get("c")
        if kind == "Str":
            pieces.append(content)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            pieces.append(" ")
        elif kind == "Superscript":
            inner = inline_text(content)
            pieces.append("^" + inner if inner[:1].isdigit() else inner)
        elif kind in ("Emph", "Strong", "Strikeout", "Subscript", "SmallCaps", "Underline"):
            pieces.append(inline_text(content))
        elif kind == "Quoted":
            marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
            pieces.append(marks[0] + inline_text(content[1]) + marks[1])
        elif kind in ("Span", "Link", "Cite", "Image"):
            pieces.append(inline_text(content[1]))
        elif kind in ("Code", "Math"):
            pieces.append(content[1])
    return "".join(pieces)
