"""The model: everything that the summary says, from inputs in the shapes of results/."""

import json

import pytest

import summary_inputs as inputs
from livingreview.summary.lock import describe_lock
from livingreview.summary.medians import collect_medians
from livingreview.summary.model import compose_model, count_seen
from livingreview.summary.terms import name_arm, name_endpoint, name_term


def test_the_model_is_json_and_the_same_every_time():
    first, second = inputs.compose(), inputs.compose()
    assert json.loads(json.dumps(first, allow_nan=False)) == first
    assert first == second


def test_dates_come_from_the_lock():
    assert inputs.compose()["as_of"] == "2026-11-22"


def test_lists_and_silence_are_no_records_of_works():
    day = {"_source": "crossref", "_retrieved": "2026-11-22"}
    works = [
        {**day, "_query": {"doi": "10.1/a"}, "_outcome": "found", "DOI": "10.1/a"},
        {**day, "_query": {"doi": "10.1/b"}, "_outcome": "failed"},
        {**day, "_query": {"updates": "10.1/a"}, "_outcome": "not-found"},
        {**day, "_query": {"bibliographic": "肺癌"}, "_outcome": "found", "items": []},
    ]
    about = describe_lock(works, [])
    assert (about["answers"], about["sources"]) == (1, {"crossref": 1})


def test_a_lock_without_answers_has_no_dates():
    assert describe_lock([{"_version": 1}], []) == {
        "answers": 0,
        "sources": {},
        "outcomes": {},
        "keys": 0,
        "results": {"cited": 0, "other": 0},
        "first": None,
        "last": None,
    }


def test_the_lock_is_counted_by_source_and_report():
    assert inputs.LOCK_ABOUT == {
        "answers": 2,
        "sources": {"page": 2},
        "outcomes": {"found": 2},
        "keys": 2,
        "results": {"cited": 1, "other": 1},
        "first": "2026-11-20",
        "last": "2026-11-22",
    }


def test_counts_add_up():
    counts = inputs.compose()["counts"]
    assert counts == {
        "references": {
            "total": 4,
            "verdicts": [
                {"id": "differs", "count": 1},
                {"id": "elsewhere", "count": 1},
                {"id": "unchecked", "count": 1},
                {"id": "verified", "count": 1},
            ],
            "severities": [{"id": "note", "count": 2}],
            "faulty": 0,
            "noted": 1,
            "waived": 0,
            "not_in_lock": 1,
        },
        "results": {
            "total": 17,
            "states": [
                {"id": "differs", "count": 1},
                {"id": "ambiguous", "count": 1},
                {"id": "not-in-source", "count": 2},
                {"id": "source-not-seen", "count": 5},
                {"id": "agrees", "count": 8},
            ],
            "languages": [
                {"id": "differ", "count": 1},
                {"id": "only-zh", "count": 1},
                {"id": "agree", "count": 15},
            ],
        },
        "checks": {"passed": 1, "failed": 1, "abstained": 1},
        "left_aside": {"zh": 3, "en": 3},
    }
    assert sum(entry["count"] for entry in counts["results"]["states"]) == len(inputs.RESULTS)


NOTE, WARNING, ERROR = ({"severity": name} for name in ("note", "warning", "error"))


def test_references_with_notes_only_are_counted_apart():
    """A reference with a note and an error counts once, as faulty."""
    found = [[], [NOTE, NOTE], [NOTE], [WARNING, NOTE], [ERROR]]
    entries = [
        {"key": f"k{place}", "verdict": "verified", "findings": findings}
        for place, findings in enumerate(found)
    ]
    validation = inputs.VALIDATION | {"references": entries}
    counts = inputs.compose(validation=validation, cited=[])["counts"]["references"]
    assert (counts["faulty"], counts["noted"]) == (2, 2)


def test_how_many_printed_fields_were_seen():
    fields = [("a", "a"), ("b", None), (None, "c"), (None, None), ("d", "e")]
    fields = [{"cited": cited, "found": found} for cited, found in fields]
    assert count_seen(fields) == {"printed": 3, "seen": 2}
    assert count_seen([]) == {"printed": 0, "seen": 0}


