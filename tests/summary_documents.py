"""Reading the summary's documents back: what stands in their tables, as text."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

Table = list[list[str]]


class TableReader(HTMLParser):
    """The tables of a page as rows of cell texts, its tags with attributes, and all its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.cell: list[str] | None = None
        self.style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.cell = []
        elif tag == "br" and self.cell is not None:
            self.cell.append(" ")
        elif tag == "style":
            self.style = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.cell is not None:
            self.tables[-1][-1].append("".join(self.cell))
            self.cell = None
        elif tag == "style":
            self.style = False

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)
        if not self.style:
            self.text.append(data)


def read_page(html: str) -> TableReader:
    reader = TableReader()
    reader.feed(html)
    reader.close()
    return reader


def docx_tables(data: bytes) -> list[Table]:
    import docx

    document = docx.Document(io.BytesIO(data))
    return [
        [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
        for table in document.tables
    ]


def docx_text(data: bytes) -> str:
    import docx

    document = docx.Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [" ".join(row) for table in docx_tables(data) for row in table]
    return "\n".join(texts)


def numbers(text: str) -> list[str]:
    """Every number of a text, in order of size of its writing."""
    return sorted(re.findall(r"\d+(?:\.\d+)?", text))
