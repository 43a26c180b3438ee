"""A program of its own that reads one sheet of a workbook and writes its rows as JSON lines: `python -m xingtan.foundation.files.unpack FILE SHEET`.

A workbook is a stranger's archive. It is unpacked outside the server, in a process whose memory is bounded and goes back whole when it ends.
First line: {"sheets", "merged"} or {"refused", …}; then lists of rows, [number, cell, cell, …], many to a line, days as YYYY-MM-DD.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import python_calamine

Cell: TypeAlias = str | int | float | bool
Row: TypeAlias = list[Cell]

UNPACKED_LIMIT = 600 << 20
MEMORY_LIMIT = 4 << 30
MOST_PARTS = 4000
ROWS_A_LINE = 400
MOST_MERGED = 2000
MOST_COLUMNS = 16_384  # as many as a workbook may have


class Unreadable(Exception):
    """The file is no workbook that may be read; the code says why."""


def refuse_archive(path: Path) -> None:
    """Nothing is unpacked; raises `Unreadable` unless the file is an archive with a workbook in it, of bearable size when unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as broken:
        raise Unreadable("file_not_a_workbook") from broken
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise Unreadable("file_unpacks_too_large")
    if not any(part.filename.endswith("workbook.xml") for part in parts):
        raise Unreadable("file_not_a_workbook")


def plain(cell: object) -> Cell:
    """The cell as JSON can say it: days as text, whole numbers as such."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not (cell.hour or cell.minute or cell.second) else cell.isoformat(" ", _fineness(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, str | int | float) else str(cell)


def _fineness(cell: datetime) -> str:
    return "seconds" if cell.second else "minutes"


def workbook_rows(path: Path, wanted: str) -> Iterator[object]:
    """The head, then rows with their numbers as the workbook shows them."""
    refuse_archive(path)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        names = book.sheet_names
        if not names or (wanted and wanted not in names):
            yield {"sheets": names, "merged": [], "absent": True}
            return
        sheet = book.get_sheet_by_name(wanted or names[0])
    except python_calamine.PasswordError as locked:
        raise Unreadable("file_has_a_password") from locked
    except (python_calamine.CalamineError, python_calamine.ZipError, python_calamine.XmlError, OSError) as broken:
        raise Unreadable("file_not_a_workbook") from broken
    merged = (sheet.merged_cell_ranges or [])[:MOST_MERGED]
    yield {"sheets": names, "merged": [[one[0] + 1, one[1], other[0] + 1, other[1]] for one, other in merged]}
    head: Row = [""] * (sheet.start or (0, 0))[1]
    # Row by row: all of them as Python objects would take more than the sheet itself.
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if any(cell != "" for cell in row):
            yield [number, *head, *map(plain, row)]


def text_rows(path: Path) -> Iterator[object]:
    """The rows of a CSV file in UTF-8 or GB 18030, cells separated by comma, tab or semicolon."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError as broken:
            raise Unreadable("file_not_text") from broken
    if "\0" in text:
        raise Unreadable("file_not_text")
    first = text.partition("\n")[0]
    comma = max(",\t;", key=first.count)
    yield {"sheets": [], "merged": []}
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=comma), start=1):
        if len(row) > MOST_COLUMNS:
            raise Unreadable("file_unpacks_too_large")
        if any(cell.strip() for cell in row):
            yield [number, *row]


def rows_of(path: Path, wanted: str) -> Iterator[object]:
    """The head and the rows of a workbook, or of a text that is none."""
    with path.open("rb") as file:
        begin = file.read(4)
    if begin == b"\xd0\xcf\x11\xe0":
        raise Unreadable("file_old_or_locked")
    return workbook_rows(path, wanted) if begin.startswith(b"PK") else text_rows(path)


def bound_memory() -> None:
    """This process gets no more than `MEMORY_LIMIT` bytes, where the system can say so."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 -- there is no such module on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def lines(items: Iterable[object]) -> Iterator[str]:
    """The head on a line of its own, then many rows to a line."""
    each = iter(items)
    yield json.dumps(next(each), ensure_ascii=False)
    while batch := list(islice(each, ROWS_A_LINE)):
        yield json.dumps(batch, ensure_ascii=False)


def main(path: str, wanted: str) -> None:
    """Everything readable is written to standard output; a refusal is its first line."""
    bound_memory()
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    try:
        for line in lines(rows_of(Path(path), wanted)):
            out.write(line + "\n")
    except Unreadable as refused:
        out.write(json.dumps({"refused": str(refused)}) + "\n")
    except (MemoryError, csv.Error):
        out.write(json.dumps({"refused": "file_unpacks_too_large"}) + "\n")
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
