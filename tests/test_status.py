"""What was said of a work after it appeared: kinds kept apart, each notice told once, by all who
tell of it; and the work that a cited notice is about."""

import json
from dataclasses import replace

import pytest

from livingreview.references.comparison.notices import title_of_original
from livingreview.references.judgement.validate import build_report
from livingreview.references.record import Name, Reference
from livingreview.references.resolution.matching import bibliographic_query
from livingreview.references.resolution.resolve import resolve_references

ENGLISH = Reference(
    key="wang2022anlotinib",
    number=1,
    title="Anlotinib in extensive-stage small cell lung cancer",
    authors=(Name(family="Wang", given="N."), Name(family="Zhao", given="L.")),
    container_title="Lung Cancer",
    year=2022,
    volume="11",
    page="12-18",
    doi="10.1000/a",
    doi_printed="10.1000/a",
)
CHINESE = replace(
    ENGLISH,
    key="wang2022anluo",
    title="安罗替尼治疗广泛期小细胞肺癌的疗效",
    authors=(Name(family="王", given="宁"), Name(family="赵", given="丽")),
    container_title="中国肺癌杂志",
    language="zh",
)
BOTH = pytest.mark.parametrize(
    "printed", [pytest.param(ENGLISH, id="en"), pytest.param(CHINESE, id="zh")]
)


def record(printed, source="crossref", retrieved="2026-11-22", **fields):
    return {
        "_source": source,
        "_query": {"doi": printed.doi},
        "_outcome": "found",
        "_retrieved": retrieved,
        "DOI": printed.doi,
        "title": [printed.title],
        "author": [{"family": name.family, "given": name.given} for name in printed.authors],
        "container-title": [printed.container_title],
        "published-print": {"date-parts": [[printed.year]]},
        "volume": printed.volume,
        "page": printed.page,
    } | fields


def updated(kind, doi="10.1000/n", **more):
    return {"type": kind, "DOI": doi, "updated": {"date-parts": [[2024, 3, 1]]}} | more


def entry_of(printed, *answers):
    return build_report(resolve_references([printed], answers), None, [])["references"][0]


def said(printed, *answers):
    """Code, severity, found and the messages of each finding."""
    return [
        (one["code"], one["severity"], one["found"], one["message"]["zh"], one["message"]["en"])
        for one in entry_of(printed, *answers)["findings"]
    ]


NOTICE = "2024-03-01, 10.1000/n"


@BOTH
@pytest.mark.parametrize(
    ("kind", "verdict", "expected"),
    [
        (
            "retraction",
            "retracted",
            (
                "status.retracted",
                "error",
                f"retraction, {NOTICE}",
                f"此文献已撤稿：retraction, {NOTICE}（Crossref，2026-11-22）。",
                f"This work was retracted: retraction, {NOTICE} (Crossref, 2026-11-22).",
            ),
        ),
        (
            "withdrawal",
            "retracted",
            (
                "status.retracted",
                "error",
                f"withdrawal, {NOTICE}",
                f"此文献已撤回：withdrawal, {NOTICE}（Crossref，2026-11-22）。",
                f"This work was withdrawn: withdrawal, {NOTICE} (Crossref, 2026-11-22).",
            ),
        ),
        (
            "removal",
            "retracted",
            (
                "status.retracted",
                "error",
                f"removal, {NOTICE}",
                f"此文献已被移除：removal, {NOTICE}（Crossref，2026-11-22）。",
                f"This work was removed: removal, {NOTICE} (Crossref, 2026-11-22).",
            ),
        ),
        (
            "partial_retraction",
            "concern",
            (
                "status.partially-retracted",
                "warning",
                f"partial retraction, {NOTICE}",
                f"此文献的一部分已撤稿：partial retraction, {NOTICE}（Crossref，2026-11-22）。"
                "请核对所引内容是否受影响。",
                f"A part of this work was retracted: partial retraction, {NOTICE} (Crossref,"
                " 2026-11-22). Check whether it touches what is cited.",
            ),
        ),
        (
            "expression_of_concern",
            "concern",
            (
                "status.concern",
                "warning",
                f"expression of concern, {NOTICE}",
                f"期刊对此文献发布了关注声明：expression of concern, {NOTICE}"
                "（Crossref，2026-11-22）。",
                "An expression of concern about this work exists: expression of concern,"
                f" {NOTICE} (Crossref, 2026-11-22).",
            ),
        ),
        (
            "erratum",
            "verified",
            (
                "status.corrected",
                "note",
                f"erratum, {NOTICE}",
                f"此文献已有更正：erratum, {NOTICE}（Crossref，2026-11-22）。"
                "请核对所引内容是否受影响。",
                f"A correction to this work exists: erratum, {NOTICE} (Crossref, 2026-11-22)."
                " Check whether it touches what is cited.",
            ),
        ),
    ],
)
def test_each_kind_of_notice_has_its_own_finding(printed, kind, verdict, expected):
    answer = record(printed, **{"updated-by": [updated(kind)]})
    assert said(printed, answer) == [expected]
    assert entry_of(printed, answer)["verdict"] == verdict


