"""Checks over the whole list: works listed twice, reports of one trial, what the texts cite."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingreview.endpoints.trials import Trial
from livingreview.references.judgement.citation_checks import is_by_author, longest_rise
from livingreview.references.judgement.validate import build_report
from livingreview.references.record import Name, Reference
from livingreview.references.resolution.resolve import resolve_references
from livingreview.references.texts.citations import read_citations

TITLES = {
    "en": "Anlotinib in extensive-stage small cell lung cancer",
    "zh": "安罗替尼治疗广泛期小细胞肺癌的疗效",
}
AUTHORS = {
    "en": (Name(family="Wang", given="N."), Name(family="Zhao", given="L.")),
    "zh": (Name(family="王", given="宁"), Name(family="赵", given="丽")),
}
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


def reference(language="en", **fields):
    base = {
        "key": "k",
        "number": 1,
        "title": TITLES[language],
        "authors": AUTHORS[language],
        "container_title": {"en": "Lung Cancer", "zh": "中国肺癌杂志"}[language],
        "language": language,
        "year": 2022,
        "volume": "11",
        "page": "12-18",
        "doi": "10.1000/a",
        "doi_printed": "10.1000/a",
    }
    return Reference(**(base | fields))


NO_DOI = {"doi": None, "doi_printed": None}
OF_B = {"doi": "10.1000/b", "doi_printed": "10.1000/b"}


def listed(*references):
    return [
        replace(one, key=f"k{place}", number=place, line=place * 10)
        for place, one in enumerate(references, 1)
    ]


def answer(language="en", **fields):
    return {
        "_source": "crossref",
        "_query": {"doi": "10.1000/a"},
        "_outcome": "found",
        "_retrieved": "2026-11-22",
        "DOI": "10.1000/a",
        "title": [TITLES[language]],
        "author": [{"family": one.family, "given": one.given} for one in AUTHORS[language]],
        "container-title": ["Lung Cancer" if language == "en" else "中国肺癌杂志"],
        "published-print": {"date-parts": [[2022]]},
        "volume": "11",
        "page": "12-18",
    } | fields


def page(key, language="en", **fields):
    return answer(language, _source="page", _query={"for": key}, _for=key, **fields)


def report(references, answers=(), citations=None, trials=()):
    lines = resolve_references(references, answers)
    return build_report(lines, citations, [], trials=trials)


def doubles(references, answers=()):
    """(number, code, found) of each finding about a double."""
    return [
        (entry["number"], one["code"], one["found"])
        for entry in report(references, answers)["references"]
        for one in entry["findings"]
        if one["field"] == "duplicate"
    ]


@LANGUAGES
def test_one_work_printed_with_its_doi_and_without(language):
    """Found by its locked record; what is printed alone would show no more than one title."""
    first, second = listed(reference(language), reference(language, title="", **NO_DOI))
    second = replace(second, title=TITLES[language] + ("!" if language == "en" else "！"))
    entries = report([first, second], [answer(language, PMID="77")])["references"]
    (one,) = [one for one in entries[1]["findings"] if one["field"] == "duplicate"]
    assert (one["code"], one["severity"], one["found"], one["source"], one["line"]) == (
        "duplicate.work",
        "warning",
        "1 (k1)",
        "crossref",
        20,
    )
    assert one["message"] == {
        "zh": "与第 1 (k1) 条文献是同一篇：DOI 10.1000/a（Crossref，2026-11-22）。",
        "en": "Same work as reference 1 (k1): DOI 10.1000/a (Crossref, 2026-11-22).",
    }
    assert [one for one in entries[0]["findings"] if one["field"] == "duplicate"] == []


@LANGUAGES
@pytest.mark.parametrize(
    ("second", "answers", "expected"),
    [
        pytest.param(
            OF_B | {"doi": "10.1000/old", "doi_printed": "10.1000/old"},
            [{}, {"_query": {"doi": "10.1000/old"}}],
            "duplicate.work",
            id="an old DOI of the same record",
        ),
        pytest.param(
            NO_DOI,
            [
                {"DOI": None, "PMID": "7", "_query": {"for": key}, "_for": key, "_source": "page"}
                for key in ("k1", "k2")
            ],
            "duplicate.work",
            id="one number in PubMed",
        ),
        pytest.param({}, [{}], "duplicate.doi", id="the same DOI, and its record"),
        pytest.param(NO_DOI, [], "duplicate.title", id="nobody knows either"),
        pytest.param(OF_B, [], None, id="two DOIs, nobody knows either"),
        pytest.param(
            OF_B,
            [{}, {"DOI": "10.1000/b", "_query": {"doi": "10.1000/b"}}],
            None,
            id="two DOIs and two records of one title",
        ),
        pytest.param(
            NO_DOI | {"volume": "9", "page": "S3", "year": 2020},
            [],
            None,
            id="an abstract and its full paper",
        ),
        pytest.param(
            NO_DOI | {"issue": "Suppl 2", "volume": None, "page": None},
            [],
            None,
            id="an abstract in a supplement",
        ),
        pytest.param(
            NO_DOI | {"container_title": "medRxiv", "volume": None, "page": None},
            [],
            None,
            id="a preprint and its article",
        ),
        pytest.param(
            NO_DOI | {"authors": (Name(family="Li", given="A."),)},
            [],
            None,
            id="one title by two authors",
        ),
    ],
)
def test_doubles(language, second, answers, expected):
    references = listed(reference(language), reference(language, **second))
    found = doubles(references, [answer(language, **one) for one in answers])
    assert found == ([(2, expected, "1 (k1)")] if expected else [])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Correction: Anlotinib in SCLC, part 1", "Anlotinib in SCLC, part 1"),
        (
            "Anlotinib in small cell lung cancer: part 1",
            "Anlotinib in small cell lung cancer: part 2",
        ),
        ("安罗替尼治疗小细胞肺癌（一）", "安罗替尼治疗小细胞肺癌（二）"),
        ("《安罗替尼治疗小细胞肺癌》一文的更正", "安罗替尼治疗小细胞肺癌"),
    ],
)
def test_a_work_and_its_notice_and_two_parts_are_no_doubles(first, second):
    references = listed(reference(title=first, **NO_DOI), reference(title=second, **NO_DOI))
    assert doubles(references) == []
    shared = [page("k1", title=[first], DOI=None, PMID="7")]
    shared += [page("k2", title=[second], DOI=None, PMID="7")]
    assert doubles(references, shared) == []


BARE = NO_DOI | {"volume": None, "page": None, "type": "book", "container_title": None}


@LANGUAGES
@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(BARE | {"year": 2015}, BARE | {"year": 2021}, id="two editions"),
        pytest.param(BARE | {"year": 2020}, BARE | {"year": 2021}, id="a year apart"),
        pytest.param(
            NO_DOI | {"volume": None, "page": None, "year": 2020},
            NO_DOI | {"year": 2022},
            id="one without place, two years apart",
        ),
        pytest.param(
            NO_DOI | {"type": "inproceedings", "container_title": "World Conference 2018"},
            NO_DOI,
            id="in proceedings",
        ),
        pytest.param(NO_DOI | {"container_title": "中国肿瘤大会"}, NO_DOI, id="at a congress"),
        pytest.param(NO_DOI | {"note": "会议摘要"}, NO_DOI, id="abstract, by its note"),
        pytest.param(NO_DOI | {"note": "Erratum"}, NO_DOI, id="erratum, by its note"),
        pytest.param(NO_DOI | {"note": "更正"}, NO_DOI, id="correction, by its note"),
    ],
)
def test_one_title_and_two_works(language, first, second):
    assert doubles(listed(reference(language, **first), reference(language, **second))) == []


@LANGUAGES
@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(BARE, BARE, id="one edition"),
        pytest.param(BARE, BARE | {"year": None}, id="no year"),
        pytest.param(NO_DOI | {"year": 2021}, NO_DOI, id="online and in an issue"),
        pytest.param(
            NO_DOI, NO_DOI | {"note": "Erratum in: Lung Cancer 2023"}, id="a note of its erratum"
        ),
    ],
)
def test_one_title_and_one_work(language, first, second):
    assert doubles(listed(reference(language, **first), reference(language, **second))) == [
        (2, "duplicate.title", "1 (k1)")
    ]


WITH_SUBTITLE = {
    "en": f"{TITLES['en']}: a randomised trial",
    "zh": f"{TITLES['zh']}：一项随机对照试验",
}
SLIP = {
    "en": TITLES["en"].replace("extensive", "extensife"),
    "zh": TITLES["zh"].replace("细", "纽"),
}
MESSAGES = {
    "zh": "与第 1 (k1) 条文献的题名相近，第一作者、卷和起始页相同，应是同一篇：“{}”。",
    "en": "Nearly the title of reference 1 (k1), with its first author, volume and first page:"
    " “{}”.",
}


@LANGUAGES
@pytest.mark.parametrize("titles", [WITH_SUBTITLE, SLIP])
@pytest.mark.parametrize("order", [1, -1])
def test_one_work_with_another_printing_of_its_title(language, titles, order):
    pair = [reference(language, **NO_DOI), reference(language, title=titles[language], **NO_DOI)]
    pair = listed(*pair[::order])
    (one,) = report(pair)["references"][1]["findings"]
    assert (one["code"], one["found"], one["message"][language]) == (
        "duplicate.title",
        "1 (k1)",
        MESSAGES[language].format(pair[1].title),
    )


@LANGUAGES
@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"page": "200-210"}, id="another page"),
        pytest.param({"volume": "12"}, id="another volume"),
        pytest.param({"page": None}, id="no page"),
        pytest.param({"year": 2019}, id="another year"),
        pytest.param({"authors": (Name(family="Li", given="A."),)}, id="another author"),
        pytest.param(OF_B, id="another DOI"),
    ],
)
def test_a_subtitle_alone_makes_no_double(language, fields):
    """A work and one with its title and a subtitle can be two."""
    second = NO_DOI | {"title": WITH_SUBTITLE[language]} | fields
    assert doubles(listed(reference(language), reference(language, **second))) == []


@LANGUAGES
def test_a_doi_of_another_work_makes_no_double_of_it(language):
    """The second prints the first one's DOI by mistake; a third has no DOI and is the second."""
    other = "Ferroptosis in cardiac injury" if language == "en" else "铁死亡与心肌损伤的关系研究"
    references = listed(
        reference(language),
        reference(language, title=other),
        reference(language, title=other, **NO_DOI),
    )
    assert doubles(references, [answer(language)]) == [
        (2, "duplicate.doi", "1 (k1)"),
        (3, "duplicate.title", "2 (k2)"),
    ]


