"""The formulas of a cycle, as text of the small language: who is on the roster of a year, how debts settle, what the cycle's verdict is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xingtan.core.policy.formulas import NOT_ON_ROSTER_ROW
from xingtan.core.policy.kinds import Span, Whose
from xingtan.core.policy.model import Policy
from xingtan.core.policy.text import decisive_row, plain, total
from xingtan.core.verdicts import ReasonCode, Verdict

VERDICTS = tuple(Verdict)
PERSON_INPUTS = ("item_given", "hired_day", "arrived_day", "retires_day", "left_day", "activities")
UNSETTLED = "n_in_progress + n_exam_required + n_undetermined + max(years - years_known, 0)"
CYCLE_ALSO = (
    (ReasonCode.YEARS_OPEN, f"{UNSETTLED} > 0"),
    (ReasonCode.YEARS_OWED, "n_make_up_required + n_not_qualified > 0"),
    (ReasonCode.CYCLE_SHORT, "short > 0"),
    (ReasonCode.FLOOR_SHORT, "floors_short > 0"),
    (ReasonCode.EARMARK_SHORT, "earmarks_short > 0"),
    (ReasonCode.TARGET_SHORT, "targets_short > 0"),
)
# A row's own reason that the years' reasons say already; it stands alone when they say nothing.
IMPLIED = frozenset({ReasonCode.YEARS_OPEN, ReasonCode.YEARS_OWED, ReasonCode.CYCLE_SHORT, ReasonCode.COMPLETE})
QUALIFIED = VERDICTS.index(Verdict.QUALIFIED)


def person_formulas(policy: Policy, year: int, on: date) -> str:
    """What a person's own days say of a training year, judged on a day: days are ordinals, 0 for none.

    The year is owed by who is there when study opens and still there when it closes. Who is hired after study opened is new in the next
    year; who arrives from elsewhere owes the years from the arrival on.
    """
    opens, closes = _study(policy, year)
    before, _ = _study(policy, year - 1)
    first, last = policy.cycle_of(year)
    newest, oldest = _study(policy, last)[0], _study(policy, first - 1)[0]
    cycle_ends = policy.year_days(last)[1].toordinal()
    default, induction = policy.default_item.number, policy.new_hire_item.number
    numbers = " or ".join(f"item_given == {item.number}" for item in policy.items)
    stays = [f"({name} == 0 or {name} > {closes})" for name in ("retires_day", "left_day")]
    return "\n".join(
        (
            f"is_new_hire = 1 if hired_day > {oldest} and hired_day <= {newest} else 0",
            f"first_year = 1 if hired_day > {before} and hired_day <= {opens} else 0",
            f"on_roster = 1 if max(hired_day, arrived_day) <= {opens} and {' and '.join(stays)} else 0",
            f"retires_in_cycle = 1 if retires_day > 0 and retires_day <= {cycle_ends} else 0",
            f"study_closed = {1 if on.toordinal() > closes else 0}",
            "took_part = 1 if activities > 0 else 0",
            f"item = item_given if {numbers} else {induction} if is_new_hire == 1 and first_year == 1 else {default}",
            f"item_unknown = 0 if item_given == 0 or {numbers} else 1",
        )
    )


def cycle_inputs(policy: Policy) -> tuple[str, ...]:
    """The facts that a cycle's formulas start from, in the order of the compiled function's arguments."""
    sums = [f"{bucket.code}_credited" for bucket in policy.all_buckets] + [f"{one.code}_credited" for one in policy.earmarks]
    counts = [f"n_{verdict.value}" for verdict in VERDICTS]
    return ("years", "years_known", "required", "credited", "retires_in_cycle", "debts", *counts, *sums)


def cycle_measures(policy: Policy) -> str:
    """A cycle's formulas up to the decision table: what is short in all, per bucket, per earmark and per target."""
    targets = [one for one in policy.targets if one.span is Span.CYCLE and one.whose is Whose.PERSON]
    floored = [bucket for bucket in policy.all_buckets if bucket.cycle_floor_centi]
    return "\n".join(
        (
            "short = max(required - credited, 0)",
            *(f"{one.code}_cycle_short = max({one.cycle_floor_centi} - {one.code}_credited, 0)" for one in floored),
            f"floors_short = {total(f'{one.code}_cycle_short' for one in floored)}",
            *(f"{one.code}_short = max({one.cycle_centi} - {one.code}_credited, 0)" for one in policy.earmarks),
            f"earmarks_short = {total(f'{one.code}_short' for one in policy.earmarks)}",
            *(f"{one.code}_short = max({one.least_centi} - credited, 0)" for one in targets),
            f"targets_short = {total(f'{one.code}_short' for one in targets)}",
            *(f"{one.code} = {plain(one.expression)}" for one in policy.cycle.formulas),
        )
    )


