"""Numbered reference lists: three styles, two languages, broken lines."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from livingreview.references.reading.bibtex import read_bibtex, write_bibtex
from livingreview.references.reading.citation_list import (
    ListProblem,
    UnreadItem,
    join_lines,
    parse_citation_list,
)
from livingreview.references.reading.citation_styles import read_citation
from livingreview.references.record import Name, Reference

GOLDEN = Path(__file__).parent / "golden" / "reference_list.json"


def article(title, journal, year, volume=None, *, authors=(), language="en", **fields):
    """The expected record; authors as ("Wang", "N") or ("Group",)."""
    doi = fields.pop("doi", None)
    return Reference(
        key="",
        number=0,
        language=language,
        title=title,
        container_title=journal,
        year=year,
        volume=volume,
        authors=tuple(Name(*who) if len(who) > 1 else Name(literal=who[0]) for who in authors),
        doi=doi.lower() if doi else None,
        doi_printed=doi,
        **fields,
    )


WANG_ZHAO = [("Wang", "N"), ("Zhao", "L")]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param(
            "Wang N, Zhao L, et al. Drug A as maintenance: a trial. Anticancer Drugs."
            " 2022;34(3):558-562. doi:10.1097/CAD.0000000000001488.",
            article(
                "Drug A as maintenance: a trial",
                "Anticancer Drugs",
                2022,
                "34",
                issue="3",
                page="558-562",
                authors=WANG_ZHAO,
                authors_complete=False,
                doi="10.1097/CAD.0000000000001488",
            ),
            id="Vancouver",
        ),
        pytest.param(
            "Wang N, Zhao L. Is it useful? A trial vs. placebo. J. Clin. Oncol. 2022 Mar 1;34(3"
            " Suppl):558–62. PMID: 12345.",
            article(
                "Is it useful? A trial vs. placebo",
                "J. Clin. Oncol.",
                2022,
                "34",
                issue="3 Suppl",
                page="558-62",
                authors=WANG_ZHAO,
                note="PMID: 12345",
            ),
            id="Vancouver, abbreviated journal, month, remark",
        ),
        pytest.param(
            "van der Berg AB, O'Neil C. TGF-β in 2015, 12 years on. N Engl J Med 2022;386:e12.",
            article(
                "TGF-β in 2015, 12 years on",
                "N Engl J Med",
                2022,
                "386",
                article_number="e12",
                authors=[("van der Berg", "AB"), ("O'Neil", "C")],
            ),
            id="Vancouver, no stop after the journal, year in the title",
        ),
        pytest.param(
            "Wang N, Zhao L. A trial. Cell Res. 2020;12 Suppl 1:S3-S9.",
            article(
                "A trial",
                "Cell Res",
                2020,
                "12",
                issue="Suppl 1",
                page="S3-S9",
                authors=WANG_ZHAO,
            ),
            id="Vancouver, supplement",
        ),
        pytest.param(
            "Wang N, Zhao L. A trial. Cell Res. 2020 Mar 1. doi: 10.1000/x. Epub ahead of print.",
            article(
                "A trial",
                "Cell Res",
                2020,
                authors=WANG_ZHAO,
                doi="10.1000/x",
                note="Epub ahead of print",
            ),
            id="Vancouver, ahead of print",
        ),
        pytest.param(
            "World Health Organization. Report on x. Lancet. 2020;395:1-10.",
            article(
                "Report on x",
                "Lancet",
                2020,
                "395",
                page="1-10",
                authors=[("World Health Organization",)],
            ),
            id="Vancouver, group",
        ),
        pytest.param(
            "王明, 李华. 标题乙. 肿瘤学报 2021;36(3):218-221.",
            article(
                "标题乙",
                "肿瘤学报",
                2021,
                "36",
                issue="3",
                page="218-221",
                authors=[("王", "明"), ("李", "华")],
                language="zh",
            ),
            id="Vancouver, Chinese",
        ),
        pytest.param(
            "王明, 欧阳华, 等. 标题甲：VEGF 抑制剂[J]. 肿瘤学报, 2021, 36(3): 218-221.",
            article(
                "标题甲：VEGF 抑制剂",
                "肿瘤学报",
                2021,
                "36",
                issue="3",
                page="218-221",
                authors=[("王", "明"), ("欧阳", "华")],
                authors_complete=False,
                language="zh",
            ),
            id="GB/T",
        ),
        pytest.param(
            "王明，李华．标题甲［J］．医学杂志（英文版），2021，36（3）：218－221．",
            article(
                "标题甲",
                "医学杂志（英文版）",
                2021,
                "36",
                issue="3",
                page="218-221",
                authors=[("王", "明"), ("李", "华")],
                language="zh",
            ),
            id="GB/T, full-width signs",
        ),
        pytest.param(
            "WANG N, ZHAO L. On benzo[A]pyrene: a trial[J/OL]. Cell Res, 2021, 36: 7[2023-03-13]."
            " https://doi.org/10.1000/x.",
            article(
                "On benzo[A]pyrene: a trial",
                "Cell Res",
                2021,
                "36",
                page="7",
                authors=[("WANG", "N"), ("ZHAO", "L")],
                doi="10.1000/x",
                note="accessed 2023-03-13",
            ),
            id="GB/T, English, online",
        ),
        pytest.param(
            "王明. 标题丙[D]. 成都: 成都大学, 2020: 12-15.",
            article(
                "标题丙",
                "成都大学",
                2020,
                page="12-15",
                note="成都",
                authors=[("王", "明")],
                language="zh",
                type="phdthesis",
            ),
            id="GB/T, thesis",
        ),
        pytest.param(
            "国家卫生健康委员会. 诊疗指南[EB/OL]. (2022-04-08)[2023-03-13]. https://www.nhc.gov.cn/a.html.",
            article(
                "诊疗指南",
                None,
                2022,
                authors=[("国家卫生健康委员会",)],
                language="zh",
                type="online",
                url="https://www.nhc.gov.cn/a.html",
                note="published 2022-04-08; accessed 2023-03-13",
            ),
            id="GB/T, web page, dates in brackets",
        ),
        pytest.param(
            "某某药业有限公司. 说明书[EB/OL]. 2022-04-08. <https://a.example/b-1.htm>, 2023-3-13.",
            article(
                "说明书",
                None,
                2022,
                authors=[("某某药业有限公司",)],
                language="zh",
                type="online",
                url="https://a.example/b-1.htm",
                note="published 2022-04-08; accessed 2023-03-13",
            ),
            id="GB/T, web page, bare dates",
        ),
        pytest.param(
            "Bai, D.S., van Dorst, D.C.H. and MacQueen, K.T. (2020) PDGFR β and GSK-3 β -axis *in"
            " Vitro*. *Drug Design, Development and Therapy*, **12**, Article ID: 113197."
            " <https://doi.org/10.1000/x_y>",
            article(
                "PDGFRβ and GSK-3β-axis in Vitro",
                "Drug Design, Development and Therapy",
                2020,
                "12",
                article_number="113197",
                authors=[("Bai", "D.S."), ("van Dorst", "D.C.H."), ("MacQueen", "K.T.")],
                doi="10.1000/x_y",
            ),
            id="publisher",
        ),
        pytest.param(
            "Bai, D.S., et al. (2020) Drug A vs. Drug B. Cell Research, 12, e46-e57.",
            article(
                "Drug A vs. Drug B",
                "Cell Research",
                2020,
                "12",
                page="e46-e57",
                authors=[("Bai", "D.S.")],
                authors_complete=False,
            ),
            id="publisher, without emphasis",
        ),
        pytest.param(
            "Bai, D.S. (2020) A Study of x. Oncology Letters*, **28**.",
            article("A Study of x", "Oncology Letters", 2020, "28", authors=[("Bai", "D.S.")]),
            id="publisher, first sign of emphasis lost, no pages",
        ),
        pytest.param(
            "Qu, X. (2026) A Study of x (Registry No. NCT01234567) [Clinical Trial Registration]."
            " ClinicalTrials.gov. <https://a.example/NCT01234567>",
            article(
                "A Study of x",
                "ClinicalTrials.gov",
                2026,
                authors=[("Qu", "X.")],
                type="misc",
                registration="NCT01234567",
                url="https://a.example/NCT01234567",
                note="Clinical Trial Registration",
            ),
            id="publisher, registration",
        ),
        pytest.param(
            "Smith, J. A., & Jones, B. (2021). A study of x: Part 2. *Journal of Y*, *12*(3),"
            " 45–67. https://doi.org/10.1000/ABC",
            article(
                "A study of x: Part 2",
                "Journal of Y",
                2021,
                "12",
                issue="3",
                page="45-67",
                authors=[("Smith", "J. A."), ("Jones", "B.")],
                doi="10.1000/ABC",
            ),
            id="APA",
        ),
        pytest.param(
            "American Cancer Society. Cancer facts [Internet]. 2022 [cited 2023-03-13]. Available"
            " from: https://a.example/x.html",
            article(
                "Cancer facts",
                None,
                2022,
                authors=[("American Cancer Society",)],
                type="online",
                url="https://a.example/x.html",
                note="2022; accessed 2023-03-13",
            ),
            id="Vancouver, web page",
        ),
    ],
)
def test_read_citation(printed, expected):
    assert read_citation(printed) == expected


def test_a_doi_that_is_none_is_kept_as_printed():
    reference = read_citation("Wang N. A trial. Cell Res. 2020;12:1-2. doi: unknown.")
    assert (reference.doi_printed, reference.doi) == ("unknown", None)


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("", id="nothing"),
        pytest.param("刘通.", id="a name"),
        pytest.param("See the text above.", id="a sentence"),
        pytest.param("(2020) x", id="no author"),
        pytest.param(
            'J. Smith, "A title," J. Name, vol. 12, no. 3, pp. 1-5, 2020. https://a.example/x',
            id="IEEE style",
        ),
        pytest.param("刘" * 5000, id="too long"),
    ],
)
def test_what_cannot_be_read_gets_a_reason(printed):
    assert isinstance(read_citation(printed), str)


ITEM = "Wang N. Title {}. Cell Res. 2020;12:{}-9."


def numbers_and_titles(text):
    return [(r.number, r.title) for r in parse_citation_list(text).references]


@pytest.mark.parametrize(
    "marker",
    [
        "[{}] ",
        "- [{}] ",
        "［{}］",
        "\\[{}\\] ",
        "{}. ",
        "{}.",
        "{}、",
        "({}) ",
        "（{}）",
        "{}) ",
        "* {}. ",
    ],
)
def test_markers(marker):
    text = "\n".join(marker.format(n) + ITEM.format(n, n) for n in (1, 2, 3))
    expected = [(1, "Title 1"), (2, "Title 2"), (3, "Title 3")]
    assert numbers_and_titles(text) == expected
    assert numbers_and_titles(text.replace("\n", "\r\n\r\n")) == expected


def test_items_in_one_paragraph():
    text = " ".join(f"[{n}] {ITEM.format(n, n)}" for n in (1, 2, 3))
    assert numbers_and_titles(text) == [(1, "Title 1"), (2, "Title 2"), (3, "Title 3")]


BROKEN = """# 参考文献

