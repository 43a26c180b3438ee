"""A province made of whole numbers: `python -m bench.province FOLDER [teachers] [seed]`.

The same seed gives the same province on every machine, whatever the size of the slices: each draw is a hash of seed, teacher, year, row and
purpose. Slices of teachers are made one after the other, so memory stays flat from 36,000 to 3,600,000 teachers. The folder then holds
`<table>-<slice>.parquet` for roster, facts, activities and results, clustered by teacher and year, and `kinds.json`, `result_kinds.json`.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

FIRST_YEAR, YEARS = 2011, 5
SLICE = 22_500
ROW_GROUP = 250_000
STATUSES = ("verified", "entered", "rejected")
FIELDS = ("component", "tier", "mode", "topic", "activity", "unit", "result", "role")
# What a year is made of: the eight fields of a kind of activity, and minutes that one unit stands for while the year is being made up.
SHAPES: tuple[tuple[str, ...], ...] = (
    ("course", "", "online", "", "video", "minute", "", ""),
    ("course", "", "online", "ethics", "video", "minute", "", ""),
    ("course", "", "online", "edtech", "video", "minute", "", ""),
    ("course", "", "online", "", "live", "minute", "", ""),
    ("course", "", "offline", "", "lecture", "hour", "", ""),
    ("course", "", "offline", "ethics", "lecture", "hour", "", ""),
    ("course", "", "offline", "", "lecture", "half_day", "", ""),
    ("course", "", "offline", "", "disc", "minute", "", ""),
    ("course", "", "online", "", "make_up", "minute", "", ""),
    ("workshop", "", "online", "", "discussion", "minute", "", "member"),
    ("workshop", "", "online", "", "observation", "minute", "", "member"),
    ("workshop", "", "online", "", "discussion", "hour", "", "lead"),
    ("workshop", "", "offline", "", "demonstration", "half_day", "", "member"),
    ("workshop", "", "online", "", "make_up", "minute", "", "member"),
    ("", "", "online", "", "studio_mentor", "hour", "", "mentor"),
)
MINUTES = {"minute": 1, "hour": 60, "half_day": 240}
COURSE, WORKSHOP = (0, 9), (9, 15)
RESULTS = tuple(
    (assessment, status, passed)
    for assessment, endings in {
        "assignments": (("final", 1), ("final", 0), ("waiting", None)),
        "work_products": (("final", 1), ("final", 0), ("waiting", None)),
        "exam": (("final", None), ("waiting", None), ("absent", None), ("cheated", None)),
        "process": (("final", None),),
        "final": (("final", None),),
        "supplementary": (("final", None), ("waiting", None)),
    }.items()
    for status, passed in endings
)
LEAVES = ("maternity", "sick", "full_time_study", "secondment", "teaching_aid")
FACTS = (*(("leave", ground) for ground in LEAVES), ("village", ""), ("rank", "special_grade"), ("duty", "studio_mentor"), ("arrived", ""))
FULL, EXAM, SHORT, VILLAGE, ABSENT, LEAVE = range(6)


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws of one seed: the same purpose and keys always give the same number."""

    seed: int

    def __call__(self, purpose: int, key: pl.Expr, below: int) -> pl.Expr:
        """A whole number from 0 to below - 1, as Int64; the mixing is splitmix64's, in wrapping 64-bit arithmetic."""

        def u(number: int) -> pl.Expr:
            return pl.lit(number % 2**64, dtype=pl.UInt64)

        x = key.cast(pl.UInt64) * u(0x9E3779B97F4A7C15) + u((self.seed * 1009 + purpose) * 0xD1B54A32D192ED03)
        x = (x ^ x // u(2**30)) * u(0xBF58476D1CE4E5B9)
        x = (x ^ x // u(2**27)) * u(0x94D049BB133111EB)
        return ((x ^ x // u(2**31)) % u(below)).cast(pl.Int64)


def pick(number: pl.Expr, *odds: tuple[int, int]) -> pl.Expr:
    """The value whose share of the odds holds the number; the odds are parts of the number's range, in order, and the last takes the rest."""
    *some, (_, last) = odds
    edge, chosen = sum(part for part, _ in some), pl.lit(last)
    for part, value in reversed(some):
        edge -= part
        chosen = pl.when(number < edge + part).then(value).otherwise(chosen)
    return chosen


def roster(draw: Draw, first: int, last: int) -> pl.DataFrame:
    """Teachers first to last - 1: item, days, and the years in which they are on the roster; 0 where there is no such day."""
    t = pl.col("teacher")
    start, end = ordinal(FIRST_YEAR, 7, 1), ordinal(FIRST_YEAR + YEARS, 7, 1)
    kind = pick(draw(1, t, 1000), (95, 1), (20, 2), (885, 0))  # newly hired, arrived from elsewhere, here all along
    gone = pick(draw(2, t, 1000), (30, 1), (30, 2), (940, 0))  # retires, leaves, stays
    day = start + draw(3, t, end - start)
    return (
        pl.select(teacher=pl.int_range(first, last, dtype=pl.Int64))
        .with_columns(kind=kind, gone=gone, day=day, off=start + draw(4, t, end - start))
        .with_columns(
            item=pl.when(pl.col("kind") == 1)
            .then(1)
            .otherwise(pick(draw(5, t, 100), (70, 3), (10, 4), (5, 5), (5, 2), (4, 9), (6, 12)))
            .cast(pl.Int16),
            hired_day=pl.when(pl.col("kind") == 1).then("day").otherwise(start - 400 - draw(6, t, 9000)),
            arrived_day=pl.when(pl.col("kind") == 2).then("day").otherwise(0),
            retires_day=pl.when(pl.col("gone") == 1).then("off").otherwise(0),
            left_day=pl.when(pl.col("gone") == 2).then("off").otherwise(0),
        )
        .with_columns(
            since=(pl.when(pl.col("kind") > 0).then("day").otherwise(start)),
            until=(pl.when(pl.col("gone") > 0).then(pl.max_horizontal("day", "off")).otherwise(end)),
        )
        .with_columns(
            pl.when(pl.col("gone") == n).then("until").otherwise(0).alias(name) for n, name in ((1, "retires_day"), (2, "left_day"))
        )
        .select("teacher", "item", pl.col("hired_day", "retires_day", "left_day", "arrived_day", "since", "until").cast(pl.Int32))
    )


def ordinal(year: int, month: int, day: int) -> int:
    """The day as a whole number."""
    return date(year, month, day).toordinal()


def years(draw: Draw, teachers: pl.DataFrame) -> pl.DataFrame:
    """Each teacher's years on the roster, each with how it went (FULL to LEAVE) and whether the year before is owed."""
    y, start = pl.col("year"), ordinal(FIRST_YEAR, 7, 1)
    key = pl.col("teacher") * YEARS + (y - FIRST_YEAR)
    opens = (y - FIRST_YEAR) * 365 + start
    return (
        teachers.join(pl.select(year=pl.int_range(FIRST_YEAR, FIRST_YEAR + YEARS, dtype=pl.Int64)), how="cross")
        .sort("teacher", "year")
        .filter(pl.col("since") < opens + 200, pl.col("until") > opens + 100)
        .with_columns(
            key=key,
            new=(pl.col("item") == 1) & (pl.col("since") >= opens - 165),
            village=draw(7, pl.col("teacher"), 100) < 6,
            how=pick(draw(8, key, 1000), (852, FULL), (48, EXAM), (25, SHORT), (62, ABSENT), (13, LEAVE)),
        )
        .with_columns(how=pl.when(pl.col("village") & (pl.col("how") == FULL)).then(VILLAGE).otherwise("how"))
        .with_columns(owes=pl.col("how").shift(1).over("teacher").is_in([ABSENT]).fill_null(value=False))
    )


def activities(draw: Draw, when: pl.DataFrame) -> pl.DataFrame:
    """About 21 rows for a year of full study, fewer for a part of one; clustered by teacher and year."""
    key, how = pl.col("key"), pl.col("how")
    part = (
        pl.when(how.is_in([FULL, VILLAGE]))
        .then(100)
        .when(how.is_in([EXAM, SHORT]))
        .then(30 + draw(9, key, 60))
        .when(how == LEAVE)
        .then(10)
        .otherwise(0)
    )
    course, workshop = 11 + draw(10, key, 10), 5 + draw(11, key, 5)
    rows = (
        when.with_columns(part=part, course=course, workshop=workshop)
        .with_columns(
            n=pl.when(how == ABSENT)
            .then(0)
            .otherwise((course + workshop + draw(12, key, 4)) * pl.max_horizontal(pl.col("part"), 60) // 100),
        )
        .filter(pl.col("n") > 0)
        .select("teacher", "year", "key", "how", "part", "course", "workshop", "new", "owes", row=pl.int_ranges(0, "n"))
        .explode("row")
        .with_columns(cell=pl.col("key") * 64 + pl.col("row"))
    )
    return rows.with_columns(shape=shape(draw), extra=pl.col("row") >= pl.col("course") + pl.col("workshop")).select(
        pl.col("teacher"), pl.col("year").cast(pl.Int16), kind=kind(draw), amount=amount(draw)
    )


def shape(draw: Draw) -> pl.Expr:
    """Which of SHAPES a row is: ethics and educational technology first, then courses, then the workshop, then what is in excess."""
    row, cell = pl.col("row"), pl.col("cell")
    course = pick(draw(13, cell, 100), (62, 0), (10, 1), (8, 2), (8, 3), (6, 4), (3, 5), (3, 6))
    workshop = pick(draw(14, cell, 100), (60, 9), (25, 10), (7, 11), (7, 12), (1, 14))
    village = pick(draw(15, cell, 100), (60, 7), (20, 0), (10, 1), (10, 4))
    return (
        pl.when(row < 2).then(row + 1)
        .when(row >= pl.col("course")).then(pl.when(pl.col("owes") & (row % 2 == 0)).then(13).otherwise(workshop))
        .when(pl.col("how") == VILLAGE).then(village)
        .when(pl.col("owes") & (row % 2 == 0)).then(8)
        .otherwise(course)
    )  # fmt: skip


def kind(draw: Draw) -> pl.Expr:
    """The row's place in `kinds.json`: its shape and its status."""
    cell, last = pl.col("cell"), pl.col("year") == FIRST_YEAR + YEARS - 1
    rejected = pl.col("extra") & (draw(16, cell, 10) < 7)
    entered = last & (draw(17, pl.col("key"), 1000) < 8)
    status = pl.when(rejected).then(2).when(entered).then(1).otherwise(0)
    return (status * len(SHAPES) + pl.col("shape")).cast(pl.Int16)


def amount(draw: Draw) -> pl.Expr:
    """Hundredths of the row's unit, so that a full year reaches its hours with some to spare."""
    owed = pl.when(pl.col("owes")).then(2).otherwise(1)
    course = pl.when(pl.col("new")).then(100 * 60).otherwise(50 * 60) * owed // pl.col("course")
    share = pl.when(pl.col("row") < pl.col("course")).then(course).otherwise(22 * 60 * owed // pl.col("workshop"))
    minutes = share * pl.col("part") // 100 + 8 + draw(18, pl.col("cell"), 40)
    per = pl.col("shape").replace_strict(list(range(len(SHAPES))), [MINUTES[shape[5]] for shape in SHAPES], return_dtype=pl.Int64)
    return pl.when(per == 240).then((minutes + 239) // 240 * 100).otherwise((minutes * 100 + per - 1) // per).cast(pl.Int64)


def results(draw: Draw, when: pl.DataFrame) -> pl.DataFrame:
    """Two assignments and a work product a year, and the tests of those who sit them; scores in hundredths of a point."""
    key, how, at = pl.col("key"), pl.col("how"), {code: n for n, code in enumerate(RESULTS)}
    done = how.is_in([FULL, VILLAGE])

    def row(purpose: int, which: pl.Expr, has: pl.Expr, score: pl.Expr) -> pl.DataFrame:
        return when.filter(has).select("teacher", "year", kind=which, score=score, order=pl.lit(purpose))

    def work(purpose: int, name: str) -> pl.DataFrame:
        passed = pick(draw(purpose, key, 100), (50, 0), (35, 1), (15, 2))
        which = at[name, "final", 1] + pl.when(done).then(0).otherwise(passed)
        return row(purpose, which, how != ABSENT, pl.lit(None, dtype=pl.Int64))

    def sat(purpose: int, name: str, has: pl.Expr, least: int) -> pl.DataFrame:
        endings = [(93, at[name, "final", None])] + [(2, n) for n, code in enumerate(RESULTS) if code[0] == name and code[1] != "final"]
        which, score = pick(draw(purpose, key, 100), *endings), least + 10 * draw(purpose + 50, key, (10_000 - least) // 10)
        return row(purpose, which, has, pl.when(which == at[name, "final", None]).then(score).otherwise(None))

    parts = [work(21, "assignments"), work(22, "assignments"), work(23, "work_products"), sat(24, "exam", how == EXAM, 5900)]
    parts += [sat(25 + n, name, how == VILLAGE, 6000) for n, name in enumerate(("process", "final", "supplementary"))]
    return pl.concat(parts).sort("teacher", "year", "order").select(
        "teacher", pl.col("year").cast(pl.Int16), pl.col("kind").cast(pl.Int16), pl.col("score").cast(pl.Int32)
    )  # fmt: skip


def facts(draw: Draw, teachers: pl.DataFrame, when: pl.DataFrame) -> pl.DataFrame:
    """Leave of a year, the village route, ranks and duties; from and to inclusive, to 0 where it still holds."""
    at, opens = {fact: n for n, fact in enumerate(FACTS)}, ordinal(FIRST_YEAR, 7, 1) + (pl.col("year") - FIRST_YEAR) * 365
    t, start = pl.col("teacher"), ordinal(FIRST_YEAR, 7, 1)
    leave = when.filter(pl.col("how") == LEAVE).select(
        "teacher", kind=draw(31, pl.col("key"), len(LEAVES)), start=opens + 130, end=opens + 330
    )
    village = when.filter(pl.col("village")).group_by("teacher").agg(kind=pl.lit(at["village", ""]), start=pl.lit(start), end=pl.lit(0))
    mentors = teachers.filter(draw(32, t, 1000) < 4)
    posts = [
        mentors.select("teacher", kind=pl.lit(at[code]), start=pl.lit(start), end=pl.lit(0))
        for code in FACTS
        if code[0] in {"rank", "duty"}
    ]
    arrived = teachers.filter(pl.col("arrived_day") > 0).select(
        "teacher", kind=pl.lit(at["arrived", ""]), start="arrived_day", end=pl.lit(0)
    )
    parts = [
        part.select("teacher", pl.col("kind").cast(pl.Int16), pl.col("start", "end").cast(pl.Int32))
        for part in (leave, village, *posts, arrived)
    ]
    return pl.concat(parts).rename({"start": "from_day", "end": "to_day"}).sort("teacher", "kind", "from_day")


def make(folder: Path, teachers: int = 360_000, seed: int = 2011, step: int = SLICE) -> dict[str, int]:
    """The folder holds the province; the answer is how many rows each table has."""
    folder.mkdir(parents=True, exist_ok=True)
    draw, counts = Draw(seed), dict.fromkeys(("roster", "facts", "activities", "results"), 0)
    for number, first in enumerate(range(1, teachers + 1, step)):
        people = roster(draw, first, min(first + step, teachers + 1))
        when = years(draw, people)
        tables = {
            "roster": people.drop("since", "until"),
            "facts": facts(draw, people, when),
            "activities": activities(draw, when),
            "results": results(draw, when),
        }
        for name, table in tables.items():
            table.write_parquet(folder / f"{name}-{number:03}.parquet", compression="lz4", row_group_size=ROW_GROUP)
            counts[name] += table.height
    kinds = [dict(zip((*FIELDS, "status"), (*shape, status), strict=True)) for status in STATUSES for shape in SHAPES]
    (folder / "kinds.json").write_text(json.dumps(kinds, indent=1), encoding="utf-8")
    result_kinds = [dict(zip(("assessment", "status", "passed"), code, strict=True)) for code in RESULTS]
    (folder / "result_kinds.json").write_text(json.dumps(result_kinds, indent=1), encoding="utf-8")
    (folder / "fact_kinds.json").write_text(json.dumps(FACTS, indent=1), encoding="utf-8")
    return counts


if __name__ == "__main__":
    folder, *sizes = sys.argv[1:]
    print(make(Path(folder), *map(int, sizes)))
