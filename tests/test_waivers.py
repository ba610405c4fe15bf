"""Reading config/waivers.yaml: what it may say, and what is refused with its line."""

import re
import textwrap

import pytest

from conftest import ROOT
from livingreview.errors import InputError
from livingreview.references.judgement.waivers import Waiver, read_waivers

GOOD = """\
waivers:
  - key: cheng2021anlotinib-b
    code: year.online-first
    reason: the journal cites
      the online year
    by: 编辑部
    until: 2027-06-30
  - {key: "a", code: doi.unknown, reason: r, by: b, until: "2026-12-31"}
"""


def write(tmp_path, text):
    path = tmp_path / "waivers.yaml"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def test_waivers_are_read_with_their_lines(tmp_path):
    path = write(tmp_path, GOOD)
    assert read_waivers(path) == [
        Waiver(
            key="cheng2021anlotinib-b",
            code="year.online-first",
            reason="the journal cites the online year",
            by="编辑部",
            until="2027-06-30",
            line=2,
            document=str(path),
        ),
        Waiver("a", "doi.unknown", "r", "b", "2026-12-31", 8, str(path)),
    ]


@pytest.mark.parametrize("text", ["", "waivers: []\n", "waivers:\n", "# nothing yet\n"])
def test_no_waiver_is_none(tmp_path, text):
    assert read_waivers(write(tmp_path, text)) == []


def test_the_delivered_file_waives_nothing():
    assert read_waivers(ROOT / "config" / "waivers.yaml") == []


def entry(**changes):
    fields = {"key": "a", "code": "year.mismatch", "reason": "r", "by": "b", "until": "2027-01-01"}
    lines = [f"{name}: {value}" for name, value in (fields | changes).items() if value is not None]
    return "waivers:\n  - " + "\n    ".join(lines) + "\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("- a\n", 1, "one key is known", id="a list"),
        pytest.param("waiver: []\n", 1, "one key is known", id="misspelt"),
        pytest.param("waivers: {a: b}\n", 1, "not a list", id="no list"),
        pytest.param("waivers: [a]\n", 1, "has the fields key, code", id="a text"),
        pytest.param("waivers: [\n", 2, "not YAML", id="not YAML"),
        pytest.param(entry(key=None), 2, "has no key", id="no key"),
        pytest.param(entry(reason=None), 2, "has no reason", id="no reason"),
        pytest.param(entry(reason='" "'), 4, "has no reason", id="an empty reason"),
        pytest.param(entry(by='""'), 5, "has no by", id="nobody"),
        pytest.param(entry(key=""), 2, "has no key", id="a key without a value"),
        pytest.param(entry(by="[]"), 5, "by is read as a list; a text is wanted", id="a list of"),
        pytest.param(entry(by="{a: b}"), 5, "by is read as a block of keys; a text", id="a block"),
        pytest.param(entry(key="yes"), 2, "key is read as true; put it in quotes", id="yes"),
        pytest.param(entry(key="65"), 2, "key is read as the number 65; put it", id="key 65"),
        pytest.param(entry(code="7"), 3, "code is read as the number 7; put it", id="code 7"),
        pytest.param(entry(reason="off"), 4, "reason is read as false; put it in", id="off"),
        pytest.param(
            entry(by="2026-01-01"), 5, "by is read as the day 2026-01-01; put it", id="by a day"
        ),
        pytest.param(
            entry(until="2027-01-01 10:00:00"), 6, "until is read as the time 2027", id="a time"
        ),
        pytest.param(entry(until=None), 2, "has no until", id="no end"),
        pytest.param(entry(until="never"), 6, "'never' is not a day", id="never"),
        pytest.param(entry(until="2027-06"), 6, "is not a day", id="a month"),
        pytest.param(
            entry(until="20270630"),
            6,
            "until is read as the number 20270630; write a day like 2027-06-30",
            id="a number",
        ),
        pytest.param(entry(until='"2027-02-30"'), 6, "is not a day", id="no such day"),
        pytest.param(entry(code="year"), 3, "'year' is no code of a finding", id="a field"),
        pytest.param(
            entry(code="year.mismach"), 3, "did you mean year.mismatch", id="a misspelt code"
        ),
        pytest.param(
            entry(code="source.valu"), 3, "did you mean source.value?", id="a misspelt check"
        ),
        pytest.param(
            entry(code="waiver.expired"), 3, "is no code", id="a waiver of a waiver's end"
        ),
        pytest.param(entry(untill="2027-01-01"), 7, "'untill' is no field", id="misspelt field"),
        pytest.param(entry() + entry()[9:], 7, "waived twice (first on line 2)", id="twice"),
    ],
)
def test_what_is_amiss_is_told_with_its_line(tmp_path, text, line, words):
    path = write(tmp_path, text)
    with pytest.raises(InputError, match=re.escape(f"waivers.yaml:{line}: ")) as caught:
        read_waivers(path)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_date_that_does_not_exist_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match=r"waivers\.yaml:6 \[waivers\.until\]: 2027-02-30 cannot"):
        read_waivers(write(tmp_path, entry(until="2027-02-30")))


def test_a_missing_file_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_waivers(tmp_path / "waivers.yaml")
