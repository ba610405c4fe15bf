"""Field by field: what is the same thing printed differently, and what is not."""

import itertools
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingreview.references.comparison.authors import ListDifference, compare_authors
from livingreview.references.comparison.compare import FIELDS, compare_reference
from livingreview.references.comparison.journals import compare_journals
from livingreview.references.comparison.notices import announced_notice
from livingreview.references.comparison.pages import compare_pages, same_number
from livingreview.references.comparison.plain import comparison_key
from livingreview.references.comparison.titles import compare_titles, says_retracted
from livingreview.references.names import parse_author_list
from livingreview.references.record import Name, Reference

SAME_TITLES = [
    ("case", "Anlotinib in SCLC", "ANLOTINIB IN sclc"),
    ("HTML faces", "Anlotinib <i>in vitro</i> and H<sub>2</sub>O", "Anlotinib in vitro and H2O"),
    ("JATS faces", "<jats:italic>EGFR</jats:italic> mutations", "EGFR mutations"),
    ("entity", "Research &amp; Treatment", "Research & Treatment"),
    ("entity escaped twice", "Research &amp;amp; Treatment", "Research and Treatment"),
    ("numeric entity", "Kidney&#x2013;brain axis", "Kidney-brain axis"),
    ("TeX accent and brace", r"{K}inase in M{\"u}ller cells", "Kinase in Muller cells"),
    ("TeX Greek", r"$\beta$-catenin signalling", "β-catenin signaling"),
    ("Greek letter and its name", "PDGFRβ and TGF-α", "PDGFR-beta and TGF-alpha"),
    ("Greek letter after a blank", "Activation of PDGFR β", "activation of PDGFRβ"),
    ("Greek with accent, final sigma", "λ-phage ς", "lambda phage sigma"),
    ("en dash", "Cancer Therapy–Related Hypertension", "Cancer therapy-related hypertension"),
    ("non-breaking hyphen", "S‑1 as a third‑ or later‑line", "S-1 as a Third- or Later-Line"),
    ("hyphen or none", "Non-small-cell lung cancer", "Nonsmall cell lung cancer"),
    ("full stop at the end", "A phase II trial.", "A phase II trial"),
    ("curly quotation marks", "Malignancies’ treatment", "Malignancies' treatment"),
    ("brackets", "PD-(L)1 inhibitors", "PD-L1 inhibitors"),
    ("blanks and lines", "Anlotinib  in\n SCLC", "Anlotinib in SCLC"),
    ("British and American", "Tumour haemorrhage, randomised", "Tumor hemorrhage, randomized"),
    ("phase in Roman figures", "A phase II study", "A Phase 2 Study"),
    ("Roman figure as a character", "A phase Ⅱ study", "A Phase II Study"),
    ("versus", "Anlotinib vs. placebo", "Anlotinib versus placebo"),
    ("ordinal", "NSCLC at 3rd line", "NSCLC at third line"),
    ("plus", "Anlotinib + etoposide", "Anlotinib plus etoposide"),
    ("superscript plus", "CD8<sup>+</sup> T cells", "CD8(+) T cells"),
    ("diacritics", "Sjögren and Łódź", "Sjogren and Lodz"),
    ("ligature", "Eﬃcacy", "Efficacy"),
    ("full-width letters", "ＡＬＫ 阳性肺癌", "ALK阳性肺癌"),
    ("Chinese signs", "安罗替尼：疗效、安全性", "安罗替尼:疗效,安全性"),
    ("retracted, upper case", "RETRACTED: Anlotinib in SCLC", "Anlotinib in SCLC"),
    ("retracted article", "RETRACTED ARTICLE: Anlotinib in SCLC", "Anlotinib in SCLC"),
    ("retracted in brackets", "[Retracted] Anlotinib in SCLC", "Anlotinib in SCLC"),
    ("retracted, Chinese", "撤稿：安罗替尼的疗效", "安罗替尼的疗效"),
    ("number in words", "Two-year survival and three arms", "2-year survival and 3 arms"),
    ("Greek letter as Latin one", "Role of TGF-b1 and NF-kB", "Role of TGF-β1 and NF-κB"),
    ("number of an abstract", "MA17.07 Anlotinib in lung cancer", "Anlotinib in lung cancer"),
    ("number of a poster", "P2.12-13: Anlotinib in SCLC", "Anlotinib in SCLC"),
    ("number of an abstract with its word", "Abstract 1234: Anlotinib", "Anlotinib"),
    ("number of a congress", "1538P Anlotinib in SCLC", "Anlotinib in SCLC"),
    ("less-than sign is no tag", "Survival if p < 0.05 and n > 30", "Survival if p<0.05 and n>30"),
]


@pytest.mark.parametrize(
    ("first", "second"), [pytest.param(a, b, id=name) for name, a, b in SAME_TITLES]
)
def test_one_title_printed_differently_is_the_same(first, second):
    assert compare_titles(first, second).state == "same"
    assert compare_titles(second, first).state == "same"


