"""The lock while it is being written: one writer, every answer kept as soon as it arrives.

Answers are appended, so that nothing is lost when the program is killed; at the end the file is
written anew with one line for each question. Two lines for one question, as a killed run leaves
them, are one answer to all readers: the later, unless that one failed.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from livingreview.errors import InputError
from livingreview.files import json_object, to_json, write_text
from livingreview.registries.lock import (
    LOCK_HEADER,
    SOURCES,
    check_answer,
    check_version,
    read_lock,
)
from livingreview.registries.questions import Question, question_of, replaces

Line = dict[str, Any]


# Fields that are compared or shown: what a page showed of them and a record lacks is not given up.
SHOWN = frozenset(
    (
        "title",
        "author",
        "container-title",
        "volume",
        "issue",
        "page",
        "article-number",
        "published",
        "published-print",
        "published-online",
        "abstract",
        "registration",
    )
)


class LockFile:
    """An open lock of which this process is the only writer."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self._size = os.fstat(descriptor).st_size

    def add(self, line: Line) -> None:
        """Append the answer; one write, so that a killed program leaves whole lines."""
        data = (to_json(line) + "\n").encode("utf-8")
        size = os.fstat(self._descriptor).st_size
        try:
            while data:
                data = data[os.write(self._descriptor, data) :]
        except OSError as error:
            os.ftruncate(self._descriptor, size)
            raise InputError(f"cannot be written ({error.strerror})", path=self.path) from None

    def header(self) -> Line:
        number, text = next(self._numbered_lines())
        header = json_object(text, self.path, number)
        check_version(header, self.path, number)
        return header

    def lines(self) -> Iterator[Line]:
        """All answers as they stand in the file, read one by one: a lock can be large.

        Read from the open file, not by its name: another program may have put another file there.
        """
        numbered = self._numbered_lines()
        next(numbered)
        for number, text in numbered:
            line = json_object(text, self.path, number)
            check_answer(line, self.path, number)
            yield line

    def added_lines(self) -> Iterator[Line]:
        """The answers that were added since the lock was opened."""
        for number, text in self._numbered_lines(self._size):
            yield json_object(text, self.path, number)

    def was_replaced(self) -> bool:
        """Whether the name has come to stand for another file, as after `git checkout`."""
        return not is_at(self.path, self._descriptor)

    def _numbered_lines(self, start: int = 0) -> Iterator[tuple[int, str]]:
        """(number, text) of each line from `start` on that is not empty; InputError if the file
        has none."""
        empty = start == 0
        with open(os.dup(self._descriptor), "rb") as file:
            file.seek(start)
            for number, data in enumerate(file, start=1):
                if data.strip():
                    empty = False
                    try:
                        yield number, data.decode("utf-8")
                    except UnicodeDecodeError:
                        raise InputError("not UTF-8", path=self.path, line=number) from None
        if empty:
            raise InputError(
                "empty; remove the file, and a refresh makes a new one", path=self.path, line=1
            )


@contextmanager
def open_lock(path: str | Path, tell: Callable[[str], None]) -> Iterator[LockFile]:
    """The lock for one writer, made if there is none, and put in order when the block ends.

    InputError: another process writes it, it cannot be read or written, or a line of it is wrong.
    """
    path = Path(path).resolve()  # a link stays one
    descriptor = exclusive(path)
    try:
        mend_end(path, descriptor, tell)
        lock = LockFile(path, descriptor)
        header = lock.header()
        for _ in lock.lines():
            pass  # a line that is wrong is named before anything is asked
        try:
            yield lock
        finally:
            put_in_order(lock, header, tell)
    finally:
        os.close(descriptor)


def put_in_order(lock: LockFile, header: Line, tell: Callable[[str], None]) -> None:
    lines = lock.lines()
    if lock.was_replaced():
        try:
            others = read_lock(lock.path) if lock.path.exists() else list(lines)
        except InputError as error:
            beside = lock.path.with_name(f"{lock.path.name}.refreshed")
            write_text(beside, in_order(header, lines))
            tell(f"{error}; it was replaced meanwhile, and what was answered is in {beside}")
            return
        tell(f"{lock.path}: was replaced meanwhile; the new answers are added to what is there now")
        lines = chain(others, lock.added_lines())
    text = in_order(header, lines)
    if not lock.path.exists() or lock.path.read_bytes() != text.encode("utf-8"):
        write_text(lock.path, text)


def exclusive(path: Path) -> int:
    """The file opened for appending, ours alone until it is closed or the process ends."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK):  # it is written anew at the end
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                raise InputError(
                    "another refresh is writing this lock; wait until it has ended", path=path
                ) from None
            # The other one may have put a new file in its place just before.
            if is_at(path, descriptor):
                return descriptor
            os.close(descriptor)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", path=path) from None


def is_at(path: Path, descriptor: int) -> bool:
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    open_one = os.fstat(descriptor)
    return (there.st_dev, there.st_ino) == (open_one.st_dev, open_one.st_ino)


def mend_end(path: Path, descriptor: int, tell: Callable[[str], None]) -> None:
    """A first line for a new file; a last line that was cut off is taken away, and said."""
    size = os.fstat(descriptor).st_size
    if size == 0:
        try:
            os.write(descriptor, (to_json(LOCK_HEADER) + "\n").encode("utf-8"))
        except OSError as error:
            raise InputError(f"cannot be written ({error.strerror})", path=path) from None
        return
    if os.pread(descriptor, 1, size - 1) == b"\n":
        return
    start = size
    while start and os.pread(descriptor, 1, start - 1) != b"\n":
        start -= 1
    last = os.pread(descriptor, size - start, start)
    # Closed brackets: somebody's own line without its end, right or wrong, which reading says.
    if start == 0 or last.count(b"{") <= last.count(b"}"):
        os.write(descriptor, b"\n")
        return
    os.ftruncate(descriptor, start)
    tell(f"{path}: the last line was cut off, as a killed refresh leaves it, and is asked anew")


def in_order(header: Line, lines: Iterable[Line]) -> str:
    """The text of the lock: page facts as they stood, then each registry's answers by question.

    Sorted, so that the order in which answers arrived makes no difference.
    """
    pages: dict[str, Line] = {}
    current: dict[Question, tuple[str, str]] = {}
    recorded: dict[str, frozenset[str] | None] = {}
    for line in lines:
        text = to_json(line)
        if line["_source"] == "page":
            pages[text] = line
            continue
        asked = question_of(line)
        if asked not in current or replaces(line["_outcome"], current[asked][0]):
            current[asked] = line["_outcome"], text
            record = line if line["_outcome"] == "found" and "DOI" in line else {}
            if line["_source"] == "crossref" and "doi" in line["_query"]:
                shown = SHOWN & record.keys() if record else None
                for doi in (str(line["_query"]["doi"]), str(record.get("DOI", "")).lower()):
                    recorded[doi] = shown
    kept = [text for text, page in pages.items() if not is_replaced(page, recorded)]
    order = sorted(current, key=lambda asked: (SOURCES.index(asked[0]), asked[1]))
    texts = [to_json(header), *kept, *(current[asked][1] for asked in order)]
    return "".join(text + "\n" for text in texts)


def is_replaced(page: Line, recorded: Mapping[str, frozenset[str] | None]) -> bool:
    """Whether a registry's record takes the place of what was read in a page about the same DOI:
    not where the page tells of a notice, which the record may not know of, or shows more."""
    fields = recorded.get(str(page.get("DOI", "")).lower())
    return fields is not None and not page.get("notices") and SHOWN & page.keys() <= fields
