"""Web pages that a list cites (labels, reports): whether they are there, and their title.

Source of the reading order of encodings: the HTML standard, "Determining the character encoding"
(https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding) and its
labels, by which GB2312 and GBK are read as GB18030.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html.parser import HTMLParser

from livingreview.registries.asking import Line, ask_each
from livingreview.registries.client import Client, Response
from livingreview.registries.parallel import in_parallel

LONGEST_TITLE = 300
HEAD = 200_000  # bytes of a page in which its title is looked for
HTML_TYPES = ("text/html", "application/xhtml+xml", "")
# Only encodings that pages have: Python knows others that are no encodings of text.
ENCODINGS = {
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "gb18030": "gb18030",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "shift_jis": "cp932",
    "us-ascii": "cp1252",
    "utf-16": "utf-16",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "windows-1252": "cp1252",
}
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
META = re.compile(rb"<meta\s[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)


def ask_pages(client: Client, urls: Iterable[str]) -> Iterator[Line]:
    """Whether each page is there, its last address and its title; 404 and 410 say that it is not.

    The title of a page is no proof that the page is the cited one: sites answer with their own
    front page as well.
    """

    def ask(url: str) -> list[Line]:  # a site that hangs must not keep the others waiting
        return list(ask_each(client, "web", "url", [url], str, read, accept="text/html"))

    for lines in in_parallel(ask, dict.fromkeys(urls)):
        yield from lines


def read(url: str, response: Response) -> Line:
    if response.status in (404, 410):
        return {"_outcome": "not-found"}
    title = page_title(response)
    return {
        "_outcome": "found",
        "URL": response.url or url,
        **({"title": [title]} if title else {}),
    }


def page_title(response: Response) -> str | None:
    """The text of the page's first <title> on one line; None if the answer is no HTML or has none.

    >>> page_title(Response(200, {}, b"<title>Anlotinib &amp;\\n label</title>", "https://a.org/"))
    'Anlotinib & label'
    """
    content_type = response.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() not in HTML_TYPES:
        return None
    parser = TitleParser()
    # AssertionError: a declaration that the parser does not know (<![x[).
    with suppress(AssertionError, ValueError):
        parser.feed(page_text(response.body[:HEAD], content_type))
    title = " ".join("".join(parser.parts).split())
    return title[:LONGEST_TITLE].rstrip() or None


class TitleParser(HTMLParser):
    """Collects the text of the first <title> outside pictures, which have titles of their own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.pictures = 0
        self.inside = self.done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pictures += tag == "svg"
        self.inside = tag == "title" and not self.pictures and not self.done

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self.pictures = max(0, self.pictures - 1)
        self.done = self.done or (tag == "title" and self.inside)
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.parts.append(data)


def page_text(body: bytes, content_type: str) -> str:
    """The page's text: by its byte order mark, the answer's header, its own <meta>, or UTF-8."""
    if body.startswith(b"\xef\xbb\xbf"):
        return body.decode("utf-8-sig", "replace")
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    header, meta = CHARSET.search(content_type), META.search(body[:4096])
    labels = [header[1] if header else "", meta[1].decode("ascii") if meta else ""]
    encoding = next((ENCODINGS[one.lower()] for one in labels if one.lower() in ENCODINGS), "utf-8")
    return body.decode(encoding, "replace")
