"""A report that could compare nothing, or not all, says so in each of its forms."""

import json

import pytest

from livingreview.cli import main
from livingreview.references.wording.messages import words_for_unchecked
from test_check import ENTRY, LOCK

SECOND = ENTRY.replace("wang2022title", "刘2021").replace("10.1000/ab", "10.1000/cd")
SECOND = SECOND.replace("A trial of something in small cell lung cancer", "安罗替尼的临床应用")
RIGHT = ENTRY.replace("34", "35")
NONE = {
    "zh": "2 条文献均无从比对：没有锁定文件（--lock）涉及它们，也没有登记机构（--live）的答复。",
    "en": "None of 2 references could be compared: no lock (--lock) tells of them, and no registry"
    " (--live) answered.",
}
ONE = {
    "zh": "2 条文献中有 1 条未核查：没有查询，或无人答复，或所见信息不足以判断。",
    "en": "1 of 2 references unchecked: not asked, or nobody answered, or too little was seen.",
}
OTHER = [LOCK[0], {**LOCK[1], "_query": {"doi": "10.1000/zz"}, "DOI": "10.1000/zz", "title": ["Z"]}]
SILENT = [LOCK[0], {**LOCK[1], "_outcome": "failed", "_reason": "HTTP 503"}]
CASES = [
    pytest.param(None, "warning", NONE, id="no lock"),
    pytest.param(LOCK[:1], "warning", NONE, id="an empty lock"),
    pytest.param(OTHER, "warning", NONE, id="a lock of other works"),
    pytest.param(SILENT, "warning", NONE, id="a lock of silence"),
    pytest.param(LOCK, "note", ONE, id="a lock of one of them"),
]


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """What `check` prints of a list of two, one of them Chinese; the exit code is 0."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.bib").write_text(f"{RIGHT}\n{SECOND}", encoding="utf-8")

    def run(lock, form):
        more = []
        if lock is not None:
            text = "".join(json.dumps(line) + "\n" for line in lock)
            (tmp_path / "lock.jsonl").write_text(text, encoding="utf-8")
            more = ["--lock", "lock.jsonl"]
        assert main(["check", "a.bib", *more, "--format", form]) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize(("lock", "severity", "words"), CASES)
def test_every_form_says_what_is_unchecked(told, lock, severity, words):
    both = f"{words['zh']} {words['en']}"
    command = {"warning": "warning", "note": "notice"}[severity]
    assert told(lock, "github") == f"::{command} title=unchecked::{both}\n"
    assert told(lock, "text").endswith(f"\n{words['zh']}\n{words['en']}\n")
    assert f"\n\n{both}\n\n## " in told(lock, "md").replace("\\", "")
    summary = json.loads(told(lock, "json"))["summary"]
    assert summary["unchecked"] == {"severity": severity, "message": words}
    assert summary["answered"] == (0 if severity == "warning" else 1)
    (run,) = json.loads(told(lock, "sarif"))["runs"]
    assert run["invocations"] == [
        {
            "executionSuccessful": True,
            "toolExecutionNotifications": [{"level": severity, "message": {"text": both}}],
        }
    ]
    assert told(lock, "patch") == (f"# No correction is proposed for a.bib.\n# {words['en']}\n")


def test_where_all_is_checked_nothing_is_added(told, tmp_path):
    (tmp_path / "a.bib").write_text(RIGHT, encoding="utf-8")
    assert told(LOCK, "github") == ""
    assert "unchecked" not in told(LOCK, "text") + told(LOCK, "md")
    assert json.loads(told(LOCK, "json"))["summary"]["unchecked"] is None
    assert "invocations" not in json.loads(told(LOCK, "sarif"))["runs"][0]
    assert told(LOCK, "patch") == "# Nothing is to be corrected in a.bib.\n"


def test_an_empty_report_has_nothing_to_say():
    assert words_for_unchecked(0, 0, 0) is None


@pytest.mark.parametrize("more", [[], ["--lock", "lock.jsonl"]], ids=["no lock", "a lock"])
def test_completeness_without_asking_is_an_error_of_arguments(told, capsys, more):
    told(LOCK, "json")
    assert main(["check", "a.bib", *more, "--require-complete"]) == 2
    assert capsys.readouterr().err == (
        "livingreview: [--require-complete]: needs --live: without it no registry is asked\n"
    )
