"""Cases in which a comparison can easily say too much, or too little."""

import pytest

from livingreview.references.comparison.compare import compare_field
from livingreview.references.comparison.journals import compare_journals
from livingreview.references.comparison.titles import compare_titles
from livingreview.references.corrections.author_names import author_names
from livingreview.references.corrections.bibliography import propose_corrections
from livingreview.references.judgement.validate import build_report
from livingreview.references.record import Name, Reference
from livingreview.references.resolution.resolve import resolve_references

ANSWER = {
    "_source": "crossref",
    "_query": {"doi": "10.1000/a"},
    "_outcome": "found",
    "_retrieved": "2026-11-22",
}


def state(field, printed, record):
    outcome = compare_field(field, Reference("k", 1, **printed), ANSWER | record)
    return outcome.code or outcome.state


@pytest.mark.parametrize(
    ("printed", "record", "expected"),
    [
        ({"volume": "30"}, {"volume": "00"}, "not-comparable"),
        ({"volume": "30"}, {"volume": "0"}, "not-comparable"),
        ({"volume": "30"}, {"volume": "ahead-of-print"}, "not-comparable"),
        ({"volume": "XII"}, {"volume": "12"}, "not-comparable"),
        ({"volume": "30"}, {"volume": "31"}, "volume.mismatch"),
        ({"issue": "4"}, {"issue": "00"}, "not-comparable"),
        ({"issue": "4"}, {"issue": "5"}, "issue.mismatch"),
    ],
)
def test_a_number_still_to_come_contradicts_nothing(printed, record, expected):
    assert state(next(iter(printed)), printed, record) == expected


@pytest.mark.parametrize(
    ("printed", "record", "expected"),
    [
        pytest.param("1234-1245", {"page": "1-12"}, "not-comparable", id="ahead of print"),
        pytest.param(
            "1234-1245", {"page": "1-12", "volume": "00"}, "not-comparable", id="volume to come"
        ),
        pytest.param("2030-2040", {"page": "1029"}, "page.mismatch", id="another first page"),
        pytest.param("2030-2040", {"page": "2030"}, "agrees", id="the first page only"),
        pytest.param("S30-S40", {"page": "S29"}, "page.mismatch", id="with a letter"),
        pytest.param("1-9", {"page": "1029"}, "not-comparable", id="pages of the PDF"),
        pytest.param("30-40", {"page": "e1029"}, "not-comparable", id="a number of another kind"),
        pytest.param(
            "2030-2040",
            {"page": "1029", "article-number": "1029"},
            "not-comparable",
            id="a number for the article",
        ),
        pytest.param(
            "4484212",
            {"page": "1-9", "article-number": "4484211", "volume": "7"},
            "page.mismatch",
            id="another article number, in pages",
        ),
        pytest.param(
            "4484211",
            {"page": "1-9", "article-number": "4484211", "volume": "7"},
            "agrees",
            id="the article number, in pages",
        ),
        pytest.param(
            "47",
            {"page": "1-9", "article-number": "4484211", "volume": "7"},
            "not-comparable",
            id="a number that may be a page",
        ),
    ],
)
def test_pages_and_article_numbers(printed, record, expected):
    assert state("page", {"page": printed}, record) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Circulation", "Circulation: Heart Failure", "incomparable"),
        ("Lung Cancer", "Lung Cancer: Targets and Therapy", "incomparable"),
        ("Circ Heart Fail", "Circulation: Heart Failure", "same"),
        ("JNCI", "JNCI: Journal of the National Cancer Institute", "same"),
        ("CA Cancer J Clin", "CA: A Cancer Journal for Clinicians", "same"),
        ("Database", "Database: The Journal of Biological Databases and Curation", "same"),
    ],
)
def test_a_sister_journal_is_not_taken_for_the_journal(one, other, expected):
    assert compare_journals(one, other).state == expected
    assert compare_journals(other, one).state == expected


TITLE = "Anlotinib in relapsed small cell lung cancer: a randomised phase 2 trial"
RECORD = {
    "DOI": "10.1000/a",
    "title": [TITLE],
    "author": [{"family": "Smith", "given": "John"}, {"family": "Li", "given": "Wei"}],
    "container-title": ["Lung Cancer"],
    "published-print": {"date-parts": [[2020]]},
    "volume": "12",
    "issue": "3",
    "page": "100-110",
}


def codes_of(**printed):
    reference = Reference(
        **{
            "key": "k",
            "number": 1,
            "title": TITLE,
            "authors": (Name("Smith", "J."), Name("Li", "W.")),
            "container_title": "Lung Cancer",
            "year": 2020,
            "volume": "12",
            "issue": "3",
            "page": "100-110",
            "doi": "10.1000/a",
            "doi_printed": "10.1000/a",
        }
        | printed
    )
    report = build_report(resolve_references([reference], [ANSWER | RECORD]), None, [])
    return {(one["code"], one["severity"]) for one in report["references"][0]["findings"]}


