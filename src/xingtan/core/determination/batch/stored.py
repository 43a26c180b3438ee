"""Stored evidence determined on an engine: verdicts of teachers in order, a slice of them at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from xingtan.core.determination.batch.columns import Api, Frame
from xingtan.core.determination.batch.engine import Evidence, Verdicts, determine_columns
from xingtan.core.determination.batch.evidence import LAYOUT, StoredEvidence
from xingtan.core.policy import Policy

SLICE_TEACHERS = 16_000
# Tables with many rows a teacher are read while they are folded.
LONG = ("activities", "results")


class EngineFailed(RuntimeError):
    """The engine could not do it; the message is its own first line."""


@dataclass(frozen=True)
class Task:
    """What is asked: these years of the cycle under their policies, judged on a day; rows of `only` that year, or of all and the cycle."""

    policies: Mapping[int, Policy]
    on: date
    only: int | None = None

    @property
    def buckets(self) -> tuple[str, ...]:
        """The buckets of every year's policy, in order."""
        return tuple(dict.fromkeys(bucket.code for year in sorted(self.policies) for bucket in self.policies[year].all_buckets))

    @property
    def columns(self) -> tuple[str, ...]:
        """What is kept of a verdict."""
        return ("teacher", "year", "verdict", "reasons", "recognised", "required", "carried", *self.buckets)


Engine = Callable[[Task, StoredEvidence], Iterator[pl.DataFrame]]


def task_of(policy: Policy, evidence: StoredEvidence, *, year: int | None, on: date) -> Task:
    """One pack for all years: up to this year from the first that the tables tell of, or the whole cycle."""
    years = evidence.cycle if year is None else range(min(evidence.earliest, year), year + 1)
    return Task(dict.fromkeys(years, policy), on, year)


def on_polars(task: Task, evidence: StoredEvidence) -> Iterator[pl.DataFrame]:
    """The verdicts, in memory that does not grow with the number of teachers; the cycle's rows have no year."""
    count = evidence.teachers.height
    for first in range(0, max(count, 1), SLICE_TEACHERS):
        within = pl.col("teacher").is_between(first, first + SLICE_TEACHERS - 1)
        scans = {name: evidence.scan(name).filter(within) for name in LAYOUT}
        frames = {name: scan if name in LONG else scan.collect() for name, scan in scans.items()}
        verdicts = determine_columns(task.policies, evidence_of(evidence, frames), on=task.on)
        yield pl.concat([frame.collect() for frame in asked_of(pl, task, verdicts)], how="vertical_relaxed")


def evidence_of(stored: StoredEvidence, frames: Mapping[str, Any]) -> Evidence:
    """The frames with what their kinds mean."""
    return Evidence(
        roster=frames["roster"],
        activities=frames["activities"],
        results=frames["results"],
        facts=frames["facts"],
        kinds=stored.kinds,
        result_kinds=stored.result_kinds,
        fact_kinds=stored.fact_kinds,
    )


def asked_of(api: Api, task: Task, verdicts: Verdicts) -> tuple[Frame, ...]:
    """The rows that were asked for, in the task's columns."""
    if task.only is not None:
        return (verdicts.years.filter(api.col("year") == task.only).select(*task.columns),)
    cycle = verdicts.cycle.with_columns(api.lit(None).cast(api.Int64).alias("year"))
    return verdicts.years.select(*task.columns), cycle.select(*task.columns)