@pytest.mark.parametrize(
    ("cited", "found", "state"),
    [
        pytest.param(
            "Irradiation Combined with Anti-PD-1 in Murine Lung Cancer",
            "Irradiation Combined with Anti-PD-L1 in Murine Lung Cancer",
            "far",
            id="another marker: PD-1 for PD-L1",
        ),
        pytest.param(
            "Anlotinib in lung cancer: a randomized phase 2 trial",
            "Anlotinib in lung cancer: a randomized phase 3 trial",
            "far",
            id="another phase",
        ),
        pytest.param(
            "Anlotinib as second-line treatment of small cell lung cancer",
            "Anlotinib as third-line treatment of small cell lung cancer",
            "far",
            id="another line",
        ),
        pytest.param(
            "Anlotinib maintenance in non-small cell lung cancer",
            "Anlotinib maintenance in small cell lung cancer",
            "far",
            id="non-small and small",
        ),
        pytest.param(
            "Anlotinib maintenance in nonsmall cell lung cancer",
            "Anlotinib maintenance in small cell lung cancer",
            "far",
            id="nonsmall and small",
        ),
        pytest.param(
            "Anlotinib increases tumour infiltration by lymphocytes",
            "Anlotinib decreases tumour infiltration by lymphocytes",
            "far",
            id="increases and decreases",
        ),
        pytest.param(
            "Anlotinib decreases tumour infiltration by many lymphocytes of mice",
            "Anlotinib decrease tumour infiltration by many lymphocytes of mice",
            "near",
            id="decreases and decrease",
        ),
        pytest.param(
            "Anlotinib for lung cancer with brain metastases",
            "Anlotinib for lung cancer without brain metastases",
            "far",
            id="with and without",
        ),
        pytest.param(
            "Signalling through the receptor PDGFRα in lung cancer fibroblasts of mice",
            "Signalling through the receptor PDGFRβ in lung cancer fibroblasts of mice",
            "far",
            id="alpha and beta",
        ),
        pytest.param(
            "安罗替尼二线治疗广泛期小细胞肺癌的疗效",
            "安罗替尼三线治疗广泛期小细胞肺癌的疗效",
            "far",
            id="another line, Chinese",
        ),
        pytest.param(
            "安罗替尼治疗晚期非小细胞肺癌的疗效分析",
            "安罗替尼治疗晚期小细胞肺癌的疗效分析",
            "far",
            id="non-small and small, Chinese",
        ),
        pytest.param(
            "131I in thyroid cancer",
            "Iodine in thyroid cancer",
            "far",
            id="an isotope is no abstract",
        ),
        pytest.param("安罗替尼治疗2例", "安罗替尼治疗3例", "far", id="another number, Chinese"),
        pytest.param(
            "Efficacy of anlotinib in the small cell lung cancer",
            "Efficacy of anlotinib in small cell lung cancer",
            "near",
            id="an article too many",
        ),
        pytest.param(
            "Effiacy of anlotinib in small cell lung cancer",
            "Efficacy of anlotinib in small cell lung cancer",
            "near",
            id="a letter lost",
        ),
        pytest.param(
            "Metformin in lung cancer with diabetes",
            "Anlotinib induces ferroptosis via the p53 pathway",
            "far",
            id="another title",
        ),
        pytest.param("安罗替尼的疗效与安全性", "替雷利珠单抗的疗效", "far", id="another, Chinese"),
        pytest.param(
            "Bronchial fistula: rare complication",
            "Bronchial fistula",
            "far",
            id="two words are no title to cut at",
        ),
        pytest.param(
            "Cancer therapy-related hypertension: a scientific statement",
            "Cancer therapy-related hypertension",
            "shortened",
            id="the record lacks the subtitle",
        ),
        pytest.param(
            "Cancer therapy-related hypertension",
            "Cancer therapy-related hypertension. A scientific statement",
            "subtitle",
            id="the list lacks the subtitle",
        ),
        pytest.param(
            "Two-year survival with anlotinib",
            "2-year survival with anlotinib: a cohort study",
            "subtitle",
            id="the list lacks the subtitle, the number in words",
        ),
        pytest.param(
            "安罗替尼治疗小细胞肺癌",
            "安罗替尼治疗小细胞肺癌——附一例报告",
            "subtitle",
            id="the list lacks the subtitle, Chinese",
        ),
        pytest.param(
            "安罗替尼治疗肺癌", "Anlotinib in lung cancer", "incomparable", id="a translation"
        ),
        pytest.param("???", "Anlotinib", "incomparable", id="no letter at all"),
    ],
)
def test_titles_that_differ_are_graded(cited, found, state):
    assert compare_titles(cited, found).state == state


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("RETRACTED: Anlotinib", True),
        ("Retracted Article: Anlotinib", True),
        ("Anlotinib in SCLC [Retracted]", True),
        ("【已撤稿】安罗替尼", True),
        ("Retraction of the lung during surgery", False),
        ("Retracted papers in oncology", False),
        ("中国学者撤稿论文分析", False),
    ],
)
def test_a_title_that_says_that_its_work_was_retracted(title, expected):
    assert says_retracted(title) is expected


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Correction: Efficacy of anlotinib", "correction"),
        ("Correction to: Efficacy of anlotinib", "correction"),
        ("Author Correction: Efficacy of anlotinib", "correction"),
        ("Publisher Correction: Efficacy", "correction"),
        ("Correction to “Efficacy of anlotinib”", "correction"),
        ("Corrigendum to Efficacy of anlotinib", "correction"),
        ("Erratum", "correction"),
        ("Erratum: Efficacy of anlotinib", "correction"),
        ("Efficacy of anlotinib: Erratum", "correction"),
        ("Efficacy of anlotinib [Corrigendum]", "correction"),
        ("Addendum: Efficacy of anlotinib", "correction"),
        ("勘误：安罗替尼的疗效", "correction"),
        ("更正", "correction"),
        ("《安罗替尼的疗效》一文的更正", "correction"),
        ("关于《安罗替尼的疗效》的更正声明", "correction"),
        ("Retraction: Efficacy of anlotinib", "retraction"),
        ("Retraction Note: Efficacy of anlotinib", "retraction"),
        ("Retraction notice to “Efficacy of anlotinib”", "retraction"),
        ("Notice of Retraction", "retraction"),
        ("撤稿声明：安罗替尼的疗效", "retraction"),
        ("关于《安罗替尼的疗效》的撤稿声明", "retraction"),
        ("Expression of Concern: Efficacy of anlotinib", "concern"),
        ("Editorial Expression of Concern", "concern"),
        # Works whose titles only hold the words.
        ("Correction of hyponatremia with tolvaptan", None),
        ("Corrections in oncology reporting", None),
        ("Retraction of consent in clinical trials", None),
        ("Retractions in lung cancer research", None),
        ("RETRACTED: Efficacy of anlotinib", None),
        ("医学论文撤稿原因分析", None),
        ("视力更正手术的并发症", None),
        ("Error correction in sequencing: a review", None),
        ("", None),
    ],
)
def test_titles_that_announce_a_notice(title, kind):
    assert announced_notice(title) == kind


