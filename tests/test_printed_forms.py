"""Printed references in forms that real lists have: imprints of books and theses, acronyms as
authors, numbered Elsevier and JCO styles, lists whose markers change."""

from __future__ import annotations

import time

import pytest

from livingreview.references.reading.citation_list import ListProblem, parse_citation_list
from livingreview.references.reading.citation_styles import read_citation
from livingreview.references.record import Name, Reference


def one(type, title, authors, language="en", **fields):
    return Reference(
        key="", number=0, type=type, language=language, title=title, authors=authors, **fields
    )


ZHANG = (Name("张", "三"),)
TWO = (Name("张", "三"), Name("李", "四"))
PRESS = "人民卫生出版社"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param(
            "张三主编. 肿瘤学[M]. 第3版. 北京: 人民卫生出版社",
            one("book", "肿瘤学", ZHANG, "zh", container_title=PRESS, note="第3版; 北京"),
            id="editor, edition, no year",
        ),
        pytest.param(
            "张三，李四主编．肿瘤学[M]．3版．北京：人民卫生出版社，2019：12-15．",
            one(
                "book",
                "肿瘤学",
                TWO,
                "zh",
                container_title=PRESS,
                year=2019,
                page="12-15",
                note="3版; 北京",
            ),
            id="full-width signs, pages",
        ),
        pytest.param(
            "张三, 李四编著. 肿瘤学[M]. 北京: 人民卫生出版社, 2019.",
            one("book", "肿瘤学", TWO, "zh", container_title=PRESS, year=2019, note="北京"),
            id="no edition",
        ),
        pytest.param(
            "张三. 肿瘤学[M]. 人民卫生出版社, 2019.",
            one("book", "肿瘤学", ZHANG, "zh", container_title=PRESS, year=2019),
            id="no place",
        ),
        pytest.param(
            "DeVita VT, Lawrence TS. Cancer: principles[M]. 10th ed. Philadelphia: Wolters Kluwer,"
            " 2014: 100-120.",
            one(
                "book",
                "Cancer: principles",
                (Name("DeVita", "VT"), Name("Lawrence", "TS")),
                container_title="Wolters Kluwer",
                year=2014,
                page="100-120",
                note="10th ed; Philadelphia",
            ),
            id="English book",
        ),
        pytest.param(
            "李四. 肺癌研究[D]. 北京: 北京大学, 2020.",
            one(
                "phdthesis",
                "肺癌研究",
                (Name("李", "四"),),
                "zh",
                container_title="北京大学",
                year=2020,
                note="北京",
            ),
            id="thesis",
        ),
        pytest.param(
            "李四. 肺癌研究[D]. 北京: 北京大学.",
            one(
                "phdthesis",
                "肺癌研究",
                (Name("李", "四"),),
                "zh",
                container_title="北京大学",
                note="北京",
            ),
            id="thesis without year",
        ),
        pytest.param(
            "Li S. Lung cancer[D]. Boston: Harvard University, 2020.",
            one(
                "phdthesis",
                "Lung cancer",
                (Name("Li", "S"),),
                container_title="Harvard University",
                year=2020,
                note="Boston",
            ),
            id="English thesis",
        ),
        pytest.param(
            "WHO. Report on cancer[R]. Geneva: WHO, 2020.",
            one(
                "techreport",
                "Report on cancer",
                (Name(literal="WHO"),),
                container_title="WHO",
                year=2020,
                note="Geneva",
            ),
            id="acronym",
        ),
        pytest.param(
            "WHO. Global report on cancer. Lancet. 2020;12:3-4.",
            one(
                "article",
                "Global report on cancer",
                (Name(literal="WHO"),),
                container_title="Lancet",
                year=2020,
                volume="12",
                page="3-4",
            ),
            id="acronym, Vancouver",
        ),
        pytest.param(
            "WANG N, LI S. Report on cancer. Lancet. 2020;12:3-4.",
            one(
                "article",
                "Report on cancer",
                (Name("WANG", "N"), Name("LI", "S")),
                container_title="Lancet",
                year=2020,
                volume="12",
                page="3-4",
            ),
            id="capitals with initials are persons",
        ),
        pytest.param(
            "P. E. Blöchl, O. Jepsen, and O. K. van der Andersen, Improved method, revisited,"
            " Phys. Rev. B 50 (1994) 17953–17979.",
            one(
                "article",
                "Improved method, revisited",
                (Name("Blöchl", "P. E."), Name("Jepsen", "O."), Name("van der Andersen", "O. K.")),
                container_title="Phys. Rev. B",
                year=1994,
                volume="50",
                page="17953-17979",
            ),
            id="Elsevier, numbered",
        ),
        pytest.param(
            "J.-P. Smith, B. Doe, et al., A title, J. Name 12 (3) (2020) e104."
            " https://doi.org/10.1000/x",
            one(
                "article",
                "A title",
                (Name("Smith", "J.-P."), Name("Doe", "B.")),
                authors_complete=False,
                container_title="J. Name",
                year=2020,
                volume="12",
                issue="3",
                article_number="e104",
                doi="10.1000/x",
                doi_printed="10.1000/x",
            ),
            id="Elsevier, cut off, issue, DOI",
        ),
        pytest.param(
            "Bray F, Ferlay J, Jemal A, et al: Global cancer statistics: An update. CA Cancer J"
            " Clin 68:394-424, 2018",
            one(
                "article",
                "Global cancer statistics: An update",
                (Name("Bray", "F"), Name("Ferlay", "J"), Name("Jemal", "A")),
                authors_complete=False,
                container_title="CA Cancer J Clin",
                year=2018,
                volume="68",
                page="394-424",
            ),
            id="JCO",
        ),
    ],
)
def test_read_citation(printed, expected):
    assert read_citation(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(
            "A. Li, Title, Cancer Epidemiol., Biomarkers 5 (2020) 1-2.", id="comma inside"
        ),
        pytest.param("Li A, Wu B, Title, J. Name 5 (2020) 1-2.", id="initials behind the names"),
        pytest.param("A. Li, J. Name 5 (2020) 1-2.", id="no title"),
        pytest.param("A sentence of the text: with a place 19:289-297, 2019", id="no authors"),
    ],
)
def test_what_is_not_sure_is_not_read(printed):
    assert isinstance(read_citation(printed), str)


