"""Reading and writing files: UTF-8, whole files or none, spreadsheets that run nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from livingreview.errors import InputError

# Spreadsheet programs run a cell that begins with one of these (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def read_text(path: str | Path) -> str:
    """The file's text; InputError if it is missing, a folder or not UTF-8.

    Line ends stay as they are, so that offsets into the text are offsets into the file.
    """
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", path=path) from None
    except IsADirectoryError:
        raise InputError("is a folder, a file is needed", path=path) from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", path=path) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"not UTF-8 (byte 0x{data[error.start]:02x}); save the file as UTF-8",
            path=path,
            line=line,
        ) from None


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write under a temporary name beside the target, then rename: never half a file."""
    path = Path(path)
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)  # mkstemp makes files that only the owner reads
        os.replace(temporary, path)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", path=path) from None
    finally:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)


def write_text(path: str | Path, text: str) -> None:
    write_bytes(path, text.encode("utf-8"))


def to_json(value: Any, indent: int | None = None) -> str:
    """JSON as this project writes it: sorted keys, Chinese as it is, no NaN."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=indent, allow_nan=False)


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
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            reason = getattr(error, "msg", "nested too deeply")
            raise InputError(f"not JSON ({reason})", path=path, line=number) from None
        if not isinstance(record, dict):
            raise InputError("not a JSON object", path=path, line=number)
        records.append(record)
    return records


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


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
    if text.startswith(FORMULA_STARTS) and not is_number(text):
        return "'" + text
    return text


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """The whole table as CSV text with these columns; a key that is no column is an error."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        unknown = set(row) - set(columns)
        if unknown:
            raise ValueError(f"no such column: {sorted(unknown)}")
        writer.writerow([csv_cell(row.get(column)) for column in columns])
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
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
