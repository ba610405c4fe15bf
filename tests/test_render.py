"""The documents read back: same numbers as the model, hostile text as text, the same bytes."""

import base64
import dataclasses
import io
import re
import shutil
import subprocess
import zipfile
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

import pytest

import summary_inputs as inputs
from livingreview.references.record import Name
from livingreview.summary.compose import compose_markdown
from livingreview.summary.figures import draw_medians, wrap
from livingreview.summary.render import render_docx, render_html, render_pdf
from summary_documents import Table, docx_tables, docx_text, numbers, read_page

FORMATS = {"html": render_html, "docx": render_docx, "pdf": render_pdf}
HOSTILE = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "link": "[click](javascript:alert(1))",
    "tex": "\\input{/etc/passwd} $\\frac{a}{b}$ \\end{document}",
    "typst": '= heading #read("/etc/passwd") <label> @cite $x$ #(1+1) // note /* note */',
    "markdown": "**bold** `code` ~~gone~~ ![p](x.png) {=html} ::: | a | ^[note]",
    "entity": "&lt;b&gt; &amp; &#60;",
    "turned": "abc\u202egnp.exe",
    "long": "W" * 5000,
}  # fmt: skip


def render(name: str, model: dict, languages=("zh", "en"), font: bool = False) -> bytes:
    """The document; without the font, which takes most of the time and is not looked at."""
    resources = inputs.resources()
    markdown = compose_markdown(model, resources, languages)
    figure = draw_medians(inputs.RESULTS, inputs.VOCABULARY)
    with nullcontext() if font else patch("livingreview.summary.render.subset_font", len_as_bytes):
        document = FORMATS[name](markdown, model, figure, resources)
    return document.encode() if isinstance(document, str) else document


def len_as_bytes(text: str) -> bytes:
    return str(len(text)).encode()


@pytest.fixture(scope="module")
def model():
    return inputs.compose()


@pytest.fixture(scope="module")
def page(model):
    return render("html", model, font=True).decode()


@pytest.fixture(scope="module")
def word(model):
    return render("docx", model)


def result_numbers(tables: list[Table]) -> list[list[str]]:
    """For each table of results the numbers in its columns of the review and of the source."""
    return [
        numbers(" ".join(cell for row in table[1:] for cell in row[3:5]))
        for table in tables
        if len(table[0]) == 6
    ]


def expected_numbers(model: dict) -> list[list[str]]:
    expected = []
    for setting in model["settings"]:
        for study in setting["studies"]:
            values: list[str] = []
            for row in study["rows"]:
                printed = row["review"]["printed"]
                several = row["languages"] == "differ"
                chosen = (
                    list(printed.values())
                    if several
                    else [next(filter(None, printed.values()), "")]
                )
                values += chosen if row["review"]["value"] else limits(row["review"])
                values += details(row["review"])
                if row["source"]:
                    values += [row["source"]["value"] or "", *details(row["source"])]
                    values += limits(row["source"])
            expected.append(numbers(" ".join(values)))
    return expected


def limits(report: dict) -> list[str]:
    return [report["ci_low"] or "", report["ci_high"] or ""]


def details(report: dict) -> list[str]:
    return [report[name] or "" for name in ("ci_level", "p", "n", "events") if name in report]


@pytest.mark.parametrize("languages", [("zh", "en"), ("zh",), ("en",)], ids="+".join)
def test_every_document_has_the_numbers_of_the_model(model, languages):
    expected = expected_numbers(model)
    html = read_page(render("html", model, languages).decode())
    assert result_numbers(html.tables) == expected
    assert result_numbers(docx_tables(render("docx", model, languages))) == expected


def test_a_changed_number_is_noticed(model, page):
    changed = read_page(page.replace(">6.1<", ">6.2<", 1))
    assert result_numbers(changed.tables) != expected_numbers(model)


def test_html_and_docx_have_the_same_tables(page, word):
    html = [[[spaced(cell) for cell in row] for row in table] for table in read_page(page).tables]
    docx = [[[spaced(cell) for cell in row] for row in table] for table in docx_tables(word)]
    assert html == docx


def spaced(text: str) -> str:
    return " ".join(text.split())


