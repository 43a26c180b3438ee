"""A bundle being read: what its manifest promises, its tables row by row, and everything that is wrong with it, by file, line and column."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from .tables import FILES, VERSION, Table

MANIFEST = "manifest.csv"
MOST_BYTES = 2 * 1024**3
MOST_FILES = 64
MOST_PROBLEMS = 100
LONGEST_CELL = 4_096
ITEM = re.compile(r"\{([^:{}]+):([^{}]*)\}")


class Mode(StrEnum):
    """How a file stands in the bundle (manifest.csv)."""

    ABSENT = "absent"
    BULK = "bulk"
    DELTA = "delta"


class Problem(NamedTuple):
    """What is wrong where: a code, and what was found there."""

    file: str
    line: int
    column: str
    code: str
    found: str = ""

    def __str__(self) -> str:
        """`users.csv:17 role: unknown_value (chief)`."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        place = f"{place} {self.column}".strip()
        return f"{place}: {self.code}" + (f" ({self.found[:60]})" if self.found else "")


class BadBundle(ValueError):
    """The file is no bundle, or a bundle with these mistakes (the first hundred); nothing of it may be used."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems[:3])))
        self.problems = tuple(problems)


def is_bundle(path: Path) -> bool:
    """True for a zip archive with a manifest (a workbook is an archive, too, and has none)."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return MANIFEST in archive.namelist()


@dataclass(frozen=True, slots=True)
class Bundle:
    """An open bundle; its tables can be read as often as they are needed."""

    archive: zipfile.ZipFile
    modes: Mapping[str, Mode]
    source: str

    def rows(self, name: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Line number and cells by column of a table, checked cell by cell; nothing for an absent one. Raises `BadBundle`."""
        if self.modes.get(name, Mode.ABSENT) is Mode.ABSENT:
            return
        table, problems = FILES[name], list[Problem]()
        for line, row in _lines(self.archive, f"{name}.csv", table.columns):
            if found := list(_wrong(table, line, row)):
                problems += found
                if len(problems) >= MOST_PROBLEMS:
                    break
            yield line, row
        if problems:
            raise BadBundle(problems[:MOST_PROBLEMS])

    def is_delta(self, name: str) -> bool:
        """True when the file says only what changed; then each row names its status."""
        return self.modes.get(name) is Mode.DELTA


@contextmanager
def open_bundle(path: Path) -> Iterator[Bundle]:
    """The bundle in this file; `BadBundle` when it is none, of another version, too large, or lacks a file that it promises."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError):
        raise BadBundle([Problem("", 0, "", "no_archive")]) from None
    with archive:
        infos = archive.infolist()
        if len(infos) > MOST_FILES or sum(one.file_size for one in infos) > MOST_BYTES:
            raise BadBundle([Problem("", 0, "", "too_large")])
        if MANIFEST not in archive.namelist():
            raise BadBundle([Problem(MANIFEST, 0, "", "missing")])
        told = {row["propertyName"]: row["value"].strip() for _line, row in _lines(archive, MANIFEST, ("propertyName", "value"))}
        yield Bundle(archive, _modes(told, archive.namelist()), told.get("source.systemName", ""))


def _modes(told: Mapping[str, str], names: Sequence[str]) -> dict[str, Mode]:
    problems = []
    if told.get("oneroster.version") != VERSION:
        problems.append(Problem(MANIFEST, 0, "oneroster.version", "version", told.get("oneroster.version", "")))
    modes = {}
    for name in FILES:
        mode = told.get(f"file.{name}", Mode.ABSENT.value)
        if mode not in set(Mode):
            problems.append(Problem(MANIFEST, 0, f"file.{name}", "unknown_value", mode))
            continue
        modes[name] = Mode(mode)
        if modes[name] is not Mode.ABSENT and f"{name}.csv" not in names:
            problems.append(Problem(f"{name}.csv", 0, "", "missing"))
    if problems:
        raise BadBundle(problems)
    return modes


def _lines(archive: zipfile.ZipFile, name: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells by heading; the headings must hold every column that the standard names."""
    try:
        with archive.open(name) as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            headings = next(reader, [])
            if missing := [column for column in columns if column not in headings]:
                raise BadBundle([Problem(name, 1, column, "heading_missing") for column in missing])
            for cells in reader:
                if len(cells) != len(headings):
                    raise BadBundle([Problem(name, reader.line_num, "", "cells", str(len(cells)))])
                yield reader.line_num, dict(zip(headings, cells, strict=True))
    except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile, EOFError) as wrong:
        raise BadBundle([Problem(name, 0, "", "unreadable", str(wrong))]) from None


def _wrong(table: Table, line: int, row: Mapping[str, str]) -> Iterator[Problem]:
    name = f"{table.name}.csv"
    if row.get("status") == "tobedeleted":
        # What is only to be forgotten need not be told whole.
        return
    for column in table.filled:
        if not row[column].strip():
            yield Problem(name, line, column, "empty")
    for column, values in table.values.items():
        if row[column] and row[column] not in values:
            yield Problem(name, line, column, "unknown_value", row[column])
    for column, cell in row.items():
        if len(cell) > LONGEST_CELL:
            yield Problem(name, line, column, "too_long")


def items_of(cell: str) -> list[tuple[str, str]]:
    """The typed identifiers of a cell such as `{LDAP:u1},{resident:36…}`, in their order."""
    return [(kind.strip(), value.strip()) for kind, value in ITEM.findall(cell)]
