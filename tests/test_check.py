"""`livingreview check`: every format, waivers with their places, paths, patches."""

import csv
import io
import json
import subprocess
from datetime import date, timedelta

import pytest
import yaml

from conftest import ROOT
from livingreview.build import failing_checks, failing_references
from livingreview.cli import main
from livingreview.references.judgement.policy import failing
from livingreview.references.judgement.waivers import read_waivers
from livingreview.references.reporting.escapes import uri_of

FORMATS = ("text", "json", "csv", "md", "sarif", "github", "patch")
ENTRY = """@article{wang2022title,
  author = {Wang, N. and Zhao, L.},
  title = {A trial of something in small cell lung cancer},
  volume = {34},
  doi = {10.1000/ab},
}
"""
LOCK = [
    {"_version": 1},
    {
        "_source": "crossref",
        "_query": {"doi": "10.1000/ab"},
        "_outcome": "found",
        "_retrieved": "2026-11-22",
        "DOI": "10.1000/ab",
        "type": "journal-article",
        "title": ["A trial of something in small cell lung cancer"],
        "author": [{"family": "Wang", "given": "Na"}, {"family": "Zhao", "given": "Lin"}],
        "volume": "35",
    },
]
TODAY = date.today()
EXPIRED, SOON, LATER = ((TODAY + timedelta(days=days)).isoformat() for days in (-1, 30, 31))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "list.bib").write_text(ENTRY, encoding="utf-8")
    lock = "".join(json.dumps(line) + "\n" for line in LOCK)
    (tmp_path / "lock.jsonl").write_text(lock, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def waive(folder, *waivers):
    entries = [
        {"key": key, "code": code, "reason": "r", "by": "the editor", "until": until}
        for key, code, until in waivers
    ]
    text = yaml.safe_dump({"waivers": entries}, sort_keys=False)
    (folder / "my waivers.yaml").write_text(text, encoding="utf-8")


def check(*more):
    return main(["check", "list.bib", "--lock", "lock.jsonl", *more])


def told(capsys, *more):
    """(key, code, severity, document, line) of every finding."""
    check("--waivers", "my waivers.yaml", "--format", "json", *more)
    report = json.loads(capsys.readouterr().out)
    names = ("code", "severity", "document", "line")
    found = [
        (entry["key"], *(one[name] for name in names))
        for entry in report["references"]
        for one in entry["findings"]
    ]
    return found + [(None, *(one[name] for name in names)) for one in report["findings"]]


VOLUME = ("wang2022title", "volume.mismatch", "error", None, 1)


@pytest.mark.parametrize(
    ("waiver", "findings"),
    [
        pytest.param(("wang2022title", "volume.mismatch", LATER), [], id="in force"),
        pytest.param(
            ("wang2022title", "volume.mismatch", SOON),
            [("wang2022title", "waiver.ends-soon", "note", "my waivers.yaml", 2)],
            id="ends soon",
        ),
        pytest.param(
            ("wang2022title", "volume.mismatch", EXPIRED),
            [VOLUME, ("wang2022title", "waiver.expired", "error", "my waivers.yaml", 2)],
            id="over",
        ),
        pytest.param(
            ("wang2022title", "year.mismatch", LATER),
            [VOLUME, ("wang2022title", "waiver.unmatched", "warning", "my waivers.yaml", 2)],
            id="of another code",
        ),
        pytest.param(
            ("nobody", "volume.mismatch", LATER),
            [VOLUME, (None, "waiver.unmatched", "warning", "my waivers.yaml", 2)],
            id="of another key",
        ),
        pytest.param(
            ("nobody", "volume.mismatch", EXPIRED),
            [VOLUME, (None, "waiver.expired", "error", "my waivers.yaml", 2)],
            id="of another key and over",
        ),
        pytest.param(
            ("wang2022title", "source.value", LATER), [VOLUME], id="of a check of results"
        ),
    ],
)
def test_waivers_are_told_with_their_file_and_line(folder, capsys, waiver, findings):
    waive(folder, waiver)
    assert told(capsys) == findings


def test_a_citation_of_what_is_not_listed_can_be_waived(folder, capsys):
    (folder / "text.md").write_text("Seen [@wang2022title; @nobody], [@none].\n", encoding="utf-8")
    waive(folder, ("nobody", "citation.unlisted", LATER), ("none", "citation.uncited", LATER))
    assert told(capsys, "--evidence", "text.md") == [
        VOLUME,
        (None, "citation.unlisted", "error", "text.md", 1),
        (None, "waiver.unmatched", "warning", "my waivers.yaml", 7),
    ]


@pytest.mark.parametrize("name", FORMATS[:-1])
def test_every_format_names_the_waiver_s_file_and_line(folder, capsys, name):
    waive(folder, ("wang2022title", "volume.mismatch", EXPIRED), ("no", "doi.unknown", LATER))
    assert check("--waivers", "my waivers.yaml", "--format", name) == 1
    out = capsys.readouterr().out
    for line in (2, 7):
        if name == "json":
            assert '"document": "my waivers.yaml",\n' in out
            assert f'"line": {line},' in out
        elif name == "csv":
            rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
            assert ("my waivers.yaml", str(line)) in [(r["document"], r["line"]) for r in rows]
        elif name == "sarif":
            assert '"uri": "my%20waivers.yaml"' in out
            assert f'"startLine": {line}' in out
        else:
            place = f"my waivers.yaml:{line}"
            assert (f"file=my waivers.yaml,line={line}," if name == "github" else place) in out


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_for_the_delivered_list(monkeypatch, capsys, name):
    monkeypatch.chdir(ROOT)
    arguments = ["check", str(ROOT / "data/references.bib"), "--format", name]
    assert main([*arguments, "--evidence", "data/evidence/zh.md", "data/evidence/en.md"]) == 1
    out = capsys.readouterr().out
    assert "yuan2022anlotinib" in out
    assert str(ROOT) not in out
    if name in ("sarif", "github", "patch"):
        assert "data/references.bib" in out


def git(folder, *arguments):
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def test_the_patch_applies_and_mends_what_it_claims(folder, capsys):
    git(folder, "init", "--quiet")
    assert check("--format", "patch", "--output", "a.patch") == 1
    patch = (folder / "a.patch").read_text(encoding="utf-8")
    assert patch.startswith(
        "# Corrections proposed for list.bib: 1, a reason a line.\n"
        "# [1] wang2022title, volume: “34” -> “35” (volume.mismatch; Crossref, 2026-11-22)\n"
    )
    git(folder, "apply", "a.patch")
    assert (folder / "list.bib").read_text(encoding="utf-8") == ENTRY.replace("34", "35")
    assert check() == 0


def test_the_patch_is_made_by_what_was_seen_whatever_the_policy(folder, capsys):
    text = "bibliography: list.bib\nevidence: {en: en.md}\nseverities: {volume.mismatch: note}\n"
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    (folder / "waivers.yaml").write_text("waivers: []\n", encoding="utf-8")
    more = ("--config", "config.yaml", "--waivers", "waivers.yaml")
    assert check(*more, "--format", "patch") == 0
    assert "volume: “34” -> “35”" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("list.ris", "TY  - JOUR\nER  - \n", "BibTeX only, and this is RIS"),
        ("list.txt", "TY  - JOUR\nER  - \n", "BibTeX only, and this is RIS"),
        ("list.json", "[]", "BibTeX only, and this is CSL JSON"),
        ("-", None, "a patch is made for a file, not for standard input"),
    ],
)
def test_a_patch_is_for_bibtex(folder, capsys, name, text, problem):
    if text:
        (folder / name).write_text(text, encoding="utf-8")
    assert main(["check", name, "--format", "patch"]) == 2
    assert problem in capsys.readouterr().err