def test_every_result_stands_in_one_table():
    settings = inputs.compose()["settings"]
    placed = [
        row["id"] for setting in settings for study in setting["studies"] for row in study["rows"]
    ]
    assert sorted(placed) == [row["id"] for row in inputs.RESULTS]


def test_a_setting_that_the_vocabulary_does_not_list_comes_last():
    stray = inputs.result("R099", setting="unheard_of", endpoint="PFS", value="1")
    settings = inputs.compose(results=[stray, *inputs.RESULTS])["settings"]
    assert settings[-1]["id"] == "unheard_of"
    assert settings[-1]["words"] == {"zh": "unheard_of", "en": "unheard_of"}


def test_other_reports_stand_beside_their_study_and_change_no_state():
    settings = inputs.compose()["settings"]
    (study,) = [study for study in settings[1]["studies"] if study["others"]]
    assert [(report["id"], report["value"]) for report in study["others"]] == [("R007", "6.3")]
    assert inputs.compose()["contradictions"] == ["R007"]


def test_language_differences_are_listed():
    assert inputs.compose()["language_differences"] == ["R008", "R009"]


def test_one_language_alone_is_no_difference():
    rows = [row | {"languages": "single", "value_en": ""} for row in inputs.RESULTS]
    model = inputs.compose(results=rows, left_aside={"zh": []})
    assert model["language_differences"] == []
    assert model["languages"] == ["zh"]


def test_what_the_source_says_is_kept_apart_from_what_the_review_says():
    (study,) = inputs.compose()["settings"][1]["studies"]
    row = next(row for row in study["rows"] if row["id"] == "R007")
    assert row["review"]["value"] == "6.3"
    assert row["source"] == {
        "value": "6.1",
        "unit": "months",
        "ci_low": "4.1",
        "ci_high": "8.0",
        "ci_level": "95",
        "p": "0.0061",
        "n": "21",
        "where": "abstract",
        "seen": "2026-11-22",
        "as_seen": None,
        "pages": [inputs.PAGE],
    }


def test_a_source_that_was_not_seen_is_absent():
    (study,) = inputs.compose()["settings"][1]["studies"]
    assert next(row for row in study["rows"] if row["id"] == "R006")["source"] is None


def test_failures_that_a_sentence_tells_are_marked():
    checks = [
        inputs.CHECKS[0] | {"code": code, "rows": rows}
        for code, rows in [
            ("source.value", "R007"),
            ("source.value", "R001"),
            ("languages.value", "R008"),
            ("difference.arithmetic", "R007"),
            ("source.value", ""),
        ]
    ]
    failed = inputs.compose(checks=checks)["checks"]["failed"]
    assert [check["told"] for check in failed] == ["contradictions", None, "languages", None, None]


def test_abstained_checks_are_gathered_by_what_was_not_seen():
    checks = [
        inputs.CHECKS[2] | {"code": code, "rows": rows, "message_zh": rows, "message_en": rows}
        for code, rows in [
            ("source.value", "R010"),
            ("source.value", "R006"),
            ("source.value", "R011"),
            ("rate.count", "R014"),
        ]
    ]
    groups = inputs.compose(checks=checks)["checks"]["abstained"]
    assert [(group["code"], group["state"], group["rows"]) for group in groups] == [
        ("source.value", "source-not-seen", ["R010", "R011"]),
        ("source.value", "not-in-source", ["R006"]),
        ("rate.count", None, ["R014"]),
    ]


def test_an_arm_that_is_compared_twice_is_marked():
    rows = [
        inputs.result(f"R{number}", setting="first_line", arm="placebo", comparator=other,
                      endpoint=endpoint, value="4")
        for number, (other, endpoint) in enumerate(
            [("anlotinib", "PFS"), ("etoposide", "PFS"), ("etoposide", "OS")]
        )
    ]  # fmt: skip
    (study,) = inputs.compose(results=rows)["settings"][0]["studies"]
    assert [row["repeated"] for row in study["rows"]] == [True, True, False]


