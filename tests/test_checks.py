"""The checks of reported results: silent on what is true, loud on planted faults."""

from dataclasses import replace
from pathlib import Path

import pytest

from livingreview.endpoints.checks import (
    CHECK_COLUMNS,
    OTHER_REPORT_COLUMNS,
    RESULT_COLUMNS,
    check_results,
)
from livingreview.endpoints.extract.engine import extract
from livingreview.endpoints.sources import read_source_results
from livingreview.endpoints.trials import read_trials
from livingreview.endpoints.vocabulary import read_vocabulary
from livingreview.files import csv_text
from review_results import REVIEW, make_row, review_rows

ROOT = Path(__file__).resolve().parent.parent
VOCABULARY = read_vocabulary(ROOT / "config" / "vocabulary.yaml")
LOCK = read_source_results(ROOT / "data" / "lock" / "endpoints.csv", VOCABULARY)
NUMBERS = {"cheng2021anlotinib": 30, "liu2021effect": 32, "cheng2023third": 35}
OTHER = {"zh": "en", "en": "zh"}
# True of the data: the review prints 6.3 months, the abstract of reference 35 says 6.1.
BRAIN_OS = ("source.value", "brain_metastases", "OS", "anlotinib")


def check(chinese=None, english=None):
    rows = {"zh": chinese or review_rows("zh"), "en": english or review_rows("en")}
    return check_results(rows, LOCK, VOCABULARY, NUMBERS)


def failures(checked):
    """(code, population, endpoint, arm) of what failed, severity too unless it is an error."""
    found = []
    by_id = {line["id"]: line for line in checked.endpoints}
    for line in checked.checks:
        if line["state"] == "failed":
            first = by_id[line["rows"][0]]
            name = (line["code"], first["population"], first["endpoint"], first["arm"])
            found.append(name if line["severity"] == "error" else (*name, line["severity"]))
    return found


def mutate(lang, words, population, endpoint, arm, **changes):
    """The review's rows in one language, with one row (found by its printed value) changed."""
    rows = review_rows(lang)
    for position, row in enumerate(rows):
        printed = row.quote[row.value_start - row.start : row.value_end - row.start]
        place = (printed, row.population, row.endpoint, row.arm)
        if place == (words, population, endpoint, arm[lang]):
            new = {"printed": words} | changes
            kept = {name: getattr(row, name) for name in KEPT if name not in new}
            rows[position] = make_row(lang, position, **kept, **new)
            return rows
    raise AssertionError("no such row")


KEPT = (
    "references", "population", "line", "arm", "comparator", "endpoint", "grade", "statistic",
    "unit", "p", "n", "events",
)  # fmt: skip
ANLOTINIB = {"zh": "安罗替尼组", "en": "anlotinib"}
PLACEBO = {"zh": "安慰剂组", "en": "placebo"}
IMMUNE = {"zh": "安罗替尼联合免疫检查点抑制剂", "en": "anlotinib plus immune checkpoint inhibitors"}
ETOPOSIDE = {"zh": "安罗替尼联合依托泊苷", "en": "anlotinib plus etoposide"}
RADIOTHERAPY = "prior_thoracic_radiotherapy"


# --------------------------------------------------------------------- the data as they are


def test_nothing_fails_but_what_is_true_of_the_review():
    assert failures(check()) == [BRAIN_OS]


def test_every_stated_difference_and_percentage_is_recomputed():
    found = {
        (line["reported"], line["source"])
        for line in check().checks
        if line["code"] in ("difference.arithmetic", "rate.count") and line["state"] == "passed"
    }
    assert found == {
        ("4.8 months", "5.49 - 0.69 = 4.80"),
        ("4.59 months", "9.49 - 4.90 = 4.59"),
        ("0.8 months", "1.51 - 0.71 = 0.80"),
        ("1.38 months", "3.29 - 1.91 = 1.38"),
        ("3 months", "3.8 - 0.8 = 3.0"),
        ("3.7 months", "6.3 - 2.6 = 3.7"),
        ("32.14%", "9/28 = 32.14%"),
        ("96.43%", "27/28 = 96.43%"),
        ("37.2%", "16/43 = 37.21%"),
        ("86.0%", "37/43 = 86.05%"),
    }