@pytest.mark.parametrize(
    ("title", "chinese", "english"),
    [
        ("WITHDRAWN: {}", "此文献已撤回：", "This work was withdrawn: "),
        ("REMOVED: {}", "此文献已被移除：", "This work was removed: "),
        ("RETRACTED: {}", "此文献已撤稿：", "This work was retracted: "),
        ("已撤稿：{}", "此文献已撤稿：", "This work was retracted: "),
    ],
)
@BOTH
def test_what_a_title_says_of_the_work(printed, title, chinese, english):
    marked = title.format(printed.title)
    for one, answers in (
        (printed, [record(printed, title=[marked])]),
        (replace(printed, title=marked), [record(printed)]),
    ):
        (finding,) = entry_of(one, *answers)["findings"]
        assert (finding["code"], finding["found"]) == ("status.retracted", marked)
        assert finding["message"]["zh"].startswith(chinese)
        assert finding["message"]["en"].startswith(english)


@BOTH
def test_a_retracted_work_that_was_republished_stays_retracted(printed):
    told = [
        {
            "kind": "retraction",
            "label": "Retracted and republished in: Lung Cancer. 2024;20:1",
            "PMID": "77",
        }
    ]
    assert said(printed, record(printed, "europepmc", notices=told)) == [
        (
            "status.retracted",
            "error",
            "retraction, PMID 77",
            "此文献已撤稿并重新发表：retraction, PMID 77（Europe PMC，2026-11-22）。"
            "请改引重新发表的版本。",
            "This work was retracted and published again: retraction, PMID 77 (Europe PMC,"
            " 2026-11-22). Cite what was published in its place.",
        )
    ]
    in_a_journal = [{"kind": "retraction", "label": "Retraction in: J Joint Replacement. 2024;2:1"}]
    (other,) = said(printed, record(printed, "europepmc", notices=in_a_journal))
    assert other[4].startswith("This work was retracted: ")


def updates(printed, *items, **more):
    return {
        "_source": "crossref",
        "_query": {"updates": printed.doi},
        "_outcome": "found",
        "_retrieved": "2026-11-22",
        "items": list(items),
    } | more


def notice_of(printed, kind, doi="10.1000/N"):
    return {"DOI": doi, "update-to": [updated(kind, printed.doi.upper())]}


WATCHED = updated("retraction", source="retraction-watch", **{"record-id": "4036"})


@pytest.mark.parametrize(
    ("answers", "chinese", "english"),
    [
        pytest.param(
            lambda p: [record(p, **{"updated-by": [WATCHED]})],
            "Crossref（Retraction Watch），2026-11-22",
            "Crossref (Retraction Watch), 2026-11-22",
            id="told by Retraction Watch",
        ),
        pytest.param(
            lambda p: [
                record(p, **{"updated-by": [updated("retraction", source="publisher"), WATCHED]})
            ],
            "Crossref（Retraction Watch），2026-11-22",
            "Crossref (Retraction Watch), 2026-11-22",
            id="told by the publisher and Retraction Watch",
        ),
        pytest.param(
            lambda p: [
                record(p, **{"updated-by": [WATCHED]}),
                updates(p, notice_of(p, "retraction")),
                record(p, "europepmc", notices=[{"kind": "retraction", "PMID": "7"}]),
            ],
            "Crossref（Retraction Watch）、Europe PMC，2026-11-22",
            "Crossref (Retraction Watch), Europe PMC, 2026-11-22",
            id="by three roads",
        ),
        pytest.param(
            lambda p: [
                record(p, "europepmc", "2026-10-01", notices=[{"kind": "retraction"}]),
                record(p, **{"updated-by": [updated("retraction")]}),
            ],
            "Crossref，2026-11-22；Europe PMC，2026-10-01",
            "Crossref, 2026-11-22; Europe PMC, 2026-10-01",
            id="on two days",
        ),
    ],
)
@BOTH
def test_one_notice_is_told_once_by_all_who_tell_of_it(printed, answers, chinese, english):
    answers = answers(printed)
    found = f"retraction, {NOTICE}"
    assert said(printed, *answers) == [
        (
            "status.retracted",
            "error",
            found,
            f"此文献已撤稿：{found}（{chinese}）。",
            f"This work was retracted: {found} ({english}).",
        )
    ]
    (one,) = entry_of(printed, *answers)["findings"]
    assert (one["source"], one["retrieved"]) == ("crossref", "2026-11-22")


