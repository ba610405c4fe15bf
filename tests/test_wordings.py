"""Slips of the pen and other words; what lists print around a title; series of journals."""

import pytest

from livingreview.references.comparison.compare import compare_reference
from livingreview.references.comparison.journals import compare_journals
from livingreview.references.comparison.titles import compare_titles
from livingreview.references.comparison.wordings import is_slip_of, words_differ
from livingreview.references.record import Name, Reference

LUNG = "Durvalumab plus etoposide versus etoposide in extensive-stage small-cell lung cancer"
LONG = f"{LUNG}: a randomised, controlled, open-label, phase 3 trial"
CHINESE = "安罗替尼联合化疗治疗广泛期小细胞肺癌的疗效与安全性观察"


@pytest.mark.parametrize(
    ("title", "old", "new", "state"),
    [
        # Another word says something else.
        (LONG, "plus", "versus", "far"),
        (LONG, "versus", "and", "far"),
        (LONG, "Durvalumab", "Pembrolizumab", "far"),
        (LONG, "Durvalumab", "Dervalumab", "far"),
        (LONG, "versus etoposide", "versus irinotecan", "far"),
        (LONG, "lung", "liver", "far"),
        (LONG, "small-cell", "large-cell", "far"),
        (LONG, "open-label", "double-blind", "far"),
        (LONG, "randomised", "retrospective", "far"),
        (LONG, "controlled", "uncontrolled", "far"),
        (LONG, "extensive", "limited", "far"),
        ("Apatinib in SCLC of elderly patients", "Apatinib", "Anlotinib", "far"),
        ("Apatinib in NSCLC of elderly patients", "NSCLC", "SCLC", "far"),
        ("Apatinib in NSCLC of elderly patients", "NSCLC", "HNSCC", "far"),
        ("Prognosis of hypertension in elderly patients", "hypertension", "hypotension", "far"),
        (CHINESE, "安罗", "阿帕", "far"),
        (CHINESE, "肺癌", "肝癌", "far"),
        (CHINESE, "联合", "对比", "far"),
        (CHINESE, "观察", "分析", "far"),
        (CHINESE, "广泛", "局限", "far"),
        (LUNG, "in extensive", "in previously untreated metastatic extensive", "far"),
        # A slip, another form of the word, small words, word order.
        (LONG, "etoposide versus", "etopside versus", "near"),
        (LONG, "controlled", "control", "near"),
        (LONG, "cancer", "cancers", "near"),
        (LONG, "extensive", "extnesive", "near"),
        (LONG, "in extensive", "for the extensive", "near"),
        (LONG, "a randomised, controlled", "a controlled, randomised", "near"),
        ("Apatinib in NSCLC of elderly patients", "NSCLC", "NSCLCs", "near"),
        (LUNG, "in extensive", "in untreated extensive", "near"),
        (CHINESE, "疗效与", "疗效及", "near"),
        (CHINESE, "癌的疗效", "癌疗效", "near"),
        (CHINESE, "治疗", "制疗", "near"),
        (CHINESE, "疗效与安全性", "安全性和疗效", "far"),  # that much is another wording
    ],
)
def test_another_word_is_no_slip(title, old, new, state):
    other = title.replace(old, new, 1)
    assert other != title
    assert (compare_titles(other, title).state, compare_titles(title, other).state) == (
        state,
        state,
    )


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("effiacy", "efficacy", True),
        ("decreases", "decrease", True),
        ("metastasis", "metastatic", True),
        ("treatment", "treating", True),
        ("anlotinib", "apatinib", False),
        ("cisplatin", "carboplatin", False),
        ("paclitaxel", "docetaxel", False),
        ("nivolumab", "nivolumabs", True),
        ("liver", "lung", False),
        ("p53", "p63", False),
        ("in", "on", False),
        ("癌", "症", False),
    ],
)
def test_a_slip_of_one_word(one, two, expected):
    assert (is_slip_of(one, two), is_slip_of(two, one)) == (expected, expected)


def test_acronyms_that_differ_in_a_letter_are_two():
    pairs = [(["egfr"], ["vegfr"])]
    assert (words_differ(pairs), words_differ(pairs, ({"egfr"}, {"vegfr"}))) == (False, True)