def repository(folder):
    (folder / ".git").mkdir()
    (folder / "data").mkdir()
    (folder / "data/my list.bib").write_text(ENTRY, encoding="utf-8")


@pytest.mark.parametrize(
    ("here", "given", "shown"),
    [
        pytest.param(".", "data/my list.bib", "data/my list.bib", id="relative"),
        pytest.param(".", "./data/my list.bib", "data/my list.bib", id="with a dot"),
        pytest.param(".", "{}/data/my list.bib", "data/my list.bib", id="absolute"),
        pytest.param("data", "my list.bib", "data/my list.bib", id="from a folder below"),
        pytest.param("data", "../data/my list.bib", "data/my list.bib", id="up and down"),
        pytest.param(".", "{}/../outside.bib", "{}/../outside.bib", id="outside"),
    ],
)
def test_paths_are_shown_as_the_repository_has_them(
    folder, capsys, monkeypatch, here, given, shown
):
    repository(folder)
    (folder.parent / "outside.bib").write_text(ENTRY, encoding="utf-8")
    monkeypatch.chdir(folder / here)
    arguments = ["check", given.format(folder), "--lock", str(folder / "lock.jsonl")]
    assert main([*arguments, "--format", "github"]) == 1
    assert f"file={shown.format(folder)}," in capsys.readouterr().out