@BOTH
def test_what_one_source_leaves_out_another_gives(printed):
    answers = [
        record(printed, **{"updated-by": [{"type": "correction", "DOI": "10.1000/n"}]}),
        record(printed, "europepmc", notices=[{"kind": "correction", "date": "2024-05"}]),
    ]
    assert [one[2] for one in said(printed, *answers)] == ["correction, 2024-05, 10.1000/n"]


@BOTH
def test_a_publisher_s_mark_on_its_own_work_and_another_s_notice_are_one_retraction(printed):
    own = [updated("retraction", printed.doi.upper(), source="publisher")]
    entries = {"update-to": own, "updated-by": [WATCHED, updated("erratum", "10.1000/e")]}
    assert [(one[0], one[2]) for one in said(printed, record(printed, **entries))] == [
        ("status.retracted", f"retraction, {NOTICE}"),
        ("status.corrected", "erratum, 2024-03-01, 10.1000/e"),
    ]


@BOTH
def test_one_record_of_retraction_watch_under_two_kinds_is_shown_as_both(printed):
    """https://www.crossref.org/documentation/retrieve-metadata/retraction-watch: a kind that was
    changed stands beside the earlier one, under the same record number."""
    both = [WATCHED, WATCHED | {"type": "expression_of_concern"}]
    assert [one[0] for one in said(printed, record(printed, **{"updated-by": both}))] == [
        "status.retracted",
        "status.concern",
    ]


@BOTH
def test_a_new_version_of_its_own_is_nothing(printed):
    entry = updated("new_version", printed.doi)
    answer = record(printed, **{"update-to": [entry], "updated-by": [entry]})
    assert said(printed, answer) == []


# --- The cited item is a notice --------------------------------------------------------------


CITED = {
    "en": replace(
        ENGLISH,
        key="wang2023correction",
        number=2,
        title=f"Correction: {ENGLISH.title}",
        doi="10.1000/cor",
        doi_printed="10.1000/cor",
    ),
    "zh": replace(
        CHINESE,
        key="wang2023gengzheng",
        number=2,
        title=f"《{CHINESE.title}》一文的更正",
        doi="10.1000/cor",
        doi_printed="10.1000/cor",
    ),
}
OTHER = replace(
    ENGLISH,
    key="li2020",
    title="Another study of something else",
    doi="10.1000/z",
    doi_printed="10.1000/z",
)


def told_of_notice(language, references, *answers):
    report = build_report(resolve_references(references, answers), None, [])
    entry = report["references"][-1]
    (one,) = [one for one in entry["findings"] if one["code"] == "status.notice"]
    assert (entry["verdict"], one["found"]) == ("notice", "correction")
    assert entry["doi"] != "10.1000/a"  # the notice's own, not the work's
    return one.get("proposed"), one["message"][language]


def ends(language, original):
    title = CITED[language].title
    if language == "zh":
        return (
            f"所引条目本身是更正或勘误，而非原文：“{title}”。请改引原文（{original}），"
            "或说明为何引用该声明。"
        )
    return (
        f"The cited item is itself a correction or erratum, not the work: “{title}”. Cite the work"
        f" ({original}), or say why the notice is cited."
    )


def test_the_original_that_the_record_names_is_offered():
    answers = {
        language: record(cited, **{"update-to": [updated("correction", "10.1000/A")]})
        for language, cited in CITED.items()
    }
    assert told_of_notice("en", [OTHER, CITED["en"]], answers["en"]) == (
        "10.1000/a",
        ends("en", f"“{ENGLISH.title}”, DOI 10.1000/a (Crossref, 2026-11-22)"),
    )
    assert told_of_notice("zh", [OTHER, CITED["zh"]], answers["zh"]) == (
        "10.1000/a",
        ends("zh", f"“{CHINESE.title}”，DOI 10.1000/a（Crossref，2026-11-22）"),
    )