def test_three_of_one_work_name_the_first():
    references = listed(reference(), reference(**NO_DOI), reference(**NO_DOI))
    assert doubles(references, [answer()]) == [
        (2, "duplicate.work", "1 (k1)"),
        (3, "duplicate.work", "1 (k1)"),
    ]


def test_one_registration_printed_twice_is_one_work():
    registration = reference(
        type="misc", title="A trial", registration="NCT03059797", container_title=None, **NO_DOI
    )
    references = listed(registration, replace(registration, title="Anlotinib trial registration"))
    assert doubles(references) == [(2, "duplicate.work", "1 (k1)")]


# --- Reports of one trial --------------------------------------------------------------------


TRIAL = Trial("ALTER1202", "ALTER 1202", ("NCT03059797",), (), ("k1", "k3"))


def of_one_trial(references, answers=(), trials=(TRIAL,)):
    return [
        (entry["number"], one["code"], one["severity"], one["cited"], one["found"], one["source"])
        for entry in report(references, answers, trials=trials)["references"]
        for one in entry["findings"]
        if one["code"] == "duplicate.trial"
    ]


def papers(count, **fields):
    return listed(
        *(
            reference(
                title=f"Anlotinib: report number {number}",
                doi=f"10.1000/{number}",
                doi_printed=f"10.1000/{number}",
                **fields,
            )
            for number in range(1, count + 1)
        )
    )


