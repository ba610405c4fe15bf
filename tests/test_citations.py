"""Citation markers in text, by key and by number, and documents as the text they stand in."""

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from livingreview.endpoints.documents import detect_language, read_document
from livingreview.errors import InputError
from livingreview.files import read_text
from livingreview.references.record import Reference
from livingreview.references.texts.citations import (
    CITATION_COLUMNS,
    find_citations,
    near_keys,
    read_citations,
)
from livingreview.references.texts.citing_sentences import citing_sentences

REFERENCES = [Reference(key, number) for number, key in enumerate(("a2020x", "b2021y", "c/d"), 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("延长了生存 [@a2020x]。", [("[@a2020x]", ("a2020x",))], id="one key"),
        pytest.param(
            "[@a; @b/c:d, p. 3]", [("[@a; @b/c:d, p. 3]", ("a", "b/c:d"))], id="keys, a page"
        ),
        pytest.param("[-@a] and @b says", [("[-@a]", ("a",)), ("@b", ("b",))], id="without author"),
        pytest.param("@{a b} @{x,y}", [("@{x,y}", ("x,y",))], id="key in braces"),
        pytest.param("研究[30]。", [("[30]", ("30",))], id="one number"),
        pytest.param(
            "疲劳等[8]-[11],", [("[8]-[11]", ("8", "9", "10", "11"))], id="from to, brackets"
        ),
        pytest.param("生成[13][14]。", [("[13][14]", ("13", "14"))], id="side by side"),
        pytest.param(
            "DCR [4] [28] [29],", [("[4] [28] [29]", ("4", "28", "29"))], id="with spaces"
        ),
        pytest.param("x [1, 3-5]", [("[1, 3-5]", ("1", "3", "4", "5"))], id="list and range"),
        pytest.param("［2、3］", [("［2、3］", ("2", "3"))], id="full-width brackets"),
        pytest.param("h^{[12]}", [("^{[12]}", ("12",))], id="raised in TeX"),
        pytest.param(
            "h^[12]^ <sup>[3]</sup>", [("^[12]^", ("12",)), ("<sup>[3]</sup>", ("3",))], id="raised"
        ),
        pytest.param("HR 0.79 [0.62-1.02], 48 [17%], [J]", [], id="limits and percent"),
        pytest.param("12 [8-15] months, 12 months [8-15]", [], id="whole limits around a value"),
        pytest.param(
            "12 patients [8-15]", [("[8-15]", tuple(map(str, range(8, 16))))], id="a range"
        ),
        pytest.param("a@b.org, [mail a@b.org], [0], [1234]", [], id="addresses, zero, a year"),
        pytest.param("[1]: http://x", [], id="link definition"),
        pytest.param(
            "A [1].\n\n参考文献\n\n[1] B.", [("[1]", ("1",))], id="Chinese reference list"
        ),
        pytest.param("A [1].\n\n## References\n\n- [1] B.\n", [("[1]", ("1",))], id="English list"),
        pytest.param("References [1] were read.", [("[1]", ("1",))], id="the word in a sentence"),
        pytest.param(
            "# References\n[1] B\n# Annex\nC [2]", [("[2]", ("2",))], id="text after the list"
        ),
        pytest.param("<!-- [@a] --> [@b]", [("[@b]", ("b",))], id="comment"),
    ],
)
def test_markers_are_found_with_what_they_cite(text, expected):
    found = find_citations(text)
    assert [(citation.marker, citation.references) for citation in found] == expected
    assert [text[citation.start : citation.end] for citation in found] == [m for m, _ in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("代码 `a[10]` 之后[1]", ["[1]"], id="zh: code"),
        pytest.param("Code `a[10]`, ``b ` [11]`` and then [1].", ["[1]"], id="en: code"),
        pytest.param("甲\n```python\na[10] = [@x]\n```\n乙[2]", ["[2]"], id="zh: fenced code"),
        pytest.param("- One\n  ~~~\n  a[1]\n  ~~~\n  two [2]", ["[2]"], id="en: fence in a list"),
        pytest.param("```\nno end [1]", [], id="a fence to the end"),
        pytest.param("One ` sign\n\n[1] and ` another", ["[1]"], id="signs of two paragraphs"),
        pytest.param("见 https://x.org/[9]，又见[2]", ["[2]"], id="zh: address"),
        pytest.param("See <https://x.org/?q=[3]> [2].", ["[2]"], id="en: address"),
        pytest.param("doi:10.1000/[4]x [2], www.x.org/[5]", ["[2]"], id="DOI"),
        pytest.param(
            "https://x.org/a[2], (https://x.org)[@a; @b]", ["[2]", "[@a; @b]"], id="after"
        ),
        pytest.param("[here](https://x.org/[3])[4]", ["[4]"], id="a link's goal"),
        pytest.param("公式$x_{[3]}$与$$y[4]$$[5]", ["[5]"], id="zh: formulas"),
        pytest.param(r"Formulas $x[8]$, \(y[9]\), \[z [3]\] [5].", ["[5]"], id="en: formulas"),
        pytest.param(
            "cost US$5 [3] and $6 [4], ($) [5] (in $)", ["[3]", "[4]", "[5]"], id="prices"
        ),
        pytest.param("a$^{[12]}$，乙$^{[13]}$", ["^{[12]}", "^{[13]}"], id="raised by TeX"),
        pytest.param("生存[10]，OS[11].", ["[10]", "[11]"], id="behind a letter, in text"),
    ],
)
def test_what_is_no_running_text_cites_nothing(text, expected):
    assert [citation.marker for citation in find_citations(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("前[5-3]后", ["5", "3", "5-3"], id="zh"),
        pytest.param("as [3]-[1] say", ["c/d", "a2020x", "3-1"], id="en: brackets"),
        pytest.param("as [1-3, 2]", ["a2020x", "b2021y", "c/d"], id="forwards"),
    ],
)
def test_a_range_that_runs_backwards_is_no_range(text, expected):
    rows = read_citations(text, "m.md", "en", REFERENCES)
    wanted = ["c/d" if one == "3" else one for one in expected]
    assert [row["key"] for row in rows] == wanted
    assert [row["key"] for row in rows if row["number"] is None] == [
        one for one in wanted if one in ("5", "5-3", "3-1")
    ]