def test_the_original_in_the_list_is_named_by_number_and_key():
    for language, work, original in (
        (
            "en",
            ENGLISH,
            f"“{ENGLISH.title}”, DOI 10.1000/a (Crossref, 2026-11-22), reference 1"
            " (wang2022anlotinib)",
        ),
        (
            "zh",
            CHINESE,
            f"“{CHINESE.title}”，DOI 10.1000/a（Crossref，2026-11-22），"
            "即文献表第 1 条（wang2022anluo）",
        ),
    ):
        cited = CITED[language]
        answer = record(cited, **{"update-to": [updated("correction", "10.1000/A")]})
        assert told_of_notice(language, [work, cited], answer) == (
            "10.1000/a",
            ends(language, original),
        )


def test_where_only_the_title_leads_to_the_original():
    work = record(ENGLISH)
    for found, answers, references, original in (
        (None, [], [OTHER, CITED["en"]], f"“{ENGLISH.title}”"),
        (
            "10.1000/a",
            [],
            [ENGLISH, CITED["en"]],
            f"“{ENGLISH.title}”, DOI 10.1000/a, reference 1 (wang2022anlotinib)",
        ),
        (
            "10.1000/a",
            [{**work, "_query": {"for": "li2020"}, "_for": "li2020", "DOI": "10.1000/a"}],
            [replace(ENGLISH, key="li2020", doi=None, doi_printed=None), CITED["en"]],
            f"“{ENGLISH.title}”, DOI 10.1000/a (Crossref, 2026-11-22), reference 1 (li2020)",
        ),
    ):
        assert told_of_notice("en", references, *answers) == (found, ends("en", original))
    assert told_of_notice("zh", [OTHER, CITED["zh"]]) == (
        None,
        ends("zh", f"“{CHINESE.title}”"),
    )
    assert told_of_notice("zh", [CHINESE, CITED["zh"]]) == (
        "10.1000/a",
        ends("zh", f"“{CHINESE.title}”，DOI 10.1000/a，即文献表第 1 条（wang2022anluo）"),
    )


def test_a_candidate_of_the_search_for_the_notice_is_offered():
    cited = replace(CITED["en"], doi=None, doi_printed=None)
    work = {name: value for name, value in record(ENGLISH).items() if name[0] != "_"}
    search = {
        "_source": "crossref",
        "_query": {"search": bibliographic_query(cited)},
        "_outcome": "found",
        "_retrieved": "2026-11-22",
        "items": [work],
    }
    assert told_of_notice("en", [OTHER, cited], search) == (
        "10.1000/a",
        ends("en", f"“{ENGLISH.title}”, DOI 10.1000/a (Crossref, 2026-11-22)"),
    )


def test_what_pubmed_numbers_is_found_in_the_list():
    answer = record(
        CITED["en"], "europepmc", **{"update-to": [{"type": "correction", "PMID": "7"}]}
    )
    assert told_of_notice("en", [ENGLISH, CITED["en"]], record(ENGLISH, PMID="7"), answer) == (
        "10.1000/a",
        ends(
            "en",
            f"“{ENGLISH.title}”, DOI 10.1000/a (Europe PMC, 2026-11-22), reference 1"
            " (wang2022anlotinib)",
        ),
    )
    assert told_of_notice("en", [OTHER, CITED["en"]], answer) == (
        None,
        ends("en", f"“{ENGLISH.title}”, PMID 7 (Europe PMC, 2026-11-22)"),
    )


def test_a_work_of_that_title_by_another_author_is_not_offered():
    another = replace(ENGLISH, authors=(Name(family="Smith", given="J."),))
    assert told_of_notice("en", [another, CITED["en"]]) == (None, ends("en", f"“{ENGLISH.title}”"))


def test_of_a_notice_about_several_works_all_are_offered_and_none_proposed():
    entries = [updated("correction", "10.1000/a"), updated("correction", "10.1000/b")]
    proposed, text = told_of_notice(
        "en", [OTHER, CITED["en"]], record(CITED["en"], **{"update-to": entries})
    )
    assert proposed is None
    assert "DOI 10.1000/a (" in text
    assert "DOI 10.1000/b (" in text


