"""The evidence files: what they state, that both state the same, and that the engine reads it all.

golden/evidence_rows.csv was typed by reading data/evidence/*.md, statement by statement. Renew
it in the same way when a statement changes; never by running the engine.
"""

import csv
import re
import shutil
import subprocess

import pytest

from conftest import ROOT
from livingreview.endpoints.documents import detect_language
from livingreview.endpoints.extract.engine import extract
from livingreview.endpoints.trials import read_trials
from livingreview.endpoints.vocabulary import read_vocabulary
from livingreview.files import read_text
from livingreview.references.texts.citations import find_citations

EVIDENCE = {lang: ROOT / "data" / "evidence" / f"{lang}.md" for lang in ("zh", "en")}
TEXTS = {lang: read_text(path) for lang, path in EVIDENCE.items()}
NUMBERS = ("value", "timepoint", "ci_low", "ci_high", "n")


@pytest.fixture(scope="module")
def vocabulary():
    return read_vocabulary(ROOT / "config" / "vocabulary.yaml")


@pytest.fixture(scope="module")
def trials():
    return read_trials(ROOT / "config" / "trials.yaml")


@pytest.fixture(scope="module")
def extracted(vocabulary, trials):
    return {lang: extract(TEXTS[lang], lang, lang, vocabulary, trials) for lang in TEXTS}


def golden(lang):
    with open(
        ROOT / "tests" / "golden" / "evidence_rows.csv", encoding="utf-8", newline=""
    ) as file:
        rows = [row for row in csv.DictReader(file) if row.pop("lang") == lang]
    return [{name: read_cell(name, cell) for name, cell in row.items()} for row in rows]


def read_cell(name, cell):
    return float(cell) if cell and name in NUMBERS else cell or None


def compared(row):
    """The row in the columns of the golden file."""
    record = row.to_json()
    record["references"] = ";".join(row.references)
    record["n"] = None if row.n is None else float(row.n)
    return record


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_result_of_the_evidence_is_read_as_a_person_reads_it(lang, extracted):
    expected = golden(lang)
    rows = [compared(row) for row in extracted[lang].rows]
    assert [{name: row[name] for name in expected[0]} for row in rows] == expected


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_places_lead_to_the_sentence_and_to_the_number(lang, extracted):
    text = TEXTS[lang]
    for row in extracted[lang].rows:
        assert text[row.start : row.end] == row.quote
        assert row.start <= row.value_start < row.value_end <= row.end
        printed = text[row.value_start : row.value_end]
        if row.statistic == "range":
            ends = [end for end in (row.ci_low, row.ci_high) if end is not None]
            assert [float(number) for number in re.findall(r"[0-9.]+", printed)] == ends
        else:
            assert float(printed) == row.value


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        pytest.param(
            "zh",
            [
                ("13%～15", "no outcome named"),
                ("5", "no outcome named"),
                ("336", "number of patients"),
                ("86", "number of patients"),
                ("82", "number of patients"),
                ("38", "number of patients"),
                ("3", "definition"),
                ("28", "number of patients"),
                ("28", "number of patients"),
                ("28", "number of patients"),
                ("2020 年", "date"),
                ("2023 年", "date"),
                ("43", "number of patients"),
                ("43", "number of patients"),
                ("43", "number of patients"),
                ("3 级或 4 级", "grade"),
            ],
            id="Chinese",
        ),
        pytest.param(
            "en",
            [
                ("13%–15", "no outcome named"),
                ("5", "no outcome named"),
                ("336", "number of patients"),
                ("86", "number of patients"),
                ("82", "number of patients"),
                ("38", "number of patients"),
                ("3", "definition"),
                ("28", "number of patients"),
                ("28", "number of patients"),
                ("28", "number of patients"),
                ("43", "number of patients"),
                ("2020", "date"),
                ("2023", "date"),
                ("43", "number of patients"),
                ("43", "number of patients"),
                ("grade 3 or 4", "grade"),
            ],
            id="English",
        ),
    ],
)
def test_every_other_number_is_left_aside_with_its_reason(lang, expected, extracted):
    found = [(aside["number"], aside["reason"]) for aside in extracted[lang].left_aside]
    assert found == expected


def statements(text):
    return [line for line in text.splitlines() if line.startswith(("- ", "#"))]


def numbers_of(statement):
    return sorted(re.findall(r"[0-9]+(?:\.[0-9]+)?", re.sub(r"\[@[^\]]*\]", "", statement)))


def test_both_languages_state_the_same_numbers_with_the_same_citations_in_the_same_order():
    chinese, english = statements(TEXTS["zh"]), statements(TEXTS["en"])
    assert [(numbers_of(line), cited(line)) for line in chinese] == [
        (numbers_of(line), cited(line)) for line in english
    ]


def cited(text):
    return [key for citation in find_citations(text) for key in citation.keys]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_reference_is_cited_and_first_cited_in_the_order_of_the_list(lang):
    keys = re.findall(r"^@\w+\{([^,\s]+),", read_text(ROOT / "data" / "references.bib"), re.M)
    assert list(dict.fromkeys(cited(TEXTS[lang]))) == keys


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_language_is_recognised(lang):
    assert detect_language(TEXTS[lang]) == lang


# Titles and names as the reference list prints them are facts.
FACTS = ("data/references.bib", "data/lock/", "tests/golden/")


def test_no_twelve_chinese_characters_in_a_row_stand_in_the_review(shared):
    """In no tracked text file, but for the review's own title and what its references print."""
    article = next((shared / "article").glob("*.txt")).read_text(encoding="utf-8")
    title, body = article.strip().splitlines()[0], squeezed(article.rpartition("参考文献")[0])
    assert "小细胞肺癌" in title
    copied = []
    for name in tracked_files():
        if name.startswith(FACTS):
            continue
        try:
            text = squeezed((ROOT / name).read_text(encoding="utf-8"))
        except (UnicodeDecodeError, FileNotFoundError):  # a picture; a file being taken out
            continue
        for run in re.findall(r"[\u4e00-\u9fff]{12,}", text.replace(squeezed(title), " ")):
            pieces = [run[i : i + 12] for i in range(len(run) - 11)]
            copied += [(name, piece) for piece in pieces if piece in body]
    assert copied == []


def tracked_files():
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout, so nothing is tracked")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [name for name in listed.stdout.split("\0") if name]


def squeezed(text):
    return re.sub(r"\s", "", text)
