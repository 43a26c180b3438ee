"""What the reading of every table shares: columns of text as numbers, training years of one cycle, flaws with their lines, Parquet out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from xingtan.core.calendar import training_year_of
from xingtan.core.determination.batch.evidence import LAYOUT
from xingtan.core.determination.tables import values
from xingtan.core.determination.tables.flaws import MOST_TOLD, Flaw, Flaws, shown
from xingtan.core.determination.tables.slices import LINE
from xingtan.core.policy import Policy

A_DAY = "a day as 2011-09-01"


class Column:
    """How one column's texts become numbers; None is what is refused."""

    def __init__(self, name: str, read: Callable[[str], int | None], expected: str) -> None:
        self.name, self.expected = name, expected
        self._read = read
        self._known: dict[str, int | None] = {}

    def numbers(self, texts: pl.Series) -> pl.Series:
        """The texts' numbers, null for what is refused."""
        distinct = texts.unique()
        known = self._known
        found = [known[text] if text in known else known.setdefault(text, self._read(text)) for text in distinct.to_list()]
        if len(known) > 1_000_000:
            known.clear()
        return texts.replace_strict(distinct, pl.Series(found, dtype=pl.Int64), return_dtype=pl.Int64).alias(self.name)


class Told:
    """The flaws of one slice of one file: the first are kept with their lines, all are counted."""

    def __init__(self, path: Path, rows: pl.DataFrame) -> None:
        self.path, self.rows = path, rows
        self.flaws: list[Flaw] = []
        self.count = 0

    def wrong(self, which: pl.Series, column: str, expected: str) -> None:
        """Each row of the slice for which this is true has a flaw in this column."""
        wrong = self.rows.filter(which)
        if wrong.is_empty():
            return
        self.count += wrong.height
        first = wrong.select(LINE, column).head(MOST_TOLD)
        self.flaws += [Flaw(str(self.path), line, column, shown(text.strip()), expected) for line, text in first.iter_rows()]

    def one(self, line: int, column: str, text: str, expected: str) -> None:
        """This line has a flaw in this column."""
        self.count += 1
        self.flaws.append(Flaw(str(self.path), line, column, shown(text), expected))


class Common:
    """What is known while the tables are read: the teachers, the cycle, the flaws; and where the evidence is written."""

    def __init__(self, policy: Policy, folder: Path, year: int | None) -> None:
        self.policy, self.folder = policy, folder
        self.flaws = Flaws()
        self.ids: dict[str, int] = {}
        self.cycle = None if year is None else policy.cycle_of(year)
        self.earliest = year
        self.rows: dict[str, int] = dict.fromkeys(LAYOUT, 0)
        self._parts: dict[str, int] = dict.fromkeys(LAYOUT, 0)

    def teacher(self) -> Column:
        """A teacher of the table of teachers, by their number."""
        return Column("teacher_id", lambda text: self.ids.get(values.tidy(text)), "a teacher of the table of teachers")

    def years(self, column: Column, told: Told, day: pl.Series | None = None) -> pl.Series:
        """The training years of the rows, all of one cycle; where none is written, the year of the day."""
        years = numbers_of(column, told)
        if day is not None:
            of_day = Column("year", lambda text: self._year_of_day(int(text)), "").numbers(day.fill_null(0).cast(pl.String))
            years = years.zip_with((years != 0).fill_null(value=True), of_day)
        told.wrong(years == 0, "year", "a training year" + ("" if day is None else ", or a day in on_date"))
        named = years.filter(years > 0)
        if self.cycle is None and len(named):
            self.cycle = self.policy.cycle_of(int(named[0]))
        if self.cycle is not None:
            first, last = max(self.cycle[0], self.policy.cycle.anchor_year), self.cycle[1]
            told.wrong((years > 0) & ((years < first) | (years > last)), "year", f"a year of the cycle {first} to {last}")
            inside = years.filter((years >= first) & (years <= last))
            self.earliest = min((year for year in (self.earliest, inside.min()) if isinstance(year, int)), default=None)
        return years.alias("year")

    def _year_of_day(self, day: int) -> int:
        return training_year_of(date.fromordinal(day), self.policy.year.first_day) if day > 0 else 0

    def tell(self, told: Told) -> bool:
        """The slice's flaws are noted in the order of lines; True while there is none at all."""
        self.flaws.add(sorted(told.flaws, key=lambda flaw: flaw.line), told.count)
        return not self.flaws.count

    def write(self, name: str, rows: pl.DataFrame) -> None:
        """The rows are a part of this table of the evidence."""
        place = self.folder / name
        place.mkdir(parents=True, exist_ok=True)
        typed = rows.select(pl.col(column).cast(kind) for column, kind in LAYOUT[name].items())
        typed.write_parquet(place / f"{self._parts[name]:05}.parquet")
        self._parts[name] += 1
        self.rows[name] += rows.height

    def fill_up(self) -> None:
        """A table without rows is there, and empty."""
        for name, columns in LAYOUT.items():
            if not self._parts[name]:
                self.write(name, pl.DataFrame(schema=columns))


def year_column() -> Column:
    """A training year, 0 where none is written."""
    return Column("year", lambda text: 0 if not text.strip() else values.year_of(text), "a training year as 2011")


def numbers_of(column: Column, told: Told) -> pl.Series:
    """The column's numbers in a slice; what is refused is told and null."""
    numbers = column.numbers(told.rows[column.name])
    if numbers.null_count():
        told.wrong(numbers.is_null(), column.name, column.expected)
    return numbers.alias("teacher") if column.name == "teacher_id" else numbers