@pytest.mark.parametrize(
    ("cited", "found", "state"),
    [
        ("Journal of Hematology & Oncology", "J Hematol Oncol", "same"),
        ("Journal of Hematology & Oncology", "Journal of Hematology &amp; Oncology", "same"),
        ("Drug Design, Development and Therapy", "Drug Des Devel Ther", "same"),
        ("Frontiers in Oncology", "Front. Oncol.", "same"),
        ("Translational Lung Cancer Research", "Transl Lung Cancer Res", "same"),
        ("British Journal of Cancer", "British journal of cancer", "same"),
        ("Br J Cancer", "British Journal of Cancer", "same"),
        ("Analytical Cellular Pathology", "Anal Cell Pathol (Amst)", "same"),
        ("Cancers", "Cancers (Basel)", "same"),
        ("The Lancet", "Lancet", "same"),
        ("Lancet Oncology", "The Lancet. Oncology", "same"),
        ("J Natl Cancer Inst", "Journal of the National Cancer Institute", "same"),
        (
            "Proc Natl Acad Sci U S A",
            "Proceedings of the National Academy of Sciences of the United States of America",
            "same",
        ),
        ("Proc Natl Acad Sci U S A", "Proceedings of the National Academy of Sciences", "same"),
        (
            "Proc. Natl. Acad. Sci. U.S.A.",
            "Proceedings of the National Academy of Sciences",
            "same",
        ),
        ("CA Cancer J Clin", "CA: A Cancer Journal for Clinicians", "same"),
        ("J Natl Cancer Inst", "JNCI: Journal of the National Cancer Institute", "same"),
        ("JNCI", "JNCI: Journal of the National Cancer Institute", "same"),
        ("Onco Targets Ther", "OncoTargets and Therapy", "same"),
        ("Jpn J Clin Oncol", "Japanese Journal of Clinical Oncology", "same"),
        ("J Nurs", "Journal of Nursing", "same"),
        ("J Nurs", "Journal of Neurosurgery", "far"),
        ("Clin Oncol", "Clinical Otology", "far"),
        ("CA Cancer J Clin", "Cancer Cell", "far"),
        ("NEJM", "New England Journal of Medicine", "same"),
        ("Journal of Haematology", "Journal of Hematology", "same"),
        ("Revue des Maladies Respiratoires", "Rev Mal Respir", "same"),
        ("OncoTargets and Therapy", "OncoTargets and therapy", "same"),
        ("Acta Pharmacologica Sinica", "Acta Pharmacol Sin", "same"),
        ("Journal of Clinical Oncology", "Journal of Clinical Oncolgy", "near"),
        ("Cancer", "Cancers", "near"),
        ("Cancer Medicine", "Cancer Management and Research", "far"),
        ("Journal of Clinical Medicine", "Journal of Clinical Medicine Research", "far"),
        ("Cancer Res", "Cancer Research and Treatment", "far"),
        ("Nature", "Nature Medicine", "far"),
        ("J Cancer", "Journal of Clinical Oncology", "far"),
        ("中国肺癌杂志", "中国肺癌杂志", "same"),
        ("中国肺癌杂志", "中华肿瘤杂志", "far"),
        ("中国肺癌杂志", "Chinese Journal of Lung Cancer", "incomparable"),
        ("Chinese Journal of Lung Cancer", "Zhongguo Fei Ai Za Zhi", "incomparable"),
    ],
)
def test_journal_names(cited, found, state):
    assert compare_journals(cited, found).state == state


def names(text):
    """A printed list; "Smith/Rob" where a written-out given name would read as two authors."""
    return (record_names(text), True) if "/" in text or "=" in text else parse_author_list(text)


