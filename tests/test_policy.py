"""What fails and how grave a finding is, from the configuration and the command line."""

import re
from types import SimpleNamespace

import pytest
import yaml

from conftest import ROOT
from livingreview.config import read_config
from livingreview.errors import InputError
from livingreview.references.corrections.bibliography import propose_corrections
from livingreview.references.judgement.policy import failing, fails, graded
from livingreview.references.judgement.validate import build_report
from livingreview.references.judgement.waivers import Waiver
from livingreview.references.record import Reference
from livingreview.references.resolution.resolve import resolve_references


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        pytest.param("error", {"error"}, id="errors"),
        pytest.param("warning", {"error", "warning"}, id="and those above"),
        pytest.param("note", {"error", "warning", "note"}, id="everything"),
        pytest.param("doi.missing", {"doi.missing"}, id="one code"),
        pytest.param("error, doi.missing ,", {"error", "doi.missing"}, id="a text with commas"),
        pytest.param(["source.value", "error"], {"error", "source.value"}, id="a list"),
    ],
)
def test_what_fails(value, wanted):
    assert failing(value) == wanted


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("eror", "'eror' is no severity (error, warning, note) and no code of a finding or check;"
         " did you mean error?"),
        ("error,volume.mismach", "did you mean volume.mismatch"),
        ("source.valu", "did you mean source.value?"),
        ("xyz", "'xyz' is no severity (error, warning, note) and no code of a finding or check"),
        ("", "names nothing: give a severity (error, warning, note) or codes"),
        (" , ", "names nothing"),
        ([], "names nothing"),
    ],
)  # fmt: skip
def test_what_is_no_severity_and_no_code(value, problem):
    with pytest.raises(InputError, match=re.escape(problem)) as caught:
        failing(value, key="--fail-on")
    assert str(caught.value).startswith("[--fail-on]: ")


def test_a_finding_fails_by_its_severity_or_its_code():
    one = {"severity": "note", "code": "doi.missing"}
    in_list = {"references": [{"findings": [one]}], "findings": []}
    in_none = {"references": [], "findings": [one]}
    for wanted, status in (({"error"}, False), ({"note"}, True), ({"doi.missing"}, True)):
        assert fails(in_list, wanted) == fails(in_none, wanted) == status
    assert not fails({"references": [], "findings": []}, {"note"})


def test_the_usual_severity_stays_beside_another():
    one = {"code": "doi.missing", "severity": "note"}
    assert graded([one], {"doi.missing": "error", "year.mismatch": "note"}) == [
        {"code": "doi.missing", "severity": "error", "usual_severity": "note"}
    ]
    assert graded([one], {"doi.missing": "note"}) == graded([one], {}) == [one]


PRINTED = [
    Reference(key="wang2022", number=1, line=3, title="A trial of something", volume="12",
              doi="10.1000/a"),
    Reference(key="li2021", number=2, line=9, title="Another trial of something", volume="7",
              doi="10.1000/b"),
]  # fmt: skip
ANSWERS = [
    {
        "_source": "crossref",
        "_query": {"doi": printed.doi},
        "_outcome": "found",
        "_retrieved": "2026-11-22",
        "DOI": printed.doi,
        "title": [printed.title],
        "volume": "8",
    }
    for printed in PRINTED
]
WAIVERS = [
    Waiver("li2021", "volume.mismatch", "r", "b", "2027-01-01", 2, "waivers.yaml"),
    Waiver("nobody", "volume.mismatch", "r", "b", "2027-01-01", 7, "waivers.yaml"),
]
POLICY = {"volume.mismatch": "note", "waiver.unmatched": "error"}


def told(severities):
    resolved = resolve_references(PRINTED, ANSWERS)
    report = build_report(resolved, None, WAIVERS, "2026-11-22", severities=severities)
    return report, propose_corrections(resolved, report)


