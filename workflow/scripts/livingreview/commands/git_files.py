"""Files as they were at a revision, asked of git."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from livingreview.errors import InputError

OPTION = "--changed-since"
SHALLOW = (
    "this clone is shallow and may lack it: fetch the whole history (`git fetch --unshallow`;"
    " `fetch-depth: 0` for actions/checkout)"
)
# What git tells its hooks about the repository that they run in; here it is looked for anew.
OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")


@dataclass(frozen=True)
class Revision:
    """A commit of the repository whose files stand in `top`; `name` as the user gave it."""

    name: str
    commit: str
    top: Path


def open_revision(name: str, path: str) -> Revision:
    """The revision in the repository that `path` stands in.

    InputError if there is no git, no repository or no such revision.
    """
    folder = Path(path).resolve().parent
    top = Path(answer(folder, "rev-parse", "--show-toplevel").rstrip("\n"))
    if not name.strip() or name.startswith("-"):
        raise InputError(f"{name!r} is no revision", key=OPTION)
    done = run(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if done.returncode:
        shallow = answer(folder, "rev-parse", "--is-shallow-repository").strip() == "true"
        advice = SHALLOW if shallow else "`git log` shows those that there are"
        raise InputError(f"no revision {name!r} in {top}; {advice}", key=OPTION)
    return Revision(name, done.stdout.decode().strip(), top)


def inside(revision: Revision, path: str) -> str | None:
    """The path as the repository knows it; None for a file outside it."""
    whole = Path(path).resolve()
    top = revision.top.resolve()
    return whole.relative_to(top).as_posix() if whole.is_relative_to(top) else None


def file_at(revision: Revision, path: str) -> bytes | None:
    """What a file inside the repository held then; None if it was not there."""
    name = f"{revision.commit}:{inside(revision, path)}"
    if run(revision.top, "cat-file", "-e", name).returncode:
        return None
    done = run(revision.top, "cat-file", "blob", name)
    if done.returncode:
        raise InputError(f"git: {first_line(done.stderr)}", path=path, key=OPTION)
    return done.stdout


def answer(folder: Path, *arguments: str) -> str:
    done = run(folder, *arguments)
    if done.returncode:
        problem = first_line(done.stderr)
        if "not a git repository" in problem:
            problem = f"{folder} is in no git repository"
        raise InputError(problem, key=OPTION)
    return done.stdout.decode("utf-8", "surrogateescape")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in OF_HOOKS}
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=environment | {"LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
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
