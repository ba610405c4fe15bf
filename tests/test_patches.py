"""The patch over lists full of faults and of habits: git applies it, what it claims to mend is
mended, nothing else changes."""

import random
import re
import shutil
import subprocess
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingreview.references.corrections.bibliography import (
    corrected_references,
    corrected_text,
    corrections_patch,
    propose_corrections,
)
from livingreview.references.corrections.patch import lines_of, unified_diff
from livingreview.references.judgement.validate import build_report
from livingreview.references.reading.bibtex import parse_bibtex, write_bibtex
from livingreview.references.record import Name, Reference
from livingreview.references.resolution.matching import bibliographic_query
from livingreview.references.resolution.resolve import resolve_references

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
DAY = "2026-11-22"


def git_apply(folder, patch):
    (folder / "corrections.patch").write_bytes(patch.encode("utf-8"))
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
    applied = subprocess.run(
        ["git", "apply", "--verbose", "corrections.patch"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert applied.returncode == 0, applied.stderr


def checked(text, answers):
    lines = resolve_references(parse_bibtex(text, "references.bib"), answers)
    return lines, build_report(lines, None, [])


def proposed(text, answers):
    return propose_corrections(*checked(text, answers), text)


def patched(folder, text, answers, path="data/references.bib"):
    """The corrections, and the file after git has applied their patch."""
    corrections = proposed(text, answers)
    after = corrected_text(text, corrections)
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8"))
    if corrections:
        git_apply(folder, corrections_patch(text, after, corrections, path))
    assert file.read_bytes().decode("utf-8") == after
    return corrections, after


def record(doi="10.1000/a", **fields):
    return {
        "_source": "crossref",
        "_query": {"doi": doi},
        "_outcome": "found",
        "_retrieved": DAY,
        "DOI": doi,
        "title": ["Anlotinib in small cell lung cancer"],
        "author": [{"family": "Wang", "given": "Ning"}, {"family": "Zhao", "given": "Lei"}],
        "container-title": ["Lung Cancer"],
        "published-print": {"date-parts": [[2022]]},
        "volume": "11",
        "issue": "2",
        "page": "12-18",
    } | fields


HEAD = """\
@article{k,
  title = {Anlotinib in small cell lung cancer},
  author = {Wang, Ning and Zhao, Lei},
"""
ONE_LINE = " ".join(HEAD.split()) + " "


# --- One habit of writing BibTeX each --------------------------------------------------------


@needs_git
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            HEAD + "  volume = {12},\n  doi = {10.1000/a}\n}\n",
            HEAD + "  volume = {11},\n  doi = {10.1000/a}\n}\n",
            id="one field",
        ),
        pytest.param(
            HEAD.replace("\n", "\r\n") + "  volume = 12,\r\n  doi = {10.1000/a}\r\n}\r\n",
            HEAD.replace("\n", "\r\n") + "  volume = {11},\r\n  doi = {10.1000/a}\r\n}\r\n",
            id="Windows line ends",
        ),
        pytest.param(
            HEAD + '\tvolume = "1" # "2",\n\tdoi\t= "10.1000/a"}',
            HEAD + '\tvolume = {11},\n\tdoi\t= "10.1000/a"}',
            id="tabs, joined texts, no line end",
        ),
        pytest.param(
            HEAD
            + "  Volume={12},  % the volume as printed\n  DOI={10.1000/a},\n  x-note={mine}\n}\n",
            HEAD
            + "  Volume={11},  % the volume as printed\n  DOI={10.1000/a},\n  x-note={mine}\n}\n",
            id="capitals, a comment, an unknown field",
        ),
        pytest.param(
            ONE_LINE + "volume={12}, doi={10.1000/a}}\n",
            ONE_LINE + "volume={11}, doi={10.1000/a}}\n",
            id="all on one line",
        ),
        pytest.param(
            HEAD + "  volume = {11}\n}\n",
            HEAD + "  volume = {11},\n  doi = {10.1000/a},\n}\n",
            id="a DOI more, below a field without comma",
        ),
        pytest.param(
            HEAD + "\tvolume = {11},\r\n}\r\n",
            HEAD + "\tvolume = {11},\r\n\tdoi = {10.1000/a},\r\n}\r\n",
            id="a DOI more, with a tab, two kinds of line ends",
        ),
        pytest.param(
            "@article{k, title={Anlotinib in small cell lung cancer}, author={Wang, Ning and Zhao,"
            " Lei}, volume={11}}",
            "@article{k, title={Anlotinib in small cell lung cancer}, author={Wang, Ning and Zhao,"
            " Lei}, volume={11}, doi = {10.1000/a}}",
            id="a DOI more, on the one line",
        ),
        pytest.param(
            "\ufeff" + HEAD + "  volume = {12},\n  doi = {10.1000/a}\n}\n",
            "\ufeff" + HEAD + "  volume = {11},\n  doi = {10.1000/a}\n}\n",
            id="a byte order mark",
        ),
        pytest.param(
            HEAD + "  journaltitle = {Nature},\n  date = {2019-05-01},\n  issue = {7},\n"
            "  doi = {10.1000/a}\n}\n",
            HEAD + "  journaltitle = {Lung Cancer},\n  date = {2022},\n  issue = {2},\n"
            "  doi = {10.1000/a}\n}\n",
            id="biblatex's names of fields",
        ),
        pytest.param(
            HEAD.replace("@article", "@misc") + "  journal = {Nature},\n  doi = {10.1000/a}\n}\n",
            HEAD.replace("@article", "@misc")
            + "  journal = {Lung Cancer},\n  doi = {10.1000/a}\n}\n",
            id="a journal in an entry of another type",
        ),
        pytest.param(
            HEAD + "  doi = {https://doi.org/10.1000/ a.},\n}\n",
            HEAD + "  doi = {10.1000/a},\n}\n",
            id="a DOI that had to be repaired",
        ),
    ],
)
def test_habits_of_writing(tmp_path, before, after):
    answers = [record()]
    if "10.1000/" not in before:
        answers = [record(_query={"for": "k"}, _for="k")]
    assert patched(tmp_path, before, answers)[1] == after
    assert proposed(after, answers) == []


