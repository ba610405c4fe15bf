"""The one exception that means: an input is unusable, and its author can mend it."""

from __future__ import annotations

from pathlib import Path


class InputError(Exception):
    """An unusable input, told in one line: file, line or key, what is wrong, what to do.

    The command line prints it and exits 2; a workflow script prints it and fails its job.
    """

    def __init__(
        self,
        problem: str,
        *,
        path: str | Path | None = None,
        line: int | None = None,
        key: str | None = None,
    ):
        self.problem, self.path, self.line = problem, path, line
        place = str(path) if path is not None else ""
        if line is not None:
            place += f":{line}" if place else f"line {line}"
        if key is not None:
            place += f" [{key}]" if place else f"[{key}]"
        text = f"{place}: {problem}" if place else problem
        super().__init__(" ".join(text.split()))
