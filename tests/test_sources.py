"""Results that the sources print: reading the lock, and the review's numbers beside it."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingreview.endpoints.checks import check_results
from livingreview.endpoints.extract.engine import extract
from livingreview.endpoints.identity import Identity
from livingreview.endpoints.rounding import (
    compare_p,
    parse_p,
    printed_number,
    same_when_rounded,
)
from livingreview.endpoints.sources import (
    SOURCE_COLUMNS,
    Numbers,
    compare_with_source,
    read_source_results,
)
from livingreview.endpoints.trials import read_trials
from livingreview.endpoints.vocabulary import read_vocabulary
from livingreview.errors import InputError
from livingreview.files import csv_text
from review_results import REVIEW, review_rows

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "data" / "lock" / "endpoints.csv"


@pytest.fixture(scope="module")
def vocabulary():
    return read_vocabulary(ROOT / "config" / "vocabulary.yaml")


@pytest.fixture(scope="module")
def lock(vocabulary):
    return read_source_results(LOCK, vocabulary)


# ------------------------------------------------------------------------------- the lock


def test_the_lock_holds_every_result_that_was_read(lock):
    assert Counter(result.report for result in lock) == {"cited": 181, "other": 72}
    assert {result.seen for result in lock} == {"2026-11-22"}
    assert all(result.page.startswith("http") and result.as_seen for result in lock)


def test_the_lock_says_what_was_read_value_by_value(lock, shared):
    """Numbers, places and p are those read; four lines were told apart from a line's note."""
    with (shared / "sources" / "endpoints.csv").open(encoding="utf-8") as file:
        read = list(csv.DictReader(file))
    added = [r for r in lock if r.note.startswith(("second half of the line", "read beside"))]
    carried = [result for result in lock if result not in added]
    assert len(added) == 4
    assert len(carried) == len(read) == 249
    for result, line in zip(carried, read, strict=True):
        ours = (str(result.value or ""), str(result.ci_low or ""), result.where, result.n)
        theirs = (line["value"], line["ci_low"], line["where"], int(line["n"] or 0) or None)
        assert (ours[0] or "0", *ours[1:]) == (theirs[0] or "0", *theirs[1:])
        assert (result.report == "cited") == (line["where"] == "abstract")
        assert line["endpoint"] in result.as_seen
        assert line["population"] in result.as_seen
        assert line["arm"] in result.as_seen


@pytest.mark.parametrize(
    ("seen", "endpoint"),
    [
        pytest.param("endpoint: CNS DCR;", "RATE:CNS DCR", id="control in the brain"),
        pytest.param("statistic: lower bound", "RATE:DCR lower bound", id="a lower bound"),
        pytest.param("statistic: risk ratio", "RATE:leukopenia risk ratio", id="a risk ratio"),
        pytest.param("endpoint: follow-up;", "RATE:follow-up", id="follow-up"),
        pytest.param("endpoint: sample size;", "RATE:sample size", id="a number of patients"),
    ],
)
def test_what_is_no_plain_outcome_goes_by_another_name(lock, seen, endpoint):
    assert {result.endpoint for result in lock if seen in result.as_seen} == {endpoint}


def test_survival_of_responders_is_another_population(lock):
    by_population = {
        (result.population, result.value)
        for result in lock
        if result.key == "ma2025anlotinib"
        and (result.endpoint, result.statistic, result.arm) == ("OS", "median", "anlotinib")
    }
    assert by_population == {
        ("es_sclc", Decimal("23.8")),
        ("es_sclc_responders", Decimal("34.0")),
    }


# ---------------------------------------------------------------------------- bad inputs

GOOD = {
    "key": "cheng2021anlotinib", "report": "cited", "population": "sclc", "line": "third_or_later",
    "arm": "anlotinib", "comparator": "placebo", "n": "82", "endpoint": "PFS",
    "statistic": "median", "value": "4.1", "unit": "months", "ci_low": "2.8", "ci_high": "4.2",
    "p": "<0.0001", "where": "abstract", "page": "https://example.org", "seen": "2026-11-22",
    "as_seen": "PFS",
}  # fmt: skip