@pytest.mark.parametrize(
    ("cited", "found", "state"),
    [
        ("Anlotinib for ≤ 3rd-line SCLC", "Anlotinib for ≥ 3rd-line SCLC", "far"),
        ("Patients aged < 70 years", "Patients aged &gt; 70 years", "far"),
        ("Patients aged &lt;70 years", "Patients aged >=70 years", "far"),
        (r"Patients aged $\leq$ 70 years", "Patients aged ≥70 years", "far"),
        ("年龄＜70岁患者的预后分析", "年龄≥70岁患者的预后分析", "far"),
        ("Patients aged >= 70 years", "Patients aged ≥70 years", "same"),
        (r"Patients aged $\geq$70 years", "Patients aged ≧ 70 years", "same"),
        ("Patients aged &gt;= 70 years", "Patients aged ≥ 70 years", "same"),
        ("Patients aged 70 years", "Patients aged ≥ 70 years", "same"),
        ("Patients aged = 70 years", "Patients aged ≥ 70 years", "same"),
        ("Patients aged > 70 years", "Patients aged ≥ 70 years", "same"),
        ("年龄70岁患者的预后分析", "年龄≥70岁患者的预后分析", "same"),
        ("The switch A -> B of cells", "The switch A > B of cells", "same"),
    ],
)
def test_signs_of_comparison(cited, found, state):
    assert (compare_titles(cited, found).state, compare_titles(found, cited).state) == (
        state,
        state,
    )


TITLE = "Anlotinib for patients with small cell lung cancer"
HAN_TITLE = "安罗替尼用于小细胞肺癌的疗效观察"


@pytest.mark.parametrize(
    "printed",
    [
        *("{} [abstract]", "{} [abstract OA07.03]", "{} (abstract)", "{} [meeting abstract]"),
        "{} [published correction appears in N Engl J Med. 2019;380(1):9]",
        "{} [published erratum appears in Lancet 2020;395:1]",
        *("{} [Internet]", "{}. [Review]", "{} [in Chinese]", "{} (in Chinese)", "{} [Chinese]"),
        *("{} [Article in Chinese]", "{} [in Chinese with English abstract]", "{} [letter]"),
        "{} [published online ahead of print, 2020 Jan 3]",
        *("{} [electronic resource]", "{} [abstract] [in Chinese]", "{} [in Chinese] [J]."),
        *("{} [Epub ahead of print]", "{} [editorial].", "{}［英文］", "{} [摘要]"),
        *(
            "安罗替尼治疗小细胞肺癌 = {}",
            "{} = 安罗替尼治疗小细胞肺癌",
            "{} [安罗替尼治疗小细胞肺癌]",
        ),
        *("The {}", "An {}", "{}.", "OA 07.03 {}", "OA07.03 {}"),
    ],
)
def test_what_lists_print_around_a_title(printed):
    cited = printed.format(TITLE)
    assert compare_titles(cited, TITLE).state == "same"
    # And what is wrong within is found all the same.
    assert compare_titles(cited.replace("lung", "liver"), TITLE).state == "far"


@pytest.mark.parametrize(
    "printed",
    [
        *("{}[J]", "{}[摘要]", "{}（英文）", "{}[会议摘要][J]", "{} [in Chinese]", "《{}》"),
        *("{} = Efficacy of anlotinib in lung cancer", "{}[Efficacy of anlotinib in lung cancer]"),
        "Efficacy of anlotinib in lung cancer ({})",
    ],
)
def test_what_lists_print_around_a_chinese_title(printed):
    cited = printed.format(HAN_TITLE)
    assert compare_titles(cited, HAN_TITLE).state == "same"
    assert compare_titles(cited.replace("肺", "肝"), HAN_TITLE).state == "far"


@pytest.mark.parametrize(
    ("cited", "found", "state"),
    [
        ("Hepatitis (in children)", "Hepatitis (in adults)", "far"),
        ("Lung cancer in Chinese", "Lung cancer in Japanese", "far"),
        ("A, B and C of lung cancer", "B and C of lung cancer", "near"),
        (
            "Ratio of CD4/CD8 cells in small cell lung cancer",
            "Ratio of CD8/CD4 cells in small cell lung cancer",
            "far",
        ),
    ],
)
def test_what_belongs_to_a_title(cited, found, state):
    assert compare_titles(cited, found).state == state


