"""Markdown of the model: escaping, catalogues, both languages with the same numbers."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

import summary_inputs as inputs
from livingreview.endpoints.extract.aside import BEFORE, BEHIND
from livingreview.errors import InputError
from livingreview.references.judgement.validate import VERDICTS as KNOWN_VERDICTS
from livingreview.summary.compose import compose_markdown
from livingreview.summary.document import plain_text, read_document
from livingreview.summary.markdown import escape, inline, link, plain, safe_address
from livingreview.summary.model import STATES, VERDICTS
from livingreview.summary.resources import load_resources
from summary_documents import numbers

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "workflow" / "resources"
EXTRACT = ROOT / "workflow" / "scripts" / "livingreview" / "endpoints" / "extract"
PACKAGE = ROOT / "workflow" / "scripts" / "livingreview" / "summary"
CATALOGUES = {
    language: RESOURCES / "locale" / language / "LC_MESSAGES" / "summary.po"
    for language in ("zh", "en")
}


@pytest.fixture(scope="module")
def resources():
    return inputs.resources()


@pytest.mark.parametrize(
    ("value", "markdown"),
    [
        pytest.param("4.1", "4.1", id="a number stays readable"),
        pytest.param("4. 结果", "4\\. 结果", id="no numbered list"),
        pytest.param("- 项", "\\- 项", id="no bullet"),
        pytest.param("# 题", "\\# 题", id="no heading"),
        pytest.param("a_b*c", "a\\_b\\*c", id="no emphasis"),
        pytest.param("<script>", "\\<script\\>", id="no tag"),
        pytest.param("$x$ \\input{y}", "\\$x\\$ \\\\input\\{y\\}", id="no TeX"),
        pytest.param("a|b", "a\\|b", id="no cell border"),
        pytest.param("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))", id="no link"),
        pytest.param("a\nb\u2028c", "a b c", id="one line"),
        pytest.param("a\u202eb", "a‹U+202E›b", id="a turning mark is shown"),
        pytest.param("a\x00b\ud800", "a\ufffdb\ufffd", id="no control, no half character"),
    ],
)
def test_values_are_escaped(value, markdown):
    assert escape(value) == markdown


MARKUP = st.text(alphabet="\\`*_{}[]()<>#+-.!|~^$@&:=%/\"' a1\n", max_size=30)


@settings(max_examples=60, deadline=None)
@given(MARKUP | st.text(max_size=40))
def test_any_text_comes_back_from_pandoc_as_it_was(text):
    document = read_document(
        f"A {inline(text)} Z\n\n| a |\n|---|\n| {inline(text)} |\n\n{escape(text)}\n"
    )
    shown = plain(text)
    paragraph, table, *rest = document["blocks"]
    assert spaced(plain_text(paragraph)) == spaced(f"A {shown} Z")
    assert spaced(plain_text(table["c"][4])) == spaced(shown)
    assert spaced(plain_text(rest)) == spaced(shown)
    assert {block["t"] for block in rest} <= {"Para"}


def spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        pytest.param("https://a.org/b?c=1&d=2", "https://a.org/b?c=1\\&d=2", id="web"),
        pytest.param("https://a.org/(x) y>z", "https://a.org/%28x%29%20y%3Ez", id="odd signs"),
        pytest.param("#ref-3", "#ref-3", id="a place in the document"),
        pytest.param("javascript:alert(1)", None, id="a script"),
        pytest.param("data:text/html,x", None, id="data"),
        pytest.param("file:///etc/passwd", None, id="a file"),
        pytest.param("https://", None, id="no host"),
        pytest.param("http://[", None, id="not an address"),
    ],
)
def test_only_addresses_of_the_web_become_links(address, safe):
    assert safe_address(address) == safe
    assert link("x", address) == (f"[x]({safe})" if safe else "x")


def test_both_languages_show_the_same_numbers(resources):
    model = inputs.compose()
    shown = {
        language: numbers(texts(compose_markdown(model, resources, languages=[language])))
        for language in ("zh", "en")
    }
    assert shown["zh"] == shown["en"]


def texts(markdown: str) -> str:
    """The text, without attributes and addresses, and without dates, which each writes its way."""
    text = re.sub(r"\]\([^)]*\)|\{[^}]*\}", "]", markdown)
    return re.sub(r"20\d\d年\d+月\d+日|\d+ November 20\d\d", "", text)


def test_contradictions_are_told_in_words(resources):
    markdown = compose_markdown(inputs.compose(), resources).replace("\u00a0", " ")
    assert (
        "脑转移，安罗替尼，中位 OS：综述印 6.3 个月，来源（摘要）载 6.1 个月"
        " (95% CI 4.1–8.0; p = 0.0061; n = 21)。"
    ) in markdown
    assert (
        "Brain metastases, anlotinib, median OS: the review prints 6.3 months;"
        " the source (abstract) says 6.1 months (95% CI 4.1–8.0; p = 0.0061; n = 21)."
    ) in markdown


def test_every_reference_and_row_is_shown(resources):
    markdown = compose_markdown(inputs.compose(), resources)
    for row in inputs.RESULTS:
        assert f"{{#{row['id']} .row}}" in markdown
    for reference in inputs.CITED:
        assert f"{{#ref-{reference.number}}}" in markdown


def test_an_empty_review_has_a_document(resources):
    empty = {"references": [], "summary": {"not_in_lock": 0}}
    model = inputs.compose(
        validation=empty, cited=[], results=[], other_reports=[], checks=[], left_aside={}
    )
    assert "{#list}" in compose_markdown(model, resources)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_message_is_missing_or_unused(language):
    sources = [*PACKAGE.glob("*.py"), RESOURCES / "summary.md.j2"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    with CATALOGUES[language].open("rb") as file:
        catalogue = {message.id for message in read_po(file) if message.id}
    keys = {key[0] if isinstance(key, tuple) else key for key in catalogue}
    literal = set(re.findall(r'"([a-z][a-z-]*\.[a-z][a-z-]*)"', code))
    families = set(re.findall(r'f?"([a-z-]+)\.(?:\{|" ~ )', code))
    families |= set(re.findall(r'(?:known|state)\("([a-z-]+)"', code))
    known = {key for key in literal if key.split(".")[0] in {key.split(".")[0] for key in keys}}
    unused = {key for key in keys - known if key.split(".")[0] not in families}
    assert known - keys == set()
    assert unused == set()


@pytest.mark.parametrize(
    ("family", "names"),
    [
        ("state", STATES),
        ("state-means", STATES),
        ("verdict", VERDICTS),
        ("verdict-means", VERDICTS),
        ("severity", ("error", "warning", "note")),
        ("languages", ("differ", "only-zh", "only-en")),
        ("language-difference", ("differ", "only-zh", "only-en")),
        ("other", ("agrees", "differs", "ambiguous")),
        ("statistic", ("median", "rate", "hazard_ratio", "difference", "range", "count")),
        ("timepoint", ("year", "month", "week")),
        ("quantity", ("months", "weeks", "days", "years", "patients", "%", "ratio")),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_has_words(language, family, names):
    with CATALOGUES[language].open("rb") as file:
        catalogue = read_po(file)
    assert [name for name in names if not catalogue.get(f"{family}.{name}")] == []


def test_the_summary_orders_every_verdict_there_is():
    assert sorted(VERDICTS) == sorted(KNOWN_VERDICTS)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_for_leaving_a_number_aside_has_words(language):
    code = "\n".join(path.read_text("utf-8") for path in EXTRACT.glob("*.py"))
    reasons = {reason for reason, _ in (*BEFORE, *BEHIND)}
    reasons |= set(re.findall(r'(?:figure, |reason = |reason=)"([^"]+)"', code))
    assert len(reasons) > 15
    with CATALOGUES[language].open("rb") as file:
        catalogue = read_po(file)
    assert [reason for reason in sorted(reasons) if not catalogue.get(f"reason.{reason}")] == []


def test_the_languages_have_the_same_messages_and_placeholders():
    read = {}
    for language, path in CATALOGUES.items():
        with path.open("rb") as file:
            read[language] = {
                str(message.id): placeholders(message.string)
                for message in read_po(file)
                if message.id
            }
    assert read["zh"] == read["en"]


def placeholders(string: str | tuple[str, ...]) -> set[str]:
    parts = [string] if isinstance(string, str) else string
    assert all(parts), "an empty translation"
    return {name for part in parts for name in re.findall(r"\{(\w*)\}", part)} - {"n"}


def test_no_number_stands_in_a_template_or_catalogue():
    template = (RESOURCES / "summary.md.j2").read_text(encoding="utf-8")
    shown = re.sub(
        r"\{[{%].*?[%}]\}|\{[#.][^}]*\}|<!--.*?-->|width=\S+|^#+", "", template, flags=re.S | re.M
    )
    assert re.findall(r"\d+", shown) == []
    for path in CATALOGUES.values():
        strings = re.findall(r'^msgstr(?:\[\d\])? "(.*)"', path.read_text(encoding="utf-8"), re.M)
        assert [string for string in strings if re.search(r"\d", string)] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(("{% block title %}", "{% blok %}"), "summary.md.j2:", id="a broken template"),
        pytest.param(
            ("model.as_of", "model.as_off"), "has no attribute 'as_off'", id="no such part"
        ),
        pytest.param(('"title.glance"', '"title.glanse"'), "no such message", id="no such message"),
    ],
)
def test_a_broken_template_is_named(tmp_path, change, message):
    template = (RESOURCES / "summary.md.j2").read_text(encoding="utf-8")
    assert change[0] in template
    path = tmp_path / "summary.md.j2"
    path.write_text(template.replace(*change), encoding="utf-8")
    given = load_resources([path, *CATALOGUES.values()])
    with pytest.raises(InputError, match=re.escape(message)):
        compose_markdown(inputs.compose(), given)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("msgid broken", "not a gettext catalogue", id="not a catalogue"),
        pytest.param("", "no such message", id="an empty one"),
    ],
)
def test_a_broken_catalogue_is_named(tmp_path, text, message):
    path = tmp_path / "zh" / "LC_MESSAGES" / "summary.po"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    given = load_resources([RESOURCES / "summary.md.j2", path, CATALOGUES["en"]])
    with pytest.raises(InputError, match=message):
        compose_markdown(inputs.compose(), given)


def test_a_file_that_is_no_resource_is_named(tmp_path):
    stray = tmp_path / "other.css"
    stray.write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="no resource of the summary"):
        load_resources([stray])