def written(tmp_path, **changes):
    path = tmp_path / "endpoints.csv"
    path.write_text(csv_text(SOURCE_COLUMNS, [GOOD, GOOD | changes]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"value": "4,1"}, "value '4,1': not a number", id="decimal comma"),
        pytest.param({"value": "nan"}, "value 'nan': not a number", id="not a number"),
        pytest.param({"value": "1e9"}, "value '1e9': not a number", id="exponent"),
        pytest.param({"n": "8.5"}, "n '8.5': not a whole number", id="half a patient"),
        pytest.param({"endpoint": "PSF"}, "endpoint 'PSF': unknown", id="endpoint"),
        pytest.param({"endpoint": "AE:"}, "endpoint 'AE:': unknown", id="adverse event of no name"),
        pytest.param({"statistic": "mean"}, "statistic 'mean': unknown", id="statistic"),
        pytest.param({"statistic": ""}, "statistic '': unknown", id="no statistic"),
        pytest.param({"unit": "mo"}, "unit 'mo': unknown", id="unit"),
        pytest.param({"report": "abstract"}, "report 'abstract': unknown", id="report"),
        pytest.param({"population": "SCLC"}, "population 'SCLC': unknown", id="population"),
        pytest.param({"line": "4th"}, "line '4th': unknown", id="line"),
        pytest.param({"grade": "5"}, "grade '5': unknown", id="grade"),
        pytest.param({"not_reached": "yes"}, "not_reached 'yes': unknown", id="not reached"),
        pytest.param({"arm": "Anlotinib"}, "arm 'Anlotinib': 'Anlotinib' is unknown", id="arm"),
        pytest.param(
            {"arm": "etoposide+anlotinib"}, "arm 'etoposide+anlotinib': not sorted", id="order"
        ),
        pytest.param({"key": ""}, "key '': a citation key is needed", id="no key"),
        pytest.param(
            {"timepoint": "3"}, "timepoint_unit '': unknown", id="a time point without its unit"
        ),
        pytest.param(
            {"value": "", "ci_low": ""}, "value '': a value, a range or not_reached", id="nothing"
        ),
    ],
)
def test_a_line_that_cannot_be_meant_is_named(tmp_path, vocabulary, changes, message):
    path = written(tmp_path, **changes)
    with pytest.raises(InputError) as error:
        read_source_results(path, vocabulary)
    assert str(error.value).startswith(f"{path}:3: {message}")


