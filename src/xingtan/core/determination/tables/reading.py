"""The tables of a region, read and checked field by field, and written down as evidence: a slice at a time, whatever their size.

Every distinct text of a column is read once, in Python; the rows are then numbers by a look-up, which costs seconds for millions.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from xingtan.core.determination.batch.evidence import StoredEvidence
from xingtan.core.determination.tables.columns_read import Common
from xingtan.core.determination.tables.people import Facts, Teachers
from xingtan.core.determination.tables.work import Activities, Results
from xingtan.core.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Files:
    """Where the tables lie; `facts` may be missing."""

    teachers: Path
    activities: Path
    results: Path
    facts: Path | None = None


def read_tables(policy: Policy, files: Files, folder: Path, *, year: int | None = None) -> StoredEvidence:
    """The evidence of one cycle, written under `folder`: the cycle of `year`, or of the first year that the tables name.

    `TablesRefused` tells what is wrong with any of the files; then nothing of them is to be used.
    """
    common = Common(policy, folder, year)
    teachers, facts, activities, results = Teachers(common), Facts(common), Activities(common), Results(common)
    teachers.read(files.teachers)
    if files.facts is not None:
        facts.read(files.facts)
    activities.read(files.activities)
    results.read(files.results)
    common.flaws.refuse()
    teachers.write(facts.arrived)
    common.fill_up()
    first, last = common.cycle or policy.cycle_of(policy.cycle.anchor_year)
    names = {"teacher": range(len(teachers.names)), "teacher_id": teachers.names}
    return StoredEvidence(
        folder=folder,
        cycle=tuple(range(first, last + 1)),
        earliest=common.earliest or first,
        teachers=pl.DataFrame(names, schema={"teacher": pl.Int64, "teacher_id": pl.String}),
        kinds=activities.kinds.all,
        result_kinds=tuple(results.kinds),
        fact_kinds=tuple(facts.kinds),
        rows=dict(common.rows),
    )