def test_responses_add_up_or_the_check_abstains():
    found = [
        (line["state"], line["reported"], line["source"])
        for line in check().checks
        if line["code"] == "response.sum"
    ]
    assert found == [
        ("abstained", "PR 9 + SD 18", "n = 28"),
        ("passed", "CR 0 + PR 16 + SD 21 + PD 6", "n = 43"),
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_language_alone_is_checked_without_its_twin(lang):
    checked = check_results({lang: review_rows(lang)}, LOCK, VOCABULARY, NUMBERS)
    assert failures(checked) == [BRAIN_OS]
    assert not [line for line in checked.checks if line["code"].startswith("languages.")]


def test_the_contradiction_is_told_in_both_languages_with_both_numbers():
    (line,) = [line for line in check().checks if line["state"] == "failed"]
    assert line["message_zh"] == (
        "总生存期(OS)，脑转移，安罗替尼：文中为 6.3 个月，文献 35（摘要）为 6.1 个月。"
        "其他报道（不计入判断）：6.3 个月（conference abstract"
        " (J Thorac Oncol 2019;14(10):S823-S824), as quoted by the 2025 CSCO SCLC guideline）。"
    )
    assert line["message_en"] == (
        "OS, brain metastases, anlotinib: the text has 6.3 months, but reference 35 (abstract) has"
        " 6.1 months. Other reports (not counted): 6.3 months (conference abstract"
        " (J Thorac Oncol 2019;14(10):S823-S824), as quoted by the 2025 CSCO SCLC guideline)."
    )
    assert (line["reported"], line["source"]) == (
        "6.3 months",
        "6.1 months (CI 4.1–8.0), p = 0.0061 [cheng2023third, abstract]",
    )


def test_every_result_has_its_source_check_and_nothing_is_dropped():
    checked = check()
    asked = [line["rows"] for line in checked.checks if line["code"] == "source.value"]
    assert asked == [[line["id"]] for line in checked.endpoints]
    assert all(line["message_zh"] and line["message_en"] for line in checked.checks)


def test_the_tables_are_written_with_their_columns():
    checked = check()
    for columns, lines in (
        (RESULT_COLUMNS, checked.endpoints),
        (OTHER_REPORT_COLUMNS, checked.other_reports),
        (CHECK_COLUMNS, checked.checks),
    ):
        text = csv_text(columns, lines)
        assert text.startswith(",".join(columns))
        assert "None" not in text


def test_a_line_of_the_result_table():
    lines = {line["id"]: line for line in check().endpoints}
    assert {name: value for name, value in lines["R018"].items() if value is not None} == {
        "id": "R018", "setting": "third_line_subgroups", "references": ["liu2021effect"],
        "numbers": [32], "population": RADIOTHERAPY, "line": "third_or_later", "arm": "placebo",
        "comparator": "anlotinib", "arm_zh": "安慰剂组", "arm_en": "placebo",
        "comparator_zh": "安罗替尼组", "comparator_en": "anlotinib", "endpoint": "OS",
        "statistic": "median", "value": 4.9, "unit": "months", "not_reached": False,
        "value_zh": "4.90", "value_en": "4.90", "place_zh": "zh.md:1703-1707",
        "place_en": "en.md:1703-1707", "quote_zh": "OS 4.90 months", "quote_en": "OS 4.90 months",
        "languages": "agree", "source_state": "agrees",
        "source_value": lines["R018"]["source_value"], "source_unit": "months", "source_p": "0.039",
        "source_n": 22, "source_where": "abstract",
        "source_page": lines["R018"]["source_page"], "source_seen": "2026-11-22",
        "source_as_seen": lines["R018"]["source_as_seen"],
    }  # fmt: skip


# -------------------------------------------------------------------------- planted faults


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        pytest.param(
            ("5.49", RADIOTHERAPY, "PFS", ANLOTINIB, {"printed": "5.94"}),
            [
                ("languages.value", RADIOTHERAPY, "PFS", "anlotinib"),
                ("difference.arithmetic", RADIOTHERAPY, "PFS", "anlotinib"),
                ("source.value", RADIOTHERAPY, "PFS", "anlotinib"),
            ],
            id="digits swapped in a median",
        ),
        pytest.param(
            ("4.0", "short_term_relapse", "PFS", ANLOTINIB, {"printed": "4.1"}),
            [
                ("languages.value", "short_term_relapse", "PFS", "anlotinib"),
                ("source.value", "short_term_relapse", "PFS", "anlotinib"),
            ],
            id="last digit changed",
        ),
        pytest.param(
            ("4.8", RADIOTHERAPY, "PFS", ANLOTINIB, {"printed": "5.8"}),
            [
                ("languages.value", RADIOTHERAPY, "PFS", "anlotinib"),
                ("difference.arithmetic", RADIOTHERAPY, "PFS", "anlotinib"),
            ],
            id="wrong difference",
        ),
        pytest.param(
            ("3.7", "brain_metastases", "OS", ANLOTINIB, {"printed": "3.8"}),
            [
                ("languages.value", "brain_metastases", "OS", "anlotinib"),
                ("difference.arithmetic", "brain_metastases", "OS", "anlotinib", "warning"),
            ],
            id="difference off by what rounding could explain",
        ),
        pytest.param(
            ("37.2", "es_sclc", "ORR", IMMUNE, {"printed": "32.7"}),
            [
                ("languages.value", "es_sclc", "ORR", "anlotinib+immunotherapy"),
                ("rate.count", "es_sclc", "ORR", "anlotinib+immunotherapy"),
            ],
            id="wrong percentage",
        ),
        pytest.param(
            ("96.43", "es_sclc", "DCR", ETOPOSIDE, {"printed": "26.43"}),
            [
                ("languages.value", "es_sclc", "DCR", "anlotinib+etoposide"),
                ("rate.count", "es_sclc", "DCR", "anlotinib+etoposide"),
                ("response.order", "es_sclc", "ORR", "anlotinib+etoposide"),
                ("source.value", "es_sclc", "DCR", "anlotinib+etoposide"),
            ],
            id="disease control below response",
        ),
        pytest.param(
            ("21", "es_sclc", "SD", IMMUNE, {"printed": "22"}),
            [
                ("languages.value", "es_sclc", "SD", "anlotinib+immunotherapy"),
                ("rate.count", "es_sclc", "DCR", "anlotinib+immunotherapy"),
                ("response.sum", "es_sclc", "CR", "anlotinib+immunotherapy"),
            ],
            id="one patient too many",
        ),
        pytest.param(
            ("3.29", "liver_metastases", "OS", ANLOTINIB, {"p": "0.00996"}),
            [
                ("languages.value", "liver_metastases", "OS", "anlotinib"),
                ("source.value", "liver_metastases", "OS", "anlotinib"),
            ],
            id="p of another size",
        ),
        pytest.param(
            ("4.0", "short_term_relapse", "PFS", ANLOTINIB, {"unit": "weeks"}),
            [("languages.value", "short_term_relapse", "PFS", "anlotinib")],
            id="another unit is not converted",
        ),
    ],
)
def test_a_fault_planted_in_one_language_is_found(lang, fault, expected):
    *place, changes = fault
    rows = {lang: mutate(lang, *place, **changes), OTHER[lang]: review_rows(OTHER[lang])}
    found = failures(check_results({"zh": rows["zh"], "en": rows["en"]}, LOCK, VOCABULARY, NUMBERS))
    assert [failure for failure in found if failure != BRAIN_OS] == expected


