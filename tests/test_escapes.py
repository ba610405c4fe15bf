"""Hostile strings, from a title to a waiver's reason, in every form of the report."""

import csv
import io
import json
import re
import unicodedata

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingreview.references.judgement.validate import build_report
from livingreview.references.judgement.waivers import Waiver
from livingreview.references.record import Name, Reference
from livingreview.references.reporting.annotations import github_report, sarif_report
from livingreview.references.reporting.escapes import plain_line
from livingreview.references.reporting.reports import (
    BYTE_ORDER_MARK,
    csv_report,
    json_report,
    markdown_report,
    text_report,
)
from livingreview.references.resolution.resolve import resolve_references

HOSTILE = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "formula": '=HYPERLINK("http://example.org","x")',
    "formula by plus": "+1+cmd|' /C calc'!A0",
    "formula by minus": "-2+3",
    "a name by minus": "-INFINITY",
    "formula by at": "@SUM(A1)",
    "formula after a tab": "\t=1+1",
    "formula after a return": "\r=1+1",
    "formula after a line end": "\n=1+1",
    "full-width formula": "＝1+1",
    "control characters": "a\x00b\x07c\x08d\x7fe",
    "escape sequence": "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "escape sequence in one sign": "a\x9b31mred",
    "bidi controls": "a\u202egnp.exe\u202c \u2066b\u2069 \u200f",
    "line separators": "a\u2028b\u2029c\x85d\x0be",
    "command": "\n::error file=x,line=1::gone",
    "command at the start": "::stop-commands::x",
    "old command": "a ##[error]gone ##[add-mask]x",
    "escaped command": "%0A::warning::gone",
    "table": "a | b || c\n|---|\n| d |",
    "Markdown": "[x](http://example.org) ![y](z) `c` **b** _i_ $z$ ~~s~~ ^u^ \\",
    "entities": "&lt;script&gt; &#0; &amp;",
    "Chinese": "安罗替尼 | <b>联合</b>\u3000化疗",
    "astral plane": "𠮷 \U000e0041 \U0001f468\u200d\U0001f469",
}


def report_with(text):
    """A report in which the text stands wherever a list, a registry or a person can put it."""
    printed = Reference(
        key=f"k{text}",
        number=1,
        line=3,
        title=text,
        authors=(Name(family=text),),
        container_title=text,
        volume=f"12 {text}",
        year=2020,
        doi="10.1000/a",
        doi_printed=text,
    )
    other = Reference(key="other", number=2, title=text, doi_printed=text, url=text)
    found = {
        "_source": "crossref",
        "_query": {"doi": "10.1000/a"},
        "_outcome": "found",
        "_retrieved": "2026-11-22",
        "DOI": "10.1000/a",
        "title": [text],
        "volume": f"13 {text}",
        "published-print": {"date-parts": [[2022]]},
    }
    silent = found | {"_source": "europepmc", "_outcome": "failed", "_reason": text}
    waivers = [
        Waiver(f"k{text}", "year.mismatch", text, text, "2027-01-01", 2, f"{text}.yaml"),
        Waiver(text, "issue.mismatch", text, text, "2027-01-01", 9, f"{text}.yaml"),
    ]
    rows = [
        {
            "document": f"{text}.md", "lang": "en", "start": 1, "end": 2, "line": 4,
            "marker": f"[@{text}]", "key": text, "number": "", "sentence": text,
        }
    ]  # fmt: skip
    lines = resolve_references([printed, other], [found, silent])
    return build_report(lines, rows, waivers, today="2026-11-23")


def in_all_forms(report):
    return {
        "text": text_report(report),
        "json": json_report(report),
        "csv": csv_report(report).removeprefix(BYTE_ORDER_MARK),
        "md": markdown_report(report),
        "sarif": sarif_report(report, "a.bib"),
        "github": github_report(report, "a.bib"),
    }


def obeyed(text):
    """Signs that a terminal would obey or show in another place: all of categories C and Z but
    line ends and blanks, the no-break and ideographic ones included."""
    return {
        sign
        for sign in text
        if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    }


def assert_harmless(forms):
    for form, text in forms.items():
        assert obeyed(text) == set(), form
        assert "##[" not in text, form
        commands = [line for line in text.split("\n") if line.lstrip().startswith("::")]
        assert form == "github" or commands == [], form
    place = r"(file=[^:,]*,line=\d+,)?"  # what is said of the whole list has none
    for line in forms["github"].removesuffix("\n").split("\n"):
        assert re.match(rf"::(error|warning|notice) {place}title=[^:,]*::[^:]", line)
    for row in csv.reader(io.StringIO(forms["csv"], newline="")):
        for cell in row:
            assert not cell.startswith(tuple("=+@\t\r＝＋－＠"))
            assert not cell.startswith("-") or re.fullmatch(r"-[0-9.]+(e[+-]?[0-9]+)?", cell, re.I)
    tables = [line for line in forms["md"].split("\n") if line.startswith("|")]
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in tables}
    assert widths - {6} == {3, 5, 7}  # 6: what is waived, where a key can be
    assert "<" not in forms["md"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_no_report_is_broken_or_run(text):
    report = report_with(text)
    codes = {one["code"] for entry in report["references"] for one in entry["findings"]}
    assert "volume.mismatch" in codes
    assert [one["code"] for one in report["references"][0]["waived"]] == ["year.mismatch"]
    assert {one["code"] for one in report["findings"]} == {"citation.unlisted", "waiver.unmatched"}
    assert_harmless(in_all_forms(report))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_json_keeps_what_it_escapes(text):
    report = report_with(text)
    assert json.loads(json_report(report)) == report


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_markdown_shows_the_title_as_it_is(text):
    report = report_with(text)
    page = pypandoc.convert_text(markdown_report(report), "html", format="gfm")
    assert not re.search(r"<(script|img|b|em|strong|code|del|sup|a|span)\b", page)
    assert page.count("<table") == 4
    assert len(re.findall(r"<tr>", page)) == markdown_report(report).count("\n|") - 4


@settings(max_examples=100)
@given(st.text(min_size=1, max_size=30))
def test_no_text_at_all_is_obeyed(text):
    assert_harmless(in_all_forms(report_with(text)))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("two\nlines", "two lines"),
        ("\x1b[31mred", "[31mred"),
        ("a\u202eb", "a b"),
        ("::error::x", ": :error::x"),
        ("中文\u3000稿", "中文 稿"),
        ("##[group]", "## [group]"),
    ],
)
def test_plain_lines(text, line):
    assert plain_line(text) == line