def paper_record(number, **fields):
    doi = f"10.1000/{number}"
    title = [f"Anlotinib: report number {number}"]
    return answer(DOI=doi, _query={"doi": doi}, title=title, **fields)


def test_every_report_of_a_trial_names_the_others():
    name = "ALTER 1202 (NCT03059797)"
    assert of_one_trial(papers(4)) == [
        (1, "duplicate.trial", "note", name, "3 (k3)", "trials"),
        (3, "duplicate.trial", "note", name, "1 (k1)", "trials"),
    ]
    by_record = [paper_record(4, registration=["nct03059797"])]
    assert of_one_trial(papers(4), by_record) == [
        (1, "duplicate.trial", "note", name, "3 (k3), 4 (k4)", "trials"),
        (3, "duplicate.trial", "note", name, "1 (k1), 4 (k4)", "trials"),
        (4, "duplicate.trial", "note", name, "1 (k1), 3 (k3)", "crossref"),
    ]


def test_the_message_names_the_trial_in_both_languages():
    first, entry = [
        one for one in report(papers(3), trials=[TRIAL])["references"] if one["findings"]
    ]
    assert first["findings"][0]["message"] == {
        "zh": "与文献 3 (k3) 报告同一试验 ALTER 1202 (NCT03059797)：同一批患者不要重复计入。",
        "en": "Same trial, ALTER 1202 (NCT03059797), as in 3 (k3): do not count its patients"
        " twice.",
    }
    assert entry["findings"][0]["message"] == {
        "zh": "与文献 1 (k1) 报告同一试验 ALTER 1202 (NCT03059797)：同一批患者不要重复计入。",
        "en": "Same trial, ALTER 1202 (NCT03059797), as in 1 (k1): do not count its patients"
        " twice.",
    }
    assert entry["verdict"] == "unchecked"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(
            [{"clinical-trial-number": [{"clinical-trial-number": "nct04985851"}]}] * 2,
            [
                (1, "duplicate.trial", "note", "NCT04985851", "2 (k2)", "crossref"),
                (2, "duplicate.trial", "note", "NCT04985851", "1 (k1)", "crossref"),
            ],
            id="one number in two records",
        ),
        pytest.param(
            [{"registration": ["NCT04985851"]}, {"registration": ["NCT04985852"]}],
            [],
            id="two numbers",
        ),
        pytest.param(
            [{"registration": ["NCT04985851"]}, {"registration": ["NCT04985851", "NCT04985852"]}],
            [],
            id="a pooled analysis",
        ),
        pytest.param([{"registration": ["NCT04985851"]}, {}], [], id="one record only"),
    ],
)
def test_records_that_show_a_registration(fields, expected):
    records = [paper_record(number, **one) for number, one in enumerate(fields, 1)]
    assert of_one_trial(papers(2), records, trials=()) == expected


