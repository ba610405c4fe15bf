"""Matching a reference without a DOI to candidate records: the rules one by one, and the figures
over the planted set."""

import json
import statistics
import time
from collections import Counter, defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingreview.references.record import Name, Reference
from livingreview.references.resolution.matching import (
    Judged,
    Match,
    bibliographic_query,
    is_searchable,
    match,
)
from livingreview.references.work import (
    text_of,
    work_authors,
    work_containers,
    work_doi,
    work_titles,
    work_years,
)
from planted_references import identifier, planted_set, retrieve

TITLE = "Anlotinib as second-line treatment of relapsed small-cell lung cancer: a phase 2 trial"
REFERENCE = Reference(
    key="cheng2021anlotinib",
    number=1,
    title=TITLE,
    authors=(Name("Cheng", "Y."), Name("Wang", "Q.")),
    container_title="J. Clin. Oncol.",
    year=2021,
    volume="39",
    issue="14",
    page="1200-9",
)
RECORD = {
    "DOI": "10.1000/article",
    "type": "journal-article",
    "title": [
        "Anlotinib as Second-Line Treatment of Relapsed Small Cell Lung Cancer: A Phase II Trial"
    ],
    "author": [{"family": "Cheng", "given": "Ying"}, {"family": "Wang", "given": "Qiming"}],
    "container-title": ["Journal of Clinical Oncology"],
    "volume": "39",
    "issue": "14",
    "page": "1200-1209",
    "issued": {"date-parts": [[2021, 5, 10]]},
    "score": 12.5,
}
CHINESE = Reference(
    key="zeng2021anluo",
    number=2,
    language="zh",
    title="安罗替尼二线治疗广泛期小细胞肺癌的疗效分析",
    authors=(Name("曾", "明"), Name("欧阳", "静")),
    container_title="中国肺癌杂志",
    year=2021,
    volume="24",
    issue="3",
    page="161-166",
)
CHINESE_RECORD = {
    "DOI": "10.3779/j.issn.1009-3419.2021.101.01",
    "type": "journal-article",
    "title": ["安罗替尼二线治疗广泛期小细胞肺癌的疗效分析"],
    "author": [{"family": "曾", "given": "明"}, {"family": "欧阳", "given": "静"}],
    "container-title": ["中国肺癌杂志"],
    "volume": "24",
    "page": "161-166",
    "issued": {"date-parts": [[2021]]},
}
PUBMED_RECORD = {
    "PMID": "33000001",
    "title": ["[Efficacy of Anlotinib in Extensive-stage Small Cell Lung Cancer]."],
    "author": [{"family": "Zeng", "given": "M"}, {"family": "Ouyang", "given": "J"}],
    "container-title": ["Zhongguo fei ai za zhi = Chinese journal of lung cancer"],
    "short-container-title": ["Zhongguo Fei Ai Za Zhi"],
    "volume": "24",
    "issue": "3",
    "page": "161-166",
    "published-print": {"date-parts": [[2021, 3]]},
}
ALL = ("title", "author", "container-title", "year", "volume", "page", "issue")


def without(record, *names):
    return {name: value for name, value in record.items() if name not in names}


def outcome(reference, *candidates, **settings):
    found = match(reference, candidates, **settings)
    return found.doi if found.outcome == "one" else found.outcome


def test_the_record_of_the_printed_reference_is_taken_with_its_evidence():
    other = {**RECORD, "DOI": "10.1000/OTHER", "title": ["Topotecan in lung cancer"], "page": "7"}
    assert match(REFERENCE, [other, RECORD]) == Match(
        outcome="one",
        work=RECORD,
        doi="10.1000/article",
        evidence=(
            Judged(
                doi="10.1000/article",
                title=RECORD["title"][0],
                supports=ALL,
                contradictions=(),
                reason="taken: title, first author, journal, year, volume, "
                "first page and issue agree",
            ),
            Judged(
                doi="10.1000/other",
                title="Topotecan in lung cancer",
                supports=("volume",),
                contradictions=("title", "page"),
                reason="not taken: another title",
            ),
        ),
    )


def test_a_chinese_reference_is_taken_with_its_evidence():
    assert match(CHINESE, [CHINESE_RECORD]) == Match(
        outcome="one",
        work=CHINESE_RECORD,
        doi="10.3779/j.issn.1009-3419.2021.101.01",
        evidence=(
            Judged(
                doi="10.3779/j.issn.1009-3419.2021.101.01",
                title="安罗替尼二线治疗广泛期小细胞肺癌的疗效分析",
                supports=ALL[:-1],
                contradictions=(),
                reason="taken: title, first author, journal, year, volume and first page agree",
            ),
        ),
    )


def test_the_english_record_of_a_chinese_article_is_taken_by_its_place_in_print():
    found = match(CHINESE, [PUBMED_RECORD])
    assert (found.outcome, found.work, found.doi) == ("one", PUBMED_RECORD, None)
    assert found.evidence[0].supports == ALL[1:]


