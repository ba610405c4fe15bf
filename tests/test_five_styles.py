"""A record printed in any of five citation styles and read back verifies as that record."""

import itertools
import random
import re
import textwrap
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import planted_references
from doubles.records import FAMILIES, GIVEN, synthetic_works
from five_styles import DOI_FORMS, Work, locked_answer, print_in
from livingreview.references.comparison.persons import name_text
from livingreview.references.judgement.validate import build_report
from livingreview.references.reading.citation_list import parse_citation_list
from livingreview.references.resolution.resolve import resolve_references

# --- works -----------------------------------------------------------------------------------

WESTERN = [
    *planted_references.WESTERN,
    *planted_references.PARTICLED,
    "García Márquez",
    "Fatehi Hassanabad",
    "de la Cruz",
    "von der Heydt",
    "Van Cutsem",
    "ten Hove",
    "bin Mohamed",
    "al-Masri",
    "El-Osta",
    "St John",
    "De Luca",
    "Ó Briain",
    "Le",
]
WESTERN += planted_references.listed("""
    Sánchez-Vega McDonald MacQueen D'Angelo Łukasik Šimić Żak Øster Ng Um Ko
""")
WESTERN_GIVEN = [
    *planted_references.WESTERN_GIVEN,
    *("Ryan JO", "Mary Anne", "Étienne", "Łukasz", "Şule", "John Ronald Reuel", "Max-Otto E", "J"),
]
# One and two letters, and those that begin as another does.
SHORT = ["Lu", "Li", "Lv", "Xu", "He", "Wu", "Ma", "Ou", "Yu", "Su", "Hu", "Qi", "An", "E", "O"]
CYRILLIC = [("Иванов", "Иван Петрович"), ("Щербаков", "Юрий"), ("Ким", "Алексей Ильич")]
GROUPS = [
    "ALTER1202 Study Group",
    "World Health Organization",
    "European Society for Medical Oncology",
    "RECOVERY Collaborative Group",
]
CHINESE_GROUPS = ["中华医学会肿瘤学分会", "国家卫生健康委员会", "正大天晴药业集团股份有限公司"]

# What makes titles hard: stops and question marks inside, years, numbers, brackets, signs.
HARD_WORDS = [
    *(
        "vs.",
        "versus",
        "in 2015,",
        "2004-2018:",
        "(ALTER 1202)",
        "[18F]FDG",
        "PD-(L)1",
        "with β-blockers",
    ),
    *("p < 0.05", "E. coli", "S. aureus", "No. 5", "i.v.", "10.5", "12%", "III", "TGF-β1", "S-1"),
    *("and", "of", "A", "HIV,", "12 (3)", "1,000", "non-small-cell", "x-ray", "5′-UTR", "Dr."),
    *("“quoted”", "it's", "cost/benefit", "COVID-19", "2:", "Part 2:", "CO2", "H2O;", "—", "–"),
]
letters = st.sampled_from("abcdefghijklmnoprstuvwxyzéöüßñłøčşαβγ")
word = st.text(letters, min_size=2, max_size=10)
plain_word = st.one_of(
    word,
    word.map(str.capitalize),
    st.sampled_from(["anlotinib", "lung", "cancer", "trial", "Study", "Cancer", "Lung", "therapy"]),
)


@st.composite
def english_titles(draw):
    """Words and what is hard in titles; they begin and end in plain words.

    Restricted where a reader could not tell either: a title that begins as initials do ("A. B."),
    one that ends in a full stop of its own, a last sentence that could be a journal's name.
    """
    first = [draw(plain_word).capitalize(), draw(plain_word)]
    middle = draw(st.lists(st.one_of(plain_word, st.sampled_from(HARD_WORDS)), max_size=7))
    last = [draw(word), draw(plain_word)]
    title = " ".join([*first, *middle, *last])
    ending = draw(
        st.sampled_from(
            [
                "",
                "",
                "?",
                "!",
                ": a randomised trial",
                "? A cohort study",
                " – final results",
                ". Report of two cases",
                " in 2015, 12 years on",
            ]
        )
    )
    return title + ending