def test_a_notice_that_names_no_work_is_told_as_before():
    cited = replace(CITED["en"], title="Erratum")
    report = build_report(resolve_references([cited], []), None, [])
    (one,) = report["references"][0]["findings"]
    assert one["message"] == {
        "zh": "所引条目本身是更正或勘误，而非原文：“Erratum”。请改引原文，或说明为何引用该声明。",
        "en": "The cited item is itself a correction or erratum, not the work: “Erratum”. Cite the"
        " work, or say why the notice is cited.",
    }
    assert "proposed" not in one


def test_a_notice_of_partial_retraction_is_called_so():
    answer = record(ENGLISH, **{"update-to": [updated("partial_retraction", "10.1000/b")]})
    (one,) = entry_of(ENGLISH, answer)["findings"]
    assert (one["code"], one["found"], one["proposed"]) == (
        "status.notice",
        "partial-retraction",
        "10.1000/b",
    )
    assert one["message"]["zh"].startswith("所引条目本身是部分撤稿声明，而非原文：")
    assert one["message"]["en"].startswith(
        "The cited item is itself a notice of partial retraction"
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Correction: Anlotinib in SCLC", "Anlotinib in SCLC"),
        ("Author Correction: Anlotinib in SCLC", "Anlotinib in SCLC"),
        ("Correction to: Anlotinib in SCLC", "Anlotinib in SCLC"),
        ("Corrigendum to “Anlotinib in SCLC” [Lung Cancer 127 (2019) 12–18]", "Anlotinib in SCLC"),
        ('Corrigendum to "Anlotinib in SCLC" (Lung Cancer 2019)', "Anlotinib in SCLC"),
        ("Corrigendum: Anlotinib in SCLC", "Anlotinib in SCLC"),
        ("Erratum to: Anlotinib in SCLC", "Anlotinib in SCLC"),
        ("Anlotinib in SCLC: Erratum", "Anlotinib in SCLC"),
        ("Anlotinib in SCLC [Corrigendum]", "Anlotinib in SCLC"),
        ("Retraction Note: Anlotinib in SCLC", "Anlotinib in SCLC"),
        ("Retraction: Anlotinib in SCLC", "Anlotinib in SCLC"),
        ("Expression of Concern: Anlotinib in SCLC", "Anlotinib in SCLC"),
        ("Editorial Expression of Concern: Anlotinib in SCLC", "Anlotinib in SCLC"),
        ("《安罗替尼的疗效》一文的更正", "安罗替尼的疗效"),
        ("关于《安罗替尼的疗效》的撤稿声明", "安罗替尼的疗效"),
        ("更正：安罗替尼的疗效", "安罗替尼的疗效"),
        ("勘误：“安罗替尼的疗效”", "安罗替尼的疗效"),
        ("撤稿声明：安罗替尼的疗效", "安罗替尼的疗效"),
        ("Erratum", None),
        ("更正", None),
        ("Correction of hyponatraemia with tolvaptan", None),
        ("低钠血症的纠正", None),
        ("", None),
    ],
)
def test_the_title_of_the_work_in_the_title_of_the_notice(title, expected):
    assert title_of_original(title) == expected


# --- Words that are a work's subject as well ---------------------------------------------------

SUBJECTS = pytest.mark.parametrize(
    ("title", "original"),
    [
        pytest.param(
            "Correction: the role of prisons in society",
            "The role of prisons in society",
            id="en",
        ),
        pytest.param(
            "撤回：一项关于阿片类戒断综合征的综述", "一项关于阿片类戒断综合征的综述", id="zh"
        ),
    ],
)


@SUBJECTS
def test_a_doubtful_title_needs_the_record_or_the_work_for_a_notice(title, original):
    printed = replace(ENGLISH, title=title, doi="10.1000/cor", doi_printed="10.1000/cor", number=2)
    work = replace(ENGLISH, key="work", title=original)
    of_work = {"update-to": [updated("correction", "10.1000/a")]}
    told = []
    for references, answers in (
        ([OTHER, printed], []),
        ([OTHER, printed], [record(printed)]),
        ([OTHER, printed], [record(printed, **of_work)]),
        ([work, printed], [record(printed)]),
        ([OTHER, replace(printed, type="book")], []),
    ):
        report = build_report(resolve_references(references, answers), None, [])
        entry = report["references"][-1]
        codes = [one["code"] for one in entry["findings"]]
        told.append((entry["verdict"], codes.count("status.notice")))
    expected = [("unchecked", 0), ("verified", 0), ("notice", 1), ("notice", 1), ("unchecked", 0)]
    assert told == expected