def test_a_registration_and_a_double_are_no_other_report():
    first, second = papers(2)
    registered = replace(
        first,
        key="k3",
        number=3,
        type="misc",
        title="A registration",
        registration="NCT03059797",
        **NO_DOI,
    )
    records = [paper_record(1, registration=["NCT03059797"])]
    again = replace(second, title=first.title, doi=first.doi, doi_printed=first.doi)
    found = of_one_trial([first, again, registered], records, trials=())
    assert found == []


# --- Citations -------------------------------------------------------------------------------


def cited(key, number, line, lang="zh", start=None, marker=None, document=None):
    return {
        "document": document or f"{lang}.md",
        "lang": lang,
        "start": line * 100 if start is None else start,
        "end": line * 100 + 9,
        "line": line,
        "marker": marker or f"[@{key}]",
        "key": key,
        "number": number,
        "sentence": "",
    }


def test_a_citation_of_what_is_not_listed_is_an_error_at_its_line():
    references = papers(2)
    references = [replace(references[0], key="cheng2021anlotinib"), references[1]]
    rows = [
        cited("cheng2021anlotinib", "1", 1),
        cited("cheng2021anlotinibb", "", 3),
        cited("k2", 2, 4),
        cited("7", None, 5, marker="[2, 7]", lang="en"),
    ]
    found = report(references, citations=rows)
    assert found["findings"] == [
        {
            "field": "citation",
            "code": "citation.unlisted",
            "severity": "error",
            "cited": "@cheng2021anlotinibb",
            "found": "cheng2021anlotinib",
            "source": "text",
            "retrieved": None,
            "message": {
                "zh": "正文（zh.md 第 3 行）引用了 @cheng2021anlotinibb，但文献表没有这一条"
                "（共 2 条）；是否为 cheng2021anlotinib？",
                "en": "The text (zh.md, line 3) cites @cheng2021anlotinibb, but the list, of 2"
                " entries, does not have it; did you mean cheng2021anlotinib?",
            },
            "document": "zh.md",
            "line": 3,
        },
        {
            "field": "citation",
            "code": "citation.unlisted",
            "severity": "error",
            "cited": "[7]",
            "found": None,
            "source": "text",
            "retrieved": None,
            "message": {
                "zh": "正文（en.md 第 5 行）引用了 [7]，但文献表没有这一条（共 2 条）。",
                "en": "The text (en.md, line 5) cites [7], but the list, of 2 entries, does not"
                " have it.",
            },
            "document": "en.md",
            "line": 5,
        },
    ]
    assert found["summary"]["severities"] == {"error": 2, "warning": 0, "note": 0}


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        pytest.param(
            "前[3-50]后",
            "zh",
            [("[6-50]", "正文（m.md 第 1 行）的 [3-50] 引用了 [6-50]，但文献表只有 5 条。")],
            id="zh: a range",
        ),
        pytest.param(
            "as [2, 7, 9, 10, 11] and [8]",
            "en",
            [
                (
                    "[7, 9-11]",
                    "The text (m.md, line 1) cites [7, 9-11] in [2, 7, 9, 10, 11], but the list"
                    " has 5 entries.",
                ),
                (
                    "[8]",
                    "The text (m.md, line 1) cites [8], but the list, of 5 entries, does not have"
                    " it.",
                ),
            ],
            id="en: a list, and another marker",
        ),
        pytest.param(
            "前[5-3]后",
            "zh",
            [("[5-3]", "正文（m.md 第 1 行）的 [5-3] 由大到小，看不出引用了哪几条。")],
            id="zh: backwards",
        ),
        pytest.param(
            "as [9-3] say",
            "en",
            [
                (
                    "[9]",
                    "The text (m.md, line 1) cites [9], but the list, of 5 entries, does not have"
                    " it.",
                ),
                (
                    "[9-3]",
                    "In the text (m.md, line 1), [9-3] runs backwards: which entries it cites"
                    " cannot be told.",
                ),
            ],
            id="en: backwards and unlisted",
        ),
    ],
)
def test_a_marker_is_one_finding(text, lang, expected):
    references = papers(5)
    rows = read_citations(text, "m.md", lang, references)
    found = report(references, citations=rows)["findings"]
    assert [(one["code"], one["cited"], one["message"][lang]) for one in found] == [
        ("citation.unlisted", *one) for one in expected
    ]


