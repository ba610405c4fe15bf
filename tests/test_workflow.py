"""The workflow as a whole: run once in a copy, then changed and broken in copies of that copy."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

BIN = Path(sys.executable).parent
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".snakemake", "results", "logs", "__pycache__", ".*_cache", ".hypothesis"
)
DOCUMENTS = [f"results/summary/summary.{kind}" for kind in ("html", "docx", "pdf")]


def run(folder, *command):
    done = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,  # in one stream: which line comes last is part of the test
        text=True,
    )
    return done.returncode, done.stdout.rstrip()


def snakemake(folder, *arguments):
    return run(folder, "snakemake", "--cores", "2", *arguments)


def planned(folder):
    """The rules that a run would run now."""
    status, output = snakemake(folder, "--dry-run")
    assert status == 0, output
    return set(re.findall(r"^(?:local)?rule (\w+):", output, flags=re.MULTILINE))


def results_of(folder):
    files = sorted(path for path in (folder / "results").rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The default review, built by what `make` calls."""
    folder = tmp_path_factory.mktemp("by_build") / "review"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    status, output = run(folder, "livingreview", "build", "--cores", "2")
    assert status == 0, output
    return folder, output


@pytest.fixture
def review(built, tmp_path):
    """A copy of the built review to change."""
    folder = tmp_path / "review"
    shutil.copytree(built[0], folder, symlinks=True)
    return folder


def change(path, old, new, count=1):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def test_the_run_ends_with_what_came_out(built):
    lines = built[1].splitlines()[-4:]
    assert lines[0].startswith("Results: results/summary/summary.html")
    assert re.match(r"References: 64 \(.*\d+ verified.*\); findings: ", lines[1])
    assert re.match(r"Reported results: \d+ rows; checks: \d+ failed, ", lines[2])
    assert re.fullmatch(r"\d+ references are not in the lock: make refresh", lines[3])
    assert "\n".join(lines) in (ROOT / "README.md").read_text(encoding="utf-8")


def test_nothing_is_left_to_do(built):
    assert planned(built[0]) == set()


def test_plain_snakemake_elsewhere_gives_the_same_bytes(built, tmp_path):
    folder = tmp_path / "another name"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    status, output = snakemake(folder)
    assert status == 0, output
    one, other = results_of(built[0]), results_of(folder)
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


AFTER_EXTRACTION = {
    "check_endpoints", "draw_figures", "compose_summary", "render_summary", "publish_summary",
    "default",
}  # fmt: skip
AFTER_CITATIONS = {
    "read_citations", "validate_references", "write_bibliography", "compose_summary",
    "render_summary", "publish_summary", "default",
}  # fmt: skip


def test_a_changed_number_reruns_what_depends_on_it_and_the_languages_disagree(review):
    change(review / "data/evidence/en.md", "7.3 months", "7.9 months")
    expected = {"extract_endpoints"} | AFTER_EXTRACTION | AFTER_CITATIONS
    assert planned(review) == expected
    status, output = snakemake(review)
    assert status == 0, output
    assert "extract_endpoints/zh" not in output
    summary = (review / "results/summary/summary.md").read_text(encoding="utf-8")
    assert "7.9" in summary
    checks = (review / "results/endpoints/checks.csv").read_text(encoding="utf-8")
    assert len(re.findall(r"^languages\.value,error,failed", checks, flags=re.MULTILINE)) == 1


def test_a_file_put_back_with_its_old_date_is_read_again(review):
    path = review / "data/evidence/en.md"
    old = path.stat()
    change(path, "7.3 months", "7.9 months")
    os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert "extract_endpoints" in planned(review)


def test_a_changed_waiver_does_not_extract_again(review):
    path = review / "config/waivers.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# looked at again\n", encoding="utf-8")
    assert planned(review) == {
        "validate_references", "write_bibliography", "compose_summary", "render_summary",
        "publish_summary", "default",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        pytest.param(
            "summary/render.py",
            {"render_summary", "publish_summary", "default"},
            id="rendering only renders",
        ),
        pytest.param(
            "references/resolution/resolve.py",
            {"resolve_references", "validate_references", "write_bibliography"}
            | {"compose_summary", "render_summary", "publish_summary", "default"},
            id="resolving reruns what is below it",
        ),
    ],
)
def test_a_changed_module_reruns_the_rules_that_import_it(review, module, expected):
    path = review / "workflow/scripts/livingreview" / module
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert planned(review) == expected


