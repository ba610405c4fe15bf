"""The summary never lets 'not compared', 'waived' or 'not confirmed' pass for 'agrees'."""

import copy

import pytest

import summary_inputs as inputs
from livingreview.summary.compose import compose_markdown
from livingreview.summary.lock import describe_lock


@pytest.fixture(scope="module")
def resources():
    return inputs.resources()


def summary(resources, **replaced):
    return compose_markdown(inputs.compose(**replaced), resources)


@pytest.mark.parametrize(
    "results",
    [
        pytest.param([], id="no result at all"),
        pytest.param(
            [row | {"source_state": "source-not-seen"} for row in inputs.RESULTS],
            id="no source seen",
        ),
    ],
)
def test_nothing_compared_is_not_nothing_wrong(resources, results):
    text = summary(resources, results=results, other_reports=[], checks=[])
    assert "没有结果可与来源比对。" in text
    assert "No result could be compared with its source" in text
    assert "凡可比对的结果均与来源一致" not in text
    assert "[=]{.sign .agrees} [0 项结果与其来源所载不一致。]" not in text


def test_a_waived_finding_is_shown_with_who_why_and_until(resources):
    validation = copy.deepcopy(inputs.VALIDATION)
    entry = validation["references"][2]
    waiver = {"reason": "two titles on the page", "by": "the editor", "until": "2027-06-30"}
    entry["waived"] = [entry["findings"].pop(0) | {"waiver": waiver}]
    text = summary(resources, validation=validation)
    assert "已豁免：two titles on the page（the editor，有效期至2027年6月30日）。" in text
    assert "Waived: two titles on the page (the editor, until 30 June 2027)." in text
    assert "所印年份 2021 是在线首发年" in text


def test_a_printed_doi_that_no_source_shows_says_so(resources):
    validation = copy.deepcopy(inputs.VALIDATION)
    validation["references"][1]["doi"] = None
    words = "所见来源未显示此 DOI"
    assert words not in summary(resources)
    assert summary(resources, validation=validation).count(words) == 1
    # Registered with another agency: its own finding says who shows it.
    validation["references"][1]["verdict"] = "elsewhere"
    assert words not in summary(resources, validation=validation)
    # Unknown, or another work's: the one that a search found does not confirm what is printed.
    validation["references"][1]["doi"] = "10.1000/twin"
    for verdict, times in (("unknown-doi", 1), ("wrong-work", 1), ("verified", 0)):
        validation["references"][1]["verdict"] = verdict
        assert summary(resources, validation=validation).count(words) == times


def test_a_question_that_nobody_answered_is_no_source():
    page = {"_source": "page", "_outcome": "found", "_retrieved": "2026-11-01", "_for": "k"}
    silent = {"_source": "crossref", "_outcome": "failed", "_retrieved": "2026-11-22"}
    assert describe_lock([{"_version": 1}, page, silent], []) == {
        "answers": 1,
        "sources": {"page": 1},
        "outcomes": {"found": 1},
        "keys": 1,
        "results": {"cited": 0, "other": 0},
        "first": "2026-11-01",
        "last": "2026-11-01",
    }