def test_policy_changes_severities_and_nothing_else():
    (usual, corrections), (report, same) = told({}), told(POLICY)
    first, second = report["references"]
    assert [(one["code"], one["severity"]) for one in first["findings"]] == [
        ("volume.mismatch", "note")
    ]
    assert [(one["code"], one["severity"]) for one in second["waived"]] == [
        ("volume.mismatch", "note")
    ]
    assert [(one["code"], one["severity"]) for one in report["findings"]] == [
        ("waiver.unmatched", "error")
    ]
    assert report["summary"] == usual["summary"] | {
        "severities": {"error": 1, "warning": 0, "note": 1}
    }
    assert [entry["verdict"] for entry in report["references"]] == ["differs", "differs"]
    assert same == corrections
    assert [one.code for one in corrections] == ["volume.mismatch"]


CONFIG = "bibliography: list.bib\nevidence: {en: en.md}\n"


def configured(tmp_path, text):
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG + text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "fail_on", "severities"),
    [
        pytest.param("", "error", {}, id="the defaults"),
        pytest.param("fail_on: warning\n", ["warning"], {}, id="a severity"),
        pytest.param("fail_on: error, doi.missing\n", ["error", "doi.missing"], {}, id="commas"),
        pytest.param(
            "fail_on:\n  - error\n  - source.value\n", ["error", "source.value"], {}, id="a list"
        ),
        pytest.param(
            "severities:\n  status.concern: error\n  source.value: warning\n",
            "error",
            {"status.concern": "error", "source.value": "warning"},
            id="severities",
        ),
    ],
)
def test_the_configuration_is_read(tmp_path, text, fail_on, severities):
    config = read_config(configured(tmp_path, text))
    assert (config["fail_on"], config["severities"]) == (fail_on, severities)


BAD_CONFIGS = [
    pytest.param(
        "fail_on: eror\n",
        "3 [fail_on]: 'eror' is not known; did you mean error?",
        id="a misspelt severity",
    ),
    pytest.param(
        "fail_on: error, yeer.mismatch\n",
        "3 [fail_on]: 'yeer.mismatch' is not known; did you mean year.mismatch",
        id="a misspelt code after a comma",
    ),
    pytest.param(
        "fail_on:\n  - error\n  - doi.mising\n",
        "5 [fail_on]: 'doi.mising' is not known; did you mean doi.missing",
        id="a misspelt code in a list",
    ),
    pytest.param("fail_on: []\n", "3 [fail_on]: is empty", id="an empty list"),
    pytest.param(
        "fail_on: 3\n",
        "3 [fail_on]: is read as the number 3, and a text or a list is wanted; put it in quotes",
        id="a number",
    ),
    pytest.param(
        "fail_on: off\n",
        "3 [fail_on]: is read as false, and a text or a list is wanted; put it in quotes",
        id="off",
    ),
    pytest.param(
        "fail_on: [error, on]\n",
        "3 [fail_on]: is read as true, which is not known",
        id="on in a list",
    ),
    pytest.param(
        "fail_on:\n",
        "3 [fail_on]: is read as nothing, and a text or a list is wanted",
        id="nothing",
    ),
    pytest.param(
        "waivers: [a]\n", "3 [waivers]: is read as a list, and a text is wanted", id="a list"
    ),
    pytest.param(
        "review: {doi: 2027-01-01}\n",
        "3 [review.doi]: is read as the day 2027-01-01, and a text is wanted; put it in quotes",
        id="a day",
    ),
    pytest.param(
        "scope_notes: 'off'\n",
        "3 [scope_notes]: is read as a text, and true or false is wanted",
        id="a text for a switch",
    ),
    pytest.param(
        "registries:\n  max_age_days: soon\n",
        "4 [registries.max_age_days]: is read as a text, and a whole number is wanted",
        id="a text for a number",
    ),
    pytest.param(
        "registries:\n  max_age_days: -1\n",
        "4 [registries.max_age_days]: -1 is less than 0",
        id="a negative number",
    ),
    pytest.param(
        "registries: {crossref: crossref.org}\n",
        "3 [registries.crossref]: 'crossref.org' does not fit: Base address of the Crossref",
        id="no address",
    ),
    pytest.param(
        "severities: {status.concern: off}\n",
        "3 [severities.status.concern]: is read as false, which is not known; known are error,",
        id="off as a severity",
    ),
    pytest.param(
        "1: x\n", "3 [1]: the key 1 is read as a value (int); put it in quotes", id="number as key"
    ),
    pytest.param(
        "severities:\n  on: error\n",
        "4 [severities.on]: the key on is read as a value (bool); put it in quotes",
        id="a switch as key",
    ),
    pytest.param(
        "severities:\n  year.mismatch: note\n  status.concerns: error\n",
        "5 [severities.status.concerns]: 'status.concerns' is not known;"
        " did you mean status.concern",
        id="severity of a misspelt code",
    ),
    pytest.param(
        "severities:\n  status.concern: wrong\n",
        "4 [severities.status.concern]: 'wrong' is not known; known are error, warning, note",
        id="a misspelt severity of a code",
    ),
    pytest.param("fail_on: xyz\n", "3 [fail_on]: 'xyz' is not known; docs/findings", id="neither"),
    pytest.param(
        "severities: error\n",
        "3 [severities]: is read as a text, and a block of keys is wanted",
        id="no mapping",
    ),
]


