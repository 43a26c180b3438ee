"""A year's formulas on what was earned: conversions and caps, buckets, components, offsets, totals, assessments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from xingtan.core.policy.counting import Conversion
from xingtan.core.policy.kinds import Span, Whose
from xingtan.core.policy.model import Policy
from xingtan.core.policy.parts import Component
from xingtan.core.policy.slots import slots_of
from xingtan.core.policy.text import total, whole


def earned(policy: Policy) -> Iterator[str]:
    """The formulas from the sums over a year's rows to what is recognised, verified, short and passed."""
    yield from _converted(policy)
    yield from _components(policy)
    yield from _offset(policy)
    yield from _totals(policy)
    yield from _assessed(policy)
    scale = slots_of(policy).scale
    yield from (f"{one.code}_checked = {whole(f'{one.code}_checked_sum', scale)}" for one in policy.earmarks)


def _converted(policy: Policy) -> Iterator[str]:
    """What every conversion gives in every bucket, cut by its caps, and each bucket's amount, cut by its own."""
    slots = slots_of(policy)
    capped = slots.capped_pairs()
    for amount in ("learned", "checked"):
        for one in {pair[1].code: pair[1] for pair in capped}.values():
            yield from _taken(one, [bucket.code for bucket, other in capped if other.code == one.code], amount, slots.scale)
        for bucket in policy.all_buckets:
            terms = [f"{bucket.code}_{amount}_sum", *(f"{b.code}_{k.code}_{amount}_taken" for b, k in capped if b.code == bucket.code)]
            yield f"{bucket.code}_{amount} = {whole(total(terms), slots.scale)}"
            yield f"{bucket.code}_{amount}_allowed = {_bucket_capped(policy, bucket.code, amount)}"


def _taken(one: Conversion, buckets: Sequence[str], amount: str, scale: int) -> Iterator[str]:
    """What a capped conversion gives, bucket after bucket, until its caps are reached; a sum below zero stays as it is."""
    left = [] if one.year_cap_centi is None else [f"{one.year_cap_centi * scale}"]
    if one.cycle_cap_centi is not None:
        left.append(f"max({one.cycle_cap_centi * scale} - used_{one.code}_{amount}, 0)")
    before = ""
    for bucket in buckets:
        name = f"{bucket}_{one.code}_{amount}"
        taking = f"{name}_sum"
        for bound in left:
            taking = f"min({taking}, {bound}{before})"
        yield f"{name}_taken = {taking}"
        before += f" - {name}_taken"


def _bucket_capped(policy: Policy, code: str, amount: str) -> str:
    bucket = next(one for one in policy.all_buckets if one.code == code)
    allowed = f"{code}_{amount}"
    if bucket.year_cap_centi is not None:
        allowed = f"min({allowed}, {bucket.year_cap_centi})"
    if bucket.cycle_cap_centi is not None:
        allowed = f"min({allowed}, max({bucket.cycle_cap_centi} - used_{code}_{amount}, 0))"
    return allowed


def _components(policy: Policy) -> Iterator[str]:
    scale = slots_of(policy).scale
    for one in policy.components:
        code = one.code
        buckets = [bucket for bucket in policy.all_buckets if bucket.component == code]
        yield f"{code}_required = {_required(policy, code)}"
        if [bucket.code for bucket in buckets] != [code]:
            for amount in ("learned", "checked"):
                yield f"{code}_{amount} = {total(f'{bucket.code}_{amount}' for bucket in buckets)}"
                yield f"{code}_{amount}_allowed = {total(f'{bucket.code}_{amount}_allowed' for bucket in buckets)}"
        yield from _component(policy, code)
        yield from _parts(one, scale)
        yield from _shared_out(code, [bucket.code for bucket in buckets])
    for bucket in policy.all_buckets:
        if bucket.year_floor_centi:
            yield f"{bucket.code}_floor_short = max({bucket.year_floor_centi} - {bucket.code}_recognised, 0)"


def _parts(one: Component, scale: int) -> Iterator[str]:
    """What was learned of each part, and what is missing of its minimum."""
    for part in one.parts:
        yield f"{one.code}_{part.code}_learned = {whole(f'{one.code}_{part.code}_learned_sum', scale)}"
        missing = f"max({part.minimum_centi} - {one.code}_{part.code}_learned, 0)" if part.minimum_centi else "0"
        yield f"{one.code}_{part.code}_short = {missing}"


def _component(policy: Policy, code: str) -> Iterator[str]:
    """What of a component's amount meets its requirement, counts, and is left over."""
    yield f"{code}_met = min({code}_learned_allowed, {code}_required)"
    yield f"{code}_checked_met = min({code}_checked_allowed, {code}_required)"
    counted = ("learned_allowed", "checked_allowed") if policy.surplus.counts_in_cycle else ("met", "checked_met")
    yield f"{code}_recognised = {code}_{counted[0]}"
    yield f"{code}_verified = {code}_{counted[1]}"
    yield f"{code}_surplus = {code}_learned - {code}_recognised"
    carried = f"min(carried_{code}, {code}_required - {code}_met)" if policy.surplus.carries_over else "0"
    yield f"{code}_carried = {carried}"
    yield f"{code}_short_alone = {code}_required - {code}_met - {code}_carried"