def test_a_header_that_is_not_the_contract_is_refused(tmp_path, vocabulary):
    path = tmp_path / "endpoints.csv"
    path.write_text("key,value\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"endpoints\.csv:1: columns are not those expected"):
        read_source_results(path, vocabulary)


def test_a_line_after_a_cell_of_two_lines_is_counted_right(tmp_path, vocabulary):
    path = tmp_path / "endpoints.csv"
    lines = [GOOD | {"note": "one\ntwo"}, GOOD | {"unit": "mo"}]
    path.write_text(csv_text(SOURCE_COLUMNS, lines), encoding="utf-8")
    with pytest.raises(InputError, match=r"endpoints\.csv:4: unit"):
        read_source_results(path, vocabulary)


# ---------------------------------------------------------------------------- comparison


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_of_the_review_beside_its_source(lock, vocabulary, lang):
    """The table in review_results.py was made by reading the review and the lock."""
    checked = check_results({lang: review_rows(lang)}, lock, vocabulary, {})
    states = [line["source_state"] for line in checked.endpoints]
    assert states == [line[10] for line in REVIEW]
    others = {line["id"]: [] for line in checked.endpoints}
    for line in checked.other_reports:
        others[line["id"]].append(line["state"])
    assert list(others.values()) == [list(line[11]) for line in REVIEW]


def compare(vocabulary, tmp_path, numbers, *lines, references=("cheng2021anlotinib",), **changes):
    path = tmp_path / "endpoints.csv"
    path.write_text(csv_text(SOURCE_COLUMNS, [GOOD | line for line in lines]), encoding="utf-8")
    by_key = {}
    for result in read_source_results(path, vocabulary):
        by_key.setdefault(result.key, []).append(result)
    identity = {
        "references": references, "endpoint": "PFS", "statistic": "median", "timepoint": None,
        "grade": None, "population": "sclc", "line": "third_or_later", "arm": "anlotinib",
        "comparator": "placebo",
    }  # fmt: skip
    found = compare_with_source(Identity(**(identity | changes)), numbers, by_key, vocabulary)
    return found.state, found.reason


MONTHS_41 = Numbers(Decimal("4.1"), "months")
MONTHS_51 = Numbers(Decimal("5.1"), "months")


@pytest.mark.parametrize(
    ("numbers", "lines", "changes", "expected"),
    [
        pytest.param(MONTHS_41, [{}], {}, ("agrees", "equal"), id="the same number"),
        pytest.param(MONTHS_51, [{}], {}, ("differs", "value"), id="another number"),
        pytest.param(
            Numbers(Decimal("4"), "months"), [{}], {}, ("agrees", "rounded"), id="fewer decimals"
        ),
        pytest.param(
            Numbers(Decimal("4.14"), "months"), [{}], {}, ("agrees", "rounded"), id="more decimals"
        ),
        pytest.param(
            Numbers(Decimal("4.2"), "months"), [{}], {}, ("differs", "value"), id="last decimal"
        ),
        pytest.param(
            Numbers(Decimal("4.1"), "months", Decimal("2.8"), Decimal("4.9")),
            [{}], {}, ("differs", "interval"), id="another confidence limit",
        ),
        pytest.param(
            Numbers(Decimal("4.1"), "months", p="0.2"), [{}], {}, ("differs", "p"), id="another p"
        ),
        pytest.param(
            Numbers(Decimal("4.1"), "months", p="<0.05"), [{}], {}, ("agrees", "equal"),
            id="a wider bound for p",
        ),
        pytest.param(
            Numbers(None, "months", not_reached=True), [{}], {}, ("differs", "value"),
            id="not reached against a number",
        ),
        pytest.param(
            Numbers(None, "months", not_reached=True),
            [{"value": "", "not_reached": "true"}], {}, ("agrees", "equal"), id="both not reached",
        ),
        pytest.param(
            Numbers(Decimal("123"), "days"), [{}], {}, ("ambiguous", "unit"), id="days and months"
        ),
        pytest.param(
            Numbers(Decimal("2.0"), "years"),
            [{"value": "24.0", "ci_low": "", "ci_high": ""}], {}, ("agrees", "converted"),
            id="years and months",
        ),
        pytest.param(
            MONTHS_41, [{"arm": "placebo", "comparator": "anlotinib"}], {},
            ("not-in-source", "absent"), id="only the other arm",
        ),
        pytest.param(
            MONTHS_41, [{"population": "liver_metastases"}], {"population": "brain_metastases"},
            ("not-in-source", "absent"), id="another subgroup",
        ),
        pytest.param(
            MONTHS_51, [{"population": "liver_metastases"}], {"population": None},
            ("differs", "value"), id="population not stated, one candidate",
        ),
        pytest.param(
            MONTHS_41, [{}, {"population": "liver_metastases", "value": "1.5"}],
            {"population": None}, ("ambiguous", "several"),
            id="population not stated, two candidates",
        ),
        pytest.param(
            MONTHS_51, [{"population": "sclc"}], {"population": "es_sclc"},
            ("ambiguous", "description"), id="a narrower population is not contradicted",
        ),
        pytest.param(
            MONTHS_41, [{"population": "sclc"}], {"population": "es_sclc"},
            ("agrees", "equal"), id="a narrower population may agree",
        ),
        pytest.param(
            MONTHS_51, [{}], {"line": "second"}, ("not-in-source", "absent"), id="another line"
        ),
        pytest.param(MONTHS_51, [{}], {"line": "third"}, ("differs", "value"), id="third line"),
        pytest.param(
            MONTHS_51, [{}], {"arm": "?"}, ("ambiguous", "description"), id="unknown arm"
        ),
        pytest.param(
            MONTHS_51, [{}], {"comparator": "topotecan"}, ("ambiguous", "description"),
            id="another comparator",
        ),
        pytest.param(
            MONTHS_51, [{"report": "other"}], {}, ("source-not-seen", "unseen"),
            id="another report never differs",
        ),
        pytest.param(
            MONTHS_41, [{"report": "other"}], {}, ("source-not-seen", "unseen"),
            id="another report never agrees",
        ),
        pytest.param(
            MONTHS_51, [{}], {"references": ("cheng2021anlotinib", "unread2020work")},
            ("ambiguous", "other-works"), id="the number may stand in a work not read",
        ),
        pytest.param(
            MONTHS_41, [{}], {"references": ()}, ("source-not-seen", "no-reference"),
            id="nothing cited",
        ),
        pytest.param(
            MONTHS_41,
            [{"comparator": "topotecan", "p": "0.4"}, {"comparator": "observation", "p": "0.01"}],
            {"comparator": ""}, ("agrees", "equal"), id="one value in two contrasts",
        ),
        pytest.param(
            MONTHS_51, [{}, {"arm": "all", "comparator": "", "value": "5.1"}], {},
            ("ambiguous", "several"), id="the value of all patients",
        ),
        pytest.param(
            MONTHS_51, [{}, {"arm": "all", "comparator": "", "value": "5.2"}], {},
            ("differs", "value"), id="all patients have a third value",
        ),
        pytest.param(
            MONTHS_51,
            [{}, {"arm": "all", "comparator": "", "value": "5.1", "note": "not comparable: x"}],
            {}, ("differs", "value"), id="a line not comparable is no candidate",
        ),
        pytest.param(
            MONTHS_41, [{"note": "not comparable: x"}], {}, ("not-in-source", "absent"),
            id="nothing but a line not comparable",
        ),
        pytest.param(
            Numbers(Decimal("4.1"), "months", p="0.2"),
            [{}, {"comparator": "topotecan", "p": ""}], {}, ("differs", "p"),
            id="a line without p does not excuse another p",
        ),
        pytest.param(
            Numbers(Decimal("4.1"), "months", p="0.2"),
            [{}, {"comparator": "topotecan", "p": "0.2"}], {}, ("ambiguous", "several"),
            id="the p of another contrast",
        ),
        pytest.param(
            Numbers(Decimal("4.1"), "months", p="<0.001"), [{"p": "<0.05"}], {},
            ("ambiguous", "p-bound"), id="a tighter bound than the source prints",
        ),
        pytest.param(
            MONTHS_51,
            [{"arm": "", "comparator": ""}, {"arm": "all", "comparator": "", "value": "5.1"}],
            {"arm": "", "comparator": ""}, ("agrees", "equal"),
            id="no arm named: all patients before an unnamed arm",
        ),
    ],
)  # fmt: skip
def test_comparison_with_the_source(vocabulary, tmp_path, numbers, lines, changes, expected):
    assert compare(vocabulary, tmp_path, numbers, *lines, **changes) == expected


RATIO = {"statistic": "hazard_ratio", "unit": "ratio", "value": "0.19", "ci_low": "", "ci_high": ""}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, ("differs", "value"), id="the same contrast"),
        pytest.param(
            {"arm": "placebo", "comparator": "anlotinib"}, ("ambiguous", "description"),
            id="the contrast turned round",
        ),
        pytest.param(
            {"comparator": "topotecan"}, ("not-in-source", "absent"), id="another contrast"
        ),
        pytest.param(
            {"comparator": ""}, ("ambiguous", "direction"), id="the comparator is not named"
        ),
        pytest.param(
            {"arm": "", "comparator": ""}, ("ambiguous", "direction"), id="no arm is named"
        ),
    ],
)  # fmt: skip
def test_a_ratio_belongs_to_its_contrast(vocabulary, tmp_path, changes, expected):
    numbers = Numbers(Decimal("5.26"), "ratio")
    identity = {"statistic": "hazard_ratio", **changes}
    assert compare(vocabulary, tmp_path, numbers, RATIO, **identity) == expected