@pytest.mark.parametrize(("text", "problem"), BAD_CONFIGS)
def test_what_the_configuration_may_not_say(tmp_path, text, problem):
    path = configured(tmp_path, text)
    with pytest.raises(InputError) as caught:
        read_config(path)
    assert str(caught.value).startswith(f"{path}:{problem}")
    assert len(str(caught.value)) < len(str(path)) + 250


def words_of_the_workflow(path, monkeypatch):
    """What the workflow says of the same file; its functions are a copy of the package's."""
    monkeypatch.chdir(path.parent)
    text = (ROOT / "workflow/rules/common.smk").read_text(encoding="utf-8")
    workflow = SimpleNamespace(
        configfiles=[str(path)],
        source_path=lambda name: str(ROOT / "workflow/rules" / name),
    )
    names = {"workflow": workflow}
    exec(compile(text, "common.smk", "exec"), names)
    said = []

    def stop(problem):
        said.append(problem)
        raise SystemExit

    names["stop"] = stop

    def both_checks():
        names["check_config_file"](str(path))
        names["check_config"](yaml.safe_load(path.read_text(encoding="utf-8")))

    with pytest.raises(SystemExit):
        both_checks()
    return said[0].removeprefix(str(path)).removeprefix(path.name)


@pytest.mark.parametrize(("text", "problem"), BAD_CONFIGS)
def test_the_workflow_says_the_same(tmp_path, monkeypatch, text, problem):
    path = configured(tmp_path, text)
    with pytest.raises(InputError) as caught:
        read_config(path)
    own, other = str(caught.value).removeprefix(str(path)), words_of_the_workflow(path, monkeypatch)
    # The workflow does not find the line of a key in braces.
    assert re.sub(r"^(:\d+)? ", "", own) == re.sub(r"^(:\d+)? ", "", other)


@pytest.mark.parametrize("text", ["severities:\n", "review:\n", "lock:\n", "registries:\n"])
def test_a_block_with_nothing_in_it_counts_as_absent(tmp_path, text):
    assert read_config(configured(tmp_path, text)) == read_config(configured(tmp_path, ""))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("bibliography: a.bib\n", "the key evidence is missing", id="no evidence"),
        pytest.param("- a\n", ":1: is read as a list, and a block of keys is wanted", id="a list"),
        pytest.param(
            "bibliography:\nevidence: {en: a}\n",
            ":1 [bibliography]: is read as nothing, and a text is wanted",
            id="nothing",
        ),
    ],
)
def test_a_configuration_that_is_not_one(tmp_path, text, problem):
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(problem)):
        read_config(path)


def test_the_delivered_configuration_gives_no_other_severities():
    config = read_config(ROOT / "config/config.yaml")
    assert (config["fail_on"], config["severities"]) == (["error"], {})