AUTHORS = [
    ("initials for full names", "Zheng, H., Jiang, A.", "Zheng/Hao-Ran; Jiang/Ai-Min", "same"),
    ("two syllables in one", "Lv, B., Liu, X.L.", "Lv/Bing; Liu/Xiaoliang", "same"),
    ("middle initials without stops", "Dowling, R.J.", "Dowling/Ryan JO", "same"),
    ("blank between initials", "Hopmans, S.N.", "Hopmans/S N", "same"),
    ("hyphen between initials", "Cutz, J.", "Cutz/J-C", "same"),
    ("two given names", "Xie, X.X.", "Xie/Xiao Xiao", "same"),
    ("Vancouver style", "Wang N, Zhao L", "Wang/Ning; Zhao/Lei", "same"),
    ("diacritics", "Muller, J.", "Müller/Jörg", "same"),
    ("German transliteration", "Mueller, J.", "Müller/Jörg", "same"),
    ("Nordic letter", "Sorensen, P.", "Sørensen/Peter", "same"),
    ("blank in the family name", "Fatehi Hassanabad, A.", "FatehiHassanabad/Ali", "same"),
    ("apostrophe", "O'Brien, M.", "O’Brien/Mary", "same"),
    ("particle dropped", "Dorst, D.C.H.", "van Dorst/Daan C H", "same"),
    ("generation", "Smith, J.", "Smith/John, Jr.", "same"),
    ("no given name in the record", "Smith, J.", "Smith/", "same"),
    ("cut off by et al.", "Cheng, Y., Han, B., et al.", "Cheng/Ying; Han/Baohui; Li/Kai", "same"),
    ("et al. where nobody is left", "Cheng, Y., et al.", "Cheng/Ying", "same"),
    ("group at the record's end", "Cheng, Y.", "Cheng/Ying; =ALTER investigators", "same"),
    ("Chinese characters", "刘通, 徐健, 等", "刘/通; 徐/健; 许/凝", "same"),
    ("family name of two characters", "欧阳明", "欧阳/明", "same"),
    ("Chinese against pinyin", "刘通, 徐健", "Liu/Tong; Xu/Jian", "same"),
    ("short form of a first name", "Smith/Rob", "Smith/Robert", "same"),
    ("name in capitals", "Cheng, Y.X.", "CHENG/YING XIN", "same"),
    ("short given name in capitals", "Wang, N.", "WANG/NING", "same"),
    ("Lv, Lyu and Lü", "Lv, B., Lv, C.", "Lyu/Bing; Lü/Chen", "same"),
    ("whole name in the family name", "Phan, D., Xiao, L.", "Doantam Phan/; Ling Xiao/", "same"),
    ("another whole name", "Phan, D.", "Ling Xiao/", "mismatch"),
    ("only the first author deposited", "Xu, H., Liang, Y.", "Xu/Haonan", "incomparable"),
    ("only one author, another one", "Xu, H., Liang, Y.", "Tang/Wenqiang", "mismatch"),
    ("a dash for a family name", "Smith, J.", "-/Sumaryadi", "incomparable"),
    ("Lu may be Lv", "Lu, B.", "Lv/Bing", "incomparable"),
    ("no author in the record", "Smith, J.", "", "incomparable"),
    ("groups of one name", "=WHO", "=WHO", "same"),
    ("groups of two names", "=World Health Organization", "=WHO", "incomparable"),
    ("people and their group", "Cheng/Ying; =ALTER group", "Cheng/Ying; =ALTER group", "same"),
    ("people and another group", "Cheng/Ying; =ALTER", "Cheng/Ying; =ETER", "incomparable"),
    ("a group that the record lacks", "Cheng/Ying; =ALTER", "Cheng/Ying", "incomparable"),
    ("other people beside a group", "Xu/Wei; =ALTER", "Cheng/Ying; =ALTER", "mismatch"),
    ("family name first in the record", "Cheng, Y.", "Ying/Cheng", "inverted"),
    ("family name first in the list", "Yuankai, S.", "Shi/Yuankai", "inverted"),
    ("another initial", "Cheng, X., Han, B.", "Cheng/Ying; Han/Baohui", "given"),
    ("another first name", "Smith/Robin", "Smith/Rupert", "given"),
    ("another family name", "Chen, Y., Han, B.", "Cheng/Ying; Han/Baohui", "mismatch"),
    ("another character", "刘通, 徐建", "刘/通; 徐/健", "mismatch"),
    ("two names exchanged", "Han, B., Cheng, Y.", "Cheng/Ying; Han/Baohui", "order"),
    (
        "two names exchanged before et al.",
        "Han, B., Cheng, Y., et al.",
        "Cheng/Ying; Han/Baohui; Li/Kai",
        "order",
    ),
    ("last name lost", "Cheng, Y., Han, B.", "Cheng/Ying; Han/Baohui; Li/Kai", "missing"),
    ("name lost in between", "Cheng, Y., Li, K.", "Cheng/Ying; Han/Baohui; Li/Kai", "missing"),
    (
        "name lost before et al.",
        "Cheng, Y., Li, K., et al.",
        "Cheng/Ying; Han/Baohui; Li/Kai; Shi/Jianhua",
        "missing",
    ),
    ("a name too many", "Cheng, Y., Xu, W., Han, B.", "Cheng/Ying; Han/Baohui", "extra"),
]