@pytest.mark.parametrize(
    ("reference", "changes"),
    [
        pytest.param(REFERENCE, {"score": 0.001}, id="the registry's score is not read"),
        pytest.param(REFERENCE, {"title": ["RETRACTED: " + TITLE]}, id="retracted"),
        pytest.param(REFERENCE, {"title": [TITLE.upper()]}, id="capitals"),
        pytest.param(
            REFERENCE,
            {"title": [TITLE.rpartition(": ")[0]], "subtitle": ["a phase 2 trial"]},
            id="subtitle in its own field",
        ),
        pytest.param(
            REFERENCE, {"title": [TITLE], "subtitle": ["A Phase 2 Trial"]}, id="subtitle twice"
        ),
        pytest.param(
            REFERENCE, {"title": [TITLE.replace("small", "<i>small</i>") + "*"]}, id="markup"
        ),
        pytest.param(
            REFERENCE, {"title": [TITLE.rpartition(": ")[0]]}, id="record without subtitle"
        ),
        pytest.param(
            replace(REFERENCE, title=TITLE.rpartition(": ")[0]), {}, id="list without subtitle"
        ),
        pytest.param(REFERENCE, {"author": [{"family": "Ying Cheng"}]}, id="whole name as family"),
        pytest.param(
            REFERENCE, {"author": [{"family": "Ying", "given": "Cheng"}]}, id="name inverted"
        ),
        pytest.param(REFERENCE, {"author": None}, id="no authors"),
        pytest.param(REFERENCE, {"issued": {"date-parts": [[None]]}}, id="no year"),
        pytest.param(REFERENCE, {"issued": {"date-parts": [[2022]]}}, id="one year later"),
        pytest.param(
            REFERENCE,
            {
                "published-online": {"date-parts": [[2021]]},
                "published-print": {"date-parts": [[2023]]},
            },
            id="online-first year printed",
        ),
        pytest.param(REFERENCE, {"volume": None, "issue": None, "page": None}, id="ahead of print"),
        pytest.param(REFERENCE, {"page": "1200-1210"}, id="another last page"),
        pytest.param(REFERENCE, {"page": "1300-1309"}, id="only the page is wrong"),
        pytest.param(REFERENCE, {"volume": "93"}, id="only the volume is wrong"),
        pytest.param(REFERENCE, {"issued": {"date-parts": [[2012]]}}, id="only the year is wrong"),
        pytest.param(
            REFERENCE,
            {"author": [{"family": "Smith", "given": "A"}]},
            id="first author lost, all of the place in print agrees",
        ),
        pytest.param(
            replace(REFERENCE, title=TITLE.replace("relapsed", "relapesd")), {}, id="a typing error"
        ),
        pytest.param(
            replace(REFERENCE, issue=None), {"page": "1210-1219"}, id="one digit of the page"
        ),
        pytest.param(
            replace(REFERENCE, issue=None), {"page": "2100-2109"}, id="two digits of it exchanged"
        ),
        pytest.param(REFERENCE, {"page": "845-854"}, id="another page in the same issue"),
        pytest.param(
            replace(CHINESE, issue=None),
            {**CHINESE_RECORD, "page": "116-121"},
            id="Chinese, two digits of the page exchanged",
        ),
        pytest.param(
            replace(REFERENCE, page=None, article_number="e917089"),
            {"page": "917089"},
            id="article number in the page field",
        ),
        pytest.param(
            replace(REFERENCE, title=None), {}, id="list without titles, all coordinates agree"
        ),
        pytest.param(
            CHINESE, {**CHINESE_RECORD, "author": [{"given": "曾明"}]}, id="Chinese name in given"
        ),
        pytest.param(
            replace(CHINESE, title="安罗替尼二线治疗广泛期小细胞肺癌的疗效 分析。"),
            CHINESE_RECORD,
            id="Chinese, blanks and signs",
        ),
        pytest.param(
            CHINESE,
            {**CHINESE_RECORD, "author": [{"family": "Zeng", "given": "Ming"}]},
            id="Chinese title, authors in pinyin",
        ),
    ],
)
def test_what_lists_and_records_get_wrong_or_leave_out_is_no_other_work(reference, changes):
    record = {name: value for name, value in {**RECORD, **changes}.items() if value is not None}
    assert outcome(reference, record) == record["DOI"].lower()


