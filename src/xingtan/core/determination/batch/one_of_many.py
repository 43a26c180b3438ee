"""One teacher out of stored evidence, determined on their own: for explaining, and for checking the batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import polars as pl

from xingtan.core.determination.batch.evidence import StoredEvidence
from xingtan.core.determination.batch.stored import Task
from xingtan.core.determination.facts import ActivityFact, ResultFact
from xingtan.core.determination.holding import DatedFact
from xingtan.core.determination.teacher import TeacherFacts, TeacherVerdict, determine_teacher


def determine_one(task: Task, evidence: StoredEvidence, teacher: int) -> TeacherVerdict:
    """The verdicts of the teacher with this number."""
    return determine_teacher(task.policies, facts_of(evidence, teacher), on=task.on)


def facts_of(evidence: StoredEvidence, teacher: int) -> TeacherFacts:
    """Everything that the evidence holds of the teacher with this number."""
    rows = {
        name: evidence.scan(name).filter(pl.col("teacher") == teacher).collect() for name in ("roster", "activities", "results", "facts")
    }
    person = rows["roster"].row(0, named=True)
    activities: dict[int, list[ActivityFact]] = defaultdict(list)
    for row in rows["activities"].iter_rows(named=True):
        activities[row["year"]].append(ActivityFact(evidence.kinds[row["kind"]], row["amount"], row["source"]))
    results: dict[int, list[ResultFact]] = defaultdict(list)
    for row in rows["results"].iter_rows(named=True):
        assessment, passed, status = evidence.result_kinds[row["kind"]]
        results[row["year"]].append(ResultFact(assessment, row["score"], passed, status))
    return TeacherFacts(
        item=person["item"],
        hired_day=person["hired_day"],
        retires_day=person["retires_day"],
        left_day=person["left_day"],
        facts=tuple(_fact(evidence, row) for row in rows["facts"].iter_rows(named=True)),
        activities={year: tuple(found) for year, found in activities.items()},
        results={year: tuple(found) for year, found in results.items()},
    )


def _fact(evidence: StoredEvidence, row: Mapping[str, int]) -> DatedFact:
    name, value = evidence.fact_kinds[row["kind"]]
    return DatedFact(name, value, row["from_day"], row["to_day"])