@st.composite
def chinese_titles(draw):
    start = draw(
        st.sampled_from(["安罗替尼治疗", "广泛期小细胞肺癌", "CIK 细胞联合化疗", "PD-L1 与 β 受体"])
    )
    middle = draw(
        st.sampled_from(
            [
                "的疗效及安全性",
                "：2015 年回顾性研究",
                "的“真实世界”研究",
                "（附 3 例报告）",
                "——单臂试验",
            ]
        )
    )
    end = draw(
        st.sampled_from(["", "：随访", "分析", "的 Meta 分析", "？", " vs. 安慰剂", "（Ⅱ期）"])
    )
    return start + middle + end


# Full name, abbreviation with full stops (ISO 4) and without (NLM).
JOURNALS = [
    ("Journal of Clinical Oncology", "J. Clin. Oncol.", "J Clin Oncol"),
    ("Lung Cancer", "Lung Cancer", "Lung Cancer"),
    ("Lung Cancer (Amsterdam, Netherlands)", "Lung Cancer", "Lung Cancer (Amsterdam, Netherlands)"),
    ("Medicine", "Medicine (Baltimore)", "Medicine (Baltimore)"),
    ("BMJ (Clinical research ed.)", "BMJ", "BMJ (Clinical research ed.)"),
    ("International Journal of Cancer", "Int. J. Cancer", "Int J Cancer"),
    (
        "Journal of Cancer Research and Clinical Oncology",
        "J. Cancer Res. Clin. Oncol.",
        "J Cancer Res Clin Oncol",
    ),
    ("Frontiers in Oncology", "Front. Oncol.", "Front Oncol"),
    ("OncoTargets and Therapy", "Onco. Targets Ther.", "Onco Targets Ther"),
    ("New England Journal of Medicine", "N. Engl. J. Med.", "N Engl J Med"),
    (
        "Proceedings of the National Academy of Sciences of the United States of America",
        "Proc. Natl. Acad. Sci. USA",
        "Proc Natl Acad Sci U S A",
    ),
    ("Drug Design, Development and Therapy", "Drug Des. Dev. Ther.", "Drug Des Devel Ther"),
    (
        "Cancer Immunology, Immunotherapy",
        "Cancer Immunol. Immunother.",
        "Cancer Immunol Immunother",
    ),
    ("Journal of Hematology & Oncology", "J. Hematol. Oncol.", "J Hematol Oncol"),
    ("Nature", "Nature", "Nature"),
    ("JAMA", "JAMA", "JAMA"),
    ("CA: A Cancer Journal for Clinicians", "CA Cancer J. Clin.", "CA Cancer J Clin"),
    (
        "Signal Transduction and Targeted Therapy",
        "Signal Transduct. Target. Ther.",
        "Signal Transduct Target Ther",
    ),
    ("Annals of the New York Academy of Sciences", "Ann. N. Y. Acad. Sci.", "Ann N Y Acad Sci"),
    ("European Journal of Cancer", "Eur. J. Cancer", "Eur J Cancer"),
    ("Cancers", "Cancers", "Cancers"),
    ("International Journal of Molecular Sciences", "Int. J. Mol. Sci.", "Int J Mol Sci"),
    ("Cancer Medicine", "Cancer Med.", "Cancer Med"),
]
CHINESE_JOURNALS = [
    *(
        "中国肺癌杂志",
        "实用肿瘤杂志",
        "北京大学学报(医学版)",
        "中华医学杂志（英文版）",
        "癌症",
        "肿瘤学报",
    ),
]
VOLUMES = ["34", "9", "2022", "120", "36A", "110-111", None]
ISSUES = ["3", "12", "3-4", "Suppl 1", "3 Suppl", "S1", "5 Pt 2", "7_suppl", None, None]
PAGES = [
    *(
        "366-371",
        "1095-1105",
        "83-83",
        "7",
        "S12-S18",
        "S125-S126",
        "NP36-NP40",
        "e46-e57",
        "i12-i18",
    ),
    *("iii52-iii58", "2532", "E1234-E1240", "99-103", "998-1003", "12-18", "401e-405e"),
]
ARTICLES = ["917089", "e46", "113197", "4484211", "e0209899", "120", "dyz123", "CD012345", "1070"]
DOIS = [
    "10.3389/fonc.2022.917089",
    "10.1016/S0140-6736(20)30183-5",
    "10.1002/(SICI)1097-0142(19960801)78:3<481::AID-CNCR16>3.0.CO;2-#",
    "10.1097/CAD.0000000000001488",
    "10.1000/a_b-c.d/e",
    "10.1002/1521-3773(20010316)40:6<9823::AID-ANIE9823>3.3.CO;2-C",
]


