"""A table's file as slices of text, whatever its size: CSV as people's programs write it (UTF-8 or GBK, any line end), or Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from xingtan.core.determination.tables.flaws import Flaw, Flaws, shown
from xingtan.core.determination.tables.layout import REQUIRED, TABLES

LINE = "line"
ENDINGS = (".csv", ".parquet")
SLICE_BYTES = 16 << 20
SLICE_ROWS = 250_000
_BEYOND = "beyond the last column"
_SIGNATURE = "\ufeff"
_WIDE_SIGNATURES = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = (",", "\t", ";")


class Unreadable(ValueError):
    """The file cannot be read any further; `flaw` says where and why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(str(flaw))
        self.flaw = flaw


def slices_of(path: Path, table: str, flaws: Flaws) -> Iterator[pl.DataFrame]:
    """The rows of one of `TABLES` as text with their `line` (in Parquet the row), empty ones left out; what is wrong with the file's form goes to `flaws`.

    A column that is not in the file and may be empty is there and empty.
    """
    if not path.is_file():
        flaws.add([Flaw(str(path), 0, "", "no such file", "a table of " + table)])
        return
    try:
        for rows in _parquet(path, table) if path.suffix.lower() == ".parquet" else _Csv(path, table, flaws).slices():
            if not rows.is_empty():
                yield rows.with_columns(pl.lit("").alias(name) for name in TABLES[table] if name not in rows.columns)
    except Unreadable as problem:
        flaws.add([problem.flaw])
    except OSError as problem:
        flaws.add([Flaw(str(path), 0, "", (problem.strerror or str(problem)).lower(), "a file that can be read")])
    except pl.exceptions.PolarsError as problem:
        flaws.add([Flaw(str(path), 0, "", str(problem).splitlines()[0], "a file that can be read")])


def _places(path: Path, header: Sequence[str], table: str) -> list[str]:
    """The header in the spelling of the layout; `Unreadable` when a column is unknown, there twice, or missing though required."""
    names = [name.replace("\u3000", " ").strip(" \t\r\n\"'" + _SIGNATURE).lower() for name in header]
    while names and not names[-1]:
        names.pop()
    twice = [name for name in names if names.count(name) > 1]
    unknown = [name for name in names if name not in TABLES[table]]
    missing = [name for name in TABLES[table] if name in REQUIRED[table] and name not in names]
    if not (twice or unknown or missing):
        return names
    found = (
        f"the column {twice[0]!r} twice" if twice else f"the unknown column {shown(unknown[0])}" if unknown else f"no column {missing[0]!r}"
    )
    raise Unreadable(Flaw(str(path), 1, "", found, "the columns " + ", ".join(TABLES[table])))


def _parquet(path: Path, table_name: str) -> Iterator[pl.DataFrame]:
    table = pl.scan_parquet(path)
    header = table.collect_schema().names()
    names = dict(zip(header, _places(path, header, table_name), strict=False))
    texts = table.select(pl.col(name).cast(pl.String).fill_null("").alias(as_) for name, as_ in names.items())
    first = 0
    while True:
        rows = texts.slice(first, SLICE_ROWS).collect()
        if rows.is_empty() and first:
            return
        yield _without_empty(rows.with_row_index(LINE, offset=first + 1))
        first += SLICE_ROWS


def _without_empty(rows: pl.DataFrame) -> pl.DataFrame:
    columns = [name for name in rows.columns if name != LINE]
    return rows.filter(pl.any_horizontal(pl.col(name).str.strip_chars() != "" for name in columns))