@pytest.mark.parametrize(
    ("reference", "changes"),
    [
        pytest.param(REFERENCE, {"title": [TITLE.replace("second", "third")]}, id="another line"),
        pytest.param(
            REFERENCE, {"title": [TITLE.replace("phase 2", "phase 3")]}, id="another phase"
        ),
        pytest.param(
            REFERENCE,
            {"title": [TITLE.replace("Anlotinib", "Erlotinib")], "page": "1300-1309"},
            id="another drug",
        ),
        pytest.param(
            replace(REFERENCE, page=None),
            {"title": [TITLE.replace("Anlotinib", "Lapatinib")]},
            id="another drug, no page to tell",
        ),
        pytest.param(
            replace(REFERENCE, page=None),
            {"title": [TITLE + ": updated results"]},
            id="updated results",
        ),
        pytest.param(
            replace(REFERENCE, page=None),
            {"title": [TITLE + ": long\u2010term follow\u2010up"]},
            id="follow-up, with other hyphens",
        ),
        pytest.param(
            replace(REFERENCE, page=None),
            {"title": [TITLE], "subtitle": ["study protocol"]},
            id="protocol, in the field of the subtitle",
        ),
        pytest.param(
            replace(REFERENCE, page=None),
            {"title": [TITLE.rpartition(": ")[0]], "subtitle": ["a cohort study"]},
            id="another subtitle, in its field",
        ),
        pytest.param(
            replace(REFERENCE, issue="10", page="S517"),
            {"issue": "10", "page": "S632"},
            id="another abstract of one supplement",
        ),
        pytest.param(
            replace(REFERENCE, issue=None),
            {"page": "3-4", "issue": None},
            id="an editorial of that title",
        ),
        pytest.param(
            REFERENCE, {"page": "3-4"}, id="an editorial of that title, in the article's issue"
        ),
        pytest.param(
            replace(REFERENCE, issue=None), {"page": "3-3", "issue": None}, id="one of one page"
        ),
        pytest.param(replace(REFERENCE, issue=None), {"page": "4125"}, id="one of the first page"),
        pytest.param(REFERENCE, {"page": "3"}, id="one of the first page, in the article's issue"),
        pytest.param(
            replace(CHINESE, volume=None, issue=None),
            {**CHINESE_RECORD, "page": "3-3"},
            id="Chinese, one of one page",
        ),
        pytest.param(
            replace(REFERENCE, issue=None), {"page": "1210-1215"}, id="the pages behind it"
        ),
        pytest.param(
            replace(CHINESE, issue=None),
            {**CHINESE_RECORD, "page": "3-4"},
            id="Chinese, an editorial of that title",
        ),
        pytest.param(
            replace(REFERENCE, page=None),
            {"author": [{"family": "Smith", "given": "A"}]},
            id="another first author",
        ),
        pytest.param(
            replace(REFERENCE, page=None), {"issued": {"date-parts": [[2012]]}}, id="another year"
        ),
        pytest.param(
            REFERENCE, {"container-title": ["Lung Cancer"], "volume": "150"}, id="another journal"
        ),
        pytest.param(REFERENCE, {"volume": "93", "page": "7-9"}, id="another volume and page"),
        pytest.param(REFERENCE, {"issue": "2", "page": "7-9"}, id="another issue and page"),
        pytest.param(
            Reference("a", 1, title=TITLE, year=2021), {}, id="two supports are not enough"
        ),
        pytest.param(
            replace(REFERENCE, title="Case report", volume=None, page=None),
            {"title": ["Case report"]},
            id="a title that many works have",
        ),
        pytest.param(
            replace(REFERENCE, title=None, authors=()), {}, id="no title and no author printed"
        ),
        pytest.param(
            REFERENCE,
            {"title": [], "issued": {"date-parts": [[2012]]}},
            id="record without title, another year",
        ),
        pytest.param(
            CHINESE,
            {**CHINESE_RECORD, "title": ["安罗替尼三线治疗广泛期小细胞肺癌的疗效分析"]},
            id="Chinese, another line",
        ),
        pytest.param(
            CHINESE,
            {**CHINESE_RECORD, "title": ["安罗替尼二线治疗广泛期小细胞肺癌的疗效评价"]},
            id="Chinese titles are equal or not",
        ),
        pytest.param(
            CHINESE,
            {**CHINESE_RECORD, "type": "dissertation"},
            id="Chinese, a thesis of that title",
        ),
    ],
)
def test_another_work_is_not_taken(reference, changes):
    assert outcome(reference, {**RECORD, **changes}) == "none"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"volume": "23"}, id="another volume"),
        pytest.param({"page": "167-171"}, id="another page"),
        pytest.param({"published-print": {"date-parts": [[2019]]}}, id="another year"),
        pytest.param({"author": [{"family": "Zhang", "given": "M"}]}, id="another family name"),
        pytest.param({"author": [{"family": "Zeng", "given": "Q"}]}, id="another given name"),
        pytest.param(
            {"author": [{"family": "Xie", "given": "T"}, {"family": "Zeng", "given": "M"}]},
            id="the first author is the other's second",
        ),
        pytest.param(
            {"container-title": ["Zhonghua zhong liu za zhi"], "short-container-title": []},
            id="another journal",
        ),
        pytest.param({"title": [], "author": []}, id="neither title nor author to compare"),
    ],
)
def test_the_english_record_of_another_chinese_article_is_not_taken(changes):
    assert outcome(CHINESE, {**PUBMED_RECORD, **changes}) == "none"


