"""What one training year hands on to the next: debts and how they are made good, hours carried over, what is left of a cycle's caps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xingtan.core.policy.model import Policy
from xingtan.core.policy.slots import slots_of
from xingtan.core.policy.text import is_row, plain, rows_of, total, whole
from xingtan.core.verdicts import Verdict


def states(policy: Policy) -> tuple[str, ...]:
    """What a year hands on to the next one: debts, hours carried over, what cycle caps have left used. All begin at nothing."""
    names = ["debts_made", "debts_cleared"]
    if _makes_up(policy):
        names += [f"owed_{one.code}_{number}" for one in policy.components for number in _debt_numbers(policy)]
    if policy.surplus.carries_over:
        names += [f"carried_{one.code}" for one in policy.components]
    capped = [one.code for one in policy.converting if one.cycle_cap_centi is not None]
    capped += [one.code for one in policy.all_buckets if one.cycle_cap_centi is not None]
    names += [f"used_{code}_{amount}" for code in capped for amount in ("learned", "checked")]
    return tuple(names)


def next_states(policy: Policy) -> Iterator[str]:
    """Every state as the next year finds it."""
    yield "next_debts_made = debts_made + owes"
    yield "next_debts_cleared = debts_cleared + clears"
    if _makes_up(policy):
        for one in policy.components:
            for number in _debt_numbers(policy):
                name = f"owed_{one.code}_{number}"
                yield f"next_{name} = {one.code}_required if debt_number == {number} else {name}"
    if policy.surplus.carries_over:
        for one in policy.components:
            yield f"next_carried_{one.code} = {one.code}_checked_allowed - {one.code}_checked_met if row >= 0 else carried_{one.code}"
    yield from _next_used(policy)


def _next_used(policy: Policy) -> Iterator[str]:
    capped = slots_of(policy).capped_pairs()
    for amount in ("learned", "checked"):
        for one in policy.converting:
            if one.cycle_cap_centi is not None:
                taken = total(f"{bucket.code}_{one.code}_{amount}_taken" for bucket, other in capped if other.code == one.code)
                yield f"next_used_{one.code}_{amount} = used_{one.code}_{amount} + ({taken} if row >= 0 else 0)"
        for bucket in policy.all_buckets:
            if bucket.cycle_cap_centi is not None:
                yield f"next_used_{bucket.code}_{amount} = used_{bucket.code}_{amount} + ({bucket.code}_{amount}_allowed if row >= 0 else 0)"


def make_up(policy: Policy) -> Iterator[str]:
    """What the oldest debt asks for, and how far this year's make-up meets it."""
    if not _makes_up(policy):
        return
    scale = slots_of(policy).scale
    for one in policy.components:
        code = one.code
        owed = "".join(f"owed_{code}_{number} if debts_cleared == {number - 1} else " for number in _debt_numbers(policy)[:-1])
        yield f"make_up_{code}_required = {owed}owed_{code}_{_debt_numbers(policy)[-1]}"
        yield f"make_up_{code} = {whole(f'make_up_{code}_sum', scale)}"
        yield f"make_up_{code}_short = max(make_up_{code}_required - make_up_{code}, 0)"
    yield f"make_up_short = {total(f'make_up_{one.code}_short' for one in policy.components)}"
    yield "make_up_taken = 1 if make_up_rows > 0 else 0"


def clears(policy: Policy) -> str:
    """A debt is made good in a year that is itself qualified and whose make-up passes."""
    if policy.make_up is None or not policy.make_up.is_open:
        return "0"
    return f"1 if debts > 0 and ({is_row(rows_of(policy, (Verdict.QUALIFIED,)))}) and ({plain(policy.make_up.passed)}) else 0"


def _makes_up(policy: Policy) -> bool:
    return policy.make_up is not None and policy.make_up.is_open


def _debt_numbers(policy: Policy) -> Sequence[int]:
    return range(1, policy.cycle.years + 1)
