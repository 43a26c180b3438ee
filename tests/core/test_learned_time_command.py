"""`xingtan learned-time` over tables: in a process without a site, and every flaw named."""

from __future__ import annotations

import polars as pl
import pytest

from tests.core.beats_at_random import days_of, tables
from tests.core.test_learned_time_batch import as_dict, studies_of
from xingtan.cli import main


@pytest.fixture
def given(tmp_path):
    """A folder with both tables as CSV, and what is to be found."""
    studies = studies_of("command", 20)
    openings, beats = tables(studies)
    openings.write_csv(tmp_path / "openings.csv")
    beats.write_csv(tmp_path / "beats.csv")
    expected = {}
    for study in studies:
        expected |= days_of(study)
    return tmp_path, expected, beats.height


def call(folder, *more, beats="beats.csv", openings="openings.csv", out="days.csv"):
    return main(["learned-time", "--beats", str(folder / beats), "--openings", str(folder / openings), "--out", str(folder / out), *more])


def test_csv_and_parquet_give_the_seconds_of_the_live_reading(given, capfd):
    folder, expected, height = given
    assert call(folder, "--reasons", str(folder / "reasons.parquet")) == 0
    days = pl.read_csv(folder / "days.csv", schema_overrides={"local_on": pl.Date})
    assert as_dict(days) == expected
    assert pl.read_parquet(folder / "reasons.parquet")["beats"].sum() == height
    assert f"{sum(expected.values()):,} seconds learned in {height:,} beats" in capfd.readouterr().out
    pl.read_csv(folder / "beats.csv", try_parse_dates=True).write_parquet(folder / "beats.parquet")
    assert call(folder, beats="beats.parquet", out="again.csv") == 0
    assert (folder / "again.csv").read_bytes() == (folder / "days.csv").read_bytes()


def test_the_rules_of_a_pack_count_where_an_opening_has_none(given, capfd):
    folder, *_ = given
    pl.read_csv(folder / "openings.csv").drop("rules").with_columns(is_effort=True).write_csv(folder / "bare.csv")
    assert call(folder, "--policy", "jiangxi-2011", "--reasons", str(folder / "reasons.csv"), openings="bare.csv") == 0
    assert "idle" in set(pl.read_csv(folder / "reasons.csv")["reason"])


def test_every_flaw_is_told_with_its_line_and_nothing_is_written(given, capfd):
    folder, *_ = given
    openings, beats = pl.read_csv(folder / "openings.csv", infer_schema=False), pl.read_csv(folder / "beats.csv", infer_schema=False)
    third = pl.int_range(pl.len()) == 2
    beats.with_columns(
        seq=pl.when(third).then(pl.lit("two")).otherwise("seq"), local_on=pl.when(third).then(pl.lit("")).otherwise("local_on")
    ).write_csv(folder / "bad.csv")
    assert call(folder, beats="bad.csv") == 2
    said = capfd.readouterr().err
    assert "bad.csv:4: seq: found 'two', expected a whole number" in said
    assert "bad.csv:4: local_on: found nothing, expected a day as 2026-09-01" in said
    openings.with_columns(rules=pl.when(third).then(pl.lit("[200]")).otherwise("rules")).write_csv(folder / "badly.csv")
    assert call(folder, openings="badly.csv") == 2
    assert "found '[200]', expected 10 whole numbers" in capfd.readouterr().err
    pl.concat([openings, openings.head(1)]).write_csv(folder / "twice.csv")
    assert call(folder, openings="twice.csv") == 2
    assert "expected each session once" in capfd.readouterr().err
    beats.drop("client_at").write_csv(folder / "less.csv")
    assert call(folder, beats="less.csv") == 2
    assert "client_at: found nothing, expected this column" in capfd.readouterr().err
    assert call(folder, beats="nowhere.csv") == 2
    assert not (folder / "days.csv").exists()


def test_what_does_not_go_together_is_said(given, capfd):
    folder, *_ = given
    assert main(["learned-time"]) == 2
    assert "--check or --archive" in capfd.readouterr().err
    assert call(folder, out="days.txt") == 2
    assert call(folder, out="beats.csv") == 2
    assert "named twice" in capfd.readouterr().err
