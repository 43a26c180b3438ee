"""A slice of teachers: their openings and beats as columns in, learned seconds per unit and day and a tally of reasons out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import polars as pl

from xingtan.core.learned_time.batch.compiled import Array, Beats, Openings, new_desk, walker
from xingtan.core.learned_time.batch.layout import DAYS, TALLIES
from xingtan.core.learned_time.states import REASONS
from xingtan.core.learned_time.step import ACTIVE, PRESENT, VISIBLE, BeatRules

ROWS: Final = 65_536
EPOCH: Final = date(1970, 1, 1).toordinal()


class Learned(NamedTuple):
    """Seconds by teacher, unit and local day; beats by teacher, unit and reason, without unit where nobody knows the opening."""

    days: pl.DataFrame
    tallies: pl.DataFrame


def together(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Tallies of several slices as one; beats whose opening nobody knows stand in one row."""
    whole = pl.concat([pl.DataFrame(schema=TALLIES), *parts])
    return whole.group_by("teacher_id", "unit_id", "reason").agg(pl.col("beats").sum()).sort("teacher_id", "unit_id", "reason")


class Judged(NamedTuple):
    """What was learned, and of each beat the code of its reason."""

    learned: Learned
    codes: Array


def learn(openings: pl.DataFrame, beats: pl.DataFrame, *, tells_codes: bool = False) -> Judged:
    """What these beats, by teacher and in the order of arrival, count under the rules of their openings."""
    known = openings.sort("teacher_id", "unit_id", "session")
    units = _units(known)
    table, which = _rules(known["rules"])
    given = Openings(
        teacher=known["teacher_id"].to_numpy(),
        unit=units["unit"].gather(known.select(pl.struct("teacher_id", "unit_id").rle_id()).to_series()).to_numpy(),
        opened_at=known["opened_at"].to_numpy(),
        length_s=known["length_s"].to_numpy(),
        rules=which,
        first=units["first"].to_numpy(),
        room=units["room"].to_numpy(),
    )
    desk = new_desk(given, max((units["room"] + units["most_s"]).to_list(), default=0), ROWS)
    codes = np.zeros(beats.height if tells_codes else 0, np.uint8)
    signs, parts, work = _signs(known, beats), [], walker()
    while desk.hand[0] < beats.height:
        work(signs, given, table, desk, codes)
        parts.append(desk.days[: desk.hand[1]].copy())
        desk.hand[1] = 0
        desk.row_of[:] = -1
    return Judged(Learned(_days(parts, units), _tallies(desk.tallies, units)), codes)


def _units(known: pl.DataFrame) -> pl.DataFrame:
    """Pairs of teacher and unit in order: the first opening of each, its longest length, and where its seconds begin among its teacher's."""
    each = known.with_row_index("first").group_by("teacher_id", "unit_id", maintain_order=True)
    found = each.agg(pl.col("first").min().cast(pl.Int64), most_s=pl.col("length_s").max()).with_row_index("unit")
    room = (pl.col("most_s").cum_sum() - pl.col("most_s")).over("teacher_id")
    return found.with_columns(pl.col("unit").cast(pl.Int64), room=room)


def _rules(column: pl.Series) -> tuple[Array, Array]:
    """The different rules, a row each, and which of them each opening has; an empty text is what the program counts by without a pack."""
    texts = column.fill_null("")
    different = texts.unique(maintain_order=True)
    rows = [list(BeatRules(*json.loads(text))) if text else list(BeatRules()) for text in different]
    place = {text: number for number, text in enumerate(different)}
    return np.array(rows or [list(BeatRules())], np.int64), texts.replace_strict(place, return_dtype=pl.Int64).to_numpy()


def _signs(known: pl.DataFrame, beats: pl.DataFrame) -> Beats:
    signs = pl.sum_horizontal(
        pl.col(name).cast(pl.Int8) * pl.lit(sign, pl.Int8)
        for name, sign in (("is_visible", VISIBLE), ("is_active", ACTIVE), ("is_present", PRESENT))
    )
    told = beats.select(signs=signs.cast(pl.Int8), day=pl.col("local_on").cast(pl.Int32) + EPOCH)
    columns = {name: beats[name].to_numpy() for name in ("seq", "received_at", "client_at", "from_s", "to_s", "rate_centi")}
    return Beats(opening=_opening_of(known, beats), day=told["day"].to_numpy(), signs=told["signs"].to_numpy(), **columns)


def _opening_of(known: pl.DataFrame, beats: pl.DataFrame) -> Array:
    """The place of each beat's opening, which must be its teacher's; looked up once for beats of one session that follow each other."""
    names = ["session", "teacher_id"]
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in names)
    starts = np.flatnonzero(beats.select(differs | (pl.int_range(pl.len()) == 0)).to_series().to_numpy())
    heads = beats.select(pl.col(names).gather(starts))
    found = heads.join(known.select(*names).with_row_index("place"), on=names, how="left", maintain_order="left")
    places = found["place"].cast(pl.Int32).fill_null(-1).to_numpy()
    return np.repeat(places, np.diff(starts, append=beats.height))


def _days(parts: list[Array], units: pl.DataFrame) -> pl.DataFrame:
    rows = np.concatenate(parts) if parts else np.zeros((0, 3), np.int64)
    day = (pl.col("day") - EPOCH).cast(pl.Int32).cast(pl.Date)
    told = pl.from_numpy(rows, schema={"unit": pl.Int64, "day": pl.Int64, "learned_s": pl.Int64}).with_columns(local_on=day)
    summed = told.group_by("unit", "local_on").agg(pl.col("learned_s").sum()).join(units, on="unit")
    return summed.select(pl.col(name).cast(kind) for name, kind in DAYS.items()).sort("teacher_id", "unit_id", "local_on")


def _tallies(counts: Array, units: pl.DataFrame) -> pl.DataFrame:
    places, codes = np.nonzero(counts)
    words = pl.Series([reason.value for reason in REASONS])
    told = pl.DataFrame({"unit": places, "reason": words.gather(codes), "beats": counts[places, codes]})
    found = told.join(units, on="unit", how="left", maintain_order="left")
    return found.select(pl.col(name).cast(kind) for name, kind in TALLIES.items())