- [1] Wang, N. and Zhao, L. (2020) Efficacy in Non-Small

- Cell Lung Cancer and treat-
ment of double-
blind and Small-
Cell types. *Cell
Research*, **12**, 218-
221. <https://doi.org/10.1000/
abc.def>
- [2] Wang, N. (2021) A Review and Meta-Analysis.

- Oncology Letters*, **28**, Article No. 613. <https://doi.org/10.1000/x>

- [3] 王明. 标题
甲 - 乙[J]. 肿瘤
学报, 2021,
36(3): 218-221.
"""


def test_items_broken_over_lines_and_list_markers():
    parsed = parse_citation_list(BROKEN)
    assert [
        (r.number, r.line, r.title, r.container_title, r.page or r.article_number, r.doi)
        for r in parsed.references
    ] == [
        (
            1,
            3,
            "Efficacy in Non-Small Cell Lung Cancer and treatment of double-blind and Small-Cell"
            " types",
            "Cell Research",
            "218-221",
            "10.1000/abc.def",
        ),
        (2, 12, "A Review and Meta-Analysis", "Oncology Letters", "613", "10.1000/x"),
        (3, 16, "标题甲 - 乙", "肿瘤学报", "218-221", None),
    ]
    assert (parsed.unread, parsed.problems) == ((), ())


@pytest.mark.parametrize(
    ("lines", "text", "joined"),
    [
        pytest.param(["a", "b"], "", "a b", id="a blank"),
        pytest.param(["肺癌", "患者"], "", "肺癌患者", id="none in Chinese"),
        pytest.param(["广泛期", "SCLC"], "", "广泛期 SCLC", id="Chinese, then Latin"),
        pytest.param(["treat-", "ment"], "", "treatment", id="hyphen of the line goes"),
        pytest.param(["non-", "small"], "", "non-small", id="hyphen of the word stays"),
        pytest.param(["Small-", "Cell"], "", "Small-Cell", id="before a capital"),
        pytest.param(["re-", "lapsed"], "the relapsed", "relapsed", id="the text has it without"),
        pytest.param(["health-", "care"], "of health-care", "health-care", id="the text has it so"),
        pytest.param(["a - b", "c - d"], "", "a - b c - d", id="dashes between words"),
        pytest.param(["12-", "34"], "", "12-34", id="range"),
        pytest.param(["<https://a.b/c-", "d>"], "", "<https://a.b/c-d>", id="address"),
        pytest.param(["https://a.b/c", "See"], "", "https://a.b/c See", id="after an address"),
        pytest.param(["soft\u00ad", "ly"], "", "soft ly", id="soft hyphen goes"),
    ],
)
def test_join_lines(lines, text, joined):
    assert join_lines(lines, frozenset(text.split())) == joined


def test_nothing_is_dropped_and_numbers_are_checked():
    text = (
        "Some words\n"
        f"1. {ITEM.format(1, 1)}\n"
        "2. See above.\n"
        f"4. {ITEM.format(4, 4)}\n"
        "\n"
        "Corresponding author: N. Wang\n"
        f"4. {ITEM.format(5, 5)}\n"
        f"3. {ITEM.format(3, 3)}\n"
        "5.\n"
    )
    parsed = parse_citation_list(text)
    assert [(r.number, r.title, r.key) for r in parsed.references] == [
        (1, "Title 1", "wang2020title"),
        (4, "Title 4", "wang2020title-b"),
        (4, "Title 5", "wang2020title-c"),
        (3, "Title 3", "wang2020title-d"),
    ]
    outside = "no number: "
    assert [(u.number, u.line, u.text, u.reason.startswith(outside)) for u in parsed.unread] == [
        (None, 1, "Some words", True),
        (2, 3, "See above.", False),
        (None, 6, "Corresponding author: N. Wang", True),
        (5, 9, "", False),
    ]
    assert parsed.problems == (
        ListProblem(4, 7, "the number 4 stands twice: also on line 4"),
        ListProblem(3, 8, "the number 3 stands after 4"),
    )


def test_missing_numbers():
    text = "\n".join(f"[{n}] {ITEM.format(n, n)}" for n in (2, 4, 3000))
    assert parse_citation_list(text).problems == (
        ListProblem(1, 1, "no item has the number 1"),
        ListProblem(3, 2, "no item has the number 3"),
        ListProblem(5, 3, "no item has a number from 5 to 2999"),
    )


def test_the_list_of_a_whole_article():
    text = (
        "# Title\n\nIn 2020 [1] it was shown.\n\n- [1] a footnote of the text\n\n"
        "## References\n\n"
        f"1. {ITEM.format(1, 1)}\n2. {ITEM.format(2, 2)}\n\n"
        "## Appendix\n\n3. Not of the list.\n"
    )
    parsed = parse_citation_list(text)
    assert [r.number for r in parsed.references] == [1, 2]
    assert (parsed.unread, parsed.problems) == ((), ())


def test_a_text_without_any_number():
    assert parse_citation_list("\nOne line\nand another\n").unread == (
        UnreadItem(None, 2, "One line and another", "no number: not part of any item"),
    )


def test_continuation_lines_that_start_with_a_number():
    text = (
        "1. Wang N. Title 1. Cell Res.\n2020;12\n(3):\n1-9.\n"
        f"2. {ITEM.format(2, 2)}\n"
        "3. Wang, N.\n(2020) Title 3. *Cell Res*, **12**, 1-2.\n"
    )
    assert numbers_and_titles(text) == [(1, "Title 1"), (2, "Title 2"), (3, "Title 3")]


# --- open inputs --------------------------------------------------------------------------

line_text = st.text(
    st.one_of(
        st.sampled_from("[](){}*_.,;:、。，[]J0123456789 -<>/AZaz刘肺\u00a0"),
        st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")),
    ),
    max_size=60,
)


@settings(deadline=None)  # the first call reads dictionaries
@given(st.text(max_size=400))
def test_no_text_makes_the_parser_fail(text):
    parse_citation_list(text)


@settings(deadline=None)  # the first call reads dictionaries
@given(st.lists(line_text, min_size=1, max_size=6), st.sampled_from(["[{}] ", "- [{}] ", "［{}］"]))
def test_no_number_is_dropped(texts, marker):
    text = "\n".join(marker.format(n) + body for n, body in enumerate(texts, start=1))
    parsed = parse_citation_list(text)
    numbers = {r.number for r in parsed.references} | {u.number for u in parsed.unread}
    assert numbers >= set(range(1, len(texts) + 1))


@settings(deadline=None)  # the first call reads dictionaries
@given(st.lists(line_text, min_size=1, max_size=4))
def test_what_is_read_can_be_written_as_bibtex(tmp_path_factory, texts):
    items = [f"[{n}] Wang N. {t} End. Cell Res. 2020;1:2." for n, t in enumerate(texts, start=1)]
    parsed = parse_citation_list("\n".join(items))
    if parsed.references:
        path = tmp_path_factory.mktemp("bib") / "list.bib"
        path.write_text(write_bibtex(parsed.references), encoding="utf-8", newline="")
        assert [r.key for r in read_bibtex(path)] == [r.key for r in parsed.references]


# --- the review ---------------------------------------------------------------------------


def golden():
    """The golden records with what they leave out (see golden/README.md)."""
    records = []
    for short in json.loads(GOLDEN.read_text(encoding="utf-8")):
        record = Reference(key="", number=0).to_json() | short
        record["doi_printed"] = record["doi"]
        record["authors"] = tuple(
            Name(*who) if len(who) == 2 else Name(literal=who[0]) for who in short["authors"]
        )
        records.append(Reference(**record))
    return records


@pytest.fixture(scope="module")
def of_article(shared):
    (path,) = (shared / "article").glob("*.txt")
    return parse_citation_list(path.read_text(encoding="utf-8"))


def bare(reference):
    return replace(reference, key="", line=None)


def test_the_golden_file_has_forty_records():
    assert len({reference.number for reference in golden()}) == 40


@pytest.mark.parametrize("expected", golden(), ids=lambda reference: str(reference.number))
def test_the_bibliography_agrees_with_the_golden_file(expected):
    bibliography = read_bibtex(ROOT / "data" / "references.bib")
    assert bare(bibliography[expected.number - 1]) == expected


@pytest.mark.parametrize("expected", golden(), ids=lambda reference: str(reference.number))
def test_the_parser_agrees_with_the_golden_file(of_article, expected):
    assert bare(of_article.references[expected.number - 1]) == expected


def test_the_parser_gives_the_whole_bibliography(of_article):
    bibliography = read_bibtex(ROOT / "data" / "references.bib")
    assert [replace(r, line=None) for r in of_article.references] == [
        replace(r, line=None) for r in bibliography
    ]
    assert (of_article.unread, of_article.problems) == ((), ())
