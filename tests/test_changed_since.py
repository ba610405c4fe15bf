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
        "answered": 0,
        "unchecked": None,
        "verdicts": dict.fromkeys(report["summary"]["verdicts"], 0),
        "severities": {"error": 0, "warning": 0, "note": 0},
        "waived": 0,
        "not_in_lock": 0,
        "changed_since": {"revision": "HEAD", "left_out": 2, "lapsed": []},
    }


def test_a_new_reference_is_reported_whole_and_an_old_fault_is_not(review, capsys):
    write(review, "data/文献 list.bib", NEW + "\n" + GOOD + "\n" + WRONG)
    report = check(capsys, status=1)
    assert shown(report) == ({"new2022": ["volume.mismatch", "citation.uncited"]}, [])
    assert report["summary"]["severities"] == {"error": 1, "warning": 0, "note": 1}
    assert report["summary"]["verdicts"]["differs"] == 1
    assert report["summary"]["changed_since"] == {
        "revision": "HEAD",
        "left_out": 2,
        "lapsed": [],
    }


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
    write(review, "data/other.bib", entry("good2020", doi="10.1000/good") + "\n" + WRONG)
    arguments = ["check", "data/other.bib", "--lock", LOCK, "--changed-since", "HEAD"]
    assert main([*arguments, "--format", "json"]) == 1
    printed = capsys.readouterr()
    assert list(shown(json.loads(printed.out))[0]) == ["good2020", "wrong2021"]
    assert "data/other.bib is not in HEAD: all that it says counts as new" in printed.err


def renamed_in_git(folder, old, new):
    git(folder, "mv", old, new)


def renamed_unseen(folder, old, new):
    (folder / old).rename(folder / new)


def renamed_and_ignored(folder, old, new):
    write(folder, ".gitignore", "*.bib\n*.md\n")
    (folder / old).rename(folder / new)


def linked(folder, old, new):
    """The old name leads to the new one."""
    (folder / old).rename(folder / new)
    (folder / old).symlink_to(folder / new)


RENAMINGS = [renamed_in_git, renamed_unseen, renamed_and_ignored, linked]


@pytest.mark.parametrize("rename", RENAMINGS)
@pytest.mark.parametrize("committed", [False, True])
def test_a_renamed_file_is_the_same_one(review, capsys, rename, committed):
    """The list and the text, with one line more in each; old faults stay old ones."""
    write(review, "text.md", TEXT + "\n文中引用 [@nobody]。\n\nOld [@none].\n")
    commit(review)
    before = git(review, "rev-parse", "HEAD")
    rename(review, "data/文献 list.bib", "参考文献.bib")
    rename(review, "text.md", "data/正文 new.md")
    write(review, "参考文献.bib", GOOD + "\n" + WRONG + "\n" + NEW)
    if committed:
        git(review, "add", "--all", "--force")
        git(review, "commit", "--quiet", "--message=renamed")
    arguments = ["check", "参考文献.bib", "--lock", LOCK, "--evidence", "data/正文 new.md"]
    assert main([*arguments, "--changed-since", before, "--format", "json"]) == 1
    printed = capsys.readouterr()
    assert shown(json.loads(printed.out)) == (
        {"new2022": ["volume.mismatch", "citation.uncited"]},
        [],
    )
    assert printed.err == ""


def test_a_link_of_then_is_the_file_that_it_led_to(review, capsys):
    write(review, "lists/a.bib", (review / "data/文献 list.bib").read_text(encoding="utf-8"))
    (review / "data/文献 list.bib").unlink()
    (review / "data/文献 list.bib").symlink_to("../lists/a.bib")
    commit(review)
    (review / "data/文献 list.bib").unlink()
    (review / "lists/a.bib").rename(review / "data/文献 list.bib")
    assert shown(check(capsys, status=0)) == ({}, [])


def test_a_renamed_lock_is_the_same_one(review, capsys):
    git(review, "mv", LOCK, "answers.jsonl")
    assert shown(check(capsys, "--lock", "answers.jsonl", status=0)) == ({}, [])


CITED_ANEW = TEXT.replace("@wrong2021", "@wrong2021b").replace("@good2020", "@good-2020")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(CITED_ANEW, ({}, []), id="in the text too"),
        pytest.param(
            TEXT,
            (
                {"good-2020": ["citation.uncited"], "wrong2021b": ["citation.uncited"]},
                ["citation.unlisted", "citation.unlisted"],
            ),
            id="not in the text",
        ),
    ],
)
def test_a_renamed_key_is_the_same_reference(review, capsys, text, told):
    old = (review / "data/文献 list.bib").read_text(encoding="utf-8")
    new = old.replace("{wrong2021,", "{wrong2021b,").replace("{good2020,", "{good-2020,")
    write(review, "data/文献 list.bib", new)
    write(review, "text.md", text)
    assert shown(check(capsys, status=1 if told[1] else 0)) == told