def _shared_out(component: str, buckets: Sequence[str]) -> Iterator[str]:
    """What is recognised of each bucket, in order, until the component's is shared out."""
    if list(buckets) == [component]:
        return
    for amount, counted in (("learned", "recognised"), ("checked", "verified")):
        taken = ""
        for bucket in buckets:
            yield f"{bucket}_{counted} = min({bucket}_{amount}_allowed, {component}_{counted}{taken})"
            taken += f" - {bucket}_{counted}"


def _offset(policy: Policy) -> Iterator[str]:
    """Duties counted as hours: they fill the components in the pack's order, up to the cap, for those who hold a rank that has the right."""
    offset, scale = policy.offset, slots_of(policy).scale
    if offset is None or not offset.is_open:
        yield from (f"{one.code}_short = {one.code}_short_alone" for one in policy.components)
        yield from ("offset_learned = 0", "offset_used = 0", "offset_verified = 0")
        return
    right = " or ".join(f"rank_{rank.code} == 1" for rank in offset.ranks)
    for amount in ("learned", "checked"):
        yield f"offset_{amount} = {whole(f'offset_{amount}_sum', scale)}"
        yield f"offset_{amount}_allowed = min(offset_{amount}, {offset.cap_centi}) if {right} else 0"
    taken = ""
    for code in offset.fill_order:
        yield f"{code}_offset = min({code}_short_alone, offset_learned_allowed{taken})"
        taken += f" - {code}_offset"
    for one in policy.components:
        yield f"{one.code}_short = {one.code}_short_alone{f' - {one.code}_offset' if one.code in offset.fill_order else ''}"
    yield f"offset_used = {total(f'{code}_offset' for code in offset.fill_order)}"
    yield "offset_verified = min(offset_used, offset_checked_allowed)"


def _totals(policy: Policy) -> Iterator[str]:
    codes = [one.code for one in policy.components]
    yield f"carried = {total(f'{code}_carried' for code in codes)}"
    yield f"recognised = {total(f'{code}_recognised' for code in codes)} + offset_used + carried"
    yield f"verified = {total(f'{code}_verified' for code in codes)} + offset_verified + carried"
    yield from _targets(policy, total(f"{code}_required" for code in codes))
    yield f"hours_short = {total(f'{code}_short' for code in codes)}"
    yield f"parts_short = {total(f'{one.code}_{part.code}_short' for one in policy.components for part in one.parts)}"
    yield f"floors_short = {total(f'{one.code}_floor_short' for one in policy.all_buckets if one.year_floor_centi)}"
    unverified = total(f"max({code}_met - {code}_checked_met, 0)" for code in codes)
    yield f"unverified = {unverified} + offset_used - offset_verified"


def _targets(policy: Policy, required: str) -> Iterator[str]:
    """What a year requires in all: its components, or a target of the person's that asks for more."""
    targets = [one for one in policy.targets if one.span is Span.YEAR and one.whose is Whose.PERSON]
    for one in targets:
        required = f"max({required}, {one.least_centi})"
        yield f"{one.code}_short = max({one.least_centi} - recognised, 0)"
    yield f"required = {required}"
    yield f"targets_short = {total(f'{one.code}_short' for one in targets)}"


def _assessed(policy: Policy) -> Iterator[str]:
    for one in policy.tests:
        code = one.code
        yield f"{code}_pass_score = {one.pass_score_centi}"
        yield f"{code}_taken = 1 if {code}_final > 0 else 0"
        yield f"{code}_score = max({code}_best, 0)"
        yield f"{code}_passed = 1 if {code}_said_passed > 0 or ({code}_taken == 1 and {code}_best >= {one.pass_score_centi}) else 0"
        yield f"{code}_pending = 1 if {code}_waiting > 0 and {code}_taken == 0 else 0"
    for one in policy.works:
        yield f"{one.code}_short = max({one.code}_required - {one.code}_passed, 0)"
    yield f"work_short = {total(f'{one.code}_short' for one in policy.works)}"
    yield f"unmarked_short = {total(f'max({one.code}_short - {one.code}_waiting, 0)' for one in policy.works)}"


def _required(policy: Policy, component: str) -> str:
    """What a component requires by item; the commonest amount stands last, the others name their items."""
    amounts = {item.number: item.required_centi[component] for item in policy.items}
    usual = Counter(amounts.values()).most_common(1)[0][0]
    tests = [
        f"{item.first_year_centi[component]} if item == {item.number} and is_new_hire == 1 and first_year == 1 else "
        for item in policy.items
        if item.first_year_centi and item.first_year_centi[component] != amounts[item.number]
    ]
    tests += [f"{amount} if item == {number} else " for number, amount in amounts.items() if amount != usual]
    return f"{''.join(tests)}{usual}"
