"""Worked examples as people: the tables' texts become what both engines read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl

from tests.core.people_at_random import Person, Province, as_evidence
from xingtan.core.determination.batch.engine import Evidence
from xingtan.core.determination.holding import ARRIVED, NO_END
from xingtan.core.policy.slots import FINAL, VERIFIED, VOIDED, WAITING, Kind, ResultKind

RESULT_STATUS = {"": FINAL, "final": FINAL, "waiting": WAITING, "absent": VOIDED, "cheated": VOIDED}
PASSED = {"": -1, "yes": 1, "no": 0}


def centi(text: str) -> int:
    return int(Decimal(text) * 100)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal() if text else 0


def rows(example, name, teacher):
    table = example.tables.get(name)
    return [row for row in table.records() if row["teacher_id"] == teacher] if table else []


def province_of(*examples) -> tuple[Province, list[str]]:
    """The examples' people, and their names by number."""
    kinds, result_kinds, fact_kinds, people, names = [], [], [], [], []

    def place(kind, known):
        if kind not in known:
            known.append(kind)
        return known.index(kind)

    for example in examples:
        for one in example.tables["teachers"].records():
            name = one["teacher_id"]
            activities = [
                (int(row["year"]), place(_kind(row), kinds), centi(row["amount"]), 0) for row in rows(example, "activities", name)
            ]
            results = [
                (
                    int(row["year"]),
                    place(ResultKind(row["assessment"], PASSED[row["passed"]], RESULT_STATUS[row["status"]]), result_kinds),
                    centi(row["score"]) if row["score"] else -1,
                )
                for row in rows(example, "results", name)
            ]
            facts = [
                (place((row["name"], row["value"]), fact_kinds), day(row["from"]), day(row["to"]) or NO_END)
                for row in rows(example, "facts", name)
            ]
            item = int(one["category"] or 0)
            people.append(Person(item, day(one["hired_on"]), day(one["retires_on"]), day(one["left_on"]), facts, activities, results))
            names.append(name)
    return Province(people, kinds, result_kinds, fact_kinds), names


def evidence_of(province: Province) -> Evidence:
    """The people as rows, with the day on which each came."""
    evidence = as_evidence(province, dict(enumerate(province.people)))
    arrived = [
        min((begins for kind, begins, _ in one.facts if province.fact_kinds[kind][0] == ARRIVED), default=0) for one in province.people
    ]
    return replace(evidence, roster=evidence.roster.with_columns(pl.Series("arrived_day", arrived)))


def _kind(row) -> Kind:
    columns = {name: row.get(name, "") for name in ("component", "tier", "mode", "topic", "activity", "result", "role")}
    return Kind(**columns, unit=row["unit"], status=row.get("status") or VERIFIED)