def record_names(text):
    found = []
    for part in filter(None, text.split("; ")):
        if part.startswith("="):
            found.append(Name(literal=part[1:]))
        else:
            family, _, given_name = part.partition("/")
            found.append(Name(family=family, given=given_name or None))
    return found


@pytest.mark.parametrize(
    ("cited", "found", "expected"), [pytest.param(*row, id=name) for name, *row in AUTHORS]
)
def test_author_lists(cited, found, expected):
    outcome = compare_authors(*names(cited), record_names(found), True)
    kind = outcome.kind if isinstance(outcome, ListDifference) else outcome
    assert kind == expected


def test_a_difference_names_those_concerned():
    cited, complete = names("Cheng, Y., Li, K., et al.")
    found = record_names("Cheng/Ying; Han/Baohui; Li/Kai; Shi/Jianhua")
    assert compare_authors(cited, complete, found, True) == ListDifference(
        "missing", "Cheng Y., Li K.", "Han Baohui"
    )
    assert compare_authors(
        *names("Chen, Y., Han, B."), record_names("Cheng/Ying; Han/Baohui"), True
    ) == ListDifference("mismatch", "Chen Y.", "Cheng Ying")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("Cheng/Ying; Li/Kai", "same"),
        ("Li/Kai", "same"),
        ("Li/Kai; Cheng/Ying", "incomparable"),
        ("Xu/Wei", "incomparable"),
    ],
)
def test_a_record_known_to_be_partial_contradicts_nobody(found, expected):
    cited, complete = names("Cheng, Y., Han, B., Li, K., et al.")
    assert compare_authors(cited, complete, record_names(found), False) == expected


@pytest.mark.parametrize(
    ("cited", "found", "expected"),
    [
        ("366-371", "366-371", "same"),
        ("366-71", "366-371", "same"),
        ("366–371", "366--371", "same"),
        ("366 - 371", "366−371", "same"),
        ("pp. 366-371", "366-371", "same"),
        ("83-83", "83", "same"),
        ("83", "83-83", "same"),
        ("509-509", "509-509", "same"),
        ("NP36-NP40", "NP36-40", "same"),
        ("NP36-NP40", "np36-np40", "same"),
        ("e46-e57", "e46-57", "same"),
        ("S125-S126", "S125-6", "same"),
        ("0366-0371", "366-371", "same"),
        ("366-371", "366", "same"),
        ("1081-7", "1081-1087", "same"),
        ("366-372", "366-371", "last-differs"),
        ("366-71", "366-381", "last-differs"),
        ("83-84", "83-85", "last-differs"),
        ("336-371", "366-371", "differs"),
        ("e46-e57", "46-57", "differs"),
        ("S125-S126", "125-126", "differs"),
        ("12-15, 18", "12-15, 18", "same"),
        ("12-15, 18", "12-15", "incomparable"),
        ("in press", "12-15", "incomparable"),
    ],
)
def test_pages(cited, found, expected):
    assert compare_pages(cited, found) == expected


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("12", "Vol. 12", True),
        ("12", "012", True),
        ("Suppl 2", "Suppl. 2", True),
        ("Suppl 2", "S2", True),
        ("suppl_1", "Supplement 1", True),
        ("3-4", "3/4", True),
        ("3–4", "3-4", True),
        ("第12卷", "12", True),
        ("2022", "2022", True),
        ("12", "21", False),
        ("Suppl 2", "2", False),
        ("10", "1", False),
        ("100", "1", False),
    ],
)
def test_volumes_and_issues(first, second, same):
    assert same_number(first, second) is same


def reference(**fields):
    return Reference(
        **({"key": "k", "number": 1, "title": "Anlotinib in small cell lung cancer"} | fields)
    )


def work(**fields):
    base = {"_source": "page", "_query": {}, "_outcome": "found", "_retrieved": "2026-11-22"}
    return base | {
        name.replace("_", "-") if name[0] != "_" else name: value for name, value in fields.items()
    }


def outcome(field, printed, *works):
    comparison = {one.field: one for one in compare_reference(printed, works)}[field]
    return comparison.state, comparison.found, comparison.code, comparison.severity


PRINT_2022 = {"date-parts": [[2022, 2]]}
ONLINE_2021 = {"date-parts": [[2021, 12, 22]]}