SHORT = replace(
    REFERENCE,
    title="Anlotinib in relapsed small cell lung cancer",
    authors=(Name("Wang", "Y."),),
    container_title="Lung Cancer",
    issue=None,
)
SHORT_RECORD = {
    **RECORD,
    "title": [SHORT.title],
    "author": [{"family": "Wang", "given": "Yan"}],
    "container-title": ["Lung Cancer"],
}
SHORT_CHINESE = replace(CHINESE, title="小细胞肺癌的治疗", issue=None)
SHORT_CHINESE_RECORD = {**CHINESE_RECORD, "title": [SHORT_CHINESE.title]}


@pytest.mark.parametrize(
    ("reference", "record", "subtitle", "taken"),
    [
        pytest.param(SHORT, SHORT_RECORD, subtitle, taken, id=f"{subtitle}, {taken}")
        for subtitle in (": safety and quality of life", ": biomarker analysis of a phase 2 trial")
        for taken in ((), ("volume",), ("page",), ("volume", "issue"))
    ]
    + [
        pytest.param(SHORT_CHINESE, SHORT_CHINESE_RECORD, "：免疫", taken, id=f"免疫, {taken}")
        for taken in ((), ("volume",), ("page",), ("volume", "issue"))
    ],
)
def test_a_subtitle_on_one_side_needs_the_page(reference, record, subtitle, taken):
    """The page: papers of one group stand in one volume, even in one issue."""
    numbers = {"volume": reference.volume, "issue": "3", "page": reference.page}
    printed = {name: numbers[name] if name in taken else None for name in numbers}
    longer = {**record, **numbers, "title": [f"{reference.title}{subtitle}"]}
    expected = longer["DOI"] if "page" in taken else "none"
    assert outcome(replace(reference, **printed), longer) == expected
    whole = replace(reference, **printed, title=longer["title"][0])
    assert outcome(whole, {**longer, "title": [reference.title]}) == expected


@pytest.mark.parametrize(
    ("han", "pinyin"),
    [
        ("曾", "Zeng"),
        ("吕", "Lv"),
        ("吕", "Lyu"),
        ("吕", "Lu"),
        ("单", "Shan"),
        ("仇", "Qiu"),
        ("覃", "Qin"),
        ("解", "Xie"),
        ("欧阳", "Ouyang"),
        ("欧阳", "Ou-Yang"),
    ],
)
def test_family_names_in_pinyin_do_not_object(han, pinyin):
    reference = replace(CHINESE, authors=(Name(han, "明"),))
    record = {**PUBMED_RECORD, "DOI": "10.1/a", "author": [{"family": pinyin, "given": "M"}]}
    assert outcome(reference, record) == "10.1/a"
    assert match(reference, [record]).evidence[0].supports[0] == "author"


def test_an_english_journal_name_meets_the_chinese_one_through_the_names_given():
    record = {
        **PUBMED_RECORD,
        "DOI": "10.1/a",
        "container-title": ["Chinese Journal of Lung Cancer"],
    }
    record = without(record, "short-container-title")
    assert outcome(CHINESE, record) == "none"
    names = [["中国肺癌杂志", "Chinese Journal of Lung Cancer"], ["癌症", "Ai Zheng"]]
    assert outcome(CHINESE, record, journals=names) == "10.1/a"


NOT_THE_ARTICLE = [
    ("correction", {"title": ["Correction to: " + TITLE]}),
    ("erratum at the end", {"title": [TITLE + " (Erratum)"]}),
    (
        "registered as a correction",
        {"update-to": [{"DOI": "10.1000/article", "type": "correction"}]},
    ),
    ("registered under a junk word", {"update-to": [{"DOI": "10.1000/article", "type": "err"}]}),
    ("PubMed's notice, whose work's DOI is unknown", {"update-to": [{"type": "retraction"}]}),
    ("component", {"type": "component"}),
    ("peer review", {"type": "peer-review"}),
    ("issue", {"type": "journal-issue"}),
    ("data set", {"type": "dataset"}),
    ("book", {"type": "book"}),
    ("chapter without pages", {"type": "book-chapter", "page": None}),
    ("preprint", {"type": "posted-content"}),
    ("preprint called an article", {"container-title": ["SSRN Electronic Journal"]}),
    ("copy under another's prefix", {"DOI": "10.65215/abc"}),
    ("thesis", {"type": "dissertation"}),
    ("abstract by issue", {"issue": "15_suppl", "page": "8566"}),
    ("abstract by page", {"issue": None, "page": "S566-S567"}),
    ("abstract by page, in the article's issue", {"page": "S566"}),
    ("abstract by Roman page", {"issue": None, "page": "viii600"}),
]