def test_a_renamed_key_whose_entry_changed_is_new(review, capsys):
    old = (review / "data/文献 list.bib").read_text(encoding="utf-8")
    write(review, "data/文献 list.bib", old.replace("{wrong2021,", "{b,").replace("{12}", "{11}"))
    by_key, general = shown(check(capsys, status=1))
    assert by_key["b"] == ["volume.mismatch", "citation.uncited"]
    assert general == ["citation.unlisted"]


def test_a_key_that_now_means_another_work_is_changed(review, capsys):
    swapped = GOOD.replace("{good2020,", "{wrong2021,") + "\n"
    swapped += WRONG.replace("{wrong2021,", "{good2020,")
    write(review, "data/文献 list.bib", swapped)
    assert list(shown(check(capsys, status=1))[0]) == ["wrong2021", "good2020"]


def test_a_branch_is_not_blamed_for_what_main_mended(review, capsys):
    """main mends the volume after the branch has left it; the branch adds a reference."""
    git(review, "switch", "--quiet", "--create", "branch")
    git(review, "tag", "start")
    write(review, "data/文献 list.bib", GOOD + "\n" + WRONG + "\n" + NEW)
    commit(review)
    git(review, "switch", "--quiet", "main")
    write(review, "data/文献 list.bib", GOOD + "\n" + WRONG.replace("{12}", "{13}"))
    commit(review)
    mended = git(review, "rev-parse", "HEAD")
    git(review, "switch", "--quiet", "branch")
    for since in ("main", mended, "start", "HEAD~1", "main~1"):
        report = check(capsys, since=since, status=1)
        assert list(shown(report)[0]) == ["new2022"], since
        assert report["summary"]["changed_since"]["revision"] == since
    main(["check", "data/文献 list.bib", "--lock", LOCK, "--changed-since", "main"])
    start = git(review, "rev-parse", "start")
    assert capsys.readouterr().err == f"compared with {start[:12]}, where HEAD parted from main\n"
    # A merge of both, as CI checks a pull request out, has all of main.
    git(review, "merge", "--quiet", "--message=merge", "--strategy-option=ours", "main")
    for since in ("main", "HEAD^2"):
        report = check(capsys, since=since, status=1)
        assert list(shown(report)[0]) == ["new2022"], since
    assert list(shown(check(capsys, since="HEAD^1", status=0))[0]) == ["wrong2021"]


def test_a_branch_without_a_common_commit(review, capsys):
    git(review, "switch", "--quiet", "--orphan", "other")
    write(review, "data/文献 list.bib", GOOD + "\n" + WRONG + "\n" + NEW)
    write_lock(review, *ANSWERS)
    write(review, "text.md", TEXT)
    arguments = ["check", "data/文献 list.bib", "--lock", LOCK, "--changed-since", "main"]
    for place in ("no commit yet", "another root"):
        assert main([*arguments, "--format", "json"]) == 1
        printed = capsys.readouterr()
        assert list(shown(json.loads(printed.out))[0]) == ["new2022"]
        assert printed.err == (
            "main and HEAD have no commit in common: compared with main itself\n"
        )
        if place == "no commit yet":
            commit(review)


