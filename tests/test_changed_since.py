"""`check --changed-since`: in real repositories, what a change concerns and nothing else."""

import json
import shutil
import subprocess

import pytest

from livingreview.cli import main
from livingreview.commands import git_files
from livingreview.commands.check import read_references
from livingreview.commands.material import Material, Paths, material_at

LOCK = "data/works.jsonl"


def git(folder, *arguments):
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def entry(key, *, volume="12", doi=None, title=None):
    lines = [
        f"@article{{{key},",
        "  author = {Wang, N. and Zhao, L.},",
        f"  title = {{{title or f'A trial of {key} in lung cancer'}}},",
        f"  volume = {{{volume}}},",
        *([f"  doi = {{{doi}}},"] if doi else []),
        "}\n",
    ]
    return "\n".join(lines)


def answer(key, doi, volume="12"):
    return {
        "_source": "crossref",
        "_query": {"doi": doi},
        "_outcome": "found",
        "_retrieved": "2026-11-22",
        "DOI": doi,
        "type": "journal-article",
        "title": [f"A trial of {key} in lung cancer"],
        "author": [{"family": "Wang", "given": "N."}, {"family": "Zhao", "given": "L."}],
        "volume": volume,
    }


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_lock(folder, *answers):
    write(folder, LOCK, "".join(json.dumps(line) + "\n" for line in ({"_version": 1}, *answers)))


ANSWERS = [
    answer("good2020", "10.1000/good"),
    answer("wrong2021", "10.1000/wrong", volume="13"),
    answer("new2022", "10.1000/new", volume="99"),
]
GOOD = entry("good2020", doi="10.1000/good")
WRONG = entry("wrong2021", doi="10.1000/wrong")
NEW = entry("new2022", doi="10.1000/new")


@pytest.fixture
def review(tmp_path, monkeypatch):
    """A repository with one commit: a good reference, one with a wrong volume, and a text."""
    folder = tmp_path / "a review"
    write(folder, "data/文献 list.bib", GOOD + "\n" + WRONG)
    write(folder, "text.md", "# A\n\nGood [@good2020] and wrong [@wrong2021].\n")
    write(folder, "config/waivers.yaml", "waivers: []\n")
    write_lock(folder, *ANSWERS)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    monkeypatch.chdir(folder)
    return folder


def commit(folder):
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=a change")


def check(capsys, *more, since="HEAD", status):
    arguments = ["check", "data/文献 list.bib", "--lock", LOCK, "--evidence", "text.md"]
    assert main([*arguments, "--changed-since", since, "--format", "json", *more]) == status
    return json.loads(capsys.readouterr().out)


def shown(report):
    """What is reported: by key, with the codes; and what belongs to no reference."""
    by_key = {
        entry["key"]: [one["code"] for one in entry["findings"]] for entry in report["references"]
    }
    return by_key, [one["code"] for one in report["findings"]]


def test_nothing_changed(review, capsys):
    report = check(capsys, status=0)
    assert shown(report) == ({}, [])
    assert report["summary"] == {
        "references": 0,
        "verdicts": dict.fromkeys(report["summary"]["verdicts"], 0),
        "severities": {"error": 0, "warning": 0, "note": 0},
        "waived": 0,
        "not_in_lock": 0,
        "changed_since": {"revision": "HEAD", "left_out": 2},
    }


def test_a_new_reference_is_reported_whole_and_an_old_fault_is_not(review, capsys):
    write(review, "data/文献 list.bib", NEW + "\n" + GOOD + "\n" + WRONG)
    report = check(capsys, status=1)
    assert shown(report) == ({"new2022": ["volume.mismatch", "citation.uncited"]}, [])
    assert report["summary"]["severities"] == {"error": 1, "warning": 0, "note": 1}
    assert report["summary"]["verdicts"]["differs"] == 1
    assert report["summary"]["changed_since"] == {"revision": "HEAD", "left_out": 2}


def test_a_changed_entry_is_reported_whole(review, capsys):
    write(review, "data/文献 list.bib", GOOD + "\n" + WRONG.replace("lung", "Lung"))
    assert shown(check(capsys, status=1)) == ({"wrong2021": ["volume.mismatch"]}, [])


def test_a_mended_entry_is_shown_without_findings(review, capsys):
    write(review, "data/文献 list.bib", GOOD + "\n" + WRONG.replace("{12}", "{13}"))
    assert shown(check(capsys, status=0)) == ({"wrong2021": []}, [])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WRONG + "\n" + GOOD, id="in another order"),
        pytest.param("% kept by the editors\n\n" + GOOD + "\n\n\n" + WRONG, id="on other lines"),
        pytest.param(
            (GOOD + "\n" + WRONG).replace("  title", "    title").replace("\n", "\r\n"),
            id="written otherwise",
        ),
    ],
)
def test_an_entry_that_only_moved_has_not_changed(review, capsys, text):
    write(review, "data/文献 list.bib", text)
    by_key, general = shown(check(capsys, status=0))
    order = [["citation.order"]] if text.startswith(WRONG) else []
    assert (list(by_key.values()), general) == (order, [])


