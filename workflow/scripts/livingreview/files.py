"""Reading and writing files: UTF-8, whole files or none, spreadsheets that run nothing."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from livingreview.errors import InputError

# Spreadsheet programs run a cell that begins with one of these (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def read_bytes(path: str | Path) -> bytes:
    """The file as it is; InputError if it is missing, a folder or cannot be read."""
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", path=path) from None
    except IsADirectoryError:
        raise InputError("is a folder, a file is needed", path=path) from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", path=path) from None


def read_text(path: str | Path) -> str:
    """The file's text; InputError if it is missing, a folder or not UTF-8.

    Line ends stay as they are, so that offsets into the text are offsets into the file.
    """
    return decoded(read_bytes(path), path)


def decoded(data: bytes, path: str | Path) -> str:
    """The text of these bytes of a file; InputError if they are not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"not UTF-8 (byte 0x{data[error.start]:02x}); save the file as UTF-8",
            path=path,
            line=line,
        ) from None


def read_standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("standard input is not UTF-8") from None


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write under a temporary name beside the target, then rename: never half a file."""
    path = Path(path)
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, mode_for(path))  # mkstemp makes files that only the owner reads
        os.replace(temporary, path)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", path=path) from None
    finally:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)


def mode_for(path: Path) -> int:
    """The permissions that the file has, or that a new one would get."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def write_text(path: str | Path, text: str) -> None:
    write_bytes(path, text.encode("utf-8"))


def to_json(value: Any, indent: int | None = None) -> str:
    """JSON as this project writes it: sorted keys, Chinese as it is, no NaN."""
    if indent is None:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
    encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, indent=indent, allow_nan=False)
    # dumps() would keep each sign of a report of ten thousand references as an object of its own.
    text = io.StringIO()
    text.writelines(encoder.iterencode(value))
    return text.getvalue()


def write_json(path: str | Path, value: Any) -> None:
    write_text(path, to_json(value, indent=2) + "\n")


def read_json(path: str | Path) -> Any:
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON ({error.msg})", path=path, line=error.lineno) from None


def write_jsonl(path: str | Path, records: Iterable[Mapping[str, Any]]) -> None:
    write_text(path, "".join(to_json(record) + "\n" for record in records))


def read_jsonl(path: str | Path) -> list[dict[str, Any]]:
    """One JSON object a line; empty lines are passed over; InputError names the bad line."""
    records = []
    # Not splitlines(): JSON strings may hold U+2028, which that would break at.
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        records.append(json_object(line, path, number))
    return records


def json_object(line: str, path: str | Path, number: int) -> dict[str, Any]:
    """The object of one line; InputError for what is none, or could not be written again."""
    try:
        record = json.loads(line, parse_float=finite, parse_constant=finite)
        if not isinstance(record, dict):
            raise InputError("not a JSON object", path=path, line=number)
        if "\\u" in line:  # half a surrogate pair is JSON, but no text
            to_json(record).encode("utf-8")
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON ({error.msg})", path=path, line=number) from None
    except RecursionError:
        raise InputError("not JSON (nested too deeply)", path=path, line=number) from None
    except UnicodeEncodeError:
        raise InputError("holds half a surrogate pair", path=path, line=number) from None
    except ValueError:
        raise InputError("holds a number that is too large", path=path, line=number) from None
    return record


def finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def is_number(text: str) -> bool:
    """Whether a spreadsheet reads it as a number: "-4.2", and not "-inf", which would be a name."""
    return NUMBER.fullmatch(text) is not None


def csv_cell(value: Any) -> str:
    """The cell for a value: None is empty, 4.0 is 4, a would-be formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, (list, tuple)):
        return ";".join(str(item) for item in value)
    text = str(value)
    # A text that already begins with apostrophes gets one more, so that reading gives it back.
    if text.lstrip("'").startswith(FORMULA_STARTS) and not is_number(text):
        return "'" + text
    return text


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """The whole table as CSV text with these columns; a key that is no column is an error."""
    lines = [list(columns)]
    for row in rows:
        unknown = set(row) - set(columns)
        if unknown:
            raise ValueError(f"no such column: {sorted(unknown)}")
        lines.append([csv_cell(row.get(column)) for column in columns])
    # A carriage return ends a line for readers, but the csv module would not quote a lone one.
    returns = any("\r" in cell for line in lines for cell in line)
    buffer = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL
    csv.writer(buffer, lineterminator="\n", quoting=quoting).writerows(lines)
    return buffer.getvalue()


def write_csv(path: str | Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    write_text(path, csv_text(columns, rows))


def read_csv(path: str | Path, columns: Sequence[str] | None = None) -> list[dict[str, str]]:
    """The rows as text, the formula apostrophes taken off again; checks the header if given."""
    text = read_text(path).removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = next(reader, None)
        if header is None:
            raise InputError("empty, a header line is needed", path=path)
        if columns is not None and list(header) != list(columns):
            missing = [name for name in columns if name not in header]
            extra = [name for name in header if name not in columns]
            raise InputError(
                f"columns are not those expected (missing: {', '.join(missing) or 'none'};"
                f" unknown: {', '.join(extra) or 'none'})",
                path=path,
                line=1,
            )
        rows = []
        for cells in reader:
            if len(cells) != len(header):
                raise InputError(
                    f"{len(cells)} cells where the header has {len(header)}",
                    path=path,
                    line=reader.line_num,
                )
            rows.append(dict(zip(header, map(plain_cell, cells), strict=True)))
    except csv.Error as error:
        raise InputError(f"not CSV ({error})", path=path, line=reader.line_num) from None
    return rows


def plain_cell(cell: str) -> str:
    quoted = cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS)
    return cell[1:] if quoted else cell