@pytest.mark.parametrize(("lang", "name"), [("zh", "中文稿"), ("en", "英文稿")])
def test_the_message_names_the_text_at_fault(lang, name):
    changed = mutate(lang, "5.49", RADIOTHERAPY, "PFS", ANLOTINIB, printed="5.94")
    rows = {lang: changed, OTHER[lang]: review_rows(OTHER[lang])}
    checked = check_results({"zh": rows["zh"], "en": rows["en"]}, LOCK, VOCABULARY, NUMBERS)
    failed = [
        line["message_zh"]
        for line in checked.checks
        if line["state"] == "failed" and line["code"] in ("difference.arithmetic", "source.value")
    ]
    assert f"{name}：文中差值为 4.8 个月，但两个数值相减得 5.94 - 0.69 = 5.25。" in failed[0]
    assert f"{name}：文中为 5.94 个月，文献 32（摘要）为 5.49 个月。" in failed[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_swapped_arms_are_two_disagreements_and_two_contradictions_of_the_source(lang):
    rows = review_rows(lang)
    first = next(i for i, row in enumerate(rows) if row.population == "short_term_relapse")
    one, other = rows[first], rows[first + 1]
    rows[first] = replace(one, arm=other.arm, comparator=other.comparator)
    rows[first + 1] = replace(other, arm=one.arm, comparator=one.comparator)
    both = {lang: rows, OTHER[lang]: review_rows(OTHER[lang])}
    found = failures(check_results({"zh": both["zh"], "en": both["en"]}, LOCK, VOCABULARY, NUMBERS))
    relapse = ("short_term_relapse", "PFS")
    assert sorted(failure for failure in found if failure != BRAIN_OS) == [
        ("languages.value", *relapse, "anlotinib"),
        ("languages.value", *relapse, "placebo"),
        ("source.value", *relapse, "anlotinib"),
        ("source.value", *relapse, "placebo"),
    ]


def test_a_row_left_out_of_one_language_is_named():
    english = [row for row in review_rows("en") if row.endpoint != "ORR" or row.value != 30.2]
    (line,) = [
        line for line in check(english=english).checks if line["code"] == "languages.unpaired"
    ]
    assert (line["state"], line["severity"], line["reported"]) == ("failed", "error", "zh 30.2%")
    assert line["message_zh"].endswith("只见于中文稿，英文稿中没有对应的结果。")
    assert line["message_en"].endswith(
        "only in the Chinese text; the English text has no such result."
    )


# ------------------------------------------------------------- each check: yes, no, cannot say

ARM = {"zh": {"arm": "安罗替尼组"}, "en": {"arm": "anlotinib"}}


def outcomes(code, lang, *rows):
    made = [
        make_row(lang, position, **({"references": ("x2020y",)} | ARM[lang] | row))
        for position, row in enumerate(rows)
    ]
    checked = check_results({lang: made}, [], VOCABULARY, {})
    return [
        (line["state"], line["severity"], line["source"])
        for line in checked.checks
        if line["code"] == code
    ]


def rate(endpoint, printed, **columns):
    return {"endpoint": endpoint, "printed": printed, "unit": "%", "statistic": "rate"} | columns


def count(endpoint, printed, **columns):
    return {"endpoint": endpoint, "printed": printed, "unit": "patients", "statistic": "count"} | (
        columns
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [rate("ORR", "37.2", events=16, n=43)], "passed error 16/43 = 37.21%", id="k/n"
        ),
        pytest.param(
            [rate("ORR", "37", events=16, n=43)], "passed error 16/43 = 37.21%", id="whole"
        ),
        pytest.param(
            [rate("ORR", "38.2", events=16, n=43)], "failed error 16/43 = 37.21%", id="wrong"
        ),
        pytest.param(
            [rate("AE:fatigue", "39.28", events=11, n=28)], "failed warning 11/28 = 39.29%",
            id="cut off, not rounded",
        ),
        pytest.param([rate("ORR", "120", events=12, n=10)], "failed error 12/10", id="impossible"),
        pytest.param([rate("ORR", "0", events=0, n=0)], "failed error 0/0", id="no patients"),
        pytest.param([rate("ORR", "37.2")], "abstained error ", id="no counts"),
        pytest.param([rate("ORR", "37.2", events=16)], "abstained error ", id="no total"),
        pytest.param(
            [rate("OS", "41", timepoint=1.0, timepoint_unit="year", n=43)], "abstained error ",
            id="a rate at a time point",
        ),
        pytest.param(
            [rate("ORR", "30", n=40), count("PR", "11")], "abstained error 11/40 = 27.50%",
            id="one complete response not mentioned would explain it",
        ),
        pytest.param(
            [rate("ORR", "30", n=40), count("PR", "11"), count("CR", "0")],
            "failed error 11/40 = 27.50%", id="no complete response",
        ),
        pytest.param(
            [rate("ORR", "31", n=40), count("PR", "11")], "failed error 11/40 = 27.50%",
            id="no whole number of patients would explain it",
        ),
    ],
)  # fmt: skip
def test_percentages_and_counts(lang, rows, expected):
    assert [" ".join(outcome) for outcome in outcomes("rate.count", lang, *rows)] == [expected]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([rate("ORR", "37.2"), rate("DCR", "86.0")], "passed", id="control above"),
        pytest.param([rate("ORR", "37.2"), rate("DCR", "37.2")], "passed", id="equal"),
        pytest.param([rate("DCR", "37.1"), rate("ORR", "37.2")], "failed", id="control below"),
        pytest.param([rate("ORR", "37.2")], "abstained", id="only response"),
        pytest.param(
            [rate("ORR", "37.2"), rate("ORR", "9"), rate("DCR", "20")], "abstained",
            id="two values of one arm",
        ),
    ],
)  # fmt: skip
def test_disease_control_is_not_below_response(lang, rows, expected):
    assert [outcome[0] for outcome in outcomes("response.order", lang, *rows)] == [expected]