@pytest.mark.parametrize(
    ("year", "record", "expected"),
    [
        pytest.param(
            2022,
            work(published_print=PRINT_2022, published_online=ONLINE_2021),
            ("agrees", "2022 (online 2021)", None, None),
            id="the issue's year",
        ),
        pytest.param(
            2021,
            work(published_print=PRINT_2022, published_online=ONLINE_2021),
            ("agrees", "2022 (online 2021)", "year.online-first", "note"),
            id="the online-first year",
        ),
        pytest.param(
            2020,
            work(published_print=PRINT_2022, published_online=ONLINE_2021),
            ("differs", "2022 (online 2021)", "year.mismatch", "error"),
            id="neither",
        ),
        pytest.param(
            2021,
            work(published_online=ONLINE_2021),
            ("agrees", "2021", None, None),
            id="online only",
        ),
        pytest.param(
            2022,
            work(published_online=ONLINE_2021),
            ("not-comparable", "2021", "year.after-online", "note"),
            id="the year after the only date, which is online",
        ),
        pytest.param(
            2022,
            work(published_online=ONLINE_2021, volume="12"),
            ("not-comparable", "2021", "year.after-online", "note"),
            id="the year after, the volume being assigned",
        ),
        pytest.param(
            2021,
            work(published_online=ONLINE_2021, volume="12"),
            ("agrees", "2021", None, None),
            id="online only, the volume being assigned",
        ),
        pytest.param(
            2020,
            work(published_online=ONLINE_2021, volume="12"),
            ("not-comparable", "2021", None, None),
            id="the year before the online one",
        ),
        pytest.param(
            2019,
            work(published_online=ONLINE_2021, volume="12"),
            ("differs", "2021", "year.mismatch", "error"),
            id="two years before the online one",
        ),
        pytest.param(
            2023,
            work(published_online=ONLINE_2021),
            ("differs", "2021", "year.mismatch", "error"),
            id="two years after",
        ),
        pytest.param(
            2022,
            work(journal_issue={"published-print": PRINT_2022}, published_online=ONLINE_2021),
            ("agrees", "2022 (online 2021)", None, None),
            id="the issue's date stands with the issue",
        ),
        pytest.param(
            2017,
            work(published={"date-parts": [[2017]]}),
            ("agrees", "2017", None, None),
            id="date",
        ),
        pytest.param(
            2018,
            work(issued={"date-parts": [[2017]]}),
            ("differs", "2017", "year.mismatch", "error"),
            id="another date",
        ),
        pytest.param(
            None,
            work(published_print=PRINT_2022),
            ("not-comparable", "2022", None, None),
            id="none",
        ),
        pytest.param(
            2022,
            work(published_print={"date-parts": [[None]]}, issued="2022"),
            ("not-comparable", None, None, None),
            id="misshapen dates are no dates",
        ),
    ],
)
def test_years(year, record, expected):
    assert outcome("year", reference(year=year), record) == expected


@pytest.mark.parametrize(
    ("printed", "record", "expected"),
    [
        pytest.param(
            {"article_number": "120"},
            work(page="1-11"),
            ("not-comparable", "1-11", None, None),
            id="article number against the pages of the PDF",
        ),
        pytest.param(
            {"article_number": "1070"},
            work(page="1070", article_number="1070"),
            ("agrees", "1070", None, None),
            id="article number and page are one",
        ),
        pytest.param(
            {"article_number": "1070"},
            work(page="1070"),
            ("agrees", "1070", None, None),
            id="article number as page",
        ),
        pytest.param(
            {"article_number": "Article ID: 4484211"},
            work(article_number="4484211"),
            ("agrees", "4484211", None, None),
            id="label",
        ),
        pytest.param(
            {"article_number": "e12345"},
            work(article_number="12345"),
            ("agrees", "12345", None, None),
            id="e before the number",
        ),
        pytest.param(
            {"article_number": "4484212"},
            work(article_number="4484211"),
            ("differs", "4484211", "page.mismatch", "error"),
            id="another article number",
        ),
        pytest.param(
            {"page": "886"},
            work(article_number="886"),
            ("agrees", "886", None, None),
            id="article number printed as page",
        ),
        pytest.param(
            {"article_number": "83"},
            work(page="83-83"),
            ("agrees", "83-83", None, None),
            id="article number as a range from itself to itself",
        ),
        pytest.param(
            {"article_number": "e2012345"},
            work(page="e2012345-e2012345"),
            ("agrees", "e2012345-e2012345", None, None),
            id="the same with a letter",
        ),
        pytest.param(
            {"page": "858"},
            work(page="859-865"),
            ("differs", "859-865", "page.mismatch", "error"),
            id="a single page before the range",
        ),
        pytest.param(
            {"page": "859"},
            work(page="859-865"),
            ("agrees", "859-865", None, None),
            id="the first page of the range",
        ),
        pytest.param(
            {"page": "858"},
            work(page="1-7"),
            ("not-comparable", "1-7", None, None),
            id="a single number beside the pages of a PDF",
        ),
        pytest.param(
            {"page": "1-14"},
            work(article_number="338"),
            ("not-comparable", "338", None, None),
            id="pages of the PDF against the article number",
        ),
        pytest.param(
            {"page": "366-372"},
            work(page="366-371"),
            ("differs", "366-371", "page.last-mismatch", "error"),
            id="another last page",
        ),
        pytest.param(
            {"page": "336-371"},
            work(page="366-371"),
            ("differs", "366-371", "page.mismatch", "error"),
            id="another first page",
        ),
        pytest.param(
            {"page": "366-371"},
            work(page="1-1"),
            ("not-comparable", "1-1", None, None),
            id="a page that is not there yet",
        ),
        pytest.param(
            {"page": "366-371"},
            work(page="n/a-n/a"),
            ("not-comparable", "n/a-n/a", None, None),
            id="pages not available",
        ),
        pytest.param(
            {"article_number": "120"},
            work(page="1"),
            ("not-comparable", "1", None, None),
            id="first page of the PDF",
        ),
        pytest.param(
            {"page": "366-371"}, work(), ("not-comparable", None, None, None), id="none seen"
        ),
        pytest.param(
            {}, work(page="366-371"), ("not-comparable", "366-371", None, None), id="none printed"
        ),
    ],
)
def test_page_or_article_number(printed, record, expected):
    assert outcome("page", reference(**printed), record) == expected