MACROS = """\
@string{lc = "Lung Cancr"}
@string{v = 12}
@article{k,
  title = {Anlotinib in small cell lung cancer},
  author = {Wang, Ning and Zhao, Lei},
  journal = lc # { and its treatment},
  volume = v,
  number = {3},
  doi = {10.1000/a},
}
"""


@needs_git
def test_the_value_of_a_string_is_not_touched_and_not_claimed(tmp_path):
    corrections, after = patched(tmp_path, MACROS, [record()])
    assert [one.code for one in corrections] == ["issue.mismatch"]
    assert after == MACROS.replace("{3}", "{2}")
    references = parse_bibtex(MACROS, "x.bib")
    assert [one.issue for one in corrected_references(references, corrections)] == ["2"]
    assert [one.volume for one in corrected_references(references, corrections)] == ["12"]


# --- DOIs ------------------------------------------------------------------------------------


TWIN = record("10.1000/twin")


def search_for(text, *items):
    (reference,) = parse_bibtex(text, "x.bib")
    found = [{name: value for name, value in one.items() if name[0] != "_"} for one in items]
    return {
        "_source": "crossref",
        "_query": {"search": bibliographic_query(reference)},
        "_outcome": "found",
        "_retrieved": DAY,
        "items": found,
    }


def no_such_doi(doi):
    return [
        {"_source": name, "_query": {"doi": doi}, "_outcome": "not-found", "_retrieved": DAY}
        for name in ("crossref", "handle")
    ]


FULL = (
    HEAD + "  journal = {Lung Cancer},\n  year = {2022},\n  volume = {11},\n  pages = {12-18},\n"
    "  doi = {10.1000/wrong},\n}\n"
)


