"""Worked examples beside the packs: the tables of the file command, small, with the verdicts they must give and a sentence why."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from xingtan.core.policy.parts import Words
from xingtan.core.policy.reading import PACKS

TABLES = ("teachers", "facts", "activities", "results", "verdicts")


class Table(NamedTuple):
    """A table as a file holds it: the columns' names and the rows of text; every row is as long as the header."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def records(self) -> list[dict[str, str]]:
        """The rows by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Example:
    """One example: tables by name in the order of `TABLES`; the years asked for are those of `verdicts`, `cycle` among them or not."""

    code: str
    title: Words
    why: Words
    tables: Mapping[str, Table]

    @property
    def years(self) -> tuple[int, ...]:
        """The training years that the expected verdicts name, in order."""
        return tuple(sorted({int(row["year"]) for row in self.tables["verdicts"].records() if row["year"] != "cycle"}))

    @property
    def is_cycle(self) -> bool:
        """Whether a verdict of the cycle is expected too."""
        return any(row["year"] == "cycle" for row in self.tables["verdicts"].records())


@cache
def bundled_examples(code: str) -> tuple[Example, ...]:
    """The worked examples of a pack that comes with the program, in their order; none when it has none."""
    file = resources.files(PACKS) / "examples" / f"{code}.toml"
    if not file.is_file():
        return ()
    whole = tomllib.loads(file.read_text(encoding="utf-8"))
    if whole.get("policy") != code:
        message = f"{code}.toml: these are examples of {whole.get('policy')!r}"
        raise ValueError(message)
    return tuple(read_example(code, one) for one in whole["example"])


def read_example(pack: str, data: Mapping[str, Any]) -> Example:
    """One example of a pack; ValueError says what is unknown, missing or uneven in it."""
    where = f"{pack}, example {data['code']}"
    unknown = set(data) - {"code", "title", "why", *TABLES}
    if unknown or not {"teachers", "verdicts"} <= set(data):
        message = f"{where}: needs teachers and verdicts and knows no {', '.join(sorted(unknown)) or 'others'}"
        raise ValueError(message)
    tables = {name: _table(f"{where}, {name}", data[name]) for name in TABLES if name in data}
    return Example(data["code"], Words(**data["title"]), Words(**data["why"]), tables)


def _table(where: str, text: str) -> Table:
    header, *rows = (tuple(row) for row in csv.reader(io.StringIO(text.strip())) if row)
    for row in rows:
        if len(row) != len(header):
            message = f"{where}: {','.join(row)} has {len(row)} fields, the header {len(header)}"
            raise ValueError(message)
    return Table(header, tuple(rows))