def cycle_formulas(policy: Policy) -> str:
    """A cycle's formulas: what is short, the decisive row, and the reasons that may stand beside the row's own."""
    also = total(f"({1 << index} if {test} else 0)" for index, (_, test) in enumerate(CYCLE_ALSO))
    return f"{cycle_measures(policy)}\nrow = {decisive_row(policy.cycle.decide)}\nalso = {also}"


def settling_inputs(years: Sequence[int]) -> tuple[str, ...]:
    """What every year of a cycle brings to the settling of debts, by the year's own number at the end of the name."""
    names = ("verdict", "required", "credited", "owes", "debt_number", "on_roster")
    return ("debts_cleared", *(f"{name}_{year}" for year in years for name in names))


def settling_formulas(policy: Policy, years: Sequence[int]) -> str:
    """Which debts were made good in the end, every year's verdict then, and the sums of the cycle. The policy is that of the last year."""
    return "\n".join((*_made_up(years), *_counted(policy, years)))


def _made_up(years: Sequence[int]) -> Iterator[str]:
    for year in years:
        yield f"made_up_{year} = 1 if owes_{year} == 1 and debt_number_{year} <= debts_cleared else 0"
        yield f"settled_{year} = {QUALIFIED} if made_up_{year} == 1 else verdict_{year}"
        yield f"settled_credited_{year} = max(required_{year}, credited_{year}) if made_up_{year} == 1 else credited_{year}"


def _counted(policy: Policy, years: Sequence[int]) -> Iterator[str]:
    for index, verdict in enumerate(VERDICTS):
        yield f"n_{verdict.value} = {total(f'(1 if settled_{year} == {index} else 0)' for year in years)}"
    whole = policy.cycle.required_centi
    new = policy.cycle.new_hire_required_centi or whole
    absent = policy.cycle.years - len(years)
    yield f"years_known = {total(f'on_roster_{year}' for year in years)}"
    yield f"years = years_known + {absent}"
    yield f"whole = {new} if is_new_hire == 1 else {whole}"
    yield f"required = max(whole - ({policy.cycle.years} - years) * {whole // policy.cycle.years}, 0)"
    yield f"credited = {total(f'settled_credited_{year}' for year in years)}"
    yield f"debts = {total(f'owes_{year} - made_up_{year}' for year in years)}"


def verdict_of_row(policy: Policy) -> str:
    """The number of the verdict that a year's decisive row says; -1 for a year that is not owed."""
    groups: dict[Verdict, list[int]] = {}
    for index, row in enumerate(policy.decide):
        groups.setdefault(row.verdict, []).append(index)
    undetermined = VERDICTS.index(Verdict.UNDETERMINED)
    tests = "".join(f"{VERDICTS.index(one)} if {' or '.join(f'row == {row}' for row in rows)} else " for one, rows in groups.items())
    return f"0 - 1 if row == {NOT_ON_ROSTER_ROW} else {tests}{undetermined}"


def _study(policy: Policy, year: int) -> tuple[int, int]:
    """First and last day of study in a training year, as ordinals."""
    opens, closes = policy.study_days(year)
    return opens.toordinal(), closes.toordinal()