@needs_git
@pytest.mark.parametrize(
    ("answers", "code"),
    [
        pytest.param(no_such_doi("10.1000/wrong"), "doi.unknown", id="unknown"),
        pytest.param(
            [
                record(
                    "10.1000/wrong",
                    title=["Ferroptosis in cardiac injury"],
                    author=[{"family": "Smith", "given": "J"}],
                    page="501-509",
                    volume="3",
                )
            ],
            "doi.wrong-work",
            id="another work's",
        ),
    ],
)
def test_the_doi_that_a_search_found_takes_the_place_of_the_printed_one(tmp_path, answers, code):
    answers = [*answers, search_for(FULL, TWIN)]
    (one,), after = patched(tmp_path, FULL, answers)
    assert (one.code, after) == (code, FULL.replace("10.1000/wrong", "10.1000/twin"))
    assert one.reason == (
        f"[1] k, doi: “10.1000/wrong” -> “10.1000/twin” ({code}; Crossref, the search agrees in"
        f" title, authors and year, {DAY})"
    )
    _, report = checked(after, answers)
    assert [finding["code"] for finding in report["references"][0]["findings"]] == []


def test_a_doi_for_which_nothing_is_proposed_stays():
    assert proposed(FULL, no_such_doi("10.1000/wrong")) == []


def test_the_work_that_a_notice_is_about_does_not_take_its_place():
    text = FULL.replace("{Anlotinib", "{Correction: Anlotinib").replace("wrong", "cor")
    answer = record(
        "10.1000/cor",
        title=["Correction: Anlotinib in small cell lung cancer"],
        **{"update-to": [{"DOI": "10.1000/a", "type": "correction"}]},
    )
    _, report = checked(text, [answer])
    (entry,) = report["references"]
    assert [(one["code"], one["proposed"]) for one in entry["findings"]] == [
        ("status.notice", "10.1000/a")
    ]
    assert proposed(text, [answer]) == []


def test_a_doi_in_an_address_alone_is_changed_there_too():
    text = HEAD + "  url = {https://doi.org/10.1000/old}\n}\n"
    pages = [record(_query={"for": "k"}, _for="k", _source="page")]
    (one,) = proposed(text, pages)
    assert dict(one.bibtex) == {"doi": "10.1000/a", "url": "https://doi.org/10.1000/a"}
    assert corrected_text(text, [one]) == (
        HEAD + "  url = {https://doi.org/10.1000/a},\n  doi = {10.1000/a},\n}\n"
    )


def test_two_findings_of_one_field_are_one_line():
    text = HEAD.replace("Wang, Ning and ", "") + "  doi = {10.1000/a}\n}\n"
    answer = record(author=[{"family": one, "given": "A"} for one in ("Wang", "Li", "Zhao")])
    reasons = [one.reason for one in proposed(text, [answer])]
    assert len([reason for reason in reasons if "author" in reason]) <= 1


# --- Lists full of faults --------------------------------------------------------------------


FAMILIES = ["Wang", "Zhao", "Müller", "Łukasz", "O'Brien", "van der Berg", "王", "Иванов", "Li"]
GIVEN = ["Ning", "Lei-Lei", "Jürgen", "M", "J.", "丽", "Anna Maria"]
JOURNALS = ["Lung Cancer", "Cancer Medicine & Research", "中国肺癌杂志", "Thorax", "The Oncologist"]
WORDS = [
    "anlotinib",
    "β-catenin",
    "tumour",
    "p<0.05",
    "50%",
    "α_1",
    "$x$",
    "{SCLC}",
    "#1",
    "cohort",
]


def work_of(number, dice):
    first = dice.randint(1, 900)
    doi = f"10.1000/{dice.choice(['a', 'x_y', 's(20)1', 'j.<1::aid>3.0.co;2-'])}{number}"
    return record(
        doi,
        title=[f"Study {number} of {' '.join(dice.sample(WORDS, 5))} and {dice.choice(WORDS)}"],
        author=[
            {"family": dice.choice(FAMILIES) + ("" if dice.random() < 0.5 else "s"), "given": given}
            for given in dice.sample(GIVEN, dice.randint(1, 4))
        ],
        volume=str(dice.randint(1, 60)),
        issue=str(dice.randint(1, 12)),
        page=f"{first}-{first + dice.randint(0, 30)}",
        **{"container-title": [dice.choice(JOURNALS)]},
        **{"published-print": {"date-parts": [[dice.randint(2005, 2025)]]}},
    )