@pytest.mark.parametrize(
    "changes", [pytest.param(changes, id=name) for name, changes in NOT_THE_ARTICLE]
)
def test_what_stands_beside_an_article_is_not_it(changes):
    beside = {"DOI": "10.1000/beside", **{key: RECORD[key] for key in RECORD if key != "DOI"}}
    beside = {name: value for name, value in {**beside, **changes}.items() if value is not None}
    assert outcome(REFERENCE, beside) == "none"
    assert outcome(REFERENCE, beside, RECORD) == "10.1000/article"
    assert outcome(REFERENCE, RECORD, beside) == "10.1000/article"


def test_a_work_that_is_its_own_update_is_no_notice():
    own = [{"DOI": "10.1000/ARTICLE", "type": "retraction"}]
    newer = [{"DOI": "10.1000/first", "type": "new_version"}]
    assert outcome(REFERENCE, {**RECORD, "update-to": own}) == "10.1000/article"
    assert outcome(REFERENCE, {**RECORD, "update-to": newer}) == "10.1000/article"


def test_a_notice_is_cited_as_such():
    printed = replace(REFERENCE, title="Erratum: " + TITLE, page="2000")
    notice = {
        **RECORD,
        "DOI": "10.1000/notice",
        "title": ["Correction to: " + TITLE],
        "page": "2000",
        "update-to": [{"DOI": "10.1000/article", "type": "correction"}],
    }
    retraction = {**notice, "DOI": "10.1000/retraction", "title": ["Retraction: " + TITLE]}
    assert outcome(printed, RECORD, retraction, notice) == "10.1000/notice"
    assert outcome(printed, RECORD, retraction) == "none"


def test_a_preprint_is_cited_as_such():
    printed = replace(REFERENCE, container_title="medRxiv", volume=None, issue=None, page=None)
    preprint = {
        **without(RECORD, "container-title", "volume", "issue", "page"),
        "DOI": "10.1101/2021.01.01.21249000",
        "type": "posted-content",
        "institution": [{"name": "medRxiv"}],
    }
    assert outcome(printed, RECORD, preprint) == "10.1101/2021.01.01.21249000"
    assert outcome(printed, RECORD) == "none"
    by_address = replace(
        printed, type="misc", container_title=None, url="https://www.medrxiv.org/content/1"
    )
    assert outcome(by_address, RECORD, preprint) == "10.1101/2021.01.01.21249000"


def test_versions_of_one_preprint_are_one_work():
    printed = replace(REFERENCE, container_title="Research Square", volume=None, page=None)
    versions = [
        {
            **without(RECORD, "container-title", "volume", "issue", "page"),
            "DOI": f"10.21203/rs.3.rs-1/v{number}",
            "type": "posted-content",
        }
        for number in (2, 1)
    ]
    assert outcome(printed, *versions) == "10.21203/rs.3.rs-1/v1"


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param({"volume": "39", "issue": "15_suppl", "page": "8566"}, id="by issue"),
        pytest.param({"volume": "39(15_suppl)", "issue": None, "page": "8566"}, id="by volume"),
        pytest.param({"volume": "39", "issue": "15_suppl", "page": None}, id="no page"),
        pytest.param(
            {
                "container_title": "ASCO Annual Meeting 2021",
                "type": "inproceedings",
                "volume": None,
                "issue": None,
                "page": None,
            },
            id="by the conference",
        ),
    ],
)
def test_an_abstract_is_cited_as_such(printed):
    printed = replace(REFERENCE, **printed)
    abstract = {**RECORD, "DOI": "10.1000/abstract", "issue": "15_suppl", "page": "8566-8566"}
    assert outcome(printed, RECORD, abstract) == "10.1000/abstract"
    assert outcome(printed, RECORD) == "none"


@pytest.mark.parametrize(
    ("journal", "found"),
    [
        pytest.param(
            "Proc Natl Acad Sci U S A",
            "Proceedings of the National Academy of Sciences",
            id="a journal called Proceedings",
        ),
        pytest.param(
            "Proceedings of the AAAI Conference on Artificial Intelligence",
            "Proceedings of the AAAI Conference on Artificial Intelligence",
            id="proceedings deposited as a journal",
        ),
    ],
)
def test_proceedings_hold_whole_papers(journal, found):
    printed = replace(REFERENCE, container_title=journal, page=None)
    assert outcome(printed, {**RECORD, "container-title": [found]}) == "10.1000/article"


def test_two_works_that_fit_alike_are_several():
    twin = {**RECORD, "DOI": "10.1000/twin"}
    found = match(REFERENCE, [twin, RECORD])
    assert (found.outcome, found.work, found.doi) == ("several", None, None)
    assert [judged.doi for judged in found.evidence] == ["10.1000/article", "10.1000/twin"]
    assert {judged.reason.partition(";")[0] for judged in found.evidence} == {
        "not taken: fits as well as another work"
    }
    bare = without(twin, "page", "volume")
    assert outcome(REFERENCE, bare, RECORD) == "10.1000/article"