WAIVERS = """waivers:
  - {key: yuan2022anlotinib, code: title.mismatch, reason: r, by: b, until: 2999-01-01}
  - {key: cheng2023third, code: source.value, reason: r, by: b, until: 2999-01-01}
"""


def test_the_report_fails_on_findings_until_somebody_overrules_them(review):
    status, output = run(review, "livingreview", "build", "--report")
    assert status == 1
    lines = output.splitlines()
    assert [line.split(":")[2].strip() for line in lines] == [
        "title.mismatch",
        "source.value",
    ]
    (review / "config/waivers.yaml").write_text(WAIVERS, encoding="utf-8")
    assert run(review, "livingreview", "build", "--cores", "2")[0] == 0
    status, output = run(review, "livingreview", "build", "--report")
    assert (status, output) == (0, "nothing fails (fail_on: error)")
    expired = WAIVERS.replace("2999", "2000")
    (review / "config/waivers.yaml").write_text(expired, encoding="utf-8")
    assert run(review, "livingreview", "build", "--report")[0] == 1


def test_check_finds_what_the_workflow_finds(built):
    evidence = ("--evidence", "data/evidence/zh.md", "data/evidence/en.md")
    output = ("--format", "json", "--output", "logs/check.json")
    status, _ = run(built[0], "livingreview", "check", "data/references.bib", *evidence, *output)
    assert status == 1
    report = json.loads((built[0] / "logs/check.json").read_text(encoding="utf-8"))
    assert report["references"] == read_validation(built[0])
    (built[0] / "logs/check.json").unlink()


def test_the_policy_changes_severities_and_no_verdict(review):
    before = read_validation(review)
    change(
        review / "config/config.yaml",
        "severities: {}",
        "severities: {title.mismatch: note, source.value: warning, doi.missing: error}",
    )
    assert run(review, "livingreview", "build", "--cores", "2")[0] == 0
    after = read_validation(review)
    assert [one["verdict"] for one in after] == [one["verdict"] for one in before]
    status, output = run(review, "livingreview", "build", "--report")
    assert status == 1
    assert [line.split(": ")[2] for line in output.splitlines()] == ["doi.missing"] * 2


def read_validation(folder):
    text = (folder / "results/references/validation.json").read_text(encoding="utf-8")
    return json.loads(text)["references"]


def test_a_run_that_was_killed_goes_on(review):
    change(review / "data/evidence/zh.md", "#", "# ", 1)
    locks = review / ".snakemake/locks"
    locks.mkdir(parents=True, exist_ok=True)
    (locks / "0.output.lock").write_text("results/endpoints/endpoints.csv\n")
    status, output = run(review, "livingreview", "build", "--cores", "2")
    assert status == 0, output
    assert not list(locks.glob("*"))