@pytest.mark.parametrize(
    ("identifiers", "printed", "expected"),
    [
        pytest.param(
            "anlotinib+etoposide",
            {},
            {"zh": "安罗替尼 + 依托泊苷", "en": "anlotinib + etoposide"},
            id="known parts by their names",
        ),
        pytest.param(
            "anlotinib+mystery",
            {"zh": "安罗替尼加某药", "en": ""},
            {"zh": "安罗替尼加某药", "en": "安罗替尼加某药"},
            id="an unknown part as printed, in the other language too",
        ),
        pytest.param(
            "no_metformin", {}, {"zh": "no metformin", "en": "no metformin"}, id="only an id"
        ),
        pytest.param("", {"zh": "", "en": ""}, None, id="no arm"),
    ],
)
def test_arms_are_named(identifiers, printed, expected):
    assert name_arm(inputs.VOCABULARY, identifiers, printed) == expected


@pytest.mark.parametrize(
    ("identifier", "words", "abbreviation"),
    [
        pytest.param("PFS", {"zh": "PFS", "en": "PFS"}, True, id="an abbreviation"),
        pytest.param(
            "AE:hypertension", {"zh": "高血压", "en": "hypertension"}, False, id="an event"
        ),
        pytest.param("AE:皮疹", {"zh": "皮疹", "en": "皮疹"}, False, id="an event in words"),
        pytest.param("RATE:CNS DCR", {"zh": "CNS DCR", "en": "CNS DCR"}, False, id="a rate"),
    ],
)
def test_endpoints_are_named(identifier, words, abbreviation):
    assert name_endpoint(inputs.VOCABULARY, identifier) == {
        "id": identifier,
        "words": words,
        "abbreviation": abbreviation,
    }


def test_an_unknown_term_names_itself():
    assert name_term({}, "lines", "third_or_later") == {
        "zh": "third or later",
        "en": "third or later",
    }


def test_the_figure_pairs_the_arms_of_a_study():
    alter, brain, *_ = collect_medians(inputs.RESULTS, inputs.VOCABULARY)
    assert [arm["words"]["en"] for arm in alter["arms"]] == ["anlotinib", "placebo"]
    assert alter["arms"][0]["medians"]["PFS"] == {
        "row": "R001",
        "review": 4.1,
        "shown": "4.1",
        "source": 4.1,
        "ci_low": 2.8,
        "ci_high": 4.2,
        "state": "agrees",
    }
    assert brain["arms"][0]["medians"]["OS"]["source"] == 6.1


@pytest.mark.parametrize(
    ("cells", "drawn"),
    [
        pytest.param({"unit": "days", "value": "252"}, 8.2793, id="days count as months"),
        pytest.param({"unit": "weeks", "value": "10"}, 2.2998, id="weeks count as months"),
        pytest.param({"unit": "%", "value": "50"}, None, id="a rate is no median time"),
        pytest.param({"value": ""}, None, id="a median not reached is not drawn"),
        pytest.param({"setting": "safety", "value": "3"}, None, id="nothing of safety"),
        pytest.param({"setting": "other", "value": "3"}, None, id="nothing of other tumours"),
        pytest.param({"endpoint": "DOR", "value": "3"}, None, id="no other endpoint"),
    ],
)
def test_only_medians_of_pfs_and_os_are_drawn(cells, drawn):
    row = inputs.result(
        "R001", **{"setting": "third_line", "endpoint": "PFS", "arm": "anlotinib"} | cells
    )
    studies = collect_medians([row], inputs.VOCABULARY)
    found = [arm["medians"]["PFS"]["review"] for study in studies for arm in study["arms"]]
    assert found == ([] if drawn is None else [drawn])


def test_empty_inputs_make_a_model():
    model = compose_model(
        {}, {"references": [], "summary": {"not_in_lock": 0}}, [], [], [], [], {},
        describe_lock([], []), {},
    )  # fmt: skip
    assert (model["settings"], model["references"], model["figure"]) == ([], [], [])
    assert model["as_of"] is None