@st.composite
def people(draw, chinese):
    def person():
        if chinese:
            family = draw(st.sampled_from(sorted(planted_references.HAN_FAMILIES)))
            return (family, draw(st.sampled_from(sorted(planted_references.HAN_GIVEN))), "")
        kind = draw(st.sampled_from(["western", "pinyin", "short", "double", "cyrillic"]))
        if kind == "western":
            generation = draw(st.sampled_from([""] * 8 + ["Jr", "3rd", "II"]))
            return (
                draw(st.sampled_from(WESTERN)),
                draw(st.sampled_from(WESTERN_GIVEN)),
                generation,
            )
        if kind == "cyrillic":
            return (*draw(st.sampled_from(CYRILLIC)), "")
        families = {"pinyin": FAMILIES, "short": SHORT, "double": ["Ouyang", "Sima", "Au-Yeung"]}
        given_name = draw(st.sampled_from([*GIVEN, "Hao-Ran", "Yi-Long", "Xiaoliang", "X Y"]))
        return (draw(st.sampled_from(families[kind])), given_name, "")

    count = draw(st.sampled_from([0, 1, 1, 2, 3, 4, 6, 7, 8, 11, 20, 21, 30]))
    listed = [person() for _ in range(count)]
    group = draw(st.sampled_from(["", "", "", "alone", "last"]))
    if group:
        name = (draw(st.sampled_from(CHINESE_GROUPS if chinese else GROUPS)),)
        listed = [name] if group == "alone" else [*listed, name]
    return tuple(listed)


@st.composite
def works(draw, chinese=False):
    volume, issue = draw(st.sampled_from(VOLUMES)), draw(st.sampled_from(ISSUES))
    if volume is None and issue is None:
        volume = "1"  # without either it is ahead of print, which has its own test
    place = draw(st.sampled_from(["page", "article", "none"]))
    journal = draw(st.sampled_from(JOURNALS))
    if chinese:
        journal = (draw(st.sampled_from(CHINESE_JOURNALS)),) * 3
    return Work(
        title=draw(chinese_titles() if chinese else english_titles()),
        people=draw(people(chinese)),
        journal=journal,
        year=draw(st.integers(1985, 2025)),
        doi=draw(st.sampled_from(DOIS)),
        volume=volume,
        issue=issue,
        page=draw(st.sampled_from(PAGES)) if place == "page" else None,
        article=draw(st.sampled_from(ARTICLES)) if place == "article" else None,
        month=draw(st.integers(1, 12)),
    )


def printings(style):
    """Every choice that editors have within a style."""
    doi = st.sampled_from(range(len(DOI_FORMS)))
    flag = st.booleans()
    choices = {
        "gbt": {"full_width": flag, "online": flag},
        "vancouver": {"ama": flag, "month": flag},
        "apa": {"emphasis": flag},
        "publisher": {
            "kind": st.sampled_from(["frontiers", "harvard", "mdpi"]),
            "emphasis": flag,
        },
        "hans": {
            "emphasis": flag,
            "label": st.sampled_from(["Article ID: ", "Article No. ", "Article "]),
        },
    }
    return st.fixed_dictionaries({**choices[style], "doi": doi})


def printed(style, work, choices):
    """As the style would have it: those that print no issue have a volume, and their authors."""
    if style in ("publisher", "hans") and work.volume is None:
        work = replace(work, volume="1")
    unsigned_style = style == "hans" or choices.get("kind") == "harvard"
    if unsigned_style and not work.people:
        work = replace(work, people=(("Wang", "Ning", ""),))
    if not work.people:
        # Whether "Lung Cancer in China. Report of two cases" begins with a group's name is known
        # only to those who know the group.
        work = replace(work, title=work.title.replace(". Report", ": report"))
    return work, print_in(style, work, **choices)


STYLES = ("gbt", "vancouver", "apa", "publisher", "hans")


# --- reading back ----------------------------------------------------------------------------


def read_back(text):
    parsed = parse_citation_list(text)
    assert (parsed.unread, parsed.problems) == ((), ()), text
    (reference,) = parsed.references
    return reference


def bare(reference):
    """What is printed: whether a number alone is a page or an article's cannot be seen."""
    return replace(
        reference,
        key="",
        line=None,
        doi_printed=None,
        page=reference.page or reference.article_number,
        article_number=None,
    )


