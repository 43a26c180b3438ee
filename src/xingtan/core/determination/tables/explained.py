"""How one teacher's verdicts came about, as lines for a terminal: verdict, clause, reasons with numbers, amounts, what would qualify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xingtan.core.determination.batch.evidence import StoredEvidence
from xingtan.core.determination.batch.one_of_many import determine_one
from xingtan.core.determination.batch.stored import Task
from xingtan.core.determination.facts import Reason
from xingtan.core.determination.findings import CycleVerdict, YearVerdict
from xingtan.core.determination.remedies import Outlook, Prospect, outlook
from xingtan.core.determination.steps import Step, StepKind
from xingtan.core.determination.tables.layout import CYCLE
from xingtan.core.determination.tables.values import tidy
from xingtan.core.policy import Policy
from xingtan.core.units import format_hours_exact

AMOUNTS = ("learned", "checked", "recognised", "verified", "required", "short", "surplus")


class NoSuchTeacher(LookupError):
    """The table of teachers does not name this one."""


def explained(task: Task, evidence: StoredEvidence, name: str) -> str:
    """The teacher's years that were asked for, and the cycle when it was; `NoSuchTeacher` for an unknown one."""
    numbers = {tidy(one): number for number, one in evidence.teachers.iter_rows()}
    if tidy(name) not in numbers:
        raise NoSuchTeacher(f"{name}: the table of teachers does not name this one; nothing was written.")
    verdict = determine_one(task, evidence, numbers[tidy(name)])
    lines = [name]
    for year in verdict.years:
        if task.only in (None, year.year):
            lines += _year(task.policies[year.year], year)
            lines += _ways(outlook(task.policies[year.year], verdict.facts[year.year])) if not year.made_up_in else ()
    if task.only is None:
        lines += _cycle(verdict.cycle)
    return "\n".join(lines)


def _year(policy: Policy, year: YearVerdict) -> Iterator[str]:
    made_up = f", made up in {year.made_up_in}" if year.made_up_in else f", route {year.route}" if year.route else ""
    yield f"{year.year}  {year.verdict.value}{made_up}"
    yield from _why(year.clause, year.reasons)
    amounts = {
        "recognised": year.recognised_centi,
        "required": year.required_centi,
        "carried": year.carried_centi,
        "credited": year.credited_centi,
    }
    yield f"    {_amounts(amounts)} {policy.unit.value}s"
    if year.row < 0:
        return
    for bucket in policy.all_buckets:
        found = {name: year.numbers[f"{bucket.code}_{name}"] for name in AMOUNTS if year.numbers.get(f"{bucket.code}_{name}") is not None}
        yield f"    {bucket.code} ({bucket.label.zh}): {_amounts(found)}"


def _ways(found: Outlook) -> Iterator[str]:
    """What would make the year qualified, each way tried; none where nothing has to be done."""
    for remedy in found.remedies:
        yield f"    would be qualified with: {_steps(remedy.steps)}"
    if found.next_year:
        yield f"    would be made up next year with: {_steps(found.next_year)}"
    said = {Prospect.FACTS_FIRST: "the facts have to be put right first", Prospect.NO_KNOWN_WAY: "no way to make it qualified is known"}
    if found.prospect in said:
        yield f"    {said[found.prospect]}"


def _steps(steps: Sequence[Step]) -> str:
    return " + ".join(" ".join(filter(None, (step.kind.value, step.subject, step.part, _amount(step)))) for step in steps)


def _amount(step: Step) -> str:
    return str(step.amount) if step.kind in (StepKind.WORK, StepKind.MARKING) else format_hours_exact(step.amount)


def _cycle(cycle: CycleVerdict) -> Iterator[str]:
    yield f"{CYCLE}  {cycle.verdict.value}"
    yield from _why(cycle.clause, cycle.reasons)
    yield f"    {_amounts({'credited': cycle.credited_centi, 'required': cycle.required_centi})}"


def _why(clause: str, reasons: Sequence[Reason]) -> Iterator[str]:
    if clause:
        yield f"    「{clause}」"
    for reason in reasons:
        said = ", ".join(f"{name.removesuffix('centi').rstrip('_')} {_shown(name, value)}".strip() for name, value in reason.params.items())
        yield f"    {reason.code.value}{f' ({said})' if said else ''}"


def _shown(name: str, value: int | str) -> str:
    return format_hours_exact(value) if name.endswith("centi") and isinstance(value, int) else str(value)


def _amounts(amounts: dict[str, int]) -> str:
    return "  ".join(f"{name} {format_hours_exact(centi)}" for name, centi in amounts.items())