def test_two_slips_make_no_other_work():
    slips = {"title": TITLE.replace("cancer:", "cancers:"), "page": "101-110"}
    assert codes_of(**slips) == {("title.mismatch", "warning"), ("page.mismatch", "error")}
    other = {"title": TITLE.replace("lung", "gastric"), "page": "501-510"}
    assert {code for code, _ in codes_of(**other)} == {"doi.wrong-work"}


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} (Review)",
        f"{TITLE} [Review]",
        f"Review: {TITLE}",
        f"Original Article: {TITLE}",
        f"{TITLE} [Letter]",
        f"{TITLE}<sup>1</sup>",
        f"{TITLE} (in Chinese)",
        f"{TITLE} [corrected]",
        f"{TITLE} [Preprint]",
    ],
)
def test_what_stands_beside_a_title_is_no_other_title(title):
    assert compare_titles(TITLE, title).state in ("same", "subtitle", "shortened")
    assert compare_titles(title, TITLE).state in ("same", "subtitle", "shortened")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "Biochim Biophys Acta",
            "Biochimica et Biophysica Acta (BBA) - Molecular Cell Research",
            "incomparable",
        ),
        ("Ned Tijdschr Geneeskd", "Nederlands Tijdschrift voor Geneeskunde", "same"),
        ("Gan To Kagaku Ryoho", "Japanese Journal of Cancer and Chemotherapy", "incomparable"),
        (
            "Zh Nevrol Psikhiatr Im S S Korsakova",
            "Zhurnal nevrologii i psikhiatrii im. S.S. Korsakova",
            "same",
        ),
        ("Khirurgiia (Mosk)", "Khirurgiya. Zhurnal im. N.I. Pirogova", "incomparable"),
        ("Voprosy onkologii", "Problems in oncology", "incomparable"),
        ("Onkologie", "Lung Cancer", "far"),
        ("Strahlenther Onkol", "Strahlentherapie und Onkologie", "same"),
        ("Z Gastroenterol", "Zeitschrift für Gastroenterologie", "same"),
    ],
)
def test_sections_and_journals_of_other_languages(one, other, expected):
    assert compare_journals(one, other).state == expected
    assert compare_journals(other, one).state == expected


def people(*pairs):
    return {"author": [{"family": family, "given": given} for family, given in pairs]}


@pytest.mark.parametrize(
    ("printed", "record", "expected"),
    [
        pytest.param(
            (Name("李", "伟"), Name("王", "芳")),
            people(("伟", "李"), ("芳", "王")),
            "author.inverted",
            id="Chinese names exchanged",
        ),
        pytest.param(
            (Name("李", "伟"), Name("王", "芳")),
            people(("伟", "李"), ("芬", "王")),
            "author.mismatch",
            id="and another one",
        ),
        pytest.param(
            (Name("Smith", "J."), Name("Garcia", "A.")),
            people(("Smith", "Dr. John"), ("and Garcia", "Ana")),
            "agrees",
            id="a title before, and the last of a list",
        ),
        pytest.param(
            (Name("Su", "G."), Name("Sudesiqin")),
            {"author": [{"family": "Su", "given": "Gencheng"}, {"name": "Sudesiqin"}]},
            "agrees",
            id="one name, deposited as a group",
        ),
        pytest.param(
            (Name("Ali", "Q."), Name(literal="Ehtisham-ul-Haq")),
            {"author": [{"family": "Ali", "given": "Q."}, {"family": "Ehtisham-ul-Haq"}]},
            "agrees",
            id="one name, printed as a group",
        ),
        pytest.param(
            (Name("Rahman", "M."),), people(("Rahman", "Md Abdur")), "agrees", id="Md is a name"
        ),
        pytest.param(
            (Name("Müller", "K."), Name("Freitas", "M. S.")),
            people(("MÃ¼ller", "K."), ("Freitas", "MÃ´nica S.")),
            "agrees",
            id="encoded twice",
        ),
    ],
)
def test_names_as_deposits_have_them(printed, record, expected):
    assert state("author", {"authors": printed}, record) == expected


@pytest.mark.parametrize(
    "title",
    [
        pytest.param(TITLE.replace("lung", "gastric").upper(), id="all in capitals"),
        pytest.param(
            TITLE.replace("lung", "<mml:math><mml:mi>M</mml:mi></mml:math>-cell"), id="a formula"
        ),
    ],
)
def test_a_title_that_nobody_prints_so_is_not_proposed(title):
    reference = Reference("k", 1, title=TITLE, doi="10.1000/a", doi_printed="10.1000/a")
    lines = resolve_references([reference], [ANSWER | RECORD | {"title": [title]}])
    report = build_report(lines, None, [])
    assert [one["code"] for one in report["references"][0]["findings"]] == ["title.mismatch"]
    assert propose_corrections(lines, report) == []


def test_of_two_authors_that_fit_one_printed_name_each_keeps_its_own():
    names = (Name("Lee", "HJ"), Name("Lee", "H"), Name("Lee", "JK"))
    record = people(("Lee", "Hyun Ju"), ("Lee", "Jong Kil"), ("Lee", "Hyun"))
    reference = Reference("k", 1, title=TITLE, authors=names, doi="10.1000/a")
    assert author_names(reference, ANSWER | record) == (names[0], names[2], names[1])


def test_the_mark_of_its_kind_stays_behind_a_corrected_title():
    printed = TITLE.replace("lung", "gastric") + "[J]"
    reference = Reference("k", 1, title=printed, year=2020, doi="10.1000/a")
    record = {name: RECORD[name] for name in ("DOI", "title", "published-print")}
    lines = resolve_references([reference], [ANSWER | record])
    corrections = propose_corrections(lines, build_report(lines, None, []))
    assert [one.values for one in corrections] == [{"title": f"{TITLE}[J]"}]
