"""A province made of whole numbers: `python -m bench.province FOLDER [teachers] [seed]`.

The same seed gives the same province on every machine, whatever the size of the slices: each draw is a hash of seed, teacher, year, row and
purpose. Slices of teachers are made one after the other, so memory stays flat from 36,000 to 3,600,000 teachers. The folder then holds
the tables of `core/determination/batch/evidence.py`, clustered by teacher and year, one file of each for every slice, in the kinds of
`jiangxi-2011`, and the texts of the kinds as `kinds.json`, `result_kinds.json`, `fact_kinds.json`.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from xingtan.core.determination.batch.evidence import StoredEvidence
from xingtan.core.policy.slots import Kind, ResultKind

FIRST_YEAR, YEARS = 2011, 5
SLICE = 22_500
PORTION = 250_000
TABLES = ("roster", "facts", "activities", "results")
STATUSES = ("verified", "entered", "rejected")
# Kinds of activity: component, tier, mode, topic, activity, unit.
SHAPES = (
    ("course", "province", "online", "professional", "course", "minute"),
    ("course", "province", "online", "ethics", "course", "minute"),
    ("course", "province", "online", "edtech", "course", "minute"),
    ("course", "province", "online", "public", "course", "minute"),
    ("course", "city", "online", "tutoring", "course", "minute"),
    ("course", "county", "face_to_face", "professional", "course", "hour"),
    ("course", "county", "face_to_face", "ethics", "course", "hour"),
    ("course", "county", "face_to_face", "professional", "course", "half_day"),
    ("course", "county", "disc", "professional", "course", "minute"),
    ("course", "county", "township", "public", "course", "half_day"),
    ("course", "province", "online", "professional", "make_up", "minute"),
    ("workshop", "province", "online", "", "exchange", "minute"),
    ("workshop", "city", "online", "", "exchange", "minute"),
    ("workshop", "county", "online", "", "exchange", "hour"),
    ("workshop", "school", "face_to_face", "", "exchange", "half_day"),
    ("workshop", "province", "online", "", "make_up", "minute"),
    ("workshop", "province", "online", "", "studio_mentor", "hour"),
)
PROFESSIONAL, ETHICS, EDTECH, PUBLIC, TUTORING, LECTURE, TALK, HALF_DAY, DISC, TOWNSHIP, MADE_UP, *_ = range(len(SHAPES))
EXCHANGE, OF_CITY, OF_COUNTY, OF_SCHOOL, MADE_UP_THERE, MENTOR = range(MADE_UP + 1, len(SHAPES))
MINUTES = {"minute": 1, "hour": 60, "half_day": 240}
# Kinds of result: assessment, passed (-1: not said), status.
RESULTS = tuple(
    (assessment, passed, status)
    for assessment, endings in {
        "assignments": ((1, "final"), (0, "final"), (-1, "waiting")),
        "work_products": ((1, "final"), (0, "final"), (-1, "waiting")),
        "exam": ((-1, "final"), (-1, "waiting"), (-1, "voided")),
        "process": ((-1, "final"),),
        "final": ((-1, "final"),),
        "supplementary": ((-1, "final"), (-1, "waiting")),
    }.items()
    for passed, status in endings
)
LEAVES = ("maternity", "sick", "full_time_study", "secondment", "teaching_aid")
FACTS = (
    *(("leave", ground) for ground in LEAVES),
    ("village", "yes"),
    ("rank", "special_grade"),
    ("duty", "studio_mentor"),
    ("arrived", ""),
)
NO_END = 9_999_999
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
    """Each teacher's years on the roster (there from 1 November to 31 May), each with how it went and whether the year before is owed."""
    y, which = pl.col("year"), range(FIRST_YEAR, FIRST_YEAR + YEARS)
    key = pl.col("teacher") * YEARS + (y - FIRST_YEAR)
    opens, closes, before = (
        y.replace_strict(list(which), [ordinal(year + n, month, day) for year in which], return_dtype=pl.Int64)
        for n, month, day in ((0, 11, 1), (1, 5, 31), (-1, 11, 1))
    )
    return (
        teachers.join(pl.select(year=pl.int_range(FIRST_YEAR, FIRST_YEAR + YEARS, dtype=pl.Int64)), how="cross")
        .sort("teacher", "year")
        .filter(pl.col("since") <= opens, pl.col("until") > closes)
        .with_columns(
            key=key,
            new=(pl.col("item") == 1) & (pl.col("since") > before) & (pl.col("since") > ordinal(FIRST_YEAR, 7, 1)),
            village=draw(7, pl.col("teacher"), 100) < 6,
            how=pick(draw(8, key, 1000), (852, FULL), (48, EXAM), (25, SHORT), (62, ABSENT), (13, LEAVE)),
        )
        .with_columns(how=pl.when(pl.col("village") & (pl.col("how") == FULL)).then(VILLAGE).otherwise("how"))
        .with_columns(owes=(pl.col("how").shift(1).over("teacher") == ABSENT).fill_null(value=False))
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
        pl.col("teacher"), pl.col("year").cast(pl.Int16), kind=kind(draw), amount=amount(draw), source=pl.lit(0, dtype=pl.Int64)
    )