def test_each_cited_reference_becomes_a_line():
    text = "甲 [@a2020x; @c/d]。\n乙[2]。"
    rows = read_citations(text, "zh.md", "zh", REFERENCES)
    common = {"document": "zh.md", "lang": "zh"}
    first = {"start": 2, "end": 17, "line": 1, "marker": "[@a2020x; @c/d]"}
    second = {"start": 20, "end": 23, "line": 2, "marker": "[2]"}
    whole = {"sentence": "甲 [@a2020x; @c/d]。"}
    assert rows == [
        {**common, **first, "key": "a2020x", "number": 1, **whole},
        {**common, **first, "key": "c/d", "number": 3, **whole},
        {**common, **second, "key": "b2021y", "number": 2, "sentence": "乙[2]。"},
    ]
    assert all(tuple(row) == CITATION_COLUMNS for row in rows)


@pytest.mark.parametrize(
    ("text", "line", "cited"),
    [
        pytest.param("一\n二 [@a2020z]", 2, ["a2020z"], id="zh: key like another"),
        pytest.param("As shown [@unheard].", 1, ["unheard"], id="en: key like none"),
        pytest.param("一\n\n三[4]", 3, ["4"], id="zh: number beyond the end"),
        pytest.param("Two of them [4, 12].", 1, ["4", "12"], id="en: two numbers"),
    ],
)
def test_a_citation_of_what_is_not_listed_is_a_row_without_number(text, line, cited):
    rows = read_citations(text, "m.md", "zh", REFERENCES)
    assert [(row["line"], row["key"], row["number"]) for row in rows] == [
        (line, key, None) for key in cited
    ]


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        pytest.param("a2020z", ["a2020x"], id="one letter"),
        pytest.param("unheard", [], id="none"),
        pytest.param("a" * 100_000, [], id="no key of anybody's"),
    ],
)
def test_keys_that_a_cited_one_may_stand_for(cited, expected):
    assert near_keys(cited, [reference.key for reference in REFERENCES]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "前一句。安罗替尼\n有效[1]。后一句。",
            ["安罗替尼有效[1]。"],
            id="zh: broken over two lines",
        ),
        pytest.param(
            "One thing. It was\nlonger (p = 0.01) [1]. Another.",
            ["It was longer (p = 0.01) [1]."],
            id="en: broken over two lines",
        ),
        pytest.param(
            "甲有效。[1] 乙无效。[2]", ["甲有效。[1]", "乙无效。[2]"], id="zh: behind the full stop"
        ),
        pytest.param(
            "It worked.[1] It did not.^[2]^ So what.",
            ["It worked.[1]", "It did not.^[2]^"],
            id="en: behind the full stop",
        ),
        pytest.param(
            "It worked. [1] It did not. [2]",
            ["It worked. [1]", "It did not. [2]"],
            id="en: behind the full stop and a space",
        ),
        pytest.param(
            "Zhang et al. [1] Found it, cf. [2] Too.",
            ["Zhang et al. [1] Found it, cf. [2] Too."] * 2,
            id="en: no full stop",
        ),
        pytest.param("So it is. [1] reported it.", ["[1] reported it."], id="en: a subject"),
        pytest.param("# 疗效\n有效[1]", ["有效[1]"], id="zh: heading before"),
        pytest.param("Lung cancer\n\nworks [1]", ["works [1]"], id="en: empty line before"),
        pytest.param("有 [1] 二\n\n- 项 [2]\n- 目", ["有 [1] 二", "项 [2]"], id="zh: list items"),
        pytest.param(
            "| A | 4.1 [1] |\n| B | 5.1 [2] |",
            ["| A | 4.1 [1] |", "| B | 5.1 [2] |"],
            id="en: table rows",
        ),
        pytest.param("# On [1]\ntext", ["# On [1]"], id="en: in a heading"),
    ],
)
def test_the_sentence_of_a_marker(text, expected):
    markers = [(one.start, one.end) for one in find_citations(text)]
    assert citing_sentences(text, markers) == expected