ENGLISH = "Wang N, Zhao L. Title {0}. Cell Res. 2020;12:{0}-9{0}."
CHINESE = "王宁, 赵磊. 题名{0}[J]. 肿瘤杂志, 2020, 12(3): {0}-9{0}."


@pytest.mark.parametrize("item", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize(
    "markers",
    [
        pytest.param(["[{}] "] * 4 + ["{}. "] * 2, id="[4], 5."),
        pytest.param(["[{}] "] * 2 + ["{}. "] * 2 + ["[{}] "] * 2, id="and back"),
        pytest.param(["{}. "] * 2 + ["({}) "] * 2 + ["{}、"] * 2, id="2., (3), 5、"),
        pytest.param(["［{}］"] * 3 + ["- {}. "] * 3, id="full-width, list marker"),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "empty lines"])
def test_a_list_goes_on_under_another_marker(item, markers, between):
    text = between.join(
        marker.format(number) + item.format(number)
        for number, marker in enumerate(markers, start=1)
    )
    parsed = parse_citation_list(text)
    titles = [item.split(". ")[1].removesuffix("[J]").format(number) for number in range(1, 7)]
    assert [(one.number, one.title) for one in parsed.references] == [*enumerate(titles, start=1)]
    assert (parsed.unread, parsed.problems) == ((), ())


def test_an_item_that_cannot_be_read_swallows_none_that_can():
    text = f"[1] See the text above\n2. {ENGLISH.format(2)}\n3. {CHINESE.format(3)}"
    parsed = parse_citation_list(text)
    assert [(one.number, one.title) for one in parsed.references] == [(2, "Title 2"), (3, "题名3")]
    assert [(one.number, one.text) for one in parsed.unread] == [(1, "See the text above")]
    assert parsed.problems == ()


def test_an_item_that_swallowed_a_number_is_not_read():
    text = (
        "[1] Wang N, Zhao L. A title of\n2. Words that are no reference at all\n"
        f"of any kind. Cell Res. 2020;12:1-9.\n[3] {ENGLISH.format(3)}"
    )
    parsed = parse_citation_list(text)
    assert [one.number for one in parsed.references] == [3]
    assert [(one.number, one.reason) for one in parsed.unread] == [
        (1, "holds a line that begins with 2, a number that no item has")
    ]
    assert parsed.problems == (ListProblem(2, 4, "no item has the number 2"),)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("2. 1-9.", id="a page"),
        pytest.param("(2): 1-9.", id="an issue"),
        pytest.param("2. Epub", id="a short remark"),
    ],
)
def test_a_line_that_begins_with_a_number_goes_on(line):
    text = f"[1] Wang N. Title 1. Cell Res. 2020;12\n{line}\n[2] {ENGLISH.format(2)}"
    parsed = parse_citation_list(text)
    numbers = sorted(one.number for one in (*parsed.references, *parsed.unread))
    assert numbers == [1, 2]
    assert parsed.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[1] x\n" + "2. Abcdefghijklmnopqrstuvwxyz\n" * 3_000, id="candidates"),
        pytest.param("[1] " + "A. Li, " * 500 + "\n", id="authors"),
        pytest.param("[1] " + "a: " * 1_000 + " 1:2-3, 2020\n", id="colons"),
    ],
)
def test_hostile_lists_take_linear_time(text):
    start = time.perf_counter()
    parse_citation_list(text)
    assert time.perf_counter() - start < 5
