"""What the policy counts of what was learned, activity by activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xingtan.core.determination.facts import HourFact
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
    """What is recognised of each activity, at most what a component requires.

    Verified hours come first, so that what is verified never loses its recognition; then by day, then by key. Hours of a component that
    the policy does not know are recognised with nothing and summed apart.
    """
    required = required_of(policy, item, is_new_hire=is_new_hire, first_year=first_year)
    learned, counted, checked = (dict.fromkeys(required, 0) for _ in range(3))
    by_fact: dict[str, int] = {}
    without_rule = 0
    for hour in sorted(hours, key=lambda one: (not one.verified, one.on, one.key)):
        component = hour.component
        if component not in required:
            without_rule += hour.learned_centi
            by_fact[hour.key] = 0
            continue
        learned[component] += hour.learned_centi
        granted = min(hour.learned_centi, required[component] - counted[component])
        counted[component] += granted
        checked[component] += granted if hour.verified else 0
        by_fact[hour.key] = granted
    amounts = {
        one: ComponentAmount(learned[one], counted[one], checked[one], required[one], learned[one] - counted[one]) for one in required
    }
    return Recognition(by_fact, amounts, without_rule)