def test_a_link_is_shown_as_the_file_that_it_leads_to(folder, capsys):
    """Code hosts show nothing at a link; neither is it what a patch applies to."""
    repository(folder)
    git(folder, "init", "--quiet")
    (folder / "链接.bib").symlink_to("data/my list.bib")
    (folder / "again.bib").symlink_to(folder / "链接.bib")
    (folder / "folder").symlink_to("data")
    (folder.parent / "outside.bib").write_text(ENTRY, encoding="utf-8")
    (folder / "out.bib").symlink_to(folder.parent / "outside.bib")
    (folder / ".git/object").write_text(ENTRY, encoding="utf-8")
    (folder / "annexed.bib").symlink_to(".git/object")
    names = ("data/my list.bib", "链接.bib", "again.bib", "folder/my list.bib")
    shown = dict.fromkeys(names, "data/my list.bib")
    for name, file in (shown | {"out.bib": "out.bib", "annexed.bib": "annexed.bib"}).items():
        arguments = ["check", name, "--lock", "lock.jsonl", "--format"]
        assert main([*arguments, "github"]) == 1
        assert f"::error file={file},line=1," in capsys.readouterr().out
        assert main([*arguments, "sarif"]) == 1
        assert f'"uri": "{uri_of(file)}"' in capsys.readouterr().out
    for name in names:
        (folder / "data/my list.bib").write_text(ENTRY, encoding="utf-8")
        assert main(["check", name, "--lock", "lock.jsonl", "--format", "patch"]) == 1
        patch = capsys.readouterr().out
        assert patch.startswith("# Corrections proposed for data/my list.bib: 1, ")
        (folder / "a.patch").write_text(patch, encoding="utf-8")
        git(folder, "apply", "a.patch")
        assert (folder / name).read_text(encoding="utf-8") == ENTRY.replace("34", "35")
    assert main(["check", "out.bib", "--lock", "lock.jsonl", "--format", "patch"]) == 1
    assert "\n--- a/outside.bib\n" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["sarif", "github"])
def test_standard_input_is_no_place(folder, capsys, monkeypatch, name):
    (folder / "text.md").write_text("见 [@nobody]。\n", encoding="utf-8")
    given = io.TextIOWrapper(io.BytesIO(ENTRY.encode()))
    monkeypatch.setattr("sys.stdin", given)
    arguments = ["check", "-", "--lock", "lock.jsonl", "--evidence", "text.md"]
    assert main([*arguments, "--format", name]) == 1
    out = capsys.readouterr().out
    if name == "sarif":
        results = json.loads(out)["runs"][0]["results"]
        placed = [one["ruleId"] for one in results if "locations" in one]
        assert (len(results), placed) == (3, ["citation.unlisted"])
    else:
        assert "::error title=[1] wang2022title volume.mismatch::" in out
        assert "::error file=text.md,line=1,title=@nobody citation.unlisted::" in out
        assert "file=-" not in out