def record(**fields):
    base = {"_source": "page", "_query": {}, "_outcome": "found", "_retrieved": "2026-11-22"}
    return base | {name.replace("_", "-"): value for name, value in fields.items()}


PLACE = {"volume": "91", "author": [{"family": "Rossi", "given": "Antonio"}]}
PRISMA = "PRISMA Extension for Scoping Reviews (PRISMA-ScR): Checklist and Explanation"


@pytest.mark.parametrize(
    ("cited", "title", "more", "expected"),
    [
        ("Emerging therapies", "Emerging therapies: the road ahead", PLACE, "title.subtitle"),
        ("免疫治疗", "免疫治疗：现状与展望", PLACE, "title.subtitle"),
        ("Targeting KRAS: a review", "Targeting KRAS", PLACE, None),
        ("靶向治疗——综述", "靶向治疗", PLACE, None),
        ("PRISMA Extension for Scoping Reviews", PRISMA, PLACE, "title.subtitle"),
        ("PRISMA Extension for Scoping Reviews (PRISMA-ScR)", PRISMA, PLACE, "title.subtitle"),
        ("The road ahead", "Emerging therapies: the road ahead", PLACE, "title.mismatch"),
        ("Emerging drugs", "Emerging therapies: the road ahead", PLACE, "title.mismatch"),
        # Nothing else agrees: two words may be another work's by chance.
        ("Emerging therapies", "Emerging therapies: the road ahead", {}, "title.mismatch"),
        (
            "Emerging therapies",
            "Emerging therapies: the road ahead",
            {"volume": "12", "author": [{"family": "Muster", "given": "Max"}]},
            "title.mismatch",
        ),
    ],
)
def test_a_subtitle_left_out_of_a_short_title(cited, title, more, expected):
    reference = Reference(
        key="k", number=1, title=cited, authors=(Name("Rossi", "A."),), volume="91"
    )
    outcomes = compare_reference(reference, [record(title=[title], **more)])
    assert outcomes[0].code == expected


def test_the_printed_doi_that_led_to_the_record_speaks_for_a_short_title():
    reference = Reference(
        key="k", number=1, title="Emerging therapies", doi="10.1000/a", volume="91"
    )
    title = "Emerging therapies: the road ahead"
    works = [
        record(title=[title], DOI="10.1000/a", volume="91"),
        record(title=[title], DOI="10.1000/b", volume="91"),
    ]
    codes = [compare_reference(reference, [work])[0].code for work in works]
    assert codes == ["title.subtitle", "title.mismatch"]


@pytest.mark.parametrize(
    ("cited", "found", "state"),
    [
        ("Phys. Rev. B Condens. Matter", "Physical Review B", "same"),
        ("Physical Review B", "Phys Rev B Condens Matter", "same"),
        ("Phys Rev B", "Physical Review B", "same"),
        ("J Chromatogr A", "Journal of Chromatography A", "same"),
        ("Physical Review A", "Physical Review B", "far"),
        ("Phys. Rev. A", "Physical Review B", "far"),
        ("Phys. Rev. A Gen. Phys.", "Physical Review B", "far"),
        ("Journal of Chromatography A", "Journal of Chromatography B", "far"),
        ("Br Med J", "British Medical Journal", "same"),
        ("(Brackets)", "(Brackets)", "same"),
        ("Journal of Molecular Sciences", "Journal of Molecular Medicine", "far"),
        ("European Journal of Surgical Oncology", "European Journal of Clinical Oncology", "far"),
        ("European Journal of Surgical Oncology", "European Journal of Surgical Oncolgy", "near"),
        ("中国肺癌杂志", "中国肝癌杂志", "far"),
    ],
)  # fmt: skip
def test_series_and_sections_of_journals(cited, found, state):
    assert (compare_journals(cited, found).state, compare_journals(found, cited).state) == (
        state,
        state,
    )
