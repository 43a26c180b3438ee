"""The formulas a policy says of one training year, as text of the small language, in order: what counts, what is short, which row decides.

The names of a year: the facts of `year_inputs`, then whatever `year_formulas` defines. `<b>` is a bucket, `<c>` a component, `<p>` its
part, `<a>` an assessment, `<k>` a conversion; amounts are hundredths, names in `_sum` are whole parts of a hundredth (`Slots.scale`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xingtan.core.policy.earned import earned
from xingtan.core.policy.handing_on import clears, make_up, next_states, states
from xingtan.core.policy.model import Policy
from xingtan.core.policy.parts import Formula
from xingtan.core.policy.slots import slots_of
from xingtan.core.policy.text import decisive_row, is_row, not_row, plain, rows_of, total
from xingtan.core.verdicts import ReasonCode, Verdict

OTHERWISE = "otherwise"
# The route of a year that a later one made good.
MAKE_UP_ROUTE = 4
# The language has no sign of its own: a row below nothing is written as a difference.
UNDETERMINED_ROW = "0 - 1"
NOT_ON_ROSTER_ROW = "0 - 2"
ROSTER_INPUTS = (
    "item",
    "is_new_hire",
    "first_year",
    "on_roster",
    "retires_in_cycle",
    "study_closed",
    "took_part",
    "on_leave",
    "unclear",
    "item_missing",
)
OWED = (Verdict.MAKE_UP_REQUIRED, Verdict.NOT_QUALIFIED)


def flags(policy: Policy) -> tuple[str, ...]:
    """A name for each fact that may hold: `leave_<ground>`, `rank_<r>` and `duty_<d>` of the offset, `<fact>` or `<fact>_<value>`."""
    offset = policy.offset
    return (
        *(f"leave_{ground.code}" for ground in policy.leave),
        *(f"rank_{rank.code}" for rank in (offset.ranks if offset else ())),
        *((f"duty_{offset.duty.code}",) if offset else ()),
        *(f"{fact.code}_{value.code}" for fact in policy.facts for value in fact.values),
        *(fact.code for fact in policy.facts if not fact.values),
    )


def year_inputs(policy: Policy) -> tuple[str, ...]:
    """The facts that a year's formulas start from, in the order of the compiled function's arguments."""
    return (*ROSTER_INPUTS, *flags(policy), *states(policy), *(slot.name for slot in slots_of(policy).all))


def year_measures(policy: Policy) -> str:
    """A year's formulas up to the decision table."""
    return "\n".join(
        (
            "debts = debts_made - debts_cleared",
            *earned(policy),
            *make_up(policy),
            *_own(policy.formulas),
        )
    )


def year_formulas(policy: Policy) -> str:
    """A year's formulas, all of them: measures, decisive row, hours that the exam grants, further reasons, and what the next year begins with."""
    granting = [index for index, row in enumerate(policy.decide) if row.grants_missing_hours]
    granted = f"hours_short if {is_row(granting)} else 0" if granting else "0"
    decisive = f"{UNDETERMINED_ROW} if unclear > 0 or contradictions > 0 else {decisive_row(policy.decide)}"
    lines = [
        year_measures(policy),
        f"contradictions = {_contradictions(policy)}",
        f"row = {NOT_ON_ROSTER_ROW} if on_roster == 0 else {decisive}",
        f"by_exam = {granted}",
        f"credited = verified + by_exam if row >= 0 and {not_row(rows_of(policy, (Verdict.DEFERRED, Verdict.EXEMPT)))} else 0",
        f"owes = 1 if {is_row(rows_of(policy, OWED))} else 0",
        "debt_number = debts_made + 1 if owes == 1 else 0",
        f"clears = {clears(policy)}",
        *next_states(policy),
        f"also = {_also(policy)}",
    ]
    return "\n".join(lines)


def also_tests(policy: Policy) -> tuple[tuple[ReasonCode, str], ...]:
    """The reasons that may stand beside the decisive row's own, in order, each with its condition."""
    counts = f"row >= 0 and {not_row(rows_of(policy, (Verdict.DEFERRED, Verdict.EXEMPT)))}"
    surplus = " or ".join(f"{one.code}_surplus > 0" for one in policy.components)
    short = "hours_short > 0"
    marking = " or ".join(f"min({one.code}_waiting, {one.code}_short) > 0" for one in policy.works)
    tests = [
        (ReasonCode.HOURS_SHORT, f"{counts} and {short}"),
        (ReasonCode.PART_SHORT, f"{counts} and parts_short > 0"),
        (ReasonCode.FLOOR_SHORT, f"{counts} and floors_short > 0"),
        (ReasonCode.TARGET_SHORT, f"{counts} and targets_short > 0"),
        (ReasonCode.ASSIGNMENTS_SHORT, f"{counts} and assignments_short > 0"),
        (ReasonCode.WORK_PRODUCTS_SHORT, f"{counts} and work_products_short > 0"),
        (ReasonCode.AWAITING_MARKING, f"{counts} and ({marking})"),
        (ReasonCode.AWAITING_VERIFICATION, f"{counts} and unverified > 0"),
        (ReasonCode.OFFSET_USED, f"{counts} and offset_used > 0"),
        (ReasonCode.CARRIED_OVER, f"{counts} and carried > 0"),
        (ReasonCode.SURPLUS, f"row >= 0 and ({surplus})"),
        (ReasonCode.HOURS_WITHOUT_RULE, "row >= 0 and without_rule != 0"),
        (ReasonCode.ITEM_NOT_CHOSEN, "row >= 0 and item_missing == 1"),
        (ReasonCode.EARLIER_YEAR_OWED, "row >= 0 and debts > clears"),
        (ReasonCode.MAKE_UP_PASSED, "clears == 1"),
    ]
    return tuple(tests)


def _own(formulas: Iterable[Formula]) -> Iterator[str]:
    return (f"{one.code} = {plain(one.expression)}" for one in formulas)


def _contradictions(policy: Policy) -> str:
    """How many things cannot be: a sum of hours below zero, a result that says two things."""
    sums = [f"{bucket.code}_learned" for bucket in policy.all_buckets] + [f"{bucket.code}_checked" for bucket in policy.all_buckets]
    clashes = [f"{one.code}_clash > 0" for one in policy.tests]
    return total(f"(1 if {test} else 0)" for test in (*(f"{name} < 0" for name in sums), *clashes))


def _also(policy: Policy) -> str:
    return total(f"({1 << index} if {test} else 0)" for index, (_, test) in enumerate(also_tests(policy)))