CONFIG = """bibliography: data/refs.bib
evidence: {zh: 正文.md, en: text.md}
vocabulary: words.yaml
trials: trials.yaml
waivers: my waivers.yaml
lock: {works: works.jsonl, endpoints: endpoints.csv}
"""
NAMED = ("data/refs.bib", "正文.md", "text.md", "words.yaml", "trials.yaml", "my waivers.yaml")
NAMED += ("works.jsonl", "endpoints.csv", "my config.yaml")
READ = ("list.bib", "lock.jsonl", "read.md", "other waivers.yaml")
USUAL = ("config/config.yaml", "config/vocabulary.yaml", "config/trials.yaml")
USUAL += ("config/waivers.yaml", "data/lock/works.jsonl", "data/lock/endpoints.csv")


@pytest.fixture
def inputs(folder):
    """A folder in which every input is there, with a report that may be written over."""
    for name in (*NAMED, *READ, *USUAL, "old.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if not (folder / name).exists():
            (folder / name).write_text("", encoding="utf-8")
    (folder / "my config.yaml").write_text(CONFIG, encoding="utf-8")
    return folder


def written(output):
    more = ("--config", "my config.yaml", "--waivers", "other waivers.yaml", "--output", output)
    return check("--evidence", "read.md", *more)


@pytest.mark.parametrize("path", [*NAMED, *READ, *USUAL])
def test_the_report_is_written_over_no_input(inputs, capsys, path):
    before = (inputs / path).read_bytes()
    (inputs / "link").symlink_to(path)
    (inputs / "hard").hardlink_to(inputs / path)
    (inputs / "folder").symlink_to((inputs / path).parent)
    for output in (
        path,
        f"./{path}",
        inputs / path,
        "link",
        "hard",
        f"folder/{path.split('/')[-1]}",
    ):
        assert written(str(output)) == 2
        assert "is an input, and is not written over" in capsys.readouterr().err
    assert (inputs / path).read_bytes() == before


@pytest.mark.parametrize("path", ["works.jsonl", "data/lock/endpoints.csv", "正文.md"])
def test_nor_in_the_place_of_one_that_is_missing(inputs, capsys, path):
    (inputs / path).unlink()
    assert written(path) == 2
    assert "is an input, and is not written over" in capsys.readouterr().err


def test_reports_are_written_over_reports(inputs, capsys):
    (inputs / "trials.yaml").write_bytes((ROOT / "config/trials.yaml").read_bytes())
    (inputs / "words.yaml").write_bytes((ROOT / "config/vocabulary.yaml").read_bytes())
    for output in ("old.txt", "new.txt"):
        assert written(output) == 1, capsys.readouterr().err
        assert "volume.mismatch" in (inputs / output).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ("source.value", 0, "source.value"),
        ("rate.count, source.value", 0, "rate.count, source.value"),
        ("source.value,volume.mismatch", 1, "source.value"),
        ("error", 1, None),
        ("year.mismatch", 0, None),
    ],
)
def test_codes_of_result_checks_fail_in_make_check(folder, capsys, words, status, told):
    assert check("--fail-on", words) == status
    expected = f"{told}: checks of results, which only `make check` looks at\n" if told else ""
    assert capsys.readouterr().err == expected


WAIVERS = """waivers:
  - {key: wang2022title, code: volume.mismatch, reason: r, by: b, until: UNTIL}
  - {key: wang2022title, code: source.value, reason: r, by: b, until: 2999-01-01}
  - {key: wang2022title, code: rate.count, reason: r, by: b, until: 2999-01-01}
  - {key: nobody, code: source.value, reason: r, by: b, until: 2999-01-01}
"""
CHECKS = [
    "code,severity,state,rows,reported,source,where,message_zh,message_en",
    "source.value,error,failed,r1,,,,。,It differs.",
    "rate.count,warning,passed,r1,,,,。,It fits.",
    "languages.value,warning,failed,r1,,,,。,They disagree.",
]


