"""How a workflow script tells what went wrong: its log, one line for an unusable input."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from livingreview.errors import InputError


@contextmanager
def logged(log: str) -> Iterator[None]:
    """Run a script's body; on a failure write the log that the workflow's last line is read from.

    An InputError is its author's to mend and needs no traceback; anything else is ours and has one.
    """
    Path(log).write_text("", encoding="utf-8")
    try:
        yield
    except InputError as error:
        Path(log).write_text(f"error: {error}\n", encoding="utf-8")
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
    except Exception as error:
        problem = f"error: {type(error).__name__}: {error} (a fault of this program, see {log})"
        Path(log).write_text(
            traceback.format_exc() + " ".join(problem.split()) + "\n", encoding="utf-8"
        )
        traceback.print_exc()
        sys.exit(1)