def test_an_unlisted_key_twice_on_a_line_is_told_once():
    rows = [cited("nobody", "", 3, start=300), cited("nobody", "", 3, start=320)]
    rows += [cited("nobody", "", 4)]
    assert [one["line"] for one in report(papers(1), citations=rows)["findings"]] == [3, 4]


def order_of(references, numbers, **more):
    rows = [
        cited(f"k{number}", str(number), line, **more) for line, number in enumerate(numbers, 1)
    ]
    return [
        (entry["number"], one)
        for entry in report(references, citations=rows)["references"]
        for one in entry["findings"]
        if one["code"] == "citation.order"
    ]


def test_a_list_out_of_the_order_of_citation_is_told_once_at_its_first_break():
    ((number, one),) = order_of(papers(5), [1, 2, 5, 3, 2, 4])
    assert number == 5
    assert {name: one[name] for name in one if name != "message"} == {
        "field": "citation",
        "code": "citation.order",
        "severity": "note",
        "cited": "5 (k5)",
        "found": "3 (k3)",
        "source": "text",
        "retrieved": None,
        "document": "zh.md",
        "line": 3,
    }
    assert one["message"] == {
        "zh": "文献表未按正文首次引用的先后排列：正文（第 3 行）先引用第 5 (k5) 条，"
        "后引用第 3 (k3) 条；5 条中有 1 条不在其位。",
        "en": "The list does not follow the order of first citation: the text (line 3) cites"
        " 5 (k5) before 3 (k3); 1 of 5 are out of place.",
    }


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param([], id="nothing cited"),
        pytest.param([3], id="one cited"),
        pytest.param([1, 2, 3, 1, 5, 2], id="in order, one left out, some again"),
    ],
)
def test_a_list_in_the_order_of_citation_is_silent(numbers):
    assert order_of(papers(5), numbers) == []