@pytest.fixture
def results(folder, capsys):
    """What the workflow leaves, with the report of a day on which the waiver still held."""
    (folder / "endpoints").mkdir()
    (folder / "references").mkdir()
    (folder / "endpoints/endpoints.csv").write_text("id,references\nr1,wang2022title\n")
    (folder / "endpoints/checks.csv").write_text("\n".join(CHECKS) + "\n", encoding="utf-8")
    (folder / "references/cited.jsonl").write_text('{"key": "wang2022title"}\n')
    (folder / "waivers.yaml").write_text(WAIVERS.replace("UNTIL", "2999-01-01"))
    output = ["--format", "json", "--output", "references/validation.json"]
    check("--waivers", "waivers.yaml", *output)
    return folder


EXPIRED_LINES = [
    "error: [1] wang2022title: volume.mismatch: The volume differs: the list has “34”;"
    " Crossref: “35” (2026-11-22).",
    "error: [1] wang2022title, waivers.yaml:2: waiver.expired: The waiver of volume.mismatch"
    " (wang2022title) ended on 2000-01-01 (reason: r; by b). Look again, then renew or remove it.",
]
STRAY = (
    "warning: waivers.yaml:5: waiver.unmatched: The waiver of source.value (nobody) matches no"
    " finding (reason: r; by b). Check its key and code, or remove it."
)
UNUSED = (
    "warning: waivers.yaml:4: waiver.unmatched: The waiver of rate.count (wang2022title) matches"
    " no finding (reason: r; by b). Check its key and code, or remove it."
)
DISAGREE = "warning: r1: languages.value: They disagree."


@pytest.mark.parametrize(
    ("until", "fail_on", "severities", "references", "checks"),
    [
        pytest.param("2999-01-01", "error", {}, [], [], id="all waived"),
        pytest.param("2000-01-01", "error", {}, EXPIRED_LINES, [], id="a waiver ended"),
        pytest.param("2999-01-01", "warning", {}, [STRAY], [DISAGREE, UNUSED], id="warnings fail"),
        pytest.param("2000-01-01", "waiver.expired", {}, EXPIRED_LINES[1:], [], id="a code fails"),
        pytest.param("2999-01-01", "languages.value", {}, [], [DISAGREE], id="a check's code"),
        pytest.param(
            "2000-01-01", "error", {"waiver.expired": "note"}, EXPIRED_LINES[:1], [], id="policy"
        ),
        pytest.param(
            "2000-01-01",
            "error",
            {"volume.mismatch": "note"},
            EXPIRED_LINES[1:],
            [],
            id="policy since the results were made",
        ),
    ],
)
def test_make_check_fails_on_the_same_findings(
    results, capsys, until, fail_on, severities, references, checks
):
    """Without texts and checks of results, `check` fails on the same lines."""
    (results / "waivers.yaml").write_text(WAIVERS.replace("UNTIL", until))
    given = (failing(fail_on), read_waivers("waivers.yaml"), TODAY.isoformat(), severities)
    assert failing_references(results, *given) == references
    assert failing_checks(results, *given) == checks
    text = "bibliography: list.bib\nevidence: {en: en.md}\nwaivers: waivers.yaml\n"
    text += f"severities: {json.dumps(severities)}\n"
    (results / "config.yaml").write_text(text, encoding="utf-8")
    more = ("--config", "config.yaml", "--fail-on", fail_on, "--format", "json")
    assert check(*more) == (1 if references else 0)
    report = json.loads(capsys.readouterr().out)
    found = [one for entry in report["references"] for one in entry["findings"]]
    wanted = failing(fail_on)
    failed = [
        one["code"] for one in found + report["findings"] if {one["severity"], one["code"]} & wanted
    ]
    assert failed == [line.split(": ")[2] for line in references]