def test_the_page_asks_for_nothing(page):
    tags = read_page(page).tags
    assert {tag for tag, _ in tags} & {"script", "link", "iframe", "object", "form"} == set()
    sources = [attributes["src"] for _, attributes in tags if "src" in attributes]
    assert [source[:26] for source in sources] == ["data:image/svg+xml;base64,"]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    assert re.findall(r'url\((?!"data:)|@import', style) == []
    targets = [attributes["href"] for tag, attributes in tags if tag == "a"]
    assert {target.partition(":")[0] for target in targets if target[0] != "#"} <= {"http", "https"}


def test_every_link_inside_the_page_leads_somewhere(page):
    tags = read_page(page).tags
    anchors = [attributes["id"] for _, attributes in tags if attributes.get("id")]
    assert len(anchors) == len(set(anchors))
    targets = {
        attributes["href"][1:]
        for tag, attributes in tags
        if tag == "a" and attributes["href"].startswith("#")
    }
    assert targets - set(anchors) == set()


def test_header_cells_say_what_they_head(page):
    heads = [attributes.get("scope") for tag, attributes in read_page(page).tags if tag == "th"]
    assert set(heads) == {"col", "row"}
    assert not [tag for tag, attributes in read_page(page).tags if tag == "thead" and attributes]


def test_the_page_says_which_language_each_part_is_in(page):
    tags = read_page(page).tags
    assert ("html", {"lang": "zh-CN"}) in tags
    assert {attributes["lang"] for _, attributes in tags if "lang" in attributes} == {"zh-CN", "en"}


def test_the_font_inside_the_page_has_its_signs(page):
    from fontTools.ttLib import TTFont

    data = re.search(r"data:font/woff2;base64,([A-Za-z0-9+/=]+)", page)[1]
    known = TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap()
    missing = {sign for sign in "".join(read_page(page).text) if ord(sign) not in known}
    assert missing <= set("\n")
    assert len(page) < 3_000_000


def test_docx_tables_repeat_their_header_and_keep_to_the_page(word):
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(io.BytesIO(word))
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        head = table.rows[0]._tr.trPr
        assert head is not None
        assert head.find(qn("w:tblHeader")) is not None
        width = table._tbl.tblPr.find(qn("w:tblW"))
        assert width.get(qn("w:type")) == "pct"
        assert int(width.get(qn("w:w"))) <= 5000
        assert sum(column.width for column in table.columns) <= room * 1.01


def test_docx_sets_chinese_fonts_and_languages(word):
    archive = zipfile.ZipFile(io.BytesIO(word))
    styles = archive.read("word/styles.xml").decode()
    assert 'w:eastAsia="Microsoft YaHei"' in styles
    assert "eastAsiaTheme" not in styles
    text = archive.read("word/document.xml").decode()
    assert '<w:lang w:val="zh-CN" />' in text
    assert '<w:lang w:val="en" />' in text
    assert 'w:hint="eastAsia"' in text
    assert "PAGE" in archive.read("word/footer1.xml").decode()


def test_docx_begins_with_the_title_and_real_headings(word):
    import docx

    paragraphs = docx.Document(io.BytesIO(word)).paragraphs
    assert paragraphs[0].style.name == "Title"
    assert {"Heading 1", "Heading 2"} <= {paragraph.style.name for paragraph in paragraphs}


def test_contradictions_are_seen_without_colour(page):
    text = spaced("".join(read_page(page).text))
    assert "≠ 不一致 Differs" in text
    assert "= 一致 Agrees" in text


def hostile_model() -> dict:
    cited = [
        dataclasses.replace(
            inputs.CITED[1], key=f"key/{name}", number=number, title=text,
            authors=(Name("Ev<i>l", "$A$"),), doi="10.1/<script>\"'#[x](y)",
            url="javascript:alert(1)",
        )
        for number, (name, text) in enumerate(HOSTILE.items(), start=1)
    ]  # fmt: skip
    findings = [
        inputs.VALIDATION["references"][2]["findings"][0]
        | {"cited": text, "found": text, "source": text, "message": {"zh": text, "en": text}}
        for text in HOSTILE.values()
    ]
    validation = {
        "summary": {"not_in_lock": 0},
        "references": [
            {"key": reference.key, "number": reference.number, "verdict": "differs", "doi": None,
             "findings": [finding], "waived": []}
            for reference, finding in zip(cited, findings, strict=True)
        ],
    }  # fmt: skip
    results = [
        inputs.result(
            f"R{number:03}", setting="third_line", endpoint=f"AE:{text}", arm_zh=text, arm_en=text,
            trial=text, population=text, line=text, value="4.1", value_zh=text, value_en=text,
            source_state="differs", source_value=text, source_where=text, numbers="1",
        )
        for number, text in enumerate(HOSTILE.values(), start=1)
    ]  # fmt: skip
    checks = [
        inputs.CHECKS[0] | {"code": text, "message_zh": text, "message_en": text, "state": state}
        for text in HOSTILE.values()
        for state in ("failed", "abstained")
    ]
    title = {"zh": HOSTILE["typst"], "en": HOSTILE["html"]}
    return inputs.compose(
        config={"review": {"title": title, "citation": HOSTILE["tex"], "doi": "10.1/x"}},
        cited=cited, validation=validation, results=results, checks=checks,
    )  # fmt: skip


