"""The catalogue of codes: whole, true to what the package emits, and the page made from it."""

import re

import pytest
import yaml

from conftest import ROOT
from livingreview.references.judgement import status, validate
from livingreview.references.judgement.validate import build_report
from livingreview.references.reading.bibtex import read_bibtex
from livingreview.references.resolution.resolve import resolve_references
from livingreview.references.wording.catalogue import CODES, FINDINGS, SEVERITIES
from livingreview.references.wording.catalogue_page import example_message, findings_page
from livingreview.references.wording.messages import FIELD_NAMES
from livingreview.references.wording.templates import TEMPLATES, WORDINGS
from livingreview.registries.lock import read_lock

PACKAGE = ROOT / "workflow/scripts/livingreview"
OTHERS = {"doi.org"}  # looks like a code, and is an address


def test_the_catalogue_has_a_message_for_each_finding_and_no_other():
    by_template = set(TEMPLATES) - {"mismatch"} | {f"{field}.mismatch" for field in FIELD_NAMES}
    assert set(FINDINGS) == by_template


def literals(paths):
    """Every text of the package that looks like a code of a field that codes begin with."""
    fields = {code.split(".")[0] for code in CODES}
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for field, name in re.findall(r'"([a-z-]+)\.([a-z-]+)"', text):
            if field in fields:
                yield f"{field}.{name}"


def test_every_code_that_the_package_can_emit_is_in_it():
    found = set(literals([*PACKAGE.glob("references/**/*.py"), *PACKAGE.glob("endpoints/*.py")]))
    found |= {f"status.{kind}" for kind in status.SEVERITIES}
    assert found - set(WORDINGS) - OTHERS == set(CODES) - {
        code for code in CODES if code.endswith(".mismatch") and code not in found
    }
    assert {code for code, _ in validate.DECIDING} <= set(CODES)


def test_every_severity_that_stands_beside_a_code_is_in_it():
    pair = re.compile(r'"([a-z-]+\.[a-z-]+)",\s*"(error|warning|note)"')
    beside = {
        found.groups()
        for path in PACKAGE.glob("references/**/*.py")
        for found in pair.finditer(path.read_text(encoding="utf-8"))
    }
    assert len(beside) > 12
    assert [one for one in beside if one[1] not in FINDINGS[one[0]].severities] == []
    for code, severity in status.SEVERITIES.items():
        assert FINDINGS[f"status.{code}"].severities == (severity,)


def test_the_schema_of_the_configuration_knows_the_same_codes():
    schema = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_text("utf-8"))
    assert schema["$defs"]["code"]["enum"] == list(CODES)
    assert schema["$defs"]["failing"]["anyOf"][0]["enum"] == list(SEVERITIES)


@pytest.mark.parametrize("code", CODES)
def test_an_entry_says_what_is_meant_and_what_to_do_in_both_languages(code):
    about = CODES[code]
    assert about.severities == tuple(dict.fromkeys(about.severities)) != ()
    assert set(about.severities) <= set(SEVERITIES)
    for chinese, english in (about.means, about.todo):
        assert re.search(r"[\u4e00-\u9fff]", chinese)
        assert chinese.endswith("。")
        assert not re.search(r"[\u4e00-\u9fff]", english)
        assert english.endswith((".", "...)."))
        assert len(english) < 100


@pytest.mark.parametrize("code", FINDINGS)
def test_an_example_leaves_nothing_out(code):
    """No empty quotation marks, no place for a value left, no blank before a stop."""
    for text in example_message(code).values():
        assert not re.search(r"“”|[{}]|\(\)|（）|  | [.,;:，。；：]", text)


def test_the_page_is_what_the_catalogue_gives():
    page = (ROOT / "docs/findings.md").read_text(encoding="utf-8")
    assert page == findings_page(), "run `make docs`"


def test_what_is_emitted_has_a_severity_that_the_catalogue_names():
    references = read_bibtex(ROOT / "data/references.bib")
    lock = read_lock(ROOT / "data/lock/works.jsonl")
    report = build_report(resolve_references(references, lock), [], [])
    emitted = {
        (one["code"], one["severity"])
        for entry in report["references"]
        for one in entry["findings"]
    }
    assert ("title.mismatch", "error") in emitted
    assert [pair for pair in emitted if pair[1] not in FINDINGS[pair[0]].severities] == []
