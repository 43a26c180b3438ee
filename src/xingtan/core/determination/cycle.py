"""The determination of a cycle: its years folded into one verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from xingtan.core.determination.findings import CycleVerdict, Reason, YearStanding
from xingtan.core.determination.rules import rules_of
from xingtan.core.policy import Policy
from xingtan.core.verdicts import ReasonCode, Verdict


def cycle_required(policy: Policy, *, is_new_hire: bool, years_on_roster: int | None = None) -> int:
    """Hundredths of an hour the cycle asks for; who joins inside it owes the years on the roster only."""
    cycle = policy.cycle
    whole = cycle.new_hire_required_centi if is_new_hire else cycle.required_centi
    absent = 0 if years_on_roster is None else max(cycle.years - years_on_roster, 0)
    return whole - absent * (cycle.required_centi // cycle.years)


def determine_cycle(
    policy: Policy,
    years: Iterable[YearStanding],
    is_new_hire: bool,  # noqa: FBT001 -- the one fact of the person that the cycle's hours need
    *,
    years_on_roster: int | None = None,
) -> CycleVerdict:
    """The verdict of a cycle from the verdicts of its years; credited are verified hours and hours by exam."""
    standings = list(years)
    counts = Counter(standing.verdict for standing in standings)
    required = cycle_required(policy, is_new_hire=is_new_hire, years_on_roster=years_on_roster)
    credited = sum(standing.verified_centi + standing.by_exam_centi for standing in standings)
    expected = policy.cycle.years if years_on_roster is None else min(years_on_roster, policy.cycle.years)
    numbers = rules_of(policy).judge_cycle(expected, len(standings), required, credited, *(counts[verdict] for verdict in Verdict))
    row = policy.cycle.decide[numbers["row"]]
    return CycleVerdict(row.verdict, row.clause, numbers["row"], required, credited, counts, _reasons(numbers, expected), numbers)


def _reasons(numbers: dict[str, int], expected: int) -> tuple[Reason, ...]:
    """What keeps the cycle from being qualified; that it is complete when nothing does."""
    found: list[Reason] = []
    unsettled = numbers["n_in_progress"] + numbers["n_exam_required"] + numbers["n_undetermined"]
    if still_open := unsettled + max(expected - numbers["years_known"], 0):
        found.append(Reason(ReasonCode.YEARS_OPEN, {"count": still_open}))
    if owed := numbers["n_make_up_required"] + numbers["n_not_qualified"]:
        found.append(Reason(ReasonCode.YEARS_OWED, {"count": owed}))
    if short := numbers["short"]:
        found.append(Reason(ReasonCode.CYCLE_SHORT, {"short_centi": short}))
    return tuple(found) or (Reason(ReasonCode.COMPLETE, {}),)
