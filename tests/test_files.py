"""Files: whole or not at all, spreadsheets that run nothing, readers that name the place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingreview.errors import InputError
from livingreview.files import csv_cell, csv_text, plain_cell, read_csv, read_jsonl, write_text
from livingreview.yaml_file import load_yaml


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        pytest.param(None, "", id="nothing is empty"),
        pytest.param(4.0, "4", id="a whole number"),
        pytest.param(-0.8, "-0.8", id="a negative number is no formula"),
        pytest.param("-0.8", "-0.8", id="nor as text"),
        pytest.param("=1+1", "'=1+1", id="a formula"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="another"),
        pytest.param("'=1", "''=1", id="an apostrophe of its own"),
        pytest.param("安罗替尼", "安罗替尼", id="Chinese"),
        pytest.param(["30", "32"], "30;32", id="a list"),
        pytest.param(True, "true", id="true"),
    ],
)
def test_cells(value, cell):
    assert csv_cell(value) == cell


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_what_is_written_is_read_again(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    columns = [f"c{number}" for number in range(len(texts))]
    row = dict(zip(columns, texts, strict=True))
    write_text(path, csv_text(columns, [row]))
    assert read_csv(path, columns) == [row]


@given(st.text())
def test_the_apostrophe_comes_off_again(text):
    assert plain_cell(csv_cell(text)) == text


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param("{broken", "not JSON (Expecting property name", id="no JSON"),
        pytest.param("[1]", "not a JSON object", id="no object"),
        pytest.param('{"a": 1e999}', "a number that is too large", id="beyond a float"),
        pytest.param('{"a": NaN}', "a number that is too large", id="no number"),
        pytest.param('{"a": ' + "9" * 5000 + "}", "a number that is too large", id="5000 digits"),
        pytest.param('{"a": "\\ud800"}', "half a surrogate pair", id="half a surrogate pair"),
        pytest.param("[" * 100_000, "nested too deeply", id="nested without end"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, problem):
    path = tmp_path / "records.jsonl"
    path.write_text('{"fine": true}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=re.escape("records.jsonl:2: ")) as caught:
        read_jsonl(path)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", ":3: the key 'a' stands twice", id="a key twice"),
        pytest.param("a: &x [1]\nb: *x\n", ":1: an alias", id="an alias"),
        pytest.param("? [a]\n: 1\n", ":1: a key must be a word", id="a list as key"),
        pytest.param("a: [1\n", ":2: not YAML", id="no YAML"),
        pytest.param(
            "a:\n  b: 2027-02-30\n",
            ":2 [a.b]: 2027-02-30 cannot be read: a date that does not exist",
            id="no such day",
        ),
        pytest.param("- [1, 2027-13-01]\n", ":1: 2027-13-01 cannot be read", id="no such month"),
        pytest.param("a: !!int b\n", ":1 [a]: b cannot be read", id="no number"),
        pytest.param("a:\n  1: b\n", ":2 [a.1]: the key 1 is read as a value (int)", id="number"),
        pytest.param("no: b\n", ":1 [no]: the key no is read as a value (bool)", id="a switch"),
        pytest.param("2027-01-01: b\n", ":1 [2027-01-01]: the key 2027-01-01 is read", id="day"),
        pytest.param("~: b\n", ":1 [~]: the key ~ is read as a value (null)", id="nothing"),
    ],
)
def test_bad_yaml_is_named(tmp_path, text, problem):
    path = tmp_path / "values.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(problem)):
        load_yaml(path)