# --- One notice by several sources ------------------------------------------------------------


def of_pubmed(number, date, kind="correction"):
    return {"kind": kind, "PMID": number, "date": date}


@BOTH
@pytest.mark.parametrize(
    ("dates", "notices", "expected"),
    [
        pytest.param(
            [(2021, 1, 5)],
            [of_pubmed("7", "2021-01"), of_pubmed("8", "2021-01")],
            ["correction, 2021-01-05, 10.1000/c1", "correction, 2021-01, PMID 8"],
            id="two numbers are two notices",
        ),
        pytest.param(
            [(2020, 12, 20)],
            [of_pubmed("7", "2021-01")],
            ["correction, 2020-12-20, 10.1000/c1"],
            id="online in December, in print in January",
        ),
        pytest.param(
            [(2021, 1, 5)],
            [of_pubmed("7", "2021-06")],
            ["correction, 2021-01-05, 10.1000/c1", "correction, 2021-06, PMID 7"],
            id="five months apart",
        ),
        pytest.param(
            [(2021, 1, 5)],
            [of_pubmed("7", "2021")],
            ["correction, 2021-01-05, 10.1000/c1"],
            id="the year alone",
        ),
        pytest.param(
            [(2021, 1, 5), (2021, 3, 5)],
            [of_pubmed("7", "2021-03"), of_pubmed("8", "2021-01")],
            ["correction, 2021-01-05, 10.1000/c1", "correction, 2021-03-05, 10.1000/c2"],
            id="each with the nearest",
        ),
        pytest.param(
            [(2021, 1, 5), (2021, 3, 5)],
            [of_pubmed("7", "2021-03"), of_pubmed("8", "2021-05")],
            [
                "correction, 2021-01-05, 10.1000/c1",
                "correction, 2021-03-05, 10.1000/c2",
                "correction, 2021-05, PMID 8",
            ],
            id="a third one",
        ),
    ],
)
def test_no_source_tells_of_one_correction_twice(printed, dates, notices, expected):
    entries = [
        updated("correction", f"10.1000/c{place}", updated={"date-parts": [list(date)]})
        for place, date in enumerate(dates, 1)
    ]
    answers = [
        record(printed, **{"updated-by": entries}),
        record(printed, "europepmc", notices=notices),
    ]
    assert [(one[0], one[2]) for one in said(printed, *answers)] == [
        ("status.corrected", found) for found in expected
    ]


@BOTH
@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2022-05", ["2015-04-01, 10.1000/n", "2022-05, PMID 7"]),
        ("2015-05", ["2015-04-01, 10.1000/n"]),
        (None, ["2015-04-01, 10.1000/n"]),
    ],
)
def test_concerns_are_told_apart_by_their_dates(printed, date, expected):
    first = updated("expression_of_concern", updated={"date-parts": [[2015, 4, 1]]})
    answers = [
        record(printed, **{"updated-by": [first]}),
        record(printed, "europepmc", notices=[of_pubmed("7", date, "expression_of_concern")]),
    ]
    assert [(one[0], one[2]) for one in said(printed, *answers)] == [
        ("status.concern", f"expression of concern, {one}") for one in expected
    ]


# --- Reinstated works -------------------------------------------------------------------------


def retracted_in(year, kind="retraction", doi="10.1000/r"):
    return updated(kind, doi, updated={"date-parts": [[year, 3, 1]]})


@BOTH
@pytest.mark.parametrize(
    "kind", ["reinstatement", "Reversal of retraction", "retraction_rescinded", "恢复发表"]
)
def test_a_retraction_that_was_taken_back(printed, kind):
    back = retracted_in(2022, kind, "10.1000/b")
    answer = record(printed, **{"updated-by": [retracted_in(2021), back]})
    label = kind.lower().replace("_", " ")
    found = f"retraction, 2021-03-01, 10.1000/r; {label}, 2022-03-01, 10.1000/b"
    assert said(printed, answer) == [
        (
            "status.concern",
            "warning",
            found,
            f"此文献曾被撤稿，后又恢复：{found}（Crossref，2026-11-22）。"
            "请核对所引内容现在是否有效。",
            f"This work was retracted and later reinstated: {found} (Crossref, 2026-11-22)."
            " Check what holds of it now.",
        )
    ]
    assert entry_of(printed, answer)["verdict"] == "concern"