def test_a_long_line_without_full_stops_is_cut():
    text = "词 [1] " * 20_000
    sentences = citing_sentences(text, [(one.start, one.end) for one in find_citations(text)])
    assert len(sentences) == 20_000
    assert max(map(len, sentences)) <= 4_000


@given(st.text(alphabet="[]@a1.。!\n |#-A词", max_size=80))
def test_a_sentence_holds_its_marker(text):
    found = find_citations(text)
    sentences = citing_sentences(text, [(one.start, one.end) for one in found])
    for one, sentence in zip(found, sentences, strict=True):
        assert "\n" not in sentence
        assert "".join(one.marker.split()) in "".join(sentence.split())


@given(st.text(alphabet="[]@abc123-–, ;^{}\n、［］。<sup/>#", max_size=120))
def test_markers_stand_where_they_say_and_in_order(text):
    found = find_citations(text)
    assert all(text[c.start : c.end] == c.marker and c.references for c in found)
    places = [place for c in found for place in (c.start, c.end)]
    assert places == sorted(places)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_evidence_cites_entries_of_the_bibliography_only(lang):
    keys = [
        line.split("{")[1].rstrip(",\n")
        for line in read_text(ROOT / "data" / "references.bib").split("\n")
        if line.startswith("@")
    ]
    references = [Reference(key, number) for number, key in enumerate(keys, 1)]
    path = ROOT / "data" / "evidence" / f"{lang}.md"
    rows = read_citations(read_text(path), path, lang, references)
    assert {row["number"] for row in rows} == set(range(1, 65))


def test_the_article_cites_all_64_by_number(shared):
    text = next((shared / "article").glob("*.txt")).read_text(encoding="utf-8")
    numbers = [number for citation in find_citations(text) for number in citation.numbers]
    assert list(dict.fromkeys(numbers)) == list(range(1, 65))


# Documents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "安罗替尼组的中位 PFS 为 4.1 个月 (95% CI)。", "zh", id="Chinese with abbreviations"
        ),
        pytest.param("Median PFS was 4.1 months (Zhang 张).", "en", id="English with a name"),
        pytest.param(
            "中文。\n\n参考文献\n" + "English title of an article. " * 50, "zh", id="list left out"
        ),
        pytest.param("", "en", id="empty"),
    ],
)
def test_the_language_of_a_text(text, expected):
    assert detect_language(text) == expected


def test_plain_files_are_read_as_they_are(tmp_path):
    path = tmp_path / "a.MD"
    path.write_bytes("一\r\n二 [@a]".encode())
    assert read_document(path) == ("一\r\n二 [@a]", "zh")


def test_html_becomes_text_with_headings_items_and_rows(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<h2>Results</h2><p>Median <b>PFS</b> was 4.1<sup>[30]</sup> months, 10<sup>9</sup>.</p>"
        "<ul><li>ORR 30%</li></ul><table><tr><th>Arm</th><th>OS</th></tr>"
        "<tr><td>A</td><td>7.3 (6.1–10.3)</td></tr></table>",
        encoding="utf-8",
    )
    assert read_document(path) == (
        "## Results\n\nMedian PFS was 4.1[30] months, 10^9.\n\n- ORR 30%\n\n"
        "| Arm | OS |\n| A | 7.3 (6.1–10.3) |\n",
        "en",
    )


def test_docx_becomes_text(tmp_path):
    docx = pytest.importorskip("docx")
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_heading("结果", level=1)
    document.add_paragraph("安罗替尼组的中位 PFS 为 4.1 个月[30]。")
    document.save(path)
    assert read_document(path) == ("# 结果\n\n安罗替尼组的中位 PFS 为 4.1 个月[30]。\n", "zh")


def zipped(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        pytest.param("a.docx", b"no zip", "not a DOCX file", id="no zip"),
        pytest.param("a.docx", zipped(a=b"x"), "pandoc cannot read it as docx", id="no document"),
        pytest.param(
            "a.docx", zipped(a=bytes(201_000_000)), "unpacks to more than 200 MB", id="zip bomb"
        ),
        pytest.param(
            "a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "XML entities", id="XML bomb"
        ),
        pytest.param("a.xml", b"<a", "pandoc cannot read it as jats", id="no XML"),
        pytest.param("a.pdf", b"%PDF", ".pdf is no known kind of document", id="PDF"),
        pytest.param("a.txt", b"\xff\xfe", "not UTF-8", id="UTF-16"),
        pytest.param("a.html", None, "no such file", id="missing"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path, name, data, message):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError) as error:
        read_document(path)
    assert message in str(error.value)
    assert json.dumps(str(error.value)).count("\\n") == 0