def test_an_old_reference_shows_only_its_new_findings(review, capsys):
    """The lock has learnt of a retraction; the wrong volume was known."""
    notice = {"DOI": "10.1000/n", "type": "retraction", "updated": {"date-parts": [[2026, 5, 1]]}}
    known = ANSWERS[1] | {"updated-by": [notice]}
    write_lock(review, ANSWERS[0], known)
    assert shown(check(capsys, status=1)) == ({"wrong2021": ["status.retracted"]}, [])


def test_another_value_in_a_record_is_a_new_finding(review, capsys):
    write_lock(review, ANSWERS[0], ANSWERS[1] | {"volume": "14"})
    assert shown(check(capsys, status=1)) == ({"wrong2021": ["volume.mismatch"]}, [])


def test_another_day_of_asking_is_not(review, capsys):
    write_lock(review, ANSWERS[0], ANSWERS[1] | {"_retrieved": "2026-11-23"})
    assert shown(check(capsys, status=0)) == ({}, [])


TEXT = "# A\n\nGood [@good2020] and wrong [@wrong2021].\n"


def test_a_new_citation_of_what_is_not_listed_is_told_once_for_each_sentence(review, capsys):
    write(review, "text.md", TEXT + "\nOld [@nobody].\n")
    commit(review)
    added = "Before.\n\n" + TEXT + "\nOld [@nobody].\n\nNew [@nobody].\n"
    write(review, "text.md", added)
    report = check(capsys, status=1)
    assert shown(report) == ({}, ["citation.unlisted"])
    (one,) = report["findings"]
    assert (one["document"], one["line"], one["cited"]) == ("text.md", 9, "@nobody")


def test_what_is_no_longer_cited_is_new(review, capsys):
    write(review, "text.md", TEXT.replace(" [@good2020]", ""))
    assert shown(check(capsys, status=0)) == ({"good2020": ["citation.uncited"]}, [])


WAIVER = "waivers:\n  - {{key: {}, code: volume.mismatch, reason: r, by: b, until: {}}}\n"
WAIVED = ["--waivers", "config/waivers.yaml"]


def test_a_waiver_that_was_taken_away_brings_its_finding_back(review, capsys):
    write(review, "config/waivers.yaml", WAIVER.format("wrong2021", "2999-01-01"))
    assert shown(check(capsys, *WAIVED, status=0)) == ({}, [])
    commit(review)
    write(review, "config/waivers.yaml", "waivers: []\n")
    assert shown(check(capsys, *WAIVED, status=1)) == ({"wrong2021": ["volume.mismatch"]}, [])


def test_an_old_expired_waiver_is_left_out_and_a_new_one_is_told(review, capsys):
    write(review, "config/waivers.yaml", WAIVER.format("wrong2021", "2000-01-01"))
    assert shown(check(capsys, *WAIVED, status=1)) == ({"wrong2021": ["waiver.expired"]}, [])
    commit(review)
    assert shown(check(capsys, *WAIVED, status=0)) == ({}, [])


def test_a_double_of_an_old_reference_is_told_and_moved_numbers_are_not(review, capsys):
    write(
        review, "data/文献 list.bib", GOOD + "\n" + WRONG + "\n" + GOOD.replace("good", "copy", 1)
    )
    commit(review)
    text = (review / "data/文献 list.bib").read_text(encoding="utf-8")
    write(review, "data/文献 list.bib", NEW + "\n" + text)
    assert list(shown(check(capsys, status=1))[0]) == ["new2022"]
    twice = text + "\n" + WRONG.replace("wrong", "again", 1)
    write(review, "data/文献 list.bib", twice)
    by_key, _ = shown(check(capsys, status=1))
    assert list(by_key) == ["again2021"]
    assert "duplicate.doi" in by_key["again2021"]


def test_a_bibliography_that_was_not_there_is_new_as_a_whole(review, capsys):
    git(review, "mv", "data/文献 list.bib", "data/other.bib")
    arguments = ["check", "data/other.bib", "--lock", LOCK, "--changed-since", "HEAD"]
    assert main([*arguments, "--format", "json"]) == 1
    printed = capsys.readouterr()
    assert list(shown(json.loads(printed.out))[0]) == ["good2020", "wrong2021"]
    assert "data/other.bib is not in HEAD: all that it says counts as new" in printed.err


def test_what_could_not_be_read_then_is_left_aside(review, capsys):
    write(review, "data/文献 list.bib", "@article{broken")
    commit(review)
    write(review, "data/文献 list.bib", GOOD)
    assert main(["check", "data/文献 list.bib", "--lock", LOCK, "--changed-since", "HEAD"]) == 0
    printed = capsys.readouterr()
    assert "data/文献 list.bib of HEAD is left aside (" in printed.err
    assert "only what changed since HEAD; references left out: 0" in printed.out