def test_one_year_is_twelve_months(vocabulary, tmp_path):
    line = {"statistic": "rate", "timepoint": "12", "timepoint_unit": "month", "unit": "%"}
    identity = {"statistic": "rate", "timepoint": ("month", 12.0)}
    numbers = Numbers(Decimal("4.1"), "%")
    assert compare(vocabulary, tmp_path, numbers, line, **identity) == ("agrees", "equal")


# ------------------------------------------------------------------------------ rounding

NUMBERS = st.decimals(min_value=0, max_value=10_000, places=4)
PLACES = st.integers(min_value=0, max_value=4)


@given(NUMBERS, PLACES)
def test_a_number_agrees_with_itself_rounded(number, places):
    rounded = round(number, places) if places else round(number, 0)
    assert same_when_rounded(number, rounded)
    assert same_when_rounded(rounded, number)


@given(NUMBERS, PLACES)
def test_a_step_in_the_last_decimal_never_agrees(number, places):
    rounded = round(number, places)
    step = Decimal(1).scaleb(-places)
    assert not same_when_rounded(rounded, rounded + step)


@given(NUMBERS, NUMBERS)
def test_agreement_does_not_depend_on_the_order(one, other):
    assert same_when_rounded(one, other) == same_when_rounded(other, one)


@given(st.text(max_size=200))
def test_any_text_can_be_asked_for_its_number(text):
    number = printed_number(text)
    assert number is None or number >= 0
    parse_p(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("4.90 months", "4.90", id="en"),
        pytest.param("４．９０ 个月", "4.90", id="full-width digits"),
        pytest.param("4·9个月", "4.9", id="mid-dot"),
        pytest.param("1,083 patients", "1083", id="thousands"),
        pytest.param("未达到", None, id="zh: no number"),
        pytest.param("not reached", None, id="en: no number"),
    ],
)
def test_the_printed_number_keeps_its_decimals(text, number):
    found = printed_number(text)
    assert (None if found is None else str(found)) == number


