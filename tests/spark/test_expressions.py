"""What the engine is written in means the same on Spark as on Polars."""

from __future__ import annotations

import random

import narwhals.stable.v2 as nw
import polars as pl
import pytest

ROWS = 20_000
TEACHERS = 500
YEARS = range(2011, 2016)
C = nw.col


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    """Parquet of rows that are typical, with negatives and gaps."""
    folder, dice = tmp_path_factory.mktemp("evidence"), random.Random(3)
    rows = {
        "teacher": [dice.randrange(TEACHERS) for _ in range(ROWS)],
        "year": [dice.choice(YEARS) for _ in range(ROWS)],
        "kind": [dice.randrange(40) for _ in range(ROWS)],
        "amount": [dice.randrange(-100, 6000) for _ in range(ROWS)],
    }
    pl.DataFrame(rows).write_parquet(folder / "activities.parquet")
    pl.DataFrame({"teacher": range(TEACHERS + 9)}).join(pl.DataFrame({"year": YEARS}), how="cross").write_parquet(folder / "roster.parquet")
    return folder


def years_of(activities, roster):
    """One query with all that the engine uses: conditional sums, a join with gaps, nested conditions, windows, texts."""
    sums = activities.group_by("teacher", "year").agg(
        nw.when(C("kind").is_in([1, 2, 3])).then(C("amount")).otherwise(0).sum().alias("learned"),
        nw.when(C("kind") > 30).then(1).otherwise(0).sum().alias("pieces"),
        nw.when(C("kind") == 7).then(C("amount")).otherwise(-1).max().alias("best"),
    )
    years = roster.join(sums, on=["teacher", "year"], how="left").with_columns(
        C("learned").fill_null(0), C("pieces").fill_null(0), C("best").fill_null(-1)
    )
    years = years.with_columns(
        nw.min_horizontal(C("learned"), nw.lit(5000)).alias("recognised"),
        (C("learned") * 7 // 60).alias("converted"),
        (C("learned") % 60).alias("rest"),
        nw.when((C("learned") > 5000) & (C("best") >= 0)).then(1).otherwise(nw.when(C("pieces") == 0).then(2).otherwise(3)).alias("row"),
    )
    reasons = [nw.when(C("row") == 1).then(nw.lit("complete")), nw.when(C("pieces") > 2).then(nw.lit("pieces"))]
    return years.with_columns(
        nw.concat_str(reasons, separator=";", ignore_nulls=True).alias("reasons"),
        C("recognised").cum_sum().over("teacher", order_by="year").alias("credited"),
        C("row").shift(1).over("teacher", order_by="year").alias("before"),
        C("recognised").sum().over("teacher").alias("whole"),
    )


def on_polars(query, folder, *names):
    return nw.to_native(query(*(nw.from_native(pl.scan_parquet(folder / f"{name}.parquet")) for name in names))).collect()


def on_spark(session, query, folder, *names):
    frames = (nw.from_native(session.read.parquet(str(folder / f"{name}.parquet"))) for name in names)
    made = nw.to_native(query(*frames))
    return pl.DataFrame([tuple(row) for row in made.collect()], schema=made.columns, orient="row", infer_schema_length=None)


def test_one_query_gives_the_same_rows_on_both_engines(spark, evidence):
    here = on_polars(years_of, evidence, "activities", "roster").sort("teacher", "year")
    there = on_spark(spark, years_of, evidence, "activities", "roster").sort("teacher", "year")
    assert here.height == (TEACHERS + 9) * len(YEARS)
    assert there.rows() == here.rows()


def test_whole_numbers_divide_alike_up_to_the_bound_that_packs_are_held_to(spark, tmp_path):
    most = 2**53
    pl.DataFrame({"a": [most, -most, most - 1, 1 - most, 7, -7, 0]}).write_parquet(tmp_path / "numbers.parquet")

    def divided(frame):
        return frame.select("a", *((C("a") // by).alias(f"by_{by}") for by in (1, 3, 60, 3600)), (C("a") % 7).alias("rest"))

    here, there = on_polars(divided, tmp_path, "numbers"), on_spark(spark, divided, tmp_path, "numbers")
    assert sorted(there.rows()) == sorted(here.rows())
    assert all(row[1:5] == tuple(row[0] // by for by in (1, 3, 60, 3600)) for row in here.rows())


def test_the_cluster_has_two_workers_that_both_work(spark):
    # Two executors and the driver.
    assert spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() == 3
