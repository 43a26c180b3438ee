"""The rows of a closed year, table by table, in the layout that `xingtan determine` reads; surrogate ids, no names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from xingtan.core.calendar import local_day
from xingtan.core.determination import YearFacts
from xingtan.core.policy import Policy
from xingtan.core.units import format_hours_exact
from xingtan.domains.closing.models import YearClosing
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination.api import YEAR, Determination, facts_of_year
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
# Facts with a value that every pack knows; leave and category are told by their values.
ALWAYS_KNOWN = ("rank", "duty")
TOLD_ALREADY = ("leave", "category")
Values = tuple[object, ...]


def heads(closing: YearClosing) -> dict[str, tuple[str, ...]]:
    """The columns of each table; verdicts have one more for the recognised hours of each component."""
    return {**HEADS, "verdicts": (*HEADS["verdicts"], *(one.code for one in _policy(closing).components))}


def portions(closing: YearClosing) -> Iterator[dict[str, list[Values]]]:
    """The year's rows of every table, for some thousand teachers at a time, in the order of their ids: what the determination was told."""
    policy, year, day = _policy(closing), closing.training_year, local_day(closing.closed_at)
    rows = Determination.everywhere.filter(training_year=year, span=YEAR, is_current=True).defer("tree").order_by("teacher_id")
    each = rows.iterator(chunk_size=PORTION)
    while verdicts := list(islice(each, PORTION)):
        ids = [row.teacher_id for row in verdicts]
        told = dict(facts_of_year(year, credits_room.people_of(ids, year.pk, policy), day))
        hired = teachers.teachers_by_id(ids)
        yield {
            "teachers": [(pk, told[pk].item or "", hired[pk].hired_on, "", "") for pk in ids],
            "facts": [(pk, *fact, year.first_on, year.last_on) for pk in ids for fact in _facts(told[pk], policy)],
            "activities": [(pk, year.year, *one) for pk in ids for one in _activities(told[pk], policy)],
            "results": [(pk, year.year, *one) for pk in ids for one in _results(told[pk])],
            "verdicts": [_verdict(row, year, policy) for row in verdicts],
        }


def _policy(closing: YearClosing) -> Policy:
    return policies.policy_by_digest(closing.pack_digest)


def _facts(told: YearFacts, policy: Policy) -> Iterator[tuple[str, object]]:
    """Name and value of each fact that held in the year."""
    if told.item:
        yield "category", told.item
    if told.leave_ground:
        yield "leave", told.leave_ground
    valued = {f"{one.code}_{value.code}": (one.code, value.code) for one in policy.facts for value in one.values}
    for name in sorted(told.held):
        head, _, tail = name.partition("_")
        if head in ALWAYS_KNOWN:
            yield head, tail
        elif head not in TOLD_ALREADY:
            yield valued.get(name, (name, ""))


def _activities(told: YearFacts, policy: Policy) -> Iterator[Values]:
    """Hours as they came through the review chain, then what was told beside them, with the numbers of what they come from."""
    unit = policy.unit.value
    for fact in told.hours:
        status = "verified" if fact.verified else "entered" if fact.entered else "learned"
        source = "" if fact.key.startswith("o") else int(fact.key[1:])
        amount = format_hours_exact(fact.learned_centi)
        yield fact.component, "", "", fact.part, "", amount, unit, "", "", fact.on, status, source
    for one in told.activities:
        kind, amount = one.kind, format_hours_exact(one.amount_centi)
        what = (kind.component, kind.tier, kind.mode, kind.topic, kind.activity, amount, kind.unit, kind.result, kind.role)
        yield (*what, "", kind.status, one.source or "")


def _results(told: YearFacts) -> Iterator[Values]:
    """A row for each piece of work that was required, then the results of tests."""
    work = (
        ("assignments", told.assignments_required, told.assignments_passed, told.assignments_waiting),
        ("work_products", told.work_products_required, told.work_products_passed, told.work_products_waiting),
    )
    for name, required, passed, waiting in work:
        yield from [(name, "", 1, "final")] * passed
        yield from [(name, "", "", "waiting")] * waiting
        yield from [(name, "", "", "absent")] * max(0, required - passed - waiting)
    for one in told.results:
        score = format_hours_exact(one.score_centi) if one.score_centi >= 0 else ""
        yield one.assessment, score, one.passed if one.passed >= 0 else "", one.status


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
