"""The catalogue of codes: whole, true to what the package emits, and the page made from it."""

import re

import pytest
import yaml
from babel.messages.pofile import read_po

from conftest import ROOT
from livingreview.references.judgement import status, validate
from livingreview.references.judgement.validate import build_report
from livingreview.references.reading.bibtex import read_bibtex
from livingreview.references.reporting.reports import SEVERITY_NAMES
from livingreview.references.resolution.resolve import resolve_references
from livingreview.references.wording.catalogue import CODES, FINDINGS, SEVERITIES
from livingreview.references.wording.catalogue_page import example_message, findings_page
from livingreview.references.wording.messages import (
    DOUBTS,
    FIELD_NAMES,
    SOURCE_NAMES,
    message,
    source_names,
)
from livingreview.references.wording.templates import TEMPLATES, WORDINGS
from livingreview.references.wording.verdicts import VERDICTS
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


def test_a_plural_source_fits_every_sentence():
    """ "public pages (a.org, b.org)" has no verb behind it but in what one registry alone says."""
    one_registry = {"doi.not-found", "existence.no-registration"}
    verbs = re.compile(r"(?<!in |of )\{sources?\} (?:has|is|was|shows|says|gives|does|registers)\b")
    told = {**TEMPLATES, **WORDINGS, **DOUBTS}
    assert {code for code, (_, text) in told.items() if verbs.search(text)} == one_registry
    pages = {"_source": "page", "_pages": ["https://a.org/1", "https://b.org/2"]}
    values = {"cited": "Zhao L, Wang N", "found": "Wang N, Zhao L", "date": "2026-11-22"}
    assert message("author.order", source=source_names(pages), **values) == {
        "zh": "作者顺序不符：文献表为“Zhao L, Wang N”，公开网页（a.org, b.org）为"
        "“Wang N, Zhao L”（2026-11-22）。",
        "en": "The authors stand in another order: the list has “Zhao L, Wang N”; public pages"
        " (a.org, b.org): “Wang N, Zhao L” (2026-11-22).",
    }


@pytest.mark.parametrize(("place", "language"), [(0, "zh"), (1, "en")])
def test_reports_and_summary_have_the_same_words_for_verdicts(place, language):
    path = ROOT / f"workflow/resources/locale/{language}/LC_MESSAGES/summary.po"
    with path.open("rb") as file:
        summary = read_po(file)
    assert {
        name: (summary.get(f"verdict.{name}").string, summary.get(f"verdict-means.{name}").string)
        for name in VERDICTS
    } == {name: (one.name[place], one.means[place]) for name, one in VERDICTS.items()}


def test_reports_and_summary_have_the_same_words_for_severities_and_sources():
    path = ROOT / "workflow/resources/locale/zh/LC_MESSAGES/summary.po"
    with path.open("rb") as file:
        words = {one.id: one.string for one in read_po(file)}
    assert {name: words.get(f"severity.{name}") for name in SEVERITY_NAMES} == SEVERITY_NAMES
    assert {name: words.get(f"source.{name}") for name in SOURCE_NAMES} == {
        name: chinese for name, (chinese, _) in SOURCE_NAMES.items()
    }


def test_verdicts_are_told_apart_in_both_languages():
    for place in (0, 1):
        assert len({one.name[place] for one in VERDICTS.values()}) == len(VERDICTS)
        assert len({one.means[place] for one in VERDICTS.values()}) == len(VERDICTS)
    assert {name: VERDICTS[name].name for name in ("verified", "suggested", "unchecked")} == {
        "verified": ("已核实", "Verified"),
        "suggested": ("建议补 DOI", "DOI suggested"),
        "unchecked": ("未核查", "Unchecked"),
    }
    assert "| `notice` | 本身是更正或撤稿声明 / Is itself a notice | " in findings_page()


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
