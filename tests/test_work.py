"""Records as deposits have them: what is misshapen in one is read as far as it can be."""

import pytest

from livingreview.references.comparison.plain import readable
from livingreview.references.comparison.years import is_continuous
from livingreview.references.record import Name
from livingreview.references.work import author_list_complete, work_authors, work_titles


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param("MÃ´nica S.", "Mônica S.", id="Latin-1"),
        pytest.param("phase 2â€“3", "phase 2–3", id="Windows-1252"),
        pytest.param("å®\x89ç½\x97æ\x9b¿å°¼", "安罗替尼", id="Chinese"),
        pytest.param("SÃO PAULO", "SÃO PAULO", id="a capital of Portuguese"),
        pytest.param("Müller Â", "Müller Â", id="letters that are none of it"),
        pytest.param("安罗替尼", "安罗替尼", id="Chinese as it is"),
    ],
)
def test_text_that_was_encoded_twice_is_read_once(printed, expected):
    assert readable(printed) == expected


@pytest.mark.parametrize(
    "last",
    [
        {"family": "et al."},
        {"given": "et", "family": "al."},
        {"family": "al.", "given": "et"},
        {"name": "et al"},
        {"family": "等"},
    ],
)
def test_et_al_in_a_record_is_nobody_and_says_that_there_are_more(last):
    work = {"author": [{"family": "Smith", "given": "John"}, last]}
    assert work_authors(work) == (Name("Smith", "John"),)
    assert author_list_complete(work) is False


def test_a_person_named_etal_would_need_more_letters():
    work = {"author": [{"family": "Etala", "given": "P."}]}
    assert work_authors(work) == (Name("Etala", "P."),)
    assert author_list_complete(work) is True


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"title": ["Main"], "subtitle": ["Sub"]}, ["Main", "Main: Sub"]),
        ({"title": [""], "subtitle": ["Sub"], "original-title": ["副"]}, ["Sub", "副"]),
    ],
)
def test_a_subtitle_without_a_title_is_the_title(record, expected):
    assert work_titles(record) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"article-number": "917089"}, True, id="by a number, without issues"),
        pytest.param({"article-number": "917089", "issue": "3"}, False, id="with an issue"),
        pytest.param({"issue": "3"}, False, id="no page, with an issue"),
        pytest.param({"page": "1-9"}, False, id="pages"),
    ],
)
def test_a_volume_without_issues_has_one_year(fields, expected):
    dates = {"published-online": {"date-parts": [[2020, 10, 15]]}, "volume": "12"}
    assert is_continuous({"_source": "crossref", **dates, **fields}) is expected