def judged(reference, work):
    report = build_report(resolve_references([reference], [locked_answer(work)]), None, [])
    (entry,) = report["references"]
    return entry["verdict"], [one for one in entry["findings"] if one["severity"] != "note"]


def check(printing, text, work):
    reference = read_back(text)
    assert bare(reference) == bare(printing.fields), text
    assert judged(reference, work) == ("verified", []), text


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("chinese", [False, True], ids=["en", "zh"])
def test_what_is_printed_is_read_back_and_verifies(style, chinese):
    @settings(max_examples=150, derandomize=True, deadline=None)
    @given(works(chinese), printings(style))
    def holds(work, choices):
        work, printing = printed(style, work, choices)
        check(printing, f"[1] {printing.text}", work)

    holds()


# --- whole lists -----------------------------------------------------------------------------


def sampled(seed, count):
    """Works of the shared generators: planted ones in both languages, and those of the doubles."""
    dice = random.Random(seed)
    made = []
    for place in range(count):
        work = planted_references.new_work(dice, "zh" if place % 3 == 0 else "en")
        made.append(
            Work(
                title=work.title,
                people=tuple((family, name, "") for family, name in work.people),
                journal=work.journal if work.language == "en" else (work.journal[0],) * 3,
                year=work.year,
                doi=f"10.1000/planted.{place}",
                volume=work.volume,
                issue=work.issue,
                page=None if work.article else f"{work.first}-{work.last}",
                article=work.article,
            )
        )
    for record in synthetic_works(count, seed):
        people = tuple((one["family"], one["given"], "") for one in record["author"])
        journal = record["container-title"][0]
        made.append(
            Work(
                title=record["title"][0],
                people=people,
                journal=(journal,) * 3,
                year=record["published-print"]["date-parts"][0][0],
                doi=record["DOI"],
                volume=record["volume"],
                issue=record["issue"],
                page=record["page"],
            )
        )
    return made


def wrapped(number, text, width):
    """The item broken at blanks, inside Chinese and in its DOI.

    Not at hyphens before a small letter: whether such a hyphen is the word's or the line's cannot
    be seen.
    """
    lines = textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False)
    broken = []
    for line in lines:
        while len(line) > width and re.match("[\u4e00-\u9fff]{2}", line[width - 1 : width + 1]):
            broken.append(line[:width])
            line = line[width:]
        # An address goes on behind a slash.
        broken += re.sub(r"(10\.\d+/)(?=[^\s(])", "\\1\n", line).split("\n")
    return f"[{number}] " + "\n".join(broken)


@pytest.mark.parametrize("width", [10_000, 80, 32], ids=["one line", "wide", "narrow"])
@pytest.mark.parametrize("style", STYLES)
def test_a_whole_list_verifies(style, width):
    made = sampled(len(style), 24)
    text = "\n".join(
        wrapped(number, print_in(style, work).text, width) for number, work in enumerate(made, 1)
    )
    parsed = parse_citation_list(f"References\n\n{text}\n")
    assert (parsed.unread, parsed.problems) == ((), ())
    answers = [locked_answer(work) for work in made]
    report = build_report(resolve_references(list(parsed.references), answers), None, [])
    assert [
        (entry["number"], entry["verdict"], [one["code"] for one in entry["findings"]])
        for entry in report["references"]
    ] == [(number, "verified", []) for number in range(1, len(made) + 1)]


@pytest.mark.parametrize("marker", ["{}. ", "({}) ", "- [{}] ", "［{}］"])
def test_a_list_of_all_styles_under_any_marker_verifies(marker):
    made = sampled(3, 10)
    styles = itertools.cycle(STYLES)
    text = "\n".join(
        marker.format(number) + print_in(next(styles), work).text
        for number, work in enumerate(made, 1)
    )
    parsed = parse_citation_list(text)
    answers = [locked_answer(work) for work in made]
    report = build_report(resolve_references(list(parsed.references), answers), None, [])
    assert [entry["verdict"] for entry in report["references"]] == ["verified"] * len(made)


@pytest.mark.parametrize("style", STYLES)
def test_a_chinese_list_agrees_with_a_record_in_pinyin(style):
    """PubMed's records of Chinese articles have the authors in pinyin."""
    outcomes = set()
    for work in (one for one in sampled(11, 30) if one.chinese):
        answer = locked_answer(work)
        for person in answer["author"]:
            person["family"] = planted_references.HAN_FAMILIES[person["family"]]
            person["given"] = planted_references.HAN_GIVEN[person["given"]]
        printed_reference = read_back(f"[1] {print_in(style, work).text}")
        report = build_report(resolve_references([printed_reference], [answer]), None, [])
        (entry,) = report["references"]
        author = next(one for one in entry["fields"] if one["field"] == "author")
        outcomes.add((entry["verdict"], author["state"]))
    assert outcomes == {("verified", "agrees")}


