"""The tables of activities and of results."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from xingtan.core.determination.tables import layout, values
from xingtan.core.determination.tables.columns_read import A_DAY, Column, Common, Told, numbers_of, year_column
from xingtan.core.determination.tables.kinds import KindsOfRows
from xingtan.core.determination.tables.slices import slices_of
from xingtan.core.determination.tables.spelling import Spelling, activity_spellings, expected_of, result_spellings
from xingtan.core.policy.slots import CONTRADICTORY, FINAL, ResultKind

AN_AMOUNT = f"a number with at most two decimals, up to {values.MOST_WHOLE}.99"
RESULT_KEYS = ["assessment", "passed", "status", "clash"]


class Activities:
    """What teachers did, how much of it, and where it comes from."""

    def __init__(self, common: Common) -> None:
        self.common = common
        self.kinds = KindsOfRows(activity_spellings(common.policy))
        self._sources: dict[str, int] = {"": 0}

    def read(self, path: Path) -> None:
        """Every activity is of a teacher, a year and a kind that are known."""
        columns = (
            self.common.teacher(),
            Column("amount", values.centi_of, AN_AMOUNT),
            Column("on_date", values.day_of, A_DAY),
            *self._source(),
        )
        year = year_column()
        for rows in slices_of(path, "activities", self.common.flaws):
            told = Told(path, rows)
            found = pl.DataFrame([numbers_of(column, told) for column in columns])
            found = found.with_columns(self.common.years(year, told, found["on_date"]), self.kinds.numbers(told))
            if self.common.tell(told):
                source = pl.col("source_id") if "source_id" in found.columns else pl.lit(0)
                self.common.write("activities", found.with_columns(source.alias("source")))

    def _source(self) -> tuple[Column, ...]:
        """Sources are told apart only where the policy caps what one gives: they may be as many as the rows."""
        if all(one.source_cap_centi is None for one in self.common.policy.converting):
            return ()
        return (Column("source_id", lambda text: self._sources.setdefault(text.strip(), len(self._sources)), ""),)


class Results:
    """How teachers were assessed."""

    def __init__(self, common: Common) -> None:
        self.common = common
        self.kinds: dict[ResultKind, int] = {}
        self._assessments = [*common.policy.tests, *common.policy.works]
        self._spelled = result_spellings(common.policy)
        self._statuses = list(dict.fromkeys(self._spelled["status"].values()))

    def read(self, path: Path) -> None:
        """Every result is of a teacher, a year and an assessment that are known, and says something when it is final."""
        columns, year, final = self._columns(), year_column(), self._statuses.index(FINAL)
        for rows in slices_of(path, "results", self.common.flaws):
            told = Told(path, rows)
            found = pl.DataFrame([numbers_of(column, told) for column in columns]).with_columns(self.common.years(year, told))
            found = found.join(self._limits(), on="assessment", how="left", maintain_order="left")
            told.wrong(found["score"] > found["most"], "score", "points up to the assessment's most")
            silent = (found["status"] == final) & (found["score"] < 0) & (found["passed"] < 0)
            told.wrong(silent, "passed", "a score or whether it is passed, for what is final")
            if self.common.tell(told):
                self.common.write("results", self._with_kinds(found))

    def _columns(self) -> tuple[Column, ...]:
        spelled = self._spelled
        numbers = {one.code: number for number, one in enumerate(self._assessments)}
        said = {status: number for number, status in enumerate(self._statuses)}
        statuses = "nothing or one of " + ", ".join(layout.RESULT_STATUSES)
        return (
            self.common.teacher(),
            Column("assessment", lambda text: numbers.get(_code(spelled["assessment"], text)), expected_of(spelled["assessment"])),
            Column("score", _score, "points from 0, at most two decimals, or nothing"),
            Column("passed", values.passed_of, "1, 0, yes, no, true, false or nothing"),
            Column("status", lambda text: said.get(_code(spelled["status"], text)), statuses),
        )

    def _limits(self) -> pl.DataFrame:
        assessments = range(len(self._assessments))
        limits = {"most": [one.most_score_centi for one in self._assessments], "least": [one.pass_score_centi for one in self._assessments]}
        return pl.DataFrame({"assessment": assessments, **limits}, schema=dict.fromkeys(("assessment", *limits), pl.Int64))

    def _with_kinds(self, found: pl.DataFrame) -> pl.DataFrame:
        """A final score and a word that contradict each other are a kind of their own."""
        said = (pl.col("score") >= 0) & (pl.col("passed") >= 0)
        found = found.with_columns((said & ((pl.col("score") >= pl.col("least")) != (pl.col("passed") == 1))).alias("clash"))
        distinct = found.select(RESULT_KEYS).unique(maintain_order=True)
        numbers = [self.kinds.setdefault(self._kind(*key), len(self.kinds)) for key in distinct.iter_rows()]
        return found.join(
            distinct.with_columns(pl.Series("kind", numbers, dtype=pl.Int64)), on=RESULT_KEYS, how="left", maintain_order="left"
        )

    def _kind(self, assessment: int, passed: int, status: int, clashes: int) -> ResultKind:
        said = self._statuses[status]
        return ResultKind(self._assessments[assessment].code, passed, CONTRADICTORY if clashes and said == FINAL else said)


def _code(spelled: Spelling, text: str) -> str:
    return spelled.get(values.code_of(text), "?")


def _score(text: str) -> int | None:
    centi = values.centi_of(text) if text.strip() else -1
    return None if centi is None or (text.strip() and centi < 0) else centi
