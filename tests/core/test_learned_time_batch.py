"""The compiled reading says of every beat what the live reading says, whatever arrives, in whatever slices and layout."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.beats_at_random import days_of, study_at_random, tables
from xingtan.core.learned_time.batch import compiled
from xingtan.core.learned_time.batch.cache import cache_folder
from xingtan.core.learned_time.batch.folding import learn
from xingtan.core.learned_time.batch.stored import StoredBeats, learned
from xingtan.core.learned_time.states import REASONS, BeatReason


def studies_of(seed, number):
    dice = random.Random(seed)
    return [study_at_random(dice, teacher_id) for teacher_id in range(1, number + 1)]


def as_dict(days):
    return {row[:3]: row[3] for row in days.rows()}


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**32))
def test_every_beat_is_judged_alike_by_both_readings(seed):
    studies = studies_of(seed, 4)
    openings, beats = tables(studies)
    found = learn(openings, beats, tells_codes=True)
    live = [one.reason for study in studies for one in study.judged()]
    assert [REASONS[code] for code in found.codes] == live
    expected = {}
    for study in studies:
        expected |= days_of(study)
    assert as_dict(found.learned.days) == expected
    assert Counter(dict(found.learned.tallies.group_by("reason").agg(pl.col("beats").sum()).iter_rows())) == Counter(live)


def test_the_studies_at_random_meet_every_reason():
    met = Counter(one.reason for seed in range(40) for study in studies_of(seed, 4) for one in study.judged())
    assert set(met) == set(BeatReason)
    assert met[BeatReason.COUNTED] > met[BeatReason.REPEATED] > 20


def in_arrival(beats):
    """The same beats with all teachers mixed, each one's own order kept."""
    return beats.with_columns(nth=pl.int_range(pl.len()).over("teacher_id")).sort("nth", "teacher_id", maintain_order=True).drop("nth")


@pytest.mark.parametrize("layout", ["by teacher", "arrival", "several files"])
def test_slices_and_layouts_change_nothing(tmp_path, layout):
    studies = studies_of(layout, 60)
    openings, beats = tables(studies)
    openings.sample(fraction=1, shuffle=True, seed=1).write_parquet(tmp_path / "openings.parquet")
    parts = {"by teacher": [beats], "arrival": [in_arrival(beats)]}.get(layout) or _by_day(beats)
    for number, part in enumerate(parts):
        part.write_parquet(tmp_path / f"beats-{number:03}.parquet")
    stored = StoredBeats([tmp_path / "openings.parquet"], sorted(tmp_path.glob("beats-*.parquet")))
    expected = {}
    for study in studies:
        expected |= days_of(study)
    for most in (50, 500, 1_000_000):
        slices = list(learned(stored, most=most))
        assert as_dict(pl.concat([one.days for one in slices])) == expected
        assert sum(one.tallies["beats"].sum() for one in slices) == beats.height
    assert len(list(learned(stored, most=50))) > 10


def _by_day(beats):
    """As the daily archives: a file for every day, by teacher in each."""
    marked = beats.with_columns(run=pl.col("received_at") // 86_400)
    return [
        part.drop("run").sort("teacher_id", maintain_order=True) for part in marked.sort("run", maintain_order=True).partition_by("run")
    ]


def test_many_days_do_not_overflow_the_desk(monkeypatch):
    monkeypatch.setattr("xingtan.core.learned_time.batch.folding.ROWS", 3)
    studies = studies_of("rows", 30)
    expected = {}
    for study in studies:
        expected |= days_of(study)
    assert as_dict(learn(*tables(studies)).learned.days) == expected
    assert len(expected) > 30


def test_nothing_at_all_is_nothing_learned():
    openings, beats = tables([])
    found = learn(openings, beats)
    assert (found.learned.days.height, found.learned.tallies.height) == (0, 0)


def test_compiled_code_is_kept_for_the_next_process_under_the_name_of_its_texts():
    learn(*tables(studies_of("cache", 1)))
    folder = cache_folder(compiled.TEXTS)
    assert list(folder.rglob("*walk*.nbi"))
    assert not folder.is_relative_to(Path(compiled.__file__).parents[4])
    program = (
        "from xingtan.core.learned_time.batch.folding import learn\n"
        "from xingtan.core.learned_time.batch.compiled import walker\n"
        "from tests.core.test_learned_time_batch import studies_of, tables\n"
        "learn(*tables(studies_of('cache', 1))); print(sum(walker().stats.cache_hits.values()))\n"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=120).stdout
    assert said.strip() == "1"


@pytest.mark.parametrize("trap", ["writable", "link", "inner"])
def test_code_that_another_may_have_put_there_is_not_run(tmp_path, trap):
    mine = tmp_path / f"xingtan-{os.getuid()}"
    honest = cache_folder(compiled.TEXTS, tmp_path)
    assert honest.parent == mine
    if trap == "link":
        mine.rename(tmp_path / "elsewhere")
        mine.symlink_to(tmp_path / "elsewhere")
    else:
        (mine if trap == "writable" else honest).chmod(0o777)
    other = cache_folder(compiled.TEXTS, tmp_path)
    assert not other.is_relative_to(tmp_path)
    assert (other.stat().st_uid, other.stat().st_mode & 0o077) == (os.getuid(), 0)


def test_the_live_reading_brings_none_of_the_batch_with_it():
    program = "import sys, xingtan.core.learned_time, xingtan.core.learned_time.replay; print(sorted({'numba', 'numpy', 'polars'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60).stdout
    assert said.strip() == "[]"