def test_arms_are_not_mixed_in_the_order_of_rates():
    rows = [rate("ORR", "37.2"), rate("DCR", "20", arm="placebo")]
    found = [outcome[0] for outcome in outcomes("response.order", "en", *rows)]
    assert found == ["abstained", "abstained"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param({"CR": 0, "PR": 16, "SD": 21, "PD": 6}, ("passed", "error"), id="43 of 43"),
        pytest.param({"CR": 0, "PR": 16, "SD": 21, "PD": 7}, ("failed", "error"), id="44 of 43"),
        pytest.param({"PR": 30, "SD": 21}, ("failed", "error"), id="51 of 43, two not stated"),
        pytest.param({"CR": 0, "PR": 16, "SD": 21, "PD": 5}, ("failed", "warning"), id="42 of 43"),
        pytest.param({"PR": 16, "SD": 21, "PD": 6}, ("passed", "error"), id="43 of 43 without CR"),
        pytest.param({"PR": 16, "SD": 21}, ("abstained", "error"), id="no CR and PD stated"),
    ],
)
def test_responses_add_up_to_the_patients(lang, counts, expected):
    rows = [count(name, str(number), n=43) for name, number in counts.items()]
    assert [outcome[:2] for outcome in outcomes("response.sum", lang, *rows)] == [expected]


