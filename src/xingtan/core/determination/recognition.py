"""What the policy counts of what was learned, activity by activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xingtan.core.determination.facts import OFFSET, HourFact
from xingtan.core.determination.findings import ComponentAmount, Recognition
from xingtan.core.policy import Policy


def required_of(policy: Policy, item: int | None, *, is_new_hire: bool = False, first_year: bool = False) -> Mapping[str, int]:
    """Hundredths of an hour required per component. While no item is chosen the pack's default holds; `UnknownItem` for a number it lacks."""
    if item is None:
        item = (policy.new_hire_item if is_new_hire and first_year else policy.default_item).number
    return policy.required_centi(item, is_new_hire=is_new_hire, first_year=first_year)


def recognise(
    policy: Policy,
    item: int | None,
    hours: Iterable[HourFact],
    *,
    is_new_hire: bool = False,
    first_year: bool = False,
) -> Recognition:
    """What is recognised of each activity: no more than its conversion's yearly cap leaves, nor than the component requires.

    Verified hours come first, so that what is verified never loses its recognition; then by day, then by key. Where surplus counts in the
    cycle, a component has no bound. Hours of a component that the policy does not know are recognised with nothing and summed apart;
    a duty's hours are recognised up to the offset's cap and belong to no component.
    """
    required = required_of(policy, item, is_new_hire=is_new_hire, first_year=first_year)
    learned, counted, checked = (dict.fromkeys(required, 0) for _ in range(3))
    caps = {one.code: one.year_cap_centi for one in policy.conversions if one.year_cap_centi is not None}
    offset = policy.offset.cap_centi if policy.offset is not None and policy.offset.is_open else 0
    by_fact: dict[str, int] = {}
    without_rule = 0
    for hour in sorted(hours, key=lambda one: (not one.verified, one.on, one.key)):
        component = hour.component
        if component == OFFSET:
            by_fact[hour.key] = min(hour.learned_centi, offset)
            offset -= by_fact[hour.key]
            continue
        if component not in required:
            without_rule += hour.learned_centi
            by_fact[hour.key] = 0
            continue
        learned[component] += hour.learned_centi
        granted = min(hour.learned_centi, caps.get(hour.conversion, hour.learned_centi))
        if not policy.surplus.counts_in_cycle:
            granted = min(granted, required[component] - counted[component])
        if hour.conversion in caps:
            caps[hour.conversion] -= granted
        counted[component] += granted
        checked[component] += granted if hour.verified else 0
        by_fact[hour.key] = granted
    amounts = {
        one: ComponentAmount(learned[one], counted[one], checked[one], required[one], learned[one] - counted[one]) for one in required
    }
    return Recognition(by_fact, amounts, without_rule)