def test_one_work_shown_by_two_registries_is_one():
    again = {**without(RECORD, "issue"), "DOI": "10.1000/ARTICLE", "PMID": "1"}
    assert outcome(REFERENCE, again, RECORD) == "10.1000/article"
    without_doi = without({**RECORD, "PMID": "1"}, "DOI")
    assert outcome(REFERENCE, without_doi, without(RECORD, "page", "issue")) == "10.1000/article"
    assert match(REFERENCE, [without_doi]).work == without_doi


LONELY = without({**SHORT_RECORD, "PMID": "33000002"}, "DOI")
LENDING = [
    pytest.param({"type": kind, "container-title": []}, id=f"of the type {kind}, no journal")
    for kind in ("other", "report", "journal-article")
]
LENDING += [
    pytest.param({}, id="neither volume nor page"),
    pytest.param({"issued": {"date-parts": [[2022]]}}, id="another year"),
]


@pytest.mark.parametrize(
    "changes",
    [
        *LENDING,
        pytest.param({"author": [{"family": "Wang", "given": "Yong"}]}, id="another Wang"),
        pytest.param(
            {"author": [{"family": "Wang", "given": "Yong"}], "volume": "39", "page": "1200-1209"},
            id="another Wang, all else agrees",
        ),
        pytest.param({"volume": "39", "page": "1201-1210", "issue": "14"}, id="another page"),
    ],
)
def test_a_record_of_pubmed_lends_a_weaker_one_nothing(changes):
    weaker = {**without(SHORT_RECORD, "volume", "issue", "page"), **changes, "DOI": "10.1/weak"}
    for order in ([LONELY, weaker], [weaker, LONELY]):
        found = match(SHORT, order)
        assert found.doi is None
        assert found.outcome == "several" or found.work == LONELY


@pytest.mark.parametrize(
    "changes",
    [*LENDING, pytest.param({"author": [{"family": "王", "given": "勇"}]}, id="another author")],
)
def test_a_chinese_record_of_pubmed_lends_a_weaker_one_nothing(changes):
    weaker = {**without(CHINESE_RECORD, "volume", "page"), **changes, "DOI": "10.1/weak"}
    for order in ([PUBMED_RECORD, weaker], [weaker, PUBMED_RECORD]):
        found = match(CHINESE, order)
        assert (found.outcome, found.work, found.doi) == ("one", PUBMED_RECORD, None)


@pytest.mark.parametrize("lost", ["volume", "page", "issue", "issued"])
def test_a_record_of_pubmed_has_its_doi_from_the_same_work(lost):
    doi = CHINESE_RECORD["DOI"]
    assert outcome(CHINESE, PUBMED_RECORD, without(CHINESE_RECORD, lost)) == doi
    assert outcome(SHORT, LONELY, without(SHORT_RECORD, lost)) == "10.1000/article"


def test_two_dois_that_one_record_of_pubmed_fits_are_several():
    ones = [{**without(SHORT_RECORD, "page"), "DOI": f"10.1/{name}"} for name in "ab"]
    twos = [{**without(CHINESE_RECORD, "page"), "DOI": f"10.1/{name}"} for name in "ab"]
    assert outcome(SHORT, LONELY, *ones) == "several"
    assert outcome(replace(CHINESE, issue=None), PUBMED_RECORD, *twos) == "several"


@pytest.mark.parametrize(
    ("reference", "record", "title"),
    [
        pytest.param(SHORT, SHORT_RECORD, "Editorial", id="English"),
        pytest.param(SHORT_CHINESE, SHORT_CHINESE_RECORD, "编者按", id="Chinese"),
    ],
)
def test_two_articles_are_no_versions_of_one(reference, record, title):
    """Whose DOIs end as those of versions do."""
    printed = replace(reference, title=title, page=None)
    works = [{**record, "title": [title], "DOI": f"10.9/j.v{number}"} for number in (1, 2)]
    assert outcome(printed, *works) == "none"  # a title that many works have, and no page
    assert outcome(replace(printed, page="7"), {**works[0], "page": "7"}, works[1]) == "10.9/j.v1"


def test_a_report_that_names_no_journal_is_no_article_of_one():
    for kind in ("report", "other"):
        bare = {**without(RECORD, "container-title", "volume", "issue", "page"), "type": kind}
        assert outcome(replace(REFERENCE, volume=None, page=None), bare) == "none"
        bare = {**without(CHINESE_RECORD, "container-title", "volume", "page"), "type": kind}
        assert outcome(replace(CHINESE, volume=None, page=None), bare) == "none"