@pytest.mark.parametrize(
    ("field", "printed", "record", "expected"),
    [
        (
            "title",
            {"title": "Anlotinib in the small cell lung cancer"},
            work(title=["Anlotinib in small cell lung cancer"]),
            ("differs", "Anlotinib in small cell lung cancer", "title.mismatch", "warning"),
        ),
        (
            "title",
            {"title": "Correction: Anlotinib in small cell lung cancer, randomised comparison"},
            work(title=["Anlotinib in small cell lung cancer, randomised comparison"]),
            (
                "differs",
                "Anlotinib in small cell lung cancer, randomised comparison",
                "title.mismatch",
                "error",
            ),
        ),
        (
            "title",
            {"title": "Anlotinib in lung cancer"},
            work(title=["Anlotinib in lung cancer: a phase 2 trial"]),
            ("agrees", "Anlotinib in lung cancer: a phase 2 trial", "title.subtitle", "note"),
        ),
        (
            "title",
            {"title": "Anlotinib in lung cancer: a phase 2 trial"},
            work(title=["Anlotinib in lung cancer"], subtitle=["A phase 2 trial"]),
            ("agrees", "Anlotinib in lung cancer: A phase 2 trial", None, None),
        ),
        (
            "title",
            {"title": "安罗替尼治疗肺癌"},
            work(title=["Anlotinib in lung cancer", "安罗替尼治疗肺癌"]),
            ("agrees", "安罗替尼治疗肺癌", None, None),
        ),
        (
            "title",
            {"title": "A single-arm study of anlotinib", "registration": "NCT01234567"},
            work(title=["Anlotinib in SCLC"]),
            ("not-comparable", "Anlotinib in SCLC", None, None),
        ),
        (
            "container-title",
            {"container_title": "Cancer Medicine"},
            work(container_title=["Cancer Management and Research"]),
            (
                "differs",
                "Cancer Management and Research",
                "container-title.mismatch",
                "error",
            ),
        ),
        ("volume", {"volume": "12"}, work(volume=12), ("agrees", "12", None, None)),
        (
            "volume",
            {"volume": "21"},
            work(volume="12"),
            ("differs", "12", "volume.mismatch", "error"),
        ),
        (
            "volume",
            {"volume": "12"},
            work(volume="ahead-of-print"),
            ("not-comparable", "ahead-of-print", None, None),
        ),
        ("issue", {}, work(issue="6"), ("not-comparable", "6", None, None)),
        (
            "issue",
            {"issue": "5"},
            work(issue="6"),
            ("differs", "6", "issue.mismatch", "error"),
        ),
        ("doi", {}, work(DOI="10.1000/A"), ("not-comparable", "10.1000/a", None, None)),
        ("doi", {"doi": "10.1000/a"}, work(DOI="10.1000/A"), ("agrees", "10.1000/a", None, None)),
        (
            "doi",
            {"doi": "10.1000/old"},
            work(DOI="10.1000/new", _query={"doi": "10.1000/old"}),
            ("agrees", "10.1000/new", None, None),
        ),
        (
            "doi",
            {"doi": "10.1000/b"},
            work(DOI="10.1000/A"),
            ("differs", "10.1000/a", "doi.mismatch", "error"),
        ),
    ],
)
def test_other_fields(field, printed, record, expected):
    assert outcome(field, reference(**printed), record) == expected


def test_one_authority_that_agrees_clears_a_field():
    right, wrong = work(volume="12"), work(volume="13", _source="crossref")
    for works in ([right, wrong], [wrong, right]):
        assert outcome("volume", reference(volume="12"), *works) == ("agrees", "12", None, None)
    assert outcome("volume", reference(volume="14"), right, wrong) == (
        "differs",
        "12",
        "volume.mismatch",
        "error",
    )
    assert outcome("volume", reference(volume="13"), work(), wrong)[0] == "agrees"


def test_another_version_and_answers_that_found_nothing_are_not_heard():
    preprint = work(volume="1", _version_of="preprint")
    silent = work(volume="1", _outcome="failed")
    assert outcome("volume", reference(volume="12"), preprint, silent) == (
        "not-comparable",
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("printed", "found", "state"),
    [
        pytest.param(
            "安罗替尼治疗小细胞肺癌", "Anlotinib in lung cancer", "not-comparable", id="Chinese"
        ),
        pytest.param(
            "Anlotinib in lung cancer", "Anlotinib in lung cancer", "agrees", id="English"
        ),
        pytest.param(
            "Efficacy of anlotinib in treating lung cancer",
            "Efficacy of anlotinib in the treatment of lung cancer",
            "not-comparable",
            id="another translation",
        ),
        pytest.param(
            "Ferroptosis through the p53 pathway",
            "Anlotinib in small cell lung cancer",
            "differs",
            id="another work",
        ),
    ],
)
def test_a_translated_title_is_one_of_several(printed, found, state):
    record = work(title=[found], **{"translated-title": True})
    assert outcome("title", reference(title=printed), record)[0] == state


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"_source": "web", "title": ["A page"]}, id="a web page"),
        pytest.param({"_source": "agency", "agency": "ISTIC"}, id="an agency"),
        pytest.param({"_source": "handle"}, id="a handle"),
        pytest.param({"_source": "crossref", "items": [{"title": ["A"]}]}, id="candidates"),
        pytest.param({"_source": "crossref", "_query": {"updates": "10.1000/a"}}, id="notices"),
    ],
)
def test_what_is_no_record_of_a_work_is_not_heard(answer):
    printed = reference(title="Anlotinib in lung cancer", doi="10.1000/a")
    assert {one.authority for one in compare_reference(printed, [work(**answer)])} == {None}


