"""The rows of a closed year, table by table, in the layout that `xingtan determine` reads; surrogate ids, no names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from xingtan.core.policy import Policy
from xingtan.core.units import format_hours_exact
from xingtan.domains.closing.models import YearClosing
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination.api import YEAR, Determination
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers

PORTION = 2_000
HEADS: dict[str, tuple[str, ...]] = {
    "teachers": ("teacher_id", "category", "hired_on", "retires_on", "left_on"),
    "facts": ("teacher_id", "name", "value", "from", "to"),
    "activities": (
        "teacher_id", "year", "component", "tier", "mode", "topic", "activity", "amount", "unit", "result", "role", "on_date",
        "status", "source_id",
    ),
    "results": ("teacher_id", "year", "assessment", "score", "passed", "status"),
    "verdicts": ("teacher_id", "year", "verdict", "reasons", "recognised", "required", "carried"),
}  # fmt: skip
WORK = {
    credits_room.EvidenceKind.QUIZ: "assignments",
    credits_room.EvidenceKind.ASSIGNMENT: "assignments",
    credits_room.EvidenceKind.ACTIVITY: "work_products",
}
Values = tuple[object, ...]


def heads(closing: YearClosing) -> dict[str, tuple[str, ...]]:
    """The columns of each table; verdicts have one more for the recognised hours of each component."""
    return {**HEADS, "verdicts": (*HEADS["verdicts"], *(one.code for one in _policy(closing).components))}


def portions(closing: YearClosing) -> Iterator[dict[str, list[Values]]]:
    """The year's rows of every table, for some thousand teachers at a time, in the order of their ids."""
    policy, year = _policy(closing), closing.training_year
    rows = Determination.everywhere.filter(training_year=year, span=YEAR, is_current=True).defer("tree").order_by("teacher_id")
    each = rows.iterator(chunk_size=PORTION)
    while verdicts := list(islice(each, PORTION)):
        ids = [row.teacher_id for row in verdicts]
        held, stands = credits_room.held_of(year.pk, ids), credits_room.stands_of(ids, year.pk)
        hired = teachers.teachers_by_id(ids)
        yield {
            "teachers": [(row.teacher_id, row.item or "", hired[row.teacher_id].hired_on, "", "") for row in verdicts],
            "facts": [(row.teacher_id, "category", row.item, year.first_on, year.last_on) for row in verdicts if row.item],
            "activities": [one for pk in ids for one in _activities(pk, year, held[pk], stands)],
            "results": [one for pk in ids for one in _results(pk, year, held[pk])],
            "verdicts": [_verdict(row, year, policy) for row in verdicts],
        }


def _policy(closing: YearClosing) -> Policy:
    return policies.policy_by_digest(closing.pack_digest)


def _activities(
    teacher_id: int, year: policies.TrainingYear, held: credits_room.Held, stands: dict[int, credits_room.Stand]
) -> Iterator[Values]:
    kinds = {one.pk: one.kind for one in held.evidence}
    for fact in credits_room.hour_facts(held, stands):
        status = "verified" if fact.verified else "entered" if fact.entered else "learned"
        number = int(fact.key[1:])
        kind = "opening" if fact.key.startswith("o") else kinds.get(number, "")
        amount = format_hours_exact(fact.learned_centi)
        yield (
            teacher_id, year.year, fact.component, "", "", fact.part, kind, amount, "hour", "", "", fact.on, status,
            "" if kind == "opening" else number,
        )  # fmt: skip


def _results(teacher_id: int, year: policies.TrainingYear, held: credits_room.Held) -> Iterator[Values]:
    for one in held.evidence:
        kind = credits_room.EvidenceKind(one.kind)
        if kind in WORK and one.is_required:
            yield (teacher_id, year.year, WORK[kind], "", int(one.is_passed), "final")


def _verdict(row: Determination, year: policies.TrainingYear, policy: Policy) -> Values:
    recognised = [row.numbers.get(f"{one.code}_recognised", 0) for one in policy.components]
    return (
        row.teacher_id,
        year.year,
        row.verdict,
        ";".join(reason["code"] for reason in row.reasons),
        format_hours_exact(row.recognised_centi + row.numbers.get("by_exam", 0)),
        format_hours_exact(row.required_centi),
        format_hours_exact(row.numbers.get("carried", 0)),
        *(format_hours_exact(centi) for centi in recognised),
    )