def test_files_outside_the_repository_are_as_they_are_now(review, capsys, tmp_path):
    outside = tmp_path / "works.jsonl"
    shutil.copy(review / LOCK, outside)
    arguments = ["check", "data/文献 list.bib", "--lock", str(outside), "--changed-since", "HEAD"]
    assert main(arguments) == 0
    assert capsys.readouterr().err.count("counts as new") == 0


def test_answers_asked_for_now_serve_both_sides(review):
    write_lock(review, *ANSWERS[:1])
    now = Material(references=[], lock=ANSWERS)
    paths = Paths("data/文献 list.bib", lock=LOCK, evidence=("text.md",))
    revision = git_files.open_revision("HEAD", paths.bibliography)
    told = []
    then = material_at(revision, paths, now, read_references, told.append, live=True)
    assert then.lock is ANSWERS
    assert [(one.key, one.line) for one in then.references] == [("good2020", 1), ("wrong2021", 8)]
    assert [(row["document"], row["key"]) for row in then.citations] == [
        ("text.md", "good2020"),
        ("text.md", "wrong2021"),
    ]
    assert told == []
    then = material_at(revision, paths, now, read_references, told.append, live=False)
    assert [one["_query"]["doi"] for one in then.lock] == [one["DOI"] for one in ANSWERS]


@pytest.mark.parametrize("since", ["HEAD~1", "main~1", "v1"])
def test_any_name_of_a_revision_is_taken(review, capsys, since):
    git(review, "tag", "v1")
    write(review, "data/文献 list.bib", GOOD + "\n" + WRONG + "\n" + NEW)
    commit(review)
    report = check(capsys, since=since, status=1)
    assert list(shown(report)[0]) == ["new2022"]
    assert report["summary"]["changed_since"]["revision"] == since


def test_from_a_folder_below_and_within_a_hook(review, capsys, monkeypatch):
    monkeypatch.chdir(review / "data")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert main(["check", "文献 list.bib", "--lock", "works.jsonl", "--changed-since", "HEAD"]) == 0
    assert "references left out: 2" in capsys.readouterr().out


def test_the_other_forms_tell_what_they_leave_out(review, capsys):
    write(review, "data/文献 list.bib", GOOD + "\n" + WRONG + "\n" + NEW)
    arguments = ["check", "data/文献 list.bib", "--lock", LOCK, "--changed-since", "HEAD"]
    assert main([*arguments, "--format", "text"]) == 1
    assert capsys.readouterr().out.endswith(
        "only what changed since HEAD; references left out: 2\n"
    )
    assert main([*arguments, "--format", "md"]) == 1
    assert "仅列自 HEAD 以来的变化，略去 2 条文献。" in capsys.readouterr().out
    assert main([*arguments, "--format", "github"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("::error file=data/文献 list.bib,line=15,title=[3] new2022 volume.mism")
    assert main([*arguments, "--format", "patch"]) == 1
    assert capsys.readouterr().out.startswith(
        "# Corrections proposed for data/文献 list.bib: 1, a reason a line.\n# [3] new2022, volume"
    )


def refused(capsys, *arguments):
    assert main(["check", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err.removeprefix("livingreview: ").rstrip("\n")


@pytest.mark.parametrize("name", ["no-such", "HEAD~7", "HEAD:text.md", "--all", "", "a b"])
def test_a_revision_that_there_is_not(review, capsys, name):
    problem = refused(capsys, "data/文献 list.bib", "--lock", LOCK, f"--changed-since={name}")
    assert problem.startswith("[--changed-since]: ")
    assert f"no revision '{name}'" in problem or f"'{name}' is no revision" in problem
    assert "shallow" not in problem


def test_a_shallow_clone_says_what_to_do(review, capsys, monkeypatch, tmp_path):
    write(review, "text.md", "Another.\n")
    commit(review)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", review.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    problem = refused(capsys, "data/文献 list.bib", "--lock", LOCK, "--changed-since", "HEAD~1")
    assert "no revision 'HEAD~1'" in problem
    assert "this clone is shallow" in problem
    assert "`fetch-depth: 0`" in problem


def test_no_repository(review, capsys, monkeypatch, tmp_path):
    folder = tmp_path / "elsewhere"
    write(folder, "list.bib", GOOD)
    arguments = [str(folder / "list.bib"), "--lock", LOCK, "--changed-since", "HEAD"]
    assert refused(capsys, *arguments) == (f"[--changed-since]: {folder} is in no git repository")


def test_no_git(review, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    arguments = ["data/文献 list.bib", "--lock", LOCK, "--changed-since", "HEAD"]
    assert refused(capsys, *arguments) == (
        f"[{git_files.OPTION}]: git is needed for this, and was not found"
    )


def test_a_repository_without_commits(capsys, monkeypatch, tmp_path):
    git(tmp_path, "init", "--quiet")
    write(tmp_path, "list.bib", GOOD)
    monkeypatch.chdir(tmp_path)
    assert "no revision 'HEAD'" in refused(capsys, "list.bib", "--changed-since", "HEAD")


def test_standard_input_has_no_past(capsys):
    assert refused(capsys, "-", "--changed-since", "HEAD") == (
        "[--changed-since]: needs a file of a repository, not standard input"
    )
