"""Two printings of one field, and two fields that are alike in print: pairs as real lists have."""

import pytest

from livingreview.references.comparison.compare import compare_field
from livingreview.references.comparison.journals import compare_journals
from livingreview.references.comparison.pages import compare_pages, is_page_outside, same_number
from livingreview.references.comparison.plain import comparison_key, readable, same_script
from livingreview.references.comparison.titles import compare_titles
from livingreview.references.record import Reference

MML = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("CMAR", "Cancer Management and Research"),
        ("JTCVS", "The Journal of Thoracic and Cardiovascular Surgery"),
        ("JITC", "Journal for ImmunoTherapy of Cancer"),
        ("BBA", "Biochimica et Biophysica Acta"),
        ("Biochim Biophys Acta Rev", "Biochimica et Biophysica Acta (BBA) - Reviews"),
        ("Ann NY Acad Sci", "Annals of the New York Academy of Sciences"),
        ("JNCI J Natl Cancer Inst", "Journal of the National Cancer Institute"),
        ("BMJ-British Medical Journal", "The BMJ"),
        ("Br Med J", "BMJ"),
        ("Z. Naturforsch. C", "Zeitschrift für Naturforschung C"),
        ("Revue de Medecine Interne", "La Revue de Médecine Interne"),
        ("Angew Chem Int Ed Engl", "Angewandte Chemie International Edition"),
        ("Anal. Cell. Pathol. (Amst).", "Anal Cell Pathol (Amst)"),
        ("中南大学学报（医学版）", "中南大学学报"),
    ],
)  # fmt: skip
def test_names_of_one_journal(short, full):
    states = [compare_journals(short, full).state, compare_journals(full, short).state]
    assert states == ["same", "same"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("JCO", "Journal of Thoracic Oncology"),
        ("JCP", "Journal of Psychology"),
        ("BMJ", "British Journal of Cancer"),
        ("Ann NJ Acad Sci", "Annals of the New York Academy of Sciences"),
        ("Cancer Research", "Clinical Cancer Research"),
        ("中华肿瘤杂志", "中华外科杂志"),
        ("Вопросы онкологии", "Вестник хирургии"),
    ],
)
def test_names_of_two_journals(one, two):
    states = [compare_journals(one, two).state, compare_journals(two, one).state]
    assert [state in ("near", "far") for state in states] == [True, True]


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        ("安罗替尼用于小细胞肺癌的疗效[J]", "安罗替尼用于小细胞肺癌的疗效"),
        ("Anlotinib in lung cancer [J/OL].", "Anlotinib in lung cancer"),
        ("Keytruda™ in lung cancer", "Keytruda® in lung cancer"),
        ("A loss of 20% in weight", "A loss of 20 per cent in weight"),
        ("Drug A v drug B in lung cancer", "Drug A versus drug B in lung cancer"),
        ("Centers for leukemia and diarrhea", "Centres for leukaemia and diarrhoea"),
    ],
)  # fmt: skip
def test_printings_of_one_title(cited, found):
    assert compare_titles(cited, found).state == "same"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (f"of <mml:math {MML}><mml:mover><mml:mi>x</mml:mi></mml:mover></mml:math>", "of x"),
        ("of <math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>", "of ab"),
        (
            "<jats:alternatives><jats:tex-math>$$\\alpha$$</jats:tex-math>"
            f"<mml:math {MML}><mml:mi>α</mml:mi></mml:math></jats:alternatives>-synuclein",
            "α-synuclein",
        ),
        ("<jats:tex-math>p</jats:tex-math>-values alone", "p-values alone"),
        ("P < 0.05 and n > 30", "P < 0.05 and n > 30"),
        ("<tex-math" * 2000, "<tex-math" * 2000),
    ],
)
def test_formulas_are_read_once(markup, text):
    assert readable(markup) == text


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("Иванов", "Ivanov", False),
        ("安罗替尼", "anlotinib", False),
        ("PDGFRβ в опухоли лёгкого", "Опухоль", True),
        ("Role of α, β and γ", "alpha", True),
        ("Müller", "Muller", True),
        ("", "x", True),
    ],
)
def test_scripts(one, two, alike):
    assert [same_script(one, two), same_script(two, one)] == [alike, alike]