SHOWN = [text.replace("\u202e", "‹U+202E›") for name, text in HOSTILE.items()]


@pytest.fixture(scope="module")
def hostile():
    return hostile_model()


def test_hostile_text_is_text_in_html(hostile):
    page = read_page(render("html", hostile).decode())
    text = "".join(page.text)
    assert [string for string in SHOWN if string not in text] == []
    assert {tag for tag, _ in page.tags} & {"script", "b", "i", "del", "code"} == set()
    assert [tag for tag, attributes in page.tags if {"onerror", "onclick"} & set(attributes)] == []
    targets = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert [
        target for target in targets if not target.startswith(("#", "https://", "http://"))
    ] == []
    assert [tag for tag, _ in page.tags].count("img") == 0


def test_hostile_text_is_text_in_docx(hostile):
    text = docx_text(render("docx", hostile))
    assert [string for string in SHOWN if string not in text] == []


def pdf_text(data: bytes, path: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("needs pdftotext (Debian package poppler-utils)")
    path.write_bytes(data)
    done = subprocess.run([program, "-raw", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_hostile_text_is_text_in_pdf(hostile, tmp_path):
    text = pdf_text(render("pdf", hostile), tmp_path / "summary.pdf")
    tight = re.sub(r"[\s\u200b]+", "", text)
    short = [string for string in SHOWN if len(string) < 1000]
    assert [string for string in short if re.sub(r"\s+", "", string) not in tight] == []
    assert tight.count("W") >= len(HOSTILE["long"])


def test_pdf_shows_values_and_both_languages(model, tmp_path):
    text = pdf_text(render("pdf", model), tmp_path / "summary.pdf").replace("\u00a0", " ")
    for words in ("不一致之处", "What does not agree", "来源所载", "6.1", "95% CI 4.1–8.0", "8.02"):
        assert words in text


def test_a_figure_that_a_name_would_break_is_drawn():
    rows = [
        inputs.result("R001", setting="third_line", endpoint="PFS", value="4.1", arm_zh=text,
                      arm_en=text, population=text, line="third", value_zh="$x$", value_en="$x$")
        for text in HOSTILE.values()
    ]  # fmt: skip
    assert draw_medians(rows, inputs.VOCABULARY).count("<svg") == 1


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_bytes_in_any_folder(model, name, tmp_path, monkeypatch):
    first = render(name, model, font=True)
    other = tmp_path / "another folder"
    other.mkdir()
    monkeypatch.chdir(other)
    monkeypatch.setenv("TMPDIR", str(other))
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert render(name, model, font=True) == first
    assert str(tmp_path).encode() not in first


def test_the_figure_is_the_same_every_time():
    first = draw_medians(inputs.RESULTS, inputs.VOCABULARY)
    assert draw_medians(inputs.RESULTS, inputs.VOCABULARY) == first
    assert "<dc:date>" not in first


def test_no_results_make_a_figure_and_documents():
    assert draw_medians([], inputs.VOCABULARY).startswith("<?xml")
    empty = inputs.compose(results=[], other_reports=[], checks=[])
    for name in FORMATS:
        assert len(render(name, empty)) > 1000


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("a bb", ["a bb"], id="one line"),
        pytest.param("aaaa bbbb cc", ["aaaa", "bbbb cc"], id="broken at a space"),
        pytest.param("安罗替尼联合", ["安罗替", "尼联合"], id="broken between signs"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words_of_the_figure_are_broken(text, lines):
    assert wrap(text, 7) == lines