def printed_with_faults(number, work, dice):
    """The work as a list prints it, with none to three faults, and the fields of BibTeX."""
    names = [Name(family=one["family"], given=one["given"]) for one in work["author"]]
    first, _, last = work["page"].partition("-")
    fields = {
        "title": work["title"][0],
        "authors": tuple(names),
        "container_title": work["container-title"][0],
        "year": work["published-print"]["date-parts"][0][0],
        "volume": work["volume"],
        "issue": work["issue"],
        "page": work["page"],
        "doi_printed": work["DOI"],
    }
    faults = {
        "year": lambda: {"year": fields["year"] - 3},
        "volume": lambda: {"volume": str(int(fields["volume"]) + 1)},
        "issue": lambda: {"issue": str(int(fields["issue"]) + 1)},
        "last page": lambda: {"page": f"{first}-{int(last) + 7}"},
        "first page": lambda: {"page": f"{int(first) + 1000}-{int(last) + 1000}"},
        "author lost": lambda: {"authors": tuple(names[1:]) or tuple(names)},
        "authors swapped": lambda: {"authors": tuple(names[::-1])},
        "author misspelt": lambda: {"authors": (Name("Qwrtz", names[0].given), *names[1:])},
        "group": lambda: {"authors": (*names, Name(literal="The ALTER Group"))},
        "title": lambda: {"title": fields["title"].replace("Study", "Survey")},
        "journal": lambda: {"container_title": "Journal of Nothing"},
        "no DOI": lambda: {"doi_printed": None},
        "DOI spelt badly": lambda: {"doi_printed": f"doi: {work['DOI']}."},
        "DOI in capitals": lambda: {"doi_printed": work["DOI"].upper()},
    }
    for name in dice.sample(sorted(faults), dice.choice([0, 1, 1, 2, 3])):
        fields |= faults[name]()
    return Reference(key=f"k{number}", number=number, **fields)


def habit(entry, dice):
    """One entry's text in one of the ways in which people and programs write it."""
    kind = dice.choice(["plain", "tabs", "one line", "capitals", "joined", "comment", "macro"])
    if kind == "tabs":
        return entry.replace("  ", "\t")
    if kind == "one line":
        return " ".join(entry.split()) + "\n"
    if kind == "capitals":
        return re.sub(r"(?m)^  (\w+) = ", lambda found: f"  {found[1].upper()}   =  ", entry)
    if kind == "joined":
        return re.sub(r"volume = \{(\w)(\w*)\}", r'volume = "\1" # {\2}', entry)
    if kind == "comment":
        return entry.replace(",\n  volume", ", % here as printed\n  volume")
    if kind == "macro":
        return re.sub(r"year = \{\d+\}", "year = someyear", entry)
    return entry


def codes_by_key(report):
    return {
        entry["key"]: {one["code"] for one in entry["findings"]} for entry in report["references"]
    }


