"""Chinese and English rows of one result become one result, whatever their numbers say."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingreview.endpoints.pairing import pair_rows, printed_value
from livingreview.endpoints.vocabulary import read_vocabulary
from review_results import make_row, review_rows

ROOT = Path(__file__).resolve().parent.parent
VOCABULARY = read_vocabulary(ROOT / "config" / "vocabulary.yaml")


def zh(printed, position=0, **columns):
    defaults = {"arm": "安罗替尼组", "comparator": "安慰剂组", "population": "sclc"}
    return make_row("zh", position, printed=printed, **(defaults | columns))


def en(printed, position=0, **columns):
    defaults = {"arm": "anlotinib", "comparator": "placebo", "population": "sclc"}
    return make_row("en", position, printed=printed, **(defaults | columns))


def paired(chinese, english):
    """For each result its printed values (zh, en) and what is said of the languages."""
    found = []
    for result in pair_rows({"zh": chinese, "en": english}, VOCABULARY):
        rows = (result.row("zh"), result.row("en"))
        values = [str(printed_value(row)) if row else None for row in rows]
        found.append((*values, result.languages))
    return found


PLACEBO = {"arm": "安慰剂组", "comparator": "安罗替尼组"}
PLACEBO_EN = {"arm": "placebo", "comparator": "anlotinib"}


@pytest.mark.parametrize(
    ("chinese", "english", "expected"),
    [
        pytest.param([zh("4.1")], [en("4.1")], [("4.1", "4.1", "agree")], id="the same result"),
        pytest.param([zh("4.0")], [en("4")], [("4.0", "4", "agree")], id="4.0 is 4"),
        pytest.param(
            [zh("4.1")], [en("5.1")], [("4.1", "5.1", "differ")], id="a number changed in English"
        ),
        pytest.param(
            [zh("5.1")], [en("4.1")], [("5.1", "4.1", "differ")], id="a number changed in Chinese"
        ),
        pytest.param(
            [zh("4.1"), zh("0.7", 1, **PLACEBO)],
            [en("0.7", **PLACEBO_EN), en("4.1", 1)],
            [("4.1", "4.1", "agree"), ("0.7", "0.7", "agree")],
            id="another order of the arms",
        ),
        pytest.param(
            [zh("4.1"), zh("0.7", 1, **PLACEBO)],
            [en("0.7"), en("4.1", 1, **PLACEBO_EN)],
            [("4.1", "0.7", "differ"), ("0.7", "4.1", "differ")],
            id="arms swapped in English",
        ),
        pytest.param(
            [zh("4.1"), zh("7.3", 1, endpoint="PFS")],
            [en("4.1")],
            [("4.1", "4.1", "agree"), ("7.3", None, "only-zh")],
            id="missing in English",
        ),
        pytest.param(
            [zh("4.1")],
            [en("7.3", endpoint="PFS"), en("4.1", 1)],
            [("4.1", "4.1", "agree"), (None, "7.3", "only-en")],
            id="missing in Chinese",
        ),
        pytest.param(
            [zh("4.1"), zh("4.3", 1)],
            [en("4.1"), en("4.3", 1)],
            [("4.1", "4.1", "agree"), ("4.3", "4.3", "agree")],
            id="one result stated twice pairs in order",
        ),
        pytest.param(
            [zh("4.1")],
            [en("4.1", population=None, line="third", comparator=None)],
            [("4.1", "4.1", "agree")],
            id="one language leaves out population, line and comparator",
        ),
        pytest.param(
            [zh("4.1", arm="对照方案")], [en("4.1", arm="control regimen")],
            [("4.1", "4.1", "agree")], id="arms that the vocabulary does not know",
        ),
        pytest.param(
            [zh("4.1")], [en("4.1", population="nsclc")],
            [("4.1", None, "only-zh"), (None, "4.1", "only-en")], id="another population",
        ),
        pytest.param(
            [zh("4.1")], [en("4.1", references=("liu2021effect",))],
            [("4.1", None, "only-zh"), (None, "4.1", "only-en")], id="another work",
        ),
        pytest.param(
            [zh("41", unit="%", statistic="rate", timepoint=1.0, timepoint_unit="year")],
            [en("41", unit="%", statistic="rate", timepoint=12.0, timepoint_unit="month")],
            [("41", "41", "agree")], id="one year is twelve months",
        ),
        pytest.param(
            [zh("41", unit="%", statistic="rate", timepoint=1.0, timepoint_unit="year")],
            [en("41", unit="%", statistic="rate", timepoint=3.0, timepoint_unit="year")],
            [("41", None, "only-zh"), (None, "41", "only-en")], id="another time point",
        ),
        pytest.param(
            [zh("4.1", p="0.02")], [en("4.1", p="0.2")], [("4.1", "4.1", "differ")], id="another p"
        ),
        pytest.param(
            [zh("4.1", p="0.02")], [en("4.1", p="P = 0.020")], [("4.1", "4.1", "agree")],
            id="p written otherwise",
        ),
        pytest.param(
            [zh("4.1", n=82)], [en("4.1")], [("4.1", "4.1", "agree")],
            id="patients stated in one language only",
        ),
        pytest.param(
            [zh("4.1", unit="weeks")], [en("4.1")], [("4.1", "4.1", "differ")], id="another unit"
        ),
        pytest.param([], [], [], id="no rows"),
    ],
)  # fmt: skip
def test_rows_pair_by_what_they_are_of(chinese, english, expected):
    assert paired(chinese, english) == expected


def test_one_language_alone_is_no_disagreement():
    results = pair_rows({"en": [en("4.1"), en("7.3", 1, endpoint="PFS")]}, VOCABULARY)
    assert [(result.id, result.languages) for result in results] == [
        ("R001", "single"),
        ("R002", "single"),
    ]


def test_a_number_as_citation_is_the_work_in_that_place():
    keys = {"30": "cheng2021anlotinib"}
    results = pair_rows(
        {"zh": [zh("4.1", references=("30",))], "en": [en("4.1")]}, VOCABULARY, keys
    )
    assert [(r.languages, r.identity.references) for r in results] == [
        ("agree", ("cheng2021anlotinib",))
    ]


def test_three_languages_are_refused():
    with pytest.raises(ValueError, match="two languages at most"):
        pair_rows({"zh": [], "en": [], "de": []}, VOCABULARY)


def test_the_result_takes_what_either_language_states():
    chinese = zh("4.1", population=None, arm="某方案", trial=None)
    english = en("4.1", line="third", trial="ALTER1202", n=82)
    (result,) = pair_rows({"zh": [chinese], "en": [english]}, VOCABULARY)
    identity = result.identity
    assert (identity.population, identity.line, identity.arm) == ("sclc", "third", "anlotinib")
    assert (result.trial, result.stated("n"), result.setting) == ("ALTER1202", 82, "third_line")


VALUES = st.lists(
    st.floats(min_value=0, max_value=99, allow_nan=False).map(lambda value: round(value, 1)),
    min_size=70,
    max_size=70,
)


@settings(max_examples=25, deadline=None)
@given(VALUES, st.randoms(use_true_random=False))
def test_pairing_does_not_look_at_numbers_nor_at_the_order_of_different_results(values, random):
    chinese = review_rows("zh")
    english = review_rows("en")
    changed = [
        row if row.value is None else replace(row, value=value)
        for row, value in zip(english, values, strict=True)
    ]
    random.shuffle(changed)
    twins = {
        result.row("zh").start: result.row("en").start
        for result in pair_rows({"zh": chinese, "en": changed}, VOCABULARY)
    }
    assert twins == {row.start: row.start for row in chinese}


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, 69)), st.sets(st.integers(0, 69)))
def test_every_row_stands_in_exactly_one_result(missing_zh, missing_en):
    chinese = [row for i, row in enumerate(review_rows("zh")) if i not in missing_zh]
    english = [row for i, row in enumerate(review_rows("en")) if i not in missing_en]
    results = pair_rows({"zh": chinese, "en": english}, VOCABULARY)
    assert sorted(row.start for r in results if (row := r.row("zh"))) == [r.start for r in chinese]
    assert sorted(row.start for r in results if (row := r.row("en"))) == [r.start for r in english]
    assert len({result.id for result in results}) == len(results)