def test_the_order_within_one_marker_is_the_style_s():
    rows = [
        cited("k2", "2", 1, start=5, marker="[@k2; @k1]"),
        cited("k1", "1", 1, start=5, marker="[@k2; @k1]"),
        cited("k3", "3", 2),
    ]
    found = report(papers(3), citations=rows)["references"]
    assert [one["code"] for entry in found for one in entry["findings"]] == []


def test_the_order_is_that_of_the_first_language_s_text():
    rows = [cited(f"k{number}", number, number) for number in (1, 2, 3)]
    rows += [cited(f"k{number}", number, 9 - number, lang="en") for number in (3, 2, 1)]
    found = report(papers(3), citations=rows)["references"]
    assert [one["code"] for entry in found for one in entry["findings"]] == []


def by(*families):
    return [
        reference(
            authors=(Name(family=family),),
            title=f"Title number {place}",
            doi=f"10.1000/{place}",
            doi_printed=f"10.1000/{place}",
        )
        for place, family in enumerate(families, 1)
    ]


@pytest.mark.parametrize(
    ("families", "expected"),
    [
        (["Adams", "Baker", "Chen", "Dubois", "Éluard"], True),
        (["Adams", "Adams", "Baker", "Chen", "van Dijk"], True),
        (["曹", "陈", "程", "邓", "冯"], True),
        (["安", "陈", "王", "赵", "Adams", "Baker", "Chen"], True),
        (["Wang", "Li", "Zhao", "Chen", "Xu"], False),
        (["赵", "陈", "王", "李", "安"], False),
        (["Wang", "Wang", "Wang", "Wang", "Wang"], False),
        (["Adams", "Baker"], False),
        ([], False),
    ],
)
def test_whether_a_list_is_by_author(families, expected):
    assert is_by_author(listed(*by(*families))) == expected
    numbers = list(range(len(families), 0, -1))
    told = order_of(listed(*by(*families)), numbers)
    assert bool(told) == (len(families) > 1 and not expected)


def test_an_entry_that_only_an_unlisted_citation_names_is_uncited():
    rows = [cited("k1", "1", 1), cited("2", "", 2, marker="[2]")]
    found = report(papers(2), citations=rows)["references"]
    assert [[one["code"] for one in entry["findings"]] for entry in found] == [
        [],
        ["citation.uncited"],
    ]


@given(st.lists(st.integers(0, 12), unique=True))
def test_the_longest_rise_is_what_can_stay(numbers):
    best = [1] * len(numbers)
    for place, number in enumerate(numbers):
        best[place] += max((best[i] for i in range(place) if numbers[i] < number), default=0)
    assert longest_rise(numbers) == max(best, default=0)


TEXT = st.one_of(st.none(), st.text(max_size=30), st.sampled_from([*TITLES.values(), "10.1000/a"]))


@given(
    st.lists(
        st.builds(
            lambda title, doi, page, note, family: reference(
                title=title, doi=doi, doi_printed=doi, page=page, note=note, authors=(family,)
            ),
            TEXT,
            TEXT,
            TEXT,
            TEXT,
            st.builds(Name, family=TEXT),
        ),
        max_size=4,
    )
)
def test_no_text_makes_the_checks_fail(references):
    references = listed(*references)
    rows = [cited(one.key, one.number, 9 - one.number) for one in references]
    found = report(references, [answer()], [*rows, cited("", "", 3)], [TRIAL])
    assert len(found["references"]) == len(references)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(lambda n: {"volume": str(n), "page": f"{n}-{n + 1}"}, id="one title, no DOI"),
        pytest.param(lambda n: {"title": f"Report number {n}"}, id="each its own"),
    ],
)
def test_ten_thousand_references_take_seconds(fields):
    count = 10_000
    references = listed(*(reference(**NO_DOI, **fields(number)) for number in range(count)))
    rows = [cited(f"k{number}", number, count - number) for number in range(count, 0, -1)]
    rows += [cited(f"kk{number}", "", number) for number in range(200)]
    lines = [{"authorities": []} for _ in references]
    from livingreview.references.judgement.citation_checks import unlisted_citations
    from livingreview.references.judgement.list_checks import list_findings

    started = time.perf_counter()
    trial = Trial("T", "T", (), (), tuple(f"k{number}" for number in range(1, count)))
    list_findings(references, rows, lines, [trial])
    unlisted_citations(references, rows)
    assert time.perf_counter() - started < 30