@BOTH
@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param(
            [retracted_in(2021), retracted_in(2020, "reinstatement", "10.1000/b")],
            ["status.retracted", "status.corrected"],
            id="reinstated before",
        ),
        pytest.param(
            [retracted_in(2021), {"type": "reinstatement", "DOI": "10.1000/b"}],
            ["status.retracted", "status.corrected"],
            id="no date",
        ),
        pytest.param(
            [retracted_in(2021), retracted_in(2022, "reinstatement requested", "10.1000/b")],
            ["status.retracted", "status.corrected"],
            id="only asked for",
        ),
        pytest.param(
            [
                retracted_in(2021),
                retracted_in(2022, "reinstatement", "10.1000/b"),
                retracted_in(2023, doi="10.1000/r2"),
            ],
            ["status.retracted", "status.concern"],
            id="retracted again",
        ),
        pytest.param(
            [retracted_in(2022, "reinstatement", "10.1000/b")],
            ["status.corrected"],
            id="no retraction is known",
        ),
    ],
)
def test_a_retraction_that_stands(printed, entries, expected):
    answer = record(printed, **{"updated-by": entries})
    assert [one[0] for one in said(printed, answer)] == expected


# --- Recorded works --------------------------------------------------------------------------


def recorded(shared):
    for path in sorted((shared / "crossref" / "recorded").glob("*.json")):
        work = json.loads(path.read_text(encoding="utf-8"))
        work = work.get("message", work) if isinstance(work, dict) else {}
        if isinstance(work, dict) and work.get("title") and work.get("DOI"):
            yield work


def entry_as_printed(work):
    printed = Reference(key="w", number=1, title=work["title"][0], doi=work["DOI"].lower())
    return entry_of(printed, record(printed) | work)


def test_a_recorded_notice_is_told_with_the_work_that_its_record_names(shared):
    seen = 0
    for work in recorded(shared):
        others = {
            one["DOI"].lower() for one in work.get("update-to", ()) if one["type"] == "correction"
        } - {work["DOI"].lower()}
        entry = entry_as_printed(work)
        told = [one for one in entry["findings"] if one["code"] == "status.notice"]
        assert len(told) == len(others), work["DOI"]
        if others:
            seen += 1
            assert {told[0]["proposed"]} == others
            assert all(f"DOI {min(others)}" in text for text in told[0]["message"].values())
    assert seen > 15


def test_a_recorded_work_retracted_after_a_correction(shared):
    (work,) = [one for one in recorded(shared) if one["DOI"] == "10.1016/s0140-6736(97)11096-0"]
    assert [(one["code"], one["message"]["en"]) for one in entry_as_printed(work)["findings"]] == [
        (
            "status.retracted",
            "This work was retracted: retraction, 2010-02-06, 10.1016/s0140-6736(10)60175-4"
            " (Crossref (Retraction Watch), 2026-11-22).",
        ),
        (
            "status.corrected",
            "A correction to this work exists: correction, 2004-03-06,"
            " 10.1016/s0140-6736(04)15715-2 (Crossref (Retraction Watch), 2026-11-22). Check"
            " whether it touches what is cited.",
        ),
    ]


def test_recorded_arrays_of_updates_with_several_sources(shared):
    path = shared / "crossref" / "recorded" / "lists" / "update_arrays_observed_partial.json"
    works = {one["DOI"]: one for one in json.loads(path.read_text(encoding="utf-8"))}
    found = {}
    for doi in ("10.1016/j.micpro.2020.103768", "10.1016/j.micpro.2021.104006"):
        printed = replace(ENGLISH, doi=doi, doi_printed=doi)
        fields = {
            name: works[doi][name] for name in ("update-to", "updated-by") if name in works[doi]
        }
        found[doi] = [
            one["code"] for one in entry_of(printed, record(printed, **fields))["findings"]
        ]
    assert found == {
        "10.1016/j.micpro.2020.103768": ["status.retracted"],
        "10.1016/j.micpro.2021.104006": ["status.retracted", "status.corrected"],
    }
