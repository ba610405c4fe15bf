"""Files as they were at a revision, asked of git."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from livingreview.errors import InputError
from livingreview.progress import Tell

OPTION = "--changed-since"
SHALLOW = (
    "this clone is shallow and may lack it: fetch the whole history (`git fetch --unshallow`;"
    " `fetch-depth: 0` for actions/checkout)"
)
# What git tells its hooks about the repository that they run in; here it is looked for anew.
OF_HOOKS = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
)


@dataclass(frozen=True)
class Revision:
    """A commit of the repository whose files stand in `top`; `name` as the user gave it.

    Without a commit it is a repository of which the revision knew nothing yet.
    """

    name: str
    commit: str | None
    top: Path


def open_revision(name: str, path: str, tell: Tell | None = None) -> Revision:
    """The revision in the repository that `path` stands in: where it and what is checked out
    parted, as `git diff REV...` has it; itself if they share no commit.

    InputError if there is no git, no repository or no such revision.
    """
    folder = Path(path).resolve().parent
    top = top_of(folder)
    if not name.strip() or name.startswith("-"):
        raise InputError(f"{name!r} is no revision", key=OPTION)
    done = run(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if done.returncode:
        advice = SHALLOW if is_shallow(folder) else "`git log` shows those that there are"
        raise InputError(f"no revision {name!r} in {top}; {advice}", key=OPTION)
    commit = done.stdout.decode().strip()
    return Revision(name, parting(folder, name, commit, tell), top)


def parting(folder: Path, name: str, commit: str, tell: Tell | None) -> str:
    """The commit at which HEAD parted from this one, which is this one if HEAD has it."""
    tell = tell or (lambda _: None)
    base = run(folder, "merge-base", commit, "HEAD").stdout.decode().strip()
    if not base:
        advice = f"; {SHALLOW}" if is_shallow(folder) else ""
        tell(f"{name} and HEAD have no commit in common: compared with {name} itself{advice}")
        return commit
    if base != commit:
        tell(f"compared with {base[:12]}, where HEAD parted from {name}")
    return base


def is_shallow(folder: Path) -> bool:
    return answer(folder, "rev-parse", "--is-shallow-repository").strip() == "true"


def top_of(folder: Path) -> Path:
    return Path(answer(folder, "rev-parse", "--show-toplevel").rstrip("\n"))


def within(revision: Revision, path: str) -> Revision | None:
    """The revision in the repository that holds the file: this one, or in a submodule the commit
    that it stood at then; None for a file outside."""
    if inside(revision, path) is None:
        return None
    folder = Path(path).resolve().parent
    while not folder.is_dir():
        folder = folder.parent
    top = top_of(folder)
    name = inside(revision, str(top))
    if name in (None, "."):
        return revision
    found = run(revision.top, "rev-parse", "--verify", "--quiet", f"{revision.commit}:{name}")
    commit = found.stdout.decode().strip() or None
    return Revision(revision.name, commit, top)


def inside(revision: Revision, path: str) -> str | None:
    """The path as the repository knows it; None for a file outside it."""
    whole = Path(path).resolve()
    top = revision.top.resolve()
    return whole.relative_to(top).as_posix() if whole.is_relative_to(top) else None


def file_at(revision: Revision, path: str) -> bytes | None:
    """What a file inside the repository held then, under whatever name; None if it was not there.

    A link was the file that it led to.
    """
    holder = within(revision, path)
    if holder is None or holder.commit is None:
        return None
    # A link of now may have been the file itself, and its target have come into being since.
    whole = Path(path)
    unfollowed = str(whole.parent.resolve() / whole.name)
    names = [inside(holder, path)]
    if Path(unfollowed).is_relative_to(holder.top.resolve()):
        names.append(Path(unfollowed).relative_to(holder.top.resolve()).as_posix())
    for name in dict.fromkeys(filter(None, names)):
        data = blob_at(holder, name)
        if data is None and (old := old_name(holder, name)):
            data = blob_at(holder, old)
        if data is not None:
            return data
    return None


def blob_at(revision: Revision, name: str) -> bytes | None:
    done = run(
        revision.top,
        *("cat-file", "--batch", "--follow-symlinks"),
        given=os.fsencode(f"{revision.commit}:{name}\n"),
    )
    if done.returncode:
        raise InputError(f"git: {first_line(done.stderr)}", path=name, key=OPTION)
    header, _, data = done.stdout.partition(b"\n")
    parts = header.split()  # name, kind, size; or what was wrong
    if len(parts) == 3 and parts[1] == b"blob":
        return data[: int(parts[2])]
    return None


def old_name(revision: Revision, name: str) -> str | None:
    """What a file that has this name now was called then, where git takes it for renamed, or where
    the old name is a link to it now.

    A copy of the index holds the file too: it may not have been added yet.
    """
    index = Path(answer(revision.top, "rev-parse", "--git-path", "index").rstrip("\n"))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "index"
        if (revision.top / index).exists():
            shutil.copy(revision.top / index, copy)
        with_index = {"GIT_INDEX_FILE": str(copy), "GIT_LITERAL_PATHSPECS": "1"}
        run(revision.top, "add", "--intent-to-add", "--force", "--", name, more=with_index)
        done = run(
            revision.top,
            *("diff", "--no-ext-diff", "--find-renames", "--diff-filter=RT"),
            *("--name-status", "-z", "--ignore-submodules", str(revision.commit)),
            more=with_index,
        )
    fields = iter(os.fsdecode(done.stdout).split("\0")[:-1])
    for status in fields:  # R100, old name, new name; T, name
        old = next(fields)
        new = inside(revision, str(revision.top / old)) if status == "T" else next(fields)
        if new == name:
            return old
    return None


def answer(folder: Path, *arguments: str) -> str:
    done = run(folder, *arguments)
    if done.returncode:
        problem = first_line(done.stderr)
        if "not a git repository" in problem:
            problem = f"{folder} is in no git repository"
        raise InputError(problem, key=OPTION)
    return os.fsdecode(done.stdout)


def run(
    folder: Path, *arguments: str, given: bytes = b"", more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in OF_HOOKS}
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=environment | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"} | dict(more or {}),
            input=given,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise InputError("git is needed for this, and was not found", key=OPTION) from None
    except OSError as error:
        raise InputError(f"git cannot be run ({error.strerror})", key=OPTION) from None


def first_line(output: bytes) -> str:
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "git gave no reason"
