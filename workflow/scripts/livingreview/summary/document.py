"""The document between Markdown and its formats: pandoc's tree, changed for each of them."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pypandoc

from livingreview.summary.markdown import FORMAT

Element = dict[str, Any]
Tree = dict[str, Any]
Change = Callable[[Element], "Element | list[Element]"]

# Where an element keeps its (id, classes, attributes).
ATTRIBUTES = {
    "Span": 0, "Div": 0, "Link": 0, "Image": 0, "Table": 0, "Figure": 0, "Header": 1,
}  # fmt: skip
FIGURE = "medians.svg"
# Typst breaks a line only where Unicode lets it; addresses and codes get such places here.
ZERO_WIDTH_SPACE = "\u200b"


def run_pandoc(
    source: str, arguments: Sequence[str], *, epoch: int = 0, folder: Path | None = None
) -> bytes:
    """What pandoc makes of the text; `epoch` is the time that it writes into documents."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *arguments],
        input=source.encode("utf-8"),
        capture_output=True,
        check=False,
        cwd=folder,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(epoch)},
    )
    if done.returncode:
        raise RuntimeError(f"pandoc: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout


def read_document(markdown: str) -> Tree:
    """The tree of a summary: line breaks in place, every link inside it with a place to go to.

    `--columns` is below the length of any table row, so that pandoc takes the columns' widths
    from the line under the header.
    """
    text = run_pandoc(markdown, ["-f", FORMAT, "-t", "json", "--columns=20"])
    tree = walk(json.loads(text), unique_anchors())
    anchors = {place for element in elements(tree) if (place := anchor(element))}

    def mend(element: Element) -> Element | list[Element]:
        if element["t"] == "Span" and "br" in element["c"][0][1]:
            return {"t": "LineBreak"}
        if element["t"] == "Link":
            target = element["c"][2][0]
            if target.startswith("#") and target[1:] not in anchors:
                return element["c"][1]
        if element["t"] == "Table":
            for body in element["c"][4]:
                body[1] = 1  # the first column names its row
        return element

    return walk(tree, mend)


def walk(node: Any, change: Change) -> Any:
    """The tree with every element changed, children first; a list takes an element's place."""
    if isinstance(node, list):
        items = []
        for item in node:
            new = walk(item, change)
            is_element = isinstance(item, dict) and "t" in item
            items.extend(new if is_element and isinstance(new, list) else [new])
        return items
    if isinstance(node, dict):
        new = {name: walk(value, change) for name, value in node.items()}
        return change(new) if "t" in new else new
    return node


def elements(node: Any) -> list[Element]:
    found: list[Element] = []

    def note(element: Element) -> Element:
        found.append(element)
        return element

    walk(node, note)
    return found


def anchor(element: Element) -> str:
    place = ATTRIBUTES.get(element["t"])
    return element["c"][place][0] if place is not None else ""


def unique_anchors() -> Change:
    """Takes an id away from every element but the first that bears it."""
    seen: set[str] = set()

    def change(element: Element) -> Element:
        name = anchor(element)
        if name in seen:
            element["c"][ATTRIBUTES[element["t"]]][0] = ""
        elif name:
            seen.add(name)
        return element

    return change


def plain_text(node: Any) -> str:
    """The text of inline elements, without marks."""
    if isinstance(node, list):
        return "".join(plain_text(item) for item in node)
    if isinstance(node, dict):
        if node.get("t") == "Str":
            return node["c"]
        if node.get("t") in ("Space", "SoftBreak", "LineBreak"):
            return " "
        if node.get("t") in ATTRIBUTES:
            return plain_text(node["c"][ATTRIBUTES[node["t"]] + 1 :])
        return plain_text(node.get("c", []))
    return ""


def titled(tree: Tree, title: str) -> Tree:
    """The tree with a title in its metadata, which HTML and PDF readers show."""
    inlines = [{"t": "Str", "c": title}]
    return tree | {"meta": tree["meta"] | {"title": {"t": "MetaInlines", "c": inlines}}}


def for_html(tree: Tree, figure_svg: str) -> Tree:
    """Tables in frames that scroll by themselves, the figure inside the page."""
    data = base64.b64encode(figure_svg.encode("utf-8")).decode("ascii")

    def change(element: Element) -> Element:
        if element["t"] == "Image" and element["c"][2][0] == FIGURE:
            element["c"][2][0] = f"data:image/svg+xml;base64,{data}"
        if element["t"] == "Table":
            label = plain_text(element["c"][1])
            frame = [["role", "region"], ["tabindex", "0"], ["aria-label", label]]
            return {"t": "Div", "c": [["", ["table-frame"], frame], [element]]}
        return element

    return walk(tree, change)


def for_docx(tree: Tree, picture: str) -> Tree:
    """The figure under another name: Word takes a picture in dots."""

    def change(element: Element) -> Element:
        if element["t"] == "Image" and element["c"][2][0] == FIGURE:
            element["c"][2][0] = picture
        return element

    return walk(tree, change)


def for_typst(tree: Tree) -> Tree:
    """What pandoc's Typst writer leaves undone: languages of inline parts, signs that would begin
    a heading or a list in a cell, places to break long words."""

    def in_cells(element: Element) -> Element:
        if element["t"] == "AlignDefault":
            return {"t": "AlignLeft"}  # else the writer's centred frame decides
        if element["t"] == "Table":
            return element | {"c": walk(element["c"], shorten)}
        return element

    def shorten(element: Element) -> Element:
        if element["t"] == "Str":
            element["c"] = breakable(element["c"], 20)
        return element

    def change(element: Element) -> Element | list[Element]:
        if element["t"] == "Str":
            return typst_text(breakable(element["c"], 60))
        if element["t"] == "LineBreak":
            return raw_typst("#linebreak();")  # the writer's own ends a heading
        if element["t"] == "Image":
            text = dict(element["c"][0][2]).get("alt") or plain_text(element["c"][1])
            source = typst_string(element["c"][2][0])
            size = 'width: 100%, height: figure-height, fit: "contain"'  # the template's height
            return raw_typst(f"#image({source}, {size}, alt: {typst_string(text)});")
        if element["t"] == "Span" and not anchor(element):
            language = dict(element["c"][0][2]).get("lang")
            if language:  # `zh` and `en` are functions of the template
                return [raw_typst(f"#{language[:2]}["), *element["c"][1], raw_typst("];")]
        if element["t"] == "Div" and "lang" in dict(element["c"][0][2]):
            language = dict(element["c"][0][2])["lang"]
            return [raw_typst_block(f"#{language[:2]}["), *element["c"][1], raw_typst_block("]")]
        return element

    return walk(walk(tree, in_cells), change)


def typst_text(text: str) -> list[Element]:
    """The text as Typst elements; a sign that may begin a block stands in a string of its own."""
    found = re.match(r"[-=+/]+|\d+\.", text)
    if found is None:
        return [{"t": "Str", "c": text}]
    rest = text[found.end() :]
    return [raw_typst(f'#"{found[0]}";'), *([{"t": "Str", "c": rest}] if rest else [])]


def typst_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def raw_typst(code: str) -> Element:
    return {"t": "RawInline", "c": ["typst", code]}


def raw_typst_block(code: str) -> Element:
    return {"t": "RawBlock", "c": ["typst", code]}


def breakable(text: str, limit: int) -> str:
    """The text with invisible places to break in runs of more than `limit` Latin characters."""

    def change(found: re.Match[str]) -> str:
        run = re.sub(r"(?<=[/._\-=&?])(?=\w)", ZERO_WIDTH_SPACE, found[0])
        parts = run.split(ZERO_WIDTH_SPACE)
        cut = [part[i : i + limit] for part in parts for i in range(0, len(part), limit)]
        return ZERO_WIDTH_SPACE.join(cut)

    return re.sub(rf"[^\s\u200b\u2e80-\uffef]{{{limit + 1},}}", change, text)