def test_a_shallow_clone_that_lacks_the_parting(review, capsys, monkeypatch, tmp_path):
    git(review, "switch", "--quiet", "--create", "branch")
    for number in range(2):
        write(review, "text.md", f"{TEXT}\nOf the branch {number}.\n")
        commit(review)
    git(review, "switch", "--quiet", "main")
    for number in range(2):
        write(review, "text.md", f"{TEXT}\nOf main {number}.\n")
        commit(review)
    clone = tmp_path / "clone"
    more = ("--quiet", "--depth=1", "--no-single-branch", "--branch=branch")
    git(tmp_path, "clone", *more, review.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    report = ["check", "data/文献 list.bib", "--lock", LOCK, "--changed-since", "origin/main"]
    assert main(report) == 0
    told = capsys.readouterr().err
    assert told.startswith("origin/main and HEAD have no commit in common: compared with origin/")
    assert "this clone is shallow" in told


def test_answers_that_are_gone_are_told(review, capsys):
    write_lock(review, *ANSWERS[2:])
    arguments = ["check", "data/文献 list.bib", "--lock", LOCK, "--changed-since", "HEAD"]
    words = "references that were checked then and are unchecked now: 2 (good2020, wrong2021)"
    for form in ("text", "md", "json", "github"):
        assert main([*arguments, "--format", form]) == 0
        printed = capsys.readouterr()
        assert printed.err == f"{words}\n"
        if form == "text":
            assert printed.out.endswith(
                f"only what changed since HEAD; references left out: 2; {words}\n"
            )
        elif form == "md":
            assert "当时已核查、现在未核查的文献：2 条（good2020、wrong2021）。" in printed.out
        elif form == "json":
            changed = json.loads(printed.out)["summary"]["changed_since"]
            assert changed == {
                "revision": "HEAD",
                "left_out": 2,
                "lapsed": ["good2020", "wrong2021"],
            }


def test_in_another_worktree(review, capsys, monkeypatch, tmp_path):
    """It has a HEAD and an index of its own."""
    other = tmp_path / "another tree"
    git(review, "worktree", "add", "--quiet", "-b", "branch", str(other))
    monkeypatch.chdir(other)
    git(other, "mv", "data/文献 list.bib", "list.bib")
    write(other, "list.bib", GOOD + "\n" + WRONG + "\n" + NEW)
    for name, value in (("GIT_DIR", review / ".git"), ("GIT_WORK_TREE", review)):
        monkeypatch.setenv(name, str(value))
    arguments = ["check", "list.bib", "--lock", LOCK, "--changed-since", "main"]
    assert main([*arguments, "--format", "github"]) == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    (line,) = printed.out.splitlines()
    assert line.startswith("::error file=list.bib,line=15,title=[3] new2022 volume.mismatch::")


@pytest.fixture
def within(review, tmp_path, monkeypatch):
    """The review as a submodule of another repository, whose own text cites it."""
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "--quiet", "--initial-branch=main")
    source = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add"]
    git(outer, *source, review.as_uri(), "my review")
    write(outer, "list.bib", GOOD + "\n" + WRONG)
    commit(outer)
    monkeypatch.chdir(outer)
    return outer


def test_a_list_in_a_submodule_has_its_revisions(within, capsys):
    write(within, "my review/data/文献 list.bib", GOOD + "\n" + WRONG + "\n" + NEW)
    arguments = ["my review/data/文献 list.bib", "--lock", f"my review/{LOCK}"]
    told = ["check", *arguments, "--changed-since", "HEAD", "--format", "github"]
    assert main(told) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("::error file=my review/data/文献 list.bib,line=15,title=[3] new2022 ")


def test_a_lock_in_a_submodule_is_as_the_list_s_revision_had_it(within, capsys):
    """An answer that its newer commit has is new; its older commit counted as then."""
    known = ANSWERS[1] | {"volume": "14"}
    write_lock(within / "my review", ANSWERS[0], known)
    arguments = ["check", "list.bib", "--lock", f"my review/{LOCK}", "--changed-since", "HEAD"]
    for _ in ("not committed", "committed there", "recorded here"):
        assert main([*arguments, "--format", "json"]) == 1
        printed = capsys.readouterr()
        assert shown(json.loads(printed.out)) == ({"wrong2021": ["volume.mismatch"]}, [])
        assert printed.err == ""
        if git(within / "my review", "status", "--porcelain"):
            commit(within / "my review")
    commit(within)
    assert main(arguments) == 0


def test_a_review_below_the_repository_s_top(review, capsys, monkeypatch, tmp_path):
    """A repository of several reviews: places are shown from its top, wherever we are."""
    top = tmp_path / "several"
    shutil.copytree(review, top / "reviews/第一 one", ignore=shutil.ignore_patterns(".git"))
    git(top, "init", "--quiet", "--initial-branch=main")
    commit(top)
    monkeypatch.chdir(top / "reviews/第一 one")
    write(top, "reviews/第一 one/data/文献 list.bib", GOOD + "\n" + WRONG + "\n" + NEW)
    write(top, "reviews/第一 one/text.md", TEXT + "\nNew [@nobody].\n")
    arguments = ["check", "data/文献 list.bib", "--lock", LOCK, "--evidence", "text.md"]
    assert main([*arguments, "--changed-since", "HEAD", "--format", "github"]) == 1
    places = [
        line.split("::")[1].split(",title")[0] for line in capsys.readouterr().out.split("\n")[:3]
    ]
    assert places == [
        "error file=reviews/第一 one/data/文献 list.bib,line=15",
        "error file=reviews/第一 one/text.md,line=5",
        "notice file=reviews/第一 one/data/文献 list.bib,line=15",
    ]
    assert main([*arguments, "--changed-since", "HEAD", "--format", "sarif"]) == 1
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    uris = {
        place["physicalLocation"]["artifactLocation"]["uri"]
        for one in run["results"]
        for place in one["locations"]
    }
    folder = "reviews/%E7%AC%AC%E4%B8%80%20one"
    assert uris == {f"{folder}/data/%E6%96%87%E7%8C%AE%20list.bib", f"{folder}/text.md"}


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