@pytest.mark.parametrize(
    ("reported", "source", "state"),
    [
        pytest.param("0.02", "0.020", "agrees", id="one number"),
        pytest.param("0.02", "0.2", "differs", id="another number"),
        pytest.param("P＜0.05", "p < 0.05", "agrees", id="one bound"),
        pytest.param("P＜0.05", "<0.001", "agrees", id="a looser bound"),
        pytest.param("<0.001", "P＜0.05", "ambiguous", id="a tighter bound than was printed"),
        pytest.param(">0.05", ">0.5", "agrees", id="a looser bound from above"),
        pytest.param(">0.5", ">0.05", "ambiguous", id="a tighter bound from above"),
        pytest.param("<0.001", "0.0005", "agrees", id="a bound that the number keeps"),
        pytest.param("<0.001", "0.01", "differs", id="a bound that the number breaks"),
        pytest.param(">0.05", "0.0996", "agrees", id="a bound from above that the number keeps"),
        pytest.param("0.012", "<0.05", "ambiguous", id="a number within the bound printed"),
        pytest.param("0.2", "<0.05", "differs", id="a number outside the bound printed"),
        pytest.param(">0.05", "<0.05", "differs", id="on either side of one bound"),
        pytest.param("<0.5", ">0.05", "ambiguous", id="bounds that overlap"),
        pytest.param("NS", "0.398", "agrees", id="en: words"),
        pytest.param("无统计学意义", "0.398", "agrees", id="zh: words"),
    ],
)
def test_p_value_beside_that_of_the_source(reported, source, state):
    assert compare_p(reported, source) == state


# ------------------------------------------------------------------- sentences of both languages


def judged(vocabulary, lock, text, lang):
    """(endpoint, value, state, value of the source) and the other reports of one text's results."""
    trials = read_trials(ROOT / "config" / "trials.yaml")
    rows = extract(text, "t", lang, vocabulary, trials).rows
    checked = check_results({lang: rows}, lock, vocabulary, {})
    return (
        [
            (e["endpoint"], e["value"], e["source_state"], e["source_value"])
            for e in checked.endpoints
        ],
        [(o["value"], o["state"]) for o in checked.other_reports],
    )