@pytest.mark.parametrize("style", STYLES)
def test_without_its_doi_the_work_is_found_by_its_title(style):
    for work in sampled(7, 12):
        reference = read_back(f"[1] {print_in(style, work, doi=None).text}")
        verdict, graver = judged(reference, work)
        assert (reference.doi, verdict, graver) == (None, "suggested", []), work.title


# --- as journals print them ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "authors", "complete", "title", "journal", "numbers"),
    [
        pytest.param(
            "Smith J. E. coli infections. Lancet. 2020;1:2-3.",
            ["Smith J"],
            True,
            "E. coli infections",
            "Lancet",
            (2020, "1", None, "2-3"),
            id="a title that begins as initials do",
        ),
        pytest.param(
            "Smith J. HIV, ageing and cancer. Lancet. 2020;1:2-3.",
            ["Smith J"],
            True,
            "HIV, ageing and cancer",
            "Lancet",
            (2020, "1", None, "2-3"),
            id="a title that begins with capitals and a comma",
        ),
        pytest.param(
            "Editorial: of mice and men. Lancet Oncol. 2020;1:2-3.",
            [],
            True,
            "Editorial: of mice and men",
            "Lancet Oncol",
            (2020, "1", None, "2-3"),
            id="no authors",
        ),
        pytest.param(
            "Horn L, Mansfield AS, et al; IMpower133 Study Group. First-line x. N Engl J Med."
            " 2018;379(23):2220-2229.",
            ["Horn L", "Mansfield AS", "IMpower133 Study Group"],
            False,
            "First-line x",
            "N Engl J Med",
            (2018, "379", "23", "2220-2229"),
            id="AMA, a group after et al.",
        ),
        pytest.param(
            "Horn, L.; Mansfield, A.S.; et al. First-Line X. N. Engl. J. Med. 2018, 379, 2220–2229,"
            " doi:10.1056/NEJMoa1809064.",
            ["Horn L.", "Mansfield A.S."],
            False,
            "First-Line X",
            "N. Engl. J. Med.",
            (2018, "379", None, "2220-2229"),
            id="MDPI, a comma before the DOI",
        ),
        pytest.param(
            "Paz-Ares, L., Dvorkin, M., et al. (2019). A Drug (CASPIAN). Lancet 394, 1929–1939.",
            ["Paz-Ares L.", "Dvorkin M."],
            False,
            "A Drug (CASPIAN)",
            "Lancet",
            (2019, "394", None, "1929-1939"),
            id="Frontiers, Harvard",
        ),
        pytest.param(
            "Rudin CM, Sage J. Small-cell lung cancer. Nat Rev Dis Primers (2021) 7(1):3.",
            ["Rudin CM", "Sage J"],
            True,
            "Small-cell lung cancer",
            "Nat Rev Dis Primers",
            (2021, "7", "1", "3"),
            id="Frontiers, Vancouver",
        ),
        pytest.param(
            "王晓明,李小华,欧阳锋,等. 安罗替尼的疗效[J]. 中国肺癌杂志,2020,23(5):858-865.",
            ["王晓明", "李小华", "欧阳锋"],
            False,
            "安罗替尼的疗效",
            "中国肺癌杂志",
            (2020, "23", "5", "858-865"),
            id="GB/T without blanks",
        ),
        pytest.param(
            "FORDE P M, SPICER J, LU S, et al. Neoadjuvant x[J]. Lancet, 2022, 386(21): 1973.",
            ["FORDE P M", "SPICER J", "LU S"],
            False,
            "Neoadjuvant x",
            "Lancet",
            (2022, "386", "21", "1973"),
            id="GB/T, two letters in capitals",
        ),
    ],
)
def test_references_as_journals_print_them(text, authors, complete, title, journal, numbers):
    reference = read_back(f"[1] {text}")
    assert [name_text(name) for name in reference.authors] == authors
    assert (reference.authors_complete, reference.title) == (complete, title)
    assert reference.container_title == journal
    assert (reference.year, reference.volume, reference.issue, reference.page) == numbers