TEXT = st.text(max_size=60) | st.sampled_from(
    [
        "<i>",
        "&amp;",
        "\\'{",
        "{",
        "$\\beta",
        "10.1000/a",
        "366-71",
        "勘误：",
        "RETRACTED:",
        "-" * 50,
    ]
)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["family", "given", "name", "date-parts"]), inner)
    ),
    max_leaves=8,
)
WORK_FIELDS = [
    *("title", "subtitle", "container-title", "short-container-title", "author", "volume"),
    *("issue", "page", "article-number", "published-print", "published-online", "issued", "DOI"),
    *("author-list-complete", "journal-issue", "type", "_version_of"),
]


@settings(max_examples=150, deadline=None)
@given(
    record=st.dictionaries(st.sampled_from(WORK_FIELDS), VALUE),
    title=TEXT,
    journal=TEXT,
    people=st.lists(st.builds(Name, family=st.none() | TEXT, given=st.none() | TEXT), max_size=3),
    page=TEXT,
)
def test_no_text_and_no_record_makes_the_comparison_fail(record, title, journal, people, page):
    printed = reference(
        title=title,
        container_title=journal,
        authors=tuple(people),
        page=page,
        volume=page,
        issue=journal,
        article_number=title,
        doi=page,
    )
    outcomes = compare_reference(printed, [work() | record])
    assert [one.field for one in outcomes] == list(FIELDS)
    assert {one.state for one in outcomes} <= {"agrees", "differs", "not-comparable"}


@given(TEXT)
def test_a_title_is_the_same_as_itself(title):
    expected = {"same"} if comparison_key(title) else {"incomparable"}
    # Taking off "RETRACTED:" may leave nothing.
    assert {compare_titles(title, title).state} <= expected | {"incomparable"}


@given(st.lists(st.builds(Name, family=TEXT, given=TEXT), min_size=1, max_size=4))
def test_a_list_of_authors_is_the_same_as_itself(people):
    assert compare_authors(people, True, people, True) in ("same", "incomparable")


def test_thousands_of_authors_are_compared_in_no_time():
    people = [
        Name(family="".join(letters), given="J.")
        for letters in itertools.product(string.ascii_lowercase[:13], repeat=3)
    ]
    turned = people[::-1]
    assert compare_authors(people, True, list(people), True) == "same"
    assert compare_authors(people, True, turned, True) == ListDifference(
        "mismatch", "aaa J.", "mmm J."
    )
    assert compare_authors(people, True, turned, False) == "incomparable"


@pytest.mark.parametrize(
    "hostile",
    [
        "(" * 50_000,
        "<" * 50_000,
        "1-" * 50_000,
        "\\" * 50_000,
        "&" * 50_000,
        "[(" * 25_000,
        "Correction " * 10_000,
        "a: " * 30_000,
        " " * 90_000 + "x",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_very_long_odd_texts_take_no_time(hostile):
    printed = reference(
        title=hostile,
        container_title=hostile,
        page=hostile,
        volume=hostile,
        authors=(Name(family=hostile, given=hostile),),
    )
    record = work(
        title=[hostile + "b"],
        container_title=["c" + hostile],
        page="1" + hostile,
        volume=hostile + "1",
        author=[{"family": "d" + hostile, "given": hostile}],
    )
    compare_reference(printed, [record])
    announced_notice(hostile)


@pytest.mark.parametrize(
    ("title", "journal", "family"),
    [
        pytest.param("Anlotinib in lung cancer", "Lung Cancer", "Müller", id="English"),
        pytest.param("安罗替尼的疗效", "中国肺癌杂志", "欧阳", id="Chinese"),
    ],
)
def test_a_record_with_lost_signs_contradicts_nothing(title, journal, family):
    """U+FFFD stands where a sign was lost; a registry's own fault is not the list's."""
    reference = Reference(
        key="a",
        number=1,
        title=title,
        container_title=journal,
        authors=(Name(family, "M."),),
        year=2021,
    )
    damaged = "\ufffd"
    record = {
        "_source": "crossref",
        "_query": {"doi": "10.1/a"},
        "_outcome": "found",
        "_retrieved": "2026-11-22",
        "title": [damaged + title[1:]],
        "container-title": [damaged + journal[1:]],
        "author": [{"family": damaged + family[1:], "given": "Max"}],
        "issued": {"date-parts": [[2021]]},
    }
    states = {one.field: one.state for one in compare_reference(reference, [record])}
    assert {name: states[name] for name in ("title", "container-title", "author", "year")} == {
        "title": "not-comparable",
        "container-title": "not-comparable",
        "author": "not-comparable",
        "year": "agrees",
    }