def test_two_works_without_a_doi_are_several():
    works = [without({**RECORD, "PMID": number}, "DOI") for number in ("1", "2")]
    assert outcome(REFERENCE, *works) == "several"


def test_the_order_of_the_candidates_changes_nothing():
    registry, planted = planted_set(7)
    for one in planted[::40]:
        candidates = [r for r in retrieve(registry, one.reference) if "DOI" in r]
        candidates = list({identifier(r): r for r in candidates}.values())
        assert match(one.reference, candidates) == match(one.reference, candidates[::-1])


# --- the question, and who is asked for ------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "query"),
    [
        pytest.param(
            REFERENCE, f"Cheng {TITLE} J. Clin. Oncol. 2021 39 1200", id="an English article"
        ),
        pytest.param(
            CHINESE,
            "曾 安罗替尼二线治疗广泛期小细胞肺癌的疗效分析 中国肺癌杂志 2021 24 161",
            id="a Chinese article",
        ),
        pytest.param(
            Reference("a", 1, title=r"{PDGFR$\beta$} &amp; <i>in vivo</i>" + "\n\x00\ud800"),
            "PDGFRβ & in vivo",
            id="markup, control signs",
        ),
        pytest.param(
            replace(REFERENCE, title=None, authors=(Name(literal="WHO"),), article_number="e7"),
            "WHO J. Clin. Oncol. 2021 39 1200",
            id="coordinates only",
        ),
        pytest.param(
            replace(REFERENCE, page=None, article_number="e917089"),
            f"Cheng {TITLE} J. Clin. Oncol. 2021 39 e917089",
            id="article number",
        ),
        pytest.param(Reference("a", 1, authors=(Name("Li", "M"),), year=2020), "", id="nothing"),
        pytest.param(Reference("a", 1, title="<i> </i>", year=2020), "", id="an empty title"),
    ],
)
def test_the_question_is_the_reference_without_markup(reference, query):
    assert bibliographic_query(reference) == query


def test_the_question_has_an_end():
    endless = Reference("a", 1, title="word " * 5000, container_title="x" * 999, volume="1" * 999)
    assert len(bibliographic_query(endless)) <= 400


@pytest.mark.parametrize(
    ("reference", "searchable"),
    [
        pytest.param(REFERENCE, True, id="an article"),
        pytest.param(CHINESE, True, id="a Chinese article"),
        pytest.param(replace(REFERENCE, registration="NCT03059797"), False, id="a registration"),
        pytest.param(
            Reference("a", 1, type="online", title="盐酸安罗替尼胶囊说明书", url="https://a.cn"),
            False,
            id="a label",
        ),
        pytest.param(
            Reference("a", 1, type="misc", title="A guide", url="https://a.org/guide"),
            False,
            id="a web page",
        ),
        pytest.param(
            Reference("a", 1, type="misc", title="A study", url="https://www.medrxiv.org/1"),
            True,
            id="a preprint on the web",
        ),
        pytest.param(Reference("a", 1, type="misc", title="A study"), True, id="of unknown kind"),
        pytest.param(Reference("a", 1, type="patent", title="A device"), False, id="a patent"),
        pytest.param(
            replace(REFERENCE, type="misc", url="https://a.org"), True, id="a journal is printed"
        ),
        pytest.param(Reference("a", 1, year=2020), False, id="nothing to search with"),
    ],
)
def test_who_is_searched_for(reference, searchable):
    assert is_searchable(reference) is searchable


# --- hostile records -------------------------------------------------------------------------