JUDGED = {
    "a value of all patients, given to one arm": (
        "一项广泛期小细胞肺癌的真实世界研究中，安罗替尼的中位 PFS 为 4.8 个月，"
        "中位 OS 为 7.6 个月 [@zheng2022efficacy]。",
        "In a real-world study of ES-SCLC in any line, median PFS was 4.8 months and median OS was"
        " 7.6 months with anlotinib [@zheng2022efficacy].",
        [("PFS", 4.8, "ambiguous", None), ("OS", 7.6, "ambiguous", None)],
        [],
    ),
    "a value that no line prints": (
        "广泛期小细胞肺癌患者用安罗替尼的中位 PFS 为 5.8 个月 [@zheng2022efficacy]。",
        "In ES-SCLC, median PFS was 5.8 months with anlotinib [@zheng2022efficacy].",
        [("PFS", 5.8, "differs", Decimal("3.6"))],
        [],
    ),
    "all patients, in another report": (
        "广泛期小细胞肺癌患者总的中位 OS 为 15.5 个月 [@gao2025combining]。",
        "In ES-SCLC, median OS was 15.5 months overall [@gao2025combining].",
        [("OS", 15.5, "source-not-seen", None)],
        [(Decimal("15.5"), "agrees")],
    ),
    "a ratio without its arms": (
        "维持治疗研究中，ES-SCLC 的 OS 风险比为 0.40 [@ma2025anlotinib]。",
        "In maintenance treatment of ES-SCLC, the OS hazard ratio was 0.40 [@ma2025anlotinib].",
        [("OS", 0.4, "ambiguous", Decimal("2.52"))],
        [],
    ),
    "events of any cause are not those of the treatment": (
        "3级及以上不良事件的发生率为 93.1% [@cheng2024benmelstobart]。",
        "Adverse events of grade 3 or higher occurred in 93.1% [@cheng2024benmelstobart].",
        [("AE:any", 93.1, "not-in-source", None)],
        [],
    ),
    "events of the treatment": (
        "安罗替尼+贝莫苏拜单抗+依托泊苷/卡铂组的≥3级治疗相关不良事件发生率为 93.1%"
        " [@cheng2024benmelstobart]。",
        "Grade ≥3 treatment-related adverse events occurred in 93.1% with anlotinib plus"
        " benmelstobart plus etoposide/carboplatin [@cheng2024benmelstobart].",
        [("AE:any_treatment_related", 93.1, "agrees", Decimal("93.1"))],
        [],
    ),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("chinese", "english", "results", "others"), JUDGED.values(), ids=JUDGED)
def test_what_a_sentence_is_told_about_its_source(
    vocabulary, lock, lang, chinese, english, results, others
):
    text = chinese if lang == "zh" else english
    assert judged(vocabulary, lock, text, lang) == (results, others)


def test_a_p_of_three_groups_is_that_of_no_contrast(lock):
    lines = [result for result in lock if "<0.01 (3 groups)" in result.as_seen]
    assert [(result.p, result.note) for result in lines] == [
        (None, "p of all three groups: <0.01")
    ] * 4


def test_events_of_one_cause_are_no_events_of_any_cause(lock):
    noted = {
        note: sorted({result.endpoint for result in lock if result.note == note})
        for note in ("treatment-related", "treatment-emergent")
    }
    assert noted == {
        "treatment-related": ["AE:any_treatment_related"],
        "treatment-emergent": ["AE:any_treatment_emergent"],
    }


def test_a_line_not_comparable_says_so_in_its_note(lock):
    marked = [result for result in lock if not result.comparable]
    assert marked == [result for result in lock if result.note.startswith("not comparable")]
    assert len(marked) == 19


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param(
            "zh",
            "广泛期小细胞肺癌一线维持治疗的中位无进展生存期为 1.7 个月 [@han2024ma1707]。",
            id="Chinese",
        ),
        pytest.param(
            "en",
            "In first-line maintenance of extensive-stage small cell lung cancer, median"
            " progression-free survival was 1.7 months [@han2024ma1707].",
            id="English",
        ),
    ],
)
def test_another_report_of_a_named_arm_is_no_other_value_of_an_unnamed_one(
    vocabulary, lock, lang, text
):
    trials = read_trials(ROOT / "config" / "trials.yaml")
    rows = extract(text, "t", lang, vocabulary, trials).rows
    checked = check_results({lang: rows}, lock, vocabulary, {"han2024ma1707": 56})
    assert [row["source_state"] for row in checked.endpoints] == ["source-not-seen"]
    assert {row["state"] for row in checked.other_reports} == {"ambiguous"}
