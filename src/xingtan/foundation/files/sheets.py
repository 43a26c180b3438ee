"""Reading workbooks and CSV files that people hand in, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from xingtan.foundation.refusal import Refused

from .unpack import Cell

__all__ = ["PARQUET", "XLSX", "Cell", "Sheet", "media_type_of", "open_sheet"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet being read: the names of all sheets, merged ranges (first row, column, last row, column), and its rows with their numbers."""

    sheets: tuple[str, ...]
    merged: tuple[tuple[int, int, int, int], ...]
    rows: Iterator[tuple[int, list[Cell]]]
    is_absent: bool = False


def media_type_of(name: str) -> str:
    """The type that a hand-in's name claims: a CSV file, a Parquet table, or else a workbook."""
    if name.lower().endswith(".parquet"):
        return PARQUET
    return "text/csv" if name.lower().endswith((".csv", ".txt")) else XLSX


@contextmanager
def open_sheet(path: Path, *, sheet: str = "") -> Iterator[Sheet]:
    """The named sheet (else the first) of a workbook, a CSV file or a Parquet table; refused with a code when it is none, locked, or too large."""
    with path.open("rb") as file:
        program = "unpack_parquet" if file.read(4) == b"PAR1" else "unpack"
    command = [sys.executable, "-m", f"xingtan.foundation.files.{program}", str(path), sheet]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8") as child:  # noqa: S603 -- our own program
        try:
            yield _sheet(_pipe(child))
        finally:
            child.kill()


def _pipe(child: subprocess.Popen[str]) -> IO[str]:
    if child.stdout is None:
        raise Refused("file_not_a_workbook")
    return child.stdout


def _sheet(pipe: IO[str]) -> Sheet:
    first = pipe.readline()
    head: dict[str, Any] = json.loads(first) if first else {"refused": "file_unpacks_too_large"}
    if "refused" in head:
        raise Refused(head["refused"])
    merged = tuple((a, b, c, d) for a, b, c, d in head["merged"])
    return Sheet(tuple(head["sheets"]), merged, _rows(pipe), is_absent=bool(head.get("absent")))


def _rows(pipe: IO[str]) -> Iterator[tuple[int, list[Cell]]]:
    for line in pipe:
        found = json.loads(line)
        if isinstance(found, dict):
            raise Refused(found["refused"])
        for number, *cells in found:
            yield number, cells