def difference(printed, *values, unit="months", **columns):
    arms = [{"arm": "anlotinib", "comparator": "placebo"}, {"arm": "placebo"}]
    stated = {"printed": printed, "statistic": "difference", "unit": unit} | arms[0] | columns
    return [stated, *({"printed": v} | arm for v, arm in zip(values, arms, strict=False))]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(difference("4.8", "5.49", "0.69"), ("passed", "error"), id="4.80"),
        pytest.param(difference("3", "3.8", "0.8"), ("passed", "error"), id="a whole number"),
        pytest.param(difference("1.38", "3.3", "1.9"), ("passed", "error"), id="from finer values"),
        pytest.param(difference("3.8", "6.3", "2.6"), ("failed", "warning"), id="rounding"),
        pytest.param(difference("4.7", "5.49", "0.69"), ("failed", "error"), id="wrong"),
        pytest.param(difference("4.8", "5.49"), ("abstained", "error"), id="one value"),
        pytest.param(difference("4.8"), ("abstained", "error"), id="no values"),
        pytest.param(
            difference("4.8", "5.49", "0.69", unit="weeks"), ("abstained", "error"), id="weeks"
        ),
        pytest.param(
            difference("4.7", "5.49", "0.69", population="liver_metastases"),
            ("abstained", "error"), id="values of another population",
        ),
        pytest.param(
            [*difference("4.8", "5.49", "0.69"), {"printed": "5.1"}], ("abstained", "error"),
            id="two values for one arm",
        ),
    ],
)  # fmt: skip
def test_stated_differences(rows, expected):
    assert [outcome[:2] for outcome in outcomes("difference.arithmetic", "en", *rows)] == [expected]


def test_arms_without_names_are_taken_from_the_sentence():
    """Zh: 延长 4.8 个月（5.49 对 0.69）, without naming who is compared."""
    rows = [
        make_row("zh", 0, printed="4.8", statistic="difference"),
        make_row("zh", 0, printed="5.49"),
        make_row("zh", 0, printed="0.69"),
    ]
    rows = [replace(row, start=0, end=40) for row in rows]
    checked = check_results({"zh": rows}, [], VOCABULARY, {})
    states = [line["state"] for line in checked.checks if line["code"] == "difference.arithmetic"]
    assert states == ["passed"]