@pytest.mark.parametrize(
    ("cited", "found", "outcome"),
    [
        ("604.e1-8", "604.e1-604.e8", "same"),
        ("604.e1-604.e9", "604.e1-604.e8", "last-differs"),
        ("605.e1-605.e8", "604.e1-604.e8", "differs"),
        ("604-604", "604.4-604", "incomparable"),
    ],
)
def test_pages_behind_a_page(cited, found, outcome):
    assert compare_pages(cited, found) == outcome


@pytest.mark.parametrize(
    ("single", "pages", "outside"),
    [
        ("611-611", "601-609", True),
        ("NP1036", "NP36-NP40", True),
        ("NP36", "NP36-NP40", False),
        ("e1036", "601-609", False),
        ("611", "1-9", False),
    ],
)
def test_a_page_outside_a_range(single, pages, outside):
    assert is_page_outside(single, pages) == outside


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("v12", "12", True),
        ("第12卷", "12", True),
        ("5 Pt 1", "5, Part 1", True),
        ("Pt 1", "Pt 2", False),
    ],
)
def test_volumes_and_issues(one, two, alike):
    assert [same_number(one, two), same_number(two, one)] == [alike, alike]


ONLINE = {"published-online": {"date-parts": [[2021, 6, 3]]}, "volume": "12"}
WINTER = {"published-online": {"date-parts": [[2021, 12, 22]]}}
NUMBERED = {"article-number": "917089"}
REGISTRY = {"_source": "crossref"}


@pytest.mark.parametrize(
    ("year", "record", "state", "code"),
    [
        pytest.param(2022, NUMBERED, "differs", "year.mismatch", id="article number"),
        pytest.param(2020, {"page": "e77"}, "differs", "year.mismatch", id="number as page"),
        pytest.param(2020, REGISTRY, "differs", "year.mismatch", id="no pages in the registry"),
        pytest.param(2020, {}, "not-comparable", None, id="pages not seen"),
        pytest.param(2020, {"page": "1-9"}, "not-comparable", None, id="pages"),
        pytest.param(
            2022, NUMBERED | WINTER, "not-comparable", "year.after-online", id="turn of the year"
        ),
        pytest.param(
            2022, NUMBERED | {"volume": None}, "not-comparable", "year.after-online", id="no volume"
        ),
    ],
)
def test_a_year_beside_the_online_one(year, record, state, code):
    found = {"_source": "page", "_query": {}, "_outcome": "found", **ONLINE, **record}
    outcome = compare_field("year", Reference(key="a", number=1, year=year), found)
    assert (outcome.state, outcome.code) == (state, code)


@pytest.mark.parametrize(
    ("printed", "record", "state", "code"),
    [
        pytest.param(
            "[Treatment of lung cancer in old age].",
            {"title": ["Lungenkrebs im höheren Lebensalter"]},
            "not-comparable", None, id="a translation in brackets",
        ),
        pytest.param(
            "Lung cancer in old age: a trial in mice",
            {"title": ["Lung cancer in old age"], "subtitle": ["results from three centres"]},
            "differs", "title.mismatch", id="another subtitle",
        ),
        pytest.param(
            "Lung cancer in old age",
            {"title": ["Lung cancer in old age"], "subtitle": ["results from three centres"]},
            "agrees", None, id="the main title alone",
        ),
        pytest.param(
            "老年肺癌的治疗：动物实验研究",
            {"title": ["老年肺癌的治疗"], "subtitle": ["三个中心的结果"]},
            "differs", "title.mismatch", id="another subtitle, in Chinese",
        ),
    ],
)  # fmt: skip
def test_titles_in_brackets_and_subtitles(printed, record, state, code):
    found = {"_source": "crossref", "_query": {}, "_outcome": "found", **record}
    outcome = compare_field("title", Reference(key="a", number=1, title=printed), found)
    assert (outcome.state, outcome.code) == (state, code)


def test_a_trade_mark_is_no_pair_of_letters():
    assert comparison_key("Abraxane™") == comparison_key("Abraxane®") == "abraxane"
