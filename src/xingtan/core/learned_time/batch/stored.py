"""Beats and openings in Parquet, counted a slice of teachers at a time: memory does not grow with their number."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from xingtan.core.learned_time.batch.folding import Learned, learn
from xingtan.core.learned_time.batch.layout import BEATS, OPENINGS

BEATS_AT_ONCE: Final = 1_000_000
READ_AT_ONCE: Final = 1_500_000


@dataclass(frozen=True)
class StoredBeats:
    """Files of openings, and of beats in the order of arrival or, better, by teacher and then so; columns as in `layout`."""

    openings: Sequence[Path]
    beats: Sequence[Path]

    def scan_openings(self) -> pl.LazyFrame:
        """The openings in their types."""
        return pl.scan_parquet(list(self.openings)).select(pl.col(name).cast(kind) for name, kind in OPENINGS.items())

    def scan_beats(self) -> pl.LazyFrame:
        """The beats in their types."""
        return pl.scan_parquet(list(self.beats)).select(pl.col(name).cast(kind) for name, kind in BEATS.items())


Range = tuple[int, int]
Engine = Callable[[StoredBeats], Iterator[Learned]]


def learned(stored: StoredBeats, *, most: int = BEATS_AT_ONCE) -> Iterator[Learned]:
    """What every teacher learned, some teachers at a time in the order of their ids; beats in another order are put into it first."""
    ranges = list(_ranges(stored, most))
    spans = [_span(file) for file in stored.beats]
    if all(span.is_sorted for span in spans):
        for first, last in ranges:
            within = pl.col("teacher_id").is_between(first, last)
            # Files without these teachers are not even opened; of the others, portions without them are not read.
            mine = [span.file for span in spans if span.least <= last and span.most >= first] or list(stored.beats[:1])
            beats = StoredBeats((), mine).scan_beats().filter(within).collect()
            yield _learn(stored.scan_openings().filter(within).collect(), beats)
        return
    with tempfile.TemporaryDirectory(prefix="xingtan-beats-") as folder:
        places = _dealt(stored, ranges, Path(folder))
        for (first, last), place in zip(ranges, places, strict=True):
            beats = pl.concat([pl.read_parquet(file) for file in sorted(place.glob("*.parquet"))] or [pl.DataFrame(schema=BEATS)])
            yield _learn(stored.scan_openings().filter(pl.col("teacher_id").is_between(first, last)).collect(), beats)


def _learn(openings: pl.DataFrame, beats: pl.DataFrame) -> Learned:
    in_order = beats if beats["teacher_id"].is_sorted() else beats.sort("teacher_id", maintain_order=True)
    return learn(openings, in_order).learned


def _ranges(stored: StoredBeats, most: int) -> Iterator[Range]:
    """Ranges of teachers with about so many beats each, told by their openings; together they hold every number."""
    beats = pl.scan_parquet(list(stored.beats)).select(pl.len()).collect().item()
    weights = stored.scan_openings().group_by("teacher_id").len().sort("teacher_id").collect()
    each = beats / max(int(weights["len"].sum()), 1)
    number = (weights["len"].cum_sum().shift(1, fill_value=0) * each / most).cast(pl.Int64)
    edges = weights.group_by(number.alias("number"), maintain_order=True).agg(pl.col("teacher_id").min())["teacher_id"].to_list()
    first = -(2**62)
    for edge in edges[1:]:
        yield first, edge - 1
        first = edge
    yield first, 2**62


class _Span(NamedTuple):
    """A file's teachers: the least and the greatest number, and whether they stand in order, so that a range of them is a part of it."""

    file: Path
    least: int
    most: int
    is_sorted: bool


def _span(file: Path) -> _Span:
    teachers = pl.read_parquet(file, columns=["teacher_id"])["teacher_id"].cast(pl.Int64)
    numbers = teachers.drop_nulls().to_frame().select(least=pl.col("teacher_id").min(), most=pl.col("teacher_id").max())
    least, most = numbers.row(0)
    return _Span(file, least or 0, most or 0, teachers.is_sorted())


def _dealt(stored: StoredBeats, ranges: Sequence[Range], folder: Path) -> list[Path]:
    """A folder for each range with its beats, still in the order of arrival: every beat is read once and written once."""
    places = [folder / f"{number:05}" for number in range(len(ranges))]
    for place in places:
        place.mkdir()
    edges = [last for _first, last in ranges[:-1]]
    at, number = 0, 0
    while (portion := stored.scan_beats().slice(at, READ_AT_ONCE).collect()).height:
        which = pl.Series(edges, dtype=pl.Int64).search_sorted(portion["teacher_id"], side="left")
        for (place,), rows in portion.group_by(which.alias("place"), maintain_order=True):
            rows.write_parquet(places[int(str(place))] / f"{number:05}.parquet", compression="lz4")
        at, number = at + portion.height, number + 1
    return places