HOSTILE = "=1+1<script>|\\frac{1}{2}|" + "a" * 2000


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_words_pass_through_as_words(lang):
    row = make_row(
        lang,
        printed="4.1",
        arm=HOSTILE,
        comparator=HOSTILE,
        references=(HOSTILE,),
        document="a/b|c",
    )
    checked = check_results({lang: [row]}, LOCK, VOCABULARY, {})
    assert checked.endpoints[0][f"arm_{lang}"] == HOSTILE
    assert csv_text(RESULT_COLUMNS, checked.endpoints).count("\n") == 2


def next_digit(words):
    """The numeral with its first digit one higher: 4.90 -> 5.90, 9.49 -> 0.49."""
    return str((int(words[0]) + 1) % 10) + words[1:]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_digit_changed_anywhere_is_one_disagreement_and_contradicts_a_source_that_agreed(lang):
    """Every value of the review in turn. Reference 30 says SCLC where the review says ES-SCLC:
    there the source check shows both numbers but does not judge."""
    pristine = {line["id"]: line for line in check().endpoints}
    for position, (id, line) in enumerate(pristine.items()):
        if line["value"] is None:
            continue
        rows = {"zh": review_rows("zh"), "en": review_rows("en")}
        row = rows[lang][position]
        kept = {name: getattr(row, name) for name in KEPT}
        printed = next_digit(line[f"value_{lang}"])
        rows[lang][position] = make_row(lang, position, printed=printed, **kept)
        checked = check_results(rows, LOCK, VOCABULARY, NUMBERS)
        failed = [
            line["code"]
            for line in checked.checks
            if line["state"] == "failed" and id in line["rows"]
        ]
        disagreeing = [line["id"] for line in checked.endpoints if line["languages"] != "agree"]
        assert disagreeing == [id]
        assert failed.count("languages.value") == 1
        if line["source_state"] == "agrees" and line["references"] != ["cheng2021anlotinib"]:
            assert failed.count("source.value") == 1


# ------------------------------------------------------- the evidence files, read by the engine

TRIALS = read_trials(ROOT / "config" / "trials.yaml")


def evidence(lang, old="", new=""):
    text = (ROOT / "data" / "evidence" / f"{lang}.md").read_text(encoding="utf-8")
    assert text.count(old) == 1 or not old
    text = text.replace(old, new) if old else text
    return list(extract(text, f"{lang}.md", lang, VOCABULARY, TRIALS).rows)


def test_the_evidence_files_hold_the_review_and_contradict_only_reference_35():
    checked = check(evidence("zh"), evidence("en"))
    assert {line["languages"] for line in checked.endpoints} == {"agree"}
    assert failures(checked) == [BRAIN_OS]
    # The engine reads "no patient" as no number, and "below 7%" as a range with one end.
    read = [line for line in checked.endpoints if line["references"] != ["liu2021cik"]]
    by_hand = [line for line in REVIEW if line[5:8] != ("CR", "count", "0")]
    assert [(line["references"][0], line["population"], line["source_state"]) for line in read] == [
        (line[0], line[1], line[10]) for line in by_hand
    ]


@pytest.mark.parametrize(
    ("lang", "old", "new"),
    [
        pytest.param("zh", "（5.49 个月对", "（5.94 个月对", id="zh"),
        pytest.param("en", "(5.49 vs.", "(5.94 vs.", id="en"),
    ],
)
def test_one_number_changed_in_one_evidence_file(lang, old, new):
    rows = {lang: evidence(lang, old, new), OTHER[lang]: evidence(OTHER[lang])}
    found = failures(check(rows["zh"], rows["en"]))
    assert [failure for failure in found if failure != BRAIN_OS] == [
        ("languages.value", RADIOTHERAPY, "PFS", "anlotinib"),
        ("difference.arithmetic", RADIOTHERAPY, "PFS", "anlotinib"),
        ("source.value", RADIOTHERAPY, "PFS", "anlotinib"),
    ]