def shape(draw: Draw) -> pl.Expr:
    """Which of SHAPES a row is: ethics and educational technology first, then courses, then the workshop, then what is in excess."""
    row, cell = pl.col("row"), pl.col("cell")
    course = pick(
        draw(13, cell, 100),
        (60, PROFESSIONAL),
        (10, ETHICS),
        (8, EDTECH),
        (8, PUBLIC),
        (6, TUTORING),
        (3, LECTURE),
        (2, TALK),
        (3, HALF_DAY),
    )
    workshop = pick(draw(14, cell, 1000), (600, EXCHANGE), (250, OF_CITY), (70, OF_COUNTY), (70, OF_SCHOOL), (10, MENTOR))
    village = pick(draw(15, cell, 100), (60, DISC), (20, TOWNSHIP), (10, PROFESSIONAL), (10, TALK))
    is_made_up = pl.col("owes") & (row % 2 == 0)
    return (
        pl.when(row < 2).then(row + ETHICS)
        .when(is_made_up).then(pl.when(row >= pl.col("course")).then(MADE_UP_THERE).otherwise(MADE_UP))
        .when(pl.col("how") == VILLAGE).then(pl.when(row == 2).then(TOWNSHIP).otherwise(village))
        .when(row >= pl.col("course")).then(workshop)
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
    """Hundredths of the row's unit, so that a full year reaches its hours with some to spare, and a year that makes up reaches both."""
    hours, rows, owes = pl.when(pl.col("new")).then(100).otherwise(50), pl.col("course"), pl.col("owes")
    course = pl.when(owes).then(2 * 60 * hours // (rows - 2)).otherwise(60 * hours // rows)
    workshop = pl.when(owes).then(2 * 60 * 22 // (pl.col("workshop") - 1)).otherwise(60 * 22 // pl.col("workshop"))
    share = pl.when(pl.col("row") < rows).then(course).otherwise(workshop)
    minutes = share * pl.col("part") // 100 + 8 + draw(18, pl.col("cell"), 40)
    per = pl.col("shape").replace_strict(list(range(len(SHAPES))), [MINUTES[shape[-1]] for shape in SHAPES], return_dtype=pl.Int64)
    return pl.when(per == 240).then((minutes + 239) // 240 * 100).otherwise((minutes * 100 + per - 1) // per)


def results(draw: Draw, when: pl.DataFrame) -> pl.DataFrame:
    """Two assignments and a work product a year, and the tests of those who sit them; scores in hundredths of a point, -1 for none."""
    key, how, at = pl.col("key"), pl.col("how"), {code: n for n, code in enumerate(RESULTS)}
    is_done = how.is_in([FULL, VILLAGE])

    def row(order: int, which: pl.Expr, has: pl.Expr, score: pl.Expr) -> pl.DataFrame:
        return when.filter(has).select("teacher", "year", kind=which, score=score, order=pl.lit(order))

    def work(purpose: int, name: str) -> pl.DataFrame:
        ending = pl.when(is_done).then(0).otherwise(pick(draw(purpose, key, 100), (50, 0), (35, 1), (15, 2)))
        return row(purpose, at[name, 1, "final"] + ending, how != ABSENT, pl.lit(-1, dtype=pl.Int64))

    def sat(purpose: int, name: str, has: pl.Expr, least: int) -> pl.DataFrame:
        others = [(2, n) for n, code in enumerate(RESULTS) if code[0] == name and code[2] != "final"]
        which = pick(draw(purpose, key, 100), *others, (100, at[name, -1, "final"]))
        score = least + 10 * draw(purpose + 50, key, (10_000 - least) // 10)
        return row(purpose, which, has, pl.when(which == at[name, -1, "final"]).then(score).otherwise(-1))

    parts = [work(21, "assignments"), work(22, "assignments"), work(23, "work_products"), sat(24, "exam", how == EXAM, 5_900)]
    parts += [sat(25 + n, name, how == VILLAGE, 6_000) for n, name in enumerate(("process", "final", "supplementary"))]
    whole = pl.concat(parts).sort("teacher", "year", "order")
    return whole.select("teacher", pl.col("year", "kind").cast(pl.Int16), pl.col("score").cast(pl.Int32))


def facts(draw: Draw, teachers: pl.DataFrame, when: pl.DataFrame) -> pl.DataFrame:
    """Leave of a year, the village route, ranks and duties; from and to inclusive, to 0 where it still holds."""
    at, opens = {fact: n for n, fact in enumerate(FACTS)}, ordinal(FIRST_YEAR, 7, 1) + (pl.col("year") - FIRST_YEAR) * 365
    t, start = pl.col("teacher"), ordinal(FIRST_YEAR, 7, 1)
    leave = when.filter(pl.col("how") == LEAVE).select(
        "teacher", kind=draw(31, pl.col("key"), len(LEAVES)), start=opens + 130, end=opens + 330
    )
    village = (
        when.filter(pl.col("village")).group_by("teacher").agg(kind=pl.lit(at["village", "yes"]), start=pl.lit(start), end=pl.lit(NO_END))
    )
    mentors = teachers.filter(draw(32, t, 1000) < 4)
    posts = [
        mentors.select("teacher", kind=pl.lit(at[code]), start=pl.lit(start), end=pl.lit(NO_END))
        for code in FACTS
        if code[0] in {"rank", "duty"}
    ]
    arrived = teachers.filter(pl.col("arrived_day") > 0).select(
        "teacher", kind=pl.lit(at["arrived", ""]), start="arrived_day", end=pl.lit(NO_END)
    )
    parts = [
        part.select("teacher", pl.col("kind").cast(pl.Int16), pl.col("start", "end").cast(pl.Int32))
        for part in (leave, village, *posts, arrived)
    ]
    return pl.concat(parts).rename({"start": "from_day", "end": "to_day"}).sort("teacher", "kind", "from_day")


def make(folder: Path, teachers: int = 360_000, seed: int = 2011, step: int = SLICE) -> dict[str, int]:
    """The folder holds the province; the answer is how many rows each table has."""
    draw, counts = Draw(seed), dict.fromkeys(TABLES, 0)
    for name in TABLES:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number, first in enumerate(range(0, teachers, step)):
        people = roster(draw, first, min(first + step, teachers))
        when = years(draw, people)
        made = (people.drop("since", "until"), facts(draw, people, when), activities(draw, when), results(draw, when))
        for name, table in zip(TABLES, made, strict=True):
            table.write_parquet(folder / name / f"{number:03}.parquet", compression="lz4", row_group_size=PORTION)
            counts[name] += table.height
    kinds = [(*shape, "", "", status) for status in STATUSES for shape in SHAPES]
    for name, rows in (("kinds", kinds), ("result_kinds", RESULTS), ("fact_kinds", FACTS)):
        (folder / f"{name}.json").write_text(json.dumps(rows, indent=0), encoding="utf-8")
    return counts


def stored(folder: Path) -> StoredEvidence:
    """The province that was made, as the batch takes it."""
    kinds, result_kinds, fact_kinds = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("kinds", "result_kinds", "fact_kinds")
    )
    rows = {name: pl.scan_parquet(folder / name / "*.parquet").select(pl.len()).collect().item() for name in TABLES}
    return StoredEvidence(
        folder=folder,
        cycle=tuple(range(FIRST_YEAR, FIRST_YEAR + YEARS)),
        earliest=FIRST_YEAR,
        teachers=pl.select(teacher=pl.int_range(rows["roster"], dtype=pl.Int32)),
        kinds=tuple(Kind(*one) for one in kinds),
        result_kinds=tuple(ResultKind(*one) for one in result_kinds),
        fact_kinds=tuple((name, value) for name, value in fact_kinds),
        rows=rows,
    )


if __name__ == "__main__":
    place, *sizes = sys.argv[1:]
    print(make(Path(place), *map(int, sizes)))