FIELDS = [*RECORD, "subtitle", "original-title", "short-container-title", "article-number", "PMID"]
FIELDS += ["published-print", "published-online", "journal-issue", "update-to", "institution"]
FIELDS += ["publisher", "group-title", "author-list-complete"]
TEXT = st.text(st.characters(), max_size=20) | st.sampled_from(
    [TITLE, TITLE + ":", CHINESE.title, "Cheng", "曾", "medRxiv", "39", "1200-9", "s٣-٥", "&lt;i"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["family", "given", "name", "date-parts", "DOI"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(JSON | st.dictionaries(st.sampled_from(FIELDS), JSON), max_size=4),
    st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4),
)
def test_no_record_whatever_its_shape_stops_the_matching(candidates, changes):
    for reference in (REFERENCE, CHINESE, replace(REFERENCE, title="Erratum: " + TITLE)):
        found = match(reference, [*candidates, {**RECORD, **changes}])
        assert found.outcome in ("one", "several", "none")
        assert (found.work is not None) == (found.outcome == "one")
        for judged in found.evidence:
            json.dumps([judged.doi, judged.title, judged.supports, judged.reason])


@settings(max_examples=100, deadline=None)
@given(
    st.builds(
        Reference,
        key=st.just("a"),
        number=st.just(1),
        title=st.none() | TEXT,
        authors=st.lists(st.builds(Name, TEXT, TEXT, st.none() | TEXT), max_size=2).map(tuple),
        container_title=st.none() | TEXT,
        volume=st.none() | TEXT,
        page=st.none() | TEXT,
        url=st.none() | TEXT,
    )
)
def test_no_reference_stops_the_matching(reference):
    assert match(reference, [RECORD, CHINESE_RECORD]).outcome in ("one", "several", "none")
    bibliographic_query(reference).encode("utf-8")
    is_searchable(reference)


# --- the planted set -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def judged_set():
    """For each planted reference: the reference, what was found, and how long it took."""
    registry, planted = planted_set()
    results = []
    for one in planted:
        candidates = retrieve(registry, one.reference)
        begin = time.perf_counter()
        found = match(one.reference, candidates)
        results.append((one, found, time.perf_counter() - begin))
    return results


def verdict(one, found):
    got = identifier(found.work) if found.outcome == "one" else None
    if got is None:
        return "missed" if one.truth else "rightly none"
    return "right" if got == one.truth else "wrong"


def figures(results):
    """Counts by kind of printing, one a line, for whoever reads the failure."""
    kinds = defaultdict(Counter)
    for one, found, _ in results:
        kinds[one.kind][verdict(one, found)] += 1
    return "\n".join(f"{kind}: {dict(counts)}" for kind, counts in sorted(kinds.items()))


def test_the_planted_set_is_what_it_is_said_to_be(judged_set):
    planted = [one for one, _, _ in judged_set]
    absent = sum(one.truth is None for one in planted)
    assert len(planted) >= 300
    assert abs(absent / len(planted) - 1 / 3) < 0.01
    assert sum(one.reference.language == "zh" for one in planted) >= 100
    assert all(one.reference.doi is None for one in planted)


def test_precision_and_recall_over_the_planted_set(judged_set):
    counts = Counter(verdict(one, found) for one, found, _ in judged_set)
    precision = counts["right"] / (counts["right"] + counts["wrong"])
    recall = counts["right"] / sum(one.truth is not None for one, _, _ in judged_set)
    assert precision >= 0.99, figures(judged_set)
    assert recall >= 0.95, figures(judged_set)


def test_no_chinese_reference_is_given_another_work(judged_set):
    wrong = [
        (one.reference.title, found.evidence[0])
        for one, found, _ in judged_set
        if one.reference.language == "zh" and verdict(one, found) == "wrong"
    ]
    assert wrong == []


@pytest.mark.parametrize("seed", [1, 2])
def test_other_sets_give_the_same_figures(seed):
    registry, planted = planted_set(seed)
    results = [(one, match(one.reference, retrieve(registry, one.reference)), 0) for one in planted]
    counts = Counter(verdict(one, found) for one, found, _ in results)
    assert counts["right"] / (counts["right"] + counts["wrong"]) >= 0.99, figures(results)
    assert counts["right"] / sum(one.truth is not None for one in planted) >= 0.95, figures(results)


def test_matching_is_quick(judged_set):
    """Typically under 5 ms for some 20 candidates; the bound leaves room for a busy machine."""
    assert statistics.median(seconds for _, _, seconds in judged_set) < 0.025


# --- real answers of a registry --------------------------------------------------------------

TYPES = {
    "book": "book",
    "monograph": "book",
    "book-chapter": "incollection",
    "proceedings-article": "inproceedings",
}


def as_printed(work):
    years, names = sorted(work_years(work).all), work_containers(work)
    return Reference(
        key="recorded",
        number=1,
        type=TYPES.get(work.get("type"), "article"),
        title=work_titles(work)[0],
        authors=work_authors(work),
        container_title=names[0] if names else None,
        year=years[0] if years else None,
        volume=text_of(work, "volume"),
        page=text_of(work, "page"),
    )


def test_real_answers_hold_each_work_once(shared):
    """Each record, printed as it is, against the answer that it stands in, and without it."""
    folder = shared / "crossref" / "recorded" / "lists"
    paths = sorted(folder.glob("refchecker_candidates_*.json")) + sorted(folder.glob("sbmv_*.json"))
    if not paths:
        pytest.skip("needs the recorded answers beside the repository")
    own = count = 0
    others = set()
    for path in paths:
        answer = json.loads(path.read_text("utf-8"))
        items = answer if isinstance(answer, list) else answer["message"].get("items", [])
        for work in items:
            if not work_titles(work):
                continue
            count += 1
            own += match(as_printed(work), items).doi == work_doi(work)
            rest = [one for one in items if one is not work]
            found = match(as_printed(work), rest)
            if found.outcome != "none":
                others.add((work_doi(work), found.doi))
    assert own >= 0.9 * count > 0
    # The one work that such an answer holds twice: a preprint and its version.
    version = "10.36227/techrxiv.11687160"
    assert others <= {(version, f"{version}.v1"), (f"{version}.v1", version)}