def test_the_article_itself_runs_through_as_a_manuscript(review, shared):
    article = next((shared / "article").glob("*.txt"))
    shutil.copy(article, review / "manuscript.txt")
    change(review / "config/config.yaml", "  zh: data/evidence/zh.md\n", "  zh: manuscript.txt\n")
    change(review / "config/config.yaml", "  en: data/evidence/en.md\n", "")
    status, output = snakemake(review)
    assert status == 0, output
    with (review / "results/endpoints/endpoints.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["languages"] for row in rows} == {"single"}
    differing = [row for row in rows if row["source_state"] == "differs"]
    assert [(row["numbers"], row["endpoint"], row["value"]) for row in differing] == [
        ("35", "OS", "6.3")
    ]
    with (review / "results/references/citations.csv").open(encoding="utf-8", newline="") as file:
        assert {row["number"] for row in csv.DictReader(file)} == {str(n) for n in range(1, 65)}


def test_a_citation_of_an_unknown_key_is_an_error_of_the_report_and_ends_no_run(review):
    change(review / "data/evidence/en.md", "[@cheng", "[@chengg")
    status, output = snakemake(review)
    assert status == 0, output
    report = json.loads((review / "results/references/validation.json").read_text("utf-8"))
    assert [(one["code"], one["document"]) for one in report["findings"]] == [
        ("citation.unlisted", "data/evidence/en.md")
    ]
    assert run(review, "livingreview", "build", "--report")[0] == 1


FIRST_KEY = "liu2021cik"
BAD_INPUTS = {
    "an unclosed brace": (
        lambda folder: change(folder / "data/references.bib", "title = {CIK", "title = {{CIK"),
        r"data/references\.bib:\d+.*",
    ),
    "two entries with one key": (
        lambda folder: change(
            folder / "data/references.bib", "{yuan2022efficacy,", f"{{{FIRST_KEY},"
        ),
        rf"data/references\.bib:\d+.*{FIRST_KEY}.*",
    ),
    "evidence that is not UTF-8": (
        lambda folder: (folder / "data/evidence/en.md").write_bytes(b"median \xff 5 months"),
        r"data/evidence/en\.md:1: not UTF-8 .*",
    ),
    "an empty bibliography": (
        lambda folder: (folder / "data/references.bib").write_text("", encoding="utf-8"),
        r"data/references\.bib.*",
    ),
    "a misspelt config key": (
        lambda folder: change(folder / "config/config.yaml", "bibliography:", "bibliografy:"),
        r"config/config\.yaml:\d+ \[bibliografy\]: no such key; known are .*",
    ),
    "a config key that stands twice": (
        lambda folder: change(folder / "config/config.yaml", "fail_on:", "fail_on: note\nfail_on:"),
        r"config/config\.yaml:\d+: the key 'fail_on' stands twice",
    ),
    "a misspelt code in the policy": (
        lambda folder: change(
            folder / "config/config.yaml", "severities: {}", "severities:\n  doi.mising: error"
        ),
        r"config/config\.yaml:\d+ \[severities\.doi\.mising\]: 'doi\.mising' is not known;"
        r" did you mean doi\.missing.*",
    ),
    "a severity that there is not": (
        lambda folder: change(
            folder / "config/config.yaml", "fail_on: error", "fail_on: eror, doi.missing"
        ),
        r"config/config\.yaml:\d+ \[fail_on\]: 'eror' is not known; did you mean error\?",
    ),
    "a waiver of a misspelt code": (
        lambda folder: change(
            folder / "config/waivers.yaml",
            "waivers: []",
            WAIVERS.replace("title.mismatch", "title.mismach"),
        ),
        r"config/waivers\.yaml:\d+: 'title\.mismach' is no code of a finding or check;"
        r" did you mean title\.mismatch.*",
    ),
    "a config that is no YAML": (
        lambda folder: (folder / "config/config.yaml").write_text("evidence: [zh\n"),
        r"config/config\.yaml:\d+: not YAML .*",
    ),
    "a vocabulary with an unknown statistic": (
        lambda folder: change(
            folder / "config/vocabulary.yaml", "statistics: [", "statistics: [mean, "
        ),
        r"config/vocabulary\.yaml:\d+.*mean.*",
    ),
    "a lock line that is not JSON": (
        lambda folder: change(folder / "data/lock/works.jsonl", '{"DOI"', "{broken"),
        r"data/lock/works\.jsonl:\d+: not JSON .*",
    ),
    "a vocabulary that names one spelling twice": (
        lambda folder: change(folder / "config/vocabulary.yaml", "无进展生存期", "总生存期"),
        r"config/vocabulary\.yaml:\d+.*总生存期.*",
    ),
    "a missing file": (
        lambda folder: (folder / "data/evidence/zh.md").unlink(),
        r"config/config\.yaml:\d+ \[evidence\.zh\]: data/evidence/zh\.md: no such file",
    ),
    "results that cannot be written": (
        lambda folder: (
            (folder / "results").rename(folder / "kept"),
            (folder / "results").write_text("a file where a folder should be"),
        ),
        r"results/: cannot be written .*",
    ),
}


@pytest.mark.parametrize("name", BAD_INPUTS)
def test_a_bad_input_ends_with_one_line_and_costs_no_document(review, name):
    before = {name: (review / name).read_bytes() for name in DOCUMENTS}
    spoil, expected = BAD_INPUTS[name]
    spoil(review)
    status, output = snakemake(review)
    assert status != 0
    assert re.fullmatch(expected, output.splitlines()[-1]), output
    kept = review / "kept" if (review / "kept").exists() else review / "results"
    after = {name: kept.joinpath(*Path(name).parts[1:]).read_bytes() for name in DOCUMENTS}
    assert after == before


def test_make_repeats_the_line_as_the_last_of_all(review):
    (review / ".venv").mkdir()
    (review / ".venv/bin").symlink_to(BIN)
    (review / ".venv/installed").touch()
    BAD_INPUTS["a lock line that is not JSON"][0](review)
    # `make test` runs this very test: a make inside a make says more than one by itself.
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("MAKELEVEL", "MAKEFLAGS", "MFLAGS")
    }
    done = subprocess.run(
        ["make"],
        cwd=review,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 2
    last = done.stdout.rstrip().splitlines()[-1]
    assert re.match(r"Makefile:\d+: \*\*\* data/lock/works\.jsonl:\d+: not JSON .*", last)
