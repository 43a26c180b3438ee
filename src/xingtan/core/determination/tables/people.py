"""The tables of teachers and of their facts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from xingtan.core.determination.holding import ARRIVED, NO_END
from xingtan.core.determination.tables import values
from xingtan.core.determination.tables.columns_read import A_DAY, Column, Common, Told, numbers_of
from xingtan.core.determination.tables.slices import LINE, slices_of
from xingtan.core.determination.tables.spelling import Spelling, expected_of, fact_spellings, item_spelling

ROSTER_NAMES = {"category": "item", "hired_on": "hired_day", "retires_on": "retires_day", "left_on": "left_day"}


class Teachers:
    """The teachers, numbered in the order of their names, so that whatever is written by number stands in that order."""

    def __init__(self, common: Common) -> None:
        self.common = common
        self.names: list[str] = []
        self.slices: list[pl.DataFrame] = []
        self._lines: dict[str, int] = {}

    def read(self, path: Path) -> None:
        """Every teacher is known, each once."""
        items = item_spelling(self.common.policy)
        item = Column("category", lambda text: 0 if not text.strip() else _number(items, text), expected_of(items))
        days = [Column(name, values.day_of, A_DAY) for name in ("hired_on", "retires_on", "left_on")]
        for rows in slices_of(path, "teachers", self.common.flaws):
            told = Told(path, rows)
            found = pl.DataFrame([self._numbered(told), *(numbers_of(column, told) for column in (item, *days))])
            for name in ("retires_on", "left_on"):
                told.wrong((found[name] > 0) & (found[name] < found["hired_on"]), name, "a day not before hired_on")
            self.common.tell(told)
            self.slices.append(found)
        self._in_order()

    def _in_order(self) -> None:
        order = sorted(range(len(self.names)), key=self.names.__getitem__)
        numbers = pl.Series("teacher", [0] * len(order), dtype=pl.Int64).scatter(order, pl.Series(range(len(order)), dtype=pl.Int64))
        self.names = [self.names[number] for number in order]
        self.common.ids = {name: numbers[number] for name, number in self.common.ids.items()}
        self.slices = [found.with_columns(numbers.gather(found["teacher"]).alias("teacher")) for found in self.slices]

    def _numbered(self, told: Told) -> pl.Series:
        numbers: list[int | None] = []
        for line, text in told.rows.select(LINE, "teacher_id").iter_rows():
            name = values.tidy(text)
            if not name or name in self._lines:
                expected = f"each teacher once; the first stands in line {self._lines[name]}" if name else "a teacher's number or name"
                told.one(line, "teacher_id", name, expected)
                numbers.append(None)
                continue
            self._lines[name] = line
            numbers.append(self.common.ids.setdefault(name, len(self.names)))
            self.names.append(text.strip())
        return pl.Series("teacher", numbers, dtype=pl.Int64)

    def write(self, arrived: Mapping[int, int]) -> None:
        """The roster is written down, with the days on which people came from elsewhere."""
        kinds = {"teacher": pl.Int64, "arrived_day": pl.Int64}
        days = pl.DataFrame({"teacher": list(arrived), "arrived_day": list(arrived.values())}, schema=kinds)
        given = pl.concat(self.slices) if self.slices else pl.DataFrame(schema=dict.fromkeys(("teacher", *ROSTER_NAMES), pl.Int64))
        roster = given.rename(ROSTER_NAMES).join(days, on="teacher", how="left", maintain_order="left")
        self.common.write("roster", roster.with_columns(pl.col("arrived_day").fill_null(0)))


class Facts:
    """What is known of teachers beside their activities, each with the days on which it holds."""

    def __init__(self, common: Common) -> None:
        self.common = common
        self.kinds: dict[tuple[str, str], int] = {}
        self.arrived: dict[int, int] = {}
        self._spelled = fact_spellings(common.policy)
        self._names = tuple(self._spelled)

    def read(self, path: Path) -> None:
        """Every fact is one that the policy knows, with a value that it knows."""
        columns = (
            self.common.teacher(),
            Column("name", self._name, "one of " + ", ".join(self._names)),
            Column("from", values.day_of, A_DAY),
            Column("to", lambda text: values.day_of(text) if text.strip() else NO_END, A_DAY),
        )
        for rows in slices_of(path, "facts", self.common.flaws):
            told = Told(path, rows)
            found = pl.DataFrame([numbers_of(column, told) for column in columns])
            found = found.with_columns(self._kinds(found["name"], told))
            told.wrong(found["from"] > found["to"], "to", "a day not before the one in from")
            if self.common.tell(told):
                self._arrivals(found)
                self.common.write("facts", found.rename({"from": "from_day", "to": "to_day"}))

    def _name(self, text: str) -> int | None:
        name = values.code_of(text)
        return self._names.index(name) if name in self._spelled else None

    def _kinds(self, name: pl.Series, told: Told) -> pl.Series:
        """The number of each row's name and value."""
        pairs = pl.DataFrame([name, told.rows["value"]])
        distinct = pairs.unique(maintain_order=True)
        numbers: list[int | None] = []
        for number, text in distinct.iter_rows():
            fact = "" if number is None else self._names[number]
            spelled: Spelling = self._spelled.get(fact, {})
            value = spelled.get(values.code_of(text))
            numbers.append(None if value is None else self.kinds.setdefault((fact, value), len(self.kinds)))
            if value is None and fact:
                told.wrong((pairs["name"] == number) & (pairs["value"] == text), "value", f"for {fact} {expected_of(spelled)}")
        kinds = distinct.with_columns(pl.Series("kind", numbers, dtype=pl.Int64))
        return pairs.join(kinds, on=["name", "value"], how="left", maintain_order="left", nulls_equal=True)["kind"]

    def _arrivals(self, found: pl.DataFrame) -> None:
        came = found.filter(pl.col("name") == self._names.index(ARRIVED))
        for teacher, day in came.select("teacher", "from").iter_rows():
            self.arrived[teacher] = min(day, self.arrived.get(teacher, day))


def _number(spelled: Spelling, text: str) -> int | None:
    code = spelled.get(values.code_of(text))
    return None if code is None else int(code)
