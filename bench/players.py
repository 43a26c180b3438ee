"""Players of a province made of whole numbers: `python -m bench.players FOLDER [teachers] [seed]`.

The same seed gives the same beats on every machine. Teachers study five units or so in the evenings of twelve days, a beat every 30 s,
most of them honestly: some beats come from a hidden tab, from a second tab, too fast, again, or from units watched twice. The folder
then holds `openings` and `beats` as `core/learned_time/batch/layout.py` names their columns, by teacher and in the order of arrival.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl
from numba import njit

from xingtan.core.learned_time.batch.layout import BEATS

TEACHERS = 360_000
SLICE = 22_500
PORTION = 250_000
BEATS_EACH = 260  # no teacher of ours has more
OPENINGS_EACH = 8
EVENING = 1_794_960_000 + 11 * 3600  # 19:00 in Shanghai
DAYS, STEP_S = 12, 30
OPENING_COLUMNS = ("teacher_id", "unit_id", "length_s", "opened_at")
BEAT_COLUMNS = ("opening", "seq", "received_at", "client_at", "from_s", "to_s", "rate_centi", "is_visible")


@njit
def _draw(state: np.ndarray, below: int) -> int:
    """A whole number from 0 to below - 1; splitmix64."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    x = state[0]
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.int64((x ^ (x >> np.uint64(31))) % np.uint64(below))


@njit
def _opening(state: np.ndarray, openings: np.ndarray, row: int, teacher: int, number: int) -> None:
    """Another unit in the next evening or so; now and then beside the one before, or the same unit again."""
    chance = _draw(state, 100)
    again = number > 0 and chance < 8
    openings[row, 0] = teacher
    openings[row, 1] = openings[row - 1, 1] if again else (teacher * 31 + number * 7) % 2_000 + 1
    openings[row, 2] = 1_200 + openings[row, 1] % 25 * 100
    if number > 0 and chance >= 94:
        openings[row, 3] = openings[row - 1, 3] + _draw(state, 60)
    else:
        openings[row, 3] = EVENING + (number * DAYS // OPENINGS_EACH) * 86_400 + _draw(state, 9_000)


@njit
def _play(state: np.ndarray, beats: np.ndarray, at: int, row: int, openings: np.ndarray) -> int:
    """The beats of one opening from place `at` on; the answer is the place after them."""
    received, position = openings[row, 3], np.int64(0)
    for seq in range(12 + _draw(state, 38)):
        if at == beats.shape[0]:
            break
        chance, rate, visible = _draw(state, 1_000), 100, 1
        received += STEP_S + _draw(state, 2)
        moved = STEP_S
        if chance < 30:
            visible = 0
        elif chance < 60:
            moved = 0
        elif chance < 90:
            moved, rate = STEP_S * 3 // 2, 150
        elif chance < 95:
            moved, rate = STEP_S * 16, 1_600
        elif chance < 105:
            position = max(position - 300, 0)
        beats[at, 0], beats[at, 1], beats[at, 2], beats[at, 3] = row, seq, received, received - _draw(state, 2)
        beats[at, 4], beats[at, 5], beats[at, 6], beats[at, 7] = position, position + moved, rate, visible
        position += moved
        at += 1
    return at


@njit
def _sort(beats: np.ndarray) -> None:
    """By the second of arrival; nearly in order already."""
    for one in range(1, beats.shape[0]):
        place = one
        while place > 0 and beats[place - 1, 2] > beats[place, 2]:
            for column in range(beats.shape[1]):
                held = beats[place, column]
                beats[place, column] = beats[place - 1, column]
                beats[place - 1, column] = held
            place -= 1


@njit
def _slice(seed: int, first: int, last: int, openings: np.ndarray, beats: np.ndarray) -> tuple[int, int]:
    """Teachers first to last - 1; the answer is how many openings and beats they have."""
    opened, played = 0, 0
    state = np.zeros(1, dtype=np.uint64)
    for teacher in range(first, last):
        state[0] = np.uint64(seed) * np.uint64(0xD1B54A32D192ED03) + np.uint64(teacher) * np.uint64(0x2545F4914F6CDD1D)
        began, end = played, min(played + BEATS_EACH, beats.shape[0])
        for number in range(3 + _draw(state, OPENINGS_EACH - 3)):
            _opening(state, openings, opened, teacher, number)
            played = _play(state, beats[:end], played, opened, openings)
            opened += 1
        _sort(beats[began:played])
    return opened, played


def players(first: int, last: int, seed: int = 2026) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The openings and the beats of teachers first to last - 1."""
    opened = np.zeros(((last - first) * OPENINGS_EACH, len(OPENING_COLUMNS)), dtype=np.int64)
    played = np.zeros(((last - first) * BEATS_EACH, len(BEAT_COLUMNS)), dtype=np.int64)
    rows, count = _slice(seed, first, last, opened, played)
    sessions = [f"019b0000-{first + row >> 16:04x}-7{row >> 8 & 0xFFF:03x}-8000-{first:06x}{row & 0xFFFFFF:06x}" for row in range(rows)]
    openings = pl.from_numpy(opened[:rows], schema=list(OPENING_COLUMNS)).with_columns(session=pl.Series(sessions))
    beats = pl.from_numpy(played[:count], schema=list(BEAT_COLUMNS))
    owners = openings.select("session", "teacher_id", "unit_id")[beats["opening"]]
    return openings, pl.concat([owners, beats.drop("opening")], how="horizontal")


def in_layout(beats: pl.DataFrame) -> pl.DataFrame:
    """The beats in the columns and types that they are kept in."""
    day = (pl.from_epoch(pl.col("received_at") + 8 * 3600, time_unit="s")).dt.date()
    told = beats.with_columns(pl.col("is_visible") == 1, local_on=day, is_active=pl.lit(value=True), is_present=pl.lit(value=False))
    return told.select(pl.col(name).cast(kind) for name, kind in BEATS.items())


def make(folder: Path, teachers: int = TEACHERS, seed: int = 2026) -> int:
    """The folder holds the province; the answer is how many beats."""
    for name in ("openings", "beats"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    count = 0
    for number, first in enumerate(range(0, teachers, SLICE)):
        openings, beats = players(first, min(first + SLICE, teachers), seed)
        for name, table in (("openings", openings.with_columns(rules=pl.lit(""))), ("beats", in_layout(beats))):
            table.write_parquet(folder / name / f"{number:03}.parquet", compression="lz4", row_group_size=PORTION)
        count += beats.height
    return count


if __name__ == "__main__":
    place, *numbers = sys.argv[1:]
    print(make(Path(place), *map(int, numbers)))
