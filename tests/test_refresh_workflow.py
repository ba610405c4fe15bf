"""Rerunning on an updated bibliography: the registries are asked, then everything is built."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from doubles.crossref import Limit, LocalCrossref
from doubles.records import work, works_of_bibliography
from livingreview.references.reading.bibtex import read_bibtex
from test_workflow import LEFT_OUT, snakemake

FAST = {
    pool: Limit(1_000_000, at_once=3)
    for pool in ("public-single", "public-array", "polite-single", "polite-array")
}
ADDED = """
@article{zhou2026later,
  author = {Zhou, M. and Chen, L.},
  title = {Anlotinib after Immunotherapy in Small Cell Lung Cancer: Final Results},
  journal = {Lung Cancer},
  year = {2026},
  volume = {210},
  pages = {101-109},
  doi = {10.1016/j.lungcan.2026.108001},
}
"""
NEW_WORK = work(
    "10.1016/j.lungcan.2026.108001",
    "Anlotinib after Immunotherapy in Small Cell Lung Cancer: Final Results",
    [("Zhou", "Min"), ("Chen", "Li")],
    journal="Lung Cancer",
    year=2026,
    volume="210",
    page="101-108",
)


@pytest.fixture(scope="module")
def crossref():
    held = works_of_bibliography(read_bibtex(ROOT / "data" / "references.bib"))
    with LocalCrossref([*held, NEW_WORK], limits=FAST) as registry:
        yield registry


@pytest.fixture
def review(crossref, tmp_path):
    """A copy of the repository whose registries are the double, and nobody else."""
    folder = tmp_path / "review"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    config = folder / "config" / "config.yaml"
    text = config.read_text(encoding="utf-8")
    for name in ("europepmc", "doi", "datacite", "clinicaltrials"):
        text = re.sub(rf"^  {name}: .*$", f'  {name}: ""', text, flags=re.MULTILINE)
    text = re.sub(r"^  crossref: .*$", f"  crossref: {crossref.address}", text, flags=re.MULTILINE)
    text = text.replace("web_pages: true", "web_pages: false")
    config.write_text(text, encoding="utf-8")
    return folder


def verdict(folder, key):
    text = (folder / "results" / "references" / "validation.json").read_text(encoding="utf-8")
    [entry] = [one for one in json.loads(text)["references"] if one["key"] == key]
    codes = [one["code"] for one in entry["findings"] if one["code"] != "citation.uncited"]
    return entry["verdict"], entry["doi"], codes


def test_an_added_paper_is_asked_for_and_verified_by_one_command(review, crossref):
    bibliography = review / "data" / "references.bib"
    bibliography.write_text(bibliography.read_text(encoding="utf-8") + ADDED, encoding="utf-8")
    # The environment of these tests in place of one that `make` would set up.
    installed = review / ".venv" / "installed"
    installed.parent.mkdir()
    installed.touch()
    command = ["make", f"BIN={Path(sys.executable).parent}", "refresh"]
    # Under `make test` a make within would say which folder it leaves.
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(command, cwd=review, env=alone, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "References: 65 (" in done.stdout
    asked, notices, requests = done.stdout.splitlines()[-3:]
    assert re.fullmatch(r"Crossref: \d+ asked: \d+ found, \d+ not found, 0 not answered", asked)
    assert re.fullmatch(r"Crossref, notices: \d+ asked: 0 with notices, \d+ .*, 0 .*", notices)
    assert re.fullmatch(r"\d+ requests in all", requests)
    assert verdict(review, "zhou2026later") == (
        "differs",
        "10.1016/j.lungcan.2026.108001",
        ["page.last-mismatch"],
    )
    html = (review / "results" / "summary" / "summary.html").read_text(encoding="utf-8")
    assert "10.1016/j.lungcan.2026.108001" in html
    lines = (review / "data" / "lock" / "works.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["_version"] == 1
    # The rule asks the same, which by now is nothing.
    before = len(crossref.requests)
    status, output = snakemake(review, "refresh_lock")
    assert status == 0, output
    assert "nothing to ask" in output
    assert len(crossref.requests) == before