class _Csv:
    """One CSV file, read from its start to its end once."""

    def __init__(self, path: Path, table: str, flaws: Flaws) -> None:
        self.path, self.table, self.flaws = path, table, flaws
        self.encoding = ""
        self.separator = ","
        self.names: list[str] = []
        self.line = 1

    def slices(self) -> Iterator[pl.DataFrame]:
        with self.path.open("rb") as content:
            header = content.readline()
            if header.startswith(_WIDE_SIGNATURES):
                raise Unreadable(Flaw(str(self.path), 1, "", "UTF-16 text", "CSV in UTF-8 (Excel: Save As, CSV UTF-8)"))
            text = self._text(header).removeprefix(_SIGNATURE).rstrip("\r\n")
            self.separator = max(_SEPARATORS, key=text.count)
            self.names = _places(self.path, text.split(self.separator), self.table)
            self.line = 2
            for part in self._parts(content):
                yield _without_empty(self._rows(part))
                self.line += part.count(b"\n")

    def _text(self, part: bytes) -> str:
        """The bytes as text: UTF-8, or GBK when the first that are not plain ASCII say so, and then to the end."""
        if not self.encoding and not part.isascii():
            self.encoding = "gb18030" if _is_gbk(part) else "utf-8"
        try:
            return part.decode(self.encoding or "ascii")
        except UnicodeDecodeError as problem:
            line = self.line + part.count(b"\n", 0, problem.start)
            name = {"gb18030": "GBK", "utf-8": "UTF-8"}[self.encoding]
            found, expected = f"bytes that are not {name}", "UTF-8 or GBK, the same throughout"
            raise Unreadable(Flaw(str(self.path), line, "", found, expected)) from None

    def _parts(self, content: io.BufferedReader) -> Iterator[bytes]:
        """Whole lines, about a slice of them at a time; no cut inside quotation marks."""
        rest = b""
        while read := content.read(SLICE_BYTES):
            rest += read
            end = rest.rfind(b"\n") + 1
            if rest.count(b'"', 0, end) % 2:
                continue
            yield rest[:end]
            rest = rest[end:]
        if rest:
            yield rest

    def _rows(self, part: bytes) -> pl.DataFrame:
        text = self._text(part)
        quick = None if self._is_uneven(part) else self._quick(text.encode() if self.encoding == "gb18030" else part)
        return self._careful(text) if quick is None else quick

    def _is_uneven(self, part: bytes) -> bool:
        """True when lines may differ in their number of fields, or a field may hold a separator or a line's end."""
        lines = part.count(b"\n") + (not part.endswith(b"\n"))
        blank = part.count(b"\n\n") + part.count(b"\n\r\n") + part.startswith((b"\n", b"\r\n"))
        return part.count(self.separator.encode()) != (len(self.names) - 1) * (lines - blank) or b"\x00" in part

    def _quick(self, part: bytes) -> pl.DataFrame | None:
        schema = dict.fromkeys(self.names, pl.String)
        options = {"has_header": False, "separator": self.separator, "empty_string_is_null": False, "raise_if_empty": False}
        try:
            rows = pl.read_csv(io.BytesIO(part), schema=schema, **options)  # type: ignore[arg-type]  # -- options of several types in one
        except pl.exceptions.PolarsError:
            return None
        is_whole = rows.height == part.count(b"\n") + (not part.endswith(b"\n"))
        return rows.with_row_index(LINE, offset=self.line) if is_whole else None

    def _careful(self, text: str) -> pl.DataFrame:
        """Line by line: finds the lines whose fields are too many or too few, and keeps the others."""
        kept: list[list[str | int]] = []
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=self.separator, strict=True)
        begins = 0
        try:
            for fields in reader:
                while len(fields) > len(self.names) and not fields[-1].strip():
                    fields.pop()
                if len(fields) == len(self.names):
                    kept.append([self.line + begins, *fields])
                elif any(field.strip() for field in fields):
                    self._uneven(self.line + begins, len(fields))
                begins = reader.line_num
        except csv.Error as problem:
            found = f"a quotation mark out of place ({problem})"
            raise Unreadable(Flaw(str(self.path), self.line + begins, "", found, 'a field in "…", a quotation mark inside as ""')) from None
        return pl.DataFrame(kept, schema={LINE: pl.UInt32} | dict.fromkeys(self.names, pl.String), orient="row")

    def _uneven(self, line: int, count: int) -> None:
        self.flaws.add([Flaw(str(self.path), line, "", f"{count} fields", f"{len(self.names)}, as the header has")])


def _is_gbk(part: bytes) -> bool:
    """True for bytes that are GBK and are not UTF-8 with a few spoilt letters."""
    spoilt = part.decode("utf-8", errors="replace")
    bad = spoilt.count("\ufffd")
    if not bad or bad * 10 < sum(not letter.isascii() for letter in spoilt):
        return False
    try:
        part.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