@needs_git
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("seed", range(8))
def test_what_the_patch_claims_is_mended_and_nothing_else_changes(tmp_path, seed, line_end):
    dice = random.Random(f"patches {seed}")
    works = [work_of(number, dice) for number in range(1, 61)]
    printed = [printed_with_faults(number, work, dice) for number, work in enumerate(works, 1)]
    # Found by its page too, so that what has no DOI is known.
    answers = works + [
        {**work, "_source": "page", "_query": {"for": one.key}, "_for": one.key}
        for one, work in zip(printed, works, strict=True)
    ]
    entries = [habit(write_bibtex([one]), dice) for one in printed]
    text = "% Ours.\n@string{someyear = {2001}}\n\n" + "\n@comment{kept}\n\n".join(entries)
    text = text.replace("\n", line_end).rstrip() + dice.choice(["", line_end])
    before = codes_by_key(checked(text, answers)[1])
    corrections, after_text = patched(tmp_path, text, answers)
    assert len(corrections) > 20
    after = codes_by_key(checked(after_text, answers)[1])
    claimed = {}
    for one in corrections:
        claimed.setdefault(one.key, set()).update(one.codes)
    for key, codes in after.items():
        assert not codes & claimed.get(key, set()), key
        assert codes <= before[key], key
    assert set().union(*after.values()) <= {
        # What is left is the author's to decide, or stands in a @string.
        "title.mismatch", "title.subtitle", "author.extra", "author.order", "author.missing",
        "author.mismatch", "author.given-mismatch", "author.inverted", "year.mismatch",
        "page.mismatch", "page.last-mismatch", "volume.mismatch", "issue.mismatch",
        "container-title.mismatch", "doi.wrong-work", "duplicate.title",
    }  # fmt: skip
    # The entries that no reason names stand as they stood, and so does all between them.
    kept = [
        one.replace("\n", line_end).strip()
        for one, reference in zip(entries, printed, strict=True)
        if reference.key not in claimed
    ]
    assert all(entry in after_text for entry in kept)
    assert after_text.count("@comment{kept}") == text.count("@comment{kept}")
    expected = corrected_references(parse_bibtex(text, "x"), corrections)
    shown = ("title", "authors", "container_title", "year", "volume", "issue", "page", "doi")
    for one, wanted in zip(parse_bibtex(after_text, "x"), expected, strict=True):
        assert {n: getattr(one, n) for n in shown} == {n: getattr(wanted, n) for n in shown}


LINES = st.lists(
    st.sampled_from(["a\n", "b\r\n", "}\n", "\n", "c", "é\n", "-\n", "+ x\n"]), max_size=30
)


def applied(before, diff):
    """What `git apply` makes of a text: every line of a hunk is looked at."""
    source, result, place = lines_of(before), [], 0
    body = re.sub(r"\n\\ No newline at end of file\n", "\0", diff)
    lines = [
        line[:-1] if line.endswith("\0") else line
        for line in re.findall(r"[^\n\0]*[\n\0]", body)[3:]
    ]
    for line in lines:
        if line.startswith("@@"):
            start, count = re.match(r"@@ -(\d+),(\d+)", line).groups()
            begin = int(start) - (count != "0")
            result += source[place:begin]
            place = begin
        elif line[0] == "+":
            result.append(line[1:])
        else:
            assert source[place] == line[1:]
            result += [line[1:]] if line[0] == " " else []
            place += 1
    return "".join([*result, *source[place:]])


@given(LINES, LINES)
def test_a_diff_leads_from_one_text_to_the_other(first, second):
    before, after = "".join(first), "".join(second)
    diff = unified_diff(before, after, "x.bib")
    assert applied(before, diff) == after if diff else before == after


def test_thousands_of_entries_are_corrected_in_seconds():
    count = 3_000
    works = [
        record(f"10.1000/{number}", title=[f"Anlotinib, report number {number}"])
        for number in range(count)
    ]
    printed = [
        Reference(
            key=f"k{number}",
            number=number + 1,
            title=f"Anlotinib, report number {number}",
            authors=(Name("Wang", "Ning"), Name("Zhao", "Lei")),
            year=2022,
            volume="12" if number % 3 == 0 else "11",
            doi_printed=f"10.1000/{number}",
        )
        for number in range(count)
    ]
    text = write_bibtex(printed)
    lines, report = checked(text, works)
    started = time.perf_counter()
    corrections = propose_corrections(lines, report, text)
    after = corrected_text(text, corrections)
    patch = corrections_patch(text, after, corrections, "references.bib")
    assert time.perf_counter() - started < 15
    assert len(corrections) == patch.count("\n+  volume") == 1000
